/* SPDX-License-Identifier: EUPL-1.2 */

#include <math.h>
#include <string.h>

#include "follow-up-test-util.h"
#include "forlop-chart-store.h"

/* What the charts of a citizen read from the file, and the same readings as a table. */

#define DAY "2026-03-16"

static char *
dup_citizen (ActsTest   *test,
             const char *case_id)
{
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);

  return g_strdup (forlop_record_get_text (the_case, "citizen_id"));
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_chart_store_load (connection, user_data, error);
}

static ForlopCharts *
load (ActsTest          *test,
      const char        *citizen_id,
      ForlopMeasure      measure,
      ForlopChartPeriod  period)
{
  ForlopChartQuery query = {
    .citizen_id = (char *) citizen_id, .measure = measure, .period = period,
    .last_day = FORLOP_DATE_NONE, .n_stretches = 600, .now = forlop_clock_now (test->clock),
  };
  g_autoptr (GError) error = NULL;
  ForlopCharts *charts = forlop_store_read_sync (test->store, load_on_worker, &query, NULL, NULL, &error);

  g_assert_no_error (error);

  return charts;
}

static void
test_nothing_measured_has_no_chart (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *citizen_id = dup_citizen (test, case_id);
  g_autoptr (ForlopCharts) charts = load (test, citizen_id, FORLOP_MEASURE_UNKNOWN, FORLOP_CHART_ALL);

  g_assert_cmpuint (charts->series->len, ==, 0);
  g_assert_cmpint (charts->first_day, ==, FORLOP_DATE_NONE);
}

static void
test_reading_carries_judgement_limits_and_what_happened (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *citizen_id = dup_citizen (test, case_id);
  g_autofree char *green = follow_up_measure (test, case_id, "spo2", "95", DAY "T08:00:00");
  g_autofree char *red = follow_up_measure (test, case_id, "spo2", "86", DAY "T08:30:00");
  g_autofree char *wrong = follow_up_measure (test, case_id, "spo2", "70", DAY "T08:45:00");
  g_autofree char *sentence = NULL;
  g_autoptr (ForlopCharts) charts = NULL;
  ForlopChartSeries *series;
  const ForlopChartPoint *points;
  const ForlopChartMark *marks;
  double lowest, highest;
  unsigned int n_points, n_marks, n_alerts = 0;

  acts_test_must (test, test->nurse, "invalidate-measurement",
                  "{\"citizen_id\":\"%s\",\"measurement_id\":\"%s\",\"reason\":\"Naboens\"}", citizen_id,
                  wrong);
  charts = load (test, citizen_id, FORLOP_MEASURE_UNKNOWN, FORLOP_CHART_WEEK);
  g_assert_cmpuint (charts->series->len, ==, 1);
  series = g_ptr_array_index (charts->series, 0);
  points = forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, 3);
  g_assert_cmpint (points[0].severity, ==, FORLOP_SEVERITY_GREEN);
  g_assert_cmpint (points[1].severity, ==, FORLOP_SEVERITY_RED);
  sentence = forlop_chart_series_format_reading (series, &points[1]);
  g_assert_nonnull (strstr (sentence, "is under 88"));
  g_assert_nonnull (strstr (sentence, "Limits: red under 88, yellow under 92"));

  /* Said to be the neighbour's: shown as such, with the reason, and no part of the scale. */
  g_assert_cmpint (points[2].severity, ==, FORLOP_SEVERITY_IMPLAUSIBLE);
  g_assert_cmpstr (points[2].reason, ==, "Taken out of use: Naboens");
  g_assert_true (forlop_chart_series_get_range (series, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 86);

  marks = forlop_chart_series_get_marks (series, &n_marks);
  for (unsigned int i = 0; i < n_marks; i++)
    if (marks[i].kind == FORLOP_CHART_MARK_ALERT && marks[i].severity == FORLOP_SEVERITY_RED)
      n_alerts++;
  g_assert_cmpuint (n_alerts, ==, 2);
  g_assert_cmpint (marks[0].kind, ==, FORLOP_CHART_MARK_PLAN);
}

static void
measure_pair (ActsTest   *test,
              const char *case_id,
              const char *systolic,
              const char *diastolic,
              const char *at)
{
  g_autofree char *upper = follow_up_measure (test, case_id, "systolic", systolic, at);
  g_autofree char *lower = follow_up_measure (test, case_id, "diastolic", diastolic, at);
}

static void
test_blood_pressure_is_one_chart_of_pairs (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *citizen_id = dup_citizen (test, case_id);
  g_autoptr (ForlopCharts) charts = NULL;
  ForlopChartSeries *series;
  const ForlopChartPoint *points;
  unsigned int n_points;

  measure_pair (test, case_id, "148", "86", DAY "T08:00:00");
  measure_pair (test, case_id, "152", "90", DAY "T08:30:00");
  charts = load (test, citizen_id, FORLOP_MEASURE_UNKNOWN, FORLOP_CHART_WEEK);
  g_assert_cmpuint (charts->series->len, ==, 1);
  series = g_ptr_array_index (charts->series, 0);
  g_assert_cmpint (forlop_chart_series_get_measure (series), ==, FORLOP_MEASURE_BLOOD_PRESSURE);
  points = forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  g_assert_cmpfloat (points[0].value, ==, 148);
  g_assert_cmpfloat (points[0].low, ==, 86);
  g_assert_cmpfloat (points[1].value, ==, 152);
  g_assert_cmpfloat (points[1].low, ==, 90);
}

