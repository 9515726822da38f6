/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-trend.h"

#include <math.h>

#include "forlop-plan-diff.h"
#include "forlop-plan-records.h"

void
forlop_gp_trend_free (ForlopGpTrend *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->bands, g_array_unref);
  g_free (self);
}

static int
compare_values (const void *a,
                const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* The value below which @share of the sorted values are, between two of them where it falls there. */
static double
quantile (const GArray *sorted,
          double        share)
{
  double place = share * (sorted->len - 1);
  unsigned int low = (unsigned int) floor (place);
  unsigned int high = MIN (low + 1, sorted->len - 1);
  double first = g_array_index (sorted, double, low);

  return first + (place - low) * (g_array_index (sorted, double, high) - first);
}

/**
 * forlop_gp_figures_make:
 * @values: of double; sorted by this.
 */
void
forlop_gp_figures_make (ForlopGpFigures *self,
                        GArray          *values)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (values != NULL);

  *self = (ForlopGpFigures) { values->len, NAN, NAN, NAN, NAN, NAN };
  if (values->len == 0)
    return;

  g_array_sort (values, compare_values);
  self->median = quantile (values, 0.5);
  self->lower = quantile (values, 0.25);
  self->upper = quantile (values, 0.75);
  self->lowest = g_array_index (values, double, 0);
  self->highest = g_array_index (values, double, values->len - 1);
}

static void
collect (ForlopGpFigures *figures,
         const GArray    *readings,
         ForlopMeasure    measure,
         gint64           from,
         gint64           to)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (unsigned int i = 0; i < readings->len; i++)
    {
      const ForlopGpReading *reading = &g_array_index (readings, ForlopGpReading, i);

      if (reading->measure == measure && reading->at_ms >= from && reading->at_ms < to)
        g_array_append_val (values, reading->value);
    }
  forlop_gp_figures_make (figures, values);
}

/* What was measured at the same time as the reading at @position, or NULL. */
static const ForlopGpReading *
find_partner (const GArray *readings,
              unsigned int  position,
              ForlopMeasure measure)
{
  const ForlopGpReading *all = (const ForlopGpReading *) (const void *) readings->data;
  gint64 at = all[position].at_ms;

  for (unsigned int i = position; i > 0 && all[i - 1].at_ms == at; i--)
    if (all[i - 1].measure == measure)
      return &all[i - 1];
  for (unsigned int i = position + 1; i < readings->len && all[i].at_ms == at; i++)
    if (all[i].measure == measure)
      return &all[i];

  return NULL;
}

static void
count (ForlopGpTrend *self,
       ForlopSeverity severity,
       gboolean       before)
{
  (*(before ? &self->n_before : &self->n))++;
  if (severity == FORLOP_SEVERITY_RED)
    (*(before ? &self->n_red_before : &self->n_red))++;
  else if (severity == FORLOP_SEVERITY_YELLOW)
    (*(before ? &self->n_yellow_before : &self->n_yellow))++;
}

/* The upper value of a pair brings the lower one along; a lower one that came alone is a point of its own. */
static void
add_point (ForlopGpTrend        *self,
           const GArray         *readings,
           unsigned int          position,
           const ForlopGpPeriod *period)
{
  const ForlopGpReading *reading = &g_array_index (readings, ForlopGpReading, position);
  gboolean is_low = reading->measure == self->low_measure;
  ForlopGpPoint point = { reading->at_ms, is_low ? NAN : reading->value, is_low ? reading->value : NAN,
                          reading->severity, reading->severity, reading->severity };
  const ForlopGpReading *partner = NULL;

  if (self->low_measure != FORLOP_MEASURE_UNKNOWN)
    partner = find_partner (readings, position, is_low ? self->measure : self->low_measure);
  if (partner != NULL && is_low)
    return;
  if (partner != NULL)
    {
      point.low = partner->value;
      point.low_severity = partner->severity;
      point.severity = MAX (point.severity, partner->severity);
    }
  count (self, point.severity, point.at_ms < period->from);
  g_array_append_val (self->points, point);
}

static void
add_points (ForlopGpTrend        *self,
            const GArray         *readings,
            const ForlopGpPeriod *period)
{
  for (unsigned int i = 0; i < readings->len; i++)
    {
      const ForlopGpReading *reading = &g_array_index (readings, ForlopGpReading, i);

      if (reading->measure != FORLOP_MEASURE_UNKNOWN &&
          (reading->measure == self->measure || reading->measure == self->low_measure) &&
          reading->at_ms >= period->before && reading->at_ms < period->to)
        add_point (self, readings, i, period);
    }
}

