/* SPDX-License-Identifier: EUPL-1.2 */

/* Search, take-up and emergency access over HTTP, as the right and as the wrong user. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

static void
a_search_tells_little_and_is_logged (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autofree char *id = people_register (test, ola, "");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", siri->access, "{\"text\":\"sver 17.05.1941\"}");

  g_assert_nonnull (strstr (result->body, id));
  g_assert_nonnull (strstr (result->body, "\"family_name\":\"Sund\""));
  g_assert_nonnull (strstr (result->body, "\"birth_date\":\"1941-05-17\""));
  g_assert_nonnull (strstr (result->body, "Sone Sør"));
  g_assert_null (strstr (result->body, "Storgata"));
  g_assert_cmpuint (people_count_access (test, "search hit", siri->user_id, NULL), ==, 1);
  http_test_must (test, 400, "too_short", "POST", "/v1/search", siri->access, "{\"text\":\"sv\"}");
  http_test_must (test, 400, "malformed", "POST", "/v1/search", siri->access, "{\"text\":7}");
  g_assert_cmpuint (people_count_access (test, "search hit", siri->user_id, NULL), ==, 1);
}

static void
a_protected_address_is_never_found (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *id = people_register (test, ola, ",\"address_protection\":\"strictly_confidential\"");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", ola->access, "{\"text\":\"sverre\"}");

  g_assert_null (strstr (result->body, id));
}

static void
only_some_functions_search (HttpTest *test)
{
  static const char *const others[] = { "geir", "liv", "per" };
  g_autoptr (HttpSession) neighbour = http_test_sign_in (test, "bamble", "siri");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *id = people_register (test, ola, "");
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", neighbour->access, "{\"text\":\"sverre\"}");

  g_assert_null (strstr (result->body, id));
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/search", NULL, "{\"text\":\"sverre\"}");
  for (unsigned int i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HttpSession) other = http_test_sign_in (test, "skien", others[i]);

      http_test_must (test, 403, "not_allowed", "POST", "/v1/search", other->access, "{\"text\":\"sverre\"}");
    }
}

static void
break_glass_opens_logs_and_tells_the_leader (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autoptr (HttpSession) geir = http_test_sign_in (test, "skien", "geir");
  g_autofree char *before = http_test_pull_all (test, ola);
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *unknown = people_ask_for (ola->user_id, "Funnet bevisstløs på gata");
  g_autofree char *curt = people_ask_for (test->citizen_id, "   haster   ");
  g_autoptr (HttpResult) opened = NULL;
  g_autofree char *after = NULL;
  g_autofree char *leader = NULL;
  g_autofree char *spo2 = NULL;

  g_assert_null (strstr (before, test->citizen_id));
  http_test_must (test, 400, "reason", "POST", "/v1/break-glass", ola->access, curt);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/break-glass", geir->access, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/break-glass", liv->access, body);
  http_test_must (test, 404, "not_found", "POST", "/v1/break-glass", ola->access, unknown);
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/break-glass", NULL, body);
  opened = http_test_expect (test, 200, "POST", "/v1/break-glass", ola->access, body);
  g_assert_nonnull (strstr (opened->body, "valid_to"));
  http_test_must (test, 409, "already", "POST", "/v1/break-glass", ola->access, body);

  after = http_test_pull_all (test, ola);
  leader = http_test_pull_all (test, liv);
  g_assert_nonnull (strstr (after, "\"code\":\"spo2\""));
  g_assert_nonnull (strstr (leader, "\"kind\":\"review_access\""));
  g_assert_nonnull (strstr (leader, "Funnet bevisstløs på gata"));
  g_assert_nonnull (strstr (leader, test->citizen_id));
  g_assert_null (strstr (leader, "Haug"));
  g_assert_cmpuint (people_count_access (test, "break-glass", ola->user_id, "Funnet bevisstløs på gata"), ==, 1);
  g_assert_cmpuint (people_count_access (test, "break-glass", geir->user_id, NULL), ==, 0);
}

static void
the_leader_of_another_unit_hears_neither_of_whom_nor_why (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autofree char *id = people_register (test, ola, "");
  g_autofree char *body = people_ask_for (id, "Funnet bevisstløs på gata");
  g_autofree char *leader = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", siri->access, body);
  leader = http_test_pull_all (test, liv);
  g_assert_nonnull (strstr (leader, "\"kind\":\"review_access\""));
  g_assert_null (strstr (leader, id));
  g_assert_null (strstr (leader, "Funnet bevisstløs på gata"));
}

static void
break_glass_ends_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *fill = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"c:%s\",\"limit\":10}",
                                           test->epoch, test->citizen_id);
  g_autofree char *gone = g_strdup_printf ("{\"scope\":\"c:%s\",\"gen\":1,\"active\":false}", test->citizen_id);
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *again = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", ola->access, fill);
  people_move_clock (test, FORLOP_SYNC_BREAK_GLASS_MS);
  later = http_test_sign_in (test, "skien", "ola");
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", later->access, fill);
  rows = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (rows, gone));
  g_assert_null (strstr (rows, "\"code\":\"spo2\""));
  g_assert_cmpuint (people_count_access (test, "break-glass ended", ola->user_id, NULL), ==, 1);

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", later->access, body);
  again = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (again, "\"gen\":2,\"active\":true"));
}

static void
break_glass_wants_a_fresh_sign_in (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autoptr (HttpResult) refreshed = NULL;
  g_autoptr (HttpSession) again = NULL;
  g_autofree char *access = NULL;

  people_move_clock (test, FORLOP_SYNC_FRESH_MS + 1);
  refreshed = http_test_expect (test, 200, "POST", "/v1/auth/refresh", ola->refresh, "{}");
  access = http_result_text (refreshed, "access_token");
  http_test_must (test, 401, "sign_in_again", "POST", "/v1/break-glass", access, body);
  again = http_test_sign_in (test, "skien", "ola");
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", again->access, body);
}

static void
a_caseworker_takes_up_a_citizen_found (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *id = people_register (test, ola, "");
  g_autofree char *before = http_test_pull_all (test, siri);
  g_autofree char *body = people_ask_for (id, "Søknad om digital oppfølging kom i dag");
  g_autofree char *case_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *referral_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"case\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\",\"office_unit_id\":\"%s\","
    "\"profile_id\":\"%s\",\"status\":\"open\",\"number\":\"2026-77\",\"opened_on\":\"2026-03-12\"}}", case_id, id, id,
    test->acts->office, test->acts->profile);
  g_autofree char *after = NULL;
  g_autofree char *others = NULL;
  g_autoptr (HttpResult) refused = NULL;
  g_autoptr (HttpResult) pushed = NULL;

  g_assert_null (strstr (before, id));
  http_test_must (test, 403, "not_allowed", "POST", "/v1/take-up", kari->access, body);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/take-up", ola->access, body);
  refused = people_push_new (test, siri, test->acts->caseworker, 1, "register-referral", ops);
  if (strstr (refused->body, "scope_revoked") == NULL)
    g_error ("%s", refused->body);
  http_test_must (test, 200, NULL, "POST", "/v1/take-up", siri->access, body);
  http_test_must (test, 409, "already", "POST", "/v1/take-up", siri->access, body);
  after = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (after, "Storgata 1"));
  others = http_test_pull_all (test, kari);
  g_assert_null (strstr (others, id));
  g_assert_cmpuint (people_count_access (test, "taken up", siri->user_id, "Søknad om digital oppfølging kom i dag"),
                    ==, 1);
  pushed = people_push_new (test, siri, test->acts->caseworker, 2, "register-referral", ops);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
}

static void
the_server_ends_what_is_over_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *body = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");

  /* The figures of the day. */
  people_keep_up (test);
  g_assert_cmpuint (people_keep_up (test), ==, 0);
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, body);
  g_assert_cmpuint (people_keep_up (test), ==, 0);
  people_move_clock (test, FORLOP_SYNC_BREAK_GLASS_MS);
  g_assert_cmpuint (people_keep_up (test), >, 0);
  g_assert_cmpuint (people_keep_up (test), ==, 0);
  g_assert_cmpuint (people_count_access (test, "break-glass ended", ola->user_id, NULL), ==, 1);
}

