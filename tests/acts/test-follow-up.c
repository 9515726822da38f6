/* SPDX-License-Identifier: EUPL-1.2 */

#include "follow-up-test-util.h"

#include <string.h>

#include "forlop-error.h"
#include "forlop-reason.h"

#define DAY "2026-03-16"

static void
test_a_red_is_judged_explained_and_raised_in_one_act (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopStoredMeasurement) found = follow_up_find (test, case_id, id);
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, id, "red_low");
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  ForlopReason reason;

  g_assert_cmpstr (found->severity, ==, "red");
  g_assert_cmpint (found->plan_version, ==, 1);
  g_assert_true (forlop_reason_from_json (found->reason, &reason, &error));
  g_assert_no_error (error);
  sentence = forlop_reason_format (&reason);
  g_assert_nonnull (strstr (sentence, "is under"));
  g_assert_nonnull (strstr (sentence, "plan v1, in force from 16.03.2026"));

  g_assert_nonnull (alert);
  g_assert_cmpstr (forlop_record_get_text (alert, "status"), ==, "new");
  g_assert_cmpstr (forlop_record_get_text (alert, "severity"), ==, "red");
  g_assert_cmpstr (forlop_record_get_text (alert, "reason"), ==, found->reason);
}

static void
test_equal_to_the_limit_is_inside (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *green = follow_up_measure (test, case_id, "spo2", "92", "2026-03-16T08:10:00");
  g_autofree char *yellow = follow_up_measure (test, case_id, "spo2", "88", "2026-03-16T08:20:00");
  g_autofree char *unknown = follow_up_measure (test, case_id, "pulse", "88", "2026-03-16T08:20:00");

  follow_up_assert (test, case_id, green, "green", 1);
  follow_up_assert (test, case_id, yellow, "yellow", 1);
  follow_up_assert (test, case_id, unknown, "none", 1);
  follow_up_assert_alert (test, yellow, "yellow_low", "new");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 1);
}

static void
test_the_same_reading_twice_is_one (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *first = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopActResult) again =
    acts_test_do (test, test->other_nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":86.0,\"source\":\"device\","
                  "\"measured_at\":\"2026-03-16T07:10:00Z\"}", case_id);
  g_autofree char *other = follow_up_measure (test, case_id, "spo2", "87", "2026-03-16T08:10:00");

  g_assert_null (again->op_id);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement"), ==, 2);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 2);
}

static void
test_a_blood_pressure_is_two_readings_at_one_time (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);

  acts_test_must (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"blood_pressure\",\"value\":128,\"value2\":76,"
                  "\"measured_at\":\"2026-03-16T08:10:00\"}", case_id);
  acts_test_must (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"blood_pressure\",\"value\":76,\"value2\":128,"
                  "\"measured_at\":\"2026-03-16T08:30:00\"}", case_id);

  g_assert_cmpint (acts_test_count (test, "SELECT count (DISTINCT measured_at) FROM measurement"), ==,
                   2);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement WHERE code = 'systolic'"),
                   ==, 2);
  g_assert_cmpint (
    acts_test_count (test, "SELECT count (*) FROM measurement WHERE severity = 'implausible'"), ==, 2);
}

