/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Signs the user of the file in on its server again. */

#define FORLOP_TYPE_SIGN_IN_DIALOG (forlop_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSignInDialog, forlop_sign_in_dialog, FORLOP, SIGN_IN_DIALOG, AdwDialog)

/* Over the window of @parent; nothing happens in a file without a server. */
void forlop_sign_in_dialog_present (GtkWidget     *parent,
                                    ForlopSession *session);

G_END_DECLS
