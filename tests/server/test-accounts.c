/* SPDX-License-Identifier: EUPL-1.2 */

/* Who gets in, for how long, and what guessing is worth. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-password.h"
#include "forlop-rate-limit.h"
#include "forlop-sign-in-guard.h"

#define HELLO "GET", "/v1/sync/hello"
/* More than forlop-http-streams.c pokes in one turn. */
#define STREAMS 13

static void
pass_time (HttpTest *test,
           gint64    ms)
{
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + ms);
}

static char *
make_one_time_password (HttpTest    *test,
                        HttpSession *administrator,
                        const char  *user_id,
                        const char  *name)
{
  g_autofree char *body = g_strdup_printf ("{\"user_id\":\"%s\",\"name\":\"%s\"}", user_id, name);
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/accounts", administrator->access, body);

  return http_result_text (result, "one_time_password");
}

static char *
new_device (HttpTest *test)
{
  return forlop_id_source_next (test->acts->ids, 0);
}

static void
a_first_password_must_be_changed (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *password = make_one_time_password (test, per, kari->user_id, "Kari.Nordmann");
  g_autofree char *device = new_device (test);
  g_autoptr (HttpResult) first = NULL;
  g_autoptr (HttpResult) second = NULL;
  g_autofree char *token = NULL;
  g_autofree char *body = NULL;
  g_autofree char *weak = g_strdup_printf ("{\"old\":\"%s\",\"new\":\"kort\"}", password);
  g_autofree char *with_name = g_strdup_printf ("{\"old\":\"%s\",\"new\":\"kari.nordmann er her\"}", password);

  http_test_must (test, 401, "not_signed_in", HELLO, kari->access, NULL);
  first = http_test_try_sign_in (test, "skien", " KARI.nordmann ", password, device);
  g_assert_cmpint (first->status, ==, 200);
  g_assert_nonnull (strstr (first->body, "\"must_change_password\":true"));
  token = http_result_text (first, "access_token");
  http_test_must (test, 403, "password_change_required", "POST", "/v1/sync/pull", token, "{}");
  http_test_must (test, 403, "password_change_required", "GET", "/v1/devices", token, NULL);
  http_test_must (test, 400, "weak_password", "POST", "/v1/auth/password", token, weak);
  http_test_must (test, 400, "weak_password", "POST", "/v1/auth/password", token, with_name);
  http_test_must (test, 403, "wrong_password", "POST", "/v1/auth/password", token,
                  "{\"old\":\"noe annet\",\"new\":\"fire helt andre ord\"}");
  body = g_strdup_printf ("{\"old\":\"%s\",\"new\":\"fire helt andre ord\"}", password);
  http_test_must (test, 200, NULL, "POST", "/v1/auth/password", token, body);
  http_test_must (test, 200, NULL, "GET", "/v1/devices", token, NULL);

  second = http_test_try_sign_in (test, "skien", "kari.nordmann", password, device);
  g_assert_cmpint (second->status, ==, 401);
}

static void
a_first_password_is_worth_a_week (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *password = make_one_time_password (test, per, kari->user_id, "kari");
  g_autoptr (HttpResult) result = NULL;

  pass_time (test, 8 * FORLOP_DAY);
  result = http_test_try_sign_in (test, "skien", "kari", password, kari->device_id);
  g_assert_cmpint (result->status, ==, 401);
}

static void
what_is_wrong_is_not_told (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *close = g_strdup_printf ("{\"user_id\":\"%s\",\"state\":\"closed\"}", ola->user_id);
  g_autofree char *device = new_device (test);
  const struct { const char *tenant, *name, *password; } attempts[] = {
    { "skien", "kari", "feil passord helt" }, { "skien", "finnesikke", HTTP_TEST_PASSWORD },
    { "porsgrunn", "kari", HTTP_TEST_PASSWORD }, { "skien", "ola", HTTP_TEST_PASSWORD },
    { "../skien", "kari", HTTP_TEST_PASSWORD }, { "bamble", "tor", HTTP_TEST_PASSWORD },
  };
  g_autofree char *answer = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/accounts/state", per->access, close);
  http_test_must (test, 401, "not_signed_in", HELLO, ola->access, NULL);
  for (unsigned int i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autoptr (HttpResult) result =
        http_test_try_sign_in (test, attempts[i].tenant, attempts[i].name, attempts[i].password, device);

      g_assert_cmpint (result->status, ==, 401);
      if (answer != NULL)
        g_assert_cmpstr (result->body, ==, answer);
      g_set_str (&answer, result->body);
    }
}

