/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gp-trend.h"

G_BEGIN_DECLS

/* What a GP is told on one page: what has changed since last time, and what is asked. These are the facts; how they
 * are laid out is elsewhere. */

/* The kind of the document that holds one. */
#define FORLOP_GP_SUMMARY_KIND "gp_summary"

/* The first one covers the time since the start, and no more than this. */
#define FORLOP_GP_SUMMARY_FIRST_DAYS 90
/* The longest period; who has not been told for longer is told of a year. */
#define FORLOP_GP_SUMMARY_MAX_DAYS 365

/**
 * ForlopGpAnswer:
 *
 * What a red or yellow alert led to.
 */
typedef enum {
  FORLOP_GP_ANSWER_PHONE,
  FORLOP_GP_ANSWER_VIDEO,
  FORLOP_GP_ANSWER_VISIT,
  FORLOP_GP_ANSWER_MESSAGE,
  FORLOP_GP_ANSWER_NO_CONTACT,
  FORLOP_GP_ANSWER_SET_ASIDE,
  FORLOP_GP_ANSWER_OPEN,
} ForlopGpAnswer;

#define FORLOP_N_GP_ANSWERS (FORLOP_GP_ANSWER_OPEN + 1)

/**
 * ForlopGpAlerts:
 * @n: alerts of one colour in the period; @n_before in the one before.
 * @answers: how many of @n led to what; they add up to @n.
 */
typedef struct {
  unsigned int n;
  unsigned int n_before;
  unsigned int answers[FORLOP_N_GP_ANSWERS];
} ForlopGpAlerts;

/**
 * ForlopGpSummary:
 * @first: nothing was sent before; the period is what is looked back on.
 * @shortened: more than a year has passed since the last one, and the period is the last year of it.
 * @plan: (nullable): the plan in force at the end of the period.
 * @plan_changes: #GPtrArray of #ForlopPlanChange: what differs from the plan in force when the period began.
 * @plan_later: (nullable): the plan that is to be in force from later than that.
 * @plan_sent: (nullable): a plan that waits for the GP's approval.
 * @asked: #GPtrArray of #ForlopPlanChange: what that plan would change.
 * @trends: #GPtrArray of #ForlopGpTrend.
 * @n_missing: measurements that were expected in the period, outside pauses, and did not come; a pair is one.
 * @contacts: #GPtrArray of contact_log records of the period, newest first.
 * @decisions: #GPtrArray of meeting_item records decided in the period, newest first.
 * @evaluations: #GPtrArray of evaluation records held in the period, newest first.
 * @pauses: #GPtrArray of pause records that touch the period.
 * @question: (nullable): what the GP is asked, as it was written.
 * @unit: (nullable): the unit that follows up.
 * @user: (nullable): who makes the summary.
 */
typedef struct {
  ForlopSnapshot *snapshot;
  ForlopGpPeriod period;
  gboolean first;
  gboolean shortened;
  ForlopRecord *plan;
  GPtrArray *plan_changes;
  ForlopRecord *plan_later;
  ForlopRecord *plan_sent;
  GPtrArray *asked;
  GPtrArray *trends;
  ForlopGpAlerts red;
  ForlopGpAlerts yellow;
  unsigned int n_missing;
  GPtrArray *contacts;
  GPtrArray *decisions;
  GPtrArray *evaluations;
  GPtrArray *pauses;
  char *question;
  ForlopRecord *unit;
  ForlopRecord *user;
} ForlopGpSummary;

/* From when the GP has not been told: the end of the newest gp_summary document in @snapshot, else the start of the
 * service. @since: what was asked for instead, or FORLOP_INSTANT_NONE. INVALID when that is not before @to. */
gboolean         forlop_gp_period_find    (ForlopSnapshot        *snapshot,
                                           gint64                 since,
                                           gint64                 to,
                                           ForlopGpPeriod        *period,
                                           gboolean              *first,
                                           gboolean              *shortened,
                                           GError               **error);
/* @snapshot has the case with its plans, the gp_summary documents, and every alert and contact of both parts of
 * @period. @readings: GArray of ForlopGpReading of both, oldest first. */
ForlopGpSummary *forlop_gp_summary_new    (ForlopSnapshot        *snapshot,
                                           const GArray          *readings,
                                           const ForlopGpPeriod  *period,
                                           const char            *question) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_gp_summary_free   (ForlopGpSummary       *self);

const char      *forlop_gp_answer_label   (ForlopGpAnswer         answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGpSummary, forlop_gp_summary_free)

G_END_DECLS
