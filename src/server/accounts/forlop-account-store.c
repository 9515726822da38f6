/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-account-store.h"

#include <sodium.h>
#include <string.h>

#include "forlop-accounts-resources.h"
#include "forlop-migrator.h"
#include "forlop-store-create.h"

#define SCHEMA_FOLDER "/no/forlop/Forlop/accounts/"

#define ACCOUNT_COLUMNS "user_id, name, password, one_time_until, state"
#define SESSION_COLUMNS "id, user_id, device_id, access_hash, access_until, refresh_hash, " \
                        "previous_hash, limited, confirmed, started_at, ends_at"

void
forlop_account_free (ForlopAccount *self)
{
  if (self == NULL)
    return;

  if (self->password != NULL)
    sodium_memzero (self->password, strlen (self->password));
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->password);
  g_free (self->state);
  g_free (self);
}

void
forlop_session_free (ForlopSession *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user_id);
  g_free (self->device_id);
  g_free (self);
}

static const ForlopMigration *
get_scripts (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) forlop_migrator_load_scripts (forlop_accounts_get_resource (),
                                                                   SCHEMA_FOLDER));

  return (const ForlopMigration *) once;
}

/**
 * forlop_account_store_open:
 * @create: whether to make it; EXISTS when there is one.
 *
 * The caller holds the lock of the municipality's log, which stands for both files. Errors are those
 * of #ForlopStoreError.
 */
ForlopConnection *
forlop_account_store_open (const char  *path,
                           ForlopKey   *key,
                           gboolean     create,
                           GError     **error)
{
  g_autoptr (ForlopConnection) connection = NULL;

  g_return_val_if_fail (path != NULL && key != NULL, NULL);

  if (create && !forlop_store_create_with_scripts (path, key, NULL, get_scripts (), error))
    return NULL;
  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, error);
  if (connection == NULL)
    return NULL;
  if (!forlop_migrator_run (connection, get_scripts (), error))
    {
      forlop_connection_close (connection);
      return NULL;
    }

  return g_steal_pointer (&connection);
}

static ForlopAccount *
read_account (ForlopStatement *statement)
{
  ForlopAccount *self = g_new0 (ForlopAccount, 1);

  self->user_id = forlop_statement_dup_id (statement, 0);
  self->name = forlop_statement_dup_text (statement, 1);
  self->password = forlop_statement_dup_text (statement, 2);
  self->one_time_until = forlop_statement_get_instant (statement, 3);
  self->state = forlop_statement_dup_text (statement, 4);

  return self;
}

static gboolean
first_account (ForlopStatement  *statement,
               ForlopAccount   **account,
               GError          **error)
{
  gboolean has_row;

  *account = NULL;
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *account = read_account (statement);

  return TRUE;
}

gboolean
forlop_account_store_find_name (ForlopConnection  *connection,
                                const char        *name,
                                ForlopAccount    **account,
                                GError           **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE name = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, name);

  return first_account (statement, account, error);
}

gboolean
forlop_account_store_find_user (ForlopConnection  *connection,
                                const char        *user_id,
                                ForlopAccount    **account,
                                GError           **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE user_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, user_id);

  return first_account (statement, account, error);
}

GPtrArray *
forlop_account_store_list (ForlopConnection  *connection,
                           GError           **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY name";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_account_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_account (statement));
    }
}

gboolean
forlop_account_store_put (ForlopConnection     *connection,
                          const ForlopAccount  *account,
                          gint64                now,
                          GError              **error)
{
  static const char sql[] =
    "INSERT INTO account (user_id, name, password, one_time_until, state, changed_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (user_id) DO UPDATE SET name = ?2, password = ?3, "
    "one_time_until = ?4, state = ?5, changed_at = ?6";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, account->user_id);
  forlop_statement_bind_text (statement, 2, account->name);
  forlop_statement_bind_text (statement, 3, account->password);
  forlop_statement_bind_instant (statement, 4, account->one_time_until);
  forlop_statement_bind_text (statement, 5, account->state);
  forlop_statement_bind_instant (statement, 6, now);

  return forlop_statement_execute (statement, error);
}

static void
copy_hash (ForlopStatement *statement,
           int              column,
           guint8           hash[FORLOP_TOKEN_HASH_BYTES])
{
  gsize length;
  gconstpointer blob = forlop_statement_get_blob (statement, column, &length);

  g_assert (length == FORLOP_TOKEN_HASH_BYTES);
  memcpy (hash, blob, length);
}

static ForlopSession *
read_session (ForlopStatement *statement)
{
  ForlopSession *self = g_new0 (ForlopSession, 1);

  self->id = forlop_statement_dup_id (statement, 0);
  self->user_id = forlop_statement_dup_id (statement, 1);
  self->device_id = forlop_statement_dup_id (statement, 2);
  copy_hash (statement, 3, self->access_hash);
  self->access_until = forlop_statement_get_instant (statement, 4);
  copy_hash (statement, 5, self->refresh_hash);
  self->has_previous = !forlop_statement_is_null (statement, 6);
  if (self->has_previous)
    copy_hash (statement, 6, self->previous_hash);
  self->is_limited = forlop_statement_get_boolean (statement, 7);
  self->is_confirmed = forlop_statement_get_boolean (statement, 8);
  self->started_at = forlop_statement_get_instant (statement, 9);
  self->ends_at = forlop_statement_get_instant (statement, 10);

  return self;
}

