/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-listener.h"

#include <gio/gio.h>
#include <string.h>

#include "forlop-postgres-private.h"

#define RETRY_MS 1000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)

struct _ForlopPostgresListener
{
  char *conninfo;
  char **tenant_ids;
  ForlopPostgresListenerFunc func; /* NULL once it is being freed */
  gpointer user_data;
  GMainContext *context;
  GThread *thread;
  GCancellable *stop;
};

typedef struct {
  ForlopPostgresListener *listener;
  char *tenant_id;
  gint64 head;
} Heard;

static void
clear (gpointer data)
{
  ForlopPostgresListener *self = data;

  g_free (self->conninfo);
  g_strfreev (self->tenant_ids);
  g_main_context_unref (self->context);
  g_object_unref (self->stop);
}

static void
heard_free (gpointer data)
{
  Heard *self = data;

  g_atomic_rc_box_release_full (self->listener, clear);
  g_free (self->tenant_id);
  g_free (self);
}

static gboolean
heard_cb (gpointer user_data)
{
  Heard *self = user_data;

  if (self->listener->func != NULL)
    self->listener->func (self->tenant_id, self->head, self->listener->user_data);

  return G_SOURCE_REMOVE;
}

static void
tell (ForlopPostgresListener *self,
      char                   *tenant_id,
      gint64                  head)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Heard *heard = g_new0 (Heard, 1);

  heard->listener = g_atomic_rc_box_acquire (self);
  heard->tenant_id = tenant_id;
  heard->head = head;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, heard_cb, heard, heard_free);
  g_source_attach (source, self->context);
}

static gboolean
run (PGconn     *handle,
     const char *sql)
{
  g_autoptr (PGresult) result = PQexec (handle, sql);

  return PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK;
}

/* What was not heard while nobody listened. */
static gboolean
tell_heads (ForlopPostgresListener *self,
            PGconn                 *handle)
{
  for (char **id = self->tenant_ids; *id != NULL; id++)
    {
      const char *values[] = { *id };
      g_autoptr (PGresult) set =
        PQexecParams (handle, "SELECT set_config ('forlop.tenant', $1, false)", 1, NULL, values, NULL, NULL, 0);
      g_autoptr (PGresult) head = PQexec (handle, "SELECT head FROM forlop.tenant_head");

      if (PQresultStatus (set) != PGRES_TUPLES_OK || PQresultStatus (head) != PGRES_TUPLES_OK)
        return FALSE;
      if (PQntuples (head) == 1)
        tell (self, g_strdup (*id), forlop_postgres_get_integer (head, 0, 0));
    }

  return TRUE;
}

/* "TENANT HEAD". */
static void
take_notices (ForlopPostgresListener *self,
              PGconn                 *handle)
{
  PGnotify *notice;

  while ((notice = PQnotifies (handle)) != NULL)
    {
      const char *space = strchr (notice->extra, ' ');

      if (space != NULL)
        tell (self, g_strndup (notice->extra, (gsize) (space - notice->extra)),
              g_ascii_strtoll (space + 1, NULL, 10));
      PQfreemem (notice);
    }
}

/* Until the connection @fd (-1 for none) has something or @timeout_ms has passed; FALSE when it is to end. */
static gboolean
wait_for (ForlopPostgresListener *self,
          int                     fd,
          int                     timeout_ms)
{
  GPollFD fds[2] = { { .fd = fd, .events = G_IO_IN }, { 0 } };

  if (!g_cancellable_make_pollfd (self->stop, &fds[1]))
    return FALSE;
  g_poll (fd < 0 ? fds + 1 : fds, fd < 0 ? 1 : 2, timeout_ms);
  g_cancellable_release_fd (self->stop);

  return !g_cancellable_is_cancelled (self->stop);
}

static void
listen_once (ForlopPostgresListener *self)
{
  g_autoptr (PGconn) handle = PQconnectdb (self->conninfo);

  if (PQstatus (handle) != CONNECTION_OK || !run (handle, "LISTEN forlop") || !tell_heads (self, handle))
    return;
  do
    {
      if (PQconsumeInput (handle) != 1)
        return;
      take_notices (self, handle);
    }
  while (wait_for (self, PQsocket (handle), -1));
}

static gpointer
listen_thread (gpointer data)
{
  ForlopPostgresListener *self = data;

  do
    listen_once (self);
  while (wait_for (self, -1, RETRY_MS));

  return NULL;
}

ForlopPostgresListener *
forlop_postgres_listener_new (const char                  *conninfo,
                              const char *const           *tenant_ids,
                              ForlopPostgresListenerFunc   func,
                              gpointer                     user_data)
{
  ForlopPostgresListener *self;

  g_return_val_if_fail (conninfo != NULL && tenant_ids != NULL && func != NULL, NULL);

  self = g_atomic_rc_box_new0 (ForlopPostgresListener);
  self->conninfo = g_strdup (conninfo);
  self->tenant_ids = g_strdupv ((char **) tenant_ids);
  self->func = func;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  self->stop = g_cancellable_new ();
  self->thread = g_thread_new ("listen", listen_thread, self);

  return self;
}

void
forlop_postgres_listener_free (ForlopPostgresListener *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  self->func = NULL;
  g_atomic_rc_box_release_full (self, clear);
}
