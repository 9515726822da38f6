/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-series.h"

G_BEGIN_DECLS

ForlopDate       chart_test_date    (const char     *iso);
/* @minute: of the day, on the wall in Oslo. */
gint64           chart_test_wall    (const char     *iso,
                                     int             minute);
/* One value. */
ForlopChartPoint chart_test_reading (gint64          at_ms,
                                     double          value,
                                     ForlopSeverity  severity);

G_END_DECLS
