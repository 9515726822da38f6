/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-plan-data.h"

G_BEGIN_DECLS

/* What is to be decided about the limits: when the observation ends, and when the trial does; or that the plan is not in
 * force yet. NULL: nothing. @waits: it is the latter, and nothing is to be done. @due: it can be said now that the limits
 * fit. */
char *forlop_plan_review_text (const ForlopPlanData *data,
                               gboolean             *waits,
                               gboolean             *due);

G_END_DECLS
