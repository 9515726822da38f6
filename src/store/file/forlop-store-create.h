/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-keyring.h"
#include "forlop-migrator.h"

G_BEGIN_DECLS

/**
 * forlop_store_create:
 * @path: Where the new file shall be; EXISTS when there is one.
 * @key: The data key.
 * @keyring: (nullable): The wrappings of @key, written to `FILE.key`. Without them whoever has the
 *   key keeps it elsewhere.
 *
 * Makes an empty store of the newest version. Both files are made under other names and renamed
 * when they are whole and durable; a failure leaves neither.
 */
gboolean forlop_store_create              (const char             *path,
                                           ForlopKey              *key,
                                           ForlopKeyring          *keyring,
                                           GError                **error);
gboolean forlop_store_create_with_scripts (const char             *path,
                                           ForlopKey              *key,
                                           ForlopKeyring          *keyring,
                                           const ForlopMigration  *scripts,
                                           GError                **error);

/* Locks `FILE.lock` against a second process, and removes what a killed process left half made.
 * Returns a descriptor to close, or -1. */
int      forlop_store_lock                (const char             *path,
                                           GError                **error)
                                           G_GNUC_WARN_UNUSED_RESULT;
/* Removes the lock's file, while it is still locked, and closes @fd. */
void     forlop_store_unlock              (const char             *path,
                                           int                     fd);

G_END_DECLS
