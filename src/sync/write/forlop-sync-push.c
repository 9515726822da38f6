/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-judging.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-json.h"

static void
add_verdict (yyjson_mut_doc          *doc,
             yyjson_mut_val          *object,
             const ForlopSyncVerdict *verdict)
{
  forlop_json_add_text (doc, object, "code", verdict->code);
  forlop_json_add_text (doc, object, "type", verdict->type);
  forlop_json_add_text (doc, object, "id", verdict->id);
  forlop_json_add_text (doc, object, "field", verdict->field);
  forlop_json_add_text (doc, object, "gate", verdict->gate);
  forlop_json_add_text (doc, object, "role", verdict->role);
  forlop_json_add_text (doc, object, "unit_id", verdict->unit_id);
  forlop_json_add_text (doc, object, "conflict_id", verdict->conflict_id);
  forlop_json_add_text (doc, object, "holder", verdict->holder);
  forlop_json_add_text (doc, object, "detail", verdict->detail);
}

static char *
verdict_to_json (const ForlopSyncVerdict *verdict)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  add_verdict (doc, root, verdict);

  return forlop_json_write (doc, FALSE);
}

/* The holder of a claim is named only to who may see it. */
static gboolean
hide_holder (ForlopSyncSession  *self,
             ForlopSyncVerdict  *verdict,
             GError            **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  gboolean may_see = FALSE;

  if (verdict->holder == NULL)
    return TRUE;
  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find (verdict->type),
                                       verdict->holder, &row, error) ||
      (row != NULL && !forlop_sync_may_see (self, row->scope, &may_see, error)))
    return FALSE;
  if (!may_see)
    g_clear_pointer (&verdict->holder, g_free);

  return TRUE;
}

static gboolean
log_change (ForlopSyncSession          *self,
            const ForlopSyncChangeset  *incoming,
            ForlopChangeset            *changeset,
            GError                    **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);
  g_autoptr (GHashTable) scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      g_autofree char *scope =
        forlop_record_dup_scope (operation->after != NULL ? operation->after : operation->before);
      ForlopServerAccess access = {
        .at = self->now, .client_at = incoming->created_at, .user_id = incoming->user_id,
        .role = incoming->role, .unit_id = incoming->unit_id, .device_id = self->caller->device_id,
        .scope = scope, .kinds = operation->type->name, .action = "changed", .reason = incoming->act,
        .request_id = self->caller->request_id, .result = "applied",
      };

      if (operation->type->scope > FORLOP_SCOPE_DELIVERY || g_hash_table_contains (scopes, scope))
        continue;
      if (!self->storage->funcs->add_access (self->storage, &access, error))
        return FALSE;
      g_hash_table_add (scopes, g_steal_pointer (&scope));
    }

  return TRUE;
}

gboolean
forlop_sync_store (ForlopSyncSession          *self,
                   const ForlopSyncChangeset  *incoming,
                   ForlopSyncVerdict          *verdict,
                   ForlopChangeset            *changeset,
                   GError                    **error)
{
  const ForlopServerStorageFuncs *funcs = self->storage->funcs;
  gint64 seq = self->head.seq + 1;
  g_autofree char *result = NULL;
  ForlopServerReceipt receipt;

  if (changeset != NULL &&
      (!forlop_sync_write (self, changeset, seq, error) || !log_change (self, incoming, changeset, error)))
    return FALSE;
  if (g_str_equal (verdict->status, "conflict") &&
      !forlop_sync_keep_conflict (self, incoming, verdict, seq, error))
    return FALSE;
  if (g_strcmp0 (verdict->code, "scope_revoked") == 0 &&
      !funcs->put_tray (self->storage, seq, incoming->op_id, incoming->user_id, incoming->unit_id,
                        incoming->body, self->now, error))
    return FALSE;
  if ((changeset != NULL || g_str_equal (verdict->status, "conflict")) &&
      !funcs->put_changeset (self->storage, seq, incoming->body, error))
    return FALSE;
  if (!hide_holder (self, verdict, error))
    return FALSE;

  result = verdict_to_json (verdict);
  receipt = (ForlopServerReceipt) {
    .op_id = (char *) incoming->op_id, .device_id = (char *) self->caller->device_id,
    .op_no = incoming->op_no, .user_id = (char *) self->caller->user_id, .hash = incoming->hash,
    .status = (char *) verdict->status, .result = result, .seq = seq,
  };
  forlop_server_log_hash (self->head.log_hash, seq, incoming->op_id, incoming->hash, verdict->status);
  if (!funcs->put_receipt (self->storage, &receipt, error) ||
      !funcs->add_mark (self->storage, seq, self->head.log_hash, self->now, error))
    return FALSE;
  self->head.seq = seq;

  return TRUE;
}

