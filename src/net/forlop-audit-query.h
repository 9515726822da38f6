/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* Questions to the server about its access log, in the user's session. Not in the main thread. */

/* Whether the server's log still has the row that this machine remembers, `ROW:HASH`. FALSE with
 * %FORLOP_ERROR_CONFLICT when it does not. */
gboolean forlop_audit_compare (ForlopServerAccount  *account,
                               ForlopHttpTransport  *transport,
                               const char           *remembered,
                               GCancellable         *cancellable,
                               GError              **error);
/* Who has opened the record, for the citizen who asks: sentences, or a table with @as_csv. */
char    *forlop_audit_extract (ForlopServerAccount  *account,
                               ForlopHttpTransport  *transport,
                               const char           *citizen_id,
                               gboolean              as_csv,
                               GCancellable         *cancellable,
                               GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
