/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-rekey.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "forlop-blob-store.h"
#include "forlop-connection-copy.h"
#include "forlop-file-private.h"
#include "forlop-store-check-private.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"
#include "forlop-store-private.h"

/* The new set is FILE.rekey with its own wrappings and attachments. Renaming the database over the
 * old one is what changes the key: from then on FILE.rekey.key is there without FILE.rekey, and the
 * rest only has to follow. Hence the wrappings come after the database and go before it. */
#define NEXT_SUFFIX ".rekey"

typedef struct {
  char *path;
  char *blobs;
  char *key_path;
} Names;

typedef struct {
  const char *path;
  ForlopKey *key;
  ForlopKey *new_key;
  ForlopStoreProgress progress;
  gpointer user_data;
} Rekey;

static void
names_clear (Names *names)
{
  g_free (names->path);
  g_free (names->blobs);
  g_free (names->key_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static Names
names_of (const char *path,
          const char *suffix)
{
  Names names = { .path = g_strconcat (path, suffix, NULL) };

  names.blobs = forlop_store_dup_blob_folder (names.path);
  names.key_path = forlop_keyring_dup_path (names.path);
  return names;
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return forlop_file_sync_path (folder, error);
}

static gboolean
is_changed (const Names *next)
{
  return exists (next->key_path) && !exists (next->path);
}

char *
forlop_store_rekey_dup_waiting (const char *key_path)
{
  g_return_val_if_fail (key_path != NULL, NULL);

  g_autofree char *suffix = forlop_keyring_dup_path ("");
  if (!g_str_has_suffix (key_path, suffix))
    return NULL;

  g_autofree char *path = g_strndup (key_path, strlen (key_path) - strlen (suffix));
  g_auto(Names) next = names_of (path, NEXT_SUFFIX);
  return is_changed (&next) ? g_steal_pointer (&next.key_path) : NULL;
}

/* The old attachments go before the new ones get their name; killed in between, the next one to open
 * the store goes on here. */
static gboolean
go_forward (const Names  *now,
            const Names  *next,
            GError      **error)
{
  if (!sync_folder (now->path, error))
    return FALSE;

  if (exists (next->blobs))
    {
      forlop_file_remove_folder (now->blobs);
      if (!forlop_file_publish (next->blobs, now->blobs, error))
        return FALSE;
    }

  return forlop_file_publish (next->key_path, now->key_path, error);
}

static gboolean
go_back (const Names  *next,
         GError      **error)
{
  static const char *const suffixes[] = {
    FORLOP_FILE_NEW_SUFFIX, FORLOP_FILE_NEW_SUFFIX "-wal", FORLOP_FILE_NEW_SUFFIX "-shm",
    FORLOP_FILE_NEW_SUFFIX "-journal", "-wal", "-shm", (".key" FORLOP_FILE_NEW_SUFFIX), "",
  };

  if (exists (next->key_path))
    {
      g_unlink (next->key_path);
      if (!sync_folder (next->path, error))
        return FALSE;
    }

  forlop_file_remove_folder (next->blobs);
  for (unsigned int i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (next->path, suffixes[i], NULL);
      g_unlink (name);
    }
  return TRUE;
}

gboolean
forlop_store_rekey_settle (const char  *path,
                           GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_auto(Names) now = names_of (path, "");
  g_auto(Names) next = names_of (path, NEXT_SUFFIX);
  return is_changed (&next) ? go_forward (&now, &next, error) : go_back (&next, error);
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer user_data)
{
  Rekey *rekey = user_data;

  if (rekey->progress != NULL)
    rekey->progress (done, total, rekey->user_data);
}

static gboolean
copy_attachments (Rekey         *rekey,
                  const Names   *now,
                  const Names   *next,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(ForlopBlobStore) source = forlop_blob_store_new (now->blobs, rekey->key);
  g_autoptr(ForlopBlobStore) target = forlop_blob_store_new (next->blobs, rekey->new_key);
  g_autoptr(GError) problem = NULL;

  if (!exists (now->blobs)
      || (forlop_file_make_folder (next->blobs, error)
          && forlop_blob_store_copy_all (source, target, cancellable, &problem)))
    return TRUE;

  if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_DAMAGED))
    g_set_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_DAMAGED,
                 _("An attachment cannot be read, and under a new key it would be lost for good. "
                   "Nothing was changed. Fetch it from the backup, or attach it again, and then "
                   "change the key."));
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* While the new database has no name yet: its structure, and the attachments beside it. */
static gboolean
finish_copy (ForlopConnection  *copy,
             gpointer           user_data,
             GCancellable      *cancellable,
             GError           **error)
{
  Rekey *rekey = user_data;
  g_auto(Names) now = names_of (rekey->path, "");
  g_auto(Names) next = names_of (rekey->path, NEXT_SUFFIX);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!forlop_connection_find_problems (copy, problems, error))
    return FALSE;

  if (problems->len > 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_DAMAGED, rekey->path, problems->pdata[0]);
      return FALSE;
    }

  return copy_attachments (rekey, &now, &next, cancellable, error);
}

/* Under the lock nobody writes, so that no transaction need hold the moment. The last connection to the
 * old database takes its log away: one left behind would be played into the new database. */
static gboolean
copy_database (Rekey         *rekey,
               const Names   *next,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(ForlopConnection) source =
    forlop_connection_open (rekey->path, rekey->key, FORLOP_CONNECTION_WRITER, error);
  g_autofree char *log = g_strconcat (rekey->path, "-wal", NULL);

  if (source == NULL
      || !forlop_connection_checkpoint (source, error)
      || !forlop_connection_copy (source, rekey->new_key, next->path, progress_cb, finish_copy, rekey,
                                  cancellable, error))
    return FALSE;

  g_clear_object (&source);
  if (!exists (log))
    return TRUE;

  forlop_store_error_set (error, FORLOP_STORE_ERROR_BUSY, rekey->path, "the log is not empty");
  return FALSE;
}

/* From the rename of the database on there is no way back, and an error is not one of the change:
 * who opens the store next settles the rest. */
static gboolean
change (Rekey          *rekey,
        ForlopKeyring  *keyring,
        GCancellable   *cancellable,
        GError        **error)
{
  g_auto(Names) next = names_of (rekey->path, NEXT_SUFFIX);
  g_autoptr(GError) problem = NULL;

  if (!copy_database (rekey, &next, cancellable, error)
      || !forlop_keyring_save (keyring, next.key_path, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!forlop_file_publish (next.path, rekey->path, &problem) && exists (next.path))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return TRUE;
}

gboolean
forlop_store_rekey (const char           *path,
                    ForlopKey            *key,
                    ForlopKey            *new_key,
                    ForlopKeyring        *keyring,
                    ForlopStoreProgress   progress,
                    gpointer              user_data,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_return_val_if_fail (path != NULL && key != NULL && new_key != NULL, FALSE);
  g_return_val_if_fail (keyring != NULL && forlop_keyring_matches (keyring, new_key), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  Rekey rekey = { path, key, new_key, progress, user_data };
  g_autofd int lock_fd = forlop_store_lock (path, error);
  if (lock_fd < 0)
    return FALSE;

  gboolean changed = change (&rekey, keyring, cancellable, error);
  forlop_store_rekey_settle (path, NULL);
  forlop_store_unlock (path, g_steal_fd (&lock_fd));
  return changed;
}
