/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-request.h"

#include "forlop-json.h"
#include "forlop-sync-limits.h"

#define PULL_PATH "/v1/sync/pull"

void
forlop_sync_request_free (ForlopSyncRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->body);
  g_free (self->epoch);
  forlop_sync_fill_free (self->fill);
  forlop_sync_ack_free (self->ack);
  g_clear_pointer (&self->contents, g_ptr_array_unref);
  g_free (self);
}

static ForlopSyncRequest *
new_request (ForlopSyncRequestKind  kind,
             const char            *path,
             const char            *epoch)
{
  ForlopSyncRequest *request = g_new0 (ForlopSyncRequest, 1);

  request->kind = kind;
  request->method = kind == FORLOP_SYNC_REQUEST_HELLO ? "GET" : "POST";
  request->path = path;
  request->epoch = g_strdup (epoch);

  return request;
}

ForlopSyncRequest *
forlop_sync_request_hello (const ForlopSyncState *state)
{
  return new_request (FORLOP_SYNC_REQUEST_HELLO, "/v1/sync/hello", state->epoch);
}

/**
 * forlop_sync_request_push:
 * @unsent: #GPtrArray of #ForlopSyncUnsent, at least one.
 */
ForlopSyncRequest *
forlop_sync_request_push (const ForlopSyncState *state,
                          GPtrArray             *unsent)
{
  g_autoptr (GString) body = g_string_new (NULL);
  ForlopSyncRequest *request;

  g_return_val_if_fail (unsent != NULL && unsent->len > 0, NULL);

  g_string_append_printf (body, "{\"epoch\":\"%s\",\"schema\":%d,\"changesets\":[", state->epoch,
                          FORLOP_SYNC_SCHEMA_NEWEST);
  for (unsigned int i = 0; i < unsent->len; i++)
    {
      const ForlopSyncUnsent *each = g_ptr_array_index (unsent, i);

      g_string_append (body, i > 0 ? "," : "");
      g_string_append (body, each->json);
    }
  g_string_append (body, "]}");

  request = new_request (FORLOP_SYNC_REQUEST_PUSH, "/v1/sync/push", state->epoch);
  request->from = ((const ForlopSyncUnsent *) g_ptr_array_index (unsent, 0))->op_no;
  request->n_changesets = unsent->len;
  request->body = g_string_free (g_steal_pointer (&body), FALSE);

  return request;
}

static char *
write_pull (const char *epoch,
            gint64      pos,
            const char *hash,
            gboolean    is_empty)
{
  return g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":%d,\"pos\":%" G_GINT64_FORMAT
                          ",\"hash\":\"%s\",\"limit\":%d%s}",
                          epoch, FORLOP_SYNC_SCHEMA_NEWEST, pos, hash, FORLOP_SYNC_PAGE_ROWS,
                          is_empty ? ",\"first\":true" : "");
}

ForlopSyncRequest *
forlop_sync_request_pull (const ForlopSyncState *state)
{
  ForlopSyncRequest *request =
    new_request (FORLOP_SYNC_REQUEST_PULL, PULL_PATH, state->epoch);
  /* Then what waits for somebody comes before the rest. */
  const gboolean is_empty = state->pos == 0 && state->cursor == 0 && !state->has_scopes;

  request->from = state->pos;
  request->body = write_pull (state->epoch, state->pos, state->pos_hash, is_empty);

  return request;
}

char *
forlop_sync_request_foresee (const char *path,
                             const char *answer)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  const char *epoch, *hash;
  gboolean is_complete;
  gint64 pos;

  g_return_val_if_fail (path != NULL && answer != NULL, NULL);

  if (!g_str_equal (path, PULL_PATH))
    return NULL;
  doc = forlop_json_parse (answer, -1, NULL);
  root = doc != NULL ? yyjson_doc_get_root (doc) : NULL;
  if (!yyjson_is_obj (root) || !forlop_json_get_text (root, "epoch", &epoch, NULL) ||
      !forlop_json_get_text (root, "hash", &hash, NULL) || !forlop_json_get_integer (root, "pos", &pos, NULL) ||
      !forlop_json_get_boolean (root, "complete", &is_complete, NULL) || is_complete)
    return NULL;

  return write_pull (epoch, pos, hash, FALSE);
}

/**
 * forlop_sync_request_scope:
 * @fill: (transfer full): which scope, and from where.
 */
