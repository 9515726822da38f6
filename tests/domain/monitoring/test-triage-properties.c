/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-would-have-fired.h"
#include "monitoring-fixture.h"

#define N_READINGS 160
#define N_RUNS 40

typedef struct {
  ForlopPlanVersion versions[3];
  ForlopMeasurement readings[N_READINGS];
} World;

static GRand *
seeded (void)
{
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return g_rand_new_with_seed (seed);
}

static void
make_plan (GRand             *rand,
           ForlopPlanVersion *plan,
           unsigned int       version)
{
  ForlopRule rule;

  forlop_plan_version_init (plan, version);
  plan->valid_from = AT + (gint64) (version - 1) * 10 * FORLOP_DAY
                     + g_rand_int_range (rand, 0, 5) * FORLOP_DAY;
  if (g_rand_int_range (rand, 0, 3) == 0)
    plan->observation_until = plan->valid_from + 3 * FORLOP_DAY;
  plan->repeat_within_minutes = g_rand_int_range (rand, 0, 2) * 60;
  set_limits (plan, FORLOP_MEASURE_SPO2, 86 + version, 90 + version, UNSET, UNSET);
  set_limits (plan, FORLOP_MEASURE_SYSTOLIC, 90, 100, 150 + version, 170);
  add_change (plan, FORLOP_MEASURE_WEIGHT, 1.5 + version / 10.0, 3, FORLOP_SEVERITY_RED);
  add_change (plan, FORLOP_MEASURE_WEIGHT, -2, 5, FORLOP_SEVERITY_YELLOW);
  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_SPO2);
  rule.amount = 4;
  rule.percent = rule.either_way = TRUE;
  rule.days = 7;
  rule.severity = FORLOP_SEVERITY_YELLOW;
  g_assert_true (forlop_plan_version_add_rule (plan, &rule, NULL));
}

static void
make_reading (GRand             *rand,
              ForlopMeasurement *m,
              unsigned int       number)
{
  static const ForlopMeasure measures[] = {
    FORLOP_MEASURE_SPO2, FORLOP_MEASURE_WEIGHT, FORLOP_MEASURE_SYSTOLIC, FORLOP_MEASURE_DIASTOLIC,
  };
  ForlopMeasure measure = measures[g_rand_int_range (rand, 0, G_N_ELEMENTS (measures))];
  double value = 0;

  if (measure == FORLOP_MEASURE_SPO2)
    value = g_rand_int_range (rand, 80, 100);
  else if (measure == FORLOP_MEASURE_WEIGHT)
    value = g_rand_int_range (rand, 780, 840) / 10.0;
  else
    value = g_rand_int_range (rand, 60, 180);
  if (g_rand_int_range (rand, 0, 15) == 0)
    value = g_rand_boolean (rand) ? 0 : NAN;

  /* Half-hour steps, so that some readings share their time. */
  *m = reading (number, measure, value,
                AT + g_rand_int_range (rand, 0, 1200) * (FORLOP_HOUR / 2));
  m->received_at = m->measured_at + g_rand_int_range (rand, 0, 1000) * FORLOP_MINUTE;
  m->invalidated = g_rand_int_range (rand, 0, 20) == 0;
  if (g_rand_int_range (rand, 0, 10) == 0)
    m->quality = FORLOP_QUALITY_UNCALIBRATED;
}

static World *
make_world (GRand *rand)
{
  World *world = g_new0 (World, 1);

  for (unsigned int i = 0; i < G_N_ELEMENTS (world->versions); i++)
    make_plan (rand, &world->versions[i], i + 1);
  for (unsigned int i = 0; i < N_READINGS; i++)
    make_reading (rand, &world->readings[i], i + 1);
  return world;
}

static void
shuffle (GRand             *rand,
         ForlopMeasurement *readings,
         unsigned int       n_readings)
{
  for (unsigned int i = n_readings - 1; i > 0; i--)
    {
      unsigned int j = (unsigned int) g_rand_int_range (rand, 0, (int) i + 1);
      ForlopMeasurement swap = readings[i];

      readings[i] = readings[j];
      readings[j] = swap;
    }
}

static char *
describe (const ForlopMeasurement *m,
          const World             *world,
          const ForlopMeasurement *history,
          unsigned int             n_history)
{
  ForlopJudgement judgement = forlop_triage_judge (m, world->versions, 3, history, n_history);
  ForlopRepeatState state = forlop_triage_repeat (m, &judgement, world->versions, 3,
                                                  history, n_history, AT + 365 * FORLOP_DAY);
  g_autofree char *reason = forlop_reason_to_json (&judgement.reason);

  return g_strdup_printf ("%s %d %s %s", forlop_severity_code (judgement.severity),
                          judgement.uncertain, forlop_repeat_state_code (state), reason);
}

/* Puts a reading among the known ones by its time alone: those of the same time stay in the order
 * in which they arrived, as a list sorted by time may give them. */
