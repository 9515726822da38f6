/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Finds a citizen whose record is not on this machine, and opens it with a reason: taken up by the office,
 * or by emergency access. The server decides; what is offered here follows the user's role. */

#define FORLOP_TYPE_ELSEWHERE_DIALOG (forlop_elsewhere_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopElsewhereDialog, forlop_elsewhere_dialog, FORLOP, ELSEWHERE_DIALOG, AdwDialog)

/* Whether the file has a server, and the user's role may look there. */
gboolean forlop_elsewhere_dialog_is_offered (ForlopSession *session);
/* @text: (nullable): looked for at once. */
void     forlop_elsewhere_dialog_present    (GtkWidget     *parent,
                                             ForlopSession *session,
                                             const char    *text);
/* Asks for emergency access to the notes that the user is kept from in a record that is here.
 * @who: name and date of birth. */
void     forlop_elsewhere_dialog_present_note (GtkWidget     *parent,
                                               ForlopSession *session,
                                               const char    *citizen_id,
                                               const char    *who);

G_END_DECLS
