/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-struct.h"

#include "forlop-store-error.h"
#include "forlop-transaction.h"

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
