/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* The points of a series as rows of a table, newest first; a row is made when it is asked for. */

#define FORLOP_TYPE_CHART_ROW (forlop_chart_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChartRow, forlop_chart_row, FORLOP, CHART_ROW, GObject)

#define FORLOP_TYPE_CHART_ROWS (forlop_chart_rows_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChartRows, forlop_chart_rows, FORLOP, CHART_ROWS, GObject)

GListModel *forlop_chart_rows_new (ForlopChartSeries *series) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