/* The same token with other letters, cut, or with another municipality's name. */
static void
a_forged_token_is_worth_nothing (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) other = http_test_sign_in (test, "bamble", "kari");
  g_autofree char *elsewhere = g_strconcat ("bamble", kari->access + strlen ("skien"), NULL);
  g_autofree char *here = g_strconcat ("skien", other->access + strlen ("bamble"), NULL);
  g_autofree char *changed = g_strdup (kari->access);
  g_autofree char *cut = g_strndup (kari->access, strlen (kari->access) - 1);
  const char *tokens[] = {
    elsewhere, here, changed, cut, kari->refresh, kari->user_id, "", ".", "skien.", "x",
    "skien.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJrYXJpIn0.",
  };
  static const struct { const char *method, *path; } routes[] = {
    { "GET", "/v1/sync/hello" }, { "POST", "/v1/sync/push" }, { "POST", "/v1/sync/pull" },
    { "POST", "/v1/sync/scope" }, { "POST", "/v1/sync/ack" }, { "GET", "/v1/sync/events" },
    { "POST", "/v1/auth/password" }, { "POST", "/v1/auth/sign-out" }, { "GET", "/v1/devices" },
    { "POST", "/v1/devices/state" }, { "GET", "/v1/accounts" }, { "POST", "/v1/accounts" },
    { "POST", "/v1/accounts/state" },
  };

  changed[10] = changed[10] == 'a' ? 'b' : 'a';
  for (unsigned int i = 0; i < G_N_ELEMENTS (tokens); i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (routes); j++)
      {
        gboolean has_body = g_str_equal (routes[j].method, "POST");
        g_autoptr (HttpResult) result =
          http_test_expect (test, 401, routes[j].method, routes[j].path, tokens[i], has_body ? "{}" : NULL);

        g_assert_null (strstr (result->body, "skien"));
        g_assert_nonnull (strstr (result->head, "www-authenticate: bearer"));
      }
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/sync/pull", NULL, "{}");
  http_test_must (test, 200, NULL, HELLO, kari->access, NULL);
}

static void
a_token_of_another_municipality_opens_only_that (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) other = http_test_sign_in (test, "bamble", "kari");
  g_autofree char *body = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"pos\":0,\"hash\":\"\",\"limit\":100}",
                                           test->epoch);

  http_test_must (test, 410, "resync", "POST", "/v1/sync/pull", other->access, body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/pull", kari->access, body);
}

static HttpResult *
refresh (HttpTest   *test,
         const char *token)
{
  return http_test_ask (test, "POST", "/v1/auth/refresh", token, "{}");
}

static void
a_session_ends_after_twelve_hours (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  gint64 passed = 0;

  pass_time (test, 10 * FORLOP_MINUTE);
  http_test_must (test, 401, "not_signed_in", HELLO, kari->access, NULL);
  for (; passed < 12 * FORLOP_HOUR - FORLOP_HOUR; passed += FORLOP_HOUR)
    {
      g_autoptr (HttpResult) result = refresh (test, kari->refresh);

      g_assert_cmpint (result->status, ==, 200);
      g_free (kari->refresh);
      g_free (kari->access);
      kari->refresh = http_result_text (result, "refresh_token");
      kari->access = http_result_text (result, "access_token");
      http_test_must (test, 200, NULL, HELLO, kari->access, NULL);
      pass_time (test, FORLOP_HOUR);
    }
  pass_time (test, FORLOP_HOUR);
  {
    g_autoptr (HttpResult) result = refresh (test, kari->refresh);

    g_assert_cmpint (result->status, ==, 401);
  }
}

