/* SPDX-License-Identifier: EUPL-1.2 */

#include "chart-test-util.h"

#include <math.h>
#include <string.h>

#include "forlop-chart-collector.h"
#include "forlop-chart-context.h"
#include "forlop-chart-scale.h"

static void
test_scale_is_round_and_has_room (void)
{
  ForlopChartScale scale = forlop_chart_scale_new (86, 95, 4);
  ForlopChartScale flat = forlop_chart_scale_new (70, 70, 4);

  g_assert_cmpfloat (scale.step, ==, 5);
  g_assert_cmpfloat (scale.lowest, <, 86);
  g_assert_cmpfloat (scale.highest, >, 95);
  g_assert_cmpfloat (fmod (scale.lowest, scale.step), ==, 0);
  g_assert_cmpfloat (forlop_chart_scale_place (&scale, scale.lowest), ==, 0);
  g_assert_cmpfloat (forlop_chart_scale_place (&scale, scale.highest), ==, 1);
  g_assert_cmpfloat (flat.highest, >, flat.lowest);
}

static void
test_frame_maps_time_and_value_and_back (void)
{
  const ForlopChartFrame frame = {
    .left = 10, .top = 20, .width = 700, .height = 100,
    .window = forlop_chart_window (FORLOP_CHART_WEEK, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE),
    .scale = { .lowest = 80, .highest = 100, .step = 5 },
  };
  gint64 noon = chart_test_wall ("2026-11-19", 12 * 60);

  g_assert_cmpfloat (forlop_chart_frame_y (&frame, 100), ==, 20);
  g_assert_cmpfloat (forlop_chart_frame_y (&frame, 80), ==, 120);
  g_assert_cmpfloat (forlop_chart_frame_y (&frame, 60), ==, 120);
  g_assert_cmpfloat (forlop_chart_frame_x (&frame, noon), ==, 360);
  g_assert_cmpfloat (forlop_chart_frame_x (&frame, G_MAXINT64), ==, 710);
  g_assert_cmpint (forlop_chart_frame_instant (&frame, 360), ==, noon);
}

static void
test_period_is_whole_days (void)
{
  ForlopDate last = chart_test_date ("2026-11-22");
  ForlopChartWindow week = forlop_chart_window (FORLOP_CHART_WEEK, last, FORLOP_DATE_NONE);
  ForlopChartWindow month = forlop_chart_window (FORLOP_CHART_MONTH, last, FORLOP_DATE_NONE);
  ForlopChartWindow all = forlop_chart_window (FORLOP_CHART_ALL, last, chart_test_date ("2016-02-29"));
  ForlopChartWindow young = forlop_chart_window (FORLOP_CHART_ALL, last, last);

  g_assert_cmpint (week.from_ms, ==, chart_test_wall ("2026-11-16", 0));
  g_assert_cmpint (week.to_ms, ==, chart_test_wall ("2026-11-23", 0));
  g_assert_cmpint (month.from_ms, ==, chart_test_wall ("2026-10-23", 0));
  g_assert_cmpint (all.from_ms, ==, chart_test_wall ("2016-02-29", 0));
  g_assert_cmpint (young.from_ms, ==, week.from_ms);
}

static void
test_week_with_a_clock_change_has_seven_days (void)
{
  /* 29 March 2026 has 23 hours and 25 October 25. */
  ForlopChartWindow spring = forlop_chart_window (FORLOP_CHART_WEEK, chart_test_date ("2026-03-29"), FORLOP_DATE_NONE);
  ForlopChartWindow autumn = forlop_chart_window (FORLOP_CHART_WEEK, chart_test_date ("2026-10-25"), FORLOP_DATE_NONE);
  g_autoptr (GArray) spring_ticks = forlop_chart_ticks (spring, 7);
  g_autoptr (GArray) autumn_ticks = forlop_chart_ticks (autumn, 7);

  g_assert_cmpint (spring.to_ms - spring.from_ms, ==, 7 * FORLOP_DAY - FORLOP_HOUR);
  g_assert_cmpint (autumn.to_ms - autumn.from_ms, ==, 7 * FORLOP_DAY + FORLOP_HOUR);
  g_assert_cmpuint (spring_ticks->len, ==, 7);
  g_assert_cmpuint (autumn_ticks->len, ==, 7);
  for (unsigned int i = 0; i < 7; i++)
    {
      const ForlopChartTick *tick = &g_array_index (autumn_ticks, ForlopChartTick, i);

      g_assert_cmpint (forlop_instant_to_minute (tick->at_ms), ==, 0);
      g_assert_cmpint (forlop_instant_to_date (tick->at_ms), ==, chart_test_date ("2026-10-19") + (int) i);
    }
  g_assert_cmpstr (g_array_index (spring_ticks, ForlopChartTick, 6).label, ==, "29.03");
}

