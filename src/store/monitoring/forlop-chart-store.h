/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-series.h"
#include "forlop-connection.h"
#include "forlop-paged-list.h"

G_BEGIN_DECLS

/* What the charts of a citizen show, and the same readings as a table. */

/**
 * ForlopChartQuery:
 * @measure: One measure or panel, or %FORLOP_MEASURE_UNKNOWN for everything that was ever measured.
 * @last_day: The last day that is shown, %FORLOP_DATE_NONE for today.
 * @n_stretches: How many readings fit beside each other, see #ForlopChartCollector.
 */
typedef struct {
  char *citizen_id;
  ForlopMeasure measure;
  ForlopChartPeriod period;
  ForlopDate last_day;
  unsigned int n_stretches;
  gint64 now;
} ForlopChartQuery;

/**
 * ForlopCharts:
 * @first_day: Of the first reading of all, %FORLOP_DATE_NONE when there is none.
 * @series: #GPtrArray of #ForlopChartSeries, in the order of the measures. One that has no reading in
 *   the window is among them when it has some at another time.
 */
typedef struct {
  ForlopChartWindow window;
  ForlopDate first_day;
  ForlopDate last_day;
  GPtrArray *series;
} ForlopCharts;

/**
 * ForlopReadingQuery:
 * @measure: A measure or panel.
 */
typedef struct {
  char *citizen_id;
  ForlopMeasure measure;
  ForlopChartWindow window;
} ForlopReadingQuery;

/**
 * ForlopReadingFields:
 * @n: Of the row.
 * @id: Of the measurement; of a pair, of the upper one where it came.
 * @point: As in the chart; the value is NaN when the device gave none.
 * @invalid: Somebody has taken it out of use.
 * @source: A code of the record's choices; interned.
 */
typedef struct {
  gint64 n;
  char *id;
  ForlopChartPoint point;
  gboolean invalid;
  const char *source;
} ForlopReadingFields;

/* On a thread of the store. */
ForlopCharts       *forlop_chart_store_load    (ForlopConnection        *connection,
                                                const ForlopChartQuery  *query,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_charts_free         (ForlopCharts            *self);
void                forlop_chart_query_free    (ForlopChartQuery        *self);

/* Every reading of a window, the newest first, as a list that is read a page at a time. */
extern const ForlopPagedSource forlop_reading_list_source;
ForlopReadingQuery *forlop_reading_query_new   (const char              *citizen_id,
                                                ForlopMeasure            measure,
                                                ForlopChartWindow        window) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCharts, forlop_charts_free)

G_END_DECLS
