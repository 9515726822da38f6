/* SPDX-License-Identifier: EUPL-1.2 */

/* widget-gallery DIR: draws the widgets with invented content, wide and narrow, light and dark, and
 * writes a picture of each page. It is for looking at; the tests of the widgets are elsewhere. */

#include <adwaita.h>
#include <math.h>

#include "forlop-application.h"
#include "forlop-chart.h"
#include "forlop-form.h"
#include "forlop-next-step.h"
#include "forlop-severity-mark.h"
#include "forlop-sparkline.h"
#include "forlop-stepper.h"
#include "forlop-timeline.h"
#include "forlop-work-list.h"

#define NOW G_GINT64_CONSTANT (1795345200000)

typedef struct {
  const char *name;
  GtkWidget *(*make) (void);
} Page;

static GtkWidget *
column (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  return box;
}

static void
append_row (GListStore        *rows,
            ForlopWorkContent  content)
{
  g_autoptr(ForlopWorkItem) item = NULL;
  g_autofree char *key = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (rows)));

  content.key = key;
  item = forlop_work_item_new (&content, NULL);
  g_list_store_append (rows, item);
}

static GtkWidget *
make_worklist (void)
{
  g_autoptr(GListStore) rows = g_list_store_new (FORLOP_TYPE_WORK_ITEM);
  GtkWidget *list = forlop_work_list_new ();

  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_RED, .who = "Anna Berg, 83",
    .why = "SpO₂ 86 % is below 88 %, measured 08.05", .waited = "14 min", .act_label = "Handle",
    .group = "Now" });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_RED, .who = "Odd Lie, 78", .why = "Weight +2.4 kg in 3 days",
    .waited = "1 h 2 min", .owner = "Kari", .act_label = "Handle", .group = "Now" });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_YELLOW, .who = "Liv Haug, 72",
    .why = "Systolic 148 is over 140", .waited = "32 min", .act_label = "Handle",
    .state = FORLOP_WORK_PENDING, .group = "Today", .group_order = 1 });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_NOT_REPORTED, .who = "Arne Moen, 64",
    .why = "Morning measurement is missing, due 10.00. The tablet has not been seen for two days",
    .waited = "2 h", .act_label = "Follow up", .group = "Today", .group_order = 1 });
  append_row (rows, (ForlopWorkContent) {
    .icon_name = "x-office-calendar-symbolic", .icon_label = "Appointment",
    .who = "Per Christian Vikingstad-Andersen, 81", .why = "Training at home at 13.00",
    .owner = "Kari", .act_label = "Open", .group = "Today", .group_order = 1 });
  append_row (rows, (ForlopWorkContent) {
    .icon_name = "view-refresh-symbolic", .icon_label = "Evaluation", .who = "Eva Dahl, 69",
    .why = "The trial period is over: review the limits", .waited = "Thursday",
    .act_label = "Review", .state = FORLOP_WORK_REFUSED, .group = "This week",
    .group_order = 2 });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_GREEN, .who = "Ida Krog, 58", .why = "All inside the limits",
    .waited = "08.15", .act_label = "Tick", .group = "This week", .group_order = 2 });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_OBSERVATION, .who = "Jon Vang, 90",
    .why = "Observation: limits are set on Friday", .waited = "08.20", .act_label = "Set limits",
    .group = "This week", .group_order = 2 });
  append_row (rows, (ForlopWorkContent) {
    .severity = FORLOP_SEVERITY_IMPLAUSIBLE, .who = "Siri Lund, 66", .why = "Weight 0 kg",
    .waited = "08.31", .act_label = "Look", .group = "This week", .group_order = 2 });
  forlop_work_list_set_model (FORLOP_WORK_LIST (list), G_LIST_MODEL (rows));

  return list;
}

static void
append_event (GListStore            *events,
              ForlopTimelineContent  content)
{
  g_autoptr(ForlopTimelineItem) item = forlop_timeline_item_new (&content);

  g_list_store_append (events, item);
}

static GtkWidget *
make_timeline (void)
{
  static const ForlopTimelineKind kinds[] = {
    { "measurement", "Measurements" }, { "contact", "Contacts" }, { NULL }
  };
  g_autoptr(GListStore) events = g_list_store_new (FORLOP_TYPE_TIMELINE_ITEM);
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOW);
  GtkWidget *timeline = forlop_timeline_new ();

  append_event (events, (ForlopTimelineContent) {
    .kind = "measurement", .severity = FORLOP_SEVERITY_RED, .at_ms = NOW - 14 * FORLOP_MINUTE,
    .text = "SpO₂ 86 % is below 88 %", .note = "plan v3, in force from 12.03.2026" });
  append_event (events, (ForlopTimelineContent) {
    .kind = "contact", .icon_name = "call-start-symbolic", .at_ms = NOW - 22 * FORLOP_HOUR,
    .text = "Called; she had forgotten her inhaler and will measure again at noon",
    .actor = "Kari Nes", .note = "6 min, carried to the EPJ" });
  append_event (events, (ForlopTimelineContent) {
    .kind = "measurement", .severity = FORLOP_SEVERITY_YELLOW, .at_ms = NOW - 3 * FORLOP_DAY,
    .text = "Systolic 148 is over 140" });
  append_event (events, (ForlopTimelineContent) {
    .kind = "decision", .icon_name = "text-x-generic-symbolic", .at_ms = NOW - 60 * FORLOP_DAY,
    .text = "Decision: granted from 12.03.2026", .actor = "Ola Vik" });
  forlop_timeline_set_clock (FORLOP_TIMELINE (timeline), clock);
  forlop_timeline_set_kinds (FORLOP_TIMELINE (timeline), kinds);
  forlop_timeline_set_model (FORLOP_TIMELINE (timeline), G_LIST_MODEL (events));
  gtk_widget_set_vexpand (timeline, TRUE);

  return timeline;
}

