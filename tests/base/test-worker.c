/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>

#include "forlop-worker.h"

/* Fulfilled by other threads; tests wait for conditions, never for time. */
typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean open;
} Gate;

static int n_freed;
static int n_user_data_freed;

static void
gate_init (Gate *gate)
{
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  gate->open = FALSE;
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_wait (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
count_free (gpointer data)
{
  g_atomic_int_inc (&n_freed);
  g_free (data);
}

static void
count_user_data_free (gpointer data G_GNUC_UNUSED)
{
  g_atomic_int_inc (&n_user_data_freed);
}

static gpointer
copy_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  return g_strdup (user_data);
}

static gpointer
fail_on_worker (gpointer       user_data G_GNUC_UNUSED,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "The file is in use.");
  return NULL;
}

static gpointer
wait_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  gate_wait (user_data);
  return NULL;
}

static gpointer
count_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  (*(int *) user_data)++;
  return NULL;
}

static gpointer
whether_current_on_worker (gpointer       user_data,
                           GCancellable  *cancellable G_GNUC_UNUSED,
                           GError       **error G_GNUC_UNUSED)
{
  return GINT_TO_POINTER (forlop_worker_is_current (user_data));
}

/* Runs @fiber in the main loop's scheduler until it is done. */
static void
run_fiber (DexFiberFunc fiber,
           gpointer     data)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, fiber, data, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  g_assert_no_error (error);
}

static DexFuture *
await_result_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = forlop_worker_await (
    forlop_worker_run (data, copy_on_worker, (char *) "result", count_user_data_free, count_free),
    &error);

  g_assert_no_error (error);
  g_assert_cmpstr (result, ==, "result");
  return dex_future_new_true ();
}

static void
test_result (void)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("test");

  n_freed = n_user_data_freed = 0;
  run_fiber (await_result_fiber, worker);
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&n_user_data_freed), ==, 1);
}

static DexFuture *
await_error_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_worker_await (forlop_worker_run (data, fail_on_worker, NULL, NULL, NULL),
                                      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  return dex_future_new_true ();
}

static void
test_error (void)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("test");

  run_fiber (await_error_fiber, worker);
}

static void
test_untaken_result_is_freed (void)
{
  ForlopWorker *worker = forlop_worker_new ("test");

  n_freed = n_user_data_freed = 0;
  for (int i = 0; i < 100; i++)
    {
      DexFuture *future = forlop_worker_run (worker, copy_on_worker, (char *) "lost",
                                             count_user_data_free, count_free);

      dex_unref (future);
    }

  g_assert_finalize_object (worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 100);
  g_assert_cmpint (g_atomic_int_get (&n_user_data_freed), ==, 100);
}

static void
test_result_goes_to_the_first (void)
{
  ForlopWorker *worker = forlop_worker_new ("test");
  g_autoptr (DexFuture) future = forlop_worker_run (worker, copy_on_worker, (char *) "one", NULL,
                                                    count_free);

  n_freed = 0;
  g_assert_finalize_object (worker);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  g_autofree char *first = forlop_worker_steal (future, NULL);

  g_assert_cmpstr (first, ==, "one");
  g_assert_null (forlop_worker_steal (future, NULL));
  g_assert_cmpint (n_freed, ==, 0);
}

static DexFuture *
set_flag_future_cb (DexFuture *future G_GNUC_UNUSED,
                    gpointer   data)
{
  *(gboolean *) data = TRUE;
  return NULL;
}

/* The list of citizens once let go of the row it was about to return, because its page was read so
 * fast that the answer came in the middle of the question. */
static void
test_no_callback_inside_the_question (void)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("test");
  DexFuture *future = forlop_worker_run (worker, copy_on_worker, (char *) "fast", NULL, count_free);
  gboolean called = FALSE;

  /* Behind the job in the queue: the job is done. */
  g_free (forlop_worker_run_sync (worker, copy_on_worker, (char *) "after", NULL, NULL));
  dex_future_disown (dex_future_finally (future, set_flag_future_cb, &called, NULL));
  g_assert_false (called);

  while (!called)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_last_reference_finishes_the_queue (void)
{
  ForlopWorker *worker = forlop_worker_new ("test");
  Gate gate;
  int count = 0;

  gate_init (&gate);
  dex_unref (forlop_worker_run (worker, wait_on_worker, &gate, NULL, NULL));
  for (int i = 0; i < 50; i++)
    dex_unref (forlop_worker_run (worker, count_on_worker, &count, NULL, NULL));

  gate_open (&gate);
  g_assert_finalize_object (worker);
  g_assert_cmpint (count, ==, 50);
}

