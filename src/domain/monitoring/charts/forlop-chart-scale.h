/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-chart-period.h"

G_BEGIN_DECLS

/* The geometry of a chart; no drawing. On the screen and on paper the same: lay a ForlopChartFrame over
 * the rectangle that is drawn in (pixels or points, y downwards), and ask it for places. */

/**
 * ForlopChartScale:
 * @lowest: The value at the foot of the plot.
 * @highest: The value at its head.
 * @step: The distance between lines of the grid.
 */
typedef struct {
  double lowest;
  double highest;
  double step;
} ForlopChartScale;

/**
 * ForlopChartFrame:
 * @left: With @top, @width and @height where the readings stand; axes and words stand around it.
 */
typedef struct {
  double left;
  double top;
  double width;
  double height;
  ForlopChartWindow window;
  ForlopChartScale scale;
} ForlopChartFrame;

/* Round numbers around the range, with about @n_lines lines. */
ForlopChartScale forlop_chart_scale_new     (double                  lowest,
                                             double                  highest,
                                             unsigned int            n_lines);
/* From 0 at the foot to 1 at the head; not kept inside. */
double           forlop_chart_scale_place   (const ForlopChartScale *self,
                                             double                  value);
/* Kept inside the frame. */
double           forlop_chart_frame_x       (const ForlopChartFrame *self,
                                             gint64                  at_ms);
double           forlop_chart_frame_y       (const ForlopChartFrame *self,
                                             double                  value);
/* The instant that stands at @x. */
gint64           forlop_chart_frame_instant (const ForlopChartFrame *self,
                                             double                  x);

G_END_DECLS
