/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Help pages are small texts in resources: "# heading", "## heading", "- point", paragraphs, with
 * *emphasis* and `key`. */

/* The page in the reader's language, else in English; NULL if there is none. */
char      *forlop_help_text_load       (const char *page) G_GNUC_WARN_UNUSED_RESULT;
/* Pango markup of one line. */
char      *forlop_help_text_markup     (const char *line) G_GNUC_WARN_UNUSED_RESULT;
/* Adds one label for every block of @text to @box. */
void       forlop_help_text_append     (GtkBox     *box,
                                        const char *text);

G_END_DECLS
