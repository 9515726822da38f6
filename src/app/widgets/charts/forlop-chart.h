/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-chart-series.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* A chart, what is read of it in words, and its table twin; T changes between them. "narrow" and
 * "show-table" are properties, and "activate" (ForlopPagedRow of ForlopReadingFields) is a row of the table
 * that was opened. */

#define FORLOP_TYPE_CHART (forlop_chart_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChart, forlop_chart, FORLOP, CHART, AdwBin)

GtkWidget *forlop_chart_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_chart_set_series     (ForlopChart       *self,
                                        ForlopChartSeries *series);
/* Whose readings, and where the table reads them from; without it there is no table. */
void       forlop_chart_set_source     (ForlopChart       *self,
                                        ForlopStore       *store,
                                        const char        *citizen_id);
gboolean   forlop_chart_get_show_table (ForlopChart       *self);
void       forlop_chart_set_show_table (ForlopChart       *self,
                                        gboolean           show_table);

G_END_DECLS