static void
a_lost_answer_is_asked_for_again (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) lost = NULL;
  g_autoptr (HttpResult) again = NULL;
  g_autofree char *access = NULL;
  g_autofree char *lost_access = NULL;

  http_test_must (test, 200, NULL, HELLO, kari->access, NULL);
  lost = refresh (test, kari->refresh);
  again = refresh (test, kari->refresh);
  g_assert_cmpint (again->status, ==, 200);
  access = http_result_text (again, "access_token");
  lost_access = http_result_text (lost, "access_token");
  http_test_must (test, 401, "not_signed_in", HELLO, lost_access, NULL);
  http_test_must (test, 200, NULL, HELLO, access, NULL);
}

static void
a_stolen_refresh_token_ends_the_session (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) first = refresh (test, kari->refresh);
  g_autofree char *access = http_result_text (first, "access_token");
  g_autofree char *newest = http_result_text (first, "refresh_token");
  g_autoptr (HttpResult) stolen = NULL;
  g_autoptr (HttpResult) owner = NULL;

  http_test_must (test, 200, NULL, HELLO, access, NULL);
  stolen = refresh (test, kari->refresh);
  owner = refresh (test, newest);
  g_assert_cmpint (stolen->status, ==, 401);
  g_assert_cmpint (owner->status, ==, 401);
  http_test_must (test, 401, "not_signed_in", HELLO, access, NULL);
}

static void
signing_out_ends_it (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) result = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/auth/sign-out", kari->access, "{}");
  http_test_must (test, 401, "not_signed_in", HELLO, kari->access, NULL);
  result = refresh (test, kari->refresh);
  g_assert_cmpint (result->status, ==, 401);
}

static char *
device_state (const char *id,
              const char *state)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"state\":\"%s\"}", id, state);
}

static void
a_blocked_device_gets_nothing (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *block = device_state (kari->device_id, "blocked");
  g_autofree char *wipe = device_state (kari->device_id, "wiped");
  g_autofree char *activate = device_state (kari->device_id, "active");
  g_autoptr (HttpResult) list = NULL;
  g_autoptr (HttpResult) again = NULL;
  g_autoptr (HttpResult) renewed = NULL;

  http_test_must (test, 403, "not_allowed", "POST", "/v1/devices/state", ola->access, block);
  http_test_must (test, 200, NULL, "POST", "/v1/devices/state", per->access, block);
  http_test_must (test, 403, "device_blocked", HELLO, kari->access, NULL);
  http_test_must (test, 403, "device_blocked", "POST", "/v1/sync/push", kari->access, "{}");
  again = http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, kari->device_id);
  g_assert_cmpint (again->status, ==, 403);
  renewed = refresh (test, kari->refresh);
  g_assert_cmpint (renewed->status, ==, 403);
  http_test_must (test, 200, NULL, "POST", "/v1/devices/state", per->access, wipe);
  http_test_must (test, 403, "device_wiped", HELLO, kari->access, NULL);
  list = http_test_expect (test, 200, "GET", "/v1/devices", per->access, NULL);
  g_assert_nonnull (strstr (list->body, "\"state\":\"wiped\""));
  http_test_must (test, 200, NULL, "POST", "/v1/devices/state", per->access, activate);
  http_test_must (test, 200, NULL, HELLO, kari->access, NULL);
}

static void
a_lost_machine_is_wiped_by_its_owner (HttpTest *test)
{
  g_autoptr (HttpSession) lost = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *wipe = device_state (lost->device_id, "wiped");
  g_autofree char *activate = device_state (lost->device_id, "active");
  g_autoptr (HttpResult) list = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/devices/state", kari->access, wipe);
  http_test_must (test, 403, "device_wiped", HELLO, lost->access, NULL);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/devices/state", kari->access, activate);
  list = http_test_expect (test, 200, "GET", "/v1/devices", kari->access, NULL);
  g_assert_nonnull (strstr (list->body, lost->device_id));
}

