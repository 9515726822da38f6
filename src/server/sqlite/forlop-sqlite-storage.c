/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sqlite-private.h"

#include <string.h>

#include "forlop-migrator.h"
#include "forlop-server-resources.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"

#define SCHEMA_FOLDER "/no/forlop/Forlop/server/"

static const ForlopMigration *
get_scripts (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) forlop_migrator_load_scripts (forlop_server_get_resource (),
                                                                   SCHEMA_FOLDER));

  return (const ForlopMigration *) once;
}

gboolean
forlop_sqlite_fail (GError **error)
{
  static const ForlopStoreError away[] = {
    FORLOP_STORE_ERROR_DISK_FULL, FORLOP_STORE_ERROR_READ_ONLY, FORLOP_STORE_ERROR_NO_ACCESS,
    FORLOP_STORE_ERROR_MISSING, FORLOP_STORE_ERROR_FAILED,
  };

  if (error == NULL || *error == NULL || (*error)->domain != FORLOP_STORE_ERROR)
    return FALSE;

  if ((*error)->code == FORLOP_STORE_ERROR_BUSY)
    {
      (*error)->domain = FORLOP_SERVER_STORAGE_ERROR;
      (*error)->code = FORLOP_SERVER_STORAGE_ERROR_RETRY;
      return FALSE;
    }

  for (unsigned int i = 0; i < G_N_ELEMENTS (away); i++)
    if ((*error)->domain == FORLOP_STORE_ERROR && (*error)->code == (int) away[i])
      {
        (*error)->domain = FORLOP_SERVER_STORAGE_ERROR;
        (*error)->code = FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE;
      }

  return FALSE;
}

ForlopStatement *
forlop_sqlite_prepare (ForlopServerStorage  *self,
                       const char           *sql,
                       GError              **error)
{
  ForlopStatement *statement = forlop_connection_prepare (FORLOP_SQLITE (self)->connection, sql, error);

  if (statement == NULL)
    forlop_sqlite_fail (error);

  return statement;
}

gboolean
forlop_sqlite_step (ForlopStatement  *statement,
                    gboolean         *has_row,
                    GError          **error)
{
  return forlop_statement_step (statement, has_row, error) || forlop_sqlite_fail (error);
}

gboolean
forlop_sqlite_execute (ForlopStatement  *statement,
                       GError          **error)
{
  return forlop_statement_execute (statement, error) || forlop_sqlite_fail (error);
}

GPtrArray *
forlop_sqlite_list (ForlopStatement   *statement,
                    ForlopSqliteRead   read,
                    GDestroyNotify     free_func,
                    GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_func);
  gboolean has_row;

  while (TRUE)
    {
      gpointer row;

      if (!forlop_sqlite_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&list);
      row = read (statement);
      if (row == NULL)
        {
          forlop_tenant_set_not_known (error);
          return NULL;
        }
      g_ptr_array_add (list, row);
    }
}

gboolean
forlop_sqlite_first (ForlopStatement   *statement,
                     ForlopSqliteRead   read,
                     gpointer          *result,
                     GError           **error)
{
  gboolean has_row;

  *result = NULL;
  if (!forlop_sqlite_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *result = read (statement);
  if (*result == NULL)
    forlop_tenant_set_not_known (error);

  return *result != NULL;
}

void
forlop_sqlite_bind_unit (ForlopStatement *statement,
                         int              parameter,
                         const char      *unit_id)
{
  if (unit_id == NULL || *unit_id == '\0')
    forlop_statement_bind_blob (statement, parameter, "", 0);
  else
    forlop_statement_bind_id (statement, parameter, unit_id);
}

char *
forlop_sqlite_dup_unit (ForlopStatement *statement,
                        int              column)
{
  char *id = forlop_statement_dup_id (statement, column);

  return id != NULL ? id : g_strdup ("");
}

static gboolean
set_spoilt (GError **error)
{
  g_set_error_literal (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY,
                       "a change in the same batch was undone");

  return FALSE;
}

static gboolean
sqlite_begin (ForlopServerStorage  *self,
              gboolean              for_writing,
              GError              **error)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);
  gint64 head;

  g_return_val_if_fail (!for_writing || forlop_connection_is_writer (sqlite->connection), FALSE);

  forlop_tenant_state_reset (&sqlite->tenant.state);
  sqlite->is_writing = for_writing;
  if (sqlite->is_spoilt)
    return set_spoilt (error);
  if (sqlite->is_open)
    {
      sqlite->n_changes = forlop_connection_get_total_changes (sqlite->connection);
      return TRUE;
    }
  if (!forlop_connection_execute (sqlite->connection, for_writing ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return forlop_sqlite_fail (error);

  /* A snapshot is that of the first question. */
  if (!forlop_connection_query_integer (sqlite->connection, "SELECT head FROM tenant_head", &head, error))
    {
      forlop_connection_rollback (sqlite->connection);
      return forlop_sqlite_fail (error);
    }
  sqlite->is_open = sqlite->is_batch && for_writing;
  sqlite->n_changes = forlop_connection_get_total_changes (sqlite->connection);

  return TRUE;
}

static gboolean
load_state (ForlopServerStorage  *self,
            ForlopTenantState    *state,
            GError              **error)
{
  static const char sql[] =
    "SELECT epoch, head, log_hash, safe_seq, access_n, access_hash FROM tenant_head";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);
  gboolean has_row;
  gsize length;

  if (statement == NULL || !forlop_sqlite_step (statement, &has_row, error))
    return FALSE;
  g_assert (has_row);
  forlop_tenant_epoch_from_bytes (forlop_statement_get_blob (statement, 0, &length), state->head.epoch);
  state->head.seq = forlop_statement_get_integer (statement, 1);
  memcpy (state->head.log_hash, forlop_statement_get_blob (statement, 2, &length), FORLOP_SYNC_HASH_BYTES);
  state->head.safe_seq = forlop_statement_get_integer (statement, 3);
  state->access_n = forlop_statement_get_integer (statement, 4);
  memcpy (state->access_hash, forlop_statement_get_blob (statement, 5, &length), FORLOP_SYNC_HASH_BYTES);

  return TRUE;
}

