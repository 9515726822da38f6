/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-plot-private.h"

#include <adwaita.h>
#include <float.h>
#include <math.h>

#include "forlop-severity-shape.h"

/* Pixels */
#define LEFT 44
#define RIGHT 12
#define TOP 24
#define FOOT 26
#define ROOM_PER_LINE 44
#define ROOM_PER_DATE 72
#define TEXT_GAP 6
#define POINT_SIZE 11
#define SMALL_POINT_SIZE 6
#define DOT_SIZE 3.5f
#define LONE_FOOT 20
/* From so little room for each point on, what is green is drawn smaller. */
#define ROOM_PER_POINT 9
#define ROOM_PER_SMALL_POINT 3
#define N_ROWS 400

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

/* The limits of the lower value of a pair are broken lines: areas would cover those of the upper one. */
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
draw_band (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           const ForlopChartBand *band)
{
  float left = forlop_chart_plot_x (self, band->from_ms);
  float right = forlop_chart_plot_x (self, band->to_ms);
  double foot = self->frame.scale.lowest;
  double head = self->frame.scale.highest;

  fill_between (self, snapshot, left, right, first_set (band->yellow_low, band->red_low, foot),
                first_set (band->yellow_high, band->red_high, head), FORLOP_CHART_INK_BAND_GREEN);
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
draw_bands (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot)
{
  unsigned int n_bands;
  const ForlopChartBand *bands = forlop_chart_series_get_bands (self->series, &n_bands);

  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (self->widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);

  for (unsigned int i = 0; i < n_bands; i++)
    {
      const ForlopChartBand *band = &bands[i];

      if (band->to_ms <= self->frame.window.from_ms || band->from_ms >= self->frame.window.to_ms ||
          (isnan (band->red_low) && isnan (band->yellow_low) && isnan (band->yellow_high) &&
           isnan (band->red_high)))
        continue;
      if (!band->of_low)
        draw_band (self, snapshot, band);
      /* Soft areas alone are not seen by everybody. */
      if (band->of_low || high_contrast)
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

static void
add_to_line (GskPathBuilder *builder,
             gboolean        joined,
             float           x,
             float           y)
{
  if (joined)
    gsk_path_builder_line_to (builder, x, y);
  else
    gsk_path_builder_move_to (builder, x, y);
}

/* Through the readings; what was not measured, and what cannot be used, is no part of it. */
static GskPath *
build_line (const ForlopChartPlot *self)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);
  gint64 before = FORLOP_INSTANT_NONE;

  for (unsigned int i = 0; i < n_points; i++)
    {
      const ForlopChartPoint *point = &points[i];

      if (point->severity == FORLOP_SEVERITY_IMPLAUSIBLE)
        continue;
      add_to_line (builder,
                   before != FORLOP_INSTANT_NONE &&
                     forlop_chart_series_is_joined (self->series, before, point->at_ms, self->reach),
                   forlop_chart_plot_x (self, point->at_ms), forlop_chart_plot_y (self, point->value));
      before = point->at_ms;
    }

  return gsk_path_builder_to_path (builder);
}

static gboolean
is_joined_median (const ForlopChartMedian *medians,
                  unsigned int             i,
                  gboolean                 of_low)
{
  return i > 0 && medians[i - 1].window.to_ms == medians[i].window.from_ms &&
         !isnan (of_low ? medians[i - 1].low : medians[i - 1].value);
}

/* Through the middles of weeks or months that follow on each other. */
static GskPath *
build_median_line (const ForlopChartPlot *self,
                   gboolean               of_low)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  unsigned int n_medians;
  const ForlopChartMedian *medians = forlop_chart_series_get_medians (self->series, &n_medians);

  for (unsigned int i = 0; i < n_medians; i++)
    {
      const ForlopChartWindow *window = &medians[i].window;
      double value = of_low ? medians[i].low : medians[i].value;

      if (isnan (value))
        continue;
      add_to_line (builder, is_joined_median (medians, i, of_low),
                   forlop_chart_plot_x (self, (window->from_ms + window->to_ms) / 2),
                   forlop_chart_plot_y (self, value));
    }

  return gsk_path_builder_to_path (builder);
}