static void
arrive (ForlopMeasurement       *known,
        unsigned int             n_known,
        const ForlopMeasurement *m)
{
  unsigned int i = forlop_measurements_find (known, n_known, m->measured_at);

  memmove (&known[i + 1], &known[i], (n_known - i) * sizeof *known);
  known[i] = *m;
}

/* Whatever order readings arrive in, each of them ends with the same judgement. */
static void
test_order_of_arrival_changes_nothing (void)
{
  g_autoptr (GRand) rand = seeded ();

  for (unsigned int run = 0; run < N_RUNS; run++)
    {
      g_autofree World *world = make_world (rand);
      g_autofree ForlopMeasurement *known = g_new (ForlopMeasurement, N_READINGS);
      g_autoptr (GHashTable) expected = g_hash_table_new_full (NULL, NULL, NULL, g_free);

      forlop_measurements_sort (world->readings, N_READINGS);
      for (unsigned int i = 0; i < N_READINGS; i++)
        g_hash_table_insert (expected, GUINT_TO_POINTER (world->readings[i].id[0]),
                             describe (&world->readings[i], world, world->readings, N_READINGS));

      shuffle (rand, world->readings, N_READINGS);
      for (unsigned int n = 0; n < N_READINGS; n++)
        arrive (known, n, &world->readings[n]);

      for (unsigned int i = 0; i < N_READINGS; i++)
        {
          g_autofree char *found = describe (&known[i], world, known, N_READINGS);

          g_assert_cmpstr (found, ==, g_hash_table_lookup (expected,
                                                           GUINT_TO_POINTER (known[i].id[0])));
        }
    }
}

static void
test_later_readings_are_ignored (void)
{
  g_autoptr (GRand) rand = seeded ();

  for (unsigned int run = 0; run < N_RUNS; run++)
    {
      g_autofree World *world = make_world (rand);

      forlop_measurements_sort (world->readings, N_READINGS);
      for (unsigned int i = 0; i < N_READINGS; i++)
        {
          const ForlopMeasurement *m = &world->readings[i];
          unsigned int n_past = forlop_measurements_find (world->readings, N_READINGS,
                                                          m->measured_at);
          ForlopJudgement past = forlop_triage_judge (m, world->versions, 3,
                                                      world->readings, n_past);
          ForlopJudgement all = forlop_triage_judge (m, world->versions, 3,
                                                     world->readings, N_READINGS);
          g_autofree char *past_reason = forlop_reason_to_json (&past.reason);
          g_autofree char *all_reason = forlop_reason_to_json (&all.reason);

          g_assert_cmpint (past.awaits_repeat, ==, all.awaits_repeat);
          g_assert_cmpstr (past_reason, ==, all_reason);
        }
    }
}

/* Away from the middle the severity never falls, whatever limits are set. */
static void
test_more_extreme_is_never_less_severe (void)
{
  g_autoptr (GRand) rand = seeded ();

  for (unsigned int run = 0; run < 2000; run++)
    {
      int cuts[4];
      double limits[4];
      ForlopPlanVersion plan;

      for (unsigned int i = 0; i < 4; i++)
        cuts[i] = (i == 0 ? 401 : cuts[i - 1]) + g_rand_int_range (rand, 1, 140);
      for (unsigned int i = 0; i < 4; i++)
        limits[i] = g_rand_int_range (rand, 0, 4) == 0 ? UNSET : cuts[i] / 10.0;

      forlop_plan_version_init (&plan, 1);
      set_limits (&plan, FORLOP_MEASURE_SPO2, limits[0], limits[1], limits[2], limits[3]);

      double middle = (cuts[1] + cuts[2]) / 20.0;
      ForlopSeverity below = judge_alone (&plan, FORLOP_MEASURE_SPO2, middle);
      ForlopSeverity above = below;
      for (double step = 0.1; step < 60; step += 0.1)
        {
          if (middle - step >= 40)
            {
              ForlopSeverity next = judge_alone (&plan, FORLOP_MEASURE_SPO2, middle - step);

              g_assert_cmpint (next, >=, below);
              below = next;
            }
          if (middle + step <= 100)
            {
              ForlopSeverity next = judge_alone (&plan, FORLOP_MEASURE_SPO2, middle + step);

              g_assert_cmpint (next, >=, above);
              above = next;
            }
        }
    }
}

/* A bigger rise or fall is never less severe either. */
static void
test_bigger_change_is_never_less_severe (void)
{
  g_autoptr (GRand) rand = seeded ();

  for (unsigned int run = 0; run < 500; run++)
    {
      ForlopMeasurement history[9];
      ForlopPlanVersion plan;
      ForlopSeverity before = FORLOP_SEVERITY_NONE;

      forlop_plan_version_init (&plan, 1);
      add_change (&plan, FORLOP_MEASURE_WEIGHT, g_rand_int_range (rand, 1, 30) / 10.0, 3,
                  FORLOP_SEVERITY_YELLOW);
      add_change (&plan, FORLOP_MEASURE_WEIGHT, g_rand_int_range (rand, 1, 60) / 10.0, 3,
                  FORLOP_SEVERITY_RED);
      for (unsigned int i = 0; i < 8; i++)
        history[i] = reading (i + 2, FORLOP_MEASURE_WEIGHT,
                              g_rand_int_range (rand, 790, 810) / 10.0, AT - (8 - i) * FORLOP_HOUR);
      for (int tenths = 780; tenths < 900; tenths++)
        {
          history[8] = reading (1, FORLOP_MEASURE_WEIGHT, tenths / 10.0, AT);

          ForlopSeverity next = forlop_triage_judge (&history[8], &plan, 1, history, 9).severity;

          g_assert_cmpint (next, >=, before);
          before = next;
        }
      g_assert_cmpint (before, ==, FORLOP_SEVERITY_RED);
    }
}

