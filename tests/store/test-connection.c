/* SPDX-License-Identifier: EUPL-1.2 */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forlop-connection.h"
#include "forlop-store-error.h"
#include "forlop-transaction.h"
#include "store-test-util.h"

#define CANARY "Kanarifugl-4711-Hansen"
#define ID "01890a5d-ac96-774b-bcce-b302099a8057"

static void
assert_refused (StoreTest        *test,
                ForlopStoreError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (test->path, test->key, FORLOP_CONNECTION_WRITER, &error);

  g_assert_null (connection);
  g_assert_error (error, FORLOP_STORE_ERROR, (int) code);
  g_autofree char *sentence = forlop_store_error_dup_sentence (error);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_null (strchr (sentence, '\n'));
}

static void
test_values_come_back (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);
  ForlopDate date;

  g_assert_true (forlop_date_from_ymd (2026, 11, 22, &date));
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (connection,
                               "SELECT ?1 AS t, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, typeof(?2), ?10",
                               &error);
  g_assert_no_error (error);
  g_assert_cmpint (forlop_statement_get_n_parameters (statement), ==, 10);
  forlop_statement_bind_text (statement, 1, "Åse");
  forlop_statement_bind_id (statement, 2, ID);
  forlop_statement_bind_integer (statement, 3, G_MININT64 + 1);
  forlop_statement_bind_real (statement, 4, 36.6);
  forlop_statement_bind_null (statement, 5);
  forlop_statement_bind_blob (statement, 6, "a\0b", 3);
  forlop_statement_bind_date (statement, 7, date);
  forlop_statement_bind_instant (statement, 8, 1234567890123);
  forlop_statement_bind_instant (statement, 9, FORLOP_INSTANT_NONE);
  forlop_statement_bind_boolean (statement, 10, TRUE);

  gboolean has_row;
  g_assert_true (forlop_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (forlop_statement_get_n_columns (statement), ==, 11);
  g_assert_cmpstr (forlop_statement_get_column_name (statement, 0), ==, "t");
  g_assert_cmpstr (forlop_statement_get_text (statement, 0), ==, "Åse");
  g_autofree char *id = forlop_statement_dup_id (statement, 1);
  g_assert_cmpstr (id, ==, ID);
  g_assert_cmpstr (forlop_statement_get_text (statement, 9), ==, "blob");
  g_assert_cmpint (forlop_statement_get_integer (statement, 2), ==, G_MININT64 + 1);
  g_assert_cmpfloat (forlop_statement_get_real (statement, 3), ==, 36.6);
  g_assert_true (forlop_statement_is_null (statement, 4));
  g_assert_null (forlop_statement_get_text (statement, 4));
  gsize length;
  gconstpointer blob = forlop_statement_get_blob (statement, 5, &length);
  g_assert_cmpmem (blob, length, "a\0b", 3);
  g_assert_cmpint (forlop_statement_get_date (statement, 6), ==, date);
  g_assert_cmpstr (forlop_statement_get_text (statement, 6), ==, "2026-11-22");
  g_assert_cmpint (forlop_statement_get_instant (statement, 7), ==, 1234567890123);
  g_assert_cmpint (forlop_statement_get_instant (statement, 8), ==, FORLOP_INSTANT_NONE);
  g_assert_true (forlop_statement_get_boolean (statement, 10));
  g_assert_true (forlop_statement_step (statement, &has_row, &error));
  g_assert_false (has_row);
}

static void
test_bad_id_is_refused (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);
  g_autoptr(ForlopStatement) statement = forlop_connection_prepare (connection, "SELECT ?", &error);

  forlop_statement_bind_id (statement, 1, CANARY);
  g_assert_false (forlop_statement_execute (statement, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_FAILED);
  g_assert_null (strstr (error->message, CANARY));

  g_clear_error (&error);
  forlop_statement_bind_id (statement, 1, ID);
  g_assert_true (forlop_statement_execute (statement, &error));
}

static void
test_statement_cache (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);
  const char *sql = "SELECT ?";
  gboolean has_row;

  ForlopStatement *first = forlop_connection_prepare (connection, sql, &error);
  ForlopStatement *second = forlop_connection_prepare (connection, sql, &error);
  g_assert_true (first != second);
  forlop_statement_bind_integer (first, 1, 7);
  g_assert_true (forlop_statement_step (first, &has_row, &error));
  forlop_statement_release (first);
  forlop_statement_release (second);

  g_autofree char *copy = g_strdup (sql);
  g_autoptr(ForlopStatement) again = forlop_connection_prepare (connection, copy, &error);
  g_assert_true (again == first);
  g_assert_true (forlop_statement_step (again, &has_row, &error));
  g_assert_true (has_row);
  g_assert_true (forlop_statement_is_null (again, 0));

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("SELECT %d", i);
      gint64 value;
      g_assert_true (forlop_connection_query_integer (connection, text, &value, &error));
      g_assert_cmpint (value, ==, i);
    }
}

