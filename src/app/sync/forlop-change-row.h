/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One change on the page about sync: what was done, on whom and when, why it stands here, and the
 * buttons of what one can do. */

#define FORLOP_TYPE_CHANGE_ROW (forlop_change_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopChangeRow, forlop_change_row, FORLOP, CHANGE_ROW, GtkListBoxRow)

/* @reason may be NULL. */
GtkWidget *forlop_change_row_new        (const char      *icon_name,
                                         const char      *title,
                                         const char      *about,
                                         const char      *reason) G_GNUC_WARN_UNUSED_RESULT;
/* Something between the reason and the buttons. */
void       forlop_change_row_add        (ForlopChangeRow *self,
                                         GtkWidget       *child);
/* A verb with mnemonic; @clicked is called with the button and @user_data. */
GtkWidget *forlop_change_row_add_button (ForlopChangeRow *self,
                                         const char      *label,
                                         GCallback        clicked,
                                         gpointer         user_data,
                                         GClosureNotify   user_data_free);

/* Which change it is, for forlop_change_row_dup_keyboard(). */
void       forlop_change_row_set_id     (ForlopChangeRow *self,
                                         const char      *id);

/* A list of changes is made anew whenever something syncs; the keyboard stays with its change and its button, and where
 * that change is gone, in the row that has its place. */
char      *forlop_change_row_dup_keyboard  (GtkListBox *list) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_change_row_give_keyboard (GtkListBox *list,
                                            const char *keyboard);

/* "Anna Berg · Pulse oximeter · 12 minutes ago"; what is NULL is left out. */
char       *forlop_change_row_dup_about (const char *who,
                                         const char *what,
                                         gint64      at,
                                         gint64      now) G_GNUC_WARN_UNUSED_RESULT;
/* What the act is called. */
const char *forlop_change_row_title     (const char *name);

G_END_DECLS
