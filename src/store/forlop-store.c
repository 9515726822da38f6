/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-private.h"

#include <glib/gstdio.h>

#include "forlop-blob-sweep.h"
#include "forlop-keyring.h"
#include "forlop-store-changes-private.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"
#include "forlop-transaction.h"
#include "forlop-worker.h"

#define N_READERS 2

/* A thread and what it owns. The connection of a reader is opened at its first question, so that
 * starting the program does not wait for it. */
typedef struct {
  ForlopWorker *worker;
  ForlopConnection *connection;
  gboolean closed;
  int n_waiting; /* atomic: jobs that are queued or running */
} Lane;

struct _ForlopStore
{
  GObject parent_instance;

  char *path;
  ForlopKey *key;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopStoreFlags flags;
  const ForlopMigration *scripts;
  ForlopBlobStore *blobs;

  /* Touched by the writer's thread alone. */
  int lock_fd;

  Lane writer;
  Lane readers[N_READERS];
  Lane keeper; /* a reader for backup and check, which take minutes */

  ForlopStoreChanges *changes;
};

/* One job on one lane. */
typedef struct {
  ForlopStore *store;
  Lane *lane;
  ForlopStoreFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
  GDestroyNotify result_free;
  gboolean bare; /* without a transaction */
} StoreJob;

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

static gboolean
prepare_lane (StoreJob  *job,
              GError   **error)
{
  Lane *lane = job->lane;

  if (lane->closed)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_FAILED, NULL, "the store is closed");
      return FALSE;
    }

  if (lane->connection == NULL)
    lane->connection = forlop_connection_open (job->store->path, job->store->key,
                                               FORLOP_CONNECTION_READER, error);
  return lane->connection != NULL;
}

/* The cancellable is taken away before the commit: what is about to become durable is not stopped
 * half-way, and the caller then gets its result. */
static gpointer
run_in_transaction (StoreJob      *job,
                    GCancellable  *cancellable,
                    GError       **error)
{
  ForlopConnection *connection = job->lane->connection;
  g_autoptr(ForlopTransaction) transaction = forlop_transaction_begin (connection, error);

  if (transaction == NULL)
    return NULL;

  g_autoptr(GError) problem = NULL;
  forlop_connection_set_cancellable (connection, cancellable);
  gpointer result = job->func (connection, job->user_data, cancellable, &problem);
  forlop_connection_set_cancellable (connection, NULL);
  if (problem == NULL)
    forlop_transaction_commit (transaction, &problem);
  if (problem == NULL)
    return result;

  if (result != NULL && job->result_free != NULL)
    job->result_free (result);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gpointer
job_on_worker (gpointer       user_data,
               GCancellable  *cancellable,
               GError       **error)
{
  StoreJob *job = user_data;

  if (!prepare_lane (job, error))
    return NULL;

  if (job->bare)
    return job->func (job->lane->connection, job->user_data, cancellable, error);

  gpointer result = run_in_transaction (job, cancellable, error);
  g_auto(GStrv) tables = forlop_connection_steal_touched (job->lane->connection);
  if (tables != NULL && !(job->store->flags & FORLOP_STORE_NO_SIGNALS))
    forlop_store_changes_announce (job->store->changes, (const char *const *) tables);

  return result;
}

static void
job_free (gpointer data)
{
  StoreJob *job = data;

  if (job->user_data_free != NULL)
    job->user_data_free (job->user_data);
  g_atomic_int_add (&job->lane->n_waiting, -1);
  g_object_unref (job->store);
  g_free (job);
}

static DexFuture *
queue_job (ForlopStore      *self,
           Lane             *lane,
           ForlopStoreFunc   func,
           gpointer          user_data,
           GDestroyNotify    user_data_free,
           GDestroyNotify    result_free)
{
  StoreJob *job = g_new0 (StoreJob, 1);

  job->store = g_object_ref (self);
  job->lane = lane;
  job->func = func;
  job->user_data = user_data;
  job->user_data_free = user_data_free;
  job->result_free = result_free;
  g_atomic_int_inc (&lane->n_waiting);
  return forlop_worker_run (lane->worker, job_on_worker, job, job_free, result_free);
}

static gpointer
run_job_sync (ForlopStore      *self,
              Lane             *lane,
              ForlopStoreFunc   func,
              gpointer          user_data,
              GDestroyNotify    result_free,
              GCancellable     *cancellable,
              GError          **error)
{
  StoreJob job = {
    .store = self, .lane = lane, .func = func, .user_data = user_data, .result_free = result_free
  };

  g_atomic_int_inc (&lane->n_waiting);
  gpointer result = forlop_worker_run_sync (lane->worker, job_on_worker, &job, cancellable, error);
  g_atomic_int_add (&lane->n_waiting, -1);
  return result;
}

/* The one with the shortest queue: a report on one reader makes no search on the other wait. */
static Lane *
choose_reader (ForlopStore *self)
{
  Lane *best = &self->readers[0];

  for (unsigned int i = 1; i < N_READERS; i++)
    {
      Lane *lane = &self->readers[i];
      if (g_atomic_int_get (&lane->n_waiting) < g_atomic_int_get (&best->n_waiting))
        best = lane;
    }

  return best;
}

DexFuture *
forlop_store_write (ForlopStore     *self,
                    ForlopStoreFunc  func,
                    gpointer         user_data,
                    GDestroyNotify   user_data_free,
                    GDestroyNotify   result_free)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);

  return queue_job (self, &self->writer, func, user_data, user_data_free, result_free);
}

DexFuture *
forlop_store_read (ForlopStore     *self,
                   ForlopStoreFunc  func,
                   gpointer         user_data,
                   GDestroyNotify   user_data_free,
                   GDestroyNotify   result_free)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);

  return queue_job (self, choose_reader (self), func, user_data, user_data_free, result_free);
}

gpointer
forlop_store_write_sync (ForlopStore      *self,
                         ForlopStoreFunc   func,
                         gpointer          user_data,
                         GDestroyNotify    result_free,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return run_job_sync (self, &self->writer, func, user_data, result_free, cancellable, error);
}

gpointer
forlop_store_read_sync (ForlopStore      *self,
                        ForlopStoreFunc   func,
                        gpointer          user_data,
                        GDestroyNotify    result_free,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return run_job_sync (self, choose_reader (self), func, user_data, result_free, cancellable,
                       error);
}

DexFuture *
forlop_store_keep (ForlopStore     *self,
                   ForlopStoreFunc  func,
                   gpointer         user_data,
                   GDestroyNotify   user_data_free,
                   GDestroyNotify   result_free)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);

  return queue_job (self, &self->keeper, func, user_data, user_data_free, result_free);
}

gpointer
forlop_store_keep_sync (ForlopStore      *self,
                        ForlopStoreFunc   func,
                        gpointer          user_data,
                        GDestroyNotify    result_free,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return run_job_sync (self, &self->keeper, func, user_data, result_free, cancellable, error);
}

gpointer
forlop_store_maintain_sync (ForlopStore      *self,
                            ForlopStoreFunc   func,
                            gpointer          user_data,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_return_val_if_fail (FORLOP_IS_STORE (self) && func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  StoreJob job = {
    .store = self, .lane = &self->writer, .func = func, .user_data = user_data, .bare = TRUE
  };

  return forlop_worker_run_sync (self->writer.worker, job_on_worker, &job, cancellable, error);
}
