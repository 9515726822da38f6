/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-part-row.h"
#include "forlop-plan-data.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* One schedule or trend rule of a draft: its sentence, and when it is changed its form below it, in place. Or the line
 * that makes a new one. */

#define FORLOP_TYPE_PLAN_LINE (forlop_plan_line_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanLine, forlop_plan_line, FORLOP, PLAN_LINE, ForlopPartRow)

/* @type: "schedule" or "plan_rule". @part_id: (nullable): NULL for the line that makes a new one. */
GtkWidget  *forlop_plan_line_new    (ForlopSession        *session,
                                     const ForlopPlanData *data,
                                     const char           *type,
                                     const char           *part_id) G_GNUC_WARN_UNUSED_RESULT;
const char *forlop_plan_line_get_id (ForlopPlanLine       *self);
/* Says what @part says now; an open form stays as it is. */
void        forlop_plan_line_load   (ForlopPlanLine       *self,
                                     ForlopRecord         *part,
                                     GHashTable           *names);
void        forlop_plan_line_open   (ForlopPlanLine       *self);

G_END_DECLS
