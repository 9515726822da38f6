/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* The course of one measure in the height of a line of text. Its scale is the limits', so that
 * sparklines under each other can be compared; the last value has its shape. */

#define FORLOP_TYPE_SPARKLINE (forlop_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSparkline, forlop_sparkline, FORLOP, SPARKLINE, GtkWidget)

GtkWidget *forlop_sparkline_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_sparkline_set_series (ForlopSparkline   *self,
                                        ForlopChartSeries *series);

G_END_DECLS
