/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-limits.h"
#include "forlop-measurement.h"

G_BEGIN_DECLS

/* With fewer readings, or readings of fewer days, nothing is proposed. */
#define FORLOP_PROPOSAL_MIN_READINGS 10
#define FORLOP_PROPOSAL_MIN_DAYS 5

/**
 * ForlopLimitProposal:
 * @n_readings: How many plausible readings it builds on.
 * @n_days: On how many days they were taken.
 * @median: Of the readings, in the measure's canonical unit; NaN where there are none.
 * @spread: 1.4826 times the median distance from the median; NaN where there are none.
 * @limits: What is proposed; empty when there are too few readings.
 *
 * What a citizen's own readings say about limits. A proposal for a clinician, never applied by
 * itself.
 */
typedef struct {
  unsigned int n_readings;
  unsigned int n_days;
  double median;
  double spread;
  ForlopLimits limits;
} ForlopLimitProposal;

gboolean forlop_limit_proposal_make (ForlopLimitProposal     *self,
                                     ForlopMeasure            measure,
                                     const ForlopMeasurement *history,
                                     unsigned int             n_history,
                                     gint64                   from_ms,
                                     gint64                   to_ms);

G_END_DECLS
