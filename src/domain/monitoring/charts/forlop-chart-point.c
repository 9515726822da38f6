/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-point.h"

#include <math.h>

double
forlop_chart_point_high (const ForlopChartPoint *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return isnan (self->value) ? self->low : self->value;
}

double
forlop_chart_point_low (const ForlopChartPoint *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return isnan (self->low) ? self->value : self->low;
}

gboolean
forlop_chart_point_is_whole_pair (const ForlopChartPoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !isnan (self->value) && !isnan (self->low) && self->severity != FORLOP_SEVERITY_IMPLAUSIBLE;
}

gboolean
forlop_chart_point_is_uncertain (const ForlopChartPoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->quality & FORLOP_QUALITY_UNCERTAIN) != 0;
}

void
forlop_chart_point_be_low (ForlopChartPoint *self)
{
  g_return_if_fail (self != NULL);

  self->low = self->value;
  self->value = NAN;
}

void
forlop_chart_point_join (ForlopChartPoint       *self,
                         const ForlopChartPoint *other,
                         gboolean                other_is_low)
{
  g_return_if_fail (self != NULL && other != NULL);

  if (other_is_low)
    self->low = other->low;
  else
    self->value = other->value;
  self->high_severity = other_is_low ? self->severity : other->severity;
  self->low_severity = other_is_low ? other->severity : self->severity;
  self->quality |= other->quality;
  if (self->severity == FORLOP_SEVERITY_IMPLAUSIBLE ||
      (other->severity != FORLOP_SEVERITY_IMPLAUSIBLE &&
       (other->severity < self->severity || (other->severity == self->severity && other_is_low))))
    return;
  self->severity = other->severity;
  g_set_str (&self->reason, other->reason);
}
