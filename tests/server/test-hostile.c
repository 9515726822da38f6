/* SPDX-License-Identifier: EUPL-1.2 */

/* What is said in two ways, or asked where nothing is, so that a proxy, the server and the storage might each
 * understand something else. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-http-routes.h"

/* The text as it is, with a session's token in the place of %s. */
static HttpResult *
send_raw (HttpTest    *test,
          HttpSession *session,
          const char  *text)
{
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);
  g_autofree char *whole = g_strjoinv (session != NULL ? session->access : "", parts);

  http_test_send (connection, whole);

  return http_test_read (connection);
}

/* The HTTP library shows the server nothing of these, and would take in all that follows. */
static void
nothing_is_read_of_what_is_asked_of_a_star (HttpTest *test)
{
  static const char *const texts[] = {
    "POST * HTTP/1.1\r\nHost: a\r\nContent-Length: 300000000\r\n\r\nx",
    "POST * HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9000000\r\nx",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: 300000000\r\n\r\nx",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (HttpResult) result = send_raw (test, NULL, texts[i]);

      g_assert_cmpint (result->status, ==, 404);
      g_assert_nonnull (strstr (result->head, "connection: close"));
      /* At once, and not when the time for a body is over. */
      g_assert_cmpint (g_get_monotonic_time () - begin, <, G_USEC_PER_SEC);
    }
  http_test_must (test, 200, NULL, "GET", "/healthz", NULL, NULL);
}

static void
a_body_that_is_described_in_two_ways_is_refused (HttpTest *test)
{
  static const struct { const char *headers; int status; } cases[] = {
    { "Content-Type: application/json\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n", 411 },
    { "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: xchunked\r\n", 501 },
    { "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n", 411 },
    { "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n", 411 },
    { "Content-Type: application/json\r\nContent-Length: +2\r\n", 400 },
    { "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 2\r\n", 400 },
    { "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n", 415 },
    { "Content-Type: text/json\r\nContent-Length: 2\r\n", 415 },
    { "Content-Length: 2\r\n", 415 },
    /* As it should be: it is another epoch. */
    { "Content-Type: Application/JSON\r\nContent-Length: 2\r\n", 410 },
  };
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("POST /v1/sync/pull HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                           "Authorization: Bearer %s\r\n", cases[i].headers, "\r\n{}", NULL);
      g_autoptr (HttpResult) result = send_raw (test, kari, text);

      if (result->status != cases[i].status)
        g_error ("%s: %d", cases[i].headers, result->status);
    }
}

/* A proxy may have looked at the other one. */
static void
two_tokens_are_none (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) result =
    send_raw (test, kari, "GET /v1/sync/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "Authorization: Bearer bamble.x\r\nAuthorization: Bearer %s\r\n\r\n");

  g_assert_cmpint (result->status, ==, 401);
}

static char *
dup_push (HttpTest    *test,
          HttpSession *session,
          const char  *find,
          const char  *put)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *task_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"add-task\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\",\"set\":"
    "{\"kind\":\"general\",\"title\":\"Ring lageret\",\"role\":\"resource_person\",\"unit_id\":\"%s\","
    "\"status\":\"open\"}}]}]}",
    test->epoch, op_id, session->user_id, test->acts->zone, task_id, test->acts->zone, test->acts->zone);
  g_auto (GStrv) parts = g_strsplit (body, find, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  return g_strjoinv (put, parts);
}

