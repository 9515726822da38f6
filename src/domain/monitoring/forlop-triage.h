/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-measurement.h"
#include "forlop-plan-rules.h"
#include "forlop-reason.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/**
 * ForlopRepeatState:
 * @FORLOP_REPEAT_NOT_ASKED: Not red, or the plan asks for no repeat.
 * @FORLOP_REPEAT_AWAITING: Red, and the time for a new reading is not over: no alert yet.
 * @FORLOP_REPEAT_CONFIRMED: A second reading within the time is red as well: an alert.
 * @FORLOP_REPEAT_CLEARED: The second reading within the time is not red: no alert, both are kept.
 * @FORLOP_REPEAT_EXPIRED: No new reading came in time: an alert.
 *
 * Whether a red reading has become an alert.
 */
typedef enum {
  FORLOP_REPEAT_NOT_ASKED,
  FORLOP_REPEAT_AWAITING,
  FORLOP_REPEAT_CONFIRMED,
  FORLOP_REPEAT_CLEARED,
  FORLOP_REPEAT_EXPIRED,
} ForlopRepeatState;

/**
 * ForlopJudgement:
 * @severity: The result.
 * @uncertain: The device's quality was in doubt: "~" after the mark.
 * @awaits_repeat: A red that does not become an alert before @repeat_until unless a second reading
 *   confirms it. FALSE for a red that is itself the second reading.
 * @repeat_until: The last instant at which a new reading still counts as the repeat, or
 *   %FORLOP_INSTANT_NONE.
 * @plan_version: The version it was judged by, 0 for none.
 * @reason: Why.
 *
 * The judgement of one reading, by what was measured up to and with it.
 */
typedef struct {
  ForlopSeverity severity;
  gboolean uncertain;
  gboolean awaits_repeat;
  gint64 repeat_until;
  unsigned int plan_version;
  ForlopReason reason;
} ForlopJudgement;

ForlopJudgement   forlop_triage_judge      (const ForlopMeasurement *measurement,
                                            const ForlopPlanVersion *versions,
                                            unsigned int             n_versions,
                                            const ForlopMeasurement *history,
                                            unsigned int             n_history);
ForlopRepeatState forlop_triage_repeat     (const ForlopMeasurement *measurement,
                                            const ForlopJudgement   *judgement,
                                            const ForlopPlanVersion *versions,
                                            unsigned int             n_versions,
                                            const ForlopMeasurement *history,
                                            unsigned int             n_history,
                                            gint64                   now_ms);
gboolean          forlop_triage_is_alert   (const ForlopJudgement   *judgement,
                                            ForlopRepeatState        state);
const char       *forlop_repeat_state_code (ForlopRepeatState        state);

G_END_DECLS
