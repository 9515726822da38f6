/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-worker.h"

/* What a job returned, until somebody takes it. A future can be read by several, but the result
 * goes to the first that asks. */
typedef struct {
  gpointer result;
  GDestroyNotify result_free;
} WorkerResult;

typedef struct {
  ForlopWorkerFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
  GDestroyNotify result_free;
  DexPromise *promise;
  DexScheduler *scheduler; /* nullable: of the thread that asked */
} WorkerJob;

/* How a job ended, on its way to the thread that asked. */
typedef struct {
  DexPromise *promise;
  WorkerResult *holder;
  GError *error;
} WorkerEnd;

/* A job whose caller stands still until it is done; everything is the caller's. */
typedef struct {
  ForlopWorker *worker;
  ForlopWorkerFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  gpointer result;
  GError *error;
  gboolean done; /* guarded by the worker's call_mutex */
} WorkerCall;

struct _ForlopWorker
{
  GObject parent_instance;

  /* Owned references */
  GAsyncQueue *queue;
  GThread *thread;

  /* For callers that stand still. They are here and not in the call, because the thread still
   * holds the mutex for a moment when the caller already goes on. */
  GMutex call_mutex;
  GCond call_cond;
};

G_DEFINE_FINAL_TYPE (ForlopWorker, forlop_worker, G_TYPE_OBJECT)

static WorkerJob quit_job;

static void
worker_result_clear (gpointer data)
{
  WorkerResult *self = data;

  if (self->result != NULL && self->result_free != NULL)
    self->result_free (self->result);
}

static gpointer
worker_result_ref (gpointer data)
{
  return g_atomic_rc_box_acquire (data);
}

static void
worker_result_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, worker_result_clear);
}

static GType
worker_result_get_type (void)
{
  static GType type = G_TYPE_INVALID;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("ForlopWorkerResult",
                                                            worker_result_ref,
                                                            worker_result_unref));

  return type;
}

static void
settle (gpointer data)
{
  WorkerEnd *end = data;

  if (end->error != NULL)
    dex_promise_reject (end->promise, end->error);
  else
    dex_promise_resolve_boxed (end->promise, worker_result_get_type (), end->holder);

  dex_unref (end->promise);
  g_free (end);
}

static void
run_job (WorkerJob *job)
{
  GCancellable *cancellable = dex_promise_get_cancellable (job->promise);
  WorkerEnd *end = g_new0 (WorkerEnd, 1);
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &end->error))
    result = job->func (job->user_data, cancellable, &end->error);

  if (job->user_data_free != NULL)
    job->user_data_free (job->user_data);

  end->promise = g_steal_pointer (&job->promise);
  if (end->error == NULL)
    {
      end->holder = g_atomic_rc_box_new0 (WorkerResult);
      end->holder->result = result;
      end->holder->result_free = job->result_free;
    }
  else if (result != NULL && job->result_free != NULL)
    {
      job->result_free (result);
    }

  if (job->scheduler != NULL)
    dex_scheduler_push (job->scheduler, settle, end);
  else
    settle (end);

  dex_clear (&job->scheduler);
  g_free (job);
}

static gpointer
run_call (gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  WorkerCall *call = user_data;

  g_assert (cancellable == NULL);
  g_assert (error == NULL);

  if (!g_cancellable_set_error_if_cancelled (call->cancellable, &call->error))
    call->result = call->func (call->user_data, call->cancellable, &call->error);

  g_mutex_lock (&call->worker->call_mutex);
  call->done = TRUE;
  g_cond_broadcast (&call->worker->call_cond);
  g_mutex_unlock (&call->worker->call_mutex);
  return NULL;
}

static gpointer
worker_thread (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;

  while (TRUE)
    {
      WorkerJob *job = g_async_queue_pop (queue);

      if (job == &quit_job)
        return NULL;

      if (job->promise != NULL)
        run_job (job);
      else
        job->func (job->user_data, NULL, NULL);
    }
}

static void
forlop_worker_finalize (GObject *object)
{
  ForlopWorker *self = FORLOP_WORKER (object);

  g_async_queue_push (self->queue, &quit_job);

  /* The last reference may be dropped by a job; its thread then ends by itself. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);

  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->call_mutex);
  g_cond_clear (&self->call_cond);

  G_OBJECT_CLASS (forlop_worker_parent_class)->finalize (object);
}

static void
forlop_worker_class_init (ForlopWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = forlop_worker_finalize;
}

static void
forlop_worker_init (ForlopWorker *self)
{
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->call_mutex);
  g_cond_init (&self->call_cond);
}

/**
 * forlop_worker_new:
 * @name: name of the thread, at most 15 bytes are shown by the system
 *
 * Starts the thread. The program must have called dex_init(). When the last reference goes, the
 * jobs in the queue are finished and the thread is joined.
 *
 * Returns: (transfer full): a worker
 */
ForlopWorker *
forlop_worker_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  ForlopWorker *self = g_object_new (FORLOP_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, worker_thread, g_async_queue_ref (self->queue));
  return self;
}