static void
draw_path (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           GskPath               *path,
           float                  width)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  g_autoptr(GskStroke) stroke = gsk_stroke_new (width);

  if (!gsk_path_is_empty (path))
    gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

static void
draw_line (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           gboolean               pairs)
{
  g_autoptr(GskPath) path = NULL;
  g_autoptr(GskPath) low = NULL;
  unsigned int n_medians;

  forlop_chart_series_get_medians (self->series, &n_medians);
  if (n_medians > 0)
    {
      path = build_median_line (self, FALSE);
      draw_path (self, snapshot, path, 2);
      low = build_median_line (self, TRUE);
      draw_path (self, snapshot, low, 2);
    }
  else if (!pairs)
    {
      path = build_line (self);
      draw_path (self, snapshot, path, 1.5f);
    }
}

/* Where there are more pairs than pixels: in each column of pixels one bar, from the lowest of its values to the highest,
 * on whole pixels. */
static void
draw_dense_pairs (const ForlopChartPlot *self,
                  GtkSnapshot           *snapshot)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);
  float column = NAN, top = 0, foot = 0;

  for (unsigned int i = 0; i < n_points; i++)
    {
      float x = floorf (forlop_chart_plot_x (self, points[i].at_ms));
      float high = floorf (forlop_chart_plot_y (self, forlop_chart_point_high (&points[i])));
      float low = ceilf (forlop_chart_plot_y (self, forlop_chart_point_low (&points[i])));

      if (x == column)
        {
          top = fminf (top, high);
          foot = fmaxf (foot, low);
          continue;
        }
      if (!isnan (column))
        gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (column, top, 1, foot - top));
      column = x;
      top = high;
      foot = low;
    }
  if (!isnan (column))
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (column, top, 1, foot - top));
}

/* A bar from the lower value to the upper one, all of them in one path. A lower value that came alone has a foot and no
 * bar, an upper one neither. */
static void
draw_pairs (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot,
            double                 room)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  float half = room > ROOM_PER_POINT ? 1.5f : 0.5f;
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

  for (unsigned int i = 0; i < n_points; i++)
    {
      float x = forlop_chart_plot_x (self, points[i].at_ms);
      float top, foot;

      if (isnan (points[i].low))
        continue;
      foot = forlop_chart_plot_y (self, points[i].low);
      if (isnan (points[i].value))
        {
          gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - LONE_FOOT / 2.f, foot - 1,
                                                                   LONE_FOOT, 2));
          continue;
        }
      top = forlop_chart_plot_y (self, points[i].value);
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - half, top, 2 * half, foot - top));
      if (room > ROOM_PER_POINT)
        gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - 4, foot - 1, 8, 2));
    }
  path = gsk_path_builder_to_path (builder);
  if (!gsk_path_is_empty (path))
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

/* Whether a sign of the same kind stands within @near pixels, so that this one would only blacken it. Rows of as many
 * pixels remember where the last one was drawn; the points come in the order of time. */
static gboolean
is_covered (float *drawn_at,
            float  near,
            float  x,
            float  y)
{
  int row = CLAMP ((int) (y / near), 0, N_ROWS - 1);

  if (x - drawn_at[row] < near)
    return TRUE;
  drawn_at[row] = x;

  return FALSE;
}

