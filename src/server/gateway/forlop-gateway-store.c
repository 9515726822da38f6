/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-store.h"

#include "forlop-account-query.h"

static void
clear_message (ForlopGatewayMessage *self)
{
  g_free (self->id);
  g_free (self->address);
  g_free (self->state);
  g_free (self->unit_id);
}

void
forlop_gateway_message_free (ForlopGatewayMessage *self)
{
  if (self == NULL)
    return;

  clear_message (self);
  g_free (self);
}

void
forlop_gateway_attempt_free (ForlopGatewayAttempt *self)
{
  if (self == NULL)
    return;

  clear_message (&self->message);
  g_free (self->result);
  g_free (self);
}

/* In the order of read_message(). */
#define MESSAGE "id, address, made_at, next_at, n_attempts, state, unit_id"

static void
read_message (ForlopGatewayMessage *self,
              ForlopAccountQuery   *query)
{
  self->id = forlop_account_query_dup_id (query, 0);
  self->address = forlop_account_query_dup_text (query, 1);
  self->made_at = forlop_account_query_get_instant (query, 2);
  self->next_at = forlop_account_query_get_instant (query, 3);
  self->n_attempts = forlop_account_query_get_integer (query, 4);
  self->state = forlop_account_query_dup_text (query, 5);
  self->unit_id = forlop_account_query_dup_id (query, 6);
}

static gpointer
new_message (ForlopAccountQuery *query)
{
  ForlopGatewayMessage *self = g_new0 (ForlopGatewayMessage, 1);

  read_message (self, query);

  return self;
}

static gpointer
new_attempt (ForlopAccountQuery *query)
{
  ForlopGatewayAttempt *self = g_new0 (ForlopGatewayAttempt, 1);

  read_message (&self->message, query);
  self->n = forlop_account_query_get_integer (query, 7);
  self->at = forlop_account_query_get_instant (query, 8);
  self->result = forlop_account_query_dup_text (query, 9);

  return self;
}

static gpointer
new_escalated (ForlopAccountQuery *query)
{
  ForlopSyncEscalated *self = g_new0 (ForlopSyncEscalated, 1);

  self->case_id = forlop_account_query_dup_id (query, 0);
  self->since = forlop_account_query_get_instant (query, 1);

  return self;
}

GPtrArray *
forlop_gateway_store_list_open (ForlopAccountStore  *self,
                                GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  query = forlop_account_query_new (self, "SELECT case_id, since FROM escalation WHERE ended_at IS NULL "
                                          "ORDER BY since", error);


  return query != NULL
           ? forlop_account_query_list (query, new_escalated, (GDestroyNotify) forlop_sync_escalated_free, error) : NULL;
}

gboolean
forlop_gateway_store_put_escalated (ForlopAccountStore         *self,
                                    const ForlopSyncEscalated  *escalated,
                                    const char                 *message_id,
                                    GError                    **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && escalated != NULL, FALSE);

  query = forlop_account_query_new (
    self, FORLOP_ACCOUNT_PUT (self, "INSERT INTO escalation (case_id, since, message_id) VALUES ($1, $2, $3)",
                              "case_id, since", "ended_at = NULL, message_id = excluded.message_id"), error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, escalated->case_id);
  forlop_account_query_bind_instant (query, escalated->since);
  forlop_account_query_bind_id (query, message_id);

  return forlop_account_query_execute (query, error);
}