static void
a_device_belongs_to_one_user (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpResult) result =
    http_test_try_sign_in (test, "skien", "ola", HTTP_TEST_PASSWORD, kari->device_id);
  g_autofree char *code = http_result_text (result, "code");

  g_assert_cmpint (result->status, ==, 403);
  g_assert_cmpstr (code, ==, "device_of_other");
}

static void
accounts_are_the_administrators (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autofree char *make = g_strdup_printf ("{\"user_id\":\"%s\",\"name\":\"ny\"}", kari->user_id);
  g_autofree char *taken = g_strdup_printf ("{\"user_id\":\"%s\",\"name\":\"ola\"}", kari->user_id);
  g_autofree char *unknown = g_strdup_printf ("{\"user_id\":\"%s\",\"name\":\"ny\"}", kari->device_id);
  g_autofree char *close = g_strdup_printf ("{\"user_id\":\"%s\",\"state\":\"closed\"}", per->user_id);
  g_autoptr (HttpResult) list = NULL;

  http_test_must (test, 403, "not_allowed", "GET", "/v1/accounts", kari->access, NULL);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/accounts", kari->access, make);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/accounts/state", kari->access, close);
  http_test_must (test, 400, "taken", "POST", "/v1/accounts", per->access, taken);
  http_test_must (test, 400, "not_found", "POST", "/v1/accounts", per->access, unknown);
  list = http_test_expect (test, 200, "GET", "/v1/accounts", per->access, NULL);
  g_assert_nonnull (strstr (list->body, "\"kari\""));
  g_assert_null (strstr (list->body, "argon2"));
}

static void
guessing_is_slowed_and_a_known_machine_is_not (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *device = new_device (test);
  int n_refused = 0;

  for (int i = 0; i < 8; i++)
    {
      g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "kari", "feil passord helt", device);

      g_assert_true (result->status == 401 || result->status == 429);
      if (result->status == 429)
        {
          n_refused++;
          g_assert_nonnull (strstr (result->head, "retry-after: "));
        }
    }
  g_assert_cmpint (n_refused, ==, 4);
  {
    g_autoptr (HttpResult) known =
      http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, kari->device_id);
    g_autoptr (HttpResult) early = http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, device);

    g_assert_cmpint (known->status, ==, 200);
    g_assert_cmpint (early->status, ==, 429);
  }
  pass_time (test, FORLOP_MINUTE);
  {
    g_autoptr (HttpResult) late = http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, device);

    g_assert_cmpint (late->status, ==, 200);
  }
}

static char *
dup_unit_push (HttpTest    *test,
               HttpSession *per,
               const char  *op_id)
{
  g_autofree char *unit_id = forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"save-unit\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"administrator\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"unit\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":"
    "{\"name\":\"Sone Vest\",\"kind\":\"zone\"}}]}]}",
    test->epoch, op_id, per->user_id, test->acts->office, unit_id);
}

static void
a_stream_tells_the_head_and_nothing_else (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (GSocketConnection) connection = http_test_connect (test);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n",
                                          kari->access);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *push = dup_unit_push (test, per, op_id);
  gboolean is_pushed = FALSE, is_signed_out = FALSE;

  http_test_send (connection, ask);
  while (TRUE)
    {
      g_autofree char *some = http_test_read_some (connection);

      if (some == NULL)
        break;
      g_string_append (seen, some);
      if (!is_pushed && strstr (seen->str, ":\n\n") != NULL)
        {
          g_autoptr (HttpResult) pushed =
            http_test_expect (test, 200, "POST", "/v1/sync/push", per->access, push);

          g_assert_nonnull (strstr (pushed->body, "\"seq\""));
          is_pushed = TRUE;
        }
      if (is_pushed && !is_signed_out &&
          g_strrstr (seen->str, "event: poke") != strstr (seen->str, "event: poke"))
        {
          http_test_must (test, 200, NULL, "POST", "/v1/auth/sign-out", kari->access, "{}");
          is_signed_out = TRUE;
        }
      /* The chunk of length nothing: the stream ended with the session. */
      if (g_str_has_suffix (seen->str, "\r\n0\r\n\r\n"))
        break;
    }
  g_assert_true (is_signed_out);
  g_assert_null (strstr (seen->str, "Vest"));
  g_assert_null (strstr (seen->str, op_id));
}

