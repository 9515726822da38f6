/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-meeting-pane.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-act-run.h"
#include "forlop-chart-context.h"
#include "forlop-chart.h"
#include "forlop-form.h"
#include "forlop-gp-summary-store.h"
#include "forlop-gp-words.h"
#include "forlop-json.h"
#include "forlop-load.h"
#include "forlop-reference.h"
#include "forlop-window.h"

/* What the meeting looks back on. */
#define DAYS 30
#define MOST_CHARTS 4
#define MOST_CONTACTS 4
#define CHART_HEIGHT 150
#define WIDTH 760

enum {
  DECISION,
  TASK,
  DOER,
  DUE,
  N_FIELDS,
};

struct _ForlopMeetingPane
{
  AdwBin parent_instance;

  /* Borrowed: parts of it; NULL while nobody is chosen */
  GtkBox *picture;
  ForlopForm *form;
  GtkWidget *save_button;

  /* Owned */
  ForlopSession *session;
  ForlopRecord *meeting;
  GPtrArray *doers; /* ForlopMeetingDoer */
  GListStore *doer_choices; /* ForlopReference */
  char *case_id;
  char *citizen_id;
  char *item_id;
  ForlopField fields[N_FIELDS];
  ForlopMeetingState state;
  gboolean busy;
};

enum {
  SIGNAL_DECIDED,
  N_SIGNALS,
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopMeetingPane, forlop_meeting_pane, ADW_TYPE_BIN)

typedef struct {
  char *case_id;
  gint64 now;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->case_id);
  g_free (query);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;

  return forlop_gp_summary_store_load (connection, query->case_id, query->now - DAYS * FORLOP_DAY, query->now, NULL,
                                       NULL, error);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
chart_new (ForlopMeetingPane     *self,
           const ForlopGpSummary *summary,
           const ForlopGpTrend   *trend)
{
  gboolean pair = trend->low_measure != FORLOP_MEASURE_UNKNOWN;
  g_autoptr (ForlopChartSeries) series =
    forlop_chart_series_new_of (pair ? FORLOP_MEASURE_BLOOD_PRESSURE : trend->measure);
  GtkWidget *chart = forlop_chart_new ();

  forlop_chart_series_set_window (series, (ForlopChartWindow) { summary->period.from, summary->period.to });
  forlop_chart_add_plans (series, forlop_snapshot_list (summary->snapshot, "care_plan"),
                          forlop_snapshot_list (summary->snapshot, "limit"),
                          forlop_snapshot_list (summary->snapshot, "case"));
  forlop_chart_add_pauses (series, forlop_snapshot_list (summary->snapshot, "pause"), summary->period.to);
  for (unsigned int i = 0; i < trend->points->len; i++)
    {
      const ForlopGpPoint *point = &g_array_index (trend->points, ForlopGpPoint, i);

      if (point->at_ms >= summary->period.from)
        forlop_chart_series_add_point (series, (ForlopChartPoint) {
          .at_ms = point->at_ms, .value = point->value, .low = point->low, .severity = point->severity,
          .high_severity = point->high_severity, .low_severity = point->low_severity });
    }
  forlop_chart_set_series (FORLOP_CHART (chart), series);
  forlop_chart_set_source (FORLOP_CHART (chart), forlop_session_get_store (self->session), self->citizen_id);
  gtk_widget_set_size_request (chart, -1, CHART_HEIGHT);

  return chart;
}

static void
append_trends (ForlopMeetingPane     *self,
               const ForlopGpSummary *summary)
{
  GtkBox *box = self->picture;
  unsigned int n = 0;

  for (unsigned int i = 0; i < summary->trends->len && n < MOST_CHARTS; i++)
    {
      const ForlopGpTrend *trend = g_ptr_array_index (summary->trends, i);
      g_autofree char *now = forlop_gp_words_median (trend, FALSE);
      g_autofree char *before = forlop_gp_words_median (trend, TRUE);
      g_autofree char *text = NULL;

      if (trend->n == 0)
        continue;
      text = g_strdup_printf (_("%s: median %s, the 30 days before %s"),
                              forlop_measure_label (trend->low_measure != FORLOP_MEASURE_UNKNOWN
                                                      ? FORLOP_MEASURE_BLOOD_PRESSURE : trend->measure),
                              now, before);
      gtk_box_append (box, new_label (text, "numeric"));
      gtk_box_append (box, chart_new (self, summary, trend));
      n++;
    }
  if (n == 0)
    gtk_box_append (box, new_label (_("Nothing was measured in the last 30 days."), "dim-label"));
}

