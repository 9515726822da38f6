/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A menu is dear to make, and most are never opened: the button makes its own when it is pressed. The button is
 * hidden in its template until this is called, because GTK asks an X11 display where the pointer is, and waits,
 * whenever a tooltip is set on what is visible. */
void forlop_late_menu_set (GtkMenuButton *button,
                           GMenuModel    *menu);

G_END_DECLS
