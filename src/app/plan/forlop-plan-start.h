/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-plan-data.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* What a draft can begin with: the plan in force, nothing, or one of the templates. */
GtkWidget *forlop_plan_start_new (ForlopSession        *session,
                                  const ForlopPlanData *data) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the draft; @template_id NULL for a copy of the plan in force, or an empty draft. */
void       forlop_plan_start_run (GtkWidget            *widget,
                                  ForlopSession        *session,
                                  const char           *case_id,
                                  const char           *template_id);

G_END_DECLS
