/* SPDX-License-Identifier: EUPL-1.2 */

/* What a manager has instead of names: figures that the server has worked out, and nothing else of anybody. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#define FIGURES "\"type\":\"figures\""

/* Free text that a nurse wrote beside the numbers. */
#define ORIGIN "Sagt av Liv Haug"

static char *
scope_body (HttpTest   *test,
            const char *scope)
{
  return g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"%s\",\"limit\":100}", test->epoch, scope);
}

static void
enter_use (HttpTest     *test,
           HttpSession  *kari,
           unsigned int  op_no,
           const char   *period)
{
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"baseline\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\",\"case_id\":\"%s\","
    "\"period\":\"%s\",\"visits\":4711.25,\"origin\":\"" ORIGIN "\"}}", id, test->citizen_id, test->citizen_id,
    test->case_id, period);
  g_autoptr (HttpResult) pushed = people_push_new (test, kari, test->acts->nurse, op_no, "record-baseline", ops);

  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);
}

static void
a_manager_gets_figures_without_names (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autofree char *before = http_test_pull_all (test, liv);
  g_autofree char *rows = NULL;
  g_autofree char *unit = g_strdup_printf ("\"unit_id\":\"%s\"", test->acts->zone);
  const char *const not_told[] = { "Haug", ORIGIN, test->citizen_id, test->case_id, "\"scope\":\"c:", "\"scope\":\"d:" };

  g_assert_null (strstr (before, FIGURES));
  enter_use (test, kari, 1, "before");
  enter_use (test, kari, 2, "after");
  g_assert_cmpuint (people_keep_up (test), >, 0);
  /* Once a day. */
  g_assert_cmpuint (people_keep_up (test), ==, 0);
  rows = http_test_pull_all (test, liv);
  g_assert_nonnull (strstr (rows, FIGURES));
  g_assert_nonnull (strstr (rows, unit));
  g_assert_nonnull (strstr (rows, "\\\"running\\\":1"));
  for (unsigned int i = 0; i < G_N_ELEMENTS (not_told); i++)
    if (strstr (rows, not_told[i]) != NULL)
      g_error ("A manager is told “%s”: %s", not_told[i], rows);
  /* One person's numbers are no figure. */
  g_assert_null (strstr (rows, "4711.25"));
  g_assert_nonnull (strstr (rows, "\\\"both\\\":1"));
  g_assert_nonnull (strstr (rows, "\\\"visits\\\":null"));
}

static void
nobody_else_gets_them (HttpTest *test)
{
  static const char *const names[] = { "kari", "siri", "tor", "ola", "geir", "per", "mona" };
  g_autofree char *body = NULL;
  g_autoptr (HttpSession) liv = NULL;
  g_autoptr (HttpSession) neighbour = NULL;

  people_keep_up (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", names[i]);
      g_autofree char *rows = http_test_pull_all (test, session);
      g_autofree char *fig = scope_body (test, "fig");

      g_assert_null (strstr (rows, FIGURES));
      http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", session->access, fig);
    }
  liv = http_test_sign_in (test, "skien", "liv");
  body = scope_body (test, "fig");
  http_test_must (test, 200, NULL, "POST", "/v1/sync/scope", liv->access, body);
  /* A manager of the neighbours' is of another log. */
  neighbour = http_test_sign_in (test, "bamble", "liv");
  http_test_must (test, 410, "resync", "POST", "/v1/sync/scope", neighbour->access, body);
}

/* Every other way to somebody's record. */
static void
a_manager_gets_no_further (HttpTest *test)
{
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autofree char *citizen = g_strconcat ("c:", test->citizen_id, NULL);
  g_autofree char *delivery = g_strconcat ("d:", test->case_id, NULL);
  const char *const scopes[] = { citizen, delivery, "eq" };
  g_autofree char *reason = people_ask_for (test->citizen_id, "Vil gjerne se hvem det er");
  g_autofree char *extract = g_strdup_printf ("{\"citizen_id\":\"%s\"}", test->citizen_id);
  g_autofree char *get = g_strdup_printf (
    "{\"epoch\":\"%s\",\"type\":\"document\",\"id\":\"%s\",\"field\":\"content\",\"hash\":\"%064d\",\"offset\":0}",
    test->epoch, test->case_id, 0);

  people_keep_up (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *body = scope_body (test, scopes[i]);

      http_test_must (test, 403, "not_granted", "POST", "/v1/sync/scope", liv->access, body);
    }
  http_test_must (test, 403, "not_allowed", "POST", "/v1/search", liv->access, "{\"text\":\"haug\"}");
  http_test_must (test, 403, "not_allowed", "POST", "/v1/take-up", liv->access, reason);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/break-glass", liv->access, reason);
  http_test_must (test, 403, "not_allowed", "POST", "/v1/audit/extract", liv->access, extract);
  http_test_must (test, 404, "not_found", "POST", "/v1/contents/get", liv->access, get);
}

/* Nobody writes them but the server. */
static void
nobody_writes_them (HttpTest *test)
{
  g_autoptr (HttpSession) liv = http_test_sign_in (test, "skien", "liv");
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"figures\",\"id\":\"%s\",\"scope\":\"fig\",\"set\":{\"made_on\":\"2026-03-12\",\"contents\":\"{}\"}}", id);
  g_autoptr (HttpResult) own = people_push_new (test, liv, test->acts->manager, 1, "make-figures", ops);
  g_autoptr (HttpResult) other = people_push_new (test, liv, test->acts->manager, 2, "save-indicator", ops);

  g_assert_nonnull (strstr (own->body, "\"rejected\""));
  g_assert_nonnull (strstr (other->body, "\"rejected\""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/figures/a-manager-gets-figures-without-names", a_manager_gets_figures_without_names, NULL);
  http_test_add ("/figures/nobody-else-gets-them", nobody_else_gets_them, NULL);
  http_test_add ("/figures/a-manager-gets-no-further", a_manager_gets_no_further, NULL);
  http_test_add ("/figures/nobody-writes-them", nobody_writes_them, NULL);

  return g_test_run ();
}
