/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"
#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* The statements of what goes out through the message gateway; they stand with the municipality's accounts. */

/**
 * ForlopGatewayMessage:
 * @unit_id: (nullable): whom it is for; %NULL when several units share the telephone.
 * @state: "waiting", "sent", "not_needed", "no_address" or "no_gateway"; "test_failed" or "test_sent" of one that was sent to try the
 *   gateway, and that is sent once.
 * @next_at: not tried before then.
 */
typedef struct {
  char *id;
  char *address;
  gint64 made_at;
  gint64 next_at;
  gint64 n_attempts;
  char *state;
  char *unit_id;
} ForlopGatewayMessage;

/**
 * ForlopGatewayAttempt:
 * @result: (nullable): %NULL when it was begun and its end is not known.
 */
typedef struct {
  ForlopGatewayMessage message;
  gint64 n;
  gint64 at;
  char *result;
} ForlopGatewayAttempt;

void       forlop_gateway_message_free        (ForlopGatewayMessage        *self);
void       forlop_gateway_attempt_free        (ForlopGatewayAttempt        *self);

/* ForlopSyncEscalated with case and instant alone. */
GPtrArray *forlop_gateway_store_list_open     (ForlopAccountStore          *self,
                                               GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
/* @message_id: (nullable). */
gboolean   forlop_gateway_store_put_escalated (ForlopAccountStore          *self,
                                               const ForlopSyncEscalated   *escalated,
                                               const char                  *message_id,
                                               GError                     **error);
/* A message that waits and that nothing asks for any longer is not needed. */
gboolean   forlop_gateway_store_end_escalated (ForlopAccountStore          *self,
                                               const ForlopSyncEscalated   *escalated,
                                               gint64                       now,
                                               GError                     **error);
gboolean   forlop_gateway_store_add           (ForlopAccountStore          *self,
                                               const ForlopGatewayMessage  *message,
                                               GError                     **error);
/* The messages to send at @now, at most @limit. */
GPtrArray *forlop_gateway_store_list_due      (ForlopAccountStore          *self,
                                               gint64                       now,
                                               unsigned int                 limit,
                                               GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Counts an attempt, so that nobody else begins one before @next_at. */
gboolean   forlop_gateway_store_begin_attempt (ForlopAccountStore          *self,
                                               ForlopGatewayMessage        *message,
                                               gint64                       now,
                                               gint64                       next_at,
                                               GError                     **error);
gboolean   forlop_gateway_store_end_attempt   (ForlopAccountStore          *self,
                                               const ForlopGatewayMessage  *message,
                                               gboolean                     is_sent,
                                               const char                  *result,
                                               GError                     **error);
/* There is no gateway: what waits is not sent. */
gboolean   forlop_gateway_store_put_aside     (ForlopAccountStore          *self,
                                               GError                     **error);
/* There is one again: what was put aside waits on, while somebody still has not taken the alert. */
gboolean   forlop_gateway_store_take_up       (ForlopAccountStore          *self,
                                               gint64                       now,
                                               GError                     **error);
gboolean   forlop_gateway_store_count_waiting (ForlopAccountStore         *self,
                                               gint64                      *n,
                                               GError                     **error);
/* The newest first; a message that was not tried has @n 0. */
GPtrArray *forlop_gateway_store_list_attempts (ForlopAccountStore          *self,
                                               unsigned int                 limit,
                                               GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGatewayMessage, forlop_gateway_message_free)

G_END_DECLS
