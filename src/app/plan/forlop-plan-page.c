/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-alarm-load-group.h"
#include "forlop-case-sections.h"
#include "forlop-column-layout.h"
#include "forlop-empty-state.h"
#include "forlop-json.h"
#include "forlop-letter-dialog.h"
#include "forlop-load.h"
#include "forlop-plan-editor.h"
#include "forlop-plan-life.h"
#include "forlop-plan-records.h"
#include "forlop-plan-review.h"
#include "forlop-plan-shown.h"
#include "forlop-plan-start.h"
#include "forlop-plan-template.h"
#include "forlop-plan-trial.h"
#include "forlop-record-title.h"
#include "forlop-stepper.h"
#include "forlop-template-dialog.h"

struct _ForlopPlanPage
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwBin *failed_bin;
  GtkScrolledWindow *scroller;
  GtkWidget *side_pane;
  AdwBin *side_bin;
  AdwBin *inline_bin;
  GtkLabel *name_label;
  GtkLabel *state_label;
  ForlopStepper *stepper;
  AdwWrapBox *acts;
  GtkWidget *review_box;
  GtkLabel *review_label;
  AdwBin *body_bin;
  ForlopAlarmLoadGroup *load_group;
  AdwBin *start_bin;
  AdwBin *life_bin;

  /* Borrowed references */
  ForlopPlanEditor *editor; /* NULL: what is shown is no draft */
  ForlopPlanTrial *trials[2];

  /* Owned references */
  ForlopPlanData *data;
  char *edited_id; /* the draft in the editor */
};

G_DEFINE_FINAL_TYPE (ForlopPlanPage, forlop_plan_page, FORLOP_TYPE_VIEW)

/* The acts on the plan, the next one first, each with the state it belongs to. */
static const struct {
  const char *act;
  const char *condition;
} plan_acts[] = {
  { "send-plan-to-gp", "status=draft" },
  { "approve-plan", "status=sent_to_gp" },
  { "put-plan-in-force", "status=approved" },
  { "inform-citizen-of-plan", "status=in_force" },
  { "approve-plan", "status=draft" },
  { "put-plan-in-force", "status=draft" },
  { "reopen-plan", "status=sent_to_gp" },
  { "reopen-plan", "status=approved" },
  { "discard-plan", "status=draft" },
  { "discard-plan", "status=sent_to_gp" },
  { "discard-plan", "status=approved" },
};

static const char *
forlop_plan_page_get_role (ForlopPlanPage *self)
{
  ForlopIdentity *me = forlop_session_get_actor (forlop_view_get_session (FORLOP_VIEW (self)));

  return me != NULL ? forlop_identity_get_role (me) : NULL;
}

static gboolean
forlop_plan_page_may (ForlopPlanPage *self,
                      const char     *act)
{
  return forlop_case_act_is_open (self->data->the_case, forlop_plan_page_get_role (self), act);
}

static void
forlop_plan_page_act_action (GtkWidget  *widget,
                             const char *action_name G_GNUC_UNUSED,
                             GVariant   *parameter)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (widget);
  const char *act, *subject_type, *subject_id;

  if (self->data == NULL)
    return;

  g_variant_get (parameter, "(&s&s&s)", &act, &subject_type, &subject_id);
  if (!g_str_equal (act, "discard-plan") && self->editor != NULL && !forlop_plan_editor_is_saved (self->editor))
    return;
  forlop_act_dialog_present (widget, forlop_view_get_session (FORLOP_VIEW (self)), act, subject_type,
                             subject_id, self->data->the_case->case_id, self->data->the_case->citizen_id);
}

static void
forlop_plan_page_draft_action (GtkWidget  *widget,
                               const char *action_name G_GNUC_UNUSED,
                               GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (widget);

  if (self->data != NULL)
    forlop_plan_start_run (widget, forlop_view_get_session (FORLOP_VIEW (self)),
                           self->data->the_case->case_id, NULL);
}

