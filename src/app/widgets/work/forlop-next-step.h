/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The card that says what comes next in a case: what, when it is due, who owns it, and the button
 * that does it. Where it cannot be done, it says what is missing instead. */

#define FORLOP_TYPE_NEXT_STEP (forlop_next_step_get_type ())
G_DECLARE_FINAL_TYPE (ForlopNextStep, forlop_next_step, FORLOP, NEXT_STEP, AdwBin)

GtkWidget *forlop_next_step_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* Any of @due and @owner may be NULL. */
void       forlop_next_step_set         (ForlopNextStep *self,
                                         const char     *what,
                                         const char     *due,
                                         const char     *owner);
void       forlop_next_step_set_overdue (ForlopNextStep *self,
                                         gboolean        overdue);
/* A verb and a detailed action name; NULL when there is nothing to press. */
void       forlop_next_step_set_act     (ForlopNextStep *self,
                                         const char     *label,
                                         const char     *action);
/* Whole sentences, one on each line; NULL when nothing is missing. */
void       forlop_next_step_set_missing (ForlopNextStep *self,
                                         const char     *missing);

G_END_DECLS
