/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include "forlop-button-key.h"
#include "forlop-column-layout.h"
#include "forlop-empty-state.h"
#include "forlop-fold-row.h"
#include "forlop-next-step.h"
#include "forlop-severity-mark.h"
#include "forlop-stepper.h"
#include "forlop-timeline.h"
#include "forlop-work-list.h"
#include "forlop-work-row.h"

static void
test_empty_state_has_a_button_only_with_an_act (void)
{
  GtkWidget *state = g_object_ref_sink (forlop_empty_state_new (NULL, "Nothing", "So far."));
  GtkWidget *button = find_by_type (state, GTK_TYPE_BUTTON);
  unsigned int notified = 0;

  g_assert_false (gtk_widget_get_visible (button));
  g_signal_connect_swapped (state, "notify::action", G_CALLBACK (count_cb), &notified);
  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (state), "_Begin", "win.help");
  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (state), "_Begin", "win.help");
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpuint (notified, ==, 1);
  g_assert_finalize_object (state);
}

/* An error may quote anything; where it was taken for markup nothing was shown. */
static void
test_empty_state_shows_the_first_line_as_it_is (void)
{
  GtkWidget *state = g_object_ref_sink (forlop_empty_state_new (NULL, "A & B", "“<a” is damaged.\nDetails: pb.id <> ?1"));
  GtkWidget *page = find_by_type (state, ADW_TYPE_STATUS_PAGE);

  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (page)), ==, "A &amp; B");
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), ==, "“&lt;a” is damaged.");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (state), ==, "Details: pb.id <> ?1");
  g_assert_finalize_object (state);
}

/* A page that is made anew takes its buttons with it, and what was pressed is done all the same. */
static void
test_key_presses_a_button_at_once (void)
{
  GtkWidget *button = gtk_button_new_with_label ("Done");
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *window;
  unsigned int pressed = 0;

  adw_bin_set_child (ADW_BIN (bin), button);
  window = show_in_window (bin, 400);
  forlop_button_key_install (GTK_WINDOW (window));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (count_cb), &pressed);
  g_assert_true (gtk_widget_activate (button));
  g_assert_cmpuint (pressed, ==, 1);
  adw_bin_set_child (ADW_BIN (bin), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_severity_mark_notifies_once (void)
{
  GtkWidget *widget = g_object_ref_sink (forlop_severity_mark_new (FORLOP_SEVERITY_YELLOW));
  ForlopSeverityMark *mark = FORLOP_SEVERITY_MARK (widget);
  unsigned int notified = 0;

  g_signal_connect_swapped (mark, "notify::severity", G_CALLBACK (count_cb), &notified);
  g_signal_connect_swapped (mark, "notify::uncertain", G_CALLBACK (count_cb), &notified);
  g_signal_connect_swapped (mark, "notify::show-word", G_CALLBACK (count_cb), &notified);
  g_assert_cmpint (forlop_severity_mark_get_severity (mark), ==, FORLOP_SEVERITY_YELLOW);
  forlop_severity_mark_set_severity (mark, FORLOP_SEVERITY_RED);
  forlop_severity_mark_set_severity (mark, FORLOP_SEVERITY_RED);
  forlop_severity_mark_set_uncertain (mark, TRUE);
  forlop_severity_mark_set_show_word (mark, FALSE);
  g_assert_cmpuint (notified, ==, 3);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (widget), ==, "Red, uncertain");
  g_assert_finalize_object (widget);
}

static void
test_stepper_is_brief_where_it_has_no_room (void)
{
  static const ForlopStepperStep steps[] = {
    { "Referred", FORLOP_STEPPER_DONE, NULL }, { "Assessed", FORLOP_STEPPER_DONE, NULL },
    { "Decision", FORLOP_STEPPER_CURRENT, "Write it" }, { "Equipment", FORLOP_STEPPER_FUTURE, NULL },
    { "Trained", FORLOP_STEPPER_FUTURE, NULL }, { "Follow-up", FORLOP_STEPPER_FUTURE, NULL },
    { "Evaluation", FORLOP_STEPPER_FUTURE, NULL }, { "Closure", FORLOP_STEPPER_FUTURE, NULL },
  };
  GtkWidget *stepper = g_object_ref_sink (forlop_stepper_new ());
  GtkWidget *window;

  forlop_stepper_set_steps (FORLOP_STEPPER (stepper), steps, G_N_ELEMENTS (steps));
  g_assert_cmpuint (forlop_stepper_get_n_steps (FORLOP_STEPPER (stepper)), ==, 8);

  window = show_in_window (stepper, 1000);
  g_assert_false (forlop_stepper_is_brief (FORLOP_STEPPER (stepper)));
  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  window = show_in_window (stepper, 360);
  g_assert_true (forlop_stepper_is_brief (FORLOP_STEPPER (stepper)));
  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_finalize_object (stepper);
}

