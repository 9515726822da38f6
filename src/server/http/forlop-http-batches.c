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
  GQueue waiting; /* of Waiting */
  GSource *start; /* nullable */
  gboolean is_running;
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
} Batch;

static void
line_free (gpointer data)
{
  Line *self = data;

  g_assert (g_queue_is_empty (&self->waiting) && !self->is_running);
  if (self->start != NULL)
    g_source_destroy (self->start);
  g_clear_pointer (&self->start, g_source_unref);
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

static gpointer
run_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error G_GNUC_UNUSED)
{
  Batch *self = user_data;

  forlop_server_storage_run_together (self->line->tenant->storage, self->jobs, self->line->batches->run);

  return self;
}

static void start_soon (Line *self);

static DexFuture *
done_cb (DexFuture *future G_GNUC_UNUSED,
         gpointer   user_data)
{
  Batch *batch = user_data;
  Line *line = batch->line;

  line->is_running = FALSE;
  start_soon (line);
  for (unsigned int i = 0; i < batch->jobs->len; i++)
    line->batches->done (g_ptr_array_index (batch->jobs, i));
  g_ptr_array_unref (batch->jobs);
  g_free (batch);

  return NULL;
}

static gboolean
start_cb (gpointer user_data)
{
  Line *self = user_data;
  Batch *batch = g_new0 (Batch, 1);
  gsize bytes = 0;

  g_clear_pointer (&self->start, g_source_unref);
  self->is_running = TRUE;
  batch->line = self;
  batch->jobs = g_ptr_array_new ();
  while (!g_queue_is_empty (&self->waiting) && batch->jobs->len < MAX_JOBS && bytes < MAX_BYTES)
    {
      Waiting *first = g_queue_pop_head (&self->waiting);

      bytes += first->bytes;
      g_ptr_array_add (batch->jobs, first->job);
      g_free (first);
    }
  dex_future_disown (dex_future_finally (
    forlop_worker_run (self->tenant->worker, run_on_worker, batch, NULL, NULL), done_cb, batch, NULL));

  return G_SOURCE_REMOVE;
}

/* After everything that can be read now has been read. */
static void
start_soon (Line *self)
{
  if (self->is_running || self->start != NULL || g_queue_is_empty (&self->waiting))
    return;
  self->start = g_idle_source_new ();
  g_source_set_priority (self->start, G_PRIORITY_DEFAULT + 1);
  g_source_set_callback (self->start, start_cb, self, NULL);
  g_source_attach (self->start, g_main_context_get_thread_default ());
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
      g_queue_init (&line->waiting);
      g_hash_table_insert (self->lines, tenant, line);
    }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting) { job, bytes };
  g_queue_push_tail (&line->waiting, waiting);
  start_soon (line);
}
