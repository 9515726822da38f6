/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

#include "forlop-chart-period.h"
#include "forlop-chart-point.h"
#include "forlop-measure.h"

G_BEGIN_DECLS

/* What a chart shows: readings, the limits as they were at each time, and what happened on the same
 * axis. Filled once and then shared between threads; not changed any more after it was given away.
 *
 * To draw one anywhere (a widget, a page of a PDF): forlop_chart_store_load() reads them from the file,
 * forlop_chart_series_get_range() and forlop_chart_scale_new() make the value axis, forlop_chart_ticks()
 * the time axis, and a ForlopChartFrame says where each of points, medians, bands and marks stands. A
 * line is drawn from one point to the next only where forlop_chart_series_is_joined() says so. */

/**
 * ForlopChartMedian:
 * @value: NaN where only lower values came.
 * @low: Of a pair, the median of the lower values; else NaN.
 *
 * The median of the usable readings of one stretch of time.
 */
typedef struct {
  ForlopChartWindow window;
  double value;
  double low;
} ForlopChartMedian;

/**
 * ForlopChartBand:
 * @from_ms: From when these limits were in force.
 * @to_ms: Until when; G_MAXINT64 while they still are.
 * @plan_version: The version of the plan that sets them, 0 where it is not known.
 * @of_low: They are the limits of the lower value of a pair.
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
  unsigned int plan_version;
  gboolean of_low;
} ForlopChartBand;

typedef enum {
  FORLOP_CHART_MARK_PLAN,
  FORLOP_CHART_MARK_PAUSE,
  FORLOP_CHART_MARK_OBSERVATION,
  FORLOP_CHART_MARK_ALERT,
  FORLOP_CHART_MARK_CONTACT,
  FORLOP_CHART_MARK_EQUIPMENT,
  FORLOP_CHART_MARK_UNCERTAIN,
} ForlopChartMarkKind;

/**
 * ForlopChartMark:
 * @to_ms: The end of a pause, an observation or a time of uncertain values; as @from_ms for a moment.
 * @severity: Of an alert; %FORLOP_SEVERITY_NOT_REPORTED for a measurement that never came.
 * @label: A word or two, drawn beside it.
 * @text: The whole sentence.
 *
 * What happened beside the readings.
 */
typedef struct {
  ForlopChartMarkKind kind;
  gint64 from_ms;
  gint64 to_ms;
  ForlopSeverity severity;
  char *label;
  char *text;
} ForlopChartMark;

#define FORLOP_TYPE_CHART_SERIES (forlop_chart_series_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChartSeries, forlop_chart_series, FORLOP, CHART_SERIES, GObject)

ForlopChartSeries       *forlop_chart_series_new          (const char            *label,
                                                           const char            *unit,
                                                           int                    decimals) G_GNUC_WARN_UNUSED_RESULT;
/* With the label, unit and decimals of a measure, which may be a panel. */
ForlopChartSeries       *forlop_chart_series_new_of       (ForlopMeasure          measure) G_GNUC_WARN_UNUSED_RESULT;
ForlopMeasure            forlop_chart_series_get_measure  (ForlopChartSeries     *self);
const char              *forlop_chart_series_get_label    (ForlopChartSeries     *self);
const char              *forlop_chart_series_get_unit     (ForlopChartSeries     *self);
int                      forlop_chart_series_get_decimals (ForlopChartSeries     *self);

/* The time that is shown: without one, what the points cover. */
void                     forlop_chart_series_set_window   (ForlopChartSeries     *self,
                                                           ForlopChartWindow      window);
ForlopChartWindow        forlop_chart_series_get_window   (ForlopChartSeries     *self);
/* Whether something from one instant to another is in sight; everything is while no window is set. */
gboolean                 forlop_chart_series_shows        (ForlopChartSeries     *self,
                                                           gint64                 from_ms,
                                                           gint64                 to_ms);
