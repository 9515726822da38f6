/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-plan-data.h"
#include "forlop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The schedules or trend rules of a draft as sentences, each with a way to change it and to take it
 * out, and a way to add one. @type is "schedule" or "plan_rule". */
GtkWidget *forlop_plan_parts_new (ForlopSession        *session,
                                  const ForlopPlanData *data,
                                  const char           *type) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
