/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-pane-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-board-chart.h"
#include "forlop-board-text.h"
#include "forlop-late-menu.h"
#include "forlop-window.h"
#include "forlop-worker.h"

enum {
  SIGNAL_ANSWERED,
  SIGNAL_LOADED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardPane, forlop_board_pane, ADW_TYPE_BIN)

typedef struct {
  char *case_id;
  gint64 now;
} Question;

typedef struct {
  GWeakRef pane;
  unsigned int number;
} Asked;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->case_id);
  g_free (question);
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->pane);
  g_free (asked);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Question *question = user_data;

  return forlop_board_detail_load (connection, question->case_id, question->now,
                                   FORLOP_BOARD_TREND_DAYS, error);
}

static void
forlop_board_pane_show_chart (ForlopBoardPane *self,
                              ForlopMeasure    measure)
{
  const ForlopMeasure upper = forlop_measure_is_panel (measure)
    ? forlop_measure_info (measure)->components[0] : measure;
  g_autoptr(ForlopChartSeries) series = NULL;

  if (forlop_measure_info (upper)->shown_unit == NULL)
    return;

  series = forlop_board_chart_series (self->detail, measure);
  forlop_chart_set_series (self->chart, series);
  if (forlop_session_get_store (self->place->session) != NULL)
    forlop_chart_set_source (self->chart, forlop_session_get_store (self->place->session),
                             self->citizen_id);
}

static void
measure_chosen_cb (ForlopBoardPane *self)
{
  unsigned int active = adw_toggle_group_get_active (self->measures);

  if (self->filling || self->detail == NULL || self->shown_measures == NULL ||
      active >= self->shown_measures->len)
    return;

  self->measure = g_array_index (self->shown_measures, ForlopMeasure, active);
  forlop_board_pane_show_chart (self, self->measure);
}

/* One button for each measure; the one the row is about is chosen. */
static void
forlop_board_pane_fill_measures (ForlopBoardPane *self)
{
  unsigned int chosen = 0;

  g_clear_pointer (&self->shown_measures, g_array_unref);
  self->shown_measures = forlop_board_chart_measures (self->detail);
  self->filling = TRUE;
  adw_toggle_group_remove_all (self->measures);
  for (unsigned int i = 0; i < self->shown_measures->len; i++)
    {
      ForlopMeasure measure = g_array_index (self->shown_measures, ForlopMeasure, i);
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_label (toggle, forlop_measure_label (measure));
      adw_toggle_group_add (self->measures, toggle);
      if (measure == forlop_board_chart_whole (self->measure))
        chosen = i;
    }
  if (self->shown_measures->len > 0)
    adw_toggle_group_set_active (self->measures, chosen);
  self->filling = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->measures), self->shown_measures->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), self->shown_measures->len > 0);
  if (self->shown_measures->len > 0)
    forlop_board_pane_show_chart (self, g_array_index (self->shown_measures, ForlopMeasure, chosen));
}

static void
forlop_board_pane_fill_plan (ForlopBoardPane *self)
{
  g_autofree char *title = NULL;
  const char *text = forlop_board_facts_plan (self->detail, self->need, self->severity, &title);

  gtk_widget_set_visible (self->plan_box, text != NULL);
  gtk_label_set_label (self->plan_title, title != NULL ? title : "");
  gtk_label_set_label (self->plan_text, text != NULL ? text : "");
}

/* Where there are several municipalities the citizen's stands first. */
static void
forlop_board_pane_show_facts (ForlopBoardPane *self,
                              const char      *facts)
{
  g_autofree char *text = NULL;

  if (self->place->name != NULL)
    text = g_strjoin (" · ", self->place->name, *facts != '\0' ? facts : NULL, NULL);
  gtk_label_set_label (self->facts, text != NULL ? text : facts);
}