static GtkWidget *
make_case (void)
{
  static const ForlopStepperStep steps[] = {
    { "Referred", FORLOP_STEPPER_DONE, "09.01.2026" },
    { "Assessed", FORLOP_STEPPER_DONE, "15.01.2026" },
    { "Decision", FORLOP_STEPPER_DONE, "20.01.2026" },
    { "Equipment", FORLOP_STEPPER_DONE, NULL },
    { "Trained", FORLOP_STEPPER_BLOCKED, "Consent to the measure is missing; owner: Zone North" },
    { "Follow-up", FORLOP_STEPPER_FUTURE, NULL },
    { "Evaluation", FORLOP_STEPPER_FUTURE, NULL },
    { "Closure", FORLOP_STEPPER_FUTURE, NULL },
  };
  static const ForlopStepperStep later[] = {
    { "Referred", FORLOP_STEPPER_DONE, NULL },
    { "Assessed", FORLOP_STEPPER_DONE, NULL },
    { "Decision", FORLOP_STEPPER_CURRENT, "Write the decision" },
    { "Equipment", FORLOP_STEPPER_FUTURE, NULL },
    { "Closure", FORLOP_STEPPER_FUTURE, NULL },
  };
  GtkWidget *box = column ();
  GtkWidget *marks = adw_wrap_box_new ();
  GtkWidget *stepper = forlop_stepper_new ();
  GtkWidget *next = forlop_next_step_new ();

  forlop_stepper_set_steps (FORLOP_STEPPER (stepper), steps, G_N_ELEMENTS (steps));
  gtk_box_append (GTK_BOX (box), stepper);
  stepper = forlop_stepper_new ();
  forlop_stepper_set_steps (FORLOP_STEPPER (stepper), later, G_N_ELEMENTS (later));
  gtk_box_append (GTK_BOX (box), stepper);

  forlop_next_step_set (FORLOP_NEXT_STEP (next), "Evaluation no. 2", "due Thursday 09.04",
                        "resource person, Zone North");
  forlop_next_step_set_act (FORLOP_NEXT_STEP (next), "Start evaluation", "win.help");
  gtk_box_append (GTK_BOX (box), next);
  next = forlop_next_step_new ();
  forlop_next_step_set (FORLOP_NEXT_STEP (next), "Training and installation", "14 days overdue",
                        "resource person, Zone North");
  forlop_next_step_set_overdue (FORLOP_NEXT_STEP (next), TRUE);
  forlop_next_step_set_missing (FORLOP_NEXT_STEP (next),
                                "Consent to the measure is missing; Zone North assesses it.");
  gtk_box_append (GTK_BOX (box), next);

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (marks), 18);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (marks), 6);
  for (int i = FORLOP_SEVERITY_RED; i >= 0; i--)
    adw_wrap_box_append (ADW_WRAP_BOX (marks), forlop_severity_mark_new ((ForlopSeverity) i));
  gtk_box_append (GTK_BOX (box), marks);
  gtk_box_append (GTK_BOX (box), make_timeline ());

  return box;
}

static GtkWidget *
make_form (void)
{
  static const char *const person[] = { "id_number", "birth_date", "given_name", "family_name",
                                        "phone", "unit_id", "lives_alone", "condition", NULL };
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOW);
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = column ();
  GtkWidget *form = forlop_form_new (clock);

  forlop_form_add_group (FORLOP_FORM (form), "Citizen", forlop_record_type_find ("citizen"), person);
  forlop_form_add_all (FORLOP_FORM (form), "Loan", forlop_record_type_find ("loan"), NULL);
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "id_number"), "15872949884");
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "birth_date"), "1929-07-15");
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "given_name"), "Anne");
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "lives_alone"), "true");
  forlop_field_row_set_typed (forlop_form_get_row (FORLOP_FORM (form), "phone"), "41 23");
  forlop_form_validate (FORLOP_FORM (form), NULL);
  gtk_box_append (GTK_BOX (box), form);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled_window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window), clamp);

  return scrolled_window;
}

