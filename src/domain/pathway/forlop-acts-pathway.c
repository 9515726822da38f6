/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

/* A referral of somebody already registered gives citizen_id; otherwise the person's number and
 * name, and the citizen is registered with it. */
static const ForlopField register_referral_arguments[] = {
  REF ("citizen_id", N_("Citizen"), 0, "citizen"),
  TAKE ("citizen", "id_number", 0),
  TAKE ("citizen", "birth_date", 0),
  TAKE ("citizen", "given_name", 0),
  TAKE ("citizen", "family_name", 0),
  TAKE ("referral", "source", REQ),
  TAKE ("referral", "channel", REQ),
  TAKE ("referral", "received_on", REQ),
  TAKE ("referral", "reason", REQ),
  TAKE ("referral", "dho_considered", 0),
  TAKE ("referral", "plan_exists", 0),
  TAKE ("referral", "limits_set", 0),
  TAKE ("referral", "scan", 0),
  TAKE ("case", "profile_id", 0),
  TAKE ("case", "unit_id", 0),
  END_FIELDS,
};

static const ForlopField withdraw_case_arguments[] = {
  ON_CASE,
  TAKE ("closure", "reason", REQ),
  TAKE ("closure", "note", 0),
  END_FIELDS,
};

static const ForlopField provisional_arguments[] = {
  ON_CASE,
  TAKE ("referral", "provisional_answer_on", REQ),
  END_FIELDS,
};

static const ForlopField save_assessment_arguments[] = {
  ON_CASE,
  TAKE ("assessment", "what_matters", 0),
  TAKE ("assessment", "need", 0),
  TAKE ("assessment", "other_equipment", 0),
  TAKE ("assessment", "gp_contacted_on", 0),
  TAKE ("assessment", "gp_answer", 0),
  END_FIELDS,
};

static const ForlopField new_assessment_arguments[] = { ON_CASE, END_FIELDS };

static const ForlopField answer_criterion_arguments[] = {
  ON_CASE,
  TAKE ("criterion", "criterion", REQ),
  TAKE ("criterion", "answer", REQ),
  TAKE ("criterion", "reason", 0),
  END_FIELDS,
};

static const ForlopField add_risk_arguments[] = {
  ON_CASE,
  TAKE ("risk", "risk", REQ),
  TAKE ("risk", "likelihood", REQ),
  TAKE ("risk", "consequence", REQ),
  TAKE ("risk", "measure", 0),
  END_FIELDS,
};

static const ForlopField add_goal_arguments[] = {
  ON_CASE,
  TAKE ("goal", "goal", REQ),
  TAKE ("goal", "note", 0),
  END_FIELDS,
};

static const ForlopField set_goal_arguments[] = {
  ON ("goal_id", N_("Goal"), "goal"),
  TAKE ("goal", "status", REQ),
  TAKE ("goal", "note", 0),
  END_FIELDS,
};

static const ForlopField finish_office_mapping_arguments[] = {
  ON_CASE,
  TAKE ("case", "unit_id", REQ),
  END_FIELDS,
};

static const ForlopField complete_assessment_arguments[] = {
  ON_CASE,
  TAKE ("assessment", "conclusion", REQ),
  TAKE ("assessment", "conclusion_reason", REQ),
  END_FIELDS,
};

static const ForlopField record_consent_arguments[] = {
  ON_CASE,
  TAKE ("consent", "kind", REQ),
  TAKE ("consent", "given", REQ),
  TAKE ("consent", "assessed_on", REQ),
  TAKE ("consent", "capacity", REQ),
  TAKE ("consent", "given_by", 0),
  TAKE ("consent", "reason", 0),
  END_FIELDS,
};

static const ForlopField withdraw_consent_arguments[] = {
  ON_CASE,
  TAKE ("consent", "kind", REQ),
  TAKE ("consent", "withdrawn_on", REQ),
  TAKE ("consent", "withdrawn_reason", 0),
  END_FIELDS,
};

static const ForlopField decide_arguments[] = {
  ON_CASE,
  TAKE ("decision", "kind", REQ),
  TAKE ("decision", "decided_on", REQ),
  TAKE ("decision", "valid_from", 0),
  TAKE ("decision", "valid_to", 0),
  TAKE ("decision", "hours_per_week", 0),
  TAKE ("decision", "granted", REQ),
  TAKE ("decision", "reasons", REQ),
  TAKE ("decision", "legal_references", 0),
  TAKE ("decision", "unit_id", 0),
  END_FIELDS,
};

