/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* The access log over HTTP: on the municipality's thread. */

ForlopSyncReply *forlop_http_audit_checkpoint (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_http_audit_review     (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* `{"citizen_id","csv"?}` → `{"text"}`: who has opened the record, for the citizen who asks. */
ForlopSyncReply *forlop_http_audit_extract    (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
