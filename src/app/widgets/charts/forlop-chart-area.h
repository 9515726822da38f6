/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* The drawn part of a chart. Left and right read the readings one by one, Page Up and Page Down in larger
 * steps, Home and End the first and the last; with Ctrl, left and right read what happened. The property
 * "text" is what is read. */

#define FORLOP_TYPE_CHART_AREA (forlop_chart_area_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChartArea, forlop_chart_area, FORLOP, CHART_AREA, GtkWidget)

GtkWidget *forlop_chart_area_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_chart_area_set_series (ForlopChartArea   *self,
                                         ForlopChartSeries *series);
/* Index of the point that is read, or -1. */
int        forlop_chart_area_get_cursor (ForlopChartArea   *self);
void       forlop_chart_area_set_cursor (ForlopChartArea   *self,
                                         int                cursor);

G_END_DECLS
