/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-blob-store.h"
#include "forlop-error.h"
#include "forlop-store-error.h"
#include "store-test-util.h"

#define CANARY "Kanarifugl-4711-Hansen"
#define CHUNK 65536

static ForlopBlobStore *
make_blobs (StoreTest *test)
{
  g_autofree char *folder = g_strconcat (test->path, ".blobs", NULL);

  return forlop_blob_store_new (folder, test->key);
}

static GBytes *
make_contents (gsize length)
{
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (bytes, length);
}

static char *
put (ForlopBlobStore *blobs,
     GBytes          *contents)
{
  g_autoptr(GError) error = NULL;
  char *hash = forlop_blob_store_put (blobs, contents, &error);

  g_assert_no_error (error);
  return hash;
}

/* The path of the only file below @path. */
static char *
find_file (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    return g_strdup (path);

  const char *name = g_dir_read_name (dir);
  g_assert_nonnull (name);
  g_autofree char *child = g_build_filename (path, name, NULL);
  g_assert_null (g_dir_read_name (dir));
  return find_file (child);
}

static void
assert_get_fails (ForlopBlobStore  *blobs,
                  const char       *hash,
                  ForlopStoreError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (forlop_blob_store_get (blobs, hash, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
}

static void
test_contents_come_back (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  const gsize lengths[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7 };

  for (unsigned int i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) contents = make_contents (lengths[i]);
      g_autofree char *hash = put (blobs, contents);
      g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, contents);
      g_autoptr(GBytes) back = forlop_blob_store_get (blobs, hash, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hash, ==, expected);
      g_assert_true (forlop_blob_store_has (blobs, hash));
      g_assert_true (g_bytes_equal (back, contents));
    }
}

static void
test_nothing_is_in_the_clear (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) contents = g_bytes_new_static (CANARY CANARY, 2 * strlen (CANARY));
  g_autofree char *hash = put (blobs, contents);

  g_assert_false (store_test_contains (test, CANARY));
  g_assert_false (store_test_contains (test, hash));
  g_assert_false (store_test_contains (test, hash + 2));
}

static void
test_same_contents_are_kept_once (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) contents = make_contents (1000);
  g_autofree char *hash = put (blobs, contents);
  g_autofree char *again = put (blobs, contents);
  g_autofree char *file = find_file (forlop_blob_store_get_folder (blobs));

  g_assert_cmpstr (hash, ==, again);
  g_assert_nonnull (file);
}

static void
test_another_key_has_other_names (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(ForlopKey) key = forlop_key_new_random ();
  g_autoptr(ForlopBlobStore) other =
    forlop_blob_store_new (forlop_blob_store_get_folder (blobs), key);
  g_autoptr(GBytes) contents = make_contents (1000);
  g_autofree char *hash = put (blobs, contents);

  g_assert_false (forlop_blob_store_has (other, hash));
  assert_get_fails (other, hash, FORLOP_STORE_ERROR_BLOB_MISSING);
}

static void
assert_damage_is_noticed (StoreTest  *test,
                          const char *bytes,
                          gsize       length)
{
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) contents = make_contents (2 * CHUNK);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, contents);
  g_autofree char *file = find_file (forlop_blob_store_get_folder (blobs));

  g_assert_true (g_file_set_contents (file, bytes, (gssize) length, NULL));
  assert_get_fails (blobs, hash, FORLOP_STORE_ERROR_BLOB_DAMAGED);
}

static void
test_damage_is_noticed_and_mended (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) contents = make_contents (2 * CHUNK);
  g_autofree char *hash = put (blobs, contents);
  g_autofree char *file = find_file (forlop_blob_store_get_folder (blobs));
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));

  const gsize offsets[] = { 0, 10, 100, CHUNK, CHUNK + 100, length - 1 };
  for (unsigned int i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      bytes[offsets[i]] = (char) (bytes[offsets[i]] ^ 4);
      assert_damage_is_noticed (test, bytes, length);
      bytes[offsets[i]] = (char) (bytes[offsets[i]] ^ 4);
    }
  const gsize lengths[] = { 0, 3, 20, 28, length - CHUNK - 17, length - 1 };
  for (unsigned int i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_damage_is_noticed (test, bytes, lengths[i]);
  g_autofree char *longer = g_malloc0 (length + 100);
  memcpy (longer, bytes, length);
  assert_damage_is_noticed (test, longer, length + 100);

  g_autofree char *again = put (blobs, contents);
  g_autoptr(GBytes) back = forlop_blob_store_get (blobs, again, NULL);
  g_assert_true (g_bytes_equal (back, contents));
}