/* More than are poked at once; those that have to wait are not forgotten, nor is one that goes away. */
static void
every_stream_is_poked_in_its_turn (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *push = dup_unit_push (test, per, op_id);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < STREAMS; i++)
    {
      g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
      g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\n"
                                              "Authorization: Bearer %s\r\n\r\n", kari->access);
      GSocketConnection *connection = http_test_connect (test);

      g_ptr_array_add (connections, connection);
      http_test_send (connection, ask);
      while (TRUE)
        {
          g_autofree char *some = http_test_read_some (connection);

          g_assert_nonnull (some);
          if (strstr (some, "event: poke") != NULL)
            break;
        }
    }
  http_test_must (test, 200, NULL, "POST", "/v1/sync/push", per->access, push);
  g_assert_true (g_io_stream_close (g_ptr_array_index (connections, STREAMS - 1), NULL, NULL));
  for (int i = 0; i < STREAMS - 1; i++)
    while (TRUE)
      {
        g_autofree char *some = http_test_read_some (g_ptr_array_index (connections, i));

        g_assert_nonnull (some);
        if (strstr (some, "event: poke") != NULL)
          break;
      }
}

/* One machine cannot take all the connections. */
static void
a_session_has_two_streams_at_most (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *ask = g_strdup_printf ("GET /v1/sync/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                                          "Connection: close\r\n\r\n", kari->access);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HttpResult) first = NULL;

  for (int i = 0; i < 3; i++)
    {
      GSocketConnection *connection = http_test_connect (test);
      g_autofree char *some = NULL;

      g_ptr_array_add (connections, connection);
      http_test_send (connection, ask);
      some = http_test_read_some (connection);
      g_assert_nonnull (some);
    }
  /* Reads to its end; the others go on. */
  first = http_test_read (g_ptr_array_index (connections, 0));
  for (int i = 1; i < 3; i++)
    {
      g_autofree char *comment = http_test_read_some (g_ptr_array_index (connections, i));

      g_assert_nonnull (comment);
    }
}

/* Pure: what a guesser gets in a day, with a clock that is given. */
static void
test_guard_lets_few_guesses_through (void)
{
  ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { 0 };
  int n = 0;

  for (gint64 now = FORLOP_DAY; now < 2 * FORLOP_DAY; now += 1000)
    if (forlop_sign_in_guard_wait (counts, now) == 0)
      {
        forlop_sign_in_guard_count (counts, now);
        n++;
      }
  g_test_message ("%d guesses in a day", n);
  g_assert_cmpint (n, >, 3);
  g_assert_cmpint (n, <, 120);
}

static void
test_guard_counts_an_address_over_all_accounts (void)
{
  ForlopSignInCount address = { 0 };
  int n = 0;

  for (int i = 0; i < 5000; i++)
    {
      ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { [FORLOP_SIGN_IN_ADDRESS] = address };

      if (forlop_sign_in_guard_wait (counts, FORLOP_DAY + i * 10) > 0)
        continue;
      forlop_sign_in_guard_count (counts, FORLOP_DAY + i * 10);
      address = counts[FORLOP_SIGN_IN_ADDRESS];
      n++;
    }
  g_test_message ("%d guesses in 50 seconds", n);
  g_assert_cmpint (n, >, 5);
  g_assert_cmpint (n, <=, 20);
}

/* A stranger with a thousand addresses: nobody is refused, answers are late by seconds. */
static void
test_guard_locks_nobody_out (void)
{
  static ForlopSignInCount addresses[1000], pairs[1000];
  ForlopSignInCount account = { 0 };
  ForlopSignInCount owner[FORLOP_SIGN_IN_N_COUNTS] = { 0 };
  ForlopSignInCount known[FORLOP_SIGN_IN_N_COUNTS] = { 0 };

  for (int i = 0; i < 20000; i++)
    {
      ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { pairs[i % 1000], addresses[i % 1000], account };

      if (forlop_sign_in_guard_wait (counts, FORLOP_DAY) > 0)
        continue;
      forlop_sign_in_guard_count (counts, FORLOP_DAY);
      pairs[i % 1000] = counts[FORLOP_SIGN_IN_OWN];
      addresses[i % 1000] = counts[FORLOP_SIGN_IN_ADDRESS];
      account = counts[FORLOP_SIGN_IN_ACCOUNT];
    }
  owner[FORLOP_SIGN_IN_ACCOUNT] = account;
  g_assert_cmpint (forlop_sign_in_guard_wait (owner, FORLOP_DAY), ==, 0);
  g_assert_cmpint (forlop_sign_in_guard_hold (owner, FORLOP_DAY), ==, 5000);
  g_assert_cmpint (forlop_sign_in_guard_wait (known, FORLOP_DAY), ==, 0);
  g_assert_cmpint (forlop_sign_in_guard_hold (known, FORLOP_DAY), ==, 0);
}

typedef struct {
  ForlopTenant *tenant;
  ForlopSignInAttempt attempt;
  gint64 wait;
  gint64 hold;
} Guess;

static gpointer
guess_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Guess *self = user_data;

  return forlop_sign_in_guard_try (self->tenant->accounts, &self->attempt, forlop_clock_now (self->tenant->clock),
                                   &self->wait, &self->hold, error)
           ? self
           : NULL;
}

