/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-detail.h"
#include "forlop-chart-series.h"
#include "forlop-measure.h"

G_BEGIN_DECLS

/* What the chart of the chosen citizen shows. */

/* The measures there is something to show of, blood pressure as one: GArray of ForlopMeasure. */
GArray            *forlop_board_chart_measures (const ForlopBoardDetail *detail) G_GNUC_WARN_UNUSED_RESULT;
/* The measure a part of a panel is drawn with: blood pressure for systolic. */
ForlopMeasure      forlop_board_chart_whole    (ForlopMeasure            measure);
/* Points with their colours, limits as they were, changes of the plan and pauses. */
ForlopChartSeries *forlop_board_chart_series   (const ForlopBoardDetail *detail,
                                                ForlopMeasure            measure) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