ForlopSyncRequest *
forlop_sync_request_scope (const ForlopSyncState *state,
                           ForlopSyncFill        *fill)
{
  ForlopSyncRequest *request =
    new_request (FORLOP_SYNC_REQUEST_SCOPE, "/v1/sync/scope", state->epoch);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "epoch", state->epoch);
  yyjson_mut_obj_add_int (doc, root, "schema", FORLOP_SYNC_SCHEMA_NEWEST);
  yyjson_mut_obj_add_str (doc, root, "scope", fill->scope);
  if (fill->after.type != NULL)
    {
      yyjson_mut_val *after = yyjson_mut_obj (doc);

      yyjson_mut_obj_add_sint (doc, after, "seq", fill->after.seq);
      yyjson_mut_obj_add_str (doc, after, "type", fill->after.type);
      yyjson_mut_obj_add_str (doc, after, "id", fill->after.id);
      yyjson_mut_obj_add_val (doc, root, "after", after);
    }
  yyjson_mut_obj_add_int (doc, root, "limit", FORLOP_SYNC_PAGE_ROWS);

  request->body = forlop_json_write (doc, FALSE);
  request->fill = fill;

  return request;
}

ForlopSyncRequest *
forlop_sync_request_ack (const ForlopSyncState *state,
                         ForlopSyncAck         *ack)
{
  ForlopSyncRequest *request;

  g_return_val_if_fail (state != NULL && ack != NULL, NULL);

  request = new_request (FORLOP_SYNC_REQUEST_ACK, "/v1/sync/ack", state->epoch);
  request->body = g_strdup (ack->json);
  request->ack = ack;

  return request;
}

ForlopSyncRequest *
forlop_sync_request_proof (const ForlopSyncState *state)
{
  ForlopSyncRequest *request;

  g_return_val_if_fail (state != NULL, NULL);

  request = new_request (FORLOP_SYNC_REQUEST_PROOF, "/v1/audit/checkpoint", state->epoch);
  request->body = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", state->checkpoint_n);

  return request;
}

static yyjson_mut_val *
begin_body (const ForlopSyncState *state,
            yyjson_mut_doc        *doc)
{
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "epoch", state->epoch);
  yyjson_mut_obj_add_int (doc, root, "schema", FORLOP_SYNC_SCHEMA_NEWEST);

  return root;
}

ForlopSyncRequest *
forlop_sync_request_ask (const ForlopSyncState *state,
                         GPtrArray             *contents)
{
  ForlopSyncRequest *request = new_request (FORLOP_SYNC_REQUEST_ASK, "/v1/contents/ask", state->epoch);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = begin_body (state, doc);
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < contents->len; i++)
    forlop_sync_contents_add_json (g_ptr_array_index (contents, i), doc, yyjson_mut_arr_add_obj (doc, array));
  yyjson_mut_obj_add_val (doc, root, "contents", array);
  request->body = forlop_json_write (doc, FALSE);
  request->contents = g_ptr_array_ref (contents);

  return request;
}

static void
note_one (ForlopSyncRequest        *request,
          const ForlopSyncContents *contents)
{
  request->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);
  g_ptr_array_add (request->contents, forlop_sync_contents_copy (contents));
}

ForlopSyncRequest *
forlop_sync_request_put (const ForlopSyncState    *state,
                         const ForlopSyncContents *contents,
                         gint64                    offset,
                         GBytes                   *part)
{
  ForlopSyncRequest *request = new_request (FORLOP_SYNC_REQUEST_PUT, "/v1/contents/put", state->epoch);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = begin_body (state, doc);
  g_autofree char *data = g_base64_encode (g_bytes_get_data (part, NULL), g_bytes_get_size (part));

  forlop_sync_contents_add_json (contents, doc, root);
  yyjson_mut_obj_add_sint (doc, root, "length", contents->length);
  yyjson_mut_obj_add_sint (doc, root, "offset", offset);
  yyjson_mut_obj_add_str (doc, root, "data", data);
  request->body = forlop_json_write (doc, FALSE);
  request->from = offset;
  note_one (request, contents);

  return request;
}

ForlopSyncRequest *
forlop_sync_request_get (const ForlopSyncState    *state,
                         const ForlopSyncContents *contents,
                         gint64                    offset)
{
  ForlopSyncRequest *request = new_request (FORLOP_SYNC_REQUEST_GET, "/v1/contents/get", state->epoch);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = begin_body (state, doc);

  forlop_sync_contents_add_json (contents, doc, root);
  yyjson_mut_obj_add_sint (doc, root, "offset", offset);
  request->body = forlop_json_write (doc, FALSE);
  request->from = offset;
  note_one (request, contents);

  return request;
}
