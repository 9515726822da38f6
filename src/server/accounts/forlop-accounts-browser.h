/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* Sign-in by browser, as endpoints of docs/protocol.md. Between the two nothing but the name of the sign-in is
 * outside of the server; it works once and for ten minutes, and only together with the state that the browser
 * brings back. */

#define FORLOP_BROWSER_SIGN_IN_MS (10 * FORLOP_MINUTE)

/* Finds the municipality that the body names, and the thread its provider is asked on; NULL when its users do
 * not sign in by browser. In the main context. */
ForlopWorker    *forlop_accounts_browser_choose (ForlopServerCall  *call);

/* On that thread. */
ForlopSyncReply *forlop_accounts_browser_begin  (ForlopServerCall  *call,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_accounts_browser_finish (ForlopServerCall  *call,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