static void
append_contacts (GtkBox                *box,
                 const ForlopGpSummary *summary)
{
  gtk_box_append (box, new_label (_("Last contacts"), "heading"));
  if (summary->contacts->len == 0)
    gtk_box_append (box, new_label (_("None in the last 30 days."), "dim-label"));
  for (unsigned int i = 0; i < MIN (summary->contacts->len, MOST_CONTACTS); i++)
    {
      g_autofree char *text = forlop_gp_words_contact (g_ptr_array_index (summary->contacts, i));

      gtk_box_append (box, new_label (text, NULL));
    }
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
loaded_cb (GtkWidget *widget,
           gpointer   result)
{
  ForlopMeetingPane *self = FORLOP_MEETING_PANE (widget);
  g_autoptr (ForlopGpSummary) summary = result;
  g_autofree char *red = NULL;
  g_autofree char *yellow = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *plan = NULL;
  g_autoptr (GPtrArray) events = NULL;

  self->busy = FALSE;
  /* Somebody else may have been chosen in between. */
  if (summary == NULL || self->picture == NULL ||
      g_strcmp0 (forlop_record_get_id (forlop_snapshot_get_case (summary->snapshot)), self->case_id) != 0)
    return;

  clear (self->picture);
  red = forlop_gp_words_alerts (FORLOP_SEVERITY_RED, &summary->red);
  yellow = forlop_gp_words_alerts (FORLOP_SEVERITY_YELLOW, &summary->yellow);
  missing = forlop_gp_words_missing (summary);
  plan = forlop_gp_words_plan (summary);
  events = forlop_gp_words_events (summary);
  gtk_box_append (self->picture, new_label (_("The last 30 days"), "heading"));
  gtk_box_append (self->picture, new_label (red, NULL));
  gtk_box_append (self->picture, new_label (yellow, NULL));
  if (missing != NULL)
    gtk_box_append (self->picture, new_label (missing, NULL));
  gtk_box_append (self->picture, new_label (plan, NULL));
  for (unsigned int i = 0; i < events->len; i++)
    gtk_box_append (self->picture, new_label (g_ptr_array_index (events, i), NULL));
  append_trends (self, summary);
  append_contacts (self->picture, summary);
}

static void
done_cb (const GError *error,
         gpointer      user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr (ForlopMeetingPane) self = g_weak_ref_get (ref);

  if (self == NULL)
    return;
  if (error != NULL)
    {
      gtk_widget_set_sensitive (self->save_button, TRUE);
      forlop_form_set_error (self->form, NULL, error->message);
      return;
    }
  g_clear_pointer (&self->item_id, g_free);
  g_signal_emit (self, signals[SIGNAL_DECIDED], 0);
}

static void
ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static const char *
value_of (yyjson_mut_val *root,
          const char     *name)
{
  const char *text = yyjson_mut_get_str (yyjson_mut_obj_get (root, name));

  return text != NULL && *text != '\0' ? text : NULL;
}

static const ForlopMeetingDoer *
find_doer (ForlopMeetingPane *self,
           const char        *key)
{
  for (unsigned int i = 0; key != NULL && i < self->doers->len; i++)
    {
      const ForlopMeetingDoer *doer = g_ptr_array_index (self->doers, i);

      if (g_str_equal (doer->key, key))
        return doer;
    }

  return NULL;
}

/* The task belongs to a function in a unit; somebody of it may take it, or has it from the start. */
static ForlopRecord *
new_task (ForlopMeetingPane *self,
          yyjson_mut_val    *root)
{
  ForlopRecord *task = forlop_acts_new_arguments (forlop_act_find ("add-task"), NULL);
  const ForlopMeetingDoer *doer = find_doer (self, value_of (root, "doer"));
  const char *unit_id = forlop_record_get_text (self->meeting, "unit_id");
  const char *person = doer != NULL ? doer->user_id : NULL;
  ForlopDate due;

  forlop_record_set_text (task, "unit_id", doer != NULL ? doer->unit_id : unit_id);
  forlop_record_set_text (task, "citizen_id", self->citizen_id);
  forlop_record_set_text (task, "case_id", self->case_id);
  forlop_record_set_text (task, "meeting_item_id", self->item_id);
  forlop_record_set_text (task, "kind", "meeting");
  forlop_record_set_text (task, "role", doer != NULL ? doer->role : "resource_person");
  if (person != NULL)
    {
      forlop_record_set_text (task, "taken_by", person);
      forlop_record_set_instant (task, "taken_at", forlop_session_now (self->session));
    }
  forlop_record_set_text (task, "title", value_of (root, "task"));
  forlop_record_set_text (task, "text", value_of (root, "decision"));
  forlop_record_set_text (task, "status", "open");
  if (value_of (root, "due_on") != NULL && forlop_date_from_iso (value_of (root, "due_on"), &due))
    forlop_record_set_date (task, "due_on", due);

  return task;
}

static void
save_cb (ForlopMeetingPane *self)
{
  const ForlopAct *decide = forlop_act_find ("decide-meeting-item");
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_mut_doc) doc = forlop_form_collect (self->form, &error);
  g_autoptr (ForlopRecord) decision = NULL;
  g_autoptr (ForlopRecord) task = NULL;
  ForlopActCall calls[2];
  yyjson_mut_val *root;
  GWeakRef *ref;

  if (doc == NULL || self->item_id == NULL || self->meeting == NULL)
    return;
  root = yyjson_mut_doc_get_root (doc);
  if (value_of (root, "task") == NULL && value_of (root, "due_on") != NULL)
    {
      forlop_form_set_error (self->form, "task", _("Write what is to be done by that day, or take the day away."));
      return;
    }

  decision = forlop_acts_new_arguments (decide, NULL);
  forlop_record_set_text (decision, "meeting_item_id", self->item_id);
  forlop_record_set_text (decision, "meeting_id", forlop_record_get_id (self->meeting));
  forlop_record_set_text (decision, "decision", value_of (root, "decision"));
  calls[0] = (ForlopActCall) { decide, decision };
  if (value_of (root, "task") != NULL)
    {
      task = new_task (self, root);
      calls[1] = (ForlopActCall) { forlop_act_find ("add-task"), task };
    }
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  forlop_act_run (GTK_WIDGET (self), self->session, calls, task != NULL ? 2 : 1, done_cb, ref, ref_free);
}

