/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"

#include "forlop-error.h"

#define REFERRAL \
  "\"source\":\"gp\",\"channel\":\"e_message\",\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\""

static const char *const criteria[] = {
  "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
};

static char *
refer (ActsTest *test)
{
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\",\"family_name\":\"Haug\","
                  REFERRAL "}");

  return g_steal_pointer (&result->case_id);
}

static void
assess (ActsTest   *test,
        const char *case_id)
{
  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"Bo hjemme\"}", case_id);
  acts_test_must (test, test->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", case_id, test->zone);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    acts_test_must (test, test->nurse, "answer-criterion",
                    "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"yes\"}", case_id,
                    criteria[i]);
  acts_test_must (test, test->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  case_id);
  acts_test_must (test, test->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"suitable\",\"conclusion_reason\":\"Kan måle\"}",
                  case_id);
}

static void
consent (ActsTest          *test,
         const ForlopActor *actor,
         const char        *case_id,
         const char        *kind)
{
  acts_test_must (test, actor, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"%s\",\"given\":true,\"assessed_on\":\"2026-03-12\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", case_id, kind);
}

#define DECISION \
  "\"decided_on\":\"2026-03-12\",\"granted\":\"DHO\",\"reasons\":\"Vilkårene er oppfylt\""

static void
test_gates_open_in_order (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = refer (test);

  g_assert_true (acts_test_has_duty (test, case_id, "new-referral"));
  g_assert_true (acts_test_has_duty (test, case_id, "provisional-answer"));

  acts_test_refused (test, test->caseworker, "decide", FORLOP_ERROR_GATE, "assessment",
                     "{\"case_id\":\"%s\",\"kind\":\"grant\"," DECISION "}", case_id);
  assess (test, case_id);
  g_assert_true (acts_test_has_duty (test, case_id, "consent-service"));

  acts_test_refused (test, test->caseworker, "decide", FORLOP_ERROR_GATE, "Consent to the service",
                     "{\"case_id\":\"%s\",\"kind\":\"grant\"," DECISION "}", case_id);
  acts_test_refused (test, test->nurse, "record-consent", FORLOP_ERROR_NOT_ALLOWED, "caseworker",
                     "{\"case_id\":\"%s\",\"kind\":\"service\",\"given\":true,"
                     "\"assessed_on\":\"2026-03-12\",\"capacity\":\"full\"}", case_id);
  consent (test, test->caseworker, case_id, "service");
  acts_test_must (test, test->caseworker, "decide",
                  "{\"case_id\":\"%s\",\"kind\":\"grant\"," DECISION "}", case_id);

  g_assert_false (acts_test_has_duty (test, case_id, "decide"));
  g_assert_true (acts_test_has_duty (test, case_id, "send-letter"));
  g_assert_true (acts_test_has_duty (test, case_id, "baseline"));

  acts_test_refused (test, test->nurse, "start-service", FORLOP_ERROR_GATE, "Consent to the measure",
                     "{\"case_id\":\"%s\",\"started_on\":\"2026-03-12\"}", case_id);
  consent (test, test->nurse, case_id, "measure");
  acts_test_refused (test, test->nurse, "start-service", FORLOP_ERROR_GATE, "baseline",
                     "{\"case_id\":\"%s\",\"started_on\":\"2026-03-12\"}", case_id);
}

static void
test_refused_act_leaves_nothing (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const gint64 before = acts_test_count (test, "SELECT count (*) FROM changeset");

  acts_test_refused (test, test->caseworker, "register-referral", FORLOP_ERROR_INVALID, "check digit",
                     "{\"id_number\":\"12835430097\",\"given_name\":\"Liv\",\"family_name\":\"Haug\","
                     REFERRAL "}");

  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM changeset"), ==, before);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM \"case\""), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM event"), ==, 0);
}

static void
test_an_act_commits_data_time_line_and_history_together (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = refer (test);

  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM referral"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM event WHERE act = 'register-referral'"),
                   ==, 1);
  g_assert_cmpint (
    acts_test_count (test, "SELECT count (*) FROM changeset WHERE act = 'register-referral'"), ==, 1);
  /* Not paired with a server: no queue grows. */
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM outbox"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM search WHERE search MATCH 'haug'"), ==,
                   1);

  acts_test_reopen (test);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM referral"), ==, 1);
}

static void
test_second_open_case_is_refused (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = refer (test);

  acts_test_refused (test, test->caseworker, "register-referral", FORLOP_ERROR_ALREADY, "open case",
                     "{\"id_number\":\"12835430098\"," REFERRAL "}");
}