/* Every point of one severity in one path; where there are many, one stands for those around it. */
static void
draw_points_of (const ForlopChartPlot *self,
                GtkSnapshot           *snapshot,
                ForlopSeverity         severity,
                float                  size)
{
  g_autoptr(GskPathBuilder) builder = NULL;
  g_autoptr(GskPath) path = NULL;
  float drawn_at[N_ROWS];
  float near = fmaxf (size * 0.7f, 2);
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);
  gboolean dense = self->frame.width < ROOM_PER_SMALL_POINT * (double) n_points;

  for (unsigned int i = 0; i < N_ROWS; i++)
    drawn_at[i] = -FLT_MAX;
  for (unsigned int i = 0; i < n_points; i++)
    {
      float x, y;

      if (points[i].severity != severity)
        continue;
      x = forlop_chart_plot_x (self, points[i].at_ms);
      y = forlop_chart_plot_y (self, forlop_chart_point_high (&points[i]));
      if (dense && is_covered (drawn_at, near, x, y))
        continue;
      if (builder == NULL)
        builder = gsk_path_builder_new ();
      if (size <= DOT_SIZE)
        gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - size / 2, y - size / 2,
                                                                 size, size));
      else
        forlop_severity_add_to_path (builder, severity, x, y, size);
    }
  if (builder == NULL)
    return;
  path = gsk_path_builder_to_path (builder);
  if (size <= DOT_SIZE)
    {
      ForlopChartInk line, fill;
      GdkRGBA color;

      forlop_chart_inks_of_severity (severity, &line, &fill);
      color = forlop_chart_inks_get (self->inks, line);
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
      return;
    }
  forlop_chart_inks_snapshot_path (self->inks, snapshot, severity, path, size);
}

/* A "~" above each uncertain value, all of them in one path. */
static void
draw_doubts (const ForlopChartPlot *self,
             GtkSnapshot           *snapshot)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

  for (unsigned int i = 0; i < n_points; i++)
    {
      float x, y;

      if (!forlop_chart_point_is_uncertain (&points[i]))
        continue;
      x = forlop_chart_plot_x (self, points[i].at_ms);
      y = forlop_chart_plot_y (self, forlop_chart_point_high (&points[i])) - POINT_SIZE;
      gsk_path_builder_move_to (builder, x - 5, y + 1);
      gsk_path_builder_cubic_to (builder, x - 1, y - 6, x + 1, y + 6, x + 5, y - 1);
    }
  path = gsk_path_builder_to_path (builder);
  draw_path (self, snapshot, path, 2);
}

void
forlop_chart_plot_points (const ForlopChartPlot *self,
                          GtkSnapshot           *snapshot)
{
  /* The worst lies on top. */
  static const ForlopSeverity order[] = {
    FORLOP_SEVERITY_GREEN, FORLOP_SEVERITY_NONE, FORLOP_SEVERITY_OBSERVATION,
    FORLOP_SEVERITY_NOT_REPORTED, FORLOP_SEVERITY_IMPLAUSIBLE, FORLOP_SEVERITY_YELLOW,
    FORLOP_SEVERITY_RED,
  };
  unsigned int n_points;
  gboolean pairs = forlop_chart_series_has_pairs (self->series);
  double room;

  forlop_chart_series_get_points (self->series, &n_points);
  room = self->frame.width / MAX (n_points, 1);
  if (pairs && room < 1)
    draw_dense_pairs (self, snapshot);
  else if (pairs)
    draw_pairs (self, snapshot, room);
  draw_line (self, snapshot, pairs);
  for (unsigned int i = 0; i < G_N_ELEMENTS (order); i++)
    {
      float size = room < ROOM_PER_POINT ? SMALL_POINT_SIZE : POINT_SIZE;

      if (forlop_severity_is_alert (order[i]))
        size = room < ROOM_PER_SMALL_POINT ? POINT_SIZE - 2 : POINT_SIZE;
      else if (room < ROOM_PER_SMALL_POINT && order[i] == FORLOP_SEVERITY_GREEN)
        size = DOT_SIZE;
      draw_points_of (self, snapshot, order[i], size);
    }
  if (room > ROOM_PER_POINT)
    draw_doubts (self, snapshot);
}

void
forlop_chart_plot_point_ring (const ForlopChartPlot *self,
                              GtkSnapshot           *snapshot,
                              unsigned int           point)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_FOCUS);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr(GskPath) ring = NULL;
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

  double high;

  if (point >= n_points)
    return;
  high = forlop_chart_point_high (&points[point]);

  gsk_path_builder_add_circle (builder,
                               &GRAPHENE_POINT_INIT (forlop_chart_plot_x (self, points[point].at_ms),
                                                     forlop_chart_plot_y (self, high)),
                               POINT_SIZE);
  ring = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, ring, stroke, &color);
}