static gboolean
save_state (ForlopServerStorage  *self,
            ForlopTenantState    *state,
            GError              **error)
{
  static const char sql[] =
    "UPDATE tenant_head SET epoch = ?1, head = ?2, log_hash = ?3, safe_seq = ?4, access_n = ?5, "
    "access_hash = ?6";
  g_autoptr (ForlopStatement) statement = NULL;
  guint8 epoch[16];

  if (!state->is_moved)
    return TRUE;

  statement = forlop_sqlite_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_tenant_epoch_to_bytes (state->head.epoch, epoch);
  forlop_statement_bind_blob (statement, 1, epoch, sizeof epoch);
  forlop_statement_bind_integer (statement, 2, state->head.seq);
  forlop_statement_bind_blob (statement, 3, state->head.log_hash, FORLOP_SYNC_HASH_BYTES);
  forlop_statement_bind_integer (statement, 4, state->head.safe_seq);
  forlop_statement_bind_integer (statement, 5, state->access_n);
  forlop_statement_bind_blob (statement, 6, state->access_hash, FORLOP_SYNC_HASH_BYTES);

  return forlop_sqlite_execute (statement, error);
}

static void
sqlite_rollback (ForlopServerStorage *self)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);

  forlop_tenant_state_reset (&sqlite->tenant.state);
  if (sqlite->is_open && sqlite->n_changes == forlop_connection_get_total_changes (sqlite->connection))
    return;
  sqlite->is_spoilt = sqlite->is_open;
  sqlite->is_open = FALSE;
  forlop_connection_rollback (sqlite->connection);
}

static gboolean
sqlite_commit (ForlopServerStorage  *self,
               GError              **error)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);

  if (sqlite->is_writing &&
      (!save_state (self, &sqlite->tenant.state, error) || !forlop_sqlite_flush_sums (self, error)))
    return FALSE;
  if (!sqlite->is_open && !forlop_connection_commit (sqlite->connection, error))
    return forlop_sqlite_fail (error);
  forlop_tenant_state_reset (&sqlite->tenant.state);

  return TRUE;
}

static void
sqlite_begin_batch (ForlopServerStorage *self)
{
  FORLOP_SQLITE (self)->is_batch = TRUE;
}

static gboolean
sqlite_end_batch (ForlopServerStorage  *self,
                  GError              **error)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);
  gboolean stands = sqlite->is_spoilt
                      ? set_spoilt (error)
                      : !sqlite->is_open || forlop_connection_commit (sqlite->connection, error) ||
                          forlop_sqlite_fail (error);

  sqlite->is_batch = sqlite->is_open = sqlite->is_spoilt = FALSE;
  forlop_connection_rollback (sqlite->connection);

  return stands;
}

static void
sqlite_free (ForlopServerStorage *self)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);
  g_autofree char *path = g_strdup (forlop_connection_get_path (sqlite->connection));

  forlop_connection_close (sqlite->connection);
  g_object_unref (sqlite->connection);
  if (sqlite->lock_fd >= 0)
    forlop_store_unlock (path, sqlite->lock_fd);
  forlop_key_unref (sqlite->key);
  forlop_tenant_state_clear (&sqlite->tenant.state);
  g_free (sqlite);
}

