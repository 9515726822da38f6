/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-triage.h"

G_BEGIN_DECLS

/**
 * ForlopAlertWish:
 * @wanted: whether the measurement is an alert.
 * @rule: static: what raised it: a limit ("red_low") or a kind of trend rule ("change").
 * @severity: yellow or red.
 * @waits_until: the plan asks for a new reading: nobody is called before this instant has passed;
 *   %FORLOP_INSTANT_NONE for an alert at once.
 *
 * What a measurement says should stand in the list of alerts. It follows from the records alone, so
 * that every machine that judges comes to the same.
 */
typedef struct {
  gboolean wanted;
  const char *rule;
  ForlopSeverity severity;
  gint64 waits_until;
} ForlopAlertWish;

void  forlop_alert_wish_judge (ForlopAlertWish         *self,
                               const ForlopMeasurement *measurement,
                               const ForlopJudgement   *judgement,
                               const ForlopPlanVersion *versions,
                               unsigned int             n_versions,
                               const ForlopMeasurement *history,
                               unsigned int             n_history);
/* The id of the one alert that @rule can raise for a measurement. */
char *forlop_alert_id         (const char              *measurement_id,
                               const char              *rule) G_GNUC_WARN_UNUSED_RESULT;
/* Every rule by which a measurement can be an alert, ended by NULL. */
const char *const *forlop_alert_rules   (void);
/* What stands in an alert as its reason, as a sentence: of a measurement, a form or what is missing;
 * NULL when it is something else. */
char *forlop_alert_describe   (const char              *reason) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