static void
assert_ticks (ForlopChartPeriod  period,
              const char        *first_day,
              unsigned int       n_labels,
              const char        *first,
              const char        *second)
{
  ForlopChartWindow window = forlop_chart_window (period, chart_test_date ("2026-11-22"), chart_test_date (first_day));
  g_autoptr (GArray) ticks = forlop_chart_ticks (window, n_labels);

  g_assert_cmpuint (ticks->len, >=, 2);
  g_assert_cmpuint (ticks->len, <=, n_labels + 1);
  g_assert_cmpstr (g_array_index (ticks, ForlopChartTick, 0).label, ==, first);
  g_assert_cmpstr (g_array_index (ticks, ForlopChartTick, 1).label, ==, second);
}

static void
test_ticks_stand_on_round_dates_and_do_not_crowd (void)
{
  assert_ticks (FORLOP_CHART_WEEK, "2026-01-01", 4, "17.11", "19.11");
  /* Mondays */
  assert_ticks (FORLOP_CHART_MONTH, "2026-01-01", 5, "26.10", "02.11");
  assert_ticks (FORLOP_CHART_YEAR, "2026-01-01", 12, "12.2025", "01.2026");
  assert_ticks (FORLOP_CHART_YEAR, "2026-01-01", 4, "01.2026", "04.2026");
  assert_ticks (FORLOP_CHART_ALL, "2016-11-22", 12, "2017", "2018");
  assert_ticks (FORLOP_CHART_ALL, "2016-11-22", 5, "2018", "2020");
}

static void
test_panning_stays_between_the_first_reading_and_today (void)
{
  ForlopDate today = chart_test_date ("2026-11-22"), first = chart_test_date ("2026-08-01");

  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_WEEK, today, -1, first, today), ==, today - 7);
  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_MONTH, today, -1, first, today), ==,
                   chart_test_date ("2026-10-22"));
  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_WEEK, today, 1, first, today), ==, today);
  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_YEAR, today, -1, first, today), ==, first);
  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_ALL, today - 9, -1, first, today), ==, today);
  g_assert_cmpint (forlop_chart_pan (FORLOP_CHART_WEEK, today, -1, FORLOP_DATE_NONE, today), ==, today);
}

/* Ten years of a reading a day, one of them a peak, each of its own severity. */
static ForlopChartSeries *
collect (ForlopChartWindow  window,
         unsigned int       n_stretches,
         unsigned int       per_day,
         gint64             peak_at)
{
  ForlopChartSeries *series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  g_autoptr (ForlopChartCollector) collector = NULL;

  forlop_chart_series_set_window (series, window);
  collector = forlop_chart_collector_new (series, window, n_stretches);
  for (gint64 at = window.from_ms; at < window.to_ms; at += FORLOP_DAY / per_day)
    {
      ForlopChartPoint point = chart_test_reading (at, 94, FORLOP_SEVERITY_GREEN);

      if (at == peak_at)
        point = chart_test_reading (at, 80, FORLOP_SEVERITY_RED);
      forlop_chart_collector_add (collector, &point);
    }

  return series;
}

static ForlopChartWindow
ten_years (void)
{
  return forlop_chart_window (FORLOP_CHART_ALL, chart_test_date ("2026-11-22"), chart_test_date ("2016-11-22"));
}

