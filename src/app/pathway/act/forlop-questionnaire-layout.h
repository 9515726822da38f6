/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-preparation.h"
#include "forlop-form.h"

G_BEGIN_DECLS

/* The part of the form of "answer-form" that is made from the questions of the form that is chosen:
 * a row for each question. */

void      forlop_questionnaire_layout_build  (ForlopForm                 *form,
                                              const ForlopActPreparation *preparation);
/* Shows the questions of the form that is chosen now. */
void      forlop_questionnaire_layout_update (ForlopForm                 *form);
/* Writes the answers into the arguments; FALSE, with what is wrong beside its row, when a question is
 * not answered. */
gboolean  forlop_questionnaire_layout_collect (ForlopForm                *form,
                                              ForlopRecord               *arguments);

G_END_DECLS
