/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-key.h"

G_BEGIN_DECLS

/* Scans, photos, receipts and finished letters, encrypted in a folder beside the database. A record
 * holds the hash of the contents; the file's name is a keyed hash of that, so that a folder tells
 * nobody who has the same document. Blobs never change, and may be used from any thread. */

#define FORLOP_TYPE_BLOB_STORE (forlop_blob_store_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBlobStore, forlop_blob_store, FORLOP, BLOB_STORE, GObject)

/* SHA-256 of the contents in lower-case hexadecimal */
#define FORLOP_BLOB_HASH_LENGTH 64

/* 128 MiB */
#define FORLOP_BLOB_MAX_LENGTH (128 * 1024 * 1024)

/* The folder that belongs to the store's file @path. */
char            *forlop_store_dup_blob_folder (const char         *path)
                                               G_GNUC_WARN_UNUSED_RESULT;
ForlopBlobStore *forlop_blob_store_new        (const char         *folder,
                                               ForlopKey          *data_key)
                                               G_GNUC_WARN_UNUSED_RESULT;
const char      *forlop_blob_store_get_folder (ForlopBlobStore    *self);
/* Returns the hash, once the blob is durable. The same contents are kept once. */
char            *forlop_blob_store_put        (ForlopBlobStore    *self,
                                               GBytes             *contents,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
/* BLOB_MISSING, or BLOB_DAMAGED when it is not the contents that were put. */
GBytes          *forlop_blob_store_get        (ForlopBlobStore    *self,
                                               const char         *hash,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
gboolean         forlop_blob_store_has        (ForlopBlobStore    *self,
                                               const char         *hash);
/* One that is not there is no error. */
gboolean         forlop_blob_store_remove     (ForlopBlobStore    *self,
                                               const char         *hash,
                                               GError            **error);
/* The hashes of what is here and not among @hashes: none where nothing was left behind. What a killed process
 * left half written is removed; what is not under this key is passed over. Nobody may put at the same time. */
GPtrArray       *forlop_blob_store_list_others (ForlopBlobStore   *self,
                                               GHashTable         *hashes,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
/* Puts every blob into @target, under its key, and reads it back there. BLOB_DAMAGED at the first
 * file that is not what was put. Nobody may put at the same time. */
gboolean         forlop_blob_store_copy_all   (ForlopBlobStore    *self,
                                               ForlopBlobStore    *target,
                                               GCancellable       *cancellable,
                                               GError            **error);
gboolean         forlop_blob_hash_is_valid    (const char         *hash);

G_END_DECLS
