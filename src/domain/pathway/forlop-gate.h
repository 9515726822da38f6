/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* A gate is a condition of the pathway. It is a pure predicate over a snapshot of the case as it was
 * before the act, and over what the act is about to write; the server asks the same question again. */

typedef enum {
  FORLOP_GATE_NONE,
  FORLOP_GATE_CASE_OPEN,
  FORLOP_GATE_BEFORE_DECISION,
  FORLOP_GATE_OFFICE_MAPPED,
  FORLOP_GATE_CRITERIA_ANSWERED,
  FORLOP_GATE_ASSESSED,
  FORLOP_GATE_CONSENT_SERVICE,
  FORLOP_GATE_CONSENT_MEASURE,
  FORLOP_GATE_GRANTED,
  FORLOP_GATE_NOT_STARTED,
  FORLOP_GATE_RUNNING,
  FORLOP_GATE_BASELINE,
  FORLOP_GATE_PLAN_APPROVED,
  FORLOP_GATE_PLAN_IN_FORCE,
  FORLOP_GATE_TRAINED,
  FORLOP_GATE_TRIAL_REVIEWED,
  FORLOP_GATE_ENDED,
  FORLOP_GATE_END_DECIDED,
  FORLOP_GATE_FINAL_EVALUATION,
  FORLOP_GATE_EQUIPMENT_BACK,
  FORLOP_GATE_LOANS_CONFIRMED,
  FORLOP_N_GATES,
} ForlopGate;

/**
 * ForlopGateFailure:
 * @gate: the gate that is closed.
 * @role: (nullable): the role of the function that can open it.
 * @unit_id: (nullable): its unit.
 */
typedef struct {
  ForlopGate gate;
  const char *role;
  const char *unit_id;
} ForlopGateFailure;

gboolean    forlop_gate_check       (ForlopGate          gate,
                                     ForlopSnapshot     *before,
                                     ForlopChangeset    *changeset,
                                     ForlopGateFailure  *failure);
const char *forlop_gate_code        (ForlopGate          gate);
/* What must hold, as a sentence: "The assessment is completed." */
const char *forlop_gate_condition   (ForlopGate          gate);
/* What is missing, as a sentence: "The assessment is not completed." */
const char *forlop_gate_missing     (ForlopGate          gate);
/* The activity of the organisation profile whose owner can open the gate, or NULL. */
const char *forlop_gate_activity    (ForlopGate          gate);

/* The function that owns @activity for this case, by its organisation profile. */
void        forlop_responsible_for  (ForlopSnapshot     *snapshot,
                                     const char         *activity,
                                     const char        **role,
                                     const char        **unit_id);

/* The newest decision in force on the snapshot's day that grants the service, or NULL. */
ForlopRecord *forlop_granting_decision (ForlopSnapshot  *snapshot);
/* The consent of @kind ("service", "measure") that stands, or NULL. */
ForlopRecord *forlop_standing_consent  (ForlopSnapshot  *snapshot,
                                        const char      *kind);
unsigned int  forlop_count_open_loans  (ForlopSnapshot  *snapshot);

G_END_DECLS
