/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-clock.h"
#include "forlop-server-join.h"
#include "forlop-set-up.h"

G_BEGIN_DECLS

/* Makes the file of a municipality and what it needs before the first referral, or leaves nothing.
 * Resolves to the open ForlopStore. @pin: (nullable): for this computer, where the desktop has a key
 * store. The secrets are copied and wiped. */
DexFuture *forlop_store_make (const char        *path,
                              ForlopClock       *clock,
                              const char        *passphrase,
                              const char        *pin,
                              const ForlopSetUp *set_up) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a file that is to be the mirror of a server; fails with %FORLOP_SIGN_IN_ERROR where that
 * does not take the password. */
DexFuture *forlop_store_make_joined (const char             *path,
                                     ForlopClock            *clock,
                                     const char             *passphrase,
                                     const char             *pin,
                                     const ForlopServerJoin *join,
                                     GCancellable           *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
