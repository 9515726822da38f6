/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-transport.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "forlop-http-ahead.h"
#include "forlop-process.h"
#include "forlop-sync-limits.h"
#include "forlop-sync-request.h"

#define STANDARD_TIMEOUT 30
#define IDLE_TIMEOUT 20
/* What the server said longer ago is asked anew. */
#define AHEAD_SECONDS 20
/* A page of rows, with what stands around it. */
#define MAX_ANSWER (8 * FORLOP_SYNC_PAGE_BYTES)

struct _ForlopHttpTransport
{
  SoupSession *session;
  GMainContext *context;
  GUri *base;
  GThread *thread;
  ForlopHttpAhead *ahead;
  char *ahead_key;
  gint64 ahead_until;
};

G_DEFINE_QUARK (forlop-http-error-quark, forlop_http_error)

void
forlop_http_transport_init (void)
{
  forlop_process_limit_tls ();
}

void
forlop_http_answer_clear (ForlopHttpAnswer *self)
{
  g_clear_pointer (&self->text, g_free);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_str_equal (host, "localhost");
}

static GUri *
parse_address (const char  *text,
               GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_user (uri) != NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_ADDRESS,
                   _("“%s” is not the address of a server. Nothing was sent. Write it as "
                     "https://forlop.example.no."), text);
      return NULL;
    }
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback (host))
    {
      g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_ADDRESS,
                   _("“%s” is without encryption. Nothing was sent. Write https:// in front of it."), text);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static gboolean
set_authority (SoupSession  *session,
               const char   *ca_file,
               GError      **error)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) problem = NULL;

  if (ca_file == NULL)
    return TRUE;
  database = g_tls_file_database_new (ca_file, &problem);
  if (database == NULL)
    {
      g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE,
                   _("The municipality's certificate “%s” cannot be read. Nothing was sent. Ask those who run "
                     "the server for it.\n%s"), ca_file, problem->message);
      return FALSE;
    }
  soup_session_set_tls_database (session, database);

  return TRUE;
}

static void
set_proxy (SoupSession *session,
           const char  *proxy)
{
  g_autoptr (GProxyResolver) resolver = NULL;

  if (proxy == NULL)
    {
      soup_session_set_proxy_resolver (session, g_proxy_resolver_get_default ());
      return;
    }
  resolver = g_simple_proxy_resolver_new (g_str_equal (proxy, "none") ? NULL : proxy, NULL);
  soup_session_set_proxy_resolver (session, resolver);
}

ForlopHttpTransport *
forlop_http_transport_new (const ForlopHttpSettings  *settings,
                           GError                   **error)
{
  g_autoptr (GUri) base = NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  ForlopHttpTransport *self;

  g_return_val_if_fail (settings != NULL && settings->address != NULL, NULL);

  base = parse_address (settings->address, error);
  if (base == NULL)
    return NULL;
  g_main_context_push_thread_default (context);
  session = soup_session_new_with_options (
    "timeout", settings->timeout_seconds > 0 ? settings->timeout_seconds : STANDARD_TIMEOUT,
    "idle-timeout", IDLE_TIMEOUT, "max-conns-per-host", 2, NULL);
  g_main_context_pop_thread_default (context);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  set_proxy (session, settings->proxy);
  if (!set_authority (session, settings->ca_file, error))
    return NULL;

  self = g_new0 (ForlopHttpTransport, 1);
  self->session = g_steal_pointer (&session);
  self->context = g_steal_pointer (&context);
  self->base = g_steal_pointer (&base);
  self->thread = g_thread_self ();

  return self;
}

static void
forget_ahead (ForlopHttpTransport *self)
{
  g_clear_pointer (&self->ahead, forlop_http_ahead_free);
  g_clear_pointer (&self->ahead_key, g_free);
}

void
forlop_http_transport_free (ForlopHttpTransport *self)
{
  if (self == NULL)
    return;

  g_assert (self->thread == g_thread_self ());
  g_main_context_push_thread_default (self->context);
  forget_ahead (self);
  soup_session_abort (self->session);
  g_main_context_pop_thread_default (self->context);
  g_object_unref (self->session);
  g_main_context_unref (self->context);
  g_uri_unref (self->base);
  g_free (self);
}

