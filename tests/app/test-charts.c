/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include <math.h>

#include "forlop-chart-area.h"
#include "forlop-chart-rows.h"
#include "forlop-chart-scale.h"
#include "forlop-chart.h"
#include "forlop-sparkline.h"

static ForlopChartSeries *
new_series (void)
{
  ForlopChartSeries *series = forlop_chart_series_new ("SpO₂", "%", 0);

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = G_MAXINT64, .red_low = 88, .yellow_low = 91, .yellow_high = NAN,
    .red_high = NAN });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON - 2 * FORLOP_DAY, .value = 94, .low = NAN, .severity = FORLOP_SEVERITY_GREEN });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON - FORLOP_DAY, .value = 0, .low = NAN,
    .severity = FORLOP_SEVERITY_IMPLAUSIBLE });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON, .value = 86, .low = NAN, .severity = FORLOP_SEVERITY_RED });

  return series;
}

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
test_dates_do_not_crowd (void)
{
  g_assert_cmpint (forlop_chart_date_step (0, 14 * FORLOP_DAY, 14), ==, 1);
  g_assert_cmpint (forlop_chart_date_step (0, 14 * FORLOP_DAY, 4), ==, 7);
  g_assert_cmpint (forlop_chart_date_step (0, 730 * FORLOP_DAY, 4), ==, 182);
}

static void
test_impossible_value_does_not_stretch_the_scale (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  double lowest;
  double highest;

  g_assert_true (forlop_chart_series_get_range (series, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 86);
  g_assert_cmpfloat (highest, ==, 94);
}

static void
test_table_has_the_same_points_newest_first (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  g_autoptr(GListModel) rows = forlop_chart_rows_new (series);
  g_autoptr(GObject) first = g_list_model_get_item (rows, 0);
  g_autofree char *sentence = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  g_object_get (first, "sentence", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, "22.11.2026 12.00, 86\u00a0%, Red");
}

static void
test_pair_is_written_with_a_stroke (void)
{
  g_autoptr(ForlopChartSeries) series = forlop_chart_series_new ("Blood pressure", "mmHg", 0);
  ForlopChartPoint point = { .value = 148, .low = 86, .severity = FORLOP_SEVERITY_YELLOW };
  g_autofree char *text = forlop_chart_series_format_value (series, &point);

  g_assert_cmpstr (text, ==, "148/86\u00a0mmHg");
}

static gboolean
press_key (GtkWidget    *widget,
           unsigned int  key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  unsigned int n_controllers = g_list_model_get_n_items (controllers);
  gboolean handled = FALSE;

  for (unsigned int i = 0; i < n_controllers && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }

  return handled;
}

static void
test_arrows_read_the_points (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  GtkWidget *widget = g_object_ref_sink (forlop_chart_area_new ());
  ForlopChartArea *area = FORLOP_CHART_AREA (widget);

  g_assert_false (press_key (widget, GDK_KEY_Left));
  forlop_chart_area_set_series (area, series);
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, -1);
  g_assert_true (press_key (widget, GDK_KEY_Left));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 2);
  g_assert_true (press_key (widget, GDK_KEY_Left));
  g_assert_true (press_key (widget, GDK_KEY_Left));
  g_assert_true (press_key (widget, GDK_KEY_Left));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 0);
  g_assert_true (press_key (widget, GDK_KEY_End));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 2);
  g_assert_finalize_object (widget);
}

static void
test_chart_and_table_change_places (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  GtkWidget *chart = g_object_ref_sink (forlop_chart_new ());
  GtkWidget *window;
  unsigned int notified = 0;

  forlop_chart_set_series (FORLOP_CHART (chart), series);
  window = show_in_window (chart, 600);
  g_signal_connect_swapped (chart, "notify::show-table", G_CALLBACK (count_cb), &notified);
  forlop_chart_set_show_table (FORLOP_CHART (chart), TRUE);
  g_assert_true (forlop_chart_get_show_table (FORLOP_CHART (chart)));
  settle ();
  forlop_chart_set_show_table (FORLOP_CHART (chart), FALSE);
  g_assert_cmpuint (notified, ==, 2);

  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_finalize_object (chart);
}

static void
test_sparkline_draws_one_point_and_none (void)
{
  g_autoptr(ForlopChartSeries) one = forlop_chart_series_new ("Weight", "kg", 1);
  g_autoptr(ForlopChartSeries) none = forlop_chart_series_new ("Weight", "kg", 1);
  GtkWidget *sparkline = g_object_ref_sink (forlop_sparkline_new ());
  GtkWidget *window;

  forlop_chart_series_add_point (one, (ForlopChartPoint) {
    .at_ms = NOON, .value = 80.1, .low = NAN, .severity = FORLOP_SEVERITY_NONE });
  forlop_sparkline_set_series (FORLOP_SPARKLINE (sparkline), one);
  window = show_in_window (sparkline, 300);
  settle ();
  forlop_sparkline_set_series (FORLOP_SPARKLINE (sparkline), none);
  settle ();

  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_finalize_object (sparkline);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/scale/is-round-and-has-room", test_scale_is_round_and_has_room);
  g_test_add_func ("/scale/dates-do-not-crowd", test_dates_do_not_crowd);
  g_test_add_func ("/series/impossible-value-does-not-stretch-the-scale",
                   test_impossible_value_does_not_stretch_the_scale);
  g_test_add_func ("/series/table-has-the-same-points-newest-first",
                   test_table_has_the_same_points_newest_first);
  g_test_add_func ("/series/pair-is-written-with-a-stroke", test_pair_is_written_with_a_stroke);
  g_test_add_func ("/chart/arrows-read-the-points", test_arrows_read_the_points);
  g_test_add_func ("/chart/and-table-change-places", test_chart_and_table_change_places);
  g_test_add_func ("/sparkline/draws-one-point-and-none", test_sparkline_draws_one_point_and_none);

  return g_test_run ();
}
