/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-area.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-chart-plot-private.h"

/* Pixels */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 180
#define GOOD_HEIGHT 260
#define LEFT 44
#define RIGHT 12
#define TOP 24
#define FOOT 26
#define ROOM_PER_LINE 44
#define REACH 24

struct _ForlopChartArea
{
  GtkWidget parent_instance;

  ForlopChartInks inks;

  /* Owned */
  ForlopChartSeries *series;

  gint64 from_ms;
  gint64 to_ms;
  int cursor;
};

G_DEFINE_FINAL_TYPE (ForlopChartArea, forlop_chart_area, GTK_TYPE_WIDGET)

static gboolean
forlop_chart_area_get_plot (ForlopChartArea *self,
                            ForlopChartPlot *plot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - LEFT - RIGHT;
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)) - TOP - FOOT;
  unsigned int n_points;
  const ForlopChartPoint *points;
  double lowest;
  double highest;

  if (self->series == NULL || width <= 0 || height <= 0 ||
      !forlop_chart_series_get_range (self->series, &lowest, &highest))
    return FALSE;

  points = forlop_chart_series_get_points (self->series, &n_points);
  *plot = (ForlopChartPlot) {
    .series = self->series,
    .inks = &self->inks,
    .widget = GTK_WIDGET (self),
    .area = GRAPHENE_RECT_INIT (LEFT, TOP, width, height),
    .scale = forlop_chart_scale_new (lowest, highest, (unsigned int) (height / ROOM_PER_LINE)),
    .from_ms = self->from_ms,
    .to_ms = self->to_ms,
  };
  if (self->from_ms == self->to_ms)
    {
      if (n_points == 0)
        return FALSE;
      plot->from_ms = points[0].at_ms - FORLOP_DAY / 2;
      plot->to_ms = points[n_points - 1].at_ms + FORLOP_DAY / 2;
    }

  return TRUE;
}

static void
forlop_chart_area_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ForlopChartArea *self = FORLOP_CHART_AREA (widget);
  ForlopChartPlot plot;

  if (!forlop_chart_area_get_plot (self, &plot))
    return;

  forlop_chart_plot_bands (&plot, snapshot);
  forlop_chart_plot_grid (&plot, snapshot);
  forlop_chart_plot_spans (&plot, snapshot);
  forlop_chart_plot_points (&plot, snapshot);
  if (self->cursor >= 0)
    forlop_chart_plot_cursor (&plot, snapshot, (unsigned int) self->cursor);
}

static void
forlop_chart_area_measure (GtkWidget      *widget G_GNUC_UNUSED,
                           GtkOrientation  orientation,
                           int             for_size G_GNUC_UNUSED,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline G_GNUC_UNUSED,
                           int            *natural_baseline G_GNUC_UNUSED)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH * 2 : GOOD_HEIGHT;
}

static gboolean
forlop_chart_area_key_pressed_cb (ForlopChartArea *self,
                                  unsigned int     key)
{
  unsigned int n_points = 0;
  int cursor = self->cursor;

  if (self->series != NULL)
    forlop_chart_series_get_points (self->series, &n_points);
  if (n_points == 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      cursor = cursor < 0 ? (int) n_points - 1 : cursor - 1;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      cursor = cursor < 0 ? (int) n_points - 1 : cursor + 1;
      break;
    case GDK_KEY_Home:
      cursor = 0;
      break;
    case GDK_KEY_End:
      cursor = (int) n_points - 1;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }

  if (cursor < 0 || cursor >= (int) n_points)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    forlop_chart_area_set_cursor (self, cursor);

  return GDK_EVENT_STOP;
}

