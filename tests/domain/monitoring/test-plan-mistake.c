/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-mistake.h"

static ForlopRecord *
new_part (const char *type)
{
  return forlop_record_new (forlop_record_type_find (type), "00000000-0000-7000-8000-000000000001");
}

static ForlopRecord *
new_schedule (void)
{
  ForlopRecord *schedule = new_part ("schedule");

  forlop_record_set_text (schedule, "code", "weight");
  forlop_record_set_text (schedule, "cadence", "weekly");
  forlop_record_set_text (schedule, "times", "08.00");
  forlop_record_set_text (schedule, "weekdays", "1,4");
  forlop_record_set_text (schedule, "starts_on", "2026-11-02");
  forlop_record_set_integer (schedule, "grace_minutes", 120);

  return schedule;
}

static ForlopRecord *
new_rule (void)
{
  ForlopRecord *rule = new_part ("plan_rule");

  forlop_record_set_text (rule, "kind", "change");
  forlop_record_set_text (rule, "code", "weight");
  forlop_record_set_real (rule, "amount", 2);
  forlop_record_set_integer (rule, "days", 3);
  forlop_record_set_text (rule, "severity", "yellow");

  return rule;
}

static void
test_nothing_is_wrong (void)
{
  g_autoptr (ForlopRecord) schedule = new_schedule ();
  g_autoptr (ForlopRecord) rule = new_rule ();

  g_assert_null (forlop_plan_mistake_find ("schedule", schedule));
  g_assert_null (forlop_plan_mistake_find ("plan_rule", rule));
}

static void
test_the_field_of_a_schedule_is_found (void)
{
  g_autoptr (ForlopRecord) schedule = new_schedule ();

  forlop_record_set_text (schedule, "times", "25.00");
  g_assert_cmpstr (forlop_plan_mistake_find ("schedule", schedule), ==, "times");
  forlop_record_set_text (schedule, "times", "08.00");
  forlop_record_clear (schedule, "starts_on");
  g_assert_cmpstr (forlop_plan_mistake_find ("schedule", schedule), ==, "starts_on");
  forlop_record_set_text (schedule, "starts_on", "2026-11-02");
  forlop_record_clear (schedule, "code");
  g_assert_cmpstr (forlop_plan_mistake_find ("schedule", schedule), ==, "code");
  forlop_record_set_text (schedule, "code", "weight");
  forlop_record_set_text (schedule, "cadence", "monthly");
  g_assert_cmpstr (forlop_plan_mistake_find ("schedule", schedule), ==, "weekdays");
  forlop_record_clear (schedule, "weekdays");
  forlop_record_set_text (schedule, "cadence", "every_n_days");
  g_assert_cmpstr (forlop_plan_mistake_find ("schedule", schedule), ==, "every_days");
}

static void
test_the_field_of_a_trend_rule_is_found (void)
{
  g_autoptr (ForlopRecord) rule = new_rule ();

  forlop_record_set_real (rule, "amount", 0);
  g_assert_cmpstr (forlop_plan_mistake_find ("plan_rule", rule), ==, "amount");
  forlop_record_set_real (rule, "amount", 2);
  forlop_record_set_integer (rule, "days", 0);
  g_assert_cmpstr (forlop_plan_mistake_find ("plan_rule", rule), ==, "days");
}

/* It is said above the form: no single field is the mistake. */
static void
test_two_mistakes_are_in_no_single_field (void)
{
  g_autoptr (ForlopRecord) schedule = new_schedule ();

  forlop_record_set_text (schedule, "times", "25.00");
  forlop_record_clear (schedule, "starts_on");
  g_assert_null (forlop_plan_mistake_find ("schedule", schedule));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-mistake/nothing-is-wrong", test_nothing_is_wrong);
  g_test_add_func ("/plan-mistake/the-field-of-a-schedule-is-found", test_the_field_of_a_schedule_is_found);
  g_test_add_func ("/plan-mistake/the-field-of-a-trend-rule-is-found", test_the_field_of_a_trend_rule_is_found);
  g_test_add_func ("/plan-mistake/two-mistakes-are-in-no-single-field", test_two_mistakes_are_in_no_single_field);

  return g_test_run ();
}