static void
add_result (yyjson_mut_doc *doc,
            yyjson_mut_val *results,
            gint64          op_no,
            const char     *op_id,
            const char     *status,
            gint64          seq,
            const char     *stored)
{
  g_autoptr (yyjson_doc) rest = forlop_json_parse (stored, -1, NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  yyjson_val *key, *value;
  size_t i, n;

  yyjson_mut_obj_add_sint (doc, object, "op_no", op_no);
  yyjson_mut_obj_add_strcpy (doc, object, "op_id", op_id);
  yyjson_mut_obj_add_strcpy (doc, object, "status", status);
  yyjson_mut_obj_add_sint (doc, object, "seq", seq);
  yyjson_obj_foreach (yyjson_doc_get_root (rest), i, n, key, value)
    yyjson_mut_obj_add (object, yyjson_val_mut_copy (doc, key), yyjson_val_mut_copy (doc, value));
  yyjson_mut_arr_append (results, object);
}

static ForlopSyncReply *
wrong_op_no (gint64 expected)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "type", "about:blank");
  yyjson_mut_obj_add_str (doc, root, "title", "Out of order");
  yyjson_mut_obj_add_uint (doc, root, "status", 409);
  yyjson_mut_obj_add_str (doc, root, "code", "wrong_op_no");
  yyjson_mut_obj_add_sint (doc, root, "expected", expected);
  forlop_json_add_text (doc, root, "detail",
                        _("Earlier changes of this device must come first. Nothing was stored."));

  return forlop_sync_reply_new (409, forlop_json_write (doc, FALSE));
}

/* One changeset: given its first result again, or decided and stored. @stop is set when the rest of
 * the request has to wait. */
static gboolean
take (ForlopSyncSession          *self,
      const ForlopSyncChangeset  *incoming,
      ForlopServerDevice         *device,
      yyjson_mut_doc             *doc,
      yyjson_mut_val             *results,
      ForlopSyncReply           **stop,
      GError                    **error)
{
  g_autoptr (ForlopServerReceipt) receipt = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_auto (ForlopSyncVerdict) verdict = { 0 };
  g_autofree char *holder = NULL;
  gint64 seq;

  if (!self->storage->funcs->get_receipt (self->storage, incoming->op_id, &receipt, error))
    return FALSE;
  if (receipt != NULL)
    {
      /* Of a changeset that the device has purged only the number comes again. */
      if ((incoming->operations->len > 0 && !g_str_equal (receipt->hash, incoming->hash)) ||
          !g_str_equal (receipt->device_id, device->id))
        {
          g_warning ("device %s sent another changeset with the id of one that is stored", device->id);
          *stop = forlop_sync_reply_problem (409, "reused_id",
                                             _("Another change was stored with the same id. Nothing "
                                               "was stored. Tell those who run the server."));
          return TRUE;
        }
      add_result (doc, results, receipt->op_no, receipt->op_id, receipt->status, receipt->seq,
                  receipt->result);
      return TRUE;
    }
  if (incoming->op_no != device->last_op_no + 1)
    {
      *stop = wrong_op_no (device->last_op_no + 1);
      return TRUE;
    }

  if (!forlop_sync_decide (self, incoming, &verdict, &changeset, error))
    return FALSE;
  holder = g_strdup (verdict.holder);
  if (!forlop_sync_store (self, incoming, &verdict, changeset, error))
    return FALSE;
  seq = self->head.seq;
  if (holder != NULL && g_strcmp0 (verdict.type, "loan") == 0 &&
      !forlop_sync_tell_coordinator (self, incoming, &verdict, holder, error))
    return FALSE;
  if ((changeset != NULL && (!forlop_sync_renumber (self, changeset, error) ||
                             !forlop_sync_tell_office (self, changeset, error) ||
                             !forlop_sync_keep_apart (self, changeset, error))) ||
      !forlop_sync_hide_address (self, &verdict, error))
    return FALSE;
  if (changeset != NULL && !forlop_sync_judge_after (self, changeset, error))
    return FALSE;
  device->last_op_no = incoming->op_no;
  {
    g_autofree char *result = verdict_to_json (&verdict);

    add_result (doc, results, incoming->op_no, incoming->op_id, verdict.status, seq, result);
  }

  return TRUE;
}

