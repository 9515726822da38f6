/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty.h"

#include <glib/gi18n-lib.h>

#include "forlop-alert-wish.h"
#include "forlop-json.h"
#include "forlop-missing.h"
#include "forlop-questionnaire.h"

typedef struct {
  const char *rule;
  const char *sentence; /* what must be done and why */
  const char *button;   /* the verb on the row */
} Wording;

static const Wording wordings[] = {
  { "new-referral", N_("New referral: map the need"), N_("Map") },
  { "provisional-answer", N_("Provisional answer is due: the case is not decided within a month"),
    N_("Answer") },
  { "map-need", N_("Finish mapping the need"), N_("Map") },
  { "consent-service", N_("Assess consent to the service"), N_("Assess") },
  { "decide", N_("Assessed: write the decision"), N_("Decide") },
  { "send-letter", N_("Send the decision letter"), N_("Send") },
  { "record-receipt", N_("Record when the citizen received the decision"), N_("Record") },
  { "reassess-appeal", N_("Appeal received: reassess the decision"), N_("Reassess") },
  { "decision-ending", N_("The decision is running out"), N_("Decide") },
  { "decide-end", N_("The evaluation concluded to end: decide"), N_("Decide") },
  { "close-case", N_("Ended: close the case"), N_("Close") },
  { "map-dho", N_("Map for home follow-up and assess the risk"), N_("Map") },
  { "consent-measure", N_("Assess consent to the measure"), N_("Assess") },
  { "baseline", N_("Record the baseline before start"), N_("Record") },
  { "draft-plan", N_("Make the self-treatment plan"), N_("Plan") },
  { "send-plan", N_("Send the self-treatment plan to the GP"), N_("Send") },
  { "approve-plan", N_("Waiting for the GP to approve the plan"), N_("Record") },
  { "put-plan-in-force", N_("The plan is approved: put it in force"), N_("Start") },
  { "request-equipment", N_("Choose equipment"), N_("Choose") },
  { "prepare-delivery", N_("Equipment is wanted: prepare and deliver"), N_("Deliver") },
  { "hand-out", N_("The equipment is ready: hand it out"), N_("Hand out") },
  { "plan-training", N_("Agree a time for training"), N_("Agree") },
  { "hold-training", N_("Training at home"), N_("Open it") },
  { "start-service", N_("Everything is ready: start"), N_("Start") },
  { "review-trial", N_("The trial period is over: review the limits"), N_("Review") },
  { "offer-handover", N_("The trial is over: hand over to the follow-up centre"), N_("Offer") },
  { "answer-handover", N_("Responsibility is offered: answer"), N_("Answer") },
  { "evaluate", N_("Evaluation is due"), N_("Evaluate") },
  { "final-evaluation", N_("Ended: hold the final evaluation"), N_("Evaluate") },
  { "return-equipment", N_("Ended: equipment is still with the citizen"), N_("Receive") },
  { "alert-red", N_("Red alert: call the citizen"), N_("Handle") },
  { "alert-escalated", N_("Nobody has taken a red alert in time: see that somebody does"), N_("Open it") },
  { "alert-yellow", N_("Yellow alert: call the citizen"), N_("Handle") },
  { "missing-measurement", N_("A measurement has not come: ask why"), N_("Ask") },
  { "answer-form", N_("A symptom form is due: ask the questions"), N_("Answer") },
  { "review-observation", N_("The observation ends: set the limits"), N_("Plan") },
  { "inform-citizen", N_("The plan is changed: tell the citizen"), N_("Tell") },
  { "stop-measure", N_("Consent is withdrawn while the service runs"), N_("Decide") },
  { "prepare-item", N_("Received: prepare it"), N_("Prepare") },
  { "make-item-ready", N_("Finish the preparation"), N_("Make ready") },
  { "clean-item", N_("Returned: clean it"), N_("Clean") },
  { "finish-cleaning", N_("Finish the cleaning"), N_("Finish") },
  { "check-item", N_("Cleaned: check and calibrate it"), N_("Check") },
  { "follow-repair", N_("In repair for two weeks: ask for it"), N_("Receive") },
  { "clear-quarantine", N_("In quarantine: clean it, send it to repair or discard it"),
    N_("Clean") },
  { "handle-fault", N_("Fault reported: send it to the supplier or solve it"), N_("Send") },
  { "follow-fault", N_("The fault is with the supplier for two weeks: ask for it"), N_("Resolve") },
  { "service-due", N_("Service is due"), N_("Record") },
  { "agreement-ending", N_("The agreement is running out"), N_("Renew") },
  { "below-minimum", N_("Fewer ready items than the minimum stock: order"), N_("Order more") },
  { "order-overdue", N_("The order has not come when it was expected"), N_("Receive") },
  { "accept-shift", N_("A shift is handed over: read it and accept"), N_("Read") },
  { "task", N_("Task"), N_("Finish") },
};

static const Wording *
find_wording (const char *rule)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (wordings); i++)
    if (g_str_equal (wordings[i].rule, rule))
      return &wordings[i];

  return NULL;
}

void
forlop_duty_free (ForlopDuty *self)
{
  if (self == NULL)
    return;

  g_free (self->subject_id);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->role);
  g_free (self->unit_id);
  g_free (self->arguments);
  g_free (self->taken_by);
  g_free (self);
}

/**
 * forlop_duty_add:
 * @act: static text, or %NULL.
 * @activity: whose owner has the duty, by the organisation profile.
 *
 * Returns: (transfer none): the duty, visible at once and without a time limit until the caller
 *   sets them.
 */