static void
forlop_plan_page_paper_action (GtkWidget  *widget,
                               const char *action_name G_GNUC_UNUSED,
                               GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (widget);

  if (self->data != NULL && self->data->plan != NULL)
    forlop_letter_dialog_present (widget, forlop_view_get_session (FORLOP_VIEW (self)),
                                  self->data->the_case->case_id, "care_plan", forlop_record_get_id (self->data->plan));
}

/* What the plan says without what is the citizen's own. */
static void
forlop_plan_page_template_action (GtkWidget  *widget,
                                  const char *action_name G_GNUC_UNUSED,
                                  GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (widget);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *body = NULL;
  g_autofree char *known = NULL;
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *code = NULL;
  yyjson_mut_val *root;

  if (self->data == NULL || self->data->plan == NULL ||
      (self->editor != NULL && !forlop_plan_editor_is_saved (self->editor)))
    return;

  random[8] = '\0';
  code = g_strconcat ("plan-", random, NULL);
  body = forlop_plan_template_write (self->data->the_case->snapshot, self->data->plan, self->data->form_codes);
  root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "code", code);
  yyjson_mut_obj_add_str (doc, root, "kind", "plan");
  yyjson_mut_obj_add_str (doc, root, "body", body);
  yyjson_mut_obj_add_str (doc, root, "language", "nb");
  yyjson_mut_obj_add_bool (doc, root, "proposal", TRUE);
  yyjson_mut_obj_add_bool (doc, root, "active", TRUE);
  known = yyjson_mut_write (doc, 0, NULL);
  forlop_act_dialog_present_known (widget, forlop_view_get_session (FORLOP_VIEW (self)), "save-template",
                                   NULL, NULL, NULL, NULL, known);
}

static GtkWidget *
forlop_plan_page_add_button (ForlopPlanPage *self,
                             const char     *label,
                             const char     *action,
                             GVariant       *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_wrap_box_append (self->acts, button);

  return button;
}

static void
forlop_plan_page_add_act (ForlopPlanPage *self,
                          const char     *act,
                          ForlopRecord   *subject,
                          gboolean        is_next)
{
  const char *type = forlop_record_get_rtype (subject)->name;
  GtkWidget *button = forlop_plan_page_add_button (
    self, forlop_act_title (forlop_act_find (act), type), "plan.act",
    g_variant_new ("(sss)", act, type, forlop_record_get_id (subject)));

  if (is_next)
    gtk_widget_add_css_class (button, "suggested-action");
}

static void
forlop_plan_page_show_acts (ForlopPlanPage *self)
{
  ForlopRecord *plan = self->data->plan;
  gboolean first = TRUE;
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->acts))) != NULL)
    adw_wrap_box_remove (self->acts, button);
  for (unsigned int i = 0; plan != NULL && i < G_N_ELEMENTS (plan_acts); i++)
    {
      if (!forlop_case_condition_holds (plan, NULL, plan_acts[i].condition) ||
          !forlop_plan_page_may (self, plan_acts[i].act) ||
          (g_str_equal (plan_acts[i].act, "inform-citizen-of-plan") && forlop_record_has (plan, "informed_on")))
        continue;
      forlop_plan_page_add_act (self, plan_acts[i].act, plan, first);
      first = FALSE;
    }
  if (plan != NULL && !forlop_plan_is_made (plan) && forlop_plan_page_may (self, "draft-plan"))
    forlop_plan_page_add_button (self, _("Make a new version"), "plan.draft", NULL);
  if (plan != NULL && forlop_record_text_is (plan, "status", "in_force") &&
      forlop_plan_page_may (self, "attach-document"))
    forlop_plan_page_add_button (self, _("Print for the citizen…"), "plan.paper", NULL);
  if (plan != NULL && forlop_plan_page_may (self, "draft-plan") &&
      forlop_act_allows_role (forlop_act_find ("save-template"), forlop_plan_page_get_role (self)))
    forlop_plan_page_add_button (self, _("Save as template"), "plan.template", NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->acts), gtk_widget_get_first_child (GTK_WIDGET (self->acts)) != NULL);
}

