/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GtkDropDown leaves unsaid to a screen reader, and a search that keeps up with the fingers. */

/* Each choice in the open list gets a name, and the closed list a description that says what is
 * chosen; Alt+Down opens it, as it opens a calendar. To be called once: after the expression is set,
 * before the drop-down is labelled and has a model. */
void forlop_drop_down_speak    (GtkDropDown *drop_down);
/* What is typed is found anywhere in a choice, and at once: who writes a name and presses Down and Enter must not get
 * somebody of the list before it was searched. */
void forlop_drop_down_search   (GtkDropDown *drop_down);
/* What is said after that: a hint, or what is wrong; NULL for nothing. */
void forlop_drop_down_describe (GtkDropDown *drop_down,
                                const char  *sentence);

G_END_DECLS