static void
test_double_quotes_are_no_strings (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) connection = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  g_assert_false (forlop_connection_execute (connection, "SELECT \"nothing\"", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_FAILED);
}

static gint64
pragma (ForlopConnection *connection,
        const char       *name)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", name);
  g_autoptr(GError) error = NULL;
  gint64 value = -1;

  forlop_connection_query_integer (connection, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_pragmas_of_every_connection (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  g_autoptr(ForlopConnection) reader = store_test_connect (test, FORLOP_CONNECTION_READER);
  ForlopConnection *both[] = { writer, reader };

  for (unsigned int i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_assert_cmpint (pragma (both[i], "secure_delete"), ==, 1);
      g_assert_cmpint (pragma (both[i], "foreign_keys"), ==, 1);
      g_assert_cmpint (pragma (both[i], "trusted_schema"), ==, 0);
      g_assert_cmpint (pragma (both[i], "cell_size_check"), ==, 1);
      g_assert_cmpint (pragma (both[i], "synchronous"), ==, 2);
      g_assert_cmpint (pragma (both[i], "temp_store"), ==, 2);
    }
  g_assert_cmpint (pragma (writer, "wal_autocheckpoint"), ==, 1000);
  g_assert_cmpint (pragma (reader, "wal_autocheckpoint"), ==, 0);
  g_assert_cmpint (pragma (reader, "query_only"), ==, 1);
}

static void
test_reader_cannot_write (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  g_autoptr(ForlopConnection) reader = store_test_connect (test, FORLOP_CONNECTION_READER);

  g_assert_false (forlop_connection_execute (reader, "DELETE FROM note", &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_READ_ONLY);
}

static void
test_reader_keeps_its_snapshot (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  g_autoptr(ForlopConnection) reader = store_test_connect (test, FORLOP_CONNECTION_READER);

  g_assert_true (forlop_connection_begin (reader, &error));
  g_assert_cmpint (store_test_count_notes (reader), ==, 0);
  store_test_insert_note (writer, 1, "one");
  g_assert_cmpint (store_test_count_notes (reader), ==, 0);
  g_assert_true (forlop_connection_checkpoint (writer, &error));
  g_assert_true (forlop_connection_commit (reader, &error));
  g_assert_cmpint (store_test_count_notes (reader), ==, 1);
}

static void
test_wrong_key (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  store_test_make_file (test);

  forlop_key_unref (test->key);
  test->key = forlop_key_new_random ();
  assert_refused (test, FORLOP_STORE_ERROR_WRONG_KEY);
}

static void
test_other_files_are_refused (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  const char *contents[] = {
    "SQLite format 3\0\x10\0\1\1\0@  \0\0\0\1\0\0\0\1",
    "Kjære leser,\n", /* not ASCII: answers to no key */
    "fodselsnummer;fornavn;etternavn\n01010012345;Ola;Nordmann\n",
  };
  gsize lengths[] = { 32, strlen (contents[1]), strlen (contents[2]) };
  ForlopStoreError codes[] = {
    FORLOP_STORE_ERROR_NOT_A_STORE, FORLOP_STORE_ERROR_WRONG_KEY, FORLOP_STORE_ERROR_NOT_A_STORE,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *after = NULL;
      gsize length;
      g_assert_true (g_file_set_contents (test->path, contents[i], (gssize) lengths[i], NULL));
      assert_refused (test, codes[i]);
      g_assert_true (g_file_get_contents (test->path, &after, &length, NULL));
      g_assert_cmpmem (after, length, contents[i], lengths[i]);
    }

  g_assert_true (g_file_set_contents (test->path, "", 0, NULL));
  assert_refused (test, FORLOP_STORE_ERROR_DAMAGED);
}

static void
test_missing_and_existing (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;

  assert_refused (test, FORLOP_STORE_ERROR_MISSING);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "");

  store_test_make_file (test);
  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (test->path, test->key, FORLOP_CONNECTION_CREATE, &error);
  g_assert_null (connection);
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_EXISTS);
}

/* Reads every page of table and index. */
static void
assert_damaged (StoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopConnection) reader = store_test_connect (test, FORLOP_CONNECTION_READER);
  gint64 sum;
  const char *table = "SELECT sum(length(text) + id) FROM note NOT INDEXED";
  const char *index = "SELECT count(text) FROM "
                      "(SELECT text FROM note INDEXED BY sqlite_autoindex_note_1 ORDER BY text)";
  gboolean done = forlop_connection_query_integer (reader, table, &sum, &error)
                  && forlop_connection_query_integer (reader, index, &sum, &error);

  g_assert_false (done);
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DAMAGED);
}

