/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store.h"

G_BEGIN_DECLS

/* Called on a thread of the store. */
typedef void (*ForlopStoreProgress) (gint64    done,
                                     gint64    total,
                                     gpointer  user_data);

/* Copies the store as it is at one moment, encrypted with the same key, to @target, with its
 * wrappings and attachments. Nobody waits for it, and what is written meanwhile is not in it. The
 * copy is read back and checked before it gets its name; a failure or cancellation leaves nothing.
 * EXISTS when there is a file at @target. */
DexFuture *forlop_store_backup       (ForlopStore          *self,
                                      const char           *target,
                                      ForlopStoreProgress   progress,
                                      gpointer              user_data,
                                      GDestroyNotify        user_data_free)
                                      G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_store_backup_sync  (ForlopStore          *self,
                                      const char           *target,
                                      ForlopStoreProgress   progress,
                                      gpointer              user_data,
                                      GCancellable         *cancellable,
                                      GError              **error);

G_END_DECLS
