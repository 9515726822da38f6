/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-json.h"

/* Contents belong to the record that names them: who may see the record may have them, and nobody gets
 * at contents by knowing their hash. Who has lost the record may still send what he added to it before,
 * because the hash says already what the contents are. */

/**
 * Asked:
 * @is_named: a live record names the contents.
 * @may_see: the record's scope is the caller's now.
 * @may_send: it is, or was.
 */
typedef struct {
  gboolean is_named;
  gboolean may_see;
  gboolean may_send;
  char *scope;
} Asked;

static void
asked_clear (Asked *self)
{
  g_clear_pointer (&self->scope, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static ForlopSyncReply *
malformed (void)
{
  return forlop_sync_reply_problem (400, "malformed", _("The request cannot be read."));
}

/* The same answer whether there is no such record or the caller may not see it. */
static ForlopSyncReply *
not_found (void)
{
  return forlop_sync_reply_problem (404, "not_found",
                                    _("There is no such attachment. Nothing was stored."));
}

static ForlopSyncReply *
progress (gint64   have,
          gboolean is_complete)
{
  return forlop_sync_reply_new (200, g_strdup_printf ("{\"have\":%" G_GINT64_FORMAT ",\"complete\":%s}", have,
                                                      is_complete ? "true" : "false"));
}

static gboolean
names (const ForlopSyncRow       *row,
       const ForlopSyncContents  *contents)
{
  g_autoptr (yyjson_doc) doc = NULL;

  if (row == NULL || row->deleted)
    return FALSE;
  doc = forlop_json_parse (row->body, -1, NULL);

  return g_strcmp0 (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), contents->field)),
                    contents->hash) == 0;
}

static gboolean
look_up (ForlopServerStorage       *storage,
         const ForlopSyncCaller    *caller,
         gint64                     now,
         const ForlopSyncContents  *contents,
         Asked                     *asked,
         GError                   **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopServerGrant) grant = NULL;

  *asked = (Asked) { 0 };
  if (!storage->funcs->load_row (storage, contents->type, contents->id, &row, error))
    return FALSE;
  asked->is_named = names (row, contents);
  if (!asked->is_named)
    return TRUE;
  if (!storage->funcs->get_grant (storage, caller->user_id, row->scope, &grant, error))
    return FALSE;
  asked->scope = g_strdup (row->scope);
  asked->may_send = caller->trusted || grant != NULL;
  asked->may_see = caller->trusted || (grant != NULL && grant->active &&
                                       (grant->valid_to == FORLOP_INSTANT_NONE || grant->valid_to > now));

  return TRUE;
}

/* NULL with @reply set when the request cannot be read. */
static yyjson_doc *
read_request (const char           *text,
              gsize                 length,
              const char          **epoch,
              ForlopSyncReply     **reply)
{
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, reply);

  *epoch = NULL;
  if (doc == NULL)
    return NULL;
  if (forlop_json_get_text (yyjson_doc_get_root (doc), "epoch", epoch, NULL) && *epoch != NULL)
    return g_steal_pointer (&doc);
  *reply = malformed ();

  return NULL;
}

/* @reply is set when the caller speaks of another log. */
static gboolean
begin (ForlopServerStorage  *storage,
       gboolean              for_writing,
       const char           *epoch,
       ForlopServerHead     *head,
       ForlopSyncReply     **reply,
       GError              **error)
{
  if (!storage->funcs->begin (storage, for_writing, error))
    return FALSE;
  if (!storage->funcs->get_head (storage, head, error))
    {
      storage->funcs->rollback (storage);
      return FALSE;
    }
  if (g_str_equal (epoch, head->epoch))
    return TRUE;
  storage->funcs->rollback (storage);
  *reply = forlop_sync_reply_resync ("epoch");

  return FALSE;
}

static yyjson_mut_val *
answer_one (ForlopServerStorage      *storage,
            const ForlopSyncCaller   *caller,
            gint64                    now,
            yyjson_val               *value,
            yyjson_mut_doc           *doc,
            GError                  **error)
{
  g_autoptr (ForlopSyncContents) contents = forlop_sync_contents_from_json (value, NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  g_auto (Asked) asked = { 0 };
  gint64 length = -1, have = 0;

  if (contents != NULL &&
      (!look_up (storage, caller, now, contents, &asked, error) ||
       (asked.may_send && !storage->funcs->get_contents (storage, contents, &length, &have, error))))
    return NULL;
  yyjson_mut_obj_add_bool (doc, object, "named", asked.may_send);
  if (length >= 0)
    {
      yyjson_mut_obj_add_sint (doc, object, "length", length);
      yyjson_mut_obj_add_sint (doc, object, "have", have);
    }

  return object;
}

static char *
answer_all (ForlopServerStorage      *storage,
            const ForlopSyncCaller   *caller,
            gint64                    now,
            yyjson_val               *asked,
            GError                  **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *array = yyjson_mut_arr (doc);
  yyjson_val *value;
  size_t i, n;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "contents", array);
  yyjson_arr_foreach (asked, i, n, value)
    {
      yyjson_mut_val *one = answer_one (storage, caller, now, value, doc, error);

      if (one == NULL)
        return NULL;
      yyjson_mut_arr_append (array, one);
    }

  return forlop_json_write (doc, FALSE);
}

