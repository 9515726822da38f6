/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of a list with what it is about, a line under it, and buttons at the end; where there is no room beside
 * the words, the buttons stand under them. */

/* @subtitle: (nullable). */
GtkWidget *forlop_words_row_new        (const char *title,
                                        const char *subtitle);
/* A triangle before the words, which say what is wrong. */
void       forlop_words_row_add_warning (GtkWidget *row);
void       forlop_words_row_add_button (GtkWidget  *row,
                                        GtkWidget  *button);

G_END_DECLS
