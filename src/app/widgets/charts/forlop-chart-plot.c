/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-plot-private.h"

#include <adwaita.h>
#include <math.h>

/* Pixels */
#define LEFT 44
#define RIGHT 12
#define TOP 24
#define FOOT 26
#define ROOM_PER_LINE 44
#define ROOM_PER_DATE 72
#define TEXT_GAP 6

gboolean
forlop_chart_plot_init (ForlopChartPlot       *self,
                        ForlopChartSeries     *series,
                        const ForlopChartInks *inks,
                        GtkWidget             *widget)
{
  double width = gtk_widget_get_width (widget) - LEFT - RIGHT;
  double foot = gtk_widget_get_height (widget) - FOOT;
  double height;
  double lowest, highest;

  if (series == NULL || !forlop_chart_series_get_range (series, &lowest, &highest))
    return FALSE;
  height = foot - TOP - forlop_chart_plot_marks_height (series);
  if (width <= 0 || height <= 0)
    return FALSE;

  *self = (ForlopChartPlot) {
    .series = series, .inks = inks, .widget = widget, .foot = foot,
    .frame = {
      .left = LEFT, .top = TOP, .width = width, .height = height,
      .window = forlop_chart_series_get_window (series),
      .scale = forlop_chart_scale_new (lowest, highest, (unsigned int) (height / ROOM_PER_LINE)),
    },
    .reach = forlop_chart_series_get_reach (series),
  };

  return TRUE;
}

float
forlop_chart_plot_x (const ForlopChartPlot *self,
                     gint64                 at_ms)
{
  return (float) forlop_chart_frame_x (&self->frame, at_ms);
}

float
forlop_chart_plot_y (const ForlopChartPlot *self,
                     double                 value)
{
  return (float) forlop_chart_frame_y (&self->frame, value);
}

static void
fill_between (const ForlopChartPlot *self,
              GtkSnapshot           *snapshot,
              float                  left,
              float                  right,
              double                 low,
              double                 high,
              ForlopChartInk         ink)
{
  float top = forlop_chart_plot_y (self, high);
  float foot = forlop_chart_plot_y (self, low);
  GdkRGBA color = forlop_chart_inks_get (self->inks, ink);

  if (foot > top && right > left)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (left, top, right - left, foot - top));
}

static double
first_set (double a,
           double b,
           double otherwise)
{
  if (!isnan (a))
    return a;

  return isnan (b) ? otherwise : b;
}

/* The limits of the lower value of a pair are broken lines. */
static void
draw_lines (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot,
            const ForlopChartBand *band)
{
  const double limits[] = { band->red_low, band->yellow_low, band->yellow_high, band->red_high };
  float left = forlop_chart_plot_x (self, band->from_ms);
  float right = forlop_chart_plot_x (self, band->to_ms);
  const float dashes[] = { 6, 4 };

  for (unsigned int i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr(GskPathBuilder) builder = NULL;
      g_autoptr(GskStroke) stroke = NULL;
      g_autoptr(GskPath) path = NULL;
      GdkRGBA color;
      float y;

      if (isnan (limits[i]))
        continue;
      color = forlop_chart_inks_get (self->inks, i == 0 || i == 3 ? FORLOP_CHART_INK_LINE_RED
                                                                  : FORLOP_CHART_INK_LINE_YELLOW);
      y = forlop_chart_plot_y (self, limits[i]);
      builder = gsk_path_builder_new ();
      gsk_path_builder_move_to (builder, left, y);
      gsk_path_builder_line_to (builder, right, y);
      path = gsk_path_builder_to_path (builder);
      stroke = gsk_stroke_new (1);
      if (band->of_low)
        gsk_stroke_set_dash (stroke, dashes, G_N_ELEMENTS (dashes));
      gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
    }
}

static void
draw_outside (const ForlopChartPlot *self,
              GtkSnapshot           *snapshot,
              const ForlopChartBand *band)
{
  float left = forlop_chart_plot_x (self, band->from_ms);
  float right = forlop_chart_plot_x (self, band->to_ms);
  double foot = self->frame.scale.lowest;
  double head = self->frame.scale.highest;

  if (!isnan (band->yellow_low))
    fill_between (self, snapshot, left, right, isnan (band->red_low) ? foot : band->red_low,
                  band->yellow_low, FORLOP_CHART_INK_BAND_YELLOW);
  if (!isnan (band->yellow_high))
    fill_between (self, snapshot, left, right, band->yellow_high,
                  isnan (band->red_high) ? head : band->red_high, FORLOP_CHART_INK_BAND_YELLOW);
  if (!isnan (band->red_low))
    fill_between (self, snapshot, left, right, foot, band->red_low, FORLOP_CHART_INK_BAND_RED);
  if (!isnan (band->red_high))
    fill_between (self, snapshot, left, right, band->red_high, head, FORLOP_CHART_INK_BAND_RED);
}

