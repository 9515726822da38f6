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
 * @FORLOP_STORE_LOCK_PIN: A PIN opens it, together with the desktop's key store.
 * @FORLOP_STORE_LOCK_PASSPHRASE: A passphrase opens it.
 */
typedef enum {
  FORLOP_STORE_LOCK_MISSING,
  FORLOP_STORE_LOCK_PIN,
  FORLOP_STORE_LOCK_PASSPHRASE,
} ForlopStoreLock;

/**
 * ForlopStoreOpening:
 * @store: The open file.
 * @identities: Who may use it, as of forlop_identities_load().
 */
typedef struct {
  ForlopStore *store;
  GListModel *identities;
} ForlopStoreOpening;

void forlop_store_opening_free (ForlopStoreOpening *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopStoreOpening, forlop_store_opening_free)

#define FORLOP_TYPE_STORE_OPENER (forlop_store_opener_get_type ())
G_DECLARE_FINAL_TYPE (ForlopStoreOpener, forlop_store_opener, FORLOP, STORE_OPENER, GObject)

/* @passphrase_path: (nullable): a file whose first line is the passphrase; then nobody is asked. */
ForlopStoreOpener *forlop_store_opener_new     (const char        *path,
                                                const char        *passphrase_path,
                                                ForlopClock       *clock) G_GNUC_WARN_UNUSED_RESULT;
const char        *forlop_store_opener_get_path (ForlopStoreOpener *self);
ForlopClock       *forlop_store_opener_get_clock (ForlopStoreOpener *self);
/* Another file from now on. One that @must_exist is not made when it is missing: it may be on a disk
 * that is not there just now. */
void               forlop_store_opener_set_path (ForlopStoreOpener *self,
                                                 const char        *path,
                                                 gboolean           must_exist);
/* Whether the passphrase is in a file, so that nobody need be asked. */
gboolean           forlop_store_opener_has_passphrase (ForlopStoreOpener *self);
/* Opens a file whose passphrase is in a file, and reads who may use it. Nothing of the toolkit is
 * needed, so that it can go on while that starts. Resolves to a ForlopStoreOpening, for
 * forlop_worker_steal(); what went wrong is told by whoever tries again. */
DexFuture         *forlop_store_opener_begin   (ForlopStoreOpener *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a ForlopStoreLock as an int. */
DexFuture         *forlop_store_opener_examine (ForlopStoreOpener *self) G_GNUC_WARN_UNUSED_RESULT;
/* What was found when it was examined: whether the desktop can keep a PIN, and (nullable) why the PIN
 * there was does not open the file. */
gboolean           forlop_store_opener_can_keep_pin (ForlopStoreOpener *self);
const char        *forlop_store_opener_get_notice (ForlopStoreOpener *self);
/* Resolves to the ForlopStore. @secret: the PIN or passphrase; NULL where none is asked for. @new_pin:
 * (nullable): a PIN to set beside the passphrase. @open_store: (nullable): the file when it is open and
 * only its door is closed; then @secret must open just that one, and nothing else is opened. */
DexFuture         *forlop_store_opener_open    (ForlopStoreOpener *self,
                                                ForlopStoreLock    lock,
                                                const char        *secret,
                                                const char        *new_pin,
                                                ForlopStore       *open_store)
                                                G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
