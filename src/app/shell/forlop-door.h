/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-store-opener.h"

G_BEGIN_DECLS

/* What stands before the file: it opens by itself where the desktop's key store allows it, asks for
 * PIN or passphrase where not, and says what to do when it cannot be opened. */

#define FORLOP_TYPE_DOOR (forlop_door_get_type ())
G_DECLARE_FINAL_TYPE (ForlopDoor, forlop_door, FORLOP, DOOR, AdwBin)

GtkWidget *forlop_door_new   (ForlopStoreOpener *opener) G_GNUC_WARN_UNUSED_RESULT;
/* Tries to open; ends with ForlopDoor::opened, a question or a problem. */
void       forlop_door_knock (ForlopDoor        *self);

G_END_DECLS
