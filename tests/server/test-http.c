/* SPDX-License-Identifier: EUPL-1.2 */

/* What the server takes in over HTTP, and what it does with what nobody should send. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

static void
hello_tells_a_stranger_nothing_of_the_log (HttpTest *test)
{
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "GET", "/v1/sync/hello", NULL, NULL);

  g_assert_null (strstr (result->body, "epoch"));
  g_assert_null (strstr (result->body, "head"));
  g_assert_nonnull (strstr (result->body, "\"newest\":1"));
  g_assert_nonnull (strstr (result->head, "cache-control: no-store"));
}

/* Whoever compares clocks finds the same day in the greeting and in the head of every answer. */
static void
the_date_is_the_servers_own (HttpTest *test)
{
  g_autoptr (HttpResult) hello = http_test_expect (test, 200, "GET", "/v1/sync/hello", NULL, NULL);
  g_autoptr (HttpResult) missing = http_test_expect (test, 404, "GET", "/v1/nothing", NULL, NULL);
  g_autofree char *now = forlop_instant_to_iso (forlop_clock_now (test->acts->clock));
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (now, NULL);
  g_autofree char *day = g_date_time_format (date, "%d %b %Y %H:%M:%S gmt");
  g_autofree char *small = g_ascii_strdown (day, -1);

  g_assert_nonnull (strstr (hello->body, now));
  g_assert_nonnull (strstr (hello->head, small));
  g_assert_nonnull (strstr (missing->head, small));
}

static void
a_request_id_is_repeated (HttpTest *test)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autoptr (HttpResult) result = NULL;

  http_test_send (connection, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc-1\r\n"
                              "Connection: close\r\n\r\n");
  result = http_test_read (connection);
  g_assert_cmpint (result->status, ==, 200);
  g_assert_nonnull (strstr (result->head, "x-request-id: abc-1"));
}

static void
a_signed_in_user_pulls_and_pushes (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autofree char *task_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"add-task\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\",\"set\":"
    "{\"kind\":\"general\",\"title\":\"Ring lageret\",\"role\":\"resource_person\",\"unit_id\":\"%s\",\"status\":\"open\"}}]}]}",
    test->epoch, op_id, kari->user_id, test->acts->zone, task_id, test->acts->zone, test->acts->zone);
  g_autoptr (HttpResult) pushed = NULL;
  g_autoptr (HttpResult) again = NULL;

  g_assert_nonnull (strstr (rows, test->citizen_id));
  pushed = http_test_expect (test, 200, "POST", "/v1/sync/push", kari->access, body);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
  again = http_test_expect (test, 200, "POST", "/v1/sync/push", kari->access, body);
  g_assert_cmpstr (pushed->body, ==, again->body);
}

static void
unknown_paths_and_methods_are_named (HttpTest *test)
{
  g_autoptr (HttpResult) wrong = http_test_expect (test, 405, "DELETE", "/v1/sync/push", NULL, NULL);

  g_assert_nonnull (strstr (wrong->head, "allow: post"));
  http_test_must (test, 404, "not_found", "GET", "/", NULL, NULL);
  http_test_must (test, 404, "not_found", "GET", "/v1/sync/push/../../etc/passwd", NULL, NULL);
  http_test_must (test, 405, "wrong_method", "TRACE", "/healthz", NULL, NULL);
}

static void
assert_is_up (HttpTest *test)
{
  http_test_must (test, 200, NULL, "GET", "/healthz", NULL, NULL);
}

static void
a_half_sent_header_loses_the_connection (HttpTest *test)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autoptr (GSocketConnection) silent = http_test_connect (test);
  g_autoptr (HttpResult) result = NULL;
  g_autoptr (HttpResult) nothing = NULL;
  gint64 begin = g_get_monotonic_time ();

  http_test_send (connection, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: ");
  result = http_test_read (connection);
  nothing = http_test_read (silent);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpint (nothing->status, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  assert_is_up (test);
}

static void
a_half_sent_body_loses_the_connection (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autofree char *text = g_strdup_printf ("POST /v1/sync/pull HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                                           "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
                                           kari->access);
  g_autoptr (HttpResult) result = NULL;

  http_test_send (connection, text);
  result = http_test_read (connection);
  g_assert_cmpint (result->status, ==, 0);
  assert_is_up (test);
}

/* @n_body bytes are sent, whatever the header says. */
static HttpResult *
send_raw (HttpTest   *test,
          const char *head,
          gsize       n_body)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autofree char *body = g_strnfill (n_body, 'x');

  http_test_send (connection, head);
  http_test_send (connection, body);

  return http_test_read (connection);
}

