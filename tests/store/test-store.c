/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forlop-store-create.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"
#include "store-test-notes.h"

static void
create (StoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (store_test_create_store (test, &error));
  g_assert_no_error (error);
}

static void
assert_refused (StoreTest        *test,
                ForlopStoreError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = store_test_open_store (test, store_test_scripts, &error);

  g_assert_null (store);
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
}

static gpointer
insert_and_fail (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autofree char *done = store_test_insert_func (connection, user_data, cancellable, error);

  g_assert_nonnull (done);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Second thoughts.");
  return NULL;
}

static void
assert_notes (ForlopStore *store,
              const char  *expected)
{
  g_autofree char *notes = store_test_notes (store);

  g_assert_cmpstr (notes, ==, expected);
}

static void
test_created_whole (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;

  create (test);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.key");
  g_autoptr(ForlopStore) store = store_test_store (test);
  assert_notes (store, "");
  g_assert_true (forlop_store_close (store, &error));
  g_clear_object (&store);
  g_autofree char *after = store_test_list (test);
  g_assert_cmpstr (after, ==, "case.forlop case.forlop.key");
}

static void
test_existing_file_is_kept (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before;
  gsize n_after;

  create (test);
  g_assert_true (g_file_get_contents (test->path, &before, &n_before, NULL));
  g_assert_false (forlop_store_create_with_scripts (test->path, test->key, NULL,
                                                    store_test_scripts, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (test->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_wrappings_of_a_lost_file_are_kept (void)
{
  g_autoptr(StoreTest) test = store_test_new ();

  create (test);
  g_assert_cmpint (g_unlink (test->path), ==, 0);
  create (test);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==,
                   "case.forlop case.forlop.key case.forlop.key.old-1");
}

static void
test_failed_creation_leaves_nothing (void)
{
  static const ForlopMigration broken[] = {
    { 1, "0001-broken.sql", "CREATE TABLE note (id); SELECT * FROM nowhere" },
    { 0 }
  };
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (forlop_store_create_with_scripts (test->path, test->key, NULL, broken, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_FAILED);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "");
}

static void
test_second_open_is_refused (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);

  assert_refused (test, FORLOP_STORE_ERROR_IN_USE);
  g_clear_object (&store);
  store = store_test_store (test);
}

static void
test_second_process_is_refused (void)
{
  if (g_test_subprocess ())
    {
      StoreTest test = { .path = (char *) g_getenv ("FORLOP_TEST_PATH") };
      test.key = forlop_key_new_random ();
      assert_refused (&test, FORLOP_STORE_ERROR_IN_USE);
      return;
    }

  g_autoptr(StoreTest) test = store_test_new ();
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_setenv ("FORLOP_TEST_PATH", test->path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  assert_notes (store, "");
}

static void
test_wrong_key_and_damage_are_told_apart (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autofree char *bytes = NULL;
  gsize length;
  create (test);

  g_assert_true (g_file_get_contents (test->path, &bytes, &length, NULL));
  bytes[100] = (char) (bytes[100] ^ 1);
  g_assert_true (g_file_set_contents (test->path, bytes, (gssize) length, NULL));
  assert_refused (test, FORLOP_STORE_ERROR_DAMAGED);

  bytes[100] = (char) (bytes[100] ^ 1);
  g_assert_true (g_file_set_contents (test->path, bytes, (gssize) length, NULL));
  g_clear_object (&(ForlopStore *) { store_test_store (test) });
  forlop_key_unref (test->key);
  test->key = forlop_key_new_random ();
  assert_refused (test, FORLOP_STORE_ERROR_WRONG_KEY);
}

static void
test_missing_file_makes_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();

  assert_refused (test, FORLOP_STORE_ERROR_MISSING);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "");
}

static void
test_leftovers_of_a_killed_process_are_removed (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autofree char *half = store_test_file (test, "case.forlop.new");
  g_autofree char *log = store_test_file (test, "case.forlop.new-wal");

  g_assert_true (g_file_set_contents (half, "half", -1, NULL));
  g_assert_true (g_file_set_contents (log, "made", -1, NULL));
  create (test);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.key");
}

static void
test_failed_write_is_undone (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);

  g_assert_null (forlop_store_write_sync (store, insert_and_fail, (char *) "one", g_free, NULL,
                                          &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  assert_notes (store, "");
}

typedef struct {
  ForlopStore *store;
  GString *order;
  gboolean done;
} Futures;

static DexFuture *
futures_fiber (gpointer user_data)
{
  Futures *self = user_data;
  static const char *const texts[] = { "one", "two", "three", "four", "five" };
  DexFuture *futures[G_N_ELEMENTS (texts)];
  g_autoptr(GError) error = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    futures[i] = forlop_store_write (self->store, store_test_insert_func, g_strdup (texts[i]),
                                     g_free, g_free);
  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = forlop_worker_await (futures[i], &error);
      g_assert_no_error (error);
      g_string_append_printf (self->order, "%s ", text);
    }

  g_autofree char *notes = forlop_worker_await (
    forlop_store_read (self->store, store_test_list_func, NULL, NULL, g_free), &error);
  g_assert_no_error (error);
  g_string_append_printf (self->order, "| %s", notes);
  self->done = TRUE;
  return dex_future_new_true ();
}

static void
test_futures_resolve_in_order (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);
  Futures futures = { store, g_string_new (NULL), FALSE };

  dex_future_disown (dex_scheduler_spawn (NULL, 0, futures_fiber, &futures, NULL));
  while (!futures.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (futures.order->str, ==,
                   "one two three four five | one two three four five");
  g_string_free (futures.order, TRUE);
}

static void
changed_cb (ForlopStore  *store G_GNUC_UNUSED,
            char        **tables,
            GString      *seen)
{
  g_autofree char *joined = g_strjoinv (",", tables);

  g_string_append_printf (seen, "[%s]", joined);
}

static gpointer
touch_two (ForlopConnection  *connection,
           gpointer           user_data G_GNUC_UNUSED,
           GCancellable      *cancellable G_GNUC_UNUSED,
           GError           **error G_GNUC_UNUSED)
{
  forlop_connection_touch (connection, "task");
  forlop_connection_touch (connection, "case");
  return NULL;
}

static void
test_changed_names_the_tables (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) seen = g_string_new (NULL);
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), seen);

  g_assert_null (forlop_store_write_sync (store, insert_and_fail, (char *) "no", g_free, NULL,
                                          &error));
  g_clear_error (&error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpstr (seen->str, ==, "");

  g_assert_true (store_test_add (store, "one", &error));
  g_assert_null (forlop_store_write_sync (store, touch_two, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpstr (seen->str, ==, "[case,note,task]");
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean started;
  gboolean released;
} Gate;

static gpointer
wait_at_gate (ForlopConnection  *connection G_GNUC_UNUSED,
              gpointer           user_data,
              GCancellable      *cancellable G_GNUC_UNUSED,
              GError           **error G_GNUC_UNUSED)
{
  Gate *gate = user_data;

  g_mutex_lock (&gate->mutex);
  gate->started = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->released)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return NULL;
}

/* A report that does not end holds one reader; every question goes to the other. */
static void
test_report_makes_no_search_wait (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  Gate gate = { 0 };
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);

  g_autoptr(DexFuture) report = forlop_store_read (store, wait_at_gate, &gate, NULL, NULL);
  g_mutex_lock (&gate.mutex);
  while (!gate.started)
    g_cond_wait (&gate.cond, &gate.mutex);
  g_mutex_unlock (&gate.mutex);
  for (int i = 0; i < 10; i++)
    assert_notes (store, "");

  g_mutex_lock (&gate.mutex);
  gate.released = TRUE;
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  g_assert_true (forlop_store_close (store, NULL));
}

