/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* From every reading of a measure to what a chart of a certain width can show. The window is cut into
 * stretches about as wide as a point. Of a stretch with few readings all are kept; of one with many the
 * lowest, the highest, the worst and one that is not usable, so that no peak and no red is ever lost.
 * What is kept are readings as they were measured, never means. */

typedef struct _ForlopChartCollector ForlopChartCollector;

/* How many readings of one stretch are kept at most. */
#define FORLOP_CHART_KEPT 4

/* @series: where the points and medians go. @n_stretches: how many fit beside each other. */
ForlopChartCollector *forlop_chart_collector_new  (ForlopChartSeries      *series,
                                                   ForlopChartWindow       window,
                                                   unsigned int            n_stretches) G_GNUC_WARN_UNUSED_RESULT;
/* In order of time. A reading without a value or outside the window is left out. */
void                  forlop_chart_collector_add  (ForlopChartCollector   *self,
                                                   const ForlopChartPoint *point);
/* One value of @measure, which may be part of the series' panel: the two of a pair are one reading when they were
 * measured at the same instant. */
void                  forlop_chart_collector_add_value (ForlopChartCollector   *self,
                                                        ForlopMeasure           measure,
                                                        const ForlopChartPoint *point);
/* Gives the rest to the series, and frees. */
void                  forlop_chart_collector_free (ForlopChartCollector   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopChartCollector, forlop_chart_collector_free)

G_END_DECLS
