/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libdex.h>

#include "forlop-server-join.h"
#include "forlop-sync-watch.h"

G_BEGIN_DECLS

/* The file's server and its user's session there: a file that has a server syncs by itself as long as it
 * is open, also behind the lock: what is taken away on the server must go. Signing in and out wait for the
 * server on a thread of their own. */

/**
 * ForlopServerFunc:
 *
 * Runs on a worker's thread. Returns NULL with @error set when it came to nothing.
 */
typedef gpointer (*ForlopServerFunc) (ForlopServerAccount  *account,
                                      ForlopHttpTransport  *transport,
                                      gpointer              user_data,
                                      GCancellable         *cancellable,
                                      GError              **error);

#define FORLOP_TYPE_SYNC_ACCOUNT (forlop_sync_account_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSyncAccount, forlop_sync_account, FORLOP, SYNC_ACCOUNT, GObject)

/* Follows the session's store; the watch knows it by forlop_sync_watch_get_account(). */
ForlopSyncAccount *forlop_sync_account_new         (ForlopSession          *session,
                                                    ForlopSyncWatch        *watch) G_GNUC_WARN_UNUSED_RESULT;
/* The server of the files that are opened from now on is found at @address. */
void               forlop_sync_account_set_address (ForlopSyncAccount      *self,
                                                    const char             *address);

/* Nothing is sent or received any more, and every thread has ended; before the store is closed. */
void               forlop_sync_account_stop        (ForlopSyncAccount      *self);

/* With what the user of this file signed in last; NULL before that. */
const char        *forlop_sync_account_get_server  (ForlopSyncAccount      *self);
const char        *forlop_sync_account_get_tenant  (ForlopSyncAccount      *self);
const char        *forlop_sync_account_get_name    (ForlopSyncAccount      *self);

/* Resolves when the server has taken the sign-in; fails with %FORLOP_SIGN_IN_ERROR. @join: with the server
 * that the file has. Its secrets are copied and wiped. */
DexFuture         *forlop_sync_account_sign_in     (ForlopSyncAccount      *self,
                                                    const ForlopServerJoin *join) G_GNUC_WARN_UNUSED_RESULT;
/* Whoever is signing in does not. */
void               forlop_sync_account_cancel      (ForlopSyncAccount      *self);
/* Asks the server something, in the user's session and beside the sync. @func gets @user_data, which is
 * freed afterwards. Resolves to what it returns, for forlop_worker_steal(); signed out is an error. */
DexFuture         *forlop_sync_account_ask         (ForlopSyncAccount      *self,
                                                    ForlopServerFunc        func,
                                                    gpointer                user_data,
                                                    GDestroyNotify          user_data_free,
                                                    GDestroyNotify          result_free) G_GNUC_WARN_UNUSED_RESULT;
DexFuture         *forlop_sync_account_sign_out    (ForlopSyncAccount      *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