static void
draw_band (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           const ForlopChartBand *band)
{
  fill_between (self, snapshot, forlop_chart_plot_x (self, band->from_ms), forlop_chart_plot_x (self, band->to_ms),
                first_set (band->yellow_low, band->red_low, self->frame.scale.lowest),
                first_set (band->yellow_high, band->red_high, self->frame.scale.highest),
                FORLOP_CHART_INK_BAND_GREEN);
  draw_outside (self, snapshot, band);
}

/* Each value of a pair has limits of its own, and areas between them would say of one what is meant of the other. So
 * there are areas above the limits of the upper value and below those of the lower one only; all limits are lines. */
static void
draw_pair_band (const ForlopChartPlot *self,
                GtkSnapshot           *snapshot,
                const ForlopChartBand *band)
{
  ForlopChartBand outer = *band;

  if (band->of_low)
    outer.yellow_high = outer.red_high = NAN;
  else
    outer.yellow_low = outer.red_low = NAN;
  draw_outside (self, snapshot, &outer);
  draw_lines (self, snapshot, band);
}

static void
draw_bands (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot)
{
  unsigned int n_bands;
  const ForlopChartBand *bands = forlop_chart_series_get_bands (self->series, &n_bands);

  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (self->widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);
  gboolean pairs = forlop_chart_series_has_pairs (self->series);

  for (unsigned int i = 0; i < n_bands; i++)
    {
      const ForlopChartBand *band = &bands[i];

      if (band->to_ms <= self->frame.window.from_ms || band->from_ms >= self->frame.window.to_ms ||
          (isnan (band->red_low) && isnan (band->yellow_low) && isnan (band->yellow_high) &&
           isnan (band->red_high)))
        continue;
      if (pairs)
        {
          draw_pair_band (self, snapshot, band);
          continue;
        }
      draw_band (self, snapshot, band);
      /* Soft areas alone are not seen by everybody. */
      if (high_contrast)
        draw_lines (self, snapshot, band);
    }
}

/* @align: 0 when the text begins at @x, 0.5 when it stands around it, 1 when it ends there. */
void
forlop_chart_plot_text (const ForlopChartPlot *self,
                        GtkSnapshot           *snapshot,
                        const char            *text,
                        float                  x,
                        float                  y,
                        float                  align)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (self->widget, text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TEXT);
  int width;
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (x - (float) width * align, 0,
             (float) MAX (gtk_widget_get_width (self->widget) - width, 0));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x),
                                                          roundf (y - (float) height / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_values (const ForlopChartPlot *self,
             GtkSnapshot           *snapshot)
{
  const ForlopChartScale *scale = &self->frame.scale;
  GdkRGBA grid = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_GRID);
  int n_steps = (int) round ((scale->highest - scale->lowest) / scale->step);

  for (int i = 0; i <= n_steps; i++)
    {
      double value = scale->lowest + i * scale->step;
      float y = roundf (forlop_chart_plot_y (self, value));
      g_autofree char *label = forlop_chart_series_format_tick (self->series, value);

      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT ((float) self->frame.left, y,
                                                      (float) self->frame.width, 1));
      forlop_chart_plot_text (self, snapshot, label, (float) self->frame.left - TEXT_GAP, y, 1);
    }
}

static void
draw_dates (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot)
{
  unsigned int n_labels = (unsigned int) (self->frame.width / ROOM_PER_DATE);
  g_autoptr(GArray) ticks = forlop_chart_ticks (self->frame.window, n_labels);
  GdkRGBA grid = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_GRID);

  for (unsigned int i = 0; i < ticks->len; i++)
    {
      const ForlopChartTick *tick = &g_array_index (ticks, ForlopChartTick, i);
      float x = roundf (forlop_chart_plot_x (self, tick->at_ms));

      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (x, (float) self->frame.top, 1,
                                                      (float) self->frame.height));
      forlop_chart_plot_text (self, snapshot, tick->label, x, (float) self->foot + 12, 0.5f);
    }
}

void
forlop_chart_plot_ground (const ForlopChartPlot *self,
                          GtkSnapshot           *snapshot)
{
  draw_bands (self, snapshot);
  draw_values (self, snapshot);
  draw_dates (self, snapshot);
}
