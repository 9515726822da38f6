/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-series.h"

#include <math.h>

#include "forlop-format.h"

struct _ForlopChartSeries
{
  GObject parent_instance;

  char *label;
  char *unit;
  int decimals;

  GArray *points;
  GArray *bands;
  GArray *spans;
};

G_DEFINE_FINAL_TYPE (ForlopChartSeries, forlop_chart_series, G_TYPE_OBJECT)

static void
clear_span (gpointer data)
{
  g_free (((ForlopChartSpan *) data)->label);
}

static void
forlop_chart_series_finalize (GObject *object)
{
  ForlopChartSeries *self = FORLOP_CHART_SERIES (object);

  g_free (self->label);
  g_free (self->unit);
  g_array_unref (self->points);
  g_array_unref (self->bands);
  g_array_unref (self->spans);

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
  self->bands = g_array_new (FALSE, FALSE, sizeof (ForlopChartBand));
  self->spans = g_array_new (FALSE, FALSE, sizeof (ForlopChartSpan));
  g_array_set_clear_func (self->spans, clear_span);
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
forlop_chart_series_add_point (ForlopChartSeries *self,
                               ForlopChartPoint   point)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));
  g_return_if_fail (self->points->len == 0 ||
                    g_array_index (self->points, ForlopChartPoint,
                                   self->points->len - 1).at_ms <= point.at_ms);

  g_array_append_val (self->points, point);
}

void
forlop_chart_series_add_band (ForlopChartSeries *self,
                              ForlopChartBand    band)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));

  g_array_append_val (self->bands, band);
}

void
forlop_chart_series_add_span (ForlopChartSeries *self,
                              gint64             from_ms,
                              gint64             to_ms,
                              const char        *label)
{
  ForlopChartSpan span = { .from_ms = from_ms, .to_ms = to_ms };

  g_return_if_fail (FORLOP_IS_CHART_SERIES (self));
  g_return_if_fail (label != NULL);

  span.label = g_strdup (label);
  g_array_append_val (self->spans, span);
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

const ForlopChartSpan *
forlop_chart_series_get_spans (ForlopChartSeries *self,
                               unsigned int      *n_spans)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (n_spans != NULL, NULL);

  *n_spans = self->spans->len;

  return (const ForlopChartSpan *) (gpointer) self->spans->data;
}

char *
forlop_chart_series_format_tick (ForlopChartSeries *self,
                                 double             value)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  return forlop_number_format (value, MAX (self->decimals, 1), FALSE);
}

char *
forlop_chart_series_format_value (ForlopChartSeries      *self,
                                  const ForlopChartPoint *point)
{
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  const char *gap;
  const char *unit;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  gap = self->unit != NULL ? "\u00a0" : "";
  unit = self->unit != NULL ? self->unit : "";
  value = forlop_number_format (point->value, self->decimals, TRUE);
  if (isnan (point->low))
    return g_strconcat (value, gap, unit, NULL);

  low = forlop_number_format (point->low, self->decimals, TRUE);

  return g_strconcat (value, "/", low, gap, unit, NULL);
}

char *
forlop_chart_series_format_point (ForlopChartSeries      *self,
                                  const ForlopChartPoint *point)
{
  g_autofree char *when = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  when = forlop_instant_format (point->at_ms);
  value = forlop_chart_series_format_value (self, point);

  return g_strdup_printf ("%s, %s, %s", when, value, forlop_severity_label (point->severity));
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
