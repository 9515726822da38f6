/* SPDX-License-Identifier: EUPL-1.2 */

/* Signed ends of the access log, on each kind of storage. */

#include "storage-test-util.h"

#include <string.h>

#include "forlop-access-checkpoint.h"
#include "forlop-error.h"

#define NOW ((gint64) 1795000000000)

static void
add_rows (StorageTest         *test,
          ForlopServerStorage *storage,
          unsigned int         n)
{
  const ForlopServerAccess access = {
    .at = NOW, .client_at = FORLOP_INSTANT_NONE, .user_id = storage_test_id (test), .action = "opened",
    .scope = "c:a",
  };

  storage_test_begin (storage, TRUE);
  for (unsigned int i = 0; i < n; i++)
    g_assert_true (storage->funcs->add_access (storage, &access, NULL));
  storage_test_commit (storage);
}

/* The number of the newest checkpoint, or 0. */
static gint64
keep (StorageTest         *test,
      ForlopServerStorage *storage,
      gint64               now)
{
  g_autofree ForlopServerCheckpoint *checkpoint = NULL;
  g_autoptr (GError) error = NULL;
  guint8 key[FORLOP_AUDIT_KEY_BYTES];

  g_assert_true (forlop_access_checkpoint_keep (storage, test->key, now, &checkpoint, &error));
  g_assert_no_error (error);
  if (checkpoint == NULL)
    return 0;
  forlop_access_checkpoint_public_key (test->key, key);
  g_assert_true (forlop_access_checkpoint_is_signed (checkpoint, key));
  checkpoint->hash[3] ^= 1;
  g_assert_false (forlop_access_checkpoint_is_signed (checkpoint, key));

  return checkpoint->n;
}

static void
a_checkpoint_comes_after_rows_or_minutes (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);

  g_assert_cmpint (keep (test, storage, NOW), ==, 0);
  add_rows (test, storage, 1);
  g_assert_cmpint (keep (test, storage, NOW), ==, 1);
  add_rows (test, storage, FORLOP_CHECKPOINT_ROWS - 1);
  g_assert_cmpint (keep (test, storage, NOW), ==, 1);
  add_rows (test, storage, 1);
  g_assert_cmpint (keep (test, storage, NOW), ==, 1 + FORLOP_CHECKPOINT_ROWS);
  add_rows (test, storage, 1);
  g_assert_cmpint (keep (test, storage, NOW + FORLOP_CHECKPOINT_MS - 1), ==, 1 + FORLOP_CHECKPOINT_ROWS);
  g_assert_cmpint (keep (test, storage, NOW + FORLOP_CHECKPOINT_MS), ==, 2 + FORLOP_CHECKPOINT_ROWS);
  g_assert_cmpint (keep (test, storage, NOW + 9 * FORLOP_CHECKPOINT_MS), ==, 2 + FORLOP_CHECKPOINT_ROWS);
}

