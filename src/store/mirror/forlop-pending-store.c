/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-pending-store.h"

#include "forlop-mirror-row-store.h"
#include "forlop-outbox-store.h"

void
forlop_pending_record_free (ForlopPendingRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self);
}

static void
pending_change_free (ForlopPendingChange *self)
{
  g_free (self->json);
  g_free (self);
}

static gboolean
is_pending (ForlopConnection        *connection,
            const ForlopRecordType  *type,
            const char              *id,
            gboolean                *pending,
            GError                 **error)
{
  static const char sql[] = "SELECT 1 FROM pending_row WHERE id = ?1 AND type = ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  return forlop_statement_step (statement, pending, error);
}

/**
 * forlop_pending_store_keep:
 * @operation: about to be written; what it changes is still in its table.
 *
 * Keeps the server's version of a record before the first own change of it.
 */
gboolean
forlop_pending_store_keep (ForlopConnection       *connection,
                          const ForlopOperation  *operation,
                          GError                **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  gboolean pending;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  if (operation->before == NULL)
    return TRUE;
  if (!is_pending (connection, operation->type, operation->id, &pending, error))
    return FALSE;
  if (pending)
    return TRUE;

  row = forlop_sync_row_from_record (operation->before, 0);

  return forlop_mirror_row_store_put (connection, row, error);
}

static gboolean
add_builders (ForlopConnection  *connection,
              const char        *sql,
              const char        *type,
              const char        *id,
              GHashTable        *builders,
              GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        g_hash_table_add (builders, forlop_statement_dup_id (statement, 0));
    }
  while (has_row);

  return TRUE;
}

/* The unconfirmed changesets that wrote the same record, or made one that it refers to. */
static gboolean
find_builders (ForlopConnection       *connection,
               const ForlopOperation  *operation,
               GHashTable             *builders,
               GError                **error)
{
  static const char same_sql[] =
    "SELECT o.op_id FROM pending_row p JOIN outbox o USING (op_no) WHERE p.id = ?1 AND p.type = ?2";
  static const char made_sql[] =
    "SELECT o.op_id FROM pending_row p JOIN outbox o USING (op_no) "
    "WHERE p.id = ?1 AND p.type = ?2 AND p.made = 1";

  if (!add_builders (connection, same_sql, operation->type->name, operation->id, builders, error))
    return FALSE;

  for (const ForlopField *field = operation->type->fields;
       operation->after != NULL && field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_REF && forlop_record_has (operation->after, field->name) &&
        !add_builders (connection, made_sql, field->target,
                       forlop_record_get_text (operation->after, field->name), builders, error))
      return FALSE;

  return TRUE;
}

static char *
dup_list (GHashTable *builders)
{
  g_autoptr (GString) list = g_string_new ("[");
  g_autoptr (GList) ids = NULL;

  if (g_hash_table_size (builders) == 0)
    return NULL;

  ids = g_list_sort (g_hash_table_get_keys (builders), (GCompareFunc) strcmp);
  for (GList *link = ids; link != NULL; link = link->next)
    g_string_append_printf (list, "%s\"%s\"", link == ids ? "" : ",", (const char *) link->data);
  g_string_append_c (list, ']');

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * forlop_pending_store_dup_builders:
 * @builders: (out) (nullable): JSON: the ids of the unconfirmed changesets that this one builds on.
 */
gboolean
forlop_pending_store_dup_builders (ForlopConnection  *connection,
                                   ForlopChangeset   *changeset,
                                   char             **builders,
                                   GError           **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *operations;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL && builders != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    if (!find_builders (connection, g_ptr_array_index (operations, i), found, error))
      return FALSE;
  *builders = dup_list (found);

  return TRUE;
}

static gboolean
add_pending (ForlopConnection       *connection,
             gint64                  op_no,
             const ForlopOperation  *operation,
             GError                **error)
{
  static const char sql[] = "INSERT INTO pending_row (id, type, op_no, made) VALUES (?1, ?2, ?3, ?4)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, operation->id);
  forlop_statement_bind_text (statement, 2, operation->type->name);
  forlop_statement_bind_integer (statement, 3, op_no);
  forlop_statement_bind_boolean (statement, 4, operation->before == NULL);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_pending_store_add (ForlopConnection  *connection,
                          gint64             op_no,
                          ForlopChangeset   *changeset,
                          GError           **error)
{
  GPtrArray *operations;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    if (!add_pending (connection, op_no, g_ptr_array_index (operations, i), error))
      return FALSE;

  return TRUE;
}

/**
 * forlop_pending_store_list_settled:
 *
 * The records whose view changes because changesets that wrote them are settled.
 */
GPtrArray *
forlop_pending_store_list_settled (ForlopConnection  *connection,
                                   GError           **error)
{
  static const char sql[] =
    "SELECT DISTINCT p.type, p.id FROM outbox o JOIN pending_row p USING (op_no) "
    "WHERE o.state IN ('retained', 'refused')";
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_pending_record_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          ForlopPendingRecord *record = g_new0 (ForlopPendingRecord, 1);

          record->type = forlop_record_type_find (forlop_statement_get_text (statement, 0));
          record->id = forlop_statement_dup_id (statement, 1);
          g_ptr_array_add (records, record);
        }
    }
  while (has_row);

  return g_steal_pointer (&records);
}

gboolean
forlop_pending_store_drop_settled (ForlopConnection  *connection,
                                   GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return forlop_connection_execute (connection,
                                    "DELETE FROM pending_row WHERE op_no IN (SELECT op_no FROM outbox "
                                    "WHERE state IN ('retained', 'refused'))", error);
}

/**
 * forlop_pending_store_list:
 *
 * The unconfirmed changesets that wrote the record, oldest first.
 */
GPtrArray *
forlop_pending_store_list (ForlopConnection        *connection,
                                  const ForlopRecordType  *type,
                                  const char              *id,
                                  GError                 **error)
{
  static const char sql[] =
    "SELECT o.op_no, c.body, o.depends_on, o.resolves FROM pending_row p JOIN outbox o USING (op_no) "
    "JOIN changeset c USING (op_id) WHERE p.id = ?1 AND p.type = ?2 ORDER BY p.op_no";
  g_autoptr (GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) pending_change_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL && id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          ForlopPendingChange *change = g_new0 (ForlopPendingChange, 1);

          change->op_no = forlop_statement_get_integer (statement, 0);
          change->json = forlop_outbox_store_read_wire (statement);
          g_ptr_array_add (changes, change);
        }
    }
  while (has_row);

  return g_steal_pointer (&changes);
}

gboolean
forlop_pending_store_drop (ForlopConnection        *connection,
                                  const ForlopRecordType  *type,
                                  const char              *id,
                                  GError                 **error)
{
  static const char sql[] = "DELETE FROM pending_row WHERE id = ?1 AND type = ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  return forlop_statement_execute (statement, error);
}
