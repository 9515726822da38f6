/* SPDX-License-Identifier: EUPL-1.2 */

#include "monitoring-fixture.h"

static void
copd_plan (ForlopPlanVersion *plan)
{
  forlop_plan_version_init (plan, 1);
  set_limits (plan, FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);
  set_limits (plan, FORLOP_MEASURE_SYSTOLIC, 90, 100, 150, 170);
  set_limits (plan, FORLOP_MEASURE_TEMPERATURE, UNSET, UNSET, 38, UNSET);
}

static void
test_equal_to_a_limit_is_inside (void)
{
  static const struct {
    ForlopMeasure measure;
    double value;
    ForlopSeverity severity;
  } rows[] = {
    { FORLOP_MEASURE_SPO2, 87, FORLOP_SEVERITY_RED },
    { FORLOP_MEASURE_SPO2, 87.9, FORLOP_SEVERITY_RED },
    { FORLOP_MEASURE_SPO2, 88, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_SPO2, 91.9, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_SPO2, 92, FORLOP_SEVERITY_GREEN },
    { FORLOP_MEASURE_SPO2, 100, FORLOP_SEVERITY_GREEN },
    { FORLOP_MEASURE_SYSTOLIC, 89, FORLOP_SEVERITY_RED },
    { FORLOP_MEASURE_SYSTOLIC, 90, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_SYSTOLIC, 100, FORLOP_SEVERITY_GREEN },
    { FORLOP_MEASURE_SYSTOLIC, 150, FORLOP_SEVERITY_GREEN },
    { FORLOP_MEASURE_SYSTOLIC, 151, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_SYSTOLIC, 170, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_SYSTOLIC, 171, FORLOP_SEVERITY_RED },
    { FORLOP_MEASURE_TEMPERATURE, 38, FORLOP_SEVERITY_GREEN },
    { FORLOP_MEASURE_TEMPERATURE, 38.1, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_TEMPERATURE, 44, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_TEMPERATURE, 30, FORLOP_SEVERITY_GREEN },
    /* What binary arithmetic makes of 88 and 38.1 is still 88 and 38.1. */
    { FORLOP_MEASURE_SPO2, 88.1 - 0.1, FORLOP_SEVERITY_YELLOW },
    { FORLOP_MEASURE_TEMPERATURE, 37.9 + 0.1, FORLOP_SEVERITY_GREEN },
  };
  ForlopPlanVersion plan;

  copd_plan (&plan);
  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (judge_alone (&plan, rows[i].measure, rows[i].value), ==, rows[i].severity);
}

static void
test_missing_limits_are_a_state_of_their_own (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_GLUCOSE, 5, AT);
  ForlopPlanVersion plan;

  copd_plan (&plan);
  g_assert_cmpint (judge_alone (&plan, FORLOP_MEASURE_GLUCOSE, 5), ==, FORLOP_SEVERITY_NONE);
  /* A rule that does not fire sets no limits. */
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_alone (&plan, FORLOP_MEASURE_WEIGHT, 80), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (forlop_triage_judge (&m, NULL, 0, NULL, 0).reason.code, ==,
                   FORLOP_REASON_NO_PLAN);
}

static void
test_impossible_values_have_no_colour (void)
{
  static const struct {
    double value;
    ForlopReasonCode code;
  } rows[] = {
    { 0, FORLOP_REASON_ZERO },
    { -0.0, FORLOP_REASON_ZERO },
    { NAN, FORLOP_REASON_NOT_A_NUMBER },
    { INFINITY, FORLOP_REASON_NOT_A_NUMBER },
    { -INFINITY, FORLOP_REASON_NOT_A_NUMBER },
    { 1e300, FORLOP_REASON_NOT_A_NUMBER },
    { -88, FORLOP_REASON_OUT_OF_RANGE },
    { 39, FORLOP_REASON_OUT_OF_RANGE },
    { 101, FORLOP_REASON_OUT_OF_RANGE },
  };
  ForlopPlanVersion plan;

  copd_plan (&plan);
  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, rows[i].value, AT);
      ForlopJudgement judgement = forlop_triage_judge (&m, &plan, 1, NULL, 0);

      g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_IMPLAUSIBLE);
      g_assert_cmpint (judgement.reason.code, ==, rows[i].code);
    }

  /* Zero points is a score. */
  set_limits (&plan, FORLOP_MEASURE_NEWS2, UNSET, UNSET, 4, 6);
  g_assert_cmpint (judge_alone (&plan, FORLOP_MEASURE_NEWS2, 0), ==, FORLOP_SEVERITY_GREEN);
}

