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
  people_move_clock (test, 5 * FORLOP_HOUR);
  g_assert_false (sees_the_citizen (test, "siri"));
  people_move_clock (test, -5 * FORLOP_HOUR);

  push_block (test, kari, 2, "lift-block", lift, "applied");
  push_block (test, again, 1, "lift-block", other, "conflict");
  g_assert_true (sees_the_citizen (test, "siri"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/blocked/who-is-blocked-gets-nothing-until-it-is-lifted",
                 who_is_blocked_gets_nothing_until_it_is_lifted, NULL);

  return g_test_run ();
}
