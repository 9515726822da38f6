/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-plan-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-alerts-private.h"
#include "forlop-error.h"
#include "forlop-plan-records.h"
#include "forlop-plan-store.h"
#include "forlop-plan-template.h"

static const char *const parts[] = { "limit", "plan_rule", "schedule" };

static gboolean
is_being_made (ForlopRecord *plan)
{
  return forlop_record_text_is (plan, "status", "draft") ||
         forlop_record_text_is (plan, "status", "sent_to_gp") ||
         forlop_record_text_is (plan, "status", "approved");
}

static gboolean
refuse_status (ForlopRecord  *plan,
               GError       **error)
{
  int version = (int) forlop_record_get_integer (plan, "version");

  if (forlop_record_text_is (plan, "status", "discarded"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("Plan v%d is discarded. Draft a new version."), version);
  if (forlop_record_text_is (plan, "status", "draft"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID, _("Plan v%d is still a draft."), version);
  if (is_being_made (plan))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Plan v%d is sent or approved and is not edited. Take it back to "
                                "draft first."), version);

  return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                            _("Plan v%d is in force, or has been, and is never changed. Draft a new "
                              "version."), version);
}

ForlopRecord *
forlop_act_load_draft (ForlopActContext  *self,
                       GError           **error)
{
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);

  if (plan == NULL)
    return NULL;
  if (!forlop_record_text_is (plan, "status", "draft"))
    {
      refuse_status (plan, error);
      return NULL;
    }

  return plan;
}

/* A new version starts as a copy of the one in force, so that what is not touched stays. */
static void
copy_parts (ForlopActContext *self,
            ForlopRecord     *from,
            const char       *plan_id)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray *records = forlop_snapshot_list (self->snapshot, parts[i]);

      for (unsigned int j = 0; j < records->len; j++)
        {
          ForlopRecord *record = g_ptr_array_index (records, j);
          ForlopRecord *copy;

          if (!forlop_record_text_is (record, "care_plan_id", forlop_record_get_id (from)))
            continue;
          copy = forlop_act_make (self, parts[i]);
          forlop_act_copy_record (record, copy);
          forlop_record_set_text (copy, "care_plan_id", plan_id);
        }
    }
}

static void
copy_texts (ForlopRecord *from,
            ForlopRecord *plan)
{
  static const char *const texts[] = {
    "goal", "green_signs", "green_actions", "yellow_signs", "yellow_actions", "red_signs",
    "red_actions", "contacts",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    forlop_record_set_text (plan, texts[i], forlop_record_get_text (from, texts[i]));
  if (forlop_record_has (from, "repeat_minutes"))
    forlop_record_set_integer (plan, "repeat_minutes",
                               forlop_record_get_integer (from, "repeat_minutes"));
}

/* The newest form with the code that is in use. */
static const char *
find_form (const char  *code,
           GPtrArray   *forms,
           GError     **error)
{
  ForlopRecord *found = NULL;

  for (unsigned int i = 0; i < forms->len; i++)
    {
      ForlopRecord *form = g_ptr_array_index (forms, i);

      if (!forlop_record_text_is (form, "code", code) ||
          (forlop_record_has (form, "active") && !forlop_record_get_boolean (form, "active")))
        continue;
      if (found == NULL ||
          forlop_record_get_integer (form, "version") > forlop_record_get_integer (found, "version"))
        found = form;
    }
  if (found == NULL)
    forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                       _("The template asks for the form “%s”, which is not in use here. No plan was "
                         "drafted. Add the form in Administration, or choose another template."), code);

  return found != NULL ? forlop_record_get_id (found) : NULL;
}

/* A part of a template begins today; the form it names is looked up here, because it has another id
 * in every municipality. */
static gboolean
make_part (ForlopActContext              *self,
           const ForlopPlanTemplatePart  *part,
           ForlopRecord                  *plan,
           GPtrArray                     *forms,
           GError                       **error)
{
  ForlopRecord *record = forlop_act_make (self, forlop_record_get_rtype (part->record)->name);
  ForlopSchedule schedule;

  forlop_act_copy_record (part->record, record);
  forlop_record_set_text (record, "care_plan_id", forlop_record_get_id (plan));
  if (!forlop_record_is (record, "schedule"))
    return TRUE;

  forlop_record_set_date (record, "starts_on", self->today);
  if (part->form != NULL)
    {
      const char *form_id = find_form (part->form, forms, error);

      if (form_id == NULL)
        return FALSE;
      forlop_record_set_text (record, "form_id", form_id);
    }

  return forlop_schedule_read (&schedule, record, error);
}

