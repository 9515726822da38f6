/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-keyring.h"
#include "forlop-sqlite-storage.h"
#include "forlop-store-error.h"

#define MAX_NAME 40

/* The server's key is random already: nothing is gained by a slow derivation. */
static const ForlopKeyringCost wrapping_cost = { .operations = 1, .memory = 8 * 1024 * 1024 };

gboolean
forlop_tenant_name_is_valid (const char *name)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

  return name != NULL && *name != '\0' && *name != '-' && strlen (name) <= MAX_NAME &&
         strspn (name, allowed) == strlen (name);
}

gboolean
forlop_tenant_check_name (const char  *name,
                          GError     **error)
{
  if (forlop_tenant_name_is_valid (name))
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("A municipality's name on the server has lower-case letters, digits and hyphens, at "
                 "most %d. Nothing was made."), MAX_NAME);

  return FALSE;
}

char *
forlop_tenant_dup_log_path (const char *folder,
                            const char *name)
{
  return g_build_filename (folder, name, "log.db", NULL);
}

char *
forlop_tenant_dup_accounts_path (const char *folder,
                                 const char *name)
{
  return g_build_filename (folder, name, "accounts.db", NULL);
}

/* Text, because a wrapping is opened with text. */
static char *
dup_passphrase (ForlopKey *server_key)
{
  g_autoptr (ForlopKey) purpose = forlop_key_derive (server_key, "tenants ", 0);
  char *text = g_malloc (2 * FORLOP_KEY_LENGTH + 1);

  sodium_bin2hex (text, 2 * FORLOP_KEY_LENGTH + 1, forlop_key_get_bytes (purpose), FORLOP_KEY_LENGTH);

  return text;
}

static void
free_passphrase (char *text)
{
  sodium_memzero (text, strlen (text));
  g_free (text);
}

static ForlopKey *
unwrap (ForlopKeyring  *keyring,
        ForlopKey      *server_key,
        GError        **error)
{
  char *passphrase = dup_passphrase (server_key);
  ForlopKey *key = forlop_keyring_unlock_passphrase (keyring, passphrase, error);

  free_passphrase (passphrase);

  return key;
}

ForlopKey *
forlop_tenant_unwrap_key (const char  *log_path,
                          ForlopKey   *server_key,
                          GError     **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (log_path);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, error);

  return keyring != NULL ? unwrap (keyring, server_key, error) : NULL;
}

ForlopKey *
forlop_tenant_unwrap_text (const ForlopPostgresTenant  *found,
                           ForlopKey                   *server_key,
                           GError                     **error)
{
  g_autoptr (ForlopKeyring) keyring = NULL;

  g_return_val_if_fail (found != NULL && server_key != NULL, NULL);

  keyring = forlop_keyring_from_text (found->wrapping, found->name, error);

  return keyring != NULL ? unwrap (keyring, server_key, error) : NULL;
}

/* A key for a new municipality, wrapped. */
static ForlopKeyring *
make_key (ForlopIdSource  *ids,
          ForlopClock     *clock,
          ForlopKey       *server_key,
          ForlopKey      **key,
          GError         **error)
{
  g_autofree char *id = forlop_id_source_next (ids, forlop_clock_now (clock));
  g_autoptr (ForlopKey) made = forlop_key_new_random ();
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_new (id, made);
  char *passphrase = dup_passphrase (server_key);
  gboolean is_wrapped = forlop_keyring_set_passphrase (keyring, made, passphrase, &wrapping_cost, error);

  free_passphrase (passphrase);
  if (!is_wrapped)
    return NULL;
  *key = g_steal_pointer (&made);

  return g_steal_pointer (&keyring);
}

static ForlopKey *
make_key_file (ForlopTenant  *self,
               const char    *log_path,
               ForlopKey     *server_key,
               GError       **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (log_path);
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopKeyring) keyring = make_key (self->ids, self->clock, server_key, &key, error);

  return keyring != NULL && forlop_keyring_save (keyring, key_path, error) ? g_steal_pointer (&key) : NULL;
}