static void
test_what_cannot_be_a_reading_is_refused_or_kept (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *zero = follow_up_measure (test, case_id, "spo2", "0", "2026-03-16T08:10:00");
  g_autofree char *absent = follow_up_measure (test, case_id, "spo2", "null", "2026-03-16T08:11:00");
  g_autoptr (ForlopActResult) grams =
    acts_test_do (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"weight\",\"value\":80100,\"unit\":\"g\","
                  "\"measured_at\":\"2026-03-16T08:10:00\"}", case_id);
  g_autoptr (ForlopStoredMeasurement) weight = follow_up_find (test, case_id, grams->subject_id);

  follow_up_assert (test, case_id, zero, "implausible", 1);
  follow_up_assert (test, case_id, absent, "missing", 1);
  g_assert_cmpfloat (weight->value, ==, 80.1);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 0);

  acts_test_refused (test, test->nurse, "record-measurement", FORLOP_ERROR_INVALID, "future",
                     "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":95,"
                     "\"measured_at\":\"2026-03-16T09:00:01\"}", case_id);
  acts_test_refused (test, test->nurse, "record-measurement", FORLOP_ERROR_INVALID, "unit",
                     "{\"case_id\":\"%s\",\"code\":\"weight\",\"value\":80,\"unit\":\"stone\","
                     "\"measured_at\":\"2026-03-16T08:00:00\"}", case_id);
  acts_test_refused (test, test->nurse, "record-measurement", FORLOP_ERROR_INVALID, "whose",
                     "{\"code\":\"weight\",\"value\":80,\"measured_at\":\"2026-03-16T08:00:00\"}");
  acts_test_refused (test, test->coordinator, "record-measurement", FORLOP_ERROR_NOT_ALLOWED,
                     "function",
                     "{\"case_id\":\"%s\",\"code\":\"weight\",\"value\":80,"
                     "\"measured_at\":\"2026-03-16T08:00:00\"}", case_id);
}

static void
test_a_measurement_of_the_citizen_finds_the_running_case (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->nurse, "record-measurement",
                  "{\"citizen_id\":\"%s\",\"code\":\"spo2\",\"value\":80,"
                  "\"measured_at\":\"2026-03-16T08:00:00\"}",
                  forlop_record_get_text (the_case, "citizen_id"));

  g_assert_cmpstr (result->case_id, ==, case_id);
  follow_up_assert_alert (test, result->subject_id, "red_low", "new");
}

static void
test_nobody_is_called_before_the_service_starts (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);
  g_autofree char *before = follow_up_measure (test, case_id, "spo2", "80", "2026-03-16T08:00:00");

  follow_up_assert (test, case_id, before, "none", 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 0);
}

static void
test_order_of_arrival_never_changes_the_final_state (void)
{
  static const struct {
    const char *code;
    const char *value;
    const char *at;
  } readings[] = {
    { "weight", "80.0", "2026-03-16T08:00:00" }, { "weight", "81.9", "2026-03-17T08:00:00" },
    { "weight", "82.1", "2026-03-18T08:00:00" }, { "weight", "82.5", "2026-03-19T08:00:00" },
    { "spo2", "86", "2026-03-18T08:00:00" },
  };
  static const unsigned int orders[][G_N_ELEMENTS (readings)] = {
    { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 3, 4, 1 }, { 3, 1, 4, 0, 2 },
  };
  g_autofree char *expected = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (ActsTest) test = acts_test_new (DAY);
      g_autofree char *case_id = follow_up_start (test, DAY);
      g_autoptr (GString) state = g_string_new (NULL);
      char *ids[G_N_ELEMENTS (readings)] = { NULL };

      acts_test_set_day (test, "2026-03-20");
      for (unsigned int j = 0; j < G_N_ELEMENTS (readings); j++)
        {
          unsigned int n = orders[i][j];

          ids[n] = follow_up_measure (test, case_id, readings[n].code, readings[n].value,
                                      readings[n].at);
        }
      for (unsigned int j = 0; j < G_N_ELEMENTS (readings); j++)
        {
          g_autoptr (ForlopStoredMeasurement) found = follow_up_find (test, case_id, ids[j]);
          g_autoptr (GPtrArray) alerts = acts_test_list (test, "alert", "measurement_id", ids[j]);

          g_string_append_printf (state, "%s %d %s %u\n", found->severity, found->plan_version,
                                  found->reason, alerts->len);
          for (unsigned int k = 0; k < alerts->len; k++)
            g_string_append_printf (
              state, "  %s %s %s\n", forlop_record_get_text (g_ptr_array_index (alerts, k), "rule"),
              forlop_record_get_text (g_ptr_array_index (alerts, k), "status"),
              forlop_record_get_text (g_ptr_array_index (alerts, k), "reason"));
          g_free (ids[j]);
        }
      if (expected == NULL)
        expected = g_strdup (state->str);
      g_assert_cmpstr (state->str, ==, expected);
      g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert WHERE status = 'new'"), ==,
                       3);
    }
}

