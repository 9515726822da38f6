/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-change-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-format.h"

struct _ForlopChangeRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *about;
  GtkLabel *reason;
  GtkBox *parts;
  AdwWrapBox *buttons;

  char *id;
};

G_DEFINE_FINAL_TYPE (ForlopChangeRow, forlop_change_row, GTK_TYPE_LIST_BOX_ROW)

static void
forlop_change_row_finalize (GObject *object)
{
  g_free (FORLOP_CHANGE_ROW (object)->id);

  G_OBJECT_CLASS (forlop_change_row_parent_class)->finalize (object);
}

static void
forlop_change_row_class_init (ForlopChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_change_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/sync/forlop-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, title);
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, about);
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, reason);
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, parts);
  gtk_widget_class_bind_template_child (widget_class, ForlopChangeRow, buttons);
}

static void
forlop_change_row_init (ForlopChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
forlop_change_row_new (const char *icon_name,
                       const char *title,
                       const char *about,
                       const char *reason)
{
  ForlopChangeRow *self = g_object_new (FORLOP_TYPE_CHANGE_ROW, NULL);
  g_autofree char *spoken = NULL;

  g_return_val_if_fail (title != NULL && about != NULL, NULL);

  spoken = g_strjoin (", ", title, about, reason, NULL);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->about, about);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return GTK_WIDGET (self);
}

void
forlop_change_row_add (ForlopChangeRow *self,
                       GtkWidget       *child)
{
  g_return_if_fail (FORLOP_IS_CHANGE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_box_append (self->parts, child);
}

GtkWidget *
forlop_change_row_add_button (ForlopChangeRow *self,
                              const char      *label,
                              GCallback        clicked,
                              gpointer         user_data,
                              GClosureNotify   user_data_free)
{
  GtkWidget *button;

  g_return_val_if_fail (FORLOP_IS_CHANGE_ROW (self), NULL);
  g_return_val_if_fail (label != NULL && clicked != NULL, NULL);

  button = gtk_button_new_with_mnemonic (label);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  g_signal_connect_data (button, "clicked", clicked, user_data, user_data_free, G_CONNECT_DEFAULT);
  adw_wrap_box_append (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), TRUE);

  return button;
}

void
forlop_change_row_set_id (ForlopChangeRow *self,
                          const char      *id)
{
  g_return_if_fail (FORLOP_IS_CHANGE_ROW (self));

  g_set_str (&self->id, id);
}

/* Place, change and button; NULL when the keyboard is elsewhere. */
char *
forlop_change_row_dup_keyboard (GtkListBox *list)
{
  GtkRoot *root;
  GtkWidget *focus, *row;
  const char *button = NULL;

  g_return_val_if_fail (GTK_IS_LIST_BOX (list), NULL);

  root = gtk_widget_get_root (GTK_WIDGET (list));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  row = focus != NULL ? gtk_widget_get_ancestor (focus, FORLOP_TYPE_CHANGE_ROW) : NULL;
  if (row == NULL || gtk_widget_get_parent (row) != GTK_WIDGET (list))
    return NULL;
  if (GTK_IS_BUTTON (focus))
    button = gtk_button_get_label (GTK_BUTTON (focus));

  return g_strdup_printf ("%d %s %s", gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)),
                          FORLOP_CHANGE_ROW (row)->id, button != NULL ? button : "");
}

static void
give_keyboard (ForlopChangeRow *self,
               const char      *button)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), button) == 0)
      {
        gtk_widget_grab_focus (child);
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
forlop_change_row_give_keyboard (GtkListBox *list,
                                 const char *keyboard)
{
  g_auto (GStrv) words = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (keyboard != NULL);

  words = g_strsplit (keyboard, " ", 3);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_strcmp0 (FORLOP_CHANGE_ROW (row)->id, words[1]) == 0)
      {
        give_keyboard (FORLOP_CHANGE_ROW (row), words[2]);
        return;
      }

  for (int i = atoi (words[0]); i >= 0; i--)
    if ((row = gtk_list_box_get_row_at_index (list, i)) != NULL)
      {
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

char *
forlop_change_row_dup_about (const char *who,
                             const char *what,
                             gint64      at,
                             gint64      now)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (who != NULL && *who != '\0')
    g_strv_builder_add (parts, who);
  if (what != NULL)
    g_strv_builder_add (parts, what);
  g_strv_builder_take (parts, forlop_instant_format_relative (at, now));
  all = g_strv_builder_end (parts);

  return g_strjoinv (" · ", all);
}

const char *
forlop_change_row_title (const char *name)
{
  const ForlopAct *act = forlop_act_find (name);

  return act != NULL ? _(act->label) : name;
}
