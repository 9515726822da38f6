/* SPDX-License-Identifier: EUPL-1.2 */

/* The desktop on the large municipality against an empty Adwaita window: time from the start of the
 * process to a filled I dag, resident memory then, the longest stall of the main loop while the
 * list of citizens is scrolled from end to end, against a bare list view of as many rows, and the time
 * from asking for a case with two years of measurements to the frame that shows it filled: the first time
 * after the start, and the second. Each measurement is a process of its own, the two kinds taking turns.
 * "bench-window case" measures the last alone. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <adwaita.h>

#include "bench-municipality.h"
#include "forlop-application.h"
#include "forlop-case-page.h"
#include "forlop-view.h"
#include "forlop-window.h"

#define ROUNDS 7
#define SCROLL_STEPS 400

typedef struct {
  const char *mode;
  double stall;     /* seconds */
  double last_beat;
  int step;
  GtkAdjustment *adjustment;
} Bench;

static Bench bench;

static double
resident_megabytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");

  return line != NULL ? strtod (line + 6, NULL) / 1024 : 0;
}

static void
end (void)
{
  g_print ("%.6f %.3f\n", bench.stall, resident_megabytes ());
  fflush (stdout);
  _exit (0);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The beat of the main loop: how long it was until the next one is how long it stood still. */
static gboolean
beat_cb (gpointer user_data G_GNUC_UNUSED)
{
  const double now = bench_seconds ();

  bench.stall = MAX (bench.stall, now - bench.last_beat);
  bench.last_beat = now;

  return G_SOURCE_CONTINUE;
}

static gboolean
scroll_cb (GtkWidget     *widget G_GNUC_UNUSED,
           GdkFrameClock *clock G_GNUC_UNUSED,
           gpointer       user_data G_GNUC_UNUSED)
{
  const double upper =
    gtk_adjustment_get_upper (bench.adjustment) - gtk_adjustment_get_page_size (bench.adjustment);

  if (bench.step == 0)
    {
      bench.last_beat = bench_seconds ();
      bench.stall = 0;
      g_timeout_add_full (G_PRIORITY_DEFAULT, 1, beat_cb, NULL, NULL);
    }
  gtk_adjustment_set_value (bench.adjustment, upper * bench.step / SCROLL_STEPS);
  if (bench.step++ >= SCROLL_STEPS)
    end ();

  return G_SOURCE_CONTINUE;
}

static void
start_scrolling (GtkWidget *scrolled)
{
  bench.adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_add_tick_callback (scrolled, scroll_cb, NULL, NULL);
}

/* The empty window and the bare list. */

static void
painted_cb (GdkFrameClock *clock G_GNUC_UNUSED,
            gpointer       user_data G_GNUC_UNUSED)
{
  end ();
}

static void
mapped_cb (GtkWidget *window,
           gpointer   user_data G_GNUC_UNUSED)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
          GtkListItem              *item,
          gpointer                  user_data G_GNUC_UNUSED)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
         GtkListItem              *item,
         gpointer                  user_data G_GNUC_UNUSED)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
bare_list (unsigned int n)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (unsigned int i = 0; i < n; i++)
    gtk_string_list_take (strings, g_strdup_printf ("Berg%u, Anne", i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_child (
    GTK_SCROLLED_WINDOW (scrolled),
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (strings))), factory));

  return scrolled;
}

static gboolean
start_scrolling_cb (gpointer scrolled)
{
  start_scrolling (scrolled);

  return G_SOURCE_REMOVE;
}

static void
activate_reference_cb (GtkApplication *application,
                       gpointer        user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *content = gtk_label_new ("Forløp");

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  if (g_str_equal (bench.mode, "bare-list"))
    {
      content = bare_list (GPOINTER_TO_UINT (user_data));
      g_timeout_add (300, start_scrolling_cb, content);
    }
  else
    g_signal_connect (window, "map", G_CALLBACK (mapped_cb), NULL);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_reference (unsigned int n_rows)
{
  g_autoptr (AdwApplication) application =
    adw_application_new ("no.forlop.Forlop.Bench", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_reference_cb), GUINT_TO_POINTER (n_rows));

  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* The desktop itself. */

static gboolean
wait_for_citizens_cb (gpointer application)
{
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));
  GtkWidget *list = find (window, GTK_TYPE_LIST_VIEW);
  GtkWidget *scrolled =
    list != NULL ? gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW) : NULL;

  if (scrolled == NULL || gtk_adjustment_get_upper (gtk_scrolled_window_get_vadjustment (
                            GTK_SCROLLED_WINDOW (scrolled))) < 4000)
    return G_SOURCE_CONTINUE;
  g_timeout_add (300, start_scrolling_cb, scrolled);

  return G_SOURCE_REMOVE;
}

