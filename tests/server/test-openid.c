/* SPDX-License-Identifier: EUPL-1.2 */

/* Sign-in by browser against a certified provider, and everything that somebody who is not meant to may try. */

#include "browser-test-util.h"
#include "http-test-util.h"
#include "openid-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-accounts-browser.h"

#define BEGIN "POST", "/v1/auth/browser"
#define FINISH "POST", "/v1/auth/browser/finish"
#define REDIRECT "http://127.0.0.1:49152/"

/* Starting one takes a second: it serves every test. */
static TestProvider *provider;

/* A sign-in that has come back from the browser. */
typedef struct {
  char *request;
  char *state;
  char *code;
  char *url;
} Attempt;

static void
attempt_free (Attempt *self)
{
  g_free (self->request);
  g_free (self->state);
  g_free (self->code);
  g_free (self->url);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

/* The provider's clock is the machine's. */
static void
begin_test (HttpTest *test)
{
  g_autoptr (GError) error = NULL;

  forlop_clock_set (test->acts->clock, g_get_real_time () / 1000);
  g_assert_true (forlop_tenants_load_providers (test->tenants, provider->folder, &error));
  g_assert_no_error (error);
}

static Attempt *
begin (HttpTest   *test,
       const char *tenant,
       gboolean    asks_again)
{
  g_autofree char *body = g_strdup_printf ("{\"tenant\":\"%s\",\"redirect_uri\":\"" REDIRECT "\",\"fresh\":%s}",
                                           tenant, asks_again ? "true" : "false");
  g_autoptr (HttpResult) result = http_test_expect (test, 200, BEGIN, NULL, body);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->request = http_result_text (result, "request");
  attempt->state = http_result_text (result, "state");
  attempt->url = http_result_text (result, "url");
  g_assert_null (strstr (attempt->url, attempt->state));

  return attempt;
}

static void
visit (Attempt     *attempt,
       TestBrowser *browser,
       const char  *name)
{
  g_autofree char *back = test_browser_visit (browser, attempt->url, name, REDIRECT);
  g_autofree char *state = test_browser_parameter (back, "state");

  attempt->code = test_browser_parameter (back, "code");
  g_assert_cmpstr (state, ==, attempt->state);
  g_assert_nonnull (attempt->code);
}

static Attempt *
come_back (HttpTest   *test,
           const char *tenant,
           const char *name)
{
  g_autoptr (TestBrowser) browser = test_browser_new ();
  Attempt *attempt = begin (test, tenant, FALSE);

  visit (attempt, browser, name);

  return attempt;
}

static HttpResult *
finish_with (HttpTest   *test,
             const char *request,
             const char *state,
             const char *code,
             const char *issuer,
             const char *device)
{
  g_autofree char *made = device == NULL ? forlop_id_source_next (test->acts->ids, 0) : NULL;
  g_autofree char *body =
    g_strdup_printf ("{\"request\":\"%s\",\"state\":\"%s\",\"code\":\"%s\",\"iss\":\"%s\","
                     "\"device\":{\"id\":\"%s\",\"name\":\"test\"}}",
                     request, state, code, issuer, device != NULL ? device : made);

  return http_test_ask (test, FINISH, NULL, body);
}

static HttpResult *
finish (HttpTest      *test,
        const Attempt *attempt)
{
  return finish_with (test, attempt->request, attempt->state, attempt->code, provider->issuer, NULL);
}

static void
must_fail (HttpResult *result,
           int         status,
           const char *code)
{
  g_autofree char *found = http_result_text (result, "code");

  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (found, ==, code);
  g_assert_null (strstr (result->body, "access_token"));
  http_result_free (result);
}

static void
link_to (HttpTest   *test,
         const char *tenant,
         const char *name,
         const char *subject)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, tenant, "per");
  g_autoptr (HttpSession) user = http_test_sign_in (test, tenant, name);
  g_autofree char *body = g_strdup_printf ("{\"user_id\":\"%s\",\"subject\":\"%s\"}", user->user_id, subject);

  http_test_must (test, 200, NULL, "POST", "/v1/accounts/link", per->access, body);
}

