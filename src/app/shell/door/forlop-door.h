/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-store-opener.h"

G_BEGIN_DECLS

/* What stands before the file: asks for the PIN where the desktop's key store has one, else for the
 * passphrase, and says what to do when it cannot be opened. */

#define FORLOP_TYPE_DOOR (forlop_door_get_type ())
G_DECLARE_FINAL_TYPE (ForlopDoor, forlop_door, FORLOP, DOOR, AdwBin)

/* @open_store: (nullable): the file when it is open and only its door was closed. */
GtkWidget *forlop_door_new   (ForlopStoreOpener *opener,
                              ForlopStore       *open_store) G_GNUC_WARN_UNUSED_RESULT;
/* Tries to open; ends with ForlopDoor::opened, a question or a problem. */
void       forlop_door_knock (ForlopDoor        *self);

G_END_DECLS
