/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes @bytes to a file that the user chose, which nobody else may read, and says @done in the window of @widget, or
 * what went wrong. */
void forlop_chosen_file_write (GtkWidget  *widget,
                               GFile      *file,
                               GBytes     *bytes,
                               const char *done);

G_END_DECLS
