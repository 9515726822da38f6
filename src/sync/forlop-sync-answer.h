/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/**
 * ForlopSyncAnswer:
 * @status: HTTP; 0 when there was no reply.
 * @text: (nullable): the body.
 * @retry_after: seconds, or 0.
 * @server_time: the instant at which the server says it answered; 0 when it does not.
 * @random: a random number for the time to wait, should it be needed.
 */
typedef struct {
  unsigned int status;
  const char *text;
  gint64 retry_after;
  gint64 server_time;
  guint32 random;
} ForlopSyncAnswer;

/* The server's replies, read and checked for form. Each function sets a sentence where the reply is
 * not what the protocol says. */

/* Text is borrowed from @root. */
gboolean             forlop_sync_answer_read_hello   (yyjson_val       *root,
                                                     ForlopSyncHello  *hello,
                                                     GError          **error);
/* #GPtrArray of ForlopSyncResult. */
GPtrArray           *forlop_sync_answer_read_results (yyjson_val       *root,
                                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncPage      *forlop_sync_answer_read_page    (yyjson_val       *root,
                                                     gint64            from,
                                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncScopePage *forlop_sync_answer_read_scope   (yyjson_val       *root,
                                                     const char       *scope,
                                                     const ForlopSyncPlace *after,
                                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the server's access log has at a row. Text belongs to @root. */
gboolean             forlop_sync_answer_read_proof   (yyjson_val             *root,
                                                      ForlopSyncProof        *proof,
                                                      GError                **error);
/* How long to wait after a failure, in milliseconds: what the server asked for, and a random part of a
 * time that doubles. Clients that failed together do not come back together. */
gint64               forlop_sync_answer_retry_ms     (const ForlopSyncAnswer *answer,
                                                     unsigned int      n_failures);

G_END_DECLS
