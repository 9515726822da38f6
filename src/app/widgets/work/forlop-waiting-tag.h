/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is saved here and only the server can settle: shape and words, until it has confirmed. */

/* The words: "◷ Waits for confirmation". */
const char *forlop_waiting_words   (void);
GtkWidget  *forlop_waiting_tag_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