static const ForlopField change_decision_arguments[] = {
  ON_CASE,
  TAKE ("decision", "decided_on", REQ),
  TAKE ("decision", "valid_from", 0),
  TAKE ("decision", "valid_to", 0),
  TAKE ("decision", "hours_per_week", 0),
  TAKE ("decision", "granted", REQ),
  TAKE ("decision", "reasons", REQ),
  TAKE ("decision", "legal_references", 0),
  END_FIELDS,
};

static const ForlopField end_service_arguments[] = {
  ON_CASE,
  TAKE ("decision", "decided_on", REQ),
  TAKE ("closure", "ended_on", REQ),
  TAKE ("closure", "reason", REQ),
  TAKE ("decision", "reasons", REQ),
  TAKE ("decision", "legal_references", 0),
  TAKE ("closure", "treatment_to", 0),
  TAKE ("closure", "coordination_to", 0),
  TAKE ("closure", "may_resume", 0),
  END_FIELDS,
};

static const ForlopField send_letter_arguments[] = {
  ON ("decision_id", N_("Decision"), "decision"),
  TAKE ("decision", "letter_sent_on", REQ),
  END_FIELDS,
};

static const ForlopField decision_receipt_arguments[] = {
  ON ("decision_id", N_("Decision"), "decision"),
  TAKE ("decision", "received_on", REQ),
  END_FIELDS,
};

static const ForlopField register_appeal_arguments[] = {
  ON_CASE,
  TAKE ("appeal", "received_on", REQ),
  TAKE ("appeal", "grounds", REQ),
  END_FIELDS,
};

static const ForlopField reassess_appeal_arguments[] = {
  ON ("appeal_id", N_("Appeal"), "appeal"),
  BOOL ("upheld", N_("The decision stands"), REQ),
  TAKE ("appeal", "reassessed_on", REQ),
  TAKE ("appeal", "reassessment", REQ),
  END_FIELDS,
};

static const ForlopField appeal_ruling_arguments[] = {
  ON ("appeal_id", N_("Appeal"), "appeal"),
  TAKE ("appeal", "ruled_on", REQ),
  TAKE ("appeal", "ruling", REQ),
  END_FIELDS,
};

static const ForlopField withdraw_appeal_arguments[] = {
  ON ("appeal_id", N_("Appeal"), "appeal"),
  END_FIELDS,
};

static const ForlopField record_baseline_arguments[] = {
  ON_CASE,
  TAKE ("baseline", "period", REQ),
  TAKE ("baseline", "from_date", 0),
  TAKE ("baseline", "to_date", 0),
  TAKE ("baseline", "visits", 0),
  TAKE ("baseline", "visit_minutes", 0),
  TAKE ("baseline", "driving_minutes", 0),
  TAKE ("baseline", "driving_km", 0),
  TAKE ("baseline", "skilled_visits", 0),
  TAKE ("baseline", "unskilled_visits", 0),
  TAKE ("baseline", "hospital_admissions", 0),
  TAKE ("baseline", "municipal_admissions", 0),
  TAKE ("baseline", "gp_contacts", 0),
  TAKE ("baseline", "emergency_contacts", 0),
  TAKE ("baseline", "origin", 0),
  TAKE ("baseline", "missing_reason", 0),
  END_FIELDS,
};

static const ForlopField plan_training_arguments[] = {
  ON_CASE,
  TAKE ("training", "planned_at", REQ),
  TAKE ("training", "place", 0),
  END_FIELDS,
};

static const ForlopField hold_training_arguments[] = {
  ON_CASE,
  TAKE ("training", "held_on", REQ),
  TAKE ("training", "participants", 0),
  TAKE ("training", "devices_tested", 0),
  TAKE ("training", "network_tested", 0),
  TAKE ("training", "device_use", REQ),
  TAKE ("training", "plan_explained", REQ),
  TAKE ("training", "teach_back", REQ),
  TAKE ("training", "documentation", 0),
  END_FIELDS,
};

static const ForlopField cancel_training_arguments[] = {
  ON ("training_id", N_("Training"), "training"),
  END_FIELDS,
};

static const ForlopField start_service_arguments[] = {
  ON_CASE,
  TAKE ("case", "started_on", REQ),
  TAKE ("case", "next_evaluation_on", 0),
  END_FIELDS,
};

