/* SPDX-License-Identifier: EUPL-1.2 */

#include "http-test-util.h"

#include <glib/gstdio.h>
#include <string.h>

#include "follow-up-test-util.h"
#include "forlop-account-query.h"
#include "forlop-account-store.h"
#include "forlop-http-listen.h"
#include "forlop-json.h"
#include "forlop-password.h"
#include "forlop-tenant-import.h"

#define READ_SECONDS 10
#define SERVER_ROLE "forlop_app"

static const ForlopHttpTimes short_times = {
  .header = 1500, .body = 1500, .request = 20000, .idle = 3000, .linger = 500, .max_connections = 1000
};

typedef struct {
  HttpTestFunc func;
  ForlopHttpLimits limits;
} HttpCase;

typedef struct {
  HttpTest *test;
  HttpTestFunc func;
  GMainLoop *loop;
} HttpRun;

/* A caseworker of another office: "tor". */
static char *
add_other_caseworker (ActsTest *acts)
{
  g_autoptr (ForlopActResult) office =
    acts_test_do (acts, acts->administrator, "save-unit", "{\"name\":\"Kontor B\",\"kind\":\"allocation_office\"}");
  g_autoptr (ForlopActResult) user =
    acts_test_do (acts, acts->administrator, "save-user", "{\"name\":\"Tor\",\"short_name\":\"Tor\"}");

  acts_test_must (acts, acts->administrator, "save-membership",
                  "{\"user_id\":\"%s\",\"role\":\"caseworker\",\"unit_id\":\"%s\"}", user->subject_id,
                  office->subject_id);

  return g_strdup (user->subject_id);
}

/* A municipality as the local program leaves it. */
static ActsTest *
make_history (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  ActsTest *acts = acts_test_new ("2026-03-12");
  g_autofree char *measurement = NULL;
  g_autoptr (ForlopRecord) the_case = NULL;

  if (test->case_id == NULL)
    {
      test->tor = add_other_caseworker (acts);
      test->case_id = follow_up_start (acts, "2026-03-20");
      measurement = follow_up_measure (acts, test->case_id, "spo2", "93", "2026-03-20T08:00:00");
      the_case = acts_test_load (acts, "case", test->case_id);
      test->citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
    }
  g_assert_true (forlop_store_close (acts->store, &error));
  g_assert_no_error (error);
  g_clear_object (&acts->store);

  return acts;
}

typedef struct {
  ForlopTenant *tenant;
  ActsTest *acts;
  const char *tor;
} AccountsToMake;

static const char *
get_hash (void)
{
  static char *hash;

  if (hash == NULL)
    hash = forlop_password_hash (HTTP_TEST_PASSWORD);

  return hash;
}

static gpointer
make_accounts_on_worker (gpointer       user_data,
                         GCancellable  *cancellable G_GNUC_UNUSED,
                         GError       **error)
{
  AccountsToMake *self = user_data;
  const struct { const char *name; const char *user_id; } accounts[] = {
    { "siri", self->acts->caseworker->user_id }, { "kari", self->acts->nurse->user_id },
    { "ola", self->acts->other_nurse->user_id }, { "mona", self->acts->centre_nurse->user_id },
    { "geir", self->acts->coordinator->user_id }, { "liv", self->acts->manager->user_id },
    { "per", self->acts->administrator->user_id }, { "tor", self->tor },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (accounts) && accounts[i].user_id != NULL; i++)
    {
      ForlopAccount account = {
        .user_id = (char *) accounts[i].user_id, .name = (char *) accounts[i].name,
        .password = (char *) get_hash (), .one_time_until = FORLOP_INSTANT_NONE, .state = (char *) "active",
      };

      if (!forlop_account_store_put (self->tenant->accounts, &account, 0, error))
        return NULL;
    }

  return self;
}

static gboolean
in_postgres (void)
{
  return g_strcmp0 (g_getenv ("FORLOP_TEST_STORAGE"), "postgres") == 0;
}

