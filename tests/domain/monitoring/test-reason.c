/* SPDX-License-Identifier: EUPL-1.2 */

#include "monitoring-fixture.h"

static void
assert_sentence (const ForlopMeasurement *measurement,
                 const ForlopPlanVersion *plan,
                 const ForlopMeasurement *history,
                 unsigned int             n_history,
                 const char              *expected)
{
  ForlopJudgement judgement = forlop_triage_judge (measurement, plan, plan != NULL,
                                                   history, n_history);
  g_autofree char *sentence = forlop_reason_format (&judgement.reason);
  g_autofree char *json = forlop_reason_to_json (&judgement.reason);
  GError *error = NULL;
  ForlopReason read;

  g_assert_cmpstr (sentence, ==, expected);

  /* Stored and read again it says the same. */
  g_assert_true (forlop_reason_from_json (json, &read, &error));
  g_assert_no_error (error);
  g_autofree char *again = forlop_reason_format (&read);
  g_autofree char *json_again = forlop_reason_to_json (&read);
  g_assert_cmpstr (again, ==, sentence);
  g_assert_cmpstr (json_again, ==, json);
  g_assert_true (forlop_limits_equal (&read.limits, &judgement.reason.limits));
}

/* Plan v3, in force from 12.03.2026. */
static void
make_plan (ForlopPlanVersion *plan)
{
  ForlopDate from;

  forlop_plan_version_init (plan, 3);
  g_assert_true (forlop_date_from_ymd (2026, 3, 12, &from));
  plan->valid_from = forlop_instant_from_wall (from, 0);
  set_limits (plan, FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);
  set_limits (plan, FORLOP_MEASURE_SYSTOLIC, UNSET, UNSET, 150, 170);
  add_change (plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_RED);
  add_change (plan, FORLOP_MEASURE_WEIGHT, -2, 1, FORLOP_SEVERITY_YELLOW);
}

static void
test_limits_have_sentences (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 86, AT);
  ForlopPlanVersion plan;

  make_plan (&plan);

  assert_sentence (&m, &plan, NULL, 0,
                   "Red: SpO₂ 86 % is under 88 % (plan v3, in force from 12.03.2026)");
  m.value = 91;
  assert_sentence (&m, &plan, NULL, 0,
                   "Yellow: SpO₂ 91 % is under 92 % (plan v3, in force from 12.03.2026)");
  m.value = 95;
  assert_sentence (&m, &plan, NULL, 0,
                   "Green: SpO₂ 95 % is inside the limits (plan v3, in force from 12.03.2026)");
}

static void
test_unusable_readings_have_sentences (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 86, AT);
  ForlopPlanVersion plan;

  make_plan (&plan);

  m.value = 0;
  assert_sentence (&m, &plan, NULL, 0, "Invalid: SpO₂ 0 % cannot be a reading");
  m.value = 104;
  assert_sentence (&m, &plan, NULL, 0,
                   "Invalid: SpO₂ 104 % is outside what is possible (40 to 100 %)");
  m.value = NAN;
  assert_sentence (&m, &plan, NULL, 0, "Invalid: the value for SpO₂ is not a number");
  m.quality = FORLOP_QUALITY_ABSENT;
  assert_sentence (&m, &plan, NULL, 0, "Not measured: the device reported no value for SpO₂");

  m = reading (1, FORLOP_MEASURE_SPO2, 86, AT);
  m.invalidated = TRUE;
  assert_sentence (&m, &plan, NULL, 0, "Invalid: SpO₂ 86 % was marked as invalid");
  m.invalidated = FALSE;
  assert_sentence (&m, NULL, NULL, 0,
                   "Limits not set: no plan was in force when SpO₂ 86 % was measured");
  plan.observation_until = AT + 1;
  assert_sentence (&m, &plan, NULL, 0,
                   "Observation: SpO₂ 86 % is collected until limits are set "
                   "(plan v3, in force from 12.03.2026)");
}

static void
test_missing_limits_have_a_sentence (void)
{
  ForlopMeasurement m;
  ForlopPlanVersion plan;

  make_plan (&plan);
  plan.valid_from = FORLOP_INSTANT_NONE;
  m = reading (1, FORLOP_MEASURE_GLUCOSE, 5.5, AT);
  assert_sentence (&m, &plan, NULL, 0,
                   "Limits not set: glucose 5,5 mmol/L has no limits to be judged by "
                   "(plan v3)");
}

static void
test_pressures_have_sentences (void)
{
  ForlopMeasurement history[1];
  ForlopMeasurement m;
  ForlopPlanVersion plan;

  make_plan (&plan);
  plan.valid_from = FORLOP_INSTANT_NONE;
  m = reading (1, FORLOP_MEASURE_SYSTOLIC, 171, AT);
  assert_sentence (&m, &plan, NULL, 0,
                   "Red: systolic blood pressure 171 mmHg is over 170 mmHg (plan v3)");
  m.value = 151;
  assert_sentence (&m, &plan, NULL, 0,
                   "Yellow: systolic blood pressure 151 mmHg is over 150 mmHg (plan v3)");
  history[0] = reading (2, FORLOP_MEASURE_DIASTOLIC, 155, AT);
  assert_sentence (&m, &plan, history, 1,
                   "Invalid: blood pressure 151/155 mmHg has a systolic value that is not above "
                   "the diastolic one");
}

