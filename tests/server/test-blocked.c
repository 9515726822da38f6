/* SPDX-License-Identifier: EUPL-1.2 */

/* Blocking over HTTP: who is kept from a record, and what he is told. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

/* @operation: a JSON object without its type. Siri's office, which handles the case, is blocked and let in again. */
static void
push_block (HttpTest    *test,
            HttpSession *session,
            int          op_no,
            const char  *act,
            const char  *operation,
            const char  *status)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%d,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
    "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"block\",\"id\":\"019d0a42-2400-7000-8000-0000000000b1\","
    "\"scope\":\"c:%s\",%s}]}]}",
    test->epoch, op_no, op_id, act, session->user_id, test->acts->zone, test->citizen_id, operation);
  g_autofree char *wanted = g_strdup_printf ("\"status\":\"%s\"", status);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);

  if (strstr (result->body, wanted) == NULL)
    g_error ("%s: %s", act, result->body);
}

static gboolean
sees_the_citizen (HttpTest   *test,
                  const char *name)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", name);
  g_autofree char *rows = http_test_pull_all (test, session);

  return strstr (rows, "Haug") != NULL;
}

static void
assert_search_finds (HttpTest   *test,
                     const char *name,
                     gboolean    finds)
{
  g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", name);
  g_autoptr (HttpResult) result =
    http_test_expect (test, 200, "POST", "/v1/search", session->access, "{\"text\":\"Haug\"}");

  g_assert_cmpint (strstr (result->body, test->citizen_id) != NULL, ==, finds);
}

static void
who_is_blocked_gets_nothing_until_it_is_lifted (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) again = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) siri = NULL;
  g_autofree char *block = g_strdup_printf (
    "\"set\":{\"citizen_id\":\"%s\",\"unit_id\":\"%s\",\"reason\":\"Innbyggeren ønsker det\","
    "\"blocked_on\":\"2026-03-20\"}", test->citizen_id, test->acts->office);
  g_autofree char *scope = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"c:%s\",\"limit\":100}",
                                            test->epoch, test->citizen_id);
  g_autofree char *reason = people_ask_for (test->citizen_id, "Funnet bevisstløs på gata");
  g_autofree char *tag = NULL;
  g_autofree char *lift = NULL;
  g_autofree char *other = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (HttpResult) opened_anyway = NULL;

  g_assert_true (sees_the_citizen (test, "siri"));
  assert_search_finds (test, "siri", TRUE);
  push_block (test, kari, 1, "block-record", block, "applied");
  g_assert_false (sees_the_citizen (test, "siri"));
  g_assert_true (sees_the_citizen (test, "kari"));
  assert_search_finds (test, "siri", FALSE);
  assert_search_finds (test, "tor", TRUE);
  siri = http_test_sign_in (test, "skien", "siri");
  http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", siri->access, scope);
  http_test_must (test, 404, "not_found", "POST", "/v1/take-up", siri->access, reason);
  push_block (test, siri, 1, "lift-block", "\"set\":{\"lifted_on\":\"2026-03-20\"},\"base\":{}", "rejected");

  /* Two lift it without knowing of each other: the second is told, and nothing is merged. */
  rows = http_test_pull_all (test, kari);
  tag = g_strndup (strstr (strstr (rows, "0000000000b1"), "\"vtag\":\"") + strlen ("\"vtag\":\""), 36);
  lift = g_strdup_printf ("\"set\":{\"lifted_on\":\"2026-03-21\",\"lifted_reason\":\"Ønsket tilbake\"},"
                          "\"base\":{\"lifted_on\":\"%s\",\"lifted_reason\":\"%s\"}", tag, tag);
  other = g_strdup_printf ("\"set\":{\"lifted_on\":\"2026-03-22\",\"lifted_reason\":\"Feil person\"},"
                           "\"base\":{\"lifted_on\":\"%s\",\"lifted_reason\":\"%s\"}", tag, tag);

  /* Emergency access opens it, and says that it was blocked. */
  opened_anyway = http_test_expect (test, 200, "POST", "/v1/break-glass", siri->access, reason);
  g_assert_nonnull (strstr (opened_anyway->body, "\"blocked\":true"));
  g_assert_true (sees_the_citizen (test, "siri"));
  push_block (test, siri, 2, "lift-block", lift, "rejected");
  people_move_clock (test, 5 * FORLOP_HOUR);
  g_assert_false (sees_the_citizen (test, "siri"));
  people_move_clock (test, -5 * FORLOP_HOUR);

  push_block (test, kari, 2, "lift-block", lift, "applied");
  push_block (test, again, 1, "lift-block", other, "conflict");
  g_assert_true (sees_the_citizen (test, "siri"));
}

