/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"
#include "forlop-merge.h"
#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* What became of one changeset. Text is owned unless it is a code. */
typedef struct {
  const char *status;
  const char *code;
  const char *type;
  char *id;
  const char *field;
  const char *gate;
  const char *role;
  char *unit_id;
  char *conflict_id;
  char *holder;
  char *detail;
} ForlopSyncVerdict;

/**
 * ForlopSyncSession:
 *
 * One push: what is read once for all its changesets.
 *
 * @memberships: (element-type ForlopRecord): every function of every user.
 */
typedef struct {
  ForlopServerStorage *storage;
  const ForlopSyncCaller *caller;
  ForlopIdSource *ids;
  gint64 now;
  ForlopServerHead head;
  GPtrArray *memberships;
} ForlopSyncSession;

void              forlop_sync_verdict_clear     (ForlopSyncVerdict          *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopSyncVerdict, forlop_sync_verdict_clear)
void              forlop_sync_verdict_set       (ForlopSyncVerdict          *self,
                                                 const char                 *status,
                                                 const char                 *code);

/* Loads and caches the functions of users; forget them when a changeset has touched one. */
GPtrArray        *forlop_sync_session_memberships (ForlopSyncSession        *self,
                                                 GError                    **error);
void              forlop_sync_session_forget    (ForlopSyncSession          *self);

/* Decides one changeset. TRUE with @verdict filled in and, when it is to be written, @changeset;
 * FALSE with an error when the storage failed. */
gboolean          forlop_sync_decide            (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 ForlopChangeset           **changeset,
                                                 GError                    **error);
gboolean          forlop_sync_check_actor       (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 const ForlopAct            *act,
                                                 const char                **code,
                                                 GError                    **error);
gboolean          forlop_sync_may_see           (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 gboolean                   *may_see,
                                                 GError                    **error);
/* The key of a unique claim; NULL when the record makes none. */
char             *forlop_sync_claim_key         (const ForlopRecordType     *type,
                                                 const ForlopClaim          *claim,
                                                 ForlopRecord               *record) G_GNUC_WARN_UNUSED_RESULT;
/* What the gates look at, from the server's rows; NULL without an error when the changeset concerns
 * nobody who is there. */
gboolean          forlop_sync_snapshot          (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSnapshot            **snapshot,
                                                 GError                    **error);
/* Writes rows and claims at @seq, then who may see what follows from them. */
gboolean          forlop_sync_write             (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 gint64                      seq,
                                                 GError                    **error);
gboolean          forlop_sync_grant_after       (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 gint64                      seq,
                                                 GError                    **error);
gboolean          forlop_sync_keep_conflict     (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 gint64                      seq,
                                                 GError                    **error);
ForlopRecord     *forlop_sync_load              (ForlopSyncSession          *self,
                                                 const char                 *type,
                                                 const char                 *id,
                                                 gboolean                   *is_deleted,
                                                 GError                    **error);

G_END_DECLS