static gint64
guess (ForlopTenants *tenants,
       const char    *tenant)
{
  g_autoptr (GError) error = NULL;
  Guess self = { forlop_tenants_find (tenants, tenant), { "kari", "127.0.0.1", NULL }, 0, 0 };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, guess_on_worker, &self, NULL, &error));
  g_assert_no_error (error);

  return self.wait;
}

/* In PostgreSQL a second process has the same municipalities. */
static void
wrong_passwords_are_counted_for_every_process (HttpTest *test)
{
  g_autofree char *device = new_device (test);
  g_autoptr (ForlopTenants) others = http_test_open_tenants_again (test);
  ForlopTenants *tenants = others != NULL ? others : test->tenants;

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "kari", "feil passord helt", device);

      g_assert_cmpint (result->status, ==, 401);
    }
  g_assert_cmpint (guess (tenants, "skien"), >, 0);
  g_assert_cmpint (guess (tenants, "bamble"), ==, 0);
}

static gpointer
fill_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Guess *self = user_data;
  gint64 now = forlop_clock_now (self->tenant->clock);

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *account = g_strdup_printf ("%d", i);
      g_autofree char *address = g_strdup_printf ("2001:db8::%d", i);
      ForlopSignInAttempt attempt = { account, address, NULL };

      if (!forlop_sign_in_guard_try (self->tenant->accounts, &attempt, now, &self->wait, &self->hold, error))
        return NULL;
    }

  return forlop_sign_in_guard_trim (self->tenant->accounts, 100, now, error) ? self : NULL;
}

/* Counts of one go, those of somebody who really guesses stay. */
static void
counts_do_not_grow_for_ever (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  Guess self = { forlop_tenants_find (test->tenants, "skien"), { 0 }, 0, 0 };
  int n = 0;

  while (guess (test->tenants, "skien") == 0)
    n++;
  g_assert_cmpint (n, ==, 4);
  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, fill_on_worker, &self, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (guess (test->tenants, "skien"), >, 0);
  g_assert_cmpint (http_test_count_rows (test, "sign_in_count"), <, 100);
}

static void
test_rate_comes_back_with_time (void)
{
  g_autoptr (ForlopRateLimit) rate = forlop_rate_limit_new (10, 40);
  gint64 wait_ms = 0;
  int n = 0;

  while (forlop_rate_limit_take (rate, "a", 0, &wait_ms))
    n++;
  g_assert_cmpint (n, ==, 40);
  g_assert_cmpint (wait_ms, >, 0);
  g_assert_cmpint (wait_ms, <=, 101);
  g_assert_true (forlop_rate_limit_take (rate, "b", 0, &wait_ms));
  for (n = 0; forlop_rate_limit_take (rate, "a", G_USEC_PER_SEC, &wait_ms);)
    n++;
  g_assert_cmpint (n, ==, 10);
}

