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

int
forlop_chart_date_step (gint64       from_ms,
                        gint64       to_ms,
                        unsigned int n_labels)
{
  static const int steps[] = { 1, 2, 7, 14, 30, 91, 182, 365 };
  gint64 days = (to_ms - from_ms) / FORLOP_DAY;

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    if (days / steps[i] <= (gint64) MAX (n_labels, 1))
      return steps[i];

  return steps[G_N_ELEMENTS (steps) - 1];
}
