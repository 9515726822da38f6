/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Who signs in to the server, and who of them the municipality's provider knows: an administrator links a user
 * to the provider's number, and unlinks. */

/* Whether the one who acts may: an administrator of a file that has a server. */
gboolean forlop_accounts_dialog_is_offered (ForlopSession *session);
void     forlop_accounts_dialog_present    (GtkWidget     *parent,
                                            ForlopSession *session);

G_END_DECLS
