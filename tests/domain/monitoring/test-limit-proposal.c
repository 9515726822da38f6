/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-limit-proposal.h"
#include "monitoring-fixture.h"

#define END (AT + 30 * FORLOP_DAY)

/* One reading a day, in the order of @values. */
static unsigned int
fill (ForlopMeasurement *history,
      ForlopMeasure      measure,
      const double      *values,
      unsigned int       n_values)
{
  for (unsigned int i = 0; i < n_values; i++)
    history[i] = reading (i + 1, measure, values[i], AT + i * FORLOP_DAY);

  return n_values;
}

static void
test_the_worked_example_of_the_document (void)
{
  const double values[] = { 78.4, 78.9, 79.1, 79.3, 79.6, 79.8, 80.0, 80.4, 80.6, 81.2 };
  ForlopMeasurement history[G_N_ELEMENTS (values)];
  unsigned int n = fill (history, FORLOP_MEASURE_WEIGHT, values, G_N_ELEMENTS (values));
  ForlopLimitProposal proposal;
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_limit_proposal_make (&proposal, FORLOP_MEASURE_WEIGHT, history, n, AT, END));
  g_assert_cmpuint (proposal.n_readings, ==, 10);
  g_assert_cmpuint (proposal.n_days, ==, 10);
  g_assert_cmpfloat_with_epsilon (proposal.median, 79.7, 1e-6);
  g_assert_cmpfloat_with_epsilon (proposal.spread, 0.96369, 1e-6);
  g_assert_cmpfloat_with_epsilon (proposal.limits.red_low, 76.8, 1e-9);
  g_assert_cmpfloat_with_epsilon (proposal.limits.yellow_low, 77.7, 1e-9);
  g_assert_cmpfloat_with_epsilon (proposal.limits.yellow_high, 81.7, 1e-9);
  g_assert_cmpfloat_with_epsilon (proposal.limits.red_high, 82.6, 1e-9);
  g_assert_true (forlop_limits_validate (&proposal.limits, &error));
  g_assert_no_error (error);
}

/* Readings that are all alike would give limits that touch the median. */
static void
test_equal_readings_keep_a_distance (void)
{
  double values[12];
  ForlopMeasurement history[G_N_ELEMENTS (values)];
  ForlopLimitProposal proposal;

  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 80;
  g_assert_true (forlop_limit_proposal_make (
    &proposal, FORLOP_MEASURE_WEIGHT, history,
    fill (history, FORLOP_MEASURE_WEIGHT, values, G_N_ELEMENTS (values)), AT, END));
  g_assert_cmpfloat (proposal.spread, ==, 0);
  g_assert_cmpfloat_with_epsilon (proposal.limits.yellow_high, 81.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (proposal.limits.red_low, 77.6, 1e-9);
}

static void
test_high_saturation_is_no_alarm (void)
{
  const double values[] = { 94, 95, 93, 94, 96, 95, 94, 93, 94, 95 };
  ForlopMeasurement history[G_N_ELEMENTS (values)];
  ForlopLimitProposal proposal;

  g_assert_true (forlop_limit_proposal_make (
    &proposal, FORLOP_MEASURE_SPO2, history,
    fill (history, FORLOP_MEASURE_SPO2, values, G_N_ELEMENTS (values)), AT, END));
  g_assert_true (isnan (proposal.limits.yellow_high));
  g_assert_true (isnan (proposal.limits.red_high));
  g_assert_cmpfloat (proposal.limits.yellow_low, ==, 91);
  g_assert_cmpfloat (proposal.limits.red_low, ==, 89);
}

static void
test_too_little_proposes_nothing (void)
{
  double values[10];
  ForlopMeasurement history[G_N_ELEMENTS (values)];
  ForlopLimitProposal proposal;

  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 70 + i;
  fill (history, FORLOP_MEASURE_PULSE, values, G_N_ELEMENTS (values));
  g_assert_false (forlop_limit_proposal_make (&proposal, FORLOP_MEASURE_PULSE, history, 9, AT, END));
  g_assert_cmpfloat (proposal.median, ==, 74);
  g_assert_true (forlop_limits_is_empty (&proposal.limits));

  /* Ten readings of one day say nothing about other days. */
  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    history[i].measured_at = AT + i * FORLOP_MINUTE;
  g_assert_false (forlop_limit_proposal_make (&proposal, FORLOP_MEASURE_PULSE, history, 10, AT, END));
  g_assert_cmpuint (proposal.n_days, ==, 1);

  g_assert_false (forlop_limit_proposal_make (&proposal, FORLOP_MEASURE_WEIGHT, history, 10, AT, END));
  g_assert_true (isnan (proposal.median));
}

/* Only what can be true, of this measure, in this time. */
static void
test_other_readings_play_no_part (void)
{
  const double values[] = { 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 0, 240 };
  ForlopMeasurement history[G_N_ELEMENTS (values) + 1];
  unsigned int n = fill (history, FORLOP_MEASURE_PULSE, values, G_N_ELEMENTS (values));
  ForlopLimitProposal proposal;

  history[11].invalidated = TRUE;
  history[n] = reading (99, FORLOP_MEASURE_PULSE, 200, END);
  g_assert_true (forlop_limit_proposal_make (&proposal, FORLOP_MEASURE_PULSE, history, n + 1, AT, END));
  g_assert_cmpuint (proposal.n_readings, ==, 10);
  g_assert_cmpfloat_with_epsilon (proposal.median, 74.5, 1e-9);
}

/* Whatever was measured, what is proposed can be set as it is, and the citizen's own median is green. */
static void
test_every_proposal_is_valid (void)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (unsigned int round = 0; round < 2000; round++)
    {
      ForlopMeasure measure = FORLOP_MEASURE_PULSE + (ForlopMeasure) g_rand_int_range (rand, 0, 9);
      const ForlopMeasureInfo *info = forlop_measure_info (measure);
      ForlopMeasurement history[20];
      ForlopLimitProposal proposal;
      g_autoptr (GError) error = NULL;

      if (info->ucum == NULL)
        continue;
      for (unsigned int i = 0; i < G_N_ELEMENTS (history); i++)
        history[i] = reading (i + 1, measure,
                              g_rand_double_range (rand, info->possible_low, info->possible_high),
                              AT + i * FORLOP_DAY);
      if (!forlop_limit_proposal_make (&proposal, measure, history, G_N_ELEMENTS (history), AT, END))
        continue;
      g_assert_true (forlop_limits_validate (&proposal.limits, &error));
      g_assert_no_error (error);
      g_assert_cmpint (forlop_limits_judge (&proposal.limits, proposal.median), ==, FORLOP_LIMIT_NONE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/limit-proposal/the-worked-example-of-the-document",
                   test_the_worked_example_of_the_document);
  g_test_add_func ("/limit-proposal/equal-readings-keep-a-distance", test_equal_readings_keep_a_distance);
  g_test_add_func ("/limit-proposal/high-saturation-is-no-alarm", test_high_saturation_is_no_alarm);
  g_test_add_func ("/limit-proposal/too-little-proposes-nothing", test_too_little_proposes_nothing);
  g_test_add_func ("/limit-proposal/other-readings-play-no-part", test_other_readings_play_no_part);
  g_test_add_func ("/limit-proposal/every-proposal-is-valid", test_every_proposal_is_valid);

  return g_test_run ();
}
