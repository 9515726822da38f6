/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-row.h"

G_BEGIN_DECLS

/* What a mirror knows of its server, and what the server's replies bring it, as plain values. */

/**
 * ForlopSyncState:
 * @server: the server's address.
 * @ca_file: (nullable): the municipality's own certificate authority.
 * @tenant: (nullable): the municipality's name on the server.
 * @account: (nullable): the name with which its user signed in last.
 * @epoch: (nullable): %NULL until a hello has told it, and after the server said that ours is over.
 * @cursor: the position that the working tables show.
 * @pos: how far the stage has come; more than @cursor in the middle of a turn.
 * @pos_hash: 16 hexadecimal digits of the log's hash at @pos; empty at 0.
 * @skew_ms: how far this machine's clock is ahead of the server's.
 * @seen_at: the newest instant that the machine has seen since then; %FORLOP_INSTANT_NONE before the first
 *   turn.
 * @n_unsent: changesets that wait to be sent.
 * @n_refused: refused changesets and open conflicts that a person has not dealt with.
 * @n_answered: changesets that the server has answered and no turn has confirmed.
 * @n_ahead: those of them that were answered after @cursor.
 * @n_waiting_scopes: scopes to be filled.
 * @has_scopes: something of the server's is, or was, shown here.
 * @has_filled: a scope is filled and waits for the turn that shows it.
 * @n_uploads: attachments that wait to be sent.
 * @has_held_upload: one of them belongs to a scope that is being taken away, which waits for it.
 * @n_mismatches: how often a scope was not what the server says it is.
 * @n_unacked: rows of this machine's access log, and purged scopes, that the server has not been told.
 * @checkpoint_n: the row of the server's access log whose signed hash is remembered; 0 for none.
 * @wants_proof: the server has a newer one, and has not yet shown that the remembered row is still there.
 * @log_differs: the server's access log contradicts what is remembered.
 */
typedef struct {
  char *server;
  char *ca_file;
  char *tenant;
  char *account;
  char *user_id;
  char *device_id;
  char *epoch;
  gint64 cursor;
  gint64 pos;
  char *pos_hash;
  gint64 head_seen;
  gint64 safe_seq;
  gint64 last_ok_at;
  gint64 skew_ms;
  gint64 lease_hours;
  gint64 seen_at;
  gint64 n_unsent;
  gint64 n_refused;
  gint64 n_answered;
  gint64 n_ahead;
  gint64 n_waiting_scopes;
  gboolean has_scopes;
  gboolean has_filled;
  gint64 n_uploads;
  gboolean has_held_upload;
  gint64 n_mismatches;
  gint64 n_unacked;
  gint64 checkpoint_n;
  gboolean wants_proof;
  gboolean log_differs;
} ForlopSyncState;

/**
 * ForlopSyncCheckpoint:
 * @n: a row of the server's access log.
 * @at: when it was signed.
 * @hash: of the chain there; all three texts are hexadecimal.
 * @key: the public key it is signed with.
 *
 * Text is borrowed.
 */
typedef struct {
  gint64 n;
  gint64 at;
  const char *hash;
  const char *signature;
  const char *key;
} ForlopSyncCheckpoint;

/**
 * ForlopSyncAck:
 * @json: the request's body.
 * @opened_to: the last row of the access log in it; 0 for none.
 * @purged_to: the last purged scope in it; 0 for none.
 */
typedef struct {
  char *json;
  gint64 opened_to;
  gint64 purged_to;
} ForlopSyncAck;

/**
 * ForlopSyncProof:
 * @known: (nullable): what the server's log has at the remembered row.
 * @newest: its newest checkpoint; @n is 0 when it has none.
 */
typedef struct {
  const char *known;
  ForlopSyncCheckpoint newest;
} ForlopSyncProof;

/**
 * ForlopSyncHello:
 * @last_op_no: the device's newest changeset that the server has.
 * @last_access_n: the last row of the device's access log that the server has.
 * @checkpoint: the newest of the server's access log; its @n is 0 when it has none.
 */
