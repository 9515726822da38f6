/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-blob-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "forlop-blob-cipher-private.h"
#include "forlop-error.h"
#include "forlop-file-private.h"
#include "forlop-store-error.h"

#define KEY_PURPOSE "frlpblob"
#define CONTENTS_KEY 1
#define NAME_KEY 2
#define NAME_BYTES 32
#define HASH_BYTES 32

/* Two hexadecimal digits of the name are the folder: 256 folders keep each of them short. */
#define PREFIX_LENGTH 2

struct _ForlopBlobStore
{
  GObject parent_instance;

  char *folder;
  ForlopKey *contents_key;
  ForlopKey *name_key;
};

G_DEFINE_FINAL_TYPE (ForlopBlobStore, forlop_blob_store, G_TYPE_OBJECT)

static void
forlop_blob_store_finalize (GObject *object)
{
  ForlopBlobStore *self = FORLOP_BLOB_STORE (object);

  g_clear_pointer (&self->name_key, forlop_key_unref);
  g_clear_pointer (&self->contents_key, forlop_key_unref);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (forlop_blob_store_parent_class)->finalize (object);
}

static void
forlop_blob_store_class_init (ForlopBlobStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_blob_store_finalize;
}

static void
forlop_blob_store_init (ForlopBlobStore *self G_GNUC_UNUSED)
{
}

ForlopBlobStore *
forlop_blob_store_new (const char *folder,
                       ForlopKey  *data_key)
{
  g_return_val_if_fail (folder != NULL && data_key != NULL, NULL);

  ForlopBlobStore *self = g_object_new (FORLOP_TYPE_BLOB_STORE, NULL);
  self->folder = g_strdup (folder);
  self->contents_key = forlop_key_derive (data_key, KEY_PURPOSE, CONTENTS_KEY);
  self->name_key = forlop_key_derive (data_key, KEY_PURPOSE, NAME_KEY);
  return self;
}

const char *
forlop_blob_store_get_folder (ForlopBlobStore *self)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self), NULL);

  return self->folder;
}

gboolean
forlop_blob_hash_is_valid (const char *hash)
{
  return hash != NULL
         && strlen (hash) == FORLOP_BLOB_HASH_LENGTH
         && strspn (hash, "0123456789abcdef") == FORLOP_BLOB_HASH_LENGTH;
}

static char *
hash_contents (GBytes *contents)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (contents, &length);
  guint8 hash[crypto_hash_sha256_BYTES];
  char *text = g_malloc (FORLOP_BLOB_HASH_LENGTH + 1);

  G_STATIC_ASSERT (crypto_hash_sha256_BYTES == HASH_BYTES);
  crypto_hash_sha256 (hash, data, length);
  sodium_bin2hex (text, FORLOP_BLOB_HASH_LENGTH + 1, hash, sizeof hash);
  return text;
}

/* The file's name within the folder, with the sub-folder before it. */
static char *
build_name (ForlopBlobStore *self,
            const char      *hash)
{
  guint8 bytes[NAME_BYTES];
  char name[2 * NAME_BYTES + 1];

  crypto_generichash (bytes, sizeof bytes, (const guint8 *) hash, strlen (hash),
                      forlop_key_get_bytes (self->name_key), FORLOP_KEY_LENGTH);
  sodium_bin2hex (name, sizeof name, bytes, sizeof bytes);
  return g_strdup_printf ("%.*s/%s", PREFIX_LENGTH, name, name + PREFIX_LENGTH);
}

static char *
build_path (ForlopBlobStore *self,
            const char      *hash)
{
  g_autofree char *name = build_name (self, hash);

  return g_build_filename (self->folder, name, NULL);
}

/* Two threads may put the same contents at once, so each writes under a name of its own. */
static gboolean
write_new (const char  *path,
           GByteArray  *sealed,
           GError     **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%08x" FORLOP_FILE_NEW_SUFFIX, path,
                                                randombytes_random ());
  g_autofd int fd = forlop_file_create (temporary, error);
  if (fd < 0)
    return FALSE;

  gboolean written = forlop_file_append (fd, path, sealed->data, sealed->len, error)
                     && forlop_file_sync (fd, path, error)
                     && forlop_file_publish (temporary, path, error);
  if (!written)
    g_unlink (temporary);

  return written;
}

static gboolean
make_folders (ForlopBlobStore  *self,
              const char       *path,
              GError          **error)
{
  g_autofree char *prefix = g_path_get_dirname (path);

  return forlop_file_make_folder (self->folder, error) && forlop_file_make_folder (prefix, error);
}

char *
forlop_blob_store_put (ForlopBlobStore  *self,
                       GBytes           *contents,
                       GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self) && contents != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_bytes_get_size (contents) > FORLOP_BLOB_MAX_LENGTH)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The attachment is larger than %d MB and was not added. Make it smaller, "
                     "for example by scanning with a lower resolution."),
                   FORLOP_BLOB_MAX_LENGTH / (1024 * 1024));
      return NULL;
    }

  g_autofree char *hash = hash_contents (contents);
  g_autoptr(GBytes) present = forlop_blob_store_get (self, hash, NULL);
  if (present != NULL)
    return g_steal_pointer (&hash);

  g_autofree char *path = build_path (self, hash);
  g_autoptr(GByteArray) sealed = forlop_blob_cipher_seal (self->contents_key, contents);
  if (!make_folders (self, path, error) || !write_new (path, sealed, error))
    return NULL;

  return g_steal_pointer (&hash);
}