ForlopDuty *
forlop_duty_add (GPtrArray      *duties,
                 ForlopSnapshot *snapshot,
                 const char     *rule,
                 const char     *act,
                 ForlopRecord   *subject,
                 const char     *activity)
{
  ForlopRecord *the_case;
  const char *role, *unit_id;
  ForlopDuty *self;

  g_return_val_if_fail (duties != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (subject), NULL);

  the_case = forlop_snapshot_get_case (snapshot);
  forlop_responsible_for (snapshot, activity, &role, &unit_id);

  self = g_new0 (ForlopDuty, 1);
  self->rule = rule;
  self->act = act;
  self->subject_type = forlop_record_get_rtype (subject)->name;
  self->subject_id = g_strdup (forlop_record_get_id (subject));
  self->citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
  self->case_id = g_strdup (forlop_record_get_id (the_case));
  self->role = g_strdup (role);
  self->unit_id = g_strdup (unit_id);
  self->visible_from = G_MININT64 + 1;
  self->due_at = FORLOP_INSTANT_NONE;
  self->since = FORLOP_INSTANT_NONE;
  g_ptr_array_add (duties, self);

  return self;
}

/**
 * forlop_duties_of_case:
 *
 * Everything that must be done in the snapshot's case, now or later. The result depends on the
 * records alone, not on the snapshot's instant: what is visible and what is overdue is asked of it.
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopDuty.
 */
GPtrArray *
forlop_duties_of_case (ForlopSnapshot *snapshot)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free);

  g_return_val_if_fail (snapshot != NULL, duties);

  if (forlop_snapshot_get_case (snapshot) == NULL)
    return duties;
  if (forlop_snapshot_is_delivery (snapshot))
    {
      forlop_duties_add_delivery (snapshot, duties);
      return duties;
    }

  forlop_duties_add_pathway (snapshot, duties);
  forlop_duties_add_follow_up (snapshot, duties);

  return duties;
}

const char *
forlop_duty_button (const char *rule)
{
  const Wording *wording;

  g_return_val_if_fail (rule != NULL, NULL);

  wording = find_wording (rule);

  return wording != NULL ? _(wording->button) : NULL;
}

/* The kind of service, in the words of its choices. */
static const char *
service_label (const char *kind)
{
  const ForlopField *field =
    forlop_record_type_field (forlop_record_type_find ("service_plan"), "kind");

  return forlop_field_choice_label (field, kind);
}

/**
 * forlop_duty_brief:
 * @arguments: (nullable): as stored.
 *
 * What the matter is, as one of a list: "pulse 112 /min", "weight missing", "Swollen legs: yes".
 *
 * Returns: (transfer full) (nullable): %NULL for a duty that is neither an alert nor about something
 *   that is missing.
 */
char *
forlop_duty_brief (const char *rule,
                   const char *arguments)
{
  g_autofree char *value = NULL;
  ForlopReason reason;

  g_return_val_if_fail (rule != NULL, NULL);

  if (g_str_equal (rule, "missing-measurement") || g_str_equal (rule, "answer-form"))
    return forlop_missing_brief (arguments);
  if (!g_str_has_prefix (rule, "alert-") || arguments == NULL)
    return NULL;
  if (!forlop_reason_from_json (arguments, &reason, NULL) ||
      reason.measure == FORLOP_MEASURE_UNKNOWN)
    return forlop_form_reason_brief (arguments);
  value = forlop_measure_format (reason.measure, reason.value);

  return g_strdup_printf ("%s %s", forlop_measure_noun (reason.measure), value);
}

/* An alert and a missing measurement say what is the matter; the rest of the duties are all of one
 * kind. */
static char *
describe_arguments (const char *rule,
                    const char *arguments)
{
  if (g_str_equal (rule, "missing-measurement") || g_str_equal (rule, "answer-form"))
    return forlop_missing_describe (arguments);

  return g_str_has_prefix (rule, "alert-") ? forlop_alert_describe (arguments) : NULL;
}

/**
 * forlop_duty_describe:
 * @arguments: (nullable): as stored: "title" is the text of a task, "name" what the duty is about
 *   where that is no citizen, "kind" a kind of service.
 */
char *
forlop_duty_describe (const char *rule,
                      const char *arguments,
                      ForlopDate  today G_GNUC_UNUSED)
{
  const Wording *wording;
  const char *sentence, *title = NULL, *name = NULL, *kind = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  char *described;

  g_return_val_if_fail (rule != NULL, NULL);

  described = describe_arguments (rule, arguments);
  if (described != NULL)
    return described;
  wording = find_wording (rule);
  sentence = wording != NULL ? _(wording->sentence) : rule;

  doc = arguments != NULL ? forlop_json_parse (arguments, -1, NULL) : NULL;
  root = doc != NULL ? yyjson_doc_get_root (doc) : NULL;
  forlop_json_get_text (root, "title", &title, NULL);
  forlop_json_get_text (root, "name", &name, NULL);
  forlop_json_get_text (root, "kind", &kind, NULL);

  if (title != NULL)
    return g_strdup (title);
  if (name != NULL && kind != NULL)
    /* Translators: an item, what must be done, a kind of service. */
    return g_strdup_printf (_("%s: %s (%s)"), name, sentence, service_label (kind));
  if (name != NULL)
    /* Translators: an item, what must be done. */
    return g_strdup_printf (_("%s: %s"), name, sentence);

  return g_strdup (sentence);
}
