/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-json.h"

/* What a machine that has nothing yet gets before the log from its start: whole records of those whom
 * somebody must do something about, at one instant. */

/* The sooner the smaller. */
typedef enum {
  RANK_RED = 1,
  RANK_ALERT,
  RANK_TASK,
  RANK_RUNNING,
  RANK_OPEN,
} Rank;

typedef struct {
  const char *scope;
  Rank rank;
} Ranked;

static gboolean
text_is_any (yyjson_val        *body,
             const char        *field,
             const char *const *values)
{
  const char *text = yyjson_get_str (yyjson_obj_get (body, field));

  return text != NULL && g_strv_contains (values, text);
}

/* 0 for nothing that waits. */
static Rank
rank_alert (yyjson_val *body)
{
  if (!text_is_any (body, "status", (const char *const[]) { "new", "taken", "snoozed", NULL }))
    return 0;

  return text_is_any (body, "severity", (const char *const[]) { "red", NULL }) ? RANK_RED : RANK_ALERT;
}

static Rank
rank_task (yyjson_val *body)
{
  return text_is_any (body, "status", (const char *const[]) { "open", NULL }) ? RANK_TASK : 0;
}

static Rank
rank_case (yyjson_val *body)
{
  if (text_is_any (body, "status", (const char *const[]) { "running", NULL }))
    return RANK_RUNNING;

  return text_is_any (body, "status", (const char *const[]) { "open", "ended", NULL }) ? RANK_OPEN : 0;
}

static Rank
rank_row (const ForlopSyncRow *row,
          yyjson_val          *body)
{
  if (g_str_equal (row->type->name, "alert"))
    return rank_alert (body);

  return g_str_equal (row->type->name, "task") ? rank_task (body) : rank_case (body);
}

/* @ranks: the caller's citizens' scopes → #Rank. */
static gboolean
rank_all (ForlopServerStorage  *storage,
          GHashTable           *ranks,
          GError              **error)
{
  g_autoptr (GPtrArray) rows = storage->funcs->list_waiting (storage, error);

  if (rows == NULL)
    return FALSE;

  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (yyjson_doc) doc = row->body != NULL ? forlop_json_parse (row->body, -1, NULL) : NULL;
      yyjson_val *body = yyjson_doc_get_root (doc);
      const char *citizen_id = yyjson_get_str (yyjson_obj_get (body, "citizen_id"));
      g_autofree char *scope = citizen_id != NULL ? g_strconcat ("c:", citizen_id, NULL) : NULL;
      Rank rank = rank_row (row, body);
      gpointer key, value;

      if (rank == 0 || scope == NULL || !g_hash_table_lookup_extended (ranks, scope, &key, &value))
        continue;
      if (value == NULL || rank < (Rank) GPOINTER_TO_UINT (value))
        g_hash_table_replace (ranks, key, GUINT_TO_POINTER (rank));
    }

  return TRUE;
}

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *left = a;
  const Ranked *right = b;

  if (left->rank != right->rank)
    return (int) left->rank - (int) right->rank;

  return g_strcmp0 (left->scope, right->scope);
}

static gboolean
is_active (const ForlopServerGrant *grant,
           gint64                   now)
{
  return grant->active && (grant->valid_to == FORLOP_INSTANT_NONE || grant->valid_to > now);
}

/* Adds the whole scope, unless there is no room for it. */
static gboolean
add_scope (ForlopServerStorage  *storage,
           const char           *scope,
           gsize                *room,
           GPtrArray            *rows,
           gboolean             *added,
           GError              **error)
{
  g_autoptr (GPtrArray) more = storage->funcs->rows_of_scope (storage, scope, 0, "", "", G_MAXINT32, error);
  gsize bytes = 0;

  *added = FALSE;
  if (more == NULL)
    return FALSE;

  for (unsigned int i = 0; i < more->len; i++)
    bytes += forlop_sync_row_size (g_ptr_array_index (more, i));
  if (bytes > *room)
    return TRUE;

  *room -= bytes;
  *added = TRUE;
  g_ptr_array_extend_and_steal (rows, g_steal_pointer (&more));

  return TRUE;
}

static GArray *
rank_citizens (ForlopServerStorage  *storage,
               GPtrArray            *grants,
               gint64                now,
               GError              **error)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GHashTableIter iter;
  gpointer scope, rank;

  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopServerGrant *grant = g_ptr_array_index (grants, i);

      if (is_active (grant, now) && g_str_has_prefix (grant->scope, "c:"))
        g_hash_table_insert (ranks, grant->scope, NULL);
    }
  if (g_hash_table_size (ranks) > 0 && !rank_all (storage, ranks, error))
    return NULL;

  g_hash_table_iter_init (&iter, ranks);
  while (g_hash_table_iter_next (&iter, &scope, &rank))
    if (rank != NULL)
      {
        const Ranked each = { scope, (Rank) GPOINTER_TO_UINT (rank) };

        g_array_append_val (ranked, each);
      }
  g_array_sort (ranked, compare_ranked);

  return g_steal_pointer (&ranked);
}

/* What every list needs beside the citizens: who is who, and what waits for the unit. */
static gboolean
is_ground (const char *scope)
{
  return g_str_equal (scope, "cat") || g_str_has_prefix (scope, "u:") || g_str_has_prefix (scope, "org:");
}

/**
 * forlop_sync_first_rows:
 * @grants: #GPtrArray of #ForlopServerGrant: all of the caller's. Those that are left are of the scopes
 *   whose rows are given.
 *
 * Inside a transaction for reading. Whole scopes only, those with a red alert first, as many as there is
 * room for.
 *
 * Returns: (transfer full): #GPtrArray of #ForlopSyncRow; empty where nobody waits for anything.
 */
GPtrArray *
forlop_sync_first_rows (ForlopServerStorage  *storage,
                        GPtrArray            *grants,
                        gint64                now,
                        GError              **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_row_free);
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) ranked = rank_citizens (storage, grants, now, error);
  gsize room = FORLOP_SYNC_FIRST_BYTES;
  gboolean added;

  if (ranked == NULL)
    return NULL;

  for (unsigned int i = 0; ranked->len > 0 && i < grants->len; i++)
    {
      const ForlopServerGrant *grant = g_ptr_array_index (grants, i);

      if (!is_active (grant, now) || !is_ground (grant->scope))
        continue;
      if (!add_scope (storage, grant->scope, &room, rows, &added, error))
        return NULL;
      if (added)
        g_hash_table_add (given, g_strdup (grant->scope));
    }
  added = TRUE;
  for (unsigned int i = 0; added && i < ranked->len; i++)
    {
      const Ranked *each = &g_array_index (ranked, Ranked, i);

      if (!add_scope (storage, each->scope, &room, rows, &added, error))
        return NULL;
      if (added)
        g_hash_table_add (given, g_strdup (each->scope));
    }
  for (unsigned int i = grants->len; i > 0; i--)
    if (!g_hash_table_contains (given, ((ForlopServerGrant *) g_ptr_array_index (grants, i - 1))->scope))
      g_ptr_array_remove_index (grants, i - 1);

  return g_steal_pointer (&rows);
}
