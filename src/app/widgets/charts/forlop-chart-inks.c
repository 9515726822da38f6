/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-inks.h"

#include "forlop-ink.h"
#include "forlop-severity-shape.h"

static const char *const names[FORLOP_N_CHART_INKS] = {
  [FORLOP_CHART_INK_GRID] = "grid",
  [FORLOP_CHART_INK_TEXT] = "text",
  [FORLOP_CHART_INK_TREND] = "trend",
  [FORLOP_CHART_INK_FOCUS] = "focus",
  [FORLOP_CHART_INK_BAND_RED] = "band-red",
  [FORLOP_CHART_INK_BAND_YELLOW] = "band-yellow",
  [FORLOP_CHART_INK_BAND_GREEN] = "band-green",
  [FORLOP_CHART_INK_LINE_RED] = "line-red",
  [FORLOP_CHART_INK_FILL_RED] = "fill-red",
  [FORLOP_CHART_INK_LINE_YELLOW] = "line-yellow",
  [FORLOP_CHART_INK_FILL_YELLOW] = "fill-yellow",
  [FORLOP_CHART_INK_LINE_GREEN] = "line-green",
  [FORLOP_CHART_INK_FILL_GREEN] = "fill-green",
};

void
forlop_chart_inks_init (ForlopChartInks *self,
                        GtkWidget       *parent)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (parent));

  for (unsigned int i = 0; i < FORLOP_N_CHART_INKS; i++)
    forlop_chart_inks_add (self, parent, (ForlopChartInk) i);
}

void
forlop_chart_inks_add (ForlopChartInks *self,
                       GtkWidget       *parent,
                       ForlopChartInk   ink)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (ink < FORLOP_N_CHART_INKS);

  if (self->widgets[ink] == NULL)
    self->widgets[ink] = forlop_ink_add (parent, names[ink]);
}

void
forlop_chart_inks_clear (ForlopChartInks *self)
{
  g_return_if_fail (self != NULL);

  for (unsigned int i = 0; i < FORLOP_N_CHART_INKS; i++)
    g_clear_pointer (&self->widgets[i], gtk_widget_unparent);
}

GdkRGBA
forlop_chart_inks_get (const ForlopChartInks *self,
                       ForlopChartInk         ink)
{
  GdkRGBA color = { 0 };

  g_return_val_if_fail (self != NULL, color);

  gtk_widget_get_color (self->widgets[ink], &color);

  return color;
}

void
forlop_chart_inks_of_severity (ForlopSeverity  severity,
                               ForlopChartInk *line,
                               ForlopChartInk *fill)
{
  g_return_if_fail (line != NULL && fill != NULL);

  *line = *fill = FORLOP_CHART_INK_TEXT;
  if (severity == FORLOP_SEVERITY_RED)
    {
      *line = FORLOP_CHART_INK_LINE_RED;
      *fill = FORLOP_CHART_INK_FILL_RED;
    }
  else if (severity == FORLOP_SEVERITY_YELLOW)
    {
      *line = FORLOP_CHART_INK_LINE_YELLOW;
      *fill = FORLOP_CHART_INK_FILL_YELLOW;
    }
  else if (severity == FORLOP_SEVERITY_GREEN)
    {
      *line = FORLOP_CHART_INK_LINE_GREEN;
      *fill = FORLOP_CHART_INK_FILL_GREEN;
    }
}

void
forlop_chart_inks_snapshot_point (const ForlopChartInks *self,
                                  GtkSnapshot           *snapshot,
                                  ForlopSeverity         severity,
                                  float                  x,
                                  float                  y,
                                  float                  size)
{
  ForlopChartInk line;
  ForlopChartInk fill;
  GdkRGBA line_color;
  GdkRGBA fill_color;

  g_return_if_fail (self != NULL);

  forlop_chart_inks_of_severity (severity, &line, &fill);
  line_color = forlop_chart_inks_get (self, line);
  fill_color = forlop_chart_inks_get (self, fill);
  forlop_severity_snapshot (snapshot, severity, x, y, size, &line_color, &fill_color);
}

void
forlop_chart_inks_snapshot_path (const ForlopChartInks *self,
                                 GtkSnapshot           *snapshot,
                                 ForlopSeverity         severity,
                                 GskPath               *path,
                                 float                  size)
{
  ForlopChartInk line;
  ForlopChartInk fill;
  GdkRGBA line_color;
  GdkRGBA fill_color;

  g_return_if_fail (self != NULL);

  forlop_chart_inks_of_severity (severity, &line, &fill);
  line_color = forlop_chart_inks_get (self, line);
  fill_color = forlop_chart_inks_get (self, fill);
  forlop_severity_snapshot_path (snapshot, severity, path, size, &line_color, &fill_color);
}
