/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-tenant-backup.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "forlop-connection-copy.h"
#include "forlop-error.h"
#include "forlop-keyring.h"
#include "forlop-sqlite-storage.h"
#include "forlop-store-error.h"
#include "forlop-tenant-state.h"

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  forlop_store_error_set_errno (error, path, errno, "mkdir");

  return FALSE;
}

static gboolean
copy_wrapping (const char  *log_path,
               const char  *target,
               GError     **error)
{
  g_autofree char *from_path = forlop_keyring_dup_path (log_path);
  g_autofree char *to_path = forlop_keyring_dup_path (target);
  g_autoptr (GFile) from = g_file_new_for_path (from_path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);

  return g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

static gboolean
copy_accounts (ForlopConnection  *accounts,
               ForlopKey         *key,
               const char        *target,
               GError           **error)
{
  g_autoptr (ForlopKey) accounts_key = forlop_key_derive (key, "accounts", 0);

  return forlop_connection_copy (accounts, accounts_key, target, NULL, NULL, NULL, NULL, error);
}

typedef struct {
  ForlopTenant *tenant;
  const char *to;
  gint64 seq;
} Backup;

/* The log comes last: a copy without it is not a copy, and is not taken for one. */
static gpointer
backup_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  Backup *self = user_data;
  ForlopTenant *tenant = self->tenant;
  g_autofree char *folder = g_build_filename (self->to, tenant->name, NULL);
  g_autofree char *log_path = g_build_filename (tenant->folder, "log.db", NULL);
  g_autofree char *target = forlop_tenant_dup_log_path (self->to, tenant->name);
  g_autofree char *accounts = forlop_tenant_dup_accounts_path (self->to, tenant->name);

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_EXISTS, target, NULL);
      return NULL;
    }
  if (!make_folder (folder, error) || !copy_wrapping (log_path, target, error) ||
      !copy_accounts (forlop_account_store_get_file (tenant->accounts), tenant->key, accounts, error) ||
      !forlop_sqlite_storage_backup (tenant->storage, target, &self->seq, error))
    return NULL;

  return self;
}

gboolean
forlop_tenant_backup (ForlopTenant  *tenant,
                      const char    *to,
                      gint64        *seq,
                      GError       **error)
{
  Backup self = { .tenant = tenant, .to = to };

  g_return_val_if_fail (tenant != NULL && to != NULL && seq != NULL, FALSE);

  if (forlop_worker_run_sync (tenant->worker, backup_on_worker, &self, NULL, error) == NULL)
    return FALSE;
  *seq = self.seq;

  return TRUE;
}

/* Clients forget what is before it, so it must be a position there is, and does not go back. */
static gboolean
check_safe (ForlopServerStorage  *storage,
            gint64                seq,
            GError              **error)
{
  ForlopServerHead head;

  if (!storage->funcs->get_head (storage, &head, error))
    return FALSE;
  if (seq >= head.safe_seq && seq <= head.seq)
    return TRUE;
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("That position is not between the newest one in a copy and the newest one there is. "
                         "Nothing was changed."));

  return FALSE;
}

static gpointer
set_safe_on_worker (gpointer       user_data,
                    GCancellable  *cancellable G_GNUC_UNUSED,
                    GError       **error)
{
  Backup *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;

  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  if (check_safe (storage, self->seq, error) &&
      storage->funcs->set_safe_seq (storage, self->seq, error) && storage->funcs->commit (storage, error))
    return self;
  storage->funcs->rollback (storage);

  return NULL;
}

gboolean
forlop_tenant_set_safe (ForlopTenant  *tenant,
                        gint64         seq,
                        GError       **error)
{
  Backup self = { .tenant = tenant, .seq = seq };

  g_return_val_if_fail (tenant != NULL, FALSE);

  return forlop_worker_run_sync (tenant->worker, set_safe_on_worker, &self, NULL, error) != NULL;
}

typedef struct {
  ForlopTenant *tenant;
  ForlopServerHead *head;
} Looking;

static gpointer
get_head_on_worker (gpointer       user_data,
                    GCancellable  *cancellable G_GNUC_UNUSED,
                    GError       **error)
{
  Looking *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  gboolean is_read;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  is_read = storage->funcs->get_head (storage, self->head, error);
  storage->funcs->rollback (storage);

  return is_read ? self : NULL;
}

gboolean
forlop_tenant_get_head (ForlopTenant      *tenant,
                        ForlopServerHead  *head,
                        GError           **error)
{
  Looking self = { tenant, head };

  g_return_val_if_fail (tenant != NULL && head != NULL, FALSE);

  return forlop_worker_run_sync (tenant->worker, get_head_on_worker, &self, NULL, error) != NULL;
}

static gboolean
restore_accounts (const char  *from,
                  const char  *to,
                  ForlopKey   *key,
                  GError     **error)
{
  g_autoptr (ForlopKey) accounts_key = forlop_key_derive (key, "accounts", 0);
  g_autoptr (ForlopConnection) source =
    forlop_connection_open (from, accounts_key, FORLOP_CONNECTION_READER, error);

  return source != NULL && copy_accounts (source, key, to, error);
}

static gpointer
renew_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  ForlopTenant *tenant = user_data;
  ForlopServerStorage *storage = tenant->storage;
  char epoch[33];

  forlop_tenant_make_epoch (tenant->ids, epoch);
  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  if (storage->funcs->set_epoch (storage, epoch, error) && storage->funcs->commit (storage, error))
    return tenant;
  storage->funcs->rollback (storage);

  return NULL;
}

gboolean
forlop_tenant_renew (ForlopTenant  *tenant,
                     GError       **error)
{
  g_return_val_if_fail (tenant != NULL, FALSE);

  return forlop_worker_run_sync (tenant->worker, renew_on_worker, tenant, NULL, error) != NULL;
}

gboolean
forlop_tenant_restore (const char  *folder,
                       const char  *name,
                       const char  *from,
                       ForlopKey   *server_key,
                       GError     **error)
{
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *own = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *target = NULL;
  g_autofree char *accounts_copy = NULL;
  g_autofree char *accounts = NULL;
  g_autoptr (ForlopKey) key = NULL;

  g_return_val_if_fail (folder != NULL && from != NULL && server_key != NULL, FALSE);
  g_return_val_if_fail (forlop_tenant_name_is_valid (name), FALSE);

  own = g_build_filename (folder, name, NULL);
  copy = forlop_tenant_dup_log_path (from, name);
  target = forlop_tenant_dup_log_path (folder, name);
  accounts_copy = forlop_tenant_dup_accounts_path (from, name);
  accounts = forlop_tenant_dup_accounts_path (folder, name);
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_EXISTS, target, NULL);
      return FALSE;
    }
  key = forlop_tenant_unwrap_key (copy, server_key, error);

  return key != NULL && make_folder (own, error) && copy_wrapping (copy, target, error) &&
         restore_accounts (accounts_copy, accounts, key, error) &&
         forlop_sqlite_storage_restore (copy, target, key, ids, error);
}
