/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Brings the names of touched tables from the writer's thread to the main context of those who
 * show them, several commits at once where they come faster than they are shown. */

typedef struct _ForlopStoreChanges ForlopStoreChanges;

/* Emits @signal_id of @owner, with the names as GStrv, in the main context that is the calling
 * thread's default now. @owner owns the result. */
ForlopStoreChanges *forlop_store_changes_new      (GObject             *owner,
                                                   unsigned int         signal_id)
                                                   G_GNUC_WARN_UNUSED_RESULT;
void                forlop_store_changes_free     (ForlopStoreChanges  *self);
/* From any thread that holds a reference to the owner. */
void                forlop_store_changes_announce (ForlopStoreChanges  *self,
                                                   const char *const   *tables);

G_END_DECLS
