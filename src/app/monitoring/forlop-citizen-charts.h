/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Every measure of a citizen as a chart, over one period that can be changed and moved in time. Plus and
 * minus change the period, Shift with left and right moves it. What is shown is read on a thread of the
 * store; until it is there, what was shown stays. Property "narrow". */

#define FORLOP_TYPE_CITIZEN_CHARTS (forlop_citizen_charts_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizenCharts, forlop_citizen_charts, FORLOP, CITIZEN_CHARTS, AdwBin)

GtkWidget *forlop_citizen_charts_new        (ForlopSession       *session) G_GNUC_WARN_UNUSED_RESULT;
/* Reads anew, also when it is the same citizen. @may_invalidate: a row of a table that is opened is taken
 * out of use, or back, with "case.act". */
void       forlop_citizen_charts_load       (ForlopCitizenCharts *self,
                                             const char          *citizen_id,
                                             gboolean             may_invalidate);
/* "week", "month", "quarter", "year" or "all". */
void       forlop_citizen_charts_set_period (ForlopCitizenCharts *self,
                                             const char          *period);
void       forlop_citizen_charts_show_table (ForlopCitizenCharts *self,
                                             gboolean             show_table);
/* Whether something is being read. */
gboolean   forlop_citizen_charts_get_busy   (ForlopCitizenCharts *self);

G_END_DECLS
