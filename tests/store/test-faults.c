/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-fault-vfs.h"
#include "forlop-store-backup.h"
#include "forlop-store-check.h"
#include "forlop-store-error.h"
#include "store-test-notes.h"

#define N_NOTES 5
#define N_SEEDS 4

static const ForlopMigration upgraded[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)" },
  { 2, "0002-tag.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY);"
                       "ALTER TABLE note ADD COLUMN tag INTEGER REFERENCES tag (id);"
                       "INSERT INTO note (text) VALUES ('from-the-script')" },
  { 0 }
};

/* Every failure says what it was: no space, or something else that went wrong. */
static void
assert_told (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == FORLOP_STORE_ERROR);
  g_autofree char *sentence = forlop_store_error_dup_sentence (error);
  g_assert_true (g_str_has_suffix (sentence, "."));
}

static void
assert_sound (ForlopStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = forlop_store_check_sync (store, NULL, &error);

  g_assert_no_error (error);
  for (unsigned int i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* All that was acknowledged is there, and what else is there was at least asked for. */
static void
assert_kept (StoreTest    *test,
             unsigned int  acknowledged)
{
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_autofree char *notes = store_test_notes (store);
  g_auto(GStrv) texts = g_strsplit (notes, " ", -1);

  assert_sound (store);
  for (unsigned int i = 0; i < N_NOTES; i++)
    {
      g_autofree char *text = g_strdup_printf ("note-%u", i);
      if (acknowledged & (1u << i))
        g_assert_true (g_strv_contains ((const char *const *) texts, text));
    }
  g_assert_cmpuint (g_strv_length (texts), <=, N_NOTES);
}

/* Returns which notes were acknowledged, as bits. */
static unsigned int
write_notes (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopStore) store = store_test_open_store (test, store_test_scripts, &error);
  unsigned int acknowledged = 0;

  if (store == NULL)
    {
      assert_told (error);
      return 0;
    }

  for (unsigned int i = 0; i < N_NOTES; i++)
    {
      g_autoptr(GError) problem = NULL;
      g_autofree char *text = g_strdup_printf ("note-%u", i);
      if (store_test_add (store, text, &problem))
        acknowledged |= 1u << i;
      else
        assert_told (problem);
    }

  forlop_store_close (store, NULL);
  return acknowledged;
}

static unsigned int
create_and_write (StoreTest *test,
                  gboolean  *created)
{
  g_autoptr(GError) error = NULL;

  *created = store_test_create_store (test, &error);
  if (*created)
    return write_notes (test);

  assert_told (error);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "");
  return 0;
}

/* Fails the n-th operation of the whole life of a file, for every n. */
static void
fail_every_operation (ForlopFaultKind kind,
                      gboolean        for_ever)
{
  unsigned int n_failed = 1;
  gboolean created;

  for (unsigned int n = 1; n_failed > 0; n++)
    {
      g_autoptr(StoreTest) test = store_test_new ();
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_ANY, n, kind, for_ever);
      unsigned int acknowledged = create_and_write (test, &created);
      n_failed = forlop_fault_vfs_n_failed ();
      forlop_fault_vfs_reset ();
      if (created)
        assert_kept (test, acknowledged);
      if (n_failed == 0)
        g_assert_cmpuint (acknowledged, ==, (1u << N_NOTES) - 1);
      else
        g_assert_cmpuint (n, <, 1000);
    }
}

static void
test_full_disk_for_ever (void)
{
  fail_every_operation (FORLOP_FAULT_FULL, TRUE);
}

static void
test_full_disk_once (void)
{
  fail_every_operation (FORLOP_FAULT_FULL, FALSE);
}

static void
test_faulty_disk_for_ever (void)
{
  fail_every_operation (FORLOP_FAULT_IO, TRUE);
}

static void
test_faulty_disk_once (void)
{
  fail_every_operation (FORLOP_FAULT_IO, FALSE);
}

static void
test_full_disk_has_its_sentence (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_assert_true (store_test_create_store (test, &error));
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_assert_true (store_test_add (store, "kept", &error));

  forlop_fault_vfs_reset ();
  forlop_fault_vfs_fail (FORLOP_FAULT_WRITE, 1, FORLOP_FAULT_FULL, TRUE);
  g_assert_false (store_test_add (store, "too-much", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);

  /* Once there is room again, work goes on in the same window. */
  forlop_fault_vfs_reset ();
  g_assert_true (store_test_add (store, "later", &error));
  g_assert_no_error (error);
  g_autofree char *notes = store_test_notes (store);
  g_assert_cmpstr (notes, ==, "kept later");
}

/* In the folders of the folder. */
static unsigned int
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *prefix;
  unsigned int n = 0;

  while (dir != NULL && (prefix = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, prefix, NULL);
      g_autoptr(GDir) files = g_dir_open (path, 0, NULL);

      while (files != NULL && g_dir_read_name (files) != NULL)
        n++;
    }

  return n;
}

