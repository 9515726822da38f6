/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"
#include "forlop-limits.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/**
 * ForlopReasonCode:
 * @FORLOP_REASON_NOT_REPORTED: The device reported no value.
 * @FORLOP_REASON_INVALIDATED: Somebody marked the reading as invalid.
 * @FORLOP_REASON_NOT_A_NUMBER: The value is not a number.
 * @FORLOP_REASON_ZERO: The value is zero, where zero is impossible.
 * @FORLOP_REASON_OUT_OF_RANGE: Outside the physically possible range.
 * @FORLOP_REASON_SWAPPED: Systolic is not above diastolic; @other is the partner.
 * @FORLOP_REASON_NO_PLAN: No plan was in force when it was measured.
 * @FORLOP_REASON_OBSERVATION: Collected without colour.
 * @FORLOP_REASON_NO_LIMITS: The plan sets no limits for this measure.
 * @FORLOP_REASON_INSIDE: Inside the limits.
 * @FORLOP_REASON_BEYOND_LIMIT: Strictly beyond @limit.
 * @FORLOP_REASON_CHANGE: Changed by more than @amount from @other within @days.
 * @FORLOP_REASON_OWN_MEDIAN: More than @amount from the own median @other of @days.
 */
typedef enum {
  FORLOP_REASON_NOT_REPORTED,
  FORLOP_REASON_INVALIDATED,
  FORLOP_REASON_NOT_A_NUMBER,
  FORLOP_REASON_ZERO,
  FORLOP_REASON_OUT_OF_RANGE,
  FORLOP_REASON_SWAPPED,
  FORLOP_REASON_NO_PLAN,
  FORLOP_REASON_OBSERVATION,
  FORLOP_REASON_NO_LIMITS,
  FORLOP_REASON_INSIDE,
  FORLOP_REASON_BEYOND_LIMIT,
  FORLOP_REASON_CHANGE,
  FORLOP_REASON_OWN_MEDIAN,
} ForlopReasonCode;

#define FORLOP_N_REASONS (FORLOP_REASON_OWN_MEDIAN + 1)

/**
 * ForlopReason:
 * @value: The value that was judged, NaN if there was none.
 * @limit_kind: The limit the value is beyond, with its value in @limit.
 * @other: What the value was compared with: the base of a change, the median, the other pressure.
 * @other_at: When the base of a change was measured, else %FORLOP_INSTANT_NONE.
 * @amount: What the rule allows, signed as in the rule; with @percent of the median.
 * @plan_version: 0 where no plan was in force.
 * @plan_valid_from: When that version came into force, %FORLOP_INSTANT_NONE for always.
 * @limits: The measure's limits as they were when it was judged.
 *
 * Why a reading got its severity: everything the sentence needs, and nothing that points anywhere.
 * It is stored as it was and read again in any language.
 */
typedef struct {
  ForlopReasonCode code;
  ForlopSeverity severity;
  ForlopMeasure measure;
  ForlopLimitKind limit_kind;
  double value;
  double limit;
  double other;
  gint64 other_at;
  double amount;
  gboolean percent;
  int days;
  unsigned int plan_version;
  gint64 plan_valid_from;
  ForlopLimits limits;
} ForlopReason;

const char *forlop_reason_code_name (ForlopReasonCode     code);
gboolean    forlop_reason_code_find (const char          *name,
                                     ForlopReasonCode    *code);
char       *forlop_reason_format    (const ForlopReason  *self) G_GNUC_WARN_UNUSED_RESULT;
char       *forlop_reason_to_json   (const ForlopReason  *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    forlop_reason_from_json (const char          *text,
                                     ForlopReason        *reason,
                                     GError             **error);

G_END_DECLS
