/* SPDX-License-Identifier: EUPL-1.2 */

/* The client's session against the real server. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-audit-query.h"
#include "forlop-error.h"
#include "forlop-poke-listener.h"
#include "forlop-server-account.h"
#include "forlop-store-create.h"
#include "forlop-sync-runner.h"
#include "forlop-sync-link.h"

typedef struct {
  ForlopStore *store;
  ForlopHttpTransport *transport;
  ForlopServerAccount *account;
  char *address;
  char *device_id;
} Client;

static ForlopHttpTransport *
new_transport (const char *address)
{
  g_autoptr (GError) error = NULL;
  ForlopHttpSettings settings = { .address = address, .proxy = "none", .timeout_seconds = 10 };
  ForlopHttpTransport *transport = forlop_http_transport_new (&settings, &error);

  g_assert_no_error (error);

  return transport;
}

static Client *
client_new (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autofree char *path = g_build_filename (test->folder, "own.forlop", NULL);
  Client *self = g_new0 (Client, 1);

  g_assert_true (forlop_store_create (path, key, NULL, &error));
  self->store = forlop_store_open (path, key, test->acts->clock, test->acts->ids, FORLOP_STORE_NO_SIGNALS, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", test->port);
  self->transport = new_transport (self->address);
  self->account = forlop_server_account_new (self->store, &error);
  g_assert_no_error (error);
  self->device_id = forlop_id_source_next (test->acts->ids, 0);

  return self;
}

static void
client_free (Client *self)
{
  forlop_server_account_unref (self->account);
  forlop_http_transport_free (self->transport);
  g_object_unref (self->store);
  g_free (self->address);
  g_free (self->device_id);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static void
sign_in (Client     *self,
         const char *password,
         GError    **error)
{
  ForlopSignIn words = {
    .tenant = "skien", .name = "kari", .password = password, .device_id = self->device_id, .device_name = "Kontor 2"
  };
  gboolean is_in = forlop_server_account_sign_in (self->account, self->transport, &words, NULL, error);

  g_assert_cmpint (is_in, ==, *error == NULL);
}

static unsigned int
say_hello (Client              *self,
           ForlopServerAccount *account)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_server_account_send (account, self->transport, "GET", "/v1/sync/hello", NULL, &answer,
                                             NULL, &error));
  g_assert_no_error (error);

  return answer.status;
}

static void
a_wrong_password_is_refused_in_words (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (GError) error = NULL;

  sign_in (client, "feil passord helt", &error);
  g_assert_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_WRONG);
  g_assert_nonnull (strstr (error->message, "password"));
  g_assert_false (forlop_server_account_is_signed_in (client->account));
  g_assert_cmpint (say_hello (client, client->account), ==, 401);
}

/* Whoever must wait is told for how long. */
static void
too_many_wrong_passwords_say_how_long_to_wait (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (GError) error = NULL;

  for (unsigned int i = 0; i < 20 && !g_error_matches (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_TOO_MANY); i++)
    {
      g_clear_error (&error);
      sign_in (client, "feil passord helt", &error);
    }
  g_assert_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_TOO_MANY);
  g_assert_nonnull (strstr (error->message, "Try again in "));
}

static void
a_session_is_renewed_and_survives_the_program (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (ForlopServerAccount) later = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_false (forlop_server_account_must_change_password (client->account));
  g_assert_cmpint (say_hello (client, client->account), ==, 200);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + FORLOP_HOUR);
  g_assert_cmpint (say_hello (client, client->account), ==, 200);

  later = forlop_server_account_new (client->store, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_server_account_is_signed_in (later));
  g_assert_cmpint (say_hello (client, later), ==, 200);

  g_assert_true (forlop_server_account_sign_out (later, client->transport, NULL, &error));
  g_assert_cmpint (say_hello (client, later), ==, 401);
  g_assert_cmpint (say_hello (client, client->account), ==, 401);
  g_assert_false (forlop_server_account_is_signed_in (client->account));
}

static void
a_session_that_ended_is_forgotten (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (GError) error = NULL;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 13 * FORLOP_HOUR);
  g_assert_cmpint (say_hello (client, client->account), ==, 401);
  g_assert_false (forlop_server_account_is_signed_in (client->account));
}

static void
a_wiped_device_is_told_so_when_its_token_ran_out (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"state\":\"wiped\"}", client->device_id);
  g_autoptr (GError) error = NULL;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  http_test_must (test, 200, NULL, "POST", "/v1/devices/state", per->access, body);
  g_assert_cmpint (say_hello (client, client->account), ==, 403);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + FORLOP_HOUR);
  g_assert_cmpint (say_hello (client, client->account), ==, 403);
}

