/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"
#include "forlop-form.h"

G_BEGIN_DECLS

/* Every criterion of the assessment in one form. An answer that may speak against home follow-up
 * asks for its reason; it is a reasoned choice and stops nobody. */

/* @existing: GPtrArray of the criteria that are answered. */
void       forlop_criteria_layout_build   (ForlopForm       *form,
                                           GPtrArray        *existing);
/* Asks for the reasons of the answers that are shown. */
void       forlop_criteria_layout_update  (ForlopForm       *form);
/* The arguments for each criterion whose answer is new; @common has what they share. */
GPtrArray *forlop_criteria_layout_collect (ForlopForm       *form,
                                           const ForlopAct  *act,
                                           ForlopRecord     *common,
                                           GPtrArray        *existing) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