static void
test_a_repeat_is_waited_for_before_anybody_is_called (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\",\"repeat_minutes\":15}",
                  case_id);
  g_autofree char *red = NULL;
  g_autofree char *alone = NULL;
  g_autofree char *repeat = NULL;
  g_autoptr (ForlopRecord) alert = NULL;
  g_autoptr (GPtrArray) duties = NULL;

  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  follow_up_set_time (test, "2026-03-17T12:00:00");

  red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-17T08:00:00");
  alert = follow_up_alert (test, red, "red_low");
  g_assert_cmpint (forlop_record_get_instant (alert, "waits_until"), ==,
                   follow_up_at ("2026-03-17T08:15:00"));
  /* Its last instant still belongs to the repeat. */
  duties = follow_up_duties (test, case_id);
  g_assert_cmpint (follow_up_duty (duties, "alert-red")->visible_from, ==,
                   follow_up_at ("2026-03-17T08:15:00") + 1);
  repeat = follow_up_measure (test, case_id, "spo2", "93", "2026-03-17T08:10:00");
  follow_up_assert (test, case_id, red, "red", 2);
  follow_up_assert (test, case_id, repeat, "green", 2);
  follow_up_assert_alert (test, red, "red_low", "closed");

  alone = follow_up_measure (test, case_id, "spo2", "87", "2026-03-17T10:00:00");
  follow_up_assert_alert (test, alone, "red_low", "new");
}

static void
test_an_alert_is_taken_by_one (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, id, "red_low");
  const char *alert_id = forlop_record_get_id (alert);

  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}", alert_id);
  acts_test_refused (test, test->other_nurse, "take-alert", FORLOP_ERROR_ALREADY,
                     "already taken by Kari, 16.03.2026 09.00", "{\"alert_id\":\"%s\"}", alert_id);
  acts_test_must (test, test->other_nurse, "release-alert", "{\"alert_id\":\"%s\"}", alert_id);
  acts_test_refused (test, test->nurse, "release-alert", FORLOP_ERROR_ALREADY, "Nobody",
                     "{\"alert_id\":\"%s\"}", alert_id);
  acts_test_must (test, test->other_nurse, "take-alert", "{\"alert_id\":\"%s\"}", alert_id);

  acts_test_must (test, test->other_nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Snakket med Liv\","
                  "\"minutes\":6}", alert_id);
  acts_test_refused (test, test->nurse, "take-alert", FORLOP_ERROR_ALREADY,
                     "already handled by Ola", "{\"alert_id\":\"%s\"}", alert_id);
  acts_test_refused (test, test->nurse, "handle-alert", FORLOP_ERROR_ALREADY, "already handled",
                     "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"x\"}", alert_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM contact_log WHERE minutes = 6"), ==, 1);
}

static gint64
escalated_from (ActsTest   *test,
                const char *case_id)
{
  g_autoptr (GPtrArray) duties = follow_up_duties (test, case_id);
  ForlopDuty *duty = follow_up_duty (duties, "alert-escalated");

  if (duty == NULL)
    return FORLOP_INSTANT_NONE;
  g_assert_cmpstr (duty->role, ==, "manager");
  g_assert_cmpstr (duty->unit_id, ==, test->zone);

  return duty->visible_from;
}

