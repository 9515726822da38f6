/* SPDX-License-Identifier: EUPL-1.2 */

/* What is the database's alone: row security, roles, faults told late, lost connections, and several
 * writers at once. */

#include "forlop-postgres-storage.h"
#include "storage-test-util.h"

#include <libpq-fe.h>
#include <string.h>

#include "forlop-error.h"

#define NOW 1795000000000
#define WRITERS 8
#define SECONDS 5

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

static PGconn *
connect_as (const char *user)
{
  g_autofree char *conninfo =
    g_strdup_printf ("host=%s dbname=forlop user=%s", g_getenv ("FORLOP_TEST_POSTGRES_FOLDER"), user);
  PGconn *connection = PQconnectdb (conninfo);

  g_assert_cmpint (PQstatus (connection), ==, CONNECTION_OK);
  PQclear (PQexec (connection, "SET search_path = forlop"));

  return connection;
}

static void
set_tenant (PGconn     *connection,
            const char *tenant_id)
{
  g_autofree char *sql = g_strdup_printf ("SET forlop.tenant = '%s'", tenant_id);
  g_autoptr (PGresult) result = PQexec (connection, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_COMMAND_OK);
}

/* The five characters of the fault's code. */
static void
assert_refused (PGconn     *connection,
                const char *sql,
                const char *state)
{
  g_autoptr (PGresult) result = PQexec (connection, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
  g_assert_cmpstr (PQresultErrorField (result, PG_DIAG_SQLSTATE), ==, state);
}

static char *
ask (PGconn     *connection,
     const char *sql)
{
  g_autoptr (PGresult) result = PQexec (connection, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  g_assert_cmpint (PQntuples (result), ==, 1);

  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
write_unit (StorageTest         *test,
            ForlopServerStorage *storage,
            const char          *id)
{
  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), "{}");
  storage_test_commit (storage);
}

static void
without_a_municipality_nothing_is_read (void)
{
  static const char *const tables[] = {
    "tenant_head", "commit_mark", "record", "measurement", "scope_sum", "claim", "device", "receipt",
    "changeset", "alias", "access_rule", "access_grant", "access_log", "access_checkpoint", "person", "tray",
    "contents",
  };
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *const users[] = { "forlop_app", "forlop_owner" };

  write_unit (test, storage, storage_test_id (test));
  for (unsigned int i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (PGconn) connection = connect_as (users[i]);

      for (unsigned int j = 0; j < G_N_ELEMENTS (tables); j++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[j]);

          assert_refused (connection, sql, "42704");
        }
      set_tenant (connection, "");
      assert_refused (connection, "SELECT count(*) FROM record", "22P02");
    }
}

static void
every_table_with_a_municipality_is_bound (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (PGconn) connection = connect_as ("forlop_owner");
  g_autofree char *unbound =
    ask (connection, "SELECT count(*) FROM pg_class WHERE relnamespace = 'forlop'::regnamespace AND relkind = 'r' "
                     "AND relname NOT IN ('schema_version', 'tenant') AND NOT (relrowsecurity AND relforcerowsecurity)");
  g_autofree char *bound =
    ask (connection, "SELECT count(*) FROM pg_class WHERE relnamespace = 'forlop'::regnamespace AND relkind = 'r' "
                     "AND relrowsecurity AND relforcerowsecurity");

  g_assert_nonnull (test);
  g_assert_cmpstr (unbound, ==, "0");
  g_assert_cmpstr (bound, ==, "28");
}

static void
must_run (PGconn     *connection,
          const char *sql)
{
  g_autoptr (PGresult) result = PQexec (connection, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQresultErrorMessage (result));
}