static void
a_user_signs_in (HttpTest *test)
{
  static const char *const tenants[] = { "skien", "bamble" };

  begin_test (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (tenants); i++)
    {
      g_autoptr (Attempt) attempt = NULL;
      g_autoptr (HttpResult) result = NULL;
      g_autoptr (HttpSession) kari = http_test_sign_in (test, tenants[i], "kari");
      g_autoptr (HttpSession) per = http_test_sign_in (test, tenants[i], "per");
      g_autoptr (HttpResult) accounts = NULL;
      g_autofree char *access = NULL;
      g_autofree char *user_id = NULL;

      link_to (test, tenants[i], "kari", "248289761001");
      accounts = http_test_expect (test, 200, "GET", "/v1/accounts", per->access, NULL);
      g_assert_nonnull (strstr (accounts->body, "\"browser\":true"));
      g_assert_nonnull (strstr (accounts->body, "\"browser\":false"));
      g_assert_nonnull (strstr (accounts->body, "\"password\":true"));
      attempt = come_back (test, tenants[i], "248289761001");
      result = finish (test, attempt);
      g_assert_cmpint (result->status, ==, 200);
      access = http_result_text (result, "access_token");
      user_id = http_result_text (result, "user_id");
      g_assert_cmpstr (user_id, ==, kari->user_id);
      g_assert_true (g_str_has_prefix (access, tenants[i]));
      g_assert_nonnull (strstr (result->body, "\"must_change_password\":false"));
      http_test_must (test, 200, NULL, "GET", "/v1/devices", access, NULL);
    }
}

/* Nothing is made for somebody who is not linked, nor for whose account is closed. */
static void
an_unknown_person_gets_nothing (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *close = g_strdup_printf ("{\"user_id\":\"%s\",\"state\":\"closed\"}", ola->user_id);
  g_autoptr (Attempt) unknown = NULL;
  g_autoptr (Attempt) closed = NULL;
  g_autoptr (HttpResult) result = NULL;
  gint64 n_accounts, n_sessions, n_devices;

  begin_test (test);
  link_to (test, "skien", "ola", "70");
  g_clear_pointer (&per, http_session_free);
  per = http_test_sign_in (test, "skien", "per");
  http_test_must (test, 200, NULL, "POST", "/v1/accounts/state", per->access, close);
  n_accounts = http_test_count_rows (test, "account");
  n_sessions = http_test_count_rows (test, "session");
  n_devices = http_test_count_rows (test, "device_name");

  unknown = come_back (test, "skien", "71");
  result = finish (test, unknown);
  g_assert_nonnull (strstr (result->body, " 71."));
  must_fail (g_steal_pointer (&result), 403, "unknown_person");
  closed = come_back (test, "skien", "70");
  must_fail (finish (test, closed), 403, "unknown_person");
  g_assert_cmpint (http_test_count_rows (test, "account"), ==, n_accounts);
  g_assert_cmpint (http_test_count_rows (test, "session"), ==, n_sessions);
  g_assert_cmpint (http_test_count_rows (test, "device_name"), ==, n_devices);
  g_assert_cmpint (http_test_count_rows (test, "browser_sign_in"), ==, 0);
}

static void
a_code_works_once (HttpTest *test)
{
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (Attempt) other = NULL;
  g_autoptr (HttpResult) result = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "1");
  attempt = come_back (test, "skien", "1");
  result = finish (test, attempt);
  g_assert_cmpint (result->status, ==, 200);
  must_fail (finish (test, attempt), 401, "sign_in_failed");
  /* In a sign-in that is still good, the provider itself says no. */
  other = begin (test, "skien", FALSE);
  must_fail (finish_with (test, other->request, other->state, attempt->code, provider->issuer, NULL), 401,
             "sign_in_failed");
}

