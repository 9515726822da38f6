/* SPDX-License-Identifier: EUPL-1.2 */

#include "monitoring-fixture.h"

static void
assert_limits_refused (ForlopMeasure measure,
                       double        red_low,
                       double        yellow_low,
                       double        yellow_high,
                       double        red_high,
                       const char   *word)
{
  ForlopLimits limits = { measure, red_low, yellow_low, yellow_high, red_high };
  GError *error = NULL;

  g_assert_false (forlop_limits_validate (&limits, &error));
  assert_refused (&error, word);
}

static void
test_crossed_or_equal_limits_are_refused (void)
{
  assert_limits_refused (FORLOP_MEASURE_SPO2, 92, 88, UNSET, UNSET,
                         "red low limit (92 %) is above the yellow low limit (88 %)");
  assert_limits_refused (FORLOP_MEASURE_SPO2, 88, 88, UNSET, UNSET,
                         "red low limit and the yellow low limit are both 88 %");
  assert_limits_refused (FORLOP_MEASURE_SYSTOLIC, UNSET, 160, 150, UNSET, "yellow high limit");
  assert_limits_refused (FORLOP_MEASURE_SYSTOLIC, UNSET, UNSET, 180, 170, "red high limit");
  assert_limits_refused (FORLOP_MEASURE_SYSTOLIC, 90, UNSET, UNSET, 90,
                         "red low limit and the red high limit");
  assert_limits_refused (FORLOP_MEASURE_WEIGHT, 80.1 + 0.2, 80.3, UNSET, UNSET, "both");
}

static void
test_impossible_limits_are_a_unit_mistake (void)
{
  assert_limits_refused (FORLOP_MEASURE_WEIGHT, UNSET, UNSET, 82000, UNSET, "unit");
  assert_limits_refused (FORLOP_MEASURE_SPO2, 0.88, UNSET, UNSET, UNSET, "unit");
  assert_limits_refused (FORLOP_MEASURE_TEMPERATURE, UNSET, UNSET, UNSET, 385, "unit");
  assert_limits_refused (FORLOP_MEASURE_TEMPERATURE, UNSET, UNSET, UNSET, INFINITY, "unit");
  assert_limits_refused (FORLOP_MEASURE_BLOOD_PRESSURE, 90, UNSET, UNSET, UNSET,
                         "blood pressure");
}

static void
test_any_subset_of_limits_is_valid (void)
{
  const double all[] = { 80, 90, 150, 170 };
  GError *error = NULL;

  for (unsigned int mask = 0; mask < 16; mask++)
    {
      ForlopLimits limits = {
        FORLOP_MEASURE_SYSTOLIC,
        mask & 1 ? all[0] : UNSET, mask & 2 ? all[1] : UNSET,
        mask & 4 ? all[2] : UNSET, mask & 8 ? all[3] : UNSET,
      };

      g_assert_true (forlop_limits_validate (&limits, &error));
      g_assert_no_error (error);
      g_assert_cmpint (forlop_limits_is_empty (&limits), ==, mask == 0);
    }
}

static void
test_limits_given_twice_are_refused (void)
{
  ForlopLimits limits = { FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET };
  ForlopPlanVersion plan;
  GError *error = NULL;

  forlop_plan_version_init (&plan, 1);
  g_assert_true (forlop_plan_version_set_limits (&plan, &limits, &error));
  g_assert_false (forlop_plan_version_set_limits (&plan, &limits, &error));
  assert_refused (&error, "twice");
}

