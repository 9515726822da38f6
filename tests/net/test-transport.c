/* SPDX-License-Identifier: EUPL-1.2 */

/* How the client speaks to a server, and to whom it does not speak. The certificates in data/ belong to
 * this test alone. */

#include "forlop-authority.h"
#include "forlop-http-transport.h"

#include <string.h>

/* A server that gives the same bytes to everybody. */
typedef struct {
  GSocketListener *listener;
  guint16 port;
  const char *answer;
  gsize repeat;     /* how often the last part is sent; 0: once */
  GString *request; /* what came */
  GCancellable *cancellable;
  GThread *thread;
} Canned;

static gpointer
canned_thread (gpointer data)
{
  Canned *self = data;
  g_autoptr (GSocketConnection) connection =
    g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);
  char buffer[4096];
  gssize n = 0;

  if (connection == NULL)
    return NULL;
  while (strstr (self->request->str, "\r\n\r\n") == NULL &&
         (n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                   sizeof buffer, self->cancellable, NULL)) > 0)
    g_string_append_len (self->request, buffer, n);
  if (self->answer == NULL)
    {
      /* Says nothing until the test is over. */
      n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer,
                               self->cancellable, NULL);
      return NULL;
    }
  for (gsize i = 0; i <= self->repeat; i++)
    if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), self->answer,
                                    strlen (self->answer), NULL, self->cancellable, NULL))
      break;

  return NULL;
}

static Canned *
canned_new (const char *answer,
            gsize       repeat)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  Canned *self = g_new0 (Canned, 1);

  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &address, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->answer = answer;
  self->repeat = repeat;
  self->request = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_new ("canned", canned_thread, self);

  return self;
}

static void
canned_free (Canned *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_object_unref (self->listener);
  g_string_free (self->request, TRUE);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Canned, canned_free)

static ForlopHttpTransport *
transport_to (guint16     port,
              const char *scheme,
              const char *ca_file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_strdup_printf ("%s://127.0.0.1:%u", scheme, port);
  ForlopHttpSettings settings = {
    .address = address, .ca_file = ca_file, .proxy = "none", .timeout_seconds = 2
  };
  ForlopHttpTransport *transport = forlop_http_transport_new (&settings, &error);

  g_assert_no_error (error);

  return transport;
}

static void
assert_fails (ForlopHttpTransport *transport,
              int                  code)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (forlop_http_transport_send (transport, "GET", "/v1/sync/hello", "secret", NULL, &answer, NULL,
                                              &error));
  g_assert_error (error, FORLOP_HTTP_ERROR, code);
  g_assert_cmpint (strlen (error->message), >, 20);
  g_test_message ("%s", error->message);
}

static void
test_an_answer_is_given_with_its_status (void)
{
  g_autoptr (Canned) server = canned_new ("HTTP/1.1 429 Slowly\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}", 0);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_http_transport_send (transport, "POST", "/v1/sync/push", "t.abc", "{\"a\":1}", &answer,
                                             NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, 429);
  g_assert_cmpint (answer.retry_after, ==, 7);
  g_assert_cmpstr (answer.text, ==, "{}");
  g_assert_nonnull (strstr (server->request->str, "Authorization: Bearer t.abc\r\n"));
  g_assert_nonnull (strstr (server->request->str, "Content-Type: application/json\r\n"));
  g_assert_null (strstr (server->request->str, "Accept-Encoding"));
}

/* A redirect would take the token to somebody else. */
static void
test_a_redirect_is_not_followed (void)
{
  g_autoptr (Canned) elsewhere = canned_new ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0);
  g_autofree char *answer_text =
    g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/\r\nSet-Cookie: a=b\r\n"
                     "Content-Length: 0\r\n\r\n", elsewhere->port);
  g_autoptr (Canned) server = canned_new (answer_text, 0);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);
  g_auto (ForlopHttpAnswer) answer = { 0 };

  g_assert_true (forlop_http_transport_send (transport, "GET", "/", "t", NULL, &answer, NULL, NULL));
  g_assert_cmpint (answer.status, ==, 302);
  g_assert_cmpint (elsewhere->request->len, ==, 0);
}