/* A guess spends the sign-in: there is no second one. */
static void
a_wrong_state_ends_the_sign_in (HttpTest *test)
{
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (Attempt) other = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "2");
  attempt = come_back (test, "skien", "2");
  other = begin (test, "skien", FALSE);
  must_fail (finish_with (test, attempt->request, other->state, attempt->code, provider->issuer, NULL), 401,
             "sign_in_failed");
  must_fail (finish (test, attempt), 401, "sign_in_failed");
}

/* The attacker's own code in the victim's sign-in, and the other way round. */
static void
the_code_of_another_sign_in_is_refused (HttpTest *test)
{
  g_autoptr (Attempt) mine = NULL;
  g_autoptr (Attempt) yours = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "3");
  link_to (test, "skien", "ola", "4");
  mine = come_back (test, "skien", "3");
  yours = come_back (test, "skien", "4");
  must_fail (finish_with (test, mine->request, mine->state, yours->code, provider->issuer, NULL), 401,
             "sign_in_failed");
  must_fail (finish_with (test, yours->request, mine->state, yours->code, provider->issuer, NULL), 401,
             "sign_in_failed");
}

static void
another_provider_is_refused (HttpTest *test)
{
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (Attempt) silent = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "5");
  attempt = come_back (test, "skien", "5");
  must_fail (finish_with (test, attempt->request, attempt->state, attempt->code, "http://127.0.0.1:1", NULL), 401,
             "sign_in_failed");
  silent = come_back (test, "skien", "5");
  must_fail (finish_with (test, silent->request, silent->state, silent->code, "", NULL), 401, "sign_in_failed");
}

static void
a_sign_in_is_worth_ten_minutes (HttpTest *test)
{
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (Attempt) next = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "6");
  attempt = come_back (test, "skien", "6");
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 10 * FORLOP_MINUTE);
  must_fail (finish (test, attempt), 401, "sign_in_failed");

  /* One that nobody came back for goes with the next. */
  forlop_clock_set (test->acts->clock, g_get_real_time () / 1000);
  g_clear_pointer (&attempt, attempt_free);
  attempt = begin (test, "skien", FALSE);
  g_assert_cmpint (http_test_count_rows (test, "browser_sign_in"), ==, 1);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 10 * FORLOP_MINUTE);
  next = begin (test, "skien", FALSE);
  g_assert_cmpint (http_test_count_rows (test, "browser_sign_in"), ==, 1);
  must_fail (finish_with (test, attempt->request, attempt->state, "code", "", NULL), 401, "sign_in_failed");
  g_assert_cmpint (http_test_count_rows (test, "browser_sign_in"), ==, 1);
}

/* The name of a municipality in front of another's secret, and a session of one at the other. */
static void
nothing_is_worth_anything_elsewhere (HttpTest *test)
{
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (HttpResult) result = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *access = NULL;
  g_autofree char *token_elsewhere = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "7");
  link_to (test, "bamble", "kari", "7");
  attempt = come_back (test, "skien", "7");
  elsewhere = g_strconcat ("bamble", attempt->request + strlen ("skien"), NULL);
  must_fail (finish_with (test, elsewhere, attempt->state, attempt->code, provider->issuer, NULL), 401,
             "sign_in_failed");
  result = finish (test, attempt);
  g_assert_cmpint (result->status, ==, 200);
  access = http_result_text (result, "access_token");
  token_elsewhere = g_strconcat ("bamble", access + strlen ("skien"), NULL);
  http_test_must (test, 401, "not_signed_in", "GET", "/v1/devices", token_elsewhere, NULL);
  http_test_must (test, 401, "not_signed_in", "GET", "/v1/devices", attempt->request, NULL);
}

typedef struct {
  ForlopTenants *tenants;
  const char *body;
} Elsewhere;

