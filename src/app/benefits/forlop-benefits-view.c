/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-act.h"
#include "forlop-bar.h"
#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-benefits-csv.h"
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

/* What one reading gives. */
typedef struct _Benefits {
  ForlopBenefits *sums;
  GPtrArray *indicators;
} Benefits;

G_DEFINE_FINAL_TYPE (ForlopBenefitsView, forlop_benefits_view, FORLOP_TYPE_VIEW)

static void
benefits_clear (gpointer data)
{
  Benefits *benefits = data;

  g_clear_pointer (&benefits->sums, forlop_benefits_free);
  g_clear_pointer (&benefits->indicators, g_ptr_array_unref);
  g_free (benefits);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Benefits *benefits = g_new0 (Benefits, 1);

  benefits->sums = forlop_benefits_store_load (connection, user_data, error);
  if (benefits->sums != NULL)
    benefits->indicators = forlop_record_store_list (connection, "indicator", NULL, NULL, error);
  if (benefits->indicators == NULL)
    g_clear_pointer (&benefits, benefits_clear);

  return benefits;
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
attach_text (GtkGrid    *grid,
             const char *text,
             int         column,
             int         row,
             gboolean    number)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, column, row, 1, 1);

  return label;
}

static void
attach_number (GtkGrid *grid,
               double   value,
               int      column,
               int      row)
{
  g_autofree char *text = forlop_number_format (value, 1, FALSE);

  attach_text (grid, text, column, row, TRUE);
}

static void
attach_headings (GtkGrid           *grid,
                 const char *const *headings)
{
  for (int i = 0; headings[i] != NULL; i++)
    {
      GtkWidget *label = attach_text (grid, headings[i], i, 0, i > 0);

      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
    }
}

/* After as a share of before, or of itself where it has grown; the bar needs room and is left out where
 * there is none. */
static void
attach_bar (ForlopBenefitsView *self,
            GtkGrid            *grid,
            double              share,
            int                 column,
            int                 row)
{
  GtkWidget *bar = forlop_bar_new (share);

  gtk_widget_set_hexpand (bar, TRUE);
  g_object_bind_property (self, "narrow", bar, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_grid_attach (grid, bar, column, row, 1, 1);
}

static void
show_use (ForlopBenefitsView *self)
{
  const char *const headings[] = {
    _("Per month"), _("Before"), _("After"), _("People"), NULL,
  };
  const ForlopRecordType *baseline = forlop_record_type_find ("baseline");
  int row = 1;

  clear_grid (self->use_grid);
  attach_headings (self->use_grid, headings);
  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      const ForlopBenefitSum *sum = &self->shown->sums->sums[i];
      const ForlopField *field =
        forlop_record_type_field (baseline, forlop_benefit_field ((ForlopBenefit) i));
      double most = MAX (sum->before, sum->after);

      if (i == FORLOP_BENEFIT_FIRST_COUNT)
        {
          GtkWidget *label = attach_text (self->use_grid, _("In the whole period"), 0, row++, FALSE);

          gtk_widget_add_css_class (label, "caption-heading");
          gtk_widget_add_css_class (label, "dim-label");
          gtk_widget_set_margin_top (label, 6);
        }
      attach_text (self->use_grid, _(field->label), 0, row, FALSE);
      if (sum->n == 0)
        attach_text (self->use_grid, _("not entered"), 1, row, TRUE);
      else
        {
          attach_number (self->use_grid, sum->before, 1, row);
          attach_number (self->use_grid, sum->after, 2, row);
          attach_bar (self, self->use_grid, most > 0 ? sum->after / most : 0, 4, row);
        }
      attach_number (self->use_grid, sum->n, 3, row++);
    }
}

static void
show_costs (ForlopBenefitsView *self)
{
  const ForlopBenefits *sums = self->shown->sums;
  const char *const headings[] = { _("NOK per month"), _("Without"), _("With"), NULL };
  const ForlopField *kind =
    forlop_record_type_field (forlop_record_type_find ("benefit_cost"), "kind");
  g_autofree char *note = NULL;
  int row = 1;

  clear_grid (self->costs_grid);
  gtk_widget_set_visible (GTK_WIDGET (self->costs_grid), sums->n_costs > 0);
  note = sums->n_costs == 0
           ? g_strdup (_("No costs are entered both without and with home follow-up. They are entered "
                         "in a case."))
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "As entered for %u person with costs for both.",
                                           "As entered for %u people with costs for both.",
                                           sums->n_costs), sums->n_costs);
  gtk_label_set_label (self->costs_note, note);
  if (sums->n_costs == 0)
    return;

  attach_headings (self->costs_grid, headings);
  for (const ForlopChoice *choice = kind->choices; choice->code != NULL; choice++, row++)
    {
      attach_text (self->costs_grid, _(choice->label), 0, row, FALSE);
      attach_number (self->costs_grid, forlop_benefits_cost (sums, "without", choice->code), 1, row);
      attach_number (self->costs_grid, forlop_benefits_cost (sums, "with", choice->code), 2, row);
    }
  gtk_widget_add_css_class (attach_text (self->costs_grid, _("Sum"), 0, row, FALSE), "heading");
  attach_number (self->costs_grid, forlop_benefits_cost (sums, "without", NULL), 1, row);
  attach_number (self->costs_grid, forlop_benefits_cost (sums, "with", NULL), 2, row);
}

