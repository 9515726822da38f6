/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-erase.h"

#include <glib/gstdio.h>

#include "forlop-blob-store.h"
#include "forlop-file-private.h"
#include "forlop-keyring.h"
#include "forlop-store.h"

/* The wrapping by a PIN is dead without the secret in the desktop's key store, also in copies of the file. */
static void
forget_pin (const char *key_path)
{
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, NULL);
  g_autoptr (GError) error = NULL;

  if (keyring != NULL && forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE) &&
      !forlop_keyring_forget_pin (keyring, NULL, &error))
    g_debug ("The key store was not reached: %s", error->message);
}

gboolean
forlop_store_erase (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal", "", ".lock" };
  g_autofree char *key_path = NULL;
  g_autofree char *blobs = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  key_path = forlop_keyring_dup_path (path);
  blobs = forlop_store_dup_blob_folder (path);
  folder = g_path_get_dirname (path);
  forget_pin (key_path);
  g_unlink (key_path);
  forlop_file_sync_path (folder, NULL);
  for (unsigned int i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
  forlop_file_remove_folder (blobs);
  forlop_file_sync_path (folder, NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (key_path, G_FILE_TEST_EXISTS) &&
         !g_file_test (blobs, G_FILE_TEST_EXISTS);
}
