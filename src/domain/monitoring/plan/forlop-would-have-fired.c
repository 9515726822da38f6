/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-would-have-fired.h"

/**
 * forlop_fired_count:
 * @history: The citizen's readings, sorted by time of measuring; those before @from_ms feed the
 *   trend rules.
 * @count: (out):
 *
 * Judges every reading with @from_ms ≤ time < @to_ms by the plan that was in force, and counts.
 * A red that still waits for its repeat at @to_ms is not counted as an alert.
 */
void
forlop_fired_count (const ForlopPlanVersion *versions,
                    unsigned int             n_versions,
                    const ForlopMeasurement *history,
                    unsigned int             n_history,
                    gint64                   from_ms,
                    gint64                   to_ms,
                    ForlopFiredCount        *count)
{
  g_return_if_fail (versions != NULL || n_versions == 0);
  g_return_if_fail (history != NULL || n_history == 0);
  g_return_if_fail (count != NULL);

  *count = (ForlopFiredCount) { 0 };

  for (unsigned int i = forlop_measurements_find (history, n_history, from_ms - 1);
       i < n_history && history[i].measured_at < to_ms; i++)
    {
      ForlopJudgement judgement = forlop_triage_judge (&history[i], versions, n_versions,
                                                       history, n_history);
      ForlopRepeatState state = forlop_triage_repeat (&history[i], &judgement, versions,
                                                      n_versions, history, n_history, to_ms);

      count->judged++;
      count->by_severity[judgement.severity]++;
      count->by_measure[history[i].measure][judgement.severity]++;
      if (forlop_triage_is_alert (&judgement, state))
        count->alerts++;
    }
}

/**
 * forlop_would_have_fired:
 * @alternative: The plan that is being tried, not yet saved.
 *
 * What @alternative would have given, had it been in force and without observation the whole time.
 * To be shown beside forlop_fired_count() for the plan that was in force.
 */
void
forlop_would_have_fired (const ForlopPlanVersion *alternative,
                         const ForlopMeasurement *history,
                         unsigned int             n_history,
                         gint64                   from_ms,
                         gint64                   to_ms,
                         ForlopFiredCount        *count)
{
  g_return_if_fail (alternative != NULL && count != NULL);

  ForlopPlanVersion tried = *alternative;

  tried.valid_from = FORLOP_INSTANT_NONE;
  tried.observation_until = FORLOP_INSTANT_NONE;
  forlop_fired_count (&tried, 1, history, n_history, from_ms, to_ms, count);
}
