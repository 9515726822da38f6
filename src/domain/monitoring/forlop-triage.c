/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-triage.h"

#include <math.h>

#include "forlop-decimal.h"
#include "forlop-trend-private.h"

static void
judgement_init (ForlopJudgement         *judgement,
                const ForlopMeasurement *measurement,
                const ForlopPlanVersion *version)
{
  *judgement = (ForlopJudgement) {
    .severity = FORLOP_SEVERITY_NONE,
    .uncertain = (measurement->quality & FORLOP_QUALITY_UNCERTAIN) != 0,
    .repeat_until = FORLOP_INSTANT_NONE,
    .plan_version = version != NULL ? version->version : 0,
    .reason = {
      .measure = measurement->measure,
      .value = forlop_decimal_is_number (measurement->value) ? measurement->value : NAN,
      .limit = NAN,
      .other = NAN,
      .other_at = FORLOP_INSTANT_NONE,
      .amount = NAN,
      .plan_version = version != NULL ? version->version : 0,
      .plan_valid_from = version != NULL ? version->valid_from : FORLOP_INSTANT_NONE,
    },
  };
  if (version != NULL)
    judgement->reason.limits = version->limits[measurement->measure];
  else
    forlop_limits_init (&judgement->reason.limits, measurement->measure);
}

static void
decide (ForlopJudgement  *judgement,
        ForlopSeverity    severity,
        ForlopReasonCode  code)
{
  judgement->severity = severity;
  judgement->reason.severity = severity;
  judgement->reason.code = code;
}

static void
decide_out_of_range (ForlopJudgement         *judgement,
                     const ForlopMeasurement *measurement)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measurement->measure);

  if (info->ucum == NULL || !forlop_decimal_is_number (measurement->value))
    {
      decide (judgement, FORLOP_SEVERITY_IMPLAUSIBLE, FORLOP_REASON_NOT_A_NUMBER);
      return;
    }

  gboolean low = measurement->value < info->possible_low;

  decide (judgement, FORLOP_SEVERITY_IMPLAUSIBLE,
          forlop_decimal_from_double (measurement->value) == 0 ? FORLOP_REASON_ZERO
                                                               : FORLOP_REASON_OUT_OF_RANGE);
  judgement->reason.limit_kind = low ? FORLOP_LIMIT_POSSIBLE_LOW : FORLOP_LIMIT_POSSIBLE_HIGH;
  judgement->reason.limit = low ? info->possible_low : info->possible_high;
}

/* The other half of a swapped pair, for the sentence: the largest of those measured at the same
 * time, so that the order of arrival plays no part. */
static double
swapped_partner (const ForlopMeasurement *measurement,
                 const ForlopMeasurement *history,
                 unsigned int             n_history)
{
  ForlopMeasure partner = measurement->measure == FORLOP_MEASURE_SYSTOLIC
                          ? FORLOP_MEASURE_DIASTOLIC : FORLOP_MEASURE_SYSTOLIC;
  unsigned int i = forlop_measurements_find (history, n_history, measurement->measured_at);
  double value = NAN;

  while (i > 0 && history[--i].measured_at == measurement->measured_at)
    {
      const ForlopMeasurement *other = &history[i];

      if (other->measure == partner && !other->invalidated
          && (other->quality & FORLOP_QUALITY_ABSENT) == 0
          && forlop_decimal_is_number (other->value) && other->value > 0
          && !(value >= other->value))
        value = other->value;
    }
  return value;
}

