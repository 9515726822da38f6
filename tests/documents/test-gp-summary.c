/* SPDX-License-Identifier: EUPL-1.2 */

#include <locale.h>
#include <math.h>

#include "forlop-error.h"
#include "forlop-plan-diff.h"
#include "gp-fixture.h"

static const ForlopGpTrend *
trend_of (const ForlopGpSummary *summary,
          ForlopMeasure          measure)
{
  for (unsigned int i = 0; i < summary->trends->len; i++)
    {
      const ForlopGpTrend *trend = g_ptr_array_index (summary->trends, i);

      if (trend->measure == measure)
        return trend;
    }

  return NULL;
}

static void
test_median_and_quartiles (void)
{
  static const double given[] = { 9, 1, 3, 7, 5 };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  ForlopGpFigures figures;

  forlop_gp_figures_make (&figures, values);
  g_assert_cmpuint (figures.n, ==, 0);
  g_assert_true (isnan (figures.median));

  g_array_append_vals (values, given, G_N_ELEMENTS (given));
  forlop_gp_figures_make (&figures, values);
  g_assert_cmpfloat (figures.median, ==, 5);
  g_assert_cmpfloat (figures.lower, ==, 3);
  g_assert_cmpfloat (figures.upper, ==, 7);
  g_assert_cmpfloat (figures.lowest, ==, 1);
  g_assert_cmpfloat (figures.highest, ==, 9);

  g_array_append_vals (values, given, 1);
  forlop_gp_figures_make (&figures, values);
  g_assert_cmpfloat (figures.median, ==, 6);
}

static void
test_period_against_the_one_before (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  const ForlopGpTrend *weight;

  gp_fixture_init (&fixture);
  gp_fixture_add_plan (&fixture, 1, 100, 73);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 61, 60, FORLOP_SEVERITY_GREEN);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 40, 72, FORLOP_SEVERITY_GREEN);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 35, 76, FORLOP_SEVERITY_RED);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 20, 74, FORLOP_SEVERITY_YELLOW);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 10, 75, FORLOP_SEVERITY_YELLOW);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, 5, 73, FORLOP_SEVERITY_GREEN);
  summary = gp_fixture_make (&fixture, NULL);

  weight = trend_of (summary, FORLOP_MEASURE_WEIGHT);
  g_assert_nonnull (weight);
  g_assert_cmpuint (weight->now.n, ==, 3);
  g_assert_cmpfloat (weight->now.median, ==, 74);
  g_assert_cmpuint (weight->before.n, ==, 2);
  g_assert_cmpfloat (weight->before.median, ==, 74);
  g_assert_cmpuint (weight->n_yellow, ==, 2);
  g_assert_cmpuint (weight->n_red, ==, 0);
  g_assert_cmpuint (weight->n_red_before, ==, 1);
  g_assert_cmpuint (weight->points->len, ==, 5);
  g_assert_cmpfloat (weight->limits.yellow_high, ==, 73);
  g_assert_null (trend_of (summary, FORLOP_MEASURE_SPO2));

  gp_fixture_clear (&fixture);
}

static void
test_pressure_is_a_pair (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  const ForlopGpTrend *pressure;

  gp_fixture_init (&fixture);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_SYSTOLIC, 9, 130, FORLOP_SEVERITY_GREEN);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_DIASTOLIC, 9, 99, FORLOP_SEVERITY_RED);
  summary = gp_fixture_make (&fixture, NULL);

  pressure = trend_of (summary, FORLOP_MEASURE_SYSTOLIC);
  g_assert_nonnull (pressure);
  g_assert_null (trend_of (summary, FORLOP_MEASURE_DIASTOLIC));
  g_assert_cmpuint (pressure->points->len, ==, 1);
  g_assert_cmpfloat (g_array_index (pressure->points, ForlopGpPoint, 0).low, ==, 99);
  /* The worse of the two. */
  g_assert_cmpuint (pressure->n_red, ==, 1);
  g_assert_cmpint (g_array_index (pressure->points, ForlopGpPoint, 0).high_severity, ==, FORLOP_SEVERITY_GREEN);
  g_assert_cmpint (g_array_index (pressure->points, ForlopGpPoint, 0).low_severity, ==, FORLOP_SEVERITY_RED);
  g_assert_cmpfloat (pressure->low_now.median, ==, 99);

  gp_fixture_clear (&fixture);
}

