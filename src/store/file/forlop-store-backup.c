/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-backup.h"

#include <glib/gstdio.h>

#include "forlop-blob-store.h"
#include "forlop-connection-copy.h"
#include "forlop-file-private.h"
#include "forlop-keyring.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"
#include "forlop-store-private.h"

typedef struct {
  ForlopStore *store;
  char *target;
  ForlopStoreProgress progress;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Backup;

static gboolean
copy_folder (const char    *from,
             const char    *to,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  if (dir == NULL)
    return TRUE;

  if (!forlop_file_make_folder (to, error))
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      gboolean copied = g_file_test (source, G_FILE_TEST_IS_DIR)
                          ? copy_folder (source, target, cancellable, error)
                          : g_str_has_suffix (name, FORLOP_FILE_NEW_SUFFIX)
                              || forlop_file_copy (source, target, error);
      if (!copied)
        return FALSE;
    }

  return TRUE;
}

static gboolean
copy_key (Backup  *backup,
          GError **error)
{
  g_autofree char *from = forlop_keyring_dup_path (forlop_store_get_path (backup->store));
  g_autofree char *to = forlop_keyring_dup_path (backup->target);

  return !g_file_test (from, G_FILE_TEST_EXISTS) || forlop_file_copy (from, to, error);
}

/* Attachments are copied after the database, so that none it names is missing: they never change,
 * and those of removed records go later. The database gets its name last. */
static gboolean
copy_others (ForlopConnection  *copy,
             gpointer           user_data,
             GCancellable      *cancellable,
             GError           **error)
{
  Backup *backup = user_data;
  g_autofree char *blobs = forlop_store_dup_blob_folder (backup->target);
  ForlopBlobStore *own = forlop_store_get_blobs (backup->store);

  g_assert (FORLOP_IS_CONNECTION (copy));

  return copy_folder (forlop_blob_store_get_folder (own), blobs, cancellable, error)
         && copy_key (backup, error);
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer user_data)
{
  Backup *backup = user_data;

  if (backup->progress != NULL)
    backup->progress (done, total, backup->user_data);
}

static gboolean
copy_all (Backup            *backup,
          ForlopConnection  *source,
          GCancellable      *cancellable,
          GError           **error)
{
  return forlop_connection_copy (source, forlop_store_get_key (backup->store), backup->target,
                                 progress_cb, copy_others, backup, cancellable, error);
}

static void
remove_target (Backup *backup)
{
  g_autofree char *blobs = forlop_store_dup_blob_folder (backup->target);
  g_autofree char *key = forlop_keyring_dup_path (backup->target);

  g_unlink (backup->target);
  g_unlink (key);
  forlop_file_remove_folder (blobs);
}

static gboolean
check_free (Backup  *backup,
            GError **error)
{
  g_autofree char *key = forlop_keyring_dup_path (backup->target);
  g_autofree char *blobs = forlop_store_dup_blob_folder (backup->target);
  const char *paths[] = { backup->target, key, blobs };

  for (unsigned int i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
        {
          forlop_store_error_set (error, FORLOP_STORE_ERROR_EXISTS, paths[i], NULL);
          return FALSE;
        }
    }

  return TRUE;
}

static gpointer
backup_func (ForlopConnection  *connection,
             gpointer           user_data,
             GCancellable      *cancellable,
             GError           **error)
{
  Backup *backup = user_data;
  g_autofd int lock_fd = forlop_store_lock (backup->target, error);

  if (lock_fd < 0)
    return NULL;

  if (check_free (backup, error) && !copy_all (backup, connection, cancellable, error))
    remove_target (backup);
  forlop_store_unlock (backup->target, g_steal_fd (&lock_fd));
  return NULL;
}

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  if (backup->user_data_free != NULL)
    backup->user_data_free (backup->user_data);
  g_object_unref (backup->store);
  g_free (backup->target);
  g_free (backup);
}

static Backup *
backup_new (ForlopStore          *store,
            const char           *target,
            ForlopStoreProgress   progress,
            gpointer              user_data,
            GDestroyNotify        user_data_free)
{
  Backup *backup = g_new0 (Backup, 1);

  backup->store = g_object_ref (store);
  backup->target = g_strdup (target);
  backup->progress = progress;
  backup->user_data = user_data;
  backup->user_data_free = user_data_free;
  return backup;
}

DexFuture *
forlop_store_backup (ForlopStore          *self,
                     const char           *target,
                     ForlopStoreProgress   progress,
                     gpointer              user_data,
                     GDestroyNotify        user_data_free)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && target != NULL, NULL);

  return forlop_store_keep (self, backup_func,
                            backup_new (self, target, progress, user_data, user_data_free),
                            backup_free, NULL);
}

gboolean
forlop_store_backup_sync (ForlopStore          *self,
                          const char           *target,
                          ForlopStoreProgress   progress,
                          gpointer              user_data,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && target != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  Backup *backup = backup_new (self, target, progress, user_data, NULL);
  gpointer nothing = forlop_store_keep_sync (self, backup_func, backup, NULL, cancellable,
                                             &problem);
  g_assert (nothing == NULL);
  backup_free (backup);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
