/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-json.h"

/* What client and server tell each other beside rows and changesets. */

static void
add_limits (yyjson_mut_doc *doc,
            yyjson_mut_val *root)
{
  yyjson_mut_val *limits = yyjson_mut_obj (doc);
  yyjson_mut_val *schema = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_int (doc, limits, "push_changesets", FORLOP_SYNC_PUSH_CHANGESETS);
  yyjson_mut_obj_add_int (doc, limits, "push_bytes", FORLOP_SYNC_PUSH_BYTES);
  yyjson_mut_obj_add_int (doc, limits, "page_rows", FORLOP_SYNC_PAGE_ROWS);
  yyjson_mut_obj_add_int (doc, limits, "page_bytes", FORLOP_SYNC_PAGE_BYTES);
  yyjson_mut_obj_add_int (doc, limits, "string_bytes", FORLOP_SYNC_STRING_BYTES);
  yyjson_mut_obj_add_int (doc, limits, "note_bytes", FORLOP_SYNC_NOTE_BYTES);
  yyjson_mut_obj_add_int (doc, limits, "part_bytes", FORLOP_SYNC_PART_BYTES);
  yyjson_mut_obj_add_int (doc, limits, "contents_bytes", FORLOP_SYNC_CONTENTS_BYTES);
  yyjson_mut_obj_add_val (doc, root, "limits", limits);
  yyjson_mut_obj_add_int (doc, schema, "oldest", FORLOP_SYNC_SCHEMA_OLDEST);
  yyjson_mut_obj_add_int (doc, schema, "newest", FORLOP_SYNC_SCHEMA_NEWEST);
  yyjson_mut_obj_add_val (doc, root, "schema", schema);
}

static gboolean
read_hello (ForlopServerStorage     *storage,
            const ForlopSyncCaller  *caller,
            ForlopServerHead        *head,
            ForlopServerDevice     **device,
            GError                 **error)
{
  gboolean is_read;

  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = storage->funcs->get_head (storage, head, error) &&
            (caller == NULL || storage->funcs->get_device (storage, caller->device_id, device, error));
  storage->funcs->rollback (storage);

  return is_read;
}

/**
 * forlop_sync_server_hello:
 * @storage: (nullable): %NULL before sign-in; epoch and head are left out then.
 * @caller: (nullable): %NULL before sign-in.
 */
ForlopSyncReply *
forlop_sync_server_hello (ForlopServerStorage     *storage,
                          const ForlopSyncCaller  *caller,
                          gint64                   now,
                          GError                 **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autoptr (ForlopServerDevice) device = NULL;
  g_autofree char *server_time = forlop_instant_to_iso (now);
  ForlopServerHead head;

  yyjson_mut_doc_set_root (doc, root);
  if (storage != NULL)
    {
      if (!read_hello (storage, caller, &head, &device, error))
        return NULL;
      yyjson_mut_obj_add_strcpy (doc, root, "epoch", head.epoch);
      yyjson_mut_obj_add_sint (doc, root, "head", head.seq);
    }
  add_limits (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "server_time", server_time);
  yyjson_mut_obj_add_sint (doc, root, "lease_hours",
                           caller != NULL && caller->lease_hours > 0 ? (gint64) caller->lease_hours
                                                                     : FORLOP_SYNC_LEASE_MS / FORLOP_HOUR);
  if (device != NULL)
    {
      forlop_json_add_text (doc, root, "user_id", caller->user_id);
      forlop_json_add_text (doc, root, "device_id", device->id);
      yyjson_mut_obj_add_sint (doc, root, "last_op_no", device->last_op_no);
      yyjson_mut_obj_add_sint (doc, root, "last_access_n", device->last_access_n);
      if (caller->checkpoint != NULL)
        yyjson_mut_obj_add_val (doc, root, "checkpoint", yyjson_mut_rawcpy (doc, caller->checkpoint));
    }

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

/* What a device may say that its user did; the rest is the server's own to say. */
static gboolean
is_own_action (const char *action)
{
  static const char *const actions[] = {
    "opened", "showed-id-number", "found", "listed", "exported", "printed", "backed-up", NULL
  };

  return action != NULL && g_strv_contains (actions, action);
}

/* The function that the device names, when it is one of the user's. */
static gboolean
has_function (ForlopSyncSession  *self,
              const char         *role,
              const char         *unit_id,
              gboolean           *has,
              GError            **error)
{
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);

  *has = FALSE;
  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; role != NULL && i < memberships->len && !*has; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);

      *has = forlop_record_text_is (membership, "user_id", self->caller->user_id) &&
             forlop_record_text_is (membership, "role", role) &&
             g_strcmp0 (forlop_record_get_text (membership, "unit_id"), unit_id) == 0;
    }

  return TRUE;
}

