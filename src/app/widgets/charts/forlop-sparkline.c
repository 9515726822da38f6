/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sparkline.h"

#include <math.h>

#include "forlop-chart-inks.h"
#include "forlop-chart-scale.h"

/* Pixels */
#define WIDTH 96
#define HEIGHT 24
#define MARGIN 6
#define POINT_SIZE 9

/* How far beyond the limits the scale goes, in parts of their distance. */
#define BEYOND 0.35

struct _ForlopSparkline
{
  GtkWidget parent_instance;

  ForlopChartInks inks;

  /* Owned */
  ForlopChartSeries *series;
};

G_DEFINE_FINAL_TYPE (ForlopSparkline, forlop_sparkline, GTK_TYPE_WIDGET)

/* The limits in force last; where none are set, the values themselves. */
static gboolean
forlop_sparkline_get_scale (ForlopSparkline  *self,
                            ForlopChartScale *scale,
                            double           *green_low,
                            double           *green_high)
{
  unsigned int n_bands;
  const ForlopChartBand *bands = forlop_chart_series_get_bands (self->series, &n_bands);
  double lowest;
  double highest;

  if (!forlop_chart_series_get_range (self->series, &lowest, &highest))
    return FALSE;

  *green_low = NAN;
  *green_high = NAN;
  if (n_bands > 0)
    {
      const ForlopChartBand *band = &bands[n_bands - 1];
      double low = fmin (band->red_low, band->yellow_low);
      double high = fmax (band->red_high, band->yellow_high);

      *green_low = isnan (band->yellow_low) ? band->red_low : band->yellow_low;
      *green_high = isnan (band->yellow_high) ? band->red_high : band->yellow_high;
      if (!isnan (low) && !isnan (high))
        {
          lowest = low - BEYOND * (high - low);
          highest = high + BEYOND * (high - low);
        }
    }
  if (highest - lowest <= 0)
    {
      lowest -= 1;
      highest += 1;
    }
  *scale = (ForlopChartScale) { .lowest = lowest, .highest = highest, .step = highest - lowest };

  return TRUE;
}

static float
place_y (const ForlopChartScale *scale,
         double                  value,
         float                   height)
{
  double share = CLAMP (forlop_chart_scale_place (scale, value), 0, 1);

  return MARGIN + (height - 2 * MARGIN) * (1 - (float) share);
}

static void
forlop_sparkline_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  ForlopSparkline *self = FORLOP_SPARKLINE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1.5f);
  g_autoptr(GskPath) path = NULL;
  const ForlopChartPoint *points;
  ForlopChartScale scale;
  GdkRGBA band;
  GdkRGBA trend;
  double green_low;
  double green_high;
  unsigned int n_points;
  gboolean begun = FALSE;

  if (self->series == NULL ||
      !forlop_sparkline_get_scale (self, &scale, &green_low, &green_high))
    return;

  points = forlop_chart_series_get_points (self->series, &n_points);
  if (n_points == 0)
    return;

  band = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_BAND_GREEN);
  trend = forlop_chart_inks_get (&self->inks, FORLOP_CHART_INK_TREND);
  if (!isnan (green_low) || !isnan (green_high))
    {
      float top = isnan (green_high) ? 0 : place_y (&scale, green_high, height);
      float foot = isnan (green_low) ? height : place_y (&scale, green_low, height);

      gtk_snapshot_append_color (snapshot, &band, &GRAPHENE_RECT_INIT (0, top, width, foot - top));
    }

  for (unsigned int i = 0; i < n_points; i++)
    {
      gint64 whole = MAX (points[n_points - 1].at_ms - points[0].at_ms, 1);
      float x = MARGIN + (width - 2 * MARGIN) *
                         (n_points == 1 ? 1.0f : (float) (points[i].at_ms - points[0].at_ms) / (float) whole);
      float y = place_y (&scale, points[i].value, height);

      if (isnan (points[i].value))
        continue;
      if (!begun)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
      begun = TRUE;
    }
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &trend);
  forlop_chart_inks_snapshot_point (&self->inks, snapshot, points[n_points - 1].severity,
                                    width - MARGIN,
                                    place_y (&scale, forlop_chart_point_high (&points[n_points - 1]), height),
                                    POINT_SIZE);
}

/* A list has many of these, so that each has only the inks it draws with. */
static void
forlop_sparkline_add_inks (ForlopSparkline *self,
                           ForlopSeverity   last)
{
  ForlopChartInk line;
  ForlopChartInk fill;

  forlop_chart_inks_of_severity (last, &line, &fill);
  forlop_chart_inks_add (&self->inks, GTK_WIDGET (self), FORLOP_CHART_INK_BAND_GREEN);
  forlop_chart_inks_add (&self->inks, GTK_WIDGET (self), FORLOP_CHART_INK_TREND);
  forlop_chart_inks_add (&self->inks, GTK_WIDGET (self), line);
  forlop_chart_inks_add (&self->inks, GTK_WIDGET (self), fill);
}

static void
forlop_sparkline_measure (GtkWidget      *widget G_GNUC_UNUSED,
                          GtkOrientation  orientation,
                          int             for_size G_GNUC_UNUSED,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline G_GNUC_UNUSED,
                          int            *natural_baseline G_GNUC_UNUSED)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
forlop_sparkline_dispose (GObject *object)
{
  ForlopSparkline *self = FORLOP_SPARKLINE (object);

  forlop_chart_inks_clear (&self->inks);
  g_clear_object (&self->series);

  G_OBJECT_CLASS (forlop_sparkline_parent_class)->dispose (object);
}

static void
forlop_sparkline_class_init (ForlopSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_sparkline_dispose;
  widget_class->snapshot = forlop_sparkline_snapshot;
  widget_class->measure = forlop_sparkline_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_sparkline_init (ForlopSparkline *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
forlop_sparkline_new (void)
{
  return g_object_new (FORLOP_TYPE_SPARKLINE, NULL);
}

void
forlop_sparkline_set_series (ForlopSparkline   *self,
                             ForlopChartSeries *series)
{
  unsigned int n_points = 0;

  g_return_if_fail (FORLOP_IS_SPARKLINE (self));
  g_return_if_fail (series == NULL || FORLOP_IS_CHART_SERIES (series));

  g_set_object (&self->series, series);
  if (series != NULL)
    {
      const ForlopChartPoint *points = forlop_chart_series_get_points (series, &n_points);
      g_autofree char *last = NULL;

      if (n_points > 0)
        {
          last = forlop_chart_series_format_point (series, &points[n_points - 1]);
          forlop_sparkline_add_inks (self, points[n_points - 1].severity);
        }
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      forlop_chart_series_get_label (series),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      last != NULL ? last : "", -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
