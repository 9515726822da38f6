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
  yyjson_mut_obj_add_sint (doc, root, "lease_hours", FORLOP_SYNC_LEASE_MS / FORLOP_HOUR);
  if (device != NULL)
    {
      forlop_json_add_text (doc, root, "user_id", caller->user_id);
      forlop_json_add_text (doc, root, "device_id", device->id);
      yyjson_mut_obj_add_sint (doc, root, "last_op_no", device->last_op_no);
      if (caller->checkpoint != NULL)
        yyjson_mut_obj_add_val (doc, root, "checkpoint", yyjson_mut_rawcpy (doc, caller->checkpoint));
    }

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

static gboolean
log_opened (ForlopServerStorage     *storage,
            const ForlopSyncCaller  *caller,
            gint64                   now,
            yyjson_val              *opened,
            GError                 **error)
{
  yyjson_val *value;
  size_t i, n;

  yyjson_arr_foreach (opened, i, n, value)
    {
      const char *at = yyjson_get_str (yyjson_obj_get (value, "at"));
      const char *citizen_id = yyjson_get_str (yyjson_obj_get (value, "citizen_id"));
      g_autofree char *scope = NULL;
      ForlopServerAccess access = {
        .at = now, .client_at = FORLOP_INSTANT_NONE, .user_id = caller->user_id,
        .device_id = caller->device_id, .request_id = caller->request_id, .result = "shown",
        .role = yyjson_get_str (yyjson_obj_get (value, "role")),
        .unit_id = yyjson_get_str (yyjson_obj_get (value, "unit_id")),
        .action = yyjson_get_str (yyjson_obj_get (value, "action")),
        .reason = yyjson_get_str (yyjson_obj_get (value, "reason")),
      };

      if (citizen_id == NULL || !forlop_id_is_valid (citizen_id) || access.action == NULL)
        continue;
      if (at != NULL)
        forlop_instant_from_iso (at, &access.client_at);
      scope = g_strconcat ("c:", citizen_id, NULL);
      access.scope = scope;
      if (!storage->funcs->add_access (storage, &access, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
log_purged (ForlopServerStorage     *storage,
            const ForlopSyncCaller  *caller,
            gint64                   now,
            yyjson_val              *purged,
            GError                 **error)
{
  yyjson_val *value;
  size_t i, n;

  yyjson_arr_foreach (purged, i, n, value)
    {
      ForlopServerAccess access = {
        .at = now, .client_at = FORLOP_INSTANT_NONE, .user_id = caller->user_id,
        .device_id = caller->device_id, .request_id = caller->request_id, .action = "purged",
        .scope = yyjson_get_str (value), .result = "gone",
      };

      if (access.scope != NULL && !storage->funcs->add_access (storage, &access, error))
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
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, &reply);
  yyjson_val *root;

  if (doc == NULL)
    return reply;
  root = yyjson_doc_get_root (doc);
  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  if (!log_opened (storage, caller, now, yyjson_obj_get (root, "opened"), error) ||
      !log_purged (storage, caller, now, yyjson_obj_get (root, "purged"), error))
    {
      storage->funcs->rollback (storage);
      return NULL;
    }
  if (!storage->funcs->commit (storage, error))
    return NULL;

  return forlop_sync_reply_new (200, g_strdup ("{}"));
}
