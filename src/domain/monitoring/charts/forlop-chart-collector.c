/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-collector.h"

#include <math.h>

struct _ForlopChartCollector
{
  ForlopChartSeries *series;
  ForlopChartWindow window;
  gint64 stretch_ms;
  unsigned int n_readings;

  /* The reading whose other value may still come. */
  ForlopMeasure low;
  gboolean has_upper;
  gboolean has_low;
  ForlopChartPoint pending;

  /* The stretch that is being filled. */
  gint64 stretch;
  GArray *points; /* ForlopChartPoint */

  /* The week or month that is being filled. */
  gboolean has_medians;
  ForlopChartWindow median;
  GArray *values; /* double */
  GArray *lows;   /* double */
};

static void
clear_point (gpointer data)
{
  g_free (((ForlopChartPoint *) data)->reason);
}

ForlopChartCollector *
forlop_chart_collector_new (ForlopChartSeries *series,
                            ForlopChartWindow  window,
                            unsigned int       n_stretches)
{
  ForlopChartCollector *self;
  ForlopMeasure measure;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (series), NULL);
  g_return_val_if_fail (window.from_ms < window.to_ms && n_stretches > 0, NULL);

  measure = forlop_chart_series_get_measure (series);
  self = g_new0 (ForlopChartCollector, 1);
  self->series = g_object_ref (series);
  if (measure != FORLOP_MEASURE_UNKNOWN && forlop_measure_is_panel (measure))
    self->low = forlop_measure_info (measure)->components[1];
  self->window = window;
  self->stretch_ms = MAX ((window.to_ms - window.from_ms) / n_stretches, 1);
  self->points = g_array_new (FALSE, FALSE, sizeof (ForlopChartPoint));
  g_array_set_clear_func (self->points, clear_point);
  self->has_medians = forlop_chart_has_medians (window);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->lows = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

static gboolean
is_usable (const ForlopChartPoint *point)
{
  return point->severity != FORLOP_SEVERITY_IMPLAUSIBLE;
}

/* Where of @n readings the lowest, the highest and the worst are, and the first that is not usable; of
 * equals the first. -1 for none. */
static void
choose (const ForlopChartPoint *points,
        unsigned int            n,
        int                     chosen[FORLOP_CHART_KEPT])
{
  enum { LOWEST, HIGHEST, WORST, UNUSABLE };

  for (unsigned int i = 0; i < FORLOP_CHART_KEPT; i++)
    chosen[i] = -1;
  for (unsigned int i = 0; i < n; i++)
    {
      const ForlopChartPoint *point = &points[i];

      if (!is_usable (point))
        {
          if (chosen[UNUSABLE] < 0)
            chosen[UNUSABLE] = (int) i;
          continue;
        }
      if (chosen[LOWEST] < 0 ||
          forlop_chart_point_low (point) < forlop_chart_point_low (&points[chosen[LOWEST]]))
        chosen[LOWEST] = (int) i;
      if (chosen[HIGHEST] < 0 ||
          forlop_chart_point_high (point) > forlop_chart_point_high (&points[chosen[HIGHEST]]))
        chosen[HIGHEST] = (int) i;
      if (chosen[WORST] < 0 || point->severity > points[chosen[WORST]].severity)
        chosen[WORST] = (int) i;
    }
}

static void
end_stretch (ForlopChartCollector *self)
{
  const ForlopChartPoint *points = (const ForlopChartPoint *) (gpointer) self->points->data;
  unsigned int n = self->points->len;
  int chosen[FORLOP_CHART_KEPT];

  if (n > FORLOP_CHART_KEPT)
    choose (points, n, chosen);
  for (unsigned int i = 0; i < n; i++)
    {
      gboolean kept = n <= FORLOP_CHART_KEPT;

      for (unsigned int j = 0; j < FORLOP_CHART_KEPT && !kept; j++)
        kept = chosen[j] == (int) i;
      if (kept)
        forlop_chart_series_add_point (self->series, points[i]);
    }
  g_array_set_size (self->points, 0);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
take_median (GArray *values)
{
  unsigned int half = values->len / 2;
  double median = NAN;

  if (values->len > 0)
    {
      g_array_sort (values, compare_doubles);
      median = g_array_index (values, double, half);
      if (values->len % 2 == 0)
        median = (g_array_index (values, double, half - 1) + median) / 2;
    }
  g_array_set_size (values, 0);

  return median;
}

static void
end_median (ForlopChartCollector *self)
{
  ForlopChartMedian median = { .window = self->median };

  if (self->values->len == 0 && self->lows->len == 0)
    return;
  median.value = take_median (self->values);
  median.low = take_median (self->lows);
  forlop_chart_series_add_median (self->series, median);
}

static void
add_to_median (ForlopChartCollector   *self,
               const ForlopChartPoint *point)
{
  if (point->at_ms >= self->median.to_ms)
    {
      end_median (self);
      self->median = forlop_chart_median_window (self->window, point->at_ms);
    }
  if (!isnan (point->value))
    g_array_append_val (self->values, point->value);
  if (!isnan (point->low))
    g_array_append_val (self->lows, point->low);
}

void
forlop_chart_collector_add (ForlopChartCollector   *self,
                            const ForlopChartPoint *point)
{
  ForlopChartPoint copy;
  gint64 stretch;

  g_return_if_fail (self != NULL && point != NULL);

  if (isnan (forlop_chart_point_high (point)) || point->at_ms < self->window.from_ms ||
      point->at_ms >= self->window.to_ms)
    return;

  stretch = (point->at_ms - self->window.from_ms) / self->stretch_ms;
  if (stretch != self->stretch)
    end_stretch (self);
  self->stretch = stretch;
  self->n_readings++;
  copy = *point;
  copy.reason = g_strdup (point->reason);
  g_array_append_val (self->points, copy);
  if (self->has_medians && is_usable (point))
    add_to_median (self, point);
}

static void
flush_pending (ForlopChartCollector *self)
{
  if (self->has_upper || self->has_low)
    forlop_chart_collector_add (self, &self->pending);
  g_clear_pointer (&self->pending.reason, g_free);
  self->has_upper = self->has_low = FALSE;
}

void
forlop_chart_collector_add_value (ForlopChartCollector   *self,
                                  ForlopMeasure           measure,
                                  const ForlopChartPoint *point)
{
  ForlopChartPoint value;
  gboolean is_low;

  g_return_if_fail (self != NULL && point != NULL);

  value = *point;
  is_low = self->low != FORLOP_MEASURE_UNKNOWN && measure == self->low;
  if (is_low)
    forlop_chart_point_be_low (&value);
  if ((is_low ? self->has_low : self->has_upper) || value.at_ms != self->pending.at_ms)
    flush_pending (self);
  if (self->has_low || self->has_upper)
    forlop_chart_point_join (&self->pending, &value, is_low);
  else
    {
      self->pending = value;
      self->pending.reason = g_strdup (value.reason);
    }
  *(is_low ? &self->has_low : &self->has_upper) = TRUE;
}

void
forlop_chart_collector_free (ForlopChartCollector *self)
{
  g_return_if_fail (self != NULL);

  flush_pending (self);
  end_stretch (self);
  end_median (self);
  forlop_chart_series_set_n_readings (self->series, self->n_readings);
  g_object_unref (self->series);
  g_array_unref (self->points);
  g_array_unref (self->values);
  g_array_unref (self->lows);
  g_free (self);
}