/**
 * forlop_sync_server_contents_ask:
 *
 * Says of each how much of it is here; of what the caller has never seen, that nobody names it.
 */
ForlopSyncReply *
forlop_sync_server_contents_ask (ForlopServerStorage     *storage,
                                 const ForlopSyncCaller  *caller,
                                 gint64                   now,
                                 const char              *text,
                                 gsize                    length,
                                 GError                 **error)
{
  ForlopSyncReply *reply = NULL;
  const char *epoch;
  g_autoptr (yyjson_doc) doc = read_request (text, length, &epoch, &reply);
  yyjson_val *asked = yyjson_obj_get (yyjson_doc_get_root (doc), "contents");
  g_autofree char *body = NULL;
  ForlopServerHead head;

  if (doc == NULL)
    return reply;
  if (!yyjson_is_arr (asked) || yyjson_arr_size (asked) > FORLOP_SYNC_CONTENTS_ASKED)
    return malformed ();
  if (!begin (storage, FALSE, epoch, &head, &reply, error))
    return reply;
  body = answer_all (storage, caller, now, asked, error);
  storage->funcs->rollback (storage);

  return body != NULL ? forlop_sync_reply_new (200, g_steal_pointer (&body)) : NULL;
}

typedef struct {
  ForlopSyncContents *contents;
  gint64 offset;
  GBytes *part;
} Put;

static void
put_clear (Put *self)
{
  g_clear_pointer (&self->contents, forlop_sync_contents_free);
  g_clear_pointer (&self->part, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Put, put_clear)

static ForlopSyncReply *
read_put (yyjson_val *root,
          Put        *put)
{
  g_autofree guint8 *bytes = NULL;
  const char *data = NULL;
  gint64 total = -1;
  gsize length;

  put->offset = -1;
  put->contents = forlop_sync_contents_from_json (root, NULL);
  if (put->contents == NULL || !forlop_json_get_integer (root, "length", &total, NULL) ||
      !forlop_json_get_integer (root, "offset", &put->offset, NULL) ||
      !forlop_json_get_text (root, "data", &data, NULL) || data == NULL || total < 0 || put->offset < 0)
    return malformed ();
  bytes = g_base64_decode (data, &length);
  if (total > FORLOP_SYNC_CONTENTS_BYTES || length > FORLOP_SYNC_PART_BYTES)
    return forlop_sync_reply_problem (413, "too_large", _("The attachment is too large. Nothing was stored."));
  /* Whole parts, and then what is left: nobody fills the table with single bytes. */
  if (put->offset % FORLOP_SYNC_PART_BYTES != 0 ||
      (gint64) length != MIN (total - put->offset, FORLOP_SYNC_PART_BYTES))
    return malformed ();
  put->contents->length = total;
  put->part = g_bytes_new_take (g_steal_pointer (&bytes), length);

  return NULL;
}

static gboolean
check_hash (ForlopServerStorage       *storage,
            const ForlopSyncContents  *contents,
            gboolean                  *is_right,
            GError                   **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gint64 offset = 0; offset < contents->length; offset += FORLOP_SYNC_PART_BYTES)
    {
      g_autoptr (GBytes) part = NULL;

      if (!storage->funcs->read_contents (storage, contents, offset, &part, error))
        return FALSE;
      if (part != NULL)
        g_checksum_update (checksum, g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
    }
  *is_right = g_str_equal (g_checksum_get_string (checksum), contents->hash);

  return TRUE;
}

/* @reply tells what has become of it; what is to be committed is written. */
static gboolean
store_part (ForlopServerStorage     *storage,
            const Put               *put,
            const ForlopServerHead  *head,
            ForlopSyncReply        **reply,
            GError                 **error)
{
  const ForlopSyncContents *contents = put->contents;
  gint64 length, have;
  gboolean is_right = TRUE;

  if (!storage->funcs->get_contents (storage, contents, &length, &have, error))
    return FALSE;
  if (length >= 0 && have == length)
    {
      *reply = progress (have, TRUE);
      return TRUE;
    }
  /* Somebody began with another length: at least one of the two is wrong. */
  if (length >= 0 && length != contents->length)
    {
      if (!storage->funcs->drop_contents (storage, contents->type->name, contents->id, contents->hash, error))
        return FALSE;
      have = 0;
    }
  if (put->offset != have)
    {
      *reply = progress (have, FALSE);
      return TRUE;
    }

  have += (gint64) g_bytes_get_size (put->part);
  if (!storage->funcs->add_contents (storage, contents, put->offset, put->part, error) ||
      (have == contents->length && !check_hash (storage, contents, &is_right, error)))
    return FALSE;
  if (!is_right)
    {
      *reply = forlop_sync_reply_problem (422, "wrong_contents",
                                          _("What was received is not the attachment that was added. It was "
                                            "not kept, and is sent again."));
      return storage->funcs->drop_contents (storage, contents->type->name, contents->id, contents->hash, error);
    }
  *reply = progress (have, have == contents->length);
  if (have == contents->length)
    (*reply)->head = head->seq;

  return TRUE;
}

/**
 * forlop_sync_server_contents_put:
 *
 * Takes the next part. One that does not follow changes nothing; the reply says what does.
 */
ForlopSyncReply *
forlop_sync_server_contents_put (ForlopServerStorage     *storage,
                                 const ForlopSyncCaller  *caller,
                                 gint64                   now,
                                 const char              *text,
                                 gsize                    length,
                                 GError                 **error)
{
  ForlopSyncReply *reply = NULL;
  const char *epoch;
  g_autoptr (yyjson_doc) doc = read_request (text, length, &epoch, &reply);
  g_auto (Put) put = { 0 };
  g_auto (Asked) asked = { 0 };
  ForlopServerHead head;
  gboolean is_done;

  if (doc == NULL)
    return reply;
  reply = read_put (yyjson_doc_get_root (doc), &put);
  if (reply != NULL || !begin (storage, TRUE, epoch, &head, &reply, error))
    return reply;

  is_done = look_up (storage, caller, now, put.contents, &asked, error) &&
            (!asked.may_send || store_part (storage, &put, &head, &reply, error)) &&
            storage->funcs->commit (storage, error);
  if (!is_done)
    {
      storage->funcs->rollback (storage);
      g_clear_pointer (&reply, forlop_sync_reply_free);
      return NULL;
    }

  return reply != NULL ? reply : not_found ();
}

static char *
write_part (gint64  length,
            gint64  offset,
            GBytes *part)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *data = g_base64_encode (g_bytes_get_data (part, NULL), g_bytes_get_size (part));

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_sint (doc, root, "length", length);
  yyjson_mut_obj_add_sint (doc, root, "offset", offset);
  yyjson_mut_obj_add_str (doc, root, "data", data);

  return forlop_json_write (doc, FALSE);
}

