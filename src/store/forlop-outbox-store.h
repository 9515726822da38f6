/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* This machine's changesets on their way to the server. */

gboolean   forlop_outbox_store_is_paired  (ForlopConnection       *connection,
                                           gboolean               *is_paired,
                                           GError                **error);
gboolean   forlop_outbox_store_add        (ForlopConnection       *connection,
                                           ForlopChangeset        *changeset,
                                           GError                **error);
/* #GPtrArray of ForlopSyncUnsent in the order of their numbers; at least one if any waits. */
GPtrArray *forlop_outbox_store_list_unsent (ForlopConnection      *connection,
                                           unsigned int            max_changesets,
                                           gsize                   max_bytes,
                                           GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_outbox_store_take_result (ForlopConnection      *connection,
                                           const ForlopSyncResult *result,
                                           GError                **error);
gboolean   forlop_outbox_store_has_unsent (ForlopConnection       *connection,
                                           const char             *scope,
                                           gint64                  pos,
                                           gboolean               *has_unsent,
                                           GError                **error);
gboolean   forlop_outbox_store_take_expected (ForlopConnection    *connection,
                                           gint64                  expected,
                                           gboolean               *found,
                                           GError                **error);
gboolean   forlop_outbox_store_send_again (ForlopConnection       *connection,
                                           gint64                  from,
                                           gboolean               *found,
                                           GError                **error);
gboolean   forlop_outbox_store_settle     (ForlopConnection       *connection,
                                           gint64                  cursor,
                                           GError                **error);
gboolean   forlop_outbox_store_forget_safe (ForlopConnection      *connection,
                                           gint64                  safe_seq,
                                           GError                **error);
/* (transfer full) */
char      *forlop_outbox_store_read_wire  (ForlopStatement        *statement) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
