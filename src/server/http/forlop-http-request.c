/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-request.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-fhir-outcome.h"
#include "forlop-token.h"

#define DATA_KEY "forlop-request"
#define MAX_REQUEST_ID 64

static void
request_clear (gpointer data)
{
  ForlopHttpRequest *self = data;

  g_clear_pointer (&self->call, forlop_server_call_free);
  g_clear_pointer (&self->refusal, forlop_sync_reply_free);
  g_free (self->allowed);
  g_free (self->device_key);
}

/* The message owns the first reference; it is not owned back. */
ForlopHttpRequest *
forlop_http_request_new (SoupServerMessage *message)
{
  ForlopHttpRequest *self;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  self = g_rc_box_new0 (ForlopHttpRequest);
  self->message = message;
  self->call = g_new0 (ForlopServerCall, 1);
  self->started_us = g_get_monotonic_time ();
  g_object_set_data_full (G_OBJECT (message), DATA_KEY, self, (GDestroyNotify) forlop_http_request_unref);

  return self;
}

ForlopHttpRequest *
forlop_http_request_ref (ForlopHttpRequest *self)
{
  return g_rc_box_acquire (self);
}

void
forlop_http_request_unref (ForlopHttpRequest *self)
{
  g_rc_box_release_full (self, request_clear);
}

ForlopHttpRequest *
forlop_http_request_get (SoupServerMessage *message)
{
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  return g_object_get_data (G_OBJECT (message), DATA_KEY);
}

void
forlop_http_request_refuse (ForlopHttpRequest *self,
                            unsigned int       status,
                            const char        *code,
                            const char        *detail)
{
  g_return_if_fail (self != NULL);

  if (self->refusal == NULL)
    self->refusal = forlop_sync_reply_problem (status, code, detail);
}

static gboolean
is_request_id (const char *text)
{
  static const char allowed[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  gsize length = strlen (text);

  return length > 0 && length <= MAX_REQUEST_ID && strspn (text, allowed) == length;
}

static char *
make_request_id (void)
{
  guint8 bytes[12];
  char text[2 * sizeof bytes + 1];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (text, sizeof text, bytes, sizeof bytes);

  return g_strdup (text);
}

static char *
dup_address (ForlopHttpRequest *self,
             gboolean           behind_proxy)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *forwarded = behind_proxy ? soup_message_headers_get_list (headers, "X-Forwarded-For") : NULL;
  GSocketAddress *remote = soup_server_message_get_remote_address (self->message);

  if (forwarded != NULL)
    {
      const char *comma = strrchr (forwarded, ',');
      g_autofree char *last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : forwarded));

      if (g_hostname_is_ip_address (last))
        return g_steal_pointer (&last);
    }
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));

  return g_strdup ("local");
}

/* As many bytes as the caller sent, about: two for the colon and space, two for the end of the line. */
static gsize
header_size (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  gsize size = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + 4;

  return size;
}

static void
read_token (ForlopHttpRequest  *self,
            SoupMessageHeaders *headers,
            ForlopTenants      *tenants)
{
  /* Two of them make one that is wrong: a proxy may have looked at the other. */
  const char *authorization = soup_message_headers_get_list (headers, "Authorization");
  g_autofree char *tenant = NULL;
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];
  char text[2 * 16 + 1];

  if (authorization == NULL)
    return;
  /* Anything else than a token is a wrong token. */
  self->call->token = g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0
                        ? g_strstrip (g_strdup (authorization + 7))
                        : g_strdup ("");
  tenant = forlop_token_dup_tenant (self->call->token);
  self->call->tenant = forlop_tenants_find (tenants, tenant);
  forlop_token_hash (self->call->token, hash);
  sodium_bin2hex (text, sizeof text, hash, 16);
  self->device_key = g_strdup (text);
}