static void
test_absent_and_invalidated_are_kept_without_colour (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, NAN, AT);
  ForlopPlanVersion plan;

  copd_plan (&plan);
  m.quality = FORLOP_QUALITY_ABSENT;
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==,
                   FORLOP_SEVERITY_NOT_REPORTED);
  m = reading (1, FORLOP_MEASURE_SPO2, 80, AT);
  m.invalidated = TRUE;
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==,
                   FORLOP_SEVERITY_IMPLAUSIBLE);
  m.invalidated = FALSE;
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==, FORLOP_SEVERITY_RED);
}

static void
test_swapped_pressures_are_both_flagged (void)
{
  ForlopMeasurement pair[4] = {
    reading (1, FORLOP_MEASURE_SYSTOLIC, 80, AT), reading (2, FORLOP_MEASURE_DIASTOLIC, 120, AT),
  };
  ForlopPlanVersion plan;

  copd_plan (&plan);
  for (unsigned int i = 0; i < 2; i++)
    g_assert_cmpint (forlop_triage_judge (&pair[i], &plan, 1, pair, 2).reason.code, ==,
                     FORLOP_REASON_SWAPPED);

  /* Equal is swapped too; one above is not. */
  pair[0].value = 120;
  g_assert_cmpint (forlop_triage_judge (&pair[0], &plan, 1, pair, 2).severity, ==,
                   FORLOP_SEVERITY_IMPLAUSIBLE);
  pair[0].value = 121;
  g_assert_cmpint (forlop_triage_judge (&pair[0], &plan, 1, pair, 2).severity, ==,
                   FORLOP_SEVERITY_GREEN);

  /* At another time they are no pair. */
  pair[0].value = 80;
  pair[1].measured_at = AT + 1;
  g_assert_cmpint (forlop_triage_judge (&pair[0], &plan, 1, pair, 2).severity, ==,
                   FORLOP_SEVERITY_RED);

  /* A corrected pair at the same time is coloured, the swapped one stays flagged. */
  pair[1].measured_at = AT;
  pair[2] = reading (3, FORLOP_MEASURE_SYSTOLIC, 120, AT);
  pair[3] = reading (4, FORLOP_MEASURE_DIASTOLIC, 80, AT);
  static const gboolean flagged[] = { TRUE, TRUE, FALSE, FALSE };
  for (unsigned int i = 0; i < 4; i++)
    g_assert_cmpint (forlop_triage_judge (&pair[i], &plan, 1, pair, 4).severity
                       == FORLOP_SEVERITY_IMPLAUSIBLE, ==, flagged[i]);

  /* A partner of zero says nothing: it is flagged by itself. */
  ForlopMeasurement with_zero[2] = {
    reading (5, FORLOP_MEASURE_DIASTOLIC, 80, AT), reading (6, FORLOP_MEASURE_SYSTOLIC, 0, AT),
  };
  g_assert_cmpint (forlop_triage_judge (&with_zero[0], &plan, 1, with_zero, 2).reason.code, ==,
                   FORLOP_REASON_NO_LIMITS);
  g_assert_cmpint (forlop_triage_judge (&with_zero[1], &plan, 1, with_zero, 2).reason.code, ==,
                   FORLOP_REASON_ZERO);

  /* An invalidated partner says nothing. */
  pair[1].invalidated = TRUE;
  g_assert_cmpint (forlop_triage_judge (&pair[0], &plan, 1, pair, 2).severity, ==,
                   FORLOP_SEVERITY_RED);
}

