/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gate.h"

#include <glib/gi18n-lib.h>

#include "forlop-contested-value.h"

typedef gboolean (*GateFunc) (ForlopSnapshot  *before,
                              ForlopChangeset *changeset);

typedef struct {
  const char *code;
  const char *condition;
  const char *missing;
  const char *activity;
  GateFunc check;
} Gate;

/* The record of @type that the act makes or changes, or NULL when the question is asked ahead. */
static ForlopRecord *
written (ForlopChangeset *changeset,
         const char      *type)
{
  GPtrArray *operations;

  if (changeset == NULL)
    return NULL;

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, type))
        return operation->after;
    }

  return NULL;
}

static gboolean
case_status_is (ForlopSnapshot *snapshot,
                const char     *status)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (snapshot);

  return the_case != NULL && forlop_record_text_is (the_case, "status", status);
}

static gboolean
check_case_open (ForlopSnapshot  *before,
                 ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_snapshot_get_case (before) != NULL && !case_status_is (before, "closed") &&
         !case_status_is (before, "withdrawn");
}

static gboolean
check_before_decision (ForlopSnapshot  *before,
                       ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_snapshot_latest (before, "decision") == NULL && !case_status_is (before, "running");
}

static gboolean
check_office_mapped (ForlopSnapshot  *before,
                     ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *assessment = forlop_snapshot_latest (before, "assessment");

  return assessment != NULL && forlop_record_has (assessment, "office_done_on");
}

