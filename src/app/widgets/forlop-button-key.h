/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * forlop_button_key_install:
 * @window: a window that is being made.
 *
 * Enter and Space do at once what a button is for. The toolkit shows the button as pressed for a quarter of a second
 * first, and forgets the press when the button is made anew in the meantime, as it is when something comes from the
 * server: somebody has pressed, and nothing happens. A key that is held down presses one button once, and not also what
 * comes up in its place.
 */
void forlop_button_key_install (GtkWindow *window);

G_END_DECLS
