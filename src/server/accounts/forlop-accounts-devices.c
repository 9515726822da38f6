/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-identity-store.h"
#include "forlop-json.h"

static gboolean
add_device (ForlopServerCall          *call,
            const ForlopServerDevice  *device,
            GHashTable                *people,
            yyjson_mut_doc            *doc,
            yyjson_mut_val            *list,
            GError                   **error)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  g_autoptr (ForlopAccount) account = NULL;
  g_autofree char *name = NULL;
  gint64 registered_at = FORLOP_INSTANT_NONE;

  if (!forlop_account_store_find_user (call->tenant->accounts, device->user_id, &account, error) ||
      !forlop_account_store_get_device (call->tenant->accounts, device->id, &name, &registered_at, error))
    return FALSE;
  forlop_json_add_text (doc, object, "id", device->id);
  forlop_json_add_text (doc, object, "user_id", device->user_id);
  if (account != NULL)
    forlop_json_add_text (doc, object, "account", account->name);
  if (device->user_id != NULL)
    forlop_json_add_text (doc, object, "person", g_hash_table_lookup (people, device->user_id));
  if (g_str_equal (device->id, call->session->device_id))
    yyjson_mut_obj_add_bool (doc, object, "is_caller", TRUE);
  forlop_json_add_text (doc, object, "name", name);
  forlop_json_add_text (doc, object, "state", device->state);
  if (registered_at != FORLOP_INSTANT_NONE)
    {
      g_autofree char *text = forlop_instant_to_iso (registered_at);

      forlop_json_add_text (doc, object, "registered_at", text);
    }
  if (device->seen_at > 0)
    {
      g_autofree char *text = forlop_instant_to_iso (device->seen_at);

      forlop_json_add_text (doc, object, "seen_at", text);
    }
  yyjson_mut_obj_add_sint (doc, object, "last_op_no", device->last_op_no);
  yyjson_mut_arr_append (list, object);

  return TRUE;
}

/**
 * forlop_accounts_devices:
 *
 * Every device for an administrator, one's own for anybody else.
 */
ForlopSyncReply *
forlop_accounts_devices (ForlopServerCall  *call,
                         GError           **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *list = yyjson_mut_arr (doc);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GHashTable) people = NULL;
  ForlopServerStorage *storage;
  gboolean is_administrator;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  storage = call->tenant->storage;
  if (!forlop_accounts_is_administrator (call, &is_administrator, error) ||
      !storage->funcs->begin (storage, FALSE, error))
    return NULL;
  devices = storage->funcs->list_devices (storage, error);
  storage->funcs->rollback (storage);
  people = devices != NULL ? forlop_accounts_list_people (call->tenant, error) : NULL;
  if (people == NULL)
    return NULL;

  yyjson_mut_doc_set_root (doc, root);
  for (unsigned int i = 0; i < devices->len; i++)
    {
      const ForlopServerDevice *device = g_ptr_array_index (devices, i);

      if (forlop_sync_is_server_device (device->id))
        continue;
      if ((is_administrator || g_strcmp0 (device->user_id, call->session->user_id) == 0) &&
          !add_device (call, device, people, doc, list, error))
        return NULL;
    }
  yyjson_mut_obj_add_val (doc, root, "devices", list);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

/* The machine hears of it at once where it listens: it asks, and is told. */
static ForlopSyncReply *
poke_all (ForlopServerCall  *call,
          GError           **error)
{
  ForlopServerStorage *storage = call->tenant->storage;
  ForlopSyncReply *reply;
  ForlopServerHead head;
  gboolean is_read;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  is_read = storage->funcs->get_head (storage, &head, error);
  storage->funcs->rollback (storage);
  if (!is_read)
    return NULL;
  reply = forlop_sync_reply_new (200, g_strdup ("{}"));
  reply->head = head.seq;

  return reply;
}

/**
 * forlop_accounts_set_device:
 *
 * `{"id","state"}`. An administrator sets any state; the owner may block or wipe a machine he lost.
 */
