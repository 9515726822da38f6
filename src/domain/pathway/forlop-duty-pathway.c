/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty.h"

/* Days before a deadline at which its duty is shown. */
#define EVALUATION_NOTICE_DAYS 14
#define DECISION_END_NOTICE_DAYS 30
#define PROVISIONAL_NOTICE_DAYS 14

/* The end of the working day on which something is due: 16.00 in Oslo. */
#define DUE_MINUTE (16 * 60)

static gint64
start_of (ForlopDate date)
{
  return forlop_instant_from_wall (date, 0);
}

static gint64
due_on (ForlopDate date)
{
  return forlop_instant_from_wall (date, DUE_MINUTE);
}

static ForlopDate
date_of (ForlopRecord *record,
         const char   *field)
{
  return forlop_record_get_date (record, field);
}

/* Before the decision: what the allocation office does. */
static void
add_office_duties (ForlopSnapshot *snapshot,
                   GPtrArray      *duties,
                   ForlopRecord   *the_case)
{
  ForlopRecord *referral = forlop_snapshot_latest (snapshot, "referral");
  ForlopRecord *assessment = forlop_snapshot_latest (snapshot, "assessment");
  ForlopDate received = referral != NULL ? date_of (referral, "received_on") : FORLOP_DATE_NONE;
  ForlopDuty *duty;

  if (received == FORLOP_DATE_NONE)
    received = date_of (the_case, "opened_on");

  if (assessment == NULL || !forlop_record_has (assessment, "office_done_on"))
    {
      duty = forlop_duty_add (duties, snapshot, assessment == NULL ? "new-referral" : "map-need",
                              assessment == NULL ? "save-assessment" : "finish-office-mapping",
                              the_case, "assessment");
      duty->since = start_of (received);
      duty->due_at = due_on (received + 7);
    }
  else if (!forlop_record_has (assessment, "completed_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "map-dho", "complete-assessment", the_case,
                              "assessment_dho");
      duty->since = start_of (date_of (assessment, "office_done_on"));
      duty->due_at = due_on (date_of (assessment, "office_done_on") + 7);
    }
  else if (forlop_standing_consent (snapshot, "service") == NULL &&
           !forlop_record_text_is (assessment, "conclusion", "not_suitable"))
    {
      duty = forlop_duty_add (duties, snapshot, "consent-service", "record-consent", the_case,
                              "decision");
      duty->since = start_of (date_of (assessment, "completed_on"));
    }
  else
    {
      duty = forlop_duty_add (duties, snapshot, "decide", "decide", the_case, "decision");
      duty->since = start_of (date_of (assessment, "completed_on"));
      duty->due_at = due_on (forlop_date_add_months (received, 1));
    }

  /* Within one month of receipt a provisional answer is due when the decision takes longer. */
  if (referral != NULL && !forlop_record_has (referral, "provisional_answer_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "provisional-answer", "send-provisional-answer",
                              referral, "referral");
      duty->due_at = due_on (forlop_date_add_months (received, 1));
      duty->visible_from = start_of (forlop_date_add_months (received, 1) - PROVISIONAL_NOTICE_DAYS);
      duty->since = start_of (received);
    }
}

static void
add_letter_duties (ForlopSnapshot *snapshot,
                   GPtrArray      *duties)
{
  ForlopRecord *decision = forlop_snapshot_latest (snapshot, "decision");
  ForlopRecord *appeal = forlop_snapshot_find (snapshot, "appeal", "status", "received");
  ForlopDuty *duty;

  if (decision != NULL && !forlop_record_has (decision, "letter_sent_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "send-letter", "send-decision-letter", decision,
                              "decision");
      duty->since = start_of (date_of (decision, "decided_on"));
      duty->due_at = due_on (date_of (decision, "decided_on") + 3);
    }
  else if (decision != NULL && !forlop_record_has (decision, "received_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "record-receipt", "record-decision-receipt", decision,
                              "decision");
      duty->since = start_of (date_of (decision, "letter_sent_on"));
      duty->visible_from = start_of (date_of (decision, "letter_sent_on") + 7);
    }

  if (appeal != NULL)
    {
      duty = forlop_duty_add (duties, snapshot, "reassess-appeal", "reassess-appeal", appeal,
                              "decision");
      duty->since = start_of (date_of (appeal, "received_on"));
      duty->due_at = due_on (date_of (appeal, "received_on") + 14);
    }
}