static void
forlop_board_pane_fill (ForlopBoardPane *self)
{
  g_autofree char *facts = forlop_board_facts_line (self->detail);

  forlop_board_pane_show_facts (self, facts);
  forlop_board_facts_fill_reasons (self->reasons, self->detail);
  forlop_board_pane_fill_measures (self);
  forlop_board_pane_fill_plan (self);
  forlop_board_facts_fill_contacts (self->contact_box, self->detail);
  forlop_board_response_set_phone (self->response, gtk_label_get_label (self->who),
                                   forlop_record_get_text (forlop_snapshot_get_citizen (self->detail->snapshot),
                                                           "phone"));
  forlop_board_facts_fill_history (self->history_box, self->detail);
  forlop_board_response_set_phrases (self->response, self->detail->phrases);
}

static DexFuture *
loaded_cb (DexFuture *completed,
           gpointer   user_data)
{
  Asked *asked = user_data;
  g_autoptr(ForlopBoardPane) self = g_weak_ref_get (&asked->pane);
  g_autoptr(GError) error = NULL;
  g_autoptr(ForlopBoardDetail) detail = forlop_worker_steal (completed, &error);

  if (self == NULL || self->stack == NULL || asked->number != self->asked)
    return NULL;

  if (detail != NULL)
    {
      g_clear_pointer (&self->detail, forlop_board_detail_free);
      self->detail = g_steal_pointer (&detail);
      forlop_board_pane_fill (self);
    }
  else
    {
      forlop_toast_error (GTK_WIDGET (self), error);
    }
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);

  return NULL;
}

static void
forlop_board_pane_load (ForlopBoardPane *self)
{
  ForlopStore *store = forlop_session_get_store (self->place->session);
  Question *question;
  Asked *asked;

  if (store == NULL)
    return;

  question = g_new0 (Question, 1);
  question->case_id = g_strdup (self->case_id);
  question->now = forlop_session_now (self->place->session);
  asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->pane, self);
  asked->number = ++self->asked;
  dex_future_disown (dex_future_finally (
    forlop_store_read (store, load_on_worker, question, question_free,
                       (GDestroyNotify) forlop_board_detail_free),
    loaded_cb, asked, asked_free));
}

static void
open_clicked_cb (ForlopBoardPane *self)
{
  const ForlopPlace place = forlop_board_place_get_place (self->place);

  /* A case is worked on in its own municipality's window. */
  gtk_widget_activate_action (forlop_place_go_to (&place, GTK_WIDGET (self)), "win.open", "(ss)",
                              "case", self->case_id);
}

static void
answered_cb (ForlopBoardPane *self,
             ForlopSession   *session,
             const char      *case_id,
             const char      *citizen_id)
{
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, session, case_id, citizen_id);
}

static void
forlop_board_pane_finalize (GObject *object)
{
  ForlopBoardPane *self = FORLOP_BOARD_PANE (object);

  g_clear_pointer (&self->place, forlop_board_place_unref);
  g_clear_pointer (&self->detail, forlop_board_detail_free);
  g_clear_pointer (&self->shown_measures, g_array_unref);
  g_clear_pointer (&self->logged, g_hash_table_unref);
  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->alert_id);
  g_free (self->take_rule);
  g_free (self->taken_by);
  g_free (self->pause_id);

  G_OBJECT_CLASS (forlop_board_pane_parent_class)->finalize (object);
}

static void
forlop_board_pane_class_init (ForlopBoardPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_board_pane_finalize;

  /**
   * ForlopBoardPane::answered:
   * @session: The file it is in.
   * @case_id: The case that was answered and saved.
   * @citizen_id: Whose case it is.
   */
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, FORLOP_TYPE_SESSION, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * ForlopBoardPane::loaded:
   *
   * Everything about the chosen citizen is shown.
   */
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (FORLOP_TYPE_BOARD_RESPONSE);
  g_type_ensure (FORLOP_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/board/forlop-board-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, choose);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, who);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, open_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, reasons);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, deadline);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, facts);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, measures);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, chart);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, plan_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, plan_title);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, plan_text);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, contact_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, response);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, history_box);
  gtk_widget_class_bind_template_callback (widget_class, measure_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  forlop_board_pane_install_acts (widget_class);
}

