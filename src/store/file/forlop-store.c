/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-struct.h"

#include <glib/gstdio.h>

#include "forlop-blob-sweep.h"
#include "forlop-keyring.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"

enum {
  CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopStore, forlop_store, G_TYPE_OBJECT)

static void
forlop_store_finalize (GObject *object)
{
  ForlopStore *self = FORLOP_STORE (object);

  forlop_store_close (self, NULL);
  for (unsigned int i = 0; i < N_READERS; i++)
    g_clear_object (&self->readers[i].worker);
  g_clear_object (&self->keeper.worker);
  g_clear_object (&self->writer.worker);
  g_clear_pointer (&self->changes, forlop_store_changes_free);
  g_clear_object (&self->blobs);
  g_clear_pointer (&self->ids, forlop_id_source_unref);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_pointer (&self->key, forlop_key_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (forlop_store_parent_class)->finalize (object);
}

static void
forlop_store_class_init (ForlopStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_store_finalize;

  /**
   * ForlopStore::changed:
   * @tables: (array zero-terminated=1): the tables that committed writes have touched, sorted.
   *
   * Emitted in the main context that was the thread's default when the store was opened. Several
   * commits in a row may share one emission.
   */
  signals[CHANGED] = g_signal_new ("changed", FORLOP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
forlop_store_init (ForlopStore *self)
{
  self->lock_fd = -1;
  self->changes = forlop_store_changes_new (G_OBJECT (self), signals[CHANGED]);
}

static ForlopStore *
store_new (const char             *path,
           ForlopKey              *key,
           ForlopClock            *clock,
           ForlopIdSource         *ids,
           ForlopStoreFlags        flags,
           const ForlopMigration  *scripts)
{
  ForlopStore *self = g_object_new (FORLOP_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  self->key = forlop_key_ref (key);
  self->clock = forlop_clock_ref (clock);
  self->ids = forlop_id_source_ref (ids);
  self->flags = flags;
  self->scripts = scripts;

  g_autofree char *folder = forlop_store_dup_blob_folder (path);
  self->blobs = forlop_blob_store_new (folder, key);
  self->writer.worker = forlop_worker_new ("store-writer");
  for (unsigned int i = 0; i < N_READERS; i++)
    self->readers[i].worker = forlop_worker_new ("store-reader");
  self->keeper.worker = forlop_worker_new ("store-keeper");
  return self;
}

/* A first page that does not answer to the key means a wrong key, unless the side file knows that
 * the key is right. */
static void
correct_wrong_key (ForlopStore  *self,
                   GError      **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (self->path);
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_load (key_path, NULL);

  if (keyring == NULL || !forlop_keyring_matches (keyring, self->key))
    return;

  g_clear_error (error);
  forlop_store_error_set (error, FORLOP_STORE_ERROR_DAMAGED, self->path, "first page");
}

static ForlopConnection *
open_writer (ForlopStore  *self,
             GError      **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (self->path, self->key, FORLOP_CONNECTION_WRITER, &problem);

  if (g_error_matches (problem, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY))
    correct_wrong_key (self, &problem);
  if (connection == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (!forlop_migrator_run (connection, self->scripts, error))
    return NULL;

  return g_steal_pointer (&connection);
}

/* What could not be swept is swept the next time; it is in nobody's way. */
static void
sweep_blobs (ForlopStore *self)
{
  g_autoptr(GError) problem = NULL;

  if (self->scripts == forlop_migrator_get_scripts ()
      && !forlop_blob_sweep (self->writer.connection, self->blobs, &problem))
    g_message ("Attachments that nothing names are still there: %s", problem->message);
}

static gpointer
open_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  ForlopStore *self = user_data;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_MISSING, self->path, NULL);
      return NULL;
    }

  self->lock_fd = forlop_store_lock (self->path, error);
  if (self->lock_fd < 0)
    return NULL;

  self->writer.connection = open_writer (self, error);
  if (self->writer.connection == NULL)
    return NULL;

  sweep_blobs (self);
  return g_object_ref (self);
}

/**
 * forlop_store_open:
 * @path: The database file, made by forlop_store_create().
 * @key: Its data key.
 *
 * Locks the file to this process, opens it and brings it to the newest version. Stands still
 * meanwhile; a program with a window uses forlop_store_open_async().
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with an error of FORLOP_STORE_ERROR.
 */
ForlopStore *
forlop_store_open (const char        *path,
                   ForlopKey         *key,
                   ForlopClock       *clock,
                   ForlopIdSource    *ids,
                   ForlopStoreFlags   flags,
                   GError           **error)
{
  return forlop_store_open_with_scripts (path, key, clock, ids, flags,
                                         forlop_migrator_get_scripts (), error);
}

ForlopStore *
forlop_store_open_with_scripts (const char             *path,
                                ForlopKey              *key,
                                ForlopClock            *clock,
                                ForlopIdSource         *ids,
                                ForlopStoreFlags        flags,
                                const ForlopMigration  *scripts,
                                GError                **error)
{
  g_return_val_if_fail (path != NULL && key != NULL && scripts != NULL, NULL);
  g_return_val_if_fail (clock != NULL && ids != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr(ForlopStore) self = store_new (path, key, clock, ids, flags, scripts);
  return forlop_worker_run_sync (self->writer.worker, open_on_worker, self, NULL, error);
}

DexFuture *
forlop_store_open_async (const char        *path,
                         ForlopKey         *key,
                         ForlopClock       *clock,
                         ForlopIdSource    *ids,
                         ForlopStoreFlags   flags)
{
  g_return_val_if_fail (path != NULL && key != NULL && clock != NULL && ids != NULL, NULL);

  ForlopStore *self = store_new (path, key, clock, ids, flags, forlop_migrator_get_scripts ());
  return forlop_worker_run (self->writer.worker, open_on_worker, self, g_object_unref,
                            g_object_unref);
}

static gpointer
close_reader_on_worker (gpointer       user_data,
                        GCancellable  *cancellable G_GNUC_UNUSED,
                        GError       **error G_GNUC_UNUSED)
{
  Lane *lane = user_data;

  lane->closed = TRUE;
  g_clear_object (&lane->connection);
  return NULL;
}

static gpointer
close_writer_on_worker (gpointer       user_data,
                        GCancellable  *cancellable G_GNUC_UNUSED,
                        GError       **error)
{
  ForlopStore *self = user_data;

  self->writer.closed = TRUE;
  if (self->writer.connection != NULL)
    forlop_connection_checkpoint (self->writer.connection, error);
  g_clear_object (&self->writer.connection);
  if (self->lock_fd >= 0)
    forlop_store_unlock (self->path, g_steal_fd (&self->lock_fd));
  return NULL;
}

static void
run_closing (Lane              *lane,
             ForlopWorkerFunc   func,
             gpointer           user_data,
             GError           **error)
{
  gpointer result = forlop_worker_run_sync (lane->worker, func, user_data, NULL, error);

  g_assert (result == NULL);
}

/* The writer closes last: the last connection empties the log. */
static gpointer
close_all (gpointer       user_data,
           GCancellable  *cancellable G_GNUC_UNUSED,
           GError       **error)
{
  ForlopStore *self = user_data;

  for (unsigned int i = 0; i < N_READERS; i++)
    run_closing (&self->readers[i], close_reader_on_worker, &self->readers[i], NULL);
  run_closing (&self->keeper, close_reader_on_worker, &self->keeper, NULL);
  run_closing (&self->writer, close_writer_on_worker, self, error);
  return NULL;
}

gboolean
forlop_store_close (ForlopStore  *self,
                    GError      **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr(GError) problem = NULL;
  close_all (self, NULL, &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

DexFuture *
forlop_store_close_async (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return forlop_worker_run (self->writer.worker, close_all, g_object_ref (self), g_object_unref,
                            NULL);
}

gboolean
forlop_store_has_key (ForlopStore *self,
                      ForlopKey   *key)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && key != NULL, FALSE);

  return forlop_key_equal (self->key, key);
}

const char *
forlop_store_get_path (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return self->path;
}

ForlopClock *
forlop_store_get_clock (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return self->clock;
}

ForlopIdSource *
forlop_store_get_ids (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return self->ids;
}

ForlopBlobStore *
forlop_store_get_blobs (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return self->blobs;
}

ForlopKey *
forlop_store_get_key (ForlopStore *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self), NULL);

  return self->key;
}
