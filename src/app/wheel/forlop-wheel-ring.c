/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-ring.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-ink.h"

/* Shares of the side of the square the ring is drawn in. */
#define OUTER 0.39f
#define INNER 0.25f
#define OVERDUE_FROM 0.41f

/* Degrees between two months and the gap between them. */
#define MONTH_DEGREES 30.0f
#define GAP_DEGREES 1.2f

#define MIN_SIDE 260
#define NATURAL_SIDE 400
#define MAX_SIDE 560

typedef enum {
  INK_MONTH,
  INK_CHOSEN,
  INK_TEXT,
  INK_DONE,
  INK_DUE,
  INK_OVERDUE,
  INK_TODAY,
  N_INKS,
} Ink;

struct _ForlopWheelRing
{
  GtkWidget parent_instance;

  GtkWidget *inks[N_INKS];
  ForlopWheel wheel;
  unsigned int month;
  unsigned int has_wheel : 1;
};

enum {
  PROP_0,
  PROP_MONTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopWheelRing, forlop_wheel_ring, GTK_TYPE_WIDGET)

static GdkRGBA
ink_color (ForlopWheelRing *self,
           Ink              ink)
{
  GdkRGBA color;

  gtk_widget_get_color (self->inks[ink], &color);

  return color;
}

/* Radians of the middle of a month; today's is at the top, later ones follow clockwise. */
static float
month_angle (int month)
{
  return (float) (G_PI / 180.0) * ((float) (month - FORLOP_WHEEL_THIS_MONTH) * MONTH_DEGREES - 90.0f);
}

static void
polar (float             cx,
       float             cy,
       float             radius,
       float             angle,
       graphene_point_t *point)
{
  graphene_point_init (point, cx + radius * cosf (angle), cy + radius * sinf (angle));
}

/* An arc as short straight lines: at this size nobody can tell. */
static void
add_arc (GskPathBuilder *builder,
         float           cx,
         float           cy,
         float           radius,
         float           from,
         float           to,
         gboolean        first)
{
  const int steps = 12;

  for (int i = 0; i <= steps; i++)
    {
      graphene_point_t point;

      polar (cx, cy, radius, from + (to - from) * (float) i / (float) steps, &point);
      if (first && i == 0)
        gsk_path_builder_move_to (builder, point.x, point.y);
      else
        gsk_path_builder_line_to (builder, point.x, point.y);
    }
}

static void
snapshot_month (ForlopWheelRing *self,
                GtkSnapshot     *snapshot,
                float            cx,
                float            cy,
                float            side,
                int              month)
{
  const float half = (float) (G_PI / 180.0) * (MONTH_DEGREES - GAP_DEGREES) / 2;
  const float angle = month_angle (month);
  gboolean chosen = self->month == (unsigned int) month;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color = ink_color (self, chosen ? INK_CHOSEN : INK_MONTH);

  add_arc (builder, cx, cy, OUTER * side, angle - half, angle + half, TRUE);
  add_arc (builder, cx, cy, INNER * side, angle + half, angle - half, FALSE);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

/* The shape of a state: overdue is a square, due a ring, held a dot. */
static void
snapshot_dot (ForlopWheelRing  *self,
              GtkSnapshot      *snapshot,
              ForlopWheelState  state,
              float             x,
              float             y,
              float             size)
{
  static const Ink inks[] = { INK_OVERDUE, INK_DUE, INK_DONE };
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color = ink_color (self, inks[state]);

  if (state == FORLOP_WHEEL_OVERDUE)
    gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - size / 2, y - size / 2, size, size));
  else
    gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y),
                                 state == FORLOP_WHEEL_DUE ? size / 2 - 0.75f : size / 2);
  path = gsk_path_builder_to_path (builder);

  if (state == FORLOP_WHEEL_DUE)
    {
      g_autoptr (GskStroke) stroke = gsk_stroke_new (1.5f);

      gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
    }
  else
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