static void
forlop_board_pane_init (ForlopBoardPane *self)
{
  self->logged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_late_menu_set (self->snooze_button, self->snooze_menu);
}

/* It is another when time passes and when somebody takes the alert. */
static void
forlop_board_pane_show_deadline (ForlopBoardPane      *self,
                                 const ForlopBoardRow *row)
{
  g_autofree char *deadline = forlop_board_text_deadline (row, forlop_session_now (self->place->session));

  gtk_label_set_label (self->deadline, deadline != NULL ? deadline : "");
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), deadline != NULL);
}

/* What the row itself knows is shown at once. */
static void
forlop_board_pane_show_row (ForlopBoardPane      *self,
                            const ForlopBoardRow *row)
{
  gint64 now = forlop_session_now (self->place->session);
  g_autofree char *who = forlop_board_text_who (row, now);
  g_autofree char *why = forlop_board_text_why (row, now);

  gtk_label_set_label (self->who, who);
  forlop_board_pane_show_facts (self, row->unit_name != NULL ? row->unit_name : "");
  forlop_board_facts_show_reason (self->reasons,
                                  row->need == FORLOP_BOARD_MISSING ? FORLOP_SEVERITY_NOT_REPORTED
                                                                    : row->severity, why);
  gtk_widget_set_visible (self->plan_box, FALSE);
  forlop_board_facts_clear (self->contact_box);
  forlop_board_facts_clear (self->history_box);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
}

/* Whoever is shown here is opened; once for each who looks, not each time the board is read anew. */
static void
forlop_board_pane_log (ForlopBoardPane *self)
{
  g_autoptr(ForlopActor) actor = forlop_session_dup_actor (self->place->session);

  if (actor != NULL &&
      g_hash_table_add (self->logged, g_strdup_printf ("%s %s", actor->user_id, self->case_id)))
    forlop_access_log_opened (self->place->session, "case", self->case_id);
}

void
forlop_board_pane_set_drafts (ForlopBoardPane   *self,
                              ForlopBoardDrafts *drafts)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  forlop_board_response_set_drafts (self->response, drafts);
}

void
forlop_board_pane_set_row (ForlopBoardPane      *self,
                           const ForlopBoardRow *row,
                           ForlopBoardPlace     *place)
{
  gboolean same;

  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));
  g_return_if_fail (row == NULL || place != NULL);

  if (row == NULL)
    {
      g_clear_pointer (&self->case_id, g_free);
      self->asked++;
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  g_clear_pointer (&self->place, forlop_board_place_unref);
  self->place = forlop_board_place_ref (place);
  forlop_board_response_set_place (self->response, place);
  same = g_strcmp0 (self->case_id, row->case_id) == 0;
  g_set_str (&self->case_id, row->case_id);
  g_set_str (&self->citizen_id, row->citizen_id);
  g_set_str (&self->alert_id, row->alert_id);
  g_set_str (&self->take_rule, row->take_rule);
  g_set_str (&self->taken_by, row->taken_by);
  g_set_str (&self->pause_id, row->pause_id);
  self->need = row->need;
  self->severity = row->severity;
  self->ticked = row->ticked;
  if (!same)
    {
      self->measure = row->measure;
      forlop_board_pane_show_row (self, row);
      forlop_board_pane_log (self);
    }
  forlop_board_pane_show_deadline (self, row);
  forlop_board_response_set_row (self->response, row);
  forlop_board_pane_update_buttons (self);
  gtk_stack_set_visible_child_name (self->stack, "one");
  forlop_board_pane_load (self);
}

void
forlop_board_pane_set_nobody (ForlopBoardPane *self,
                              gboolean         nobody)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  gtk_widget_set_visible (self->choose, !nobody);
}

void
forlop_board_pane_forget (ForlopBoardPane *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->case_id != NULL)
    forlop_board_response_forget (self->response);
}

void
forlop_board_pane_answer (ForlopBoardPane *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->case_id != NULL)
    forlop_board_response_grab_focus (self->response);
}
