/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts.h"
#include "forlop-case-sections.h"
#include "forlop-contested-value.h"
#include "forlop-field-value.h"
#include "forlop-refused-row.h"
#include "forlop-waiting-tag.h"

/* More than anybody reads; the first are the most urgent. */
#define MAX_DUTIES 40

static char *
dup_name (ForlopRecord *citizen,
          ForlopDate    today)
{
  g_autofree char *name = g_strjoin (" ", forlop_record_get_text (citizen, "given_name"),
                                     forlop_record_get_text (citizen, "family_name"), NULL);

  if (forlop_record_has (citizen, "died_on") || !forlop_record_has (citizen, "birth_date"))
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s, %d", name,
                          forlop_date_age (forlop_record_get_date (citizen, "birth_date"), today));
}

void
forlop_case_page_show_id (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopRecord *citizen = forlop_snapshot_get_citizen (priv->data->snapshot);
  const char *number = forlop_record_get_text (citizen, "id_number");
  g_autofree char *born = forlop_record_dup_shown (citizen, "birth_date");
  g_autofree char *hidden = NULL;

  gtk_widget_set_visible (GTK_WIDGET (priv->id_button), number != NULL || born != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->id_button), number != NULL);
  if (number != NULL && priv->revealed)
    hidden = g_strdup_printf ("%.6s %s", number, number + 6);
  else if (number != NULL)
    hidden = g_strdup_printf ("%s •••••", born != NULL ? born : "••••••");
  else
    hidden = g_strdup (born);
  gtk_button_set_label (priv->id_button, hidden != NULL ? hidden : "");
}

static void
show_chip (GtkLabel   *chip,
           const char *text)
{
  gtk_label_set_label (chip, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (chip), text != NULL);
}

static void
show_marks (ForlopCasePagePrivate *priv,
            ForlopRecord          *citizen)
{
  g_autofree char *protection = NULL;
  g_autofree char *interpreter = NULL;

  if (forlop_record_has (citizen, "address_protection") &&
      !forlop_record_text_is (citizen, "address_protection", "none"))
    protection = forlop_record_dup_shown (citizen, "address_protection");
  else if (forlop_contested_address (citizen, forlop_snapshot_list (priv->data->snapshot, "contested_value")))
    protection = g_strdup (_("Address protection is not settled: treated as protected"));
  if (forlop_record_has (citizen, "interpreter"))
    /* Translators: a language. */
    interpreter = g_strdup_printf (_("Interpreter: %s"), forlop_record_get_text (citizen, "interpreter"));
  show_chip (priv->protection_label, protection);
  show_chip (priv->interpreter_label, interpreter);
  gtk_widget_set_visible (GTK_WIDGET (priv->other_case_button), priv->data->other_case_id != NULL);
  if (priv->data->other_case_id != NULL)
    {
      g_autofree char *action = g_strdup_printf ("win.open(('case', '%s'))", priv->data->other_case_id);
      /* Translators: the number of a case. */
      g_autofree char *label = g_strdup_printf (_("Also open: case %s"), priv->data->other_case_number);

      gtk_button_set_label (priv->other_case_button, label);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (priv->other_case_button), action);
    }
  show_chip (priv->waiting_label,
             forlop_snapshot_waits_as_new (priv->data->snapshot, forlop_record_get_id (citizen))
               ? forlop_waiting_words () : NULL);
}

/* "In service since 09.01.2026 · Sone Nord · case 2026-12" */
static char *
dup_state (const ForlopCaseData *data)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (data->snapshot);
  ForlopRecord *the_case = forlop_snapshot_get_case (data->snapshot);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *unit_id;

  if (forlop_record_has (citizen, "died_on"))
    {
      g_autofree char *died = forlop_record_dup_shown (citizen, "died_on");

      g_ptr_array_add (parts, g_strdup_printf (_("Died %s"), died));
    }
  if (the_case != NULL && forlop_record_text_is (the_case, "status", "running"))
    {
      g_autofree char *started = forlop_record_dup_shown (the_case, "started_on");

      g_ptr_array_add (parts, g_strdup_printf (_("Daily follow-up since %s"), started));
    }
  else if (the_case != NULL)
    g_ptr_array_add (parts, forlop_record_dup_shown (the_case, "status"));

  unit_id = the_case != NULL && forlop_record_has (the_case, "unit_id")
              ? forlop_record_get_text (the_case, "unit_id")
              : forlop_record_get_text (citizen, "unit_id");
  if (unit_id != NULL && g_hash_table_lookup (data->names, unit_id) != NULL)
    g_ptr_array_add (parts, g_strdup (g_hash_table_lookup (data->names, unit_id)));
  if (the_case != NULL)
    /* Translators: the number of a case. */
    g_ptr_array_add (parts, g_strdup_printf (_("case %s"), forlop_record_get_text (the_case, "number")));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* What stands in the way of the duty's act, on one line each; NULL when nothing does. */
