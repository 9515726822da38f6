/* SPDX-License-Identifier: EUPL-1.2 */

/* One frame of a chart of 10,000 readings, ten years of them, drawn and painted, against a bare line
 * through the same 10,000 in a widget of the same size; and of 10,000 pairs of blood pressure. */

#include <adwaita.h>
#include <math.h>

#include "bench-municipality.h"
#include "forlop-application.h"
#include "forlop-chart-area.h"
#include "forlop-chart-collector.h"

#define READINGS 10000
#define ROUNDS 60
#define WIDTH 900
#define HEIGHT 320
#define SEED 20261122

typedef struct {
  gint64 at_ms;
  double value;
} Reading;

static Reading *readings;
static ForlopChartWindow window;

static void
make_readings (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  ForlopDate last;

  g_assert_true (forlop_date_from_iso ("2026-11-22", &last));
  window = forlop_chart_window (FORLOP_CHART_ALL, last, forlop_date_add_months (last, -120));
  readings = g_new (Reading, READINGS);
  for (unsigned int i = 0; i < READINGS; i++)
    readings[i] = (Reading) {
      window.from_ms + (window.to_ms - window.from_ms) / READINGS * i,
      g_rand_int_range (rand, 0, 40) == 0 ? 86 : 92 + g_rand_int_range (rand, 0, 6),
    };
}

static ForlopChartSeries *
make_series (void)
{
  ForlopChartSeries *series = forlop_chart_series_new_of (FORLOP_MEASURE_SPO2);
  g_autoptr (ForlopChartCollector) collector = NULL;

  forlop_chart_series_set_window (series, window);
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = window.from_ms, .to_ms = window.to_ms, .red_low = 88, .yellow_low = 92,
    .yellow_high = NAN, .red_high = NAN, .plan_version = 1 });
  collector = forlop_chart_collector_new (series, window, WIDTH);
  for (unsigned int i = 0; i < READINGS; i++)
    {
      ForlopChartPoint point = {
        .at_ms = readings[i].at_ms, .value = readings[i].value, .low = NAN,
        .severity = readings[i].value < 88 ? FORLOP_SEVERITY_RED : FORLOP_SEVERITY_GREEN,
      };

      forlop_chart_collector_add (collector, &point);
      if (point.severity == FORLOP_SEVERITY_RED)
        forlop_chart_series_add_mark (series, (ForlopChartMark) {
          .kind = FORLOP_CHART_MARK_ALERT, .from_ms = point.at_ms, .to_ms = point.at_ms,
          .severity = FORLOP_SEVERITY_RED, .label = (char *) "Red", .text = (char *) "Red" });
    }

  return series;
}

/* Every pair is a bar from the lower to the upper value. */
static ForlopChartSeries *
make_pairs (void)
{
  ForlopChartSeries *series = forlop_chart_series_new_of (FORLOP_MEASURE_BLOOD_PRESSURE);
  g_autoptr (ForlopChartCollector) collector = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  forlop_chart_series_set_window (series, window);
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = window.from_ms, .to_ms = window.to_ms, .red_low = 90, .yellow_low = 100, .yellow_high = 150,
    .red_high = 170, .plan_version = 1 });
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = window.from_ms, .to_ms = window.to_ms, .red_low = NAN, .yellow_low = NAN, .yellow_high = 105,
    .red_high = 120, .of_low = TRUE, .plan_version = 1 });
  collector = forlop_chart_collector_new (series, window, WIDTH);
  for (unsigned int i = 0; i < READINGS; i++)
    {
      double high = g_rand_int_range (rand, 105, 178);
      double low = high - g_rand_int_range (rand, 35, 60);
      ForlopChartPoint upper = {
        .at_ms = readings[i].at_ms, .value = high, .low = NAN,
        .severity = high > 170 ? FORLOP_SEVERITY_RED : high > 150 ? FORLOP_SEVERITY_YELLOW : FORLOP_SEVERITY_GREEN,
      };
      ForlopChartPoint lower = {
        .at_ms = readings[i].at_ms, .value = low, .low = NAN,
        .severity = low > 120 ? FORLOP_SEVERITY_RED : low > 105 ? FORLOP_SEVERITY_YELLOW : FORLOP_SEVERITY_GREEN,
      };

      forlop_chart_collector_add_value (collector, FORLOP_MEASURE_SYSTOLIC, &upper);
      forlop_chart_collector_add_value (collector, FORLOP_MEASURE_DIASTOLIC, &lower);
    }

  return series;
}

