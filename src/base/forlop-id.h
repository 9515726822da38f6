/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Identifiers are UUIDs in lower-case text (36 characters). New ones are version 7: they sort by
 * the time of their making, which keeps inserts at the end of every index. */

#define FORLOP_ID_LENGTH 36

typedef struct _ForlopIdSource ForlopIdSource;

ForlopIdSource *forlop_id_source_new_system (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopIdSource *forlop_id_source_new_seeded (guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
ForlopIdSource *forlop_id_source_ref        (ForlopIdSource *self);
void            forlop_id_source_unref      (ForlopIdSource *self);
char           *forlop_id_source_next       (ForlopIdSource *self,
                                             gint64          at_ms) G_GNUC_WARN_UNUSED_RESULT;

gboolean        forlop_id_is_valid          (const char     *id);
gboolean        forlop_id_to_bytes          (const char     *id,
                                             guint8          bytes[16]);
char           *forlop_id_from_bytes        (const guint8    bytes[16]) G_GNUC_WARN_UNUSED_RESULT;
char           *forlop_id_derive            (const char     *base_id,
                                             const char     *rule) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopIdSource, forlop_id_source_unref)

G_END_DECLS