static void
test_taking_back_restores_and_stays_on_the_time_line (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopActResult) referral =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\",\"family_name\":\"Haug\","
                  REFERRAL "}");

  acts_test_must (test, test->caseworker, "undo", "{\"op_id\":\"%s\"}", referral->op_id);

  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM \"case\" WHERE deleted = 0"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM citizen_row"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM search WHERE search MATCH 'haug'"), ==,
                   0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM event WHERE deleted = 0"), ==, 2);

  acts_test_refused (test, test->caseworker, "undo", FORLOP_ERROR_ALREADY, "already",
                     "{\"op_id\":\"%s\"}", referral->op_id);
}

static void
test_taking_back_is_refused_when_built_upon (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = refer (test);
  g_autoptr (ForlopActResult) first =
    acts_test_do (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"need\":\"Tungpust\"}", case_id);
  g_autoptr (GPtrArray) assessments = NULL;

  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"need\":\"Tungpust om natten\"}", case_id);
  acts_test_refused (test, test->caseworker, "undo", FORLOP_ERROR_CONFLICT, "changed since",
                     "{\"op_id\":\"%s\"}", first->op_id);

  assessments = acts_test_list (test, "assessment", "case_id", case_id);
  g_assert_cmpuint (assessments->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_text (g_ptr_array_index (assessments, 0), "need"), ==,
                   "Tungpust om natten");
}

static void
test_what_is_emptied_is_taken_away (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopActResult) made = acts_test_do (
    test, test->caseworker, "register-citizen",
    "{\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"phone\":\"91234567\",\"gp\":\"Hege Brekke\"}");
  g_autoptr (ForlopRecord) citizen = NULL;

  acts_test_must (test, test->caseworker, "change-citizen", "{\"citizen_id\":\"%s\",\"phone\":null}",
                  made->subject_id);
  citizen = acts_test_load (test, "citizen", made->subject_id);
  g_assert_false (forlop_record_has (citizen, "phone"));
  g_assert_cmpstr (forlop_record_get_text (citizen, "gp"), ==, "Hege Brekke");

  acts_test_refused (test, test->caseworker, "change-citizen", FORLOP_ERROR_INVALID, "Family name",
                     "{\"citizen_id\":\"%s\",\"family_name\":null}", made->subject_id);
}

static void
test_function_is_needed (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopActor) pretender = NULL;
  g_autofree char *case_id = refer (test);

  pretender = forlop_actor_new (test->nurse->user_id, "caseworker", test->office);
  acts_test_refused (test, pretender, "save-assessment", FORLOP_ERROR_NOT_ALLOWED, "do not have",
                     "{\"case_id\":\"%s\"}", case_id);
  acts_test_refused (test, test->coordinator, "save-assessment", FORLOP_ERROR_NOT_ALLOWED,
                     "not for the function", "{\"case_id\":\"%s\"}", case_id);
}

static void
test_every_act_can_be_done (void)
{
  unsigned int n;
  const ForlopAct *const *acts = forlop_acts (&n);

  for (unsigned int i = 0; i < n; i++)
    {
      g_assert_cmpstr (acts[i]->label, !=, NULL);
      g_assert_cmpstr (acts[i]->done, !=, NULL);
      g_assert_cmpuint (acts[i]->roles, !=, 0);
      g_assert_nonnull (acts[i]->writes);
      g_assert_nonnull (acts[i]->worklists);
      g_assert_true (forlop_acts_can_perform (acts[i]));
      if (acts[i]->inverse != NULL)
        g_assert_nonnull (forlop_act_find (acts[i]->inverse));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/acts/gates-open-in-order", test_gates_open_in_order);
  g_test_add_func ("/acts/refused-act-leaves-nothing", test_refused_act_leaves_nothing);
  g_test_add_func ("/acts/commits-data-time-line-and-history-together",
                   test_an_act_commits_data_time_line_and_history_together);
  g_test_add_func ("/acts/second-open-case-is-refused", test_second_open_case_is_refused);
  g_test_add_func ("/acts/taking-back-restores-and-stays-on-the-time-line",
                   test_taking_back_restores_and_stays_on_the_time_line);
  g_test_add_func ("/acts/taking-back-is-refused-when-built-upon",
                   test_taking_back_is_refused_when_built_upon);
  g_test_add_func ("/acts/what-is-emptied-is-taken-away", test_what_is_emptied_is_taken_away);
  g_test_add_func ("/acts/function-is-needed", test_function_is_needed);
  g_test_add_func ("/acts/every-act-can-be-done", test_every_act_can_be_done);

  return g_test_run ();
}