static void
test_limits_in_force_when_measured_decide (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 90, AT);
  ForlopPlanVersion versions[2];

  forlop_plan_version_init (&versions[0], 1);
  set_limits (&versions[0], FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);
  versions[0].valid_from = AT - FORLOP_DAY;
  forlop_plan_version_init (&versions[1], 2);
  set_limits (&versions[1], FORLOP_MEASURE_SPO2, 91, 94, UNSET, UNSET);
  versions[1].valid_from = AT;

  /* Received much later than it was measured: the time of measuring decides. */
  m.measured_at = AT - 1;
  m.received_at = AT + 10 * FORLOP_DAY;
  ForlopJudgement judgement = forlop_triage_judge (&m, versions, 2, NULL, 0);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_YELLOW);
  g_assert_cmpuint (judgement.plan_version, ==, 1);
  g_assert_true (judgement.reason.limits.yellow_low == 92);

  m.measured_at = AT;
  judgement = forlop_triage_judge (&m, versions, 2, NULL, 0);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_RED);
  g_assert_cmpuint (judgement.plan_version, ==, 2);

  m.measured_at = AT - FORLOP_DAY - 1;
  judgement = forlop_triage_judge (&m, versions, 2, NULL, 0);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpuint (judgement.plan_version, ==, 0);
}

static void
test_observation_ends_at_its_instant (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 80, AT - 1);
  ForlopPlanVersion plan;

  copd_plan (&plan);
  plan.observation_until = AT;
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==,
                   FORLOP_SEVERITY_OBSERVATION);
  m.measured_at = AT;
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==, FORLOP_SEVERITY_RED);
  /* A date lasts to the end of its day in Oslo; AT is 08.00 on it. */
  forlop_plan_version_observe_through (&plan, forlop_instant_to_date (AT));
  g_assert_cmpint (plan.observation_until, ==, AT + 16 * FORLOP_HOUR);
  forlop_plan_version_observe_through (&plan, FORLOP_DATE_NONE);
  g_assert_cmpint (plan.observation_until, ==, FORLOP_INSTANT_NONE);
  plan.observation_until = AT;

  /* Implausible values are flagged in observation too. */
  m = reading (1, FORLOP_MEASURE_SPO2, 0, AT - 1);
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==,
                   FORLOP_SEVERITY_IMPLAUSIBLE);
}

static void
test_quality_makes_uncertain_and_keeps_the_colour (void)
{
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_SPO2, 80, AT);
  ForlopPlanVersion plan;

  copd_plan (&plan);
  g_assert_false (forlop_triage_judge (&m, &plan, 1, NULL, 0).uncertain);
  m.quality = FORLOP_QUALITY_UNCALIBRATED | FORLOP_QUALITY_INITIAL;
  g_assert_true (forlop_triage_judge (&m, &plan, 1, NULL, 0).uncertain);
  g_assert_cmpint (forlop_triage_judge (&m, &plan, 1, NULL, 0).severity, ==, FORLOP_SEVERITY_RED);
  m.quality = FORLOP_QUALITY_CALIBRATED;
  g_assert_false (forlop_triage_judge (&m, &plan, 1, NULL, 0).uncertain);
}

static ForlopSeverity
judge_weight (const ForlopPlanVersion *plan,
              double                   before,
              gint64                   earlier_ms,
              double                   now)
{
  ForlopMeasurement history[2] = {
    reading (1, FORLOP_MEASURE_WEIGHT, before, AT - earlier_ms),
    reading (2, FORLOP_MEASURE_WEIGHT, now, AT),
  };
  ForlopMeasurement measurement = history[1];

  forlop_measurements_sort (history, 2);
  return forlop_triage_judge (&measurement, plan, 1, history, 2).severity;
}

static void
test_change_is_strictly_more_than_the_amount (void)
{
  ForlopPlanVersion plan;
  gint64 window = 3 * FORLOP_DAY;

  forlop_plan_version_init (&plan, 1);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_RED);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, -1.5, 3, FORLOP_SEVERITY_YELLOW);

  /* Every tenth of a kilogram from 40.0: exactly 2.0 kg never counts, 2.1 kg always does. */
  for (int tenths = 400; tenths < 2000; tenths++)
    {
      double base = tenths / 10.0;

      g_assert_cmpint (judge_weight (&plan, base, window, (tenths + 20) / 10.0), ==,
                       FORLOP_SEVERITY_NONE);
      g_assert_cmpint (judge_weight (&plan, base, window, base + 2.0), ==, FORLOP_SEVERITY_NONE);
      g_assert_cmpint (judge_weight (&plan, base, window, (tenths + 21) / 10.0), ==,
                       FORLOP_SEVERITY_RED);
      g_assert_cmpint (judge_weight (&plan, base, window, (tenths - 15) / 10.0), ==,
                       FORLOP_SEVERITY_NONE);
      g_assert_cmpint (judge_weight (&plan, base, window, (tenths - 16) / 10.0), ==,
                       FORLOP_SEVERITY_YELLOW);
    }
}

