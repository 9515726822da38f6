/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include <string.h>

#include "forlop-error.h"

#define DAY "2026-03-16"

static void
assert_missing_from (ActsTest   *test,
                     const char *case_id,
                     const char *expected,
                     const char *deadline)
{
  g_autoptr (GPtrArray) duties = follow_up_duties (test, case_id);
  ForlopDuty *duty = follow_up_duty (duties, "missing-measurement");

  g_assert_nonnull (duty);
  g_assert_cmpint (duty->since, ==, follow_up_at (expected));
  g_assert_cmpint (duty->visible_from, ==, follow_up_at (deadline) + 1);
}

static void
test_missing_after_the_grace (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *first = NULL;
  g_autofree char *early = NULL;

  /* The day the service starts expects nothing. */
  assert_missing_from (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");

  follow_up_set_time (test, "2026-03-18T09:00:00");
  first = follow_up_measure (test, case_id, "weight", "80", "2026-03-17T09:59:00");
  assert_missing_from (test, case_id, "2026-03-18T08:00:00", "2026-03-18T10:00:00");
  early = follow_up_measure (test, case_id, "weight", "80", "2026-03-18T05:00:00");
  assert_missing_from (test, case_id, "2026-03-19T08:00:00", "2026-03-19T10:00:00");
}

static void
test_midnight_belongs_to_the_new_day (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *midnight = NULL;

  follow_up_set_time (test, "2026-03-18T00:00:00");
  midnight = follow_up_measure (test, case_id, "weight", "80", "2026-03-18T00:00:00");
  assert_missing_from (test, case_id, "2026-03-19T08:00:00", "2026-03-19T10:00:00");
}

static void
test_what_cannot_be_used_has_not_come (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);
  g_autofree char *zero = NULL;
  g_autofree char *good = NULL;

  follow_up_set_time (test, "2026-03-17T12:00:00");
  zero = follow_up_measure (test, case_id, "weight", "0", "2026-03-17T08:00:00");
  assert_missing_from (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
  good = follow_up_measure (test, case_id, "weight", "80", "2026-03-17T08:05:00");
  assert_missing_from (test, case_id, "2026-03-18T08:00:00", "2026-03-18T10:00:00");
  acts_test_must (test, test->nurse, "invalidate-measurement",
                  "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Katten\"}",
                  forlop_record_get_text (the_case, "citizen_id"), good);
  assert_missing_from (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
}

static void
test_the_spring_change_skips_no_expectation (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-27");
  g_autofree char *case_id = follow_up_start (test, "2026-03-27");
  g_autofree char *saturday = NULL;
  g_autofree char *sunday = NULL;

  follow_up_set_time (test, "2026-03-29T12:00:00");
  saturday = follow_up_measure (test, case_id, "weight", "80", "2026-03-28T08:00:00");
  assert_missing_from (test, case_id, "2026-03-29T08:00:00", "2026-03-29T10:00:00");
  g_assert_cmpint (follow_up_at ("2026-03-29T08:00:00") - follow_up_at ("2026-03-28T08:00:00"), ==,
                   23 * FORLOP_HOUR);
  sunday = follow_up_measure (test, case_id, "weight", "80", "2026-03-29T08:00:00");
  assert_missing_from (test, case_id, "2026-03-30T08:00:00", "2026-03-30T10:00:00");
}

static void
test_the_autumn_change_makes_no_second_expectation (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-10-23");
  g_autofree char *case_id = follow_up_start (test, "2026-10-23");
  g_autofree char *saturday = NULL;
  g_autofree char *sunday = NULL;

  follow_up_set_time (test, "2026-10-25T12:00:00");
  saturday = follow_up_measure (test, case_id, "weight", "80", "2026-10-24T08:00:00");
  assert_missing_from (test, case_id, "2026-10-25T08:00:00", "2026-10-25T10:00:00");
  g_assert_cmpint (follow_up_at ("2026-10-25T08:00:00") - follow_up_at ("2026-10-24T08:00:00"), ==,
                   25 * FORLOP_HOUR);
  sunday = follow_up_measure (test, case_id, "weight", "80", "2026-10-25T07:30:00");
  assert_missing_from (test, case_id, "2026-10-26T08:00:00", "2026-10-26T10:00:00");
}

static void
test_nothing_is_missing_in_a_pause (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) pause =
    acts_test_do (test, test->nurse, "start-pause",
                  "{\"case_id\":\"%s\",\"reason\":\"holiday\","
                  "\"from_time\":\"2026-03-17T00:00:00\"}", case_id);

  g_assert_false (acts_test_has_duty (test, case_id, "missing-measurement"));
  acts_test_must (test, test->nurse, "end-pause",
                  "{\"pause_id\":\"%s\",\"to_time\":\"2026-03-20T08:00:00\"}", pause->subject_id);
  /* A pause that ends exactly when it is expected excuses nothing. */
  assert_missing_from (test, case_id, "2026-03-20T08:00:00", "2026-03-20T10:00:00");
}

static void
test_the_answer_covers_what_was_missing_until_now (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) answer = NULL;

  follow_up_set_time (test, "2026-03-17T10:00:00");
  acts_test_refused (test, test->nurse, "register-missing", FORLOP_ERROR_INVALID,
                     "No measurement of weight is missing",
                     "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"forgot\"}", case_id);

  follow_up_set_time (test, "2026-03-19T11:00:00");
  answer = acts_test_do (test, test->nurse, "register-missing",
                         "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"forgot\","
                         "\"way\":\"phone\",\"text\":\"Hadde glemt det\"}", case_id);
  assert_missing_from (test, case_id, "2026-03-20T08:00:00", "2026-03-20T10:00:00");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert WHERE kind = 'missing' "
                                          "AND outcome = 'forgot' AND status = 'handled'"), ==, 1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM contact_log"), ==, 1);
  acts_test_refused (test, test->nurse, "register-missing", FORLOP_ERROR_INVALID, "missing now",
                     "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"forgot\"}", case_id);

  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", answer->op_id);
  assert_missing_from (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
}