static ForlopSyncReply *
finish_push (ForlopSyncSession  *self,
             ForlopServerDevice *device,
             gint64              first,
             yyjson_mut_doc     *doc,
             yyjson_mut_val     *results,
             GError            **error)
{
  ForlopSyncReply *reply;
  yyjson_mut_val *root;

  if (self->head.seq > first &&
      !self->storage->funcs->put_device (self->storage, device, self->now, error))
    return NULL;
  if (!self->storage->funcs->commit (self->storage, error))
    return NULL;

  root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "epoch", self->head.epoch);
  yyjson_mut_obj_add_sint (doc, root, "head", self->head.seq);
  yyjson_mut_obj_add_val (doc, root, "results", results);
  reply = forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
  reply->head = self->head.seq > first ? self->head.seq : 0;

  return reply;
}

static ForlopSyncReply *
push_into (ForlopSyncSession  *self,
           yyjson_val         *request,
           GError            **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autoptr (ForlopServerDevice) device = NULL;
  yyjson_mut_val *results = yyjson_mut_arr (doc);
  yyjson_val *changesets = yyjson_obj_get (request, "changesets");
  const char *epoch = yyjson_get_str (yyjson_obj_get (request, "epoch"));
  gint64 first;
  yyjson_val *value;
  size_t i, n;

  if (!self->storage->funcs->get_head (self->storage, &self->head, error) ||
      !self->storage->funcs->get_device (self->storage, self->caller->device_id, &device, error))
    return NULL;
  first = self->head.seq;
  if (!forlop_sync_sweep (self, error))
    return NULL;
  if (g_strcmp0 (epoch, self->head.epoch) != 0)
    return forlop_sync_reply_problem (410, "resync",
                                      _("The server was restored from a copy. Nothing was stored; "
                                        "what is unsent is sent again."));
  if (device == NULL || !g_str_equal (device->state, "active") ||
      g_strcmp0 (device->user_id, self->caller->user_id) != 0)
    return forlop_sync_reply_problem (403, "device_blocked",
                                      _("This device may not send changes. What is on it is kept. "
                                        "Ask the administrator."));

  yyjson_arr_foreach (changesets, i, n, value)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (ForlopSyncChangeset) incoming = forlop_sync_changeset_read (value, FORLOP_SYNC_OPERATIONS, &problem);
      ForlopSyncReply *stop = NULL;

      if (incoming == NULL)
        stop = forlop_sync_reply_problem (400, "malformed", problem->message);
      else if (!take (self, incoming, device, doc, results, &stop, error))
        return NULL;
      if (stop == NULL)
        continue;
      /* What came before it in the request stands and is told; the rest is asked for again. */
      if (yyjson_mut_arr_size (results) == 0)
        return stop;
      forlop_sync_reply_free (stop);
      break;
    }

  return finish_push (self, device, first, doc, results, error);
}

/**
 * forlop_sync_server_push:
 *
 * Takes a device's changesets into the log, in one transaction. A reply is given when it is durable.
 *
 * Returns: (transfer full) (nullable): %NULL when the storage failed; nothing is stored then.
 */
ForlopSyncReply *
forlop_sync_server_push (ForlopServerStorage     *storage,
                         const ForlopSyncCaller  *caller,
                         ForlopIdSource          *ids,
                         gint64                   now,
                         const char              *text,
                         gsize                    length,
                         GError                 **error)
{
  ForlopSyncSession self = { .storage = storage, .caller = caller, .ids = ids, .now = now };
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *changesets;

  g_return_val_if_fail (storage != NULL && caller != NULL && text != NULL, NULL);

  if (length > FORLOP_SYNC_PUSH_BYTES)
    return forlop_sync_reply_problem (413, "too_large",
                                      _("Too much was sent at once. Nothing was stored; send less."));
  doc = forlop_sync_read_request (text, length, &reply);
  if (doc == NULL)
    return reply;
  changesets = yyjson_obj_get (yyjson_doc_get_root (doc), "changesets");
  if (!yyjson_is_arr (changesets))
    return forlop_sync_reply_problem (400, "malformed", _("The request has no changes."));
  if (yyjson_arr_size (changesets) > FORLOP_SYNC_PUSH_CHANGESETS)
    return forlop_sync_reply_problem (413, "too_large",
                                      _("Too much was sent at once. Nothing was stored; send less."));

  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  reply = push_into (&self, yyjson_doc_get_root (doc), error);
  if (reply == NULL || reply->status != 200)
    storage->funcs->rollback (storage);
  forlop_sync_session_forget (&self);

  return reply;
}