/* How many fit side by side on an arc of a month at @radius. */
static unsigned int
fit_on_arc (float radius,
            float pitch)
{
  float length = radius * (float) (G_PI / 180.0) * (MONTH_DEGREES - GAP_DEGREES) - pitch / 2;

  return length > pitch ? (unsigned int) (length / pitch) : 1;
}

static unsigned int
capacity (float from,
          float to,
          float pitch)
{
  unsigned int n = 0;

  for (float radius = from + pitch / 2; radius + pitch / 2 <= to; radius += pitch)
    n += fit_on_arc (radius, pitch);

  return n;
}

/* @n dots in the band between two radii of a month, filled from @from outwards. */
static void
snapshot_band (ForlopWheelRing        *self,
               GtkSnapshot            *snapshot,
               const ForlopWheelState *states,
               unsigned int            n,
               const graphene_rect_t  *band,
               int                     month,
               float                   pitch)
{
  const float cx = band->origin.x;
  const float cy = band->origin.y;
  float radius = band->size.width + pitch / 2;
  unsigned int i = 0;

  while (i < n && radius + pitch / 2 <= band->size.height)
    {
      unsigned int here = MIN (fit_on_arc (radius, pitch), n - i);

      for (unsigned int k = 0; k < here; k++, i++)
        {
          float shift = ((float) k - (float) (here - 1) / 2) * pitch / radius;
          graphene_point_t point;

          polar (cx, cy, radius, month_angle (month) + shift, &point);
          snapshot_dot (self, snapshot, states[i], point.x, point.y, pitch * 0.72f);
        }
      radius += pitch;
    }
}

/* The largest distance between dots with which the fullest month still fits. */
static float
find_pitch (ForlopWheelRing *self,
            float            side)
{
  unsigned int inside = 0;
  unsigned int outside = 0;
  float pitch = side * 0.032f;

  for (unsigned int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    {
      const unsigned int *counts = self->wheel.counts[i];

      inside = MAX (inside, counts[FORLOP_WHEEL_DUE] + counts[FORLOP_WHEEL_DONE]);
      outside = MAX (outside, counts[FORLOP_WHEEL_OVERDUE]);
    }
  while (pitch > 3 && (capacity (INNER * side, OUTER * side, pitch) < inside ||
                       capacity (OVERDUE_FROM * side, side / 2, pitch) < outside))
    pitch -= 0.5f;

  return pitch;
}

static void
snapshot_dots (ForlopWheelRing *self,
               GtkSnapshot     *snapshot,
               float            cx,
               float            cy,
               float            side,
               int              month,
               float            pitch)
{
  const unsigned int *counts = self->wheel.counts[month];
  unsigned int n_inside = counts[FORLOP_WHEEL_DONE] + counts[FORLOP_WHEEL_DUE];
  unsigned int n_states = n_inside + counts[FORLOP_WHEEL_OVERDUE];
  g_autofree ForlopWheelState *states = g_new (ForlopWheelState, n_states + 1);

  for (unsigned int i = 0; i < n_states; i++)
    states[i] = i < counts[FORLOP_WHEEL_DONE] ? FORLOP_WHEEL_DONE
                : i < n_inside                ? FORLOP_WHEEL_DUE
                                              : FORLOP_WHEEL_OVERDUE;

  snapshot_band (self, snapshot, states, n_inside,
                 &GRAPHENE_RECT_INIT (cx, cy, INNER * side, OUTER * side), month, pitch);
  snapshot_band (self, snapshot, states + n_inside, n_states - n_inside,
                 &GRAPHENE_RECT_INIT (cx, cy, OVERDUE_FROM * side, side / 2), month, pitch);
}

static void
snapshot_text (ForlopWheelRing *self,
               GtkSnapshot     *snapshot,
               const char      *text,
               float            x,
               float            y,
               double           scale,
               PangoWeight      weight,
               Ink              ink)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color = ink_color (self, ink);
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - (float) width / 2,
                                                          y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static char *
dup_short_name (ForlopDate first)
{
  g_autofree char *name = forlop_wheel_month_name (first);

  return g_utf8_substring (name, 0, 3);
}

static void
snapshot_words (ForlopWheelRing *self,
                GtkSnapshot     *snapshot,
                float            cx,
                float            cy,
                float            side)
{
  g_autofree char *due = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u this month",
                                                       "%u this month", self->wheel.n_due_this_month),
                                          self->wheel.n_due_this_month);
  g_autofree char *overdue = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u overdue",
                                                           "%u overdue", self->wheel.n_overdue),
                                              self->wheel.n_overdue);

  for (int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    {
      g_autofree char *name = dup_short_name (self->wheel.first[i]);
      gboolean this_month = i == FORLOP_WHEEL_THIS_MONTH;
      graphene_point_t point;

      polar (cx, cy, (INNER - 0.035f) * side, month_angle (i), &point);
      snapshot_text (self, snapshot, name, point.x, point.y, PANGO_SCALE_SMALL,
                     this_month || self->month == (unsigned int) i ? PANGO_WEIGHT_BOLD
                                                                   : PANGO_WEIGHT_NORMAL,
                     this_month ? INK_TODAY : INK_TEXT);
    }

  snapshot_text (self, snapshot, due, cx, cy - side * 0.025f,
                 side > 320 ? PANGO_SCALE_LARGE : PANGO_SCALE_MEDIUM, PANGO_WEIGHT_BOLD, INK_TEXT);
  snapshot_text (self, snapshot, overdue, cx, cy + side * 0.035f, PANGO_SCALE_MEDIUM,
                 self->wheel.n_overdue > 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                 self->wheel.n_overdue > 0 ? INK_OVERDUE : INK_TEXT);
}

