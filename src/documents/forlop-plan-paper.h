/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-flow.h"
#include "forlop-letter.h"

G_BEGIN_DECLS

/* The self-treatment plan as the citizen has it at home. Nothing it needs may be missing. */
void forlop_plan_paper_write (ForlopFlow         *flow,
                              const ForlopLetter *letter);

G_END_DECLS