ForlopSyncReply *
forlop_accounts_set_device (ForlopServerCall  *call,
                            GError           **error)
{
  static const char *const states[] = { "active", "blocked", "wiped", NULL };
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopServerDevice) device = NULL;
  const char *id, *state;
  gboolean is_administrator, is_own;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  id = forlop_accounts_read_text (doc, "id", FORLOP_ID_LENGTH);
  state = forlop_accounts_read_text (doc, "state", FORLOP_ACCOUNTS_MAX_TEXT);
  if (id == NULL || !forlop_id_is_valid (id) || state == NULL || !g_strv_contains (states, state))
    return forlop_accounts_malformed ();

  if (!forlop_accounts_is_administrator (call, &is_administrator, error) ||
      !forlop_accounts_load_device (call->tenant, id, &device, error))
    return NULL;
  is_own = device != NULL && g_strcmp0 (device->user_id, call->session->user_id) == 0;
  if (!is_administrator && (!is_own || g_str_equal (state, "active")))
    return forlop_accounts_not_allowed ();
  if (device == NULL)
    return forlop_sync_reply_problem (404, "not_found",
                                      _("There is no such machine. Nothing was changed."));
  g_set_str (&device->state, state);
  if (!forlop_accounts_save_device (call->tenant, device, error))
    return NULL;
  g_message ("Device %s of %s was set to %s.", id, call->tenant->name, state);

  return poke_all (call, error);
}

/**
 * forlop_accounts_list:
 *
 * For an administrator: who can sign in.
 */
ForlopSyncReply *
forlop_accounts_list (ForlopServerCall  *call,
                      GError           **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *list = yyjson_mut_arr (doc);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GHashTable) people = NULL;
  gboolean is_administrator;
  gint64 now;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  now = forlop_clock_now (call->tenant->clock);
  if (!forlop_accounts_is_administrator (call, &is_administrator, error))
    return NULL;
  if (!is_administrator)
    return forlop_accounts_not_allowed ();
  accounts = forlop_account_store_list (call->tenant->accounts, error);
  people = accounts != NULL ? forlop_accounts_list_people (call->tenant, error) : NULL;
  if (people == NULL)
    return NULL;

  yyjson_mut_doc_set_root (doc, root);
  for (unsigned int i = 0; i < accounts->len; i++)
    {
      const ForlopAccount *account = g_ptr_array_index (accounts, i);
      yyjson_mut_val *object = yyjson_mut_obj (doc);
      gboolean by_browser;

      if (!forlop_identity_store_has (call->tenant->accounts, account->user_id, &by_browser, error))
        return NULL;
      forlop_json_add_text (doc, object, "user_id", account->user_id);
      forlop_json_add_text (doc, object, "name", account->name);
      forlop_json_add_text (doc, object, "person", g_hash_table_lookup (people, account->user_id));
      forlop_json_add_text (doc, object, "state", account->state);
      yyjson_mut_obj_add_bool (doc, object, "one_time", account->one_time_until != FORLOP_INSTANT_NONE);
      /* One that was for one time may be over; an account that was made by linking has none else. */
      yyjson_mut_obj_add_bool (doc, object, "password", account->one_time_until == FORLOP_INSTANT_NONE ||
                                                          account->one_time_until > now);
      yyjson_mut_obj_add_bool (doc, object, "browser", by_browser);
      yyjson_mut_arr_append (list, object);
    }
  yyjson_mut_obj_add_val (doc, root, "accounts", list);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

/**
 * forlop_accounts_set_state:
 *
 * `{"user_id","state"}`, by an administrator: "closed" ends every session of the account.
 */
ForlopSyncReply *
forlop_accounts_set_state (ForlopServerCall  *call,
                           GError           **error)
{
  static const char *const states[] = { "active", "closed", NULL };
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopAccount) account = NULL;
  const char *user_id, *state;
  gboolean is_administrator;

  g_return_val_if_fail (call != NULL && call->session != NULL, NULL);

  doc = forlop_sync_read_request (call->text, call->length, &reply);
  if (doc == NULL)
    return reply;
  user_id = forlop_accounts_read_text (doc, "user_id", FORLOP_ID_LENGTH);
  state = forlop_accounts_read_text (doc, "state", FORLOP_ACCOUNTS_MAX_TEXT);
  if (user_id == NULL || !forlop_id_is_valid (user_id) || state == NULL || !g_strv_contains (states, state))
    return forlop_accounts_malformed ();

  if (!forlop_accounts_is_administrator (call, &is_administrator, error))
    return NULL;
  if (!is_administrator)
    return forlop_accounts_not_allowed ();
  if (!forlop_account_store_find_user (call->tenant->accounts, user_id, &account, error))
    return NULL;
  if (account == NULL)
    return forlop_sync_reply_problem (404, "not_found",
                                      _("There is no such account. Nothing was changed."));
  g_set_str (&account->state, state);
  if (!forlop_account_store_put (call->tenant->accounts, account, forlop_clock_now (call->tenant->clock),
                                 error) ||
      (g_str_equal (state, "closed") &&
       !forlop_account_store_end_sessions (call->tenant->accounts, user_id, NULL, error)))
    return NULL;

  return forlop_sync_reply_new (200, g_strdup ("{}"));
}