static void
test_change_looks_back_whole_days_of_24_hours (void)
{
  ForlopPlanVersion plan;

  forlop_plan_version_init (&plan, 1);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_weight (&plan, 80, 3 * FORLOP_DAY, 83), ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_weight (&plan, 80, 3 * FORLOP_DAY + 1, 83), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_weight (&plan, 80, 0, 83), ==, FORLOP_SEVERITY_RED);
  /* Later readings are not looked at. */
  g_assert_cmpint (judge_weight (&plan, 80, -1, 83), ==, FORLOP_SEVERITY_NONE);
}

static void
test_change_starts_from_the_lowest_plausible (void)
{
  ForlopMeasurement history[] = {
    reading (1, FORLOP_MEASURE_WEIGHT, 81, AT - 70 * FORLOP_HOUR),
    reading (2, FORLOP_MEASURE_WEIGHT, 80.5, AT - 60 * FORLOP_HOUR),
    reading (3, FORLOP_MEASURE_WEIGHT, 0, AT - 50 * FORLOP_HOUR),
    reading (4, FORLOP_MEASURE_WEIGHT, 75, AT - 40 * FORLOP_HOUR),
    reading (5, FORLOP_MEASURE_PULSE, 40, AT - 30 * FORLOP_HOUR),
    reading (6, FORLOP_MEASURE_WEIGHT, 82.6, AT),
  };
  ForlopPlanVersion plan;

  forlop_plan_version_init (&plan, 1);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_YELLOW);
  /* 75 kg was somebody else on the scale. */
  history[3].invalidated = TRUE;

  ForlopJudgement judgement = forlop_triage_judge (&history[5], &plan, 1, history, 6);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_YELLOW);
  g_assert_true (judgement.reason.other == 80.5);
  g_assert_cmpint (judgement.reason.other_at, ==, AT - 60 * FORLOP_HOUR);

  history[5].value = 82.5;
  g_assert_cmpint (forlop_triage_judge (&history[5], &plan, 1, history, 6).severity, ==,
                   FORLOP_SEVERITY_NONE);
}

static void
test_worst_rule_decides_and_limits_come_first (void)
{
  ForlopMeasurement history[] = {
    reading (1, FORLOP_MEASURE_WEIGHT, 80, AT - FORLOP_DAY),
    reading (2, FORLOP_MEASURE_WEIGHT, 86, AT),
  };
  ForlopPlanVersion plan;

  forlop_plan_version_init (&plan, 1);
  set_limits (&plan, FORLOP_MEASURE_WEIGHT, UNSET, UNSET, 85, 90);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 2, 3, FORLOP_SEVERITY_YELLOW);

  ForlopJudgement judgement = forlop_triage_judge (&history[1], &plan, 1, history, 2);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_YELLOW);
  g_assert_cmpint (judgement.reason.code, ==, FORLOP_REASON_BEYOND_LIMIT);

  add_change (&plan, FORLOP_MEASURE_WEIGHT, 3, 3, FORLOP_SEVERITY_RED);
  add_change (&plan, FORLOP_MEASURE_WEIGHT, 4, 3, FORLOP_SEVERITY_RED);
  judgement = forlop_triage_judge (&history[1], &plan, 1, history, 2);
  g_assert_cmpint (judgement.severity, ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judgement.reason.code, ==, FORLOP_REASON_CHANGE);
  g_assert_true (judgement.reason.amount == 3);

  history[1].value = 91;
  judgement = forlop_triage_judge (&history[1], &plan, 1, history, 2);
  g_assert_cmpint (judgement.reason.code, ==, FORLOP_REASON_BEYOND_LIMIT);
  g_assert_cmpint (judgement.reason.limit_kind, ==, FORLOP_LIMIT_RED_HIGH);
}