/* Every criterion of the newest assessment is answered; a hindering answer has its reason. */
static gboolean
check_criteria_answered (ForlopSnapshot  *before,
                         ForlopChangeset *changeset G_GNUC_UNUSED)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_type_find ("criterion"), "criterion");
  ForlopRecord *assessment = forlop_snapshot_latest (before, "assessment");
  GPtrArray *answers = forlop_snapshot_list (before, "criterion");

  if (assessment == NULL)
    return FALSE;

  for (const ForlopChoice *criterion = field->choices; criterion->code != NULL; criterion++)
    {
      gboolean answered = FALSE;

      for (unsigned int i = 0; i < answers->len; i++)
        {
          ForlopRecord *answer = g_ptr_array_index (answers, i);

          if (forlop_record_text_is (answer, "assessment_id", forlop_record_get_id (assessment)) &&
              forlop_record_text_is (answer, "criterion", criterion->code))
            answered = TRUE;
        }
      if (!answered)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_assessed (ForlopSnapshot  *before,
                ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *assessment = forlop_snapshot_latest (before, "assessment");

  return assessment != NULL && forlop_record_has (assessment, "completed_on");
}

/**
 * forlop_standing_consent:
 *
 * Returns: (transfer none) (nullable): the newest consent of @kind if it was given and is not
 *   withdrawn. One that two have written differently counts as withdrawn when either withdrew it.
 */
ForlopRecord *
forlop_standing_consent (ForlopSnapshot *snapshot,
                         const char     *kind)
{
  ForlopRecord *consent;

  g_return_val_if_fail (snapshot != NULL, NULL);

  consent = forlop_snapshot_find (snapshot, "consent", "kind", kind);
  if (consent == NULL || !forlop_record_get_boolean (consent, "given") ||
      forlop_record_has (consent, "withdrawn_on") ||
      forlop_contested_consent (consent, forlop_snapshot_list (snapshot, "contested_value")))
    return NULL;

  return consent;
}

/* A refusal needs no consent; everything else is help the citizen has agreed to. */
static gboolean
check_consent_service (ForlopSnapshot  *before,
                       ForlopChangeset *changeset)
{
  ForlopRecord *decision = written (changeset, "decision");

  if (decision != NULL && (forlop_record_text_is (decision, "kind", "refusal") ||
                           forlop_record_text_is (decision, "kind", "end")))
    return TRUE;

  return forlop_standing_consent (before, "service") != NULL;
}

static gboolean
check_consent_measure (ForlopSnapshot  *before,
                       ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_standing_consent (before, "measure") != NULL;
}

/**
 * forlop_granting_decision:
 *
 * The decision under which the service runs. A decision that ended the service, or whose period is
 * over, grants nothing; one that starts later counts, because the work before it can begin. While two have
 * decided differently, nothing is granted that one of them did not grant.
 */
ForlopRecord *
forlop_granting_decision (ForlopSnapshot *snapshot)
{
  ForlopRecord *decision;
  ForlopDate until;

  g_return_val_if_fail (snapshot != NULL, NULL);

  decision = forlop_snapshot_latest (snapshot, "decision");
  if (decision == NULL || forlop_record_text_is (decision, "kind", "refusal") ||
      forlop_record_text_is (decision, "kind", "end"))
    return NULL;

  until = forlop_record_get_date (decision, "valid_to");
  if (until != FORLOP_DATE_NONE && until < forlop_snapshot_get_today (snapshot))
    return NULL;
  if (forlop_contested_decision (decision, forlop_snapshot_list (snapshot, "contested_value"),
                                 forlop_snapshot_get_today (snapshot)))
    return NULL;

  return decision;
}

/* Where a municipality follows people up without a decision of their own, the profile names the
 * legal basis; without one a decision is needed. */
static gboolean
check_granted (ForlopSnapshot  *before,
               ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *profile = forlop_snapshot_get_profile (before);

  if (forlop_granting_decision (before) != NULL)
    return TRUE;

  return profile != NULL && !forlop_record_get_boolean (profile, "decision_required") &&
         forlop_record_has (profile, "legal_basis") &&
         forlop_snapshot_latest (before, "decision") == NULL;
}

static gboolean
check_not_started (ForlopSnapshot  *before,
                   ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return case_status_is (before, "open");
}

static gboolean
check_running (ForlopSnapshot  *before,
               ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return case_status_is (before, "running");
}

static gboolean
check_baseline (ForlopSnapshot  *before,
                ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_snapshot_find (before, "baseline", "period", "before") != NULL;
}

static gboolean
has_part (ForlopSnapshot *snapshot,
          const char     *type,
          ForlopRecord   *plan)
{
  return forlop_snapshot_find (snapshot, type, "care_plan_id", forlop_record_get_id (plan)) != NULL;
}

/* A plan that only observes judges nothing and calls nobody, so there is nothing yet for a doctor to
 * approve: it may be put in force as a draft, as long as it has an end and neither limits nor trend
 * rules. Every other plan is approved first. */
static gboolean
check_plan_approved (ForlopSnapshot  *before,
                     ForlopChangeset *changeset)
{
  ForlopRecord *plan = written (changeset, "care_plan");

  if (plan != NULL)
    plan = forlop_snapshot_get (before, "care_plan", forlop_record_get_id (plan));
  else
    plan = forlop_snapshot_latest (before, "care_plan");
  if (plan == NULL)
    return FALSE;
  if (forlop_record_text_is (plan, "status", "approved"))
    return TRUE;

  return forlop_record_has (plan, "observation_until") && !has_part (before, "limit", plan) &&
         !has_part (before, "plan_rule", plan);
}

static gboolean
check_plan_in_force (ForlopSnapshot  *before,
                     ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_snapshot_find (before, "care_plan", "status", "in_force") != NULL;
}

static gboolean
check_trained (ForlopSnapshot  *before,
               ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return forlop_snapshot_find (before, "training", "status", "held") != NULL;
}

static gboolean
check_trial_reviewed (ForlopSnapshot  *before,
                      ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (before);
  ForlopDate ends;

  if (the_case == NULL)
    return FALSE;
  if (forlop_record_has (the_case, "trial_reviewed_on"))
    return TRUE;

  ends = forlop_record_get_date (the_case, "trial_ends_on");

  return ends == FORLOP_DATE_NONE || forlop_snapshot_get_today (before) < ends;
}

static gboolean
check_ended (ForlopSnapshot  *before,
             ForlopChangeset *changeset G_GNUC_UNUSED)
{
  return case_status_is (before, "ended");
}

static gboolean
check_end_decided (ForlopSnapshot  *before,
                   ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *decision = forlop_snapshot_latest (before, "decision");
  ForlopRecord *profile = forlop_snapshot_get_profile (before);

  if (decision == NULL)
    return profile != NULL && !forlop_record_get_boolean (profile, "decision_required");

  return forlop_record_text_is (decision, "kind", "end") ||
         forlop_record_text_is (decision, "kind", "refusal");
}

/* A case that never started has nothing to evaluate. */
static gboolean
check_final_evaluation (ForlopSnapshot  *before,
                        ForlopChangeset *changeset G_GNUC_UNUSED)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (before);
  ForlopRecord *evaluation = forlop_snapshot_latest (before, "evaluation");

  if (the_case != NULL && !forlop_record_has (the_case, "started_on"))
    return TRUE;

  return evaluation != NULL && forlop_record_get_boolean (evaluation, "final");
}

