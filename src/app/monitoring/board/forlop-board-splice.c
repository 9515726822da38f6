/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-splice.h"

/* Borrowed; the store keeps it. */
static ForlopBoardItem *
item_at (GListStore   *store,
         unsigned int  position)
{
  g_autoptr(ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return item;
}

static gboolean
is_same (GListStore      *store,
         unsigned int     position,
         ForlopBoardItem *item)
{
  return forlop_board_item_equal (item_at (store, position), item);
}

static gboolean
has_key (GHashTable      *keys,
         ForlopBoardItem *item)
{
  return g_hash_table_contains (keys, forlop_board_item_get_key (item));
}

/* Those of whom nothing is wanted any longer, from behind. Returns where the rest ends. */
static unsigned int
remove_gone (GListStore   *store,
             unsigned int  first,
             unsigned int  end,
             GHashTable   *wanted)
{
  unsigned int run = 0;

  for (unsigned int i = end; i > first; i--)
    {
      if (!has_key (wanted, item_at (store, i - 1)))
        run++;
      else if (run > 0)
        {
          g_list_store_splice (store, i, run, NULL, 0);
          end -= run;
          run = 0;
        }
    }
  if (run > 0)
    g_list_store_splice (store, first, run, NULL, 0);

  return end - run;
}

/* How many from @first on are not there yet. */
static unsigned int
count_new (GPtrArray    *wanted,
           unsigned int  first,
           unsigned int  end,
           GHashTable   *present)
{
  unsigned int n = 0;

  while (first + n < end && !has_key (present, g_ptr_array_index (wanted, first + n)))
    n++;

  return n;
}

/* Whoever stands at @position is the wanted one afterwards. */
static void
put_in_place (GListStore      *store,
              unsigned int     position,
              ForlopBoardItem *item)
{
  const char *key = forlop_board_item_get_key (item);
  unsigned int at = position;
  gpointer additions[] = { item };

  while (!g_str_equal (forlop_board_item_get_key (item_at (store, at)), key))
    at++;
  if (at != position)
    g_list_store_remove (store, at);
  else if (is_same (store, position, item))
    return;
  g_list_store_splice (store, position, at == position, additions, 1);
}

static void
splice_middle (GListStore   *store,
               GPtrArray    *wanted,
               unsigned int  head,
               unsigned int  tail)
{
  unsigned int end = wanted->len - tail;
  unsigned int present_end = g_list_model_get_n_items (G_LIST_MODEL (store)) - tail;
  g_autoptr(GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = head; i < end; i++)
    g_hash_table_add (keys, (gpointer) forlop_board_item_get_key (g_ptr_array_index (wanted, i)));
  present_end = remove_gone (store, head, present_end, keys);
  for (unsigned int i = head; i < present_end; i++)
    g_hash_table_add (present, g_strdup (forlop_board_item_get_key (item_at (store, i))));

  for (unsigned int i = head; i < end;)
    {
      unsigned int n = count_new (wanted, i, end, present);

      if (n > 0)
        g_list_store_splice (store, i, 0, wanted->pdata + i, n);
      else
        {
          put_in_place (store, i, g_ptr_array_index (wanted, i));
          n = 1;
        }
      i += n;
    }
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

  splice_middle (store, wanted, head, tail);
}
