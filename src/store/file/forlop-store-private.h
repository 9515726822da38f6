/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-migrator.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* As forlop_store_open(), with the scripts of a test. @scripts must outlive the call. */
ForlopStore *forlop_store_open_with_scripts (const char             *path,
                                             ForlopKey              *key,
                                             ForlopClock            *clock,
                                             ForlopIdSource         *ids,
                                             ForlopStoreFlags        flags,
                                             const ForlopMigration  *scripts,
                                             GError                **error)
                                             G_GNUC_WARN_UNUSED_RESULT;

/* As forlop_store_read(), on a thread of its own for what takes long. */
DexFuture   *forlop_store_keep              (ForlopStore            *self,
                                             ForlopStoreFunc         func,
                                             gpointer                user_data,
                                             GDestroyNotify          user_data_free,
                                             GDestroyNotify          result_free)
                                             G_GNUC_WARN_UNUSED_RESULT;
gpointer     forlop_store_keep_sync         (ForlopStore            *self,
                                             ForlopStoreFunc         func,
                                             gpointer                user_data,
                                             GDestroyNotify          result_free,
                                             GCancellable           *cancellable,
                                             GError                **error);
/* As forlop_store_write_sync(), but outside of any transaction. */
gpointer     forlop_store_maintain_sync     (ForlopStore            *self,
                                             ForlopStoreFunc         func,
                                             gpointer                user_data,
                                             GCancellable           *cancellable,
                                             GError                **error);
ForlopKey   *forlop_store_get_key           (ForlopStore            *self);

G_END_DECLS
