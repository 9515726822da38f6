/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives a button of a shown widget an action with its target, such as "win.open(('case', '…'))". */
void forlop_actionable_set_detailed (GtkActionable *actionable,
                                     const char    *action);

G_END_DECLS