static char *
dup_missing (const ForlopCaseData *data,
             const ForlopDuty     *duty)
{
  const ForlopAct *act = duty->act != NULL ? forlop_act_find (duty->act) : NULL;
  g_auto (GStrv) missing = act != NULL ? forlop_acts_explain (act, data->snapshot) : NULL;

  return missing != NULL ? g_strjoinv ("\n", missing) : NULL;
}

static void
show_steps (ForlopCasePagePrivate *priv)
{
  static const ForlopStepperState states[] = {
    [FORLOP_STEP_FUTURE] = FORLOP_STEPPER_FUTURE,
    [FORLOP_STEP_CURRENT] = FORLOP_STEPPER_CURRENT,
    [FORLOP_STEP_DONE] = FORLOP_STEPPER_DONE,
    [FORLOP_STEP_SKIPPED] = FORLOP_STEPPER_FUTURE,
  };
  const ForlopPathway *pathway = &priv->data->pathway;
  ForlopStepperStep steps[FORLOP_N_STEPS];
  g_autoptr (GPtrArray) tooltips = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < FORLOP_N_STEPS; i++)
    {
      char *tooltip = NULL;

      if (pathway->done_on[i] != FORLOP_DATE_NONE)
        {
          g_autofree char *date = forlop_date_format (pathway->done_on[i]);

          tooltip = g_strdup_printf (_("Done %s"), date);
        }
      else if (pathway->states[i] == FORLOP_STEP_SKIPPED)
        tooltip = g_strdup (_("Passed over"));
      if (tooltip != NULL)
        g_ptr_array_add (tooltips, tooltip);
      steps[i] = (ForlopStepperStep) { forlop_step_label (i), states[pathway->states[i]], tooltip };
    }

  forlop_stepper_set_steps (priv->stepper, steps, FORLOP_N_STEPS);
}

static char *
dup_owner (const ForlopCaseData *data,
           const ForlopDuty     *duty)
{
  const char *unit = duty->unit_id != NULL ? g_hash_table_lookup (data->names, duty->unit_id) : NULL;

  return g_strjoin (", ", forlop_role_label (duty->role), unit, NULL);
}

static char *
dup_due (const ForlopDuty *duty)
{
  g_autofree char *date = NULL;

  if (duty->due_at == FORLOP_INSTANT_NONE)
    return NULL;
  date = forlop_date_format (forlop_instant_to_date (duty->due_at));

  /* Translators: a date. */
  return g_strdup_printf (_("due %s"), date);
}

/* The action of a duty that I may answer now; NULL otherwise. */
static char *
dup_action (ForlopCasePage   *self,
            const ForlopDuty *duty,
            const char       *missing)
{
  const char *role = forlop_case_page_get_role (self);

  if (missing != NULL || duty->act == NULL || role == NULL ||
      !forlop_act_allows_role (forlop_act_find (duty->act), role))
    return NULL;

  return g_strdup_printf ("case.act(('%s', '%s', '%s'))", duty->act, duty->subject_type,
                          duty->subject_id);
}

static void
show_next_step (ForlopCasePage   *self,
                const ForlopDuty *duty)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));
  g_autofree char *what = forlop_duty_describe (duty->rule, duty->arguments, forlop_instant_to_date (now));
  g_autofree char *owner = dup_owner (priv->data, duty);
  g_autofree char *due = dup_due (duty);
  g_autofree char *missing = dup_missing (priv->data, duty);
  g_autofree char *action = dup_action (self, duty, missing);

  forlop_next_step_set (priv->next_step, what, due, owner);
  forlop_next_step_set_overdue (priv->next_step, duty->due_at != FORLOP_INSTANT_NONE && duty->due_at < now);
  forlop_next_step_set_missing (priv->next_step, missing);
  forlop_next_step_set_act (priv->next_step, action != NULL ? forlop_duty_button (duty->rule) : NULL,
                            action);
}

