/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-part-row.h"

typedef struct {
  GtkWidget *head;
  GtkLabel *subject;
  GtkLabel *words;
  GtkWidget *edit_button;
  GtkWidget *remove_button;
  AdwBin *form_bin;
} ForlopPartRowPrivate;

enum {
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (ForlopPartRow, forlop_part_row, ADW_TYPE_PREFERENCES_ROW)

static void
edit_cb (ForlopPartRow *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

static void
remove_cb (ForlopPartRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
set_name (GtkWidget  *button,
          const char *title,
          const char *subject)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", title, subject);

  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
forlop_part_row_set_words (ForlopPartRow *self,
                           const char    *subject,
                           const char    *words,
                           const char    *edit,
                           const char    *remove)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_PART_ROW (self));
  g_return_if_fail (subject != NULL && edit != NULL && remove != NULL);

  gtk_label_set_label (priv->subject, subject);
  gtk_label_set_label (priv->words, words != NULL ? words : "");
  set_name (priv->edit_button, edit, subject);
  set_name (priv->remove_button, remove, subject);
}

void
forlop_part_row_set_add (ForlopPartRow *self,
                         const char    *label)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self));

  g_return_if_fail (FORLOP_IS_PART_ROW (self));

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  gtk_box_remove (GTK_BOX (box), priv->head);
  priv->edit_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (priv->edit_button), content);
  gtk_widget_add_css_class (priv->edit_button, "flat");
  g_signal_connect_object (priv->edit_button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (box), priv->edit_button);
}

void
forlop_part_row_set_form (ForlopPartRow *self,
                          GtkWidget     *form)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_PART_ROW (self));

  if (form == NULL)
    gtk_widget_grab_focus (priv->edit_button);
  adw_bin_set_child (priv->form_bin, form);
  gtk_widget_set_visible (GTK_WIDGET (priv->form_bin), form != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->edit_button), GTK_ACCESSIBLE_STATE_EXPANDED, form != NULL, -1);
}

void
forlop_part_row_focus (ForlopPartRow *self)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_PART_ROW (self));

  gtk_widget_grab_focus (priv->edit_button);
}

gboolean
forlop_part_row_is_open (ForlopPartRow *self)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_PART_ROW (self), FALSE);

  return adw_bin_get_child (priv->form_bin) != NULL;
}

static void
forlop_part_row_class_init (ForlopPartRowClass *klass)
{
  /**
   * ForlopPartRow::edit:
   *
   * It is to be changed, or its form closed.
   */
  signals[SIGNAL_EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  /**
   * ForlopPartRow::remove:
   *
   * It is to be taken out.
   */
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static GtkWidget *
new_icon_button (const char *icon)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static void
forlop_part_row_init (ForlopPartRow *self)
{
  ForlopPartRowPrivate *priv = forlop_part_row_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  priv->subject = new_label ("title");
  priv->words = new_label ("subtitle");
  priv->edit_button = new_icon_button ("document-edit-symbolic");
  priv->remove_button = new_icon_button ("edit-delete-symbolic");
  priv->form_bin = ADW_BIN (adw_bin_new ());
  gtk_widget_set_visible (GTK_WIDGET (priv->form_bin), FALSE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (priv->subject));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (priv->words));
  gtk_box_append (GTK_BOX (priv->head), texts);
  gtk_box_append (GTK_BOX (priv->head), priv->edit_button);
  gtk_box_append (GTK_BOX (priv->head), priv->remove_button);
  g_signal_connect_object (priv->edit_button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->remove_button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), priv->head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->form_bin));
  g_object_set (box, "margin-top", 8, "margin-bottom", 8, "margin-start", 12, "margin-end", 9, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
forlop_part_row_new (void)
{
  return g_object_new (FORLOP_TYPE_PART_ROW, NULL);
}
