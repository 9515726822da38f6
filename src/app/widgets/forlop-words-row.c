/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-words-row.h"

static GtkWidget *
new_words (const char *title,
           const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *const texts[] = { title, subtitle };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts) && texts[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (label, "numeric");
      if (i > 0)
        {
          gtk_widget_add_css_class (label, "caption");
          gtk_widget_add_css_class (label, "dimmed");
        }
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);

  return box;
}

GtkWidget *
forlop_words_row_new (const char *title,
                      const char *subtitle)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = adw_wrap_box_new ();
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (title != NULL, NULL);

  sentence = g_strjoin (", ", title, subtitle, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (box), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (box), new_words (title, subtitle));
  gtk_widget_add_css_class (box, "forlop-words-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  return row;
}

void
forlop_words_row_add_warning (GtkWidget *row)
{
  GtkWidget *line, *words, *icon;

  g_return_if_fail (ADW_IS_PREFERENCES_ROW (row));

  words = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, "warning");
  g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (line), icon);
  g_object_ref (words);
  adw_wrap_box_remove (ADW_WRAP_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), words);
  gtk_box_append (GTK_BOX (line), words);
  g_object_unref (words);
  gtk_widget_set_hexpand (line, TRUE);
  adw_wrap_box_prepend (ADW_WRAP_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), line);
}

void
forlop_words_row_add_button (GtkWidget *row,
                             GtkWidget *button)
{
  GtkWidget *box, *buttons;

  g_return_if_fail (ADW_IS_PREFERENCES_ROW (row));
  g_return_if_fail (GTK_IS_BUTTON (button));

  box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  buttons = gtk_widget_get_last_child (box);
  if (buttons == gtk_widget_get_first_child (box))
    {
      buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_set_halign (buttons, GTK_ALIGN_END);
      gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
      adw_wrap_box_append (ADW_WRAP_BOX (box), buttons);
    }
  gtk_box_append (GTK_BOX (buttons), button);
}
