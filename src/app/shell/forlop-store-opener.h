/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-clock.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* Opens the encrypted file without standing still: finds out what it asks for, unwraps its key and
 * opens it. Secrets that are given are copied and wiped. */

/**
 * ForlopStoreLock:
 * @FORLOP_STORE_LOCK_MISSING: There is no file yet.
 * @FORLOP_STORE_LOCK_SECRET: The desktop's key store opens it.
 * @FORLOP_STORE_LOCK_PIN: The desktop's key store and a PIN open it.
 * @FORLOP_STORE_LOCK_PASSPHRASE: A passphrase opens it.
 */
typedef enum {
  FORLOP_STORE_LOCK_MISSING,
  FORLOP_STORE_LOCK_SECRET,
  FORLOP_STORE_LOCK_PIN,
  FORLOP_STORE_LOCK_PASSPHRASE,
} ForlopStoreLock;

#define FORLOP_TYPE_STORE_OPENER (forlop_store_opener_get_type ())
G_DECLARE_FINAL_TYPE (ForlopStoreOpener, forlop_store_opener, FORLOP, STORE_OPENER, GObject)

/* @passphrase_path: (nullable): a file whose first line is the passphrase; then nobody is asked. */
ForlopStoreOpener *forlop_store_opener_new     (const char        *path,
                                                const char        *passphrase_path,
                                                ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;
const char        *forlop_store_opener_get_path (ForlopStoreOpener *self);
ForlopClock       *forlop_store_opener_get_clock (ForlopStoreOpener *self);
/* Whether the passphrase is in a file, so that nobody need be asked. */
gboolean           forlop_store_opener_has_passphrase (ForlopStoreOpener *self);
/* Resolves to a ForlopStoreLock as an int. */
DexFuture         *forlop_store_opener_examine (ForlopStoreOpener *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the ForlopStore. @secret: the PIN or passphrase; NULL where none is asked for. */
DexFuture         *forlop_store_opener_open    (ForlopStoreOpener *self,
                                                ForlopStoreLock    lock,
                                                const char        *secret) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
