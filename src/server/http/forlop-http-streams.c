/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-streams.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "forlop-accounts.h"

/* Whoever is poked asks at once, so not everybody is poked at once: so many, so often. With a thousand
 * streams the last one hears of a change after two and a half seconds, and with ten at once. */
#define POKES_PER_TURN 10
#define TURN_MS 25

/* A client needs one; a second while the first is not known to be gone. */
#define MAX_PER_SESSION 2

#define GONE (EPOLLRDHUP | EPOLLHUP | EPOLLERR)

typedef struct {
  ForlopHttpStreams *streams;
  GIOStream *connection;
  GSocket *socket; /* of the connection */
  gboolean is_chunked;
  ForlopTenant *tenant;
  char *session_id;
  GString *unsent;  /* what the other side has not taken */
  gint64 next_head; /* came meanwhile; 0 for none */
  gint64 sent_head;
  gint64 due_head; /* to be sent when its turn comes; 0 when it is not in line */
  GList due;
  guint64 number; /* in the order they came */
  guint64 n_written;
  guint64 n_looked_at; /* one more than was written when it was found busy; 0 when it was not */
  gboolean is_ending;
} Stream;

/* Counted, because a look at sessions may come back after the server has let go. */
struct _ForlopHttpStreams
{
  GHashTable *open; /* of Stream */
  int epoll; /* tells of those that are gone, and of those that were full and are not any more */
  GSource *watch;
  guint64 n_begun;
  GSource *comments;
  GQueue due; /* of Stream, by their links */
  GSource *turns; /* nullable: while somebody is in line */
};

/* What is asked of the municipality's thread. Streams may have gone when the answer comes. */
typedef struct {
  ForlopTenant *tenant;
  GPtrArray *session_ids; /* those to look at, then those that ended */
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  g_ptr_array_unref (self->session_ids);
  g_free (self);
}

static void
stream_free (gpointer data)
{
  Stream *self = data;

  if (self->due_head > 0)
    g_queue_unlink (&self->streams->due, &self->due);
  /* Whoever closes a socket takes it out of the epoll set. */
  g_io_stream_close (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_object_unref (self->socket);
  g_string_free (self->unsent, TRUE);
  g_free (self->session_id);
  g_free (self);
}

static void
watch (Stream *self,
       int     operation)
{
  struct epoll_event event = { .events = GONE | (self->unsent->len > 0 ? EPOLLOUT : 0), .data.ptr = self };

  if (epoll_ctl (self->streams->epoll, operation, g_socket_get_fd (self->socket), &event) != 0)
    g_warning ("A poke stream could not be watched: %s", g_strerror (errno));
}

/* The connection is let go when the epoll set says that it is shut, by whichever side. */
static void
shut (Stream *self)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

/* As much as the other side takes; the rest when there is room again. */
static void
flush (Stream *self)
{
  gssize n = g_socket_send_with_blocking (self->socket, self->unsent->str, self->unsent->len, FALSE, NULL, NULL);

  if (n > 0)
    g_string_erase (self->unsent, 0, n);
  if (self->unsent->len > 0)
    return;
  self->n_written++;
  if (self->is_ending)
    shut (self);
}

static void
send_text (Stream     *self,
           const char *text)
{
  gboolean was_full = self->unsent->len > 0;

  if (self->is_chunked)
    g_string_append_printf (self->unsent, "%zx\r\n%s\r\n", strlen (text), text);
  else
    g_string_append (self->unsent, text);
  if (was_full)
    return;
  flush (self);
  if (self->unsent->len > 0)
    watch (self, EPOLL_CTL_MOD);
}

static void
send_head (Stream *self,
           gint64  head)
{
  g_autofree char *text = NULL;

  if (head <= self->sent_head || self->is_ending)
    return;
  if (self->unsent->len > 0)
    {
      self->next_head = head;
      return;
    }
  self->sent_head = head;
  text = g_strdup_printf ("event: poke\ndata: %" G_GINT64_FORMAT "\n\n", head);
  send_text (self, text);
}

static void
go_on (Stream *self)
{
  gint64 head = self->next_head;

  flush (self);
  if (self->unsent->len > 0)
    return;
  watch (self, EPOLL_CTL_MOD);
  self->next_head = 0;
  if (head > 0)
    send_head (self, head);
}

/* The only place where a stream ends: nobody who holds one has to ask whether it is still there. */
static gboolean
watch_cb (int          fd,
          GIOCondition condition G_GNUC_UNUSED,
          gpointer     user_data)
{
  ForlopHttpStreams *self = user_data;
  struct epoll_event events[64];
  int n = epoll_wait (fd, events, G_N_ELEMENTS (events), 0);

  for (int i = 0; i < n; i++)
    {
      if (events[i].events & GONE)
        g_hash_table_remove (self->open, events[i].data.ptr);
      else
        go_on (events[i].data.ptr);
    }

  return G_SOURCE_CONTINUE;
}

/* Orderly: the caller sees the end and asks again. */
static void
end_stream (Stream *self)
{
  if (self->is_ending)
    return;
  self->is_ending = TRUE;
  if (self->is_chunked)
    send_text (self, "");
  else if (self->unsent->len == 0)
    shut (self);
}

static gpointer
look_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Look *self = user_data;
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < self->session_ids->len; i++)
    {
      const char *session_id = g_ptr_array_index (self->session_ids, i);
      gboolean lives;

      if (!forlop_accounts_session_lives (self->tenant, session_id, &lives, error))
        return NULL;
      if (!lives)
        g_ptr_array_add (ended, g_strdup (session_id));
    }

  return g_steal_pointer (&ended);
}

