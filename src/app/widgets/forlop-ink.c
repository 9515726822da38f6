/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-ink.h"

struct _ForlopInk
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopInk, forlop_ink, GTK_TYPE_WIDGET)

/* What is drawn with this ink is drawn by the parent. */
static void
forlop_ink_css_changed (GtkWidget         *widget,
                        GtkCssStyleChange *change)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  GTK_WIDGET_CLASS (forlop_ink_parent_class)->css_changed (widget, change);

  if (parent != NULL)
    gtk_widget_queue_draw (parent);
}

static void
forlop_ink_class_init (ForlopInkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->css_changed = forlop_ink_css_changed;
  gtk_widget_class_set_css_name (widget_class, "ink");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
forlop_ink_init (ForlopInk *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
forlop_ink_add (GtkWidget  *parent,
                const char *name)
{
  GtkWidget *ink;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  ink = g_object_new (FORLOP_TYPE_INK, NULL);
  gtk_widget_add_css_class (ink, name);
  gtk_widget_set_parent (ink, parent);

  return ink;
}