/**
 * forlop_worker_run:
 * @self: a worker
 * @func: (scope notified): what to do on the worker's thread
 * @user_data: data for @func
 * @user_data_free: (nullable): frees @user_data, on the worker's thread and before the future
 *   resolves
 * @result_free: (nullable): frees the result if nobody takes it
 *
 * Queues a job behind those already queued. A fiber that waits for the future and is cancelled
 * cancels the #GCancellable that @func gets; a job that was cancelled before its turn does not
 * run, and its future is rejected with %G_IO_ERROR_CANCELLED.
 *
 * On a thread with a scheduler, such as the main thread, the future completes in a later turn of its
 * loop and never before: a callback that is added to a completed future runs inside the call that
 * adds it, in the middle of what the caller does.
 *
 * Returns: (transfer full): a future for forlop_worker_await() or forlop_worker_steal()
 */
DexFuture *
forlop_worker_run (ForlopWorker     *self,
                   ForlopWorkerFunc  func,
                   gpointer          user_data,
                   GDestroyNotify    user_data_free,
                   GDestroyNotify    result_free)
{
  g_return_val_if_fail (FORLOP_IS_WORKER (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  WorkerJob *job = g_new0 (WorkerJob, 1);
  DexPromise *promise = dex_promise_new_cancellable ();

  job->func = func;
  job->user_data = user_data;
  job->user_data_free = user_data_free;
  job->result_free = result_free;
  job->promise = dex_ref (promise);
  job->scheduler = dex_scheduler_ref_thread_default ();
  g_async_queue_push (self->queue, job);

  return DEX_FUTURE (promise);
}

static gpointer
take_result (WorkerResult *holder)
{
  return g_atomic_pointer_exchange (&holder->result, NULL);
}

/**
 * forlop_worker_steal:
 * @future: a future of forlop_worker_run() that has completed
 * @error: return location for an error
 *
 * Takes the result out of a completed future, for callbacks. Only the first to ask gets it.
 *
 * Returns: (transfer full) (nullable): what the job returned, or %NULL with the job's error
 */
gpointer
forlop_worker_steal (DexFuture  *future,
                     GError    **error)
{
  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const GValue *value = dex_future_get_value (future, error);

  if (value == NULL)
    return NULL;

  g_return_val_if_fail (G_VALUE_HOLDS (value, worker_result_get_type ()), NULL);
  return take_result (g_value_get_boxed (value));
}

/**
 * forlop_worker_await:
 * @future: (transfer full): a future of forlop_worker_run()
 * @error: return location for an error
 *
 * Waits inside a fiber and takes the result out.
 *
 * Returns: (transfer full) (nullable): what the job returned, or %NULL with the job's error
 */
gpointer
forlop_worker_await (DexFuture  *future,
                     GError    **error)
{
  g_return_val_if_fail (DEX_IS_FUTURE (future), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (DexFuture) completed = dex_ref (future);

  if (!dex_await (future, error))
    return NULL;

  return forlop_worker_steal (completed, error);
}

/**
 * forlop_worker_run_sync:
 * @self: a worker
 * @func: (scope call): what to do on the worker's thread
 * @user_data: data for @func
 * @cancellable: (nullable): given to @func
 * @error: return location for an error
 *
 * Runs @func behind the queued jobs and blocks this thread until it is done; on the worker's own
 * thread it runs at once. For programs without a main loop and for tests.
 *
 * Returns: (transfer full) (nullable): what @func returned, or %NULL with its error
 */
gpointer
forlop_worker_run_sync (ForlopWorker      *self,
                        ForlopWorkerFunc   func,
                        gpointer           user_data,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_WORKER (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (forlop_worker_is_current (self))
    return func (user_data, cancellable, error);

  WorkerCall call = { .worker = self, .func = func, .user_data = user_data,
                      .cancellable = cancellable };
  WorkerJob job = { .func = run_call, .user_data = &call };

  g_async_queue_push (self->queue, &job);

  g_mutex_lock (&self->call_mutex);
  while (!call.done)
    g_cond_wait (&self->call_cond, &self->call_mutex);
  g_mutex_unlock (&self->call_mutex);

  if (call.error != NULL)
    g_propagate_error (error, call.error);

  return call.result;
}

/**
 * forlop_worker_is_current:
 * @self: a worker
 *
 * Returns: whether the caller runs on this worker's thread
 */
gboolean
forlop_worker_is_current (ForlopWorker *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKER (self), FALSE);

  return self->thread == g_thread_self ();
}
