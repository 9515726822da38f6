/* SPDX-License-Identifier: EUPL-1.2 */

/* What both storages promise of the contents of files. Run once for each kind of storage. */

#include "storage-test-util.h"

static ForlopSyncContents *
make_contents (StorageTest *test,
               const char  *hash_digit)
{
  const ForlopRecordType *type = forlop_record_type_find ("document");
  g_autofree char *hash = g_strnfill (64, *hash_digit);
  ForlopSyncContents *contents =
    forlop_sync_contents_new (type, storage_test_id (test), forlop_record_type_field (type, "content"), hash);

  contents->length = FORLOP_SYNC_PART_BYTES + 3;

  return contents;
}

static void
assert_have (ForlopServerStorage      *storage,
             const ForlopSyncContents *contents,
             gint64                    expected_length,
             gint64                    expected_have)
{
  g_autoptr (GError) error = NULL;
  gint64 length, have;

  g_assert_true (storage->funcs->get_contents (storage, contents, &length, &have, &error));
  g_assert_no_error (error);
  g_assert_cmpint (length, ==, expected_length);
  g_assert_cmpint (have, ==, expected_have);
}

/* Every byte there is, also those that end a text. */
static GBytes *
make_part (gsize length)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (i * 7);

  return g_bytes_new_take (bytes, length);
}

static void
contents_come_in_parts_and_go_with_their_record (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) bamble = storage_test_open (test, 1);
  g_autoptr (ForlopSyncContents) contents = make_contents (test, "a");
  g_autoptr (ForlopSyncContents) empty = make_contents (test, "b");
  g_autoptr (GBytes) first = make_part (FORLOP_SYNC_PART_BYTES);
  g_autoptr (GBytes) last = make_part (3);
  g_autoptr (GBytes) nothing = make_part (0);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GBytes) missing = NULL;
  g_autoptr (GError) error = NULL;

  empty->length = 0;
  storage_test_begin (storage, TRUE);
  assert_have (storage, contents, -1, 0);
  g_assert_true (storage->funcs->add_contents (storage, contents, 0, first, &error));
  g_assert_true (storage->funcs->add_contents (storage, empty, 0, nothing, &error));
  storage_test_commit (storage);
  storage_test_begin (storage, TRUE);
  assert_have (storage, contents, contents->length, FORLOP_SYNC_PART_BYTES);
  assert_have (storage, empty, 0, 0);
  g_assert_true (storage->funcs->add_contents (storage, contents, FORLOP_SYNC_PART_BYTES, last, &error));
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  assert_have (storage, contents, contents->length, contents->length);
  g_assert_true (storage->funcs->read_contents (storage, contents, 0, &read, &error));
  g_assert_true (g_bytes_equal (read, first));
  g_clear_pointer (&read, g_bytes_unref);
  g_assert_true (storage->funcs->read_contents (storage, contents, FORLOP_SYNC_PART_BYTES, &read, &error));
  g_assert_true (g_bytes_equal (read, last));
  g_assert_true (storage->funcs->read_contents (storage, contents, 1, &missing, &error));
  g_assert_null (missing);
  storage_test_commit (storage);

  storage_test_begin (bamble, FALSE);
  assert_have (bamble, contents, -1, 0);
  storage_test_commit (bamble);

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->drop_contents (storage, "document", contents->id, empty->hash, &error));
  assert_have (storage, contents, contents->length, contents->length);
  g_assert_true (storage->funcs->drop_contents (storage, "document", contents->id, NULL, &error));
  assert_have (storage, contents, -1, 0);
  assert_have (storage, empty, 0, 0);
  storage_test_commit (storage);
}

static void
a_part_is_kept_once (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (ForlopSyncContents) contents = make_contents (test, "a");
  g_autoptr (GBytes) part = make_part (FORLOP_SYNC_PART_BYTES);
  g_autoptr (GError) error = NULL;

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->add_contents (storage, contents, 0, part, &error));
  storage_test_refuse (storage, storage->funcs->add_contents (storage, contents, 0, part, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/storage-contents/contents-come-in-parts-and-go-with-their-record",
                   contents_come_in_parts_and_go_with_their_record);
  g_test_add_func ("/storage-contents/a-part-is-kept-once", a_part_is_kept_once);

  return g_test_run ();
}
