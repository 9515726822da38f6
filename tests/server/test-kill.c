/* SPDX-License-Identifier: EUPL-1.2 */

/* The programs themselves over HTTP, killed at random moments: servers and clients. What a client was
 * told is stored is there afterwards, at the position it was told, and every mirror is the same. */

#include <glib/gstdio.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "forlop-clock.h"
#include "forlop-json.h"
#include "forlop-password.h"
#include "forlop-postgres-storage.h"
#include "forlop-server-key.h"
#include "forlop-tenant-import.h"
#include "forlop-tenant-storage.h"
#include "forlop-tenants.h"
#include "http-test-util.h"
#include "store-test-util.h"

#define CLIENTS 3
#define MAX_SERVERS 2
#define SERVER_ROLE "forlop_app"

typedef struct {
  GSubprocess *process;
  guint16 port;
} Server;

typedef struct {
  gboolean in_postgres;
  char *folder;
  char *data;
  ActsTest *acts;
  GRand *random;
  Server servers[MAX_SERVERS];
  unsigned int n_servers;
  GSubprocess *clients[CLIENTS];
  char *tokens[CLIENTS];
  unsigned int n_killed;
} Kill;

static const char *
get_conninfo (gboolean owner)
{
  return g_getenv (owner ? "FORLOP_TEST_POSTGRES_OWNER" : "FORLOP_TEST_POSTGRES");
}

static ForlopTenant *
open_tenant (Kill *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopKey) key = NULL;
  ForlopTenant *tenant;

  if (self->in_postgres)
    {
      g_autoptr (GPtrArray) found = forlop_postgres_storage_list_tenants (get_conninfo (FALSE), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
      tenant = forlop_tenant_open_postgres (get_conninfo (FALSE),
                                            ((ForlopPostgresTenant *) g_ptr_array_index (found, 0))->id, "skien",
                                            1, clock, &error);
    }
  else
    {
      key = forlop_server_key_load (NULL, self->data, &error);
      tenant = forlop_tenant_open (self->data, "skien", key, clock, &error);
    }
  g_assert_no_error (error);

  return tenant;
}

static void
make_tenant (Kill *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopTenant) tenant = NULL;

  if (self->in_postgres)
    {
      g_autofree char *id = forlop_id_source_next (ids, forlop_clock_now (clock));

      forlop_postgres_storage_install (get_conninfo (TRUE), SERVER_ROLE, &error);
      g_assert_no_error (error);
      forlop_postgres_storage_add_tenant (get_conninfo (TRUE), id, "skien", ids, &error);
    }
  else
    {
      key = forlop_server_key_ensure (NULL, self->data, &error);
      tenant = forlop_tenant_create (self->data, "skien", key, clock, &error);
    }
  g_assert_no_error (error);
}

typedef struct {
  Kill *kill;
  ForlopTenant *tenant;
} Job;

static gpointer
add_account_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Job *job = user_data;
  g_autofree char *hash = forlop_password_hash (HTTP_TEST_PASSWORD);
  ForlopAccount account = {
    .user_id = job->kill->acts->nurse->user_id, .name = (char *) "kari", .password = hash,
    .one_time_until = FORLOP_INSTANT_NONE, .state = (char *) "active",
  };

  return forlop_account_store_put (job->tenant->accounts, &account, 0, error) ? job : NULL;
}

static void
fill_tenant (Kill *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  g_autoptr (ForlopImportReport) report = NULL;
  Job job = { self, tenant };

  g_assert_true (forlop_store_close (self->acts->store, &error));
  g_clear_object (&self->acts->store);
  report = forlop_tenant_import (tenant, self->acts->path, self->acts->key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->first_refused, ==, NULL);
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, add_account_on_worker, &job, NULL, &error));
}

/* Nothing is left running when the test itself fails. */
static void
end_with_parent_cb (gpointer user_data G_GNUC_UNUSED)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
start (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);

  return process;
}