static const char *
get_conninfo (gboolean owner)
{
  return g_getenv (owner ? "FORLOP_TEST_POSTGRES_OWNER" : "FORLOP_TEST_POSTGRES");
}

/* As the program's command does. */
static ForlopTenant *
create_in_postgres (HttpTest     *test,
                    const char   *name,
                    ForlopClock  *clock,
                    GError      **error)
{
  g_autoptr (ForlopPostgresTenant) found = NULL;

  if (!forlop_postgres_storage_install (get_conninfo (TRUE), SERVER_ROLE, error) ||
      !forlop_tenant_create_postgres (get_conninfo (TRUE), name, test->server_key, clock, error))
    return NULL;
  found = forlop_postgres_storage_find_tenant (get_conninfo (FALSE), name, error);

  return found != NULL
           ? forlop_tenant_open_postgres (get_conninfo (FALSE), found, test->server_key, 1, clock, error)
           : NULL;
}

static ForlopTenant *
create_tenant (HttpTest     *test,
               const char   *name,
               ForlopClock  *clock,
               GError      **error)
{
  return in_postgres () ? create_in_postgres (test, name, clock, error)
                        : forlop_tenant_create (test->folder, name, test->server_key, clock, error);
}

/* The next test has municipalities with the same names. */
static void
put_tenants_aside (void)
{
  PGconn *owner = PQconnectdb (get_conninfo (TRUE));
  PGresult *result = PQexec (owner, "UPDATE forlop.tenant SET is_served = false, name = id::text WHERE is_served");

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_COMMAND_OK);
  PQclear (result);
  PQfinish (owner);
}

static ForlopTenants *
open_tenants (HttpTest  *test,
              GError   **error)
{
  return in_postgres ()
           ? forlop_tenants_open_postgres (get_conninfo (FALSE), test->server_key, 2, test->acts->clock, error)
           : forlop_tenants_open (test->folder, test->server_key, test->acts->clock, error);
}

ForlopTenants *
http_test_open_tenants_again (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  ForlopTenants *tenants = in_postgres () ? open_tenants (test, &error) : NULL;

  g_assert_no_error (error);

  return tenants;
}

typedef struct {
  ForlopTenant *tenant;
  const char *table;
  gint64 n;
} RowCount;

static gpointer
count_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  RowCount *self = user_data;
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", self->table);
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (self->tenant->accounts, g_intern_string (sql), error);
  gboolean has_row;

  if (query == NULL || !forlop_account_query_step (query, &has_row, error) || !has_row)
    return NULL;
  self->n = forlop_account_query_get_integer (query, 0);

  return self;
}

gint64
http_test_count_rows (HttpTest   *test,
                      const char *table)
{
  RowCount self = { forlop_tenants_find (test->tenants, "skien"), table, 0 };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, count_on_worker, &self, NULL, NULL));

  return self.n;
}

static void
make_tenant (HttpTest   *test,
             const char *name,
             ActsTest   *acts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = create_tenant (test, name, acts->clock, &error);
  g_autoptr (ForlopImportReport) report = NULL;
  AccountsToMake accounts = { tenant, acts, acts == test->acts ? test->tor : NULL };

  g_assert_no_error (error);
  report = forlop_tenant_import (tenant, acts->path, acts->key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_changesets, >, 0);
  g_assert_cmpstr (report->first_refused, ==, NULL);
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, make_accounts_on_worker, &accounts, NULL,
                                            &error));
  g_assert_no_error (error);
}

