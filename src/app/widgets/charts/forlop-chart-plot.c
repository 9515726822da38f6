/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-plot-private.h"

#include <math.h>

/* Pixels */
#define POINT_SIZE 11
#define SMALL_POINT_SIZE 6
#define ROOM_PER_POINT 9
#define ROOM_PER_DATE 72
#define HATCH 7
#define TEXT_GAP 6

/* From this length on a line through the medians of weeks says more than one through points. */
#define LONG_PERIOD (45 * FORLOP_DAY)
#define MEDIAN_PERIOD (7 * FORLOP_DAY)

float
forlop_chart_plot_x (const ForlopChartPlot *self,
                     gint64                 at_ms)
{
  double share = (double) (at_ms - self->from_ms) / (double) MAX (self->to_ms - self->from_ms, 1);

  return self->area.origin.x + self->area.size.width * (float) CLAMP (share, 0, 1);
}

float
forlop_chart_plot_y (const ForlopChartPlot *self,
                     double                 value)
{
  double share = forlop_chart_scale_place (&self->scale, value);

  return self->area.origin.y + self->area.size.height * (1 - (float) CLAMP (share, 0, 1));
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

static void
draw_band (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           const ForlopChartBand *band)
{
  float left = forlop_chart_plot_x (self, band->from_ms);
  float right = forlop_chart_plot_x (self, band->to_ms);
  double foot = self->scale.lowest;
  double head = self->scale.highest;
  double green_low = first_set (band->yellow_low, band->red_low, foot);
  double green_high = first_set (band->yellow_high, band->red_high, head);
  gboolean any = !isnan (band->red_low) || !isnan (band->yellow_low) ||
                 !isnan (band->yellow_high) || !isnan (band->red_high);

  if (!any || band->to_ms < self->from_ms || band->from_ms > self->to_ms)
    return;

  fill_between (self, snapshot, left, right, green_low, green_high, FORLOP_CHART_INK_BAND_GREEN);
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

void
forlop_chart_plot_bands (const ForlopChartPlot *self,
                         GtkSnapshot           *snapshot)
{
  unsigned int n_bands;
  const ForlopChartBand *bands = forlop_chart_series_get_bands (self->series, &n_bands);

  for (unsigned int i = 0; i < n_bands; i++)
    draw_band (self, snapshot, &bands[i]);
}

typedef enum {
  ALIGN_START,
  ALIGN_CENTER,
  ALIGN_END,
} Align;

static void
draw_text (const ForlopChartPlot *self,
           GtkSnapshot           *snapshot,
           const char            *text,
           float                  x,
           float                  y,
           Align                  align)
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
  if (align == ALIGN_CENTER)
    x -= (float) width / 2;
  else if (align == ALIGN_END)
    x -= (float) width;
  x = CLAMP (x, 0, (float) MAX (gtk_widget_get_width (self->widget) - width, 0));

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
  GdkRGBA grid = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_GRID);
  int n_steps = (int) round ((self->scale.highest - self->scale.lowest) / self->scale.step);

  for (int i = 0; i <= n_steps; i++)
    {
      double value = self->scale.lowest + i * self->scale.step;
      float y = roundf (forlop_chart_plot_y (self, value));
      g_autofree char *label = forlop_chart_series_format_tick (self->series, value);

      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (self->area.origin.x, y,
                                                      self->area.size.width, 1));
      draw_text (self, snapshot, label, self->area.origin.x - TEXT_GAP, y, ALIGN_END);
    }
}

static void
draw_dates (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot)
{
  unsigned int n_labels = (unsigned int) (self->area.size.width / ROOM_PER_DATE);
  int step = forlop_chart_date_step (self->from_ms, self->to_ms, n_labels);
  gboolean with_year = self->to_ms - self->from_ms > 300 * FORLOP_DAY;
  float y = self->area.origin.y + self->area.size.height + 12;

  for (ForlopDate date = forlop_instant_to_date (self->from_ms) + 1;
       forlop_instant_from_wall (date, 0) <= self->to_ms;
       date += step)
    {
      float x = forlop_chart_plot_x (self, forlop_instant_from_wall (date, 0));
      g_autofree char *label = NULL;
      int year;
      int month;
      int day;

      forlop_date_to_ymd (date, &year, &month, &day);
      label = with_year ? g_strdup_printf ("%02d.%04d", month, year)
                        : g_strdup_printf ("%02d.%02d", day, month);
      draw_text (self, snapshot, label, x, y, ALIGN_CENTER);
    }
}

void
forlop_chart_plot_grid (const ForlopChartPlot *self,
                        GtkSnapshot           *snapshot)
{
  draw_values (self, snapshot);
  draw_dates (self, snapshot);
}

static void
draw_pause (const ForlopChartPlot *self,
            GtkSnapshot           *snapshot,
            float                  left,
            float                  right)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_GRID);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1);
  g_autoptr(GskPath) path = NULL;
  float top = self->area.origin.y;
  float height = self->area.size.height;

  for (float x = left - height; x < right; x += HATCH)
    {
      gsk_path_builder_move_to (builder, x, top + height);
      gsk_path_builder_line_to (builder, x + height, top);
    }
  path = gsk_path_builder_to_path (builder);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (left, top, right - left, height));
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
  gtk_snapshot_pop (snapshot);
}

