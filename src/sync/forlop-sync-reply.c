/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

ForlopSyncReply *
forlop_sync_reply_new (unsigned int  status,
                       char         *body)
{
  ForlopSyncReply *self = g_new0 (ForlopSyncReply, 1);

  self->status = status;
  self->body = body;

  return self;
}

void
forlop_sync_reply_free (ForlopSyncReply *self)
{
  if (self == NULL)
    return;

  g_free (self->body);
  g_free (self->location);
  g_free (self);
}

static const char *
title_of (unsigned int status)
{
  switch (status)
    {
    case 400: return "Bad request";
    case 401: return "Not signed in";
    case 403: return "Not allowed";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 408: return "Request took too long";
    case 409: return "Out of order";
    case 410: return "Start again";
    case 411: return "Length required";
    case 413: return "Too large";
    case 414: return "Address too long";
    case 415: return "Unsupported media type";
    case 422: return "Wrong contents";
    case 426: return "Version too old";
    case 429: return "Too many requests";
    case 431: return "Header too long";
    case 503: return "Try again later";
    default: return "Internal error";
    }
}

/**
 * forlop_sync_reply_problem:
 * @code: one of docs/protocol.md.
 * @detail: a sentence.
 */
ForlopSyncReply *
forlop_sync_reply_problem (unsigned int  status,
                           const char   *code,
                           const char   *detail)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "type", "about:blank");
  yyjson_mut_obj_add_str (doc, root, "title", title_of (status));
  yyjson_mut_obj_add_uint (doc, root, "status", status);
  forlop_json_add_text (doc, root, "code", code);
  forlop_json_add_text (doc, root, "detail", detail);

  return forlop_sync_reply_new (status, forlop_json_write (doc, FALSE));
}

/**
 * forlop_sync_reply_resync:
 * @reason: "epoch", "hash" or "ahead".
 */
ForlopSyncReply *
forlop_sync_reply_resync (const char *reason)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "type", "about:blank");
  yyjson_mut_obj_add_str (doc, root, "title", "Start again");
  yyjson_mut_obj_add_uint (doc, root, "status", 410);
  yyjson_mut_obj_add_str (doc, root, "code", "resync");
  forlop_json_add_text (doc, root, "reason", reason);
  forlop_json_add_text (doc, root, "detail",
                        _("What this device has from the server is fetched again from the start. "
                          "What is unsent is kept."));

  return forlop_sync_reply_new (410, forlop_json_write (doc, FALSE));
}

/* Brackets outside text; the parser itself would go as deep as it is sent. */
static gboolean
is_too_deep (const char *text,
             gsize       length)
{
  gboolean is_inside = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (is_inside && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        is_inside = !is_inside;
      else if (!is_inside && (text[i] == '{' || text[i] == '['))
        {
          if (++depth > FORLOP_SYNC_JSON_DEPTH)
            return TRUE;
        }
      else if (!is_inside && (text[i] == '}' || text[i] == ']'))
        depth--;
    }

  return FALSE;
}

/* Most objects have few keys; one that somebody has made of many is not compared pair by pair. */
#define FEW_KEYS 16

static gboolean
is_among (yyjson_val        *key,
          yyjson_val *const *keys,
          size_t             n)
{
  for (size_t i = 0; i < n; i++)
    if (yyjson_equals_strn (keys[i], yyjson_get_str (key), yyjson_get_len (key)))
      return TRUE;

  return FALSE;
}

static gboolean
has_key_twice (yyjson_val *object)
{
  const gboolean has_few = yyjson_obj_size (object) <= FEW_KEYS;
  g_autoptr (GHashTable) seen = has_few ? NULL : g_hash_table_new (g_str_hash, g_str_equal);
  yyjson_val *keys[FEW_KEYS];
  yyjson_val *key, *value;
  size_t i, n;

  yyjson_obj_foreach (object, i, n, key, value)
    {
      if (has_few ? is_among (key, keys, i) : !g_hash_table_add (seen, (gpointer) yyjson_get_str (key)))
        return TRUE;
      if (has_few)
        keys[i] = key;
    }

  return FALSE;
}

/* Of two values under one key one reader takes the first and another the last, and a text with NUL inside ends early
 * for some: what was looked at would not be what is stored. Goes as deep as is_too_deep() allows. */
static gboolean
says_one_thing (yyjson_val *value)
{
  yyjson_val *key, *each;
  size_t i, n;

  if (yyjson_is_str (value))
    return strlen (yyjson_get_str (value)) == yyjson_get_len (value);
  yyjson_arr_foreach (value, i, n, each)
    if (!says_one_thing (each))
      return FALSE;
  yyjson_obj_foreach (value, i, n, key, each)
    if (!says_one_thing (key) || !says_one_thing (each))
      return FALSE;

  return !yyjson_is_obj (value) || !has_key_twice (value);
}

yyjson_doc *
forlop_sync_read_request (const char       *text,
                          gsize             length,
                          ForlopSyncReply **reply)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 schema = FORLOP_SYNC_SCHEMA_NEWEST;

  *reply = NULL;
  if (is_too_deep (text, length))
    {
      *reply = forlop_sync_reply_problem (400, "malformed", _("The request is nested too deep. Nothing was stored."));
      return NULL;
    }
  doc = forlop_json_parse (text, (gssize) length, &problem);
  if (doc == NULL || !yyjson_is_obj (yyjson_doc_get_root (doc)) ||
      !forlop_json_get_integer (yyjson_doc_get_root (doc), "schema", &schema, NULL))
    {
      *reply = forlop_sync_reply_problem (400, "malformed",
                                          _("The request is not a JSON object. Nothing was stored."));
      return NULL;
    }
  if (!says_one_thing (yyjson_doc_get_root (doc)))
    {
      *reply = forlop_sync_reply_problem (400, "malformed",
                                          _("The request has one name twice in an object, or a text with the "
                                            "character NUL in it. Nothing was stored."));
      return NULL;
    }
  if (schema < FORLOP_SYNC_SCHEMA_OLDEST || schema > FORLOP_SYNC_SCHEMA_NEWEST)
    {
      *reply = forlop_sync_reply_problem (426, "too_old",
                                          _("Client and server are of versions that do not work "
                                            "together. Nothing was stored. Update the older one."));
      return NULL;
    }

  return g_steal_pointer (&doc);
}