static gpointer
finish_elsewhere_on_worker (gpointer       user_data,
                            GCancellable  *cancellable G_GNUC_UNUSED,
                            GError       **error)
{
  Elsewhere *self = user_data;
  g_autoptr (ForlopServerCall) call = g_new0 (ForlopServerCall, 1);

  call->tenants = self->tenants;
  call->text = g_strdup (self->body);
  call->length = strlen (self->body);
  call->address = g_strdup ("127.0.0.1");
  call->request_id = g_strdup ("elsewhere");
  g_assert_nonnull (forlop_accounts_browser_choose (call));

  return forlop_accounts_browser_finish (call, error);
}

/* In PostgreSQL: the browser leaves from one process and comes back to another, which has never asked the
 * provider. */
static void
another_process_knows_the_sign_in (HttpTest *test)
{
  g_autoptr (ForlopTenants) others = http_test_open_tenants_again (test);
  g_autoptr (Attempt) attempt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncReply) reply = NULL;
  g_autofree char *device = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = NULL;
  Elsewhere elsewhere = { .tenants = others != NULL ? others : test->tenants };

  begin_test (test);
  if (others != NULL)
    g_assert_true (forlop_tenants_load_providers (others, provider->folder, &error));
  link_to (test, "skien", "kari", "11");
  attempt = come_back (test, "skien", "11");
  body = g_strdup_printf ("{\"request\":\"%s\",\"state\":\"%s\",\"code\":\"%s\",\"iss\":\"%s\","
                          "\"device\":{\"id\":\"%s\",\"name\":\"test\"}}",
                          attempt->request, attempt->state, attempt->code, provider->issuer, device);
  elsewhere.body = body;
  reply = forlop_worker_run_sync (
    forlop_openid_provider_get_worker (forlop_tenants_find_provider (elsewhere.tenants, "skien")), finish_elsewhere_on_worker,
    &elsewhere, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  must_fail (finish (test, attempt), 401, "sign_in_failed");
}

static void
the_device_stays_its_owners (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (Attempt) attempt = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "8");
  attempt = come_back (test, "skien", "8");
  must_fail (finish_with (test, attempt->request, attempt->state, attempt->code, provider->issuer,
                          ola->device_id), 403, "device_of_other");
}

/* Who is signed in with the provider already is not asked; for emergency access that is too little. */
static void
an_old_sign_in_with_the_provider_is_not_fresh (HttpTest *test)
{
  g_autoptr (TestBrowser) browser = test_browser_new ();
  g_autoptr (Attempt) first = NULL;
  g_autoptr (Attempt) second = NULL;
  g_autoptr (Attempt) third = NULL;
  g_autoptr (HttpResult) result = NULL;
  g_autoptr (HttpResult) again = NULL;
  g_autofree char *access = NULL;
  g_autofree char *body =
    g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"Fant henne p\xc3\xa5 gulvet\"}", test->citizen_id);

  begin_test (test);
  link_to (test, "skien", "ola", "9");
  first = begin (test, "skien", FALSE);
  visit (first, browser, "9");
  g_assert_cmpuint (test_browser_asked (browser), ==, 1);

  second = begin (test, "skien", FALSE);
  visit (second, browser, NULL);
  g_assert_cmpuint (test_browser_asked (browser), ==, 1);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 9 * FORLOP_MINUTE);
  again = finish (test, second);
  g_assert_cmpint (again->status, ==, 200);
  access = http_result_text (again, "access_token");
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 7 * FORLOP_MINUTE);
  {
    g_autofree char *refresh = http_result_text (again, "refresh_token");
    g_autoptr (HttpResult) renewed = http_test_expect (test, 200, "POST", "/v1/auth/refresh", refresh, "{}");

    g_free (access);
    access = http_result_text (renewed, "access_token");
  }
  http_test_must (test, 401, "sign_in_again", "POST", "/v1/break-glass", access, body);

  begin_test (test);
  third = begin (test, "skien", TRUE);
  visit (third, browser, "9");
  g_assert_cmpuint (test_browser_asked (browser), ==, 2);
  result = finish (test, third);
  g_assert_cmpint (result->status, ==, 200);
}

