/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Paper for a citizen: the letter of a decision, or the self-treatment plan, page for page as it will be. Kept in the
 * case, and printed when that is wished; a copy is saved from the case's documents. What is missing is said instead. */

#define FORLOP_TYPE_LETTER_DIALOG (forlop_letter_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopLetterDialog, forlop_letter_dialog, FORLOP, LETTER_DIALOG, AdwDialog)

/* @subject_type: "decision" or "care_plan". @parent outlives the dialog. */
void forlop_letter_dialog_present (GtkWidget     *parent,
                                   ForlopSession *session,
                                   const char    *case_id,
                                   const char    *subject_type,
                                   const char    *subject_id);

G_END_DECLS
