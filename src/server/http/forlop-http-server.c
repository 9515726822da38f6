/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "forlop-accounts-browser.h"
#include "forlop-gateway-endpoints.h"
#include "forlop-http-batches.h"
#include "forlop-http-load.h"
#include "forlop-http-metrics.h"
#include "forlop-http-request.h"
#include "forlop-http-run.h"
#include "forlop-http-streams.h"

const ForlopHttpLimits forlop_http_default_limits = {
  .times = { .header = 10000, .body = 30000, .request = 60000, .idle = 75000, .linger = 2000,
             .max_connections = 8000 },
  .max_queued = 1000,
  .max_body_bytes = 64 * 1024 * 1024,
  .per_second = 10,
  .burst = 40,
  .comment_ms = 25000,
};

struct _ForlopHttpServer
{
  GObject parent_instance;

  ForlopTenants *tenants; /* borrowed */
  ForlopHttpLimits limits;

  SoupServer *soup;
  ForlopHttpConnections *connections;
  ForlopHttpStreams *streams;
  ForlopHttpBatches *batches;
  ForlopHttpMetrics *metrics;
  ForlopHttpLoad *load;
  gboolean is_stopping;
};

G_DEFINE_FINAL_TYPE (ForlopHttpServer, forlop_http_server, G_TYPE_OBJECT)

/* A request on its way through a thread. */
typedef struct {
  ForlopHttpServer *server;
  ForlopHttpRequest *request;
  const ForlopHttpRoute *route;
  ForlopServerCall *call;
  ForlopSyncReply *reply; /* of one in a batch */
  unsigned int patience;  /* the source that ends waiting for it, or 0 */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  forlop_http_request_unref (self->request);
  g_object_unref (self->server);
  g_free (self);
}

static gpointer
run_on_worker (gpointer       user_data,
               GCancellable  *cancellable G_GNUC_UNUSED,
               GError       **error G_GNUC_UNUSED)
{
  Job *self = user_data;

  return forlop_http_run (self->route, self->call);
}

/* The day is the server's own, which --today may have set; the HTTP library knows only the machine's. */
static void
add_headers (ForlopHttpServer  *self,
             ForlopHttpRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (forlop_clock_now (self->tenants->clock) / 1000);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Request-Id", request->call->request_id);
}

/* Takes the connection from the HTTP library; the message is gone with it. */
static void
open_stream (ForlopHttpServer  *self,
             ForlopHttpRequest *request,
             gint64             head)
{
  SoupServerMessage *message = request->message;
  g_autoptr (GSocket) socket = g_object_ref (soup_server_message_get_socket (message));
  gboolean is_chunked = soup_server_message_get_http_version (message) != SOUP_HTTP_1_0;
  g_autofree char *header = forlop_http_request_dup_stream_header (request, is_chunked);
  GIOStream *connection;

  request->is_gone = TRUE;
  connection = soup_server_message_steal_connection (message);
  if (connection == NULL)
    return;
  if (!forlop_http_connections_set (self->connections, socket, FORLOP_HTTP_WAITS_NOTHING))
    {
      g_object_unref (connection);
      return;
    }
  forlop_http_streams_add (self->streams, connection, socket, header, is_chunked, request->call->tenant,
                           request->call->session->id, head);
}

static void
answer (ForlopHttpServer  *self,
        ForlopHttpRequest *request,
        ForlopSyncReply   *reply)
{
  forlop_http_metrics_count (self->metrics, request->route, reply->status,
                             g_get_monotonic_time () - request->started_us);
  if (reply->status == 401)
    forlop_http_load_note_wrong (self->load, request->call->address);
  forlop_http_load_leave (self->load, request);
  if (request->is_gone)
    {
      forlop_sync_reply_free (reply);
      return;
    }

  if (request->route != NULL && request->route->is_stream && reply->status == 200)
    {
      gint64 head = reply->head;

      if (!self->is_stopping)
        {
          forlop_sync_reply_free (reply);
          open_stream (self, request, head);
          return;
        }
      forlop_sync_reply_free (reply);
      reply = forlop_http_run_unavailable (request->call);
    }
  add_headers (self, request);
  forlop_http_request_answer (request, reply);
  soup_server_message_unpause (request->message);
}