static void
test_an_answer_without_end_is_cut (void)
{
  g_autofree char *part = g_strnfill (64 * 1024, 'x');
  g_autofree char *text = g_strconcat ("HTTP/1.1 200 OK\r\n\r\n", part, NULL);
  g_autoptr (Canned) server = canned_new (text, 1000000);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);

  assert_fails (transport, FORLOP_HTTP_ERROR_TOO_LARGE);
}

static void
test_a_silent_server_is_given_up (void)
{
  g_autoptr (Canned) server = canned_new (NULL, 0);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);

  assert_fails (transport, FORLOP_HTTP_ERROR_TIMED_OUT);
}

static void
test_what_is_not_http_is_not_understood (void)
{
  g_autoptr (Canned) server = canned_new ("220 mail ready\r\n\r\n", 0);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);

  assert_fails (transport, FORLOP_HTTP_ERROR_NOT_UNDERSTOOD);
}

static void
test_nobody_there_is_unreachable (void)
{
  guint16 port;
  g_autoptr (ForlopHttpTransport) transport = NULL;

  {
    g_autoptr (Canned) server = canned_new (NULL, 0);

    port = server->port;
  }
  transport = transport_to (port, "http", NULL);
  assert_fails (transport, FORLOP_HTTP_ERROR_UNREACHABLE);
}

static gpointer
cancel_thread (gpointer data)
{
  Canned *server = g_object_get_data (data, "server");

  while (!g_cancellable_is_cancelled (data))
    if (server->request->len > 0)
      g_cancellable_cancel (data);
    else
      g_thread_yield ();

  return NULL;
}

static void
test_a_request_can_be_given_up (void)
{
  g_autoptr (Canned) server = canned_new (NULL, 0);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "http", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_object_set_data (G_OBJECT (cancellable), "server", server);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_false (forlop_http_transport_send (transport, "GET", "/", NULL, NULL, &answer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_addresses_without_encryption_are_refused (void)
{
  static const char *const addresses[] = {
    "http://forlop.example.no", "ftp://127.0.0.1", "forlop.example.no", "https://", "https://u:p@127.0.0.1", "",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      ForlopHttpSettings settings = { .address = addresses[i], .proxy = "none" };

      g_assert_null (forlop_http_transport_new (&settings, &error));
      g_assert_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_ADDRESS);
    }
}

/* A TLS server of another make, with a certificate of data/ and settings of its own. */
typedef struct {
  GSubprocess *process;
  guint16 port;
} TlsServer;

static char *
data_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

static TlsServer *
tls_server_new (const char *name,
                const char *version,
                const char *ciphers)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = g_strconcat (name, ".pem", NULL);
  g_autofree char *key = g_strconcat (name, ".key", NULL);
  g_autofree char *pem_path = data_file (pem);
  g_autofree char *key_path = data_file (key);
  const char *words[] = {
    "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", pem_path, "-key", key_path, "-www", version,
    ciphers != NULL ? "-cipher" : NULL, ciphers, NULL
  };
  TlsServer *self = g_new0 (TlsServer, 1);
  g_autoptr (GDataInputStream) lines = NULL;

  self->process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                              G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while (self->port == 0)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      g_assert_nonnull (line);
      if (g_str_has_prefix (line, "ACCEPT "))
        self->port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
    }

  return self;
}

static void
tls_server_free (TlsServer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsServer, tls_server_free)