static void
a_function_that_ends_ends_by_itself (HttpTest *test)
{
  g_autoptr (HttpSession) per = http_test_sign_in (test, "skien", "per");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *rows = http_test_pull_all (test, kari);
  g_autofree char *user = g_strdup_printf ("\"user_id\":\"%s\"", kari->user_id);
  const char *found = strstr (rows, "\"type\":\"membership\"");
  g_autofree char *membership_id = NULL;
  g_autofree char *vtag = NULL;
  g_autofree char *ops = NULL;
  g_autoptr (HttpResult) pushed = NULL;
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *gone = g_strdup_printf ("{\"scope\":\"c:%s\",\"gen\":1,\"active\":false}", test->citizen_id);
  g_autofree char *after = NULL;

  while (found != NULL && membership_id == NULL)
    {
      const char *end = strchr (found, '}');
      const char *mine = strstr (found, user);

      if (mine != NULL && mine < end)
        {
          membership_id = g_strndup (strstr (found, "\"id\":\"") + 6, 36);
          vtag = g_strndup (strstr (found, "\"vtag\":\"") + 8, 36);
        }
      found = strstr (found + 1, "\"type\":\"membership\"");
    }
  g_assert_nonnull (membership_id);
  ops = g_strdup_printf ("{\"type\":\"membership\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":"
                         "{\"valid_to\":\"2026-03-20\"},\"base\":{\"valid_to\":\"%s\"}}", membership_id, vtag);
  pushed = people_push_new (test, per, test->acts->administrator, 1, "save-membership", ops);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
  people_keep_up (test);
  g_assert_cmpuint (people_keep_up (test), ==, 0);

  people_move_clock (test, (gint64) 24 * 3600 * 1000);
  g_assert_cmpuint (people_keep_up (test), >, 0);
  g_assert_cmpuint (people_keep_up (test), ==, 0);
  later = http_test_sign_in (test, "skien", "kari");
  after = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (after, gone));
}

