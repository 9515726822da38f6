/* SPDX-License-Identifier: EUPL-1.2 */

/* Who gets in, and for how long. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#define HELLO "GET", "/v1/sync/hello"

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

  people_move_clock (test, 8 * FORLOP_DAY);
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
    { "POST", "/v1/accounts/state" }, { "GET", "/v1/gateway" }, { "POST", "/v1/gateway/try" },
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

  people_move_clock (test, 10 * FORLOP_MINUTE);
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
      people_move_clock (test, FORLOP_HOUR);
    }
  people_move_clock (test, FORLOP_HOUR);
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
  g_assert_nonnull (strstr (list->body, "\"account\":\"kari\",\"person\":\"Kari\""));
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
  g_assert_nonnull (strstr (list->body, "\"name\":\"kari\",\"person\":\"Kari\""));
  g_assert_null (strstr (list->body, "argon2"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

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

  return g_test_run ();
}
