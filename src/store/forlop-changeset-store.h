/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* Writes everything one act does: records, search entries, list rows, history and, when the store
 * is paired with a server, the outbox; all in the caller's transaction. */

gboolean forlop_changeset_store_apply     (ForlopConnection *connection,
                                           ForlopChangeset  *changeset,
                                           const char       *citizen_id,
                                           const char       *case_id,
                                           GError          **error);
/* What is needed to take a changeset back. @body and @before are JSON, see ForlopChangeset. */
gboolean forlop_changeset_store_load      (ForlopConnection *connection,
                                           const char       *op_id,
                                           char            **act,
                                           char            **before,
                                           char            **undone_by,
                                           GError          **error);
/* The changeset as it was written; NULL when it was not written on this machine. */
gboolean forlop_changeset_store_load_body (ForlopConnection *connection,
                                           const char       *op_id,
                                           char            **body,
                                           GError          **error);
/* Whose record and case an act was on; both NULL for an act on neither. */
gboolean forlop_changeset_store_owner     (ForlopConnection *connection,
                                           const char       *op_id,
                                           char            **citizen_id,
                                           char            **case_id,
                                           GError          **error);
gboolean forlop_changeset_store_mark_undone (ForlopConnection *connection,
                                             const char       *op_id,
                                             const char       *undone_by,
                                             GError          **error);
/* When the newest act was done; FORLOP_INSTANT_NONE before the first. */
gboolean forlop_changeset_store_newest    (ForlopConnection *connection,
                                           gint64           *created_at,
                                           GError          **error);

G_END_DECLS
