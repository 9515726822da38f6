/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-plan-data.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The schedules or trend rules of a draft as sentences, each changed in its place or taken out, and a line that adds
 * one. */

#define FORLOP_TYPE_PLAN_PARTS (forlop_plan_parts_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanParts, forlop_plan_parts, FORLOP, PLAN_PARTS, AdwBin)

/* @type: "schedule" or "plan_rule". */
GtkWidget *forlop_plan_parts_new       (ForlopSession        *session,
                                        const char           *type) G_GNUC_WARN_UNUSED_RESULT;
/* Always of the same plan. Forms that are open stay open. */
void       forlop_plan_parts_load      (ForlopPlanParts      *self,
                                        const ForlopPlanData *data);
/* The line whose form is open, or NULL. */
GtkWidget *forlop_plan_parts_find_open (ForlopPlanParts      *self);
/* Opens the first line, for a picture. */
void       forlop_plan_parts_open_first (ForlopPlanParts     *self);

G_END_DECLS