static ForlopSeverity
judge_by_median (const ForlopRule *rule,
                 const double     *before,
                 unsigned int      n_before,
                 double            value)
{
  ForlopMeasurement history[400];
  ForlopPlanVersion plan;

  for (unsigned int i = 0; i < n_before; i++)
    history[i] = reading (10 + i, rule->measure, before[i], AT - (n_before - i) * FORLOP_HOUR);
  history[n_before] = reading (1, rule->measure, value, AT);
  forlop_plan_version_init (&plan, 1);
  g_assert_true (forlop_plan_version_add_rule (&plan, rule, NULL));
  return forlop_triage_judge (&history[n_before], &plan, 1, history, n_before + 1).severity;
}

static void
test_own_median_needs_enough_readings (void)
{
  const double odd[] = { 60, 90, 62, 61, 40 };
  const double even[] = { 60, 63, 62, 61, 90, 40 };
  ForlopRule rule;

  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_PULSE);
  rule.amount = 10;
  rule.days = 14;
  rule.severity = FORLOP_SEVERITY_RED;

  /* The median of five is 61. */
  g_assert_cmpint (judge_by_median (&rule, odd, 4, 200), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 71), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 72), ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 50), ==, FORLOP_SEVERITY_NONE);

  /* The median of six is 61.5. */
  g_assert_cmpint (judge_by_median (&rule, even, 6, 71.5), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, even, 6, 71.6), ==, FORLOP_SEVERITY_RED);

  rule.amount = -10;
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 51), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 50), ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 90), ==, FORLOP_SEVERITY_NONE);

  rule.amount = 10;
  rule.either_way = TRUE;
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 50), ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 51), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 72), ==, FORLOP_SEVERITY_RED);

  /* 10 % of 61 is 6.1. */
  rule.percent = TRUE;
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 67.1), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 67.2), ==, FORLOP_SEVERITY_RED);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 54.9), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, odd, 5, 54.8), ==, FORLOP_SEVERITY_RED);
}

static void
test_own_median_of_a_long_window (void)
{
  double before[399];
  ForlopRule rule;

  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_PULSE);
  rule.amount = 10;
  rule.days = 30;
  rule.severity = FORLOP_SEVERITY_RED;
  for (unsigned int i = 0; i < G_N_ELEMENTS (before); i++)
    before[i] = 50 + (i * 5) % 21;
  /* 19 of each number from 50 to 70: the median is 60. */
  g_assert_cmpint (judge_by_median (&rule, before, 399, 70), ==, FORLOP_SEVERITY_NONE);
  g_assert_cmpint (judge_by_median (&rule, before, 399, 70.1), ==, FORLOP_SEVERITY_RED);
}

static ForlopRepeatState
repeat_state (const ForlopPlanVersion *plan,
              const ForlopMeasurement *readings,
              unsigned int             n_readings,
              unsigned int             index,
              gint64                   now_ms)
{
  ForlopJudgement judgement = forlop_triage_judge (&readings[index], plan, 1,
                                                   readings, n_readings);

  return forlop_triage_repeat (&readings[index], &judgement, plan, 1, readings, n_readings,
                               now_ms);
}

