/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-sections.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-acts.h"

static const ForlopCaseSection sections[] = {
  { "overview", N_("Referral"), "referral", FORLOP_STEP_REFERRAL, FALSE,
    { "withdraw-case" },
    { "send-provisional-answer", "!provisional_answer_on" } },
  { "overview", N_("Assessment"), "assessment", FORLOP_STEP_ASSESSMENT, FALSE,
    { "save-assessment", "finish-office-mapping", "complete-assessment", "start-new-assessment" },
    { NULL } },
  { "overview", N_("Criteria"), "criterion", FORLOP_STEP_ASSESSMENT, TRUE,
    { "answer-criterion" }, { NULL } },
  { "overview", N_("Risks"), "risk", FORLOP_STEP_ASSESSMENT, TRUE, { "add-risk" }, { NULL } },
  { "overview", N_("Goals"), "goal", FORLOP_STEP_ASSESSMENT, TRUE,
    { "add-goal" }, { "set-goal", "" } },
  { "overview", N_("Consents"), "consent", FORLOP_STEP_DECISION, FALSE,
    { "record-consent", "withdraw-consent" }, { NULL } },
  { "overview", N_("Use of services"), "baseline", FORLOP_STEP_EQUIPMENT, FALSE,
    { "record-baseline" }, { NULL } },
  { "overview", N_("Decisions"), "decision", FORLOP_STEP_DECISION, FALSE,
    { "decide", "change-decision", "end-service" },
    { "send-decision-letter", "!letter_sent_on", "record-decision-receipt", "!received_on" } },
  { "overview", N_("Appeals"), "appeal", FORLOP_N_STEPS, FALSE,
    { "register-appeal" },
    { "reassess-appeal", "status=received", "record-appeal-ruling", "status=forwarded",
      "withdraw-appeal", "status=received" } },
  { "overview", N_("Training"), "training", FORLOP_STEP_TRAINING, FALSE,
    { "plan-training", "hold-training" }, { "cancel-training", "status=planned" } },
  { "overview", N_("The service"), "case", FORLOP_STEP_FOLLOW_UP, FALSE,
    { "start-service", "review-trial", "extend-trial", "set-platform" }, { NULL } },
  { "overview", N_("Hand-overs"), "handover", FORLOP_STEP_FOLLOW_UP, FALSE,
    { "offer-handover" },
    { "accept-handover", "status=offered to_unit_id=@mine", "decline-handover", "status=offered to_unit_id=@mine",
      "withdraw-handover", "status=offered from_unit_id=@mine" } },
  { "overview", N_("Meetings"), "meeting_item", FORLOP_STEP_FOLLOW_UP, FALSE,
    { "add-meeting-item" }, { NULL } },
  { "overview", N_("Evaluations"), "evaluation", FORLOP_STEP_EVALUATION, FALSE,
    { "evaluate" }, { NULL } },
  { "overview", N_("Closure"), "closure", FORLOP_STEP_CLOSURE, FALSE,
    { "close-case" }, { "resume-service", "closed_on" } },
  { "overview", N_("Next of kin"), "next_of_kin", FORLOP_N_STEPS, FALSE,
    { "save-next-of-kin" }, { "save-next-of-kin", "" } },
  { "overview", N_("Contacts"), "contact", FORLOP_N_STEPS, FALSE,
    { "save-contact" }, { "save-contact", "" } },
  { "overview", N_("Medical responsibility"), "medical_responsibility", FORLOP_N_STEPS, FALSE,
    { "save-medical-responsibility" }, { "save-medical-responsibility", "" } },
  { "overview", N_("Blockings"), "block", FORLOP_N_STEPS, FALSE,
    { "block-record" },
    { "lift-block", "!lifted_on !apart_id", "lift-note-block", "!lifted_on apart_id" } },
  { "overview", N_("Deviations"), "deviation", FORLOP_N_STEPS, FALSE,
    { "report-deviation" }, { "close-deviation", "status=open" } },

  { "plan", N_("Self-treatment plan"), "care_plan", FORLOP_N_STEPS, FALSE,
    { "draft-plan" },
    { "send-plan-to-gp", "status=draft",
      "approve-plan", "status=sent_to_gp", "put-plan-in-force", "status=approved",
      "reopen-plan", "status=sent_to_gp", "inform-citizen-of-plan", "status=in_force",
      "discard-plan", "status=draft" } },
  { "plan", N_("Pauses"), "pause", FORLOP_N_STEPS, FALSE,
    { "start-pause" }, { "end-pause", "!to_time" } },

  { "equipment", N_("Deliveries"), "delivery", FORLOP_STEP_EQUIPMENT, FALSE,
    { "request-equipment" }, { "cancel-delivery", "status=requested" } },
  { "equipment", N_("Loans"), "loan", FORLOP_STEP_EQUIPMENT, FALSE,
    { "hand-out-item" }, { "return-item", "!returned_on", "correct-loan-item", "!returned_on",
      "void-loan", "!returned_on" } },

  { "documents", N_("Notes"), "note", FORLOP_N_STEPS, FALSE, { "write-note" }, { "block-note", "" } },

  { "benefits", N_("Survey answers"), "survey_answer", FORLOP_N_STEPS, FALSE,
    { "answer-survey" }, { NULL } },
  { "benefits", N_("Costs"), "benefit_cost", FORLOP_N_STEPS, FALSE, { "record-cost" }, { NULL } },
  { NULL },
};

const ForlopCaseSection *
forlop_case_sections (void)
{
  return sections;
}

gboolean
forlop_case_act_is_open (const ForlopCaseData *data,
                         const char           *role,
                         const char           *act)
{
  const ForlopAct *declared;
  g_auto (GStrv) missing = NULL;

  g_return_val_if_fail (data != NULL, FALSE);
  g_return_val_if_fail (act != NULL, FALSE);

  declared = forlop_act_find (act);
  if (declared == NULL || role == NULL || !forlop_act_allows_role (declared, role) ||
      !forlop_acts_can_perform (declared))
    return FALSE;
  missing = forlop_acts_explain (declared, data->snapshot);

  return missing == NULL;
}

static gboolean
one_holds (ForlopRecord *record,
           const char   *unit_id,
           const char   *condition)
{
  const char *equals;
  g_autofree char *field = NULL;

  if (*condition == '!')
    return !forlop_record_has (record, condition + 1);

  equals = strchr (condition, '=');
  if (equals == NULL)
    return forlop_record_has (record, condition);
  field = g_strndup (condition, equals - condition);

  if (g_str_equal (equals + 1, "@mine"))
    return unit_id != NULL && forlop_record_text_is (record, field, unit_id);

  return forlop_record_text_is (record, field, equals + 1);
}

gboolean
forlop_case_condition_holds (ForlopRecord *record,
                             const char   *unit_id,
                             const char   *condition)
{
  g_auto (GStrv) conditions = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);
  g_return_val_if_fail (condition != NULL, FALSE);

  conditions = g_strsplit (condition, " ", -1);
  for (char **each = conditions; *each != NULL; each++)
    if (!one_holds (record, unit_id, *each))
      return FALSE;

  return TRUE;
}