static gboolean open_case_cb (gpointer application);

/* The frame after the page has everything it asked for. In mode "case-again" the second page counts: the first
 * of a process also makes its classes and reads its templates. */
static void
case_painted_cb (GdkFrameClock *clock,
                 gpointer       application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  bench.stall = bench_seconds () - bench.last_beat;
  if (++bench.step == 2 || g_str_equal (bench.mode, "case"))
    end ();
  g_signal_handlers_disconnect_matched (clock, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, application);
  forlop_window_show_section (FORLOP_WINDOW (window), "today");
  g_timeout_add (1000, open_case_cb, application);
}

static gboolean
wait_for_case_cb (gpointer application)
{
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));
  ForlopView *view = forlop_window_get_visible_view (FORLOP_WINDOW (window));

  if (!FORLOP_IS_CASE_PAGE (view) || forlop_view_get_busy (view))
    return G_SOURCE_CONTINUE;

  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (case_painted_cb),
                    application);
  gtk_widget_queue_draw (window);

  return G_SOURCE_REMOVE;
}

static gboolean
open_case_cb (gpointer application)
{
  bench.last_beat = bench_seconds ();
  forlop_window_open (FORLOP_WINDOW (gtk_application_get_active_window (application)), "case",
                      g_getenv ("FORLOP_BENCH_CASE"));
  g_timeout_add_full (G_PRIORITY_DEFAULT, 1, wait_for_case_cb, application, NULL);

  return G_SOURCE_REMOVE;
}

static void
start_case (gpointer application)
{
  g_timeout_add (300, open_case_cb, application);
}