static GPtrArray *
list_streams (ForlopHttpStreams *self,
              ForlopTenant      *tenant)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer stream;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    if (tenant == NULL || g_str_equal (((Stream *) stream)->tenant->name, tenant->name))
      g_ptr_array_add (list, stream);

  return list;
}

static void
clear (gpointer data)
{
  ForlopHttpStreams *self = data;

  g_hash_table_unref (self->open);
  close (self->epoll);
}

static DexFuture *
looked_cb (DexFuture *future,
           gpointer   user_data)
{
  ForlopHttpStreams *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ended = forlop_worker_steal (future, &error);
  g_autoptr (GPtrArray) streams = list_streams (self, NULL);

  if (ended == NULL)
    {
      g_warning ("The sessions of the poke streams could not be looked at: %s", error->message);
      return NULL;
    }
  for (unsigned int i = 0; i < streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (streams, i);

      for (unsigned int j = 0; j < ended->len; j++)
        if (g_str_equal (stream->session_id, g_ptr_array_index (ended, j)))
          {
            end_stream (stream);
            break;
          }
    }

  return NULL;
}

static void
release (gpointer data)
{
  g_rc_box_release_full (data, clear);
}

static void
look_at_sessions (ForlopHttpStreams *self,
                  GPtrArray         *streams)
{
  g_autoptr (GHashTable) looks = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;

  for (unsigned int i = 0; i < streams->len; i++)
    {
      const Stream *stream = g_ptr_array_index (streams, i);
      Look *look = g_hash_table_lookup (looks, stream->tenant);

      if (look == NULL)
        {
          look = g_new0 (Look, 1);
          look->tenant = stream->tenant;
          look->session_ids = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (looks, stream->tenant, look);
        }
      g_ptr_array_add (look->session_ids, g_strdup (stream->session_id));
    }

  g_hash_table_iter_init (&iter, looks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Look *look = value;

      dex_future_disown (dex_future_finally (
        forlop_worker_run (look->tenant->worker, look_on_worker, look, look_free,
                           (GDestroyNotify) g_ptr_array_unref),
        looked_cb, g_rc_box_acquire (self), release));
    }
}

/* One that does not take what it is sent in a whole interval is not there any more. */
static gboolean
comment_cb (gpointer user_data)
{
  ForlopHttpStreams *self = user_data;
  g_autoptr (GPtrArray) streams = list_streams (self, NULL);

  for (unsigned int i = 0; i < streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (streams, i);
      gboolean is_busy = stream->unsent->len > 0;

      if (is_busy && stream->n_looked_at == stream->n_written + 1)
        shut (stream);
      stream->n_looked_at = is_busy ? stream->n_written + 1 : 0;
      if (!is_busy && !stream->is_ending)
        send_text (stream, ":\n\n");
    }
  look_at_sessions (self, streams);

  return G_SOURCE_CONTINUE;
}

ForlopHttpStreams *
forlop_http_streams_new (unsigned int comment_ms)
{
  ForlopHttpStreams *self = g_rc_box_new0 (ForlopHttpStreams);

  self->open = g_hash_table_new_full (NULL, NULL, stream_free, NULL);
  g_queue_init (&self->due);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll < 0)
    g_error ("The system lets nobody watch connections: %s", g_strerror (errno));
  self->watch = g_unix_fd_source_new (self->epoll, G_IO_IN);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (watch_cb), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
  self->comments = g_timeout_source_new (comment_ms);
  g_source_set_callback (self->comments, comment_cb, self, NULL);
  g_source_attach (self->comments, g_main_context_get_thread_default ());

  return self;
}

