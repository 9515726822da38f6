/* SPDX-License-Identifier: EUPL-1.2 */

#include "chart-test-util.h"

#include <math.h>

#include "forlop-chart-collector.h"

static void
test_pair_is_written_with_a_stroke_and_both_limits (void)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_BLOOD_PRESSURE);
  ForlopChartPoint point = { .at_ms = 5, .value = 148, .low = 86, .severity = FORLOP_SEVERITY_YELLOW };
  g_autofree char *value = forlop_chart_series_format_value (series, &point);
  g_autofree char *limits = NULL;

  g_assert_cmpstr (value, ==, "148/86\u00a0mmHg");
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = 10, .red_low = NAN, .yellow_low = NAN, .yellow_high = 140, .red_high = 180 });
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = 10, .red_low = NAN, .yellow_low = NAN, .yellow_high = 90, .red_high = NAN,
    .of_low = TRUE });
  limits = forlop_chart_series_format_limits (series, 5);
  g_assert_cmpstr (limits, ==, "Limits: systolic yellow over 140, red over 180; diastolic yellow over 90");
  g_assert_null (forlop_chart_series_format_limits (series, 10));
}

static ForlopChartPoint
value_of (gint64         at_ms,
          double         value,
          ForlopSeverity severity,
          const char    *reason)
{
  ForlopChartPoint point = chart_test_reading (at_ms, value, severity);

  point.reason = (char *) reason;

  return point;
}

static void
test_two_values_of_an_instant_are_one_pair (void)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_BLOOD_PRESSURE);
  ForlopChartWindow window = forlop_chart_window (FORLOP_CHART_WEEK, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE);
  ForlopChartCollector *collector = forlop_chart_collector_new (series, window, 600);
  gint64 at = chart_test_wall ("2026-11-20", 8 * 60);
  const struct { ForlopMeasure measure; ForlopChartPoint point; } all[] = {
    /* The worse of the two gives colour and reason, whichever comes first. */
    { FORLOP_MEASURE_DIASTOLIC, value_of (at, 96, FORLOP_SEVERITY_YELLOW, "low") },
    { FORLOP_MEASURE_SYSTOLIC, value_of (at, 130, FORLOP_SEVERITY_GREEN, NULL) },
    /* Of equals the upper one. */
    { FORLOP_MEASURE_DIASTOLIC, value_of (at + FORLOP_HOUR, 97, FORLOP_SEVERITY_YELLOW, "low") },
    { FORLOP_MEASURE_SYSTOLIC, value_of (at + FORLOP_HOUR, 150, FORLOP_SEVERITY_YELLOW, "high") },
    /* Alone, and with an upper one that the device gave no value of. */
    { FORLOP_MEASURE_DIASTOLIC, value_of (at + 2 * FORLOP_HOUR, 98, FORLOP_SEVERITY_YELLOW, "alone") },
    { FORLOP_MEASURE_SYSTOLIC, value_of (at + 3 * FORLOP_HOUR, NAN, FORLOP_SEVERITY_NOT_REPORTED, NULL) },
    { FORLOP_MEASURE_DIASTOLIC, value_of (at + 3 * FORLOP_HOUR, 99, FORLOP_SEVERITY_YELLOW, "without") },
    { FORLOP_MEASURE_SYSTOLIC, value_of (at + 4 * FORLOP_HOUR, NAN, FORLOP_SEVERITY_NOT_REPORTED, NULL) },
  };
  const char *const reasons[] = { "low", "high", "alone", "without" };
  const ForlopChartPoint *points;
  double lowest, highest;
  unsigned int n_points;

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    forlop_chart_collector_add_value (collector, all[i].measure, &all[i].point);
  forlop_chart_collector_free (collector);

  points = forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, G_N_ELEMENTS (reasons));
  for (unsigned int i = 0; i < n_points; i++)
    {
      g_assert_cmpstr (points[i].reason, ==, reasons[i]);
      g_assert_cmpint (points[i].severity, ==, FORLOP_SEVERITY_YELLOW);
      g_assert_cmpfloat (points[i].low, ==, 96 + i);
      g_assert_cmpfloat (forlop_chart_point_high (&points[i]), ==, i == 0 ? 130 : i == 1 ? 150 : 96 + i);
    }
  /* And each value keeps how it was judged itself. */
  g_assert_true (forlop_chart_point_is_whole_pair (&points[0]));
  g_assert_cmpint (points[0].high_severity, ==, FORLOP_SEVERITY_GREEN);
  g_assert_cmpint (points[0].low_severity, ==, FORLOP_SEVERITY_YELLOW);
  g_assert_false (forlop_chart_point_is_whole_pair (&points[2]));
  g_assert_true (forlop_chart_series_get_range (series, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 96);
  g_assert_cmpfloat (highest, ==, 150);
}

static void
test_lower_value_alone_is_not_lost_in_a_crowd (void)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_BLOOD_PRESSURE);
  ForlopChartWindow window = forlop_chart_window (FORLOP_CHART_QUARTER, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE);
  ForlopChartCollector *collector = forlop_chart_collector_new (series, window, 1);
  gint64 at = chart_test_wall ("2026-11-16", 8 * 60);
  const ForlopChartMedian *medians;
  const ForlopChartPoint *points;
  gboolean seen = FALSE;
  unsigned int n_points, n_medians;

  for (unsigned int i = 0; i < 10; i++)
    {
      ForlopChartPoint low = chart_test_reading (at + i * FORLOP_HOUR, 60 + i, FORLOP_SEVERITY_GREEN);
      ForlopChartPoint high = chart_test_reading (at + i * FORLOP_HOUR, 120 + i, FORLOP_SEVERITY_GREEN);

      /* The lowest of them has no upper value. */
      forlop_chart_collector_add_value (collector, FORLOP_MEASURE_DIASTOLIC, &low);
      if (i != 0)
        forlop_chart_collector_add_value (collector, FORLOP_MEASURE_SYSTOLIC, &high);
    }
  forlop_chart_collector_free (collector);

  points = forlop_chart_series_get_points (series, &n_points);
  for (unsigned int i = 0; i < n_points; i++)
    seen |= isnan (points[i].value) && points[i].low == 60;
  g_assert_true (seen);
  g_assert_cmpuint (n_points, <=, FORLOP_CHART_KEPT);
  medians = forlop_chart_series_get_medians (series, &n_medians);
  g_assert_cmpuint (n_medians, ==, 1);
  g_assert_cmpfloat (medians[0].low, ==, 64.5);
  g_assert_cmpfloat (medians[0].value, ==, 125);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/pair-is-written-with-a-stroke-and-both-limits",
                   test_pair_is_written_with_a_stroke_and_both_limits);
  g_test_add_func ("/chart/two-values-of-an-instant-are-one-pair",
                   test_two_values_of_an_instant_are_one_pair);
  g_test_add_func ("/chart/lower-value-alone-is-not-lost-in-a-crowd",
                   test_lower_value_alone_is_not_lost_in_a_crowd);

  return g_test_run ();
}
