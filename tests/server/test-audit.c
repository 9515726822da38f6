/* SPDX-License-Identifier: EUPL-1.2 */

/* Signed ends of the access log, on each kind of storage. */

#include "storage-test-util.h"

#include "forlop-access-checkpoint.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audit/a-checkpoint-comes-after-rows-or-minutes", a_checkpoint_comes_after_rows_or_minutes);
  g_test_add_func ("/audit/a-checkpoint-that-the-log-does-not-keep-is-found",
                   a_checkpoint_that_the_log_does_not_keep_is_found);

  return g_test_run ();
}
