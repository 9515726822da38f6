/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-area.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-chart-plot-private.h"

/* Pixels */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 160
#define GOOD_HEIGHT 240
#define REACH 24

/* Readings that Page Up and Page Down go over. */
#define LARGE_STEP 10

struct _ForlopChartArea
{
  GtkWidget parent_instance;

  ForlopChartInks inks;

  /* Owned */
  ForlopChartSeries *series;
  char *text;

  /* Index of what is read and of what the pointer is at, or -1; of a point and of a mark never both. */
  int cursor;
  int mark;
  int hover;
  int hover_mark;
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopChartArea, forlop_chart_area, GTK_TYPE_WIDGET)

static unsigned int
count_points (ForlopChartArea *self)
{
  unsigned int n_points = 0;

  if (self->series != NULL)
    forlop_chart_series_get_points (self->series, &n_points);

  return n_points;
}

static unsigned int
count_marks (ForlopChartArea *self)
{
  unsigned int n_marks = 0;

  if (self->series != NULL)
    forlop_chart_series_get_marks (self->series, &n_marks);

  return n_marks;
}

static char *
dup_point_text (ForlopChartArea *self,
                unsigned int     point)
{
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

  g_assert (point < n_points);

  return forlop_chart_series_format_reading (self->series, &points[point]);
}

static char *
dup_mark_text (ForlopChartArea *self,
               unsigned int     mark)
{
  unsigned int n_marks;
  const ForlopChartMark *marks = forlop_chart_series_get_marks (self->series, &n_marks);

  g_assert (mark < n_marks);

  return g_strdup (marks[mark].text);
}

/* What the pointer is at, else what is read, else the newest. */
static char *
dup_text (ForlopChartArea *self)
{
  unsigned int n_points = count_points (self);
  g_autofree char *newest = NULL;

  if (self->hover >= 0)
    return dup_point_text (self, (unsigned int) self->hover);
  if (self->hover_mark >= 0)
    return dup_mark_text (self, (unsigned int) self->hover_mark);
  if (self->cursor >= 0)
    return dup_point_text (self, (unsigned int) self->cursor);
  if (self->mark >= 0)
    return dup_mark_text (self, (unsigned int) self->mark);
  if (n_points == 0)
    return g_strdup (_("No measurement in this period"));
  newest = dup_point_text (self, n_points - 1);

  /* Translators: the newest reading follows, with its time, value and reason. */
  return g_strdup_printf (_("Last: %s"), newest);
}