/* Raised at 09.00; 16 March 2026 is a Monday. */
static void
test_a_red_that_nobody_takes_is_the_leader_s (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, id, "red_low");

  g_assert_cmpint (escalated_from (test, case_id), ==, FORLOP_INSTANT_NONE);
  acts_test_must (test, test->administrator, "save-profile", "{\"id\":\"%s\",\"escalate_minutes\":30}", test->profile);
  g_assert_cmpint (escalated_from (test, case_id), ==, follow_up_at ("2026-03-16T09:30:00"));
  acts_test_must (test, test->administrator, "save-unit",
                  "{\"id\":\"%s\",\"opens_at\":600,\"closes_at\":900,\"open_weekdays\":\"2\"}", test->zone);
  g_assert_cmpint (escalated_from (test, case_id), ==, follow_up_at ("2026-03-17T10:30:00"));
  acts_test_must (test, test->administrator, "save-unit",
                  "{\"id\":\"%s\",\"opens_at\":600,\"closes_at\":620,\"open_weekdays\":\"4\"}", test->zone);
  g_assert_cmpint (escalated_from (test, case_id), ==, follow_up_at ("2026-03-26T10:10:00"));
  /* The second Thursday after is Maundy Thursday. */
  acts_test_must (test, test->administrator, "save-profile", "{\"id\":\"%s\",\"escalate_minutes\":50}", test->profile);
  g_assert_cmpint (escalated_from (test, case_id), ==, follow_up_at ("2026-04-09T10:10:00"));
  acts_test_must (test, test->administrator, "save-unit", "{\"id\":\"%s\",\"open_holidays\":\"usual\"}", test->zone);
  g_assert_cmpint (escalated_from (test, case_id), ==, follow_up_at ("2026-04-02T10:10:00"));

  acts_test_must (test, test->nurse, "take-alert", "{\"alert_id\":\"%s\"}", forlop_record_get_id (alert));
  g_assert_cmpint (escalated_from (test, case_id), ==, FORLOP_INSTANT_NONE);
}

static void
test_one_call_handles_every_open_alert (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *red = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autofree char *yellow = follow_up_measure (test, case_id, "spo2", "90", "2026-03-16T08:20:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, red, "red_low");
  g_autoptr (ForlopActResult) handled =
    acts_test_do (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"video\",\"text\":\"Tok ny måling\","
                  "\"others\":true}", forlop_record_get_id (alert));

  follow_up_assert_alert (test, red, "red_low", "handled");
  follow_up_assert_alert (test, yellow, "yellow_low", "handled");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM contact_log"), ==, 1);

  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", handled->op_id);
  follow_up_assert_alert (test, red, "red_low", "new");
  follow_up_assert_alert (test, yellow, "yellow_low", "new");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM contact_log WHERE deleted = 0"), ==, 0);
}

static void
test_an_alert_can_be_snoozed_and_set_aside (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "90", "2026-03-16T08:10:00");
  g_autoptr (ForlopRecord) alert = follow_up_alert (test, id, "yellow_low");
  const char *alert_id = forlop_record_get_id (alert);

  acts_test_refused (test, test->nurse, "snooze-alert", FORLOP_ERROR_INVALID, "still to come",
                     "{\"alert_id\":\"%s\",\"snoozed_until\":\"2026-03-16T09:00:00\"}", alert_id);
  acts_test_refused (test, test->nurse, "snooze-alert", FORLOP_ERROR_INVALID, "7 days",
                     "{\"alert_id\":\"%s\",\"snoozed_until\":\"2026-03-24T09:00:00\"}", alert_id);
  acts_test_must (test, test->nurse, "snooze-alert",
                  "{\"alert_id\":\"%s\",\"snoozed_until\":\"2026-03-16T12:00:00\"}", alert_id);
  follow_up_assert_alert (test, id, "yellow_low", "snoozed");
  acts_test_must (test, test->nurse, "ignore-alert",
                  "{\"alert_id\":\"%s\",\"ignored_reason\":\"Kalde fingre\"}", alert_id);
  acts_test_refused (test, test->nurse, "take-alert", FORLOP_ERROR_ALREADY, "set aside by Kari",
                     "{\"alert_id\":\"%s\"}", alert_id);
}

