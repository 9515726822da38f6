/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* The machines that sync with the server: to block one, to let it in again, and to wipe one that is lost.
 * An administrator sees everybody's, others their own. The server decides. */

#define FORLOP_TYPE_DEVICES_DIALOG (forlop_devices_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopDevicesDialog, forlop_devices_dialog, FORLOP, DEVICES_DIALOG, AdwDialog)

void forlop_devices_dialog_present (GtkWidget     *parent,
                                    ForlopSession *session);

G_END_DECLS
