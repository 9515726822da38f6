/* SPDX-License-Identifier: EUPL-1.2 */

/* The programs themselves over HTTP, killed at random moments: servers and clients. What a client was
 * told is stored is there afterwards, at the position it was told, and every mirror is the same. */

#include "kill-test-util.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "forlop-blob-store.h"
#include "forlop-json.h"
#include "forlop-record-store.h"
#include "forlop-tenant-storage.h"
#include "store-test-util.h"

/* Everything is sent; then everybody receives what the others sent last. */
static void
settle (KillTest *self)
{
  g_autofree char *stop = g_build_filename (self->folder, "stop", NULL);

  g_assert_true (g_file_set_contents (stop, "", 0, NULL));
  kill_test_wait_for_clients (self);
  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    kill_test_start_client (self, i);
  kill_test_wait_for_clients (self);
}

static ForlopConnection *
open_client (KillTest         *self,
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
check_confirmed (KillTest         *self,
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

/* Every document is whole on the client, and nothing else is there. */
static unsigned int
check_files (KillTest          *self,
             unsigned int       n,
             ForlopConnection  *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = forlop_record_store_list (connection, "document", NULL, NULL, &error);
  g_autofree char *path = g_strdup_printf ("%s/client-%u.forlop.blobs", self->folder, n);
  g_autoptr (GHashTable) hashes = g_hash_table_new (g_str_hash, g_str_equal);
  guint8 bytes[FORLOP_KEY_LENGTH];
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopBlobStore) blobs = NULL;
  g_autoptr (GPtrArray) others = NULL;

  g_assert_no_error (error);
  store_test_fill_key (bytes);
  key = forlop_key_new (bytes);
  blobs = forlop_blob_store_new (path, key);
  for (unsigned int i = 0; i < documents->len; i++)
    {
      const char *hash = forlop_record_get_text (g_ptr_array_index (documents, i), "content");
      g_autoptr (GBytes) contents = forlop_blob_store_get (blobs, hash, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (contents), >=, 100);
      g_hash_table_add (hashes, (gpointer) hash);
    }
  others = forlop_blob_store_list_others (blobs, hashes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (others->len, ==, 0);

  return documents->len;
}

/* No file that any of the programs has left has an attachment in the clear. */
static void
check_canary (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_canary (path);
      else if (g_file_get_contents (path, &text, &length, NULL) && memmem (text, length, "KANARIFUGLEN", 12) != NULL)
        g_error ("%s has an attachment in the clear", path);
    }
}

static void
check (KillTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = kill_test_open_tenant (self);
  g_autoptr (GHashTable) positions =
    forlop_worker_run_sync (tenant->worker, read_positions_on_worker, tenant, NULL, &error);
  g_autofree char *first = NULL;
  unsigned int n_sent = 0, n_confirmed = 0, n_files = 0;

  g_assert_no_error (error);
  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    {
      g_autoptr (ForlopConnection) connection = open_client (self, i);
      g_autofree char *tasks =
        dump (connection, "SELECT hex (id) || hex (vtag) || title || status FROM task ORDER BY id");

      n_sent += check_sent (connection, positions);
      if (i == 0)
        n_files = check_files (self, i, connection);
      else
        g_assert_cmpuint (check_files (self, i, connection), ==, n_files);
      n_confirmed += check_confirmed (self, i, positions);
      if (first == NULL)
        first = g_steal_pointer (&tasks);
      else
        g_assert_cmpstr (tasks, ==, first);
      forlop_connection_close (connection);
    }
  check_canary (self->folder);
  g_test_message ("%u killed, %u changes sent, %u confirmations, head %u, %u files", self->n_killed, n_sent, n_confirmed,
                  g_hash_table_size (positions), n_files);
  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (n_sent, >, KILL_TEST_CLIENTS);
}

static void
nothing_confirmed_is_lost_when_anybody_is_killed (void)
{
  g_autoptr (KillTest) self = kill_test_new (TRUE);

  kill_test_kill_at_random (self, 6);
  settle (self);
  kill_test_stop_servers (self);
  check (self);
}

static void
nothing_confirmed_is_lost_when_the_standby_takes_over (void)
{
  g_autoptr (KillTest) self = kill_test_new (TRUE);
  int status;

  kill_test_kill_at_random (self, 2);
  g_assert_true (g_spawn_command_line_sync (g_getenv ("FORLOP_TEST_POSTGRES_FAILOVER"), NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  kill_test_kill_at_random (self, 2);
  settle (self);
  kill_test_stop_servers (self);
  check (self);
}

static gboolean
is_served_by_database (void)
{
  g_autoptr (GPtrArray) found = forlop_postgres_storage_list_tenants (kill_test_conninfo (FALSE), NULL);

  return found != NULL && found->len == 1;
}

/* TRUE when it came to its end and said that all was well. */
static gboolean
move_for (KillTest *self,
          gulong microseconds)
{
  const char *const words[] = {
    g_getenv ("FORLOP_SERVER"), "tenant", "move", "skien", "--dir", self->data, "--postgres", kill_test_conninfo (TRUE),
    "--role", KILL_TEST_ROLE, NULL
  };
  g_autoptr (GSubprocess) process = kill_test_start (words);

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
move_to_database (KillTest *self)
{
  g_autofree char *log_path = forlop_tenant_dup_log_path (self->data, "skien");

  for (unsigned int i = 0; i < 12 && !is_served_by_database (); i++)
    {
      move_for (self, (gulong) g_rand_int_range (self->random, 1000, 150000));
      g_assert_false (is_served_by_database () && g_file_test (log_path, G_FILE_TEST_EXISTS));
    }
  for (unsigned int i = 0; i < 50 && !is_served_by_database (); i++)
    if (!move_for (self, 0))
      kill_test_let_time_pass (self);
  g_assert_true (is_served_by_database ());
  g_assert_false (g_file_test (log_path, G_FILE_TEST_EXISTS));
  self->in_postgres = TRUE;
}

static void
a_municipality_moves_to_the_database_under_its_clients (void)
{
  g_autoptr (KillTest) self = kill_test_new (TRUE);

  kill_test_kill_at_random (self, 2);
  kill_test_stop_servers (self);
  move_to_database (self);
  kill_test_start_server (self, &self->servers[0]);
  kill_test_kill_at_random (self, 2);
  settle (self);
  kill_test_stop_servers (self);
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
push_task (KillTest        *self,
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
  g_autoptr (KillTest) self = kill_test_new (FALSE);
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
  kill_test_stop_servers (self);
}

/* What the server's own program says about what it was given; the exit code. */
static int
run_program (KillTest          *self,
             char             **output,
             const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  int status;

  g_strv_builder_add_many (all, g_getenv ("FORLOP_SERVER"), "--dir", self->data, NULL);
  if (self->in_postgres)
    g_strv_builder_add_many (all, "--postgres", kill_test_conninfo (FALSE), NULL);
  g_strv_builder_addv (all, (const char **) words);
  argv = g_strv_builder_end (all);
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, output, NULL, &status, &error);
  g_assert_no_error (error);

  return WEXITSTATUS (status);
}

static gint64
head_of (KillTest *self)
{
  static const char *const words[] = { "safe", NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_cmpint (run_program (self, &output, words), ==, 0);
  parts = g_strsplit_set (output, " \n", 4);
  g_assert_cmpstr (parts[0], ==, "skien");

  return g_ascii_strtoll (parts[1], NULL, 10);
}

static void
check_safe (KillTest *self)
{
  g_autofree char *there = NULL;
  g_autofree char *beyond = NULL;
  g_autofree char *output = NULL;
  g_autofree char *end = NULL;
  gint64 head = head_of (self);

  g_assert_cmpint (head, >, 1);
  there = g_strdup_printf ("%" G_GINT64_FORMAT, head);
  beyond = g_strdup_printf ("%" G_GINT64_FORMAT, head + 1);
  g_assert_cmpint (run_program (self, NULL, (const char *[]) { "safe", "skien", beyond, NULL }), ==, 1);
  g_assert_cmpint (run_program (self, &output, (const char *[]) { "safe", "skien", there, NULL }), ==, 0);
  end = g_strdup_printf (" %s %s\n", there, there);
  g_assert_true (g_str_has_suffix (output, end));
  g_assert_cmpint (run_program (self, NULL, (const char *[]) { "safe", "skien", "1", NULL }), ==, 1);
  g_assert_cmpint (run_program (self, NULL, (const char *[]) { "safe", "bamble", "1", NULL }), ==, 64);
}

static void
check_audit (KillTest *self)
{
  static const char *const verify[] = { "audit", "verify", "--tenant", "skien", NULL };
  static const char *const review[] = { "audit", "review", "--tenant", "skien", NULL };
  g_autofree char *output = NULL;
  g_autofree char *key = g_build_filename (self->data, "server.key", NULL);
  g_autofree char *digits = g_strnfill (64, 'a');

  g_assert_cmpint (run_program (self, &output, verify), ==, 0);
  g_test_message ("%s", output);
  g_assert_nonnull (strstr (output, " 2 rows, 1 signed checkpoints"));
  g_assert_cmpint (run_program (self, NULL, review), ==, 0);
  g_assert_true (g_file_set_contents_full (key, digits, 64, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_cmpint (run_program (self, NULL, verify), ==, 1);
}

static void
check_devices (KillTest   *self,
               const char *device_id)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpint (run_program (self, &before, (const char *[]) { "device", "list", "--tenant", "skien", NULL }), ==, 0);
  g_assert_nonnull (strstr (before, device_id));
  g_assert_nonnull (strstr (before, " active "));
  g_assert_cmpint (run_program (self, NULL, (const char *[]) { "device", "wipe", device_id, "--tenant", "skien", NULL }),
                   ==, 0);
  g_assert_cmpint (run_program (self, &after, (const char *[]) { "device", "list", "--tenant", "skien", NULL }), ==, 0);
  g_assert_nonnull (strstr (after, " wiped "));
  g_assert_cmpint (run_program (self, NULL, (const char *[]) { "device", "wipe", self->acts->zone, "--tenant", "skien",
                                                              NULL }), ==, 1);
}

/* A server signs at its start what there is. */
static void
copies_and_the_access_log_have_commands (void)
{
  g_autoptr (KillTest) self = kill_test_new (FALSE);
  HttpTest http = { .port = self->servers[0].port, .acts = self->acts };
  g_autoptr (HttpSession) session = http_test_sign_in (&http, "skien", "kari");

  http_test_must (&http, 200, NULL, "POST", "/v1/sync/ack", session->access,
                  "{\"opened\":[{\"n\":1,\"at\":\"2026-03-12T08:00:00.000Z\",\"action\":\"opened\","
                  "\"citizen_id\":\"019d0a42-2400-7000-8000-000000000000\"}]}");
  kill_test_stop_servers (self);
  for (unsigned int i = 0; i < self->n_servers; i++)
    kill_test_start_server (self, &self->servers[i]);
  http_test_must (&http, 200, NULL, "GET", "/v1/sync/hello", session->access, NULL);
  kill_test_stop_servers (self);
  check_safe (self);
  check_devices (self, session->device_id);
  check_audit (self);
  g_free (http.epoch);
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
    { "commands", "/server-command/copies-and-the-access-log-have-commands",
      copies_and_the_access_log_have_commands },
  };

  g_test_init (&argc, &argv, NULL);
  dex_init ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_str_equal (cases[i].name, g_getenv ("FORLOP_TEST_KILL")))
      g_test_add_func (cases[i].path, cases[i].func);

  return g_test_run ();
}
