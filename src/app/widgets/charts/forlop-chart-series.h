/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

#include "forlop-date.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/* What a chart shows: points, the limits as they were at each time, changes of the plan and
 * pauses. Filled once and then shared; not changed any more after it was given to a chart. */

/**
 * ForlopChartPoint:
 * @at_ms: When it was measured.
 * @value: In the series' unit; of a pair the upper one.
 * @low: Of a pair, as blood pressure, the lower one; NaN for a single value.
 * @severity: As it was judged then.
 */
typedef struct {
  gint64 at_ms;
  double value;
  double low;
  ForlopSeverity severity;
} ForlopChartPoint;

/**
 * ForlopChartBand:
 * @from_ms: From when these limits were in force.
 * @to_ms: Until when; G_MAXINT64 while they still are.
 *
 * The limits of a time; NaN for a limit that was not set.
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  double red_low;
  double yellow_low;
  double yellow_high;
  double red_high;
} ForlopChartBand;

/**
 * ForlopChartSpan:
 * @label: What happened, in words.
 *
 * A pause from one time to another; with both the same, a moment such as a change of the plan.
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  char *label;
} ForlopChartSpan;

#define FORLOP_TYPE_CHART_SERIES (forlop_chart_series_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChartSeries, forlop_chart_series, FORLOP, CHART_SERIES, GObject)

ForlopChartSeries      *forlop_chart_series_new          (const char            *label,
                                                          const char            *unit,
                                                          int                    decimals) G_GNUC_WARN_UNUSED_RESULT;
const char             *forlop_chart_series_get_label    (ForlopChartSeries     *self);
const char             *forlop_chart_series_get_unit     (ForlopChartSeries     *self);
/* Points are added in order of time. */
void                    forlop_chart_series_add_point    (ForlopChartSeries     *self,
                                                          ForlopChartPoint       point);
void                    forlop_chart_series_add_band     (ForlopChartSeries     *self,
                                                          ForlopChartBand        band);
void                    forlop_chart_series_add_span     (ForlopChartSeries     *self,
                                                          gint64                 from_ms,
                                                          gint64                 to_ms,
                                                          const char            *label);
const ForlopChartPoint *forlop_chart_series_get_points   (ForlopChartSeries     *self,
                                                          unsigned int          *n_points);
const ForlopChartBand  *forlop_chart_series_get_bands    (ForlopChartSeries     *self,
                                                          unsigned int          *n_bands);
const ForlopChartSpan  *forlop_chart_series_get_spans    (ForlopChartSeries     *self,
                                                          unsigned int          *n_spans);
/* "86 %", "148/86 mmHg" */
char                   *forlop_chart_series_format_value (ForlopChartSeries      *self,
                                                          const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
/* "22.11.2026 14.30, 86 %, Red" */
char                   *forlop_chart_series_format_point (ForlopChartSeries      *self,
                                                          const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
char                   *forlop_chart_series_format_tick  (ForlopChartSeries      *self,
                                                          double                  value) G_GNUC_WARN_UNUSED_RESULT;
/* Lowest and highest of the values and the limits that are set; FALSE when there is nothing. */
gboolean                forlop_chart_series_get_range    (ForlopChartSeries     *self,
                                                          double                *lowest,
                                                          double                *highest);

G_END_DECLS
