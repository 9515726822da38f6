/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-purge-store.h"

/**
 * forlop_purge_store_measurements:
 * @also_own: whether unconfirmed ones go as well.
 */
gboolean
forlop_purge_store_measurements (ForlopConnection  *connection,
                                 const char        *citizen_id,
                                 gboolean           also_own,
                                 GError           **error)
{
  static const char own_sql[] =
    "DELETE FROM pending_row WHERE type = 'measurement' AND ?2 AND id IN "
    "(SELECT id FROM measurement WHERE citizen_id = ?1)";
  static const char all_sql[] =
    "DELETE FROM measurement WHERE citizen_id = ?1 AND (?2 OR id NOT IN "
    "(SELECT id FROM pending_row WHERE type = 'measurement'))";
  const char *const statements[] = { own_sql, all_sql };

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (citizen_id != NULL, FALSE);

  forlop_connection_touch (connection, "measurement");
  for (unsigned int i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (ForlopStatement) statement =
        forlop_connection_prepare (connection, statements[i], error);

      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_id (statement, 1, citizen_id);
      forlop_statement_bind_boolean (statement, 2, also_own);
      if (!forlop_statement_execute (statement, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_purge_store_history:
 * @key: "scope" or "id".
 *
 * Empties this machine's changesets that have something of a scope, or name a record. Their numbers stay, because the
 * server counts them; the server has what they said.
 */
gboolean
forlop_purge_store_history (ForlopConnection  *connection,
                            const char        *key,
                            const char        *value,
                            GError           **error)
{
#define OF_IT "instr (body, '\"' || ?1 || '\":\"' || ?2 || '\"') > 0"
  static const char result_sql[] =
    "UPDATE outbox SET result = '{\"code\":\"scope_revoked\"}' WHERE result IS NOT NULL AND op_id IN "
    "(SELECT op_id FROM changeset WHERE " OF_IT ")";
  static const char body_sql[] =
    "UPDATE changeset SET before = '[]', body = json_object ('op_id', json_extract (body, '$.op_id'), "
    "'act', 'purged', 'created_at', json_extract (body, '$.created_at'), 'by', json ('{}'), "
    "'ops', json ('[]')) WHERE " OF_IT;
#undef OF_IT
  const char *const statements[] = { result_sql, body_sql };

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (key != NULL && value != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (ForlopStatement) statement =
        forlop_connection_prepare (connection, statements[i], error);

      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_text (statement, 1, key);
      forlop_statement_bind_text (statement, 2, value);
      if (!forlop_statement_execute (statement, error))
        return FALSE;
    }
  forlop_connection_touch (connection, "outbox");

  return TRUE;
}

static GPtrArray *
list_texts (ForlopConnection  *connection,
            const char        *sql,
            GError           **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (texts, forlop_statement_dup_text (statement, 0));
    }
  while (has_row);

  return g_steal_pointer (&texts);
}

static gboolean
run_on_text (ForlopConnection  *connection,
             const char        *sql,
             const char        *text,
             GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, text);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_purge_store_drafts:
 * @ids: set of ids of records.
 *
 * Deletes the drafts of forms about one of the records: the key names it.
 */
gboolean
forlop_purge_store_drafts (ForlopConnection  *connection,
                           GHashTable        *ids,
                           GError           **error)
{
  g_autoptr (GPtrArray) keys = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (ids != NULL, FALSE);

  keys = list_texts (connection, "SELECT key FROM draft", error);
  if (keys == NULL)
    return FALSE;

  for (unsigned int i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      g_auto (GStrv) words = g_strsplit (key, " ", -1);

      for (unsigned int j = 0; words[j] != NULL; j++)
        if (g_hash_table_contains (ids, words[j]) &&
            !run_on_text (connection, "DELETE FROM draft WHERE key = ?1", key, error))
          return FALSE;
    }

  return TRUE;
}

/**
 * forlop_purge_store_note_blobs:
 *
 * Remembers the attachments of a record that is being deleted, so that their files can be removed when
 * the deletion is durable.
 */
gboolean
forlop_purge_store_note_blobs (ForlopConnection  *connection,
                               ForlopRecord      *record,
                               GError           **error)
{
  const ForlopRecordType *type;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);

  type = forlop_record_get_rtype (record);
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_BLOB && forlop_record_has (record, field->name) &&
        !run_on_text (connection, "INSERT OR IGNORE INTO purged_blob (hash) VALUES (?1)",
                      forlop_record_get_text (record, field->name), error))
      return FALSE;

  return TRUE;
}

/* What the server refused is kept with its attachments until a person has dealt with it. */
#define IS_REFUSED \
  "EXISTS (SELECT 1 FROM outbox JOIN changeset USING (op_id) " \
  "WHERE state IN ('waiting', 'answered', 'refused') AND instr (body, purged_blob.hash) > 0)"

GPtrArray *
forlop_purge_store_list_blobs (ForlopConnection  *connection,
                               GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT hash FROM purged_blob WHERE NOT " IS_REFUSED
                                          " AND hash NOT IN (SELECT hash FROM upload");
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_return_val_if_fail (connection != NULL, NULL);

  for (unsigned int i = 0; i < n; i++)
    for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
      if (field->kind == FORLOP_KIND_BLOB)
        g_string_append_printf (sql, " UNION ALL SELECT \"%s\" FROM \"%s\" WHERE deleted = 0 AND \"%s\" IS NOT NULL",
                                field->name, types[i]->name, field->name);
  g_string_append_c (sql, ')');

  return list_texts (connection, g_intern_string (sql->str), error);
}

/* Those that list_blobs() told of, and whose files are gone. */
gboolean
forlop_purge_store_forget_blobs (ForlopConnection  *connection,
                                 GPtrArray         *hashes,
                                 GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (hashes != NULL, FALSE);

  for (unsigned int i = 0; i < hashes->len; i++)
    if (!run_on_text (connection, "DELETE FROM purged_blob WHERE hash = ?1", g_ptr_array_index (hashes, i), error))
      return FALSE;

  return TRUE;
}
