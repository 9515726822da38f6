/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-keyring.h"
#include "forlop-store-backup.h"

G_BEGIN_DECLS

/**
 * forlop_store_rekey:
 * @path: The store, which nobody has open; IN_USE otherwise.
 * @key: Its data key now; WRONG_KEY for another one.
 * @new_key: The data key it shall have.
 * @keyring: The wrappings of @new_key.
 * @progress: (nullable): told how far the copy is, on this thread.
 *
 * Writes everything anew under @new_key: database, attachments and wrappings. All of it is made
 * beside the store and read back before it takes its place, so that whatever happens the store is
 * whole, with its old key or with the new one. Copies made earlier keep their old key.
 *
 * Returns: %FALSE with an error when the store has its old key still. An attachment that cannot be
 *   read is such an error: it would be lost for good.
 */
gboolean forlop_store_rekey        (const char           *path,
                                    ForlopKey            *key,
                                    ForlopKey            *new_key,
                                    ForlopKeyring        *keyring,
                                    ForlopStoreProgress   progress,
                                    gpointer              user_data,
                                    GCancellable         *cancellable,
                                    GError              **error);

/* Ends what a killed process left of a change of key: forwards once the database has its new key,
 * else back. The caller holds the lock. */
gboolean forlop_store_rekey_settle (const char           *path,
                                    GError              **error);
/* Where the wrappings that belong at @key_path are after a change of key that was cut off once the
 * database had its new key, and that waits to be settled; NULL otherwise. */
char    *forlop_store_rekey_dup_waiting (const char      *key_path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