typedef struct {
  ForlopSyncLink *link;
  gint64 server_time;
} LinkRun;

/* What a runner is given, on a thread of its own. */
static gpointer
link_thread (gpointer data)
{
  LinkRun *run = data;
  ForlopSyncTransportFunc send = forlop_sync_link_send;
  ForlopSyncRequest request = { .method = "GET", .path = "/v1/sync/hello" };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 retry_after = -1;
  unsigned int status = send (&request, &text, &retry_after, &run->server_time, run->link, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 200);
  g_assert_cmpint (retry_after, ==, 0);
  g_assert_nonnull (strstr (text, "\"last_op_no\":0"));
  forlop_sync_link_free (run->link);

  return NULL;
}

static void
a_link_sends_what_the_runner_asks (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  ForlopHttpSettings settings = { .address = client->address, .proxy = "none" };
  LinkRun run = { 0 };
  g_autoptr (GError) error = NULL;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  run.link = forlop_sync_link_new (client->account, &settings);
  g_thread_join (g_thread_new ("link", link_thread, &run));
  /* The header has the server's own clock. */
  g_assert_cmpint (ABS (run.server_time - forlop_clock_now (test->acts->clock)), <, FORLOP_MINUTE);
}

static void
poke_cb (gint64   head,
         gpointer user_data)
{
  g_async_queue_push (user_data, GINT_TO_POINTER ((int) head));
}

static void
a_listener_hears_the_head (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (GAsyncQueue) heads = g_async_queue_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopPokeListener) listener = NULL;
  ForlopHttpSettings settings = { .address = client->address, .proxy = "none" };
  int first;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  listener = forlop_poke_listener_new (client->account, &settings, poke_cb, heads, NULL);
  first = GPOINTER_TO_INT (g_async_queue_timeout_pop (heads, 20 * G_USEC_PER_SEC));
  g_assert_cmpint (first, >, 0);
}

/* The hash of a row of skien's log as the server tells it. */
static char *
ask_row (HttpTest *test,
         gint64    n)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", n);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/audit/checkpoint", session->access, body);
  g_autofree char *known = http_result_text (result, "known");

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", n, known);
}

static void
assert_differs (Client     *client,
                const char *remembered,
                const char *sentence)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (forlop_audit_compare (client->account, client->transport, remembered, NULL, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, sentence));
}

static void
what_is_remembered_of_the_access_log_is_compared (HttpTest *test)
{
  g_autoptr (Client) client = client_new (test);
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autofree char *remembered = ask_row (test, 1);
  g_autofree char *beyond = g_strdup_printf ("1000000:%s", strchr (remembered, ':') + 1);
  g_autofree char *other = g_strdup (remembered);
  g_autoptr (GError) error = NULL;

  sign_in (client, HTTP_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_audit_compare (client->account, client->transport, remembered, NULL, &error));
  g_assert_no_error (error);
  other[strlen (other) - 1] = other[strlen (other) - 1] == 'a' ? 'b' : 'a';
  assert_differs (client, other, "is another one at row 1 than this machine remembers");
  assert_differs (client, beyond, "ends before row 1000000, which this machine remembers");
}

int
main (int   argc,
      char *argv[])
{
  forlop_http_transport_init ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/client/a-wrong-password-is-refused-in-words",
                 a_wrong_password_is_refused_in_words, NULL);
  http_test_add ("/client/too-many-wrong-passwords-say-how-long-to-wait",
                 too_many_wrong_passwords_say_how_long_to_wait, NULL);
  http_test_add ("/client/a-session-is-renewed-and-survives-the-program",
                 a_session_is_renewed_and_survives_the_program, NULL);
  http_test_add ("/client/a-session-that-ended-is-forgotten", a_session_that_ended_is_forgotten, NULL);
  http_test_add ("/client/a-wiped-device-is-told-so-when-its-token-ran-out",
                 a_wiped_device_is_told_so_when_its_token_ran_out, NULL);
  http_test_add ("/client/a-link-sends-what-the-runner-asks", a_link_sends_what_the_runner_asks, NULL);
  http_test_add ("/client/what-is-remembered-of-the-access-log-is-compared",
                 what_is_remembered_of_the_access_log_is_compared, NULL);
  http_test_add ("/client/a-listener-hears-the-head", a_listener_hears_the_head, NULL);

  return g_test_run ();
}
