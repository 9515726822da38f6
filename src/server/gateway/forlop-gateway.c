/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway.h"

#include "forlop-gateway-http.h"
#include "forlop-gateway-store.h"

/* An attempt is repeated after one minute, then two, four, eight, and from then on a quarter of an hour. */
#define FIRST_WAIT FORLOP_MINUTE
#define LONGEST_WAIT (15 * FORLOP_MINUTE)
/* In one turn; the rest waits for the next. */
#define MAX_MESSAGES 20

struct _ForlopGateway
{
  ForlopTenant *tenant;
  ForlopGatewaySettings *settings;
  SoupSession *session;
  ForlopWorker *trials; /* NULL where there is no gateway */
  GCancellable *stopped;
};

typedef struct {
  ForlopGateway *gateway;
  gint64 now;
  gint64 head;
} Look;

typedef struct {
  ForlopTenant *tenant;
  const ForlopGatewayMessage *message;
  gboolean is_sent;
  char *result;
} Ending;

ForlopGateway *
forlop_gateway_new (ForlopTenant           *tenant,
                    ForlopGatewaySettings  *settings,
                    GError                **error)
{
  g_autoptr (ForlopGateway) self = NULL;

  g_return_val_if_fail (tenant != NULL, NULL);

  self = g_new0 (ForlopGateway, 1);
  self->tenant = tenant;
  self->settings = settings;
  self->stopped = g_cancellable_new ();
  if (settings == NULL)
    return g_steal_pointer (&self);
  self->session = forlop_gateway_http_new (settings, error);
  self->trials = forlop_worker_new ("trials");

  return self->session != NULL ? g_steal_pointer (&self) : NULL;
}

void
forlop_gateway_free (ForlopGateway *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->trials);
  g_clear_object (&self->session);
  g_clear_object (&self->stopped);
  g_clear_pointer (&self->settings, forlop_gateway_settings_free);
  g_free (self);
}

void
forlop_gateway_stop (ForlopGateway *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->stopped);
}

const ForlopGatewaySettings *
forlop_gateway_get_settings (ForlopGateway *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->settings;
}

ForlopWorker *
forlop_gateway_get_trials (ForlopGateway *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->trials;
}

static gboolean
has (GPtrArray                 *list,
     const ForlopSyncEscalated *escalated)
{
  for (unsigned int i = 0; i < list->len; i++)
    {
      const ForlopSyncEscalated *one = g_ptr_array_index (list, i);

      if (one->since == escalated->since && g_str_equal (one->case_id, escalated->case_id))
        return TRUE;
    }

  return FALSE;
}

/* Those of @list that are not in @other; borrowed from it. */
static GPtrArray *
without (GPtrArray *list,
         GPtrArray *other)
{
  GPtrArray *rest = g_ptr_array_new ();

  for (unsigned int i = 0; i < list->len; i++)
    if (!has (other, g_ptr_array_index (list, i)))
      g_ptr_array_add (rest, g_ptr_array_index (list, i));

  return rest;
}

/* Without a telephone each unit stands for itself. */
static const char *
recipient_of (const ForlopSyncEscalated *escalated)
{
  if (escalated->address != NULL)
    return escalated->address;

  return escalated->unit_id != NULL ? escalated->unit_id : "";
}

/* NULL when several units share the telephone. */
static const char *
find_unit (GPtrArray  *begun,
           const char *recipient)
{
  const char *unit_id = NULL;

  for (unsigned int i = 0; i < begun->len; i++)
    {
      const ForlopSyncEscalated *one = g_ptr_array_index (begun, i);

      if (!g_str_equal (recipient_of (one), recipient))
        continue;
      if (unit_id != NULL && g_strcmp0 (unit_id, one->unit_id) != 0)
        return NULL;
      unit_id = one->unit_id;
    }

  return unit_id;
}

