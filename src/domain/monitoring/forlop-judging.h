/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-triage.h"

G_BEGIN_DECLS

/**
 * ForlopJudgingReach:
 *
 * What a change of something measured from one instant to another can matter for: the judgements of
 * [@first, @last], which look at the measurements of [@from, @to]; all four included.
 */
typedef struct {
  gint64 first;
  gint64 last;
  gint64 from;
  gint64 to;
} ForlopJudgingReach;

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

/* @versions: of ForlopPlanVersion: every one that rules or ruled. */
ForlopJudgingReach forlop_judging_reach (const GArray             *versions,
                                         gint64                    from,
                                         gint64                    to);
/* Takes @versions and @history, which has what is stored of @reach, in any order. With @changeset the
 * measurements and invalidations of an act in progress count as if they were stored; the measurements of those in
 * @ids alone: of every record of the person. */
ForlopJudging     *forlop_judging_new   (GArray                   *versions,
                                         GArray                   *history,
                                         GPtrArray                *ids,
                                         const ForlopJudgingReach *reach,
                                         ForlopChangeset          *changeset) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_judging_free  (ForlopJudging            *self);
ForlopMeasurement *forlop_judging_get   (const ForlopJudging      *self,
                                         unsigned int              index);
ForlopJudgement    forlop_judging_judge (const ForlopJudging      *self,
                                         unsigned int              index);

/* In @history, of ForlopMeasurement: what @invalidation, a record, says of its measurement. */
void               forlop_judging_mark  (GArray                   *history,
                                         ForlopRecord             *invalidation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopJudging, forlop_judging_free)

G_END_DECLS