static DexFuture *
await_gate_fiber (gpointer data)
{
  DexFuture **futures = data;

  return forlop_worker_await (g_steal_pointer (&futures[0]), NULL) == NULL
    ? dex_future_new_true ()
    : dex_future_new_false ();
}

static void
test_cancelled_job_does_not_run (void)
{
  ForlopWorker *worker = forlop_worker_new ("test");
  Gate gate;
  int count = 0;
  DexFuture *futures[1];

  gate_init (&gate);
  n_user_data_freed = 0;

  g_autoptr (DexFuture) blocked = forlop_worker_run (worker, wait_on_worker, &gate, NULL, NULL);

  futures[0] = forlop_worker_run (worker, count_on_worker, &count, count_user_data_free, NULL);

  g_autoptr (DexFuture) job = dex_ref (futures[0]);
  DexFuture *fiber = dex_scheduler_spawn (NULL, 0, await_gate_fiber, futures, NULL);

  while (futures[0] != NULL)
    g_main_context_iteration (NULL, TRUE);

  /* Nobody waits for the fiber any longer, so it is cancelled and with it the job. */
  GCancellable *cancellable = dex_promise_get_cancellable (DEX_PROMISE (job));
  DexFuture *waiting = dex_future_first (dex_ref (fiber), NULL);

  dex_clear (&fiber);
  dex_clear (&waiting);
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);

  gate_open (&gate);
  g_assert_finalize_object (worker);
  while (dex_future_is_pending (job))
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_worker_steal (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count, ==, 0);
  g_assert_cmpint (n_user_data_freed, ==, 1);
}

static void
test_sync (void)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cancelled = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *result = forlop_worker_run_sync (worker, copy_on_worker, (char *) "sync",
                                                        NULL, NULL);

      g_assert_cmpstr (result, ==, "sync");
    }

  g_assert_null (forlop_worker_run_sync (worker, fail_on_worker, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_null (forlop_worker_run_sync (worker, fail_on_worker, NULL, NULL, NULL));

  g_cancellable_cancel (cancellable);
  g_assert_null (forlop_worker_run_sync (worker, copy_on_worker, (char *) "sync", cancellable,
                                         &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
sync_again_on_worker (gpointer       user_data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return forlop_worker_run_sync (user_data, whether_current_on_worker, user_data, cancellable,
                                 error);
}

static void
test_current (void)
{
  g_autoptr (ForlopWorker) worker = forlop_worker_new ("test");

  g_assert_false (forlop_worker_is_current (worker));
  g_assert_true (GPOINTER_TO_INT (forlop_worker_run_sync (worker, whether_current_on_worker,
                                                          worker, NULL, NULL)));
  g_assert_true (GPOINTER_TO_INT (forlop_worker_run_sync (worker, sync_again_on_worker, worker,
                                                          NULL, NULL)));
}

static gpointer
drop_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  gate_wait (user_data);
  return NULL;
}

static gboolean
set_flag_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
tell_finalized_cb (gpointer  data,
                   GObject  *object G_GNUC_UNUSED)
{
  g_idle_add (set_flag_cb, data);
}

static void
test_last_reference_dropped_by_a_job (void)
{
  ForlopWorker *worker = forlop_worker_new ("test");
  gboolean finalized = FALSE;
  Gate gate;

  gate_init (&gate);
  g_object_weak_ref (G_OBJECT (worker), tell_finalized_cb, &finalized);

  dex_unref (forlop_worker_run (worker, drop_on_worker, &gate, NULL, NULL));
  dex_unref (forlop_worker_run (worker, whether_current_on_worker, g_object_ref (worker),
                                g_object_unref, NULL));
  g_object_unref (worker);
  gate_open (&gate);

  while (!finalized)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/worker/fiber-gets-the-result", test_result);
  g_test_add_func ("/worker/fiber-gets-the-error", test_error);
  g_test_add_func ("/worker/result-nobody-takes-is-freed", test_untaken_result_is_freed);
  g_test_add_func ("/worker/result-goes-to-the-first-that-asks", test_result_goes_to_the_first);
  g_test_add_func ("/worker/no-callback-runs-inside-the-question",
                   test_no_callback_inside_the_question);
  g_test_add_func ("/worker/last-reference-finishes-the-queue",
                   test_last_reference_finishes_the_queue);
  g_test_add_func ("/worker/cancelled-job-does-not-run", test_cancelled_job_does_not_run);
  g_test_add_func ("/worker/sync-call-blocks-until-done", test_sync);
  g_test_add_func ("/worker/knows-its-own-thread", test_current);
  g_test_add_func ("/worker/last-reference-may-be-dropped-by-a-job",
                   test_last_reference_dropped_by_a_job);

  return g_test_run ();
}