/* The storage is stuck. Whoever asked is told so while the connection is there; the thread goes on when it can,
 * and until then the request counts among those that are waited for. */
static gboolean
too_slow_cb (gpointer user_data)
{
  Job *job = user_data;
  ForlopHttpRequest *request = job->request;

  job->patience = 0;
  if (request->is_gone)
    return G_SOURCE_REMOVE;
  g_message ("Request %s has waited too long for the storage", request->call->request_id);
  forlop_http_metrics_count (job->server->metrics, request->route, 503,
                             g_get_monotonic_time () - request->started_us);
  request->retry_ms = FORLOP_HTTP_STUCK_RETRY_MS;
  add_headers (job->server, request);
  forlop_http_request_answer (request, forlop_sync_reply_problem (
    503, "busy", _("The server's storage does not answer. Whether this was stored is not known; it is asked "
                   "again, and stored once.")));
  request->is_gone = TRUE;
  soup_server_message_unpause (request->message);

  return G_SOURCE_REMOVE;
}

/* An answer that is held back, so that guessing is slow. */
typedef struct {
  Job *job;
  ForlopSyncReply *reply;
} Held;

static gboolean
held_cb (gpointer user_data)
{
  Held *self = user_data;

  answer (self->job->server, self->job->request, self->reply);
  job_free (self->job);
  g_free (self);

  return G_SOURCE_REMOVE;
}

static void
finish (Job             *job,
        ForlopSyncReply *reply)
{
  g_clear_handle_id (&job->patience, g_source_remove);
  if (reply->head > 0 && !job->route->is_stream)
    forlop_http_streams_poke (job->server->streams, job->call->tenant, reply->head);
  if (job->call->hold_ms > 0)
    {
      Held *held = g_new0 (Held, 1);

      held->job = job;
      held->reply = reply;
      g_timeout_add ((unsigned int) job->call->hold_ms, held_cb, held);
      return;
    }
  answer (job->server, job->request, reply);
  job_free (job);
}

static DexFuture *
done_cb (DexFuture *future,
         gpointer   user_data)
{
  ForlopSyncReply *reply = forlop_worker_steal (future, NULL);

  g_assert (reply != NULL);
  finish (user_data, reply);

  return NULL;
}

static void
run_in_batch (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->reply, forlop_sync_reply_free);
  self->reply = run_on_worker (self, NULL, NULL);
}

static void
finish_in_batch (gpointer data)
{
  Job *self = data;

  finish (self, g_steal_pointer (&self->reply));
}

static void
start (ForlopHttpServer  *self,
       ForlopHttpRequest *request)
{
  Job *job = g_new0 (Job, 1);
  ForlopWorker *worker = NULL;

  if (request->call->tenant != NULL)
    request->call->tenant = forlop_tenant_take_turn (request->call->tenant);
  if (request->route->thread == FORLOP_HTTP_ON_PROVIDER)
    worker = forlop_accounts_browser_choose (request->call);
  else if (request->route->thread == FORLOP_HTTP_ON_GATEWAY)
    worker = forlop_gateway_choose (request->call);
  else if (request->route->thread == FORLOP_HTTP_ON_TENANT && request->call->tenant != NULL)
    worker = request->call->tenant->worker;
  if (worker == NULL)
    worker = self->tenants->passwords;
  job->server = g_object_ref (self);
  job->request = forlop_http_request_ref (request);
  job->route = request->route;
  job->call = request->call;
  soup_server_message_pause (request->message);
  job->patience = g_timeout_add (self->limits.times.request, too_slow_cb, job);
  if (job->route->is_batched && forlop_http_batches_suit (job->call->tenant))
    {
      forlop_http_batches_add (self->batches, job->call->tenant, job, job->call->length);
      return;
    }
  dex_future_disown (dex_future_finally (
    forlop_worker_run (worker, run_on_worker, job, NULL, (GDestroyNotify) forlop_sync_reply_free), done_cb, job,
    NULL));
}