/* Whether the reading cannot be coloured; decides why. */
static gboolean
decide_unusable (ForlopJudgement         *judgement,
                 const ForlopMeasurement *measurement,
                 const ForlopMeasurement *history,
                 unsigned int             n_history)
{
  if (measurement->invalidated)
    decide (judgement, FORLOP_SEVERITY_IMPLAUSIBLE, FORLOP_REASON_INVALIDATED);
  else if ((measurement->quality & FORLOP_QUALITY_ABSENT) != 0)
    decide (judgement, FORLOP_SEVERITY_NOT_REPORTED, FORLOP_REASON_NOT_REPORTED);
  else if (!forlop_measure_possible (measurement->measure, measurement->value))
    decide_out_of_range (judgement, measurement);
  else if (forlop_measurements_swapped (measurement, history, n_history))
    {
      decide (judgement, FORLOP_SEVERITY_IMPLAUSIBLE, FORLOP_REASON_SWAPPED);
      judgement->reason.other = swapped_partner (measurement, history, n_history);
    }
  else
    return FALSE;
  return TRUE;
}

static void
decide_by_limits (ForlopJudgement *judgement)
{
  ForlopReason *reason = &judgement->reason;

  if (forlop_limits_is_empty (&reason->limits))
    {
      decide (judgement, FORLOP_SEVERITY_NONE, FORLOP_REASON_NO_LIMITS);
      return;
    }

  ForlopLimitKind kind = forlop_limits_judge (&reason->limits, reason->value);

  if (kind == FORLOP_LIMIT_NONE)
    {
      decide (judgement, FORLOP_SEVERITY_GREEN, FORLOP_REASON_INSIDE);
      return;
    }

  gboolean red = kind == FORLOP_LIMIT_RED_LOW || kind == FORLOP_LIMIT_RED_HIGH;

  decide (judgement, red ? FORLOP_SEVERITY_RED : FORLOP_SEVERITY_YELLOW,
          FORLOP_REASON_BEYOND_LIMIT);
  reason->limit_kind = kind;
  reason->limit = forlop_limits_get (&reason->limits, kind);
}

/* A rule replaces what stands only where it is worse: equals keep the limits first, then the rule
 * that stands first in the plan. */
static void
decide_by_rules (ForlopJudgement         *judgement,
                 const ForlopMeasurement *measurement,
                 const ForlopPlanVersion *version,
                 const ForlopMeasurement *history,
                 unsigned int             n_history)
{
  for (unsigned int i = 0; i < version->n_rules; i++)
    {
      const ForlopRule *rule = &version->rules[i];
      ForlopTrend trend;

      if (rule->measure != measurement->measure || rule->severity <= judgement->severity
          || !forlop_trend_fires (rule, measurement, history, n_history, &trend))
        continue;

      ForlopReason *reason = &judgement->reason;

      decide (judgement, rule->severity,
              rule->kind == FORLOP_RULE_CHANGE ? FORLOP_REASON_CHANGE : FORLOP_REASON_OWN_MEDIAN);
      reason->limit_kind = FORLOP_LIMIT_NONE;
      reason->limit = NAN;
      reason->other = trend.base;
      reason->other_at = trend.base_at;
      reason->amount = rule->amount;
      reason->percent = rule->percent;
      reason->days = rule->days;
    }
}

static void
judge_without_repeat (const ForlopMeasurement *measurement,
                      const ForlopPlanVersion *version,
                      const ForlopMeasurement *history,
                      unsigned int             n_history,
                      ForlopJudgement         *judgement)
{
  judgement_init (judgement, measurement, version);

  if (decide_unusable (judgement, measurement, history, n_history))
    return;

  if (version == NULL)
    {
      decide (judgement, FORLOP_SEVERITY_NONE, FORLOP_REASON_NO_PLAN);
      return;
    }

  if (version->observation_until != FORLOP_INSTANT_NONE
      && measurement->measured_at < version->observation_until)
    {
      decide (judgement, FORLOP_SEVERITY_OBSERVATION, FORLOP_REASON_OBSERVATION);
      return;
    }

  decide_by_limits (judgement);
  if (version->n_rules > 0 && judgement->severity != FORLOP_SEVERITY_RED)
    decide_by_rules (judgement, measurement, version, history, n_history);
}

