/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-triage.h"

G_BEGIN_DECLS

/**
 * ForlopJudging:
 * @versions: #GArray of #ForlopPlanVersion.
 * @history: #GArray of #ForlopMeasurement, sorted: those to judge and what they are judged by.
 * @first: index of the first measurement whose judgement may have changed.
 * @end: index after the last one.
 *
 * What is needed to judge a citizen's measurements again after something about them has changed.
 */
typedef struct {
  GArray *versions;
  GArray *history;
  unsigned int first;
  unsigned int end;
} ForlopJudging;

/* What has changed was measured from @from to @to, both included. With @changeset the measurements,
 * invalidations and plans of an act in progress count as if they were stored. */
ForlopJudging     *forlop_judging_load  (ForlopConnection    *connection,
                                         const char          *citizen_id,
                                         ForlopChangeset     *changeset,
                                         gint64               from,
                                         gint64               to,
                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_judging_free  (ForlopJudging       *self);
ForlopMeasurement *forlop_judging_get   (const ForlopJudging *self,
                                         unsigned int         index);
ForlopJudgement    forlop_judging_judge (const ForlopJudging *self,
                                         unsigned int         index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopJudging, forlop_judging_free)

G_END_DECLS
