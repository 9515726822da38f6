/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-preparation.h"
#include "forlop-acts-many.h"
#include "forlop-form.h"

G_BEGIN_DECLS

/* How the form of an act looks, and which acts follow from what was written in it. Most acts have
 * the form their declaration gives; some are better done several at once. */

/* What the form is called when it is about a record of @subject_type, or NULL. Borrowed. */
const char *forlop_act_layout_title   (const ForlopAct            *act,
                                       const char                 *subject_type);
/* Whether the form has the questions of a symptom form in it. */
gboolean    forlop_act_layout_asks_questions (const ForlopAct         *act);
void        forlop_act_layout_build   (ForlopForm                 *form,
                                       const ForlopAct            *act,
                                       const ForlopActPreparation *preparation);
/* Shows what was left half written; FALSE when it is not a draft. */
gboolean    forlop_act_layout_load_draft (ForlopForm              *form,
                                       const ForlopAct            *act,
                                       const char                 *draft);
/* GPtrArray of ForlopRecord: the arguments of each act that follows, all of the same act. NULL when
 * something is wrong, and then the form shows it. Empty when nothing is new. */
GPtrArray  *forlop_act_layout_collect (ForlopForm                 *form,
                                       const ForlopAct            *act,
                                       const ForlopActPreparation *preparation) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
