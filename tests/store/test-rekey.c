/* SPDX-License-Identifier: EUPL-1.2 */

/* A change of key is cut off at every single step, by a full disk, by a kill and by a loss of power:
 * whatever stands in the files then opens whole, with one key or with the other. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forlop-fault-vfs.h"
#include "forlop-file-private.h"
#include "forlop-store-check.h"
#include "forlop-store-error.h"
#include "forlop-store-rekey.h"
#include "store-test-notes.h"

#define STORE_ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define NEW_PASSPHRASE "blå hest under broen"
#define SCAN "the whole of the scan, as it was put"
#define NOTES "one two"

static const ForlopKeyringCost cheap = { 1, 8192 };

static GBytes *
scan (void)
{
  return g_bytes_new_static (SCAN, strlen (SCAN));
}

static ForlopKey *
other_key (void)
{
  guint8 bytes[FORLOP_KEY_LENGTH];

  memset (bytes, 0x5a, sizeof bytes);
  return forlop_key_new (bytes);
}

static StoreTest *
make_test (char **hash)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) contents = scan ();
  StoreTest *test = store_test_new ();

  g_assert_true (store_test_create_store (test, &error));
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_assert_true (store_test_add (store, "one", &error) && store_test_add (store, "two", &error));
  *hash = forlop_blob_store_put (forlop_store_get_blobs (store), contents, &error);
  g_assert_no_error (error);
  return test;
}

static gboolean
rekey (StoreTest  *test,
       ForlopKey  *key,
       GError    **error)
{
  g_autoptr(ForlopKey) new_key = other_key ();
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (STORE_ID, new_key);

  g_assert_true (forlop_keyring_set_passphrase (keyring, new_key, NEW_PASSPHRASE, &cheap, NULL));
  return forlop_store_rekey (test->path, key, new_key, keyring, NULL, NULL, NULL, error);
}

/* The key that the side file gives for the old or the new passphrase. */
static ForlopKey *
unlock (StoreTest *test,
        gboolean  *is_new)
{
  g_autofree char *key_path = forlop_keyring_dup_path (test->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_load (key_path, &error);
  ForlopKey *key;

  g_assert_no_error (error);
  key = forlop_keyring_unlock_passphrase (keyring, STORE_TEST_PASSPHRASE, NULL);
  *is_new = key == NULL;
  if (key == NULL)
    key = forlop_keyring_unlock_passphrase (keyring, NEW_PASSPHRASE, &error);
  g_assert_no_error (error);
  return key;
}

/* Opens with what the side file gives, holds everything, and nothing else is left behind. Returns
 * whether it has the new key. */
static gboolean
assert_whole (StoreTest  *test,
              const char *hash)
{
  g_autoptr(GError) error = NULL;
  gboolean is_new;

  forlop_key_unref (test->key);
  test->key = unlock (test, &is_new);
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_autofree char *notes = store_test_notes (store);
  g_assert_cmpstr (notes, ==, NOTES);
  g_autoptr(GBytes) contents = forlop_blob_store_get (forlop_store_get_blobs (store), hash, &error);
  g_autoptr(GBytes) expected = scan ();
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (contents, expected));
  g_autoptr(GPtrArray) problems = forlop_store_check_sync (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_object (&store);

  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.blobs case.forlop.key");
  return is_new;
}

static void
test_everything_has_the_new_key (void)
{
  g_autofree char *hash = NULL;
  g_autoptr(StoreTest) test = make_test (&hash);
  g_autoptr(ForlopKey) old = forlop_key_ref (test->key);
  g_autoptr(GError) error = NULL;

  gboolean done = rekey (test, test->key, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_true (assert_whole (test, hash));

  /* Neither the database nor the attachment answers to the old one. */
  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (test->path, old, FORLOP_CONNECTION_READER, &error);
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_autofree char *folder = forlop_store_dup_blob_folder (test->path);
  g_autoptr(ForlopBlobStore) blobs = forlop_blob_store_new (folder, old);
  g_assert_null (forlop_blob_store_get (blobs, hash, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_MISSING);
}

static void
test_a_wrong_key_changes_nothing (void)
{
  g_autofree char *hash = NULL;
  g_autoptr(StoreTest) test = make_test (&hash);
  g_autoptr(ForlopKey) wrong = forlop_key_new_random ();
  g_autoptr(GError) error = NULL;

  g_assert_false (rekey (test, wrong, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
  g_assert_false (assert_whole (test, hash));
}

static void
test_an_open_store_is_in_use (void)
{
  g_autofree char *hash = NULL;
  g_autoptr(StoreTest) test = make_test (&hash);
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_autoptr(GError) error = NULL;

  g_assert_false (rekey (test, test->key, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_IN_USE);
  g_clear_object (&store);
  g_assert_false (assert_whole (test, hash));
}

/* Cuts a byte off the only attachment. */
static void
damage_attachment (StoreTest *test)
{
  g_autofree char *folder = forlop_store_dup_blob_folder (test->path);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *prefix = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_autoptr(GDir) inner = g_dir_open (prefix, 0, NULL);
  g_autofree char *path = g_build_filename (prefix, g_dir_read_name (inner), NULL);

  g_assert_cmpint (truncate (path, 50), ==, 0);
}

static void
test_a_damaged_attachment_stops_it (void)
{
  g_autofree char *hash = NULL;
  g_autoptr(StoreTest) test = make_test (&hash);
  g_autoptr(GBytes) contents = scan ();
  g_autoptr(GError) error = NULL;

  damage_attachment (test);
  g_assert_false (rekey (test, test->key, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_DAMAGED);
  g_clear_error (&error);

  /* Attached again, it goes through. */
  g_autoptr(ForlopStore) store = store_test_store (test);
  g_free (forlop_blob_store_put (forlop_store_get_blobs (store), contents, &error));
  g_clear_object (&store);
  g_assert_true (rekey (test, test->key, &error));
  g_assert_true (assert_whole (test, hash));
}

static void
fail_every_step (ForlopFaultKind kind,
                 gboolean        for_ever)
{
  unsigned int n_failed = 1;
  unsigned int n_old = 0;
  unsigned int n_new = 0;

  for (unsigned int n = 1; n_failed > 0; n++)
    {
      g_autofree char *hash = NULL;
      g_autoptr(StoreTest) test = make_test (&hash);
      g_autoptr(GError) error = NULL;
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_ANY, n, kind, for_ever);
      gboolean done = rekey (test, test->key, &error);
      n_failed = forlop_fault_vfs_n_failed ();
      forlop_fault_vfs_reset ();
      g_assert_true (done == (error == NULL));
      gboolean is_new = assert_whole (test, hash);
      g_assert_true (done == is_new);
      n_old += !is_new;
      n_new += is_new && n_failed > 0;
    }

  g_test_message ("%u steps left the old key, %u the new one", n_old, n_new);
  g_assert_cmpuint (n_old, >, 10);
  g_assert_cmpuint (n_new, >, 2);
}

static void
test_full_disk_at_every_step (void)
{
  fail_every_step (FORLOP_FAULT_FULL, TRUE);
}

static void
test_fault_once_at_every_step (void)
{
  fail_every_step (FORLOP_FAULT_IO, FALSE);
}

static struct {
  unsigned int countdown;
} killer;

static int
kill_at (const char *operation G_GNUC_UNUSED,
         gpointer    user_data G_GNUC_UNUSED)
{
  if (--killer.countdown == 0)
    kill (getpid (), SIGKILL);

  return 0;
}

/* The child starts anew, because a process with threads must not go on after fork. */
static int
be_child (char **argv)
{
  StoreTest test = { .folder = argv[2], .path = argv[3] };
  guint8 bytes[FORLOP_KEY_LENGTH];

  store_test_fill_key (bytes);
  test.key = forlop_key_new (bytes);
  killer.countdown = (unsigned int) g_ascii_strtoull (argv[4], NULL, 10);
  forlop_file_set_fault (kill_at, NULL);
  return rekey (&test, test.key, NULL) ? 0 : 1;
}

static int
run_child (StoreTest    *test,
           unsigned int  n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      execl ("/proc/self/exe", "test-rekey", "--child", test->folder, test->path, number, NULL);
      _exit (127);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

/* Before every write, sync and rename of a file of ours; what the database writes has no name yet. */
static void
test_killed_at_every_step (void)
{
  unsigned int n_old = 0;
  unsigned int n_new = 0;
  gboolean ended = FALSE;

  for (unsigned int n = 1; !ended; n++)
    {
      g_autofree char *hash = NULL;
      g_autoptr(StoreTest) test = make_test (&hash);
      int status = run_child (test, n);
      ended = WIFEXITED (status);
      g_assert_true (ended ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL);
      gboolean is_new = assert_whole (test, hash);
      g_assert_true (is_new || !ended);
      n_old += !is_new;
      n_new += is_new && !ended;
    }

  g_test_message ("%u kills left the old key, %u the new one", n_old, n_new);
  g_assert_cmpuint (n_old, >, 5);
  g_assert_cmpuint (n_new, >, 2);
}

/* Nothing of it opens with the side file of a kill before it is settled by an opener. */
static void
test_killed_while_it_settles (void)
{
  for (unsigned int n = 1; n < 12; n++)
    {
      g_autofree char *hash = NULL;
      g_autoptr(StoreTest) test = make_test (&hash);
      int status = run_child (test, n + 8);
      if (WIFEXITED (status))
        continue;

      g_autoptr(GError) error = NULL;
      forlop_fault_vfs_reset ();
      forlop_fault_vfs_fail (FORLOP_FAULT_RENAME | FORLOP_FAULT_SYNC, 1, FORLOP_FAULT_IO, TRUE);
      gboolean is_new;
      forlop_key_unref (test->key);
      test->key = unlock (test, &is_new);
      g_autoptr(ForlopStore) store = store_test_open_store (test, store_test_scripts, &error);
      g_clear_object (&store);
      forlop_fault_vfs_reset ();
      assert_whole (test, hash);
    }
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return be_child (argv);

  g_test_init (&argc, &argv, NULL);
  forlop_fault_vfs_install ();

  g_test_add_func ("/rekey/everything-has-the-new-key", test_everything_has_the_new_key);
  g_test_add_func ("/rekey/wrong-key-changes-nothing", test_a_wrong_key_changes_nothing);
  g_test_add_func ("/rekey/open-store-is-in-use", test_an_open_store_is_in_use);
  g_test_add_func ("/rekey/damaged-attachment-stops-it", test_a_damaged_attachment_stops_it);
  g_test_add_func ("/rekey/full-disk-at-every-step", test_full_disk_at_every_step);
  g_test_add_func ("/rekey/fault-once-at-every-step", test_fault_once_at_every_step);
  g_test_add_func ("/rekey/killed-at-every-step", test_killed_at_every_step);
  g_test_add_func ("/rekey/killed-while-it-settles", test_killed_while_it_settles);

  return g_test_run ();
}
