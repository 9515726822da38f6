/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-editor.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"
#include "forlop-error.h"
#include "forlop-limit-row.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-part.h"
#include "forlop-plan-parts.h"
#include "forlop-plan-records.h"
#include "forlop-window.h"

struct _ForlopPlanEditor
{
  AdwBin parent_instance;

  GtkWidget *signs;
  GtkWidget *agreement;
  GtkListBox *limits;
  GtkDropDown *more;
  ForlopPlanParts *schedules;
  ForlopPlanParts *rules;

  /* Owned */
  ForlopSession *session;
  ForlopPlanData *data;
  GPtrArray *rows;    /* ForlopLimitRow, in the order of the table of measures */
  GArray *others;     /* ForlopMeasure: what @more offers, after its first line */
  unsigned int more_source;
  gboolean filling;
};

enum {
  SIGNAL_LIMITS_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopPlanEditor, forlop_plan_editor, ADW_TYPE_BIN)

static const ForlopPlanPartGroup sign_groups[] = {
  { NULL, { "goal", NULL } },
  { N_("● Green"), { "green_signs", "green_actions", NULL } },
  { N_("▲ Yellow"), { "yellow_signs", "yellow_actions", NULL } },
  { N_("■ Red"), { "red_signs", "red_actions", NULL } },
  { NULL, { NULL } },
};

static const ForlopPlanPartGroup agreement_groups[] = {
  { NULL, { "contacts", "observation_until", "repeat_minutes", NULL } },
  { NULL, { NULL } },
};

static const ForlopDraft *
find_draft (const ForlopPlanData *data,
            const char           *part)
{
  g_autofree char *key = forlop_plan_draft_key (forlop_record_get_id (data->plan), part);

  return g_hash_table_lookup (data->drafts, key);
}

static ForlopRecord *
find_limit (const ForlopPlanData *data,
            ForlopMeasure         measure)
{
  g_autoptr (GPtrArray) limits = forlop_plan_list_parts (data->the_case->snapshot, "limit", data->plan);

  for (unsigned int i = 0; i < limits->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (limits, i), "code", forlop_measure_code (measure)))
      return g_ptr_array_index (limits, i);

  return NULL;
}

static gboolean
is_scheduled (const ForlopPlanData *data,
              ForlopMeasure         measure)
{
  g_autoptr (GPtrArray) schedules =
    forlop_plan_list_parts (data->the_case->snapshot, "schedule", data->plan);

  for (unsigned int i = 0; i < schedules->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (schedules, i), "code", forlop_measure_code (measure)))
      return TRUE;

  return FALSE;
}

/* Whatever has limits, is to be measured, or has been measured lately stands on the page. */
static gboolean
is_wanted (const ForlopPlanData *data,
           ForlopMeasure         measure)
{
  ForlopLimitProposal own;

  forlop_plan_data_propose (data, measure, &own);

  return own.n_readings > 0 || find_limit (data, measure) != NULL || is_scheduled (data, measure) ||
         find_draft (data, forlop_measure_code (measure)) != NULL;
}

static ForlopLimitRow *
find_row (ForlopPlanEditor *self,
          ForlopMeasure     measure)
{
  for (unsigned int i = 0; i < self->rows->len; i++)
    if (forlop_limit_row_get_measure (g_ptr_array_index (self->rows, i)) == measure)
      return g_ptr_array_index (self->rows, i);

  return NULL;
}

/* The two of a blood pressure are right only together. */
static gboolean
forlop_plan_editor_check_pair (ForlopPlanEditor  *self,
                               GError           **error)
{
  ForlopLimitRow *systolic = find_row (self, FORLOP_MEASURE_SYSTOLIC);
  ForlopLimitRow *diastolic = find_row (self, FORLOP_MEASURE_DIASTOLIC);
  ForlopLimits upper, lower;

  return systolic == NULL || diastolic == NULL || !forlop_limit_row_get_limits (systolic, &upper) ||
         !forlop_limit_row_get_limits (diastolic, &lower) ||
         forlop_limits_validate_pair (&upper, &lower, error);
}

static void
limits_typed_cb (ForlopPlanEditor *self,
                 ForlopLimitRow   *row)
{
  ForlopMeasure measure = forlop_limit_row_get_measure (row);
  g_autoptr (GError) error = NULL;

  if ((measure == FORLOP_MEASURE_SYSTOLIC || measure == FORLOP_MEASURE_DIASTOLIC) &&
      !forlop_plan_editor_check_pair (self, &error))
    forlop_limit_row_set_error (row, error->message);
  g_signal_emit (self, signals[SIGNAL_LIMITS_CHANGED], 0);
}

static void
forlop_plan_editor_load_row (ForlopPlanEditor *self,
                             ForlopLimitRow   *row)
{
  ForlopMeasure measure = forlop_limit_row_get_measure (row);
  ForlopLimitProposal own;

  forlop_plan_data_propose (self->data, measure, &own);
  forlop_limit_row_load (row, find_limit (self->data, measure), &own,
                         find_draft (self->data, forlop_measure_code (measure)));
}