/* The least that shows as many readings: a line through all of them. */
#define BENCH_TYPE_LINE (bench_line_get_type ())
G_DECLARE_FINAL_TYPE (BenchLine, bench_line, BENCH, LINE, GtkWidget)

struct _BenchLine
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BenchLine, bench_line, GTK_TYPE_WIDGET)

static void
bench_line_snapshot (GtkWidget   *widget G_GNUC_UNUSED,
                     GtkSnapshot *snapshot)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.5f);
  g_autoptr (GskPath) path = NULL;
  const GdkRGBA color = { 0.3f, 0.3f, 0.3f, 1 };

  for (unsigned int i = 0; i < READINGS; i++)
    {
      float x = (float) WIDTH * (float) i / READINGS;
      float y = (float) HEIGHT * (float) (100 - readings[i].value) / 20;

      if (i == 0)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

static void
bench_line_class_init (BenchLineClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_line_snapshot;
}

static void
bench_line_init (BenchLine *self G_GNUC_UNUSED)
{
}

/* The middle of many frames: what the widget says is drawn, and painting that. */
static double
time_frames (GtkWidget *widget)
{
  GtkWidget *frame_window = adw_window_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  GskRenderer *renderer;

  adw_window_set_content (ADW_WINDOW (frame_window), widget);
  gtk_window_set_default_size (GTK_WINDOW (frame_window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (frame_window));
  while (gtk_widget_get_width (widget) == 0 || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  renderer = gtk_native_get_renderer (GTK_NATIVE (frame_window));
  for (int i = 0; i < ROUNDS; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;
      g_autoptr (GdkTexture) texture = NULL;
      double start, taken;

      start = bench_seconds ();
      GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
      node = gtk_snapshot_free_to_node (snapshot);
      texture = gsk_renderer_render_texture (renderer, node, NULL);
      taken = bench_seconds () - start;
      g_array_append_val (times, taken);
    }
  gtk_window_destroy (GTK_WINDOW (frame_window));
  g_array_sort (times, bench_compare_doubles);

  return g_array_index (times, double, ROUNDS / 2);
}

/* The colours that the program draws with. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/no/forlop/Forlop/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static double
time_chart (ForlopChartSeries *series,
            unsigned int      *n_points)
{
  GtkWidget *chart = forlop_chart_area_new ();

  forlop_chart_series_get_points (series, n_points);
  forlop_chart_area_set_series (FORLOP_CHART_AREA (chart), series);

  return time_frames (chart);
}

int
main (void)
{
  g_autoptr (ForlopChartSeries) series = NULL;
  g_autoptr (ForlopChartSeries) pairs = NULL;
  double drawn, drawn_pairs, line;
  unsigned int n_points, n_pairs;

  forlop_application_init_runtime ();
  adw_init ();
  load_style ();
  make_readings ();
  series = make_series ();
  pairs = make_pairs ();

  drawn = time_chart (series, &n_points);
  drawn_pairs = time_chart (pairs, &n_pairs);
  line = time_frames (g_object_new (BENCH_TYPE_LINE, NULL));
  g_print ("a frame of a chart of %d readings (%u points): %.2f ms (aim at most 8); a bare line through "
           "all of them: %.2f ms; ratio %.2f\n", READINGS, n_points, drawn * 1000, line * 1000, drawn / line);
  g_print ("a frame of a chart of %d pairs of blood pressure (%u points): %.2f ms (aim at most 8)\n", READINGS, n_pairs,
           drawn_pairs * 1000);
  g_free (readings);

  return 0;
}
