/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-net"

#include "forlop-poke-listener.h"

#include <sodium.h>
#include <string.h>

#define PATH "/v1/sync/events"
/* The server gives a sign of life every 25 seconds. */
#define TIMEOUT_SECONDS 60
#define FIRST_WAIT_MS 1000
#define LONGEST_WAIT_MS (5 * 60 * 1000)
#define MAX_LINE 1024

struct _ForlopPokeListener
{
  ForlopServerAccount *account;
  char *address;
  char *ca_file;
  char *proxy;
  ForlopPokeFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;

  GThread *thread;
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  gboolean is_woken; /* guarded by mutex */
};

/* Takes the whole lines from the first @used bytes. Returns how many are left. */
static gsize
take_lines (char           *text,
            gsize           used,
            ForlopPokeFunc  func,
            gpointer        user_data)
{
  char *line = text, *end;

  while ((end = memchr (line, '\n', used - (gsize) (line - text))) != NULL)
    {
      *end = '\0';
      if (g_str_has_prefix (line, "data: "))
        func (g_ascii_strtoll (line + strlen ("data: "), NULL, 10), user_data);
      line = end + 1;
    }
  used -= (gsize) (line - text);
  memmove (text, line, used);

  return used;
}

/**
 * forlop_poke_listener_read:
 *
 * Tells @func each head that @stream names, until it ends.
 *
 * Returns: whether it was a poke stream: something was heard, and no line was longer than any of the
 *   server's.
 */
gboolean
forlop_poke_listener_read (GInputStream   *stream,
                           GCancellable   *cancellable,
                           ForlopPokeFunc  func,
                           gpointer        user_data)
{
  char text[MAX_LINE];
  gsize used = 0;
  gboolean has_heard = FALSE;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && func != NULL, FALSE);

  while (used < sizeof text)
    {
      gssize n = g_input_stream_read (stream, text + used, sizeof text - used, cancellable, NULL);

      if (n <= 0)
        return has_heard;
      has_heard = TRUE;
      used = take_lines (text, used + (gsize) n, func, user_data);
    }
  g_debug ("No pokes: what came is not a stream of them");

  return FALSE;
}

static gboolean
listen_once (ForlopPokeListener  *self,
             ForlopHttpTransport *transport)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token =
    forlop_server_account_dup_token (self->account, transport, self->cancellable, &error);
  g_autoptr (GInputStream) stream = NULL;
  unsigned int status = 0;

  if (token != NULL)
    stream = forlop_http_transport_open (transport, PATH, token, &status, self->cancellable, &error);
  if (stream == NULL)
    {
      if (error != NULL)
        g_debug ("No pokes: %s", error->message);
      return FALSE;
    }

  return status == 200 &&
         forlop_poke_listener_read (stream, self->cancellable, self->func, self->user_data);
}

static gboolean
is_stopped (ForlopPokeListener *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/* Full jitter: after an outage not everybody comes at once. */
static void
wait_a_while (ForlopPokeListener *self,
              unsigned int        longest_ms)
{
  gint64 until = g_get_monotonic_time () + (gint64) randombytes_uniform (longest_ms + 1) * 1000;

  g_mutex_lock (&self->mutex);
  while (!self->is_woken && !is_stopped (self) && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  self->is_woken = FALSE;
  g_mutex_unlock (&self->mutex);
}

static gpointer
listener_thread (gpointer data)
{
  ForlopPokeListener *self = data;
  ForlopHttpSettings settings = {
    .address = self->address, .ca_file = self->ca_file, .proxy = self->proxy, .timeout_seconds = TIMEOUT_SECONDS
  };
  unsigned int wait_ms = FIRST_WAIT_MS;

  while (!is_stopped (self))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopHttpTransport) transport = forlop_http_transport_new (&settings, &error);

      if (transport == NULL)
        g_debug ("No pokes: %s", error->message);
      if (transport != NULL && listen_once (self, transport))
        wait_ms = FIRST_WAIT_MS;
      else
        wait_ms = MIN (2 * wait_ms, LONGEST_WAIT_MS);
      if (!is_stopped (self))
        wait_a_while (self, wait_ms);
    }

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);

  return NULL;
}

ForlopPokeListener *
forlop_poke_listener_new (ForlopServerAccount      *account,
                          const ForlopHttpSettings *settings,
                          ForlopPokeFunc            func,
                          gpointer                  user_data,
                          GDestroyNotify            user_data_free)
{
  ForlopPokeListener *self;

  g_return_val_if_fail (account != NULL && settings != NULL && func != NULL, NULL);

  self = g_new0 (ForlopPokeListener, 1);
  self->account = forlop_server_account_ref (account);
  self->address = g_strdup (settings->address);
  self->ca_file = g_strdup (settings->ca_file);
  self->proxy = g_strdup (settings->proxy);
  self->func = func;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("pokes", listener_thread, self);

  return self;
}

void
forlop_poke_listener_wake (ForlopPokeListener *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->is_woken = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
forlop_poke_listener_free (ForlopPokeListener *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  forlop_poke_listener_wake (self);
  g_thread_join (self->thread);
  forlop_server_account_unref (self->account);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->address);
  g_free (self->ca_file);
  g_free (self->proxy);
  g_free (self);
}
