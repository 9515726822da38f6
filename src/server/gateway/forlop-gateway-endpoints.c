/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-endpoints.h"

#include <glib/gi18n-lib.h>

#include "forlop-accounts-private.h"
#include "forlop-escalation.h"
#include "forlop-gateway-store.h"
#include "forlop-json.h"

#define MAX_ATTEMPTS 300
#define MAX_MESSAGES 50
/* A message costs money, and rings somebody. */
#define BETWEEN_TRIALS FORLOP_MINUTE

static const ForlopGatewaySettings *
settings_of (ForlopServerCall *call)
{
  ForlopGateway *gateway = forlop_tenants_find_gateway (call->tenants, call->tenant->name);

  return gateway != NULL ? forlop_gateway_get_settings (gateway) : NULL;
}

/* A red alert may wait in those that follow people up, and in others with a shift phone. */
static gboolean
may_be_called (ForlopRecord *unit)
{
  if (forlop_record_has (unit, "active") && !forlop_record_get_boolean (unit, "active"))
    return FALSE;

  return forlop_record_has (unit, "shift_phone") || forlop_record_text_is (unit, "kind", "zone") ||
         forlop_record_text_is (unit, "kind", "follow_up_centre");
}

/* Records; those that are not in use any more as well. */
static GPtrArray *
list_units (ForlopTenant  *tenant,
            GError       **error)
{
  g_autoptr (GPtrArray) rows = forlop_accounts_list_type (tenant, "unit", error);
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL)
    return NULL;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) unit = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (unit == NULL)
        return NULL;
      g_ptr_array_add (units, g_steal_pointer (&unit));
    }

  return g_steal_pointer (&units);
}

static yyjson_mut_val *
describe_units (yyjson_mut_doc *doc,
                GPtrArray      *units)
{
  yyjson_mut_val *list = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < units->len; i++)
    {
      ForlopRecord *unit = g_ptr_array_index (units, i);
      yyjson_mut_val *object;

      if (!may_be_called (unit))
        continue;
      object = yyjson_mut_arr_add_obj (doc, list);
      forlop_json_add_text (doc, object, "id", forlop_record_get_id (unit));
      forlop_json_add_text (doc, object, "name", forlop_record_get_text (unit, "name"));
      forlop_json_add_text (doc, object, "to", forlop_escalation_address (unit));
    }

  return list;
}

static const char *
find_name (GPtrArray  *units,
           const char *unit_id)
{
  for (unsigned int i = 0; unit_id != NULL && i < units->len; i++)
    if (g_str_equal (forlop_record_get_id (g_ptr_array_index (units, i)), unit_id))
      return forlop_record_get_text (g_ptr_array_index (units, i), "name");

  return NULL;
}

/* Each message with its last attempt; @attempts has the newest first. */
static yyjson_mut_val *
describe_messages (yyjson_mut_doc *doc,
                   GPtrArray      *attempts,
                   GPtrArray      *units)
{
  yyjson_mut_val *list = yyjson_mut_arr (doc);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < attempts->len && g_hash_table_size (seen) < MAX_MESSAGES; i++)
    {
      const ForlopGatewayAttempt *attempt = g_ptr_array_index (attempts, i);
      const char *address = *attempt->message.address != '\0' ? attempt->message.address : NULL;
      g_autofree char *at = forlop_instant_to_iso (attempt->at);
      yyjson_mut_val *object;

      if (!g_hash_table_add (seen, attempt->message.id))
        continue;
      object = yyjson_mut_arr_add_obj (doc, list);
      forlop_json_add_text (doc, object, "id", attempt->message.id);
      forlop_json_add_text (doc, object, "at", at);
      forlop_json_add_text (doc, object, "to", address);
      forlop_json_add_text (doc, object, "unit", find_name (units, attempt->message.unit_id));
      forlop_json_add_text (doc, object, "state", attempt->message.state);
      yyjson_mut_obj_add_sint (doc, object, "n", attempt->n);
      forlop_json_add_text (doc, object, "result", attempt->result);
    }

  return list;
}

