/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-batches.h"

/* An answer waits for the others of its batch: not for long. */
#define MAX_JOBS 64
#define MAX_BYTES (512 * 1024)

typedef struct {
  gpointer job;
  gsize bytes;
} Waiting;

/* Of one municipality. */
typedef struct {
  ForlopHttpBatches *batches;
  ForlopTenant *tenant;
  gboolean is_running;
  GMutex mutex; /* guards: */
  GQueue waiting; /* of Waiting */
} Line;

struct _ForlopHttpBatches
{
  ForlopServerJob run;
  ForlopHttpBatchDone done;
  GHashTable *lines; /* ForlopTenant → Line */
};

typedef struct {
  Line *line;
  GPtrArray *jobs;
  gsize bytes;
} Batch;

static void
batch_free (Batch *self)
{
  g_ptr_array_unref (self->jobs);
  g_free (self);
}

static void
line_free (gpointer data)
{
  Line *self = data;

  g_assert (g_queue_is_empty (&self->waiting) && !self->is_running);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

ForlopHttpBatches *
forlop_http_batches_new (ForlopServerJob     run,
                         ForlopHttpBatchDone done)
{
  ForlopHttpBatches *self;

  g_return_val_if_fail (run != NULL && done != NULL, NULL);

  self = g_new0 (ForlopHttpBatches, 1);
  self->run = run;
  self->done = done;
  self->lines = g_hash_table_new_full (NULL, NULL, NULL, line_free);

  return self;
}

void
forlop_http_batches_free (ForlopHttpBatches *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->lines);
  g_free (self);
}

/* Also on the municipality's thread, while others are reading. */
static void
take_waiting (GPtrArray *jobs,
              gpointer   user_data)
{
  Batch *self = user_data;

  g_mutex_lock (&self->line->mutex);
  while (!g_queue_is_empty (&self->line->waiting) && jobs->len < MAX_JOBS && self->bytes < MAX_BYTES)
    {
      Waiting *first = g_queue_pop_head (&self->line->waiting);

      self->bytes += first->bytes;
      g_ptr_array_add (jobs, first->job);
      g_free (first);
    }
  g_mutex_unlock (&self->line->mutex);
}

static gpointer
run_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error G_GNUC_UNUSED)
{
  Batch *self = user_data;

  forlop_server_storage_run_together (self->line->tenant->storage, self->jobs, self->line->batches->run, take_waiting,
                                      self);

  return self;
}

static void start (Line *self);

static DexFuture *
done_cb (DexFuture *future G_GNUC_UNUSED,
         gpointer   user_data)
{
  Batch *batch = user_data;
  Line *line = batch->line;

  start (line);
  for (unsigned int i = 0; i < batch->jobs->len; i++)
    line->batches->done (g_ptr_array_index (batch->jobs, i));
  batch_free (batch);

  return NULL;
}

static void
start (Line *self)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->line = self;
  batch->jobs = g_ptr_array_new ();
  take_waiting (batch->jobs, batch);
  self->is_running = batch->jobs->len > 0;
  if (!self->is_running)
    {
      batch_free (batch);
      return;
    }
  dex_future_disown (dex_future_finally (
    forlop_worker_run (self->tenant->worker, run_on_worker, batch, NULL, NULL), done_cb, batch, NULL));
}

gboolean
forlop_http_batches_suit (ForlopTenant *tenant)
{
  g_return_val_if_fail (tenant != NULL, FALSE);

  return tenant->storage->funcs->begin_batch != NULL;
}

void
forlop_http_batches_add (ForlopHttpBatches *self,
                         ForlopTenant      *tenant,
                         gpointer           job,
                         gsize              bytes)
{
  Line *line;
  Waiting *waiting;

  g_return_if_fail (self != NULL && tenant != NULL && job != NULL);

  line = g_hash_table_lookup (self->lines, tenant);
  if (line == NULL)
    {
      line = g_new0 (Line, 1);
      line->batches = self;
      line->tenant = tenant;
      g_mutex_init (&line->mutex);
      g_queue_init (&line->waiting);
      g_hash_table_insert (self->lines, tenant, line);
    }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting) { job, bytes };
  g_mutex_lock (&line->mutex);
  g_queue_push_tail (&line->waiting, waiting);
  g_mutex_unlock (&line->mutex);
  if (!line->is_running)
    start (line);
}
