/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-incoming.h"
#include "forlop-sync-server-private.h"

G_BEGIN_DECLS

/* The record that stands for the person whom @incoming names; NULL without an error for somebody who is not
 * known here. @sender: the system whose numbers of people count. */
gboolean forlop_sync_find_whose (ForlopSyncSession     *self,
                                 const char            *sender,
                                 const ForlopIncoming  *incoming,
                                 char                 **citizen_id,
                                 GError               **error);

G_END_DECLS