static void
test_peak_never_disappears (void)
{
  ForlopChartWindow window = ten_years ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (unsigned int round = 0; round < 200; round++)
    {
      gint64 peak = window.from_ms + g_rand_int_range (rand, 0, 3650) * FORLOP_DAY;
      unsigned int stretches = (unsigned int) g_rand_int_range (rand, 1, 900);
      g_autoptr (ForlopChartSeries) series = collect (window, stretches, 1, peak);
      unsigned int n_points, n_red = 0;
      const ForlopChartPoint *points = forlop_chart_series_get_points (series, &n_points);

      g_assert_cmpuint (n_points, <=, (stretches + 1) * FORLOP_CHART_KEPT);
      g_assert_cmpuint (forlop_chart_series_get_n_readings (series), >, 3600);
      for (unsigned int i = 0; i < n_points; i++)
        if (points[i].severity == FORLOP_SEVERITY_RED)
          {
            g_assert_cmpint (points[i].at_ms, ==, peak);
            g_assert_cmpfloat (points[i].value, ==, 80);
            n_red++;
          }
      g_assert_cmpuint (n_red, ==, 1);
    }
}

static void
test_stretch_keeps_lowest_highest_worst_and_invalid (void)
{
  ForlopChartWindow window = { 0, FORLOP_DAY };
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  ForlopChartCollector *collector = forlop_chart_collector_new (series, window, 1);
  const ForlopChartPoint all[] = {
    chart_test_reading (1, 95, FORLOP_SEVERITY_GREEN), chart_test_reading (2, 0, FORLOP_SEVERITY_IMPLAUSIBLE),
    chart_test_reading (3, 91, FORLOP_SEVERITY_GREEN), chart_test_reading (4, 93, FORLOP_SEVERITY_YELLOW),
    chart_test_reading (5, 99, FORLOP_SEVERITY_GREEN), chart_test_reading (6, NAN, FORLOP_SEVERITY_NOT_REPORTED),
    chart_test_reading (7, 0, FORLOP_SEVERITY_IMPLAUSIBLE), chart_test_reading (FORLOP_DAY, 50, FORLOP_SEVERITY_RED),
  };
  const gint64 kept[] = { 2, 3, 4, 5 };
  const ForlopChartPoint *points;
  unsigned int n_points;

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    forlop_chart_collector_add (collector, &all[i]);
  forlop_chart_collector_free (collector);

  points = forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, G_N_ELEMENTS (kept));
  for (unsigned int i = 0; i < n_points; i++)
    g_assert_cmpint (points[i].at_ms, ==, kept[i]);
  g_assert_cmpuint (forlop_chart_series_get_n_readings (series), ==, 6);
}

static void
test_few_readings_are_all_kept (void)
{
  ForlopChartWindow quarter = forlop_chart_window (FORLOP_CHART_QUARTER, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE);
  g_autoptr (ForlopChartSeries) series = collect (quarter, 600, 4, 0);
  unsigned int n_points;

  forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, forlop_chart_series_get_n_readings (series));
}

static void
test_medians_leave_out_what_cannot_be_used (void)
{
  ForlopChartWindow window = forlop_chart_window (FORLOP_CHART_QUARTER, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE);
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_WEIGHT);
  ForlopChartCollector *collector = forlop_chart_collector_new (series, window, 600);
  gint64 monday = chart_test_wall ("2026-10-19", 8 * 60);
  const ForlopChartPoint all[] = {
    chart_test_reading (monday, 80, FORLOP_SEVERITY_GREEN),
    chart_test_reading (monday + FORLOP_DAY, 0, FORLOP_SEVERITY_IMPLAUSIBLE),
    chart_test_reading (monday + 2 * FORLOP_DAY, 82, FORLOP_SEVERITY_GREEN),
    /* Sunday of the week that has 25 hours more in it, and the Monday two weeks later. */
    chart_test_reading (chart_test_wall ("2026-10-25", 23 * 60), 90, FORLOP_SEVERITY_YELLOW),
    chart_test_reading (chart_test_wall ("2026-11-09", 0), 84, FORLOP_SEVERITY_GREEN),
  };
  const ForlopChartMedian *medians;
  unsigned int n_medians;

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    forlop_chart_collector_add (collector, &all[i]);
  forlop_chart_collector_free (collector);

  medians = forlop_chart_series_get_medians (series, &n_medians);
  g_assert_cmpuint (n_medians, ==, 2);
  g_assert_cmpfloat (medians[0].value, ==, 82);
  g_assert_cmpint (medians[0].window.from_ms, ==, chart_test_wall ("2026-10-19", 0));
  g_assert_cmpint (medians[0].window.to_ms, ==, chart_test_wall ("2026-10-26", 0));
  g_assert_cmpfloat (medians[1].value, ==, 84);
  g_assert_true (isnan (medians[1].low));
}

