/* SPDX-License-Identifier: EUPL-1.2 */

#include "bench-client.h"

#include "forlop-changeset-store.h"
#include "forlop-mirror-store.h"
#include "forlop-refresh-store.h"
#include "forlop-store-create.h"
#include "forlop-store-mirror.h"
#include "forlop-transaction.h"

#define CHANGESETS_PER_COMMIT 500

static void
must (gboolean  well,
      GError   *error)
{
  if (!well || error != NULL)
    g_error ("the benchmark cannot go on: %s", error != NULL ? error->message : "no reason given");
}

ForlopHttpTransport *
bench_transport_new (BenchServer *server)
{
  g_autoptr (GError) error = NULL;
  ForlopHttpSettings settings = { .address = server->address, .proxy = "none", .timeout_seconds = 60 };
  ForlopHttpTransport *transport = forlop_http_transport_new (&settings, &error);

  must (transport != NULL, error);

  return transport;
}

BenchClient *
bench_client_new (BenchServer  *server,
                  unsigned int  device)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/client-%u.forlop", server->folder, device);
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  BenchClient *self = g_new0 (BenchClient, 1);

  self->server = server;
  self->device = g_ptr_array_index (server->devices, device);
  must (forlop_store_create (path, key, NULL, &error), error);
  self->connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  must (self->connection != NULL, error);
  must (forlop_mirror_store_pair (self->connection, server->address, &error), error);
  self->mirror = forlop_store_mirror_new_for_connection (self->connection, NULL);
  self->client = forlop_sync_client_new (self->mirror);
  self->transport = bench_transport_new (server);

  return self;
}

void
bench_client_free (BenchClient *self)
{
  forlop_sync_client_free (self->client);
  forlop_sync_mirror_free (self->mirror);
  forlop_connection_close (self->connection);
  g_object_unref (self->connection);
  forlop_http_transport_free (self->transport);
  g_free (self);
}

static void
write_one (BenchClient  *self,
           unsigned int  n_records,
           gint64        now)
{
  g_autoptr (GError) error = NULL;
  BenchServer *server = self->server;
  g_autofree char *op_id = forlop_id_source_next (server->ids, now);
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (server->acts->nurse->user_id, "resource_person", server->acts->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "add-task", actor, now);

  for (unsigned int i = 0; i < n_records; i++)
    {
      g_autofree char *task_id = forlop_id_source_next (server->ids, now);
      ForlopRecord *task = forlop_changeset_make (changeset, "task", task_id);

      forlop_record_set_text (task, "unit_id", server->acts->zone);
      forlop_record_set_text (task, "role", "resource_person");
      forlop_record_set_text (task, "kind", "general");
      forlop_record_set_text (task, "title", "Ring lageret");
      forlop_record_set_text (task, "status", "open");
    }
  forlop_changeset_stamp (changeset);
  must (forlop_changeset_store_apply (self->connection, changeset, NULL, NULL, &error) &&
          forlop_refresh_store_after (self->connection, changeset, now, &error),
        error);
}

void
bench_client_write_tasks (BenchClient  *self,
                          unsigned int  n_changesets,
                          unsigned int  n_records)
{
  g_autoptr (GError) error = NULL;
  gint64 now = forlop_clock_now (self->server->clock);

  for (unsigned int i = 0; i < n_changesets; i++)
    {
      if (i % CHANGESETS_PER_COMMIT == 0)
        must ((i == 0 || forlop_connection_commit (self->connection, &error)) &&
                forlop_connection_begin (self->connection, &error),
              error);
      write_one (self, n_records, now);
    }
  must (forlop_connection_commit (self->connection, &error), error);
}

/* One request and its answer. FALSE when there is nothing to ask. */
static gboolean
exchange (BenchClient *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (ForlopHttpAnswer) http = { 0 };
  gint64 now = forlop_clock_now (self->server->clock);
  g_autoptr (ForlopSyncRequest) request = forlop_sync_client_next (self->client, now, &error);
  ForlopSyncAnswer answer = { .random = 1 };

  must (error == NULL, error);
  if (request == NULL)
    return FALSE;
  must (forlop_http_transport_send (self->transport, request->method, request->path, self->device->token,
                                    request->body, &http, NULL, &error),
        error);
  if (http.status != 200)
    g_printerr ("%s: %u %s\n", request->path, http.status, http.text);
  answer.status = http.status;
  answer.text = http.text;
  answer.retry_after = http.retry_after;
  must (forlop_sync_client_take (self->client, request, &answer, now, &error), error);

  return TRUE;
}

static void
rest (BenchClient *self)
{
  gint64 wait = forlop_sync_client_get_next_at (self->client) - forlop_clock_now (self->server->clock);

  g_usleep ((gulong) CLAMP (wait, 1, 1000) * 1000);
}

void
bench_client_send (BenchClient *self)
{
  while (bench_client_count (self, "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting')") > 0)
    if (!exchange (self))
      rest (self);
}

void
bench_client_sync_first (BenchClient *self)
{
  while (bench_client_count (self, "SELECT last_ok_at IS NULL FROM sync_state") > 0)
    if (!exchange (self))
      rest (self);
}

void
bench_client_sync (BenchClient *self)
{
  forlop_sync_client_poke (self->client, 0);
  do
    while (exchange (self))
      ;
  while (forlop_sync_client_get_standing (self->client) != FORLOP_SYNC_IDLE && (rest (self), TRUE));
}

gint64
bench_client_count (BenchClient *self,
                    const char  *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  must (forlop_connection_query_integer (self->connection, sql, &n, &error), error);

  return n;
}