typedef struct {
  ForlopTenant *tenant;
  const char *folder;
  gboolean create;
} Opening;

static gpointer
open_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Opening *opening = user_data;
  ForlopTenant *self = opening->tenant;
  g_autofree char *log_path = forlop_tenant_dup_log_path (opening->folder, self->name);
  g_autofree char *accounts_path = forlop_tenant_dup_accounts_path (opening->folder, self->name);
  g_autoptr (ForlopKey) accounts_key = forlop_key_derive (self->key, "accounts", 0);

  self->storage = forlop_sqlite_storage_open (log_path, self->key, opening->create, self->ids, error);
  if (self->storage == NULL)
    return NULL;
  self->accounts = forlop_account_store_open (accounts_path, accounts_key,
                                              !g_file_test (accounts_path, G_FILE_TEST_EXISTS), error);

  return self->accounts != NULL ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
close_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  ForlopTenant *self = user_data;

  g_clear_pointer (&self->accounts, forlop_account_store_free);
  g_clear_pointer (&self->storage, forlop_server_storage_free);

  return self;
}

void
forlop_tenant_free (ForlopTenant *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->others, g_ptr_array_unref);
  if (forlop_worker_run_sync (self->worker, close_on_worker, self, NULL, NULL) != self)
    g_assert_not_reached ();
  g_object_unref (self->worker);
  g_clear_pointer (&self->key, forlop_key_unref);
  forlop_clock_unref (self->clock);
  forlop_id_source_unref (self->ids);
  g_free (self->folder);
  g_free (self->conninfo);
  g_free (self->id);
  g_free (self->checkpoint);
  g_free (self->name);
  g_free (self);
}

static ForlopTenant *
tenant_new (const char  *folder,
            const char  *name,
            ForlopClock *clock)
{
  ForlopTenant *self = g_new0 (ForlopTenant, 1);

  self->name = g_strdup (name);
  self->folder = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  self->clock = forlop_clock_ref (clock);
  self->ids = forlop_id_source_new_system ();
  self->worker = forlop_worker_new (name);

  return self;
}

static gboolean
open_files (ForlopTenant  *self,
            const char    *folder,
            gboolean       create,
            GError       **error)
{
  Opening opening = { self, folder, create };

  return forlop_worker_run_sync (self->worker, open_on_worker, &opening, NULL, error) != NULL;
}

ForlopTenant *
forlop_tenant_open (const char   *folder,
                    const char   *name,
                    ForlopKey    *server_key,
                    ForlopClock  *clock,
                    GError      **error)
{
  g_autoptr (ForlopTenant) self = NULL;
  g_autofree char *log_path = NULL;

  g_return_val_if_fail (folder != NULL && forlop_tenant_name_is_valid (name), NULL);
  g_return_val_if_fail (server_key != NULL && clock != NULL, NULL);

  self = tenant_new (folder, name, clock);
  log_path = forlop_tenant_dup_log_path (folder, name);
  self->key = forlop_tenant_unwrap_key (log_path, server_key, error);
  if (self->key == NULL || !open_files (self, folder, FALSE, error))
    return NULL;

  return g_steal_pointer (&self);
}

typedef struct {
  ForlopTenant *tenant;
  const char *conninfo;
} Connecting;

static gpointer
connect_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  Connecting *self = user_data;
  ForlopTenant *tenant = self->tenant;

  tenant->storage = forlop_postgres_storage_open (self->conninfo, tenant->id, error);
  if (tenant->storage == NULL)
    return NULL;
  tenant->accounts = forlop_account_store_open_postgres (self->conninfo, tenant->id, error);

  return tenant->accounts != NULL ? tenant : NULL;
}

