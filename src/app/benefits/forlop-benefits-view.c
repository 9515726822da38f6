/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-act.h"
#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-benefits-csv.h"
#include "forlop-benefits-store.h"
#include "forlop-benefits-tables.h"
#include "forlop-chosen-file.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-load.h"
#include "forlop-record-store.h"
#include "forlop-unit-filter.h"
#include "forlop-window.h"

struct _ForlopBenefitsView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  ForlopUnitFilter *unit;
  GtkLabel *summary;
  GtkLabel *origin;
  GtkGrid *use_grid;
  GtkLabel *costs_note;
  GtkGrid *costs_grid;
  GtkLabel *survey_note;
  GtkGrid *survey_grid;
  AdwPreferencesGroup *plan_group;
  GtkWidget *add_button;

  /* Owned */
  struct _Benefits *shown;
  GPtrArray *plan_rows;
};

/* What one reading gives. @figures: (nullable): where the sums are the server's, without names; they own them. */
typedef struct _Benefits {
  ForlopFigures *figures;
  ForlopBenefits *sums;
  GPtrArray *indicators;
} Benefits;

typedef struct {
  char *unit_id;
  gboolean without_names;
} Query;

G_DEFINE_FINAL_TYPE (ForlopBenefitsView, forlop_benefits_view, FORLOP_TYPE_VIEW)

static void
benefits_clear (gpointer data)
{
  Benefits *benefits = data;

  if (benefits->figures != NULL)
    benefits->sums = NULL;
  g_clear_pointer (&benefits->figures, forlop_figures_free);
  g_clear_pointer (&benefits->sums, forlop_benefits_free);
  g_clear_pointer (&benefits->indicators, g_ptr_array_unref);
  g_free (benefits);
}

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->unit_id);
  g_free (query);
}

static gboolean
load_sums (ForlopConnection  *connection,
           const Query       *query,
           Benefits          *benefits,
           GError           **error)
{
  if (query->without_names &&
      !forlop_benefits_store_figures (connection, query->unit_id, &benefits->figures, error))
    return FALSE;
  benefits->sums = benefits->figures != NULL
                     ? benefits->figures->benefits
                     : forlop_benefits_store_load (connection, query->unit_id, error);

  return benefits->sums != NULL;
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Benefits *benefits = g_new0 (Benefits, 1);

  if (load_sums (connection, user_data, benefits, error))
    benefits->indicators = forlop_record_store_list (connection, "indicator", NULL, NULL, error);
  if (benefits->indicators == NULL)
    g_clear_pointer (&benefits, benefits_clear);

  return benefits;
}

/* "Before start: 12 · In service: 41" */
static void
add_cases (GString   *text,
           GPtrArray *cases)
{
  const ForlopField *status = forlop_record_type_field (forlop_record_type_find ("case"), "status");
  gboolean is_first = TRUE;

  for (const ForlopChoice *choice = status->choices; choice->code != NULL; choice++)
    for (unsigned int i = 0; i < cases->len; i++)
      {
        const ForlopBenefitCount *count = g_ptr_array_index (cases, i);
        if (!g_str_equal (count->answer, choice->code))
          continue;
        g_string_append_printf (text, "%s%s: %u", is_first ? "" : " · ", _(choice->label), count->n);
        is_first = FALSE;
      }
  if (!is_first)
    g_string_append (text, "\n\n");
}

/* How many alerts there were, and how long they waited. */
static void
add_alarms (GString                  *text,
            const ForlopFigureAlarms *alarms)
{
  g_autofree char *half = forlop_duration_format (alarms->half);
  g_autofree char *most = forlop_duration_format (alarms->most);

  if (alarms->is_withheld)
    g_string_append (text, _("The alerts of the last 30 days are not shown: fewer than 5 people stand behind them, or "
                             "behind what would follow from them."));
  else
    g_string_append_printf (text, _("Alerts of the last 30 days: %u, of them %u red. %u were handled, %u set aside or no "
                                    "longer outside a limit, and %u are open."),
                            alarms->n, alarms->n_red, alarms->n_handled, alarms->n_aside, alarms->n_open);
  if (alarms->n_taken > 0)
    /* Translators: durations, such as "12 min" */
    g_string_append_printf (text, _(" Half of those that were taken had waited %s or less, nine of ten %s or less."), half,
                            most);
  g_string_append (text, "\n\n");
}

