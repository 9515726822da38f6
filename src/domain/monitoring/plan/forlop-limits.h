/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-measure.h"

G_BEGIN_DECLS

/**
 * ForlopLimitKind:
 * @FORLOP_LIMIT_NONE: No limit.
 * @FORLOP_LIMIT_POSSIBLE_LOW: The lower end of what is physically possible.
 * @FORLOP_LIMIT_POSSIBLE_HIGH: The upper end of what is physically possible.
 */
typedef enum {
  FORLOP_LIMIT_NONE,
  FORLOP_LIMIT_RED_LOW,
  FORLOP_LIMIT_YELLOW_LOW,
  FORLOP_LIMIT_YELLOW_HIGH,
  FORLOP_LIMIT_RED_HIGH,
  FORLOP_LIMIT_POSSIBLE_LOW,
  FORLOP_LIMIT_POSSIBLE_HIGH,
} ForlopLimitKind;

#define FORLOP_N_LIMIT_KINDS (FORLOP_LIMIT_POSSIBLE_HIGH + 1)

/**
 * ForlopLimits:
 * @measure: A #ForlopMeasure.
 *
 * The limits of one measure in its canonical unit; NaN means that the limit is not set. A value
 * strictly beyond a limit is outside; a value equal to it is inside.
 */
typedef struct {
  ForlopMeasure measure;
  double red_low;
  double yellow_low;
  double yellow_high;
  double red_high;
} ForlopLimits;

void            forlop_limits_init       (ForlopLimits        *self,
                                          ForlopMeasure        measure);
gboolean        forlop_limits_is_empty   (const ForlopLimits  *self);
double          forlop_limits_get        (const ForlopLimits  *self,
                                          ForlopLimitKind      kind);
gboolean        forlop_limits_equal      (const ForlopLimits  *a,
                                          const ForlopLimits  *b);
gboolean        forlop_limits_validate   (const ForlopLimits  *self,
                                          GError             **error);
gboolean        forlop_limits_validate_pair (const ForlopLimits *systolic,
                                             const ForlopLimits *diastolic,
                                             GError            **error);
ForlopLimitKind forlop_limits_judge      (const ForlopLimits  *self,
                                          double               value);

const char     *forlop_limit_kind_code   (ForlopLimitKind      kind);
ForlopLimitKind forlop_limit_kind_from_code (const char       *code);
const char     *forlop_limit_kind_label  (ForlopLimitKind      kind);

G_END_DECLS