static void
test_failed_backup_leaves_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GBytes) scan = g_bytes_new_static ("scan", 4);
  g_autofree char *folder = store_test_file (test, "backup");
  g_autofree char *target = g_build_filename (folder, "copy.forlop", NULL);
  unsigned int n_failed = 1;
  g_assert_true (store_test_create_store (test, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_assert_true (store_test_add (store, "one", NULL));
  g_free (forlop_blob_store_put (forlop_store_get_blobs (store), scan, NULL));

  for (unsigned int n = 1; n_failed > 0; n++)
    {
      g_autoptr(GError) error = NULL;
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_ANY, n, FORLOP_FAULT_FULL, TRUE);
      gboolean done = forlop_store_backup_sync (store, target, NULL, NULL, NULL, &error);
      n_failed = forlop_fault_vfs_n_failed ();
      forlop_fault_vfs_reset ();
      if (done)
        continue;

      assert_told (error);
      g_assert_cmpuint (n_failed, >, 0);
      g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
      g_assert_null (g_dir_read_name (dir));
    }

  g_assert_true (g_file_test (target, G_FILE_TEST_EXISTS));
}

/* The file has seen the script or not, and has all its notes either way. */
static void
test_failed_upgrade_leaves_the_file (void)
{
  unsigned int n_failed = 1;

  for (unsigned int n = 1; n_failed > 0; n++)
    {
      g_autoptr(StoreTest) test = store_test_new ();
      g_autoptr(GError) error = NULL;
      g_assert_true (store_test_create_store (test, NULL));
      g_autoptr(ForlopStore) store = store_test_store (test);
      g_assert_true (store_test_add (store, "one", NULL));
      g_clear_object (&store);

      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_ANY, n, FORLOP_FAULT_FULL, TRUE);
      store = store_test_open_store (test, upgraded, &error);
      n_failed = forlop_fault_vfs_n_failed ();
      gboolean done = store != NULL;
      if (!done)
        assert_told (error);
      g_clear_object (&store);
      forlop_fault_vfs_reset ();
      g_clear_error (&error);

      store = store_test_open_store (test, upgraded, &error);
      g_assert_no_error (error);
      g_autofree char *notes = store_test_notes (store);
      g_assert_cmpstr (notes, ==, "one from-the-script");
      assert_sound (store);
    }
}

static void
test_failed_attachment_leaves_nothing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GBytes) scan = g_bytes_new_static ("scan", 4);
  g_autofree char *folder = store_test_file (test, "blobs");
  gboolean done = FALSE;

  for (unsigned int n = 1; !done; n++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(ForlopBlobStore) blobs = forlop_blob_store_new (folder, test->key);
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_RENAME, n, FORLOP_FAULT_FULL, FALSE);
      g_autofree char *hash = forlop_blob_store_put (blobs, scan, &error);
      done = hash != NULL;
      forlop_fault_vfs_reset ();
      if (!done)
        {
          g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DISK_FULL);
          g_assert_cmpuint (count_files (folder), ==, 0);
        }
    }
}

/* The power goes at the n-th operation, for every n, and the disk keeps what was synced and some
 * torn rest. */
static void
test_power_loss_keeps_what_was_acknowledged (void)
{
  unsigned int n_failed = 1;
  guint32 base = g_test_rand_int_range (0, G_MAXINT32);

  g_test_message ("seeds from %u", base);
  for (unsigned int n = 1; n_failed > 0; n++)
    {
      g_autoptr(StoreTest) test = store_test_new ();
      g_assert_true (store_test_create_store (test, NULL));
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_record ();
      forlop_fault_vfs_fail (FORLOP_FAULT_ANY, n, FORLOP_FAULT_IO, TRUE);
      unsigned int acknowledged = write_notes (test);
      n_failed = forlop_fault_vfs_n_failed ();

      forlop_fault_vfs_reset ();
      for (guint32 seed = 0; seed < N_SEEDS; seed++)
        {
          g_autoptr(StoreTest) after = store_test_new ();
          g_test_message ("operation %u, seed %u", n, base + seed);
          forlop_fault_vfs_crash (after->folder, base + seed);
          if (g_file_test (after->path, G_FILE_TEST_EXISTS))
            assert_kept (after, acknowledged);
          else
            g_assert_cmpuint (acknowledged, ==, 0);
        }
      forlop_fault_vfs_forget ();
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  forlop_fault_vfs_install ();

  g_test_add_func ("/faults/full-disk-has-its-sentence", test_full_disk_has_its_sentence);
  g_test_add_func ("/faults/full-disk-for-ever", test_full_disk_for_ever);
  g_test_add_func ("/faults/full-disk-once", test_full_disk_once);
  g_test_add_func ("/faults/faulty-disk-for-ever", test_faulty_disk_for_ever);
  g_test_add_func ("/faults/faulty-disk-once", test_faulty_disk_once);
  g_test_add_func ("/faults/failed-backup-leaves-nothing", test_failed_backup_leaves_nothing);
  g_test_add_func ("/faults/failed-upgrade-leaves-the-file", test_failed_upgrade_leaves_the_file);
  g_test_add_func ("/faults/failed-attachment-leaves-nothing",
                   test_failed_attachment_leaves_nothing);
  g_test_add_func ("/faults/power-loss-keeps-what-was-acknowledged",
                   test_power_loss_keeps_what_was_acknowledged);

  return g_test_run ();
}
