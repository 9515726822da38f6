/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-measurement.h"
#include "forlop-pause.h"
#include "forlop-plan-rules.h"
#include "forlop-schedule.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* From the records of a citizen to the plain values that are judged, and those that are judged by. */

gboolean      forlop_limits_read        (ForlopLimits       *self,
                                         ForlopRecord       *limit,
                                         GError            **error);
gboolean      forlop_rule_read          (ForlopRule         *self,
                                         ForlopRecord       *plan_rule,
                                         GError            **error);
gboolean      forlop_schedule_read      (ForlopSchedule     *self,
                                         ForlopRecord       *schedule,
                                         GError            **error);
gboolean      forlop_plan_version_read  (ForlopPlanVersion  *self,
                                         ForlopRecord       *care_plan,
                                         GPtrArray          *limits,
                                         GPtrArray          *plan_rules,
                                         GError            **error);
/* Whether the plan rules measurements at some time: it is in force or was. */
gboolean      forlop_plan_record_counts (ForlopRecord       *care_plan);
/* Whether something can get a colour by the plan: it has a limit, a trend rule or a form. */
gboolean      forlop_plan_record_judges (ForlopRecord       *care_plan,
                                         ForlopSnapshot     *snapshot);
/* The self-treatment plan of the snapshot's case that was in force at an instant, or NULL. */
ForlopRecord *forlop_plan_record_at     (ForlopSnapshot     *snapshot,
                                         gint64              at_ms);
/* GArray of ForlopPause. @pauses: records of one case. */
GArray       *forlop_pauses_read        (GPtrArray          *pauses) G_GNUC_WARN_UNUSED_RESULT;
/* A reading as it was sent; what somebody said of it afterwards is in another record. */
void          forlop_measurement_read   (ForlopMeasurement  *self,
                                         ForlopRecord       *measurement);

G_END_DECLS
