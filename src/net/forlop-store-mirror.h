/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store.h"
#include "forlop-sync-mirror.h"

G_BEGIN_DECLS

/* The mirror in the encrypted file. */

/* On @store's own threads; called from any thread but the main one. */
ForlopSyncMirror *forlop_store_mirror_new                (ForlopStore      *store) G_GNUC_WARN_UNUSED_RESULT;
/* On a writing connection of the calling thread. @blobs (nullable): without them no attachment travels. */
ForlopSyncMirror *forlop_store_mirror_new_for_connection (ForlopConnection *connection,
                                                          ForlopBlobStore  *blobs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
