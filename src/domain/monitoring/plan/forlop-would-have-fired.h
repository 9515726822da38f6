/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-triage.h"

G_BEGIN_DECLS

/**
 * ForlopFiredCount:
 * @judged: How many readings were judged.
 * @by_severity: How many got each severity.
 * @by_measure: The same per measure.
 * @alerts: Reds and yellows that would have been alerts, repeats taken into account.
 */
typedef struct {
  unsigned int judged;
  unsigned int alerts;
  unsigned int by_severity[FORLOP_N_SEVERITIES];
  unsigned int by_measure[FORLOP_N_MEASURES][FORLOP_N_SEVERITIES];
} ForlopFiredCount;

void forlop_fired_count      (const ForlopPlanVersion *versions,
                              unsigned int             n_versions,
                              const ForlopMeasurement *history,
                              unsigned int             n_history,
                              gint64                   from_ms,
                              gint64                   to_ms,
                              ForlopFiredCount        *count);
void forlop_would_have_fired (const ForlopPlanVersion *alternative,
                              const ForlopMeasurement *history,
                              unsigned int             n_history,
                              gint64                   from_ms,
                              gint64                   to_ms,
                              ForlopFiredCount        *count);

G_END_DECLS