/* Trying the plan that was in force gives what it gave; wider limits never give more alerts. */
static void
test_wider_limits_never_fire_more (void)
{
  g_autoptr (GRand) rand = seeded ();

  for (unsigned int run = 0; run < N_RUNS; run++)
    {
      g_autofree World *world = make_world (rand);
      gint64 end = AT + 30 * FORLOP_DAY;
      ForlopPlanVersion narrow;
      ForlopPlanVersion wide;
      ForlopFiredCount present, same, wider;

      forlop_plan_version_init (&narrow, 1);
      set_limits (&narrow, FORLOP_MEASURE_SPO2, 86, 92, UNSET, UNSET);
      forlop_plan_version_init (&wide, 2);
      set_limits (&wide, FORLOP_MEASURE_SPO2, 84, 90, UNSET, UNSET);
      /* The trial has no observation and is in force the whole time. */
      wide.valid_from = end;
      wide.observation_until = end + FORLOP_DAY;

      forlop_measurements_sort (world->readings, N_READINGS);
      forlop_fired_count (&narrow, 1, world->readings, N_READINGS, AT, end, &present);
      forlop_would_have_fired (&narrow, world->readings, N_READINGS, AT, end, &same);
      forlop_would_have_fired (&wide, world->readings, N_READINGS, AT, end, &wider);

      g_assert_cmpuint (present.judged, ==, N_READINGS);
      g_assert_cmpmem (&present, sizeof present, &same, sizeof same);
      g_assert_cmpuint (wider.by_severity[FORLOP_SEVERITY_RED], <=,
                        present.by_severity[FORLOP_SEVERITY_RED]);
      g_assert_cmpuint (wider.alerts, <=, present.alerts);
      g_assert_cmpuint (wider.by_severity[FORLOP_SEVERITY_OBSERVATION], ==, 0);
    }
}

static void
test_trial_counts_each_severity (void)
{
  static const double values[] = { 86, 87, 88, 91, 92, 95, 0, 97 };
  ForlopMeasurement history[G_N_ELEMENTS (values) + 1];
  ForlopPlanVersion plan;
  ForlopFiredCount count;

  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    history[i] = reading (i, FORLOP_MEASURE_SPO2, values[i], AT + i * FORLOP_DAY);
  history[8] = reading (8, FORLOP_MEASURE_WEIGHT, 80, AT + 8 * FORLOP_DAY);
  forlop_plan_version_init (&plan, 1);
  set_limits (&plan, FORLOP_MEASURE_SPO2, 88, 92, UNSET, UNSET);

  forlop_would_have_fired (&plan, history, 9, AT, AT + 9 * FORLOP_DAY, &count);
  g_assert_cmpuint (count.judged, ==, 9);
  g_assert_cmpuint (count.by_severity[FORLOP_SEVERITY_RED], ==, 2);
  g_assert_cmpuint (count.by_severity[FORLOP_SEVERITY_YELLOW], ==, 2);
  g_assert_cmpuint (count.by_severity[FORLOP_SEVERITY_GREEN], ==, 3);
  g_assert_cmpuint (count.by_severity[FORLOP_SEVERITY_IMPLAUSIBLE], ==, 1);
  g_assert_cmpuint (count.by_severity[FORLOP_SEVERITY_NONE], ==, 1);
  g_assert_cmpuint (count.by_measure[FORLOP_MEASURE_WEIGHT][FORLOP_SEVERITY_NONE], ==, 1);
  g_assert_cmpuint (count.alerts, ==, 4);

  /* From the first instant, up to but not including the last. */
  forlop_would_have_fired (&plan, history, 9, AT, AT + FORLOP_DAY, &count);
  g_assert_cmpuint (count.judged, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/triage/order-of-arrival-changes-nothing",
                   test_order_of_arrival_changes_nothing);
  g_test_add_func ("/triage/later-readings-are-ignored", test_later_readings_are_ignored);
  g_test_add_func ("/triage/more-extreme-is-never-less-severe",
                   test_more_extreme_is_never_less_severe);
  g_test_add_func ("/triage/bigger-change-is-never-less-severe",
                   test_bigger_change_is_never_less_severe);
  g_test_add_func ("/would-have-fired/wider-limits-never-fire-more",
                   test_wider_limits_never_fire_more);
  g_test_add_func ("/would-have-fired/counts-each-severity", test_trial_counts_each_severity);
  return g_test_run ();
}