static ForlopSyncReply *
answer_self (ForlopHttpServer  *self,
             ForlopHttpRequest *request)
{
  ForlopHttpGauges gauges = {
    .connections = forlop_http_connections_count (self->connections),
    .streams = forlop_http_streams_count (self->streams),
    .queued = forlop_http_load_count (self->load),
    .tenants = g_hash_table_size (self->tenants->by_name),
  };

  if (g_str_equal (request->route->path, "/metrics"))
    return forlop_sync_reply_new (200, forlop_http_metrics_write (self->metrics, &gauges));
  if (request->route->handler != NULL)
    return request->route->handler (request->call, NULL);

  return forlop_sync_reply_new (200, g_strdup ("{\"status\":\"ok\"}"));
}

/* The body is here; what was refused by its header and had none is answered as well. */
static void
handler_cb (SoupServer        *soup G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char        *path G_GNUC_UNUSED,
            GHashTable        *query G_GNUC_UNUSED,
            gpointer           user_data)
{
  ForlopHttpServer *self = user_data;
  ForlopHttpRequest *request = forlop_http_request_get (message);
  g_autoptr (GBytes) body = NULL;

  g_assert (request != NULL);
  forlop_http_connections_set (self->connections, soup_server_message_get_socket (message),
                               FORLOP_HTTP_WAITS_ANSWER);
  if (request->refusal != NULL)
    {
      answer (self, request, g_steal_pointer (&request->refusal));
      return;
    }
  if (request->route->thread == FORLOP_HTTP_ON_MAIN)
    {
      gboolean is_text = g_str_equal (request->route->path, "/metrics");

      answer (self, request, answer_self (self, request));
      if (is_text)
        soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                               "text/plain; version=0.0.4", NULL);
      return;
    }

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  request->call->length = g_bytes_get_size (body);
  request->call->text = g_malloc0 (request->call->length + 1);
  if (request->call->length > 0)
    memcpy (request->call->text, g_bytes_get_data (body, NULL), request->call->length);
  start (self, request);
}

/* The HTTP library would read the whole body first. */
static void
cut_off (ForlopHttpServer  *self,
         ForlopHttpRequest *request)
{
  SoupServerMessage *message = request->message;
  g_autoptr (GSocket) socket = g_object_ref (soup_server_message_get_socket (message));
  g_autofree char *text = forlop_http_request_dup_refusal (request);
  GIOStream *stream;

  forlop_http_metrics_count (self->metrics, request->route, request->refusal->status,
                             g_get_monotonic_time () - request->started_us);
  request->is_gone = TRUE;
  forlop_http_load_leave (self->load, request);
  stream = soup_server_message_steal_connection (message);
  if (stream == NULL)
    return;
  g_socket_send (socket, text, strlen (text), NULL, NULL);
  forlop_http_connections_linger (self->connections, socket, stream);
}

static void
early_cb (SoupServer        *soup G_GNUC_UNUSED,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query G_GNUC_UNUSED,
          gpointer           user_data)
{
  ForlopHttpServer *self = user_data;
  ForlopHttpRequest *request = forlop_http_request_new (message);

  forlop_http_connections_set (self->connections, soup_server_message_get_socket (message),
                               FORLOP_HTTP_WAITS_BODY);
  forlop_http_request_read (request, path, self->tenants, self->limits.behind_proxy);
  forlop_http_load_take (self->load, request, self->is_stopping);
  if (request->refusal != NULL && forlop_http_request_has_body (request))
    cut_off (self, request);
}

/* The HTTP library shows nobody what is asked of "*", and would read whatever comes with it. */
static void
got_headers_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  ForlopHttpServer *self = user_data;

  if (forlop_http_request_get (message) != NULL)
    return;
  early_cb (self->soup, message, "*", NULL, self);
  if (!forlop_http_request_get (message)->is_gone)
    cut_off (self, forlop_http_request_get (message));
}

static void
started_cb (SoupServer        *soup G_GNUC_UNUSED,
            SoupServerMessage *message,
            gpointer           user_data)
{
  ForlopHttpServer *self = user_data;

  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  forlop_http_connections_set (self->connections, soup_server_message_get_socket (message),
                               FORLOP_HTTP_WAITS_HEADER);
}