static void
only_an_administrator_links (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) per = NULL;
  g_autofree char *body = g_strdup_printf ("{\"user_id\":\"%s\",\"subject\":\"10\"}", kari->user_id);
  g_autofree char *unknown = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *nobody = g_strdup_printf ("{\"user_id\":\"%s\",\"subject\":\"10\"}", unknown);
  g_autofree char *nothing = g_strdup_printf ("{\"user_id\":\"%s\",\"subject\":\"\"}", kari->user_id);

  http_test_must (test, 404, "no_browser_sign_in", "POST", "/v1/accounts/link", kari->access, body);
  begin_test (test);
  g_clear_pointer (&kari, http_session_free);
  kari = http_test_sign_in (test, "skien", "kari");
  per = http_test_sign_in (test, "skien", "per");
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/accounts/link", NULL, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/accounts/link", kari->access, body);
  http_test_must (test, 400, "malformed", "POST", "/v1/accounts/link", per->access, nothing);
  http_test_must (test, 400, "malformed", "POST", "/v1/accounts/link", per->access, "{}");
  http_test_must (test, 400, "invalid", "POST", "/v1/accounts/link", per->access, nobody);
  g_assert_cmpint (http_test_count_rows (test, "identity"), ==, 0);
}

/* One person's sign-in does not become another's by a slip of the row. */
static void
a_number_is_of_one_user (HttpTest *test)
{
  g_autoptr (HttpSession) per = NULL;
  g_autoptr (HttpSession) ola = NULL;
  g_autoptr (HttpSession) kari = NULL;
  g_autofree char *body = NULL;
  g_autofree char *unlink = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "13");
  link_to (test, "skien", "kari", "13");
  link_to (test, "bamble", "kari", "13");
  per = http_test_sign_in (test, "skien", "per");
  ola = http_test_sign_in (test, "skien", "ola");
  body = g_strdup_printf ("{\"user_id\":\"%s\",\"subject\":\"13\"}", ola->user_id);
  http_test_must (test, 400, "invalid", "POST", "/v1/accounts/link", per->access, body);
  kari = http_test_sign_in (test, "skien", "kari");
  unlink = g_strdup_printf ("{\"user_id\":\"%s\"}", kari->user_id);
  http_test_must (test, 200, NULL, "POST", "/v1/accounts/unlink", per->access, unlink);
  link_to (test, "skien", "ola", "13");
}

/* Who is unlinked is told the number again, and the other municipality's link stays. */
static void
only_an_administrator_unlinks (HttpTest *test)
{
  g_autoptr (HttpSession) kari = NULL;
  g_autoptr (HttpSession) per = NULL;
  g_autofree char *body = NULL;

  begin_test (test);
  link_to (test, "skien", "kari", "12");
  link_to (test, "bamble", "kari", "12");
  kari = http_test_sign_in (test, "skien", "kari");
  per = http_test_sign_in (test, "skien", "per");
  body = g_strdup_printf ("{\"user_id\":\"%s\"}", kari->user_id);
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/accounts/unlink", NULL, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/accounts/unlink", kari->access, body);
  http_test_must (test, 400, "malformed", "POST", "/v1/accounts/unlink", per->access, "{}");
  g_assert_cmpint (http_test_count_rows (test, "identity"), ==, 1);
  http_test_must (test, 200, NULL, "POST", "/v1/accounts/unlink", per->access, body);
  g_assert_cmpint (http_test_count_rows (test, "identity"), ==, 0);
  http_test_must (test, 200, NULL, "POST", "/v1/accounts/unlink", per->access, body);
}

