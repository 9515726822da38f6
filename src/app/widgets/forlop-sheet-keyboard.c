/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sheet-keyboard.h"

#define KEYBOARD_KEY "forlop-keyboard"

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static AdwBottomSheet *
get_sheet (AdwDialog *dialog)
{
  return ADW_BOTTOM_SHEET (gtk_widget_get_ancestor (adw_dialog_get_child (dialog), ADW_TYPE_BOTTOM_SHEET));
}

static gboolean
give_back_cb (gpointer user_data)
{
  g_autoptr (GtkWidget) keyboard = g_weak_ref_get (user_data);

  if (keyboard != NULL && gtk_widget_get_root (keyboard) != NULL)
    gtk_widget_grab_focus (keyboard);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (AdwDialog  *dialog,
          GParamSpec *pspec G_GNUC_UNUSED,
          GtkRoot    *root)
{
  gpointer weak;

  if (get_sheet (dialog) == NULL || gtk_root_get_focus (root) == NULL)
    return;
  weak = g_object_steal_data (G_OBJECT (dialog), KEYBOARD_KEY);
  if (weak != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, give_back_cb, weak, weak_ref_free);
}

void
forlop_sheet_keep_keyboard (AdwDialog *dialog,
                            GtkWidget *keyboard)
{
  GtkRoot *root;
  AdwBottomSheet *sheet;
  GWeakRef *weak;

  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (keyboard));

  root = gtk_widget_get_root (GTK_WIDGET (dialog));
  sheet = get_sheet (dialog);
  if (root == NULL || (sheet != NULL && adw_bottom_sheet_get_open (sheet)))
    return;

  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, keyboard);
  g_object_set_data_full (G_OBJECT (dialog), KEYBOARD_KEY, weak, weak_ref_free);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (moved_cb), dialog, G_CONNECT_SWAPPED);
}
