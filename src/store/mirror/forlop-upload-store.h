/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-sync-contents.h"

G_BEGIN_DECLS

/* The attachments of a mirror: those that wait to be sent, noted in the transaction of the act that
 * added them, and those that records name. Every list is a #GPtrArray of ForlopSyncContents. */

/* What the changeset's records name that they did not name before. */
gboolean   forlop_upload_store_add         (ForlopConnection         *connection,
                                            ForlopChangeset          *changeset,
                                            GError                  **error);
/* Sends what a record names once more. */
gboolean   forlop_upload_store_add_again   (ForlopConnection         *connection,
                                            const ForlopSyncContents *contents,
                                            GError                  **error);
/* The same for what the changesets name that wait to be sent, also where no record shows it. */
gboolean   forlop_upload_store_add_waiting (ForlopConnection         *connection,
                                            GError                  **error);
GPtrArray *forlop_upload_store_list        (ForlopConnection         *connection,
                                            unsigned int              limit,
                                            GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_upload_store_drop        (ForlopConnection         *connection,
                                            const ForlopSyncContents *contents,
                                            GError                  **error);
gboolean   forlop_upload_store_drop_record (ForlopConnection         *connection,
                                            const ForlopRecordType   *type,
                                            const char               *id,
                                            GError                  **error);
/* Everything that a record here names. */
GPtrArray *forlop_upload_store_list_named  (ForlopConnection         *connection,
                                            GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a record here names the contents still. */
gboolean   forlop_upload_store_is_named    (ForlopConnection         *connection,
                                            const ForlopSyncContents *contents,
                                            gboolean                 *is_named,
                                            GError                  **error);

G_END_DECLS
