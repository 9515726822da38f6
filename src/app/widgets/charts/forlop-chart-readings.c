/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-plot-private.h"

#include <float.h>
#include <math.h>

#include "forlop-severity-shape.h"

/* The readings: lines, bars and signs. */

/* Pixels */
#define POINT_SIZE 11
#define SMALL_POINT_SIZE 6
#define DOT_SIZE 3.5f
#define LONE_FOOT 20
/* From so little room for each point on, what is green is drawn smaller. */
#define ROOM_PER_POINT 9
#define ROOM_PER_SMALL_POINT 3
#define N_ROWS 400
#define OUTLINE 1.5f

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

/* The signs of one severity. Where there are many, two areas, one in the other, make outline and inside: a stroke around
 * each takes several times as long to paint. */
typedef struct {
  const ForlopChartPlot *plot;
  GtkSnapshot *snapshot;
  ForlopSeverity severity;
  float size;
  gboolean dense;
  float drawn_at[N_ROWS];
  GskPathBuilder *outer;
  GskPathBuilder *inner;
} Signs;

static void
draw_signs (Signs *self)
{
  g_autoptr(GskPathBuilder) outer_builder = g_steal_pointer (&self->outer);
  g_autoptr(GskPathBuilder) inner_builder = g_steal_pointer (&self->inner);
  g_autoptr(GskPath) outer = NULL;
  g_autoptr(GskPath) inner = NULL;
  ForlopChartInk line, fill;
  GdkRGBA color;

  if (outer_builder == NULL)
    return;
  outer = gsk_path_builder_to_path (outer_builder);
  if (self->size > DOT_SIZE && inner_builder == NULL)
    {
      forlop_chart_inks_snapshot_path (self->plot->inks, self->snapshot, self->severity, outer, self->size);
      return;
    }
  forlop_chart_inks_of_severity (self->severity, &line, &fill);
  color = forlop_chart_inks_get (self->plot->inks, line);
  gtk_snapshot_append_fill (self->snapshot, outer, GSK_FILL_RULE_WINDING, &color);
  if (inner_builder == NULL)
    return;
  inner = gsk_path_builder_to_path (inner_builder);
  color = forlop_chart_inks_get (self->plot->inks, fill);
  gtk_snapshot_append_fill (self->snapshot, inner, GSK_FILL_RULE_WINDING, &color);
}

static void
add_sign (Signs *self,
          float  x,
          float  y)
{
  float size = self->size;

  if (self->dense && is_covered (self->drawn_at, fmaxf (size * 0.7f, 2), x, y))
    return;
  if (self->outer == NULL)
    self->outer = gsk_path_builder_new ();
  if (size <= DOT_SIZE)
    gsk_path_builder_add_rect (self->outer, &GRAPHENE_RECT_INIT (x - size / 2, y - size / 2, size, size));
  else if (self->dense && forlop_severity_is_alert (self->severity))
    {
      if (self->inner == NULL)
        self->inner = gsk_path_builder_new ();
      forlop_severity_add_to_path (self->outer, self->severity, x, y, size + OUTLINE);
      forlop_severity_add_to_path (self->inner, self->severity, x, y, size - OUTLINE);
    }
  else
    forlop_severity_add_to_path (self->outer, self->severity, x, y, size);
}

/* Of a pair each value has its own sign; the lower one only where it is beyond a limit, else its foot is enough. */
static void
add_signs_of (Signs                  *self,
              const ForlopChartPoint *point)
{
  gboolean pair = forlop_chart_point_is_whole_pair (point);
  float x = forlop_chart_plot_x (self->plot, point->at_ms);

  if ((pair ? point->high_severity : point->severity) == self->severity)
    add_sign (self, x, forlop_chart_plot_y (self->plot, forlop_chart_point_high (point)));
  if (pair && point->low_severity == self->severity && forlop_severity_is_alert (self->severity))
    add_sign (self, x, forlop_chart_plot_y (self->plot, point->low));
}

/* Every point of one severity; where there are many, one stands for those around it. */
static void
draw_points_of (const ForlopChartPlot *self,
                GtkSnapshot           *snapshot,
                ForlopSeverity         severity,
                float                  size)
{
  Signs signs = { .plot = self, .snapshot = snapshot, .severity = severity, .size = size };
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

  signs.dense = self->frame.width < ROOM_PER_SMALL_POINT * (double) n_points;
  for (unsigned int i = 0; i < N_ROWS; i++)
    signs.drawn_at[i] = -FLT_MAX;
  for (unsigned int i = 0; i < n_points; i++)
    add_signs_of (&signs, &points[i]);
  draw_signs (&signs);
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
