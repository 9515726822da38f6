/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-plan-data.h"

G_BEGIN_DECLS

/* A plan that is not edited: its limits on their scales beside the citizen's own readings, and what it
 * says. */
GtkWidget *forlop_plan_shown_new (const ForlopPlanData *data,
                                  gboolean              narrow) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
