/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-bar.h"

#include "forlop-ink.h"

#define HEIGHT 10
#define MIN_WIDTH 40
#define NATURAL_WIDTH 160

struct _ForlopBar
{
  GtkWidget parent_instance;

  GtkWidget *track;
  GtkWidget *fill;
  double share;
};

G_DEFINE_FINAL_TYPE (ForlopBar, forlop_bar, GTK_TYPE_WIDGET)

static void
snapshot_part (GtkWidget   *ink,
               GtkSnapshot *snapshot,
               float        x,
               float        y,
               float        width)
{
  GskRoundedRect shape;
  GdkRGBA color;

  if (width <= 0)
    return;

  gtk_widget_get_color (ink, &color);
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, y, width, HEIGHT),
                                   MIN (HEIGHT, width) / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
forlop_bar_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  ForlopBar *self = FORLOP_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float filled = width * (float) self->share;
  float y = ((float) gtk_widget_get_height (widget) - HEIGHT) / 2;
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  snapshot_part (self->track, snapshot, 0, y, width);
  snapshot_part (self->fill, snapshot, reversed ? width - filled : 0, y, filled);
}

static void
forlop_bar_measure (GtkWidget      *widget G_GNUC_UNUSED,
                    GtkOrientation  orientation,
                    int             for_size G_GNUC_UNUSED,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline G_GNUC_UNUSED,
                    int            *natural_baseline G_GNUC_UNUSED)
{
  gboolean wide = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = wide ? MIN_WIDTH : HEIGHT;
  *natural = wide ? NATURAL_WIDTH : HEIGHT;
}

static void
forlop_bar_dispose (GObject *object)
{
  ForlopBar *self = FORLOP_BAR (object);

  g_clear_pointer (&self->track, gtk_widget_unparent);
  g_clear_pointer (&self->fill, gtk_widget_unparent);

  G_OBJECT_CLASS (forlop_bar_parent_class)->dispose (object);
}

static void
forlop_bar_class_init (ForlopBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_bar_dispose;
  widget_class->snapshot = forlop_bar_snapshot;
  widget_class->measure = forlop_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "sharebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
forlop_bar_init (ForlopBar *self)
{
  self->track = forlop_ink_add (GTK_WIDGET (self), "track");
  self->fill = forlop_ink_add (GTK_WIDGET (self), "fill");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
forlop_bar_new (double share)
{
  ForlopBar *self = g_object_new (FORLOP_TYPE_BAR, NULL);

  forlop_bar_set_share (self, share);

  return GTK_WIDGET (self);
}

void
forlop_bar_set_share (ForlopBar *self,
                      double     share)
{
  g_return_if_fail (FORLOP_IS_BAR (self));

  self->share = CLAMP (share, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