static void
check_route (ForlopHttpRequest *self,
             const char        *path)
{
  self->route = forlop_http_routes_find (soup_server_message_get_method (self->message), path, &self->allowed);
  if (self->route != NULL)
    return;
  if (self->allowed != NULL)
    forlop_http_request_refuse (self, 405, "wrong_method", _("This address is not asked that way."));
  else
    forlop_http_request_refuse (self, 404, "not_found", _("There is nothing at this address."));
}

static void
check_sign_in (ForlopHttpRequest *self)
{
  gboolean is_named;

  if (self->route == NULL)
    return;
  is_named = self->route->access >= FORLOP_HTTP_LIMITED ||
             (self->route->access == FORLOP_HTTP_KNOWN && self->call->token != NULL);
  if (is_named && self->call->tenant == NULL)
    forlop_http_request_refuse (self, 401, "not_signed_in",
                                _("You are not signed in to the server, or no longer. What is on this "
                                  "machine is kept; sign in."));
}

/* Whether it is asked and answered in the forms of FHIR. */
static gboolean
is_fhir (ForlopHttpRequest *self)
{
  const char *path = self->call->path;

  return path != NULL && (g_str_equal (path, "/fhir") || g_str_has_prefix (path, "/fhir/"));
}

static const char *
type_of_answer (ForlopHttpRequest *self,
                unsigned int       status)
{
  if (is_fhir (self))
    return "application/fhir+json";

  return status >= 400 ? "application/problem+json" : "application/json";
}

/* JSON, but for a search, which is a form; never packed. */
static gboolean
is_type_right (ForlopHttpRequest  *self,
               SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (type == NULL || soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    return FALSE;
  if (g_str_has_suffix (self->route->path, "/_search"))
    return g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0;

  return g_ascii_strcasecmp (type, "application/json") == 0 ||
         (is_fhir (self) && g_ascii_strcasecmp (type, "application/fhir+json") == 0);
}

static void
check_body (ForlopHttpRequest  *self,
            SoupMessageHeaders *headers)
{
  goffset length = soup_message_headers_get_content_length (headers);
  const char *lengths = soup_message_headers_get_list (headers, "Content-Length");

  if (soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL)
    forlop_http_request_refuse (self, 411, "length_required",
                                _("The length of what is sent must be said first. Nothing was stored."));
  /* Two lengths, or one with a sign, may be read differently by a proxy. */
  if (length < 0 || (lengths != NULL && lengths[strspn (lengths, "0123456789")] != '\0'))
    forlop_http_request_refuse (self, 400, "malformed", _("The length of what is sent is wrong."));
  if (self->route == NULL)
    return;
  if (length > (goffset) self->route->max_body)
    forlop_http_request_refuse (self, 413, "too_large",
                                _("Too much was sent at once. Nothing was stored; send less."));
  if (self->route->max_body > 0 && length > 0 && !is_type_right (self, headers))
    forlop_http_request_refuse (self, 415, "wrong_type",
                                _("What is sent must be JSON, and a search a form. Nothing was stored."));
  self->budget = self->refusal == NULL ? (gsize) length : 0;
}

void
forlop_http_request_read (ForlopHttpRequest *self,
                          const char        *path,
                          ForlopTenants     *tenants,
                          gboolean           behind_proxy)
{
  SoupMessageHeaders *headers;
  const char *request_id;
  GUri *uri;

  g_return_if_fail (self != NULL && path != NULL && tenants != NULL);

  headers = soup_server_message_get_request_headers (self->message);
  request_id = soup_message_headers_get_one (headers, "X-Request-Id");
  self->call->tenants = tenants;
  self->call->request_id = request_id != NULL && is_request_id (request_id) ? g_strdup (request_id)
                                                                            : make_request_id ();
  self->call->address = dup_address (self, behind_proxy);

  uri = soup_server_message_get_uri (self->message);
  self->call->path = g_strdup (path);
  self->call->query = g_strdup (g_uri_get_query (uri));
  if (strlen (path) + (g_uri_get_query (uri) != NULL ? strlen (g_uri_get_query (uri)) : 0) >
      FORLOP_SYNC_URI_BYTES)
    forlop_http_request_refuse (self, 414, "too_large", _("The address is too long. Nothing was stored."));
  if (header_size (headers) > FORLOP_SYNC_HEADER_BYTES)
    forlop_http_request_refuse (self, 431, "too_large",
                                _("The request's header is too long. Nothing was stored."));
  if (self->refusal == NULL)
    {
      read_token (self, headers, tenants);
      check_route (self, path);
      check_sign_in (self);
    }
  check_body (self, headers);
}

gboolean
forlop_http_request_has_body (ForlopHttpRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);

  return soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL ||
         soup_message_headers_get_content_length (headers) != 0;
}

