/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-ring-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How the ring is drawn: a field for each month, a dot for each evaluation, the words inside. */

/* Shares of the side of the square the ring is drawn in. */
#define OUTER 0.39f
#define OVERDUE_FROM 0.41f

/* Degrees of the gap between two months. */
#define GAP_DEGREES 1.2f

#define MAX_SIDE 560

static GdkRGBA
ink_color (ForlopWheelRing *self,
           ForlopWheelInk   ink)
{
  GdkRGBA color;

  gtk_widget_get_color (self->inks[ink], &color);

  return color;
}

/* Radians of the middle of a month; today's is at the top, later ones follow clockwise. */
static float
month_angle (int month)
{
  return (float) (G_PI / 180.0) * ((float) (month - FORLOP_WHEEL_THIS_MONTH) * FORLOP_WHEEL_MONTH_DEGREES - 90.0f);
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
  const float half = (float) (G_PI / 180.0) * (FORLOP_WHEEL_MONTH_DEGREES - GAP_DEGREES) / 2;
  const float angle = month_angle (month);
  gboolean chosen = self->month == (unsigned int) month;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA color = ink_color (self, chosen ? FORLOP_WHEEL_INK_CHOSEN : FORLOP_WHEEL_INK_MONTH);

  add_arc (builder, cx, cy, OUTER * side, angle - half, angle + half, TRUE);
  add_arc (builder, cx, cy, FORLOP_WHEEL_INNER * side, angle + half, angle - half, FALSE);
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
  static const ForlopWheelInk inks[] = { FORLOP_WHEEL_INK_OVERDUE, FORLOP_WHEEL_INK_DUE, FORLOP_WHEEL_INK_DONE };
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
  float length = radius * (float) (G_PI / 180.0) * (FORLOP_WHEEL_MONTH_DEGREES - GAP_DEGREES) - pitch / 2;

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
  while (pitch > 3 && (capacity (FORLOP_WHEEL_INNER * side, OUTER * side, pitch) < inside ||
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
                 &GRAPHENE_RECT_INIT (cx, cy, FORLOP_WHEEL_INNER * side, OUTER * side), month, pitch);
  snapshot_band (self, snapshot, states + n_inside, n_states - n_inside,
                 &GRAPHENE_RECT_INIT (cx, cy, OVERDUE_FROM * side, side / 2), month, pitch);
}

/* Smaller where it is wider than @room. */
static void
snapshot_text (ForlopWheelRing *self,
               GtkSnapshot     *snapshot,
               const char      *text,
               float            x,
               float            y,
               double           scale,
               float            room,
               PangoWeight      weight,
               ForlopWheelInk   ink)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color = ink_color (self, ink);
  float shrink;
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  shrink = MIN (1, room / (float) MAX (width, 1));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_scale (snapshot, shrink, shrink);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-(float) width / 2, -(float) height / 2));
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
  /* Between the names of the months on both sides. */
  const float room = 2 * (FORLOP_WHEEL_INNER - 0.09f) * side;
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

      polar (cx, cy, (FORLOP_WHEEL_INNER - 0.035f) * side, month_angle (i), &point);
      snapshot_text (self, snapshot, name, point.x, point.y, PANGO_SCALE_SMALL, side,
                     this_month || self->month == (unsigned int) i ? PANGO_WEIGHT_BOLD
                                                                   : PANGO_WEIGHT_NORMAL,
                     this_month ? FORLOP_WHEEL_INK_TODAY : FORLOP_WHEEL_INK_TEXT);
    }

  snapshot_text (self, snapshot, due, cx, cy - side * 0.025f,
                 PANGO_SCALE_LARGE, room, PANGO_WEIGHT_BOLD, FORLOP_WHEEL_INK_TEXT);
  snapshot_text (self, snapshot, overdue, cx, cy + side * 0.035f, PANGO_SCALE_MEDIUM, room,
                 self->wheel.n_overdue > 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                 self->wheel.n_overdue > 0 ? FORLOP_WHEEL_INK_OVERDUE : FORLOP_WHEEL_INK_TEXT);
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
  GdkRGBA color = ink_color (self, FORLOP_WHEEL_INK_TODAY);
  float tip = cy - (FORLOP_WHEEL_INNER - 0.065f) * side;

  gsk_path_builder_move_to (builder, cx, tip);
  gsk_path_builder_line_to (builder, cx - 5, tip + 8);
  gsk_path_builder_line_to (builder, cx + 5, tip + 8);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
}

float
forlop_wheel_ring_get_side (ForlopWheelRing *self)
{
  return (float) MIN (MIN (gtk_widget_get_width (GTK_WIDGET (self)),
                           gtk_widget_get_height (GTK_WIDGET (self))), MAX_SIDE);
}

void
forlop_wheel_ring_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ForlopWheelRing *self = FORLOP_WHEEL_RING (widget);
  const float side = forlop_wheel_ring_get_side (self);
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
