/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-list-rows.h"

typedef struct {
  GType item_type;
  char *property;
  float xalign;
} Cell;

static void
cell_free (gpointer  data,
           GClosure *closure G_GNUC_UNUSED)
{
  Cell *cell = data;

  g_free (cell->property);
  g_free (cell);
}

static Cell *
cell_new (GType       item_type,
          const char *property,
          float       xalign)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->item_type = item_type;
  cell->property = g_strdup (property);
  cell->xalign = xalign;

  return cell;
}

/* An expression that reads the property of whatever item the row or cell holds. */
static GtkExpression *
item_expression (const Cell *cell,
                 GType       holder_type)
{
  GtkExpression *item = gtk_property_expression_new (holder_type, NULL, "item");

  return gtk_property_expression_new (cell->item_type, item, cell->property);
}

static void
setup_text_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
               GtkColumnViewCell        *holder,
               const Cell               *cell)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), cell->xalign);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (cell->xalign > 0)
    gtk_widget_add_css_class (text, "numeric");
  gtk_column_view_cell_set_child (holder, text);
  gtk_expression_bind (item_expression (cell, GTK_TYPE_COLUMN_VIEW_CELL), text, "text", holder);
}

void
forlop_column_set_text (GtkColumnViewColumn *column,
                        GType                item_type,
                        const char          *property,
                        float                xalign)
{
  g_autoptr(GtkListItemFactory) factory = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));
  g_return_if_fail (property != NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_text_cb),
                         cell_new (item_type, property, xalign), cell_free, 0);
  gtk_column_view_column_set_factory (column, factory);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
              GtkColumnViewRow         *row,
              const Cell               *cell)
{
  gtk_expression_bind (item_expression (cell, GTK_TYPE_COLUMN_VIEW_ROW), row, "accessible-label",
                       row);
}

void
forlop_column_view_set_row_name (GtkColumnView *view,
                                 GType          item_type,
                                 const char    *property)
{
  g_autoptr(GtkListItemFactory) factory = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (property != NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_row_cb),
                         cell_new (item_type, property, 0), cell_free, 0);
  gtk_column_view_set_row_factory (view, factory);
}

GtkWidget *
forlop_heading_new (const char *text)
{
  GtkWidget *label;

  g_return_val_if_fail (text != NULL, NULL);

  label = g_object_new (GTK_TYPE_LABEL,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                        "label", text,
                        "xalign", 0.0f,
                        NULL);
  gtk_widget_add_css_class (label, "heading");

  return label;
}