/* Every page carries its own seal: a flipped bit is noticed when it is read. */
static void
test_flipped_bit_is_noticed (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  g_assert_true (forlop_connection_begin (writer, &error));
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("%0200d", i);
      store_test_insert_note (writer, i, text);
    }
  g_assert_true (forlop_connection_commit (writer, &error));
  g_clear_object (&writer);

  g_assert_true (g_file_get_contents (test->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 5 * 4096);
  for (gsize offset = 1000; offset < length; offset += 4096)
    {
      bytes[offset] = (char) (bytes[offset] ^ 1);
      g_assert_true (g_file_set_contents (test->path, bytes, (gssize) length, NULL));
      bytes[offset] = (char) (bytes[offset] ^ 1);
      if (offset < 4096)
        assert_refused (test, FORLOP_STORE_ERROR_WRONG_KEY);
      else
        assert_damaged (test);
    }
}

static void
test_canary_is_not_in_the_file (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  store_test_insert_note (writer, 1, CANARY);
  g_assert_false (store_test_contains (test, CANARY));
  g_assert_true (forlop_connection_checkpoint (writer, &error));
  g_assert_false (store_test_contains (test, CANARY));
  g_assert_false (store_test_contains (test, "SQLite format 3"));
}

static void
test_only_the_owner_may_read (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);
  store_test_insert_note (writer, 1, "one");

  g_autofree char *log = g_strconcat (test->path, "-wal", NULL);
  const char *paths[] = { test->path, log };
  for (unsigned int i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      GStatBuf info;
      g_assert_cmpint (g_stat (paths[i], &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_guard_rolls_back (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  {
    g_autoptr(ForlopTransaction) transaction = forlop_transaction_begin (writer, &error);
    g_assert_no_error (error);
    store_test_insert_note (writer, 1, "one");
    forlop_connection_touch (writer, "note");
  }
  g_assert_false (forlop_connection_in_transaction (writer));
  g_assert_cmpint (store_test_count_notes (writer), ==, 0);
  g_assert_null (forlop_connection_steal_touched (writer));
}

static void
test_nested_transactions (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  g_autoptr(ForlopTransaction) outer = forlop_transaction_begin (writer, &error);
  store_test_insert_note (writer, 1, "one");
  {
    g_autoptr(ForlopTransaction) kept = forlop_transaction_begin (writer, &error);
    store_test_insert_note (writer, 2, "two");
    {
      g_autoptr(ForlopTransaction) undone = forlop_transaction_begin (writer, &error);
      store_test_insert_note (writer, 3, "three");
    }
    g_assert_true (forlop_transaction_commit (kept, &error));
  }
  g_assert_true (forlop_connection_in_transaction (writer));
  g_assert_cmpint (store_test_count_notes (writer), ==, 2);
  g_assert_true (forlop_transaction_commit (outer, &error));
  g_assert_cmpint (store_test_count_notes (writer), ==, 2);
}

static void
test_touched_tables_after_commit (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  g_autoptr(ForlopTransaction) transaction = forlop_transaction_begin (writer, &error);
  forlop_connection_touch (writer, "task");
  forlop_connection_touch (writer, "case");
  forlop_connection_touch (writer, "task");
  g_assert_null (forlop_connection_steal_touched (writer));
  g_assert_true (forlop_transaction_commit (transaction, &error));
  g_auto(GStrv) names = forlop_connection_steal_touched (writer);
  g_autofree char *joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, "case task");
  g_assert_null (forlop_connection_steal_touched (writer));
}

static void
test_constraint_names_no_value (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  store_test_make_file (test);
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_WRITER);

  store_test_insert_note (writer, 1, CANARY);
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (writer, "INSERT INTO note VALUES (2, ?)", &error);
  forlop_statement_bind_text (statement, 1, CANARY);
  g_assert_false (forlop_statement_execute (statement, &error));
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_CONSTRAINT);
  g_autofree char *detail = forlop_store_error_dup_detail (error);
  g_assert_nonnull (strstr (detail, "note.text"));
  g_assert_null (strstr (error->message, CANARY));
}