static char *
search_for (HttpTest    *test,
            HttpSession *session,
            const char  *text)
{
  g_autofree char *body = g_strdup_printf ("{\"text\":\"%s\"}", text);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/search", session->access, body);

  return g_strdup (result->body);
}

/* Who has the person's papers can do what is needed in an emergency; who looks for a name finds nobody. */
static void
a_whole_number_finds_who_has_blocked_the_caller (HttpTest *test)
{
  static const char *const nobody[] = { "03916230191 Sund", "0391623019", "17.05.1941", "Sverre Sund" };
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autofree char *id = people_register (test, ola, ",\"id_number\":\"03916230191\"");
  g_autofree char *block = g_strdup_printf (
    "{\"type\":\"block\",\"id\":\"019d0a42-2400-7000-8000-0000000000b2\",\"scope\":\"c:%s\",\"set\":{"
    "\"citizen_id\":\"%s\",\"unit_id\":\"%s\",\"reason\":\"Innbyggeren ønsker det\","
    "\"blocked_on\":\"2026-03-20\"}}", id, id, test->acts->office);
  g_autofree char *reason = people_ask_for (id, "Funnet bevisstløs på gata");
  g_autofree char *before = search_for (test, siri, "039162 30191");
  g_autoptr (HttpResult) pushed = people_push_new (test, ola, test->acts->other_nurse, 2, "block-record", block);
  g_autofree char *citizen = g_strdup_printf ("{\"citizen_id\":\"%s\"}", id);
  g_autoptr (HttpResult) extract = NULL;
  g_autofree char *found = NULL;
  g_autofree char *rows = NULL;

  g_assert_nonnull (strstr (pushed->body, "\"status\":\"applied\""));
  g_assert_nonnull (strstr (before, "\"unit\":"));
  g_assert_null (strstr (before, "blocked"));
  for (unsigned int i = 0; i < G_N_ELEMENTS (nobody); i++)
    {
      g_autofree char *hits = search_for (test, siri, nobody[i]);

      g_assert_null (strstr (hits, id));
    }
  g_assert_cmpuint (people_count_access (test, "search hit", siri->user_id, NULL), ==, 1);

  found = search_for (test, siri, "039162 30191");
  g_assert_nonnull (strstr (found, id));
  g_assert_nonnull (strstr (found, "\"family_name\":\"Sund\",\"birth_date\":\"1941-05-17\",\"blocked\":true"));
  g_assert_null (strstr (found, "unit"));
  g_assert_cmpuint (people_count_access (test, "search hit", siri->user_id, NULL), ==, 2);
  http_test_must (test, 404, "not_found", "POST", "/v1/take-up", siri->access, reason);
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", siri->access, reason);
  rows = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (rows, "Storgata 1"));
  extract = http_test_expect (test, 200, "POST", "/v1/audit/extract", siri->access, citizen);
  g_assert_nonnull (strstr (extract->body, "looked for your identity number, and saw"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/blocked/who-is-blocked-gets-nothing-until-it-is-lifted",
                 who_is_blocked_gets_nothing_until_it_is_lifted, NULL);
  http_test_add ("/blocked/a-whole-number-finds-who-has-blocked-the-caller",
                 a_whole_number_finds_who_has_blocked_the_caller, NULL);

  return g_test_run ();
}