/* Access, contents and the line in the log in one transaction: nothing leaves before the log says so. */
static gboolean
hand_out (ForlopServerStorage      *storage,
          const ForlopSyncCaller   *caller,
          gint64                    now,
          const ForlopSyncContents *contents,
          gint64                    offset,
          ForlopSyncReply         **reply,
          GError                  **error)
{
  g_auto (Asked) asked = { 0 };
  g_autoptr (GBytes) part = NULL;
  ForlopServerAccess access = {
    .at = now, .client_at = FORLOP_INSTANT_NONE, .user_id = caller->user_id,
    .device_id = caller->device_id, .kinds = contents->type->name, .action = "delivered",
    .request_id = caller->request_id, .result = "contents",
  };
  gint64 length, have;

  if (!look_up (storage, caller, now, contents, &asked, error))
    return FALSE;
  if (!asked.may_see)
    return TRUE;
  if (!storage->funcs->get_contents (storage, contents, &length, &have, error))
    return FALSE;
  if (length < 0 || have < length)
    {
      *reply = forlop_sync_reply_problem (404, "not_come",
                                          _("The attachment has not yet come from the machine where it was "
                                            "added."));
      return TRUE;
    }
  if (!storage->funcs->read_contents (storage, contents, offset, &part, error))
    return FALSE;
  if (part == NULL)
    {
      *reply = malformed ();
      return TRUE;
    }
  access.scope = asked.scope;
  if (!storage->funcs->add_access (storage, &access, error))
    return FALSE;
  *reply = forlop_sync_reply_new (200, write_part (length, offset, part));

  return TRUE;
}

ForlopSyncReply *
forlop_sync_server_contents_get (ForlopServerStorage     *storage,
                                 const ForlopSyncCaller  *caller,
                                 gint64                   now,
                                 const char              *text,
                                 gsize                    length,
                                 GError                 **error)
{
  ForlopSyncReply *reply = NULL;
  const char *epoch;
  g_autoptr (yyjson_doc) doc = read_request (text, length, &epoch, &reply);
  g_autoptr (ForlopSyncContents) contents = NULL;
  ForlopServerHead head;
  gint64 offset = 0;

  if (doc == NULL)
    return reply;
  contents = forlop_sync_contents_from_json (yyjson_doc_get_root (doc), NULL);
  if (contents == NULL || !forlop_json_get_integer (yyjson_doc_get_root (doc), "offset", &offset, NULL))
    return malformed ();
  if (!begin (storage, TRUE, epoch, &head, &reply, error))
    return reply;
  if (!hand_out (storage, caller, now, contents, offset, &reply, error) ||
      !storage->funcs->commit (storage, error))
    {
      storage->funcs->rollback (storage);
      g_clear_pointer (&reply, forlop_sync_reply_free);
      return NULL;
    }

  return reply != NULL ? reply : not_found ();
}
