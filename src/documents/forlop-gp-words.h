/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gp-summary.h"
#include "forlop-plan-diff.h"

G_BEGIN_DECLS

/* The sentences of the page, which others may say as well. */

/* "22.11.2026" of an instant. */
char *forlop_gp_words_date     (gint64                 at) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_person   (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_period   (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_plan     (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_sent     (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_change   (const ForlopPlanChange *change) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_alerts   (ForlopSeverity         severity,
                                const ForlopGpAlerts  *alerts) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: all that was expected came. */
char *forlop_gp_words_missing  (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_contact  (ForlopRecord          *contact) G_GNUC_WARN_UNUSED_RESULT;
/* What else happened, a line each, newest kinds of news first. */
GPtrArray *forlop_gp_words_events (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
/* "94 % (92–96)"; "–" where there is nothing. */
char *forlop_gp_words_median   (const ForlopGpTrend   *trend,
                                gboolean               before) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_spread   (const ForlopGpTrend   *trend,
                                gboolean               before) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_colours  (const ForlopGpTrend   *trend,
                                gboolean               before) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_limits   (const ForlopGpTrend   *trend) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_gp_words_made     (const ForlopGpSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