static ForlopPagedList *
load_table (ActsTest   *test,
            const char *citizen_id)
{
  ForlopChartWindow window =
    forlop_chart_window (FORLOP_CHART_QUARTER, forlop_instant_to_date (forlop_clock_now (test->clock)),
                         FORLOP_DATE_NONE);

  return forlop_paged_list_new (test->store, &forlop_reading_list_source,
                                forlop_reading_query_new (citizen_id, FORLOP_MEASURE_BLOOD_PRESSURE, window));
}

static void
wait_for (ForlopPagedList *list)
{
  while (forlop_paged_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

static const ForlopReadingFields *
get_row (ForlopPagedList *list,
         unsigned int     position)
{
  g_autoptr (ForlopPagedRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (row);
  wait_for (list);
  g_assert_true (forlop_paged_row_is_filled (row));

  return forlop_paged_row_get_fields (row);
}

static void
test_table_has_every_reading_newest_first (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, "2026-01-04");
  g_autofree char *citizen_id = dup_citizen (test, case_id);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (ForlopPagedList) list = NULL;
  ForlopDate first;
  const unsigned int n_days = 2 * FORLOP_PAGED_LIST_PAGE;

  g_assert_true (forlop_date_from_iso ("2026-01-05", &first));
  for (unsigned int i = 0; i < n_days; i++)
    {
      g_autofree char *date = forlop_date_to_iso (first + (ForlopDate) i);
      g_autofree char *at = g_strdup_printf ("%sT08:00:00", date);

      acts_test_set_day (test, date);
      measure_pair (test, case_id, "140", "80", at);
    }
  acts_test_set_day (test, DAY);
  /* Two at once: both stand in the table. */
  one = follow_up_measure (test, case_id, "systolic", "150", DAY "T08:00:00");
  other = follow_up_measure (test, case_id, "systolic", "151", DAY "T08:00:00");

  list = load_table (test, citizen_id);
  wait_for (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_days + 2);
  g_assert_cmpfloat (get_row (list, 0)->point.value + get_row (list, 1)->point.value, ==, 301);
  g_assert_cmpfloat (get_row (list, 2)->point.low, ==, 80);
  for (unsigned int i = 1; i < n_days + 2; i++)
    {
      gint64 newer = get_row (list, i - 1)->point.at_ms;

      g_assert_cmpint (newer, >=, get_row (list, i)->point.at_ms);
    }
}

/* One was judged and is on the board, so that it must be in the picture as well. */
static void
test_one_value_of_a_pair_stands_alone (void)
{
  g_autoptr (ActsTest) test = acts_test_new (DAY);
  g_autofree char *case_id = follow_up_start (test, DAY);
  g_autofree char *citizen_id = dup_citizen (test, case_id);
  g_autofree char *low = follow_up_measure (test, case_id, "diastolic", "96", DAY "T08:00:00");
  g_autofree char *high = follow_up_measure (test, case_id, "systolic", "148", DAY "T08:15:00");
  g_autofree char *value = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *high_spoken = NULL;
  g_autoptr (ForlopCharts) charts = NULL;
  g_autoptr (ForlopPagedList) list = NULL;
  ForlopChartSeries *series;
  const ForlopChartPoint *points;
  unsigned int n_points;

  measure_pair (test, case_id, "152", "90", DAY "T08:30:00");
  charts = load (test, citizen_id, FORLOP_MEASURE_UNKNOWN, FORLOP_CHART_WEEK);
  g_assert_cmpuint (charts->series->len, ==, 1);
  series = g_ptr_array_index (charts->series, 0);
  points = forlop_chart_series_get_points (series, &n_points);
  g_assert_cmpuint (n_points, ==, 3);
  g_assert_true (isnan (points[0].value));
  g_assert_cmpfloat (points[0].low, ==, 96);
  g_assert_cmpfloat (points[1].value, ==, 148);
  g_assert_true (isnan (points[1].low));
  value = forlop_chart_series_format_value (series, &points[0]);
  g_assert_cmpstr (value, ==, "–/96\u00a0mmHg");
  spoken = forlop_chart_series_format_reading (series, &points[0]);
  g_assert_nonnull (strstr (spoken, "only the diastolic value"));
  high_spoken = forlop_chart_series_format_reading (series, &points[1]);
  g_assert_nonnull (strstr (high_spoken, "148/–\u00a0mmHg, only the systolic value"));

  list = load_table (test, citizen_id);
  wait_for (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpfloat (get_row (list, 0)->point.low, ==, 90);
  g_assert_cmpfloat (get_row (list, 1)->point.value, ==, 148);
  g_assert_true (isnan (get_row (list, 1)->point.low));
  g_assert_cmpstr (get_row (list, 1)->id, ==, high);
  g_assert_true (isnan (get_row (list, 2)->point.value));
  g_assert_cmpfloat (get_row (list, 2)->point.low, ==, 96);
  g_assert_cmpint (get_row (list, 2)->point.severity, ==, points[0].severity);
  /* The row is the one that is taken out of use. */
  g_assert_cmpstr (get_row (list, 2)->id, ==, low);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/chart/nothing-measured-has-no-chart", test_nothing_measured_has_no_chart);
  g_test_add_func ("/chart/reading-carries-judgement-limits-and-what-happened",
                   test_reading_carries_judgement_limits_and_what_happened);
  g_test_add_func ("/chart/blood-pressure-is-one-chart-of-pairs",
                   test_blood_pressure_is_one_chart_of_pairs);
  g_test_add_func ("/chart/one-value-of-a-pair-stands-alone", test_one_value_of_a_pair_stands_alone);
  g_test_add_func ("/chart/table-has-every-reading-newest-first",
                   test_table_has_every_reading_newest_first);

  return g_test_run ();
}
