/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include <string.h>

#include "forlop-fault-vfs.h"

/* Pages of a few rows, so that a turn has many. */
static char *
small_pages (const char *body)
{
  g_autoptr (GString) text = g_string_new (body != NULL ? body : "{}");

  g_string_replace (text, "\"limit\":1000", "\"limit\":7", 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef ForlopSyncReply *(*Endpoint) (ForlopServerStorage     *storage,
                                      const ForlopSyncCaller  *caller,
                                      gint64                   now,
                                      const char              *text,
                                      gsize                    length,
                                      GError                 **error);

static const struct {
  const char *path;
  Endpoint endpoint;
} endpoints[] = {
  { "/v1/sync/pull", forlop_sync_server_pull },
  { "/v1/sync/scope", forlop_sync_server_scope },
  { "/v1/sync/ack", forlop_sync_server_ack },
  { "/v1/contents/ask", forlop_sync_server_contents_ask },
  { "/v1/contents/put", forlop_sync_server_contents_put },
  { "/v1/contents/get", forlop_sync_server_contents_get },
};

static ForlopSyncReply *
answer (SimClient               *self,
        const ForlopSyncRequest *request)
{
  SimWorld *world = self->world;
  const ForlopSyncCaller caller = {
    .user_id = self->actor->user_id, .device_id = self->device_id, .request_id = "sim",
  };
  g_autofree char *text = request->contents == NULL ? small_pages (request->body) : g_strdup (request->body);
  gsize length = strlen (text);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (request->path, "/v1/sync/hello"))
    return forlop_sync_server_hello (world->storage, &caller, world->now, &error);
  if (g_str_equal (request->path, "/v1/sync/push"))
    return forlop_sync_server_push (world->storage, &caller, world->server_ids, world->now, text, length, &error);
  for (unsigned int i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (g_str_equal (request->path, endpoints[i].path))
      return endpoints[i].endpoint (world->storage, &caller, world->now, text, length, &error);
  g_assert_not_reached ();
}

/* A file has come: who listens is told, or hears of it with the next turn. */
static void
poke (SimWorld *self,
      gint64    head)
{
  self->has_come = TRUE;
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    if (self->is_healing || sim_draw (self, 4) > 0)
      forlop_sync_client_poke (self->clients[i].client, head);
}

/* The server's side of one request, on the shipped endpoint. NULL when the server fell over. */
static ForlopSyncReply *
serve (SimClient               *self,
       const ForlopSyncRequest *request)
{
  ForlopSyncReply *reply = answer (self, request);

  if (reply == NULL)
    return NULL;
  sim_note_head (self->world);
  sim_check_granted (self, reply);
  sim_check_stored (self, reply);
  if (request->kind == FORLOP_SYNC_REQUEST_GET)
    sim_check_part (self, request, reply);
  if (request->kind == FORLOP_SYNC_REQUEST_PUT && reply->head > 0)
    poke (self->world, reply->head);

  return reply;
}

/* As after kill −9: its file is opened again. */
static void
kill_server (SimWorld *self)
{
  self->counts.deaths++;
  sim_server_close (self);
  forlop_fault_vfs_reset ();
  sim_server_open (self);
  sim_forget_heads_after (self, sim_get_head (self));
  sim_note_head (self);
}

static ForlopSyncReply *
serve_and_crash (SimClient               *self,
                 const ForlopSyncRequest *request)
{
  SimWorld *world = self->world;
  ForlopSyncReply *reply;
  unsigned int n = 1 + sim_draw (world, 12);

  forlop_fault_vfs_reset ();
  forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC, n, FORLOP_FAULT_IO, TRUE);
  reply = serve (self, request);
  if (forlop_fault_vfs_n_failed () > 0)
    {
      sim_tell (world, "the server dies at its write %u", n);
      kill_server (world);
      g_clear_pointer (&reply, forlop_sync_reply_free);
    }
  forlop_fault_vfs_reset ();

  return reply;
}

static void
take (SimClient               *self,
      const ForlopSyncRequest *request,
      const ForlopSyncReply   *reply)
{
  const ForlopSyncAnswer answer = {
    .status = reply != NULL ? reply->status : 0,
    .text = reply != NULL ? reply->body : NULL,
    .random = sim_draw (self->world, G_MAXUINT32),
  };
  g_autoptr (GError) error = NULL;

  if (reply != NULL)
    sim_note_answers (self->world, reply);
  if (forlop_sync_client_take (self->client, request, &answer, self->world->now + self->skew, &error))
    {
      sim_check_client (self);
      sim_watch_files (self);
    }
  else if (error != NULL)
    sim_tell (self->world, "%s: %s", self->name, error->message);
}

/* The device dies while it stores a reply, at one of its writes. */
static void
take_and_crash (SimClient               *self,
                const ForlopSyncRequest *request,
                const ForlopSyncReply   *reply)
{
  unsigned int n = 1 + sim_draw (self->world, 20);

  forlop_fault_vfs_reset ();
  forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC, n, FORLOP_FAULT_IO, TRUE);
  take (self, request, reply);
  if (forlop_fault_vfs_n_failed () > 0)
    {
      sim_tell (self->world, "%s dies at its write %u", self->name, n);
      self->world->counts.deaths++;
    }
  sim_client_close (self);
  forlop_fault_vfs_reset ();
  sim_client_open (self);
}

