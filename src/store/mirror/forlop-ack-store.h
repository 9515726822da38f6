/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* What this machine did by itself and the server's access log has to know: whose records were opened, also
 * without the server, and what was deleted when a grant ended. */

/* The oldest of it, as the body of a request; @ack NULL when there is nothing. @with_purged: whether what
 * was deleted is gone from the file as well. */
gboolean forlop_ack_store_next        (ForlopConnection     *connection,
                                       gboolean              with_purged,
                                       ForlopSyncAck       **ack,
                                       GError              **error);
gboolean forlop_ack_store_take        (ForlopConnection     *connection,
                                       const ForlopSyncAck  *ack,
                                       GError              **error);
/* The server has rows up to @n alone. */
gboolean forlop_ack_store_rewind      (ForlopConnection     *connection,
                                       gint64                n,
                                       GError              **error);
gboolean forlop_ack_store_note_purged (ForlopConnection     *connection,
                                       const char           *scope,
                                       GError              **error);

G_END_DECLS
