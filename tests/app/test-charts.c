/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include <math.h>
#include <string.h>

#include "forlop-chart-area.h"
#include "forlop-chart.h"
#include "forlop-sparkline.h"

static ForlopChartSeries *
new_series (void)
{
  ForlopChartSeries *series = forlop_chart_series_new ("SpO₂", "%", 0);

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = G_MAXINT64, .red_low = 88, .yellow_low = 91, .yellow_high = NAN,
    .red_high = NAN, .plan_version = 3 });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON - 2 * FORLOP_DAY, .value = 94, .low = NAN, .severity = FORLOP_SEVERITY_GREEN });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON - FORLOP_DAY, .value = 0, .low = NAN,
    .severity = FORLOP_SEVERITY_IMPLAUSIBLE });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON, .value = 86, .low = NAN, .severity = FORLOP_SEVERITY_RED });

  return series;
}

static gboolean
press_key_with (GtkWidget       *widget,
                unsigned int     key,
                GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  unsigned int n_controllers = g_list_model_get_n_items (controllers);
  gboolean handled = FALSE;

  for (unsigned int i = 0; i < n_controllers && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }

  return handled;
}

static gboolean
press_key (GtkWidget    *widget,
           unsigned int  key)
{
  return press_key_with (widget, key, 0);
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

static char *
dup_text (GtkWidget *area)
{
  char *text;

  g_object_get (area, "text", &text, NULL);

  return text;
}

static void
test_what_is_read_stands_in_words (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  GtkWidget *widget = g_object_ref_sink (forlop_chart_area_new ());
  g_autofree char *newest = NULL;
  g_autofree char *first = NULL;
  g_autofree char *invalid = NULL;

  forlop_chart_area_set_series (FORLOP_CHART_AREA (widget), series);
  newest = dup_text (widget);
  g_assert_cmpstr (newest, ==,
                   "Last: 22.11.2026 12.00, 86\u00a0%. Red. Limits: red under 88, yellow under 91");
  g_assert_true (press_key (widget, GDK_KEY_Home));
  first = dup_text (widget);
  g_assert_cmpstr (first, ==,
                   "20.11.2026 12.00, 94\u00a0%. Green: inside the limits (plan v3). "
                   "Limits: red under 88, yellow under 91");
  g_assert_true (press_key (widget, GDK_KEY_Right));
  invalid = dup_text (widget);
  g_assert_nonnull (strstr (invalid, "Invalid"));
  g_assert_finalize_object (widget);
}

static void
test_page_keys_take_larger_steps (void)
{
  g_autoptr(ForlopChartSeries) series = forlop_chart_series_new ("Weight", "kg", 1);
  GtkWidget *widget = g_object_ref_sink (forlop_chart_area_new ());
  ForlopChartArea *area = FORLOP_CHART_AREA (widget);

  for (unsigned int i = 0; i < 25; i++)
    forlop_chart_series_add_point (series, (ForlopChartPoint) {
      .at_ms = NOON + i * FORLOP_DAY, .value = 80, .low = NAN, .severity = FORLOP_SEVERITY_NONE });
  forlop_chart_area_set_series (area, series);
  g_assert_true (press_key (widget, GDK_KEY_End));
  g_assert_true (press_key (widget, GDK_KEY_Page_Up));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 14);
  g_assert_true (press_key (widget, GDK_KEY_Page_Up));
  g_assert_true (press_key (widget, GDK_KEY_Page_Up));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 0);
  g_assert_true (press_key (widget, GDK_KEY_Page_Down));
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 10);
  g_assert_finalize_object (widget);
}

static void
test_reading_stays_when_the_period_changes (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  g_autoptr(ForlopChartSeries) longer = forlop_chart_series_new ("SpO₂", "%", 0);
  GtkWidget *widget = g_object_ref_sink (forlop_chart_area_new ());
  ForlopChartArea *area = FORLOP_CHART_AREA (widget);

  forlop_chart_series_add_point (longer, (ForlopChartPoint) {
    .at_ms = NOON - 30 * FORLOP_DAY, .value = 93, .low = NAN, .severity = FORLOP_SEVERITY_GREEN });
  forlop_chart_series_add_point (longer, (ForlopChartPoint) {
    .at_ms = NOON, .value = 86, .low = NAN, .severity = FORLOP_SEVERITY_RED });
  forlop_chart_area_set_series (area, series);
  forlop_chart_area_set_cursor (area, 2);
  forlop_chart_area_set_series (area, longer);
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, 1);
  forlop_chart_area_set_cursor (area, 0);
  forlop_chart_area_set_series (area, series);
  g_assert_cmpint (forlop_chart_area_get_cursor (area), ==, -1);
  g_assert_finalize_object (widget);
}

static void
test_marks_are_read_with_control (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  GtkWidget *widget = g_object_ref_sink (forlop_chart_area_new ());
  g_autofree char *text = NULL;

  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_CONTACT, .from_ms = NOON, .to_ms = NOON, .label = (char *) "Telephone",
    .text = (char *) "Telephone: drank water" });
  forlop_chart_area_set_series (FORLOP_CHART_AREA (widget), series);
  g_assert_true (press_key_with (widget, GDK_KEY_Left, GDK_CONTROL_MASK));
  text = dup_text (widget);
  g_assert_cmpstr (text, ==, "Telephone: drank water");
  g_assert_cmpint (forlop_chart_area_get_cursor (FORLOP_CHART_AREA (widget)), ==, -1);
  /* These belong to whoever moves the period. */
  g_assert_false (press_key_with (widget, GDK_KEY_Left, GDK_SHIFT_MASK));
  g_assert_finalize_object (widget);
}