static void
show_summary (ForlopBenefitsView *self)
{
  const ForlopBenefits *sums = self->shown->sums;
  g_autoptr (GString) summary = g_string_new (NULL);

  if (self->shown->figures != NULL)
    {
      add_cases (summary, self->shown->figures->cases);
      add_alarms (summary, &self->shown->figures->alarms);
    }
  g_string_append_printf (summary,
                          _("%u started, of them %u in service and %u ended. %u have a baseline, and %u "
                            "have numbers after start as well; only those are compared."),
                          sums->n_started, sums->n_running, sums->n_ended, sums->n_baseline, sums->n_both);
  if (!sums->are_pairs_withheld)
    g_string_append_printf (summary, _(" %u have fewer visits by skilled staff and more by unskilled."), sums->n_moved);
  gtk_label_set_label (self->summary, summary->str);
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

static void
show_origin (ForlopBenefitsView *self)
{
  const ForlopBenefits *sums = self->shown->sums;
  g_autoptr (GString) origin = g_string_new (NULL);

  if (self->shown->figures != NULL)
    {
      g_autofree char *day = forlop_date_format (self->shown->figures->made_on);
      g_autofree char *sentence =
        g_strdup_printf (_("Worked out by the server on %s, without names. What fewer than 5 people stand behind, or "
                           "what would tell it, is not shown."), day);

      add_sentence (origin, sentence);
    }
  if (sums->n_both > 0 && !sums->are_pairs_withheld)
    {
      g_autofree char *before = forlop_number_format (sums->months_before, 1, FALSE);
      g_autofree char *after = forlop_number_format (sums->months_after, 1, FALSE);
      g_autofree char *sentence =
        g_strdup_printf (_("Length of the periods: %s months before, %s after."), before, after);

      add_sentence (origin, sentence);
    }
  for (unsigned int i = 0; i < sums->origins->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (sums->origins, i);

      if (i == 0)
        add_sentence (origin, _("Where they come from:"));
      g_string_append_printf (origin, "%s %s (%u)", i > 0 ? "," : "", count->answer, count->n);
    }
  gtk_label_set_label (self->origin, origin->str);
  gtk_widget_set_visible (GTK_WIDGET (self->origin), origin->len > 0);
}

static gboolean
may_plan (ForlopBenefitsView *self)
{
  ForlopIdentity *actor = forlop_session_get_actor (forlop_view_get_session (FORLOP_VIEW (self)));

  return actor != NULL && forlop_act_allows_role (forlop_act_find ("save-indicator"),
                                                  forlop_identity_get_role (actor));
}

static void
indicator_activated_cb (ForlopBenefitsView *self,
                        AdwActionRow       *row)
{
  forlop_act_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)),
                             "save-indicator", "indicator", g_object_get_data (G_OBJECT (row), "id"),
                             NULL, NULL);
}