void
forlop_chart_plot_spans (const ForlopChartPlot *self,
                         GtkSnapshot           *snapshot)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  unsigned int n_spans;
  const ForlopChartSpan *spans = forlop_chart_series_get_spans (self->series, &n_spans);

  for (unsigned int i = 0; i < n_spans; i++)
    {
      float left = forlop_chart_plot_x (self, spans[i].from_ms);
      float right = forlop_chart_plot_x (self, spans[i].to_ms);

      if (spans[i].to_ms < self->from_ms || spans[i].from_ms > self->to_ms)
        continue;
      if (spans[i].to_ms > spans[i].from_ms)
        draw_pause (self, snapshot, left, fmaxf (right, left + 2));
      else
        gtk_snapshot_append_color (snapshot, &color,
                                   &GRAPHENE_RECT_INIT (roundf (left), self->area.origin.y - 4,
                                                        1, self->area.size.height + 4));
      draw_text (self, snapshot, spans[i].label, left, self->area.origin.y - 11, ALIGN_START);
    }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
take_median (GArray *values)
{
  unsigned int half = values->len / 2;

  g_array_sort (values, compare_doubles);
  if (values->len % 2 == 1)
    return g_array_index (values, double, half);

  return (g_array_index (values, double, half - 1) + g_array_index (values, double, half)) / 2;
}

static void
add_to_line (GskPathBuilder *builder,
             gboolean       *begun,
             float           x,
             float           y)
{
  if (*begun)
    gsk_path_builder_line_to (builder, x, y);
  else
    gsk_path_builder_move_to (builder, x, y);
  *begun = TRUE;
}

/* Nothing was measured in a pause, so no line leads through it. */
static gboolean
is_pause_between (const ForlopChartPlot *self,
                  gint64                 from_ms,
                  gint64                 to_ms)
{
  unsigned int n_spans;
  const ForlopChartSpan *spans = forlop_chart_series_get_spans (self->series, &n_spans);

  for (unsigned int i = 0; i < n_spans; i++)
    if (spans[i].to_ms > spans[i].from_ms && spans[i].from_ms >= from_ms && spans[i].to_ms <= to_ms)
      return TRUE;

  return FALSE;
}

/* Through the points, or through the medians of weeks. */
static GskPath *
build_line (const ForlopChartPlot  *self,
            const ForlopChartPoint *points,
            unsigned int            n_points)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GArray) week = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean by_weeks = self->to_ms - self->from_ms > LONG_PERIOD;
  gboolean begun = FALSE;
  gint64 week_number = 0;

  for (unsigned int i = 0; i <= n_points; i++)
    {
      gint64 number = i < n_points ? points[i].at_ms / MEDIAN_PERIOD : G_MAXINT64;

      if (by_weeks && week->len > 0 && number != week_number)
        {
          gint64 middle = week_number * MEDIAN_PERIOD + MEDIAN_PERIOD / 2;

          add_to_line (builder, &begun, forlop_chart_plot_x (self, middle),
                       forlop_chart_plot_y (self, take_median (week)));
          g_array_set_size (week, 0);
        }
      if (i == n_points || points[i].severity == FORLOP_SEVERITY_IMPLAUSIBLE)
        continue;

      week_number = number;
      if (i > 0 && is_pause_between (self, points[i - 1].at_ms, points[i].at_ms))
        begun = FALSE;
      if (by_weeks)
        g_array_append_val (week, points[i].value);
      else
        add_to_line (builder, &begun, forlop_chart_plot_x (self, points[i].at_ms),
                     forlop_chart_plot_y (self, points[i].value));
    }

  return gsk_path_builder_to_path (builder);
}

static void
draw_pair (const ForlopChartPlot  *self,
           GtkSnapshot            *snapshot,
           const ForlopChartPoint *point)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  float x = forlop_chart_plot_x (self, point->at_ms);
  float top = forlop_chart_plot_y (self, point->value);
  float foot = forlop_chart_plot_y (self, point->low);

  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x - 1.5f, top, 3, foot - top));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x - 4, foot - 1, 8, 2));
}

void
forlop_chart_plot_points (const ForlopChartPlot *self,
                          GtkSnapshot           *snapshot)
{
  GdkRGBA trend = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_TREND);
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1.5f);
  g_autoptr(GskPath) line = NULL;
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);
  gboolean crowded = (float) n_points * ROOM_PER_POINT > self->area.size.width;
  gboolean pairs = n_points > 0 && !isnan (points[0].low);

  line = build_line (self, points, n_points);
  if (!pairs || crowded)
    gtk_snapshot_append_stroke (snapshot, line, stroke, &trend);

  for (unsigned int i = 0; i < n_points; i++)
    {
      const ForlopChartPoint *point = &points[i];
      gboolean calm = !forlop_severity_is_alert (point->severity);

      if (point->at_ms < self->from_ms || point->at_ms > self->to_ms)
        continue;
      if (!isnan (point->low))
        draw_pair (self, snapshot, point);
      forlop_chart_inks_snapshot_point (self->inks, snapshot, point->severity,
                                        forlop_chart_plot_x (self, point->at_ms),
                                        forlop_chart_plot_y (self, point->value),
                                        crowded && calm ? SMALL_POINT_SIZE : POINT_SIZE);
    }
}

void
forlop_chart_plot_cursor (const ForlopChartPlot *self,
                          GtkSnapshot           *snapshot,
                          unsigned int           cursor)
{
  GdkRGBA color = forlop_chart_inks_get (self->inks, FORLOP_CHART_INK_FOCUS);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr(GskPath) ring = NULL;
  g_autofree char *text = NULL;
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);
  float x;
  float y;

  if (cursor >= n_points)
    return;

  x = forlop_chart_plot_x (self, points[cursor].at_ms);
  y = forlop_chart_plot_y (self, points[cursor].value);
  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), POINT_SIZE);
  ring = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, ring, stroke, &color);

  text = forlop_chart_series_format_point (self->series, &points[cursor]);
  draw_text (self, snapshot, text, x, y > self->area.origin.y + 36 ? y - 24 : y + 24,
             ALIGN_CENTER);
}