/* Points are added in order of time; the reason is copied. */
void                     forlop_chart_series_add_point    (ForlopChartSeries     *self,
                                                           ForlopChartPoint       point);
void                     forlop_chart_series_add_median   (ForlopChartSeries     *self,
                                                           ForlopChartMedian      median);
/* In order of time, those of the upper value and of the lower each for themselves. */
void                     forlop_chart_series_add_band     (ForlopChartSeries     *self,
                                                           ForlopChartBand        band);
/* In any order; the words are copied. */
void                     forlop_chart_series_add_mark     (ForlopChartSeries     *self,
                                                           ForlopChartMark        mark);
/* How many readings there are, when not every one of them is a point. */
void                     forlop_chart_series_set_n_readings (ForlopChartSeries   *self,
                                                           unsigned int           n_readings);
unsigned int             forlop_chart_series_get_n_readings (ForlopChartSeries   *self);

const ForlopChartPoint  *forlop_chart_series_get_points   (ForlopChartSeries     *self,
                                                           unsigned int          *n_points);
const ForlopChartMedian *forlop_chart_series_get_medians  (ForlopChartSeries     *self,
                                                           unsigned int          *n_medians);
const ForlopChartBand   *forlop_chart_series_get_bands    (ForlopChartSeries     *self,
                                                           unsigned int          *n_bands);
/* In order of time. */
const ForlopChartMark   *forlop_chart_series_get_marks    (ForlopChartSeries     *self,
                                                           unsigned int          *n_marks);
/* The limits in force at an instant; NULL when none were set. */
const ForlopChartBand   *forlop_chart_series_get_band_at  (ForlopChartSeries     *self,
                                                           gint64                 at_ms,
                                                           gboolean               of_low);
/* Lowest and highest of the usable values and of the limits that are set; FALSE when there is nothing. */
gboolean                 forlop_chart_series_get_range    (ForlopChartSeries     *self,
                                                           double                *lowest,
                                                           double                *highest);
/* Whether its readings have two values each. */
gboolean                 forlop_chart_series_has_pairs    (ForlopChartSeries     *self);
/* The longest time between two neighbours that still follow on each other. */
gint64                   forlop_chart_series_get_reach    (ForlopChartSeries     *self);
/* Whether a line leads from one instant to the next: what was not measured is a gap. */
gboolean                 forlop_chart_series_is_joined    (ForlopChartSeries     *self,
                                                           gint64                 from_ms,
                                                           gint64                 to_ms,
                                                           gint64                 reach);

/* "86 %", "148/86 mmHg" */
char                    *forlop_chart_series_format_value (ForlopChartSeries      *self,
                                                           const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
/* "22.11.2026 14.30, 86 %, Red" */
char                    *forlop_chart_series_format_point (ForlopChartSeries      *self,
                                                           const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
/* Why it was judged so, and by which limits; "" when neither is known. */
char                    *forlop_chart_series_format_reason (ForlopChartSeries      *self,
                                                            const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
/* Everything about a reading: "22.11.2026 08.05, 86 %. Red: SpO₂ 86 % is under 88 % (plan v3, in force
 * from 12.03.2026). Limits: red under 88, yellow under 91" */
char                    *forlop_chart_series_format_reading (ForlopChartSeries      *self,
                                                             const ForlopChartPoint *point) G_GNUC_WARN_UNUSED_RESULT;
/* About the longest of what can be read: of each severity the newest reading counts. */
char                    *forlop_chart_series_dup_longest  (ForlopChartSeries     *self) G_GNUC_WARN_UNUSED_RESULT;
/* "Limits: red under 88, yellow under 91"; NULL when none were set. */
char                    *forlop_chart_series_format_limits (ForlopChartSeries      *self,
                                                            gint64                  at_ms) G_GNUC_WARN_UNUSED_RESULT;
char                    *forlop_chart_series_format_tick  (ForlopChartSeries      *self,
                                                           double                  value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
