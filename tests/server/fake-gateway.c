/* SPDX-License-Identifier: EUPL-1.2 */

#include "fake-gateway.h"

#define WAIT_SECONDS 20

static char *
dup_header (SoupServerMessage *message,
            const char        *name)
{
  const char *value = soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);

  return g_strdup (value != NULL ? value : "");
}

static void
handler_cb (SoupServer        *soup G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char        *path G_GNUC_UNUSED,
            GHashTable        *query G_GNUC_UNUSED,
            gpointer           user_data)
{
  FakeGateway *self = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->bodies, g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)));
  g_ptr_array_add (self->keys, dup_header (message, "Idempotency-Key"));
  g_ptr_array_add (self->tokens, dup_header (message, "Authorization"));
  if (self->is_silent)
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, self->status, NULL);
  if (self->status == 302)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "/elsewhere");
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_thread (gpointer data)
{
  FakeGateway *self = data;

  g_main_context_push_thread_default (g_main_loop_get_context (self->loop));
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (g_main_loop_get_context (self->loop));

  return NULL;
}

FakeGateway *
fake_gateway_new (GTlsCertificate *certificate)
{
  FakeGateway *self = g_new0 (FakeGateway, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->tokens = g_ptr_array_new_with_free_func (g_free);
  self->status = 202;
  self->loop = g_main_loop_new (context, FALSE);
  g_main_context_push_thread_default (context);
  self->soup = soup_server_new (NULL, NULL);
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->soup, certificate);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->soup, 0,
                                           SOUP_SERVER_LISTEN_IPV4_ONLY |
                                             (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error));
  g_assert_no_error (error);
  g_main_context_pop_thread_default (context);
  uris = soup_server_get_uris (self->soup);
  self->address = g_strdup_printf ("%s://127.0.0.1:%d/messages", certificate != NULL ? "https" : "http",
                                   g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->thread = g_thread_new ("gateway", run_thread, self);

  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

void
fake_gateway_free (FakeGateway *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_main_loop_unref (self->loop);
  g_ptr_array_unref (self->bodies);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->tokens);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->address);
  g_free (self);
}

void
fake_gateway_answer (FakeGateway  *self,
                     unsigned int  status)
{
  g_mutex_lock (&self->mutex);
  self->status = status;
  g_mutex_unlock (&self->mutex);
}

void
fake_gateway_silent (FakeGateway *self,
                     gboolean     is_silent)
{
  g_mutex_lock (&self->mutex);
  self->is_silent = is_silent;
  g_mutex_unlock (&self->mutex);
}

unsigned int
fake_gateway_count (FakeGateway *self)
{
  unsigned int n;

  g_mutex_lock (&self->mutex);
  n = self->bodies->len;
  g_mutex_unlock (&self->mutex);

  return n;
}

void
fake_gateway_wait (FakeGateway  *self,
                   unsigned int  n)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  g_mutex_lock (&self->mutex);
  while (self->bodies->len < n)
    if (!g_cond_wait_until (&self->cond, &self->mutex, until))
      g_error ("the gateway was sent %u messages, not %u", self->bodies->len, n);
  g_mutex_unlock (&self->mutex);
}