typedef struct {
  const char *epoch;
  gint64 head;
  gint64 last_op_no;
  gint64 server_time;
  gint64 lease_hours;
  const char *user_id;
  const char *device_id;
  gint64 last_access_n;
  ForlopSyncCheckpoint checkpoint;
} ForlopSyncHello;

/**
 * ForlopSyncUnsent:
 * @json: the changeset as it is sent.
 */
typedef struct {
  gint64 op_no;
  char *json;
} ForlopSyncUnsent;

/**
 * ForlopSyncResult:
 * @status: "applied", "merged", "conflict", "rejected" or "blocked".
 * @json: the whole result, for the person who repairs it.
 */
typedef struct {
  gint64 op_no;
  char *op_id;
  char *status;
  gint64 seq;
  char *json;
} ForlopSyncResult;

/**
 * ForlopSyncGrant:
 * @gone: (nullable): of a scope that was taken away, the records that may be here in another one: a JSON array of
 *   `{"type","id"}`.
 */
typedef struct {
  char *scope;
  gint64 gen;
  gboolean active;
  char *gone;
} ForlopSyncGrant;

typedef struct {
  char *scope;
  ForlopScopeSum sum;
} ForlopSyncScopeSum;

/**
 * ForlopSyncPage:
 * @from: the position that was asked from.
 * @rows: #GPtrArray of #ForlopSyncRow.
 * @grants: #GPtrArray of #ForlopSyncGrant.
 * @sums: (nullable): #GPtrArray of #ForlopSyncScopeSum.
 * @skew_ms: how far the machine's clock was ahead of the server's when it came.
 */
typedef struct {
  char *epoch;
  gint64 from;
  gint64 pos;
  char *hash;
  gint64 head;
  gint64 safe_seq;
  gboolean is_complete;
  GPtrArray *rows;
  GPtrArray *grants;
  GPtrArray *sums;
  gint64 skew_ms;
} ForlopSyncPage;

/**
 * ForlopSyncPlace:
 * @type: (nullable): %NULL at the start of the scope.
 *
 * A place in a scope's rows: after the row with these three.
 */
typedef struct {
  gint64 seq;
  char *type;
  char *id;
} ForlopSyncPlace;

/* A scope to be filled, and how far it has come. */
typedef struct {
  char *scope;
  gint64 gen;
  ForlopSyncPlace after;
} ForlopSyncFill;

/**
 * ForlopSyncScopePage:
 * @after: where the page was asked from.
 * @next: where the next one begins; without a type, this was the last.
 */
typedef struct {
  char *epoch;
  char *scope;
  gint64 gen;
  gint64 head;
  ForlopSyncPlace after;
  ForlopSyncPlace next;
  ForlopScopeSum sum;
  GPtrArray *rows;
} ForlopSyncScopePage;

void     forlop_sync_state_clear      (ForlopSyncState     *self);
void     forlop_sync_unsent_free      (ForlopSyncUnsent    *self);
void     forlop_sync_result_free      (ForlopSyncResult    *self);
void     forlop_sync_grant_free       (ForlopSyncGrant     *self);
void     forlop_sync_scope_sum_free   (ForlopSyncScopeSum  *self);
void     forlop_sync_page_free        (ForlopSyncPage      *self);
void     forlop_sync_fill_free        (ForlopSyncFill      *self);
void     forlop_sync_scope_page_free  (ForlopSyncScopePage *self);
/* Whether it is what comes before the log to a machine that has nothing: whole at position 0, and not all. */
gboolean forlop_sync_page_is_first    (const ForlopSyncPage *self);
gboolean forlop_sync_place_equal      (const ForlopSyncPlace *self,
                                       const ForlopSyncPlace *other);
void     forlop_sync_place_set        (ForlopSyncPlace     *self,
                                       gint64               seq,
                                       const char          *type,
                                       const char          *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopSyncState, forlop_sync_state_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncUnsent, forlop_sync_unsent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncResult, forlop_sync_result_free)
void forlop_sync_ack_free (ForlopSyncAck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncAck, forlop_sync_ack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncGrant, forlop_sync_grant_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncScopeSum, forlop_sync_scope_sum_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncPage, forlop_sync_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncFill, forlop_sync_fill_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncScopePage, forlop_sync_scope_page_free)

G_END_DECLS
