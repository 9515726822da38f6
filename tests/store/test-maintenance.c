/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-store-backup.h"
#include "forlop-store-check.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"
#include "store-test-notes.h"

static ForlopStore *
make_store (StoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (store_test_create_store (test, &error));
  g_assert_no_error (error);
  return store_test_store (test);
}

static void
add (ForlopStore *store,
     const char  *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (store_test_add (store, text, &error));
  g_assert_no_error (error);
}

static gpointer
insert_many (ForlopConnection  *connection,
             gpointer           user_data G_GNUC_UNUSED,
             GCancellable      *cancellable,
             GError           **error)
{
  for (int i = 0; i < 6000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%0500d", i);
      g_free (store_test_insert_func (connection, text, cancellable, error));
    }

  return NULL;
}

static void
count_progress (gint64   done,
                gint64   total,
                gpointer user_data)
{
  int *calls = user_data;

  g_assert_cmpint (done, <=, total);
  (*calls)++;
}

static void
test_backup_opens_with_the_same_key (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *target = store_test_file (test, "copy.forlop");
  g_autoptr(GBytes) scan = g_bytes_new_static ("scan", 4);
  int calls = 0;

  add (store, "before");
  g_autofree char *hash = forlop_blob_store_put (forlop_store_get_blobs (store), scan, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_store_backup_sync (store, target, count_progress, &calls, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (calls, >, 0);
  add (store, "after");
  g_clear_object (&store);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.blobs case.forlop.key "
                              "copy.forlop copy.forlop.blobs copy.forlop.key");

  g_set_str (&test->path, target);
  store = store_test_store (test);
  g_autofree char *notes = store_test_notes (store);
  g_assert_cmpstr (notes, ==, "before");
  g_autoptr(GBytes) back = forlop_blob_store_get (forlop_store_get_blobs (store), hash, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, scan));
}

static void
test_backup_overwrites_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *target = store_test_file (test, "copy.forlop");
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (target, "mine", -1, NULL));
  g_assert_false (forlop_store_backup_sync (store, target, NULL, NULL, NULL, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
cancel_progress (gint64   done G_GNUC_UNUSED,
                 gint64   total G_GNUC_UNUSED,
                 gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled_backup_leaves_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *target = store_test_file (test, "copy.forlop");

  g_assert_null (forlop_store_write_sync (store, insert_many, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (forlop_store_backup_sync (store, target, cancel_progress, cancellable,
                                            cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&store);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.key");
}

/* While the backup stands between two steps, a write goes through and is not in the copy. */
static void
write_progress (gint64   done,
                gint64   total,
                gpointer user_data)
{
  ForlopStore *store = user_data;
  g_autofree char *text = g_strdup_printf ("meanwhile-%" G_GINT64_FORMAT, done);

  if (done < total)
    add (store, text);
}

static void
test_backup_makes_nobody_wait (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *target = store_test_file (test, "copy.forlop");
  g_autofree char *before = NULL;

  g_assert_null (forlop_store_write_sync (store, insert_many, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  before = store_test_notes (store);
  g_assert_true (forlop_store_backup_sync (store, target, write_progress, store, NULL, &error));
  g_assert_no_error (error);
  g_autofree char *now = store_test_notes (store);
  g_assert_nonnull (strstr (now, "meanwhile"));
  g_clear_object (&store);

  g_set_str (&test->path, target);
  store = store_test_store (test);
  g_autofree char *after = store_test_notes (store);
  g_assert_cmpstr (before, ==, after);
}

static void
test_check_of_a_sound_file (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);

  add (store, "one");
  g_autoptr(GPtrArray) problems = forlop_store_check_sync (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_check_finds_a_flipped_bit (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_null (forlop_store_write_sync (store, insert_many, NULL, NULL, NULL, &error));
  g_clear_object (&store);
  g_assert_true (g_file_get_contents (test->path, &bytes, &length, NULL));
  gsize offset = (length / 4096 / 2) * 4096 + 100;
  bytes[offset] = (char) (bytes[offset] ^ 1);
  g_assert_true (g_file_set_contents (test->path, bytes, (gssize) length, NULL));

  store = store_test_store (test);
  g_autoptr(GPtrArray) problems = forlop_store_check_sync (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  for (unsigned int i = 0; i < problems->len; i++)
    g_assert_null (strchr (problems->pdata[i], '\n'));
}

static gpointer
break_reference (ForlopConnection  *connection,
                 gpointer           user_data G_GNUC_UNUSED,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  forlop_connection_execute_script (connection,
                                    "CREATE TABLE tag (note INTEGER REFERENCES note (id) "
                                    "DEFERRABLE INITIALLY DEFERRED)", error);
  return NULL;
}

static void
test_check_finds_a_broken_reference (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = make_store (test);

  g_assert_null (forlop_store_write_sync (store, break_reference, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  {
    g_autoptr(ForlopConnection) raw = store_test_connect (test, FORLOP_CONNECTION_WRITER);
    g_assert_true (forlop_connection_execute_script (
      raw, "PRAGMA foreign_keys = OFF; INSERT INTO tag VALUES (17)", &error));
  }

  store = store_test_store (test);
  g_autoptr(GPtrArray) problems = forlop_store_check_sync (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "tag"));
  g_assert_null (strstr (problems->pdata[0], "17"));
}

typedef struct {
  ForlopStore *store;
  const char *target;
  gboolean done;
} Futures;

static DexFuture *
futures_fiber (gpointer user_data)
{
  Futures *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) scan = g_bytes_new_static ("scan", 4);

  g_autofree char *hash = forlop_worker_await (forlop_store_put_blob (self->store, scan), &error);
  g_assert_no_error (error);
  g_autoptr(GBytes) back = forlop_worker_await (forlop_store_get_blob (self->store, hash), &error);
  g_assert_true (g_bytes_equal (scan, back));
  g_autoptr(GPtrArray) problems = forlop_worker_await (forlop_store_check (self->store), &error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_null (forlop_worker_await (
    forlop_store_backup (self->store, self->target, NULL, NULL, NULL), &error));
  g_assert_null (forlop_worker_await (forlop_store_close_async (self->store), &error));
  g_assert_no_error (error);
  self->done = TRUE;
  return dex_future_new_true ();
}

static void
test_the_same_by_futures (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopStore) store = make_store (test);
  g_autofree char *target = store_test_file (test, "copy.forlop");
  Futures futures = { store, target, FALSE };

  dex_future_disown (dex_scheduler_spawn (NULL, 0, futures_fiber, &futures, NULL));
  while (!futures.done)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.blobs case.forlop.key "
                              "copy.forlop copy.forlop.blobs copy.forlop.key");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/backup/opens-with-the-same-key", test_backup_opens_with_the_same_key);
  g_test_add_func ("/backup/overwrites-nothing", test_backup_overwrites_nothing);
  g_test_add_func ("/backup/cancelled-leaves-nothing", test_cancelled_backup_leaves_nothing);
  g_test_add_func ("/backup/makes-nobody-wait", test_backup_makes_nobody_wait);
  g_test_add_func ("/check/sound-file", test_check_of_a_sound_file);
  g_test_add_func ("/check/finds-a-flipped-bit", test_check_finds_a_flipped_bit);
  g_test_add_func ("/check/finds-a-broken-reference", test_check_finds_a_broken_reference);
  g_test_add_func ("/maintenance/the-same-by-futures", test_the_same_by_futures);

  return g_test_run ();
}