static void
test_lower_pressure_alone_counts (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  const ForlopGpTrend *pressure;

  gp_fixture_init (&fixture);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_DIASTOLIC, 9, 99, FORLOP_SEVERITY_RED);
  summary = gp_fixture_make (&fixture, NULL);

  pressure = trend_of (summary, FORLOP_MEASURE_SYSTOLIC);
  g_assert_nonnull (pressure);
  g_assert_cmpuint (pressure->n, ==, 1);
  g_assert_cmpuint (pressure->n_red, ==, 1);
  g_assert_cmpuint (pressure->points->len, ==, 1);
  g_assert_true (isnan (g_array_index (pressure->points, ForlopGpPoint, 0).value));
  g_assert_cmpfloat (g_array_index (pressure->points, ForlopGpPoint, 0).low, ==, 99);

  gp_fixture_clear (&fixture);
}

static void
test_what_alerts_led_to (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  ForlopRecord *answered, *same_call;

  gp_fixture_init (&fixture);
  answered = gp_fixture_add_alert (&fixture, "red", "handled", 9);
  gp_fixture_add_contact (&fixture, answered, "phone", 9, "Called.");
  same_call = gp_fixture_add_alert (&fixture, "yellow", "handled", 9);
  forlop_record_set_instant (same_call, "handled_at", forlop_record_get_instant (answered, "handled_at"));
  gp_fixture_add_alert (&fixture, "yellow", "ignored", 8);
  gp_fixture_add_alert (&fixture, "yellow", "new", 1);
  gp_fixture_add_alert (&fixture, "yellow", "handled", 1);
  gp_fixture_add_alert (&fixture, "red", "closed", 2);
  gp_fixture_add_alert (&fixture, "red", "handled", 40);
  gp_fixture_add_alert (&fixture, "red", "handled", 70);
  summary = gp_fixture_make (&fixture, NULL);

  g_assert_cmpuint (summary->red.n, ==, 1);
  g_assert_cmpuint (summary->red.n_before, ==, 1);
  g_assert_cmpuint (summary->red.answers[FORLOP_GP_ANSWER_PHONE], ==, 1);
  g_assert_cmpuint (summary->yellow.n, ==, 4);
  /* One call answered both. */
  g_assert_cmpuint (summary->yellow.answers[FORLOP_GP_ANSWER_PHONE], ==, 1);
  g_assert_cmpuint (summary->yellow.answers[FORLOP_GP_ANSWER_SET_ASIDE], ==, 1);
  g_assert_cmpuint (summary->yellow.answers[FORLOP_GP_ANSWER_OPEN], ==, 1);
  g_assert_cmpuint (summary->yellow.answers[FORLOP_GP_ANSWER_NO_CONTACT], ==, 1);

  gp_fixture_clear (&fixture);
}