static void
append_form (ForlopMeetingPane *self,
             GtkBox            *box)
{
  self->fields[DECISION] = (ForlopField) { .name = "decision", .label = N_("What was decided"),
    .kind = FORLOP_KIND_NOTE, .flags = FORLOP_FIELD_REQUIRED };
  self->fields[TASK] = (ForlopField) { .name = "task", .label = N_("Task that follows"), .kind = FORLOP_KIND_TEXT,
    .hint = N_("Empty where nothing is to be done.") };
  self->fields[DOER] = (ForlopField) { .name = "doer", .label = N_("Who does it"), .kind = FORLOP_KIND_REF,
    .target = "user", .hint = N_("A person, or a function: then somebody of it takes it. The unit's resource persons where "
                                 "nothing is chosen.") };
  self->fields[DUE] = (ForlopField) { .name = "due_on", .label = N_("By when"), .kind = FORLOP_KIND_DATE };

  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  for (unsigned int i = 0; i < N_FIELDS; i++)
    forlop_form_add_field (self->form, &self->fields[i]);
  forlop_field_row_set_references (forlop_form_get_row (self->form, "doer"), G_LIST_MODEL (self->doer_choices));
  g_signal_connect_swapped (self->form, "save", G_CALLBACK (save_cb), self);
  self->save_button = gtk_button_new_with_mnemonic (_("_Decide and go on"));
  gtk_widget_set_tooltip_text (self->save_button, _("Save, and go to the next (Ctrl+Return)"));
  gtk_widget_set_halign (self->save_button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (box, GTK_WIDGET (self->form));
  gtk_box_append (box, self->save_button);
}

static void
append_heading (ForlopMeetingPane       *self,
                GtkBox                  *box,
                const ForlopMeetingLine *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open the case"));
  ForlopDate today = forlop_session_today (self->session);
  g_autofree char *name = line->birth_date != FORLOP_DATE_NONE
                            ? g_strdup_printf ("%s, %d", line->name, forlop_date_age (line->birth_date, today))
                            : g_strdup (line->name);
  GtkWidget *label = new_label (name, "title-3");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "(ss)", "case", line->case_id);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), open);
  gtk_box_append (box, row);
  if (line->question != NULL)
    gtk_box_append (box, new_label (line->question, "forlop-question"));
}

static void
build (ForlopMeetingPane       *self,
       const ForlopMeetingLine *line)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  g_object_set (box, "margin-top", 6, "margin-bottom", 24, "margin-start", 18, "margin-end", 18, NULL);
  append_heading (self, GTK_BOX (box), line);
  if (line->state == FORLOP_MEETING_DECIDED)
    {
      gtk_box_append (GTK_BOX (box), new_label (_("What was decided"), "heading"));
      gtk_box_append (GTK_BOX (box), new_label (line->decision, NULL));
    }
  else if (line->state == FORLOP_MEETING_ON_AGENDA && self->meeting != NULL)
    append_form (self, GTK_BOX (box));
  else
    gtk_box_append (GTK_BOX (box), new_label (line->state == FORLOP_MEETING_SUGGESTED
                                                ? _("Take it up to write what is decided.")
                                                : _("Start the meeting to write what is decided."), "dim-label"));
  self->picture = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

