/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* Where rows and grants wait until the mirror can show them all at once. It survives a crash: the
 * position moves in the transaction that puts the rows aside. */

/**
 * ForlopStagedGrant:
 * @from_start: the turn that brought it began at 0, so that it brought the whole scope.
 * @gone: (nullable): see #ForlopSyncGrant.
 */
typedef struct {
  char *scope;
  gint64 gen;
  gboolean active;
  gboolean from_start;
  char *gone;
} ForlopStagedGrant;

gboolean   forlop_stage_store_take_page       (ForlopConnection          *connection,
                                               const ForlopSyncPage      *page,
                                               GError                   **error);
gboolean   forlop_stage_store_take_scope_page (ForlopConnection          *connection,
                                               const ForlopSyncScopePage *page,
                                               GError                   **error);
/* The turn goes on: what the scopes add up to is told again at its end. */
gboolean   forlop_stage_store_drop_sums       (ForlopConnection          *connection,
                                               GError                   **error);
/* #GPtrArray of ForlopStagedGrant, ForlopSyncScopeSum, ForlopSyncRow. */
GPtrArray *forlop_stage_store_list_grants     (ForlopConnection          *connection,
                                               GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_stage_store_list_sums       (ForlopConnection          *connection,
                                               GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_stage_store_list_due        (ForlopConnection          *connection,
                                               GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the stage has the record, among what has come of its scope. */
/* What was put aside of a record that is not for this machine any more. */
gboolean   forlop_stage_store_drop            (ForlopConnection          *connection,
                                               const ForlopRecordType    *type,
                                               const char                *id,
                                               GError                   **error);
gboolean   forlop_stage_store_is_staged       (ForlopConnection          *connection,
                                               const char                *type,
                                               const char                *id,
                                               gboolean                  *is_staged,
                                               GError                   **error);
gboolean   forlop_stage_store_forget_due      (ForlopConnection          *connection,
                                               GError                   **error);

G_END_DECLS