static ForlopLimitRow *
forlop_plan_editor_add_row (ForlopPlanEditor *self,
                            ForlopMeasure     measure)
{
  GtkWidget *row = forlop_limit_row_new (self->session, forlop_record_get_id (self->data->plan), measure);

  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (self->limits, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (limits_typed_cb), self, G_CONNECT_SWAPPED);

  return FORLOP_LIMIT_ROW (row);
}

/* The measures that have no row, to choose another from. */
static void
forlop_plan_editor_offer_more (ForlopPlanEditor *self)
{
  const ForlopField *codes = forlop_record_type_field (forlop_record_type_find ("limit"), "code");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->filling = TRUE;
  g_array_set_size (self->others, 0);
  gtk_string_list_append (names, _("Set limits for another measure"));
  for (const ForlopChoice *choice = codes->choices; choice->code != NULL; choice++)
    {
      ForlopMeasure measure = forlop_measure_find ("forlop", choice->code);

      if (find_row (self, measure) != NULL)
        continue;
      g_array_append_val (self->others, measure);
      gtk_string_list_append (names, forlop_measure_label (measure));
    }
  gtk_drop_down_set_model (self->more, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->more, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->others->len > 0);
  self->filling = FALSE;
}

static gboolean
add_chosen_cb (gpointer user_data)
{
  ForlopPlanEditor *self = user_data;
  unsigned int selected = gtk_drop_down_get_selected (self->more);
  ForlopLimitRow *row;

  self->more_source = 0;
  if (selected == 0 || selected > self->others->len)
    return G_SOURCE_REMOVE;

  row = forlop_plan_editor_add_row (self, g_array_index (self->others, ForlopMeasure, selected - 1));
  forlop_plan_editor_load_row (self, row);
  forlop_plan_editor_offer_more (self);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

/* The list is still at work on the line that was chosen: another model now would take it away under it. */
static void
more_cb (ForlopPlanEditor *self)
{
  if (!self->filling && self->more_source == 0)
    self->more_source = g_idle_add (add_chosen_cb, self);
}

static void
forlop_plan_editor_load_limits (ForlopPlanEditor *self)
{
  const ForlopField *codes = forlop_record_type_field (forlop_record_type_find ("limit"), "code");

  for (const ForlopChoice *choice = codes->choices; choice->code != NULL; choice++)
    {
      ForlopMeasure measure = forlop_measure_find ("forlop", choice->code);

      if (find_row (self, measure) == NULL && is_wanted (self->data, measure))
        forlop_plan_editor_add_row (self, measure);
    }
  for (unsigned int i = 0; i < self->rows->len; i++)
    forlop_plan_editor_load_row (self, g_ptr_array_index (self->rows, i));
  forlop_plan_editor_offer_more (self);
}

void
forlop_plan_editor_load (ForlopPlanEditor *self,
                         ForlopPlanData   *data)
{
  g_return_if_fail (FORLOP_IS_PLAN_EDITOR (self));
  g_return_if_fail (data != NULL && data->plan != NULL);

  forlop_plan_data_ref (data);
  g_clear_pointer (&self->data, forlop_plan_data_unref);
  self->data = data;
  forlop_plan_part_load (FORLOP_PLAN_PART (self->signs), data->plan, find_draft (data, "signs"));
  forlop_plan_part_load (FORLOP_PLAN_PART (self->agreement), data->plan, find_draft (data, "agreement"));
  forlop_plan_editor_load_limits (self);
  forlop_plan_parts_load (self->schedules, data);
  forlop_plan_parts_load (self->rules, data);
  g_signal_emit (self, signals[SIGNAL_LIMITS_CHANGED], 0);
}

gboolean
forlop_plan_editor_get_version (ForlopPlanEditor   *self,
                                ForlopPlanVersion  *version,
                                GError            **error)
{
  g_autoptr (GPtrArray) no_limits = g_ptr_array_new ();

  g_return_val_if_fail (FORLOP_IS_PLAN_EDITOR (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  if (!forlop_plan_version_read (version, self->data->plan, no_limits,
                                 forlop_snapshot_list (self->data->the_case->snapshot, "plan_rule"), error))
    return FALSE;
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      ForlopLimitRow *row = g_ptr_array_index (self->rows, i);
      ForlopLimits limits;

      if (!forlop_limit_row_get_limits (row, &limits))
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       /* Translators: a measure, inside a sentence. */
                       _("The limits for %s cannot be tried. Correct them first."),
                       forlop_measure_noun (forlop_limit_row_get_measure (row)));
          return FALSE;
        }
      if (!forlop_limits_is_empty (&limits) && !forlop_plan_version_set_limits (version, &limits, error))
        return FALSE;
    }

  return forlop_plan_editor_check_pair (self, error);
}