/* The point nearest to where the pointer is, or -1 when none is near. */
static int
forlop_chart_area_find_point (ForlopChartArea *self,
                              float            x,
                              float            y)
{
  ForlopChartPlot plot;
  const ForlopChartPoint *points;
  unsigned int n_points;
  float best = REACH;
  int found = -1;

  if (!forlop_chart_area_get_plot (self, &plot))
    return -1;

  points = forlop_chart_series_get_points (self->series, &n_points);
  for (unsigned int i = 0; i < n_points; i++)
    {
      float distance = hypotf (forlop_chart_plot_x (&plot, points[i].at_ms) - x,
                               forlop_chart_plot_y (&plot, points[i].value) - y);

      if (distance < best)
        {
          best = distance;
          found = (int) i;
        }
    }

  return found;
}

static gboolean
forlop_chart_area_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard_tooltip,
                                 GtkTooltip *tooltip)
{
  ForlopChartArea *self = FORLOP_CHART_AREA (widget);
  int found = keyboard_tooltip ? self->cursor
                               : forlop_chart_area_find_point (self, (float) x, (float) y);
  g_autofree char *text = NULL;
  unsigned int n_points;

  if (found < 0)
    return FALSE;

  text = forlop_chart_series_format_point (
    self->series, &forlop_chart_series_get_points (self->series, &n_points)[found]);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
forlop_chart_area_pressed_cb (ForlopChartArea *self,
                              int              n_press G_GNUC_UNUSED,
                              double           x,
                              double           y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  forlop_chart_area_set_cursor (self, forlop_chart_area_find_point (self, (float) x, (float) y));
}

static void
forlop_chart_area_dispose (GObject *object)
{
  ForlopChartArea *self = FORLOP_CHART_AREA (object);

  forlop_chart_inks_clear (&self->inks);
  g_clear_object (&self->series);

  G_OBJECT_CLASS (forlop_chart_area_parent_class)->dispose (object);
}

static void
forlop_chart_area_class_init (ForlopChartAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_chart_area_dispose;
  widget_class->snapshot = forlop_chart_area_snapshot;
  widget_class->measure = forlop_chart_area_measure;
  widget_class->query_tooltip = forlop_chart_area_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "chartarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_chart_area_init (ForlopChartArea *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = -1;
  forlop_chart_inks_init (&self->inks, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (forlop_chart_area_key_pressed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "pressed", G_CALLBACK (forlop_chart_area_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
forlop_chart_area_new (void)
{
  return g_object_new (FORLOP_TYPE_CHART_AREA, NULL);
}

void
forlop_chart_area_set_series (ForlopChartArea   *self,
                              ForlopChartSeries *series)
{
  g_autofree char *description = NULL;
  unsigned int n_points = 0;

  g_return_if_fail (FORLOP_IS_CHART_AREA (self));
  g_return_if_fail (series == NULL || FORLOP_IS_CHART_SERIES (series));

  g_set_object (&self->series, series);
  self->cursor = -1;
  if (series != NULL)
    {
      forlop_chart_series_get_points (series, &n_points);
      description = g_strdup_printf (
        ngettext ("Chart with %u value. Left and right read the values, T shows a table.",
                  "Chart with %u values. Left and right read the values, T shows a table.",
                  n_points), n_points);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      forlop_chart_series_get_label (series),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
forlop_chart_area_set_period (ForlopChartArea *self,
                              gint64           from_ms,
                              gint64           to_ms)
{
  g_return_if_fail (FORLOP_IS_CHART_AREA (self));
  g_return_if_fail (from_ms <= to_ms);

  self->from_ms = from_ms;
  self->to_ms = to_ms;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
forlop_chart_area_get_cursor (ForlopChartArea *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART_AREA (self), -1);

  return self->cursor;
}

void
forlop_chart_area_set_cursor (ForlopChartArea *self,
                              int              cursor)
{
  const ForlopChartPoint *points;
  unsigned int n_points = 0;

  g_return_if_fail (FORLOP_IS_CHART_AREA (self));
  g_return_if_fail (cursor >= -1);

  if (self->series == NULL)
    return;

  points = forlop_chart_series_get_points (self->series, &n_points);
  self->cursor = cursor < (int) n_points ? cursor : -1;
  if (self->cursor >= 0)
    {
      g_autofree char *text = forlop_chart_series_format_point (self->series,
                                                                &points[self->cursor]);

      gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