static gpointer
cancel_thread (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel_ends_a_statement (void)
{
  g_autoptr(StoreTest) test = store_test_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(ForlopConnection) writer = store_test_connect (test, FORLOP_CONNECTION_CREATE);

  forlop_connection_set_cancellable (writer, cancellable);
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gboolean done = forlop_connection_execute (
    writer, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT sum(n) FROM c",
    &error);
  g_thread_join (thread);
  g_assert_false (done);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_error (&error);
  forlop_connection_set_cancellable (writer, NULL);
  g_assert_true (forlop_connection_execute (writer, "CREATE TABLE note (id)", &error));
}

static gpointer
foreign_thread (gpointer data)
{
  forlop_connection_in_transaction (data);
  return NULL;
}

/* The folder is the parent's, as the child cannot tidy up. */
static void
test_foreign_thread_aborts (void)
{
  g_autoptr(StoreTest) test = NULL;
  g_autoptr(GError) error = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr(ForlopKey) key = forlop_key_new_random ();
      g_autoptr(ForlopConnection) writer = forlop_connection_open (
        g_getenv ("FORLOP_TEST_PATH"), key, FORLOP_CONNECTION_CREATE, &error);
      g_assert_no_error (error);
      g_thread_join (g_thread_new ("foreign", foreign_thread, writer));
      return;
    }

  test = store_test_new ();
  g_setenv ("FORLOP_TEST_PATH", test->path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*assertion failed*thread*");
}

/* Root may write everywhere, so the test gives up its rights first. */
static void
test_read_only_folder (void)
{
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_autoptr(StoreTest) test = store_test_new ();
  g_assert_cmpint (g_chmod (test->folder, 0555), ==, 0);
  if (geteuid () == 0 && seteuid (65534) != 0)
    g_error ("The rights of root could not be given up");

  g_autoptr(ForlopConnection) connection =
    forlop_connection_open (test->path, test->key, FORLOP_CONNECTION_CREATE, &error);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_null (connection);
  g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_READ_ONLY);
  g_autofree char *names = store_test_list (test);
  g_assert_cmpstr (names, ==, "");
}

static void
test_errno_has_its_own_sentence (void)
{
  const struct {
    int number;
    ForlopStoreError code;
  } cases[] = {
    { ENOSPC, FORLOP_STORE_ERROR_DISK_FULL }, { EDQUOT, FORLOP_STORE_ERROR_DISK_FULL },
    { EROFS, FORLOP_STORE_ERROR_READ_ONLY },  { EACCES, FORLOP_STORE_ERROR_NO_ACCESS },
    { ENOENT, FORLOP_STORE_ERROR_MISSING },   { EIO, FORLOP_STORE_ERROR_FAILED },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      forlop_store_error_set_errno (&error, "/some/where/case.forlop", cases[i].number, "write");
      g_assert_error (error, FORLOP_STORE_ERROR, (int) cases[i].code);
      g_autofree char *detail = forlop_store_error_dup_detail (error);
      g_assert_true (g_str_has_prefix (detail, "Details: write: "));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/values-come-back", test_values_come_back);
  g_test_add_func ("/connection/bad-id-is-refused", test_bad_id_is_refused);
  g_test_add_func ("/connection/statement-cache", test_statement_cache);
  g_test_add_func ("/connection/double-quotes-are-no-strings", test_double_quotes_are_no_strings);
  g_test_add_func ("/connection/pragmas-of-every-connection", test_pragmas_of_every_connection);
  g_test_add_func ("/connection/reader-cannot-write", test_reader_cannot_write);
  g_test_add_func ("/connection/reader-keeps-its-snapshot", test_reader_keeps_its_snapshot);
  g_test_add_func ("/connection/wrong-key", test_wrong_key);
  g_test_add_func ("/connection/other-files-are-refused", test_other_files_are_refused);
  g_test_add_func ("/connection/missing-and-existing", test_missing_and_existing);
  g_test_add_func ("/connection/flipped-bit-is-noticed", test_flipped_bit_is_noticed);
  g_test_add_func ("/connection/canary-is-not-in-the-file", test_canary_is_not_in_the_file);
  g_test_add_func ("/connection/only-the-owner-may-read", test_only_the_owner_may_read);
  g_test_add_func ("/connection/cancel-ends-a-statement", test_cancel_ends_a_statement);
  g_test_add_func ("/connection/foreign-thread-aborts", test_foreign_thread_aborts);
  g_test_add_func ("/connection/read-only-folder", test_read_only_folder);
  g_test_add_func ("/connection/constraint-names-no-value", test_constraint_names_no_value);
  g_test_add_func ("/transaction/guard-rolls-back", test_guard_rolls_back);
  g_test_add_func ("/transaction/nested", test_nested_transactions);
  g_test_add_func ("/transaction/touched-tables-after-commit", test_touched_tables_after_commit);
  g_test_add_func ("/store-error/errno-has-its-own-sentence", test_errno_has_its_own_sentence);

  return g_test_run ();
}
