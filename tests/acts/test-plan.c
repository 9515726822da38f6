/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include "forlop-error.h"
#include "forlop-plan-store.h"
#include "forlop-record-store.h"

#define DAY "2026-03-16"

static char *
dup_status (ActsTest   *test,
            const char *plan_id)
{
  g_autoptr (ForlopRecord) plan = acts_test_load (test, "care_plan", plan_id);

  return g_strdup (forlop_record_get_text (plan, "status"));
}

static void
assert_status (ActsTest   *test,
               const char *plan_id,
               const char *status)
{
  g_autofree char *present = dup_status (test, plan_id);

  g_assert_cmpstr (present, ==, status);
}

static void
test_a_plan_goes_from_draft_to_force (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autofree char *plan_id = NULL;

  g_assert_true (acts_test_has_duty (test, case_id, "draft-plan"));
  plan_id = follow_up_draft (test, case_id, DAY);
  g_assert_true (acts_test_has_duty (test, case_id, "send-plan"));
  acts_test_refused (test, test->nurse, "put-plan-in-force", FORLOP_ERROR_GATE, "not approved",
                     "{\"care_plan_id\":\"%s\"}", plan_id);

  acts_test_must (test, test->nurse, "send-plan-to-gp",
                  "{\"care_plan_id\":\"%s\",\"sent_on\":\"" DAY "\"}", plan_id);
  g_assert_true (acts_test_has_duty (test, case_id, "approve-plan"));
  acts_test_refused (test, test->nurse, "save-plan", FORLOP_ERROR_INVALID, "Take it back to draft",
                     "{\"care_plan_id\":\"%s\",\"goal\":\"Gå tur\"}", plan_id);
  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "Take it back to draft",
                     "{\"care_plan_id\":\"%s\",\"code\":\"pulse\",\"red_high\":130}", plan_id);

  acts_test_must (test, test->nurse, "reopen-plan", "{\"care_plan_id\":\"%s\"}", plan_id);
  acts_test_must (test, test->nurse, "save-plan",
                  "{\"care_plan_id\":\"%s\",\"goal\":\"Gå tur\"}", plan_id);
  acts_test_must (test, test->nurse, "send-plan-to-gp", "{\"care_plan_id\":\"%s\",\"sent_on\":\"" DAY "\"}", plan_id);
  acts_test_refused (test, test->nurse, "approve-plan", FORLOP_ERROR_INVALID,
                     "was sent to the GP 16.03.2026 and cannot have been approved before that",
                     "{\"care_plan_id\":\"%s\",\"approved_on\":\"2026-03-15\",\"approved_by\":\"X\","
                     "\"approved_how\":\"phone\"}", plan_id);
  acts_test_must (test, test->nurse, "reopen-plan", "{\"care_plan_id\":\"%s\"}", plan_id);
  follow_up_approve (test, plan_id, DAY);
  acts_test_refused (test, test->nurse, "approve-plan", FORLOP_ERROR_ALREADY,
                     "already approved by Dr. Berg, 16.03.2026",
                     "{\"care_plan_id\":\"%s\",\"approved_on\":\"" DAY "\",\"approved_by\":\"X\","
                     "\"approved_how\":\"phone\"}", plan_id);
  g_assert_true (acts_test_has_duty (test, case_id, "put-plan-in-force"));
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}", plan_id);
  assert_status (test, plan_id, "in_force");

  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_ALREADY, "never changed",
                     "{\"care_plan_id\":\"%s\",\"code\":\"pulse\",\"red_high\":130}", plan_id);
  acts_test_refused (test, test->nurse, "discard-plan", FORLOP_ERROR_ALREADY, "never changed",
                     "{\"care_plan_id\":\"%s\"}", plan_id);
}

