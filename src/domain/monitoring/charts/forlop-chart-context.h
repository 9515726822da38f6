/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-series.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* From the records of a citizen to what stands around the readings of a chart: the limits as they were
 * at each time, and what happened. Every list is a GPtrArray of records, in any order. */

/* The limits of @series' measure from every version of a plan that was in force, each until the next one
 * came, and a mark where it came. A plan ends with its case. @cases may be empty. */
void forlop_chart_add_plans       (ForlopChartSeries *series,
                                   GPtrArray         *plans,
                                   GPtrArray         *limits,
                                   GPtrArray         *cases);
/* A pause that is still open lasts until @now. */
void forlop_chart_add_pauses      (ForlopChartSeries *series,
                                   GPtrArray         *pauses,
                                   gint64             now);
/* Those of @series' measure; of a missing measurement as well. */
void forlop_chart_add_alerts      (ForlopChartSeries *series,
                                   GPtrArray         *alerts);
void forlop_chart_add_contacts    (ForlopChartSeries *series,
                                   GPtrArray         *contacts);

G_END_DECLS
