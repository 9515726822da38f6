/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* What a turn has put aside becomes what the user sees, in the caller's transaction: grants, rows,
 * the user's own unconfirmed changes laid over them, and everything that is worked out from them. */

/* Whether something in a scope that was taken away must be sent before the stage may be shown. */
gboolean forlop_mirror_turn_must_wait (ForlopConnection  *connection,
                                       gboolean          *must_wait,
                                       GError           **error);
gboolean forlop_mirror_turn_show      (ForlopConnection  *connection,
                                       gint64             now,
                                       gint64             skew_ms,
                                       gboolean          *has_purged,
                                       GError           **error);

G_END_DECLS