/* The office keeps the citizen for a fortnight, and is told when it loses her. */
static void
a_take_up_without_a_case_ends (HttpTest *test)
{
  g_autoptr (HttpSession) tor = http_test_sign_in (test, "skien", "tor");
  g_autofree char *body = people_ask_for (test->citizen_id, "Søknad er levert på papir");
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;
  g_autoptr (HttpSession) later = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/take-up", tor->access, body);
  people_move_clock (test, 13 * FORLOP_DAY);
  people_keep_up (test);
  later = http_test_sign_in (test, "skien", "tor");
  during = http_test_pull_all (test, later);
  g_assert_nonnull (strstr (during, "Haug"));
  g_clear_pointer (&later, http_session_free);

  people_move_clock (test, 2 * FORLOP_DAY);
  people_keep_up (test);
  later = http_test_sign_in (test, "skien", "tor");
  after = http_test_pull_all (test, later);
  g_assert_null (strstr (after, "Haug"));
  g_assert_nonnull (strstr (after, "no case followed"));
}

/* Ola registers a referral while he has emergency access: the delivery side of the case is lent as long as the
 * rest, and the office that decides has the case. */
static void
a_case_made_in_break_glass_gives_the_right_grants (HttpTest *test)
{
  const char *case_id = "019d0a42-2400-7000-8000-0000000000c5";
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) later = NULL;
  g_autofree char *reason = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *fill = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"d:%s\",\"limit\":100}",
                                           test->epoch, case_id);
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *rows = NULL;
  g_autofree char *profile_id = NULL;
  g_autofree char *body = NULL;
  g_autofree char *siris = NULL;
  g_autoptr (HttpResult) pushed = NULL;
  g_autoptr (HttpSession) siri = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, reason);
  rows = http_test_pull_all (test, ola);
  profile_id = g_strndup (strstr (rows, "\"profile_id\":\"") + strlen ("\"profile_id\":\""), 36);
  body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":1,\"op_id\":\"%s\",\"act\":\"register-referral\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"case\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"number\":\"2026-99\",\"status\":\"closed\",\"closed_on\":\"2026-03-20\",\"profile_id\":\"%s\","
    "\"office_unit_id\":\"%s\",\"opened_on\":\"2026-03-20\"}}]}]}",
    test->epoch, op_id, ola->user_id, test->acts->other_zone, case_id, test->citizen_id, test->citizen_id, profile_id,
    test->acts->office);
  pushed = http_test_expect (test, 200, "POST", "/v1/sync/push", ola->access, body);
  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
  http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", ola->access, fill);
  siri = http_test_sign_in (test, "skien", "siri");
  siris = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (siris, case_id));

  people_move_clock (test, 5 * FORLOP_HOUR);
  later = http_test_sign_in (test, "skien", "ola");
  people_keep_up (test);
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", later->access, fill);
}

/* What the server says of the one operation that Ola sends. */
static void
must_push (HttpTest    *test,
           HttpSession *ola,
           unsigned int op_no,
           const char  *act,
           const char  *operation,
           const char  *expected)
{
  g_autoptr (HttpResult) pushed = people_push_new (test, ola, test->acts->other_nurse, op_no, act, operation);

  if (strstr (pushed->body, expected) == NULL)
    g_error ("%s: %s", act, pushed->body);
}

