/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store.h"
#include "forlop-sync-client.h"

G_BEGIN_DECLS

/* Sync that runs by itself: a thread that asks the client's turn what to send, sends it, and waits
 * until there is more to do. The main thread is only told how it stands. */

#define FORLOP_TYPE_SYNC_RUNNER (forlop_sync_runner_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSyncRunner, forlop_sync_runner, FORLOP, SYNC_RUNNER, GObject)

/**
 * ForlopSyncTransportFunc:
 * @text: (out) (transfer full) (nullable): the reply's body.
 * @retry_after: (out): seconds the server asks to wait, or 0.
 * @server_time: (out): the instant at which the server says it answered, or 0.
 * @error: (nullable): why there was no reply, as a sentence.
 *
 * Sends one request and waits for its reply, on the runner's thread.
 *
 * Returns: the HTTP status; 0 when there was no reply.
 */
typedef unsigned int (*ForlopSyncTransportFunc) (const ForlopSyncRequest  *request,
                                                 char                    **text,
                                                 gint64                   *retry_after,
                                                 gint64                   *server_time,
                                                 gpointer                  user_data,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

/* Starts at once. @func, and @user_data_free at the end, run on the runner's own thread. */
ForlopSyncRunner   *forlop_sync_runner_new          (ForlopStore             *store,
                                                     ForlopSyncTransportFunc  func,
                                                     gpointer                 user_data,
                                                     GDestroyNotify           user_data_free) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the thread; a request under way is cancelled and counts as without reply. Waits for it. */
void                forlop_sync_runner_stop         (ForlopSyncRunner        *self);
/* Something was written here, the network came back, the user wants it now. From the main thread. */
void                forlop_sync_runner_wake         (ForlopSyncRunner        *self);
/* The server's log has come to @head. From any thread. */
void                forlop_sync_runner_poke         (ForlopSyncRunner        *self,
                                                     gint64                   head);

/* How it stood when the main loop last heard of it; notify::standing says when it changes. */
ForlopSyncStanding  forlop_sync_runner_get_standing (ForlopSyncRunner        *self);
/* Changesets that wait for the server's answer, with attachments that wait to be sent, and those that a person must look at. */
gint64              forlop_sync_runner_get_n_waiting (ForlopSyncRunner       *self);
gint64              forlop_sync_runner_get_n_refused (ForlopSyncRunner       *self);
/* When the server last said that everything was received; FORLOP_INSTANT_NONE before that. */
gint64              forlop_sync_runner_get_last_ok_at (ForlopSyncRunner      *self);
/* A sentence about what is wrong; NULL when nothing is. */
const char         *forlop_sync_runner_get_detail   (ForlopSyncRunner        *self);
/* Why the server was not reached, or what came could not be kept; NULL when neither is so. */
const GError       *forlop_sync_runner_get_error    (ForlopSyncRunner        *self);
/* How far this machine's clock is ahead of the server's, in milliseconds. */
gint64              forlop_sync_runner_get_skew     (ForlopSyncRunner        *self);

G_END_DECLS
