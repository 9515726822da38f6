/* SPDX-License-Identifier: EUPL-1.2 */

/* The table of roles and scopes in docs/access.md, asked line by line over raw HTTP; and a decision that the wrong
 * user sends. The citizen belongs to Kari's zone, Siri's office handles the case, which is not handed over to the
 * centre. */

#include "machine-test-util.h"
#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#define GRANTED "Utvidet med blodtrykk"

/* Who sees the citizen (c), the delivery side of the case (d), the own unit (o), another unit (O), the stock (e), the
 * lists (l), the own settings (u), another's (U), and the figures (f). */
static const struct {
  const char *name;
  const char *sees;
} table[] = {
  { "siri", "cdoelu" }, /* caseworker of the office */
  { "tor", "oelu" },    /* caseworker of another office */
  { "kari", "cdoelu" }, /* resource person of the zone */
  { "ola", "oelu" },    /* resource person of another zone */
  { "mona", "oelu" },   /* resource person of the centre */
  { "geir", "doelu" },  /* coordinator */
  { "liv", "oluf" },    /* manager of the zone */
  { "per", "olu" },     /* administrator */
};

/* The function of @name: user, role and unit; borrowed. */
static const ForlopActor *
actor_of (HttpTest   *test,
          const char *name)
{
  const struct { const char *name; const ForlopActor *actor; } actors[] = {
    { "siri", test->acts->caseworker }, { "kari", test->acts->nurse },        { "ola", test->acts->other_nurse },
    { "mona", test->acts->centre_nurse }, { "geir", test->acts->coordinator }, { "liv", test->acts->manager },
    { "per", test->acts->administrator },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (actors); i++)
    if (g_str_equal (actors[i].name, name))
      return actors[i].actor;

  return NULL;
}

static char *
dup_scope (HttpTest   *test,
           const char *name,
           char        letter)
{
  const ForlopActor *actor = actor_of (test, name);

  switch (letter)
    {
    case 'c':
      return g_strconcat ("c:", test->citizen_id, NULL);
    case 'd':
      return g_strconcat ("d:", test->case_id, NULL);
    case 'o':
      return actor != NULL ? g_strconcat ("org:", actor->unit_id, NULL) : NULL;
    case 'O':
      return g_strconcat ("org:", g_str_equal (name, "mona") ? test->acts->zone : test->acts->centre, NULL);
    case 'e':
      return g_strdup ("eq");
    case 'l':
      return g_strdup ("cat");
    case 'u':
      return g_strconcat ("u:", actor != NULL ? actor->user_id : test->tor, NULL);
    case 'U':
      return g_strconcat ("u:", g_str_equal (name, "kari") ? test->tor : test->acts->nurse->user_id, NULL);
    case 'f':
    default:
      return g_strdup ("fig");
    }
}

static void
each_role_gets_its_scopes_and_no_other (HttpTest *test)
{
  people_keep_up (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", table[i].name);

      for (const char *letter = "cdoOeluUf"; *letter != '\0'; letter++)
        {
          g_autofree char *scope = dup_scope (test, table[i].name, *letter);
          g_autofree char *body = scope == NULL ? NULL
            : g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"scope\":\"%s\",\"limit\":100}", test->epoch, scope);
          gboolean sees = strchr (table[i].sees, *letter) != NULL;

          g_test_message ("%s %s %s", table[i].name, sees ? "sees" : "does not see", scope);
          if (scope != NULL)
            http_test_must (test, sees ? 200 : 403, sees ? NULL : "not_granted", "POST", "/v1/sync/scope",
                            session->access, body);
        }
    }
}

/* A change of what is granted, as the office's own machine would send it. */
static char *
dup_decision (HttpTest   *test,
              const char *user_id)
{
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);

  return g_strdup_printf (
    "{\"type\":\"decision\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":\"%s\",\"case_id\":\"%s\","
    "\"kind\":\"change\",\"decided_on\":\"2026-03-20\",\"service_code\":\"15\",\"granted\":\"" GRANTED "\","
    "\"reasons\":\"Økt behov\",\"legal_references\":\"hol-3-2\",\"decided_by\":\"%s\"}}",
    id, test->citizen_id, test->citizen_id, test->case_id, user_id);
}

/* The code of the answer; "" when it was taken. */
static char *
send_decision (HttpTest     *test,
               HttpSession  *session,
               unsigned int  op_no,
               const char   *user_id,
               const char   *role,
               const char   *unit_id)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = dup_decision (test, user_id);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%u,\"op_id\":\"%s\",\"act\":\"change-decision\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\","
    "\"unit_id\":\"%s\"},\"ops\":[%s]}]}", test->epoch, op_no, op_id, user_id, role, unit_id, ops);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);
  const char *code = strstr (result->body, "\"code\":\"");

  g_test_message ("%s %s: %s", user_id, role, result->body);
  if (strstr (result->body, "\"status\":\"applied\"") != NULL)
    return g_strdup ("");
  g_assert_nonnull (strstr (result->body, "\"status\":\"rejected\""));
  g_assert_nonnull (code);
  code += strlen ("\"code\":\"");

  return g_strndup (code, strcspn (code, "\""));
}

