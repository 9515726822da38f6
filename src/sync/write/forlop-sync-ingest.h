/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-incoming.h"
#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* Measurements that come from outside: stored, judged, and their alerts raised, by the server's own
 * device, in one transaction. The same functions judge as on the desktop. */

/**
 * ForlopSyncSender:
 * @name: of the system that sends; a case that is followed there says the same as its platform.
 * @unit_id: whose people look at what cannot be used as it is.
 */
typedef struct {
  const char *name;
  const char *unit_id;
  const char *request_id;
} ForlopSyncSender;

/**
 * ForlopSyncReceived:
 * @FORLOP_SYNC_RECEIVED_STORED: It is a measurement of the citizen.
 * @FORLOP_SYNC_RECEIVED_ALREADY: It was there already; nothing was written.
 * @FORLOP_SYNC_RECEIVED_WITHDRAWN: It is marked as invalid, as the sender asked.
 * @FORLOP_SYNC_RECEIVED_CORRECTED: It stands in the place of an earlier one, which is marked as invalid.
 * @FORLOP_SYNC_RECEIVED_KEPT: It is kept among the unknown measurements.
 */
typedef enum {
  FORLOP_SYNC_RECEIVED_STORED,
  FORLOP_SYNC_RECEIVED_ALREADY,
  FORLOP_SYNC_RECEIVED_WITHDRAWN,
  FORLOP_SYNC_RECEIVED_CORRECTED,
  FORLOP_SYNC_RECEIVED_KEPT,
} ForlopSyncReceived;

/**
 * ForlopSyncReceipt:
 * @id: of the measurement, the first of two, or of the unknown measurement.
 * @fault: (nullable): why it is kept apart: code of the record's reason.
 */
typedef struct {
  ForlopSyncReceived received;
  char id[37];
  const char *fault;
} ForlopSyncReceipt;

/* Takes all of @incoming, or nothing when FALSE. @receipts: (out): one for each, in order.
 * @head: (out): the newest position when anything was written, else 0. */
gboolean forlop_sync_server_ingest (ForlopServerStorage     *storage,
                                    const ForlopSyncSender  *sender,
                                    gint64                   now,
                                    ForlopIncoming         **incoming,
                                    unsigned int             n_incoming,
                                    ForlopSyncReceipt       *receipts,
                                    gint64                  *head,
                                    GError                 **error);

G_END_DECLS