static gboolean
first_session (ForlopStatement  *statement,
               ForlopSession   **session,
               GError          **error)
{
  gboolean has_row;

  *session = NULL;
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *session = read_session (statement);

  return TRUE;
}

static gboolean
find_session (ForlopConnection  *connection,
              const char        *sql,
              const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
              ForlopSession    **session,
              GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_blob (statement, 1, hash, FORLOP_TOKEN_HASH_BYTES);

  return first_session (statement, session, error);
}

gboolean
forlop_account_store_find_session (ForlopConnection  *connection,
                                   const char        *session_id,
                                   ForlopSession    **session,
                                   GError           **error)
{
  static const char sql[] = "SELECT " SESSION_COLUMNS " FROM session WHERE id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, session_id);

  return first_session (statement, session, error);
}

gboolean
forlop_account_store_find_access (ForlopConnection  *connection,
                                  const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
                                  ForlopSession    **session,
                                  GError           **error)
{
  return find_session (connection, "SELECT " SESSION_COLUMNS " FROM session WHERE access_hash = ?1", hash,
                       session, error);
}

gboolean
forlop_account_store_find_refresh (ForlopConnection  *connection,
                                   const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
                                   ForlopSession    **session,
                                   GError           **error)
{
  return find_session (connection,
                       "SELECT " SESSION_COLUMNS " FROM session WHERE refresh_hash = ?1 "
                       "UNION ALL SELECT " SESSION_COLUMNS " FROM session WHERE id IN "
                       "(SELECT session_id FROM used_token WHERE hash = ?1) AND previous_hash = ?1",
                       hash, session, error);
}

gboolean
forlop_account_store_find_used (ForlopConnection  *connection,
                                const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
                                char             **session_id,
                                GError           **error)
{
  static const char sql[] = "SELECT session_id FROM used_token WHERE hash = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  *session_id = NULL;
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_blob (statement, 1, hash, FORLOP_TOKEN_HASH_BYTES);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *session_id = forlop_statement_dup_id (statement, 0);

  return TRUE;
}

gboolean
forlop_account_store_add_used (ForlopConnection  *connection,
                               const guint8       hash[FORLOP_TOKEN_HASH_BYTES],
                               const char        *session_id,
                               GError           **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO used_token (hash, session_id) VALUES (?1, ?2)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_blob (statement, 1, hash, FORLOP_TOKEN_HASH_BYTES);
  forlop_statement_bind_id (statement, 2, session_id);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_put_session (ForlopConnection     *connection,
                                  const ForlopSession  *session,
                                  GError              **error)
{
  static const char sql[] =
    "INSERT INTO session (" SESSION_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
    "ON CONFLICT (id) DO UPDATE SET access_hash = ?4, access_until = ?5, refresh_hash = ?6, "
    "previous_hash = ?7, limited = ?8, confirmed = ?9";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, session->id);
  forlop_statement_bind_id (statement, 2, session->user_id);
  forlop_statement_bind_id (statement, 3, session->device_id);
  forlop_statement_bind_blob (statement, 4, session->access_hash, FORLOP_TOKEN_HASH_BYTES);
  forlop_statement_bind_instant (statement, 5, session->access_until);
  forlop_statement_bind_blob (statement, 6, session->refresh_hash, FORLOP_TOKEN_HASH_BYTES);
  if (session->has_previous)
    forlop_statement_bind_blob (statement, 7, session->previous_hash, FORLOP_TOKEN_HASH_BYTES);
  else
    forlop_statement_bind_null (statement, 7);
  forlop_statement_bind_boolean (statement, 8, session->is_limited);
  forlop_statement_bind_boolean (statement, 9, session->is_confirmed);
  forlop_statement_bind_instant (statement, 10, session->started_at);
  forlop_statement_bind_instant (statement, 11, session->ends_at);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_end_session (ForlopConnection  *connection,
                                  const char        *session_id,
                                  GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "DELETE FROM session WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, session_id);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_end_sessions (ForlopConnection  *connection,
                                   const char        *user_id,
                                   const char        *except,
                                   GError           **error)
{
  static const char sql[] = "DELETE FROM session WHERE user_id = ?1 AND id IS NOT ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, user_id);
  forlop_statement_bind_id (statement, 2, except);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_forget_ended (ForlopConnection  *connection,
                                   gint64             now,
                                   GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "DELETE FROM session WHERE ends_at <= ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, now);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_put_device (ForlopConnection  *connection,
                                 const char        *device_id,
                                 const char        *name,
                                 gint64             now,
                                 GError           **error)
{
  static const char sql[] =
    "INSERT INTO device_name (device_id, name, registered_at) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (device_id) DO UPDATE SET name = ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, device_id);
  forlop_statement_bind_text (statement, 2, name);
  forlop_statement_bind_instant (statement, 3, now);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_account_store_get_device (ForlopConnection  *connection,
                                 const char        *device_id,
                                 char             **name,
                                 gint64            *registered_at,
                                 GError           **error)
{
  static const char sql[] = "SELECT name, registered_at FROM device_name WHERE device_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  *name = NULL;
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, device_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *name = forlop_statement_dup_text (statement, 0);
      *registered_at = forlop_statement_get_instant (statement, 1);
    }

  return TRUE;
}