void
forlop_http_streams_free (ForlopHttpStreams *self)
{
  if (self == NULL)
    return;

  g_source_destroy (self->watch);
  g_source_unref (self->watch);
  g_source_destroy (self->comments);
  g_source_unref (self->comments);
  if (self->turns != NULL)
    g_source_destroy (self->turns);
  g_clear_pointer (&self->turns, g_source_unref);
  g_hash_table_remove_all (self->open);
  release (self);
}

/* The oldest goes when a session has as many as it may. */
static void
make_room (ForlopHttpStreams *self,
           const char        *session_id)
{
  g_autoptr (GPtrArray) streams = list_streams (self, NULL);
  Stream *oldest = NULL;
  unsigned int n = 0;

  for (unsigned int i = 0; i < streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (streams, i);

      if (stream->is_ending || !g_str_equal (stream->session_id, session_id))
        continue;
      n++;
      if (oldest == NULL || stream->number < oldest->number)
        oldest = stream;
    }
  if (n >= MAX_PER_SESSION)
    end_stream (oldest);
}

void
forlop_http_streams_add (ForlopHttpStreams *self,
                         GIOStream         *connection,
                         GSocket           *socket,
                         const char        *header,
                         gboolean           is_chunked,
                         ForlopTenant      *tenant,
                         const char        *session_id,
                         gint64             head)
{
  Stream *stream;

  g_return_if_fail (self != NULL && header != NULL);
  g_return_if_fail (G_IS_IO_STREAM (connection) && G_IS_SOCKET (socket));
  g_return_if_fail (tenant != NULL && session_id != NULL);

  make_room (self, session_id);
  stream = g_new0 (Stream, 1);
  stream->number = self->n_begun++;
  stream->streams = self;
  stream->connection = connection;
  stream->socket = g_object_ref (socket);
  stream->is_chunked = is_chunked;
  stream->tenant = tenant;
  stream->session_id = g_strdup (session_id);
  stream->unsent = g_string_new (header);
  stream->sent_head = -1;
  stream->due.data = stream;
  g_hash_table_add (self->open, stream);

  flush (stream);
  watch (stream, EPOLL_CTL_ADD);
  send_head (stream, head);
}

static void
take_turn (ForlopHttpStreams *self)
{
  for (unsigned int i = 0; i < POKES_PER_TURN && !g_queue_is_empty (&self->due); i++)
    {
      Stream *stream = g_queue_pop_head_link (&self->due)->data;
      gint64 head = stream->due_head;

      stream->due_head = 0;
      send_head (stream, head);
    }
}

static gboolean
turn_cb (gpointer user_data)
{
  ForlopHttpStreams *self = user_data;

  if (g_queue_is_empty (&self->due))
    {
      g_clear_pointer (&self->turns, g_source_unref);
      return G_SOURCE_REMOVE;
    }
  take_turn (self);

  return G_SOURCE_CONTINUE;
}

void
forlop_http_streams_poke (ForlopHttpStreams *self,
                          ForlopTenant      *tenant,
                          gint64             head)
{
  g_autoptr (GPtrArray) streams = NULL;

  g_return_if_fail (self != NULL && tenant != NULL);

  streams = list_streams (self, tenant);
  for (unsigned int i = 0; i < streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (streams, i);

      if (stream->due_head == 0)
        g_queue_push_tail_link (&self->due, &stream->due);
      stream->due_head = MAX (stream->due_head, head);
    }
  if (self->turns != NULL || g_queue_is_empty (&self->due))
    return;
  take_turn (self);
  self->turns = g_timeout_source_new (TURN_MS);
  g_source_set_callback (self->turns, turn_cb, self, NULL);
  g_source_attach (self->turns, g_main_context_get_thread_default ());
}

unsigned int
forlop_http_streams_count (ForlopHttpStreams *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->open);
}

void
forlop_http_streams_end (ForlopHttpStreams *self)
{
  g_autoptr (GPtrArray) streams = NULL;

  g_return_if_fail (self != NULL);

  streams = list_streams (self, NULL);
  for (unsigned int i = 0; i < streams->len; i++)
    end_stream (g_ptr_array_index (streams, i));
}