static void
forlop_chart_area_show (ForlopChartArea *self)
{
  g_autofree char *text = self->series != NULL ? dup_text (self) : NULL;

  if (g_set_str (&self->text, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forlop_chart_area_announce (ForlopChartArea *self)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), self->text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
forlop_chart_area_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ForlopChartArea *self = FORLOP_CHART_AREA (widget);
  ForlopChartPlot plot;

  if (!forlop_chart_plot_init (&plot, self->series, &self->inks, widget))
    return;

  forlop_chart_plot_ground (&plot, snapshot);
  forlop_chart_plot_marks (&plot, snapshot);
  forlop_chart_plot_points (&plot, snapshot);
  if (self->hover >= 0 || self->cursor >= 0)
    forlop_chart_plot_point_ring (&plot, snapshot,
                                  (unsigned int) (self->hover >= 0 ? self->hover : self->cursor));
  if (self->hover_mark >= 0 || self->mark >= 0)
    forlop_chart_plot_mark_ring (&plot, snapshot,
                                 (unsigned int) (self->hover_mark >= 0 ? self->hover_mark
                                                                       : self->mark));
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

/* Goes @step points on from the one that is read; from none, to the newest. */
static void
step_points (ForlopChartArea *self,
             int              step)
{
  int last = (int) count_points (self) - 1;
  int to = self->cursor < 0 ? last : CLAMP (self->cursor + step, 0, last);

  if (to == self->cursor)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    forlop_chart_area_set_cursor (self, to);
}

static void
step_marks (ForlopChartArea *self,
            int              step)
{
  int last = (int) count_marks (self) - 1;
  int to = self->mark < 0 ? last : CLAMP (self->mark + step, 0, last);

  if (to < 0 || to == self->mark)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->mark = to;
  self->cursor = self->hover = self->hover_mark = -1;
  forlop_chart_area_show (self);
  forlop_chart_area_announce (self);
}

static gboolean
forlop_chart_area_key_pressed_cb (ForlopChartArea *self,
                                  unsigned int     key,
                                  unsigned int     code G_GNUC_UNUSED,
                                  GdkModifierType  state)
{
  gboolean of_marks = (state & GDK_CONTROL_MASK) != 0;
  int last = (int) count_points (self) - 1;

  if ((state & (GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0 || (last < 0 && !of_marks))
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      (of_marks ? step_marks : step_points) (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      (of_marks ? step_marks : step_points) (self, 1);
      return GDK_EVENT_STOP;
    default:
      break;
    }
  if (of_marks)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      step_points (self, -LARGE_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      step_points (self, LARGE_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      forlop_chart_area_set_cursor (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      forlop_chart_area_set_cursor (self, last);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* The point nearest to where the pointer is, or -1 when none is near. Of a pair the whole bar counts. */
static int
find_point (const ForlopChartPlot *plot,
            float                  x,
            float                  y)
{
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (plot->series, &n_points);
  float best = REACH;
  int found = -1;

  for (unsigned int i = 0; i < n_points; i++)
    {
      float top = forlop_chart_plot_y (plot, forlop_chart_point_high (&points[i]));
      float foot = forlop_chart_plot_y (plot, forlop_chart_point_low (&points[i]));
      float distance = hypotf (forlop_chart_plot_x (plot, points[i].at_ms) - x,
                               CLAMP (y, top, foot) - y);

      if (distance < best)
        {
          best = distance;
          found = (int) i;
        }
    }

  return found;
}

static void
find_at (ForlopChartArea *self,
         double           x,
         double           y,
         int             *point,
         int             *mark)
{
  ForlopChartPlot plot;

  *point = *mark = -1;
  if (!forlop_chart_plot_init (&plot, self->series, &self->inks, GTK_WIDGET (self)))
    return;
  *mark = forlop_chart_plot_find_mark (&plot, (float) x, (float) y);
  if (*mark < 0)
    *point = find_point (&plot, (float) x, (float) y);
}

static void
forlop_chart_area_motion_cb (ForlopChartArea *self,
                             double           x,
                             double           y)
{
  int point, mark;

  find_at (self, x, y, &point, &mark);
  if (point == self->hover && mark == self->hover_mark)
    return;
  self->hover = point;
  self->hover_mark = mark;
  forlop_chart_area_show (self);
}

static void
forlop_chart_area_leave_cb (ForlopChartArea *self)
{
  self->hover = self->hover_mark = -1;
  forlop_chart_area_show (self);
}

static void
forlop_chart_area_pressed_cb (ForlopChartArea *self,
                              int              n_press G_GNUC_UNUSED,
                              double           x,
                              double           y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  find_at (self, x, y, &self->cursor, &self->mark);
  forlop_chart_area_show (self);
}

static void
forlop_chart_area_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_TEXT)
    g_value_set_string (value, FORLOP_CHART_AREA (object)->text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
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
forlop_chart_area_finalize (GObject *object)
{
  g_free (FORLOP_CHART_AREA (object)->text);

  G_OBJECT_CLASS (forlop_chart_area_parent_class)->finalize (object);
}

static void
forlop_chart_area_class_init (ForlopChartAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_chart_area_get_property;
  object_class->dispose = forlop_chart_area_dispose;
  object_class->finalize = forlop_chart_area_finalize;
  widget_class->snapshot = forlop_chart_area_snapshot;
  widget_class->measure = forlop_chart_area_measure;

  /**
   * ForlopChartArea:text:
   *
   * What is read, in words: a reading with its judgement, reason and limits, or what happened.
   */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chartarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
forlop_chart_area_init (ForlopChartArea *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = self->mark = self->hover = self->hover_mark = -1;
  forlop_chart_inks_init (&self->inks, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (forlop_chart_area_key_pressed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (motion, "motion", G_CALLBACK (forlop_chart_area_motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (forlop_chart_area_leave_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (click, "pressed", G_CALLBACK (forlop_chart_area_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
forlop_chart_area_new (void)
{
  return g_object_new (FORLOP_TYPE_CHART_AREA, NULL);
}

/* Where the reading that was measured at @at_ms is, or -1. */
static int
find_instant (ForlopChartSeries *series,
              gint64             at_ms)
{
  unsigned int n_points;
  const ForlopChartPoint *points = forlop_chart_series_get_points (series, &n_points);

  for (unsigned int i = 0; i < n_points; i++)
    if (points[i].at_ms == at_ms)
      return (int) i;

  return -1;
}

static void
describe (ForlopChartArea *self)
{
  unsigned int n_readings = forlop_chart_series_get_n_readings (self->series);
  g_autofree char *description = g_strdup_printf (
    ngettext ("Chart with %u value. Left and right read the values, Ctrl with them what happened, "
              "T shows a table.",
              "Chart with %u values. Left and right read the values, Ctrl with them what happened, "
              "T shows a table.", n_readings), n_readings);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  forlop_chart_series_get_label (self->series),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* What is read stays read when it is among the new points. */
void
forlop_chart_area_set_series (ForlopChartArea   *self,
                              ForlopChartSeries *series)
{
  int cursor = -1;

  g_return_if_fail (FORLOP_IS_CHART_AREA (self));
  g_return_if_fail (series == NULL || FORLOP_IS_CHART_SERIES (series));

  if (series != NULL && self->cursor >= 0)
    {
      unsigned int n_points;
      const ForlopChartPoint *points = forlop_chart_series_get_points (self->series, &n_points);

      cursor = find_instant (series, points[self->cursor].at_ms);
    }
  g_set_object (&self->series, series);
  self->cursor = cursor;
  self->mark = self->hover = self->hover_mark = -1;
  if (series != NULL)
    describe (self);
  forlop_chart_area_show (self);
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
  g_return_if_fail (FORLOP_IS_CHART_AREA (self));
  g_return_if_fail (cursor >= -1);

  if (self->series == NULL)
    return;

  self->cursor = cursor < (int) count_points (self) ? cursor : -1;
  self->mark = self->hover = self->hover_mark = -1;
  forlop_chart_area_show (self);
  if (self->cursor >= 0)
    forlop_chart_area_announce (self);
}