static unsigned int
count_answers (const ForlopBenefits *sums,
               const ForlopField    *question)
{
  unsigned int n = 0;

  for (const ForlopChoice *choice = question->choices; choice->code != NULL; choice++)
    n += forlop_benefits_survey (sums, question->name, choice->code);

  return n;
}

static void
show_survey (ForlopBenefitsView *self)
{
  static const char *const questions[] = { "safety", "admissions", "plan_use", "satisfaction" };
  const ForlopBenefits *sums = self->shown->sums;
  const ForlopRecordType *type = forlop_record_type_find ("survey_answer");
  g_autofree char *note = NULL;
  int row = 0;

  clear_grid (self->survey_grid);
  note = sums->n_surveys == 0
           ? g_strdup (_("Nobody has answered yet. The citizen's answers are entered in the case."))
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u answer", "%u answers",
                                           sums->n_surveys), sums->n_surveys);
  gtk_label_set_label (self->survey_note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->survey_grid), sums->n_surveys > 0);

  for (unsigned int i = 0; i < G_N_ELEMENTS (questions) && sums->n_surveys > 0; i++)
    {
      const ForlopField *question = forlop_record_type_field (type, questions[i]);
      unsigned int n = count_answers (sums, question);
      g_autofree char *title = g_strdup_printf ("%s (n = %u)", _(question->label), n);
      GtkWidget *heading = attach_text (self->survey_grid, title, 0, row++, FALSE);

      gtk_widget_add_css_class (heading, "heading");
      gtk_widget_set_margin_top (heading, i > 0 ? 12 : 0);
      for (const ForlopChoice *choice = question->choices; choice->code != NULL; choice++, row++)
        {
          unsigned int answers = forlop_benefits_survey (sums, question->name, choice->code);
          GtkWidget *bar = forlop_bar_new (n > 0 ? (double) answers / n : 0);

          attach_text (self->survey_grid, _(choice->label), 0, row, FALSE);
          attach_number (self->survey_grid, answers, 1, row);
          gtk_widget_set_hexpand (bar, TRUE);
          gtk_grid_attach (self->survey_grid, bar, 2, row, 1, 1);
        }
    }
}

static void
show_summary (ForlopBenefitsView *self)
{
  const ForlopBenefits *sums = self->shown->sums;
  g_autoptr (GString) origin = g_string_new (NULL);
  g_autofree char *summary =
    g_strdup_printf (_("%u started, of them %u in service and %u ended. %u have a baseline, and %u "
                       "have numbers after start as well; only those are compared. %u have fewer "
                       "visits by skilled staff and more by unskilled."),
                     sums->n_started, sums->n_running, sums->n_ended, sums->n_baseline, sums->n_both,
                     sums->n_moved);

  gtk_label_set_label (self->summary, summary);
  if (sums->n_both > 0)
    {
      g_autofree char *before = forlop_number_format (sums->months_before, 1, FALSE);
      g_autofree char *after = forlop_number_format (sums->months_after, 1, FALSE);

      g_string_append_printf (origin, _("Length of the periods: %s months before, %s after."), before,
                              after);
    }
  for (unsigned int i = 0; i < sums->origins->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (sums->origins, i);

      if (i == 0)
        g_string_append_printf (origin, "%s%s", origin->len > 0 ? " " : "", _("Where they come from:"));
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
  show_use (self);
  show_costs (self);
  show_survey (self);
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

  forlop_unit_filter_set_session (self->unit, session);
  if (store == NULL)
    return;

  forlop_load (GTK_WIDGET (self), store, load_on_worker,
               g_strdup (forlop_unit_filter_get_unit_id (self->unit)), g_free, benefits_clear,
               loaded_cb);
}

static void
unit_cb (ForlopBenefitsView *self)
{
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    forlop_toast (widget, _("Exported"));
  else
    forlop_toast_error (widget, error);
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
    g_file_replace_contents_bytes_async (export->file, export->bytes, NULL, FALSE,
                                         G_FILE_CREATE_PRIVATE, NULL, written_cb,
                                         g_object_ref (export->view));

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
