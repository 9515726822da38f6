/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-row-list.h"

#include <glib/gi18n-lib.h>

#define MAX_COLUMNS 8

/* Pixels that are given to a column for each character at least. */
#define CHARACTER_WIDTH 7

struct _ForlopRowList
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkBox *heading;
  GtkListView *view;

  /* Owned */
  GListModel *model;

  ForlopRowColumn columns[MAX_COLUMNS];
  unsigned int n_columns;
  ForlopRowText text;
  ForlopRowStyle style;
  gpointer user_data;
  unsigned int narrow : 1;
};

enum {
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopRowList, forlop_row_list, ADW_TYPE_BIN)

static GtkWidget *
new_cell (const ForlopRowColumn *column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (cell), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), column->xalign);
  /* Headings have another font than rows, so that characters would be of different width. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), 0);
  gtk_widget_set_size_request (cell, (int) column->chars * CHARACTER_WIDTH, -1);
  gtk_widget_set_hexpand (cell, column->xalign < 1 && !column->fixed);
  if (column->xalign >= 1)
    gtk_widget_add_css_class (cell, "numeric");

  return cell;
}

static GtkWidget *
new_row_cell (const ForlopRowColumn *column)
{
  GtkWidget *cell = new_cell (column);

  if (column->lines > 0)
    {
      gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), column->lines);
      gtk_widget_add_css_class (cell, "row-list-text");
    }

  return cell;
}

static void
build_heading (ForlopRowList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->heading))) != NULL)
    gtk_box_remove (self->heading, child);

  for (unsigned int i = 0; i < self->n_columns; i++)
    {
      GtkWidget *cell;

      if (self->columns[i].chars == 0)
        continue;
      cell = new_cell (&self->columns[i]);
      gtk_inscription_set_text (GTK_INSCRIPTION (cell), _(self->columns[i].title));
      gtk_widget_add_css_class (cell, "caption-heading");
      gtk_widget_add_css_class (cell, "dim-label");
      gtk_box_append (self->heading, cell);
    }
}

/* What stands below the title where it is narrow: two lines of it or more, so that little is cut off. */
static GtkWidget *
new_rest (ForlopRowList *self)
{
  GtkWidget *rest = gtk_label_new (NULL);
  unsigned int lines = 2;

  for (unsigned int i = 0; i < self->n_columns; i++)
    lines = MAX (lines, self->columns[i].lines);

  gtk_label_set_xalign (GTK_LABEL (rest), 0);
  gtk_label_set_wrap (GTK_LABEL (rest), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (rest), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (rest), (int) lines);
  if (lines > 2)
    gtk_widget_add_css_class (rest, "row-list-text");
  gtk_widget_add_css_class (rest, "caption");
  gtk_widget_add_css_class (rest, "dim-label");

  return rest;
}

/* Narrow, there are two cells: the first value, and the others in one line. */
static void
setup_cb (ForlopRowList *self,
          GtkListItem   *list_item)
{
  GtkWidget *box = gtk_box_new (self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
                                self->narrow ? 2 : 12);
  const ForlopRowColumn line = { .title = "", .chars = 20 };

  gtk_widget_add_css_class (box, "row-list-row");
  if (self->narrow)
    {
      gtk_box_append (GTK_BOX (box), new_cell (&line));
      gtk_box_append (GTK_BOX (box), new_rest (self));
    }
  else
    for (unsigned int i = 0; i < self->n_columns; i++)
      if (self->columns[i].chars > 0)
        gtk_box_append (GTK_BOX (box), new_row_cell (&self->columns[i]));
  gtk_widget_add_css_class (gtk_widget_get_first_child (box), "row-list-title");
  gtk_list_item_set_child (list_item, box);
}

static void
set_style (ForlopRowList *self,
           GtkWidget     *cell,
           gconstpointer  fields)
{
  const char *old = g_object_get_data (G_OBJECT (cell), "row-style");
  const char *style = fields != NULL && self->style != NULL
                        ? self->style (fields, self->user_data) : NULL;

  if (g_strcmp0 (old, style) == 0)
    return;
  if (old != NULL)
    gtk_widget_remove_css_class (cell, old);
  if (style != NULL)
    gtk_widget_add_css_class (cell, style);
  g_object_set_data (G_OBJECT (cell), "row-style", (gpointer) style);
}

static void
show_row (ForlopRowList *self,
          GtkListItem   *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  ForlopPagedRow *row = gtk_list_item_get_item (list_item);
  gconstpointer fields = row != NULL ? forlop_paged_row_get_fields (row) : NULL;
  GtkWidget *cell = gtk_widget_get_first_child (box);
  g_autoptr (GString) sentence = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);

  set_style (self, cell, fields);
  for (unsigned int i = 0; i < self->n_columns; i++)
    {
      g_autofree char *text = fields != NULL ? self->text (fields, i, self->user_data) : NULL;

      if (text != NULL && text[0] != '\0')
        {
          if (i > 0)
            g_string_append_printf (sentence, ", %s ", _(self->columns[i].title));
          g_string_append (sentence, text);
          if (i > 0)
            g_string_append_printf (rest, "%s%s", rest->len > 0 ? " · " : "", text);
        }
      if (i > 0 && (self->narrow || self->columns[i].chars == 0))
        continue;
      gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
      gtk_widget_set_tooltip_text (cell, text);
      cell = gtk_widget_get_next_sibling (cell);
    }
  if (self->narrow)
    gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), rest->str);
  gtk_list_item_set_accessible_label (list_item, fields != NULL ? sentence->str : _("Loading…"));
}

