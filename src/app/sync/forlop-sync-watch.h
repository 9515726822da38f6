/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-runner.h"
#include "forlop-sync-words.h"

G_BEGIN_DECLS

/* Keeps an eye on sync for the window: starts it when there is a way to the server, and says at the
 * foot of the sidebar how it stands. */

typedef struct _ForlopSyncAccount ForlopSyncAccount;

#define FORLOP_TYPE_SYNC_WATCH (forlop_sync_watch_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSyncWatch, forlop_sync_watch, FORLOP, SYNC_WATCH, GObject)

ForlopSyncWatch       *forlop_sync_watch_new       (ForlopSession           *session) G_GNUC_WARN_UNUSED_RESULT;
/* The way to the server of the session's store; see forlop_sync_runner_new(). */
void                   forlop_sync_watch_start     (ForlopSyncWatch         *self,
                                                    ForlopSyncTransportFunc  func,
                                                    gpointer                 user_data,
                                                    GDestroyNotify           user_data_free);
/* Waits until nothing more is sent; before the store is closed, and when the user has signed out. */
void                   forlop_sync_watch_stop      (ForlopSyncWatch         *self);
/* The user wants it now. */
void                   forlop_sync_watch_wake      (ForlopSyncWatch         *self);
/* What is told when the server says that there is something new; NULL while nothing syncs. */
ForlopSyncRunner      *forlop_sync_watch_get_runner (ForlopSyncWatch        *self);
/* The session on the server; NULL where there is none. Whoever made it owns it. */
ForlopSyncAccount     *forlop_sync_watch_get_account (ForlopSyncWatch       *self);
void                   forlop_sync_watch_set_account (ForlopSyncWatch       *self,
                                                    ForlopSyncAccount       *account);
/* Whether the file has been asked yet; then how long it may be shown. */
gboolean               forlop_sync_watch_is_known  (ForlopSyncWatch         *self);
ForlopLeaseState       forlop_sync_watch_get_lease (ForlopSyncWatch         *self);
/* Whether the first turn, or the first after a restore, is still on its way: then every list may lack something. */
gboolean               forlop_sync_watch_is_arriving (ForlopSession         *session);
/* As last heard; signal "changed" when there is news. */
const ForlopSyncFacts *forlop_sync_watch_get_facts (ForlopSyncWatch         *self);

G_END_DECLS
