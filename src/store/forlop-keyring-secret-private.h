/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-key.h"

G_BEGIN_DECLS

/* One item per store in the desktop's key store. Every failure is NO_KEYRING. */

/* TRUE with @secret NULL when there is no item. */
gboolean forlop_keyring_secret_lookup (const char    *store_id,
                                       GCancellable  *cancellable,
                                       ForlopKey    **secret,
                                       GError       **error);
gboolean forlop_keyring_secret_save   (const char    *store_id,
                                       ForlopKey     *secret,
                                       GCancellable  *cancellable,
                                       GError       **error);
gboolean forlop_keyring_secret_clear  (const char    *store_id,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_END_DECLS
