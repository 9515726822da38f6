/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* On a narrow window a dialog becomes a sheet in its first frame, which moves the keyboard on by one as it comes up.
 * What was there before that keeps it: @keyboard is the widget that has it. */
void forlop_sheet_keep_keyboard (AdwDialog *dialog,
                                 GtkWidget *keyboard);

G_END_DECLS
