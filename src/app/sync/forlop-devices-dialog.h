/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The machines that sync with the server: to block one, to let it in again, and to wipe one that is lost.
 * An administrator sees everybody's, others their own. The server decides. */

void forlop_devices_dialog_present (GtkWidget     *parent,
                                    ForlopSession *session);

G_END_DECLS