static void
test_limits_are_refused_in_words (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autofree char *plan_id = follow_up_draft (test, case_id, DAY);

  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "is above",
                     "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":92,\"yellow_low\":88}",
                     plan_id);
  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "are both",
                     "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":92,\"yellow_low\":92}",
                     plan_id);
  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "g is 80,1 kg",
                     "{\"care_plan_id\":\"%s\",\"code\":\"weight\",\"red_high\":80100}", plan_id);
  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "at least one",
                     "{\"care_plan_id\":\"%s\",\"code\":\"weight\"}", plan_id);
  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"weight\",\"red_high\":80100,\"unit\":\"g\"}",
                  plan_id);
  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"systolic\",\"yellow_high\":90}", plan_id);
  acts_test_refused (test, test->nurse, "set-limit", FORLOP_ERROR_INVALID, "not swapped",
                     "{\"care_plan_id\":\"%s\",\"code\":\"diastolic\",\"yellow_high\":140}", plan_id);
  acts_test_refused (test, test->nurse, "save-plan-rule", FORLOP_ERROR_INVALID, "yellow or red",
                     "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":2,"
                     "\"days\":3,\"severity\":\"green\"}", plan_id);
  acts_test_refused (test, test->nurse, "save-schedule", FORLOP_ERROR_INVALID, "measure or a form",
                     "{\"care_plan_id\":\"%s\",\"cadence\":\"daily\",\"times\":\"08.00\","
                     "\"starts_on\":\"" DAY "\",\"grace_minutes\":60}", plan_id);
  acts_test_refused (test, test->nurse, "save-schedule", FORLOP_ERROR_INVALID, "",
                     "{\"care_plan_id\":\"%s\",\"code\":\"pulse\",\"cadence\":\"daily\","
                     "\"times\":\"25.00\",\"starts_on\":\"" DAY "\",\"grace_minutes\":60}", plan_id);

  /* Set again it replaces: not given is not set. */
  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"yellow_low\":90}", plan_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM \"limit\" WHERE code = 'spo2' "
                                          "AND red_low IS NULL AND yellow_low = 90"), ==, 1);
}

/* Everything the judgement asks of a rule is kept with it, and judged by when the plan is in force. */
static void
test_a_rule_of_the_own_median_is_kept_whole (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autofree char *near = NULL;
  g_autofree char *far = NULL;

  acts_test_refused (test, test->nurse, "save-plan-rule", FORLOP_ERROR_INVALID, "positive amount",
                     "{\"care_plan_id\":\"%s\",\"kind\":\"own_median\",\"code\":\"pulse\","
                     "\"amount\":-20,\"percent\":true,\"either_way\":true,\"days\":30,"
                     "\"severity\":\"yellow\"}", draft->subject_id);
  acts_test_refused (test, test->nurse, "save-plan-rule", FORLOP_ERROR_INVALID, "goes one way",
                     "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"pulse\","
                     "\"amount\":20,\"percent\":true,\"days\":30,\"severity\":\"yellow\"}",
                     draft->subject_id);
  acts_test_must (test, test->nurse, "save-plan-rule",
                  "{\"care_plan_id\":\"%s\",\"kind\":\"own_median\",\"code\":\"pulse\","
                  "\"amount\":20,\"percent\":true,\"either_way\":true,\"min_count\":3,\"days\":30,"
                  "\"severity\":\"yellow\"}", draft->subject_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);

  for (int day = 17; day < 20; day++)
    {
      g_autofree char *at = g_strdup_printf ("2026-03-%dT08:00:00", day);
      g_autofree char *id = NULL;

      follow_up_set_time (test, at);
      id = follow_up_measure (test, case_id, "pulse", "70", at);
      follow_up_assert (test, case_id, id, "none", 2);
    }
  /* 20 per cent of 70 is 14: exactly that much is inside, below as well as above. */
  follow_up_set_time (test, "2026-03-20T09:00:00");
  near = follow_up_measure (test, case_id, "pulse", "56", "2026-03-20T08:00:00");
  follow_up_assert (test, case_id, near, "none", 2);
  far = follow_up_measure (test, case_id, "pulse", "55", "2026-03-20T08:30:00");
  follow_up_assert (test, case_id, far, "yellow", 2);
}