static void
a_checkpoint_that_the_log_does_not_keep_is_found (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  ForlopServerStorage *storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  add_rows (test, storage, 3);
  g_assert_cmpint (keep (test, storage, NOW), ==, 3);
  g_assert_true (forlop_access_checkpoint_verify (storage, test->key, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  forlop_server_storage_free (storage);

  storage_test_tamper (test, "UPDATE access_checkpoint SET n = 2");
  again = storage_test_open (test, 0);
  g_assert_false (forlop_access_checkpoint_verify (again, test->key, &n, &error));
  g_assert_nonnull (error);
}

/* The sentence that says where the chain of four rows is broken after @sql. */
static char *
broken_by (const char *sql)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  ForlopServerStorage *storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_access, n_marks;

  add_rows (test, storage, 4);
  forlop_server_storage_free (storage);
  storage_test_tamper (test, sql);
  again = storage_test_open (test, 0);
  g_assert_false (forlop_tenant_storage_verify (again, &n_access, &n_marks, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT);

  return g_strdup (error->message);
}

static void
the_first_broken_row_is_named (void)
{
  g_autofree char *changed = broken_by ("UPDATE access_log SET action = 'listed' WHERE n >= 2");
  g_autofree char *removed = broken_by ("DELETE FROM access_log WHERE n = 3");
  g_autofree char *cut = broken_by ("DELETE FROM access_log WHERE n = 4");

  g_assert_nonnull (strstr (changed, "at row 2: it says "));
  g_assert_nonnull (strstr (changed, "and is not what was written."));
  g_assert_nonnull (strstr (removed, "at row 3: it is missing."));
  g_assert_nonnull (strstr (cut, "at row 4: the log ends before it, and has had 4 rows."));
}

/* Who cuts the tail as if it had never been there leaves a chain that hangs together; what the journal or a
 * machine has kept says otherwise. */
static void
a_tail_that_was_cut_with_its_checkpoint_is_known_elsewhere (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  ForlopServerStorage *storage = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) again = NULL;
  g_autofree ForlopServerCheckpoint *kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_access, n_marks, n_checkpoints;

  add_rows (test, storage, 4);
  g_assert_true (forlop_access_checkpoint_keep (storage, test->key, NOW, &kept, NULL));
  g_assert_true (forlop_access_checkpoint_has (storage, kept->n, kept->hash, NULL));
  forlop_server_storage_free (storage);

  storage_test_tamper (test, "UPDATE tenant_head SET access_n = 3, "
                             "access_hash = (SELECT hash FROM access_log WHERE n = 3)");
  storage_test_tamper (test, "DELETE FROM access_log WHERE n = 4");
  again = storage_test_open (test, 0);
  g_assert_true (forlop_tenant_storage_verify (again, &n_access, &n_marks, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_access, ==, 3);
  g_assert_false (forlop_access_checkpoint_verify (again, test->key, &n_checkpoints, &error));
  g_assert_nonnull (strstr (error->message, "at row 4: the log ends before it, and has had 4 rows."));
  g_clear_error (&error);
  g_clear_pointer (&again, forlop_server_storage_free);

  storage_test_tamper (test, "DELETE FROM access_checkpoint");
  again = storage_test_open (test, 0);
  g_assert_true (forlop_access_checkpoint_verify (again, test->key, &n_checkpoints, &error));
  g_assert_no_error (error);
  g_assert_false (forlop_access_checkpoint_has (again, kept->n, kept->hash, &error));
  g_assert_nonnull (strstr (error->message, "at row 4: the log ends before it, and has had 4 rows."));
  g_clear_error (&error);
  g_assert_false (forlop_access_checkpoint_has (again, 3, kept->hash, &error));
  g_assert_nonnull (strstr (error->message, "at row 3: it is not what a signed checkpoint says."));
}

static void
what_was_remembered_is_read_strictly (void)
{
  static const char *const wrong[] = {
    "", "4", "4:", "4:abc", ":00", "0:0000000000000000000000000000000000000000000000000000000000000000",
    "4:000000000000000000000000000000000000000000000000000000000000000g",
    "x:0000000000000000000000000000000000000000000000000000000000000000",
  };
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gint64 n;

  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (forlop_access_checkpoint_read_remembered (wrong[i], &n, hash));
  g_assert_true (forlop_access_checkpoint_read_remembered (
    "4:00000000000000000000000000000000000000000000000000000000000000ff", &n, hash));
  g_assert_cmpint (n, ==, 4);
  g_assert_cmpint (hash[31], ==, 255);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audit/a-checkpoint-comes-after-rows-or-minutes", a_checkpoint_comes_after_rows_or_minutes);
  g_test_add_func ("/audit/a-checkpoint-that-the-log-does-not-keep-is-found",
                   a_checkpoint_that_the_log_does_not_keep_is_found);
  g_test_add_func ("/audit/the-first-broken-row-is-named", the_first_broken_row_is_named);
  g_test_add_func ("/audit/a-tail-that-was-cut-with-its-checkpoint-is-known-elsewhere",
                   a_tail_that_was_cut_with_its_checkpoint_is_known_elsewhere);
  g_test_add_func ("/audit/what-was-remembered-is-read-strictly", what_was_remembered_is_read_strictly);

  return g_test_run ();
}
