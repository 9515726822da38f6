/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"

G_BEGIN_DECLS

/* The arithmetic of axes; no drawing. */

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

/* Round numbers around the range, with about @n_lines lines. */
ForlopChartScale forlop_chart_scale_new    (double       lowest,
                                            double       highest,
                                            unsigned int n_lines);
/* From 0 at the foot to 1 at the head; not kept inside. */
double           forlop_chart_scale_place  (const ForlopChartScale *self,
                                            double                  value);
/* Days between the dates of the axis, so that at most @n_labels fit into the range: 1, 2, 7, 14,
 * 30, 91, 182 or 365. */
int              forlop_chart_date_step    (gint64       from_ms,
                                            gint64       to_ms,
                                            unsigned int n_labels);

G_END_DECLS