static void
forlop_plan_page_show_steps (ForlopPlanPage *self)
{
  static const struct {
    const char *status;
    const char *label;
    const char *day;
  } steps[] = {
    { "draft", N_("Draft"), NULL },
    { "sent_to_gp", N_("Sent to GP"), "sent_on" },
    { "approved", N_("Approved"), "approved_on" },
    { "in_force", N_("In force"), NULL },
  };
  ForlopStepperStep shown[G_N_ELEMENTS (steps)];
  ForlopRecord *plan = self->data->plan;
  gboolean rules = plan != NULL && forlop_record_get_instant (plan, "valid_from") <= self->data->now;
  unsigned int at = 0;
  unsigned int n = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->stepper), plan != NULL);
  if (plan == NULL)
    return;

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    if (forlop_record_text_is (plan, "status", steps[i].status))
      at = i;
  /* What was passed over, as approval of a plan that only observes, is not shown as done. */
  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    if (i >= at || steps[i].day == NULL || forlop_record_has (plan, steps[i].day))
      shown[n++] = (ForlopStepperStep) {
        .label = _(steps[i].label),
        .state = i < at || (i == at && at == G_N_ELEMENTS (steps) - 1 && rules)
                   ? FORLOP_STEPPER_DONE : i == at ? FORLOP_STEPPER_CURRENT : FORLOP_STEPPER_FUTURE,
      };
  forlop_stepper_set_steps (self->stepper, shown, n);
}

static void
forlop_plan_page_show_head (ForlopPlanPage *self)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (self->data->the_case->snapshot);
  g_autofree char *name = g_strjoin (" ", forlop_record_get_text (citizen, "given_name"),
                                     forlop_record_get_text (citizen, "family_name"), NULL);
  g_autofree char *title = NULL;
  g_autofree char *life = NULL;
  g_autofree char *state = NULL;

  gtk_label_set_label (self->name_label, name);
  if (self->data->plan == NULL)
    state = g_strdup (_("There is no plan yet. Begin a draft."));
  else
    {
      title = forlop_record_dup_title (self->data->plan);
      life = forlop_plan_life_text (self->data->plan, self->data->the_case->names);
      state = *life != '\0' ? g_strjoin (" · ", title, life, NULL) : g_strdup (title);
    }
  gtk_label_set_label (self->state_label, state);
}

static void
forlop_plan_page_add_review_button (GtkWidget  *box,
                                    const char *label,
                                    const char *action,
                                    GVariant   *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static void
forlop_plan_page_show_review (ForlopPlanPage *self)
{
  GtkWidget *buttons = gtk_widget_get_next_sibling (GTK_WIDGET (self->review_label));
  gboolean waits, due;
  g_autofree char *text = forlop_plan_review_text (self->data, &waits, &due);

  gtk_widget_set_visible (self->review_box, text != NULL);
  if (buttons != NULL)
    gtk_box_remove (GTK_BOX (self->review_box), buttons);
  if (text == NULL)
    return;

  gtk_label_set_label (self->review_label, text);
  if (waits)
    return;
  buttons = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 6);
  if (forlop_plan_page_may (self, "draft-plan"))
    forlop_plan_page_add_review_button (buttons, _("Propose new limits"), "plan.draft", NULL);
  if (due && forlop_plan_record_judges (self->data->plan, self->data->the_case->snapshot) &&
      forlop_plan_page_may (self, "review-trial"))
    forlop_plan_page_add_review_button (buttons, _("The limits fit"), "plan.act",
                                        g_variant_new ("(sss)", "review-trial", "case",
                                                       self->data->the_case->case_id));
  gtk_box_append (GTK_BOX (self->review_box), buttons);
}

