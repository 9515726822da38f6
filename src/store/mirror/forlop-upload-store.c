/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-upload-store.h"

#include "forlop-purge-store.h"
#include "forlop-record-store.h"

static void
bind_contents (ForlopStatement          *statement,
               const ForlopSyncContents *contents)
{
  forlop_statement_bind_id (statement, 1, contents->id);
  forlop_statement_bind_text (statement, 2, contents->type->name);
  forlop_statement_bind_text (statement, 3, contents->field);
  forlop_statement_bind_text (statement, 4, contents->hash);
}

static gboolean
insert (ForlopConnection          *connection,
        const ForlopSyncContents  *contents,
        const char                *scope,
        GError                   **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO upload (id, type, field, hash, scope) VALUES (?1, ?2, ?3, ?4, ?5)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_contents (statement, contents);
  forlop_statement_bind_text (statement, 5, scope);
  forlop_connection_touch (connection, "outbox");

  return forlop_statement_execute (statement, error);
}

static gboolean
add_new (ForlopConnection       *connection,
         const ForlopOperation  *operation,
         GError                **error)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);
  g_autofree char *scope = forlop_record_dup_scope (operation->after);

  forlop_sync_contents_collect (operation->after, named);
  for (unsigned int i = 0; i < named->len; i++)
    {
      const ForlopSyncContents *contents = g_ptr_array_index (named, i);

      if ((operation->before == NULL ||
           !forlop_record_text_is (operation->before, contents->field, contents->hash)) &&
          !insert (connection, contents, scope, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_upload_store_add (ForlopConnection  *connection,
                         ForlopChangeset   *changeset,
                         GError           **error)
{
  GPtrArray *operations;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (!forlop_record_type_has_contents (operation->type))
        continue;
      /* The deletion may be refused: what waits to be sent waits until the server wants it no more. */
      if (operation->after != NULL ? !add_new (connection, operation, error)
                                   : !forlop_purge_store_note_blobs (connection, operation->before, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_upload_store_add_again (ForlopConnection          *connection,
                               const ForlopSyncContents  *contents,
                               GError                   **error)
{
  g_autoptr (ForlopRecord) record = NULL;
  g_autofree char *scope = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  record = forlop_record_store_peek (connection, contents->type, contents->id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  scope = forlop_record_dup_scope (record);

  return insert (connection, contents, scope, error);
}

static gboolean
add_waiting (ForlopConnection        *connection,
             const ForlopRecordType  *type,
             const ForlopField       *field,
             GError                 **error)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT OR IGNORE INTO upload (id, type, field, hash, scope) "
    "SELECT unhex (replace (json_extract (value, '$.id'), '-', '')), '%s', '%s', "
    "json_extract (value, '$.set.%s'), json_extract (value, '$.scope') "
    "FROM outbox JOIN changeset USING (op_id), json_each (body, '$.ops') WHERE state = 'waiting' "
    "AND json_extract (value, '$.type') = '%s' AND json_extract (value, '$.set.%s') IS NOT NULL",
    type->name, field->name, field->name, type->name, field->name);

  return forlop_connection_execute (connection, g_intern_string (sql), error);
}

/**
 * forlop_upload_store_add_waiting:
 *
 * What was refused may be taken by a server that was restored, and nobody but this machine has its files.
 */
gboolean
forlop_upload_store_add_waiting (ForlopConnection  *connection,
                                 GError           **error)
{
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_return_val_if_fail (connection != NULL, FALSE);

  for (unsigned int i = 0; i < n; i++)
    for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
      if (field->kind == FORLOP_KIND_BLOB && !add_waiting (connection, types[i], field, error))
        return FALSE;

  return TRUE;
}

/* Columns type, id, field and hash. What this program does not know is left where it is. */
static gboolean
read_all (ForlopStatement  *statement,
          GPtrArray        *list,
          GError          **error)
{
  gboolean has_row;

  while (TRUE)
    {
      g_autofree char *id = NULL;
      const ForlopRecordType *type;
      const ForlopField *field;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      type = forlop_record_type_find (forlop_statement_get_text (statement, 0));
      field = type != NULL ? forlop_record_type_field (type, forlop_statement_get_text (statement, 2)) : NULL;
      id = forlop_statement_dup_id (statement, 1);
      if (field != NULL && field->kind == FORLOP_KIND_BLOB)
        g_ptr_array_add (list,
                         forlop_sync_contents_new (type, id, field, forlop_statement_get_text (statement, 3)));
    }
}

static GPtrArray *
list (ForlopStatement  *statement,
      GError          **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);

  return read_all (statement, all, error) ? g_steal_pointer (&all) : NULL;
}

GPtrArray *
forlop_upload_store_list (ForlopConnection  *connection,
                          unsigned int       limit,
                          GError           **error)
{
  static const char sql[] = "SELECT type, id, field, hash FROM upload ORDER BY id LIMIT ?1";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);

  return list (statement, error);
}

gboolean
forlop_upload_store_drop (ForlopConnection          *connection,
                          const ForlopSyncContents  *contents,
                          GError                   **error)
{
  static const char sql[] = "DELETE FROM upload WHERE id = ?1 AND type = ?2 AND field = ?3 AND hash = ?4";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_contents (statement, contents);
  forlop_connection_touch (connection, "outbox");

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_upload_store_drop_record (ForlopConnection        *connection,
                                 const ForlopRecordType  *type,
                                 const char              *id,
                                 GError                 **error)
{
  static const char sql[] = "DELETE FROM upload WHERE id = ?1 AND type = ?2";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  return forlop_statement_execute (statement, error);
}

GPtrArray *
forlop_upload_store_list_named (ForlopConnection  *connection,
                                GError           **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (ForlopStatement) statement = NULL;
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_return_val_if_fail (connection != NULL, NULL);

  for (unsigned int i = 0; i < n; i++)
    for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
      if (field->kind == FORLOP_KIND_BLOB)
        g_string_append_printf (sql, "%sSELECT '%s', id, '%s', \"%s\" FROM \"%s\" "
                                "WHERE deleted = 0 AND \"%s\" IS NOT NULL",
                                sql->len > 0 ? " UNION ALL " : "", types[i]->name, field->name, field->name,
                                types[i]->name, field->name);
  statement = forlop_connection_prepare (connection, g_intern_string (sql->str), error);

  return statement != NULL ? list (statement, error) : NULL;
}

gboolean
forlop_upload_store_is_named (ForlopConnection          *connection,
                              const ForlopSyncContents  *contents,
                              gboolean                  *is_named,
                              GError                   **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (contents != NULL && is_named != NULL, FALSE);

  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?1 AND deleted = 0 AND \"%s\" = ?2", contents->type->name,
                         contents->field);
  statement = forlop_connection_prepare (connection, g_intern_string (sql), error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, contents->id);
  forlop_statement_bind_text (statement, 2, contents->hash);

  return forlop_statement_step (statement, is_named, error);
}
