/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-error.h"
#include "forlop-plan-records.h"

static gboolean
plan_training (ForlopActContext  *self,
               GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *training = forlop_snapshot_find (self->snapshot, "training", "status", "planned");

  training = training != NULL ? forlop_act_change (self, training)
                              : forlop_act_make (self, "training");
  forlop_record_set_text (training, "status", "planned");
  forlop_act_copy_arguments (self, training);

  return TRUE;
}

/* Documented training means that the citizen has shown it back and knows plan and whom to call. */
static gboolean
hold_training (ForlopActContext  *self,
               GError           **error)
{
  static const char *const must_be_done[] = { "device_use", "plan_explained", "teach_back" };
  ForlopRecord *training = forlop_snapshot_find (self->snapshot, "training", "status", "planned");

  for (unsigned int i = 0; i < G_N_ELEMENTS (must_be_done); i++)
    if (!forlop_record_get_boolean (self->arguments, must_be_done[i]))
      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("“%s” is not done. Training is documented when it is; until then, "
                                  "agree a new time."),
                                _(forlop_record_type_field (forlop_record_get_rtype (self->arguments),
                                                            must_be_done[i])->label));
  if (forlop_record_get_date (self->arguments, "held_on") > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Held: the date is in the future. Write the day it happened."));

  training = training != NULL ? forlop_act_change (self, training)
                              : forlop_act_make (self, "training");
  forlop_act_copy_arguments (self, training);
  forlop_record_set_text (training, "status", "held");
  forlop_record_set_text (training, "held_by", self->actor->user_id);

  return TRUE;
}