/* The id of the other office, as the lists have it. */
static char *
dup_other_office (HttpTest    *test,
                  HttpSession *session)
{
  g_autofree char *rows = http_test_pull_all (test, session);
  const char *name = strstr (rows, "Kontor B");
  const char *id;

  g_assert_nonnull (name);
  id = g_strrstr_len (rows, name - rows, "\"id\":\"");
  g_assert_nonnull (id);

  return g_strndup (id + strlen ("\"id\":\""), 36);
}

/* In the own function, in the one that decides, and in the name of whoever has that one. */
static void
a_decision_on_anothers_case_is_refused (HttpTest *test)
{
  static const char *const names[] = { "kari", "ola", "mona", "geir", "liv", "per" };
  const char *office = test->acts->office;
  g_autoptr (HttpSession) siri = http_test_sign_in (test, "skien", "siri");
  g_autofree char *rows = NULL;
  g_autofree char *by_siri = NULL;
  g_autofree char *later = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ForlopActor *actor = actor_of (test, names[i]);
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", names[i]);
      g_autofree char *own = send_decision (test, session, 1, actor->user_id, actor->role, actor->unit_id);
      g_autofree char *lent = send_decision (test, session, 2, actor->user_id, "caseworker", office);
      g_autofree char *forged = send_decision (test, session, 3, siri->user_id, "caseworker", office);

      g_assert_cmpstr (own, ==, "not_allowed");
      g_assert_cmpstr (lent, ==, "not_allowed");
      g_assert_cmpstr (forged, ==, "not_allowed");
    }

  rows = http_test_pull_all (test, siri);
  g_assert_null (strstr (rows, GRANTED));
  by_siri = send_decision (test, siri, 1, siri->user_id, "caseworker", office);
  g_assert_cmpstr (by_siri, ==, "");
  later = http_test_pull_all (test, siri);
  g_assert_nonnull (strstr (later, GRANTED));
}

/* A caseworker decides, but not in a case of another office. */
static void
another_office_decides_nothing_here (HttpTest *test)
{
  g_autoptr (HttpSession) tor = http_test_sign_in (test, "skien", "tor");
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *office = dup_other_office (test, tor);
  g_autofree char *own = send_decision (test, tor, 1, test->tor, "caseworker", office);
  g_autofree char *lent = send_decision (test, tor, 2, test->tor, "caseworker", test->acts->office);
  g_autofree char *rows = http_test_pull_all (test, kari);

  g_assert_cmpstr (own, ==, "scope_revoked");
  g_assert_cmpstr (lent, ==, "not_allowed");
  g_assert_null (strstr (rows, GRANTED));
}

static gboolean
has_the_citizen (Machine *machine)
{
  gint64 n = -1;

  machine_catch_up (machine);
  g_assert_true (forlop_connection_query_integer (machine->connection,
                                                  "SELECT count (*) FROM citizen WHERE family_name = 'Haug'", &n, NULL));

  return n == 1;
}

static char *
offer (Machine *kari)
{
  HttpTest *test = kari->test;
  char *id = machine_do (kari, test->acts->nurse, "offer-handover",
                         "{\"case_id\":\"%s\",\"to_unit_id\":\"%s\",\"message\":\"Stabil, kan overtas\"}", test->case_id,
                         test->acts->centre);

  machine_catch_up (kari);

  return id;
}

/* Whoever is asked to take somebody over must see whom, and answers; then it sees those whom it has. */
static void
the_centre_sees_who_is_offered_and_handed_over_to_it (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) mona = machine_new (test, "mona", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  machine_catch_up (kari);
  g_assert_false (has_the_citizen (mona));
  first = offer (kari);
  g_assert_true (has_the_citizen (mona));
  g_free (machine_do (mona, test->acts->centre_nurse, "decline-handover",
                      "{\"handover_id\":\"%s\",\"answer\":\"Vi er fulle\"}", first));
  g_assert_false (has_the_citizen (mona));
  machine_catch_up (kari);

  second = offer (kari);
  g_assert_true (has_the_citizen (mona));
  g_free (machine_do (mona, test->acts->centre_nurse, "accept-handover", "{\"handover_id\":\"%s\"}", second));
  g_assert_true (has_the_citizen (mona));
  g_assert_true (has_the_citizen (kari));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/access-table/each-role-gets-its-scopes-and-no-other", each_role_gets_its_scopes_and_no_other, NULL);
  http_test_add ("/access-table/a-decision-on-anothers-case-is-refused", a_decision_on_anothers_case_is_refused, NULL);
  http_test_add ("/access-table/another-office-decides-nothing-here", another_office_decides_nothing_here, NULL);
  http_test_add ("/access-table/the-centre-sees-who-is-offered-and-handed-over-to-it",
                 the_centre_sees_who_is_offered_and_handed_over_to_it, NULL);

  return g_test_run ();
}
