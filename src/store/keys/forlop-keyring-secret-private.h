/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-key.h"

G_BEGIN_DECLS

/* One item per store in the desktop's key store: the secret and how many wrong PINs have been tried on
 * it. They are kept together so that a copied or restored file gives no new tries. Every failure is
 * NO_KEYRING. */

#define FORLOP_KEYRING_MAX_TRIES 5

/* TRUE with @secret NULL when there is none: with @tries at FORLOP_KEYRING_MAX_TRIES it was thrown away
 * after too many wrong PINs, else there is no item. */
gboolean forlop_keyring_secret_lookup (const char    *store_id,
                                       GCancellable  *cancellable,
                                       ForlopKey    **secret,
                                       unsigned int  *tries,
                                       GError       **error);
/* @secret NULL throws the secret away and keeps only that it was there. */
gboolean forlop_keyring_secret_save   (const char    *store_id,
                                       ForlopKey     *secret,
                                       unsigned int   tries,
                                       GCancellable  *cancellable,
                                       GError       **error);
gboolean forlop_keyring_secret_clear  (const char    *store_id,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_END_DECLS