static void
test_parts_of_a_draft_are_removed (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autofree char *plan_id = follow_up_draft (test, case_id, DAY);
  static const struct {
    const char *type;
    const char *act;
  } parts[] = {
    { "limit", "remove-limit" }, { "plan_rule", "remove-plan-rule" },
    { "schedule", "remove-schedule" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GPtrArray) before = acts_test_list (test, parts[i].type, "care_plan_id", plan_id);
      g_autoptr (ForlopActResult) removed = NULL;
      g_autoptr (GPtrArray) after = NULL;
      g_autoptr (GPtrArray) back = NULL;

      g_assert_cmpuint (before->len, ==, 1);
      removed = acts_test_do (test, test->nurse, parts[i].act, "{\"%s_id\":\"%s\"}", parts[i].type,
                              forlop_record_get_id (g_ptr_array_index (before, 0)));
      after = acts_test_list (test, parts[i].type, "care_plan_id", plan_id);
      g_assert_cmpuint (after->len, ==, 0);
      acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", removed->op_id);
      back = acts_test_list (test, parts[i].type, "care_plan_id", plan_id);
      g_assert_cmpuint (back->len, ==, 1);
    }
}

static void
test_a_new_version_copies_what_stands_and_ends_it_at_one_instant (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autoptr (ForlopRecord) plan = acts_test_load (test, "care_plan", draft->subject_id);
  g_autoptr (GPtrArray) limits = acts_test_list (test, "limit", "care_plan_id", draft->subject_id);
  g_autoptr (GPtrArray) rules = acts_test_list (test, "plan_rule", "care_plan_id", draft->subject_id);
  g_autoptr (GPtrArray) schedules = acts_test_list (test, "schedule", "care_plan_id",
                                                    draft->subject_id);

  g_assert_cmpint (forlop_record_get_integer (plan, "version"), ==, 2);
  g_assert_cmpstr (forlop_record_get_text (plan, "goal"), ==, "Bo hjemme");
  g_assert_cmpuint (limits->len, ==, 1);
  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_cmpuint (schedules->len, ==, 1);
  acts_test_refused (test, test->nurse, "draft-plan", FORLOP_ERROR_ALREADY, "v2 is being made",
                     "{\"case_id\":\"%s\"}", case_id);

  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_refused (test, test->nurse, "put-plan-in-force", FORLOP_ERROR_INVALID, "not before",
                     "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-15T23:59:00\"}",
                     draft->subject_id);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-20T12:00:00\"}",
                  draft->subject_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM care_plan WHERE status = 'superseded' "
                                          "AND superseded_at = (SELECT valid_from FROM care_plan "
                                          "WHERE version = 2)"), ==, 1);
}

/* A plan that begins later than today, because a wrong year was written, is overtaken by one that begins before it. */
static void
test_a_plan_that_has_not_begun_can_be_overtaken (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) second =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autoptr (ForlopActResult) third = NULL;
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  acts_test_must (test, test->nurse, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":80}",
                  second->subject_id);
  follow_up_approve (test, second->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2027-03-10T12:00:00\"}", second->subject_id);

  third = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  acts_test_must (test, test->nurse, "set-limit", "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":70}",
                  third->subject_id);
  follow_up_approve (test, third->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-18T12:00:00\"}", third->subject_id);
  assert_status (test, second->subject_id, "discarded");
  assert_status (test, third->subject_id, "in_force");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM care_plan WHERE version = 1 AND status = 'superseded' "
                                          "AND superseded_at = (SELECT valid_from FROM care_plan "
                                          "WHERE version = 3)"), ==, 1);

  acts_test_set_day (test, "2027-03-20");
  early = follow_up_measure (test, case_id, "spo2", "75", "2026-03-17T08:00:00");
  late = follow_up_measure (test, case_id, "spo2", "75", "2027-03-19T08:00:00");
  follow_up_assert (test, case_id, early, "red", 1);
  follow_up_assert (test, case_id, late, "green", 3);
}