/* The first time on a free port, then on the same. */
static void
start_server (Kill   *self,
              Server *server)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", server->port);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *address = NULL;

  const char *const words[] = {
    g_getenv ("FORLOP_SERVER"), "run", "--listen", listen, self->in_postgres ? "--postgres" : "--dir",
    self->in_postgres ? get_conninfo (FALSE) : self->data, NULL
  };

  server->process = start (words);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_nonnull (address);
  server->port = (guint16) g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);
}

static void
start_client (Kill         *self,
              unsigned int  n)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup (g_getenv ("FORLOP_KILL_CLIENT")));
  g_ptr_array_add (words, g_strdup (self->folder));
  g_ptr_array_add (words, g_strdup_printf ("%u", n));
  g_ptr_array_add (words, g_strdup (self->tokens[n]));
  g_ptr_array_add (words, g_strdup (self->acts->nurse->user_id));
  g_ptr_array_add (words, g_strdup (self->acts->zone));
  for (unsigned int i = 0; i < self->n_servers; i++)
    g_ptr_array_add (words, g_strdup_printf ("http://127.0.0.1:%u", self->servers[(n + i) % self->n_servers].port));
  g_ptr_array_add (words, NULL);
  self->clients[n] = start ((const char *const *) words->pdata);
}

static void
kill_process (Kill         *self,
              GSubprocess **process)
{
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
  self->n_killed++;
}

static void
sign_in_all (Kill *self)
{
  HttpTest http = { .port = self->servers[0].port, .acts = self->acts };

  for (unsigned int i = 0; i < CLIENTS; i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (&http, "skien", "kari");

      self->tokens[i] = g_strdup (session->access);
      http.port = self->servers[i % self->n_servers].port;
    }
  g_free (http.epoch);
}

/* A moment that nobody chose. */
static void
let_time_pass (Kill *self)
{
  g_usleep ((gulong) g_rand_int_range (self->random, 20000, 300000));
}

static void
kill_at_random (Kill   *self,
                double  seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < until)
    {
      unsigned int which = (unsigned int) g_rand_int_range (self->random, 0, (int) (self->n_servers + CLIENTS));

      let_time_pass (self);
      if (which < self->n_servers)
        {
          kill_process (self, &self->servers[which].process);
          start_server (self, &self->servers[which]);
        }
      else
        {
          kill_process (self, &self->clients[which - self->n_servers]);
          start_client (self, which - self->n_servers);
        }
    }
}

static void
wait_for_clients (Kill *self)
{
  for (unsigned int i = 0; i < CLIENTS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!g_subprocess_wait_check (self->clients[i], NULL, &error))
        g_error ("Client %u: %s", i, error->message);
      g_clear_object (&self->clients[i]);
    }
}

/* Everything is sent; then everybody receives what the others sent last. */
static void
settle (Kill *self)
{
  g_autofree char *stop = g_build_filename (self->folder, "stop", NULL);

  g_assert_true (g_file_set_contents (stop, "", 0, NULL));
  wait_for_clients (self);
  for (unsigned int i = 0; i < CLIENTS; i++)
    start_client (self, i);
  wait_for_clients (self);
}

static ForlopConnection *
open_client (Kill         *self,
             unsigned int  n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/client-%u.forlop", self->folder, n);
  guint8 bytes[FORLOP_KEY_LENGTH];
  g_autoptr (ForlopKey) key = NULL;
  ForlopConnection *connection;

  store_test_fill_key (bytes);
  key = forlop_key_new (bytes);
  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  g_assert_no_error (error);

  return connection;
}

/* The rows of @sql, a line each. */
static char *
dump (ForlopConnection *connection,
      const char       *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, &error);
  GString *text = g_string_new (NULL);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  while (forlop_statement_step (statement, &has_row, &error) && has_row)
    g_string_append_printf (text, "%s\n", forlop_statement_get_text (statement, 0));
  g_assert_no_error (error);

  return g_string_free_and_steal (text);
}

