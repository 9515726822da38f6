/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unknown-store.h"

#include "forlop-record-pick.h"
#include "forlop-record-store.h"

GPtrArray *
forlop_unknown_store_list (ForlopConnection  *connection,
                           unsigned int       limit,
                           GError           **error)
{
  static const char sql[] = "SELECT id FROM unknown_measurement WHERE status = 'new' AND deleted = 0 "
                            "ORDER BY received_at DESC, id LIMIT ?1";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);

  return forlop_record_pick_listed (connection, "unknown_measurement", statement, error);
}

char *
forlop_unknown_store_dup_status (ForlopConnection  *connection,
                                 const char        *id,
                                 GError           **error)
{
  static const char sql[] = "SELECT status FROM unknown_measurement WHERE id = ?1 AND deleted = 0";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL && id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, id);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;

  return has_row ? forlop_statement_dup_text (statement, 0) : g_strdup ("");
}

static gboolean
add_name (ForlopConnection  *connection,
          GHashTable        *names,
          const char        *citizen_id,
          GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "SELECT name FROM citizen_row WHERE id = ?1", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    g_hash_table_insert (names, g_strdup (citizen_id), forlop_statement_dup_text (statement, 0));

  return TRUE;
}

GHashTable *
forlop_unknown_store_list_names (ForlopConnection  *connection,
                                 GPtrArray         *records,
                                 GError           **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (connection != NULL && records != NULL, NULL);

  for (unsigned int i = 0; i < records->len; i++)
    {
      const char *citizen_id = forlop_record_get_text (g_ptr_array_index (records, i), "citizen_id");

      if (citizen_id != NULL && !g_hash_table_contains (names, citizen_id) &&
          !add_name (connection, names, citizen_id, error))
        return NULL;
    }

  return g_steal_pointer (&names);
}