static void
test_the_answer_can_start_a_pause (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);

  follow_up_set_time (test, "2026-03-18T11:00:00");
  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"hospital\",\"pause\":true}",
                  case_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM pause WHERE reason = 'hospital' "
                                          "AND to_time IS NULL"), ==, 1);
  g_assert_false (acts_test_has_duty (test, case_id, "missing-measurement"));
}

static void
test_a_faulty_device_is_reported (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *item_id = follow_up_lend_scale (test, case_id);
  g_autoptr (ForlopActResult) answer = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  follow_up_set_time (test, "2026-03-17T11:00:00");
  answer = acts_test_do (test, test->nurse, "register-missing",
                         "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"device_fault\","
                         "\"way\":\"phone\",\"text\":\"Vekten slår seg ikke på\"}", case_id);
  faults = acts_test_list (test, "fault", "item_id", item_id);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (forlop_record_get_text (faults->pdata[0], "description"), ==,
                   "Vekten slår seg ikke på");
  g_assert_cmpstr (forlop_record_get_text (faults->pdata[0], "status"), ==, "reported");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM duty WHERE rule = 'handle-fault'"),
                   ==, 1);

  /* The next morning it is still faulty: the coordinator knows already. */
  follow_up_set_time (test, "2026-03-18T11:00:00");
  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"device_fault\"}",
                  case_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM fault"), ==, 1);
}

static void
test_no_fault_without_a_device (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);

  follow_up_set_time (test, "2026-03-17T11:00:00");
  acts_test_must (test, test->nurse, "register-missing",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"outcome\":\"device_fault\"}",
                  case_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM fault"), ==, 0);
}

static void
test_a_changed_plan_keeps_what_is_missing (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft = NULL;
  g_autofree char *measured = NULL;

  follow_up_set_time (test, "2026-03-18T12:00:00");
  draft = acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  follow_up_approve (test, draft->subject_id, "2026-03-18");
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  assert_missing_from (test, case_id, "2026-03-17T08:00:00", "2026-03-17T10:00:00");
  measured = follow_up_measure (test, case_id, "weight", "80", "2026-03-18T12:00:00");
  assert_missing_from (test, case_id, "2026-03-19T08:00:00", "2026-03-19T10:00:00");
}

static void
test_duties_say_what_is_the_matter (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, red, "red_low");
  g_autoptr (GPtrArray) duties = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *missing = NULL;
  ForlopDuty *duty;

  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}",
                  forlop_record_get_id (alert));
  duties = follow_up_duties (test, case_id);
  duty = follow_up_duty (duties, "alert-red");
  g_assert_nonnull (duty);
  g_assert_cmpstr (duty->severity, ==, "red");
  g_assert_cmpstr (duty->taken_by, ==, test->nurse->user_id);
  g_assert_cmpstr (duty->unit_id, ==, test->zone);
  sentence = forlop_duty_describe (duty->rule, duty->arguments, 0);
  g_assert_nonnull (strstr (sentence, "SpO₂ 86"));
  g_assert_nonnull (strstr (sentence, "is under 88"));

  duty = follow_up_duty (duties, "missing-measurement");
  missing = forlop_duty_describe (duty->rule, duty->arguments, 0);
  g_assert_cmpstr (missing, ==, "Weight was expected 17.03.2026 08.00 and has not come");

  acts_test_must (test, test->nurse, "snooze-alert",
                  "{\"alert_id\":\"%s\",\"snoozed_until\":\"2026-03-16T12:00:00\"}",
                  forlop_record_get_id (alert));
  g_clear_pointer (&duties, g_ptr_array_unref);
  duties = follow_up_duties (test, case_id);
  g_assert_cmpint (follow_up_duty (duties, "alert-red")->visible_from, ==,
                   follow_up_at ("2026-03-16T12:00:00"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/missing/after-the-grace", test_missing_after_the_grace);
  g_test_add_func ("/missing/midnight-belongs-to-the-new-day", test_midnight_belongs_to_the_new_day);
  g_test_add_func ("/missing/what-cannot-be-used-has-not-come", test_what_cannot_be_used_has_not_come);
  g_test_add_func ("/missing/the-spring-change-skips-no-expectation",
                   test_the_spring_change_skips_no_expectation);
  g_test_add_func ("/missing/the-autumn-change-makes-no-second-expectation",
                   test_the_autumn_change_makes_no_second_expectation);
  g_test_add_func ("/missing/nothing-in-a-pause", test_nothing_is_missing_in_a_pause);
  g_test_add_func ("/missing/the-answer-covers-what-was-missing-until-now",
                   test_the_answer_covers_what_was_missing_until_now);
  g_test_add_func ("/missing/the-answer-can-start-a-pause", test_the_answer_can_start_a_pause);
  g_test_add_func ("/missing/a-faulty-device-is-reported", test_a_faulty_device_is_reported);
  g_test_add_func ("/missing/no-fault-without-a-device", test_no_fault_without_a_device);
  g_test_add_func ("/missing/a-changed-plan-keeps-what-is-missing",
                   test_a_changed_plan_keeps_what_is_missing);
  g_test_add_func ("/missing/duties-say-what-is-the-matter", test_duties_say_what_is_the_matter);

  return g_test_run ();
}
