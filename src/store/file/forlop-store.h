/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "forlop-blob-store.h"
#include "forlop-clock.h"
#include "forlop-connection.h"
#include "forlop-id.h"
#include "forlop-key.h"

G_BEGIN_DECLS

/* The encrypted file: one writer, two readers and a keeper for backup and check, each with a thread
 * and a connection of its own. Everything that touches the database is a function that runs on one of these threads. */

#define FORLOP_TYPE_STORE (forlop_store_get_type ())
G_DECLARE_FINAL_TYPE (ForlopStore, forlop_store, FORLOP, STORE, GObject)

/**
 * ForlopStoreFunc:
 *
 * Runs inside one transaction on a thread of the store, and may neither commit nor end it. Returns
 * the result (transfer full, may be NULL) or sets @error, which undoes what it wrote.
 */
typedef gpointer (*ForlopStoreFunc) (ForlopConnection  *connection,
                                     gpointer           user_data,
                                     GCancellable      *cancellable,
                                     GError           **error);

/**
 * ForlopStoreFlags:
 * @FORLOP_STORE_NORMAL: Nothing special.
 * @FORLOP_STORE_NO_SIGNALS: Never emits #ForlopStore::changed; for programs without a main loop.
 */
typedef enum {
  FORLOP_STORE_NORMAL = 0,
  FORLOP_STORE_NO_SIGNALS = 1 << 0,
} ForlopStoreFlags;

ForlopStore    *forlop_store_open       (const char        *path,
                                         ForlopKey         *key,
                                         ForlopClock       *clock,
                                         ForlopIdSource    *ids,
                                         ForlopStoreFlags   flags,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same without standing still; the future is read with forlop_worker_await(). */
DexFuture      *forlop_store_open_async (const char        *path,
                                         ForlopKey         *key,
                                         ForlopClock       *clock,
                                         ForlopIdSource    *ids,
                                         ForlopStoreFlags   flags) G_GNUC_WARN_UNUSED_RESULT;
/* Finishes what is queued, empties the log into the file and ends the threads. Afterwards every
 * call fails. The last unref does it as well, but cannot report an error. */
gboolean        forlop_store_close      (ForlopStore       *self,
                                         GError           **error);

/* The same without standing still. Its future resolves to nothing. */
DexFuture      *forlop_store_close_async (ForlopStore      *self) G_GNUC_WARN_UNUSED_RESULT;

const char     *forlop_store_get_path   (ForlopStore       *self);
/* Whether @key is the data key of the open file. */
gboolean        forlop_store_has_key    (ForlopStore       *self,
                                         ForlopKey         *key);
ForlopClock    *forlop_store_get_clock  (ForlopStore       *self);
ForlopIdSource *forlop_store_get_ids    (ForlopStore       *self);
/* Scans and documents. Its functions read and write files: call them from a store function, or
 * with forlop_store_put_blob() and forlop_store_get_blob(). */
ForlopBlobStore *forlop_store_get_blobs (ForlopStore       *self);

/* Futures are read with forlop_worker_await() or forlop_worker_steal(). A write's future resolves
 * when the change is durable on disk; writes run in the order of the calls. */
DexFuture      *forlop_store_write      (ForlopStore       *self,
                                         ForlopStoreFunc    func,
                                         gpointer           user_data,
                                         GDestroyNotify     user_data_free,
                                         GDestroyNotify     result_free) G_GNUC_WARN_UNUSED_RESULT;
/* Sees one snapshot: what was committed when its turn came. */
DexFuture      *forlop_store_read       (ForlopStore       *self,
                                         ForlopStoreFunc    func,
                                         gpointer           user_data,
                                         GDestroyNotify     user_data_free,
                                         GDestroyNotify     result_free) G_GNUC_WARN_UNUSED_RESULT;
/* The same for programs and tests that may stand still. @result_free frees what @func returned
 * when the commit fails afterwards. */
gpointer        forlop_store_write_sync (ForlopStore       *self,
                                         ForlopStoreFunc    func,
                                         gpointer           user_data,
                                         GDestroyNotify     result_free,
                                         GCancellable      *cancellable,
                                         GError           **error);
gpointer        forlop_store_read_sync  (ForlopStore       *self,
                                         ForlopStoreFunc    func,
                                         gpointer           user_data,
                                         GDestroyNotify     result_free,
                                         GCancellable      *cancellable,
                                         GError           **error);

/* Resolves to the hash, for g_free(), when the blob is durable and a record may name it. */
DexFuture      *forlop_store_put_blob   (ForlopStore       *self,
                                         GBytes            *contents) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the GBytes. */
DexFuture      *forlop_store_get_blob   (ForlopStore       *self,
                                         const char        *hash) G_GNUC_WARN_UNUSED_RESULT;
/* The same in a store function. BLOB_NOT_COME where the file is the mirror of a server, which will send
 * what is missing. */
GBytes         *forlop_store_blobs_get  (ForlopConnection  *connection,
                                         ForlopBlobStore   *blobs,
                                         const char        *hash,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
