/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-series.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How much longer than usual the time between two readings may be before it is a gap, and the least
 * that is looked at as one: a daily reading may be taken in the morning and then in the evening. */
#define REACH_FACTOR 1.75
#define LEAST_REACH (18 * FORLOP_HOUR)

struct _ForlopChartSeries
{
  GObject parent_instance;

  ForlopMeasure measure;
  char *label;
  char *unit;
  int decimals;
  unsigned int n_readings;
  ForlopChartWindow window;

  GArray *points;
  GArray *medians;
  GArray *bands;
  GArray *marks;
};

G_DEFINE_FINAL_TYPE (ForlopChartSeries, forlop_chart_series, G_TYPE_OBJECT)

static void
clear_point (gpointer data)
{
  g_free (((ForlopChartPoint *) data)->reason);
}

static void
clear_mark (gpointer data)
{
  ForlopChartMark *mark = data;

  g_free (mark->label);
  g_free (mark->text);
}

static void
forlop_chart_series_finalize (GObject *object)
{
  ForlopChartSeries *self = FORLOP_CHART_SERIES (object);

  g_free (self->label);
  g_free (self->unit);
  g_array_unref (self->points);
  g_array_unref (self->medians);
  g_array_unref (self->bands);
  g_array_unref (self->marks);

  G_OBJECT_CLASS (forlop_chart_series_parent_class)->finalize (object);
}

static void
forlop_chart_series_class_init (ForlopChartSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_chart_series_finalize;
}

static void
forlop_chart_series_init (ForlopChartSeries *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (ForlopChartPoint));
  g_array_set_clear_func (self->points, clear_point);
  self->medians = g_array_new (FALSE, FALSE, sizeof (ForlopChartMedian));
  self->bands = g_array_new (FALSE, FALSE, sizeof (ForlopChartBand));
  self->marks = g_array_new (FALSE, FALSE, sizeof (ForlopChartMark));
  g_array_set_clear_func (self->marks, clear_mark);
}

/**
 * forlop_chart_series_new:
 * @label: What is measured.
 * @unit: (nullable): The unit people read.
 * @decimals: Decimals shown.
 */
ForlopChartSeries *
forlop_chart_series_new (const char *label,
                         const char *unit,
                         int         decimals)
{
  ForlopChartSeries *self;

  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (decimals >= 0, NULL);

  self = g_object_new (FORLOP_TYPE_CHART_SERIES, NULL);
  self->label = g_strdup (label);
  self->unit = g_strdup (unit);
  self->decimals = decimals;

  return self;
}

ForlopChartSeries *
forlop_chart_series_new_of (ForlopMeasure measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  const ForlopMeasureInfo *shown = info;
  ForlopChartSeries *self;

  g_return_val_if_fail (info != NULL, NULL);

  if (forlop_measure_is_panel (measure))
    shown = forlop_measure_info (info->components[0]);
  self = forlop_chart_series_new (forlop_measure_label (measure),
                                  shown->shown_unit != NULL ? _(shown->shown_unit) : NULL,
                                  shown->decimals);
  self->measure = measure;

  return self;
}

ForlopMeasure
forlop_chart_series_get_measure (ForlopChartSeries *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), FORLOP_MEASURE_UNKNOWN);

  return self->measure;
}

int
forlop_chart_series_get_decimals (ForlopChartSeries *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), 0);

  return self->decimals;
}

const char *
forlop_chart_series_get_label (ForlopChartSeries *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  return self->label;
}

const char *
forlop_chart_series_get_unit (ForlopChartSeries *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  return self->unit;
}

void
forlop_chart_series_set_window (ForlopChartSeries *self,
                                ForlopChartWindow  window)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));
  g_return_if_fail (window.from_ms < window.to_ms);

  self->window = window;
}

ForlopChartWindow
forlop_chart_series_get_window (ForlopChartSeries *self)
{
  ForlopChartWindow window = { 0, FORLOP_DAY };

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), window);

  if (self->window.to_ms > self->window.from_ms || self->points->len == 0)
    return self->window.to_ms > self->window.from_ms ? self->window : window;

  window.from_ms = g_array_index (self->points, ForlopChartPoint, 0).at_ms - FORLOP_DAY / 2;
  window.to_ms =
    g_array_index (self->points, ForlopChartPoint, self->points->len - 1).at_ms + FORLOP_DAY / 2;

  return window;
}

gboolean
forlop_chart_series_shows (ForlopChartSeries *self,
                           gint64             from_ms,
                           gint64             to_ms)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), FALSE);

  return self->window.to_ms == self->window.from_ms ||
         (to_ms >= self->window.from_ms && from_ms < self->window.to_ms);
}

void
forlop_chart_series_add_point (ForlopChartSeries *self,
                               ForlopChartPoint   point)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));
  g_return_if_fail (self->points->len == 0 ||
                    g_array_index (self->points, ForlopChartPoint,
                                   self->points->len - 1).at_ms <= point.at_ms);

  point.reason = g_strdup (point.reason);
  g_array_append_val (self->points, point);
}

void
forlop_chart_series_add_median (ForlopChartSeries *self,
                                ForlopChartMedian  median)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));

  g_array_append_val (self->medians, median);
}

void
forlop_chart_series_add_band (ForlopChartSeries *self,
                              ForlopChartBand    band)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));

  g_array_append_val (self->bands, band);
}