static void
add_plan_duties (ForlopSnapshot *snapshot,
                 GPtrArray      *duties,
                 ForlopRecord   *the_case,
                 ForlopDate      since)
{
  ForlopRecord *plan = forlop_snapshot_latest (snapshot, "care_plan");
  ForlopDuty *duty = NULL;

  if (plan == NULL || forlop_record_text_is (plan, "status", "discarded"))
    {
      if (forlop_snapshot_find (snapshot, "care_plan", "status", "in_force") == NULL)
        duty = forlop_duty_add (duties, snapshot, "draft-plan", "draft-plan", the_case, "plan");
    }
  else if (forlop_record_text_is (plan, "status", "draft"))
    duty = forlop_duty_add (duties, snapshot, "send-plan", "send-plan-to-gp", plan, "plan");
  else if (forlop_record_text_is (plan, "status", "sent_to_gp"))
    {
      duty = forlop_duty_add (duties, snapshot, "approve-plan", "approve-plan", plan, "plan");
      duty->visible_from = start_of (date_of (plan, "sent_on"));
      duty->due_at = due_on (date_of (plan, "sent_on") + 14);
    }
  else if (forlop_record_text_is (plan, "status", "approved"))
    duty = forlop_duty_add (duties, snapshot, "put-plan-in-force", "put-plan-in-force", plan, "plan");

  if (duty != NULL)
    duty->since = start_of (since);
}

/* The coordinators', whichever unit they sit in. */
static ForlopDuty *
add_delivery_duty (GPtrArray      *duties,
                   ForlopSnapshot *snapshot,
                   ForlopRecord   *delivery)
{
  ForlopDuty *duty =
    forlop_duty_add (duties, snapshot, "prepare-delivery", "deliver-equipment", delivery, "equipment");

  g_set_str (&duty->role, "coordinator");
  g_set_str (&duty->unit_id, NULL);
  if (forlop_record_has (delivery, "wanted_on"))
    duty->due_at = due_on (date_of (delivery, "wanted_on"));

  return duty;
}

void
forlop_duties_add_delivery (ForlopSnapshot *snapshot,
                            GPtrArray      *duties)
{
  ForlopRecord *delivery = forlop_snapshot_latest (snapshot, "delivery");

  g_return_if_fail (duties != NULL);

  if (delivery != NULL && forlop_record_text_is (delivery, "status", "requested"))
    add_delivery_duty (duties, snapshot, delivery);
}

static void
add_equipment_duties (ForlopSnapshot *snapshot,
                      GPtrArray      *duties,
                      ForlopRecord   *the_case,
                      ForlopDate      since)
{
  ForlopRecord *delivery = forlop_snapshot_latest (snapshot, "delivery");
  ForlopDuty *duty = NULL;

  if (delivery == NULL || forlop_record_text_is (delivery, "status", "cancelled"))
    {
      if (forlop_count_open_loans (snapshot) == 0)
        duty = forlop_duty_add (duties, snapshot, "request-equipment", "request-equipment", the_case,
                                "equipment");
    }
  else if (forlop_record_text_is (delivery, "status", "requested"))
    {
      duty = add_delivery_duty (duties, snapshot, delivery);
    }
  else if (forlop_record_text_is (delivery, "status", "ready"))
    duty = forlop_duty_add (duties, snapshot, "hand-out", "hand-out-item", the_case, "equipment");

  if (duty != NULL)
    duty->since = start_of (since);
}

