/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-openid-http.h"

#include <sodium.h>
#include <string.h>

#define MAX_NONCE 500

void
forlop_openid_reply_clear (ForlopOpenidReply *self)
{
  /* A token may be in it. */
  if (self->text != NULL)
    sodium_memzero (self->text, strlen (self->text));
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->dpop_nonce, g_free);
}

SoupSession *
forlop_openid_http_new (const char  *ca_file,
                        gboolean     is_local,
                        GError     **error)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("timeout", FORLOP_OPENID_HTTP_SECONDS, "idle-timeout", 60,
                                   "max-conns-per-host", 1, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (is_local)
    {
      g_autoptr (GProxyResolver) none = g_simple_proxy_resolver_new (NULL, NULL);

      soup_session_set_proxy_resolver (session, none);
    }
  if (ca_file == NULL)
    return g_steal_pointer (&session);
  database = g_tls_file_database_new (ca_file, error);
  if (database == NULL)
    return NULL;
  soup_session_set_tls_database (session, database);

  return g_steal_pointer (&session);
}

static gboolean
refuse (const char  *address,
        const char  *why,
        GError     **error)
{
  g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNREACHABLE, "%s: %s", address, why);

  return FALSE;
}

static char *
read_all (GInputStream  *stream,
          const char    *address,
          gint64         until_us,
          GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) problem = NULL;
  guint8 buffer[8 * 1024];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &problem)) > 0)
    {
      g_byte_array_append (bytes, buffer, (unsigned int) n);
      if (bytes->len > FORLOP_OPENID_HTTP_MAX_ANSWER || g_get_monotonic_time () > until_us)
        {
          refuse (address, "the answer does not end", error);
          return NULL;
        }
    }
  if (n < 0)
    {
      refuse (address, problem->message, error);
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);

  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

static SoupMessage *
make_message (const char *address,
              const char *form,
              const char *proof)
{
  SoupMessage *message = soup_message_new (form != NULL ? "POST" : "GET", address);

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  if (proof != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "DPoP", proof);
  if (form != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", bytes);
    }

  return message;
}

gboolean
forlop_openid_http_ask (SoupSession        *session,
                        const char         *address,
                        const char         *form,
                        const char         *proof,
                        ForlopOpenidReply  *reply,
                        GError            **error)
{
  gint64 until_us = g_get_monotonic_time () + FORLOP_OPENID_HTTP_SECONDS * G_USEC_PER_SEC;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  const char *nonce;

  g_return_val_if_fail (SOUP_IS_SESSION (session) && address != NULL && reply != NULL, FALSE);

  *reply = (ForlopOpenidReply) { 0 };
  message = make_message (address, form, proof);
  if (message == NULL)
    return refuse (address, "this is no address", error);
  stream = soup_session_send (session, message, NULL, &problem);
  if (stream == NULL)
    return refuse (address, problem->message, error);
  reply->text = read_all (stream, address, until_us, error);
  if (reply->text == NULL)
    return FALSE;
  reply->status = soup_message_get_status (message);
  if (reply->status >= 500 || SOUP_STATUS_IS_REDIRECTION (reply->status))
    {
      g_autofree char *status = g_strdup_printf ("answered %u", reply->status);

      return refuse (address, status, error);
    }
  nonce = soup_message_headers_get_one (soup_message_get_response_headers (message), "DPoP-Nonce");
  if (nonce != NULL && strlen (nonce) <= MAX_NONCE)
    reply->dpop_nonce = g_strdup (nonce);

  return TRUE;
}