static void
test_missed_day_is_a_gap (void)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_WEIGHT);
  gint64 day = chart_test_wall ("2026-11-02", 8 * 60);
  gint64 reach;

  for (unsigned int i = 0; i < 5; i++)
    forlop_chart_series_add_point (series, chart_test_reading (day + i * FORLOP_DAY, 80, FORLOP_SEVERITY_GREEN));
  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_PAUSE, .from_ms = day + FORLOP_DAY + 1, .to_ms = day + FORLOP_DAY + 2,
    .label = (char *) "", .text = (char *) "" });
  reach = forlop_chart_series_get_reach (series);

  g_assert_true (forlop_chart_series_is_joined (series, day, day + FORLOP_DAY, reach));
  g_assert_true (forlop_chart_series_is_joined (series, day, day + FORLOP_DAY + 9 * FORLOP_HOUR, reach) ==
                 FALSE);
  g_assert_false (forlop_chart_series_is_joined (series, day + 2 * FORLOP_DAY, day + 4 * FORLOP_DAY, reach));
  /* Nor does a line lead through a pause. */
  g_assert_false (forlop_chart_series_is_joined (series, day + FORLOP_DAY, day + 2 * FORLOP_DAY, reach));
  g_assert_true (forlop_chart_series_is_joined (series, day + 2 * FORLOP_DAY, day + 3 * FORLOP_DAY, reach));
}

static ForlopRecord *
new_record (GPtrArray  *list,
            const char *type)
{
  g_autofree char *id = g_uuid_string_random ();
  ForlopRecord *record = forlop_record_new (forlop_record_type_find (type), id);

  g_ptr_array_add (list, record);

  return record;
}

static void
new_plan (GPtrArray  *plans,
          GPtrArray  *limits,
          const char *case_id,
          int         version,
          const char *valid_from,
          const char *status,
          double      red_low)
{
  ForlopRecord *plan = new_record (plans, "care_plan");
  ForlopRecord *limit = new_record (limits, "limit");

  forlop_record_set_text (plan, "case_id", case_id);
  forlop_record_set_integer (plan, "version", version);
  forlop_record_set_text (plan, "status", status);
  if (valid_from != NULL)
    forlop_record_set_instant (plan, "valid_from", chart_test_wall (valid_from, 9 * 60));
  forlop_record_set_text (limit, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (limit, "code", "spo2");
  forlop_record_set_real (limit, "red_low", red_low);
}

static void
test_limits_are_those_of_the_version_in_force (void)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) limits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  ForlopRecord *the_case = new_record (cases, "case");
  const char *id = forlop_record_get_id (the_case);
  gint64 changed = chart_test_wall ("2026-10-25", 9 * 60);
  unsigned int n_bands, n_marks;

  forlop_record_set_date (the_case, "closed_on", chart_test_date ("2026-11-10"));
  /* Given in another order than they ruled in, with a draft that never did. */
  new_plan (plans, limits, id, 2, "2026-10-25", "in_force", 90);
  new_plan (plans, limits, id, 1, "2026-09-01", "superseded", 88);
  new_plan (plans, limits, id, 3, NULL, "draft", 70);
  forlop_chart_add_plans (series, plans, limits, cases);

  forlop_chart_series_get_bands (series, &n_bands);
  forlop_chart_series_get_marks (series, &n_marks);
  g_assert_cmpuint (n_bands, ==, 2);
  g_assert_cmpuint (n_marks, ==, 2);
  g_assert_null (forlop_chart_series_get_band_at (series, chart_test_wall ("2026-09-01", 9 * 60) - 1, FALSE));
  g_assert_cmpfloat (forlop_chart_series_get_band_at (series, changed - 1, FALSE)->red_low, ==, 88);
  g_assert_cmpfloat (forlop_chart_series_get_band_at (series, changed, FALSE)->red_low, ==, 90);
  g_assert_cmpuint (forlop_chart_series_get_band_at (series, changed, FALSE)->plan_version, ==, 2);
  g_assert_nonnull (forlop_chart_series_get_band_at (series, chart_test_wall ("2026-11-11", 0) - 1, FALSE));
  g_assert_null (forlop_chart_series_get_band_at (series, chart_test_wall ("2026-11-11", 0), FALSE));
}

