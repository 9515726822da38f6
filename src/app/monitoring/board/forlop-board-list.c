/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-list-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-line.h"
#include "forlop-board-splice.h"

/* Lines made before the first frame: more than a high window shows. The rest follow behind them. */
#define FIRST_LINES 24
/* Milliseconds in which the citizen who is chosen is read and painted. */
#define REST_DELAY 120

enum {
  SIGNAL_CHOSEN,
  SIGNAL_COMMAND,
  SIGNAL_BRIEF,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardList, forlop_board_list, ADW_TYPE_BIN)

static ForlopBoardItem *
get_selected_item (ForlopBoardList *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
forlop_board_list_command (ForlopBoardList *self,
                           const char      *command)
{
  g_signal_emit (self, signals[SIGNAL_COMMAND], 0, command);
}

unsigned int
forlop_board_list_find (ForlopBoardList *self,
                        const char      *key)
{
  unsigned int n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  for (unsigned int i = 0; key != NULL && i < n; i++)
    {
      g_autoptr(ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (g_str_equal (forlop_board_item_get_key (item), key))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The same citizen, or whoever took the place. */
static void
forlop_board_list_restore_selection (ForlopBoardList *self)
{
  unsigned int n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  unsigned int position = forlop_board_list_find (self, self->selected_key);

  if (n == 0)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    {
      g_autoptr(ForlopBoardItem) item = NULL;

      position = MIN (self->selected_position, n - 1);
      item = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
      if (forlop_board_item_is_fold (item) && position > 0)
        position--;
    }
  gtk_single_selection_set_selected (self->selection, position);
}

static void
forlop_board_list_remember (ForlopBoardList *self)
{
  ForlopBoardItem *item = get_selected_item (self);

  if (item == NULL)
    return;

  g_set_str (&self->selected_key, forlop_board_item_get_key (item));
  self->selected_position = gtk_single_selection_get_selected (self->selection);
}

static void
selected_changed_cb (ForlopBoardList *self)
{
  if (self->restoring)
    return;

  forlop_board_list_remember (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static gboolean
is_begun (ForlopBoardList      *self,
          const ForlopBoardRow *row)
{
  return self->drafts != NULL &&
         forlop_board_drafts_find (self->drafts, g_ptr_array_index (self->places, row->place), row->case_id) != NULL;
}

static ForlopBoardItem *
new_item (ForlopBoardList *self,
          ForlopBoardRow  *row)
{
  ForlopBoardItem *item = forlop_board_item_new (row, g_ptr_array_index (self->places, row->place), self->now);

  forlop_board_item_set_begun (item, is_begun (self, row));

  return item;
}

static void
drafts_changed_cb (ForlopBoardList *self,
                   const char      *case_id,
                   gboolean         begun)
{
  unsigned int position = forlop_board_list_find (self, case_id);

  for (unsigned int i = 0; i < self->items->len; i++)
    if (g_str_equal (forlop_board_item_get_key (g_ptr_array_index (self->items, i)), case_id))
      forlop_board_item_set_begun (g_ptr_array_index (self->items, i), begun);
  for (unsigned int i = 0; i < self->calm_items->len; i++)
    if (g_str_equal (forlop_board_item_get_key (g_ptr_array_index (self->calm_items, i)), case_id))
      forlop_board_item_set_begun (g_ptr_array_index (self->calm_items, i), begun);
  /* A line that has not changed since stands with the item it had. */
  if (position != GTK_INVALID_LIST_POSITION)
    {
      g_autoptr(ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

      forlop_board_item_set_begun (item, begun);
    }
}

static void
forlop_board_list_unfold (ForlopBoardList *self)
{
  for (unsigned int i = 0; i < self->calm_rows->len; i++)
    g_ptr_array_add (self->calm_items,
                     new_item (self, g_ptr_array_index (self->calm_rows, i)));

  /* The items own them now. */
  g_ptr_array_set_free_func (self->calm_rows, NULL);
  g_ptr_array_set_size (self->calm_rows, 0);
  g_ptr_array_set_free_func (self->calm_rows, (GDestroyNotify) forlop_board_row_free);
}

static void forlop_board_list_rebuild (ForlopBoardList *self);

static gboolean
rest_cb (gpointer user_data)
{
  ForlopBoardList *self = user_data;

  self->rest_source = 0;
  forlop_board_list_rebuild (self);

  return G_SOURCE_REMOVE;
}

/* A line is dear to make, and what is out of sight can wait until the first frame is there. */
static void
forlop_board_list_put_off_rest (ForlopBoardList *self,
                                GPtrArray       *wanted)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->lines)) > 0 || wanted->len <= FIRST_LINES)
    return;

  g_ptr_array_set_size (wanted, FIRST_LINES);
  self->rest_source = g_timeout_add (REST_DELAY, rest_cb, self);
}

static void
forlop_board_list_rebuild (ForlopBoardList *self)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr(ForlopBoardItem) fold = NULL;
  unsigned int n_calm = self->calm_rows->len + self->calm_items->len;
  const char *before = self->selected_key;

  g_clear_handle_id (&self->rest_source, g_source_remove);
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      ForlopBoardItem *item = g_ptr_array_index (self->items, i);

      if (self->filter < 0 || (int) forlop_board_item_get_row (item)->need == self->filter)
        g_ptr_array_add (wanted, item);
    }
  if (n_calm > 0 && (self->filter < 0 || self->filter == FORLOP_BOARD_CALM))
    {
      gboolean expanded = self->expanded || self->filter == FORLOP_BOARD_CALM;

      fold = forlop_board_item_new_fold (n_calm, self->n_unticked, expanded, self->round);
      g_ptr_array_add (wanted, fold);
      if (expanded)
        {
          forlop_board_list_unfold (self);
          g_ptr_array_extend (wanted, self->calm_items, NULL, NULL);
        }
    }

  forlop_board_list_put_off_rest (self, wanted);
  self->restoring = TRUE;
  forlop_board_splice (self->lines, wanted);
  for (unsigned int i = 0; i < wanted->len; i++)
    {
      g_autoptr(ForlopBoardItem) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      forlop_board_item_adopt (line, g_ptr_array_index (wanted, i));
    }
  forlop_board_list_restore_selection (self);
  self->restoring = FALSE;
  gtk_widget_set_visible (self->nobody, wanted->len == 0);

  if (wanted->len == 0)
    {
      g_clear_pointer (&self->selected_key, g_free);
      g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
    }
  else if (before == NULL || forlop_board_list_find (self, before) != gtk_single_selection_get_selected (self->selection))
    selected_changed_cb (self);
  else
    forlop_board_list_remember (self);
}

static void
activate_cb (ForlopBoardList *self,
             unsigned int     position)
{
  g_autoptr(ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  if (item == NULL)
    return;
  if (forlop_board_item_is_fold (item))
    forlop_board_list_set_expanded (self, !self->expanded);
  else
    forlop_board_list_command (self, "open");
}

static void
tick_cb (ForlopBoardList *self)
{
  forlop_board_list_command (self, "tick-green");
}

static void
setup_cb (ForlopBoardList *self,
          GtkListItem     *list_item)
{
  GtkWidget *line = forlop_board_line_new ();

  g_signal_connect_object (line, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "brief-changed", G_CALLBACK (forlop_board_line_set_brief), line,
                           G_CONNECT_SWAPPED);
  forlop_board_line_set_brief (FORLOP_BOARD_LINE (line), self->brief);
  gtk_list_item_set_child (list_item, line);
}

static void
describe_cb (GtkListItem *list_item)
{
  g_autofree char *sentence = forlop_board_item_dup_sentence (gtk_list_item_get_item (list_item));

  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
bind_cb (ForlopBoardList *self,
         GtkListItem     *list_item)
{
  ForlopBoardItem *item = gtk_list_item_get_item (list_item);

  forlop_board_line_set_item (FORLOP_BOARD_LINE (gtk_list_item_get_child (list_item)), item);
  describe_cb (list_item);
  g_signal_connect_object (item, "notify::begun", G_CALLBACK (describe_cb), list_item, G_CONNECT_SWAPPED);
  forlop_board_trends_want (self->trends, item, self->now);
}

static void
unbind_cb (ForlopBoardList *self G_GNUC_UNUSED,
           GtkListItem     *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
  forlop_board_line_set_item (FORLOP_BOARD_LINE (gtk_list_item_get_child (list_item)), NULL);
}

static void
forlop_board_list_dispose (GObject *object)
{
  ForlopBoardList *self = FORLOP_BOARD_LIST (object);

  g_clear_handle_id (&self->rest_source, g_source_remove);

  G_OBJECT_CLASS (forlop_board_list_parent_class)->dispose (object);
}

static void
forlop_board_list_finalize (GObject *object)
{
  ForlopBoardList *self = FORLOP_BOARD_LIST (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->calm_rows);
  g_ptr_array_unref (self->calm_items);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  forlop_board_trends_free (self->trends);
  g_clear_object (&self->drafts);
  g_free (self->selected_key);

  G_OBJECT_CLASS (forlop_board_list_parent_class)->finalize (object);
}

static void
forlop_board_list_class_init (ForlopBoardListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_board_list_dispose;
  object_class->finalize = forlop_board_list_finalize;

  /**
   * ForlopBoardList::chosen:
   *
   * Another line is selected.
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * ForlopBoardList::command:
   * @command: What somebody wants to do with the selected line: "open", one of a key's (see
   *   forlop_board_keys_find()), or "tick-green" for the whole fold.
   */
  signals[SIGNAL_COMMAND] =
    g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * ForlopBoardList::brief-changed:
   * @brief: Whether the lines leave the course out.
   */
  signals[SIGNAL_BRIEF] =
    g_signal_new ("brief-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (FORLOP_TYPE_BOARD_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/board/forlop-board-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardList, nobody);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardList, list_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardList, selection);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardList, lines);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "key_pressed_cb",
                                                G_CALLBACK (forlop_board_list_key_pressed_cb));
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
forlop_board_list_init (ForlopBoardList *self)
{
  self->filter = -1;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->calm_rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  self->calm_items = g_ptr_array_new_with_free_func (g_object_unref);
  self->trends = forlop_board_trends_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
forlop_board_list_set_drafts (ForlopBoardList   *self,
                              ForlopBoardDrafts *drafts)
{
  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));
  g_return_if_fail (self->drafts == NULL);

  self->drafts = g_object_ref (drafts);
  g_signal_connect_object (drafts, "changed", G_CALLBACK (drafts_changed_cb), self, G_CONNECT_SWAPPED);
}

void
forlop_board_list_take_board (ForlopBoardList *self,
                              ForlopBoard     *board,
                              GPtrArray       *places,
                              gint64           now,
                              gboolean         whole)
{
  GPtrArray *rows;

  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));
  g_return_if_fail (board != NULL && places != NULL);

  rows = board->rows;
  self->now = now;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = g_ptr_array_ref (places);
  self->round = whole && forlop_board_places_have_round (places);
  self->n_unticked = 0;
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->calm_rows, 0);
  g_ptr_array_set_size (self->calm_items, 0);

  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (rows, i);

      if (row->need == FORLOP_BOARD_CALM && !row->ticked &&
          forlop_board_place_get_round (g_ptr_array_index (places, row->place)) != NULL)
        self->n_unticked++;
      /* What somebody began on does not disappear into the fold. */
      if (row->need != FORLOP_BOARD_CALM || is_begun (self, row))
        g_ptr_array_add (self->items, new_item (self, row));
      else
        g_ptr_array_add (self->calm_rows, row);
    }
  /* The items and the fold own them now. */
  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);

  forlop_board_list_rebuild (self);
}