static void
keep_late (SimClient         *self,
           ForlopSyncRequest *request,
           ForlopSyncReply   *reply)
{
  if (self->late_request != NULL)
    {
      forlop_sync_request_free (request);
      forlop_sync_reply_free (reply);
      return;
    }
  self->late_request = request;
  self->late_reply = reply;
}

void
sim_deliver_late (SimClient *self)
{
  g_autoptr (ForlopSyncRequest) request = g_steal_pointer (&self->late_request);
  g_autoptr (ForlopSyncReply) reply = g_steal_pointer (&self->late_reply);

  if (request == NULL)
    return;
  sim_tell (self->world, "%s gets a late reply to %s", self->name, request->path);
  take (self, request, reply);
}

static void
meet_trouble (SimClient         *self,
              ForlopSyncRequest *taken)
{
  SimWorld *world = self->world;
  g_autoptr (ForlopSyncRequest) request = taken;
  g_autoptr (ForlopSyncReply) reply = NULL;
  g_autoptr (ForlopSyncReply) again = NULL;

  switch (sim_draw (world, 6))
    {
    case 0:
      sim_tell (world, "%s: %s is lost", self->name, request->path);
      take (self, request, NULL);
      return;
    case 1:
      sim_tell (world, "%s: the reply to %s is lost", self->name, request->path);
      reply = serve (self, request);
      take (self, request, NULL);
      return;
    case 2:
      sim_tell (world, "%s: %s arrives twice", self->name, request->path);
      reply = serve (self, request);
      again = serve (self, request);
      take (self, request, again);
      take (self, request, reply);
      return;
    case 3:
      sim_tell (world, "%s: the reply to %s is late", self->name, request->path);
      reply = serve (self, request);
      take (self, request, NULL);
      keep_late (self, g_steal_pointer (&request), g_steal_pointer (&reply));
      return;
    case 4:
      reply = serve_and_crash (self, request);
      take (self, request, reply);
      return;
    default:
      reply = serve (self, request);
      take_and_crash (self, request, reply);
      return;
    }
}

gboolean
sim_exchange (SimClient *self)
{
  SimWorld *world = self->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRequest) request =
    forlop_sync_client_next (self->client, world->now + self->skew, &error);
  g_autoptr (ForlopSyncReply) reply = NULL;

  if (request == NULL)
    return FALSE;
  world->counts.exchanges++;
  if (!world->is_healing && sim_draw (world, 4) == 0)
    {
      world->counts.troubles++;
      meet_trouble (self, g_steal_pointer (&request));
      return TRUE;
    }

  reply = serve (self, request);
  if (reply != NULL)
    sim_tell (world, "%s: %s %u %s", self->name, request->path, reply->status,
              reply->status != 200 ? reply->body : "");
  take (self, request, reply);

  return TRUE;
}

