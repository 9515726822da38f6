/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-row-feed.h"

#include <string.h>

static gboolean
advance (ForlopRowFeed  *feed,
         GError        **error)
{
  g_clear_pointer (&feed->row, forlop_sync_row_free);

  return feed->advance (feed, error);
}

static int
compare_rows (const ForlopSyncRow *a,
              const ForlopSyncRow *b)
{
  int order;

  if (a->seq != b->seq)
    return a->seq < b->seq ? -1 : 1;
  order = strcmp (a->type->name, b->type->name);

  return order != 0 ? order : strcmp (a->id, b->id);
}

/* The feed whose row comes first; NULL at the end of both. */
static ForlopRowFeed *
first_of (ForlopRowFeed *a,
          ForlopRowFeed *b)
{
  if (a->row == NULL)
    return b->row != NULL ? b : NULL;
  if (b->row == NULL)
    return a;

  return compare_rows (a->row, b->row) < 0 ? a : b;
}

GPtrArray *
forlop_row_feed_read_positions (ForlopRowFeed  *records,
                                ForlopRowFeed  *measurements,
                                unsigned int    max_rows,
                                gsize           max_bytes,
                                gint64         *to,
                                GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_row_free);
  gint64 last = 0;
  gsize bytes = 0;
  ForlopRowFeed *feed;

  g_return_val_if_fail (records != NULL && measurements != NULL && to != NULL, NULL);

  if (!advance (records, error) || !advance (measurements, error))
    return NULL;

  while ((feed = first_of (records, measurements)) != NULL)
    {
      if (rows->len > 0 && feed->row->seq != last && (rows->len >= max_rows || bytes >= max_bytes))
        {
          *to = last;
          break;
        }
      last = feed->row->seq;
      bytes += forlop_sync_row_size (feed->row);
      g_ptr_array_add (rows, g_steal_pointer (&feed->row));
      if (!advance (feed, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}

GPtrArray *
forlop_row_feed_read_rows (ForlopRowFeed  *records,
                           ForlopRowFeed  *measurements,
                           unsigned int    max_rows,
                           GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_row_free);
  ForlopRowFeed *feed;

  g_return_val_if_fail (records != NULL && measurements != NULL, NULL);

  if (!advance (records, error) || !advance (measurements, error))
    return NULL;

  while (rows->len < max_rows && (feed = first_of (records, measurements)) != NULL)
    {
      g_ptr_array_add (rows, g_steal_pointer (&feed->row));
      if (!advance (feed, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}