/* As the first script left it, with a case in it. */
static void
an_older_database_gets_what_is_new_filled (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PGconn) owner = connect_as ("forlop_owner");
  g_autofree char *body = g_strdup_printf ("{\"citizen_id\":\"%s\",\"platform\":\"Heim\"}", storage_test_id (test));
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "case", storage_test_id (test), "c:1", storage_test_move (storage), body);
  storage_test_commit (storage);
  g_clear_pointer (&storage, forlop_server_storage_free);
  must_run (owner, "ALTER TABLE record DROP COLUMN platform, DROP COLUMN follow_up_unit_id, DROP COLUMN citizen_id");
  must_run (owner, "ALTER TABLE gateway_message DROP COLUMN unit_id");
  must_run (owner, "CREATE INDEX record_followed ON record (tenant_id, id)");
  must_run (owner, "DELETE FROM schema_version WHERE version > 1");
  before = forlop_postgres_storage_list_tenants (g_getenv ("FORLOP_TEST_POSTGRES"), &error);
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_null (before);
  g_clear_error (&error);

  g_assert_true (forlop_postgres_storage_install (g_getenv ("FORLOP_TEST_POSTGRES_OWNER"), "forlop_app", &error));
  g_assert_no_error (error);
  storage = storage_test_open (test, 0);
  storage_test_begin (storage, FALSE);
  after = storage->funcs->list_followed (storage, "Heim", "x", "", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_nonnull (strstr (body, after->pdata[0]));
  storage->funcs->rollback (storage);
}

/* Row security keeps the planner from an index by what a function says of a row. */
static void
followed_citizens_are_found_by_an_index (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (PGconn) connection = connect_as ("forlop_app");
  g_autofree char *explain = NULL;

  set_tenant (connection, test->tenant[0]);
  must_run (connection, "SET enable_seqscan = off");
  must_run (connection, "SET enable_bitmapscan = off");
  explain = ask (connection, "EXPLAIN (FORMAT JSON) SELECT DISTINCT citizen_id FROM record WHERE platform = 'Heim' "
                             "AND citizen_id >= 'a' ORDER BY citizen_id LIMIT 10");
  g_assert_nonnull (strstr (explain, "record_platform"));
  g_assert_nonnull (strstr (explain, "(citizen_id >= 'a'::text)"));
  /* Asked in the index, and not of what it found. */
  g_assert_null (strstr (explain, "\"Filter\""));
}

static void
one_municipality_cannot_name_another (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) skien = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) bamble = storage_test_open (test, 1);
  g_autoptr (PGconn) connection = connect_as ("forlop_app");
  g_autofree char *count_sql = g_strdup_printf ("SELECT count(*) FROM record WHERE tenant_id = '%s'",
                                                test->tenant[1]);
  g_autofree char *insert_sql =
    g_strdup_printf ("INSERT INTO claim (tenant_id, key, type, id) VALUES ('%s', 'k', 'item', '%s')",
                     test->tenant[1], storage_test_id (test));
  g_autofree char *update_sql = g_strdup_printf ("UPDATE record SET tenant_id = '%s'", test->tenant[1]);
  g_autofree char *own = NULL;
  g_autofree char *others = NULL;

  write_unit (test, skien, storage_test_id (test));
  write_unit (test, bamble, storage_test_id (test));
  set_tenant (connection, test->tenant[0]);
  own = ask (connection, "SELECT count(*) FROM record");
  others = ask (connection, count_sql);
  g_assert_cmpstr (own, ==, "1");
  g_assert_cmpstr (others, ==, "0");
  assert_refused (connection, insert_sql, "42501");
  assert_refused (connection, update_sql, "42501");
}

static void
the_server_cannot_change_history (void)
{
  static const char *const statements[] = {
    "UPDATE access_log SET action = 'x'", "DELETE FROM access_log", "UPDATE commit_mark SET at = 0",
    "DELETE FROM commit_mark", "DELETE FROM changeset", "UPDATE receipt SET status = 'x'",
    "DELETE FROM record", "TRUNCATE record", "ALTER TABLE record DISABLE ROW LEVEL SECURITY",
    "DROP POLICY own_tenant ON record", "INSERT INTO tenant_head VALUES (DEFAULT)",
    "CREATE TABLE forlop.x (n integer)", "SET ROLE forlop_owner",
  };
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (PGconn) connection = connect_as ("forlop_app");

  set_tenant (connection, test->tenant[0]);
  for (unsigned int i = 0; i < G_N_ELEMENTS (statements); i++)
    assert_refused (connection, statements[i], "42501");
}

