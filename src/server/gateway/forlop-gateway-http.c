/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-http.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-private-file.h"

SoupSession *
forlop_gateway_http_new (const ForlopGatewaySettings  *settings,
                         GError                      **error)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (SoupSession) session = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  session = soup_session_new_with_options ("timeout", FORLOP_GATEWAY_SECONDS, "idle-timeout", 5,
                                           "max-conns-per-host", 1, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (settings->is_local)
    {
      g_autoptr (GProxyResolver) none = g_simple_proxy_resolver_new (NULL, NULL);

      soup_session_set_proxy_resolver (session, none);
    }
  if (settings->ca_file == NULL)
    return g_steal_pointer (&session);
  database = g_tls_file_database_new (settings->ca_file, error);
  if (database == NULL)
    return NULL;
  soup_session_set_tls_database (session, database);

  return g_steal_pointer (&session);
}

static char *
make_body (const ForlopGatewaySettings *settings,
           const char                  *id,
           const char                  *address,
           gboolean                     is_test)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "id", id);
  forlop_json_add_text (doc, root, "to", address);
  forlop_json_add_text (doc, root, "text", is_test ? settings->test_text : settings->text);

  return forlop_json_write (doc, FALSE);
}

static gboolean
add_token (SoupMessage                  *message,
           const ForlopGatewaySettings  *settings,
           GError                      **error)
{
  g_autoptr (GError) problem = NULL;
  char *token;
  char *header;

  if (settings->token_file == NULL)
    return TRUE;
  token = forlop_private_file_read (settings->token_file, &problem);
  if (token == NULL)
    {
      /* Where it is stays on the server. */
      g_message ("The message gateway's token: %s", problem->message);
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("the server cannot read the token that the gateway knows it by"));
      return FALSE;
    }
  token[strcspn (token, "\r\n")] = '\0';
  header = g_strconcat ("Bearer ", token, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", header);
  sodium_memzero (token, strlen (token));
  sodium_memzero (header, strlen (header));
  g_free (token);
  g_free (header);

  return TRUE;
}

gboolean
forlop_gateway_http_post (SoupSession                  *session,
                          const ForlopGatewaySettings  *settings,
                          const char                   *id,
                          const char                   *address,
                          gboolean                      is_test,
                          GCancellable                 *cancellable,
                          char                        **result)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  unsigned int status;

  g_return_val_if_fail (SOUP_IS_SESSION (session) && settings != NULL && result != NULL, FALSE);

  message = soup_message_new ("POST", settings->address);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  body = make_body (settings, id, address, is_test);
  bytes = g_bytes_new (body, strlen (body));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Idempotency-Key", id);
  if (add_token (message, settings, &problem))
    stream = soup_session_send (session, message, cancellable, &problem);
  if (stream == NULL)
    {
      *result = g_strdup (problem->message);
      return FALSE;
    }
  status = soup_message_get_status (message);
  *result = g_strdup_printf ("%u", status);

  return SOUP_STATUS_IS_SUCCESSFUL (status);
}