/* Belt and braces: whatever the system's settings say, nothing is sent over an old TLS. */
static void
network_event_cb (SoupMessage        *message G_GNUC_UNUSED,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  GCancellable *too_old = user_data;

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection) &&
      g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection)) < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    g_cancellable_cancel (too_old);
}

static SoupMessage *
make_message (ForlopHttpTransport *self,
              const char          *method,
              const char          *path,
              const char          *token,
              const char          *body)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (self->base, path, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* What syncs may be sent twice, so it goes over the connection that is open, as it may have ended
   * unnoticed; the library would take a new one for everything else that is not GET. */
  if (g_str_has_prefix (path, "/v1/sync/"))
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  if (token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return message;
}

static gboolean
is_unreachable (const GError *problem)
{
  static const int codes[] = {
    G_IO_ERROR_HOST_NOT_FOUND, G_IO_ERROR_HOST_UNREACHABLE, G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_NOT_CONNECTED, G_IO_ERROR_CONNECTION_CLOSED,
    G_IO_ERROR_PARTIAL_INPUT, G_IO_ERROR_PROXY_FAILED, G_IO_ERROR_PROXY_AUTH_FAILED,
    G_IO_ERROR_PROXY_NEED_AUTH, G_IO_ERROR_PROXY_NOT_ALLOWED,
  };

  if (problem->domain == G_RESOLVER_ERROR)
    return TRUE;
  for (unsigned int i = 0; problem->domain == G_IO_ERROR && i < G_N_ELEMENTS (codes); i++)
    if (problem->code == codes[i])
      return TRUE;

  return FALSE;
}

/* What the library says comes after the sentence, for those who help. */
static void
translate_error (const GError  *problem,
                 GError       **error)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (problem));
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_TIMED_OUT,
                         _("The server did not answer in time. What is done here is kept and sent later."));
  else if (problem->domain == G_TLS_ERROR)
    g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE,
                 _("Whoever answers cannot show that it is the municipality's server. Nothing was sent; what is "
                   "done here is kept. Tell those who run the server.\n%s"), problem->message);
  else if (is_unreachable (problem))
    g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_UNREACHABLE,
                 _("The server cannot be reached. What is done here is kept and sent later.\n%s"),
                 problem->message);
  else
    g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_NOT_UNDERSTOOD,
                 _("What came back is not an answer of the server. What is done here is kept and sent later.\n%s"),
                 problem->message);
}

static void
pass_on_cb (GCancellable *cancellable G_GNUC_UNUSED,
            gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static GInputStream *
send (ForlopHttpTransport  *self,
      SoupMessage          *message,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autoptr (GCancellable) either = g_cancellable_new ();
  g_autoptr (GError) problem = NULL;
  GInputStream *stream;
  gulong id = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (pass_on_cb), g_object_ref (either), g_object_unref)
                : 0;

  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), either, 0);
  stream = soup_session_send (self->session, message, either, &problem);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);
  if (stream != NULL)
    return stream;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE,
                         _("The server offers an encryption that is too old. Nothing was sent; what is done here "
                           "is kept. Tell those who run the server."));
  else
    translate_error (problem, error);

  return NULL;
}

static char *
read_all (GInputStream  *stream,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) problem = NULL;
  guint8 buffer[16 * 1024];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, &problem)) > 0)
    {
      g_byte_array_append (bytes, buffer, (unsigned int) n);
      if (bytes->len <= MAX_ANSWER)
        continue;
      g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_TOO_LARGE,
                           _("What came back was larger than any answer of the server. Nothing of it was taken; "
                             "what is done here is kept."));
      return NULL;
    }
  if (n < 0)
    {
      translate_error (problem, error);
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);

  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

static gint64
read_server_time (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * 1000 : 0;
}