static void
a_role_above_row_security_is_refused (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  const char *const users[] = { "forlop_owner", "forlop_admin" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *conninfo =
        g_strdup_printf ("host=%s dbname=forlop user=%s", g_getenv ("FORLOP_TEST_POSTGRES_FOLDER"), users[i]);

      g_assert_null (forlop_postgres_storage_open (conninfo, test->tenant[0], &error));
      g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED);
    }
}

static void
an_unknown_municipality_is_not_opened (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_postgres_storage_open (storage_test_conninfo (FALSE), storage_test_id (test), &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND);
}

static void
a_municipality_is_added_once (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;

  write_unit (test, storage, storage_test_id (test));
  g_assert_false (storage_test_add_tenant (test, 0, "again", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (forlop_postgres_storage_install (storage_test_conninfo (TRUE), "forlop_app", &error));
  g_assert_no_error (error);
  write_unit (test, storage, storage_test_id (test));
}

static void
a_fault_told_late_leaves_nothing (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *id = storage_test_id (test);
  ForlopServerHead head;

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_claim (storage, "k", "item", id, &error));
  storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), "{}");
  g_assert_true (storage->funcs->put_claim (storage, "k", "item", id, &error));
  storage_test_put (test, storage, "unit", storage_test_id (test), "cat", storage_test_move (storage), "{}");
  g_assert_false (storage->funcs->commit (storage, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  storage->funcs->rollback (storage);

  storage_test_begin (storage, FALSE);
  rows = storage->funcs->list_type (storage, forlop_record_type_find ("unit"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows->len, ==, 0);
  g_assert_true (storage->funcs->get_head (storage, &head, &error));
  g_assert_cmpint (head.seq, ==, 0);
  storage_test_commit (storage);
  write_unit (test, storage, id);
}

static void
a_large_changeset_goes_through (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *note = g_strnfill (100 * 1024, 'x');
  g_autofree char *body = g_strdup_printf ("{\"note\":\"%s\"}", note);
  ForlopScopeSum sum;
  gint64 seq;

  storage_test_begin (storage, TRUE);
  seq = storage_test_move (storage);
  for (unsigned int i = 0; i < 300; i++)
    storage_test_put (test, storage, "task", storage_test_id (test), "org:1", seq, body);
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  g_assert_true (storage->funcs->get_sum (storage, "org:1", &sum, &error));
  g_assert_cmpint (sum.count, ==, 300);
  storage_test_commit (storage);
}

/* What an administrator does to every other connection. */
static void
to_others (const char *what)
{
  g_autoptr (PGconn) admin = connect_as ("forlop_admin");
  g_autofree char *sql = g_strdup_printf ("SELECT %s (pid%s) FROM pg_stat_activity WHERE usename = 'forlop_app'", what,
                                          g_str_equal (what, "pg_terminate_backend") ? ", 5000" : "");
  g_autoptr (PGresult) result = PQexec (admin, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
}

static void
a_lost_connection_is_made_again (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) lost = NULL;
  const char *id = storage_test_id (test);

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), "{}");
  to_others ("pg_terminate_backend");
  g_assert_false (storage->funcs->commit (storage, &error));
  g_assert_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE);
  storage->funcs->rollback (storage);

  storage_test_begin (storage, FALSE);
  g_clear_error (&error);
  g_assert_true (storage->funcs->load_row (storage, forlop_record_type_find ("unit"), id, &lost, &error));
  g_assert_null (lost);
  storage_test_commit (storage);
  write_unit (test, storage, id);

  /* Between two transactions nothing is lost with it, and nobody is told. */
  to_others ("pg_terminate_backend");
  write_unit (test, storage, storage_test_id (test));
}