static gboolean
add_message (Look        *self,
             const char  *address,
             const char  *unit_id,
             char       **id,
             GError     **error)
{
  ForlopTenant *tenant = self->gateway->tenant;
  ForlopGatewayMessage message = {
    .address = (char *) (address != NULL ? address : ""), .made_at = self->now, .next_at = self->now,
    .state = (char *) (address != NULL ? "waiting" : "no_address"), .unit_id = (char *) unit_id,
  };

  if (address == NULL)
    g_warning ("A red alert of %s waits, and its unit has no shift phone.", tenant->name);
  *id = message.id = forlop_id_source_next (tenant->ids, self->now);

  return forlop_gateway_store_add (tenant->accounts, &message, error);
}

/* What comes together goes to one telephone as one message. */
static gboolean
put_begun (Look       *self,
           GPtrArray  *begun,
           GError    **error)
{
  ForlopAccountStore *accounts = self->gateway->tenant->accounts;
  g_autoptr (GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (unsigned int i = 0; i < begun->len; i++)
    {
      const ForlopSyncEscalated *escalated = g_ptr_array_index (begun, i);
      const char *recipient = recipient_of (escalated);
      char *id = NULL;

      if (self->gateway->settings != NULL && (id = g_hash_table_lookup (messages, recipient)) == NULL)
        {
          if (!add_message (self, escalated->address, find_unit (begun, recipient), &id, error))
            {
              g_free (id);
              return FALSE;
            }
          g_hash_table_insert (messages, (gpointer) recipient, id);
        }
      if (!forlop_gateway_store_put_escalated (accounts, escalated, id, error))
        return FALSE;
    }

  return TRUE;
}

static gint64
wait_after (gint64 n_attempts)
{
  return MIN (FIRST_WAIT << MIN (n_attempts, 10), LONGEST_WAIT);
}

/* The messages to send now, counted as begun. */
static GPtrArray *
begin_due (Look    *self,
           GError **error)
{
  ForlopAccountStore *accounts = self->gateway->tenant->accounts;
  g_autoptr (GPtrArray) due = forlop_gateway_store_list_due (accounts, self->now, MAX_MESSAGES, error);

  for (unsigned int i = 0; due != NULL && i < due->len; i++)
    {
      ForlopGatewayMessage *message = g_ptr_array_index (due, i);

      if (!forlop_gateway_store_begin_attempt (accounts, message, self->now,
                                               self->now + wait_after (message->n_attempts), error))
        return NULL;
    }

  return g_steal_pointer (&due);
}

/* As one change, because other processes look as well. */
static GPtrArray *
keep (Look       *self,
      GPtrArray  *escalated,
      GError    **error)
{
  ForlopAccountStore *accounts = self->gateway->tenant->accounts;
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (accounts, error);
  g_autoptr (GPtrArray) open = change != NULL ? forlop_gateway_store_list_open (accounts, error) : NULL;
  g_autoptr (GPtrArray) begun = NULL;
  g_autoptr (GPtrArray) ended = NULL;
  g_autoptr (GPtrArray) due = NULL;

  if (open == NULL)
    return NULL;
  begun = without (escalated, open);
  ended = without (open, escalated);
  if (!put_begun (self, begun, error))
    return NULL;
  for (unsigned int i = 0; i < ended->len; i++)
    if (!forlop_gateway_store_end_escalated (accounts, g_ptr_array_index (ended, i), self->now, error))
      return NULL;
  if (self->gateway->settings == NULL)
    due = forlop_gateway_store_put_aside (accounts, error) ? g_ptr_array_new () : NULL;
  else if (forlop_gateway_store_take_up (accounts, self->now, error))
    due = begin_due (self, error);

  return due != NULL && forlop_account_change_commit (change, error) ? g_steal_pointer (&due) : NULL;
}

/* The leaders are told first: until it is kept here that they were, they are told again, which changes nothing. */
static gpointer
look_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Look *self = user_data;
  ForlopTenant *tenant = self->gateway->tenant;
  g_autoptr (GPtrArray) escalated = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) begun = NULL;
  g_autoptr (GPtrArray) ended = NULL;

  self->now = forlop_clock_now (tenant->clock);
  escalated = forlop_sync_server_list_escalated (tenant->storage, self->now, error);
  open = escalated != NULL ? forlop_gateway_store_list_open (tenant->accounts, error) : NULL;
  if (open == NULL)
    return NULL;
  begun = without (escalated, open);
  ended = without (open, escalated);
  if (!forlop_sync_server_tell_leaders (tenant->storage, self->now, begun, ended, &self->head, error))
    return NULL;

  return keep (self, escalated, error);
}