static void
test_observation_ends_with_its_last_day_or_its_plan (void)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  ForlopRecord *plan = new_record (plans, "care_plan");
  const ForlopChartMark *marks;
  unsigned int n_marks;

  forlop_record_set_integer (plan, "version", 1);
  forlop_record_set_text (plan, "status", "in_force");
  forlop_record_set_instant (plan, "valid_from", chart_test_wall ("2026-10-20", 9 * 60));
  forlop_record_set_date (plan, "observation_until", chart_test_date ("2026-10-25"));
  forlop_chart_add_plans (series, plans, none, none);
  marks = forlop_chart_series_get_marks (series, &n_marks);
  g_assert_cmpuint (n_marks, ==, 2);
  g_assert_cmpint (marks[1].kind, ==, FORLOP_CHART_MARK_OBSERVATION);
  g_assert_cmpint (marks[1].from_ms, ==, chart_test_wall ("2026-10-20", 9 * 60));
  g_assert_cmpint (marks[1].to_ms, ==, chart_test_wall ("2026-10-26", 0));
}

static void
test_alerts_are_those_of_the_measure (void)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopChartSeries) pressure = forlop_chart_series_new_of (FORLOP_MEASURE_BLOOD_PRESSURE);
  const struct { const char *kind, *rule, *reason; } all[] = {
    { "measurement", "red_high",
      "{\"code\":\"beyond_limit\",\"severity\":\"red\",\"measure\":\"systolic\",\"limit_kind\":\"red_high\","
      "\"value\":186,\"limit\":180,\"plan_version\":1,\"limits\":{\"red_high\":180}}" },
    { "measurement", "red_low",
      "{\"code\":\"beyond_limit\",\"severity\":\"red\",\"measure\":\"spo2\",\"limit_kind\":\"red_low\","
      "\"value\":86,\"limit\":88,\"plan_version\":1,\"limits\":{\"red_low\":88}}" },
    { "missing", "missing/blood_pressure/2026-11-20T07:00:00.000Z", NULL },
    { "equipment", "fault", NULL },
  };
  const ForlopChartMark *marks;
  unsigned int n_marks;

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    {
      ForlopRecord *alert = new_record (alerts, "alert");

      forlop_record_set_text (alert, "kind", all[i].kind);
      forlop_record_set_text (alert, "rule", all[i].rule);
      if (all[i].reason != NULL)
        forlop_record_set_text (alert, "reason", all[i].reason);
      forlop_record_set_text (alert, "severity", "red");
      forlop_record_set_text (alert, "status", "new");
      forlop_record_set_instant (alert, "raised_at", chart_test_wall ("2026-11-20", 600 + (int) i));
    }
  forlop_chart_add_alerts (pressure, alerts);
  marks = forlop_chart_series_get_marks (pressure, &n_marks);
  g_assert_cmpuint (n_marks, ==, 2);
  g_assert_cmpint (marks[0].severity, ==, FORLOP_SEVERITY_RED);
  g_assert_nonnull (strstr (marks[0].text, "is over 180"));
  g_assert_cmpint (marks[1].severity, ==, FORLOP_SEVERITY_NOT_REPORTED);
}