static gpointer
begin_in_thread (gpointer data)
{
  ForlopServerStorage *storage = data;
  GError *error = NULL;

  storage->funcs->begin (storage, TRUE, &error);

  return error;
}

static void
who_is_in_the_way_may_be_tried_again (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) first = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) second = storage_test_open (test, 0);
  g_autoptr (PGconn) admin = connect_as ("forlop_admin");
  g_autoptr (GError) error = NULL;
  g_autofree char *n_waiting = NULL;
  GThread *thread;

  storage_test_begin (first, TRUE);
  thread = g_thread_new ("second", begin_in_thread, second);
  do
    {
      g_free (n_waiting);
      n_waiting = ask (admin, "SELECT count(pg_cancel_backend (pid)) FROM pg_stat_activity "
                              "WHERE usename = 'forlop_app' AND wait_event_type = 'Lock'");
    }
  while (g_str_equal (n_waiting, "0"));
  error = g_thread_join (thread);
  g_assert_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY);

  storage_test_move (first);
  storage_test_commit (first);
  write_unit (test, second, storage_test_id (test));
}

static void
who_listens_hears_municipality_and_head (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (PGconn) listener = connect_as ("forlop_app");
  g_autoptr (PGresult) listening = PQexec (listener, "LISTEN forlop");
  g_autofree char *expected = g_strdup_printf ("%s 1", test->tenant[0]);
  g_autoptr (PGresult) turn = NULL;
  PGnotify *notify;

  g_assert_cmpint (PQresultStatus (listening), ==, PGRES_COMMAND_OK);
  storage_test_begin (storage, TRUE);
  storage_test_move (storage);
  storage->funcs->rollback (storage);
  write_unit (test, storage, storage_test_id (test));
  turn = PQexec (listener, "SELECT 1");
  notify = PQnotifies (listener);
  g_assert_nonnull (notify);
  g_assert_cmpstr (notify->extra, ==, expected);
  PQfreemem (notify);
  g_assert_null (PQnotifies (listener));
}

/* Eight writers, each with a connection of its own, and a reader beside them. */
typedef struct {
  StorageTest *test;
  const char *user;
  gint64 end;
  guint32 seed;
  unsigned int number;
  unsigned int n_committed;
} Crowd;

static void
put_numbered (ForlopServerStorage *storage,
              ForlopIdSource      *ids,
              gint64               seq)
{
  g_autofree char *id = forlop_id_source_next (ids, NOW);
  g_autofree char *vtag = forlop_id_source_next (ids, NOW);
  g_autoptr (ForlopSyncRow) row = forlop_sync_row_new (forlop_record_type_find ("task"), id, "org:1");
  g_autoptr (GError) error = NULL;

  row->seq = seq;
  row->vtag = g_strdup (vtag);
  row->body = g_strdup ("{\"title\":\"x\"}");
  storage->funcs->put_row (storage, row, &error);
  g_assert_no_error (error);
}

static gpointer
write_in_thread (gpointer data)
{
  Crowd *self = data;
  g_autoptr (ForlopServerStorage) storage = storage_test_open (self->test, 0);
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_seeded (self->seed + self->number);
  g_autoptr (GRand) rand = g_rand_new_with_seed (self->seed + self->number);

  while (g_get_monotonic_time () < self->end)
    {
      storage_test_begin (storage, TRUE);
      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        put_numbered (storage, ids, storage_test_move (storage));
      if (g_rand_int_range (rand, 0, 10) == 0)
        storage->funcs->rollback (storage);
      else
        {
          storage_test_commit (storage);
          self->n_committed++;
        }
    }

  return NULL;
}

