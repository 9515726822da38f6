/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store.h"

G_BEGIN_DECLS

/* Reads the whole file: the seal of every page, the structure of tables and indexes, and every
 * reference. Returns a sentence for each problem found, none of them with a value of a record; the
 * list is empty where all is well. Writes wait while the seals are read. */
DexFuture *forlop_store_check      (ForlopStore   *self) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): strings, NULL with an error when the check could not be made. */
GPtrArray *forlop_store_check_sync (ForlopStore   *self,
                                    GCancellable  *cancellable,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Moves the write-ahead log into the file and empties it, so that what was deleted is in neither. */
gboolean   forlop_store_empty_log_sync (ForlopStore *self,
                                    GError       **error);

G_END_DECLS