/* Emergency access is four hours of care; it does not let anybody keep the record. */
static void
who_has_it_in_an_emergency_does_not_say_who_sees_it (HttpTest *test)
{
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *reason = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *named = g_strdup_printf ("\"type\":\"citizen\",\"id\":\"%s\"", test->citizen_id);
  g_autofree char *rows = NULL;
  g_autofree char *vtag = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *offer = NULL;
  g_autofree char *block = NULL;
  g_autofree char *note = NULL;

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, reason);
  rows = http_test_pull_all (test, ola);
  vtag = g_strndup (strstr (strstr (rows, named), "\"vtag\":\"") + strlen ("\"vtag\":\""), 36);
  unit = g_strdup_printf ("{%s,\"scope\":\"c:%s\",\"set\":{\"unit_id\":\"%s\"},\"base\":{\"unit_id\":\"%s\"}}", named,
                          test->citizen_id, test->acts->other_zone, vtag);
  offer = g_strdup_printf (
    "{\"type\":\"handover\",\"id\":\"019d0a42-2400-7000-8000-0000000000e1\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"from_unit_id\":\"%s\",\"to_unit_id\":\"%s\",\"status\":\"offered\",\"offered_at\":\"2026-03-20T08:00:00.000Z\"}}",
    test->citizen_id, test->citizen_id, test->case_id, test->acts->zone, test->acts->other_zone);
  block = g_strdup_printf (
    "{\"type\":\"block\",\"id\":\"019d0a42-2400-7000-8000-0000000000e2\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"unit_id\":\"%s\",\"reason\":\"Ønsket\",\"blocked_on\":\"2026-03-20\"}}",
    test->citizen_id, test->citizen_id, test->acts->zone);
  note = g_strdup_printf ("{\"type\":\"note\",\"id\":\"019d0a42-2400-7000-8000-0000000000e3\",\"scope\":\"c:%s\",\"set\":{"
                          "\"citizen_id\":\"%s\",\"text\":\"Fulgt til legevakten\","
                          "\"written_at\":\"2026-03-20T08:00:00.000Z\",\"user_id\":\"%s\"}}", test->citizen_id,
                          test->citizen_id, ola->user_id);

  must_push (test, ola, 1, "change-citizen", unit, "\"code\":\"emergency\"");
  must_push (test, ola, 2, "offer-handover", offer, "\"code\":\"emergency\"");
  must_push (test, ola, 3, "block-record", block, "\"code\":\"emergency\"");
  must_push (test, ola, 4, "write-note", note, "\"status\":\"applied\"");
}

static void
nobody_signs_in_as_the_server (HttpTest *test)
{
  g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "ola", HTTP_TEST_PASSWORD,
                                                         "00000000-0000-8000-8000-000000000001");

  g_assert_cmpint (result->status, ==, 400);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/people/a-search-tells-little-and-is-logged", a_search_tells_little_and_is_logged, NULL);
  http_test_add ("/people/a-protected-address-is-never-found", a_protected_address_is_never_found, NULL);
  http_test_add ("/people/only-some-functions-search", only_some_functions_search, NULL);
  http_test_add ("/people/break-glass-opens-logs-and-tells-the-leader",
                 break_glass_opens_logs_and_tells_the_leader, NULL);
  http_test_add ("/people/the-leader-of-another-unit-hears-neither-of-whom-nor-why",
                 the_leader_of_another_unit_hears_neither_of_whom_nor_why, NULL);
  http_test_add ("/people/break-glass-ends-by-itself", break_glass_ends_by_itself, NULL);
  http_test_add ("/people/break-glass-wants-a-fresh-sign-in", break_glass_wants_a_fresh_sign_in, NULL);
  http_test_add ("/people/a-caseworker-takes-up-a-citizen-found", a_caseworker_takes_up_a_citizen_found, NULL);
  http_test_add ("/people/the-server-ends-what-is-over-by-itself", the_server_ends_what_is_over_by_itself, NULL);
  http_test_add ("/people/a-function-that-ends-ends-by-itself", a_function_that_ends_ends_by_itself, NULL);
  http_test_add ("/people/a-take-up-without-a-case-ends", a_take_up_without_a_case_ends, NULL);
  http_test_add ("/people/who-has-it-in-an-emergency-does-not-say-who-sees-it",
                 who_has_it_in_an_emergency_does_not_say_who_sees_it, NULL);
  http_test_add ("/people/a-case-made-in-break-glass-gives-the-right-grants",
                 a_case_made_in_break_glass_gives_the_right_grants, NULL);
  http_test_add ("/people/nobody-signs-in-as-the-server", nobody_signs_in_as_the_server, NULL);

  return g_test_run ();
}