static const ForlopField review_trial_arguments[] = {
  ON_CASE,
  TAKE ("case", "trial_reviewed_on", REQ),
  NOTE ("text", N_("What was concluded about the limits"), REQ),
  END_FIELDS,
};

static const ForlopField extend_trial_arguments[] = {
  ON_CASE,
  TAKE ("case", "trial_ends_on", REQ),
  END_FIELDS,
};

static const ForlopField offer_handover_arguments[] = {
  ON_CASE,
  TAKE ("handover", "to_unit_id", REQ),
  TAKE ("handover", "message", REQ),
  END_FIELDS,
};

static const ForlopField answer_handover_arguments[] = {
  ON ("handover_id", N_("Hand-over"), "handover"),
  TAKE ("handover", "answer", 0),
  END_FIELDS,
};

static const ForlopField evaluate_arguments[] = {
  ON_CASE,
  TAKE ("evaluation", "held_on", REQ),
  TAKE ("evaluation", "participants", 0),
  TAKE ("evaluation", "appropriate", REQ),
  TAKE ("evaluation", "gained", 0),
  TAKE ("evaluation", "changes", 0),
  TAKE ("evaluation", "outcome", REQ),
  TAKE ("evaluation", "reason", 0),
  TAKE ("evaluation", "next_on", 0),
  TAKE ("evaluation", "final", 0),
  END_FIELDS,
};

static const ForlopField answer_survey_arguments[] = {
  ON_CASE,
  TAKE ("survey_answer", "evaluation_id", 0),
  TAKE ("survey_answer", "answered_on", REQ),
  TAKE ("survey_answer", "safety", 0),
  TAKE ("survey_answer", "admissions", 0),
  TAKE ("survey_answer", "plan_use", 0),
  TAKE ("survey_answer", "satisfaction", 0),
  TAKE ("survey_answer", "comment", 0),
  END_FIELDS,
};

static const ForlopField record_cost_arguments[] = {
  ON_CASE,
  TAKE ("benefit_cost", "period", REQ),
  TAKE ("benefit_cost", "kind", REQ),
  TAKE ("benefit_cost", "amount", REQ),
  TAKE ("benefit_cost", "origin", 0),
  END_FIELDS,
};

static const ForlopField close_case_arguments[] = {
  ON_CASE,
  TAKE ("closure", "closed_on", REQ),
  TAKE ("closure", "letter_sent_on", 0),
  TAKE ("closure", "treatment_to", 0),
  TAKE ("closure", "coordination_to", 0),
  TAKE ("closure", "not_returned_reason", 0),
  TAKE ("closure", "may_resume", 0),
  TAKE ("closure", "note", 0),
  END_FIELDS,
};

static const ForlopField resume_service_arguments[] = {
  ON_CASE,
  TAKE ("referral", "received_on", REQ),
  TAKE ("referral", "reason", REQ),
  END_FIELDS,
};

static const ForlopField set_platform_arguments[] = {
  ON_CASE,
  TAKE ("case", "platform", REQ),
  TAKE ("case", "platform_person", 0),
  END_FIELDS,
};