static void
add_plan_row (ForlopBenefitsView *self,
              const char         *title,
              const char         *subtitle,
              const char         *id)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (id != NULL && may_plan (self))
    {
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (indicator_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  adw_preferences_group_add (self->plan_group, row);
  g_ptr_array_add (self->plan_rows, row);
}

static void
show_plan (ForlopBenefitsView *self)
{
  GPtrArray *indicators = self->shown->indicators;

  for (unsigned int i = 0; i < self->plan_rows->len; i++)
    adw_preferences_group_remove (self->plan_group, g_ptr_array_index (self->plan_rows, i));
  g_ptr_array_set_size (self->plan_rows, 0);

  gtk_widget_set_visible (self->add_button, may_plan (self));
  if (indicators->len == 0)
    add_plan_row (self, _("No indicators yet"), _("Say what is measured, from where and by whom."),
                  NULL);
  for (unsigned int i = 0; i < indicators->len; i++)
    {
      ForlopRecord *indicator = g_ptr_array_index (indicators, i);
      g_autofree char *subtitle =
        g_strdup_printf ("%s · %s", forlop_record_get_text (indicator, "source"),
                         forlop_record_get_text (indicator, "measured_by"));

      add_plan_row (self, forlop_record_get_text (indicator, "name"), subtitle,
                    forlop_record_get_id (indicator));
    }
}

/* Of what is on the page the plan at its end takes the keyboard, and the page would scroll to it. */
static void
start_at_the_top (ForlopBenefitsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "benefits") != 0 &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_child_focus (GTK_WIDGET (self->unit), GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (GtkWidget *widget,
           gpointer   result)
{
  ForlopBenefitsView *self = FORLOP_BENEFITS_VIEW (widget);
  const ForlopBenefits *sums;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (result == NULL)
    return;

  g_clear_pointer (&self->shown, benefits_clear);
  self->shown = result;
  sums = self->shown->sums;
  show_summary (self);
  show_origin (self);
  forlop_benefits_tables_show_use (self->use_grid, sums, FORLOP_VIEW (self));
  forlop_benefits_tables_show_costs (self->costs_grid, self->costs_note, sums);
  forlop_benefits_tables_show_survey (self->survey_grid, self->survey_note, sums);
  show_plan (self);
  gtk_widget_action_set_enabled (widget, "benefits.export", TRUE);
  start_at_the_top (self);
  gtk_stack_set_visible_child_name (self->stack,
                                    sums->n_started == 0 && self->shown->indicators->len == 0
                                      ? "empty" : "benefits");
}

static void
forlop_benefits_view_refresh (ForlopView *view)
{
  ForlopBenefitsView *self = FORLOP_BENEFITS_VIEW (view);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = forlop_session_get_store (session);
  Query *query;

  forlop_unit_filter_set_session (self->unit, session);
  if (store == NULL)
    return;

  query = g_new0 (Query, 1);
  query->unit_id = g_strdup (forlop_unit_filter_get_unit_id (self->unit));
  query->without_names = forlop_session_is_role (session, "manager");
  forlop_load (GTK_WIDGET (self), store, load_on_worker, query, query_free, benefits_clear, loaded_cb);
}

static void
unit_cb (ForlopBenefitsView *self)
{
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

typedef struct {
  GtkWidget *view;
  GFile *file;
  GBytes *bytes;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->view);
  g_object_unref (export->file);
  g_bytes_unref (export->bytes);
  g_free (export);
}

static DexFuture *
export_logged_cb (DexFuture *completed,
                  gpointer   user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (completed, &error) == NULL)
    forlop_toast_error (export->view, error);
  else
    forlop_chosen_file_write (export->view, export->file, export->bytes, _("Exported"));

  return NULL;
}

static void
target_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ForlopBenefitsView) self = FORLOP_BENEFITS_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  g_autoptr (GBytes) bytes = NULL;
  Export *export;

  if (file != NULL && self->shown != NULL)
    bytes = forlop_benefits_to_csv (self->shown->sums, &error);
  if (bytes == NULL)
    {
      if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        forlop_toast_error (GTK_WIDGET (self), error);
      return;
    }

  export = g_new0 (Export, 1);
  export->view = g_object_ref (GTK_WIDGET (self));
  export->file = g_object_ref (file);
  export->bytes = g_bytes_ref (bytes);
  dex_future_disown (dex_future_finally (
    forlop_access_log_append (forlop_view_get_session (FORLOP_VIEW (self)), NULL,
                              FORLOP_ACCESS_EXPORTED, "benefit_cost,baseline,survey_answer"),
    export_logged_cb, export, export_free));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name G_GNUC_UNUSED,
           GVariant   *parameter G_GNUC_UNUSED)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Export as CSV"));
  gtk_file_dialog_set_initial_name (dialog, _("benefits.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, target_chosen_cb,
                        g_object_ref (widget));
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name G_GNUC_UNUSED,
        GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_act_dialog_present (widget, forlop_view_get_session (FORLOP_VIEW (widget)), "save-indicator",
                             NULL, NULL, NULL, NULL);
}

static void
forlop_benefits_view_dispose (GObject *object)
{
  ForlopBenefitsView *self = FORLOP_BENEFITS_VIEW (object);

  g_clear_pointer (&self->shown, benefits_clear);
  g_clear_pointer (&self->plan_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_benefits_view_parent_class)->dispose (object);
}

static void
forlop_benefits_view_class_init (ForlopBenefitsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_benefits_view_dispose;
  FORLOP_VIEW_CLASS (klass)->refresh = forlop_benefits_view_refresh;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_UNIT_FILTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/benefits/forlop-benefits-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, unit);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, summary);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, origin);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, use_grid);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, costs_note);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, costs_grid);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, survey_note);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, survey_grid);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, plan_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopBenefitsView, add_button);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_install_action (widget_class, "benefits.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "benefits.add-indicator", NULL, add_cb);
}

static void
forlop_benefits_view_init (ForlopBenefitsView *self)
{
  self->plan_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "benefits.export", FALSE);
}
