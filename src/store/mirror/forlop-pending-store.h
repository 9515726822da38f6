/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* The records that unconfirmed changesets of this machine wrote: what lies over the server's version. */

/**
 * ForlopPendingChange:
 *
 * An unconfirmed changeset that wrote a record; @json is its wire form.
 */
typedef struct {
  gint64 op_no;
  char *json;
} ForlopPendingChange;

typedef struct {
  const ForlopRecordType *type;
  char *id;
} ForlopPendingRecord;

void       forlop_pending_record_free        (ForlopPendingRecord    *self);

gboolean   forlop_pending_store_keep         (ForlopConnection       *connection,
                                              const ForlopOperation  *operation,
                                              GError                **error);
gboolean   forlop_pending_store_dup_builders (ForlopConnection       *connection,
                                              ForlopChangeset        *changeset,
                                              char                  **builders,
                                              GError                **error);
gboolean   forlop_pending_store_add          (ForlopConnection       *connection,
                                              gint64                  op_no,
                                              ForlopChangeset        *changeset,
                                              GError                **error);
/* #GPtrArray of ForlopPendingRecord: those whose changesets are settled. */
GPtrArray *forlop_pending_store_list_settled (ForlopConnection       *connection,
                                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_pending_store_drop_settled (ForlopConnection       *connection,
                                              GError                **error);
/* #GPtrArray of ForlopPendingChange: those that wrote the record, oldest first. */
GPtrArray *forlop_pending_store_list         (ForlopConnection       *connection,
                                              const ForlopRecordType *type,
                                              const char             *id,
                                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_pending_store_drop         (ForlopConnection       *connection,
                                              const ForlopRecordType *type,
                                              const char             *id,
                                              GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPendingRecord, forlop_pending_record_free)

G_END_DECLS