void
forlop_chart_series_add_mark (ForlopChartSeries *self,
                              ForlopChartMark    mark)
{
  unsigned int place;

  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));
  g_return_if_fail (mark.from_ms <= mark.to_ms);
  g_return_if_fail (mark.label != NULL && mark.text != NULL);

  mark.label = g_strdup (mark.label);
  mark.text = g_strdup (mark.text);
  for (place = self->marks->len; place > 0; place--)
    if (g_array_index (self->marks, ForlopChartMark, place - 1).from_ms <= mark.from_ms)
      break;
  g_array_insert_val (self->marks, place, mark);
}

void
forlop_chart_series_set_n_readings (ForlopChartSeries *self,
                                    unsigned int       n_readings)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));

  self->n_readings = n_readings;
}

unsigned int
forlop_chart_series_get_n_readings (ForlopChartSeries *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), 0);

  return MAX (self->n_readings, self->points->len);
}

const ForlopChartPoint *
forlop_chart_series_get_points (ForlopChartSeries *self,
                                unsigned int      *n_points)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (n_points != NULL, NULL);

  *n_points = self->points->len;

  return (const ForlopChartPoint *) (gpointer) self->points->data;
}

const ForlopChartBand *
forlop_chart_series_get_bands (ForlopChartSeries *self,
                               unsigned int      *n_bands)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (n_bands != NULL, NULL);

  *n_bands = self->bands->len;

  return (const ForlopChartBand *) (gpointer) self->bands->data;
}

const ForlopChartMedian *
forlop_chart_series_get_medians (ForlopChartSeries *self,
                                 unsigned int      *n_medians)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (n_medians != NULL, NULL);

  *n_medians = self->medians->len;

  return (const ForlopChartMedian *) (gpointer) self->medians->data;
}

const ForlopChartMark *
forlop_chart_series_get_marks (ForlopChartSeries *self,
                               unsigned int      *n_marks)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (n_marks != NULL, NULL);

  *n_marks = self->marks->len;

  return (const ForlopChartMark *) (gpointer) self->marks->data;
}

const ForlopChartBand *
forlop_chart_series_get_band_at (ForlopChartSeries *self,
                                 gint64             at_ms,
                                 gboolean           of_low)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  for (unsigned int i = self->bands->len; i > 0; i--)
    {
      const ForlopChartBand *band = &g_array_index (self->bands, ForlopChartBand, i - 1);

      if (band->of_low == of_low && band->from_ms <= at_ms && at_ms < band->to_ms)
        return band;
    }

  return NULL;
}

gboolean
forlop_chart_series_has_pairs (ForlopChartSeries *self)
{
  gboolean has_pairs;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), FALSE);

  has_pairs = self->measure != FORLOP_MEASURE_UNKNOWN && forlop_measure_is_panel (self->measure);
  for (unsigned int i = 0; i < self->points->len && !has_pairs; i++)
    has_pairs = !isnan (g_array_index (self->points, ForlopChartPoint, i).low);

  return has_pairs;
}

static int
compare_times (const void *a,
               const void *b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

gint64
forlop_chart_series_get_reach (ForlopChartSeries *self)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 usual;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), LEAST_REACH);

  for (unsigned int i = 1; i < self->points->len; i++)
    {
      gint64 time = g_array_index (self->points, ForlopChartPoint, i).at_ms -
                    g_array_index (self->points, ForlopChartPoint, i - 1).at_ms;

      g_array_append_val (times, time);
    }
  if (times->len == 0)
    return LEAST_REACH;
  g_array_sort (times, compare_times);
  usual = g_array_index (times, gint64, times->len / 2);

  return MAX (LEAST_REACH, (gint64) ((double) usual * REACH_FACTOR));
}

gboolean
forlop_chart_series_is_joined (ForlopChartSeries *self,
                               gint64             from_ms,
                               gint64             to_ms,
                               gint64             reach)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), FALSE);

  if (to_ms - from_ms > reach)
    return FALSE;
  for (unsigned int i = 0; i < self->marks->len; i++)
    {
      const ForlopChartMark *mark = &g_array_index (self->marks, ForlopChartMark, i);

      if (mark->from_ms > to_ms)
        break;
      if (mark->kind == FORLOP_CHART_MARK_PAUSE && mark->from_ms >= from_ms && mark->to_ms <= to_ms)
        return FALSE;
    }

  return TRUE;
}

static void
widen (double *lowest,
       double *highest,
       double  value)
{
  if (isnan (value))
    return;
  *lowest = fmin (*lowest, value);
  *highest = fmax (*highest, value);
}

gboolean
forlop_chart_series_get_range (ForlopChartSeries *self,
                               double            *lowest,
                               double            *highest)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), FALSE);
  g_return_val_if_fail (lowest != NULL && highest != NULL, FALSE);

  *lowest = INFINITY;
  *highest = -INFINITY;
  for (unsigned int i = 0; i < self->points->len; i++)
    {
      const ForlopChartPoint *point = &g_array_index (self->points, ForlopChartPoint, i);

      /* An impossible value must not flatten all the others. */
      if (point->severity == FORLOP_SEVERITY_IMPLAUSIBLE)
        continue;
      widen (lowest, highest, point->value);
      widen (lowest, highest, point->low);
    }
  for (unsigned int i = 0; i < self->bands->len; i++)
    {
      const ForlopChartBand *band = &g_array_index (self->bands, ForlopChartBand, i);

      widen (lowest, highest, band->red_low);
      widen (lowest, highest, band->yellow_low);
      widen (lowest, highest, band->yellow_high);
      widen (lowest, highest, band->red_high);
    }

  return *lowest <= *highest;
}
