/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* What besides the records themselves must go when a scope is taken away: measurements all at once,
 * what this machine's own history says of it, drafts and attachments. */

gboolean   forlop_purge_store_measurements (ForlopConnection  *connection,
                                            const char        *citizen_id,
                                            gboolean           also_own,
                                            GError           **error);
gboolean   forlop_purge_store_history      (ForlopConnection  *connection,
                                            const char        *key,
                                            const char        *value,
                                            GError           **error);
gboolean   forlop_purge_store_drafts       (ForlopConnection  *connection,
                                            GHashTable        *ids,
                                            GError           **error);
gboolean   forlop_purge_store_note_blobs   (ForlopConnection  *connection,
                                            ForlopRecord      *record,
                                            GError           **error);
/* #GPtrArray of the hashes of attachments that no record names any more. */
GPtrArray *forlop_purge_store_list_blobs   (ForlopConnection  *connection,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_purge_store_forget_blobs (ForlopConnection  *connection,
                                            GPtrArray         *hashes,
                                            GError           **error);

G_END_DECLS
