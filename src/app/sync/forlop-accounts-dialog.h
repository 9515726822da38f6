/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Who signs in to the server, and who of them the municipality's provider knows: an administrator links a user
 * to the provider's number, and unlinks. */

#define FORLOP_TYPE_ACCOUNTS_DIALOG (forlop_accounts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAccountsDialog, forlop_accounts_dialog, FORLOP, ACCOUNTS_DIALOG, AdwDialog)

/* Whether the one who acts may: an administrator of a file that has a server. */
gboolean forlop_accounts_dialog_is_offered (ForlopSession *session);
void     forlop_accounts_dialog_present    (GtkWidget     *parent,
                                            ForlopSession *session);

G_END_DECLS
