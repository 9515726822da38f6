/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-severity.h"

G_BEGIN_DECLS

/* The colours a chart draws with, by name; each is a ForlopInk child of the drawing widget. */

typedef enum {
  FORLOP_CHART_INK_GRID,
  FORLOP_CHART_INK_TEXT,
  FORLOP_CHART_INK_TREND,
  FORLOP_CHART_INK_FOCUS,
  FORLOP_CHART_INK_BAND_RED,
  FORLOP_CHART_INK_BAND_YELLOW,
  FORLOP_CHART_INK_BAND_GREEN,
  FORLOP_CHART_INK_LINE_RED,
  FORLOP_CHART_INK_FILL_RED,
  FORLOP_CHART_INK_LINE_YELLOW,
  FORLOP_CHART_INK_FILL_YELLOW,
  FORLOP_CHART_INK_LINE_GREEN,
  FORLOP_CHART_INK_FILL_GREEN,
} ForlopChartInk;

#define FORLOP_N_CHART_INKS (FORLOP_CHART_INK_FILL_GREEN + 1)

typedef struct {
  GtkWidget *widgets[FORLOP_N_CHART_INKS];
} ForlopChartInks;

void    forlop_chart_inks_init           (ForlopChartInks       *self,
                                          GtkWidget             *parent);
/* One of them alone, for drawings that need few; nothing happens when it is there. */
void    forlop_chart_inks_add            (ForlopChartInks       *self,
                                          GtkWidget             *parent,
                                          ForlopChartInk         ink);
/* The two a point of this severity is drawn with. */
void    forlop_chart_inks_of_severity    (ForlopSeverity         severity,
                                          ForlopChartInk        *line,
                                          ForlopChartInk        *fill);
void    forlop_chart_inks_clear          (ForlopChartInks       *self);
GdkRGBA forlop_chart_inks_get            (const ForlopChartInks *self,
                                          ForlopChartInk         ink);
/* The shape of a severity at a point. */
void    forlop_chart_inks_snapshot_point (const ForlopChartInks *self,
                                          GtkSnapshot           *snapshot,
                                          ForlopSeverity         severity,
                                          float                  x,
                                          float                  y,
                                          float                  size);
/* Many points of one severity, whose shapes are in @path. */
void    forlop_chart_inks_snapshot_path  (const ForlopChartInks *self,
                                          GtkSnapshot           *snapshot,
                                          ForlopSeverity         severity,
                                          GskPath               *path,
                                          float                  size);

G_END_DECLS