/* From the decision to the start. */
static void
add_preparation_duties (ForlopSnapshot *snapshot,
                        GPtrArray      *duties,
                        ForlopRecord   *the_case)
{
  ForlopRecord *decision = forlop_granting_decision (snapshot);
  ForlopDate since = decision != NULL ? date_of (decision, "decided_on")
                                      : date_of (the_case, "opened_on");
  ForlopRecord *planned = forlop_snapshot_find (snapshot, "training", "status", "planned");
  gboolean trained = forlop_gate_check (FORLOP_GATE_TRAINED, snapshot, NULL, NULL);
  ForlopDuty *duty;

  if (forlop_standing_consent (snapshot, "measure") == NULL)
    forlop_duty_add (duties, snapshot, "consent-measure", "record-consent", the_case,
                     "assessment_dho")->since = start_of (since);
  if (!forlop_gate_check (FORLOP_GATE_BASELINE, snapshot, NULL, NULL))
    forlop_duty_add (duties, snapshot, "baseline", "record-baseline", the_case,
                     "assessment_dho")->since = start_of (since);

  add_plan_duties (snapshot, duties, the_case, since);
  add_equipment_duties (snapshot, duties, the_case, since);

  if (!trained && planned != NULL)
    {
      duty = forlop_duty_add (duties, snapshot, "hold-training", "hold-training", planned, "training");
      duty->due_at = forlop_record_get_instant (planned, "planned_at");
      if (duty->due_at != FORLOP_INSTANT_NONE)
        duty->visible_from = duty->due_at - 7 * FORLOP_DAY;
    }
  else if (!trained)
    forlop_duty_add (duties, snapshot, "plan-training", "plan-training", the_case,
                     "training")->since = start_of (since);
  else if (forlop_standing_consent (snapshot, "measure") != NULL &&
           forlop_gate_check (FORLOP_GATE_BASELINE, snapshot, NULL, NULL) &&
           forlop_gate_check (FORLOP_GATE_PLAN_IN_FORCE, snapshot, NULL, NULL))
    forlop_duty_add (duties, snapshot, "start-service", "start-service", the_case,
                     "training")->since = start_of (since);
}

static void
add_handover_duties (ForlopSnapshot *snapshot,
                     GPtrArray      *duties,
                     ForlopRecord   *the_case)
{
  ForlopRecord *profile = forlop_snapshot_get_profile (snapshot);
  ForlopRecord *offered = forlop_snapshot_find (snapshot, "handover", "status", "offered");
  ForlopDuty *duty;

  if (offered != NULL)
    {
      duty = forlop_duty_add (duties, snapshot, "answer-handover", "accept-handover", offered,
                              "follow_up");
      g_set_str (&duty->unit_id, forlop_record_get_text (offered, "to_unit_id"));
      duty->since = forlop_record_get_instant (offered, "offered_at");
      duty->due_at = duty->since + 2 * FORLOP_DAY;
      return;
    }

  if (profile == NULL || !forlop_record_get_boolean (profile, "hand_over") ||
      !forlop_record_has (the_case, "trial_reviewed_on") ||
      forlop_record_has (the_case, "follow_up_unit_id"))
    return;

  duty = forlop_duty_add (duties, snapshot, "offer-handover", "offer-handover", the_case, "training");
  duty->since = start_of (date_of (the_case, "trial_reviewed_on"));
  duty->due_at = due_on (date_of (the_case, "trial_reviewed_on") + 7);
}