/* "POSITION ID" of everything this device sent, each of which was answered. */
static unsigned int
check_sent (ForlopConnection *connection,
            GHashTable       *positions)
{
  static const char sql[] =
    "SELECT acked_seq || ' ' || lower (hex (op_id)) || ' ' || coalesce (status, '') || ' ' || state "
    "FROM outbox ORDER BY op_no";
  g_autofree char *text = dump (connection, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  unsigned int n = 0;

  for (; lines[n] != NULL && *lines[n] != '\0'; n++)
    {
      g_auto (GStrv) words = g_strsplit (lines[n], " ", -1);
      const char *position = g_hash_table_lookup (positions, words[1]);

      if (g_strcmp0 (position, words[0]) != 0 || !g_str_equal (words[2], "applied") ||
          !g_str_equal (words[3], "retained"))
        g_error ("Sent: “%s”; on the server at %s.", lines[n], position);
    }

  return n;
}

/* What was confirmed stands where it was confirmed. A line that a kill cut off was not read by anybody. */
static unsigned int
check_confirmed (Kill         *self,
                 unsigned int  client,
                 GHashTable   *positions)
{
  g_autofree char *path = g_strdup_printf ("%s/replies-%u", self->folder, client);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  unsigned int n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (yyjson_doc) doc = forlop_json_parse (*line, -1, NULL);
      yyjson_val *result;
      size_t i, max;

      yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "results"), i, max, result)
        {
          g_auto (GStrv) parts = g_strsplit (yyjson_get_str (yyjson_obj_get (result, "op_id")), "-", -1);
          g_autofree char *id = g_strjoinv ("", parts);
          gint64 seq = yyjson_get_sint (yyjson_obj_get (result, "seq"));
          const char *position = g_hash_table_lookup (positions, id);

          if (position == NULL || g_ascii_strtoll (position, NULL, 10) != seq)
            g_error ("%s was confirmed at %" G_GINT64_FORMAT " and is at %s.", id, seq, position);
          n++;
        }
    }

  return n;
}

static gpointer
read_positions_on_worker (gpointer       user_data,
                          GCancellable  *cancellable G_GNUC_UNUSED,
                          GError       **error)
{
  ForlopServerStorage *storage = ((ForlopTenant *) user_data)->storage;
  GHashTable *positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 n_access, n_marks, seq = 0;

  if (!forlop_tenant_storage_verify (storage, &n_access, &n_marks, error) ||
      !storage->funcs->begin (storage, FALSE, error))
    return NULL;
  while (seq < n_marks)
    {
      g_autoptr (GPtrArray) marks = ((ForlopTenantStorage *) storage)->funcs->list_marks (storage, seq, 500, error);

      g_assert_nonnull (marks);
      for (unsigned int i = 0; i < marks->len; i++)
        {
          const ForlopServerMark *mark = g_ptr_array_index (marks, i);
          g_auto (GStrv) parts = g_strsplit (mark->op_id, "-", -1);

          g_assert_true (g_hash_table_insert (positions, g_strjoinv ("", parts),
                                              g_strdup_printf ("%" G_GINT64_FORMAT, mark->seq)));
          seq = mark->seq;
        }
    }
  storage->funcs->rollback (storage);

  return positions;
}

static void
check (Kill *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  g_autoptr (GHashTable) positions =
    forlop_worker_run_sync (tenant->worker, read_positions_on_worker, tenant, NULL, &error);
  g_autofree char *first = NULL;
  unsigned int n_sent = 0, n_confirmed = 0;

  g_assert_no_error (error);
  for (unsigned int i = 0; i < CLIENTS; i++)
    {
      g_autoptr (ForlopConnection) connection = open_client (self, i);
      g_autofree char *tasks =
        dump (connection, "SELECT hex (id) || hex (vtag) || title || status FROM task ORDER BY id");

      n_sent += check_sent (connection, positions);
      n_confirmed += check_confirmed (self, i, positions);
      if (first == NULL)
        first = g_steal_pointer (&tasks);
      else
        g_assert_cmpstr (tasks, ==, first);
      forlop_connection_close (connection);
    }
  g_test_message ("%u killed, %u changes sent, %u confirmations, head %u", self->n_killed, n_sent, n_confirmed,
                  g_hash_table_size (positions));
  g_assert_cmpuint (n_sent, >, CLIENTS);
}