static gpointer
count_for_ever (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  g_autofree char *done = store_test_insert_func (connection, (char *) "never", NULL, error);
  gint64 value;

  g_atomic_int_set ((int *) user_data, 1);
  forlop_connection_query_integer (
    connection, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT sum(n) "
    "FROM c", &value, error);
  return NULL;
}

static gpointer
cancel_thread (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled_write_is_undone (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  int started = 0;
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);

  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (forlop_store_write_sync (store, count_for_ever, &started, NULL, cancellable,
                                          &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  assert_notes (store, "");
  g_clear_error (&error);
  g_assert_true (store_test_add (store, "one", &error));
  g_assert_no_error (error);
  assert_notes (store, "one");
}

static void
test_closed_store_refuses (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  create (test);
  g_autoptr(ForlopStore) store = store_test_store (test);

  g_assert_true (forlop_store_close (store, &error));
  g_assert_null (forlop_store_read_sync (store, store_test_list_func, NULL, g_free, NULL, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (store_test_add (store, "one", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_FAILED);
  g_assert_true (forlop_store_close (store, NULL));
}

/* The child acknowledges every commit by a byte on a pipe, and is killed in the middle. */
static void
run_child (StoreTest *test,
           int        fd)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = store_test_store (test);

  for (int i = 0; TRUE; i++)
    {
      g_autofree char *text = g_strdup_printf ("note-%d-%d", getpid (), i);
      g_assert_true (store_test_add (store, text, &error));
      g_assert_no_error (error);
      g_assert_cmpint (write (fd, "x", 1), ==, 1);
    }
}

static gpointer
check_kept (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  gint64 *count = user_data;
  gint64 faults;

  if (forlop_connection_query_integer (connection, "SELECT count(*) FROM note", count, error))
    forlop_connection_query_integer (connection, "SELECT count(*) FROM pragma_integrity_check "
                                     "WHERE integrity_check <> 'ok'", &faults, error);
  g_assert_cmpint (faults, ==, 0);
  return NULL;
}

static GPid
spawn_child (StoreTest *test,
             int        fd)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *fd_text = g_strdup_printf ("%d", fd);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = {
    self, "--GTestSubprocess", "-p", "/store/kill-keeps-what-was-acknowledged", NULL
  };
  g_auto(GStrv) environment = g_get_environ ();
  GPid pid;

  environment = g_environ_setenv (environment, "FORLOP_TEST_PATH", test->path, TRUE);
  environment = g_environ_setenv (environment, "FORLOP_TEST_FD", fd_text, TRUE);
  g_spawn_async (NULL, (char **) argv, environment,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN
                 | G_SPAWN_STDOUT_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Returns how many commits the child acknowledged before it was killed after @n of them. */
static gint64
kill_child_after (StoreTest *test,
                  int        n)
{
  gint64 acknowledged = 0;
  int fds[2];
  int status;
  char byte;

  g_assert_cmpint (pipe (fds), ==, 0);
  GPid pid = spawn_child (test, fds[1]);
  close (fds[1]);
  for (; acknowledged < n; acknowledged++)
    g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  while (read (fds[0], &byte, 1) == 1)
    acknowledged++;
  close (fds[0]);
  return acknowledged;
}

static void
test_kill_keeps_what_was_acknowledged (void)
{
  if (g_test_subprocess ())
    {
      StoreTest test = { .path = (char *) g_getenv ("FORLOP_TEST_PATH") };
      guint8 bytes[FORLOP_KEY_LENGTH];
      store_test_fill_key (bytes);
      test.key = forlop_key_new (bytes);
      run_child (&test, atoi (g_getenv ("FORLOP_TEST_FD")));
      return;
    }

  g_autoptr(StoreTest) test = store_test_new ();
  gint64 before = 0;
  create (test);
  for (int round = 0; round < 5; round++)
    {
      g_autoptr(GError) error = NULL;
      gint64 acknowledged = kill_child_after (test, 3 + 7 * round);
      gint64 count = 0;

      g_autoptr(ForlopStore) store = store_test_store (test);
      g_assert_null (forlop_store_read_sync (store, check_kept, &count, NULL, NULL, &error));
      g_assert_no_error (error);
      /* At most one more: committed, but killed before it could say so. */
      g_assert_cmpint (count, >=, before + acknowledged);
      g_assert_cmpint (count, <=, before + acknowledged + 1);
      before = count;
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/store/created-whole", test_created_whole);
  g_test_add_func ("/store/existing-file-is-kept", test_existing_file_is_kept);
  g_test_add_func ("/store/wrappings-of-a-lost-file-are-kept",
                   test_wrappings_of_a_lost_file_are_kept);
  g_test_add_func ("/store/failed-creation-leaves-nothing", test_failed_creation_leaves_nothing);
  g_test_add_func ("/store/second-open-is-refused", test_second_open_is_refused);
  g_test_add_func ("/store/second-process-is-refused", test_second_process_is_refused);
  g_test_add_func ("/store/wrong-key-and-damage-are-told-apart",
                   test_wrong_key_and_damage_are_told_apart);
  g_test_add_func ("/store/missing-file-makes-nothing", test_missing_file_makes_nothing);
  g_test_add_func ("/store/leftovers-of-a-killed-process-are-removed",
                   test_leftovers_of_a_killed_process_are_removed);
  g_test_add_func ("/store/failed-write-is-undone", test_failed_write_is_undone);
  g_test_add_func ("/store/cancelled-write-is-undone", test_cancelled_write_is_undone);
  g_test_add_func ("/store/futures-resolve-in-order", test_futures_resolve_in_order);
  g_test_add_func ("/store/report-makes-no-search-wait", test_report_makes_no_search_wait);
  g_test_add_func ("/store/changed-names-the-tables", test_changed_names_the_tables);
  g_test_add_func ("/store/closed-store-refuses", test_closed_store_refuses);
  g_test_add_func ("/store/kill-keeps-what-was-acknowledged",
                   test_kill_keeps_what_was_acknowledged);

  return g_test_run ();
}