/* A file put in another's place decrypts well, but is not what the record asked for. */
static void
test_swapped_files_are_noticed (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) one = make_contents (1000);
  g_autoptr(GBytes) two = make_contents (1001);
  g_autofree char *bytes = NULL;
  gsize length;

  g_autofree char *first = put (blobs, one);
  g_autofree char *file = find_file (forlop_blob_store_get_folder (blobs));
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  g_assert_true (forlop_blob_store_remove (blobs, first, NULL));
  g_autofree char *folder = g_path_get_dirname (file);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_autofree char *second = put (blobs, two);
  g_autofree char *other = find_file (forlop_blob_store_get_folder (blobs));
  g_assert_true (g_file_set_contents (other, bytes, (gssize) length, NULL));
  assert_get_fails (blobs, second, FORLOP_STORE_ERROR_BLOB_DAMAGED);
}

static void
test_missing_has_its_own_sentence (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) contents = make_contents (10);
  g_autofree char *hash = put (blobs, contents);

  g_assert_true (forlop_blob_store_remove (blobs, hash, NULL));
  g_assert_true (forlop_blob_store_remove (blobs, hash, NULL));
  assert_get_fails (blobs, hash, FORLOP_STORE_ERROR_BLOB_MISSING);
}

static void
test_others_are_listed (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopBlobStore) blobs = make_blobs (test);
  g_autoptr(GBytes) one = make_contents (10);
  g_autoptr(GBytes) two = make_contents (20);
  g_autofree char *kept = put (blobs, one);
  g_autofree char *other = put (blobs, two);
  g_autofree char *folder = g_build_filename (forlop_blob_store_get_folder (blobs), "00", NULL);
  g_autofree char *half = g_build_filename (folder, "half.00000000.new", NULL);
  g_autofree char *foreign = g_build_filename (folder, "of-another-key", NULL);
  g_autoptr(GHashTable) hashes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) others = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (half, "half", 4, NULL));
  g_assert_true (g_file_set_contents (foreign, "whole", 5, NULL));
  g_hash_table_add (hashes, kept);
  others = forlop_blob_store_list_others (blobs, hashes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (others->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (others, 0), ==, other);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

static void
test_hash_text (void)
{
  g_assert_false (forlop_blob_hash_is_valid (NULL));
  g_assert_false (forlop_blob_hash_is_valid (""));
  g_assert_false (forlop_blob_hash_is_valid ("../../etc/passwd"));
  g_assert_true (forlop_blob_hash_is_valid (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  g_assert_false (forlop_blob_hash_is_valid (
    "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/blob-store/contents-come-back", test_contents_come_back);
  g_test_add_func ("/blob-store/nothing-is-in-the-clear", test_nothing_is_in_the_clear);
  g_test_add_func ("/blob-store/same-contents-are-kept-once", test_same_contents_are_kept_once);
  g_test_add_func ("/blob-store/another-key-has-other-names", test_another_key_has_other_names);
  g_test_add_func ("/blob-store/damage-is-noticed-and-mended", test_damage_is_noticed_and_mended);
  g_test_add_func ("/blob-store/swapped-files-are-noticed", test_swapped_files_are_noticed);
  g_test_add_func ("/blob-store/missing-has-its-own-sentence", test_missing_has_its_own_sentence);
  g_test_add_func ("/blob-store/others-are-listed", test_others_are_listed);
  g_test_add_func ("/blob-store/hash-text", test_hash_text);

  return g_test_run ();
}
