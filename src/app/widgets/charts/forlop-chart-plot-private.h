/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-inks.h"
#include "forlop-chart-scale.h"
#include "forlop-chart-series.h"

G_BEGIN_DECLS

/* One drawing of a series into a widget. */

/**
 * ForlopChartPlot:
 * @frame: Where the readings stand; the dates stand below @foot, what happened between the two.
 * @reach: See forlop_chart_series_get_reach().
 */
typedef struct {
  ForlopChartSeries *series;
  const ForlopChartInks *inks;
  GtkWidget *widget;
  ForlopChartFrame frame;
  double foot;
  gint64 reach;
} ForlopChartPlot;

/* FALSE where there is nothing to draw, or no room. */
gboolean forlop_chart_plot_init        (ForlopChartPlot       *self,
                                        ForlopChartSeries     *series,
                                        const ForlopChartInks *inks,
                                        GtkWidget             *widget);
float    forlop_chart_plot_x           (const ForlopChartPlot *self,
                                        gint64                 at_ms);
float    forlop_chart_plot_y           (const ForlopChartPlot *self,
                                        double                 value);
void     forlop_chart_plot_text        (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot,
                                        const char            *text,
                                        float                  x,
                                        float                  y,
                                        float                  align);
/* The limits, the grid and the axes. */
void     forlop_chart_plot_ground      (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot);
void     forlop_chart_plot_points      (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot);
/* A ring around the point that is read. */
void     forlop_chart_plot_point_ring  (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot,
                                        unsigned int           point);

/* Pauses, observation and changes of the plan lie in the plot, the rest below it. */
void     forlop_chart_plot_marks       (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot);
void     forlop_chart_plot_mark_ring   (const ForlopChartPlot *self,
                                        GtkSnapshot           *snapshot,
                                        unsigned int           mark);
/* The height of the rows below the plot. */
double   forlop_chart_plot_marks_height (ForlopChartSeries    *series);
/* The mark at a place in the widget, or -1. */
int      forlop_chart_plot_find_mark   (const ForlopChartPlot *self,
                                        float                  x,
                                        float                  y);

G_END_DECLS
