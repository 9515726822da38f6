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

/* The server's side of one request, on the shipped endpoint. NULL when the server fell over: its file
 * is opened again, as after kill −9. */
static ForlopSyncReply *
serve (SimClient               *self,
       const ForlopSyncRequest *request)
{
  SimWorld *world = self->world;
  const ForlopSyncCaller caller = {
    .user_id = self->actor->user_id, .device_id = self->device_id, .request_id = "sim",
  };
  g_autofree char *text = small_pages (request->body);
  gsize length = strlen (text);
  g_autoptr (GError) error = NULL;
  ForlopSyncReply *reply;

  if (g_str_equal (request->path, "/v1/sync/hello"))
    reply = forlop_sync_server_hello (world->storage, &caller, world->now, &error);
  else if (g_str_equal (request->path, "/v1/sync/push"))
    reply = forlop_sync_server_push (world->storage, &caller, world->server_ids, world->now, text,
                                     length, &error);
  else if (g_str_equal (request->path, "/v1/sync/pull"))
    reply = forlop_sync_server_pull (world->storage, &caller, world->now, text, length, &error);
  else if (g_str_equal (request->path, "/v1/sync/scope"))
    reply = forlop_sync_server_scope (world->storage, &caller, world->now, text, length, &error);
  else
    reply = forlop_sync_server_ack (world->storage, &caller, world->now, text, length, &error);

  if (reply != NULL)
    {
      sim_note_head (world);
      sim_check_reply (self, reply);
    }

  return reply;
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
      world->counts.deaths++;
      sim_server_close (world);
      forlop_fault_vfs_reset ();
      sim_server_open (world);
      g_clear_pointer (&reply, forlop_sync_reply_free);
      sim_note_head (world);
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
    sim_check_client (self);
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
