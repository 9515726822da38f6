/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include "forlop-board-store.h"
#include "forlop-error.h"

#define DAY "2026-03-16"

/* A form with two questions, as the administrator writes it. */
static char *
write_form (ActsTest *test)
{
  g_autoptr (ForlopActResult) form =
    acts_test_do (test, test->administrator, "save-form",
                  "{\"code\":\"hf\",\"title\":\"Hjertesvikt\",\"version\":1}");

  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"form_id\":\"%s\",\"position\":1,\"question\":\"Hvordan er pusten?\","
                  "\"answers\":\"Som vanlig; grønn; 0\\nTyngre; gul; 1\\nMye tyngre; rød; 3\"}",
                  form->subject_id);
  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"form_id\":\"%s\",\"position\":2,\"question\":\"Hovne bein\","
                  "\"answers\":\"Nei; grønn; 0\\nJa; gul; 1\"}", form->subject_id);

  return g_steal_pointer (&form->subject_id);
}

static ForlopActResult *
answer (ActsTest   *test,
        const char *case_id,
        const char *form_id,
        const char *answers)
{
  return acts_test_do (test, test->nurse, "answer-form",
                       "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"answered_by\":\"staff\","
                       "\"answers\":\"%s\"}", case_id, form_id, answers);
}

static void
test_a_red_answer_is_an_alert (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) result = answer (test, case_id, form_id, "1: 3\\n2: Nei");
  g_autoptr (ForlopRecord) kept = acts_test_load (test, "form_answer", result->subject_id);
  g_autoptr (GPtrArray) alerts = acts_test_list (test, "alert", "form_answer_id", result->subject_id);
  g_autoptr (GPtrArray) duties = follow_up_duties (test, case_id);
  g_autofree char *sentence = NULL;
  ForlopDuty *duty;

  g_assert_cmpstr (forlop_record_get_text (kept, "answers"), ==,
                   "Hvordan er pusten? Mye tyngre\nHovne bein: Nei");
  g_assert_cmpstr (forlop_record_get_text (kept, "severity"), ==, "red");
  g_assert_cmpint (forlop_record_get_integer (kept, "score"), ==, 3);
  g_assert_cmpstr (forlop_record_get_text (kept, "entered_by"), ==, test->nurse->user_id);
  g_assert_cmpuint (alerts->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_text (alerts->pdata[0], "kind"), ==, "form");

  duty = follow_up_duty (duties, "alert-red");
  g_assert_nonnull (duty);
  sentence = forlop_duty_describe (duty->rule, duty->arguments, 0);
  g_assert_cmpstr (sentence, ==, "Red: Hvordan er pusten? Mye tyngre (Hjertesvikt, version 1)");

  acts_test_must (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Legevakt varslet\"}",
                  forlop_record_get_id (alerts->pdata[0]));
  g_assert_false (acts_test_has_duty (test, case_id, "alert-red"));
}

static void
test_a_green_answer_is_kept_and_no_alert (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) result = answer (test, case_id, form_id, "1: 1\\n2: 1");

  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM form_answer WHERE severity = 'green' "
                                          "AND score = 0 AND deleted = 0"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 0);
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", result->op_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM form_answer WHERE deleted = 0"), ==, 0);
}

static void
test_taking_back_a_red_answer_takes_its_alert (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) result = answer (test, case_id, form_id, "1: 3\\n2: 1");

  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", result->op_id);
  g_assert_false (acts_test_has_duty (test, case_id, "alert-red"));
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert WHERE deleted = 0"), ==, 0);
}

