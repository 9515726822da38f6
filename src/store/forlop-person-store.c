/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-person-store.h"

static gboolean
run (ForlopConnection  *connection,
     const char        *sql,
     GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  return statement != NULL && forlop_statement_execute (statement, error);
}

GPtrArray *
forlop_person_store_list_ids (ForlopConnection  *connection,
                              const char        *citizen_id,
                              GError           **error)
{
  static const char sql[] =
    "SELECT b.id FROM person a JOIN person b ON b.stands_id = a.stands_id WHERE a.id = ?1 "
    "ORDER BY b.id <> b.stands_id, b.id";
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);
  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (ids, forlop_statement_dup_id (statement, 0));
    }
  while (has_row);
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup (citizen_id));

  return g_steal_pointer (&ids);
}

char *
forlop_person_store_dup_stand (ForlopConnection  *connection,
                               const char        *citizen_id,
                               GError           **error)
{
  g_autoptr (GPtrArray) ids = forlop_person_store_list_ids (connection, citizen_id, error);

  return ids != NULL ? g_ptr_array_steal_index (ids, 0) : NULL;
}

char *
forlop_person_store_find (ForlopConnection  *connection,
                          const char        *id_number,
                          GError           **error)
{
  static const char sql[] =
    "SELECT id, merged_into_id IS NOT NULL AS rank FROM citizen WHERE id_number = ?1 AND deleted = 0 "
    "UNION ALL SELECT citizen_id, 2 FROM citizen_alias WHERE id_number = ?1 AND deleted = 0 "
    "ORDER BY rank, id LIMIT 1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *id = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (id_number != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, id_number);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row)
    return g_strdup ("");
  id = forlop_statement_dup_id (statement, 0);

  return forlop_person_store_dup_stand (connection, id, error);
}

/* A record counts as merged when the one that it names is here: what has come of a person is never
 * hidden behind what has not. Two that name each other each stand. */
static gboolean
make_again (ForlopConnection  *connection,
            GError           **error)
{
  static const char follow_sql[] =
    "INSERT INTO person (id, stands_id) WITH RECURSIVE up (id, at, n) AS ("
    "SELECT c.id, t.id, 1 FROM citizen c JOIN citizen t ON t.id = c.merged_into_id AND t.deleted = 0 "
    "WHERE c.deleted = 0 AND c.merged_into_id IS NOT NULL UNION ALL "
    "SELECT up.id, t.id, up.n + 1 FROM up JOIN citizen c ON c.id = up.at "
    "JOIN citizen t ON t.id = c.merged_into_id AND t.deleted = 0 WHERE up.n < 16) "
    "SELECT id, at FROM up GROUP BY id HAVING n = max (n) AND max (n) < 16";
  static const char stands_sql[] =
    "INSERT OR IGNORE INTO person (id, stands_id) SELECT DISTINCT stands_id, stands_id FROM person";

  return run (connection, "DELETE FROM person", error) && run (connection, follow_sql, error) &&
         run (connection, stands_sql, error);
}

static gboolean
is_named (ForlopConnection  *connection,
          const char        *id,
          gboolean          *named,
          GError           **error)
{
  static const char sql[] = "SELECT 1 FROM citizen WHERE merged_into_id = ?1 LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);

  return forlop_statement_step (statement, named, error);
}

gboolean
forlop_person_store_update (ForlopConnection       *connection,
                            const ForlopOperation  *operation,
                            gboolean               *has_changed,
                            GError                **error)
{
  gboolean is_concerned;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL && has_changed != NULL, FALSE);

  *has_changed = FALSE;
  is_concerned =
    (operation->before != NULL && forlop_record_has (operation->before, "merged_into_id")) ||
    (operation->after != NULL && forlop_record_has (operation->after, "merged_into_id"));
  if (!is_concerned && !is_named (connection, operation->id, &is_concerned, error))
    return FALSE;
  /* Not when only something else in the record that stands was written. */
  *has_changed = is_concerned && (operation->before == NULL || operation->after == NULL ||
                                  forlop_operation_changes (operation, "merged_into_id"));

  return !*has_changed || make_again (connection, error);
}