static void
a_huge_body_is_refused_by_its_length (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *head = g_strdup_printf ("POST /v1/sync/push HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                                           "Content-Type: application/json\r\nContent-Length: 300000000\r\n\r\n",
                                           kari->access);
  g_autoptr (HttpResult) only_said = send_raw (test, head, 0);
  g_autoptr (HttpResult) partly_sent = send_raw (test, head, 4 * 1024 * 1024);
  g_autoptr (HttpResult) stranger = send_raw (test, "POST /v1/auth/sign-in HTTP/1.1\r\nHost: a\r\n"
                                                    "Content-Type: application/json\r\n"
                                                    "Content-Length: 5000\r\n\r\n", 0);

  g_assert_cmpint (only_said->status, ==, 413);
  g_assert_nonnull (strstr (only_said->body, "too_large"));
  g_assert_cmpint (partly_sent->status, ==, 413);
  g_assert_cmpint (stranger->status, ==, 413);
  assert_is_up (test);
}

static void
a_body_without_a_length_is_refused (HttpTest *test)
{
  g_autoptr (HttpResult) result = send_raw (test, "POST /v1/auth/sign-in HTTP/1.1\r\nHost: a\r\n"
                                                  "Content-Type: application/json\r\n"
                                                  "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", 0);

  g_assert_cmpint (result->status, ==, 411);
}

static void
long_headers_and_addresses_are_refused (HttpTest *test)
{
  g_autofree char *value = g_strnfill (17 * 1024, 'a');
  g_autofree char *long_header =
    g_strdup_printf ("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: %s\r\n\r\n", value);
  g_autofree char *address = g_strnfill (3000, 'a');
  g_autofree char *long_address =
    g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", address);
  g_autofree char *huge = g_strnfill (300 * 1024, 'a');
  g_autofree char *huge_header = g_strdup_printf ("GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: %s\r\n\r\n", huge);
  g_autoptr (HttpResult) header = send_raw (test, long_header, 0);
  g_autoptr (HttpResult) uri = send_raw (test, long_address, 0);
  g_autoptr (HttpResult) cut = send_raw (test, huge_header, 0);

  g_assert_cmpint (header->status, ==, 431);
  g_assert_cmpint (uri->status, ==, 414);
  g_assert_cmpint (cut->status, ==, 0);
  assert_is_up (test);
}

static void
what_is_not_http_is_refused (HttpTest *test)
{
  static const char *const texts[] = {
    "GARBAGE\r\n\r\n", "GET\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", "\r\n\r\n\r\n",
    "POST /v1/auth/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    "POST /v1/auth/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\n{",
    "GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HttpResult) result = send_raw (test, texts[i], 0);

      g_test_message ("%u: %d", i, result->status);
      g_assert_true (result->status == 0 || (result->status >= 400 && result->status < 500));
    }
  assert_is_up (test);
}

static void
malformed_json_is_refused (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *open = g_strnfill (2000, '[');
  g_autofree char *deep = g_strconcat ("{\"a\":", open, NULL);
  const char *const bodies[] = {
    "", "{", "[]", "null", "\"text\"", "{\"epoch\":}", deep, "{\"epoch\":1}", "{\"schema\":\"x\"}",
    "{\"epoch\":\"\\u0000\",\"changesets\":1}",
  };
  static const char *const paths[] = {
    "/v1/sync/push", "/v1/sync/pull", "/v1/sync/scope", "/v1/auth/password", "/v1/devices/state",
    "/v1/accounts", "/v1/accounts/state",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (paths); j++)
      {
        g_autoptr (HttpResult) result = http_test_ask (test, "POST", paths[j], kari->access, bodies[i]);

        if (result->status != 400 && result->status != 410)
          g_error ("%s with %s: %d %s", paths[j], bodies[i], result->status, result->body);
        g_assert_nonnull (strstr (result->head, "application/problem+json"));
      }
  assert_is_up (test);
}

static void
other_types_than_json_are_refused (HttpTest *test)
{
  g_autoptr (HttpResult) result = send_raw (test, "POST /v1/auth/sign-in HTTP/1.1\r\nHost: a\r\n"
                                                  "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 0);

  g_assert_cmpint (result->status, ==, 415);
}

static void
a_connection_is_used_again (HttpTest *test)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      http_test_send (connection, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      while (strstr (text->str, "\"ok\"}") == NULL)
        {
          g_autofree char *some = http_test_read_some (connection);

          g_assert_nonnull (some);
          g_string_append (text, some);
        }
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 200"));
    }
}

static void
a_busy_device_is_told_to_wait (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  int n_refused = 0;

  for (int i = 0; i < 60; i++)
    {
      g_autoptr (HttpResult) result = http_test_ask (test, "GET", "/v1/sync/hello", kari->access, NULL);

      if (result->status != 429)
        continue;
      n_refused++;
      g_assert_true (g_str_has_prefix (result->head, "http/1.1 429 too many requests"));
      g_assert_nonnull (strstr (result->head, "retry-after: "));
    }
  g_test_message ("%d of 60 refused", n_refused);
  g_assert_cmpint (n_refused, >, 0);
  g_assert_cmpint (n_refused, <, 40);
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean is_stuck;
} Stuck;

static gpointer
stick_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  Stuck *self = user_data;

  g_mutex_lock (&self->mutex);
  while (self->is_stuck)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

/* Every thread of the municipality's storage stands still, as on a disk that does not answer. */
static void
a_stuck_storage_is_said_and_not_waited_for (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autoptr (HttpResult) refused = NULL;
  Stuck stuck = { .is_stuck = TRUE };
  DexFuture *held[4];

  for (unsigned int i = 0; i < G_N_ELEMENTS (held); i++)
    held[i] = forlop_worker_run (forlop_tenant_take_turn (tenant)->worker, stick_on_worker, &stuck, NULL, NULL);
  refused = http_test_expect (test, 503, "GET", "/v1/sync/hello", kari->access, NULL);
  g_assert_nonnull (strstr (refused->head, "retry-after: 30"));
  g_assert_nonnull (strstr (refused->body, "\"code\":\"busy\""));
  g_assert_nonnull (strstr (refused->body, "not known"));
  /* What needs no storage is answered meanwhile. */
  assert_is_up (test);

  g_mutex_lock (&stuck.mutex);
  stuck.is_stuck = FALSE;
  g_cond_broadcast (&stuck.cond);
  g_mutex_unlock (&stuck.mutex);
  http_test_must (test, 200, NULL, "GET", "/v1/sync/hello", kari->access, NULL);
  for (unsigned int i = 0; i < G_N_ELEMENTS (held); i++)
    dex_unref (held[i]);
}

static void
too_many_connections_are_closed (HttpTest *test)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HttpResult) result = NULL;

  for (int i = 0; i < 70; i++)
    g_ptr_array_add (connections, http_test_connect (test));
  result = http_test_read (g_ptr_array_index (connections, 69));
  g_assert_cmpint (result->status, ==, 0);
  for (int i = 0; i < 69; i++)
    {
      g_autoptr (HttpResult) other = http_test_read (g_ptr_array_index (connections, i));

      g_assert_cmpint (other->status, ==, 0);
    }
  assert_is_up (test);
}