void
forlop_board_list_set_filter (ForlopBoardList *self,
                              int              need)
{
  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));
  g_return_if_fail (need >= -1 && need < FORLOP_BOARD_N_NEEDS);

  if (self->filter == need)
    return;

  self->filter = need;
  forlop_board_list_rebuild (self);
}

void
forlop_board_list_set_brief (ForlopBoardList *self,
                             gboolean         brief)
{
  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));

  if (self->brief == !!brief)
    return;

  self->brief = !!brief;
  g_signal_emit (self, signals[SIGNAL_BRIEF], 0, self->brief);
}

const ForlopBoardRow *
forlop_board_list_get_selected (ForlopBoardList *self)
{
  ForlopBoardItem *item;

  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), NULL);

  item = get_selected_item (self);

  return item != NULL ? forlop_board_item_get_row (item) : NULL;
}

ForlopBoardPlace *
forlop_board_list_get_selected_place (ForlopBoardList *self)
{
  ForlopBoardItem *item;

  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), NULL);

  item = get_selected_item (self);

  return item != NULL ? forlop_board_item_get_place (item) : NULL;
}

GPtrArray *
forlop_board_list_list_open (ForlopBoardList *self,
                             unsigned int     place)
{
  GPtrArray *rows = g_ptr_array_new ();

  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), rows);

  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const ForlopBoardRow *row = forlop_board_item_get_row (g_ptr_array_index (self->items, i));

      if (row != NULL && row->place == place && row->need < FORLOP_BOARD_CALM && row->need != FORLOP_BOARD_WATCH)
        g_ptr_array_add (rows, (gpointer) row);
    }

  return rows;
}

gboolean
forlop_board_list_select (ForlopBoardList *self,
                          const char      *case_id)
{
  unsigned int position;

  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), FALSE);
  g_return_val_if_fail (case_id != NULL, FALSE);

  position = forlop_board_list_find (self, case_id);
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  gtk_single_selection_set_selected (self->selection, position);

  return TRUE;
}

void
forlop_board_list_set_expanded (ForlopBoardList *self,
                                gboolean         expanded)
{
  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));

  if (self->expanded == !!expanded)
    return;

  self->expanded = !!expanded;
  forlop_board_list_rebuild (self);
}

unsigned int
forlop_board_list_get_n_lines (ForlopBoardList *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}