static void
test_limits_in_force_when_measured_decide (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *late = NULL;

  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":80,\"yellow_low\":85}",
                  draft->subject_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-18T12:00:00\"}",
                  draft->subject_id);

  acts_test_set_day (test, "2026-03-20");
  after = follow_up_measure (test, case_id, "spo2", "86", "2026-03-18T12:00:00");
  before = follow_up_measure (test, case_id, "spo2", "86", "2026-03-18T11:59:00");
  late = follow_up_measure (test, case_id, "spo2", "86", "2026-03-17T08:00:00");

  follow_up_assert (test, case_id, after, "green", 2);
  follow_up_assert (test, case_id, before, "red", 1);
  follow_up_assert (test, case_id, late, "red", 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 2);
}

static void
test_an_earlier_start_judges_again (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft = NULL;
  g_autofree char *earlier = NULL;
  g_autofree char *later = NULL;
  g_autofree char *green = NULL;

  acts_test_set_day (test, "2026-03-20");
  earlier = follow_up_measure (test, case_id, "spo2", "87", "2026-03-17T08:00:00");
  later = follow_up_measure (test, case_id, "spo2", "87", "2026-03-19T08:00:00");
  green = follow_up_measure (test, case_id, "spo2", "93", "2026-03-19T09:00:00");
  follow_up_assert_alert (test, later, "red_low", "new");

  draft = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":85,\"yellow_low\":95}",
                  draft->subject_id);
  follow_up_approve (test, draft->subject_id, "2026-03-20");
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-03-18T00:00:00\"}",
                  draft->subject_id);

  follow_up_assert (test, case_id, earlier, "red", 1);
  follow_up_assert (test, case_id, later, "yellow", 2);
  follow_up_assert (test, case_id, green, "yellow", 2);
  follow_up_assert_alert (test, earlier, "red_low", "new");
  follow_up_assert_alert (test, later, "red_low", "closed");
  follow_up_assert_alert (test, later, "yellow_low", "new");
  follow_up_assert_alert (test, green, "yellow_low", "new");
}

static void
test_observation_has_no_colour (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan",
                  "{\"case_id\":\"%s\",\"observation_until\":\"2026-03-30\"}", case_id);
  g_autofree char *id = NULL;
  g_autofree char *after = NULL;

  /* A plan that only observes has nothing to approve; with a limit it has. */
  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":88}", draft->subject_id);
  acts_test_refused (test, test->nurse, "put-plan-in-force", FORLOP_ERROR_GATE, "not approved",
                     "{\"care_plan_id\":\"%s\"}", draft->subject_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"" DAY "T00:00:00\"}", draft->subject_id);

  id = follow_up_measure (test, case_id, "spo2", "80", "2026-03-16T08:00:00");
  follow_up_assert (test, case_id, id, "observation", 1);
  acts_test_set_day (test, "2026-03-31");
  after = follow_up_measure (test, case_id, "spo2", "80", "2026-03-31T00:00:00");
  follow_up_assert (test, case_id, after, "red", 1);
}

static void
test_a_plan_that_only_observes_needs_no_approval (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);

  acts_test_refused (test, test->nurse, "put-plan-in-force", FORLOP_ERROR_GATE, "not approved",
                     "{\"care_plan_id\":\"%s\"}", draft->subject_id);
  acts_test_must (test, test->nurse, "save-plan",
                  "{\"care_plan_id\":\"%s\",\"observation_until\":\"2026-03-30\"}", draft->subject_id);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  assert_status (test, draft->subject_id, "in_force");
}

static void
test_a_discarded_plan_leaves_room_for_the_next (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autofree char *first = follow_up_draft (test, case_id, DAY);
  g_autoptr (ForlopActResult) next = NULL;
  g_autoptr (ForlopRecord) plan = NULL;

  acts_test_must (test, test->nurse, "discard-plan", "{\"care_plan_id\":\"%s\"}", first);
  g_assert_true (acts_test_has_duty (test, case_id, "draft-plan"));
  next = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  plan = acts_test_load (test, "care_plan", next->subject_id);
  g_assert_cmpint (forlop_record_get_integer (plan, "version"), ==, 2);
}