static GtkWidget *
find_area (GtkWidget *widget)
{
  GtkWidget *found = FORLOP_IS_CHART_AREA (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_area (child);

  return found;
}

static int
height_of (GtkWidget *chart)
{
  int height;

  gtk_widget_measure (chart, GTK_ORIENTATION_VERTICAL, 420, &height, NULL, NULL, NULL);

  return height;
}

/* What stands below must not move while somebody reads. */
static void
test_reading_does_not_change_the_height (void)
{
  g_autoptr(ForlopChartSeries) series = new_series ();
  GtkWidget *chart = g_object_ref_sink (forlop_chart_new ());
  GtkWidget *area = find_area (chart);
  int height;

  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_CONTACT, .from_ms = NOON, .to_ms = NOON, .label = (char *) "Phone",
    .text = (char *) "Phone: asked how the night had been, whether the ankles were swollen, and to measure again "
                     "in the afternoon; the daughter will come by and call if anything changes" });
  forlop_chart_set_series (FORLOP_CHART (chart), series);
  g_assert_nonnull (area);
  height = height_of (chart);
  for (int i = 0; i < 3; i++)
    {
      forlop_chart_area_set_cursor (FORLOP_CHART_AREA (area), i);
      g_assert_cmpint (height_of (chart), ==, height);
    }
  g_assert_true (press_key_with (area, GDK_KEY_Left, GDK_CONTROL_MASK));
  g_assert_cmpint (height_of (chart), ==, height);
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

/* In the colours of the product. */
static void
use_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/no/forlop/Forlop/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* How many pixels of a chart as it is painted have a colour, and are not grey. */
static unsigned int
count_coloured (ForlopChartSeries *series)
{
  GtkWidget *chart = forlop_chart_new ();
  GtkWidget *window;
  g_autoptr(GdkPaintable) paintable = NULL;
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree guchar *pixels = NULL;
  unsigned int n_coloured = 0;
  int width, height;

  forlop_chart_set_series (FORLOP_CHART (chart), series);
  window = show_in_window (chart, 600);
  settle ();
  paintable = gtk_widget_paintable_new (find_area (chart));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_malloc ((gsize) width * (gsize) height * 4);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    {
      const guchar *pixel = &pixels[i * 4];

      if (MAX (MAX (pixel[0], pixel[1]), pixel[2]) - MIN (MIN (pixel[0], pixel[1]), pixel[2]) > 8)
        n_coloured++;
    }
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();

  return n_coloured;
}

static ForlopChartSeries *
new_below (double         low,
           ForlopSeverity low_severity)
{
  ForlopChartSeries *series = forlop_chart_series_new ("Pressure", "mmHg", 0);

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = G_MAXINT64, .red_low = 90, .yellow_low = 100, .yellow_high = NAN, .red_high = NAN });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON - FORLOP_DAY, .value = 80, .low = isnan (low) ? NAN : 60, .severity = FORLOP_SEVERITY_NONE,
    .high_severity = FORLOP_SEVERITY_NONE, .low_severity = FORLOP_SEVERITY_NONE });
  forlop_chart_series_add_point (series, (ForlopChartPoint) {
    .at_ms = NOON, .value = 120, .low = low, .severity = low_severity, .high_severity = FORLOP_SEVERITY_NONE,
    .low_severity = low_severity });

  return series;
}

/* Lower pressures lie where upper ones would be far too low: no colour may say so of them. */
static void
test_limits_of_the_upper_value_do_not_colour_the_lower_one (void)
{
  g_autoptr(ForlopChartSeries) single = new_below (NAN, FORLOP_SEVERITY_NONE);
  g_autoptr(ForlopChartSeries) pair = new_below (70, FORLOP_SEVERITY_NONE);

  /* Two lines are left of it. */
  g_assert_cmpuint (count_coloured (single), >, 3 * count_coloured (pair));
}

static void
test_lower_value_beyond_a_limit_has_a_sign_of_its_own (void)
{
  g_autoptr(ForlopChartSeries) neither = new_below (70, FORLOP_SEVERITY_NONE);
  g_autoptr(ForlopChartSeries) lower = new_below (70, FORLOP_SEVERITY_RED);

  g_assert_cmpuint (count_coloured (lower), >, count_coloured (neither) + 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  use_style ();

  g_test_add_func ("/chart/arrows-read-the-points", test_arrows_read_the_points);
  g_test_add_func ("/chart/what-is-read-stands-in-words", test_what_is_read_stands_in_words);
  g_test_add_func ("/chart/page-keys-take-larger-steps", test_page_keys_take_larger_steps);
  g_test_add_func ("/chart/reading-stays-when-the-period-changes",
                   test_reading_stays_when_the_period_changes);
  g_test_add_func ("/chart/marks-are-read-with-control", test_marks_are_read_with_control);
  g_test_add_func ("/chart/reading-does-not-change-the-height", test_reading_does_not_change_the_height);
  g_test_add_func ("/chart/limits-of-the-upper-value-do-not-colour-the-lower-one",
                   test_limits_of_the_upper_value_do_not_colour_the_lower_one);
  g_test_add_func ("/chart/lower-value-beyond-a-limit-has-a-sign-of-its-own",
                   test_lower_value_beyond_a_limit_has_a_sign_of_its_own);
  g_test_add_func ("/sparkline/draws-one-point-and-none", test_sparkline_draws_one_point_and_none);

  return g_test_run ();
}
