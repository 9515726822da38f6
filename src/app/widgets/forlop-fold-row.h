/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of a list with a title and a line below it, which opens to show more: the row below it, which
 * is given when it is opened first. It looks like an expander row and is a third of its widgets, because a
 * case has twenty of them. */

#define FORLOP_TYPE_FOLD_ROW (forlop_fold_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopFoldRow, forlop_fold_row, FORLOP, FOLD_ROW, GtkListBoxRow)

/* Makes the row that shows what is inside. */
typedef GtkWidget *(*ForlopFoldFill) (gpointer user_data);

/* @can_open: whether there is something inside. */
GtkWidget *forlop_fold_row_new        (const char     *title,
                                       const char     *subtitle,
                                       gboolean        can_open) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_fold_row_add_suffix (ForlopFoldRow  *self,
                                       GtkWidget      *suffix);
/* @user_data is freed with the row. */
void       forlop_fold_row_set_fill   (ForlopFoldRow  *self,
                                       ForlopFoldFill  fill,
                                       gpointer        user_data,
                                       GDestroyNotify  user_data_free);
gboolean   forlop_fold_row_get_open   (ForlopFoldRow  *self);
/* The row must be in its list. */
void       forlop_fold_row_set_open   (ForlopFoldRow  *self,
                                       gboolean        open);
/* For a list of such rows: a press on one opens or closes it. */
void       forlop_fold_row_connect    (GtkListBox     *list);

G_END_DECLS