static gboolean
read_limits (ForlopLimits   *limits,
             ForlopSnapshot *snapshot,
             ForlopRecord   *plan,
             ForlopMeasure   measure)
{
  g_autoptr (GPtrArray) parts = forlop_plan_list_parts (snapshot, "limit", plan);

  for (unsigned int i = 0; i < parts->len; i++)
    {
      ForlopRecord *part = g_ptr_array_index (parts, i);

      if (forlop_record_text_is (part, "code", forlop_measure_code (measure)))
        return forlop_limits_read (limits, part, NULL);
    }

  return FALSE;
}

static void
add_bands (ForlopGpTrend  *self,
           ForlopSnapshot *snapshot)
{
  GPtrArray *plans = forlop_snapshot_list (snapshot, "care_plan");

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      ForlopGpBand band = { .from_ms = forlop_record_get_instant (plan, "valid_from"), .to_ms = G_MAXINT64 };

      if (!forlop_plan_record_counts (plan) || !read_limits (&band.limits, snapshot, plan, self->measure))
        continue;
      if (forlop_record_has (plan, "superseded_at"))
        band.to_ms = forlop_record_get_instant (plan, "superseded_at");
      g_array_append_val (self->bands, band);
    }
}

static ForlopGpTrend *
trend_new (ForlopSnapshot       *snapshot,
           ForlopRecord         *plan,
           ForlopMeasure         measure,
           const GArray         *readings,
           const ForlopGpPeriod *period)
{
  ForlopGpTrend *self = g_new0 (ForlopGpTrend, 1);

  self->measure = measure;
  if (measure == FORLOP_MEASURE_SYSTOLIC)
    self->low_measure = FORLOP_MEASURE_DIASTOLIC;
  self->points = g_array_new (FALSE, FALSE, sizeof (ForlopGpPoint));
  self->bands = g_array_new (FALSE, FALSE, sizeof (ForlopGpBand));
  forlop_limits_init (&self->limits, measure);
  forlop_limits_init (&self->low_limits, self->low_measure);

  collect (&self->now, readings, measure, period->from, period->to);
  collect (&self->before, readings, measure, period->before, period->from);
  collect (&self->low_now, readings, self->low_measure, period->from, period->to);
  collect (&self->low_before, readings, self->low_measure, period->before, period->from);
  add_points (self, readings, period);
  add_bands (self, snapshot);
  if (plan != NULL)
    {
      read_limits (&self->limits, snapshot, plan, measure);
      if (self->low_measure != FORLOP_MEASURE_UNKNOWN)
        read_limits (&self->low_limits, snapshot, plan, self->low_measure);
    }

  return self;
}

/**
 * forlop_gp_trends_make:
 *
 * Returns: (transfer full): the trends.
 */
GPtrArray *
forlop_gp_trends_make (ForlopSnapshot       *snapshot,
                       const GArray         *readings,
                       const ForlopGpPeriod *period)
{
  static const ForlopMeasure measures[] = {
    FORLOP_MEASURE_SPO2, FORLOP_MEASURE_PULSE, FORLOP_MEASURE_SYSTOLIC, FORLOP_MEASURE_WEIGHT,
    FORLOP_MEASURE_GLUCOSE, FORLOP_MEASURE_TEMPERATURE, FORLOP_MEASURE_RESPIRATION, FORLOP_MEASURE_PEAK_FLOW,
  };
  GPtrArray *trends = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_gp_trend_free);
  ForlopRecord *plan;

  g_return_val_if_fail (snapshot != NULL, trends);
  g_return_val_if_fail (readings != NULL && period != NULL, trends);

  plan = forlop_plan_record_at (snapshot, period->to);
  for (unsigned int i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      ForlopGpTrend *trend = trend_new (snapshot, plan, measures[i], readings, period);

      if (trend->points->len > 0 || !forlop_limits_is_empty (&trend->limits) ||
          !forlop_limits_is_empty (&trend->low_limits))
        g_ptr_array_add (trends, trend);
      else
        forlop_gp_trend_free (trend);
    }

  return trends;
}
