/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-inks.h"
#include "forlop-chart-scale.h"
#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* One drawing of a series into a rectangle. */

typedef struct {
  ForlopChartSeries *series;
  const ForlopChartInks *inks;
  GtkWidget *widget;
  graphene_rect_t area;
  ForlopChartScale scale;
  gint64 from_ms;
  gint64 to_ms;
} ForlopChartPlot;

float forlop_chart_plot_x      (const ForlopChartPlot *self,
                                gint64                 at_ms);
float forlop_chart_plot_y      (const ForlopChartPlot *self,
                                double                 value);
void  forlop_chart_plot_bands  (const ForlopChartPlot *self,
                                GtkSnapshot           *snapshot);
void  forlop_chart_plot_grid   (const ForlopChartPlot *self,
                                GtkSnapshot           *snapshot);
void  forlop_chart_plot_spans  (const ForlopChartPlot *self,
                                GtkSnapshot           *snapshot);
void  forlop_chart_plot_points (const ForlopChartPlot *self,
                                GtkSnapshot           *snapshot);
void  forlop_chart_plot_cursor (const ForlopChartPlot *self,
                                GtkSnapshot           *snapshot,
                                unsigned int           cursor);

G_END_DECLS
