/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-contents.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* What a client sends. */

typedef enum {
  FORLOP_SYNC_REQUEST_HELLO,
  FORLOP_SYNC_REQUEST_PUSH,
  FORLOP_SYNC_REQUEST_PULL,
  FORLOP_SYNC_REQUEST_SCOPE,
  FORLOP_SYNC_REQUEST_ACK,
  FORLOP_SYNC_REQUEST_PROOF,
  /* Those about attachments come last. */
  FORLOP_SYNC_REQUEST_ASK,
  FORLOP_SYNC_REQUEST_PUT,
  FORLOP_SYNC_REQUEST_GET,
} ForlopSyncRequestKind;

/**
 * ForlopSyncRequest:
 * @method: static: "GET" or "POST".
 * @path: static.
 * @body: (nullable): JSON.
 * @epoch: (nullable): the epoch it was made in.
 * @from: the position it asks from, or the number of the first changeset it sends.
 * @n_changesets: how many it sends.
 * @fill: (nullable): the scope it asks for.
 * @ack: (nullable): what it tells the access log.
 * @contents: (nullable): #GPtrArray of ForlopSyncContents that it is about.
 * @serial: of a request about contents: the reply to an earlier one is of the past.
 */
typedef struct {
  ForlopSyncRequestKind kind;
  const char *method;
  const char *path;
  char *body;
  char *epoch;
  gint64 from;
  unsigned int n_changesets;
  ForlopSyncFill *fill;
  ForlopSyncAck *ack;
  GPtrArray *contents;
  guint64 serial;
} ForlopSyncRequest;

ForlopSyncRequest *forlop_sync_request_hello (const ForlopSyncState *state) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRequest *forlop_sync_request_push  (const ForlopSyncState *state,
                                              GPtrArray             *unsent) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRequest *forlop_sync_request_pull  (const ForlopSyncState *state) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRequest *forlop_sync_request_scope (const ForlopSyncState *state,
                                              ForlopSyncFill        *fill) G_GNUC_WARN_UNUSED_RESULT;
/* The body of what is asked next on @path when @answer is taken as it is; NULL where that is not known. What only
 * reads may be sent before @answer is taken: the answer to it counts if the very same is asked then. */
char              *forlop_sync_request_foresee (const char          *path,
                                              const char            *answer) G_GNUC_WARN_UNUSED_RESULT;
/* @ack: (transfer full). */
ForlopSyncRequest *forlop_sync_request_ack   (const ForlopSyncState *state,
                                              ForlopSyncAck         *ack) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the row that is remembered is still in the server's access log. */
ForlopSyncRequest *forlop_sync_request_proof (const ForlopSyncState *state) G_GNUC_WARN_UNUSED_RESULT;
/* How much of @contents the server has. */
ForlopSyncRequest *forlop_sync_request_ask   (const ForlopSyncState *state,
                                              GPtrArray             *contents) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRequest *forlop_sync_request_put   (const ForlopSyncState *state,
                                              const ForlopSyncContents *contents,
                                              gint64                 offset,
                                              GBytes                *part) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncRequest *forlop_sync_request_get   (const ForlopSyncState *state,
                                              const ForlopSyncContents *contents,
                                              gint64                 offset) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_sync_request_free  (ForlopSyncRequest     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncRequest, forlop_sync_request_free)

G_END_DECLS
