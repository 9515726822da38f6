/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-account-query.h"

#include <sodium.h>
#include <string.h>

#include "forlop-accounts-resources.h"
#include "forlop-migrator.h"
#include "forlop-store-create.h"

/* Sessions that are remembered at a time. */
#define MAX_KNOWN 4096

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

static unsigned int
hash_token (gconstpointer hash)
{
  unsigned int first;

  memcpy (&first, hash, sizeof first);

  return first;
}

static gboolean
equal_token (gconstpointer a,
             gconstpointer b)
{
  return memcmp (a, b, FORLOP_TOKEN_HASH_BYTES) == 0;
}

static ForlopSession *
session_copy (const ForlopSession *self)
{
  ForlopSession *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->user_id = g_strdup (self->user_id);
  copy->device_id = g_strdup (self->device_id);

  return copy;
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

ForlopAccountStore *
forlop_account_store_open (const char  *path,
                           ForlopKey   *key,
                           gboolean     create,
                           GError     **error)
{
  g_autoptr (ForlopAccountStore) self = NULL;

  g_return_val_if_fail (path != NULL && key != NULL, NULL);

  if (create && !forlop_store_create_with_scripts (path, key, NULL, get_scripts (), error))
    return NULL;
  self = g_new0 (ForlopAccountStore, 1);
  self->file = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, error);
  if (self->file == NULL || !forlop_migrator_run (self->file, get_scripts (), error))
    return NULL;
  self->known = g_hash_table_new_full (hash_token, equal_token, NULL, (GDestroyNotify) forlop_session_free);

  return g_steal_pointer (&self);
}

ForlopAccountStore *
forlop_account_store_open_reader (const char  *path,
                                  ForlopKey   *key,
                                  GError     **error)
{
  g_autoptr (ForlopAccountStore) self = NULL;

  g_return_val_if_fail (path != NULL && key != NULL, NULL);

  self = g_new0 (ForlopAccountStore, 1);
  self->file = forlop_connection_open (path, key, FORLOP_CONNECTION_READER, error);

  return self->file != NULL ? g_steal_pointer (&self) : NULL;
}

ForlopAccountStore *
forlop_account_store_open_postgres (const char  *conninfo,
                                    const char  *tenant_id,
                                    GError     **error)
{
  g_autoptr (ForlopAccountStore) self = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  g_return_val_if_fail (conninfo != NULL && tenant_id != NULL, NULL);

  self = g_new0 (ForlopAccountStore, 1);
  self->postgres.conninfo = g_strdup (conninfo);
  self->postgres.tenant_id = g_strdup (tenant_id);
  accounts = forlop_account_store_list (self, error);

  return accounts != NULL ? g_steal_pointer (&self) : NULL;
}

void
forlop_account_store_free (ForlopAccountStore *self)
{
  if (self == NULL)
    return;

  if (self->file != NULL)
    forlop_connection_close (self->file);
  g_clear_object (&self->file);
  g_clear_pointer (&self->known, g_hash_table_unref);
  forlop_postgres_close (&self->postgres);
  g_free (self->postgres.conninfo);
  g_free (self->postgres.tenant_id);
  g_free (self);
}

ForlopConnection *
forlop_account_store_get_file (ForlopAccountStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file;
}

static gpointer
read_account (ForlopAccountQuery *query)
{
  ForlopAccount *self = g_new0 (ForlopAccount, 1);

  self->user_id = forlop_account_query_dup_id (query, 0);
  self->name = forlop_account_query_dup_text (query, 1);
  self->password = forlop_account_query_dup_text (query, 2);
  self->one_time_until = forlop_account_query_get_instant (query, 3);
  self->state = forlop_account_query_dup_text (query, 4);

  return self;
}

gboolean
forlop_account_store_find_name (ForlopAccountStore  *self,
                                const char          *name,
                                ForlopAccount      **account,
                                GError             **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE name = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, name);

  return forlop_account_query_first (query, read_account, (gpointer *) account, error);
}

gboolean
forlop_account_store_find_user (ForlopAccountStore  *self,
                                const char          *user_id,
                                ForlopAccount      **account,
                                GError             **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE user_id = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, user_id);

  return forlop_account_query_first (query, read_account, (gpointer *) account, error);
}

