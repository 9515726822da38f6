/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-ingest.h"
#include "forlop-sync-judging.h"

G_BEGIN_DECLS

/**
 * ForlopSyncIngest:
 * @lent: (nullable): what is and was on loan, once it was asked for.
 * @whose: whom the message names → id of the citizen, or NULL.
 *
 * One request on its way.
 */
typedef struct {
  ForlopSyncSession session;
  const ForlopSyncSender *sender;
  ForlopChangeset *changeset;
  GHashTable *monitored;
  GPtrArray *lent;
  GHashTable *whose;
} ForlopSyncIngest;

/* The reading that this one stands in the place of: (out) (nullable) its id. @id: of this one. */
gboolean forlop_sync_find_corrected (ForlopSyncIngest           *self,
                                     const ForlopIncoming       *incoming,
                                     const ForlopIncomingValue  *value,
                                     const ForlopSyncMonitored  *monitored,
                                     const char                 *id,
                                     char                      **earlier_id,
                                     GError                    **error);
/* The next that comes under the sender's identifier may correct this one. */
gboolean forlop_sync_note_reference (ForlopSyncIngest           *self,
                                     const ForlopIncoming       *incoming,
                                     const ForlopIncomingValue  *value,
                                     const char                 *id,
                                     gboolean                    is_corrected,
                                     GError                    **error);
/* Says in the sender's name that a measurement is invalid, or valid again. @is_said: (out): not when it is so already,
 * or when somebody of the service has said otherwise. */
gboolean forlop_sync_say_validity   (ForlopSyncIngest           *self,
                                     const char                 *measurement_id,
                                     gboolean                    is_invalid,
                                     const char                 *reason,
                                     gboolean                   *is_said,
                                     GError                    **error);
/* Whose it is by the device alone, when nobody is named and one person had it that day. @citizen_id: (inout)
 * (nullable): stays when it is known. */
gboolean forlop_sync_find_borrower  (ForlopSyncIngest           *self,
                                     const ForlopIncoming       *incoming,
                                     char                      **citizen_id,
                                     GError                    **error);

G_END_DECLS
