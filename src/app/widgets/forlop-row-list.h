/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-paged-row.h"

G_BEGIN_DECLS

/* A long list with columns: wide, each value stands under its heading; narrow, the first value is
 * the title and the others stand below it. Enter or a click opens a row. */

#define FORLOP_TYPE_ROW_LIST (forlop_row_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopRowList, forlop_row_list, FORLOP, ROW_LIST, AdwBin)

/**
 * ForlopRowColumn:
 * @title: heading, marked with N_().
 * @chars: width in characters; a column with 0 is not shown in a row of its own but where it is
 *   narrow.
 * @xalign: 0 for text, 1 for numbers, which also get tabular figures.
 * @fixed: the column keeps its width; the others share what is left.
 * @lines: of a column with long text; 0 for what the row has room for.
 */
typedef struct {
  const char *title;
  unsigned int chars;
  float xalign;
  gboolean fixed;
  unsigned int lines;
} ForlopRowColumn;

/* (transfer full) (nullable): what stands in a column of the row with these fields. */
typedef char *(*ForlopRowText)  (gconstpointer fields,
                                 unsigned int  column,
                                 gpointer      user_data);
/* (nullable): a CSS class for the first value of the row, static. */
typedef const char *(*ForlopRowStyle) (gconstpointer fields,
                                       gpointer      user_data);

GtkWidget      *forlop_row_list_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* @columns: ended by a column without title; copied. @user_data lives as long as the list. */
void            forlop_row_list_set_columns (ForlopRowList         *self,
                                             const ForlopRowColumn *columns,
                                             ForlopRowText          text,
                                             ForlopRowStyle         style,
                                             gpointer               user_data);
/* A list of ForlopPagedRow; while it has a property "loading" that is true, empty is not said. */
void            forlop_row_list_set_model   (ForlopRowList         *self,
                                             GListModel            *model);
GListModel     *forlop_row_list_get_model   (ForlopRowList         *self);
/* What is shown where there is nothing. */
void            forlop_row_list_set_empty   (ForlopRowList         *self,
                                             GtkWidget             *empty);
/* What the list is called by a screen reader. */
void            forlop_row_list_set_name    (ForlopRowList         *self,
                                             const char            *name);

G_END_DECLS