static void
test_rules_that_mean_nothing_are_refused (void)
{
  static const struct {
    ForlopRule rule;
    const char *word;
  } rows[] = {
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 0, FALSE, FALSE, 3, 0 },
      "amount" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, NAN, FALSE, FALSE, 3, 0 },
      "amount" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 2000, FALSE, FALSE, 3, 0 },
      "unit" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 2, FALSE, FALSE, 0, 0 },
      "days" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 2, FALSE, FALSE, 366, 0 },
      "days" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_GREEN, 2, FALSE, FALSE, 3, 0 },
      "yellow or red" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 2, TRUE, FALSE, 3, 0 },
      "unit of the measure" },
    { { FORLOP_RULE_CHANGE, FORLOP_MEASURE_BLOOD_PRESSURE, FORLOP_SEVERITY_RED, 2, FALSE, FALSE,
        3, 0 }, "blood pressure" },
    { { FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 10, TRUE, FALSE, 14,
        2 }, "3 readings" },
    { { FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, -10, TRUE, TRUE, 14,
        5 }, "positive" },
    { { FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_WEIGHT, FORLOP_SEVERITY_RED, 101, TRUE, TRUE, 14,
        5 }, "larger" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GError *error = NULL;

      g_assert_false (forlop_rule_validate (&rows[i].rule, &error));
      assert_refused (&error, rows[i].word);
    }
}

static void
test_repeat_time_has_a_range (void)
{
  ForlopPlanVersion plan;
  GError *error = NULL;

  forlop_plan_version_init (&plan, 1);
  g_assert_true (forlop_plan_version_set_repeat (&plan, 30, &error));
  g_assert_false (forlop_plan_version_set_repeat (&plan, -1, &error));
  assert_refused (&error, "minutes");
  g_assert_false (forlop_plan_version_set_repeat (&plan, 1441, &error));
  assert_refused (&error, "minutes");
  g_assert_cmpint (plan.repeat_within_minutes, ==, 30);
}

static void
test_version_in_force_is_the_latest_begun (void)
{
  ForlopPlanVersion versions[3];

  for (unsigned int i = 0; i < 3; i++)
    forlop_plan_version_init (&versions[i], i + 1);
  /* In no order, and two with the same start. */
  versions[0].valid_from = AT + FORLOP_DAY;
  versions[1].valid_from = AT;
  versions[2].valid_from = AT;

  g_assert_null (forlop_plan_in_force (versions, 3, AT - 1));
  g_assert_cmpuint (forlop_plan_in_force (versions, 3, AT)->version, ==, 3);
  g_assert_cmpuint (forlop_plan_in_force (versions, 3, AT + FORLOP_DAY - 1)->version, ==, 3);
  g_assert_cmpuint (forlop_plan_in_force (versions, 3, AT + FORLOP_DAY)->version, ==, 1);
  g_assert_null (forlop_plan_in_force (NULL, 0, AT));
}

static void
test_rules_read_as_sentences (void)
{
  ForlopRule rule;

  forlop_rule_init (&rule, FORLOP_RULE_CHANGE, FORLOP_MEASURE_WEIGHT);
  rule.amount = 2;
  rule.days = 3;
  g_autofree char *rise = forlop_rule_describe (&rule);
  g_assert_cmpstr (rise, ==, "Yellow when weight has risen more than 2,0 kg in 3 days");

  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_SPO2);
  rule.amount = 5;
  rule.percent = rule.either_way = TRUE;
  rule.days = 14;
  g_autofree char *median = forlop_rule_describe (&rule);
  g_assert_cmpstr (median, ==, "Yellow when SpO₂ is more than 5 % from the median of 14 days");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/limits/crossed-or-equal-are-refused",
                   test_crossed_or_equal_limits_are_refused);
  g_test_add_func ("/limits/impossible-ones-are-a-unit-mistake",
                   test_impossible_limits_are_a_unit_mistake);
  g_test_add_func ("/limits/any-subset-is-valid", test_any_subset_of_limits_is_valid);
  g_test_add_func ("/plan/limits-given-twice-are-refused", test_limits_given_twice_are_refused);
  g_test_add_func ("/plan/rules-that-mean-nothing-are-refused",
                   test_rules_that_mean_nothing_are_refused);
  g_test_add_func ("/plan/repeat-time-has-a-range", test_repeat_time_has_a_range);
  g_test_add_func ("/plan/version-in-force-is-the-latest-begun",
                   test_version_in_force_is_the_latest_begun);
  g_test_add_func ("/plan/rules-read-as-sentences", test_rules_read_as_sentences);
  return g_test_run ();
}