static void
test_the_citizen_is_told_about_a_changed_plan (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft = NULL;

  g_assert_false (acts_test_has_duty (test, case_id, "inform-citizen"));
  acts_test_set_day (test, "2026-03-18");
  draft = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  acts_test_refused (test, test->nurse, "inform-citizen-of-plan", FORLOP_ERROR_INVALID, "in force",
                     "{\"care_plan_id\":\"%s\",\"informed_on\":\"2026-03-18\"}", draft->subject_id);
  follow_up_approve (test, draft->subject_id, "2026-03-18");
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  g_assert_true (acts_test_has_duty (test, case_id, "inform-citizen"));
  acts_test_must (test, test->nurse, "inform-citizen-of-plan",
                  "{\"care_plan_id\":\"%s\",\"informed_on\":\"2026-03-18\"}", draft->subject_id);
  g_assert_false (acts_test_has_duty (test, case_id, "inform-citizen"));
}

static void
test_the_end_of_the_observation_is_announced (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  ForlopDuty *duty;

  draft = acts_test_do (test, test->nurse, "draft-plan",
                        "{\"case_id\":\"%s\",\"observation_until\":\"2026-03-30\"}", case_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  duties = follow_up_duties (test, case_id);
  duty = follow_up_duty (duties, "review-observation");
  g_assert_nonnull (duty);
  g_assert_cmpint (duty->visible_from, ==, follow_up_at ("2026-03-27T00:00:00"));
  g_assert_cmpint (duty->due_at, ==, follow_up_at ("2026-03-30T16:00:00"));
}

static void
test_limits_that_are_not_there_do_not_fit (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan",
                  "{\"case_id\":\"%s\",\"observation_until\":\"2026-03-30\"}", case_id);

  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}", draft->subject_id);
  follow_up_begin (test, case_id, DAY);
  acts_test_set_day (test, "2026-03-31");
  acts_test_refused (test, test->nurse, "review-trial", FORLOP_ERROR_GATE, "there are none that can fit",
                     "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"2026-03-31\",\"text\":\"De passer\"}", case_id);
}

/* A draft that is thrown away decides nothing; that the plan's own limits fit does. */
static void
test_the_review_of_the_observation_cannot_be_thrown_away (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) observing = NULL;
  g_autoptr (ForlopActResult) next = NULL;

  observing = acts_test_do (test, test->nurse, "draft-plan",
                            "{\"case_id\":\"%s\",\"observation_until\":\"2026-03-30\"}", case_id);
  follow_up_approve (test, observing->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  observing->subject_id);
  acts_test_set_day (test, "2026-03-29");
  g_assert_true (acts_test_has_duty (test, case_id, "review-observation"));

  next = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_assert_false (acts_test_has_duty (test, case_id, "review-observation"));
  acts_test_must (test, test->nurse, "discard-plan", "{\"care_plan_id\":\"%s\"}", next->subject_id);
  g_assert_true (acts_test_has_duty (test, case_id, "review-observation"));

  acts_test_must (test, test->nurse, "review-trial",
                  "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"2026-03-29\",\"text\":\"For tidlig\"}",
                  case_id);
  g_assert_true (acts_test_has_duty (test, case_id, "review-observation"));
  acts_test_set_day (test, "2026-03-30");
  acts_test_must (test, test->nurse, "review-trial",
                  "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"2026-03-30\",\"text\":\"Passer\"}",
                  case_id);
  g_assert_false (acts_test_has_duty (test, case_id, "review-observation"));
}

static void
test_a_withdrawn_case_gets_no_plan (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autoptr (ForlopActResult) referral =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\",\"family_name\":\"Haug\","
                  "\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"" DAY "\","
                  "\"reason\":\"KOLS\"}");
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", referral->case_id);

  acts_test_must (test, test->nurse, "discard-plan", "{\"care_plan_id\":\"%s\"}", draft->subject_id);
  acts_test_must (test, test->caseworker, "withdraw-case",
                  "{\"case_id\":\"%s\",\"reason\":\"moved\"}", referral->case_id);
  acts_test_refused (test, test->nurse, "draft-plan", FORLOP_ERROR_GATE, "closed",
                     "{\"case_id\":\"%s\"}", referral->case_id);
}

typedef struct {
  const char *plan_id;
  gint64 now;
  ForlopFiredCount present;
  ForlopFiredCount tried;
} Trial;