static gboolean
cancel_training (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *training = forlop_act_load (self, "training", "training_id", error);

  if (training == NULL)
    return FALSE;
  if (!forlop_record_text_is (training, "status", "planned"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Only training that is agreed and not held can be cancelled."));
  forlop_record_set_text (forlop_act_change (self, training), "status", "cancelled");

  return TRUE;
}

/* The trial period and the evaluation after it are counted from the start date. */
static gboolean
start_service (ForlopActContext  *self,
               GError           **error)
{
  ForlopRecord *profile = forlop_snapshot_get_profile (self->snapshot);
  ForlopRecord *the_case = forlop_act_change (self, self->the_case);
  ForlopDate started = forlop_record_get_date (self->arguments, "started_on");

  if (started > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Started: the date is in the future. Start on the day itself."));

  forlop_act_copy_arguments (self, the_case);
  forlop_record_set_text (the_case, "status", "running");
  forlop_record_set_date (the_case, "trial_ends_on",
                          started + (ForlopDate) forlop_record_get_integer (profile, "trial_days"));
  if (!forlop_record_has (the_case, "next_evaluation_on"))
    forlop_record_set_text (the_case, "next_evaluation_on",
                            forlop_record_get_text (the_case, "trial_ends_on"));

  return TRUE;
}

static gboolean
review_trial (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *plan = forlop_snapshot_find (self->snapshot, "care_plan", "status", "in_force");
  ForlopRecord *note;

  if (plan != NULL && forlop_record_has (plan, "observation_until") &&
      !forlop_plan_record_judges (plan, self->snapshot))
    return forlop_act_refuse (error, FORLOP_ERROR_GATE,
                              _("The plan has observed and has no limits, so there are none that can fit. Nothing was "
                                "saved. Make a new version of the plan and set them."));

  forlop_act_copy_arguments (self, forlop_act_change (self, self->the_case));

  note = forlop_act_make (self, "note");
  forlop_record_set_text (note, "text", forlop_act_text (self, "text"));
  forlop_record_set_instant (note, "written_at", self->now);
  forlop_record_set_text (note, "user_id", self->actor->user_id);

  return TRUE;
}

static gboolean
extend_trial (ForlopActContext  *self,
              GError           **error)
{
  ForlopDate started = forlop_record_get_date (self->the_case, "started_on");

  if (forlop_record_get_date (self->arguments, "trial_ends_on") <= started)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Trial period ends: write a day after the start."));
  forlop_act_copy_arguments (self, forlop_act_change (self, self->the_case));

  return TRUE;
}

/* Responsibility passes only when the receiver accepts it. */
static gboolean
offer_handover (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *handover;

  if (forlop_snapshot_find (self->snapshot, "handover", "status", "offered") != NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("A hand-over is already offered and not answered."));

  handover = forlop_act_make (self, "handover");
  forlop_act_copy_arguments (self, handover);
  forlop_record_set_text (handover, "from_unit_id",
                          forlop_record_has (self->the_case, "follow_up_unit_id")
                            ? forlop_record_get_text (self->the_case, "follow_up_unit_id")
                            : forlop_record_get_text (self->the_case, "unit_id"));
  forlop_record_set_text (handover, "status", "offered");
  forlop_record_set_instant (handover, "offered_at", self->now);
  forlop_record_set_text (handover, "offered_by", self->actor->user_id);

  return TRUE;
}

static ForlopRecord *
answer_handover (ForlopActContext  *self,
                 const char        *status,
                 const char        *unit_field,
                 GError           **error)
{
  ForlopRecord *handover = forlop_act_load (self, "handover", "handover_id", error);

  if (handover == NULL)
    return NULL;
  if (!forlop_record_text_is (handover, "status", "offered"))
    {
      forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The hand-over is already answered."));
      return NULL;
    }
  if (self->actor->user_id != NULL &&
      !forlop_record_text_is (handover, unit_field, self->actor->unit_id))
    {
      forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                         _("The hand-over is answered by the unit that it is offered to, and taken "
                           "back by the unit that offered it."));
      return NULL;
    }

  handover = forlop_act_change (self, handover);
  forlop_act_copy_arguments (self, handover);
  forlop_record_set_text (handover, "status", status);
  forlop_record_set_instant (handover, "answered_at", self->now);
  forlop_record_set_text (handover, "answered_by", self->actor->user_id);

  return handover;
}

static gboolean
accept_handover (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *handover = answer_handover (self, "accepted", "to_unit_id", error);

  if (handover == NULL)
    return FALSE;
  forlop_record_set_text (forlop_act_change (self, self->the_case), "follow_up_unit_id",
                          forlop_record_get_text (handover, "to_unit_id"));

  return TRUE;
}

static gboolean
decline_handover (ForlopActContext  *self,
                  GError           **error)
{
  if (!forlop_record_has (self->arguments, "answer"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Answer: write why the hand-over is declined."));

  return answer_handover (self, "declined", "to_unit_id", error) != NULL;
}

static gboolean
withdraw_handover (ForlopActContext  *self,
                   GError           **error)
{
  return answer_handover (self, "withdrawn", "from_unit_id", error) != NULL;
}

/* The next evaluation: as asked for, but never later than the profile's interval allows. */
static gboolean
set_next_evaluation (ForlopActContext  *self,
                     ForlopRecord      *evaluation,
                     GError           **error)
{
  ForlopRecord *profile = forlop_snapshot_get_profile (self->snapshot);
  int months = (int) forlop_record_get_integer (profile, "evaluation_months");
  ForlopDate held = forlop_record_get_date (evaluation, "held_on");
  ForlopDate latest = forlop_date_add_months (held, months);
  ForlopDate next = forlop_record_get_date (evaluation, "next_on");

  if (next == FORLOP_DATE_NONE)
    next = latest;
  if (next <= held || next > latest)
    {
      g_autofree char *shown = forlop_date_format (latest);

      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("Next evaluation: write a day after this one and not later than %s."),
                                shown);
    }

  forlop_record_set_date (evaluation, "next_on", next);
  forlop_record_set_date (forlop_act_change (self, self->the_case), "next_evaluation_on", next);

  return TRUE;
}

static gboolean
evaluate (ForlopActContext  *self,
          GError           **error)
{
  gboolean running = forlop_record_text_is (self->the_case, "status", "running");
  gboolean final = forlop_record_get_boolean (self->arguments, "final");
  GPtrArray *earlier = forlop_snapshot_list (self->snapshot, "evaluation");
  ForlopRecord *evaluation;

  if (!forlop_record_has (self->the_case, "started_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_GATE,
                              _("The service has not started, so there is nothing to evaluate."));
  if (forlop_record_get_date (self->arguments, "held_on") > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Held: the date is in the future. Write the day it happened."));

  evaluation = forlop_act_make (self, "evaluation");
  forlop_act_copy_arguments (self, evaluation);
  forlop_record_set_integer (evaluation, "number", earlier->len + 1);
  forlop_record_set_text (evaluation, "due_on",
                          forlop_record_get_text (self->the_case, "next_evaluation_on"));
  forlop_record_set_text (evaluation, "held_by", self->actor->user_id);

  /* After the end there is one more evaluation, and it is the final one. */
  if (!running)
    final = TRUE;
  forlop_record_set_boolean (evaluation, "final", final);
  if (final)
    {
      forlop_record_clear (evaluation, "next_on");
      forlop_record_clear (forlop_act_change (self, self->the_case), "next_evaluation_on");
      return TRUE;
    }

  return set_next_evaluation (self, evaluation, error);
}

static gboolean
answer_survey (ForlopActContext  *self,
               GError           **error G_GNUC_UNUSED)
{
  forlop_act_copy_arguments (self, forlop_act_make (self, "survey_answer"));

  return TRUE;
}

static gboolean
record_cost (ForlopActContext  *self,
             GError           **error G_GNUC_UNUSED)
{
  forlop_act_copy_arguments (self, forlop_act_make (self, "benefit_cost"));

  return TRUE;
}

static gboolean
close_case (ForlopActContext  *self,
            GError           **error)
{
  ForlopRecord *closure = forlop_snapshot_latest (self->snapshot, "closure");
  ForlopRecord *the_case = forlop_act_change (self, self->the_case);
  ForlopDate closed = forlop_record_get_date (self->arguments, "closed_on");

  if (closed > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Closed: the date is in the future. Close on the day itself."));

  if (closure != NULL)
    closure = forlop_act_change (self, closure);
  else
    {
      closure = forlop_act_make (self, "closure");
      forlop_record_set_text (closure, "reason", "not_granted");
      forlop_record_set_text (closure, "ended_on", forlop_record_get_text (the_case, "ended_on"));
    }
  forlop_act_copy_arguments (self, closure);
  forlop_record_set_text (the_case, "status", "closed");
  forlop_record_set_date (the_case, "closed_on", closed);

  return TRUE;
}

static gboolean
set_platform (ForlopActContext  *self,
              GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *task;

  forlop_act_copy_arguments (self, forlop_act_change (self, self->the_case));

  task = forlop_act_make (self, "task");
  forlop_record_set_text (task, "unit_id", forlop_record_has (self->the_case, "unit_id")
                                             ? forlop_record_get_text (self->the_case, "unit_id")
                                             : forlop_record_get_text (self->the_case, "office_unit_id"));
  forlop_record_set_text (task, "role", "resource_person");
  forlop_record_set_text (task, "kind", "platform_setup");
  forlop_record_set_text (task, "title", _("Set up in the supplier's platform"));
  forlop_record_set_text (task, "status", "open");

  return TRUE;
}

const ForlopActFunction forlop_act_functions_service[] = {
  { "plan-training", plan_training },
  { "hold-training", hold_training },
  { "cancel-training", cancel_training },
  { "start-service", start_service },
  { "review-trial", review_trial },
  { "extend-trial", extend_trial },
  { "offer-handover", offer_handover },
  { "accept-handover", accept_handover },
  { "decline-handover", decline_handover },
  { "withdraw-handover", withdraw_handover },
  { "evaluate", evaluate },
  { "answer-survey", answer_survey },
  { "record-cost", record_cost },
  { "close-case", close_case },
  { "set-platform", set_platform },
  { NULL, NULL },
};