/* What is looked at must be what is stored: the first of two values, or the last; a text to its end. */
static void
what_says_two_things_is_refused_whole (HttpTest *test)
{
  static const struct { const char *find; const char *put; } cases[] = {
    { "\"title\":", "\"title\":\"En annen\",\"title\":" },
    { "\"title\":", "\"unit_id\":\"00000000-0000-7000-8000-000000000001\",\"title\":" },
    { "\"type\":", "\"type\":\"citizen\",\"type\":" },
    { "\"scope\":", "\"scope\":\"cat\",\"scope\":" },
    { "\"ops\":", "\"ops\":[],\"ops\":" },
    { "\"act\":", "\"act\":\"save-user\",\"act\":" },
    { "\"role\":", "\"role\":\"administrator\",\"role\":" },
    { "\"schema\":", "\"schema\":1,\"schema\":" },
    { "\"title\":", "\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"title\":\"En annen\","
                    "\"title\":" },
    { "\"title\":", "\"t\\u0069tle\":\"En annen\",\"title\":" },
    { "\"title\":", "\"title\\u0000x\":\"En annen\",\"title\":" },
    { "Ring lageret", "Ring\\u0000 lageret" },
    { "add-task", "add-task\\u0000" },
    { "\"op_no\":", "\"depends_on\":[\"00000000-0000-7000-8000-000000000001\\u0000\"],\"op_no\":" },
    { "Ring lageret", "Ring \xff\xfe lageret" },
    { "Ring lageret", "Ring \xc0\x80 lageret" },
    { "Ring lageret", "Ring \\ud800 lageret" },
  };
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) hello = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = dup_push (test, kari, cases[i].find, cases[i].put);

      g_test_message ("%s", cases[i].put);
      http_test_must (test, 400, "malformed", "POST", "/v1/sync/push", kari->access, body);
    }
  hello = http_test_expect (test, 200, "GET", "/v1/sync/hello", kari->access, NULL);
  g_assert_nonnull (strstr (hello->body, "\"last_op_no\":0"));
  {
    g_autofree char *body = dup_push (test, kari, "Ring lageret", "Ring \xc3\xa6 \\u00e6 \\ud83d\\ude80");
    g_autoptr (HttpResult) taken = http_test_expect (test, 200, "POST", "/v1/sync/push", kari->access, body);

    g_assert_nonnull (strstr (taken->body, "\"status\":\"applied\""));
  }
}

static void
a_sign_in_that_names_two_is_refused (HttpTest *test)
{
  http_test_must (test, 400, "malformed", "POST", "/v1/auth/sign-in", NULL,
                  "{\"tenant\":\"bamble\",\"tenant\":\"skien\",\"name\":\"kari\",\"password\":\"" HTTP_TEST_PASSWORD
                  "\",\"device\":{\"id\":\"00000000-0000-7000-8000-000000000009\",\"name\":\"test\"}}");
}

/* Whatever is asked of an address in another way than it is for tells how, and nothing else. */
static void
no_address_is_asked_another_way (HttpTest *test)
{
  static const char *const methods[] = { "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE" };
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");

  for (const ForlopHttpRoute *route = forlop_http_routes_get (); route->path != NULL; route++)
    for (unsigned int i = 0; i < G_N_ELEMENTS (methods); i++)
      {
        g_auto (GStrv) parts = g_strsplit (route->path, "*", 2);
        g_autofree char *path = g_strjoinv ("00000000-0000-7000-8000-000000000009", parts);
        g_autoptr (HttpResult) result = http_test_expect (test, 405, methods[i], path, kari->access, NULL);

        g_assert_nonnull (strstr (result->head, "allow: "));
        g_assert_true (!g_str_equal (methods[i], "HEAD") || *result->body == '\0');
      }
}

/* Three on one connection, sent before the first is answered. */
static void
what_is_sent_ahead_is_answered_in_order (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) result =
    send_raw (test, kari, "GET /v1/sync/hello HTTP/1.1\r\nHost: a\r\nX-Request-Id: one\r\nAuthorization: Bearer %s\r\n\r\n"
                          "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-Id: two\r\n\r\n"
                          "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: three\r\nConnection: close\r\n\r\n");
  const char *two = strstr (result->body, "X-Request-Id: two");
  const char *three = strstr (result->body, "X-Request-Id: three");

  g_assert_cmpint (result->status, ==, 200);
  g_assert_nonnull (strstr (result->head, "x-request-id: one"));
  g_assert_nonnull (two);
  g_assert_true (three > two);
  /* After a body that is not read, what follows is not taken for a request. */
  {
    g_autoptr (HttpResult) refused =
      send_raw (test, NULL, "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n"
                            "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n        GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");

    g_assert_cmpint (refused->status, ==, 404);
    g_assert_null (strstr (refused->body, "HTTP/1.1"));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/hostile/nothing-is-read-of-what-is-asked-of-a-star", nothing_is_read_of_what_is_asked_of_a_star, NULL);
  http_test_add ("/hostile/a-body-that-is-described-in-two-ways-is-refused",
                 a_body_that_is_described_in_two_ways_is_refused, NULL);
  http_test_add ("/hostile/two-tokens-are-none", two_tokens_are_none, NULL);
  http_test_add ("/hostile/what-says-two-things-is-refused-whole", what_says_two_things_is_refused_whole, NULL);
  http_test_add ("/hostile/a-sign-in-that-names-two-is-refused", a_sign_in_that_names_two_is_refused, NULL);
  http_test_add ("/hostile/no-address-is-asked-another-way", no_address_is_asked_another_way, NULL);
  http_test_add ("/hostile/what-is-sent-ahead-is-answered-in-order", what_is_sent_ahead_is_answered_in_order, NULL);

  return g_test_run ();
}