static GtkWidget *
find_unsaved (ForlopPlanEditor *self)
{
  GtkWidget *open;

  for (unsigned int i = 0; i < self->rows->len; i++)
    if (forlop_limit_row_get_changed (g_ptr_array_index (self->rows, i)))
      return g_ptr_array_index (self->rows, i);
  open = forlop_plan_parts_find_open (self->rules);
  if (open == NULL)
    open = forlop_plan_parts_find_open (self->schedules);
  if (open != NULL)
    return open;
  if (forlop_plan_part_get_changed (FORLOP_PLAN_PART (self->signs)))
    return self->signs;

  return forlop_plan_part_get_changed (FORLOP_PLAN_PART (self->agreement)) ? self->agreement : NULL;
}

gboolean
forlop_plan_editor_is_saved (ForlopPlanEditor *self)
{
  GtkWidget *unsaved, *focus;

  g_return_val_if_fail (FORLOP_IS_PLAN_EDITOR (self), FALSE);

  unsaved = find_unsaved (self);
  if (unsaved == NULL)
    return TRUE;

  forlop_toast (GTK_WIDGET (self), _("Something in the draft is not saved yet. Save it first."));
  focus = gtk_root_get_focus (gtk_widget_get_root (unsaved));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, unsaved))
    gtk_widget_child_focus (unsaved, GTK_DIR_TAB_FORWARD);

  return FALSE;
}

void
forlop_plan_editor_open_first (ForlopPlanEditor *self)
{
  GtkWidget *viewport;

  g_return_if_fail (FORLOP_IS_PLAN_EDITOR (self));

  viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  forlop_plan_parts_open_first (self->schedules);
  if (viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (self->schedules), NULL);
}

static void
forlop_plan_editor_dispose (GObject *object)
{
  g_clear_handle_id (&FORLOP_PLAN_EDITOR (object)->more_source, g_source_remove);

  G_OBJECT_CLASS (forlop_plan_editor_parent_class)->dispose (object);
}

static void
forlop_plan_editor_finalize (GObject *object)
{
  ForlopPlanEditor *self = FORLOP_PLAN_EDITOR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->data, forlop_plan_data_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_array_unref);

  G_OBJECT_CLASS (forlop_plan_editor_parent_class)->finalize (object);
}

static void
forlop_plan_editor_class_init (ForlopPlanEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_plan_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = forlop_plan_editor_finalize;

  /**
   * ForlopPlanEditor::limits-changed:
   *
   * Other limits or trend rules can be tried.
   */
  signals[SIGNAL_LIMITS_CHANGED] =
    g_signal_new ("limits-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
forlop_plan_editor_init (ForlopPlanEditor *self)
{
  self->rows = g_ptr_array_new ();
  self->others = g_array_new (FALSE, FALSE, sizeof (ForlopMeasure));
}

static void
append_titled (GtkBox     *box,
               const char *title,
               const char *description,
               GtkWidget  *child)
{
  GtkWidget *name = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "title-4");
  gtk_box_append (box, name);
  if (description != NULL)
    {
      GtkWidget *label = gtk_label_new (description);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (box, label);
    }
  gtk_box_append (box, child);
}

static void
forlop_plan_editor_build (ForlopPlanEditor *self,
                          const char       *plan_id)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  self->signs = forlop_plan_part_new (self->session, plan_id, "signs", _("Goal, signs and actions"),
                                      sign_groups);
  self->agreement = forlop_plan_part_new (self->session, plan_id, "agreement",
                                          _("Contacts, observation and repeat"), agreement_groups);
  self->limits = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->limits, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->limits), "boxed-list");
  self->more = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_START);
  forlop_drop_down_speak (self->more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Set limits for another measure"), -1);
  g_signal_connect_object (self->more, "notify::selected", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  self->schedules = FORLOP_PLAN_PARTS (forlop_plan_parts_new (self->session, "schedule"));
  self->rules = FORLOP_PLAN_PARTS (forlop_plan_parts_new (self->session, "plan_rule"));

  append_titled (box, _("Limits"),
                 _("A value equal to a limit is inside it. What is empty is not set. Enter saves the measure."),
                 GTK_WIDGET (self->limits));
  gtk_box_append (box, GTK_WIDGET (self->more));
  append_titled (box, _("Trend rules"), NULL, GTK_WIDGET (self->rules));
  append_titled (box, _("Schedules and forms"), NULL, GTK_WIDGET (self->schedules));
  gtk_box_append (box, self->signs);
  gtk_box_append (box, self->agreement);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

GtkWidget *
forlop_plan_editor_new (ForlopSession  *session,
                        ForlopPlanData *data)
{
  ForlopPlanEditor *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (data != NULL && data->plan != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PLAN_EDITOR, NULL);
  self->session = g_object_ref (session);
  forlop_plan_editor_build (self, forlop_record_get_id (data->plan));
  forlop_plan_editor_load (self, data);

  return GTK_WIDGET (self);
}
