/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-ring-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-ink.h"

#define MIN_SIDE 260
#define NATURAL_SIDE 400

enum {
  PROP_0,
  PROP_MONTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopWheelRing, forlop_wheel_ring, GTK_TYPE_WIDGET)

static void
forlop_wheel_ring_measure (GtkWidget      *widget G_GNUC_UNUSED,
                           GtkOrientation  orientation G_GNUC_UNUSED,
                           int             for_size G_GNUC_UNUSED,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline G_GNUC_UNUSED,
                           int            *natural_baseline G_GNUC_UNUSED)
{
  *minimum = MIN_SIDE;
  *natural = NATURAL_SIDE;
}

/* The month at a point, or -1 in the middle. */
static int
month_at (ForlopWheelRing *self,
          double           x,
          double           y)
{
  double dx = x - gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double dy = y - gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  double degrees = atan2 (dy, dx) * 180 / G_PI + 90;
  int month;

  if (hypot (dx, dy) < (FORLOP_WHEEL_INNER - 0.07) * forlop_wheel_ring_get_side (self))
    return -1;

  month = FORLOP_WHEEL_THIS_MONTH + (int) floor (degrees / FORLOP_WHEEL_MONTH_DEGREES + 0.5);

  return ((month % FORLOP_WHEEL_MONTHS) + FORLOP_WHEEL_MONTHS) % FORLOP_WHEEL_MONTHS;
}

static char *
dup_sentence (ForlopWheelRing *self,
              unsigned int     month)
{
  g_autofree char *name = forlop_wheel_month_name (self->wheel.first[month]);
  g_autofree char *counts = forlop_wheel_month_counts (self->wheel.counts[month]);

  return g_strdup_printf ("%s: %s", name, counts);
}

static void
describe (ForlopWheelRing *self)
{
  g_autofree char *sentence = NULL;

  if (!self->has_wheel)
    return;

  sentence = dup_sentence (self, self->month);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Evaluations by month"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
pressed_cb (ForlopWheelRing *self,
            int              n_press G_GNUC_UNUSED,
            double           x,
            double           y)
{
  int month = month_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (month >= 0)
    forlop_wheel_ring_set_month (self, (unsigned int) month);
}

static gboolean
forlop_wheel_ring_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  ForlopWheelRing *self = FORLOP_WHEEL_RING (widget);
  int month = keyboard ? (int) self->month : month_at (self, x, y);
  g_autofree char *sentence = NULL;

  if (!self->has_wheel || month < 0)
    return FALSE;

  sentence = dup_sentence (self, (unsigned int) month);
  gtk_tooltip_set_text (tooltip, sentence);

  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data G_GNUC_UNUSED)
{
  ForlopWheelRing *self = FORLOP_WHEEL_RING (widget);
  int step = g_variant_get_int32 (arguments);
  int month = step == 0 ? FORLOP_WHEEL_THIS_MONTH : (int) self->month + step;
  g_autofree char *sentence = NULL;

  if (!self->has_wheel || month < 0 || month >= FORLOP_WHEEL_MONTHS)
    return GDK_EVENT_STOP;

  forlop_wheel_ring_set_month (self, (unsigned int) month);
  sentence = dup_sentence (self, (unsigned int) month);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  return GDK_EVENT_STOP;
}

static void
forlop_wheel_ring_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MONTH:
      g_value_set_uint (value, FORLOP_WHEEL_RING (object)->month);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_wheel_ring_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_MONTH:
      forlop_wheel_ring_set_month (FORLOP_WHEEL_RING (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_wheel_ring_dispose (GObject *object)
{
  ForlopWheelRing *self = FORLOP_WHEEL_RING (object);

  for (unsigned int i = 0; i < FORLOP_WHEEL_N_INKS; i++)
    g_clear_pointer (&self->inks[i], gtk_widget_unparent);

  G_OBJECT_CLASS (forlop_wheel_ring_parent_class)->dispose (object);
}

static void
forlop_wheel_ring_class_init (ForlopWheelRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_wheel_ring_get_property;
  object_class->set_property = forlop_wheel_ring_set_property;
  object_class->dispose = forlop_wheel_ring_dispose;
  widget_class->snapshot = forlop_wheel_ring_snapshot;
  widget_class->measure = forlop_wheel_ring_measure;
  widget_class->query_tooltip = forlop_wheel_ring_query_tooltip;

  properties[PROP_MONTH] =
    g_param_spec_uint ("month", NULL, NULL, 0, FORLOP_WHEEL_MONTHS - 1, FORLOP_WHEEL_THIS_MONTH,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wheelring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, move_cb, "i", 0);
}

static void
forlop_wheel_ring_init (ForlopWheelRing *self)
{
  static const char *const names[FORLOP_WHEEL_N_INKS] = {
    "month", "chosen", "text", "done", "due", "overdue", "today",
  };
  GtkGesture *click = gtk_gesture_click_new ();

  self->month = FORLOP_WHEEL_THIS_MONTH;
  for (unsigned int i = 0; i < FORLOP_WHEEL_N_INKS; i++)
    self->inks[i] = forlop_ink_add (GTK_WIDGET (self), names[i]);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
forlop_wheel_ring_new (void)
{
  return g_object_new (FORLOP_TYPE_WHEEL_RING, NULL);
}

void
forlop_wheel_ring_set_wheel (ForlopWheelRing   *self,
                             const ForlopWheel *wheel)
{
  g_return_if_fail (FORLOP_IS_WHEEL_RING (self));
  g_return_if_fail (wheel != NULL);

  self->wheel = *wheel;
  self->has_wheel = TRUE;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

unsigned int
forlop_wheel_ring_get_month (ForlopWheelRing *self)
{
  g_return_val_if_fail (FORLOP_IS_WHEEL_RING (self), 0);

  return self->month;
}

void
forlop_wheel_ring_set_month (ForlopWheelRing *self,
                             unsigned int     month)
{
  g_return_if_fail (FORLOP_IS_WHEEL_RING (self));
  g_return_if_fail (month < FORLOP_WHEEL_MONTHS);

  if (self->month == month)
    return;

  self->month = month;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MONTH]);
}