static Kill *
kill_new (gboolean with_clients)
{
  g_autoptr (GError) error = NULL;
  Kill *self = g_new0 (Kill, 1);
  guint32 seed = g_test_rand_int () & 0xffff;

  self->in_postgres = g_str_equal (g_getenv ("FORLOP_TEST_STORAGE"), "postgres");
  self->n_servers = self->in_postgres ? 2 : 1;
  self->random = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  self->folder = g_dir_make_tmp ("forlop-kill-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->folder, "data", NULL);
  g_assert_cmpint (g_mkdir (self->data, 0700), ==, 0);
  self->acts = acts_test_new ("2026-03-12");
  make_tenant (self);
  fill_tenant (self);
  for (unsigned int i = 0; i < self->n_servers; i++)
    start_server (self, &self->servers[i]);
  if (!with_clients)
    return self;
  sign_in_all (self);
  for (unsigned int i = 0; i < CLIENTS; i++)
    start_client (self, i);

  return self;
}

static void
stop_servers (Kill *self)
{
  for (unsigned int i = 0; i < self->n_servers; i++)
    {
      g_autoptr (GError) error = NULL;

      g_subprocess_send_signal (self->servers[i].process, SIGTERM);
      g_assert_true (g_subprocess_wait_check (self->servers[i].process, NULL, &error));
      g_clear_object (&self->servers[i].process);
    }
}

static void
kill_free (Kill *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  for (unsigned int i = 0; i < CLIENTS; i++)
    g_free (self->tokens[i]);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  acts_test_free (self->acts);
  g_rand_free (self->random);
  g_free (self->folder);
  g_free (self->data);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Kill, kill_free)

static void
nothing_confirmed_is_lost_when_anybody_is_killed (void)
{
  g_autoptr (Kill) self = kill_new (TRUE);

  kill_at_random (self, 6);
  settle (self);
  stop_servers (self);
  check (self);
}

static void
nothing_confirmed_is_lost_when_the_standby_takes_over (void)
{
  g_autoptr (Kill) self = kill_new (TRUE);
  int status;

  kill_at_random (self, 2);
  g_assert_true (g_spawn_command_line_sync (g_getenv ("FORLOP_TEST_POSTGRES_FAILOVER"), NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  kill_at_random (self, 2);
  settle (self);
  stop_servers (self);
  check (self);
}

static gboolean
is_served_by_database (void)
{
  g_autoptr (GPtrArray) found = forlop_postgres_storage_list_tenants (get_conninfo (FALSE), NULL);

  return found != NULL && found->len == 1;
}

/* TRUE when it came to its end and said that all was well. */
static gboolean
move_for (Kill *self,
          gulong microseconds)
{
  const char *const words[] = {
    g_getenv ("FORLOP_SERVER"), "tenant", "move", "skien", "--dir", self->data, "--postgres", get_conninfo (TRUE),
    "--role", SERVER_ROLE, NULL
  };
  g_autoptr (GSubprocess) process = start (words);

  if (microseconds > 0)
    {
      g_usleep (microseconds);
      g_subprocess_force_exit (process);
    }
  g_subprocess_wait (process, NULL, NULL);

  return g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
}

/* It may be killed after the last step, and the database needs a moment to notice that it was. */
static void
move_to_database (Kill *self)
{
  g_autofree char *log_path = forlop_tenant_dup_log_path (self->data, "skien");

  for (unsigned int i = 0; i < 12 && !is_served_by_database (); i++)
    {
      move_for (self, (gulong) g_rand_int_range (self->random, 1000, 150000));
      g_assert_false (is_served_by_database () && g_file_test (log_path, G_FILE_TEST_EXISTS));
    }
  for (unsigned int i = 0; i < 50 && !is_served_by_database (); i++)
    if (!move_for (self, 0))
      let_time_pass (self);
  g_assert_true (is_served_by_database ());
  g_assert_false (g_file_test (log_path, G_FILE_TEST_EXISTS));
  self->in_postgres = TRUE;
}

static void
a_municipality_moves_to_the_database_under_its_clients (void)
{
  g_autoptr (Kill) self = kill_new (TRUE);

  kill_at_random (self, 2);
  stop_servers (self);
  move_to_database (self);
  start_server (self, &self->servers[0]);
  kill_at_random (self, 2);
  settle (self);
  stop_servers (self);
  check (self);
}

/* Reads the stream until it tells of @head; FALSE when it ends before that. */
static gboolean
is_poked (GSocketConnection *stream,
          gint64             head)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *line = g_strdup_printf ("data: %" G_GINT64_FORMAT "\n", head);

  while (strstr (text->str, line) == NULL)
    {
      g_autofree char *some = http_test_read_some (stream);

      if (some == NULL)
        return FALSE;
      g_string_append (text, some);
    }

  return TRUE;
}

static gint64
get_head (HttpTest   *http,
          const char *token)
{
  g_autoptr (HttpResult) hello = http_test_expect (http, 200, "GET", "/v1/sync/hello", token, NULL);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (hello->body, -1, NULL);

  return yyjson_get_sint (yyjson_obj_get (yyjson_doc_get_root (doc), "head"));
}

static void
push_task (Kill        *self,
           HttpTest    *http,
           HttpSession *session)
{
  g_autofree char *task_id = forlop_id_source_next (self->acts->ids, 0);
  g_autofree char *op_id = forlop_id_source_next (self->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"add-task\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\",\"set\":"
    "{\"kind\":\"general\",\"title\":\"Bare her\",\"role\":\"resource_person\",\"unit_id\":\"%s\","
    "\"status\":\"open\"}}]}]}",
    http->epoch, op_id, session->user_id, self->acts->zone, task_id, self->acts->zone, self->acts->zone);
  g_autoptr (HttpResult) pushed = http_test_expect (http, 200, "POST", "/v1/sync/push", session->access, body);

  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
}

static void
what_one_process_takes_is_told_by_the_other (void)
{
  g_autoptr (Kill) self = kill_new (FALSE);
  HttpTest one = { .port = self->servers[0].port, .acts = self->acts };
  HttpTest other = { .port = self->servers[1].port, .acts = self->acts };
  g_autoptr (HttpSession) session = http_test_sign_in (&one, "skien", "kari");
  g_autoptr (GSocketConnection) stream = http_test_connect (&other);
  g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\n"
                                          "Authorization: Bearer %s\r\n\r\n", session->access);
  gint64 head = get_head (&other, session->access);
  g_autofree char *rows = NULL;

  http_test_send (stream, ask);
  g_assert_true (is_poked (stream, head));
  push_task (self, &one, session);
  g_assert_true (is_poked (stream, head + 1));
  other.epoch = one.epoch;
  rows = http_test_pull_all (&other, session);
  g_assert_nonnull (strstr (rows, "Bare her"));
  g_free (one.epoch);
  g_assert_true (g_io_stream_close (G_IO_STREAM (stream), NULL, NULL));
  stop_servers (self);
}

int
main (int   argc,
      char *argv[])
{
  const struct { const char *name; const char *path; GTestFunc func; } cases[] = {
    { "anybody", "/server-kill/nothing-confirmed-is-lost-when-anybody-is-killed",
      nothing_confirmed_is_lost_when_anybody_is_killed },
    { "primary", "/server-kill/nothing-confirmed-is-lost-when-the-standby-takes-over",
      nothing_confirmed_is_lost_when_the_standby_takes_over },
    { "move", "/server-kill/a-municipality-moves-to-the-database-under-its-clients",
      a_municipality_moves_to_the_database_under_its_clients },
    { "nobody", "/server-kill/what-one-process-takes-is-told-by-the-other",
      what_one_process_takes_is_told_by_the_other },
  };

  g_test_init (&argc, &argv, NULL);
  dex_init ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_str_equal (cases[i].name, g_getenv ("FORLOP_TEST_KILL")))
      g_test_add_func (cases[i].path, cases[i].func);

  return g_test_run ();
}