static gboolean
is_red (const ForlopMeasurement *measurement,
        const ForlopPlanVersion *versions,
        unsigned int             n_versions,
        const ForlopMeasurement *history,
        unsigned int             n_history)
{
  ForlopJudgement judgement;

  judge_without_repeat (measurement,
                        forlop_plan_in_force (versions, n_versions, measurement->measured_at),
                        history, n_history, &judgement);
  return judgement.severity == FORLOP_SEVERITY_RED;
}

/* Several readings of one measure at one instant are one reading for the repeat: it is red if any
 * of them is. */
static gboolean
instant_is_red (const ForlopMeasurement *measurement,
                unsigned int             index,
                const ForlopPlanVersion *versions,
                unsigned int             n_versions,
                const ForlopMeasurement *history,
                unsigned int             n_history)
{
  gint64 at_ms = history[index].measured_at;
  unsigned int end = forlop_measurements_find (history, n_history, at_ms);

  for (unsigned int i = end; i > 0 && history[i - 1].measured_at == at_ms; i--)
    {
      if (history[i - 1].measure == measurement->measure
          && is_red (&history[i - 1], versions, n_versions, history, n_history))
        return TRUE;
    }
  return FALSE;
}

/* Whether the reading before this one, at most @minutes earlier, was red: then this is the second
 * reading the plan asked for. */
static gboolean
repeats_a_red (const ForlopMeasurement *measurement,
               int                      minutes,
               const ForlopPlanVersion *versions,
               unsigned int             n_versions,
               const ForlopMeasurement *history,
               unsigned int             n_history)
{
  gint64 earliest = measurement->measured_at - minutes * FORLOP_MINUTE;
  unsigned int i = forlop_measurements_find (history, n_history, measurement->measured_at);

  while (i > 0 && history[--i].measured_at >= earliest)
    {
      if (history[i].measure == measurement->measure
          && history[i].measured_at < measurement->measured_at
          && forlop_measurements_plausible (&history[i], history, n_history))
        return instant_is_red (measurement, i, versions, n_versions, history, n_history);
    }
  return FALSE;
}

/**
 * forlop_triage_judge:
 * @measurement: The reading; it need not be part of @history.
 * @versions: The citizen's approved plan versions in any order.
 * @history: The citizen's readings of all measures, sorted with forlop_measurements_sort(). Those
 *   measured after @measurement are ignored, so the order in which readings arrive changes
 *   nothing once they have all arrived.
 *
 * Judges one reading by the plan in force when it was measured. The first of these that holds
 * decides:
 *
 * 1. marked invalid → implausible; no value → not reported; not a number, zero, outside the
 *    physically possible range, systolic not above diastolic at the same time → implausible;
 * 2. no plan in force → none; before the end of the observation → observation;
 * 3. the worst of the limits and the trend rules. Strictly beyond counts, equal is inside, in
 *    decimal arithmetic (millionths). Of equals the limits give the reason, then the first rule;
 * 4. no limits set for the measure and no rule that fires → none; else green.
 *
 * The device's quality makes the result uncertain and never changes it.
 *
 * A red under a plan with a repeat time N awaits a repeat, unless the plausible reading of the same
 * measure just before it was taken at most N minutes earlier and was red as well: then it is itself
 * the second reading. forlop_triage_repeat() tells how the wait ends.
 *
 * Source of the rules: the traffic light of the self-treatment plan as the municipalities use it.
 */
ForlopJudgement
forlop_triage_judge (const ForlopMeasurement *measurement,
                     const ForlopPlanVersion *versions,
                     unsigned int             n_versions,
                     const ForlopMeasurement *history,
                     unsigned int             n_history)
{
  ForlopJudgement judgement = { 0 };

  g_return_val_if_fail (measurement != NULL, judgement);
  g_return_val_if_fail (measurement->measure < FORLOP_N_MEASURES, judgement);
  g_return_val_if_fail (versions != NULL || n_versions == 0, judgement);
  g_return_val_if_fail (history != NULL || n_history == 0, judgement);

  const ForlopPlanVersion *version =
    forlop_plan_in_force (versions, n_versions, measurement->measured_at);

  judge_without_repeat (measurement, version, history, n_history, &judgement);
  if (judgement.severity == FORLOP_SEVERITY_RED && version->repeat_within_minutes > 0)
    {
      int minutes = version->repeat_within_minutes;

      judgement.repeat_until = measurement->measured_at + minutes * FORLOP_MINUTE;
      judgement.awaits_repeat = !repeats_a_red (measurement, minutes, versions, n_versions,
                                                history, n_history);
    }
  return judgement;
}