ForlopTenant *
forlop_tenant_open_postgres (const char                  *conninfo,
                             const ForlopPostgresTenant  *found,
                             ForlopKey                   *server_key,
                             unsigned int                 n_threads,
                             ForlopClock                 *clock,
                             GError                     **error)
{
  g_autoptr (ForlopTenant) self = NULL;
  Connecting connecting = { .conninfo = conninfo };

  g_return_val_if_fail (conninfo != NULL && found != NULL && server_key != NULL && n_threads > 0, NULL);

  self = tenant_new (NULL, found->name, clock);
  self->id = g_strdup (found->id);
  self->conninfo = g_strdup (conninfo);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_tenant_free);
  self->key = forlop_tenant_unwrap_text (found, server_key, error);
  if (self->key == NULL)
    return NULL;
  connecting.tenant = self;
  if (forlop_worker_run_sync (self->worker, connect_on_worker, &connecting, NULL, error) == NULL)
    return NULL;
  for (unsigned int i = 1; i < n_threads; i++)
    {
      ForlopTenant *other = forlop_tenant_open_postgres (conninfo, found, server_key, 1, clock, error);

      if (other == NULL)
        return NULL;
      g_ptr_array_add (self->others, other);
    }

  return g_steal_pointer (&self);
}

ForlopServerStorage *
forlop_tenant_open_reader (ForlopTenant  *self,
                           GError       **error)
{
  g_autofree char *parent = NULL;
  g_autofree char *log_path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->conninfo != NULL)
    return forlop_postgres_storage_open (self->conninfo, self->id, error);
  parent = g_path_get_dirname (self->folder);
  log_path = forlop_tenant_dup_log_path (parent, self->name);

  return forlop_sqlite_storage_open_reader (log_path, self->key, error);
}

ForlopTenant *
forlop_tenant_take_turn (ForlopTenant *self)
{
  unsigned int n;

  g_return_val_if_fail (self != NULL, NULL);

  n = self->others != NULL ? self->others->len : 0;
  self->turn = self->turn < n ? self->turn + 1 : 0;

  return self->turn == 0 ? self : g_ptr_array_index (self->others, self->turn - 1);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  if (g_mkdir (path, 0700) == 0)
    return TRUE;
  if (errno == EEXIST)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                 _("There is a municipality with that name already, in “%s”. Nothing was changed."), path);
  else
    forlop_store_error_set_errno (error, path, errno, "mkdir");

  return FALSE;
}

ForlopTenant *
forlop_tenant_create (const char   *folder,
                      const char   *name,
                      ForlopKey    *server_key,
                      ForlopClock  *clock,
                      GError      **error)
{
  g_autoptr (ForlopTenant) self = NULL;
  g_autofree char *log_path = NULL;

  g_return_val_if_fail (folder != NULL && server_key != NULL && clock != NULL, NULL);

  if (!forlop_tenant_check_name (name, error))
    return NULL;

  self = tenant_new (folder, name, clock);
  if (!make_folder (self->folder, error))
    return NULL;
  log_path = forlop_tenant_dup_log_path (folder, name);
  self->key = make_key_file (self, log_path, server_key, error);
  if (self->key == NULL || !open_files (self, folder, TRUE, error))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
forlop_tenant_create_postgres (const char   *owner,
                               const char   *name,
                               ForlopKey    *server_key,
                               ForlopClock  *clock,
                               GError      **error)
{
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *id = NULL;
  g_autofree char *wrapping = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopKeyring) keyring = NULL;
  ForlopPostgresTenant tenant = { .name = (char *) name };

  g_return_val_if_fail (owner != NULL && server_key != NULL && clock != NULL, FALSE);

  if (!forlop_tenant_check_name (name, error))
    return FALSE;
  keyring = make_key (ids, clock, server_key, &key, error);
  if (keyring == NULL)
    return FALSE;
  id = forlop_id_source_next (ids, forlop_clock_now (clock));
  wrapping = forlop_keyring_to_text (keyring);
  tenant.id = id;
  tenant.wrapping = wrapping;

  return forlop_postgres_storage_add_tenant (owner, &tenant, ids, error);
}
