/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-key.h"

G_BEGIN_DECLS

/* How a data key is kept. The file is encrypted with one random key; the side file `FILE.key`
 * holds that key wrapped in one or more ways, never the key itself. To change a passphrase is to
 * make a new wrapping: nothing is encrypted anew.
 *
 * Not bound to a thread, but to one at a time. Wrapping and unwrapping take about a second by
 * design, and the Secret Service may ask the user: neither belongs on a main thread. */

typedef struct _ForlopKeyring ForlopKeyring;

/**
 * ForlopKeyringKind:
 * @FORLOP_KEYRING_PASSPHRASE: A long passphrase, through Argon2id.
 * @FORLOP_KEYRING_SECRET_SERVICE: A PIN and a random secret in the desktop's key store. The PIN is
 *   worth nothing against a copied file without the secret, and five wrong ones throw that away.
 */
typedef enum {
  FORLOP_KEYRING_PASSPHRASE,
  FORLOP_KEYRING_SECRET_SERVICE,
} ForlopKeyringKind;

/**
 * ForlopKeyringCost:
 * @operations: Passes of Argon2id, 1 to 20.
 * @memory: Bytes of memory it fills, 8 KiB to 4 GiB.
 *
 * Kept with the wrapping, so that it can rise in later versions.
 */
typedef struct {
  guint64 operations;
  guint64 memory;
} ForlopKeyringCost;

/* t = 3, m = 256 MiB */
extern const ForlopKeyringCost forlop_keyring_default_cost;

/* Characters. Five tries on four digits are one chance in two thousand. */
#define FORLOP_KEYRING_LEAST_PIN 4

ForlopKeyring *forlop_keyring_new            (const char               *store_id,
                                              ForlopKey                *data_key)
                                              G_GNUC_WARN_UNUSED_RESULT;
void           forlop_keyring_free           (ForlopKeyring            *self);
/* Where the wrappings of the store at @store_path are kept. */
char          *forlop_keyring_dup_path       (const char               *store_path)
                                              G_GNUC_WARN_UNUSED_RESULT;
ForlopKeyring *forlop_keyring_load           (const char               *key_path,
                                              GError                  **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
/* What forlop_keyring_to_text() gave. @name is told in errors. */
ForlopKeyring *forlop_keyring_from_text      (const char               *text,
                                              const char               *name,
                                              GError                  **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
/* What the side file holds, for a place that is no file. */
char          *forlop_keyring_to_text        (ForlopKeyring            *self)
                                              G_GNUC_WARN_UNUSED_RESULT;
/* Whole and durable, or not at all. */
gboolean       forlop_keyring_save           (ForlopKeyring            *self,
                                              const char               *key_path,
                                              GError                  **error);

const char    *forlop_keyring_get_store_id   (ForlopKeyring            *self);
gboolean       forlop_keyring_has            (ForlopKeyring            *self,
                                              ForlopKeyringKind         kind);
/* Whether @key is the data key that was wrapped here. */
gboolean       forlop_keyring_matches        (ForlopKeyring            *self,
                                              ForlopKey                *key);
void           forlop_keyring_remove         (ForlopKeyring            *self,
                                              ForlopKeyringKind         kind);

/* Adds the wrapping, or replaces the one of the same kind. @cost NULL is the default. */
gboolean       forlop_keyring_set_passphrase (ForlopKeyring            *self,
                                              ForlopKey                *data_key,
                                              const char               *passphrase,
                                              const ForlopKeyringCost  *cost,
                                              GError                  **error);
/* WRONG_KEY for another passphrase. */
ForlopKey     *forlop_keyring_unlock_passphrase (ForlopKeyring         *self,
                                              const char               *passphrase,
                                              GError                  **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
/* NO_KEYRING where the desktop has no key store, or it stays locked. */
gboolean       forlop_keyring_can_keep_pin   (ForlopKeyring            *self,
                                              GCancellable             *cancellable,
                                              GError                  **error);
/* A PIN for this computer, beside the passphrase that must be set already: without it a lost PIN
 * would be a lost file. NO_KEYRING as above. */
gboolean       forlop_keyring_set_pin        (ForlopKeyring            *self,
                                              ForlopKey                *data_key,
                                              const char               *pin,
                                              const ForlopKeyringCost  *cost,
                                              GCancellable             *cancellable,
                                              GError                  **error);
/* Why no PIN opens the file now: PIN_SPENT after five wrong ones, KEYRING_EMPTY when the key store has
 * no item for it, NO_KEYRING. */
gboolean       forlop_keyring_may_try_pin    (ForlopKeyring            *self,
                                              GCancellable             *cancellable,
                                              GError                  **error);
/* The same errors, and WRONG_PIN, which says how many tries are left. The count is in the key store
 * before the PIN is looked at. */
ForlopKey     *forlop_keyring_unlock_pin     (ForlopKeyring            *self,
                                              const char               *pin,
                                              GCancellable             *cancellable,
                                              GError                  **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
/* Removes the item from the key store: the wrapping, also in copies of the file, is then dead. */
gboolean       forlop_keyring_forget_pin     (ForlopKeyring            *self,
                                              GCancellable             *cancellable,
                                              GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopKeyring, forlop_keyring_free)

G_END_DECLS
