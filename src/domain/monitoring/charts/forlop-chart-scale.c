/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-scale.h"

#include <math.h>

static double
round_step (double raw)
{
  double power = pow (10, floor (log10 (raw)));
  double part = raw / power;

  if (part <= 1)
    return power;
  if (part <= 2)
    return 2 * power;
  if (part <= 5)
    return 5 * power;

  return 10 * power;
}

ForlopChartScale
forlop_chart_scale_new (double       lowest,
                        double       highest,
                        unsigned int n_lines)
{
  ForlopChartScale scale;

  if (!(highest - lowest > 0))
    {
      double around = fmax (fabs (lowest) * 0.05, 1);

      highest = lowest + around;
      lowest -= around;
    }

  scale.step = round_step ((highest - lowest) / MAX (n_lines, 1));
  scale.lowest = floor (lowest / scale.step) * scale.step;
  scale.highest = ceil (highest / scale.step) * scale.step;
  /* What lies on the edge is hard to see. */
  if (scale.highest - highest < scale.step * 0.15)
    scale.highest += scale.step;
  if (lowest - scale.lowest < scale.step * 0.15)
    scale.lowest -= scale.step;

  return scale;
}

double
forlop_chart_scale_place (const ForlopChartScale *self,
                          double                  value)
{
  g_return_val_if_fail (self != NULL, 0);

  return (value - self->lowest) / (self->highest - self->lowest);
}

double
forlop_chart_frame_x (const ForlopChartFrame *self,
                      gint64                  at_ms)
{
  double share;

  g_return_val_if_fail (self != NULL, 0);

  share = ((double) at_ms - (double) self->window.from_ms) /
          (double) MAX (self->window.to_ms - self->window.from_ms, 1);

  return self->left + self->width * CLAMP (share, 0, 1);
}

double
forlop_chart_frame_y (const ForlopChartFrame *self,
                      double                  value)
{
  double share;

  g_return_val_if_fail (self != NULL, 0);

  share = forlop_chart_scale_place (&self->scale, value);

  return self->top + self->height * (1 - CLAMP (share, 0, 1));
}

gint64
forlop_chart_frame_instant (const ForlopChartFrame *self,
                            double                  x)
{
  g_return_val_if_fail (self != NULL && self->width > 0, 0);

  return self->window.from_ms + (gint64) ((x - self->left) / self->width *
                                          (double) (self->window.to_ms - self->window.from_ms));
}