static GtkWidget *
duty_row_new (ForlopCasePage   *self,
              const ForlopDuty *duty)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  g_autofree char *what =
    forlop_duty_describe (duty->rule, duty->arguments, forlop_snapshot_get_today (priv->data->snapshot));
  g_autofree char *owner = dup_owner (priv->data, duty);
  g_autofree char *due = dup_due (duty);
  g_autofree char *missing = dup_missing (priv->data, duty);
  g_autofree char *action = dup_action (self, duty, missing);
  g_autofree char *when = due != NULL ? g_strjoin (" · ", due, owner, NULL) : g_strdup (owner);
  g_autofree char *subtitle = missing != NULL ? g_strjoin ("\n", when, missing, NULL) : g_strdup (when);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", what,
                                 "subtitle", subtitle, NULL);

  if (action != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (forlop_duty_button (duty->rule));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

/* The rows are made when they are looked at: somebody who was not seen to for long has many. */
void
forlop_case_page_fill_duties (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  if (priv->data == NULL || priv->duty_rows->len > 0 ||
      !adw_expander_row_get_expanded (priv->other_duties))
    return;

  for (unsigned int i = 1; i < MIN (priv->data->duties->len, MAX_DUTIES); i++)
    {
      GtkWidget *row = duty_row_new (self, g_ptr_array_index (priv->data->duties, i));

      adw_expander_row_add_row (priv->other_duties, row);
      g_ptr_array_add (priv->duty_rows, row);
    }
}

static void
show_duties (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GPtrArray *duties = priv->data->duties;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (priv->next_step), duties->len > 0);
  if (duties->len > 0)
    show_next_step (self, g_ptr_array_index (duties, 0));

  for (unsigned int i = 0; i < priv->duty_rows->len; i++)
    adw_expander_row_remove (priv->other_duties, g_ptr_array_index (priv->duty_rows, i));
  g_ptr_array_set_size (priv->duty_rows, 0);
  gtk_widget_set_visible (priv->other_duties_list, duties->len > 1);
  if (duties->len < 2)
    return;

  title = g_strdup_printf (ngettext ("%u more thing to do", "%u more things to do", duties->len - 1),
                           duties->len - 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (priv->other_duties), title);
  forlop_case_page_fill_duties (self);
}

static void
show_no_case (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  gboolean has_case = priv->data->case_id != NULL;
  GtkWidget *no_case;
  g_autofree char *action = NULL;

  gtk_widget_set_visible (GTK_WIDGET (priv->stepper), has_case);
  gtk_widget_set_visible (GTK_WIDGET (priv->no_case_bin), !has_case);
  if (has_case)
    return;

  no_case = forlop_empty_state_new ("forlop-citizens-symbolic", _("No case"),
                                    _("A referral starts the pathway."));
  adw_bin_set_child (priv->no_case_bin, no_case);
  action = g_strdup_printf ("case.act(('register-referral', 'citizen', '%s'))", priv->data->citizen_id);
  if (forlop_case_act_is_open (priv->data, forlop_case_page_get_role (self), "register-referral"))
    forlop_empty_state_set_act (FORLOP_EMPTY_STATE (no_case), _("_Register referral"), action);
}

/* What the server did not take stands below what is most urgent: the loan that is not there is missed. */
static void
show_refused (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  GPtrArray *refused = priv->data->refused;

  gtk_list_box_remove_all (priv->refused_list);
  gtk_widget_set_visible (GTK_WIDGET (priv->refused_list), refused->len > 0);
  for (unsigned int i = 0; i < refused->len; i++)
    gtk_list_box_append (priv->refused_list,
                         forlop_refused_row_new (session, g_ptr_array_index (refused, i), TRUE));
}

void
forlop_case_page_show_header (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopRecord *citizen = forlop_snapshot_get_citizen (priv->data->snapshot);
  g_autofree char *name = dup_name (citizen, forlop_snapshot_get_today (priv->data->snapshot));
  g_autofree char *state = dup_state (priv->data);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  gtk_label_set_label (priv->name_label, name);
  gtk_label_set_label (priv->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (priv->state_label), *state != '\0');
  forlop_case_page_show_id (self);
  show_marks (priv, citizen);
  show_refused (self);
  show_steps (priv);
  show_duties (self);
  show_no_case (self);
}
