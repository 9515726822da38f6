/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-mirror-row-store.h"

#include "forlop-list-store.h"
#include "forlop-measurement-store.h"
#include "forlop-record-store.h"

static void
mirror_entry_free (ForlopMirrorEntry *self)
{
  g_free (self->id);
  g_free (self->vtag);
  g_free (self);
}

static gboolean
is_measurement (const ForlopRecordType *type)
{
  return g_str_equal (type->name, "measurement");
}

static gboolean
run_on_record (ForlopConnection        *connection,
               const char              *sql,
               const ForlopRecordType  *type,
               const char              *id,
               GError                 **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_row_store_drop:
 * @also_tombstone: whether the server's deletion is forgotten as well.
 */
gboolean
forlop_mirror_row_store_drop (ForlopConnection        *connection,
                              const ForlopRecordType  *type,
                              const char              *id,
                              gboolean                 also_tombstone,
                              GError                 **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  return run_on_record (connection, "DELETE FROM server_row WHERE id = ?1 AND type = ?2", type, id,
                        error) &&
         (!also_tombstone ||
          run_on_record (connection, "DELETE FROM tombstone WHERE id = ?1 AND type = ?2", type, id,
                         error));
}

/**
 * forlop_mirror_row_store_put:
 *
 * Keeps the server's version beside the working table; a deletion among the tombstones.
 */
gboolean
forlop_mirror_row_store_put (ForlopConnection     *connection,
                             const ForlopSyncRow  *row,
                             GError              **error)
{
  static const char row_sql[] =
    "INSERT INTO server_row (id, type, scope, vtag, field_vtags, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
  static const char tombstone_sql[] =
    "INSERT INTO tombstone (id, type, scope, vtag) VALUES (?1, ?2, ?3, ?4)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  if (!forlop_mirror_row_store_drop (connection, row->type, row->id, TRUE, error))
    return FALSE;

  statement = forlop_connection_prepare (connection, row->deleted ? tombstone_sql : row_sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, row->id);
  forlop_statement_bind_text (statement, 2, row->type->name);
  forlop_statement_bind_text (statement, 3, row->scope);
  forlop_statement_bind_id (statement, 4, row->vtag);
  if (!row->deleted)
    {
      forlop_statement_bind_text (statement, 5, row->field_vtags);
      forlop_statement_bind_text (statement, 6, row->body);
    }

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_row_store_load:
 * @row: (out) (nullable): %NULL when the server has no such record.
 *
 * What is kept of the server's version of a record with own changes, or of one it has deleted.
 */
gboolean
forlop_mirror_row_store_load (ForlopConnection        *connection,
                              const ForlopRecordType  *type,
                              const char              *id,
                              ForlopSyncRow          **row,
                              GError                 **error)
{
  static const char sql[] =
    "SELECT scope, vtag, field_vtags, body FROM server_row WHERE id = ?1 AND type = ?2 UNION ALL "
    "SELECT scope, vtag, NULL, NULL FROM tombstone WHERE id = ?1 AND type = ?2";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL && row != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  *row = NULL;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  *row = forlop_sync_row_new (type, id, forlop_statement_get_text (statement, 0));
  (*row)->vtag = forlop_statement_dup_id (statement, 1);
  (*row)->field_vtags = forlop_statement_dup_text (statement, 2);
  (*row)->body = forlop_statement_dup_text (statement, 3);
  (*row)->deleted = (*row)->body == NULL;

  return TRUE;
}

/**
 * forlop_mirror_row_store_load_shown:
 * @scope: (nullable): of the record, if it is known; measurements are found by their citizen.
 * @like: (nullable): a version of the record, if there is one.
 * @record: (out) (transfer full) (nullable): as the working table has it.
 */
gboolean
forlop_mirror_row_store_load_shown (ForlopConnection        *connection,
                                    const ForlopRecordType  *type,
                                    const char              *id,
                                    const char              *scope,
                                    ForlopRecord            *like,
                                    ForlopRecord           **record,
                                    GError                 **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (connection != NULL && record != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  if (!is_measurement (type))
    *record = forlop_record_store_peek (connection, type, id, &local_error);
  else if (like != NULL)
    *record = forlop_measurement_store_load_record (
      connection, forlop_record_get_text (like, "citizen_id"),
      forlop_record_get_instant (like, "measured_at"), id, &local_error);
  else
    *record = forlop_measurement_store_load_record (
      connection, scope != NULL && g_str_has_prefix (scope, "c:") ? scope + 2 : NULL,
      FORLOP_INSTANT_NONE, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/**
 * forlop_mirror_row_store_show:
 * @operation: what the working table has and shall have; tags as they are in the records.
 *
 * Writes a record as it is to be seen, with the search and the list of citizens. A record that is no
 * more leaves no trace in its table.
 */
gboolean
forlop_mirror_row_store_show (ForlopConnection       *connection,
                              const ForlopOperation  *operation,
                              GError                **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  if (is_measurement (operation->type))
    return operation->after != NULL
             ? forlop_measurement_store_replace (connection, operation, error)
             : operation->before == NULL ||
               forlop_measurement_store_write (connection, operation, error);

  if (operation->after != NULL
        ? !forlop_record_store_write (connection, operation, error)
        : !forlop_record_store_erase (connection, operation->type, operation->id, error))
    return FALSE;

  return forlop_list_store_update (connection, operation, error);
}

/**
 * forlop_mirror_row_store_show_new:
 * @is_new: (out): %FALSE when the working table may have the record; nothing was written then.
 *
 * As forlop_mirror_row_store_show(), for a record that is seen for the first time: most are, and then
 * nobody has to look for what was there.
 */
gboolean
forlop_mirror_row_store_show_new (ForlopConnection  *connection,
                                  ForlopRecord      *record,
                                  gboolean          *is_new,
                                  GError           **error)
{
  ForlopOperation operation;

  g_return_val_if_fail (connection != NULL && is_new != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);

  *is_new = FALSE;
  if (is_measurement (forlop_record_get_rtype (record)))
    return TRUE;
  if (!forlop_record_store_insert (connection, record, is_new, error))
    return FALSE;

  operation = (ForlopOperation) {
    .type = forlop_record_get_rtype (record), .id = (char *) forlop_record_get_id (record), .after = record,
  };
  return !*is_new || forlop_list_store_update (connection, &operation, error);
}

/* Whether it is that of a blocked note. */
static gboolean
is_apart (const char *scope)
{
  return g_str_has_prefix (scope, "n:");
}

static ForlopScopeKind
kind_of (const char *scope)
{
  if (g_str_has_prefix (scope, "c:") || is_apart (scope))
    return FORLOP_SCOPE_CITIZEN;
  if (g_str_has_prefix (scope, "d:"))
    return FORLOP_SCOPE_DELIVERY;
  if (g_str_has_prefix (scope, "u:"))
    return FORLOP_SCOPE_USER;
  if (g_str_has_prefix (scope, "org:"))
    return FORLOP_SCOPE_UNIT;
  if (g_str_equal (scope, "eq"))
    return FORLOP_SCOPE_EQUIPMENT;
  if (g_str_equal (scope, "fig"))
    return FORLOP_SCOPE_FIGURES;

  return FORLOP_SCOPE_CATALOG;
}

/* The column that names the owner; the opposite of forlop_record_dup_scope(). */
static const char *
owner_column (const ForlopRecordType *type)
{
  switch (type->scope)
    {
    case FORLOP_SCOPE_CITIZEN:
      return g_str_equal (type->name, "citizen") ? "id" : "citizen_id";
    case FORLOP_SCOPE_DELIVERY:
      return "case_id";
    case FORLOP_SCOPE_USER:
      return "user_id";
    case FORLOP_SCOPE_UNIT:
      return "unit_id";
    case FORLOP_SCOPE_EQUIPMENT:
    case FORLOP_SCOPE_FIGURES:
    case FORLOP_SCOPE_CATALOG:
    default:
      return NULL;
    }
}

/* One statement over the tables of every type of the kind. Parameters are what the scope's name ends with, which is
 * its owner, or the note where it is that of one; the scope; and the citizen whose note it is. */
static const char *
make_list_sql (ForlopScopeKind kind,
               gboolean        apart,
               gboolean        also_own)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  for (unsigned int i = 0; i < n; i++)
    {
      const char *owner = owner_column (types[i]);
      gboolean may_be_apart = forlop_record_type_field (types[i], "apart_id") != NULL;

      if (types[i]->scope != kind || (also_own && is_measurement (types[i])) || (apart && !may_be_apart))
        continue;
      g_string_append_printf (sql, "SELECT '%s', a.id, a.vtag, 0 FROM \"%s\" a WHERE ", types[i]->name,
                              types[i]->name);
      if (apart)
        g_string_append_printf (sql, "a.apart_id = ?1 AND a.\"%s\" = ?3", owner);
      else if (owner != NULL)
        g_string_append_printf (sql, "a.\"%s\" IS ?1%s", owner, may_be_apart ? " AND a.apart_id IS NULL" : "");
      else
        g_string_append (sql, "1");
      if (!also_own)
        g_string_append_printf (sql, " AND NOT EXISTS (SELECT 1 FROM pending_row p "
                                "WHERE p.id = a.id AND p.type = '%s')", types[i]->name);
      g_string_append (sql, " UNION ALL ");
    }
  g_string_append (sql, "SELECT type, id, vtag, 0 FROM server_row WHERE scope = ?2 UNION ALL "
                   "SELECT type, id, vtag, 1 FROM tombstone WHERE scope = ?2");

  return g_intern_string (sql->str);
}

static const char *
list_sql (const char *scope,
          gboolean    also_own)
{
  static GMutex mutex;
  static const char *made[FORLOP_SCOPE_CATALOG + 1][2][2];
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gboolean apart = is_apart (scope);
  const char **sql = &made[kind_of (scope)][apart ? 1 : 0][also_own ? 1 : 0];

  if (*sql == NULL)
    *sql = make_list_sql (kind_of (scope), apart, also_own);

  return *sql;
}

static ForlopStatement *
prepare_list (ForlopConnection  *connection,
              const char        *scope,
              gboolean           also_own,
              GError           **error)
{
  const char *colon = strrchr (scope, ':');
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);
  ForlopStatement *statement = forlop_connection_prepare (connection, list_sql (scope, also_own), error);

  if (statement == NULL)
    return NULL;
  if (colon != NULL && colon[1] != '\0')
    forlop_statement_bind_id (statement, 1, colon + 1);
  forlop_statement_bind_text (statement, 2, scope);
  if (citizen_scope != NULL)
    forlop_statement_bind_id (statement, 3, citizen_scope + strlen ("c:"));

  return statement;
}

static GPtrArray *
list (ForlopConnection  *connection,
      const char        *scope,
      gboolean           also_own,
      GError           **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_entry_free);
  g_autoptr (ForlopStatement) statement = prepare_list (connection, scope, also_own, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          ForlopMirrorEntry *entry = g_new0 (ForlopMirrorEntry, 1);

          entry->type = forlop_record_type_find (forlop_statement_get_text (statement, 0));
          entry->id = forlop_statement_dup_id (statement, 1);
          entry->vtag = forlop_statement_dup_id (statement, 2);
          entry->deleted = forlop_statement_get_boolean (statement, 3);
          g_ptr_array_add (entries, entry);
        }
    }
  while (has_row);

  return g_steal_pointer (&entries);
}

GPtrArray *
forlop_mirror_row_store_list (ForlopConnection  *connection,
                              const char        *scope,
                              GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  return list (connection, scope, FALSE, error);
}

GPtrArray *
forlop_mirror_row_store_list_all (ForlopConnection  *connection,
                                  const char        *scope,
                                  GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  return list (connection, scope, TRUE, error);
}

/**
 * forlop_mirror_row_store_sum:
 *
 * Counts and adds up what is kept of the scope as the server has it: each time from the rows
 * themselves, so that a row that was lost is noticed whatever lost it.
 */
gboolean
forlop_mirror_row_store_sum (ForlopConnection  *connection,
                             const char        *scope,
                             ForlopScopeSum    *sum,
                             GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (scope != NULL && sum != NULL, FALSE);

  *sum = (ForlopScopeSum) { 0 };
  statement = prepare_list (connection, scope, FALSE, error);
  if (statement == NULL)
    return FALSE;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          g_autofree char *id = forlop_statement_dup_id (statement, 1);
          g_autofree char *vtag = forlop_statement_dup_id (statement, 2);

          sum->count++;
          sum->sum += forlop_sync_row_hash (forlop_statement_get_text (statement, 0), id, vtag,
                                            forlop_statement_get_boolean (statement, 3));
        }
    }
  while (has_row);

  return TRUE;
}