static void
listen_on_loopback (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = forlop_http_listen ("127.0.0.1:0", FALSE, &error);
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_no_error (error);
  g_assert_true (forlop_http_server_listen (test->server, socket, &error));
  address = g_socket_get_local_address (socket, &error);
  test->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static HttpTest *
http_test_new (const ForlopHttpLimits *limits)
{
  g_autoptr (GError) error = NULL;
  HttpTest *test = g_new0 (HttpTest, 1);

  test->folder = g_dir_make_tmp ("forlop-http-XXXXXX", &error);
  g_assert_no_error (error);
  test->server_key = forlop_key_new_random ();
  test->acts = make_history (test);
  test->other_acts = make_history (test);
  make_tenant (test, "skien", test->acts);
  make_tenant (test, "bamble", test->other_acts);
  test->tenants = open_tenants (test, &error);
  g_assert_no_error (error);
  test->server = forlop_http_server_new (test->tenants, limits);
  listen_on_loopback (test);

  return test;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* A request that nobody waits for any longer may still be on its way, and holds the server. */
static void
wait_for_the_last (HttpTest *test)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (g_atomic_int_get (&G_OBJECT (test->server)->ref_count) > 1 && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
http_test_free (HttpTest *test)
{
  forlop_http_server_stop (test->server);
  wait_for_the_last (test);
  g_assert_finalize_object (test->server);
  forlop_tenants_free (test->tenants);
  if (in_postgres ())
    put_tenants_aside ();
  acts_test_free (test->acts);
  acts_test_free (test->other_acts);
  forlop_key_unref (test->server_key);
  remove_folder (test->folder);
  g_free (test->folder);
  g_free (test->case_id);
  g_free (test->citizen_id);
  g_free (test->tor);
  g_free (test->epoch);
  g_free (test);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static gpointer
run_thread (gpointer data)
{
  HttpRun *run = data;

  run->func (run->test);
  g_main_context_invoke (NULL, quit_cb, run->loop);

  return NULL;
}

/* What was taken comes to its end before the files close. */
static void
wait_until_idle (HttpTest *test)
{
  gint64 until = g_get_monotonic_time () + READ_SECONDS * G_USEC_PER_SEC;

  forlop_http_server_stop (test->server);
  while (!forlop_http_server_is_idle (test->server) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
run_case (gconstpointer data)
{
  const HttpCase *this_case = data;
  HttpTest *test = http_test_new (&this_case->limits);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  HttpRun run = { test, this_case->func, loop };
  GThread *thread = g_thread_new ("test", run_thread, &run);

  g_main_loop_run (loop);
  g_thread_join (thread);
  wait_until_idle (test);
  http_test_free (test);
}

void
http_test_add (const char             *path,
               HttpTestFunc            func,
               const ForlopHttpLimits *limits)
{
  HttpCase *this_case = g_new0 (HttpCase, 1);

  this_case->func = func;
  this_case->limits = limits != NULL ? *limits : forlop_http_default_limits;
  if (limits == NULL)
    {
      this_case->limits.times = short_times;
      this_case->limits.burst = 1000;
      this_case->limits.comment_ms = 300;
    }
  g_test_add_data_func_full (path, this_case, run_case, g_free);
}

GSocketConnection *
http_test_connect (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", test->port, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), READ_SECONDS);

  return connection;
}

/* The other side may have ended already; then the answer tells. */
void
http_test_send (GSocketConnection *connection,
                const char        *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text),
                             NULL, NULL, NULL);
}

HttpResult *
http_test_read (GSocketConnection *connection)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  HttpResult *result = g_new0 (HttpResult, 1);
  const char *end;
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, n);
  end = strstr (text->str, "\r\n\r\n");
  if (end == NULL)
    {
      result->head = g_strdup ("");
      result->body = g_strdup ("");
      return result;
    }
  result->head = g_ascii_strdown (text->str, end - text->str);
  result->body = g_strdup (end + 4);
  result->status = (int) g_ascii_strtoll (result->head + strlen ("http/1.1 "), NULL, 10);

  return result;
}

char *
http_test_read_some (GSocketConnection *connection)
{
  char buffer[4096];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                  sizeof buffer, NULL, NULL);

  return n > 0 ? g_strndup (buffer, (gsize) n) : NULL;
}

HttpResult *
http_test_ask (HttpTest   *test,
               const char *method,
               const char *path,
               const char *token,
               const char *body)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autofree char *authorization =
    token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");
  g_autofree char *content =
    body != NULL ? g_strdup_printf ("Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                                    strlen (body))
                 : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s%s\r\n%s",
                                           method, path, authorization, content, body != NULL ? body : "");

  http_test_send (connection, text);

  return http_test_read (connection);
}