static void
remember_index_cb (unsigned int *index,
                   unsigned int  activated)
{
  *index = activated;
}

static void
test_step_is_told_when_pressed (void)
{
  static const ForlopStepperStep steps[] = {
    { "Referred", FORLOP_STEPPER_DONE, NULL }, { "Closure", FORLOP_STEPPER_BLOCKED, "Items are out" },
  };
  GtkWidget *stepper = g_object_ref_sink (forlop_stepper_new ());
  GtkWidget *button;
  unsigned int index = 99;

  forlop_stepper_set_steps (FORLOP_STEPPER (stepper), steps, G_N_ELEMENTS (steps));
  g_signal_connect_swapped (stepper, "step-activated", G_CALLBACK (remember_index_cb), &index);
  button = find_by_type (stepper, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (gtk_widget_get_next_sibling (button), "clicked");
  g_assert_cmpuint (index, ==, 1);
  g_assert_finalize_object (stepper);
}

static void
test_next_step_says_what_is_missing (void)
{
  GtkWidget *step = g_object_ref_sink (forlop_next_step_new ());
  GtkWidget *button = find_by_type (step, GTK_TYPE_BUTTON);

  forlop_next_step_set (FORLOP_NEXT_STEP (step), "Training", "due Friday", "Zone North");
  forlop_next_step_set_missing (FORLOP_NEXT_STEP (step), "Consent is missing.");
  g_assert_false (gtk_widget_get_visible (button));
  forlop_next_step_set_missing (FORLOP_NEXT_STEP (step), NULL);
  forlop_next_step_set_act (FORLOP_NEXT_STEP (step), "Start", "win.help");
  g_assert_true (gtk_widget_get_visible (button));
  forlop_next_step_set_overdue (FORLOP_NEXT_STEP (step), TRUE);
  g_assert_finalize_object (step);
}

static ForlopWorkItem *
new_item (const char     *key,
          ForlopSeverity  severity,
          const char     *group,
          unsigned int    group_order)
{
  ForlopWorkContent content = {
    .key = key, .severity = severity, .who = key, .why = "SpO₂ 86 % is below 88 %",
    .waited = "14 min", .act_label = "Handle", .group = group, .group_order = group_order,
  };

  return forlop_work_item_new (&content, NULL);
}

static void
append (GListStore     *rows,
        ForlopWorkItem *item)
{
  g_list_store_append (rows, item);
  g_object_unref (item);
}

static void
test_work_item_reads_as_one_sentence (void)
{
  g_autoptr(ForlopWorkItem) item = new_item ("Anna Berg, 83", FORLOP_SEVERITY_RED, NULL, 0);
  g_autofree char *sentence = forlop_work_item_dup_sentence (item);

  g_assert_cmpstr (sentence, ==, "Red. Anna Berg, 83. SpO₂ 86 % is below 88 %. 14 min. Handle");
}

static int
height_at (GtkWidget *row,
           int        width)
{
  int height;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static void
test_work_row_takes_two_lines_when_narrow (void)
{
  GtkWidget *row = g_object_ref_sink (forlop_work_row_new ());
  g_autoptr(ForlopWorkItem) item = new_item ("Anna Berg, 83", FORLOP_SEVERITY_RED, NULL, 0);
  unsigned int acts = 0;

  forlop_work_row_set_item (FORLOP_WORK_ROW (row), item);
  g_assert_cmpint (height_at (row, 320), >, height_at (row, 1000));
  g_signal_connect_swapped (row, "act", G_CALLBACK (count_cb), &acts);
  g_signal_emit_by_name (find_by_type (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpuint (acts, ==, 1);
  g_assert_finalize_object (row);
}

/* A warning would end the test. */
static void
test_work_row_breaks_a_long_word (void)
{
  GtkWidget *row = g_object_ref_sink (forlop_work_row_new ());
  g_autoptr(ForlopWorkItem) item =
    new_item ("Velferdsteknologikoordinatorsammenslutningen, 83", FORLOP_SEVERITY_RED, NULL, 0);

  forlop_work_row_set_item (FORLOP_WORK_ROW (row), item);
  g_assert_cmpint (height_at (row, 700), >, 0);
  g_assert_cmpint (height_at (row, 320), >, 0);
  g_assert_finalize_object (row);
}

static const char *
selected_key (GtkWidget *list)
{
  return forlop_work_item_get_content (forlop_work_list_get_selected (FORLOP_WORK_LIST (list)))->key;
}

static void
test_work_list_keeps_the_selected_row (void)
{
  GtkWidget *list = g_object_ref_sink (forlop_work_list_new ());
  GtkWidget *window = show_in_window (list, 800);
  g_autoptr(GListStore) before = g_list_store_new (FORLOP_TYPE_WORK_ITEM);
  g_autoptr(GListStore) with_new = g_list_store_new (FORLOP_TYPE_WORK_ITEM);
  g_autoptr(GListStore) without = g_list_store_new (FORLOP_TYPE_WORK_ITEM);

  append (before, new_item ("a", FORLOP_SEVERITY_RED, NULL, 0));
  append (before, new_item ("b", FORLOP_SEVERITY_YELLOW, NULL, 0));
  append (before, new_item ("c", FORLOP_SEVERITY_GREEN, NULL, 0));
  append (with_new, new_item ("new", FORLOP_SEVERITY_RED, NULL, 0));
  append (with_new, new_item ("a", FORLOP_SEVERITY_RED, NULL, 0));
  append (with_new, new_item ("b", FORLOP_SEVERITY_YELLOW, NULL, 0));
  append (without, new_item ("new", FORLOP_SEVERITY_RED, NULL, 0));
  append (without, new_item ("c", FORLOP_SEVERITY_GREEN, NULL, 0));

  forlop_work_list_set_model (FORLOP_WORK_LIST (list), G_LIST_MODEL (before));
  g_assert_cmpstr (selected_key (list), ==, "a");
  forlop_work_list_select (FORLOP_WORK_LIST (list), 1);
  g_assert_cmpstr (selected_key (list), ==, "b");
  forlop_work_list_set_model (FORLOP_WORK_LIST (list), G_LIST_MODEL (with_new));
  g_assert_cmpstr (selected_key (list), ==, "b");
  /* Its row is done and gone: the one in its place is next. */
  forlop_work_list_set_model (FORLOP_WORK_LIST (list), G_LIST_MODEL (without));
  g_assert_cmpstr (selected_key (list), ==, "c");
  forlop_work_list_set_model (FORLOP_WORK_LIST (list), NULL);
  g_assert_null (forlop_work_list_get_selected (FORLOP_WORK_LIST (list)));

  adw_window_set_content (ADW_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_finalize_object (list);
}

static void
test_work_list_groups_under_headings (void)
{
  GtkWidget *list = g_object_ref_sink (forlop_work_list_new ());
  g_autoptr(GListStore) rows = g_list_store_new (FORLOP_TYPE_WORK_ITEM);

  append (rows, new_item ("later", FORLOP_SEVERITY_YELLOW, "Today", 1));
  append (rows, new_item ("first", FORLOP_SEVERITY_RED, "Now", 0));
  forlop_work_list_set_model (FORLOP_WORK_LIST (list), G_LIST_MODEL (rows));
  g_assert_cmpstr (selected_key (list), ==, "first");
  g_assert_finalize_object (list);
}

static void
test_timeline_filter_is_a_wish (void)
{
  static const ForlopTimelineKind kinds[] = { { "measurement", "Measurements" }, { NULL } };
  GtkWidget *timeline = g_object_ref_sink (forlop_timeline_new ());
  g_autoptr(GListStore) events = g_list_store_new (FORLOP_TYPE_TIMELINE_ITEM);
  ForlopTimelineContent content = { .kind = "contact", .at_ms = NOON, .text = "Called" };
  g_autoptr(ForlopTimelineItem) item = forlop_timeline_item_new (&content);
  unsigned int wishes = 0;

  g_list_store_append (events, item);
  forlop_timeline_set_kinds (FORLOP_TIMELINE (timeline), kinds);
  forlop_timeline_set_model (FORLOP_TIMELINE (timeline), G_LIST_MODEL (events));
  g_assert_null (forlop_timeline_get_filter (FORLOP_TIMELINE (timeline)));
  g_signal_connect_swapped (timeline, "notify::filter", G_CALLBACK (count_cb), &wishes);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_by_type (timeline, GTK_TYPE_DROP_DOWN)), 1);
  g_assert_cmpuint (wishes, ==, 1);
  g_assert_cmpstr (forlop_timeline_get_filter (FORLOP_TIMELINE (timeline)), ==, "measurement");
  g_assert_finalize_object (timeline);
}

static GtkWidget *
inside_cb (gpointer user_data)
{
  unsigned int *n_made = user_data;

  (*n_made)++;

  return g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", gtk_label_new ("all of it"), NULL);
}

static void
test_a_fold_row_opens_when_it_is_pressed (void)
{
  GtkWidget *list = g_object_ref_sink (gtk_list_box_new ());
  GtkWidget *fold = forlop_fold_row_new ("Notes", "2 recorded", TRUE);
  GtkWidget *empty = forlop_fold_row_new ("Risks", "Nothing recorded", FALSE);
  unsigned int n_made = 0;
  GtkWidget *window;

  forlop_fold_row_connect (GTK_LIST_BOX (list));
  forlop_fold_row_set_fill (FORLOP_FOLD_ROW (fold), inside_cb, &n_made, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), fold);
  gtk_list_box_append (GTK_LIST_BOX (list), empty);
  window = show_in_window (list, 400);
  gtk_test_accessible_assert_state (fold, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_cmpuint (n_made, ==, 0);

  gtk_widget_activate (fold);
  gtk_test_accessible_assert_state (fold, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  g_assert_cmpuint (n_made, ==, 1);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_next_sibling (fold)));

  gtk_widget_activate (fold);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_next_sibling (fold)));
  gtk_widget_activate (fold);
  g_assert_cmpuint (n_made, ==, 1);

  forlop_fold_row_set_open (FORLOP_FOLD_ROW (empty), TRUE);
  g_assert_false (forlop_fold_row_get_open (FORLOP_FOLD_ROW (empty)));

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (list);
}

