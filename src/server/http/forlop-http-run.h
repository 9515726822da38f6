/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-routes.h"

G_BEGIN_DECLS

/* Who is asking, and then the answer: again when the storage says that somebody else was in the way. Blocks; never
 * NULL. */
ForlopSyncReply *forlop_http_run             (const ForlopHttpRoute *route,
                                              ForlopServerCall      *call) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing was stored; it is to be tried again. */
ForlopSyncReply *forlop_http_run_unavailable (ForlopServerCall      *call) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
