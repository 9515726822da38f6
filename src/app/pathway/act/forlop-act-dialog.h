/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The form of any act, made from the act's declaration. It is filled with what is known, says what
 * stands in the way before one writes, and keeps what was written when it is left. */

#define FORLOP_TYPE_ACT_DIALOG (forlop_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActDialog, forlop_act_dialog, FORLOP, ACT_DIALOG, AdwDialog)

/**
 * forlop_act_dialog_present:
 * @act: name of the act.
 * @subject_type: (nullable): kind of record it is done on: what a duty names.
 * @subject_id: (nullable): its id.
 * @case_id: (nullable): in which case.
 * @citizen_id: (nullable): on whose record.
 *
 * What is given is not asked for.
 */
void forlop_act_dialog_present       (GtkWidget     *parent,
                                      ForlopSession *session,
                                      const char    *act,
                                      const char    *subject_type,
                                      const char    *subject_id,
                                      const char    *case_id,
                                      const char    *citizen_id);
/* The same with further values that are known and not asked for: a JSON object, or NULL. */
void forlop_act_dialog_present_known (GtkWidget     *parent,
                                      ForlopSession *session,
                                      const char    *act,
                                      const char    *subject_type,
                                      const char    *subject_id,
                                      const char    *case_id,
                                      const char    *citizen_id,
                                      const char    *known);

/* The form of an act that was refused, with what was entered: @op_id is its changeset. */
void forlop_act_dialog_present_again (GtkWidget     *parent,
                                      ForlopSession *session,
                                      const char    *act,
                                      const char    *op_id,
                                      const char    *case_id,
                                      const char    *citizen_id);

/* The form of another act that deals with the refused changeset @op_id. */
void forlop_act_dialog_present_instead (GtkWidget     *parent,
                                        ForlopSession *session,
                                        const char    *act,
                                        const char    *op_id,
                                        const char    *subject_type,
                                        const char    *subject_id,
                                        const char    *case_id);

/* Marks what must be filled in, without saving; as soon as the form is there. */
void forlop_act_dialog_show_mistakes (ForlopActDialog *self);
/* The form is on its way. */
gboolean forlop_act_dialog_get_busy  (ForlopActDialog *self);

G_END_DECLS