/* Follows the log as a client does; every position has one row, so none may be missing. */
static gint64
follow (ForlopServerStorage *storage,
        const char          *user,
        gint64               at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 to = at;

  storage_test_begin (storage, FALSE);
  rows = storage->funcs->rows_since (storage, user, at, NOW, 100, 1 << 20, &to, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < rows->len; i++)
    g_assert_cmpint (((ForlopSyncRow *) g_ptr_array_index (rows, i))->seq, ==, ++at);
  g_assert_cmpint (to, ==, at);
  storage_test_commit (storage);

  return to;
}

static void
eight_writers_and_a_reader_that_misses_nothing (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) reader = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *user = storage_test_id (test);
  guint32 seed = g_test_rand_int ();
  gint64 end = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;
  unsigned int n_committed = 0;
  unsigned int n_looks = 0;
  GThread *threads[WRITERS];
  Crowd crowd[WRITERS];
  gint64 n_access, n_marks;
  gint64 at = 0;

  g_test_message ("seed %u", seed);
  storage_test_begin (reader, TRUE);
  storage_test_grant (reader, user, "org:1", TRUE, FORLOP_INSTANT_NONE, 0);
  storage_test_commit (reader);

  for (unsigned int i = 0; i < WRITERS; i++)
    {
      crowd[i] = (Crowd) { .test = test, .end = end, .seed = seed, .number = i };
      threads[i] = g_thread_new ("writer", write_in_thread, &crowd[i]);
    }
  while (g_get_monotonic_time () < end)
    {
      at = follow (reader, user, at);
      n_looks++;
    }
  for (unsigned int i = 0; i < WRITERS; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpint (crowd[i].n_committed, >, 0);
      n_committed += crowd[i].n_committed;
    }

  g_assert_true (forlop_tenant_storage_verify (reader, &n_access, &n_marks, &error));
  g_assert_no_error (error);
  while (at < n_marks)
    at = follow (reader, user, at);
  g_assert_cmpint (at, ==, n_marks);
  g_assert_cmpint (at, >=, n_committed);
  g_assert_cmpint (n_looks, >, 10);
  g_test_message ("%u transactions, %" G_GINT64_FORMAT " positions, %u looks", n_committed, at, n_looks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/postgres-storage/an-older-database-gets-what-is-new-filled", an_older_database_gets_what_is_new_filled);
  g_test_add_func ("/postgres-storage/followed-citizens-are-found-by-an-index", followed_citizens_are_found_by_an_index);
  g_test_add_func ("/postgres-storage/without-a-municipality-nothing-is-read",
                   without_a_municipality_nothing_is_read);
  g_test_add_func ("/postgres-storage/every-table-with-a-municipality-is-bound",
                   every_table_with_a_municipality_is_bound);
  g_test_add_func ("/postgres-storage/one-municipality-cannot-name-another",
                   one_municipality_cannot_name_another);
  g_test_add_func ("/postgres-storage/the-server-cannot-change-history", the_server_cannot_change_history);
  g_test_add_func ("/postgres-storage/a-role-above-row-security-is-refused",
                   a_role_above_row_security_is_refused);
  g_test_add_func ("/postgres-storage/an-unknown-municipality-is-not-opened",
                   an_unknown_municipality_is_not_opened);
  g_test_add_func ("/postgres-storage/a-municipality-is-added-once", a_municipality_is_added_once);
  g_test_add_func ("/postgres-storage/a-fault-told-late-leaves-nothing", a_fault_told_late_leaves_nothing);
  g_test_add_func ("/postgres-storage/a-large-changeset-goes-through", a_large_changeset_goes_through);
  g_test_add_func ("/postgres-storage/a-lost-connection-is-made-again", a_lost_connection_is_made_again);
  g_test_add_func ("/postgres-storage/who-is-in-the-way-may-be-tried-again",
                   who_is_in_the_way_may_be_tried_again);
  g_test_add_func ("/postgres-storage/who-listens-hears-municipality-and-head",
                   who_listens_hears_municipality_and_head);
  g_test_add_func ("/postgres-storage/eight-writers-and-a-reader-that-misses-nothing",
                   eight_writers_and_a_reader_that_misses_nothing);

  return g_test_run ();
}