static void
add_schedule (GpFixture    *fixture,
              ForlopRecord *plan,
              const char   *code)
{
  ForlopRecord *schedule = gp_fixture_add (fixture, "schedule");

  forlop_record_set_text (schedule, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (schedule, "code", code);
  forlop_record_set_text (schedule, "cadence", "daily");
  forlop_record_set_text (schedule, "times", "08:00");
  forlop_record_set_integer (schedule, "grace_minutes", 120);
}

/* Whether or not somebody has written down why. */
static void
test_what_did_not_come (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  ForlopRecord *plan, *pause;
  ForlopDate today;

  gp_fixture_init (&fixture);
  today = forlop_instant_to_date (fixture.now);
  /* The first is expected nine days ago. */
  forlop_record_set_date (forlop_snapshot_get_case (fixture.snapshot), "started_on", today - 10);
  plan = gp_fixture_add_plan (&fixture, 1, 100, 73);
  add_schedule (&fixture, plan, "systolic");
  add_schedule (&fixture, plan, "diastolic");
  add_schedule (&fixture, plan, "weight");
  pause = gp_fixture_add (&fixture, "pause");
  forlop_record_set_instant (pause, "from_time", forlop_instant_from_wall (today - 5, 0));
  forlop_record_set_instant (pause, "to_time", forlop_instant_from_wall (today - 3, 0));
  for (int days = 20; days >= 0; days--)
    if (days != 7 && days != 2)
      gp_fixture_add_reading (&fixture, FORLOP_MEASURE_WEIGHT, days, 72, FORLOP_SEVERITY_GREEN);
  summary = gp_fixture_make (&fixture, NULL);

  /* The weight on two days; the pressure on ten, of which two lie in the pause. */
  g_assert_cmpuint (summary->n_missing, ==, 2 + 10 - 2);

  gp_fixture_clear (&fixture);
}

static void
test_changed_plan (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  ForlopRecord *plan;
  const ForlopPlanChange *change;

  gp_fixture_init (&fixture);
  plan = gp_fixture_add_plan (&fixture, 1, 100, 73);
  forlop_record_set_text (plan, "status", "superseded");
  forlop_record_set_instant (plan, "superseded_at", gp_fixture_at (&fixture, 10));
  gp_fixture_add_plan (&fixture, 2, 10, 74);
  plan = gp_fixture_add_plan (&fixture, 3, 1, 75);
  forlop_record_set_text (plan, "status", "sent_to_gp");
  forlop_record_clear (plan, "valid_from");
  summary = gp_fixture_make (&fixture, NULL);

  g_assert_cmpint (forlop_record_get_integer (summary->plan, "version"), ==, 2);
  g_assert_cmpuint (summary->plan_changes->len, ==, 2);
  change = g_ptr_array_index (summary->plan_changes, 0);
  g_assert_cmpstr (change->was, ==, "73,0 kg");
  g_assert_cmpstr (change->is, ==, "74,0 kg");
  g_assert_cmpint (forlop_record_get_integer (summary->plan_sent, "version"), ==, 3);
  g_assert_cmpuint (summary->asked->len, ==, 2);
  g_assert_cmpuint (((ForlopGpTrend *) g_ptr_array_index (summary->trends, 0))->bands->len, ==, 2);

  gp_fixture_clear (&fixture);
}

static gint64
find_from (GpFixture *fixture,
           gint64     since)
{
  ForlopGpPeriod period;
  g_autoptr (GError) error = NULL;

  if (!forlop_gp_period_find (fixture->snapshot, since, fixture->now, &period, &fixture->first,
                              &fixture->shortened, &error))
    {
      g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
      return FORLOP_INSTANT_NONE;
    }
  g_assert_cmpint (period.to, ==, fixture->now);
  g_assert_cmpint (period.from - period.before, ==, period.to - period.from);

  return period.from;
}

static void
test_since_last_time (void)
{
  GpFixture fixture;
  ForlopRecord *document;

  gp_fixture_init (&fixture);
  g_assert_cmpint (find_from (&fixture, FORLOP_INSTANT_NONE), ==, gp_fixture_at (&fixture, 90));
  g_assert_true (fixture.first);

  document = gp_fixture_add (&fixture, "document");
  forlop_record_set_text (document, "kind", "gp_summary");
  forlop_record_set_instant (document, "covers_until", gp_fixture_at (&fixture, 33));
  document = gp_fixture_add (&fixture, "document");
  forlop_record_set_text (document, "kind", "gp_summary");
  forlop_record_set_instant (document, "covers_until", gp_fixture_at (&fixture, 12));
  document = gp_fixture_add (&fixture, "document");
  forlop_record_set_text (document, "kind", "photo");
  forlop_record_set_instant (document, "covers_until", gp_fixture_at (&fixture, 2));
  g_assert_cmpint (find_from (&fixture, FORLOP_INSTANT_NONE), ==, gp_fixture_at (&fixture, 12));
  g_assert_false (fixture.first);

  g_assert_cmpint (find_from (&fixture, gp_fixture_at (&fixture, 5)), ==, gp_fixture_at (&fixture, 5));
  g_assert_cmpint (find_from (&fixture, gp_fixture_at (&fixture, 900)), ==, gp_fixture_at (&fixture, 365));
  g_assert_true (fixture.shortened);
  g_assert_cmpint (find_from (&fixture, fixture.now), ==, FORLOP_INSTANT_NONE);

  gp_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gp-summary/tells-what-did-not-come", test_what_did_not_come);
  g_test_add_func ("/gp-summary/median-and-quartiles", test_median_and_quartiles);
  g_test_add_func ("/gp-summary/period-against-the-one-before", test_period_against_the_one_before);
  g_test_add_func ("/gp-summary/pressure-is-a-pair", test_pressure_is_a_pair);
  g_test_add_func ("/gp-summary/lower-pressure-alone-counts", test_lower_pressure_alone_counts);
  g_test_add_func ("/gp-summary/what-alerts-led-to", test_what_alerts_led_to);
  g_test_add_func ("/gp-summary/changed-plan", test_changed_plan);
  g_test_add_func ("/gp-summary/since-last-time", test_since_last_time);

  return g_test_run ();
}