unsigned int
forlop_count_open_loans (ForlopSnapshot *snapshot)
{
  GPtrArray *loans = forlop_snapshot_list (snapshot, "loan");
  unsigned int n = 0;

  for (unsigned int i = 0; i < loans->len; i++)
    if (!forlop_record_has (g_ptr_array_index (loans, i), "returned_on"))
      n++;

  return n;
}

/* Ended but not returned is a visible state: it needs a written reason, and the loans stay open. */
static gboolean
check_equipment_back (ForlopSnapshot  *before,
                      ForlopChangeset *changeset)
{
  ForlopRecord *closure = written (changeset, "closure");

  if (forlop_count_open_loans (before) == 0)
    return TRUE;
  if (closure == NULL)
    closure = forlop_snapshot_latest (before, "closure");

  return closure != NULL && forlop_record_has (closure, "not_returned_reason");
}

/* Two may have handed out the same item, or taken the same loan back, without knowing of each other:
 * only the server can say who was first. Until then a loan is neither out nor back. */
static gboolean
check_loans_confirmed (ForlopSnapshot  *before,
                       ForlopChangeset *changeset G_GNUC_UNUSED)
{
  GPtrArray *loans = forlop_snapshot_list (before, "loan");

  for (unsigned int i = 0; i < loans->len; i++)
    if (forlop_snapshot_waits (before, forlop_record_get_id (g_ptr_array_index (loans, i))))
      return FALSE;

  return TRUE;
}