/**
 * forlop_triage_repeat:
 * @judgement: What forlop_triage_judge() gave for @measurement.
 * @history: As for forlop_triage_judge(), here with what was measured later.
 * @now_ms: The instant that is asked about.
 *
 * Whether a red has become an alert at @now_ms. The repeat is the first plausible reading of the
 * same measure measured after this one and at most N minutes after it, both counted from the time
 * of measuring. If it is red the first is confirmed, if it is not the first is cleared; both
 * readings are kept. With no repeat the red waits to the last millisecond of the N minutes, and is
 * an alert after that. A red that is itself the second reading is confirmed at once. A repeat that
 * arrives late changes the answer afterwards: the judging is then done again and supersedes.
 */
ForlopRepeatState
forlop_triage_repeat (const ForlopMeasurement *measurement,
                      const ForlopJudgement   *judgement,
                      const ForlopPlanVersion *versions,
                      unsigned int             n_versions,
                      const ForlopMeasurement *history,
                      unsigned int             n_history,
                      gint64                   now_ms)
{
  g_return_val_if_fail (measurement != NULL && judgement != NULL, FORLOP_REPEAT_NOT_ASKED);
  g_return_val_if_fail (history != NULL || n_history == 0, FORLOP_REPEAT_NOT_ASKED);

  if (judgement->severity != FORLOP_SEVERITY_RED
      || judgement->repeat_until == FORLOP_INSTANT_NONE)
    return FORLOP_REPEAT_NOT_ASKED;
  if (!judgement->awaits_repeat)
    return FORLOP_REPEAT_CONFIRMED;

  for (unsigned int i = forlop_measurements_find (history, n_history, measurement->measured_at);
       i < n_history && history[i].measured_at <= judgement->repeat_until; i++)
    {
      if (history[i].measure == measurement->measure
          && forlop_measurements_plausible (&history[i], history, n_history))
        return instant_is_red (measurement, i, versions, n_versions, history, n_history)
               ? FORLOP_REPEAT_CONFIRMED : FORLOP_REPEAT_CLEARED;
    }
  return now_ms <= judgement->repeat_until ? FORLOP_REPEAT_AWAITING : FORLOP_REPEAT_EXPIRED;
}

/**
 * forlop_triage_is_alert:
 * @state: What forlop_triage_repeat() gave.
 *
 * Whether somebody has to call: every yellow, and every red that is not waiting for its repeat and
 * was not cleared by it.
 */
gboolean
forlop_triage_is_alert (const ForlopJudgement *judgement,
                        ForlopRepeatState      state)
{
  g_return_val_if_fail (judgement != NULL, FALSE);

  return forlop_severity_is_alert (judgement->severity)
         && state != FORLOP_REPEAT_AWAITING && state != FORLOP_REPEAT_CLEARED;
}

/**
 * forlop_repeat_state_code:
 *
 * The code that is stored and sent.
 */
const char *
forlop_repeat_state_code (ForlopRepeatState state)
{
  static const char *const codes[] = {
    [FORLOP_REPEAT_NOT_ASKED] = "not_asked",
    [FORLOP_REPEAT_AWAITING] = "awaiting",
    [FORLOP_REPEAT_CONFIRMED] = "confirmed",
    [FORLOP_REPEAT_CLEARED] = "cleared",
    [FORLOP_REPEAT_EXPIRED] = "expired",
  };

  g_return_val_if_fail ((unsigned int) state < G_N_ELEMENTS (codes), NULL);

  return codes[state];
}