static gboolean
is_to_be_retried (unsigned int status)
{
  return status == 429 || status == 503;
}

/* Of those that the HTTP library does not know as well. */
static const char *
phrase_of (unsigned int status)
{
  if (status == 426)
    return "Upgrade Required";

  return status == 429 ? "Too Many Requests" : soup_status_get_phrase (status);
}

static gint64
retry_seconds (ForlopHttpRequest *self)
{
  gint64 ms = MAX (self->retry_ms, self->call->retry_ms);

  return MAX (1, (ms + 999) / 1000);
}

void
forlop_http_request_answer (ForlopHttpRequest *self,
                            ForlopSyncReply   *reply)
{
  SoupMessageHeaders *headers;
  gsize length;

  g_return_if_fail (self != NULL && reply != NULL && reply->body != NULL);

  headers = soup_server_message_get_response_headers (self->message);
  if (is_to_be_retried (reply->status))
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, retry_seconds (self));

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (reply->status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if (self->allowed != NULL)
    soup_message_headers_replace (headers, "Allow", self->allowed);

  if (reply->location != NULL)
    soup_message_headers_replace (headers, "Location", reply->location);
  if (is_fhir (self) && reply->status >= 400)
    forlop_fhir_outcome_take_problem (reply);

  length = strlen (reply->body);
  soup_server_message_set_status (self->message, reply->status, phrase_of (reply->status));
  soup_server_message_set_response (self->message,
                                    type_of_answer (self, reply->status),
                                    SOUP_MEMORY_TAKE, g_steal_pointer (&reply->body), length);
  forlop_sync_reply_free (reply);
}

char *
forlop_http_request_dup_refusal (ForlopHttpRequest *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  unsigned int status;

  g_return_val_if_fail (self != NULL && self->refusal != NULL, NULL);

  status = self->refusal->status;
  if (is_fhir (self))
    forlop_fhir_outcome_take_problem (self->refusal);
  g_string_append_printf (text, "HTTP/1.1 %u %s\r\nContent-Type: %s\r\n", status,
                          phrase_of (status), type_of_answer (self, status));
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (self->refusal->body));
  g_string_append_printf (text, "Cache-Control: no-store\r\nX-Request-Id: %s\r\n", self->call->request_id);
  if (is_to_be_retried (status))
    g_string_append_printf (text, "Retry-After: %" G_GINT64_FORMAT "\r\n", retry_seconds (self));
  if (status == 401)
    g_string_append (text, "WWW-Authenticate: Bearer\r\n");
  if (self->allowed != NULL)
    g_string_append_printf (text, "Allow: %s\r\n", self->allowed);
  g_string_append_printf (text, "Connection: close\r\n\r\n%s", self->refusal->body);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
forlop_http_request_dup_stream_header (ForlopHttpRequest *self,
                                       gboolean           is_chunked)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* A proxy that waits for more keeps the poke. */
  return g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                          "X-Request-Id: %s\r\nX-Accel-Buffering: no\r\n%sConnection: close\r\n\r\n",
                          self->call->request_id, is_chunked ? "Transfer-Encoding: chunked\r\n" : "");
}