static void
test_changes_have_sentences (void)
{
  ForlopMeasurement history[1];
  ForlopMeasurement m;
  ForlopPlanVersion plan;

  make_plan (&plan);
  plan.valid_from = FORLOP_INSTANT_NONE;
  history[0] = reading (2, FORLOP_MEASURE_WEIGHT, 80.1, AT - 3 * FORLOP_DAY);
  m = reading (1, FORLOP_MEASURE_WEIGHT, 82.3, AT);
  assert_sentence (&m, &plan, history, 1,
                   "Red: weight 82,3 kg is 2,2 kg above the lowest value of the last 3 days, "
                   "80,1 kg; more than 2,0 kg was agreed as a warning sign (plan v3)");
  history[0] = reading (2, FORLOP_MEASURE_WEIGHT, 84.4, AT - FORLOP_DAY);
  assert_sentence (&m, &plan, history, 1,
                   "Yellow: weight 82,3 kg is 2,1 kg below the highest value of the last 1 day, "
                   "84,4 kg; more than 2,0 kg was agreed as a warning sign (plan v3)");
}

static void
test_own_median_has_sentences (void)
{
  ForlopMeasurement history[6];
  ForlopMeasurement m;
  ForlopPlanVersion plan;
  ForlopRule rule;

  make_plan (&plan);
  plan.valid_from = FORLOP_INSTANT_NONE;
  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_PULSE);
  rule.amount = 10;
  rule.percent = rule.either_way = TRUE;
  rule.days = 14;
  g_assert_true (forlop_plan_version_add_rule (&plan, &rule, NULL));
  for (unsigned int i = 0; i < 6; i++)
    history[i] = reading (10 + i, FORLOP_MEASURE_PULSE, i < 3 ? 60 : 61,
                          AT - (6 - i) * FORLOP_DAY);
  m = reading (1, FORLOP_MEASURE_PULSE, 67, AT);
  assert_sentence (&m, &plan, history, 6,
                   "Yellow: pulse 67 beats/min is 6,5 beats/min above the citizen’s own "
                   "median of the last 14 days, 60,5 beats/min; more than 10 % was agreed as a "
                   "warning sign (plan v3)");
  m.value = 54;
  assert_sentence (&m, &plan, history, 6,
                   "Yellow: pulse 54 beats/min is 6,5 beats/min below the citizen’s own "
                   "median of the last 14 days, 60,5 beats/min; more than 10 % was agreed as a "
                   "warning sign (plan v3)");
}

static void
test_stored_form_is_compact (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 86, AT);
  ForlopPlanVersion plan;

  forlop_plan_version_init (&plan, 3);
  set_limits (&plan, FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);

  ForlopJudgement judgement = forlop_triage_judge (&m, &plan, 1, NULL, 0);
  g_autofree char *json = forlop_reason_to_json (&judgement.reason);

  g_assert_cmpstr (json, ==,
                   "{\"code\":\"beyond_limit\",\"severity\":\"red\",\"measure\":\"spo2\","
                   "\"value\":86.0,\"limit_kind\":\"red_low\",\"limit\":88.0,\"plan_version\":3,"
                   "\"limits\":{\"red_low\":88.0,\"yellow_low\":92.0}}");
}

static void
test_unreadable_reasons_are_refused (void)
{
  static const char *const texts[] = {
    "", "[]", "{", "{}", "{\"code\":\"beyond_limit\"}",
    "{\"code\":\"magic\",\"severity\":\"red\"}",
    "{\"code\":\"inside\",\"severity\":\"purple\"}",
    "{\"code\":\"inside\",\"severity\":\"green\",\"value\":\"much\"}",
    "{\"code\":\"inside\",\"severity\":\"green\",\"limits\":{\"red_low\":\"x\"}}",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ForlopReason reason = { .days = 77 };
      GError *error = NULL;

      g_assert_false (forlop_reason_from_json (texts[i], &reason, &error));
      g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
      g_assert_cmpint (reason.days, ==, 77);
      g_clear_error (&error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reason/limits-have-sentences", test_limits_have_sentences);
  g_test_add_func ("/reason/unusable-readings-have-sentences",
                   test_unusable_readings_have_sentences);
  g_test_add_func ("/reason/missing-limits-have-a-sentence", test_missing_limits_have_a_sentence);
  g_test_add_func ("/reason/pressures-have-sentences", test_pressures_have_sentences);
  g_test_add_func ("/reason/changes-have-sentences", test_changes_have_sentences);
  g_test_add_func ("/reason/own-median-has-sentences", test_own_median_has_sentences);
  g_test_add_func ("/reason/stored-form-is-compact", test_stored_form_is_compact);
  g_test_add_func ("/reason/unreadable-ones-are-refused", test_unreadable_reasons_are_refused);
  return g_test_run ();
}
