/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-plan-data.h"
#include "forlop-plan-rules.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* A draft on one page: goal, signs and actions, limits, schedules, trend rules, what is agreed. Every
 * part is saved by itself. */

#define FORLOP_TYPE_PLAN_EDITOR (forlop_plan_editor_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanEditor, forlop_plan_editor, FORLOP, PLAN_EDITOR, AdwBin)

GtkWidget *forlop_plan_editor_new         (ForlopSession      *session,
                                           ForlopPlanData     *data) G_GNUC_WARN_UNUSED_RESULT;
/* The same draft, read anew; what is being typed stays. */
void       forlop_plan_editor_load        (ForlopPlanEditor   *self,
                                           ForlopPlanData     *data);
/* The draft with the limits as they are typed; FALSE with a sentence where they cannot be tried. */
gboolean   forlop_plan_editor_get_version (ForlopPlanEditor   *self,
                                           ForlopPlanVersion  *version,
                                           GError            **error);
/* FALSE where something is only typed: says so, and leads to it. It would not go with the draft. */
gboolean   forlop_plan_editor_is_saved    (ForlopPlanEditor   *self);
/* Opens the first schedule and brings it into sight, for a picture. */
void       forlop_plan_editor_open_first  (ForlopPlanEditor   *self);

G_END_DECLS
