/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

/* The self-treatment plan of a case: the draft to work on, or the plan in force, with its life and
 * earlier versions. The subject is the id of a case. */

#define FORLOP_TYPE_PLAN_PAGE (forlop_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlanPage, forlop_plan_page, FORLOP, PLAN_PAGE, ForlopView)

G_END_DECLS
