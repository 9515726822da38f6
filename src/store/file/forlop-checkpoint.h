/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* A signed end of the server's access log, remembered by every machine: whoever makes the log anew cannot
 * make it so that all of them agree. */

/* What is signed: the row's number, the instant in milliseconds, and the hash in hexadecimal. */
char    *forlop_checkpoint_dup_message (gint64                       n,
                                        gint64                       at,
                                        const char                  *hash) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the owner of its key signed it (Ed25519). */
gboolean forlop_checkpoint_is_signed   (const ForlopSyncCheckpoint  *self);

/* Remembers the first one, and notes a shorter log, another one, or another key. */
gboolean forlop_checkpoint_store_see   (ForlopConnection            *connection,
                                        const ForlopSyncCheckpoint  *checkpoint,
                                        GError                     **error);
/* Remembers the newer one when the log still has the remembered row. */
gboolean forlop_checkpoint_store_prove (ForlopConnection            *connection,
                                        const ForlopSyncProof       *proof,
                                        GError                     **error);
/* The server was restored: its log may be shorter, and is remembered anew. */
gboolean forlop_checkpoint_store_forget (ForlopConnection           *connection,
                                        GError                     **error);
/* What is remembered, as `ROW:HASH`; an empty text when nothing is. */
char    *forlop_checkpoint_store_dup_remembered (ForlopConnection    *connection,
                                        GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