static void
test_before_the_start_nobody_is_alerted (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autoptr (ForlopActResult) result = answer (test, case_id, form_id, "1: 3\\n2: 1");

  g_assert_nonnull (result->op_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM form_answer"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 0);
}

static void
test_what_is_refused (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_start (test, DAY);

  acts_test_refused (test, test->nurse, "answer-form", FORLOP_ERROR_INVALID, "is not answered",
                     "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"answered_by\":\"citizen\","
                     "\"answers\":\"1: 1\"}", case_id, form_id);
  acts_test_refused (test, test->nurse, "answer-form", FORLOP_ERROR_INVALID, "in the future",
                     "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"answered_by\":\"citizen\","
                     "\"answers\":\"1: 1\\n2: 1\",\"answered_at\":\"2026-03-16T09:00:01\"}", case_id,
                     form_id);
  acts_test_refused (test, test->caseworker, "answer-form", FORLOP_ERROR_NOT_ALLOWED, "Answer form",
                     "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"answered_by\":\"citizen\","
                     "\"answers\":\"1: 1\\n2: 1\"}", case_id, form_id);
  acts_test_refused (test, test->administrator, "save-form-question", FORLOP_ERROR_INVALID,
                     "at least two",
                     "{\"form_id\":\"%s\",\"position\":3,\"question\":\"Tom?\",\"answers\":\"Ja\"}",
                     form_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM form_answer"), ==, 0);
}

/* The same citizen with the form every day at 08.00 beside the weight. */
static char *
start_with_form (ActsTest   *test,
                 const char *form_id)
{
  char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);

  acts_test_must (test, test->nurse, "save-schedule",
                  "{\"care_plan_id\":\"%s\",\"form_id\":\"%s\",\"cadence\":\"daily\","
                  "\"times\":\"8.00\",\"starts_on\":\"" DAY "\",\"grace_minutes\":120}",
                  draft->subject_id, form_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);

  return case_id;
}

static void
assert_due (ActsTest   *test,
            const char *case_id,
            const char *at,
            const char *deadline)
{
  g_autoptr (GPtrArray) duties = follow_up_duties (test, case_id);
  ForlopDuty *duty = follow_up_duty (duties, "answer-form");

  g_assert_nonnull (duty);
  g_assert_cmpint (duty->visible_from, ==, follow_up_at (at));
  g_assert_cmpint (duty->due_at, ==, follow_up_at (deadline));
  g_assert_cmpstr (duty->subject_type, ==, "form");
}

static void
test_a_scheduled_form_is_work_from_its_time (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = start_with_form (test, form_id);
  g_autoptr (ForlopActResult) result = NULL;
  g_autoptr (GPtrArray) duties = follow_up_duties (test, case_id);
  g_autofree char *sentence = NULL;
  ForlopDuty *duty = follow_up_duty (duties, "answer-form");

  assert_due (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
  sentence = forlop_duty_describe (duty->rule, duty->arguments, 0);
  g_assert_cmpstr (sentence, ==, "Hjertesvikt was to be answered 17.03.2026 08.00");

  follow_up_set_time (test, "2026-03-17T08:30:00");
  result = answer (test, case_id, form_id, "1: 1\\n2: 1");
  assert_due (test, case_id, "2026-03-18T08:00:00", "2026-03-18T10:00:00");
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", result->op_id);
  assert_due (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
}

static void
test_why_a_form_is_not_answered (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = start_with_form (test, form_id);

  follow_up_set_time (test, "2026-03-17T10:00:00");
  acts_test_refused (test, test->nurse, "register-missing", FORLOP_ERROR_INVALID,
                     "No answer to the form Hjertesvikt is missing",
                     "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"outcome\":\"declined\"}", case_id,
                     form_id);
  acts_test_refused (test, test->nurse, "register-missing", FORLOP_ERROR_INVALID,
                     "not said what is missing", "{\"case_id\":\"%s\",\"outcome\":\"declined\"}",
                     case_id);
  follow_up_set_time (test, "2026-03-18T11:00:00");
  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"outcome\":\"declined\"}", case_id,
                  form_id);
  assert_due (test, case_id, "2026-03-19T08:00:00", "2026-03-19T10:00:00");
  /* The weight is another matter. */
  g_assert_true (acts_test_has_duty (test, case_id, "missing-measurement"));
}

static gpointer
load_board (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  ActsTest *test = user_data;
  const ForlopBoardQuery query = { NULL, forlop_clock_now (test->clock), 0 };

  return forlop_board_load (connection, &query, error);
}

static ForlopBoardRow *
find_on_board (ActsTest     *test,
               const char   *case_id,
               ForlopBoard **board)
{
  g_autoptr (GError) error = NULL;

  *board = forlop_store_read_sync (test->store, load_board, test, (GDestroyNotify) forlop_board_free,
                                   NULL, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < (*board)->rows->len; i++)
    {
      ForlopBoardRow *row = g_ptr_array_index ((*board)->rows, i);

      if (g_strcmp0 (row->case_id, case_id) == 0)
        return row;
    }

  return NULL;
}

static void
test_a_late_form_is_missing_on_the_board (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = start_with_form (test, form_id);
  g_autofree char *weight = NULL;
  g_autoptr (ForlopBoard) before = NULL, late = NULL, answered = NULL;
  ForlopBoardRow *row;

  /* At its deadline it is work, and not yet missing. */
  follow_up_set_time (test, "2026-03-17T10:00:00");
  weight = follow_up_measure (test, case_id, "weight", "80", "2026-03-17T09:00:00");
  row = find_on_board (test, case_id, &before);
  g_assert_cmpint (row->need, !=, FORLOP_BOARD_MISSING);

  follow_up_set_time (test, "2026-03-17T10:00:01");
  row = find_on_board (test, case_id, &late);
  g_assert_cmpint (row->need, ==, FORLOP_BOARD_MISSING);
  g_assert_cmpstr (row->form_id, ==, form_id);
  g_assert_cmpint (row->since, ==, follow_up_at ("2026-03-17T08:00:00"));

  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"form_id\":\"%s\",\"outcome\":\"forgot\"}", case_id,
                  form_id);
  row = find_on_board (test, case_id, &answered);
  g_assert_cmpint (row->need, !=, FORLOP_BOARD_MISSING);
}

static void
test_what_was_asked_stays_as_it_was (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *form_id = write_form (test);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (GPtrArray) questions = acts_test_list (test, "form_question", "form_id", form_id);
  const char *id = forlop_record_get_id (questions->pdata[0]);
  g_autoptr (ForlopActResult) result = NULL;

  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"id\":\"%s\",\"question\":\"Hvordan er pusten i dag?\"}", id);
  result = answer (test, case_id, form_id, "1: 1\\n2: 1");
  acts_test_refused (test, test->administrator, "save-form-question", FORLOP_ERROR_INVALID,
                     "stays as it was",
                     "{\"id\":\"%s\",\"question\":\"Hvordan sover du?\"}", id);
  acts_test_refused (test, test->administrator, "save-form-question", FORLOP_ERROR_INVALID,
                     "Add a new question",
                     "{\"id\":\"%s\",\"answers\":\"Ja; rød; 3\\nNei; grønn; 0\"}", id);
  acts_test_must (test, test->administrator, "save-form-question", "{\"id\":\"%s\",\"position\":5}",
                  id);
  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"form_id\":\"%s\",\"position\":6,\"question\":\"Hvordan sover du?\","
                  "\"answers\":\"Godt; grønn; 0\\nDårlig; gul; 1\"}", form_id);

  /* An answer that was taken back was not given. */
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", result->op_id);
  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"id\":\"%s\",\"question\":\"Hvordan er pusten?\"}", id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/forms/a-red-answer-is-an-alert", test_a_red_answer_is_an_alert);
  g_test_add_func ("/forms/a-green-answer-is-kept-and-no-alert",
                   test_a_green_answer_is_kept_and_no_alert);
  g_test_add_func ("/forms/taking-back-a-red-answer-takes-its-alert",
                   test_taking_back_a_red_answer_takes_its_alert);
  g_test_add_func ("/forms/before-the-start-nobody-is-alerted",
                   test_before_the_start_nobody_is_alerted);
  g_test_add_func ("/forms/unreadable-is-refused", test_what_is_refused);
  g_test_add_func ("/forms/a-late-form-is-missing-on-the-board",
                   test_a_late_form_is_missing_on_the_board);
  g_test_add_func ("/forms/what-was-asked-stays-as-it-was", test_what_was_asked_stays_as_it_was);
  g_test_add_func ("/forms/a-scheduled-form-is-work-from-its-time",
                   test_a_scheduled_form_is_work_from_its_time);
  g_test_add_func ("/forms/why-a-form-is-not-answered-is-registered",
                   test_why_a_form_is_not_answered);

  return g_test_run ();
}
