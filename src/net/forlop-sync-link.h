/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* The way from a sync runner to the server: what forlop_sync_runner_new() is given. It makes its
 * transport on the runner's thread, where it is also freed. */

typedef struct _ForlopSyncLink ForlopSyncLink;

/* @settings is copied. */
ForlopSyncLink *forlop_sync_link_new  (ForlopServerAccount      *account,
                                       const ForlopHttpSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* On the thread that sent. */
void            forlop_sync_link_free (gpointer                  link);
/* A #ForlopSyncTransportFunc; @link is its user data. */
unsigned int    forlop_sync_link_send (const ForlopSyncRequest  *request,
                                       char                    **text,
                                       gint64                   *retry_after,
                                       gint64                   *server_time,
                                       gpointer                  link,
                                       GCancellable             *cancellable,
                                       GError                  **error);

G_END_DECLS