static gpointer
end_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Ending *self = user_data;
  ForlopAccountStore *accounts = self->tenant->accounts;
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (accounts, error);

  return change != NULL &&
         forlop_gateway_store_end_attempt (accounts, self->message, self->is_sent, self->result, error) &&
         forlop_account_change_commit (change, error) ? self : NULL;
}

static gboolean
send (ForlopGateway               *self,
      const ForlopGatewayMessage  *message,
      GError                     **error)
{
  Ending ending = { .tenant = self->tenant, .message = message };
  gboolean is_kept;

  ending.is_sent = forlop_gateway_http_post (self->session, self->settings, message->id, message->address, FALSE,
                                             self->stopped, &ending.result);
  g_message ("Message %s of %s through the gateway, attempt %" G_GINT64_FORMAT ": %s", message->id,
             self->tenant->name, message->n_attempts, ending.result);
  is_kept = forlop_worker_run_sync (self->tenant->worker, end_on_worker, &ending, NULL, error) != NULL;
  g_free (ending.result);

  return is_kept;
}

gboolean
forlop_gateway_turn (ForlopGateway  *self,
                     gint64         *head,
                     GError        **error)
{
  Look look = { .gateway = self };
  g_autoptr (GPtrArray) due = NULL;

  g_return_val_if_fail (self != NULL && head != NULL, FALSE);

  due = forlop_worker_run_sync (self->tenant->worker, look_on_worker, &look, NULL, error);
  *head = look.head;
  if (due == NULL)
    return FALSE;
  for (unsigned int i = 0; i < due->len && !g_cancellable_is_cancelled (self->stopped); i++)
    if (!send (self, g_ptr_array_index (due, i), error))
      return FALSE;

  return TRUE;
}

typedef struct {
  ForlopTenant *tenant;
  ForlopGatewayMessage message;
} Trial;

static gpointer
begin_trial_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Trial *self = user_data;
  ForlopAccountStore *accounts = self->tenant->accounts;
  gint64 now = forlop_clock_now (self->tenant->clock);
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (accounts, error);

  self->message.id = forlop_id_source_next (self->tenant->ids, now);
  self->message.made_at = self->message.next_at = now;

  return change != NULL && forlop_gateway_store_add (accounts, &self->message, error) &&
         forlop_gateway_store_begin_attempt (accounts, &self->message, now, now, error) &&
         forlop_account_change_commit (change, error) ? self : NULL;
}

gboolean
forlop_gateway_try (ForlopGateway  *self,
                    ForlopTenant   *tenant,
                    const char     *unit_id,
                    const char     *address,
                    gboolean       *is_sent,
                    char          **result,
                    GError        **error)
{
  Trial trial = { .tenant = tenant };
  Ending ending = { .tenant = tenant, .message = &trial.message };
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = NULL;
  gboolean is_begun;

  g_return_val_if_fail (self != NULL && self->settings != NULL && tenant != NULL, FALSE);
  g_return_val_if_fail (address != NULL && is_sent != NULL && result != NULL, FALSE);

  session = forlop_gateway_http_new (self->settings, error);
  if (session == NULL)
    return FALSE;
  trial.message = (ForlopGatewayMessage) {
    .address = (char *) address, .state = (char *) "test_failed", .unit_id = (char *) unit_id,
  };
  is_begun = forlop_worker_run_sync (tenant->worker, begin_trial_on_worker, &trial, NULL, error) != NULL;
  id = trial.message.id;
  if (!is_begun)
    return FALSE;
  *is_sent = ending.is_sent =
    forlop_gateway_http_post (session, self->settings, id, address, TRUE, self->stopped, &ending.result);
  g_message ("Test message %s of %s through the gateway: %s", id, tenant->name, ending.result);
  /* It is out, so it must not be sent anew because of that. */
  if (forlop_worker_run_sync (tenant->worker, end_on_worker, &ending, NULL, &problem) == NULL)
    g_warning ("How test message %s of %s went could not be kept: %s", id, tenant->name, problem->message);
  *result = ending.result;

  return TRUE;
}