static gboolean
begin_with_template (ForlopActContext  *self,
                     ForlopRecord      *plan,
                     GError           **error)
{
  ForlopRecord *record = forlop_act_load (self, "template", "template_id", error);
  g_autoptr (ForlopPlanTemplate) template = NULL;
  g_autoptr (GPtrArray) forms = NULL;

  if (record == NULL)
    return FALSE;
  if (!forlop_record_text_is (record, "kind", "plan"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("“%s” is not a template for a plan. Choose another."),
                              forlop_record_get_text (record, "title"));
  template = forlop_plan_template_parse (forlop_record_get_text (record, "body"), error);
  forms = template != NULL ? forlop_record_store_list (self->connection, "form", NULL, NULL, error) : NULL;
  if (forms == NULL)
    {
      g_prefix_error (error, _("The template “%s” could not be used and no plan was drafted: "),
                      forlop_record_get_text (record, "title"));
      return FALSE;
    }

  copy_texts (template->plan, plan);
  for (unsigned int i = 0; i < template->parts->len; i++)
    if (!make_part (self, g_ptr_array_index (template->parts, i), plan, forms, error))
      return FALSE;

  return TRUE;
}

static gboolean
draft_plan (ForlopActContext  *self,
            GError           **error)
{
  GPtrArray *plans = forlop_snapshot_list (self->snapshot, "care_plan");
  ForlopRecord *in_force = forlop_snapshot_find (self->snapshot, "care_plan", "status", "in_force");
  ForlopRecord *plan;
  gint64 version = 0;

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *other = g_ptr_array_index (plans, i);

      version = MAX (version, forlop_record_get_integer (other, "version"));
      if (is_being_made (other))
        return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                  _("Plan v%d is being made already. Go on with it, or discard it."),
                                  (int) forlop_record_get_integer (other, "version"));
    }

  plan = forlop_act_make (self, "care_plan");
  if (forlop_record_has (self->arguments, "template_id"))
    {
      if (!begin_with_template (self, plan, error))
        return FALSE;
    }
  else if (in_force != NULL)
    {
      copy_texts (in_force, plan);
      forlop_record_set_text (plan, "template_id", forlop_record_get_text (in_force, "template_id"));
      copy_parts (self, in_force, forlop_record_get_id (plan));
    }
  forlop_act_copy_arguments (self, plan);
  forlop_record_set_integer (plan, "version", version + 1);
  forlop_record_set_text (plan, "status", "draft");

  return TRUE;
}

static gboolean
save_plan (ForlopActContext  *self,
           GError           **error)
{
  ForlopRecord *plan = forlop_act_load_draft (self, error);

  if (plan == NULL)
    return FALSE;
  plan = forlop_act_change (self, plan);
  forlop_act_copy_arguments (self, plan);
  if (forlop_record_get_boolean (self->arguments, "no_observation"))
    forlop_record_clear (plan, "observation_until");

  return TRUE;
}

static gboolean
is_future_day (ForlopActContext *self,
               const char       *argument)
{
  return forlop_record_get_date (self->arguments, argument) > self->today;
}

static gboolean
send_plan_to_gp (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *plan = forlop_act_load_draft (self, error);

  if (plan == NULL)
    return FALSE;
  if (is_future_day (self, "sent_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Sent: the date is in the future. Write the day it was sent."));
  plan = forlop_act_change (self, plan);
  forlop_act_copy_arguments (self, plan);
  forlop_record_set_text (plan, "status", "sent_to_gp");

  return TRUE;
}

/* A GP who approves in a meeting has the plan on the table: it need not have been sent. */
static gboolean
approve_plan (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);

  if (plan == NULL)
    return FALSE;
  if (forlop_record_text_is (plan, "status", "approved"))
    {
      g_autofree char *day = forlop_date_format (forlop_record_get_date (plan, "approved_on"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                /* Translators: the name of a doctor, then a date. */
                                _("The plan is already approved by %s, %s."),
                                forlop_record_get_text (plan, "approved_by"), day);
    }
  if (!is_being_made (plan))
    return refuse_status (plan, error);
  if (is_future_day (self, "approved_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Approved: the date is in the future. Write the day it was approved."));
  if (forlop_record_has (plan, "sent_on") &&
      forlop_record_get_date (self->arguments, "approved_on") < forlop_record_get_date (plan, "sent_on"))
    {
      g_autofree char *day = forlop_date_format (forlop_record_get_date (plan, "sent_on"));

      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("Approved: the plan was sent to the GP %s and cannot have been approved before that. "
                                  "Write the day it was approved."), day);
    }

  plan = forlop_act_change (self, plan);
  forlop_act_copy_arguments (self, plan);
  forlop_record_set_text (plan, "status", "approved");

  return TRUE;
}

/* The GP wants something changed: what was approved is no longer what the plan says. */
static gboolean
reopen_plan (ForlopActContext  *self,
             GError           **error)
{
  static const char *const approval[] = { "sent_on", "approved_on", "approved_by", "approved_how" };
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);

  if (plan == NULL)
    return FALSE;
  if (!is_being_made (plan) || forlop_record_text_is (plan, "status", "draft"))
    return refuse_status (plan, error);

  plan = forlop_act_change (self, plan);
  forlop_record_set_text (plan, "status", "draft");
  for (unsigned int i = 0; i < G_N_ELEMENTS (approval); i++)
    forlop_record_clear (plan, approval[i]);

  return TRUE;
}