static void
finished_cb (SoupServer        *soup G_GNUC_UNUSED,
             SoupServerMessage *message,
             gpointer           user_data)
{
  ForlopHttpServer *self = user_data;
  ForlopHttpRequest *request = forlop_http_request_get (message);
  GSocket *socket = soup_server_message_get_socket (message);

  if (request != NULL)
    {
      request->is_gone = TRUE;
      if (request->message != NULL && request->call->text == NULL)
        forlop_http_load_leave (self->load, request);
    }
  if (socket != NULL && !g_socket_is_closed (socket))
    forlop_http_connections_set (self->connections, socket, FORLOP_HTTP_WAITS_IDLE);
}

static void
aborted_cb (SoupServer        *soup,
            SoupServerMessage *message,
            gpointer           user_data)
{
  ForlopHttpServer *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);

  finished_cb (soup, message, user_data);
  if (socket != NULL)
    forlop_http_connections_drop (self->connections, socket);
}

static void
forlop_http_server_dispose (GObject *object)
{
  ForlopHttpServer *self = FORLOP_HTTP_SERVER (object);

  if (self->soup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->soup, self);
      soup_server_remove_handler (self->soup, NULL);
      soup_server_disconnect (self->soup);
    }
  g_clear_pointer (&self->streams, forlop_http_streams_free);
  g_clear_pointer (&self->connections, forlop_http_connections_free);
  g_clear_object (&self->soup);

  G_OBJECT_CLASS (forlop_http_server_parent_class)->dispose (object);
}

static void
forlop_http_server_finalize (GObject *object)
{
  ForlopHttpServer *self = FORLOP_HTTP_SERVER (object);

  forlop_http_metrics_free (self->metrics);
  forlop_http_batches_free (self->batches);
  forlop_http_load_free (self->load);

  G_OBJECT_CLASS (forlop_http_server_parent_class)->finalize (object);
}

static void
forlop_http_server_class_init (ForlopHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_http_server_dispose;
  object_class->finalize = forlop_http_server_finalize;
}

static void
forlop_http_server_init (ForlopHttpServer *self)
{
  self->metrics = forlop_http_metrics_new ();
  self->batches = forlop_http_batches_new (run_in_batch, finish_in_batch);
}

ForlopHttpServer *
forlop_http_server_new (ForlopTenants          *tenants,
                        const ForlopHttpLimits *limits)
{
  ForlopHttpServer *self;

  g_return_val_if_fail (tenants != NULL && limits != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_HTTP_SERVER, NULL);
  self->tenants = tenants;
  self->limits = *limits;
  self->connections = forlop_http_connections_new (&limits->times);
  self->streams = forlop_http_streams_new (limits->comment_ms);
  self->load = forlop_http_load_new (limits->max_queued, limits->max_body_bytes, limits->per_second, limits->burst);

  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (started_cb), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (aborted_cb), self);

  return self;
}

gboolean
forlop_http_server_listen (ForlopHttpServer  *self,
                           GSocket           *socket,
                           GError           **error)
{
  g_return_val_if_fail (FORLOP_IS_HTTP_SERVER (self), FALSE);
  g_return_val_if_fail (G_IS_SOCKET (socket), FALSE);

  return soup_server_listen_socket (self->soup, socket, 0, error);
}

void
forlop_http_server_poke (ForlopHttpServer *self,
                         ForlopTenant     *tenant,
                         gint64            head)
{
  g_return_if_fail (FORLOP_IS_HTTP_SERVER (self) && tenant != NULL);

  forlop_http_streams_poke (self->streams, tenant, head);
}

void
forlop_http_server_stop (ForlopHttpServer *self)
{
  g_return_if_fail (FORLOP_IS_HTTP_SERVER (self));

  self->is_stopping = TRUE;
  forlop_http_streams_end (self->streams);
}

gboolean
forlop_http_server_is_idle (ForlopHttpServer *self)
{
  g_return_val_if_fail (FORLOP_IS_HTTP_SERVER (self), FALSE);

  return self->is_stopping && forlop_http_load_count (self->load) == 0 && forlop_http_streams_count (self->streams) == 0;
}