static gboolean
drop_needless (ForlopAccountStore         *self,
               const ForlopSyncEscalated  *escalated,
               GError                    **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (
    self, "UPDATE gateway_message SET state = 'not_needed' WHERE state = 'waiting' AND id = "
          "(SELECT message_id FROM escalation WHERE case_id = $1 AND since = $2) AND NOT EXISTS "
          "(SELECT 1 FROM escalation WHERE message_id = gateway_message.id AND ended_at IS NULL)", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, escalated->case_id);
  forlop_account_query_bind_instant (query, escalated->since);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_gateway_store_end_escalated (ForlopAccountStore         *self,
                                    const ForlopSyncEscalated  *escalated,
                                    gint64                      now,
                                    GError                    **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && escalated != NULL, FALSE);

  query = forlop_account_query_new (self, "UPDATE escalation SET ended_at = $1 WHERE case_id = $2 AND since = $3",
                                    error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_instant (query, now);
  forlop_account_query_bind_id (query, escalated->case_id);
  forlop_account_query_bind_instant (query, escalated->since);

  return forlop_account_query_execute (query, error) && drop_needless (self, escalated, error);
}

gboolean
forlop_gateway_store_add (ForlopAccountStore          *self,
                          const ForlopGatewayMessage  *message,
                          GError                     **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  query = forlop_account_query_new (self, "INSERT INTO gateway_message (" MESSAGE ") VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                    error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, message->id);
  forlop_account_query_bind_text (query, message->address);
  forlop_account_query_bind_instant (query, message->made_at);
  forlop_account_query_bind_instant (query, message->next_at);
  forlop_account_query_bind_integer (query, message->n_attempts);
  forlop_account_query_bind_text (query, message->state);
  forlop_account_query_bind_id (query, message->unit_id);

  return forlop_account_query_execute (query, error);
}

GPtrArray *
forlop_gateway_store_list_due (ForlopAccountStore  *self,
                               gint64               now,
                               unsigned int         limit,
                               GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  query = forlop_account_query_new (self, "SELECT " MESSAGE " FROM gateway_message WHERE state = 'waiting' "
                                          "AND next_at <= $1 ORDER BY next_at, id LIMIT $2", error);
  if (query == NULL)
    return NULL;
  forlop_account_query_bind_instant (query, now);
  forlop_account_query_bind_integer (query, limit);

  return forlop_account_query_list (query, new_message, (GDestroyNotify) forlop_gateway_message_free, error);
}

static gboolean
count_attempt (ForlopAccountStore          *self,
               const ForlopGatewayMessage  *message,
               GError                     **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (
    self, "UPDATE gateway_message SET n_attempts = $1, next_at = $2 WHERE id = $3", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_integer (query, message->n_attempts);
  forlop_account_query_bind_instant (query, message->next_at);
  forlop_account_query_bind_id (query, message->id);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_gateway_store_begin_attempt (ForlopAccountStore    *self,
                                    ForlopGatewayMessage  *message,
                                    gint64                 now,
                                    gint64                 next_at,
                                    GError               **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  message->n_attempts++;
  message->next_at = next_at;
  if (!count_attempt (self, message, error))
    return FALSE;
  query = forlop_account_query_new (self, "INSERT INTO gateway_attempt (message_id, n, at) VALUES ($1, $2, $3)", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, message->id);
  forlop_account_query_bind_integer (query, message->n_attempts);
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

static gboolean
put_result (ForlopAccountStore          *self,
            const ForlopGatewayMessage  *message,
            const char                  *result,
            GError                     **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (
    self, "UPDATE gateway_attempt SET result = $1 WHERE message_id = $2 AND n = $3", error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, result);
  forlop_account_query_bind_id (query, message->id);
  forlop_account_query_bind_integer (query, message->n_attempts);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_gateway_store_end_attempt (ForlopAccountStore          *self,
                                  const ForlopGatewayMessage  *message,
                                  gboolean                     is_sent,
                                  const char                  *result,
                                  GError                     **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && message != NULL && result != NULL, FALSE);

  if (!put_result (self, message, result, error))
    return FALSE;
  if (!is_sent)
    return TRUE;
  query = forlop_account_query_new (self, "UPDATE gateway_message SET state = CASE state WHEN 'test_failed' THEN 'test_sent' "
                                          "ELSE 'sent' END WHERE id = $1", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_id (query, message->id);

  return forlop_account_query_execute (query, error);
}

GPtrArray *
forlop_gateway_store_list_attempts (ForlopAccountStore  *self,
                                    unsigned int         limit,
                                    GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  query = forlop_account_query_new (
    self, "SELECT " MESSAGE ", coalesce (a.n, 0), coalesce (a.at, made_at), a.result FROM gateway_message "
          "LEFT JOIN gateway_attempt a ON a.message_id = id ORDER BY 9 DESC, id DESC, a.n DESC LIMIT $1", error);
  if (query == NULL)
    return NULL;
  forlop_account_query_bind_integer (query, limit);

  return forlop_account_query_list (query, new_attempt, (GDestroyNotify) forlop_gateway_attempt_free, error);
}

gboolean
forlop_gateway_store_put_aside (ForlopAccountStore  *self,
                                GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  query = forlop_account_query_new (self, "UPDATE gateway_message SET state = 'no_gateway' WHERE state = 'waiting'",
                                    error);

  return query != NULL && forlop_account_query_execute (query, error);
}

gboolean
forlop_gateway_store_take_up (ForlopAccountStore  *self,
                              gint64               now,
                              GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  query = forlop_account_query_new (
    self, "UPDATE gateway_message SET state = 'waiting', next_at = $1 WHERE state = 'no_gateway' AND EXISTS "
          "(SELECT 1 FROM escalation WHERE message_id = gateway_message.id AND ended_at IS NULL)", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_instant (query, now);

  return forlop_account_query_execute (query, error);
}

static gpointer
new_count (ForlopAccountQuery *query)
{
  gint64 *n = g_new (gint64, 1);

  *n = forlop_account_query_get_integer (query, 0);

  return n;
}

gboolean
forlop_gateway_store_count_waiting (ForlopAccountStore  *self,
                                    gint64              *n,
                                    GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;
  g_autoptr (GPtrArray) counts = NULL;

  g_return_val_if_fail (self != NULL && n != NULL, FALSE);

  query = forlop_account_query_new (self, "SELECT count (*) FROM gateway_message WHERE state = 'waiting'", error);
  counts = query != NULL ? forlop_account_query_list (query, new_count, g_free, error) : NULL;
  if (counts == NULL)
    return FALSE;
  *n = *(const gint64 *) g_ptr_array_index (counts, 0);

  return TRUE;
}