static gboolean
is_filled (GtkWidget *view)
{
  GtkWidget *list = find (view, GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *model = list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0 &&
         !forlop_view_get_busy (FORLOP_VIEW (view));
}

static gboolean
wait_for_today_cb (gpointer application)
{
  GtkWidget *window = GTK_WIDGET (gtk_application_get_active_window (application));
  GtkWidget *view = window != NULL ? find (window, FORLOP_TYPE_VIEW) : NULL;

  if (view == NULL || !is_filled (view))
    return G_SOURCE_CONTINUE;

  if (g_str_equal (bench.mode, "today"))
    {
      /* The next frame has the rows in it. */
      mapped_cb (window, NULL);
      gtk_widget_queue_draw (window);
      return G_SOURCE_REMOVE;
    }
  if (g_str_has_prefix (bench.mode, "case"))
    {
      start_case (application);
      return G_SOURCE_REMOVE;
    }
  gtk_widget_activate_action (window, "win.section", "s", "citizens");
  g_timeout_add (10, wait_for_citizens_cb, application);

  return G_SOURCE_REMOVE;
}

static int
run_desktop (int    argc,
             char **argv)
{
  g_autoptr (ForlopApplication) application = forlop_application_new ();

  g_timeout_add (2, wait_for_today_cb, application);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

/* The parent. */

typedef struct {
  double seconds;
  double stall;
  double megabytes;
} Sample;

static Sample
spawn (BenchMunicipality *municipality,
       const char        *passphrase,
       const char        *mode)
{
  g_autofree char *rows = g_strdup_printf ("%u", municipality->n_citizens);
  const char *reference[] = { "/proc/self/exe", "--mode", mode, rows, NULL };
  const char *desktop[] = { "/proc/self/exe", "--mode", mode, "--store", municipality->path,
                            "--passphrase-file", passphrase, "--today", BENCH_TODAY, "--as", "Kari",
                            NULL };
  gboolean is_reference = g_str_equal (mode, "empty") || g_str_equal (mode, "bare-list");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  Sample sample = { .seconds = bench_seconds () };
  const char *line;

  reference[0] = program;
  desktop[0] = program;
  child = g_subprocess_newv (is_reference ? reference : desktop, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (child == NULL || !g_subprocess_communicate_utf8 (child, NULL, NULL, &out, NULL, &error))
    g_error ("the window could not be measured: %s", error->message);
  sample.seconds = bench_seconds () - sample.seconds;
  line = out;
  if (sscanf (line, "%lf %lf", &sample.stall, &sample.megabytes) != 2)
    g_error ("mode %s said nothing: %s", mode, out);

  return sample;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, bench_compare_doubles);

  return values[ROUNDS / 2];
}

static void
compare (BenchMunicipality *municipality,
         const char        *passphrase,
         const char        *desktop,
         const char        *reference,
         double             medians[6])
{
  double values[6][ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      const Sample ours = spawn (municipality, passphrase, desktop);
      const Sample theirs = spawn (municipality, passphrase, reference);

      values[0][i] = ours.seconds;
      values[1][i] = theirs.seconds;
      values[2][i] = ours.megabytes;
      values[3][i] = theirs.megabytes;
      values[4][i] = ours.stall;
      values[5][i] = theirs.stall;
    }
  for (int i = 0; i < 6; i++)
    medians[i] = median (values[i]);
}

static double
time_case (BenchMunicipality *municipality,
           const char        *passphrase,
           const char        *mode)
{
  double seconds[ROUNDS];

  g_setenv ("FORLOP_BENCH_CASE", municipality->case_id, TRUE);
  for (int i = 0; i < ROUNDS; i++)
    seconds[i] = spawn (municipality, passphrase, mode).stall;

  return median (seconds);
}

static void
measure_case (BenchMunicipality *municipality,
              const char        *passphrase)
{
  const double first = time_case (municipality, passphrase, "case");
  const double second = time_case (municipality, passphrase, "case-again");

  g_print ("opening a case with two years of measurements, to the frame that shows it: %.1f ms, and %.1f ms for the "
           "first after the start (aim at most 50)\n", second * 1000, first * 1000);
}

static int
measure (gboolean only_case)
{
  g_autoptr (BenchMunicipality) municipality = bench_municipality_open ();
  g_autofree char *passphrase = g_strconcat (municipality->path, ".passphrase", NULL);
  double m[6];

  /* The children open the file; this process must not hold it. */
  g_clear_object (&municipality->store);
  g_file_set_contents (passphrase, "bench\n", -1, NULL);

  if (only_case)
    {
      measure_case (municipality, passphrase);
      return 0;
    }
  compare (municipality, passphrase, "today", "empty", m);
  g_print ("start to a filled I dag: %.0f ms; an empty window: %.0f ms; ratio %.2f (aim at most 1.5)\n",
           m[0] * 1000, m[1] * 1000, m[0] / m[1]);
  g_print ("resident memory: %.0f MB; an empty window: %.0f MB; %+.0f MB, ratio %.2f (aim at most +60 MB)\n",
           m[2], m[3], m[2] - m[3], m[2] / m[3]);
  measure_case (municipality, passphrase);
  compare (municipality, passphrase, "scroll", "bare-list", m);
  g_print ("longest stall while scrolling %u citizens: %.1f ms; a bare list: %.1f ms; ratio %.2f "
           "(aim at most 1.2)\n", municipality->n_citizens, m[4] * 1000, m[5] * 1000, m[4] / m[5]);

  return 0;
}

int
main (int    argc,
      char **argv)
{
  forlop_application_init_runtime ();
  if (argc < 3 || !g_str_equal (argv[1], "--mode"))
    return measure (argc == 2 && g_str_equal (argv[1], "case"));

  bench.mode = argv[2];
  if (g_str_equal (bench.mode, "empty") || g_str_equal (bench.mode, "bare-list"))
    return run_reference ((unsigned int) atoi (argv[3]));

  argv[2] = argv[0];
  return run_desktop (argc - 2, argv + 2);
}
