/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-late-menu.h"

static void
make_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, user_data);
}

void
forlop_late_menu_set (GtkMenuButton *button,
                      GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, make_cb, g_object_ref (menu), g_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (button), TRUE);
}
