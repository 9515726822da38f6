/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

ForlopSnapshot *forlop_snapshot_store_load_case    (ForlopConnection *connection,
                                                    const char       *case_id,
                                                    gint64            now,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSnapshot *forlop_snapshot_store_load_bare_case (ForlopConnection *connection,
                                                      const char       *case_id,
                                                      gint64            now,
                                                      GError          **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
ForlopSnapshot *forlop_snapshot_store_load_citizen (ForlopConnection *connection,
                                                    const char       *citizen_id,
                                                    gint64            now,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* For whoever has no more of a case than its delivery side: deliveries, loans and their items, and who the
 * citizen is. Fails as for a case that is not there when there is none of it here. */
ForlopSnapshot *forlop_snapshot_store_load_delivery (ForlopConnection *connection,
                                                     const char      *case_id,
                                                     gint64           now,
                                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The case, or where it is not on this machine its delivery side. */
ForlopSnapshot *forlop_snapshot_store_load_either  (ForlopConnection *connection,
                                                    const char       *case_id,
                                                    gint64            now,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* The citizen's newest case, or NULL. */
char           *forlop_snapshot_store_newest_case  (ForlopConnection *connection,
                                                    const char       *citizen_id,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean        forlop_snapshot_store_concerns     (const char       *type);

G_END_DECLS
