/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-plan-rules.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* What the limits on the screen would have made of the last 30 or 90 days, beside what the plans that
 * were in force made of them. Counted on a thread of the store, when nobody has typed for a moment. */

#define FORLOP_TYPE_PLAN_TRIAL (forlop_plan_trial_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanTrial, forlop_plan_trial, FORLOP, PLAN_TRIAL, AdwBin)

GtkWidget *forlop_plan_trial_new      (ForlopSession           *session,
                                       const char              *citizen_id) G_GNUC_WARN_UNUSED_RESULT;
/* @alternative NULL: something on the screen cannot be tried, as @reason says. */
void       forlop_plan_trial_set      (ForlopPlanTrial         *self,
                                       const ForlopPlanVersion *alternative,
                                       const char              *reason);
gboolean   forlop_plan_trial_get_busy (ForlopPlanTrial         *self);

G_END_DECLS
