/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* A chart and its table twin; T changes between them. */

#define FORLOP_TYPE_CHART (forlop_chart_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChart, forlop_chart, FORLOP, CHART, AdwBin)

GtkWidget *forlop_chart_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_chart_set_series     (ForlopChart       *self,
                                        ForlopChartSeries *series);
void       forlop_chart_set_period     (ForlopChart       *self,
                                        gint64             from_ms,
                                        gint64             to_ms);
gboolean   forlop_chart_get_show_table (ForlopChart       *self);
void       forlop_chart_set_show_table (ForlopChart       *self,
                                        gboolean           show_table);

G_END_DECLS