/* The top mark: a small wedge that points at today's month. */
static void
snapshot_mark (ForlopWheelRing *self,
               GtkSnapshot     *snapshot,
               float            cx,
               float            cy,
               float            side)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color = ink_color (self, INK_TODAY);
  float tip = cy - (INNER - 0.065f) * side;

  gsk_path_builder_move_to (builder, cx, tip);
  gsk_path_builder_line_to (builder, cx - 5, tip + 8);
  gsk_path_builder_line_to (builder, cx + 5, tip + 8);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

static float
get_side (ForlopWheelRing *self)
{
  return (float) MIN (MIN (gtk_widget_get_width (GTK_WIDGET (self)),
                           gtk_widget_get_height (GTK_WIDGET (self))), MAX_SIDE);
}

static void
forlop_wheel_ring_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ForlopWheelRing *self = FORLOP_WHEEL_RING (widget);
  const float side = get_side (self);
  const float cx = (float) gtk_widget_get_width (widget) / 2;
  const float cy = (float) gtk_widget_get_height (widget) / 2;
  float pitch;

  if (!self->has_wheel || side <= 0)
    return;

  pitch = find_pitch (self, side);
  for (int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    {
      snapshot_month (self, snapshot, cx, cy, side, i);
      snapshot_dots (self, snapshot, cx, cy, side, i, pitch);
    }
  snapshot_mark (self, snapshot, cx, cy, side);
  snapshot_words (self, snapshot, cx, cy, side);
}

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

  if (hypot (dx, dy) < (INNER - 0.07) * get_side (self))
    return -1;

  month = FORLOP_WHEEL_THIS_MONTH + (int) floor (degrees / MONTH_DEGREES + 0.5);

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

  for (unsigned int i = 0; i < N_INKS; i++)
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
  static const char *const names[N_INKS] = {
    "month", "chosen", "text", "done", "due", "overdue", "today",
  };
  GtkGesture *click = gtk_gesture_click_new ();

  self->month = FORLOP_WHEEL_THIS_MONTH;
  for (unsigned int i = 0; i < N_INKS; i++)
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
