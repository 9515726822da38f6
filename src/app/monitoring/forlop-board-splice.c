/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-splice.h"

static gboolean
is_same (GListStore      *store,
         unsigned int     position,
         ForlopBoardItem *item)
{
  g_autoptr(ForlopBoardItem) present = g_list_model_get_item (G_LIST_MODEL (store), position);

  return forlop_board_item_equal (present, item);
}

void
forlop_board_splice (GListStore *store,
                     GPtrArray  *wanted)
{
  unsigned int n_present;
  unsigned int n_common;
  unsigned int head = 0;
  unsigned int tail = 0;

  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (wanted != NULL);

  n_present = g_list_model_get_n_items (G_LIST_MODEL (store));
  n_common = MIN (n_present, wanted->len);
  while (head < n_common && is_same (store, head, g_ptr_array_index (wanted, head)))
    head++;
  while (tail < n_common - head &&
         is_same (store, n_present - 1 - tail, g_ptr_array_index (wanted, wanted->len - 1 - tail)))
    tail++;
  if (head + tail == n_present && head + tail == wanted->len)
    return;

  g_list_store_splice (store, head, n_present - head - tail, wanted->pdata + head,
                       wanted->len - head - tail);
}