ForlopSyncReply *
forlop_gateway_status (ForlopServerCall  *call,
                       GError           **error)
{
  const ForlopGatewaySettings *settings;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  gboolean is_leader, is_administrator;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  if (!forlop_accounts_is_leader (call, &is_leader, error) ||
      !forlop_accounts_is_administrator (call, &is_administrator, error))
    return NULL;
  if (!is_leader)
    return forlop_accounts_not_leader ();
  units = list_units (call->tenant, error);
  attempts = units != NULL ? forlop_gateway_store_list_attempts (call->tenant->accounts, MAX_ATTEMPTS, error) : NULL;
  if (attempts == NULL)
    return NULL;

  yyjson_mut_doc_set_root (doc, root);
  settings = settings_of (call);
  if (settings != NULL)
    {
      g_autofree char *host = forlop_gateway_settings_dup_host (settings);

      forlop_json_add_text (doc, root, "host", host);
      forlop_json_add_text (doc, root, "text", settings->text);
    }
  yyjson_mut_obj_add_bool (doc, root, "may_try", settings != NULL && is_administrator);
  yyjson_mut_obj_add_val (doc, root, "units", describe_units (doc, units));
  yyjson_mut_obj_add_val (doc, root, "messages", describe_messages (doc, attempts, units));

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

typedef struct {
  ForlopServerCall *call;
  const char *unit_id;
  char *address;
  ForlopSyncReply *refusal;
} Asking;

/* Found among the newest, because trials are seldom. */
static gboolean
is_too_soon (ForlopServerCall  *call,
             gboolean          *too_soon,
             GError           **error)
{
  g_autoptr (GPtrArray) attempts =
    forlop_gateway_store_list_attempts (call->tenant->accounts, MAX_ATTEMPTS, error);
  gint64 now = forlop_clock_now (call->tenant->clock);

  *too_soon = FALSE;
  for (unsigned int i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const ForlopGatewayAttempt *attempt = g_ptr_array_index (attempts, i);

      if (g_str_has_prefix (attempt->message.state, "test_") && now - attempt->at < BETWEEN_TRIALS)
        *too_soon = TRUE;
    }

  return attempts != NULL;
}

static ForlopSyncReply *
refuse (Asking    *self,
        gboolean   is_administrator,
        gboolean   too_soon)
{
  if (!is_administrator)
    return forlop_accounts_not_allowed ();
  if (settings_of (self->call) == NULL)
    return forlop_sync_reply_problem (404, "no_gateway",
                                      _("The municipality has no message gateway on this server. Nothing was sent."));
  if (self->address == NULL)
    return forlop_sync_reply_problem (404, "no_address", _("There is no such unit with a telephone. Nothing was sent."));
  if (!too_soon)
    return NULL;
  self->call->retry_ms = BETWEEN_TRIALS;

  return forlop_sync_reply_problem (429, "too_soon",
                                    _("A test message was sent less than a minute ago. Nothing was sent now."));
}

static gpointer
ask_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error)
{
  Asking *self = user_data;
  gboolean is_administrator, too_soon;
  g_autoptr (GPtrArray) units = NULL;

  if (!forlop_accounts_is_administrator (self->call, &is_administrator, error) ||
      !is_too_soon (self->call, &too_soon, error))
    return NULL;
  units = list_units (self->call->tenant, error);
  if (units == NULL)
    return NULL;
  for (unsigned int i = 0; i < units->len; i++)
    if (may_be_called (g_ptr_array_index (units, i)) &&
        g_str_equal (forlop_record_get_id (g_ptr_array_index (units, i)), self->unit_id))
      self->address = g_strdup (forlop_escalation_address (g_ptr_array_index (units, i)));
  self->refusal = refuse (self, is_administrator, too_soon);

  return self;
}

static ForlopSyncReply *
send_trial (ForlopServerCall  *call,
            const Asking      *asking,
            GError           **error)
{
  ForlopGateway *gateway = forlop_tenants_find_gateway (call->tenants, call->tenant->name);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *result = NULL;
  gboolean is_sent;

  if (!forlop_gateway_try (gateway, call->tenant, asking->unit_id, asking->address, &is_sent, &result, error))
    return NULL;
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_bool (doc, root, "sent", is_sent);
  forlop_json_add_text (doc, root, "to", asking->address);
  forlop_json_add_text (doc, root, "result", result);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

ForlopSyncReply *
forlop_gateway_try_unit (ForlopServerCall  *call,
                         GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  Asking asking = { .call = call };

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  asking.unit_id = forlop_accounts_read_text (doc, "unit_id", FORLOP_ID_LENGTH);
  if (asking.unit_id == NULL || !forlop_id_is_valid (asking.unit_id))
    return forlop_accounts_malformed ();
  if (forlop_worker_run_sync (call->tenant->worker, ask_on_worker, &asking, NULL, error) == NULL)
    reply = NULL;
  else
    reply = asking.refusal != NULL ? asking.refusal : send_trial (call, &asking, error);
  g_free (asking.address);

  return reply;
}

ForlopWorker *
forlop_gateway_choose (ForlopServerCall *call)
{
  ForlopGateway *gateway;

  g_return_val_if_fail (call != NULL, NULL);

  gateway = call->tenant != NULL ? forlop_tenants_find_gateway (call->tenants, call->tenant->name) : NULL;

  return gateway != NULL ? forlop_gateway_get_trials (gateway) : NULL;
}
