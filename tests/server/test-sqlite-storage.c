/* SPDX-License-Identifier: EUPL-1.2 */

/* What is the file's alone: backup, restore, the key and the lock. */

#include "storage-test-util.h"

#include <string.h>

#include "forlop-error.h"
#include "forlop-store-error.h"

static void
write_unit (StorageTest         *test,
            ForlopServerStorage *storage,
            const char          *id,
            const char          *body)
{
  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), body);
  storage_test_commit (storage);
}

static void
assert_unit (ForlopServerStorage *storage,
             const char          *id,
             const char          *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;

  storage_test_begin (storage, FALSE);
  storage->funcs->load_row (storage, forlop_record_type_find ("unit"), id, &row, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row != NULL ? row->body : NULL, ==, body);
  storage_test_commit (storage);
}

static void
a_restored_copy_has_an_epoch_of_its_own (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) reader = storage_test_open_reader (test, 0);
  g_autoptr (ForlopServerStorage) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (test->folder, "copy.forlop", NULL);
  g_autofree char *path = g_build_filename (test->folder, "again.forlop", NULL);
  const char *first = storage_test_id (test);
  const char *second = storage_test_id (test);
  ForlopServerHead before, after;
  gint64 seq = 0;

  write_unit (test, storage, first, "{\"name\":\"a\"}");
  g_assert_true (forlop_sqlite_storage_backup (reader, copy, &seq, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seq, ==, 1);
  write_unit (test, storage, second, "{\"name\":\"b\"}");
  g_assert_false (forlop_sqlite_storage_backup (storage, copy, &seq, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (forlop_sqlite_storage_restore (copy, path, test->key, test->ids, &error));
  g_assert_no_error (error);
  g_assert_false (forlop_sqlite_storage_restore (copy, path, test->key, test->ids, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  restored = forlop_sqlite_storage_open (path, test->key, FALSE, test->ids, &error);
  g_assert_no_error (error);
  assert_unit (restored, first, "{\"name\":\"a\"}");
  assert_unit (restored, second, NULL);

  storage_test_begin (storage, FALSE);
  storage_test_begin (restored, FALSE);
  g_assert_true (storage->funcs->get_head (storage, &before, &error));
  g_assert_true (restored->funcs->get_head (restored, &after, &error));
  g_assert_cmpint (after.seq, ==, 1);
  g_assert_cmpint (after.safe_seq, ==, 1);
  g_assert_cmpstr (after.epoch, !=, before.epoch);
  storage_test_commit (restored);
  storage_test_commit (storage);
}

static void
a_damaged_copy_is_not_restored (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (test->folder, "copy.forlop", NULL);
  g_autofree char *path = g_build_filename (test->folder, "again.forlop", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  gint64 seq;

  for (unsigned int i = 0; i < 20; i++)
    write_unit (test, storage, storage_test_id (test), "{\"name\":\"a\"}");
  g_assert_true (forlop_sqlite_storage_backup (storage, copy, &seq, &error));
  g_assert_true (g_file_get_contents (copy, &bytes, &length, &error));
  bytes[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, &error));

  g_assert_false (forlop_sqlite_storage_restore (copy, path, test->key, test->ids, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
the_file_opens_with_its_key_alone (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopKey) other = forlop_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  write_unit (test, storage, storage_test_id (test), "{\"name\":\"Solbakken\"}");
  g_clear_pointer (&storage, forlop_server_storage_free);
  g_assert_null (forlop_sqlite_storage_open (test->tenant[0], other, FALSE, test->ids, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
  g_assert_true (g_file_get_contents (test->tenant[0], &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "Solbakken", strlen ("Solbakken")));
}

static void
a_second_writer_is_refused (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_sqlite_storage_open (test->tenant[0], test->key, FALSE, test->ids, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_IN_USE);
  g_clear_error (&error);
  g_assert_null (forlop_sqlite_storage_open (test->tenant[0], test->key, TRUE, test->ids, &error));
  g_assert_nonnull (error);
}

static void
the_numbers_of_a_device_only_go_forward (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  ForlopServerDevice device = { (char *) storage_test_id (test), (char *) storage_test_id (test), 3,
                                (char *) "active" };

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_device (storage, &device, 0, &error));
  g_assert_true (storage->funcs->put_device (storage, &device, 1, &error));
  storage_test_commit (storage);

  storage_test_begin (storage, TRUE);
  device.last_op_no = 2;
  g_assert_false (storage->funcs->put_device (storage, &device, 2, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  storage->funcs->rollback (storage);
}

static void
what_comes_at_once_is_stored_at_once (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) reader = storage_test_open_reader (test, 0);
  g_autoptr (GError) error = NULL;
  const char *first = storage_test_id (test);
  const char *second = storage_test_id (test);

  storage->funcs->begin_batch (storage);
  write_unit (test, storage, first, "{\"name\":\"a\"}");
  assert_unit (reader, first, NULL);
  assert_unit (storage, first, "{\"name\":\"a\"}");
  /* Nothing was written by this one, so nothing is undone. */
  storage_test_begin (storage, TRUE);
  storage->funcs->rollback (storage);
  write_unit (test, storage, second, "{\"name\":\"b\"}");
  g_assert_true (storage->funcs->end_batch (storage, &error));
  g_assert_no_error (error);
  assert_unit (reader, first, "{\"name\":\"a\"}");
  assert_unit (reader, second, "{\"name\":\"b\"}");
  storage_test_begin (reader, FALSE);
  g_assert_cmpint (storage_test_head (reader).seq, ==, 2);
  reader->funcs->rollback (reader);
}

static void
one_that_is_undone_undoes_what_came_with_it (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *first = storage_test_id (test);
  const char *second = storage_test_id (test);

  storage->funcs->begin_batch (storage);
  write_unit (test, storage, first, "{\"name\":\"a\"}");
  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "unit", second, "cat", storage_test_move (storage), "{\"name\":\"b\"}");
  storage->funcs->rollback (storage);
  g_assert_false (storage->funcs->begin (storage, TRUE, &error));
  g_assert_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY);
  g_clear_error (&error);
  g_assert_false (storage->funcs->end_batch (storage, &error));
  g_assert_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY);
  assert_unit (storage, first, NULL);
  assert_unit (storage, second, NULL);

  write_unit (test, storage, first, "{\"name\":\"a\"}");
  assert_unit (storage, first, "{\"name\":\"a\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sqlite-storage/a-restored-copy-has-an-epoch-of-its-own",
                   a_restored_copy_has_an_epoch_of_its_own);
  g_test_add_func ("/sqlite-storage/a-damaged-copy-is-not-restored", a_damaged_copy_is_not_restored);
  g_test_add_func ("/sqlite-storage/the-file-opens-with-its-key-alone", the_file_opens_with_its_key_alone);
  g_test_add_func ("/sqlite-storage/a-second-writer-is-refused", a_second_writer_is_refused);
  g_test_add_func ("/sqlite-storage/the-numbers-of-a-device-only-go-forward", the_numbers_of_a_device_only_go_forward);
  g_test_add_func ("/sqlite-storage/what-comes-at-once-is-stored-at-once", what_comes_at_once_is_stored_at_once);
  g_test_add_func ("/sqlite-storage/one-that-is-undone-undoes-what-came-with-it",
                   one_that_is_undone_undoes_what_came_with_it);

  return g_test_run ();
}