static void
test_marks_outside_the_window_are_left_out (void)
{
  g_autoptr (GPtrArray) pauses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  const char *const from[] = { "2026-10-01", "2026-11-10", "2026-11-20" };
  const ForlopChartMark *marks;
  gint64 now = chart_test_wall ("2026-11-22", 720);
  unsigned int n_marks;

  forlop_chart_series_set_window (
    series, forlop_chart_window (FORLOP_CHART_WEEK, chart_test_date ("2026-11-22"), FORLOP_DATE_NONE));
  for (unsigned int i = 0; i < G_N_ELEMENTS (from); i++)
    {
      ForlopRecord *pause = new_record (pauses, "pause");

      forlop_record_set_text (pause, "reason", "hospital");
      forlop_record_set_instant (pause, "from_time", chart_test_wall (from[i], 0));
      if (i < 2)
        forlop_record_set_instant (pause, "to_time", chart_test_wall (from[i], 0) + 7 * FORLOP_DAY);
    }
  forlop_chart_add_pauses (series, pauses, now);
  marks = forlop_chart_series_get_marks (series, &n_marks);
  g_assert_cmpuint (n_marks, ==, 2);
  g_assert_cmpint (marks[0].from_ms, ==, chart_test_wall ("2026-11-10", 0));
  g_assert_cmpint (marks[1].to_ms, ==, now);
}

static void
test_impossible_value_does_not_stretch_the_scale (void)
{
  g_autoptr (ForlopChartSeries) series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  double lowest, highest;

  forlop_chart_series_add_point (series, chart_test_reading (1, 94, FORLOP_SEVERITY_GREEN));
  forlop_chart_series_add_point (series, chart_test_reading (2, 0, FORLOP_SEVERITY_IMPLAUSIBLE));
  forlop_chart_series_add_point (series, chart_test_reading (3, 86, FORLOP_SEVERITY_RED));
  g_assert_true (forlop_chart_series_get_range (series, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 86);
  g_assert_cmpfloat (highest, ==, 94);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/scale-is-round-and-has-room", test_scale_is_round_and_has_room);
  g_test_add_func ("/chart/frame-maps-time-and-value-and-back", test_frame_maps_time_and_value_and_back);
  g_test_add_func ("/chart/period-is-whole-days", test_period_is_whole_days);
  g_test_add_func ("/chart/week-with-a-clock-change-has-seven-days",
                   test_week_with_a_clock_change_has_seven_days);
  g_test_add_func ("/chart/ticks-stand-on-round-dates-and-do-not-crowd",
                   test_ticks_stand_on_round_dates_and_do_not_crowd);
  g_test_add_func ("/chart/panning-stays-between-the-first-reading-and-today",
                   test_panning_stays_between_the_first_reading_and_today);
  g_test_add_func ("/chart/peak-never-disappears", test_peak_never_disappears);
  g_test_add_func ("/chart/stretch-keeps-lowest-highest-worst-and-invalid",
                   test_stretch_keeps_lowest_highest_worst_and_invalid);
  g_test_add_func ("/chart/few-readings-are-all-kept", test_few_readings_are_all_kept);
  g_test_add_func ("/chart/medians-leave-out-what-cannot-be-used",
                   test_medians_leave_out_what_cannot_be_used);
  g_test_add_func ("/chart/missed-day-is-a-gap", test_missed_day_is_a_gap);
  g_test_add_func ("/chart/limits-are-those-of-the-version-in-force",
                   test_limits_are_those_of_the_version_in_force);
  g_test_add_func ("/chart/observation-ends-with-its-last-day-or-its-plan",
                   test_observation_ends_with_its_last_day_or_its_plan);
  g_test_add_func ("/chart/alerts-are-those-of-the-measure", test_alerts_are_those_of_the_measure);
  g_test_add_func ("/chart/marks-outside-the-window-are-left-out",
                   test_marks_outside_the_window_are_left_out);
  g_test_add_func ("/chart/impossible-value-does-not-stretch-the-scale",
                   test_impossible_value_does_not_stretch_the_scale);

  return g_test_run ();
}
