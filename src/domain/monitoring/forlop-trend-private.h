/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-measurement.h"
#include "forlop-plan-rules.h"

G_BEGIN_DECLS

/**
 * ForlopTrend:
 * @base: The value the rule compared with.
 * @base_at: When the base of a change was measured, %FORLOP_INSTANT_NONE for a median.
 */
typedef struct {
  double base;
  gint64 base_at;
} ForlopTrend;

/* Whether @rule fires for a plausible @measurement, given what was measured up to it. */
gboolean forlop_trend_fires (const ForlopRule        *rule,
                             const ForlopMeasurement *measurement,
                             const ForlopMeasurement *history,
                             unsigned int             n_history,
                             ForlopTrend             *trend);

G_END_DECLS