/* A record that the user never had is not named, so that nobody writes into a stranger's extract. */
static gboolean
log_one (ForlopSyncSession  *self,
         yyjson_val         *value,
         GError            **error)
{
  const ForlopSyncCaller *caller = self->caller;
  const char *at = yyjson_get_str (yyjson_obj_get (value, "at"));
  const char *citizen_id = yyjson_get_str (yyjson_obj_get (value, "citizen_id"));
  g_autoptr (ForlopServerGrant) grant = NULL;
  g_autofree char *scope = NULL;
  gboolean has;
  ForlopServerAccess access = {
    .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = caller->user_id,
    .device_id = caller->device_id, .request_id = caller->request_id, .result = "shown",
    .role = yyjson_get_str (yyjson_obj_get (value, "role")),
    .unit_id = yyjson_get_str (yyjson_obj_get (value, "unit_id")),
    .kinds = yyjson_get_str (yyjson_obj_get (value, "kinds")),
    .action = yyjson_get_str (yyjson_obj_get (value, "action")),
    .reason = yyjson_get_str (yyjson_obj_get (value, "reason")),
  };

  if (!is_own_action (access.action) || (citizen_id != NULL && !forlop_id_is_valid (citizen_id)))
    return TRUE;
  if (!has_function (self, access.role, access.unit_id, &has, error))
    return FALSE;
  if (!has)
    access.role = access.unit_id = NULL;
  if (at != NULL)
    forlop_instant_from_iso (at, &access.client_at);
  if (citizen_id != NULL)
    {
      scope = g_strconcat ("c:", citizen_id, NULL);
      if (!self->storage->funcs->get_grant (self->storage, caller->user_id, scope, &grant, error))
        return FALSE;
      access.scope = grant != NULL ? scope : NULL;
      access.result = grant != NULL ? "shown" : "never granted";
    }

  return self->storage->funcs->add_access (self->storage, &access, error);
}

/* Each row of the device's log once, however often it is sent. */
static gboolean
log_opened (ForlopSyncSession  *self,
            yyjson_val         *opened,
            GError            **error)
{
  g_autoptr (ForlopServerDevice) device = NULL;
  yyjson_val *value;
  size_t i, n;

  if (!self->storage->funcs->get_device (self->storage, self->caller->device_id, &device, error))
    return FALSE;
  yyjson_arr_foreach (opened, i, n, value)
    {
      gint64 number = yyjson_get_sint (yyjson_obj_get (value, "n"));

      if (device != NULL && number > 0 && number <= device->last_access_n)
        continue;
      if (!log_one (self, value, error))
        return FALSE;
      if (device != NULL)
        device->last_access_n = MAX (device->last_access_n, number);
    }

  return device == NULL || self->storage->funcs->put_device (self->storage, device, self->now, error);
}

static gboolean
log_purged (ForlopSyncSession  *self,
            yyjson_val         *purged,
            GError            **error)
{
  yyjson_val *value;
  size_t i, n;

  yyjson_arr_foreach (purged, i, n, value)
    {
      const char *scope = yyjson_get_str (value);
      g_autoptr (ForlopServerGrant) grant = NULL;
      const ForlopServerAccess access = {
        .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = self->caller->user_id,
        .device_id = self->caller->device_id, .request_id = self->caller->request_id, .action = "purged",
        .scope = scope, .result = "gone",
      };

      if (scope == NULL)
        continue;
      if (!self->storage->funcs->get_grant (self->storage, self->caller->user_id, scope, &grant, error))
        return FALSE;
      if (grant != NULL && !self->storage->funcs->add_access (self->storage, &access, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_sync_server_ack:
 *
 * What the device did by itself and the access log has to know: records opened, scopes purged.
 */
ForlopSyncReply *
forlop_sync_server_ack (ForlopServerStorage     *storage,
                        const ForlopSyncCaller  *caller,
                        gint64                   now,
                        const char              *text,
                        gsize                    length,
                        GError                 **error)
{
  ForlopSyncSession self = { .storage = storage, .caller = caller, .now = now };
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, &reply);
  gboolean is_logged;
  yyjson_val *root;

  if (doc == NULL)
    return reply;
  root = yyjson_doc_get_root (doc);
  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  is_logged = log_opened (&self, yyjson_obj_get (root, "opened"), error) &&
              log_purged (&self, yyjson_obj_get (root, "purged"), error) &&
              storage->funcs->commit (storage, error);
  forlop_sync_session_forget (&self);
  if (!is_logged)
    {
      storage->funcs->rollback (storage);
      return NULL;
    }

  return forlop_sync_reply_new (200, g_strdup ("{}"));
}