static const char *
id_of (ForlopRecord *record)
{
  return record != NULL ? forlop_record_get_id (record) : NULL;
}

static char *
doer_label (const ForlopMeetingDoer *doer)
{
  const char *parts[4] = { NULL };
  unsigned int n = 0;

  if (doer->name != NULL)
    parts[n++] = doer->name;
  parts[n++] = forlop_role_label (doer->role);
  if (doer->unit_name != NULL)
    parts[n++] = doer->unit_name;

  return g_strjoinv (", ", (char **) parts);
}

static gboolean
are_same (const GPtrArray *one,
          const GPtrArray *other)
{
  if (one == NULL || one->len != other->len)
    return FALSE;
  for (unsigned int i = 0; i < one->len; i++)
    if (!g_str_equal (((ForlopMeetingDoer *) g_ptr_array_index (one, i))->key,
                      ((ForlopMeetingDoer *) g_ptr_array_index (other, i))->key))
      return FALSE;

  return TRUE;
}

void
forlop_meeting_pane_set_doers (ForlopMeetingPane *self,
                               GPtrArray         *doers)
{
  g_return_if_fail (FORLOP_IS_MEETING_PANE (self));
  g_return_if_fail (doers != NULL);

  /* Who is chosen in the open form stays chosen. */
  if (are_same (self->doers, doers))
    return;
  g_clear_pointer (&self->doers, g_ptr_array_unref);
  self->doers = g_ptr_array_ref (doers);
  g_list_store_remove_all (self->doer_choices);
  for (unsigned int i = 0; i < doers->len; i++)
    {
      const ForlopMeetingDoer *doer = g_ptr_array_index (doers, i);
      g_autofree char *label = doer_label (doer);
      g_autoptr (ForlopReference) reference = forlop_reference_new (doer->key, label);

      g_list_store_append (self->doer_choices, reference);
    }
}

void
forlop_meeting_pane_set_line (ForlopMeetingPane       *self,
                              ForlopSession           *session,
                              ForlopRecord            *meeting,
                              const ForlopMeetingLine *line)
{
  ForlopStore *store;
  Query *query;

  g_return_if_fail (FORLOP_IS_MEETING_PANE (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  store = forlop_session_get_store (session);
  if (line != NULL && self->picture != NULL && self->state == line->state &&
      g_str_equal (line->case_id, self->case_id) && g_strcmp0 (line->item_id, self->item_id) == 0 &&
      g_strcmp0 (id_of (meeting), id_of (self->meeting)) == 0)
    return;

  g_set_object (&self->session, session);
  g_set_object (&self->meeting, meeting);
  g_set_str (&self->case_id, line != NULL ? line->case_id : NULL);
  g_set_str (&self->citizen_id, line != NULL ? line->citizen_id : NULL);
  g_set_str (&self->item_id, line != NULL ? line->item_id : NULL);
  self->form = NULL;
  self->picture = NULL;
  self->save_button = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  if (line == NULL || store == NULL)
    return;

  self->state = line->state;
  build (self, line);
  forlop_access_log_opened (session, "case", line->case_id);
  self->busy = TRUE;
  query = g_new0 (Query, 1);
  query->case_id = g_strdup (line->case_id);
  query->now = forlop_session_now (session);
  forlop_load (GTK_WIDGET (self), store, load_on_worker, query, query_free, (GDestroyNotify) forlop_gp_summary_free,
               loaded_cb);
}

void
forlop_meeting_pane_answer (ForlopMeetingPane *self)
{
  g_return_if_fail (FORLOP_IS_MEETING_PANE (self));

  if (self->form != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (forlop_form_get_row (self->form, "decision")));
}

gboolean
forlop_meeting_pane_get_busy (ForlopMeetingPane *self)
{
  g_return_val_if_fail (FORLOP_IS_MEETING_PANE (self), FALSE);

  return self->busy;
}

static void
forlop_meeting_pane_dispose (GObject *object)
{
  ForlopMeetingPane *self = FORLOP_MEETING_PANE (object);

  self->form = NULL;
  self->picture = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->meeting);
  g_clear_object (&self->doer_choices);
  g_clear_pointer (&self->doers, g_ptr_array_unref);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->citizen_id, g_free);
  g_clear_pointer (&self->item_id, g_free);

  G_OBJECT_CLASS (forlop_meeting_pane_parent_class)->dispose (object);
}

static void
forlop_meeting_pane_class_init (ForlopMeetingPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_meeting_pane_dispose;

  signals[SIGNAL_DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
forlop_meeting_pane_init (ForlopMeetingPane *self)
{
  self->doers = g_ptr_array_new ();
  self->doer_choices = g_list_store_new (FORLOP_TYPE_REFERENCE);
}