HttpResult *
http_test_expect (HttpTest   *test,
                  int         status,
                  const char *method,
                  const char *path,
                  const char *token,
                  const char *body)
{
  HttpResult *result = http_test_ask (test, method, path, token, body);

  if (result->status != status)
    g_error ("%s %s: %d instead of %d: %s", method, path, result->status, status, result->body);

  return result;
}

void
http_test_must (HttpTest   *test,
                int         status,
                const char *code,
                const char *method,
                const char *path,
                const char *token,
                const char *body)
{
  g_autoptr (HttpResult) result = http_test_expect (test, status, method, path, token, body);
  g_autofree char *found = code != NULL ? http_result_text (result, "code") : NULL;

  g_assert_cmpstr (found, ==, code);
}

HttpResult *
http_test_try_sign_in (HttpTest   *test,
                       const char *tenant,
                       const char *name,
                       const char *password,
                       const char *device_id)
{
  g_autofree char *body =
    g_strdup_printf ("{\"tenant\":\"%s\",\"name\":\"%s\",\"password\":\"%s\","
                     "\"device\":{\"id\":\"%s\",\"name\":\"test\"}}",
                     tenant, name, password, device_id);

  return http_test_ask (test, "POST", "/v1/auth/sign-in", NULL, body);
}

HttpSession *
http_test_sign_in (HttpTest   *test,
                   const char *tenant,
                   const char *name)
{
  HttpSession *session = g_new0 (HttpSession, 1);
  g_autoptr (HttpResult) result = NULL;

  session->tenant = g_strdup (tenant);
  session->device_id = forlop_id_source_next (test->acts->ids, forlop_clock_now (test->acts->clock));
  result = http_test_try_sign_in (test, tenant, name, HTTP_TEST_PASSWORD, session->device_id);
  if (result->status != 200)
    g_error ("%s could not sign in: %s", name, result->body);
  session->access = http_result_text (result, "access_token");
  session->refresh = http_result_text (result, "refresh_token");
  session->user_id = http_result_text (result, "user_id");
  if (test->epoch == NULL && g_str_equal (tenant, "skien"))
    {
      g_autoptr (HttpResult) hello =
        http_test_expect (test, 200, "GET", "/v1/sync/hello", session->access, NULL);

      test->epoch = http_result_text (hello, "epoch");
    }

  return session;
}

char *
http_test_pull_all (HttpTest    *test,
                    HttpSession *session)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *hash = g_strdup ("");
  gint64 pos = 0;
  gboolean complete = FALSE;

  while (!complete)
    {
      g_autofree char *body =
        g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"pos\":%" G_GINT64_FORMAT ",\"hash\":\"%s\","
                         "\"limit\":200}", test->epoch, pos, hash);
      g_autoptr (HttpResult) page =
        http_test_expect (test, 200, "POST", "/v1/sync/pull", session->access, body);
      g_autoptr (yyjson_doc) doc = forlop_json_parse (page->body, -1, NULL);
      yyjson_val *root = yyjson_doc_get_root (doc);

      g_string_append (all, page->body);
      g_set_str (&hash, yyjson_get_str (yyjson_obj_get (root, "hash")));
      pos = yyjson_get_sint (yyjson_obj_get (root, "pos"));
      complete = yyjson_get_bool (yyjson_obj_get (root, "complete"));
    }

  return g_string_free (g_steal_pointer (&all), FALSE);
}

char *
http_result_text (HttpResult *result,
                  const char *key)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (result->body, -1, NULL);
  const char *text = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), key));

  return g_strdup (text);
}

void
http_result_free (HttpResult *result)
{
  g_free (result->head);
  g_free (result->body);
  g_free (result);
}

void
http_session_free (HttpSession *session)
{
  g_free (session->tenant);
  g_free (session->device_id);
  g_free (session->user_id);
  g_free (session->access);
  g_free (session->refresh);
  g_free (session);
}