static void
test_passwords_are_checked_and_not_kept (void)
{
  g_autofree char *hash = forlop_password_hash ("fire ord uten sammenheng");
  g_autofree char *one = forlop_password_new_one_time ();
  g_autofree char *two = forlop_password_new_one_time ();

  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_null (strstr (hash, "sammenheng"));
  g_assert_true (forlop_password_verify (hash, "fire ord uten sammenheng"));
  g_assert_false (forlop_password_verify (hash, "fire ord uten sammenhenG"));
  g_assert_false (forlop_password_verify (NULL, "fire ord uten sammenheng"));
  g_assert_cmpint (strlen (one), ==, 23);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (forlop_password_check (one, "kari", NULL));
  g_assert_false (forlop_password_check ("aaaaaaaaaaaaaaaa", "kari", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/guard/lets-few-guesses-through", test_guard_lets_few_guesses_through);
  g_test_add_func ("/guard/counts-an-address-over-all-accounts", test_guard_counts_an_address_over_all_accounts);
  g_test_add_func ("/guard/locks-nobody-out", test_guard_locks_nobody_out);
  g_test_add_func ("/rate/comes-back-with-time", test_rate_comes_back_with_time);
  g_test_add_func ("/password/is-checked-and-not-kept", test_passwords_are_checked_and_not_kept);
  http_test_add ("/accounts/a-first-password-must-be-changed", a_first_password_must_be_changed, NULL);
  http_test_add ("/accounts/a-first-password-is-worth-a-week", a_first_password_is_worth_a_week, NULL);
  http_test_add ("/accounts/what-is-wrong-is-not-told", what_is_wrong_is_not_told, NULL);
  http_test_add ("/accounts/a-forged-token-is-worth-nothing", a_forged_token_is_worth_nothing, NULL);
  http_test_add ("/accounts/a-token-of-another-municipality-opens-only-that",
                 a_token_of_another_municipality_opens_only_that, NULL);
  http_test_add ("/accounts/a-session-ends-after-twelve-hours", a_session_ends_after_twelve_hours, NULL);
  http_test_add ("/accounts/a-lost-answer-is-asked-for-again", a_lost_answer_is_asked_for_again, NULL);
  http_test_add ("/accounts/a-stolen-refresh-token-ends-the-session", a_stolen_refresh_token_ends_the_session, NULL);
  http_test_add ("/accounts/signing-out-ends-it", signing_out_ends_it, NULL);
  http_test_add ("/accounts/a-blocked-device-gets-nothing", a_blocked_device_gets_nothing, NULL);
  http_test_add ("/accounts/a-lost-machine-is-wiped-by-its-owner", a_lost_machine_is_wiped_by_its_owner, NULL);
  http_test_add ("/accounts/a-device-belongs-to-one-user", a_device_belongs_to_one_user, NULL);
  http_test_add ("/accounts/are-the-administrators", accounts_are_the_administrators, NULL);
  http_test_add ("/accounts/wrong-passwords-are-counted-for-every-process",
                 wrong_passwords_are_counted_for_every_process, NULL);
  http_test_add ("/accounts/counts-do-not-grow-for-ever", counts_do_not_grow_for_ever, NULL);
  http_test_add ("/accounts/guessing-is-slowed-and-a-known-machine-is-not",
                 guessing_is_slowed_and_a_known_machine_is_not, NULL);
  http_test_add ("/events/a-session-has-two-streams-at-most", a_session_has_two_streams_at_most, NULL);
  http_test_add ("/events/every-stream-is-poked-in-its-turn", every_stream_is_poked_in_its_turn,
                 &forlop_http_default_limits);
  http_test_add ("/events/a-stream-tells-the-head-and-nothing-else", a_stream_tells_the_head_and_nothing_else, NULL);

  return g_test_run ();
}