/* One request, whose reply is late when it is of this kind. Returns its path. */
const char *
sim_exchange_late (SimClient            *self,
                   ForlopSyncRequestKind kind)
{
  SimWorld *world = self->world;
  g_autoptr (ForlopSyncRequest) request =
    forlop_sync_client_next (self->client, world->now + self->skew, NULL);
  g_autoptr (ForlopSyncReply) reply = NULL;
  const char *path;

  if (request == NULL)
    return "";
  path = request->path;
  reply = serve (self, request);
  if (request->kind == kind)
    keep_late (self, g_steal_pointer (&request), g_steal_pointer (&reply));
  else
    take (self, request, reply);

  return path;
}

typedef struct {
  SimClient *client;
  ForlopSyncRequest *request;
  ForlopSyncReply *reply;
} Call;

static void
run_call (gpointer job)
{
  Call *self = job;
  SimWorld *world = self->client->world;

  g_clear_pointer (&self->reply, forlop_sync_reply_free);
  self->reply = answer (self->client, self->request);
  if (self->reply == NULL)
    return;
  /* It may be run again, and then comes to the same position with something else. */
  sim_forget_heads_after (world, sim_get_head (world) - 1);
  sim_note_head (world);
  sim_check_granted (self->client, self->reply);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  forlop_sync_request_free (self->request);
  g_clear_pointer (&self->reply, forlop_sync_reply_free);
  g_free (self);
}

static void
answer_alone (SimClient         *self,
              ForlopSyncRequest *taken)
{
  g_autoptr (ForlopSyncRequest) request = taken;
  g_autoptr (ForlopSyncReply) reply = serve (self, request);

  take (self, request, reply);
}

/* What the server takes together; the rest is answered alone. */
static GPtrArray *
gather (SimWorld *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (call_free);

  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      SimClient *client = &self->clients[i];
      ForlopSyncRequest *request = forlop_sync_client_next (client->client, self->now + client->skew, NULL);

      if (request == NULL)
        continue;
      if (request->kind >= FORLOP_SYNC_REQUEST_PUSH && request->kind <= FORLOP_SYNC_REQUEST_ACK)
        {
          Call *call = g_new0 (Call, 1);

          *call = (Call) { client, request, NULL };
          g_ptr_array_add (calls, call);
          continue;
        }
      answer_alone (client, request);
    }

  return calls;
}

static void
deliver (Call *self)
{
  SimWorld *world = self->client->world;
  gboolean is_lost = sim_draw (world, 5) == 0;

  if (self->reply != NULL)
    {
      sim_check_stored (self->client, self->reply);
      sim_tell (world, "%s: %s together %u%s", self->client->name, self->request->path, self->reply->status,
                is_lost ? ", and the reply is lost" : "");
    }
  take (self->client, self->request, is_lost ? NULL : self->reply);
}

/* One write in three batches fails, and of those every other is the server's last. */
void
sim_exchange_together (SimWorld *self)
{
  g_autoptr (GPtrArray) calls = gather (self);
  unsigned int trouble = sim_draw (self, 6);
  unsigned int n = 1 + sim_draw (self, 24);

  if (calls->len == 0)
    return;
  self->counts.together++;
  forlop_fault_vfs_reset ();
  if (trouble < 2)
    forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC, n, FORLOP_FAULT_IO, trouble == 0);
  forlop_server_storage_run_together (self->storage, calls, run_call, NULL, NULL);
  if (trouble < 2 && forlop_fault_vfs_n_failed () > 0)
    sim_tell (self, "%u together, and write %u fails%s", calls->len, n, trouble == 0 ? ": the server dies" : "");
  if (trouble == 0 && forlop_fault_vfs_n_failed () > 0)
    {
      for (unsigned int i = 0; i < calls->len; i++)
        g_clear_pointer (&((Call *) g_ptr_array_index (calls, i))->reply, forlop_sync_reply_free);
      kill_server (self);
    }
  forlop_fault_vfs_reset ();
  sim_forget_heads_after (self, sim_get_head (self) - 1);
  sim_note_head (self);
  for (unsigned int i = 0; i < calls->len; i++)
    deliver (g_ptr_array_index (calls, i));
}