static const ForlopServerStorageFuncs *
get_funcs (void)
{
  static ForlopServerStorageFuncs funcs;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      funcs.begin = sqlite_begin;
      funcs.commit = sqlite_commit;
      funcs.rollback = sqlite_rollback;
      funcs.begin_batch = sqlite_begin_batch;
      funcs.end_batch = sqlite_end_batch;
      funcs.free = sqlite_free;
      forlop_tenant_storage_fill (&funcs);
      forlop_sqlite_fill_rows (&funcs);
      forlop_sqlite_fill_lists (&funcs);
      forlop_sqlite_fill_log (&funcs);
      forlop_sqlite_fill_contents (&funcs);
      forlop_sqlite_fill_access (&funcs);
      g_once_init_leave (&once, 1);
    }

  return &funcs;
}

static const ForlopTenantStorageFuncs tenant_funcs = {
  .load_state = load_state,
  .list_access = forlop_sqlite_list_access,
  .list_marks = forlop_sqlite_list_marks,
  .put_checkpoint = forlop_sqlite_put_checkpoint,
  .list_checkpoints = forlop_sqlite_list_checkpoints,
  .last_checkpoint = forlop_sqlite_last_checkpoint,
};

static ForlopServerStorage *
storage_new (ForlopConnection *connection,
             ForlopKey        *key,
             int               lock_fd)
{
  ForlopSqliteStorage *self = g_new0 (ForlopSqliteStorage, 1);

  self->tenant.parent.funcs = get_funcs ();
  self->tenant.funcs = &tenant_funcs;
  forlop_tenant_state_init (&self->tenant.state);
  self->connection = connection;
  self->key = forlop_key_ref (key);
  self->lock_fd = lock_fd;

  return &self->tenant.parent;
}

/* A file that was made a moment ago has no head yet. */
static gboolean
give_head (ForlopConnection  *connection,
           ForlopIdSource    *ids,
           GError           **error)
{
  static const char sql[] =
    "INSERT INTO tenant_head (only, epoch, head, log_hash, safe_seq, access_n, access_hash) "
    "VALUES (1, ?1, 0, zeroblob (32), 0, 0, zeroblob (32))";
  g_autoptr (ForlopStatement) statement = NULL;
  char text[33];
  guint8 epoch[16];
  gint64 n_heads;

  if (!forlop_connection_query_integer (connection, "SELECT count(*) FROM tenant_head", &n_heads, error))
    return FALSE;
  if (n_heads > 0)
    return TRUE;

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_tenant_make_epoch (ids, text);
  forlop_tenant_epoch_to_bytes (text, epoch);
  forlop_statement_bind_blob (statement, 1, epoch, sizeof epoch);

  return forlop_statement_execute (statement, error);
}

static gboolean
check_kind (ForlopConnection  *connection,
            GError           **error)
{
  static const char sql[] = "SELECT count(*) FROM sqlite_schema WHERE name = 'tenant_head'";
  gint64 n;

  if (!forlop_connection_query_integer (connection, sql, &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  forlop_store_error_set (error, FORLOP_STORE_ERROR_NOT_A_STORE,
                          forlop_connection_get_path (connection), "not a server's file");

  return FALSE;
}

/**
 * forlop_sqlite_storage_open:
 * @path: the municipality's file.
 * @key: its key.
 * @create: whether to make it; EXISTS when there is one.
 * @ids: gives a new file its epoch.
 *
 * Opens the file for writing and locks it against other processes. The errors are those of
 * #ForlopStoreError.
 */
ForlopServerStorage *
forlop_sqlite_storage_open (const char      *path,
                            ForlopKey       *key,
                            gboolean         create,
                            ForlopIdSource  *ids,
                            GError         **error)
{
  g_autoptr (ForlopConnection) connection = NULL;
  int lock_fd;

  g_return_val_if_fail (path != NULL && key != NULL && ids != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (create && !forlop_store_create_with_scripts (path, key, NULL, get_scripts (), error))
    return NULL;
  lock_fd = forlop_store_lock (path, error);
  if (lock_fd < 0)
    return NULL;

  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, error);
  if (connection == NULL || !forlop_migrator_run (connection, get_scripts (), error) ||
      !check_kind (connection, error) || !give_head (connection, ids, error))
    {
      if (connection != NULL)
        forlop_connection_close (connection);
      forlop_store_unlock (path, lock_fd);
      return NULL;
    }

  return storage_new (g_steal_pointer (&connection), key, lock_fd);
}

ForlopServerStorage *
forlop_sqlite_storage_open_reader (const char  *path,
                                   ForlopKey   *key,
                                   GError     **error)
{
  g_autoptr (ForlopConnection) connection = NULL;

  g_return_val_if_fail (path != NULL && key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_READER, error);
  if (connection == NULL || !check_kind (connection, error))
    return NULL;

  return storage_new (g_steal_pointer (&connection), key, -1);
}

gboolean
forlop_sqlite_storage_checkpoint (ForlopServerStorage  *self,
                                  GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return forlop_connection_checkpoint (FORLOP_SQLITE (self)->connection, error) ||
         forlop_sqlite_fail (error);
}