static void
test_a_column_is_no_wider_than_it_may_be (void)
{
  GtkWidget *bin = g_object_ref_sink (adw_bin_new ());
  GtkWidget *child = gtk_label_new ("text");
  GtkWidget *window;

  gtk_widget_set_layout_manager (bin, g_object_new (FORLOP_TYPE_COLUMN_LAYOUT, "maximum", 300, NULL));
  adw_bin_set_child (ADW_BIN (bin), child);
  window = show_in_window (bin, 800);
  g_assert_cmpint (gtk_widget_get_width (bin), >, 700);
  g_assert_cmpint (gtk_widget_get_width (child), ==, 300);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (bin);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/empty-state/shows-the-first-line-as-it-is", test_empty_state_shows_the_first_line_as_it_is);
  g_test_add_func ("/empty-state/has-a-button-only-with-an-act",
                   test_empty_state_has_a_button_only_with_an_act);
  g_test_add_func ("/button/a-key-presses-it-at-once", test_key_presses_a_button_at_once);
  g_test_add_func ("/severity-mark/notifies-once", test_severity_mark_notifies_once);
  g_test_add_func ("/stepper/is-brief-where-it-has-no-room",
                   test_stepper_is_brief_where_it_has_no_room);
  g_test_add_func ("/stepper/tells-which-step-is-pressed", test_step_is_told_when_pressed);
  g_test_add_func ("/next-step/says-what-is-missing", test_next_step_says_what_is_missing);
  g_test_add_func ("/work-item/reads-as-one-sentence", test_work_item_reads_as_one_sentence);
  g_test_add_func ("/work-row/takes-two-lines-when-narrow",
                   test_work_row_takes_two_lines_when_narrow);
  g_test_add_func ("/work-row/breaks-a-long-word", test_work_row_breaks_a_long_word);
  g_test_add_func ("/work-list/keeps-the-selected-row", test_work_list_keeps_the_selected_row);
  g_test_add_func ("/work-list/groups-under-headings", test_work_list_groups_under_headings);
  g_test_add_func ("/timeline/filter-is-a-wish", test_timeline_filter_is_a_wish);
  g_test_add_func ("/fold-row/opens-when-it-is-pressed", test_a_fold_row_opens_when_it_is_pressed);
  g_test_add_func ("/column/is-no-wider-than-it-may-be", test_a_column_is_no_wider_than_it_may_be);

  return g_test_run ();
}