static void
limits_changed_cb (ForlopPlanPage *self)
{
  g_autoptr (GError) error = NULL;
  ForlopPlanVersion version;
  gboolean good;

  if (self->editor == NULL)
    return;

  good = forlop_plan_editor_get_version (self->editor, &version, &error);
  for (unsigned int i = 0; i < G_N_ELEMENTS (self->trials); i++)
    forlop_plan_trial_set (self->trials[i], good ? &version : NULL, good ? NULL : error->message);
}

static void
forlop_plan_page_edit (ForlopPlanPage *self)
{
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  AdwBin *bins[] = { self->side_bin, self->inline_bin };

  if (g_strcmp0 (self->edited_id, forlop_record_get_id (self->data->plan)) == 0)
    {
      forlop_plan_editor_load (self->editor, self->data);
      return;
    }

  g_set_str (&self->edited_id, forlop_record_get_id (self->data->plan));
  for (unsigned int i = 0; i < G_N_ELEMENTS (self->trials); i++)
    {
      self->trials[i] = FORLOP_PLAN_TRIAL (forlop_plan_trial_new (session, self->data->the_case->citizen_id));
      adw_bin_set_child (bins[i], GTK_WIDGET (self->trials[i]));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->side_bin), TRUE);
  self->editor = FORLOP_PLAN_EDITOR (forlop_plan_editor_new (session, self->data));
  g_signal_connect_object (self->editor, "limits-changed", G_CALLBACK (limits_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->body_bin, GTK_WIDGET (self->editor));
  limits_changed_cb (self);
}

static void
forlop_plan_page_show_plan (ForlopPlanPage *self)
{
  g_clear_pointer (&self->edited_id, g_free);
  self->editor = NULL;
  adw_bin_set_child (self->side_bin, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->side_bin), FALSE);
  adw_bin_set_child (self->inline_bin, NULL);
  adw_bin_set_child (self->body_bin,
                     self->data->plan != NULL
                       ? forlop_plan_shown_new (self->data, forlop_view_get_narrow (FORLOP_VIEW (self)))
                       : NULL);
}

static void
forlop_plan_page_show (ForlopPlanPage *self)
{
  ForlopRecord *plan = self->data->plan;
  gboolean edits = plan != NULL && forlop_record_text_is (plan, "status", "draft") &&
                   forlop_plan_page_may (self, "save-plan");
  gboolean starts = (plan == NULL || !forlop_plan_is_made (plan)) && forlop_plan_page_may (self, "draft-plan");

  forlop_plan_page_show_head (self);
  forlop_plan_page_show_steps (self);
  forlop_plan_page_show_acts (self);
  forlop_plan_page_show_review (self);
  if (edits)
    forlop_plan_page_edit (self);
  else
    forlop_plan_page_show_plan (self);
  gtk_widget_set_visible (GTK_WIDGET (self->load_group), plan != NULL);
  if (plan != NULL)
    forlop_alarm_load_group_show (self->load_group, forlop_view_get_session (FORLOP_VIEW (self)), NULL,
                                  self->data->the_case->case_id, self->data->now);
  adw_bin_set_child (self->start_bin,
                     starts ? forlop_plan_start_new (forlop_view_get_session (FORLOP_VIEW (self)), self->data)
                            : NULL);
  forlop_plan_life_load (FORLOP_PLAN_LIFE (adw_bin_get_child (self->life_bin)), self->data);
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_plan_data_load (connection, user_data, error);
}

static void
loaded_cb (GtkWidget *widget,
           gpointer   result)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (widget);

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (result == NULL)
    {
      if (self->data == NULL)
        {
          adw_bin_set_child (self->failed_bin,
                             forlop_empty_state_new ("dialog-error-symbolic", _("The plan could not be opened"),
                                                     _("Go back and open it again.")));
          gtk_stack_set_visible_child_name (self->stack, "failed");
        }
      return;
    }

  g_clear_pointer (&self->data, forlop_plan_data_unref);
  self->data = result;
  forlop_plan_page_show (self);
}

