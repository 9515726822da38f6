/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-window.h"

G_BEGIN_DECLS

/* What stands before the work in a window because of the server: nothing has come yet, or the machine has been
 * without it for too long. Follows the session's watch from then on. */
void forlop_sync_door_follow (ForlopWindow  *window,
                              ForlopSession *session);
/* The file is open: whatever door it had goes, and the one of the server comes where there is a need. */
void forlop_sync_door_let_in (ForlopWindow  *window,
                              ForlopSession *session);
/* @door stands before the work for good. */
void forlop_sync_door_put    (ForlopWindow  *window,
                              GtkWidget     *door);

G_END_DECLS
