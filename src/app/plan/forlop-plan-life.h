/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-plan-data.h"

G_BEGIN_DECLS

/* Every version of the plan with its life, and what differs between any two of them. */

#define FORLOP_TYPE_PLAN_LIFE (forlop_plan_life_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanLife, forlop_plan_life, FORLOP, PLAN_LIFE, AdwBin)

GtkWidget *forlop_plan_life_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_plan_life_load (ForlopPlanLife *self,
                                  ForlopPlanData *data);
/* One version's life as a sentence. */
char      *forlop_plan_life_text (ForlopRecord   *plan,
                                  GHashTable     *names) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