const ForlopAct forlop_acts_pathway[] = {
  { .name = "register-referral",
    .label = N_("Register referral"), .done = N_("Referral registered"),
    .roles = CLINICAL, .arguments = register_referral_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen case referral", .worklists = "the caseworker's: map the need" },
  { .name = "withdraw-case",
    .label = N_("Withdraw case"), .done = N_("Case withdrawn"),
    .roles = CASEWORKER, .arguments = withdraw_case_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_BEFORE_DECISION },
    .writes = "case closure", .worklists = "everybody's: the case leaves them" },
  { .name = "send-provisional-answer",
    .label = N_("Send provisional answer"), .done = N_("Provisional answer sent"),
    .roles = CASEWORKER, .arguments = provisional_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "referral", .worklists = "the caseworker's: the deadline leaves it" },
  { .name = "save-assessment",
    .label = N_("Fill in assessment"), .done = N_("Assessment saved"),
    .roles = CLINICAL, .arguments = save_assessment_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "assessment", .worklists = "the caseworker's" },
  { .name = "start-new-assessment",
    .label = N_("Start new assessment"), .done = N_("New assessment started"),
    .roles = CLINICAL, .arguments = new_assessment_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_ASSESSED },
    .writes = "assessment", .worklists = "the caseworker's: map the need" },
  { .name = "answer-criterion",
    .label = N_("Answer criterion"), .done = N_("Criterion answered"),
    .roles = CLINICAL, .arguments = answer_criterion_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "assessment criterion", .worklists = "nobody's" },
  { .name = "add-risk",
    .label = N_("Add risk"), .done = N_("Risk added"),
    .roles = CLINICAL, .arguments = add_risk_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "assessment risk", .worklists = "nobody's" },
  { .name = "add-goal",
    .label = N_("Add goal"), .done = N_("Goal added"),
    .roles = CLINICAL, .arguments = add_goal_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "goal", .worklists = "nobody's" },
  { .name = "set-goal",
    .label = N_("Change goal"), .done = N_("Goal changed"),
    .roles = CLINICAL, .arguments = set_goal_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "goal", .worklists = "nobody's" },
  { .name = "finish-office-mapping",
    .label = N_("Send to the performing unit"), .done = N_("Sent to the performing unit"),
    .roles = CASEWORKER, .arguments = finish_office_mapping_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "assessment case", .worklists = "the resource person's: map for home follow-up" },
  { .name = "complete-assessment",
    .label = N_("Complete assessment"), .done = N_("Assessment completed"),
    .roles = CLINICAL, .arguments = complete_assessment_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_OFFICE_MAPPED, FORLOP_GATE_CRITERIA_ANSWERED },
    .writes = "assessment", .worklists = "the caseworker's: assess consent and decide" },
  { .name = "record-consent",
    .label = N_("Record consent"), .done = N_("Consent recorded"),
    .roles = CLINICAL, .arguments = record_consent_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "consent", .worklists = "the caseworker's or the resource person's" },
  { .name = "withdraw-consent",
    .label = N_("Withdraw consent"), .done = N_("Consent withdrawn"),
    .roles = CLINICAL, .arguments = withdraw_consent_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "consent", .worklists = "the caseworker's: the service must be ended" },
  { .name = "record-baseline",
    .label = N_("Record use of services"), .done = N_("Use of services recorded"),
    .roles = CLINICAL | MANAGER, .arguments = record_baseline_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "baseline", .worklists = "the resource person's" },
  { .name = "decide",
    .label = N_("Decide"), .done = N_("Decision made"),
    .roles = CASEWORKER, .arguments = decide_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_BEFORE_DECISION, FORLOP_GATE_ASSESSED,
               FORLOP_GATE_CONSENT_SERVICE },
    .writes = "decision case", .worklists = "the caseworker's: send the letter; the resource person's: prepare" },
  { .name = "change-decision",
    .label = N_("Change by a new decision"), .done = N_("New decision made"),
    .roles = CASEWORKER, .arguments = change_decision_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED, FORLOP_GATE_CONSENT_SERVICE },
    .writes = "decision", .worklists = "the caseworker's: send the letter" },
  { .name = "send-decision-letter",
    .label = N_("Send decision letter"), .done = N_("Decision letter sent"),
    .roles = CASEWORKER, .arguments = send_letter_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "decision", .worklists = "the caseworker's: the letter leaves it" },
  { .name = "record-decision-receipt",
    .label = N_("Record that the decision is received"), .done = N_("Decision received by the citizen"),
    .roles = CASEWORKER, .arguments = decision_receipt_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "decision", .worklists = "the caseworker's" },
  { .name = "register-appeal",
    .label = N_("Register appeal"), .done = N_("Appeal registered"),
    .roles = CASEWORKER, .arguments = register_appeal_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "appeal", .worklists = "the caseworker's: reassess" },
  { .name = "reassess-appeal",
    .label = N_("Reassess appeal"), .done = N_("Appeal reassessed"),
    .roles = CASEWORKER, .arguments = reassess_appeal_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "appeal", .worklists = "the caseworker's" },
  { .name = "record-appeal-ruling",
    .label = N_("Record ruling"), .done = N_("Ruling recorded"),
    .roles = CASEWORKER, .arguments = appeal_ruling_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "appeal", .worklists = "the caseworker's" },
  { .name = "withdraw-appeal",
    .label = N_("Withdraw appeal"), .done = N_("Appeal withdrawn"),
    .roles = CASEWORKER, .arguments = withdraw_appeal_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "appeal", .worklists = "the caseworker's: the appeal leaves it" },
  { .name = "plan-training",
    .label = N_("Agree time for training"), .done = N_("Time for training agreed"),
    .roles = RESOURCE, .arguments = plan_training_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "training", .worklists = "the resource person's: hold the training" },
  { .name = "hold-training",
    .label = N_("Document training"), .done = N_("Training held"),
    .roles = RESOURCE, .arguments = hold_training_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "training", .worklists = "the resource person's: start" },
  { .name = "cancel-training",
    .label = N_("Cancel training"), .done = N_("Training cancelled"),
    .roles = RESOURCE, .arguments = cancel_training_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "training", .worklists = "the resource person's: agree a new time" },
  { .name = "start-service",
    .label = N_("Start the service"), .done = N_("Service started"),
    .roles = RESOURCE, .arguments = start_service_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_NOT_STARTED, FORLOP_GATE_GRANTED,
               FORLOP_GATE_CONSENT_MEASURE, FORLOP_GATE_BASELINE, FORLOP_GATE_PLAN_IN_FORCE,
               FORLOP_GATE_TRAINED, FORLOP_GATE_LOANS_CONFIRMED },
    .writes = "case", .worklists = "the resource person's: daily follow-up, end of trial, evaluation" },
  { .name = "review-trial",
    .label = N_("Review limits after the trial"), .done = N_("Limits reviewed after the trial"),
    .roles = RESOURCE, .arguments = review_trial_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "case note", .worklists = "the resource person's: hand over or evaluate" },
  { .name = "extend-trial",
    .label = N_("Extend the trial period"), .done = N_("Trial period extended"),
    .roles = RESOURCE, .arguments = extend_trial_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "case", .worklists = "the resource person's: end of trial" },
  { .name = "offer-handover",
    .label = N_("Offer hand-over"), .done = N_("Hand-over offered"),
    .roles = RESOURCE, .arguments = offer_handover_arguments, .inverse = "withdraw-handover",
    .gates = { FORLOP_GATE_RUNNING, FORLOP_GATE_TRIAL_REVIEWED },
    .writes = "handover", .worklists = "the receiving unit's: answer" },
  { .name = "accept-handover",
    .label = N_("Accept hand-over"), .done = N_("Hand-over accepted"),
    .roles = RESOURCE, .arguments = answer_handover_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "handover case", .worklists = "the receiving unit's: daily follow-up" },
  { .name = "decline-handover",
    .label = N_("Decline hand-over"), .done = N_("Hand-over declined"),
    .roles = RESOURCE, .arguments = answer_handover_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "handover", .worklists = "the giving unit's: offer again" },
  { .name = "withdraw-handover",
    .label = N_("Take hand-over back"), .done = N_("Hand-over taken back"),
    .roles = RESOURCE, .arguments = answer_handover_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "handover", .worklists = "the receiving unit's: it leaves it" },
  { .name = "evaluate",
    .label = N_("Evaluate"), .done = N_("Evaluation held"),
    .roles = CLINICAL, .arguments = evaluate_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_TRIAL_REVIEWED },
    .writes = "evaluation case", .worklists = "the resource person's: next evaluation; the caseworker's when it is to end" },
  { .name = "answer-survey",
    .label = N_("Record survey answer"), .done = N_("Survey answered"),
    .roles = CLINICAL, .arguments = answer_survey_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "survey_answer", .worklists = "nobody's" },
  { .name = "record-cost",
    .label = N_("Record cost"), .done = N_("Cost recorded"),
    .roles = CLINICAL | MANAGER, .arguments = record_cost_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "benefit_cost", .worklists = "nobody's" },
  { .name = "end-service",
    .label = N_("End the service"), .done = N_("Service ended"),
    .roles = CASEWORKER, .arguments = end_service_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_GRANTED },
    .writes = "decision case closure", .worklists = "the caseworker's: send the letter; the resource person's: final evaluation, equipment back" },
  { .name = "close-case",
    .label = N_("Close case"), .done = N_("Case closed"),
    .roles = CASEWORKER, .arguments = close_case_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_END_DECIDED, FORLOP_GATE_FINAL_EVALUATION,
               FORLOP_GATE_EQUIPMENT_BACK, FORLOP_GATE_LOANS_CONFIRMED },
    .writes = "closure case", .worklists = "everybody's: the case leaves them" },
  { .name = "resume-service",
    .label = N_("Resume the service"), .done = N_("Service resumed by a new case"),
    .roles = CLINICAL, .arguments = resume_service_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "case referral", .worklists = "the caseworker's: map the need" },
  { .name = "set-platform",
    .label = N_("Set the supplier's platform"), .done = N_("Supplier's platform set"),
    .roles = RESOURCE, .arguments = set_platform_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "case task", .worklists = "the resource person's: set up in the platform" },
  { .name = NULL },
};
