/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* The message gateway over HTTP: how it stands, for those who lead; a test message, for an administrator. Nothing of a
 * citizen, and of the gateway's address its host alone. */

/* `{"host"?,"text"?,"may_try"?,"units","messages"}`. */
ForlopSyncReply *forlop_gateway_status   (ForlopServerCall  *call,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* `{"unit_id"}` → `{"sent","to","result"}`: to the unit's shift phone. Not on the municipality's thread. */
ForlopSyncReply *forlop_gateway_try_unit (ForlopServerCall  *call,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The thread for it; NULL where there is no gateway. */
ForlopWorker    *forlop_gateway_choose   (ForlopServerCall  *call);

G_END_DECLS
