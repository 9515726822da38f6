/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-answer.h"
#include "forlop-sync-mirror.h"
#include "forlop-sync-request.h"

G_BEGIN_DECLS

/* Attachments on their way, as a part of the client's turn: first what waits to be sent, then what is
 * missing here, the smallest first. What waits is kept by the mirror; in memory there is only how much
 * the server has, and the parts of the one file that is being received. */

typedef struct _ForlopSyncTransfer ForlopSyncTransfer;

/* @mirror is borrowed. */
ForlopSyncTransfer *forlop_sync_transfer_new         (ForlopSyncMirror        *mirror) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_sync_transfer_free        (ForlopSyncTransfer      *self);
/* What is missing here may have come to the server. */
void                forlop_sync_transfer_look        (ForlopSyncTransfer      *self);
/* Not to wait any longer. */
void                forlop_sync_transfer_wake        (ForlopSyncTransfer      *self);
/* NULL without an error when there is nothing to do before get_next_at(). */
ForlopSyncRequest  *forlop_sync_transfer_next        (ForlopSyncTransfer      *self,
                                                      const ForlopSyncState   *state,
                                                      gint64                   now,
                                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a reply of @status concerns the file alone, and not the server or the user. */
gboolean            forlop_sync_transfer_is_own      (unsigned int             status);
/* FALSE when something could not be kept here. */
gboolean            forlop_sync_transfer_take        (ForlopSyncTransfer      *self,
                                                      const ForlopSyncRequest *request,
                                                      const ForlopSyncAnswer  *answer,
                                                      yyjson_val              *root,
                                                      gint64                   now,
                                                      GError                 **error);
/* G_MAXINT64 when something must happen first. */
gint64              forlop_sync_transfer_get_next_at (ForlopSyncTransfer      *self);

G_END_DECLS
