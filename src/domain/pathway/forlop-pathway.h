/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-duty.h"

G_BEGIN_DECLS

/* Where a case stands: eight steps, each done, current, blocked or to come. */

typedef enum {
  FORLOP_STEP_REFERRAL,
  FORLOP_STEP_ASSESSMENT,
  FORLOP_STEP_DECISION,
  FORLOP_STEP_EQUIPMENT,
  FORLOP_STEP_TRAINING,
  FORLOP_STEP_FOLLOW_UP,
  FORLOP_STEP_EVALUATION,
  FORLOP_STEP_CLOSURE,
  FORLOP_N_STEPS,
} ForlopStep;

typedef enum {
  FORLOP_STEP_FUTURE,
  FORLOP_STEP_CURRENT,
  FORLOP_STEP_DONE,
  FORLOP_STEP_SKIPPED,
} ForlopStepState;

/**
 * ForlopPathway:
 * @states: the state of each step.
 * @done_on: the day the step was done, or %FORLOP_DATE_NONE.
 * @current: the step the case stands in; %FORLOP_N_STEPS when it is closed.
 */
typedef struct {
  ForlopStepState states[FORLOP_N_STEPS];
  ForlopDate done_on[FORLOP_N_STEPS];
  ForlopStep current;
} ForlopPathway;

void        forlop_pathway_evaluate (ForlopSnapshot *snapshot,
                                     ForlopPathway  *pathway);
const char *forlop_step_code        (ForlopStep      step);
const char *forlop_step_label       (ForlopStep      step);

G_END_DECLS
