/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-shortcuts-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-shortcuts.h"

struct _ForlopShortcutsDialog
{
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopShortcutsDialog, forlop_shortcuts_dialog, ADW_TYPE_DIALOG)

static char *
forlop_shortcuts_dialog_dup_key_label (const char *accelerator)
{
  unsigned int key = 0;
  GdkModifierType modifiers = 0;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    return g_strdup (accelerator);

  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
forlop_shortcuts_dialog_new_row (const ForlopShortcut *shortcut)
{
  g_auto(GStrv) accelerators = g_strsplit (shortcut->accelerators, " ", -1);
  g_autoptr(GString) spoken = g_string_new (_(shortcut->label));
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  for (unsigned int i = 0; accelerators[i] != NULL; i++)
    {
      g_autofree char *label = forlop_shortcuts_dialog_dup_key_label (accelerators[i]);
      GtkWidget *keycap = gtk_label_new (label);

      gtk_widget_add_css_class (keycap, "forlop-keycap");
      gtk_widget_set_valign (keycap, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), keycap);
      g_string_append_printf (spoken, ", %s", label);
    }

  /* The row is labelled by its title alone; the keys belong to the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);

  return row;
}

static GtkWidget *
forlop_shortcuts_dialog_new_page (void)
{
  const ForlopShortcut *shortcuts = forlop_shortcuts_get ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;
  const char *heading = NULL;

  for (unsigned int i = 0; shortcuts[i].label != NULL; i++)
    {
      if (g_strcmp0 (heading, shortcuts[i].group) != 0)
        {
          heading = shortcuts[i].group;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(heading));
          adw_preferences_page_add (page, group);
        }
      adw_preferences_group_add (group, forlop_shortcuts_dialog_new_row (&shortcuts[i]));
    }

  return GTK_WIDGET (page);
}

static void
forlop_shortcuts_dialog_class_init (ForlopShortcutsDialogClass *klass G_GNUC_UNUSED)
{
}

static void
forlop_shortcuts_dialog_init (ForlopShortcutsDialog *self)
{
  GtkWidget *toolbar_view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view),
                                forlop_shortcuts_dialog_new_page ());

  adw_dialog_set_title (ADW_DIALOG (self), _("Keyboard shortcuts"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar_view);
}

AdwDialog *
forlop_shortcuts_dialog_new (void)
{
  return g_object_new (FORLOP_TYPE_SHORTCUTS_DIALOG, NULL);
}