static const Gate gates[FORLOP_N_GATES] = {
  [FORLOP_GATE_CASE_OPEN] = {
    "case-open", N_("The case is open."), N_("The case is closed."), NULL, check_case_open },
  [FORLOP_GATE_BEFORE_DECISION] = {
    "before-decision", N_("There is no decision yet."),
    N_("There is a decision already. Make a new decision instead."), "decision",
    check_before_decision },
  [FORLOP_GATE_OFFICE_MAPPED] = {
    "office-mapped", N_("The allocation office has mapped the need."),
    N_("The allocation office has not finished mapping the need."), "assessment",
    check_office_mapped },
  [FORLOP_GATE_CRITERIA_ANSWERED] = {
    "criteria-answered", N_("Every criterion is answered."),
    N_("Not every criterion is answered."), "assessment_dho", check_criteria_answered },
  [FORLOP_GATE_ASSESSED] = {
    "assessed", N_("The assessment is completed."), N_("The assessment is not completed."),
    "assessment_dho", check_assessed },
  [FORLOP_GATE_CONSENT_SERVICE] = {
    "consent-service", N_("The citizen has consented to the service."),
    N_("Consent to the service is missing."), "decision", check_consent_service },
  [FORLOP_GATE_CONSENT_MEASURE] = {
    "consent-measure", N_("The citizen has consented to the measure."),
    N_("Consent to the measure is missing."), "assessment_dho", check_consent_measure },
  [FORLOP_GATE_GRANTED] = {
    "granted", N_("A decision grants the service."), N_("No decision grants the service."),
    "decision", check_granted },
  [FORLOP_GATE_NOT_STARTED] = {
    "not-started", N_("The service has not started."),
    N_("The service has started already, or has ended."), "follow_up", check_not_started },
  [FORLOP_GATE_RUNNING] = {
    "running", N_("The service has started and has not ended."),
    N_("The service is not running."), "training", check_running },
  [FORLOP_GATE_BASELINE] = {
    "baseline", N_("The baseline is recorded, or a reason why there is none."),
    N_("The baseline is missing, and no reason is given."), "assessment_dho", check_baseline },
  [FORLOP_GATE_PLAN_APPROVED] = {
    "plan-approved", N_("The self-treatment plan is approved, or only observes."),
    N_("The plan is not approved. Only a plan that observes until a date, without limits, needs no "
       "approval."), "plan", check_plan_approved },
  [FORLOP_GATE_PLAN_IN_FORCE] = {
    "plan-in-force", N_("A self-treatment plan is in force."),
    N_("No self-treatment plan is in force."), "plan", check_plan_in_force },
  [FORLOP_GATE_TRAINED] = {
    "trained", N_("Training is held and documented."), N_("Training is not documented."), "training",
    check_trained },
  [FORLOP_GATE_TRIAL_REVIEWED] = {
    "trial-reviewed", N_("The limits are reviewed after the trial period."),
    N_("The trial period is over and the limits are not reviewed."), "plan", check_trial_reviewed },
  [FORLOP_GATE_ENDED] = {
    "ended", N_("The service has ended."), N_("The service has not ended."), "decision",
    check_ended },
  [FORLOP_GATE_END_DECIDED] = {
    "end-decided", N_("A decision ends or refuses the service."),
    N_("No decision ends the service."), "decision", check_end_decided },
  [FORLOP_GATE_FINAL_EVALUATION] = {
    "final-evaluation", N_("The final evaluation is held."), N_("The final evaluation is missing."),
    "evaluation", check_final_evaluation },
  [FORLOP_GATE_EQUIPMENT_BACK] = {
    "equipment-back", N_("All equipment is returned, or recorded as ended and not returned."),
    N_("Equipment is still out."), "equipment", check_equipment_back },
  [FORLOP_GATE_LOANS_CONFIRMED] = {
    "loans-confirmed", N_("What is handed out and taken back is confirmed by the server."),
    N_("Equipment that is handed out or taken back here waits for the server, and does not count "
       "until it has confirmed it. Get contact with the server, and do this when the equipment no "
       "longer says “Waits”."), NULL, check_loans_confirmed },
};

const char *
forlop_gate_code (ForlopGate gate)
{
  g_return_val_if_fail (gate > FORLOP_GATE_NONE && gate < FORLOP_N_GATES, NULL);
  return gates[gate].code;
}

const char *
forlop_gate_condition (ForlopGate gate)
{
  g_return_val_if_fail (gate > FORLOP_GATE_NONE && gate < FORLOP_N_GATES, NULL);
  return _(gates[gate].condition);
}

const char *
forlop_gate_missing (ForlopGate gate)
{
  g_return_val_if_fail (gate > FORLOP_GATE_NONE && gate < FORLOP_N_GATES, NULL);
  return _(gates[gate].missing);
}

const char *
forlop_gate_activity (ForlopGate gate)
{
  g_return_val_if_fail (gate > FORLOP_GATE_NONE && gate < FORLOP_N_GATES, NULL);
  return gates[gate].activity;
}

/**
 * forlop_gate_check:
 * @before: the case as it was before the act.
 * @changeset: (nullable): what the act is about to write; %NULL asks ahead.
 * @failure: (out) (optional): what is missing and whose it is; the texts live as long as @before.
 *
 * Returns: whether the gate is open.
 */
gboolean
forlop_gate_check (ForlopGate          gate,
                   ForlopSnapshot     *before,
                   ForlopChangeset    *changeset,
                   ForlopGateFailure  *failure)
{
  g_return_val_if_fail (gate > FORLOP_GATE_NONE && gate < FORLOP_N_GATES, FALSE);
  g_return_val_if_fail (before != NULL, FALSE);

  /* Whoever has the delivery side alone does what the server then looks at with the whole case. */
  if (forlop_snapshot_is_delivery (before) || gates[gate].check (before, changeset))
    return TRUE;

  if (failure != NULL)
    {
      *failure = (ForlopGateFailure) { .gate = gate };
      if (gates[gate].activity != NULL)
        forlop_responsible_for (before, gates[gate].activity, &failure->role, &failure->unit_id);
    }

  return FALSE;
}
