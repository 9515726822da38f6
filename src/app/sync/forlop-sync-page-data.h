/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-list.h"

G_BEGIN_DECLS

/* What the page about sync shows, of one moment. */

/* More than this is told as a number. */
#define FORLOP_SYNC_PAGE_WAITING 50

typedef struct {
  GPtrArray *waiting;
  GPtrArray *refused;
  GPtrArray *conflicts;
} ForlopSyncPageData;

void  forlop_sync_page_data_free (ForlopSyncPageData  *self);
/* A #ForlopStoreFunc. */
void *forlop_sync_page_data_load (ForlopConnection    *connection,
                                  gpointer             user_data,
                                  GCancellable        *cancellable,
                                  GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncPageData, forlop_sync_page_data_free)

G_END_DECLS