static void
assert_tls (const char *name,
            const char *version,
            const char *ciphers,
            const char *authority,
            gboolean    answers)
{
  g_autoptr (TlsServer) server = tls_server_new (name, version, ciphers);
  g_autofree char *ca_file = data_file (authority);
  g_autoptr (ForlopHttpTransport) transport = transport_to (server->port, "https", ca_file);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  if (!answers)
    {
      assert_fails (transport, FORLOP_HTTP_ERROR_CERTIFICATE);
      return;
    }
  g_assert_true (forlop_http_transport_send (transport, "GET", "/", NULL, NULL, &answer, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, 200);
}

static void
test_the_municipalitys_server_is_known (void)
{
  assert_tls ("server", "-tls1_3", NULL, "ca.pem", TRUE);
  assert_tls ("server", "-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256", "ca.pem", TRUE);
}

static void
test_a_wrong_certificate_gets_nothing (void)
{
  assert_tls ("server", "-tls1_3", NULL, "other.pem", FALSE);
  assert_tls ("elsewhere", "-tls1_3", NULL, "ca.pem", FALSE);
  assert_tls ("expired", "-tls1_3", NULL, "ca.pem", FALSE);
}

static void
test_old_encryption_gets_nothing (void)
{
  assert_tls ("server", "-tls1_1", "ALL@SECLEVEL=0", "ca.pem", FALSE);
  assert_tls ("server", "-tls1_2", "AES128-GCM-SHA256@SECLEVEL=0", "ca.pem", FALSE);
  assert_tls ("server", "-tls1_2", "ECDHE-RSA-AES128-SHA@SECLEVEL=0", "ca.pem", FALSE);
}

static GBytes *
read_data (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));

  return g_bytes_new_take (text, length);
}

/* What is shown before it is trusted is what is trusted. */
static void
test_authority (void)
{
  g_autoptr (GBytes) ca = read_data ("ca.pem");
  g_autoptr (GBytes) key = read_data ("server.key");
  g_autofree char *twice = g_strdup_printf ("%.*s%.*s", (int) g_bytes_get_size (ca), (const char *) g_bytes_get_data (ca, NULL),
                                            (int) g_bytes_get_size (ca), (const char *) g_bytes_get_data (ca, NULL));
  g_autoptr (GBytes) two = g_bytes_new (twice, strlen (twice));
  g_autoptr (GBytes) none = g_bytes_new ("", 0);
  GBytes *const wrong[] = { key, two, none };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopAuthority) authority = forlop_authority_read (ca, &error);

  g_assert_no_error (error);
  g_assert_true (g_regex_match_simple ("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", authority->fingerprint, 0, 0));
  g_assert_true (g_str_has_prefix (authority->pem, "-----BEGIN CERTIFICATE-----"));
  g_assert_nonnull (authority->subject);
  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (forlop_authority_read (wrong[i], &refusal));
      g_assert_error (refusal, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE);
    }
}

int
main (int   argc,
      char *argv[])
{
  forlop_http_transport_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transport/an-answer-is-given-with-its-status", test_an_answer_is_given_with_its_status);
  g_test_add_func ("/transport/a-redirect-is-not-followed", test_a_redirect_is_not_followed);
  g_test_add_func ("/transport/an-answer-without-end-is-cut", test_an_answer_without_end_is_cut);
  g_test_add_func ("/transport/a-silent-server-is-given-up", test_a_silent_server_is_given_up);
  g_test_add_func ("/transport/what-is-not-http-is-not-understood", test_what_is_not_http_is_not_understood);
  g_test_add_func ("/transport/nobody-there-is-unreachable", test_nobody_there_is_unreachable);
  g_test_add_func ("/transport/a-request-can-be-given-up", test_a_request_can_be_given_up);
  g_test_add_func ("/transport/addresses-without-encryption-are-refused",
                   test_addresses_without_encryption_are_refused);
  g_test_add_func ("/transport/the-municipalitys-server-is-known", test_the_municipalitys_server_is_known);
  g_test_add_func ("/transport/a-wrong-certificate-gets-nothing", test_a_wrong_certificate_gets_nothing);
  g_test_add_func ("/transport/old-encryption-gets-nothing", test_old_encryption_gets_nothing);
  g_test_add_func ("/transport/an-authority-is-shown-as-it-is-trusted", test_authority);

  return g_test_run ();
}
