/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-clock.h"
#include "forlop-set-up.h"

G_BEGIN_DECLS

/* Makes the file of a municipality and what it needs before the first referral, or leaves nothing.
 * Resolves to the open ForlopStore. The passphrase is copied and wiped. */
DexFuture *forlop_store_make (const char        *path,
                              ForlopClock       *clock,
                              const char        *passphrase,
                              const ForlopSetUp *set_up) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