/* Whether it can be judged by at all; that it is approved is a gate. */
static gboolean
check_may_rule (ForlopActContext  *self,
                ForlopRecord      *plan,
                GError           **error)
{
  ForlopPlanVersion version;

  if (!is_being_made (plan))
    return refuse_status (plan, error);

  return forlop_plan_store_load_version (self->connection, plan, &version, error);
}

/* A course that began before it was registered here is told as it was: its plan may be as old as
 * the referral. */
static gint64
earliest_plan (ForlopActContext *self)
{
  ForlopRecord *referral = forlop_snapshot_latest (self->snapshot, "referral");
  ForlopDate day = forlop_record_get_date (self->the_case, "opened_on");

  if (referral != NULL)
    day = MIN (day, forlop_record_get_date (referral, "received_on"));

  return forlop_instant_from_wall (day, 0);
}

static gboolean
check_valid_from (ForlopActContext  *self,
                  gint64             valid_from,
                  GError           **error)
{
  ForlopRecord *present = forlop_plan_record_at (self->snapshot, self->now);
  gint64 earliest = earliest_plan (self);
  g_autofree char *shown = NULL;

  if (present != NULL)
    earliest = MAX (earliest, forlop_record_get_instant (present, "valid_from"));
  if (valid_from >= earliest && valid_from <= self->now + 366 * FORLOP_DAY)
    return TRUE;

  shown = forlop_instant_format (earliest);

  return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            _("In force from: write a time not before %s, when the referral came or "
                              "the present plan began, and at most a year ahead."), shown);
}

/* The plan before it ends at the same instant, so that every instant has one plan. One that was to begin later than
 * that never rules, and the one before it ends now instead. */
static void
end_plan_before (ForlopActContext *self,
                 ForlopRecord     *in_force,
                 gint64            valid_from)
{
  gint64 began = forlop_record_get_instant (in_force, "valid_from");
  ForlopRecord *before = began > valid_from ? forlop_plan_record_at (self->snapshot, began - 1) : in_force;

  if (before != in_force)
    forlop_record_set_text (forlop_act_change (self, in_force), "status", "discarded");
  if (before == NULL)
    return;

  before = forlop_act_change (self, before);
  forlop_record_set_text (before, "status", "superseded");
  forlop_record_set_instant (before, "superseded_at", valid_from);
}

/**
 * put_plan_in_force:
 *
 * What was measured after an earlier start is judged again.
 */
static gboolean
put_plan_in_force (ForlopActContext  *self,
                   GError           **error)
{
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);
  ForlopRecord *in_force = forlop_snapshot_find (self->snapshot, "care_plan", "status", "in_force");
  gint64 valid_from = forlop_record_has (self->arguments, "valid_from")
                        ? forlop_record_get_instant (self->arguments, "valid_from") : self->now;

  if (plan == NULL || !check_may_rule (self, plan, error) ||
      !check_valid_from (self, valid_from, error))
    return FALSE;

  plan = forlop_act_change (self, plan);
  forlop_record_set_text (plan, "status", "in_force");
  forlop_record_set_instant (plan, "valid_from", valid_from);
  if (in_force != NULL)
    end_plan_before (self, in_force, valid_from);

  return forlop_act_refresh_alerts (self, valid_from, G_MAXINT64, error);
}

static gboolean
discard_plan (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);

  if (plan == NULL)
    return FALSE;
  if (!is_being_made (plan))
    return refuse_status (plan, error);
  forlop_record_set_text (forlop_act_change (self, plan), "status", "discarded");

  return TRUE;
}

static gboolean
inform_citizen (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *plan = forlop_act_load (self, "care_plan", "care_plan_id", error);

  if (plan == NULL)
    return FALSE;
  if (!forlop_record_text_is (plan, "status", "in_force"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The citizen is told about the plan that is in force. Put it in force "
                                "first."));
  if (is_future_day (self, "informed_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Told: the date is in the future. Write the day it happened."));

  plan = forlop_act_change (self, plan);
  forlop_act_copy_arguments (self, plan);
  forlop_record_set_text (plan, "informed_by", self->actor->user_id);

  return TRUE;
}

const ForlopActFunction forlop_act_functions_plan[] = {
  { "draft-plan", draft_plan },
  { "save-plan", save_plan },
  { "set-limit", forlop_do_set_limit },
  { "remove-limit", forlop_do_remove_limit },
  { "save-plan-rule", forlop_do_save_plan_rule },
  { "remove-plan-rule", forlop_do_remove_plan_rule },
  { "save-schedule", forlop_do_save_schedule },
  { "remove-schedule", forlop_do_remove_schedule },
  { "send-plan-to-gp", send_plan_to_gp },
  { "approve-plan", approve_plan },
  { "reopen-plan", reopen_plan },
  { "put-plan-in-force", put_plan_in_force },
  { "discard-plan", discard_plan },
  { "inform-citizen-of-plan", inform_citizen },
  { NULL, NULL },
};