static void
filled_cb (GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *list = box != NULL ? gtk_widget_get_ancestor (box, FORLOP_TYPE_ROW_LIST) : NULL;

  if (list != NULL)
    show_row (FORLOP_ROW_LIST (list), list_item);
}

static void
bind_cb (ForlopRowList *self,
         GtkListItem   *list_item)
{
  g_signal_connect_object (gtk_list_item_get_item (list_item), "notify::filled",
                           G_CALLBACK (filled_cb), list_item, G_CONNECT_SWAPPED);
  show_row (self, list_item);
}

static void
unbind_cb (ForlopRowList *self G_GNUC_UNUSED,
           GtkListItem   *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

static void
make_rows (ForlopRowList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  gtk_widget_set_visible (GTK_WIDGET (self->heading), !self->narrow && self->n_columns > 0);
}

static void
show_state (ForlopRowList *self)
{
  gboolean loading = FALSE;
  gboolean empty = self->model == NULL || g_list_model_get_n_items (self->model) == 0;

  if (self->model != NULL &&
      g_object_class_find_property (G_OBJECT_GET_CLASS (self->model), "loading") != NULL)
    g_object_get (self->model, "loading", &loading, NULL);

  if (!empty)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!loading && gtk_stack_get_child_by_name (self->stack, "empty") != NULL)
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
activate_cb (ForlopRowList *self,
             guint          position)
{
  g_autoptr (ForlopPagedRow) row = g_list_model_get_item (self->model, position);

  if (row != NULL && forlop_paged_row_is_filled (row))
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, row);
}

static void
forlop_row_list_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, FORLOP_ROW_LIST (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_row_list_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  ForlopRowList *self = FORLOP_ROW_LIST (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      self->narrow = g_value_get_boolean (value);
      make_rows (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_row_list_dispose (GObject *object)
{
  ForlopRowList *self = FORLOP_ROW_LIST (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (forlop_row_list_parent_class)->dispose (object);
}

static void
forlop_row_list_class_init (ForlopRowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_row_list_get_property;
  object_class->set_property = forlop_row_list_set_property;
  object_class->dispose = forlop_row_list_dispose;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopRowList::activate:
   * @row: the row that is to be opened; its fields are there.
   */
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, FORLOP_TYPE_PAGED_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/forlop-row-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopRowList, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopRowList, heading);
  gtk_widget_class_bind_template_child (widget_class, ForlopRowList, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
forlop_row_list_init (ForlopRowList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
forlop_row_list_new (void)
{
  return g_object_new (FORLOP_TYPE_ROW_LIST, NULL);
}

void
forlop_row_list_set_columns (ForlopRowList         *self,
                             const ForlopRowColumn *columns,
                             ForlopRowText          text,
                             ForlopRowStyle         style,
                             gpointer               user_data)
{
  g_return_if_fail (FORLOP_IS_ROW_LIST (self));
  g_return_if_fail (columns != NULL);
  g_return_if_fail (text != NULL);

  for (self->n_columns = 0; columns[self->n_columns].title != NULL; self->n_columns++)
    {
      g_return_if_fail (self->n_columns < MAX_COLUMNS);
      self->columns[self->n_columns] = columns[self->n_columns];
    }
  self->text = text;
  self->style = style;
  self->user_data = user_data;
  build_heading (self);
  make_rows (self);
}

void
forlop_row_list_set_model (ForlopRowList *self,
                           GListModel    *model)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_return_if_fail (FORLOP_IS_ROW_LIST (self));
  g_return_if_fail (G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (show_state), self);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (model), "loading") != NULL)
    g_signal_connect_swapped (model, "notify::loading", G_CALLBACK (show_state), self);

  selection = g_object_new (GTK_TYPE_SINGLE_SELECTION,
                            "autoselect", FALSE,
                            "can-unselect", TRUE,
                            "model", model,
                            NULL);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  show_state (self);
}

GListModel *
forlop_row_list_get_model (ForlopRowList *self)
{
  g_return_val_if_fail (FORLOP_IS_ROW_LIST (self), NULL);

  return self->model;
}

void
forlop_row_list_set_empty (ForlopRowList *self,
                           GtkWidget     *empty)
{
  GtkWidget *old;

  g_return_if_fail (FORLOP_IS_ROW_LIST (self));
  g_return_if_fail (GTK_IS_WIDGET (empty));

  old = gtk_stack_get_child_by_name (self->stack, "empty");
  if (old != NULL)
    gtk_stack_remove (self->stack, old);
  gtk_stack_add_named (self->stack, empty, "empty");
  show_state (self);
}

void
forlop_row_list_set_name (ForlopRowList *self,
                          const char    *name)
{
  g_return_if_fail (FORLOP_IS_ROW_LIST (self));
  g_return_if_fail (name != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}
