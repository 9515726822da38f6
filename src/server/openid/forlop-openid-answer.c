/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-openid-answer.h"

#include <gio/gio.h>
#include <string.h>

#include "forlop-jose.h"
#include "forlop-json.h"

#define MAX_ADDRESS 1000
#define MAX_REQUEST 500
#define MAX_REFUSAL 60

void
forlop_openid_metadata_free (ForlopOpenidMetadata *self)
{
  if (self == NULL)
    return;

  g_free (self->authorization_endpoint);
  g_free (self->token_endpoint);
  g_free (self->pushed_endpoint);
  g_free (self->keys_endpoint);
  g_free (self);
}

gboolean
forlop_openid_is_loopback (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) host = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  host = uri != NULL && g_uri_get_host (uri) != NULL ? g_inet_address_new_from_string (g_uri_get_host (uri)) : NULL;

  return host != NULL && g_inet_address_get_is_loopback (host);
}

gboolean
forlop_openid_is_address (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;

  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         (g_str_equal (g_uri_get_scheme (uri), "http") && forlop_openid_is_loopback (address));
}

static const char *
text_of (yyjson_doc *doc,
         const char *key,
         gsize       max)
{
  yyjson_val *value = yyjson_obj_get (yyjson_doc_get_root (doc), key);
  const char *text = yyjson_get_str (value);

  return text != NULL && *text != '\0' && strlen (text) == yyjson_get_len (value) && strlen (text) <= max ? text : NULL;
}

/* Without encryption only where the whole provider is on this machine. */
static gboolean
read_address (yyjson_doc  *doc,
              const char  *issuer,
              const char  *key,
              char       **address,
              GError     **error)
{
  const char *text = text_of (doc, key, MAX_ADDRESS);

  if (text == NULL || !forlop_openid_is_address (text) ||
      (!g_str_has_prefix (text, "https:") && !forlop_openid_is_loopback (issuer)))
    {
      g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE,
                   "the provider has no %s that can be used", key);
      return FALSE;
    }
  *address = g_strdup (text);

  return TRUE;
}

ForlopOpenidMetadata *
forlop_openid_metadata_parse (const char  *text,
                              const char  *issuer,
                              GError     **error)
{
  g_autoptr (ForlopOpenidMetadata) self = g_new0 (ForlopOpenidMetadata, 1);
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (text != NULL && issuer != NULL, NULL);

  doc = forlop_json_parse (text, -1, NULL);
  if (g_strcmp0 (text_of (doc, "issuer", MAX_ADDRESS), issuer) != 0)
    {
      g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_ISSUER,
                   "what is found at %s is another provider", issuer);
      return NULL;
    }
  if (!read_address (doc, issuer, "authorization_endpoint", &self->authorization_endpoint, error) ||
      !read_address (doc, issuer, "token_endpoint", &self->token_endpoint, error) ||
      !read_address (doc, issuer, "pushed_authorization_request_endpoint", &self->pushed_endpoint, error) ||
      !read_address (doc, issuer, "jwks_uri", &self->keys_endpoint, error))
    return NULL;
  self->names_itself = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (doc),
                                                        "authorization_response_iss_parameter_supported"));

  return g_steal_pointer (&self);
}

static char *
read_text (const char  *text,
           const char  *key,
           gsize        max,
           GError     **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (text, -1, NULL);
  const char *found = text_of (doc, key, max);

  if (found == NULL)
    g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE,
                 "the provider's answer has no %s", key);

  return g_strdup (found);
}

char *
forlop_openid_answer_read_request (const char  *text,
                                   GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_text (text, "request_uri", MAX_REQUEST, error);
}

char *
forlop_openid_answer_read_id_token (const char  *text,
                                    GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_text (text, "id_token", FORLOP_JOSE_MAX_TOKEN, error);
}

char *
forlop_openid_answer_read_refusal (const char *text)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz_";
  g_autoptr (yyjson_doc) doc = NULL;
  const char *code;

  g_return_val_if_fail (text != NULL, NULL);

  doc = forlop_json_parse (text, -1, NULL);
  code = text_of (doc, "error", MAX_REFUSAL);

  return g_strdup (code != NULL && strspn (code, allowed) == strlen (code) ? code : "");
}