/* The same course every time: a slow wave with two bad days. */
static ForlopChartSeries *
make_saturation (unsigned int n_days)
{
  ForlopChartSeries *series = forlop_chart_series_new ("SpO₂", "%", 0);
  gint64 start = NOW - n_days * FORLOP_DAY;
  gint64 change = NOW - 5 * FORLOP_DAY;

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = change, .red_low = 88, .yellow_low = 91, .yellow_high = NAN,
    .red_high = NAN });
  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = change, .to_ms = G_MAXINT64, .red_low = 87, .yellow_low = 90,
    .yellow_high = NAN, .red_high = NAN });
  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_PLAN, .from_ms = change, .to_ms = change, .label = (char *) "plan v3",
    .text = (char *) "plan v3" });
  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_PAUSE, .from_ms = start + 2 * FORLOP_DAY,
    .to_ms = start + 3 * FORLOP_DAY, .label = (char *) "away", .text = (char *) "away" });

  for (unsigned int i = 0; i < 2 * n_days; i++)
    {
      double value = round (93 + 2.4 * sin (i * 0.7) - (i % 13 == 9 ? 6 : 0));
      ForlopSeverity severity = FORLOP_SEVERITY_GREEN;

      if (value < 88)
        severity = FORLOP_SEVERITY_RED;
      else if (value < 91)
        severity = FORLOP_SEVERITY_YELLOW;
      if (i >= 4 && i < 6)
        continue;
      forlop_chart_series_add_point (series, (ForlopChartPoint) {
        .at_ms = start + i * FORLOP_DAY / 2, .value = value, .low = NAN, .severity = severity });
    }

  return series;
}

static ForlopChartSeries *
make_pressure (void)
{
  ForlopChartSeries *series = forlop_chart_series_new ("Blood pressure", "mmHg", 0);

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = 0, .to_ms = G_MAXINT64, .red_low = 100, .yellow_low = 110, .yellow_high = 140,
    .red_high = 160 });
  for (unsigned int i = 0; i < 14; i++)
    forlop_chart_series_add_point (series, (ForlopChartPoint) {
      .at_ms = NOW - (14 - i) * FORLOP_DAY, .value = 130 + (i % 5) * 4, .low = 78 + i % 7,
      .severity = i % 5 > 2 ? FORLOP_SEVERITY_YELLOW : FORLOP_SEVERITY_GREEN,
      .high_severity = i % 5 > 2 ? FORLOP_SEVERITY_YELLOW : FORLOP_SEVERITY_GREEN,
      .low_severity = FORLOP_SEVERITY_GREEN });

  return series;
}

static GtkWidget *
make_charts (void)
{
  GtkWidget *box = column ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  g_autoptr(ForlopChartSeries) fortnight = make_saturation (14);
  g_autoptr(ForlopChartSeries) quarter = make_saturation (90);
  g_autoptr(ForlopChartSeries) pressure = make_pressure ();
  ForlopChartSeries *all[] = { fortnight, pressure, quarter };

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GtkWidget *chart = forlop_chart_new ();
      GtkWidget *sparkline = forlop_sparkline_new ();

      forlop_chart_set_series (FORLOP_CHART (chart), all[i]);
      forlop_sparkline_set_series (FORLOP_SPARKLINE (sparkline), all[i]);
      gtk_box_append (GTK_BOX (box), chart);
      gtk_box_append (GTK_BOX (lines), sparkline);
    }
  gtk_box_prepend (GTK_BOX (box), lines);

  return box;
}

static const Page pages[] = {
  { "charts", make_charts },
  { "form", make_form },
  { "worklist", make_worklist },
  { "case", make_case },
};

static void
save (GtkWidget  *window,
      const char *path)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static gboolean
count_frame_cb (GtkWidget     *widget G_GNUC_UNUSED,
                GdkFrameClock *frame_clock G_GNUC_UNUSED,
                gpointer       user_data)
{
  unsigned int *frames = user_data;

  (*frames)++;

  return G_SOURCE_CONTINUE;
}

static void
draw (const Page *page,
      const char *folder,
      int         width,
      gboolean    dark)
{
  GtkWidget *window = adw_window_new ();
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  unsigned int frames = 0;

  name = g_strdup_printf ("widget-%s-%d-%s.png", page->name, width, dark ? "dark" : "light");
  path = g_build_filename (folder, name, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  adw_window_set_content (ADW_WINDOW (window), page->make ());
  gtk_window_set_default_size (GTK_WINDOW (window), width, 720);
  gtk_widget_set_size_request (window, 200, 200);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_remove_css_class (window, "solid-csd");
  gtk_widget_add_tick_callback (window, count_frame_cb, &frames, NULL);
  while (frames < 6)
    g_main_context_iteration (NULL, TRUE);
  save (window, path);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application = NULL;

  if (argc != 2)
    {
      g_printerr ("Say where the pictures go: widget-gallery DIR\n");
      return 2;
    }

  forlop_application_init_runtime ();
  adw_init ();
  application = adw_application_new ("no.forlop.Gallery", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/no/forlop/Forlop");
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_mkdir_with_parents (argv[1], 0755);

  for (unsigned int i = 0; i < G_N_ELEMENTS (pages); i++)
    for (int dark = 0; dark < 2; dark++)
      {
        draw (&pages[i], argv[1], 980, dark);
        draw (&pages[i], argv[1], 360, dark);
      }

  return 0;
}
