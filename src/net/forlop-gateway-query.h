/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* The municipality's message gateway, as the server tells of it to those who lead. They block; not on the main
 * thread. An error's message is a sentence for the user. */

typedef enum {
  FORLOP_GATEWAY_SETTINGS,
  FORLOP_GATEWAY_UNIT,
  FORLOP_GATEWAY_MESSAGE,
} ForlopGatewayKind;

/**
 * ForlopGatewayFact:
 * @id: (nullable): of the unit, or of the message.
 * @name: (nullable): the gateway's host, %NULL where there is none; the unit's name.
 * @text: (nullable): what a message says.
 * @address: (nullable): the telephone.
 * @state: (nullable): of a message: "waiting", "sent", "not_needed", "no_address", "test_sent" or "test_failed".
 * @result: (nullable): the gateway's answer, or why it could not be asked; %NULL while that is not known.
 * @at: of the last try.
 * @n_tries: 0 for a message that was not tried.
 * @may_try: whether the user may send the unit a test message.
 */
typedef struct {
  ForlopGatewayKind kind;
  char *id;
  char *name;
  char *text;
  char *address;
  char *state;
  char *result;
  gint64 at;
  gint64 n_tries;
  gboolean may_try;
} ForlopGatewayFact;

void                     forlop_gateway_fact_free   (ForlopGatewayFact    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGatewayFact, forlop_gateway_fact_free)

/* #GPtrArray of #ForlopGatewayFact: the settings, the units that get messages, and the messages with the newest first. */
GPtrArray               *forlop_gateway_list        (ForlopServerAccount  *account,
                                                     ForlopHttpTransport  *transport,
                                                     GCancellable         *cancellable,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sends the unit's shift phone a test message; how it went is the newest message of the list that is asked for
 * afterwards. @value: not used. */
gboolean                 forlop_gateway_send_test   (ForlopServerAccount  *account,
                                                     ForlopHttpTransport  *transport,
                                                     const char           *unit_id,
                                                     const char           *value,
                                                     GCancellable         *cancellable,
                                                     GError              **error);
gboolean                 forlop_gateway_is_test     (const ForlopGatewayFact *self);
/* Whether a message did not come to anybody, or not yet. */
gboolean                 forlop_gateway_is_missed   (const ForlopGatewayFact *self);
/* The newest test message, or %NULL. */
const ForlopGatewayFact *forlop_gateway_find_test   (GPtrArray            *facts);
/* How it stands with a message, as a sentence. */
char                    *forlop_gateway_dup_words   (const ForlopGatewayFact *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