static void
figures_name_nobody (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "GET", "/metrics", NULL, NULL);

  g_assert_nonnull (rows);
  g_assert_nonnull (strstr (result->body, "forlop_requests_total{path=\"/v1/sync/pull\",status=\"200\"}"));
  g_assert_null (strstr (result->body, "kari"));
  g_assert_null (strstr (result->body, "skien"));
  g_assert_null (strstr (result->body, kari->user_id));
  g_assert_null (strstr (result->body, kari->device_id));
}

int
main (int   argc,
      char *argv[])
{
  ForlopHttpLimits strict = forlop_http_default_limits;
  ForlopHttpLimits narrow = forlop_http_default_limits;
  ForlopHttpLimits impatient = forlop_http_default_limits;

  narrow.times.max_connections = 64;
  narrow.times.header = 1500;
  impatient.times.request = 700;
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/http/hello-tells-a-stranger-nothing-of-the-log", hello_tells_a_stranger_nothing_of_the_log, NULL);
  http_test_add ("/http/the-date-is-the-servers-own", the_date_is_the_servers_own, NULL);
  http_test_add ("/http/a-request-id-is-repeated", a_request_id_is_repeated, NULL);
  http_test_add ("/http/a-signed-in-user-pulls-and-pushes", a_signed_in_user_pulls_and_pushes, NULL);
  http_test_add ("/http/unknown-paths-and-methods-are-named", unknown_paths_and_methods_are_named, NULL);
  http_test_add ("/http/a-half-sent-header-loses-the-connection", a_half_sent_header_loses_the_connection, NULL);
  http_test_add ("/http/a-half-sent-body-loses-the-connection", a_half_sent_body_loses_the_connection, NULL);
  http_test_add ("/http/a-huge-body-is-refused-by-its-length", a_huge_body_is_refused_by_its_length, NULL);
  http_test_add ("/http/a-body-without-a-length-is-refused", a_body_without_a_length_is_refused, NULL);
  http_test_add ("/http/long-headers-and-addresses-are-refused", long_headers_and_addresses_are_refused, NULL);
  http_test_add ("/http/what-is-not-http-is-refused", what_is_not_http_is_refused, NULL);
  http_test_add ("/http/malformed-json-is-refused", malformed_json_is_refused, NULL);
  http_test_add ("/http/other-types-than-json-are-refused", other_types_than_json_are_refused, NULL);
  http_test_add ("/http/a-connection-is-used-again", a_connection_is_used_again, NULL);
  http_test_add ("/http/a-busy-device-is-told-to-wait", a_busy_device_is_told_to_wait, &strict);
  http_test_add ("/http/a-stuck-storage-is-said-and-not-waited-for", a_stuck_storage_is_said_and_not_waited_for,
                 &impatient);
  http_test_add ("/http/too-many-connections-are-closed", too_many_connections_are_closed, &narrow);
  http_test_add ("/http/figures-name-nobody", figures_name_nobody, NULL);

  return g_test_run ();
}