static gboolean
read_answer (SoupMessage       *message,
             GInputStream      *stream,
             ForlopHttpAnswer  *answer,
             GCancellable      *cancellable,
             GError           **error)
{
  const char *retry_after;

  answer->text = read_all (stream, cancellable, error);
  if (answer->text == NULL)
    return FALSE;
  answer->status = soup_message_get_status (message);
  answer->server_time = read_server_time (message);
  retry_after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  answer->retry_after = retry_after != NULL ? CLAMP (g_ascii_strtoll (retry_after, NULL, 10), 0, 3600) : 0;

  return TRUE;
}

static char *
dup_key (const char *path,
         const char *token,
         const char *body)
{
  return g_strjoin ("\n", path, token != NULL ? token : "", body != NULL ? body : "", NULL);
}

/* Whether this very request was sent ahead, and answered. */
static gboolean
take_ahead (ForlopHttpTransport  *self,
            const char           *path,
            const char           *token,
            const char           *body,
            ForlopHttpAnswer     *answer,
            GCancellable         *cancellable)
{
  g_autofree char *key = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gboolean is_answered = FALSE;

  if (self->ahead == NULL)
    return FALSE;
  key = dup_key (path, token, body);
  if (g_str_equal (key, self->ahead_key) && g_get_monotonic_time () < self->ahead_until)
    {
      stream = forlop_http_ahead_take (self->ahead, cancellable);
      is_answered = stream != NULL &&
                    read_answer (forlop_http_ahead_get_message (self->ahead), stream, answer, cancellable, NULL);
    }
  if (stream != NULL)
    g_input_stream_close (stream, NULL, NULL);
  forget_ahead (self);

  return is_answered;
}

/* While a page is taken, the server makes the next one. */
static void
send_ahead (ForlopHttpTransport *self,
            const char          *path,
            const char          *token,
            const char          *answer)
{
  g_autofree char *body = forlop_sync_request_foresee (path, answer);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SoupMessage) message = NULL;

  if (body == NULL)
    return;
  message = make_message (self, "POST", path, token, body);
  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), cancellable, 0);
  self->ahead_key = dup_key (path, token, body);
  self->ahead_until = g_get_monotonic_time () + AHEAD_SECONDS * G_USEC_PER_SEC;
  self->ahead = forlop_http_ahead_new (self->session, self->context, message, cancellable);
}

static gboolean
send_now (ForlopHttpTransport  *self,
          const char           *method,
          const char           *path,
          const char           *token,
          const char           *body,
          ForlopHttpAnswer     *answer,
          GCancellable         *cancellable,
          GError              **error)
{
  g_autoptr (SoupMessage) message = make_message (self, method, path, token, body);
  g_autoptr (GInputStream) stream = send (self, message, cancellable, error);

  return stream != NULL && read_answer (message, stream, answer, cancellable, error);
}

gboolean
forlop_http_transport_send (ForlopHttpTransport  *self,
                            const char           *method,
                            const char           *path,
                            const char           *token,
                            const char           *body,
                            ForlopHttpAnswer     *answer,
                            GCancellable         *cancellable,
                            GError              **error)
{
  gboolean is_answered;

  g_return_val_if_fail (self != NULL && method != NULL && path != NULL && answer != NULL, FALSE);
  g_return_val_if_fail (self->thread == g_thread_self (), FALSE);

  *answer = (ForlopHttpAnswer) { 0 };
  /* The library ends a request in the context it was begun in. */
  g_main_context_push_thread_default (self->context);
  is_answered = take_ahead (self, path, token, body, answer, cancellable) ||
                send_now (self, method, path, token, body, answer, cancellable, error);
  if (is_answered && answer->status == 200)
    send_ahead (self, path, token, answer->text);
  g_main_context_pop_thread_default (self->context);

  return is_answered;
}

GInputStream *
forlop_http_transport_open (ForlopHttpTransport  *self,
                            const char           *path,
                            const char           *token,
                            unsigned int         *status,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (SoupMessage) message = NULL;
  GInputStream *stream;

  g_return_val_if_fail (self != NULL && path != NULL && status != NULL, NULL);
  g_return_val_if_fail (self->thread == g_thread_self (), NULL);

  message = make_message (self, "GET", path, token, NULL);
  stream = send (self, message, cancellable, error);
  if (stream != NULL)
    *status = soup_message_get_status (message);

  return stream;
}
