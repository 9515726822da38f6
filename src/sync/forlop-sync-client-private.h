/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-sync-client.h"
#include "forlop-sync-transfer.h"

G_BEGIN_DECLS

/* What a push holds besides its changesets stays well below this. */
#define FORLOP_SYNC_ENVELOPE_BYTES 512

struct _ForlopSyncClient
{
  ForlopSyncMirror *mirror;
  ForlopSyncTransfer *transfer;
  ForlopSyncStanding standing;
  char *detail;

  gboolean has_greeted;
  gboolean wants_turn;
  gboolean is_too_old;
  gint64 poked_head;
  gint64 skew_ms;

  gint64 asked_at;
  unsigned int n_failures;
  gint64 not_before;
  gint64 poll_at;
  /* There was nothing to ask: not because the server is to be left alone. */
  gboolean rests;
  gint64 rest_until;
  unsigned int max_changesets;
  gsize max_bytes;
};

/* Leaves the server alone for a while, longer after each failure. */
void     forlop_sync_client_wait         (ForlopSyncClient         *self,
                                          ForlopSyncStanding        standing,
                                          const ForlopSyncAnswer   *answer,
                                          gint64                    now);
/* What is to be done when the answer is no. */
gboolean forlop_sync_client_take_refusal (ForlopSyncClient         *self,
                                          const ForlopSyncRequest  *request,
                                          const ForlopSyncAnswer   *answer,
                                          yyjson_val               *root,
                                          gint64                    now,
                                          GError                  **local_fault);

G_END_DECLS
