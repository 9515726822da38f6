/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-create.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "forlop-connection.h"
#include "forlop-file-private.h"
#include "forlop-store-error.h"
#include "forlop-store-rekey.h"

#define LOCK_SUFFIX ".lock"

/* Everything that a creation can leave behind when the process is killed. */
static const char *const half_made[] = {
  FORLOP_FILE_NEW_SUFFIX,
  FORLOP_FILE_NEW_SUFFIX "-wal",
  FORLOP_FILE_NEW_SUFFIX "-shm",
  FORLOP_FILE_NEW_SUFFIX "-journal",
  (".key" FORLOP_FILE_NEW_SUFFIX),
};

static void
remove_half_made (const char *path)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (half_made); i++)
    {
      g_autofree char *name = g_strconcat (path, half_made[i], NULL);
      g_unlink (name);
    }
}

int
forlop_store_lock (const char  *path,
                   GError     **error)
{
  g_return_val_if_fail (path != NULL, -1);

  g_autofree char *lock = g_strconcat (path, LOCK_SUFFIX, NULL);
  g_autoptr(GError) problem = NULL;
  g_autofd int fd = forlop_file_lock (lock, &problem);
  if (fd >= 0)
    {
      remove_half_made (path);
      if (forlop_store_rekey_settle (path, error))
        return g_steal_fd (&fd);
    }
  else if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_IN_USE))
    forlop_store_error_set (error, FORLOP_STORE_ERROR_IN_USE, path, NULL);
  else
    g_propagate_error (error, g_steal_pointer (&problem));

  return -1;
}

void
forlop_store_unlock (const char *path,
                     int         fd)
{
  g_return_if_fail (path != NULL && fd >= 0);

  g_autofree char *lock = g_strconcat (path, LOCK_SUFFIX, NULL);
  remove_half_made (path);
  g_unlink (lock);
  close (fd);
}

static gboolean
make_database (const char             *path,
               ForlopKey              *key,
               const ForlopMigration  *scripts,
               GError                **error)
{
  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (path, key, FORLOP_CONNECTION_CREATE, error);

  return connection != NULL
         && forlop_migrator_run (connection, scripts, error)
         && forlop_connection_checkpoint (connection, error);
}

/* The wrappings of a lost database may be the only way to its backups: they are moved aside and
 * never overwritten. */
static gboolean
move_old_wrappings (const char  *key_path,
                    GError     **error)
{
  for (unsigned int n = 1; g_file_test (key_path, G_FILE_TEST_EXISTS); n++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.old-%u", key_path, n);
      if (!g_file_test (aside, G_FILE_TEST_EXISTS) && !forlop_file_publish (key_path, aside, error))
        return FALSE;
    }

  return TRUE;
}

/* The database is renamed last: it is what makes the store exist. What failed after its rename, as
 * syncing the folder does, is taken back. */
static gboolean
publish (const char     *path,
         const char     *temporary,
         ForlopKeyring  *keyring,
         GError        **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (path);

  if (keyring != NULL && !move_old_wrappings (key_path, error))
    return FALSE;

  if ((keyring == NULL || forlop_keyring_save (keyring, key_path, error))
      && forlop_file_publish (temporary, path, error))
    return TRUE;

  g_unlink (path);
  if (keyring != NULL)
    g_unlink (key_path);
  return FALSE;
}

gboolean
forlop_store_create (const char     *path,
                     ForlopKey      *key,
                     ForlopKeyring  *keyring,
                     GError        **error)
{
  return forlop_store_create_with_scripts (path, key, keyring, forlop_migrator_get_scripts (),
                                           error);
}

gboolean
forlop_store_create_with_scripts (const char             *path,
                                  ForlopKey              *key,
                                  ForlopKeyring          *keyring,
                                  const ForlopMigration  *scripts,
                                  GError                **error)
{
  g_return_val_if_fail (path != NULL && key != NULL && scripts != NULL, FALSE);
  g_return_val_if_fail (keyring == NULL || forlop_keyring_matches (keyring, key), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofd int lock_fd = forlop_store_lock (path, error);
  if (lock_fd < 0)
    return FALSE;

  g_autofree char *temporary = g_strconcat (path, FORLOP_FILE_NEW_SUFFIX, NULL);
  gboolean made = FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    forlop_store_error_set (error, FORLOP_STORE_ERROR_EXISTS, path, NULL);
  else
    made = make_database (temporary, key, scripts, error)
           && forlop_file_sync_path (temporary, error)
           && publish (path, temporary, keyring, error);
  forlop_store_unlock (path, g_steal_fd (&lock_fd));
  return made;
}