static void
test_red_waits_for_its_repeat (void)
{
  ForlopMeasurement r[] = {
    reading (1, FORLOP_MEASURE_SPO2, 86, AT),
    reading (2, FORLOP_MEASURE_SPO2, 95, AT + 30 * FORLOP_MINUTE),
    reading (3, FORLOP_MEASURE_SPO2, 86, AT + 40 * FORLOP_MINUTE),
    reading (4, FORLOP_MEASURE_SPO2, 85, AT + 50 * FORLOP_MINUTE),
  };
  gint64 last = AT + 30 * FORLOP_MINUTE;
  ForlopPlanVersion plan;

  copd_plan (&plan);
  g_assert_cmpint (repeat_state (&plan, r, 1, 0, AT), ==, FORLOP_REPEAT_NOT_ASKED);
  plan.repeat_within_minutes = 30;

  ForlopJudgement judgement = forlop_triage_judge (&r[0], &plan, 1, r, 1);
  g_assert_true (judgement.awaits_repeat);
  g_assert_cmpint (judgement.repeat_until, ==, last);

  /* Alone: waits to the last moment, then it is an alert. */
  g_assert_cmpint (repeat_state (&plan, r, 1, 0, AT), ==, FORLOP_REPEAT_AWAITING);
  g_assert_cmpint (repeat_state (&plan, r, 1, 0, last), ==, FORLOP_REPEAT_AWAITING);
  g_assert_cmpint (repeat_state (&plan, r, 1, 0, last + 1), ==, FORLOP_REPEAT_EXPIRED);

  /* A green repeat, at the last moment and even if it arrives late, clears it. */
  g_assert_cmpint (repeat_state (&plan, r, 2, 0, last + FORLOP_DAY), ==, FORLOP_REPEAT_CLEARED);
  r[1].measured_at++;
  g_assert_cmpint (repeat_state (&plan, r, 2, 0, last + 2), ==, FORLOP_REPEAT_EXPIRED);
  r[1].measured_at--;

  /* A red after a green is a first one again, and the red after it confirms. */
  g_assert_true (forlop_triage_judge (&r[2], &plan, 1, r, 4).awaits_repeat);
  g_assert_cmpint (repeat_state (&plan, r, 4, 2, last), ==, FORLOP_REPEAT_CONFIRMED);
  g_assert_false (forlop_triage_judge (&r[3], &plan, 1, r, 4).awaits_repeat);
  g_assert_cmpint (repeat_state (&plan, r, 4, 3, last), ==, FORLOP_REPEAT_CONFIRMED);

  /* An implausible reading is no repeat. */
  r[1].value = 0;
  g_assert_cmpint (repeat_state (&plan, r, 2, 0, last), ==, FORLOP_REPEAT_AWAITING);

  /* Yellow is an alert at once. */
  r[0].value = 90;
  judgement = forlop_triage_judge (&r[0], &plan, 1, r, 1);
  g_assert_cmpint (repeat_state (&plan, r, 1, 0, AT), ==, FORLOP_REPEAT_NOT_ASKED);
  g_assert_true (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_NOT_ASKED));
}

static void
test_only_confirmed_or_expired_reds_are_alerts (void)
{
  ForlopJudgement judgement = { .severity = FORLOP_SEVERITY_RED };

  g_assert_true (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_NOT_ASKED));
  g_assert_true (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_CONFIRMED));
  g_assert_true (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_EXPIRED));
  g_assert_false (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_AWAITING));
  g_assert_false (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_CLEARED));
  judgement.severity = FORLOP_SEVERITY_GREEN;
  g_assert_false (forlop_triage_is_alert (&judgement, FORLOP_REPEAT_NOT_ASKED));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/triage/equal-to-a-limit-is-inside", test_equal_to_a_limit_is_inside);
  g_test_add_func ("/triage/missing-limits-are-a-state-of-their-own",
                   test_missing_limits_are_a_state_of_their_own);
  g_test_add_func ("/triage/impossible-values-have-no-colour",
                   test_impossible_values_have_no_colour);
  g_test_add_func ("/triage/absent-and-invalidated-are-kept-without-colour",
                   test_absent_and_invalidated_are_kept_without_colour);
  g_test_add_func ("/triage/swapped-pressures-are-both-flagged",
                   test_swapped_pressures_are_both_flagged);
  g_test_add_func ("/triage/limits-in-force-when-measured-decide",
                   test_limits_in_force_when_measured_decide);
  g_test_add_func ("/triage/observation-ends-at-its-instant",
                   test_observation_ends_at_its_instant);
  g_test_add_func ("/triage/quality-makes-uncertain-and-keeps-the-colour",
                   test_quality_makes_uncertain_and_keeps_the_colour);
  g_test_add_func ("/triage/change-is-strictly-more-than-the-amount",
                   test_change_is_strictly_more_than_the_amount);
  g_test_add_func ("/triage/change-looks-back-whole-days-of-24-hours",
                   test_change_looks_back_whole_days_of_24_hours);
  g_test_add_func ("/triage/change-starts-from-the-lowest-plausible",
                   test_change_starts_from_the_lowest_plausible);
  g_test_add_func ("/triage/worst-rule-decides-and-limits-come-first",
                   test_worst_rule_decides_and_limits_come_first);
  g_test_add_func ("/triage/own-median-needs-enough-readings",
                   test_own_median_needs_enough_readings);
  g_test_add_func ("/triage/own-median-of-a-long-window", test_own_median_of_a_long_window);
  g_test_add_func ("/triage/red-waits-for-its-repeat", test_red_waits_for_its_repeat);
  g_test_add_func ("/triage/only-confirmed-or-expired-reds-are-alerts",
                   test_only_confirmed_or_expired_reds_are_alerts);
  return g_test_run ();
}
