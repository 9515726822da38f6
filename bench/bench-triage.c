/* SPDX-License-Identifier: EUPL-1.2 */

/* Judged measurements per second on one core, beside a loop of plain double comparisons over the
 * same values: the least any judging could cost. */

#include <stdio.h>
#include <stdlib.h>

#include "forlop-triage.h"
#include "forlop-would-have-fired.h"

#define N_READINGS 100000
#define PLAIN_ROUNDS 40
#define TREND_ROUNDS 2
#define SEED 20261122

static ForlopMeasurement *
make_readings (void)
{
  ForlopMeasurement *readings = g_new0 (ForlopMeasurement, N_READINGS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (unsigned int i = 0; i < N_READINGS; i++)
    {
      readings[i].id[0] = (guint8) i;
      readings[i].id[1] = (guint8) (i >> 8);
      readings[i].id[2] = (guint8) (i >> 16);
      readings[i].measure = FORLOP_MEASURE_SPO2;
      readings[i].value = g_rand_int_range (rand, 840, 1000) / 10.0;
      readings[i].measured_at = i * (FORLOP_DAY / 2);
    }
  return readings;
}

static void
make_plan (ForlopPlanVersion *plan)
{
  ForlopLimits limits;

  forlop_plan_version_init (plan, 1);
  forlop_limits_init (&limits, FORLOP_MEASURE_SPO2);
  limits.red_low = 88;
  limits.yellow_low = 92;
  if (!forlop_plan_version_set_limits (plan, &limits, NULL))
    abort ();
}

static void
add_trend_rules (ForlopPlanVersion *plan)
{
  ForlopRule rule;

  forlop_rule_init (&rule, FORLOP_RULE_CHANGE, FORLOP_MEASURE_SPO2);
  rule.amount = -6;
  rule.days = 3;
  if (!forlop_plan_version_add_rule (plan, &rule, NULL))
    abort ();
  forlop_rule_init (&rule, FORLOP_RULE_OWN_MEDIAN, FORLOP_MEASURE_SPO2);
  rule.amount = -6;
  rule.days = 30;
  if (!forlop_plan_version_add_rule (plan, &rule, NULL))
    abort ();
}

static double
rate (gint64       started_us,
      unsigned int n_judged)
{
  return n_judged / ((double) (g_get_monotonic_time () - started_us) / G_USEC_PER_SEC);
}

/* Judges every reading @rounds times; the sum keeps the work from being left out. */
static double
judge_rate (const ForlopPlanVersion *plan,
            const ForlopMeasurement *readings,
            gboolean                 with_history,
            unsigned int             rounds,
            unsigned int            *sum)
{
  gint64 started_us = g_get_monotonic_time ();

  for (unsigned int round = 0; round < rounds; round++)
    for (unsigned int i = 0; i < N_READINGS; i++)
      *sum += forlop_triage_judge (&readings[i], plan, 1, with_history ? readings : NULL,
                                   with_history ? N_READINGS : 0).severity;
  return rate (started_us, rounds * N_READINGS);
}

static double
reference_rate (const ForlopMeasurement *readings,
                unsigned int            *sum)
{
  volatile double limits[] = { 88, 92, 1000, 1000 };
  gint64 started_us = g_get_monotonic_time ();

  for (unsigned int round = 0; round < PLAIN_ROUNDS; round++)
    for (unsigned int i = 0; i < N_READINGS; i++)
      {
        double value = readings[i].value;

        *sum += value < limits[0] || value > limits[3] ? 6
                : value < limits[1] || value > limits[2] ? 5 : 4;
      }
  return rate (started_us, PLAIN_ROUNDS * N_READINGS);
}

int
main (void)
{
  g_autofree ForlopMeasurement *readings = make_readings ();
  ForlopPlanVersion plan;
  unsigned int judged = 0;
  unsigned int compared = 0;
  unsigned int ignored = 0;

  make_plan (&plan);
  judge_rate (&plan, readings, FALSE, 1, &ignored);

  double reference = reference_rate (readings, &compared);
  double plain = judge_rate (&plan, readings, FALSE, PLAIN_ROUNDS, &judged);
  double in_history = judge_rate (&plan, readings, TRUE, PLAIN_ROUNDS, &ignored);

  add_trend_rules (&plan);
  double trend = judge_rate (&plan, readings, TRUE, TREND_ROUNDS, &ignored);

  printf ("reference: %.1f million comparisons/s\n", reference / 1e6);
  printf ("plain limits: %.1f million judgements/s, ratio %.3f (aim: 1 million/s)\n",
          plain / 1e6, plain / reference);
  printf ("plain limits in a history of %d: %.1f million judgements/s, ratio %.3f\n",
          N_READINGS, in_history / 1e6, in_history / reference);
  printf ("with change and 30-day median rules: %.2f million judgements/s, ratio %.4f\n",
          trend / 1e6, trend / reference);

  /* Both must have come to the same result, or the comparison means nothing. */
  if (judged != compared)
    {
      fprintf (stderr, "The judgements differ from the reference: %u and %u.\n",
               judged, compared);
      return 1;
    }
  return 0;
}
