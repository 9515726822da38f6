/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-migrator.h"
#include "forlop-store-error.h"
#include "store-test-util.h"

static const ForlopMigration version_1[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)" },
  { 0 }
};

static const ForlopMigration version_3[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)" },
  { 2, "0002-tag.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY);"
                       "ALTER TABLE note ADD COLUMN tag INTEGER REFERENCES tag (id)" },
  { 3, "0003-more.sql", "INSERT INTO note (id, text) VALUES (100, 'from the script')" },
  { 0 }
};

static const ForlopMigration broken_script[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)" },
  { 2, "0002-good.sql", "DELETE FROM note; CREATE TABLE tag (id INTEGER PRIMARY KEY)" },
  { 3, "0003-bad.sql", "INSERT INTO tag VALUES (1); INSERT INTO nowhere VALUES (1)" },
  { 0 }
};

static const ForlopMigration broken_reference[] = {
  { 1, "0001-note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)" },
  { 2, "0002-bad.sql", "CREATE TABLE tag (id INTEGER PRIMARY KEY);"
                       "ALTER TABLE note ADD COLUMN tag INTEGER REFERENCES tag (id);"
                       "UPDATE note SET tag = 17" },
  { 0 }
};

static gint64
user_version (ForlopConnection *connection)
{
  g_autoptr(GError) error = NULL;
  gint64 version = -1;

  forlop_connection_query_integer (connection, "PRAGMA user_version", &version, &error);
  g_assert_no_error (error);
  return version;
}

static ForlopConnection *
make_version_1 (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  ForlopConnection *connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  g_assert_true (forlop_migrator_run (connection, version_1, &error));
  g_assert_no_error (error);
  store_test_insert_note (connection, 1, "one");
  return connection;
}

static void
test_new_file_gets_every_script (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  g_assert_true (forlop_migrator_run (connection, version_3, &error));
  g_assert_cmpint (user_version (connection), ==, 3);
  g_assert_cmpint (store_test_count_notes (connection), ==, 1);
  g_assert_true (forlop_migrator_run (connection, version_3, &error));
  g_assert_cmpint (store_test_count_notes (connection), ==, 1);
  g_clear_object (&connection);

  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop");
}

static void
test_copy_before_upgrade (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = make_version_1 (test);

  g_assert_true (forlop_migrator_run (connection, version_3, &error));
  g_assert_no_error (error);
  g_assert_cmpint (user_version (connection), ==, 3);
  g_assert_cmpint (store_test_count_notes (connection), ==, 2);
  g_clear_object (&connection);

  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "case.forlop case.forlop.before-v3");
  g_free (test->path);
  test->path = store_test_file (test, "case.forlop.before-v3");
  connection = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  g_assert_cmpint (user_version (connection), ==, 1);
  g_assert_cmpint (store_test_count_notes (connection), ==, 1);
}

static void
assert_unchanged_by (const ForlopMigration *scripts,
                     ForlopStoreError       code)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = make_version_1 (test);

  g_assert_false (forlop_migrator_run (connection, scripts, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
  g_assert_false (forlop_connection_in_transaction (connection));
  g_assert_cmpint (user_version (connection), ==, 1);
  g_assert_cmpint (store_test_count_notes (connection), ==, 1);

  gint64 n;
  g_clear_error (&error);
  g_assert_true (forlop_connection_query_integer (connection, "SELECT count(*) FROM sqlite_schema",
                                                  &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (forlop_connection_query_integer (connection, "PRAGMA foreign_keys", &n, &error));
  g_assert_cmpint (n, ==, 1);

  /* The way is open for a program in which the script is mended. */
  g_assert_true (forlop_migrator_run (connection, version_3, &error));
}

static void
test_failed_script_changes_nothing (void)
{
  assert_unchanged_by (broken_script, FORLOP_STORE_ERROR_FAILED);
}

static void
test_broken_reference_changes_nothing (void)
{
  assert_unchanged_by (broken_reference, FORLOP_STORE_ERROR_CONSTRAINT);
}

static void
test_newer_file_is_refused (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  g_assert_true (forlop_migrator_run (connection, version_3, &error));
  g_assert_false (forlop_migrator_run (connection, version_1, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NEWER_FILE);
  g_assert_cmpint (user_version (connection), ==, 3);
}

static void
test_file_of_another_program_is_refused (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  g_assert_false (forlop_migrator_run (connection, version_1, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NOT_A_STORE);
}

static void
test_shipped_scripts_are_numbered (void)
{
  const ForlopMigration *scripts = forlop_migrator_get_scripts ();
  int latest = forlop_migrator_get_latest (scripts);

  for (int i = 0; i < latest; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%04d-", i + 1);
      g_assert_true (g_str_has_prefix (scripts[i].name, prefix));
      g_assert_true (g_str_has_suffix (scripts[i].name, ".sql"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/migrator/new-file-gets-every-script", test_new_file_gets_every_script);
  g_test_add_func ("/migrator/copy-before-upgrade", test_copy_before_upgrade);
  g_test_add_func ("/migrator/failed-script-changes-nothing", test_failed_script_changes_nothing);
  g_test_add_func ("/migrator/broken-reference-changes-nothing",
                   test_broken_reference_changes_nothing);
  g_test_add_func ("/migrator/newer-file-is-refused", test_newer_file_is_refused);
  g_test_add_func ("/migrator/file-of-another-program-is-refused",
                   test_file_of_another_program_is_refused);
  g_test_add_func ("/migrator/shipped-scripts-are-numbered", test_shipped_scripts_are_numbered);

  return g_test_run ();
}
