/* SPDX-License-Identifier: EUPL-1.2 */

/* The next page is asked for while one is taken, and nothing else changes by it. */

#include "forlop-http-transport.h"

#include <libsoup/soup.h>
#include <string.h>

#define PULL "/v1/sync/pull"
#define FIRST "{\"epoch\":\"e\",\"schema\":1,\"pos\":0,\"hash\":\"\",\"limit\":1000}"

/* Pages of a log, and everything that was asked. */
typedef struct {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  guint16 port;
  gboolean breaks_off; /* the second page */
  GMutex mutex;
  GCond cond;
  GPtrArray *bodies; /* of char */
} Pages;

static void
remember (Pages             *self,
          SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->bodies, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
handler_cb (SoupServer        *server G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query G_GNUC_UNUSED,
            gpointer           user_data)
{
  static const char *const pages[] = {
    "{\"epoch\":\"e\",\"pos\":5,\"hash\":\"h5\",\"complete\":false,\"rows\":[]}",
    "{\"epoch\":\"e\",\"pos\":9,\"hash\":\"h9\",\"complete\":true,\"rows\":[]}",
  };
  Pages *self = user_data;
  gboolean is_second;
  const char *answer;

  remember (self, message);
  g_mutex_lock (&self->mutex);
  is_second = strstr (g_ptr_array_index (self->bodies, self->bodies->len - 1), "\"pos\":5") != NULL;
  g_mutex_unlock (&self->mutex);
  if (is_second && self->breaks_off)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

      self->breaks_off = FALSE;
      g_io_stream_close (stream, NULL, NULL);
      return;
    }
  answer = g_str_equal (path, PULL) ? pages[is_second ? 1 : 0] : "{\"pushed\":true}";
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answer, strlen (answer));
  soup_server_message_set_status (message, 200, NULL);
}

static gpointer
serve (gpointer data)
{
  Pages *self = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, handler_cb, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (server);
  g_mutex_lock (&self->mutex);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static Pages *
pages_new (void)
{
  Pages *self = g_new0 (Pages, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("pages", serve, self);
  g_mutex_lock (&self->mutex);
  while (self->port == 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static void
pages_free (Pages *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->bodies);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pages, pages_free)

/* Waits until so many requests have come; the text of the last. */
static char *
wait_for (Pages        *self,
          unsigned int  n)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  char *body;

  g_mutex_lock (&self->mutex);
  while (self->bodies->len < n && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  g_assert_cmpuint (self->bodies->len, ==, n);
  body = g_strdup (g_ptr_array_index (self->bodies, n - 1));
  g_mutex_unlock (&self->mutex);

  return body;
}

static ForlopHttpTransport *
transport_to (const Pages *pages)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", pages->port);
  ForlopHttpSettings settings = { .address = address, .proxy = "none", .timeout_seconds = 10 };
  g_autoptr (GError) error = NULL;
  ForlopHttpTransport *transport = forlop_http_transport_new (&settings, &error);

  g_assert_no_error (error);

  return transport;
}

static void
assert_answer (ForlopHttpTransport *transport,
               const char          *path,
               const char          *body,
               const char          *says)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  forlop_http_transport_send (transport, "POST", path, "token", body, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_nonnull (strstr (answer.text, says));
}

static void
test_the_next_page_is_made_while_one_is_taken (void)
{
  g_autoptr (Pages) pages = pages_new ();
  g_autoptr (ForlopHttpTransport) transport = transport_to (pages);
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;

  assert_answer (transport, PULL, FIRST, "\"pos\":5");
  next = wait_for (pages, 2);
  g_assert_nonnull (strstr (next, "\"pos\":5,\"hash\":\"h5\""));
  assert_answer (transport, PULL, next, "\"pos\":9");
  /* It was complete, and what is asked then was not sent before. */
  assert_answer (transport, "/v1/sync/push", "{}", "pushed");
  last = wait_for (pages, 3);
  g_assert_cmpstr (last, ==, "{}");
}

static void
test_what_was_sent_ahead_gives_way_to_everything_else (void)
{
  g_autoptr (Pages) pages = pages_new ();
  g_autoptr (ForlopHttpTransport) transport = transport_to (pages);
  g_autofree char *next = NULL;
  g_autofree char *again = NULL;

  assert_answer (transport, PULL, FIRST, "\"pos\":5");
  next = wait_for (pages, 2);
  assert_answer (transport, "/v1/sync/push", "{}", "pushed");
  /* What was pushed may be on the page, so that it is asked for anew. */
  assert_answer (transport, PULL, next, "\"pos\":9");
  again = wait_for (pages, 4);
  g_assert_cmpstr (again, ==, next);
}

static void
test_what_breaks_off_ahead_is_asked_for_again (void)
{
  g_autoptr (Pages) pages = pages_new ();
  g_autoptr (ForlopHttpTransport) transport = transport_to (pages);
  g_autofree char *next = NULL;

  pages->breaks_off = TRUE;
  assert_answer (transport, PULL, FIRST, "\"pos\":5");
  next = wait_for (pages, 2);
  assert_answer (transport, PULL, next, "\"pos\":9");
}

static void
test_what_was_sent_ahead_can_be_given_up (void)
{
  g_autoptr (Pages) pages = pages_new ();
  g_autoptr (ForlopHttpTransport) transport = transport_to (pages);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;

  assert_answer (transport, PULL, FIRST, "\"pos\":5");
  next = wait_for (pages, 2);
  g_cancellable_cancel (cancellable);
  g_assert_false (forlop_http_transport_send (transport, "POST", PULL, "token", next, &answer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  forlop_http_transport_init ();

  g_test_add_func ("/transport-ahead/the-next-page-is-made-while-one-is-taken",
                   test_the_next_page_is_made_while_one_is_taken);
  g_test_add_func ("/transport-ahead/what-was-sent-ahead-gives-way-to-everything-else",
                   test_what_was_sent_ahead_gives_way_to_everything_else);
  g_test_add_func ("/transport-ahead/what-breaks-off-ahead-is-asked-for-again",
                   test_what_breaks_off_ahead_is_asked_for_again);
  g_test_add_func ("/transport-ahead/what-was-sent-ahead-can-be-given-up", test_what_was_sent_ahead_can_be_given_up);

  return g_test_run ();
}
