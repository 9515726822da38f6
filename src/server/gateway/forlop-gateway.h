/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gateway-settings.h"
#include "forlop-tenant.h"

G_BEGIN_DECLS

/* Red alerts of one municipality that nobody takes: the leaders get a task, and the unit's shift phone a message
 * about nobody. A message is stored before it is sent and sent until the gateway has taken it or somebody the
 * alert; its id, the same each time, tells the gateway that it is one message. */

typedef struct _ForlopGateway ForlopGateway;

/* Takes over @settings, which is NULL where there is no gateway: then the leaders alone are told. */
ForlopGateway *forlop_gateway_new  (ForlopTenant           *tenant,
                                    ForlopGatewaySettings  *settings,
                                    GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_gateway_free (ForlopGateway          *self);
/* From any thread: a turn that sends ends at once, and what it did not send waits. */
void           forlop_gateway_stop (ForlopGateway          *self);
/* Looks, tells and sends. Waits for the municipality's thread and for the gateway, so it must not be called from
 * the first, nor from one that serves. @head: (out): a new position, or 0. FALSE when the storage failed. */
gboolean       forlop_gateway_turn (ForlopGateway          *self,
                                    gint64                 *head,
                                    GError                **error);

/* (nullable): borrowed. */
const ForlopGatewaySettings *forlop_gateway_get_settings (ForlopGateway *self);
/* The thread that test messages are sent from, one after the other: an alert never waits for one. */
ForlopWorker  *forlop_gateway_get_trials (ForlopGateway        *self);
/* Sends one message to @address, which is @unit_id's, now, once, and keeps in the log how it went. Blocks as forlop_gateway_turn() does. @tenant:
 * whose thread is asked. @is_sent: (out): whether the gateway has taken it. @result: (out): what it answered, or why it
 * could not be asked. */
gboolean       forlop_gateway_try  (ForlopGateway          *self,
                                    ForlopTenant           *tenant,
                                    const char             *unit_id,
                                    const char             *address,
                                    gboolean               *is_sent,
                                    char                  **result,
                                    GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGateway, forlop_gateway_free)

G_END_DECLS