GBytes *
forlop_blob_store_get (ForlopBlobStore  *self,
                       const char       *hash,
                       GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self), NULL);
  g_return_val_if_fail (forlop_blob_hash_is_valid (hash), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr(GError) problem = NULL;
  g_autofree char *path = build_path (self, hash);
  gsize limit = forlop_blob_cipher_size (FORLOP_BLOB_MAX_LENGTH);
  g_autoptr(GBytes) sealed = forlop_file_read (path, limit, &problem);
  if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_MISSING))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_BLOB_MISSING, path, NULL);
      return NULL;
    }

  if (problem != NULL
      && !g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  g_autoptr(GBytes) contents =
    sealed != NULL ? forlop_blob_cipher_open (self->contents_key, sealed) : NULL;
  g_autofree char *found = contents != NULL ? hash_contents (contents) : NULL;
  if (g_strcmp0 (found, hash) != 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_BLOB_DAMAGED, path, NULL);
      return NULL;
    }

  return g_steal_pointer (&contents);
}

gboolean
forlop_blob_store_has (ForlopBlobStore *self,
                       const char      *hash)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self), FALSE);
  g_return_val_if_fail (forlop_blob_hash_is_valid (hash), FALSE);

  g_autofree char *path = build_path (self, hash);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

gboolean
forlop_blob_store_remove (ForlopBlobStore  *self,
                          const char       *hash,
                          GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self), FALSE);
  g_return_val_if_fail (forlop_blob_hash_is_valid (hash), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *path = build_path (self, hash);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  forlop_store_error_set_errno (error, path, errno, "remove");
  return FALSE;
}

/* What the file has, when it is what its name says: the name is a keyed hash of the contents. */
static GBytes *
open_file (ForlopBlobStore  *self,
           const char       *path,
           char            **hash,
           GError          **error)
{
  g_autoptr(GBytes) sealed =
    forlop_file_read (path, forlop_blob_cipher_size (FORLOP_BLOB_MAX_LENGTH), error);
  if (sealed == NULL)
    return NULL;

  g_autoptr(GBytes) contents = forlop_blob_cipher_open (self->contents_key, sealed);
  g_autofree char *found = contents != NULL ? hash_contents (contents) : NULL;
  g_autofree char *expected = found != NULL ? build_path (self, found) : NULL;
  if (g_strcmp0 (expected, path) != 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_BLOB_DAMAGED, path, NULL);
      return NULL;
    }

  if (hash != NULL)
    *hash = g_steal_pointer (&found);
  return g_steal_pointer (&contents);
}

static gboolean
list_in_folder (ForlopBlobStore  *self,
                const char       *prefix,
                GHashTable       *names,
                GPtrArray        *others,
                GError          **error)
{
  g_autofree char *folder = g_build_filename (self->folder, prefix, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s", prefix, name);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(GBytes) contents = NULL;
      char *hash = NULL;

      if (g_hash_table_contains (names, key))
        continue;
      if (g_str_has_suffix (name, FORLOP_FILE_NEW_SUFFIX))
        {
          if (g_unlink (path) != 0)
            {
              forlop_store_error_set_errno (error, path, errno, "remove");
              return FALSE;
            }
          continue;
        }
      contents = open_file (self, path, &hash, NULL);
      if (contents != NULL)
        g_ptr_array_add (others, hash);
    }

  return TRUE;
}

GPtrArray *
forlop_blob_store_list_others (ForlopBlobStore  *self,
                               GHashTable       *hashes,
                               GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self) && hashes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *prefix;
  GHashTableIter iter;
  gpointer hash;

  if (dir == NULL)
    return g_steal_pointer (&others);
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    g_hash_table_add (names, build_name (self, hash));
  while ((prefix = g_dir_read_name (dir)) != NULL)
    if (!list_in_folder (self, prefix, names, others, error))
      return NULL;

  return g_steal_pointer (&others);
}

static gboolean
copy_file (ForlopBlobStore  *self,
           const char       *path,
           ForlopBlobStore  *target,
           GError          **error)
{
  g_autoptr(GBytes) contents = open_file (self, path, NULL, error);
  if (contents == NULL)
    return FALSE;

  g_autofree char *put = forlop_blob_store_put (target, contents, error);
  g_autoptr(GBytes) back = put != NULL ? forlop_blob_store_get (target, put, error) : NULL;
  return back != NULL;
}

static gboolean
copy_folder (ForlopBlobStore  *self,
             const char       *prefix,
             ForlopBlobStore  *target,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autofree char *folder = g_build_filename (self->folder, prefix, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (!g_str_has_suffix (name, FORLOP_FILE_NEW_SUFFIX)
          && !copy_file (self, path, target, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_blob_store_copy_all (ForlopBlobStore  *self,
                            ForlopBlobStore  *target,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_BLOB_STORE (self) && FORLOP_IS_BLOB_STORE (target), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *prefix;

  while (dir != NULL && (prefix = g_dir_read_name (dir)) != NULL)
    {
      if (!copy_folder (self, prefix, target, cancellable, error))
        return FALSE;
    }

  return TRUE;
}