/* A yellow that was handled, and that a late arrival shows to be red, is nobody's any more. */
static void
test_a_handled_yellow_that_turns_red_comes_back (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) draft =
    acts_test_do (test, test->nurse, "draft-plan", "{\"case_id\":\"%s\"}", case_id);
  g_autofree char *base = NULL;
  g_autofree char *risen = NULL;
  g_autofree char *late = NULL;
  g_autoptr (ForlopRecord) alert = NULL;
  g_autoptr (ForlopRecord) again = NULL;

  acts_test_must (test, test->nurse, "save-plan-rule",
                  "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":4,"
                  "\"days\":3,\"severity\":\"red\"}", draft->subject_id);
  follow_up_approve (test, draft->subject_id, DAY);
  acts_test_must (test, test->nurse, "put-plan-in-force", "{\"care_plan_id\":\"%s\"}",
                  draft->subject_id);
  acts_test_set_day (test, "2026-03-20");
  base = follow_up_measure (test, case_id, "weight", "82", "2026-03-18T08:00:00");
  risen = follow_up_measure (test, case_id, "weight", "84.5", "2026-03-19T08:00:00");
  alert = follow_up_alert (test, risen, "change");
  acts_test_must (test, test->nurse, "handle-alert",
                  "{\"alert_id\":\"%s\",\"way\":\"phone\",\"text\":\"Ringte\"}",
                  forlop_record_get_id (alert));

  late = follow_up_measure (test, case_id, "weight", "80", "2026-03-17T08:00:00");
  again = follow_up_alert (test, risen, "change");
  g_assert_cmpstr (forlop_record_get_text (again, "severity"), ==, "red");
  g_assert_cmpstr (forlop_record_get_text (again, "status"), ==, "new");
  g_assert_null (forlop_record_get_text (again, "handled_by"));
}

static void
test_an_invalid_measurement_takes_its_alert_with_it_and_back (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);
  const char *citizen_id = forlop_record_get_text (the_case, "citizen_id");
  g_autofree char *id = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");

  acts_test_must (test, test->nurse, "invalidate-measurement",
                  "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Naboens\"}",
                  citizen_id, id);
  follow_up_assert (test, case_id, id, "implausible", 1);
  follow_up_assert_alert (test, id, "red_low", "closed");
  acts_test_refused (test, test->nurse, "invalidate-measurement", FORLOP_ERROR_ALREADY, "already",
                     "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"x\"}", citizen_id,
                     id);

  acts_test_must (test, test->nurse, "restore-measurement",
                  "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Det var Livs\"}",
                  citizen_id, id);
  follow_up_assert (test, case_id, id, "red", 1);
  follow_up_assert_alert (test, id, "red_low", "new");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM invalidation"), ==, 2);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM alert"), ==, 1);
}