static void
query_free (gpointer query)
{
  forlop_plan_query_free (query);
}

static void
forlop_plan_page_refresh (ForlopView *view)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (view);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = forlop_session_get_store (session);
  g_autoptr (ForlopActor) actor = forlop_session_dup_actor (session);
  ForlopPlanQuery *query;

  if (store == NULL || forlop_view_get_subject_id (view) == NULL)
    return;

  if (self->data == NULL)
    forlop_view_set_busy (view, TRUE);
  query = g_new0 (ForlopPlanQuery, 1);
  query->case_id = g_strdup (forlop_view_get_subject_id (view));
  query->user_id = g_strdup (actor != NULL ? actor->user_id : NULL);
  query->role = g_strdup (forlop_plan_page_get_role (self));
  query->now = forlop_session_now (session);
  forlop_load (GTK_WIDGET (self), store, load_on_worker, query, query_free,
               (GDestroyNotify) forlop_plan_data_unref, loaded_cb);
}

static const char *const *
forlop_plan_page_get_scenes (ForlopView *view)
{
  static const char *const scenes[] = { "begun", "limits", "parts", "signs", "life", "template", NULL };

  return FORLOP_PLAN_PAGE (view)->data != NULL ? scenes : scenes + G_N_ELEMENTS (scenes) - 1;
}

static void
forlop_plan_page_show_scene (ForlopView *view,
                             const char *scene)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (view);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (g_str_equal (scene, "begun"))
    gtk_adjustment_set_value (adjustment, 0);
  else if (g_str_equal (scene, "limits"))
    gtk_adjustment_set_value (adjustment, end / 4);
  else if (g_str_equal (scene, "parts") && self->editor != NULL)
    forlop_plan_editor_open_first (self->editor);
  else if (g_str_equal (scene, "signs"))
    gtk_adjustment_set_value (adjustment, end / 2);
  else if (g_str_equal (scene, "template") && self->data->templates->len > 0)
    forlop_template_dialog_present (GTK_WIDGET (self), forlop_view_get_session (view),
                                    forlop_record_get_id (g_ptr_array_index (self->data->templates, 0)));
  else if (g_str_equal (scene, "life"))
    gtk_adjustment_set_value (adjustment, end);
}

static void
forlop_plan_page_dispose (GObject *object)
{
  ForlopPlanPage *self = FORLOP_PLAN_PAGE (object);

  self->editor = NULL;
  g_clear_pointer (&self->data, forlop_plan_data_unref);
  g_clear_pointer (&self->edited_id, g_free);

  G_OBJECT_CLASS (forlop_plan_page_parent_class)->dispose (object);
}

static void
forlop_plan_page_class_init (ForlopPlanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_plan_page_dispose;
  view_class->refresh = forlop_plan_page_refresh;
  view_class->get_scenes = forlop_plan_page_get_scenes;
  view_class->show_scene = forlop_plan_page_show_scene;

  g_type_ensure (FORLOP_TYPE_ALARM_LOAD_GROUP);
  g_type_ensure (FORLOP_TYPE_COLUMN_LAYOUT);
  g_type_ensure (FORLOP_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/plan/forlop-plan-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, failed_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, side_pane);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, side_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, inline_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, stepper);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, acts);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, review_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, review_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, body_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, load_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, start_bin);
  gtk_widget_class_bind_template_child (widget_class, ForlopPlanPage, life_bin);
  gtk_widget_class_install_action (widget_class, "plan.act", "(sss)", forlop_plan_page_act_action);
  gtk_widget_class_install_action (widget_class, "plan.draft", NULL, forlop_plan_page_draft_action);
  gtk_widget_class_install_action (widget_class, "plan.template", NULL, forlop_plan_page_template_action);
  gtk_widget_class_install_action (widget_class, "plan.paper", NULL, forlop_plan_page_paper_action);
}

static void
forlop_plan_page_init (ForlopPlanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_bin_set_child (self->life_bin, forlop_plan_life_new ());
}
