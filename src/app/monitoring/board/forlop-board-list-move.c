/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-list-private.h"

#include "forlop-board-keys.h"

/* The keyboard in the list. */

static gboolean
forlop_board_list_move (ForlopBoardList *self,
                        int              step)
{
  unsigned int n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  unsigned int selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return GDK_EVENT_PROPAGATE;
  if (selected == GTK_INVALID_LIST_POSITION)
    selected = 0;
  else if (step < 0 && selected > 0)
    selected--;
  else if (step > 0 && selected + 1 < n)
    selected++;
  gtk_list_view_scroll_to (self->list_view, selected,
                           GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);

  return GDK_EVENT_STOP;
}

gboolean
forlop_board_list_key_pressed_cb (ForlopBoardList *self,
                                  unsigned int     key,
                                  unsigned int     code G_GNUC_UNUSED,
                                  GdkModifierType  modifiers)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *command = forlop_board_keys_find (key);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  /* Space presses a button when a button has the keyboard. */
  if (root != NULL && GTK_IS_BUTTON (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_j || key == GDK_KEY_J)
    return forlop_board_list_move (self, 1);
  if (key == GDK_KEY_k || key == GDK_KEY_K)
    return forlop_board_list_move (self, -1);
  if (command == NULL)
    return GDK_EVENT_PROPAGATE;

  forlop_board_list_command (self, command);

  return GDK_EVENT_STOP;
}

gboolean
forlop_board_list_select_next (ForlopBoardList *self)
{
  unsigned int n;
  unsigned int selected;

  g_return_val_if_fail (FORLOP_IS_BOARD_LIST (self), FALSE);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  selected = gtk_single_selection_get_selected (self->selection);
  for (unsigned int i = 1; i <= n; i++)
    {
      unsigned int position = (selected + i) % n;
      g_autoptr(ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
      const ForlopBoardRow *row = forlop_board_item_get_row (item);

      if (row == NULL || row->need >= FORLOP_BOARD_SNOOZED || row->taken_by != NULL || row->ticked)
        continue;
      gtk_list_view_scroll_to (self->list_view, position,
                               GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
      return TRUE;
    }

  return FALSE;
}

void
forlop_board_list_grab_focus (ForlopBoardList *self)
{
  unsigned int selected;

  g_return_if_fail (FORLOP_IS_BOARD_LIST (self));

  selected = gtk_single_selection_get_selected (self->selection);
  if (selected == GTK_INVALID_LIST_POSITION)
    return;

  /* Says which row it is; the keyboard follows only when it is asked to. */
  gtk_list_view_scroll_to (self->list_view, selected, GTK_LIST_SCROLL_FOCUS, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}