static void
test_taking_back_a_measurement_marks_it_as_invalid (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autoptr (ForlopActResult) recorded =
    acts_test_do (test, test->nurse, "record-measurement",
                  "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":86,"
                  "\"measured_at\":\"2026-03-16T08:10:00\"}", case_id);
  g_autoptr (ForlopActResult) undone =
    acts_test_do (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", recorded->op_id);

  follow_up_assert (test, case_id, recorded->subject_id, "implausible", 1);
  follow_up_assert_alert (test, recorded->subject_id, "red_low", "closed");
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM measurement"), ==, 1);
  acts_test_refused (test, test->nurse, "undo", FORLOP_ERROR_ALREADY, "already",
                     "{\"op_id\":\"%s\"}", recorded->op_id);
}

static void
test_a_pause_calls_nobody (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *before = follow_up_measure (test, case_id, "spo2", "86", "2026-03-16T08:10:00");
  g_autoptr (ForlopActResult) pause =
    acts_test_do (test, test->nurse, "start-pause",
                  "{\"case_id\":\"%s\",\"reason\":\"hospital\","
                  "\"from_time\":\"2026-03-16T08:00:00\"}", case_id);
  g_autofree char *during = follow_up_measure (test, case_id, "spo2", "85", "2026-03-16T08:30:00");
  g_autofree char *after = NULL;

  follow_up_assert (test, case_id, during, "red", 1);
  g_assert_null (follow_up_alert (test, during, "red_low"));
  follow_up_assert_alert (test, before, "red_low", "new");
  acts_test_refused (test, test->nurse, "start-pause", FORLOP_ERROR_ALREADY, "already a pause",
                     "{\"case_id\":\"%s\",\"reason\":\"holiday\"}", case_id);

  acts_test_must (test, test->nurse, "end-pause", "{\"pause_id\":\"%s\"}", pause->subject_id);
  acts_test_refused (test, test->nurse, "end-pause", FORLOP_ERROR_ALREADY, "ended",
                     "{\"pause_id\":\"%s\"}", pause->subject_id);
  after = follow_up_measure (test, case_id, "spo2", "85", "2026-03-16T09:00:00");
  follow_up_assert_alert (test, after, "red_low", "new");
}

static void
test_a_pause_needs_a_running_service (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_grant (test, DAY);

  acts_test_refused (test, test->nurse, "start-pause", FORLOP_ERROR_GATE, "not running",
                     "{\"case_id\":\"%s\",\"reason\":\"holiday\"}", case_id);
}

/* As the server would refuse it, by its own clock. */
static void
test_what_lies_far_ahead_is_refused (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);

  acts_test_refused (test, test->nurse, "report-deviation", FORLOP_ERROR_INVALID, "too far ahead",
                     "{\"case_id\":\"%s\",\"happened_at\":\"2062-03-16T08:00:00\",\"description\":\"Falt\"}", case_id);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM deviation"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/follow-up/a-red-is-judged-explained-and-raised-in-one-act",
                   test_a_red_is_judged_explained_and_raised_in_one_act);
  g_test_add_func ("/follow-up/equal-to-the-limit-is-inside", test_equal_to_the_limit_is_inside);
  g_test_add_func ("/follow-up/the-same-reading-twice-is-one", test_the_same_reading_twice_is_one);
  g_test_add_func ("/follow-up/a-blood-pressure-is-two-readings-at-one-time",
                   test_a_blood_pressure_is_two_readings_at_one_time);
  g_test_add_func ("/follow-up/what-cannot-be-a-reading-is-refused-or-kept",
                   test_what_cannot_be_a_reading_is_refused_or_kept);
  g_test_add_func ("/follow-up/a-measurement-of-the-citizen-finds-the-running-case",
                   test_a_measurement_of_the_citizen_finds_the_running_case);
  g_test_add_func ("/follow-up/nobody-is-called-before-the-service-starts",
                   test_nobody_is_called_before_the_service_starts);
  g_test_add_func ("/follow-up/order-of-arrival-never-changes-the-final-state",
                   test_order_of_arrival_never_changes_the_final_state);
  g_test_add_func ("/follow-up/a-repeat-is-waited-for-before-anybody-is-called",
                   test_a_repeat_is_waited_for_before_anybody_is_called);
  g_test_add_func ("/follow-up/an-alert-is-taken-by-one", test_an_alert_is_taken_by_one);
  g_test_add_func ("/follow-up/a-red-that-nobody-takes-is-the-leader-s", test_a_red_that_nobody_takes_is_the_leader_s);
  g_test_add_func ("/follow-up/one-call-handles-every-open-alert",
                   test_one_call_handles_every_open_alert);
  g_test_add_func ("/follow-up/an-alert-can-be-snoozed-and-set-aside",
                   test_an_alert_can_be_snoozed_and_set_aside);
  g_test_add_func ("/follow-up/a-handled-yellow-that-turns-red-comes-back",
                   test_a_handled_yellow_that_turns_red_comes_back);
  g_test_add_func ("/follow-up/an-invalid-measurement-takes-its-alert-with-it-and-back",
                   test_an_invalid_measurement_takes_its_alert_with_it_and_back);
  g_test_add_func ("/follow-up/taking-back-a-measurement-marks-it-as-invalid",
                   test_taking_back_a_measurement_marks_it_as_invalid);
  g_test_add_func ("/follow-up/a-pause-calls-nobody", test_a_pause_calls_nobody);
  g_test_add_func ("/follow-up/a-pause-needs-a-running-service", test_a_pause_needs_a_running_service);
  g_test_add_func ("/follow-up/what-lies-far-ahead-is-refused", test_what_lies_far_ahead_is_refused);

  return g_test_run ();
}
