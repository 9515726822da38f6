/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-connections.h"

#define SWEEP_MS 250

typedef struct {
  GSocket *socket;
  GIOStream *stream; /* nullable: taken from the HTTP library */
  ForlopHttpWaits waits;
  gint64 deadline_us;
} Connection;

struct _ForlopHttpConnections
{
  ForlopHttpTimes times;
  GHashTable *by_socket; /* GSocket → Connection */
  GSource *sweep;
};

static void
connection_free (gpointer data)
{
  Connection *self = data;

  if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_object_unref (self->socket);
  g_free (self);
}

static gint64
allowed_ms (ForlopHttpConnections *self,
            ForlopHttpWaits        waits)
{
  switch (waits)
    {
    case FORLOP_HTTP_WAITS_HEADER: return self->times.header;
    case FORLOP_HTTP_WAITS_BODY: return self->times.body;
    /* Time to say that there is none. */
    case FORLOP_HTTP_WAITS_ANSWER: return self->times.request + self->times.linger;
    case FORLOP_HTTP_WAITS_IDLE: return self->times.idle;
    case FORLOP_HTTP_WAITS_LINGER: return self->times.linger;
    case FORLOP_HTTP_WAITS_NOTHING:
    default: return 0;
    }
}

/* Takes what still comes, so that the answer is not lost to a reset. TRUE when the other side ended. */
static gboolean
drain (Connection *self)
{
  char buffer[16 * 1024];
  gssize n;

  g_socket_set_blocking (self->socket, FALSE);
  for (int i = 0; i < 64; i++)
    {
      n = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, NULL);
      if (n <= 0)
        return n == 0;
    }

  return FALSE;
}

/* The library sees the end of the stream and lets go. */
static gboolean
sweep_cb (gpointer user_data)
{
  ForlopHttpConnections *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_socket);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Connection *connection = value;

      if (g_socket_is_closed (connection->socket) ||
          (connection->waits == FORLOP_HTTP_WAITS_LINGER && drain (connection)))
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      if (connection->waits == FORLOP_HTTP_WAITS_NOTHING || connection->deadline_us > now_us)
        continue;
      g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
      g_hash_table_iter_remove (&iter);
    }

  return G_SOURCE_CONTINUE;
}

ForlopHttpConnections *
forlop_http_connections_new (const ForlopHttpTimes *times)
{
  ForlopHttpConnections *self;

  g_return_val_if_fail (times != NULL, NULL);

  self = g_new0 (ForlopHttpConnections, 1);
  self->times = *times;
  self->by_socket = g_hash_table_new_full (NULL, NULL, NULL, connection_free);
  self->sweep = g_timeout_source_new (SWEEP_MS);
  g_source_set_callback (self->sweep, sweep_cb, self, NULL);
  g_source_attach (self->sweep, g_main_context_get_thread_default ());

  return self;
}

void
forlop_http_connections_free (ForlopHttpConnections *self)
{
  if (self == NULL)
    return;

  g_source_destroy (self->sweep);
  g_source_unref (self->sweep);
  g_hash_table_unref (self->by_socket);
  g_free (self);
}

static gboolean
is_closed (gpointer key,
           gpointer value G_GNUC_UNUSED,
           gpointer user_data G_GNUC_UNUSED)
{
  return g_socket_is_closed (key);
}

static gboolean
is_full (ForlopHttpConnections *self)
{
  if (g_hash_table_size (self->by_socket) >= self->times.max_connections)
    g_hash_table_foreach_remove (self->by_socket, is_closed, NULL);

  return g_hash_table_size (self->by_socket) >= self->times.max_connections;
}

static Connection *
ensure (ForlopHttpConnections *self,
        GSocket               *socket)
{
  Connection *connection = g_hash_table_lookup (self->by_socket, socket);

  if (connection != NULL)
    return connection;
  connection = g_new0 (Connection, 1);
  connection->socket = g_object_ref (socket);
  g_hash_table_insert (self->by_socket, socket, connection);

  return connection;
}

gboolean
forlop_http_connections_set (ForlopHttpConnections *self,
                             GSocket               *socket,
                             ForlopHttpWaits        waits)
{
  Connection *connection;

  g_return_val_if_fail (self != NULL && G_IS_SOCKET (socket), FALSE);

  if (!g_hash_table_contains (self->by_socket, socket) && is_full (self))
    {
      g_socket_shutdown (socket, TRUE, TRUE, NULL);
      return FALSE;
    }
  connection = ensure (self, socket);
  connection->waits = waits;
  connection->deadline_us = g_get_monotonic_time () + allowed_ms (self, waits) * 1000;

  return TRUE;
}

void
forlop_http_connections_linger (ForlopHttpConnections *self,
                                GSocket               *socket,
                                GIOStream             *stream)
{
  g_return_if_fail (self != NULL && G_IS_SOCKET (socket) && G_IS_IO_STREAM (stream));

  if (!forlop_http_connections_set (self, socket, FORLOP_HTTP_WAITS_LINGER))
    {
      g_object_unref (stream);
      return;
    }
  ensure (self, socket)->stream = stream;
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
}

void
forlop_http_connections_drop (ForlopHttpConnections *self,
                              GSocket               *socket)
{
  g_return_if_fail (self != NULL && G_IS_SOCKET (socket));

  g_hash_table_remove (self->by_socket, socket);
}

unsigned int
forlop_http_connections_count (ForlopHttpConnections *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->by_socket);
}
