/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-alert-wish.h"

#include "forlop-date.h"
#include "forlop-id.h"
#include "forlop-missing.h"
#include "forlop-questionnaire.h"

static const char *
rule_of (const ForlopReason *reason)
{
  if (reason->code == FORLOP_REASON_BEYOND_LIMIT)
    return forlop_limit_kind_code (reason->limit_kind);

  return forlop_reason_code_name (reason->code);
}

const char *const *
forlop_alert_rules (void)
{
  static const char *const rules[] = {
    "red_low", "yellow_low", "yellow_high", "red_high", "change", "own_median", NULL,
  };

  return rules;
}

/**
 * forlop_alert_wish_judge:
 * @judgement: what forlop_triage_judge() gave for @measurement.
 * @history: as for forlop_triage_repeat().
 */
void
forlop_alert_wish_judge (ForlopAlertWish         *self,
                         const ForlopMeasurement *measurement,
                         const ForlopJudgement   *judgement,
                         const ForlopPlanVersion *versions,
                         unsigned int             n_versions,
                         const ForlopMeasurement *history,
                         unsigned int             n_history)
{
  ForlopRepeatState state;

  g_return_if_fail (self != NULL);
  g_return_if_fail (measurement != NULL && judgement != NULL);

  *self = (ForlopAlertWish) { .severity = judgement->severity, .waits_until = FORLOP_INSTANT_NONE };
  if (!forlop_severity_is_alert (judgement->severity))
    return;

  /* Asked at the last instant at which a repeat counts, the answer does not depend on the clock:
   * a red without a repeat waits, and becomes an alert by itself when the instant has passed. */
  state = forlop_triage_repeat (measurement, judgement, versions, n_versions, history, n_history,
                                judgement->repeat_until);
  self->wanted = state != FORLOP_REPEAT_CLEARED;
  self->rule = rule_of (&judgement->reason);
  g_assert (g_strv_contains (forlop_alert_rules (), self->rule));
  if (state == FORLOP_REPEAT_AWAITING)
    self->waits_until = judgement->repeat_until;
}

char *
forlop_alert_id (const char *measurement_id,
                 const char *rule)
{
  g_return_val_if_fail (measurement_id != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  return forlop_id_derive (measurement_id, rule);
}

char *
forlop_alert_describe (const char *reason)
{
  ForlopReason read;
  char *sentence;

  if (reason == NULL)
    return NULL;
  if (forlop_reason_from_json (reason, &read, NULL))
    return forlop_reason_format (&read);
  sentence = forlop_form_reason_describe (reason);

  return sentence != NULL ? sentence : forlop_missing_describe (reason);
}