GPtrArray *
forlop_account_store_list (ForlopAccountStore  *self,
                           GError             **error)
{
  static const char sql[] = "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY name";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  return query != NULL
           ? forlop_account_query_list (query, read_account, (GDestroyNotify) forlop_account_free, error) : NULL;
}

gboolean
forlop_account_store_put (ForlopAccountStore   *self,
                          const ForlopAccount  *account,
                          gint64                now,
                          GError              **error)
{
  const char *sql =
    FORLOP_ACCOUNT_PUT (self,
         "INSERT INTO account (user_id, name, password, one_time_until, state, changed_at) "
         "VALUES ($1, $2, $3, $4, $5, $6)",
         "user_id", "name = $2, password = $3, one_time_until = $4, state = $5, changed_at = $6");
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, account->user_id);
  forlop_account_query_bind_text (query, account->name);
  forlop_account_query_bind_text (query, account->password);
  forlop_account_query_bind_instant (query, account->one_time_until);
  forlop_account_query_bind_text (query, account->state);
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

static gpointer
read_session (ForlopAccountQuery *query)
{
  ForlopSession *self = g_new0 (ForlopSession, 1);

  self->id = forlop_account_query_dup_id (query, 0);
  self->user_id = forlop_account_query_dup_id (query, 1);
  self->device_id = forlop_account_query_dup_id (query, 2);
  if (!forlop_account_query_get_hash (query, 3, self->access_hash))
    g_assert_not_reached ();
  self->access_until = forlop_account_query_get_instant (query, 4);
  if (!forlop_account_query_get_hash (query, 5, self->refresh_hash))
    g_assert_not_reached ();
  self->has_previous = forlop_account_query_get_hash (query, 6, self->previous_hash);
  self->is_limited = forlop_account_query_get_integer (query, 7) != 0;
  self->is_confirmed = forlop_account_query_get_integer (query, 8) != 0;
  self->started_at = forlop_account_query_get_instant (query, 9);
  self->ends_at = forlop_account_query_get_instant (query, 10);

  return self;
}

static gboolean
find_session (ForlopAccountStore  *self,
              const char          *sql,
              const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
              ForlopSession      **session,
              GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);

  return forlop_account_query_first (query, read_session, (gpointer *) session, error);
}

gboolean
forlop_account_store_find_session (ForlopAccountStore  *self,
                                   const char          *session_id,
                                   ForlopSession      **session,
                                   GError             **error)
{
  static const char sql[] = "SELECT " SESSION_COLUMNS " FROM session WHERE id = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, session_id);

  return forlop_account_query_first (query, read_session, (gpointer *) session, error);
}