static gpointer
try_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Trial *trial = user_data;
  g_autoptr (ForlopRecord) plan =
    forlop_record_store_load (connection, "care_plan", trial->plan_id, error);
  ForlopPlanVersion version;

  g_assert_true (forlop_plan_store_load_version (connection, plan, &version, error));
  forlop_plan_store_try (connection, forlop_record_get_text (plan, "citizen_id"), &version, 30,
                         trial->now, &trial->present, &trial->tried, error);

  return NULL;
}

static void
test_changed_limits_are_tried_before_they_are_in_force (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:00:00");
  g_autofree char *yellow = follow_up_measure (test, case_id, "spo2", "90", "2026-03-16T08:30:00");
  g_autofree char *green = follow_up_measure (test, case_id, "spo2", "95", "2026-03-16T09:00:00");
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  Trial trial = { .plan_id = draft->subject_id, .now = forlop_clock_now (test->clock) };
  g_autoptr (GError) error = NULL;

  acts_test_must (test, test->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"spo2\",\"red_low\":80,\"yellow_low\":88}",
                  draft->subject_id);
  forlop_store_read_sync (test->store, try_on_worker, &trial, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (trial.present.judged, ==, 3);
  g_assert_cmpuint (trial.present.by_severity[FORLOP_SEVERITY_RED], ==, 1);
  g_assert_cmpuint (trial.present.alerts, ==, 2);
  g_assert_cmpuint (trial.tried.by_severity[FORLOP_SEVERITY_RED], ==, 0);
  g_assert_cmpuint (trial.tried.by_severity[FORLOP_SEVERITY_YELLOW], ==, 1);
  g_assert_cmpuint (trial.tried.alerts, ==, 1);
  follow_up_assert (test, case_id, red, "red", 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/plan/goes-from-draft-to-force", test_a_plan_goes_from_draft_to_force);
  g_test_add_func ("/plan/limits-are-refused-in-words", test_limits_are_refused_in_words);
  g_test_add_func ("/plan/a-rule-of-the-own-median-is-kept-whole",
                   test_a_rule_of_the_own_median_is_kept_whole);
  g_test_add_func ("/plan/parts-of-a-draft-are-removed", test_parts_of_a_draft_are_removed);
  g_test_add_func ("/plan/a-new-version-copies-what-stands-and-ends-it-at-one-instant",
                   test_a_new_version_copies_what_stands_and_ends_it_at_one_instant);
  g_test_add_func ("/plan/that-has-not-begun-can-be-overtaken", test_a_plan_that_has_not_begun_can_be_overtaken);
  g_test_add_func ("/plan/limits-in-force-when-measured-decide",
                   test_limits_in_force_when_measured_decide);
  g_test_add_func ("/plan/an-earlier-start-judges-again", test_an_earlier_start_judges_again);
  g_test_add_func ("/plan/observation-has-no-colour", test_observation_has_no_colour);
  g_test_add_func ("/plan/only-observing-needs-no-approval",
                   test_a_plan_that_only_observes_needs_no_approval);
  g_test_add_func ("/plan/a-discarded-plan-leaves-room-for-the-next",
                   test_a_discarded_plan_leaves_room_for_the_next);
  g_test_add_func ("/plan/the-citizen-is-told-about-a-changed-plan",
                   test_the_citizen_is_told_about_a_changed_plan);
  g_test_add_func ("/plan/the-end-of-the-observation-is-announced",
                   test_the_end_of_the_observation_is_announced);
  g_test_add_func ("/plan/limits-that-are-not-there-do-not-fit", test_limits_that_are_not_there_do_not_fit);
  g_test_add_func ("/plan/the-review-of-the-observation-cannot-be-thrown-away",
                   test_the_review_of_the_observation_cannot_be_thrown_away);
  g_test_add_func ("/plan/a-withdrawn-case-gets-no-plan", test_a_withdrawn_case_gets_no_plan);
  g_test_add_func ("/plan/changed-limits-are-tried-before-they-are-in-force",
                   test_changed_limits_are_tried_before_they_are_in_force);

  return g_test_run ();
}
