/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The municipality's message gateway: what is set, whom it reaches, and what was sent last, for those who lead; an
 * administrator sends a test message. The server decides. */

/* Whether the one who acts may: a leader or an administrator of a file that has a server. */
gboolean forlop_gateway_dialog_is_offered (ForlopSession *session);
void     forlop_gateway_dialog_present    (GtkWidget     *parent,
                                           ForlopSession *session);

G_END_DECLS