static void
add_running_duties (ForlopSnapshot *snapshot,
                    GPtrArray      *duties,
                    ForlopRecord   *the_case)
{
  ForlopRecord *decision = forlop_granting_decision (snapshot);
  ForlopRecord *evaluation = forlop_snapshot_latest (snapshot, "evaluation");
  ForlopDate trial_end = date_of (the_case, "trial_ends_on");
  ForlopDate next = date_of (the_case, "next_evaluation_on");
  ForlopDuty *duty;

  if (trial_end != FORLOP_DATE_NONE && !forlop_record_has (the_case, "trial_reviewed_on"))
    {
      duty = forlop_duty_add (duties, snapshot, "review-trial", "review-trial", the_case, "plan");
      duty->visible_from = start_of (trial_end - 7);
      duty->due_at = due_on (trial_end);
      duty->since = start_of (trial_end);
    }
  if (next != FORLOP_DATE_NONE)
    {
      duty = forlop_duty_add (duties, snapshot, "evaluate", "evaluate", the_case, "evaluation");
      duty->visible_from = start_of (next - EVALUATION_NOTICE_DAYS);
      duty->due_at = due_on (next);
      duty->since = start_of (next);
    }
  if (evaluation != NULL && forlop_record_text_is (evaluation, "outcome", "end"))
    {
      duty = forlop_duty_add (duties, snapshot, "decide-end", "end-service", the_case, "decision");
      duty->since = start_of (date_of (evaluation, "held_on"));
      duty->due_at = due_on (date_of (evaluation, "held_on") + 7);
    }
  if (decision != NULL && forlop_record_has (decision, "valid_to"))
    {
      duty = forlop_duty_add (duties, snapshot, "decision-ending", "change-decision", the_case,
                              "decision");
      duty->due_at = due_on (date_of (decision, "valid_to"));
      duty->visible_from = start_of (date_of (decision, "valid_to") - DECISION_END_NOTICE_DAYS);
      duty->since = duty->visible_from;
    }
  if (forlop_standing_consent (snapshot, "service") == NULL ||
      forlop_standing_consent (snapshot, "measure") == NULL)
    forlop_duty_add (duties, snapshot, "stop-measure", "end-service", the_case, "decision");

  add_handover_duties (snapshot, duties, the_case);
  if (forlop_snapshot_find (snapshot, "care_plan", "status", "in_force") == NULL ||
      !forlop_record_text_is (forlop_snapshot_latest (snapshot, "care_plan"), "status", "in_force"))
    add_plan_duties (snapshot, duties, the_case, date_of (the_case, "started_on"));
}

static void
add_ending_duties (ForlopSnapshot *snapshot,
                   GPtrArray      *duties,
                   ForlopRecord   *the_case)
{
  ForlopDate ended = date_of (the_case, "ended_on");
  ForlopDuty *duty;
  gboolean waits = FALSE;

  if (forlop_count_open_loans (snapshot) > 0)
    {
      duty = forlop_duty_add (duties, snapshot, "return-equipment", "return-item", the_case,
                              "equipment");
      duty->since = start_of (ended);
      duty->due_at = due_on (ended + 14);
      waits = TRUE;
    }
  if (!forlop_gate_check (FORLOP_GATE_FINAL_EVALUATION, snapshot, NULL, NULL))
    {
      duty = forlop_duty_add (duties, snapshot, "final-evaluation", "evaluate", the_case,
                              "evaluation");
      duty->since = start_of (ended);
      duty->due_at = due_on (ended + 14);
      waits = TRUE;
    }
  if (!waits)
    {
      duty = forlop_duty_add (duties, snapshot, "close-case", "close-case", the_case, "closure");
      duty->since = start_of (ended);
      duty->due_at = due_on (ended + 28);
    }
}

/**
 * forlop_duties_add_pathway:
 *
 * The duties that follow from where the case is on the pathway. The month to the provisional answer
 * is the rule of forvaltningsloven; the notice before deadlines is the product's own.
 */
void
forlop_duties_add_pathway (ForlopSnapshot *snapshot,
                           GPtrArray      *duties)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (snapshot);
  gboolean decided = forlop_snapshot_latest (snapshot, "decision") != NULL;

  g_return_if_fail (duties != NULL);

  if (the_case == NULL || forlop_record_text_is (the_case, "status", "closed") ||
      forlop_record_text_is (the_case, "status", "withdrawn"))
    return;

  add_letter_duties (snapshot, duties);

  if (forlop_record_text_is (the_case, "status", "running"))
    add_running_duties (snapshot, duties, the_case);
  else if (forlop_record_text_is (the_case, "status", "ended"))
    add_ending_duties (snapshot, duties, the_case);
  else if (decided || (forlop_gate_check (FORLOP_GATE_GRANTED, snapshot, NULL, NULL) &&
                       forlop_gate_check (FORLOP_GATE_ASSESSED, snapshot, NULL, NULL)))
    {
      if (forlop_gate_check (FORLOP_GATE_GRANTED, snapshot, NULL, NULL))
        add_preparation_duties (snapshot, duties, the_case);
    }
  else
    add_office_duties (snapshot, duties, the_case);
}
