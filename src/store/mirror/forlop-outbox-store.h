/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* This machine's changesets on their way to the server. */

/**
 * ForlopOutboxEntry:
 *
 * A changeset that is not settled, or was refused, as a person looks at it.
 *
 * @state: static: "waiting", "answered" or "refused".
 * @result: (nullable): JSON: what the server said.
 */
typedef struct {
  char *op_id;
  char *act;
  gint64 created_at;
  char *citizen_id;
  char *case_id;
  const char *state;
  char *result;
} ForlopOutboxEntry;

void       forlop_outbox_entry_free       (ForlopOutboxEntry      *self);

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
/* #GPtrArray of ForlopOutboxEntry, oldest first; what is retained is nobody's concern. */
GPtrArray *forlop_outbox_store_list       (ForlopConnection       *connection,
                                           GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_outbox_store_let_go     (ForlopConnection       *connection,
                                           const char             *op_id,
                                           GError                **error);
gboolean   forlop_outbox_store_settle_refused (ForlopConnection   *connection,
                                           const char             *op_id,
                                           GError                **error);
gboolean   forlop_outbox_store_set_resolves (ForlopConnection     *connection,
                                           const char             *op_id,
                                           const char             *conflict_id,
                                           GError                **error);
gboolean   forlop_outbox_store_forget_safe (ForlopConnection      *connection,
                                           gint64                  safe_seq,
                                           GError                **error);
/* (transfer full) */
char      *forlop_outbox_store_read_wire  (ForlopStatement        *statement) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopOutboxEntry, forlop_outbox_entry_free)

G_END_DECLS