static void
a_malformed_request_is_refused (HttpTest *test)
{
  static const char *const begins[] = {
    "", "{", "[]", "{}", "{\"tenant\":\"skien\"}", "{\"tenant\":7,\"redirect_uri\":\"" REDIRECT "\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1:80/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1:65536/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1:49152/x\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1:49152\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://127.0.0.1:49152@evil.example/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"http://localhost:49152/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"https://evil.example/\"}",
    "{\"tenant\":\"skien\",\"redirect_uri\":\"" REDIRECT "\",\"fresh\":\"yes\"}",
  };
  static const char *const finishes[] = {
    "", "{", "{}", "{\"request\":\"skien.x\"}",
    "{\"request\":\"skien.x\",\"state\":\"s\",\"code\":\"c\"}",
    "{\"request\":\"skien.x\",\"state\":\"s\",\"code\":\"c\",\"device\":{\"id\":\"7\",\"name\":\"x\"}}",
  };

  begin_test (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (begins); i++)
    http_test_must (test, 400, "malformed", BEGIN, NULL, begins[i]);
  for (unsigned int i = 0; i < G_N_ELEMENTS (finishes); i++)
    http_test_must (test, 400, "malformed", FINISH, NULL, finishes[i]);
  http_test_must (test, 404, "no_browser_sign_in", BEGIN, NULL,
                  "{\"tenant\":\"porsgrunn\",\"redirect_uri\":\"" REDIRECT "\"}");
  must_fail (finish_with (test, "skien.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "s", "c", "", NULL), 401,
             "sign_in_failed");
  must_fail (finish_with (test, "porsgrunn.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "s", "c", "", NULL), 401,
             "sign_in_failed");
  g_assert_cmpint (http_test_count_rows (test, "browser_sign_in"), ==, 0);
}

/* One address cannot fill the server with sign-ins that nobody comes back for. */
static void
sign_ins_begun_are_limited (HttpTest *test)
{
  int status = 200;

  begin_test (test);
  for (int i = 0; i < 60 && status == 200; i++)
    {
      g_autoptr (HttpResult) result =
        http_test_ask (test, BEGIN, NULL, "{\"tenant\":\"skien\",\"redirect_uri\":\"" REDIRECT "\"}");

      status = result->status;
      if (status == 200)
        continue;
      g_assert_nonnull (strstr (result->head, "retry-after"));
      g_assert_nonnull (strstr (result->body, "\"too_many_sign_ins\""));
    }
  g_assert_cmpint (status, ==, 429);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = { "skien", "bamble", NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  provider = test_provider_new (names);

#define ADD(name, func) http_test_add ("/openid/" name, func, NULL)
  ADD ("a-user-signs-in", a_user_signs_in);
  ADD ("an-unknown-person-gets-nothing", an_unknown_person_gets_nothing);
  ADD ("a-code-works-once", a_code_works_once);
  ADD ("a-wrong-state-ends-the-sign-in", a_wrong_state_ends_the_sign_in);
  ADD ("the-code-of-another-sign-in-is-refused", the_code_of_another_sign_in_is_refused);
  ADD ("another-provider-is-refused", another_provider_is_refused);
  ADD ("a-sign-in-is-worth-ten-minutes", a_sign_in_is_worth_ten_minutes);
  ADD ("nothing-is-worth-anything-elsewhere", nothing_is_worth_anything_elsewhere);
  ADD ("another-process-knows-the-sign-in", another_process_knows_the_sign_in);
  ADD ("the-device-stays-its-owners", the_device_stays_its_owners);
  ADD ("an-old-sign-in-with-the-provider-is-not-fresh", an_old_sign_in_with_the_provider_is_not_fresh);
  ADD ("only-an-administrator-links", only_an_administrator_links);
  ADD ("a-number-is-of-one-user", a_number_is_of_one_user);
  ADD ("only-an-administrator-unlinks", only_an_administrator_unlinks);
  ADD ("a-malformed-request-is-refused", a_malformed_request_is_refused);
  ADD ("sign-ins-begun-are-limited", sign_ins_begun_are_limited);
#undef ADD

  status = g_test_run ();
  test_provider_free (provider);

  return status;
}
