/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-help-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"
#include "forlop-help-text.h"
#include "forlop-sections.h"

struct _ForlopHelpDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkDropDown *topic_drop_down;
  GtkScrolledWindow *scrolled_window;
  GtkBox *page_box;
};

G_DEFINE_FINAL_TYPE (ForlopHelpDialog, forlop_help_dialog, ADW_TYPE_DIALOG)

static void
forlop_help_dialog_show_page (ForlopHelpDialog *self,
                              const char       *page)
{
  g_autofree char *text = forlop_help_text_load (page);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->page_box))) != NULL)
    gtk_box_remove (self->page_box, child);

  if (text == NULL)
    text = g_strdup (_("There is no help for this page yet."));
  forlop_help_text_append (self->page_box, text);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
}

static void
forlop_help_dialog_topic_selected_cb (ForlopHelpDialog *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->topic_drop_down);

  if (selected != GTK_INVALID_LIST_POSITION)
    forlop_help_dialog_show_page (self, forlop_sections_get ()[selected].name);
}

static void
forlop_help_dialog_class_init (ForlopHelpDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/help/forlop-help-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopHelpDialog, topic_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ForlopHelpDialog, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ForlopHelpDialog, page_box);
  gtk_widget_class_bind_template_callback_full (
    widget_class, "topic_selected_cb", G_CALLBACK (forlop_help_dialog_topic_selected_cb));
}

static void
forlop_help_dialog_init (ForlopHelpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_drop_down_speak (self->topic_drop_down);
}

AdwDialog *
forlop_help_dialog_new (const char *page)
{
  const ForlopSectionInfo *sections = forlop_sections_get ();
  ForlopHelpDialog *self = g_object_new (FORLOP_TYPE_HELP_DIALOG, NULL);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  unsigned int selected = 0;

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    {
      gtk_string_list_append (titles, _(sections[i].title));
      if (g_strcmp0 (sections[i].name, page) == 0)
        selected = i;
    }

  gtk_drop_down_set_model (self->topic_drop_down, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->topic_drop_down, selected);
  forlop_help_dialog_topic_selected_cb (self);

  return ADW_DIALOG (self);
}