/* The file is this process's alone, so what was read stands until something is written. */
static const ForlopSession *
look_up_known (ForlopAccountStore *self,
               const guint8        hash[FORLOP_TOKEN_HASH_BYTES])
{
  gint64 changes;

  if (self->known == NULL)
    return NULL;
  changes = forlop_connection_get_total_changes (self->file);
  if (changes != self->known_at || g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  self->known_at = changes;

  return g_hash_table_lookup (self->known, hash);
}

gboolean
forlop_account_store_find_caller (ForlopAccountStore  *self,
                                  const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                                  ForlopSession      **session,
                                  gboolean            *is_active,
                                  GError             **error)
{
  const ForlopSession *known = look_up_known (self, hash);
  g_autoptr (ForlopAccount) account = NULL;

  if (known != NULL)
    {
      *session = session_copy (known);
      *is_active = TRUE;
      return TRUE;
    }

  *is_active = FALSE;
  if (!find_session (self, "SELECT " SESSION_COLUMNS " FROM session WHERE access_hash = $1", hash, session, error))
    return FALSE;
  if (*session == NULL)
    return TRUE;
  if (!forlop_account_store_find_user (self, (*session)->user_id, &account, error))
    {
      g_clear_pointer (session, forlop_session_free);
      return FALSE;
    }
  *is_active = account != NULL && g_str_equal (account->state, "active");
  if (*is_active && self->known != NULL && !forlop_connection_in_transaction (self->file))
    {
      ForlopSession *copy = session_copy (*session);

      g_hash_table_replace (self->known, copy->access_hash, copy);
    }

  return TRUE;
}

gboolean
forlop_account_store_find_refresh (ForlopAccountStore  *self,
                                   const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                                   ForlopSession      **session,
                                   GError             **error)
{
  return find_session (self,
                       "SELECT " SESSION_COLUMNS " FROM session WHERE refresh_hash = $1 "
                       "UNION ALL SELECT " SESSION_COLUMNS " FROM session WHERE id IN "
                       "(SELECT session_id FROM used_token WHERE hash = $1) AND previous_hash = $1",
                       hash, session, error);
}

static gpointer
read_id (ForlopAccountQuery *query)
{
  return forlop_account_query_dup_id (query, 0);
}

gboolean
forlop_account_store_find_used (ForlopAccountStore  *self,
                                const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                                char               **session_id,
                                GError             **error)
{
  static const char sql[] = "SELECT session_id FROM used_token WHERE hash = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);

  return forlop_account_query_first (query, read_id, (gpointer *) session_id, error);
}

gboolean
forlop_account_store_add_used (ForlopAccountStore  *self,
                               const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                               const char          *session_id,
                               GError             **error)
{
  static const char sql[] = "INSERT INTO used_token (hash, session_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  forlop_account_query_bind_id (query, session_id);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_put_session (ForlopAccountStore   *self,
                                  const ForlopSession  *session,
                                  GError              **error)
{
  const char *sql =
    FORLOP_ACCOUNT_PUT (self,
         "INSERT INTO session (" SESSION_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", "id",
         "access_hash = $4, access_until = $5, refresh_hash = $6, previous_hash = $7, limited = $8, "
         "confirmed = $9");
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, session->id);
  forlop_account_query_bind_id (query, session->user_id);
  forlop_account_query_bind_id (query, session->device_id);
  forlop_account_query_bind_hash (query, session->access_hash);
  forlop_account_query_bind_instant (query, session->access_until);
  forlop_account_query_bind_hash (query, session->refresh_hash);
  forlop_account_query_bind_hash (query, session->has_previous ? session->previous_hash : NULL);
  forlop_account_query_bind_integer (query, session->is_limited);
  forlop_account_query_bind_integer (query, session->is_confirmed);
  forlop_account_query_bind_instant (query, session->started_at);
  forlop_account_query_bind_instant (query, session->ends_at);

  return forlop_account_query_execute (query, error);
}

/* The tokens are named, so that new ones given meanwhile are not taken for those that arrived. */
gboolean
forlop_account_store_confirm (ForlopAccountStore   *self,
                              const ForlopSession  *session,
                              GError              **error)
{
  static const char sql[] = "UPDATE session SET confirmed = 1 WHERE id = $1 AND access_hash = $2";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, session->id);
  forlop_account_query_bind_hash (query, session->access_hash);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_unlimit (ForlopAccountStore   *self,
                              const ForlopSession  *session,
                              GError              **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self, "UPDATE session SET limited = 0 WHERE id = $1", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, session->id);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_end_session (ForlopAccountStore  *self,
                                  const char          *session_id,
                                  GError             **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self, "DELETE FROM session WHERE id = $1", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, session_id);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_end_sessions (ForlopAccountStore  *self,
                                   const char          *user_id,
                                   const char          *except,
                                   GError             **error)
{
  static const char sql[] = "DELETE FROM session WHERE user_id = $1 AND id IS DISTINCT FROM $2";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, user_id);
  forlop_account_query_bind_id (query, except);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_forget_ended (ForlopAccountStore  *self,
                                   gint64               now,
                                   GError             **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self, "DELETE FROM session WHERE ends_at <= $1", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_put_device (ForlopAccountStore  *self,
                                 const char          *device_id,
                                 const char          *name,
                                 gint64               now,
                                 GError             **error)
{
  const char *sql =
    FORLOP_ACCOUNT_PUT (self, "INSERT INTO device_name (device_id, name, registered_at) VALUES ($1, $2, $3)", "device_id",
         "name = $2");
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, device_id);
  forlop_account_query_bind_text (query, name);
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_account_store_get_device (ForlopAccountStore  *self,
                                 const char          *device_id,
                                 char               **name,
                                 gint64              *registered_at,
                                 GError             **error)
{
  static const char sql[] = "SELECT name, registered_at FROM device_name WHERE device_id = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (self, sql, error);
  gboolean has_row;

  *name = NULL;
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, device_id);
  if (!forlop_account_query_step (query, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *name = forlop_account_query_dup_text (query, 0);
      *registered_at = forlop_account_query_get_instant (query, 1);
    }

  return TRUE;
}
