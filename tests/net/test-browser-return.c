/* SPDX-License-Identifier: EUPL-1.2 */

/* The port that a browser comes back to: who is heard there, and who is not. */

#include "forlop-browser-return.h"

#include <string.h>

#include "forlop-server-account.h"

#define STATE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  ForlopBrowserReturn *back;
  char *code;
  char *issuer;
  GError *error;
} Waiting;

typedef struct {
  char *address;
  const char *const *requests;
  GCancellable *cancellable;
  GPtrArray *answers;
} Knocking;

static char *
knock (const char *address,
       const char *request)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) text = g_string_new (request);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uri));
  char buffer[1024];
  gssize n;

  g_string_replace (text, "HOST", host, 1);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text->str, text->len, NULL,
                             NULL, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer,
                                   NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);

  return g_string_free (g_steal_pointer (&answer), FALSE);
}

static gpointer
knock_thread (gpointer data)
{
  Knocking *self = data;

  for (unsigned int i = 0; self->requests[i] != NULL; i++)
    g_ptr_array_add (self->answers, knock (self->address, self->requests[i]));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  return NULL;
}

/* Waits while somebody knocks; the answers. */
static GPtrArray *
wait_for (Waiting           *waiting,
          const char *const *requests,
          gboolean           is_cancelled)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Knocking knocking = { .requests = requests, .answers = g_ptr_array_new_with_free_func (g_free) };
  GThread *thread;
  gboolean has_come;

  waiting->back = forlop_browser_return_new (&error);
  g_assert_no_error (error);
  knocking.address = g_strdup (forlop_browser_return_get_address (waiting->back));
  g_assert_true (g_str_has_prefix (knocking.address, "http://127.0.0.1:"));
  if (is_cancelled)
    knocking.cancellable = cancellable;
  thread = g_thread_new ("knock", knock_thread, &knocking);
  has_come = forlop_browser_return_wait (waiting->back, STATE, 60, &waiting->code, &waiting->issuer, cancellable,
                                         &waiting->error);
  g_thread_join (thread);
  g_assert_true (has_come == (waiting->error == NULL));
  g_free (knocking.address);

  return knocking.answers;
}

static void
waiting_clear (Waiting *self)
{
  forlop_browser_return_free (self->back);
  g_free (self->code);
  g_free (self->issuer);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Waiting, waiting_clear)

static void
test_the_browser_comes_back (void)
{
  static const char *const requests[] = {
    "GET /?code=a%2Fb&state=" STATE "&iss=https%3A%2F%2Fsign-in.example.no HTTP/1.1\r\nHost: HOST\r\n\r\n", NULL
  };
  g_auto (Waiting) waiting = { 0 };
  g_autoptr (GPtrArray) answers = wait_for (&waiting, requests, FALSE);
  const char *answer = g_ptr_array_index (answers, 0);

  g_assert_no_error (waiting.error);
  g_assert_cmpstr (waiting.code, ==, "a/b");
  g_assert_cmpstr (waiting.issuer, ==, "https://sign-in.example.no");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (answer, "Go back to Forl"));
  g_assert_null (strstr (answer, STATE));
}

/* Whoever is on the machine or in a page of the browser may knock; only who knows the state is heard. */
static void
test_others_are_not_heard (void)
{
  static const char *const requests[] = {
    "GET /?code=evil HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    "GET /?code=evil&state=BBBB HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    "GET /?code=evil&state=" STATE " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "GET /x?code=evil&state=" STATE " HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    "POST /?code=evil&state=" STATE " HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    "GET /?code=right&state=" STATE " HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    NULL
  };
  g_auto (Waiting) waiting = { 0 };
  g_autoptr (GPtrArray) answers = wait_for (&waiting, requests, FALSE);

  g_assert_no_error (waiting.error);
  g_assert_cmpstr (waiting.code, ==, "right");
  g_assert_null (waiting.issuer);
  for (unsigned int i = 0; i + 1 < answers->len; i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (answers, i), "HTTP/1.1 404"));
}

static void
test_no_in_the_browser_is_told (void)
{
  static const char *const requests[] = {
    "GET /?error=access_denied&state=" STATE " HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", NULL
  };
  g_auto (Waiting) waiting = { 0 };
  g_autoptr (GPtrArray) answers = wait_for (&waiting, requests, FALSE);

  g_assert_error (waiting.error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_BROWSER);
  g_assert_cmpstr (waiting.error->message, ==, "The sign-in was ended in the browser. Nothing was changed. Try again.");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answers, 0), "HTTP/1.1 200"));
}

static void
test_waiting_can_be_ended (void)
{
  static const char *const requests[] = {
    "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", NULL
  };
  g_auto (Waiting) waiting = { 0 };
  g_autoptr (GPtrArray) answers = wait_for (&waiting, requests, TRUE);

  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (answers->len, ==, 1);
}

/* Nobody comes. */
static void
test_waiting_has_an_end (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopBrowserReturn) back = forlop_browser_return_new (&error);
  g_autofree char *code = NULL;
  g_autofree char *issuer = NULL;

  g_assert_no_error (error);
  g_assert_false (forlop_browser_return_wait (back, STATE, 0, &code, &issuer, NULL, &error));
  g_assert_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_BROWSER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func ("/browser-return/" name, func)
  ADD ("the-browser-comes-back", test_the_browser_comes_back);
  ADD ("others-are-not-heard", test_others_are_not_heard);
  ADD ("no-in-the-browser-is-told", test_no_in_the_browser_is_told);
  ADD ("waiting-can-be-ended", test_waiting_can_be_ended);
  ADD ("waiting-has-an-end", test_waiting_has_an_end);
#undef ADD

  return g_test_run ();
}
