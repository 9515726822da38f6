/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What every table needs: cheap text cells, and rows that have a name for a screen reader. */

/* The cells show the string property @property of items of type @item_type. @xalign: 0 for text, 1
 * for numbers, which also get tabular figures. */
void forlop_column_set_text          (GtkColumnViewColumn *column,
                                      GType                item_type,
                                      const char          *property,
                                      float                xalign);
/* The rows are named by the string property @property of their items. */
void forlop_column_view_set_row_name (GtkColumnView       *view,
                                      GType                item_type,
                                      const char          *property);
/* A heading for a part of a page. */
GtkWidget *forlop_heading_new        (const char          *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
