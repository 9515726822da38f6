/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"

G_BEGIN_DECLS

/* The time axis of a chart: which days it covers, where its lines stand and over which stretches a
 * median is taken. Days, weeks, months and years are those of the wall clock in Oslo, so that a day of
 * 23 or 25 hours is one day. */

/**
 * ForlopChartPeriod:
 * @FORLOP_CHART_ALL: From the first reading to today.
 *
 * From the shortest to the longest.
 */
typedef enum {
  FORLOP_CHART_WEEK,
  FORLOP_CHART_MONTH,
  FORLOP_CHART_QUARTER,
  FORLOP_CHART_YEAR,
  FORLOP_CHART_ALL,
} ForlopChartPeriod;

#define FORLOP_N_CHART_PERIODS (FORLOP_CHART_ALL + 1)

/**
 * ForlopChartWindow:
 * @from_ms: The first instant.
 * @to_ms: The first instant after it.
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
} ForlopChartWindow;

/**
 * ForlopChartTick:
 * @at_ms: Midnight in Oslo.
 * @label: "22.11", "11.2026" or "2026".
 */
typedef struct {
  gint64 at_ms;
  char label[16];
} ForlopChartTick;

const char       *forlop_chart_period_name   (ForlopChartPeriod  period);
const char       *forlop_chart_period_label  (ForlopChartPeriod  period);
gboolean          forlop_chart_period_find   (const char        *name,
                                              ForlopChartPeriod *period);
/* The whole days of a period that ends with @last_day. @first_day: of the first reading, which only
 * FORLOP_CHART_ALL asks for. */
ForlopChartWindow forlop_chart_window        (ForlopChartPeriod  period,
                                              ForlopDate         last_day,
                                              ForlopDate         first_day);
/* The last day after @steps periods forward (or back), kept between the first reading and today. */
ForlopDate        forlop_chart_pan           (ForlopChartPeriod  period,
                                              ForlopDate         last_day,
                                              int                steps,
                                              ForlopDate         first_day,
                                              ForlopDate         today);
/* "16.11.2026 – 22.11.2026" */
char             *forlop_chart_window_format (ForlopChartWindow  window) G_GNUC_WARN_UNUSED_RESULT;
/* GArray of ForlopChartTick: at most @n_labels of them but for one, on days, Mondays, firsts of a month
 * or of a year. */
GArray           *forlop_chart_ticks         (ForlopChartWindow  window,
                                              unsigned int       n_labels) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a line through medians says more than one through the readings. */
gboolean          forlop_chart_has_medians   (ForlopChartWindow  window);
/* The week, or of more than two years the month, that @at_ms lies in. */
ForlopChartWindow forlop_chart_median_window (ForlopChartWindow  window,
                                              gint64             at_ms);

G_END_DECLS
