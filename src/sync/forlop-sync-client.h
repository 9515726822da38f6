/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-answer.h"
#include "forlop-sync-mirror.h"
#include "forlop-sync-request.h"

G_BEGIN_DECLS

/* The client's turn, step by step: what to ask the server next, and what to do with its reply. It has
 * no thread, socket, clock or random source of its own. What to do next follows from what the mirror
 * has, so that it goes on wherever it was stopped; in memory it has only how long to wait. */

typedef struct _ForlopSyncClient ForlopSyncClient;

/**
 * ForlopSyncStanding:
 * @FORLOP_SYNC_WORKING: There is something to send or to receive.
 * @FORLOP_SYNC_IDLE: Everything is sent and received.
 * @FORLOP_SYNC_OFFLINE: The server cannot be reached.
 * @FORLOP_SYNC_BUSY: The server asked to wait.
 * @FORLOP_SYNC_SERVER_FAULT: The server answered with something that is not understood.
 * @FORLOP_SYNC_SIGNED_OUT: The user must sign in.
 * @FORLOP_SYNC_TOO_OLD: This version may send but not receive.
 * @FORLOP_SYNC_BLOCKED: The device is blocked.
 * @FORLOP_SYNC_WIPED: The device is to destroy what it has.
 * @FORLOP_SYNC_STUCK: What the server wants from this device is not here; a person must help.
 * @FORLOP_SYNC_LOCAL_FAULT: What came could not be kept here: a full disk, a damaged file.
 */
typedef enum {
  FORLOP_SYNC_WORKING,
  FORLOP_SYNC_IDLE,
  FORLOP_SYNC_OFFLINE,
  FORLOP_SYNC_BUSY,
  FORLOP_SYNC_SERVER_FAULT,
  FORLOP_SYNC_SIGNED_OUT,
  FORLOP_SYNC_TOO_OLD,
  FORLOP_SYNC_BLOCKED,
  FORLOP_SYNC_WIPED,
  FORLOP_SYNC_STUCK,
  FORLOP_SYNC_LOCAL_FAULT,
} ForlopSyncStanding;

ForlopSyncClient  *forlop_sync_client_new          (ForlopSyncMirror         *mirror) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_sync_client_free         (ForlopSyncClient         *self);
ForlopSyncRequest *forlop_sync_client_next         (ForlopSyncClient         *self,
                                                    gint64                    now,
                                                    GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           forlop_sync_client_take         (ForlopSyncClient         *self,
                                                    const ForlopSyncRequest  *request,
                                                    const ForlopSyncAnswer    *answer,
                                                    gint64                    now,
                                                    GError                  **error);

/* The server's log has come to @head; 0 when only that something may be new is known. */
void               forlop_sync_client_poke         (ForlopSyncClient         *self,
                                                    gint64                    head);
/* There is a new token, or the user wants it to be tried at once. */
void               forlop_sync_client_wake         (ForlopSyncClient         *self);
/* When forlop_sync_client_next() is worth asking again without anything having happened. */
gint64             forlop_sync_client_get_next_at  (ForlopSyncClient         *self);
ForlopSyncStanding forlop_sync_client_get_standing (ForlopSyncClient         *self);
/* What the server said of its refusal, as a sentence; NULL when there is nothing. */
const char        *forlop_sync_client_get_detail   (ForlopSyncClient         *self);
/* How far the clock was ahead of the server's at the last answer, in milliseconds. */
gint64             forlop_sync_client_get_skew     (ForlopSyncClient         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncClient, forlop_sync_client_free)

G_END_DECLS
