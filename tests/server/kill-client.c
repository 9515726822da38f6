/* SPDX-License-Identifier: EUPL-1.2 */

/* A client that writes, attaches files and syncs until the file "stop" is there, then until everything is sent and
 * received. It is killed at random moments and started again on the same file.
 *
 * kill-client FOLDER N TOKEN USER ZONE CITIZEN ADDRESS… */

#include <stdio.h>
#include <string.h>

#include "forlop-blob-sweep.h"
#include "forlop-changeset-store.h"
#include "forlop-clock.h"
#include "forlop-http-transport.h"
#include "forlop-mirror-store.h"
#include "forlop-record-store.h"
#include "forlop-refresh-store.h"
#include "forlop-store-create.h"
#include "forlop-store-mirror.h"
#include "forlop-sync-client.h"
#include "forlop-sync-limits.h"
#include "forlop-transaction.h"
#include "forlop-upload-store.h"
#include "store-test-util.h"

#define MAX_ADDRESSES 2
#define MOST_AT_ONCE 8
#define PAUSE_US 10000
/* Up to three parts. */
#define LARGEST (5 * FORLOP_SYNC_PART_BYTES / 2)
#define MOST_FILES 12
/* In every file, so that it can be looked for on the disks. */
#define CANARY "KANARIFUGLEN SYNGER I KLARTEKST"

typedef struct {
  ForlopConnection *connection;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopSyncClient *client;
  ForlopHttpTransport *transports[MAX_ADDRESSES];
  unsigned int n_transports;
  unsigned int turn;
  const char *token;
  const char *user_id;
  const char *zone;
  const char *citizen_id;
  ForlopBlobStore *blobs;
  unsigned int n_files;
  char *stop;
  char *replies;
} Client;

static void
apply (Client          *self,
       ForlopChangeset *changeset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTransaction) transaction = NULL;

  forlop_changeset_stamp (changeset);
  transaction = forlop_transaction_begin (self->connection, &error);
  if (transaction == NULL || !forlop_changeset_store_apply (self->connection, changeset, NULL, NULL, &error) ||
      !forlop_refresh_store_after (self->connection, changeset, forlop_clock_now (self->clock), &error) ||
      !forlop_transaction_commit (transaction, &error))
    g_error ("%s", error->message);
}

static GBytes *
make_file (void)
{
  gsize length = (gsize) g_random_int_range (100, (int) LARGEST);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_random_int ();
  memcpy (bytes, CANARY, strlen (CANARY));

  return g_bytes_new_take (bytes, length);
}

/* Once the citizen has come. */
static void
attach (Client *self)
{
  g_autoptr (GError) error = NULL;
  gint64 now = forlop_clock_now (self->clock);
  g_autofree char *op_id = forlop_id_source_next (self->ids, now);
  g_autofree char *id = forlop_id_source_next (self->ids, now);
  g_autoptr (ForlopActor) actor = forlop_actor_new (self->user_id, "resource_person", self->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "attach-document", actor, now);
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (ForlopRecord) citizen = forlop_record_store_peek (
    self->connection, forlop_record_type_find ("citizen"), self->citizen_id, NULL);
  g_autofree char *hash = NULL;
  ForlopRecord *document;

  if (citizen == NULL || self->n_files == MOST_FILES)
    return;
  self->n_files++;
  hash = forlop_blob_store_put (self->blobs, file, &error);
  g_assert_no_error (error);
  document = forlop_changeset_make (changeset, "document", id);
  forlop_record_set_text (document, "citizen_id", self->citizen_id);
  forlop_record_set_text (document, "kind", "other");
  forlop_record_set_text (document, "title", "Epikrise");
  forlop_record_set_text (document, "content", hash);
  forlop_record_set_text (document, "media_type", "application/pdf");
  forlop_record_set_instant (document, "added_at", now);
  forlop_record_set_text (document, "added_by", self->user_id);
  apply (self, changeset);
}

static void
write_task (Client *self)
{
  gint64 now = forlop_clock_now (self->clock);
  g_autofree char *op_id = forlop_id_source_next (self->ids, now);
  g_autofree char *task_id = forlop_id_source_next (self->ids, now);
  g_autoptr (ForlopActor) actor = forlop_actor_new (self->user_id, "resource_person", self->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "add-task", actor, now);
  ForlopRecord *task = forlop_changeset_make (changeset, "task", task_id);

  forlop_record_set_text (task, "unit_id", self->zone);
  forlop_record_set_text (task, "role", "resource_person");
  forlop_record_set_text (task, "kind", "general");
  forlop_record_set_text (task, "title", "Ring lageret");
  forlop_record_set_text (task, "status", "open");
  apply (self, changeset);
}

/* What the server confirmed, as it said so: a client that is told of a loss sends again, and the file would
 * not show that anything was lost. */
static void
note_reply (Client     *self,
            const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  FILE *file = fopen (self->replies, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (line, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* To one of the servers, and to the other one next time when it does not answer. */
static void
exchange (Client            *self,
          ForlopSyncRequest *request)
{
  g_auto (ForlopHttpAnswer) http = { 0 };
  g_autoptr (GError) error = NULL;
  ForlopSyncAnswer answer = { .random = g_random_int () };

  if (forlop_http_transport_send (self->transports[self->turn], request->method, request->path, self->token,
                                  request->body, &http, NULL, NULL))
    {
      answer.status = http.status;
      answer.text = http.text;
      answer.retry_after = http.retry_after;
      if (request->kind == FORLOP_SYNC_REQUEST_PUSH && http.status == 200)
        note_reply (self, http.text);
    }
  else
    {
      self->turn = (self->turn + 1) % self->n_transports;
    }
  if (!forlop_sync_client_take (self->client, request, &answer, forlop_clock_now (self->clock), &error))
    g_error ("%s", error->message);
}

static gboolean
is_fatal (ForlopSyncStanding standing)
{
  return standing == FORLOP_SYNC_STUCK || standing == FORLOP_SYNC_SIGNED_OUT || standing == FORLOP_SYNC_TOO_OLD ||
         standing == FORLOP_SYNC_LOCAL_FAULT || standing == FORLOP_SYNC_SERVER_FAULT;
}

/* Until there is nothing to ask, or for as long as a wait lasts. */
static gboolean
take_turns (Client *self)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopSyncRequest) request =
        forlop_sync_client_next (self->client, forlop_clock_now (self->clock), &error);
      ForlopSyncStanding standing;

      g_assert_no_error (error);
      if (request != NULL)
        exchange (self, request);
      standing = forlop_sync_client_get_standing (self->client);
      if (is_fatal (standing))
        g_error ("standing %d: %s", standing, forlop_sync_client_get_detail (self->client));
      if (standing == FORLOP_SYNC_IDLE)
        return TRUE;
      if (request == NULL || standing == FORLOP_SYNC_OFFLINE)
        return FALSE;
    }
}

/* A server that is busy tells the files to wait, and there is nothing else to ask meanwhile. */
static gboolean
has_no_file_to_wait_for (Client *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) unsent = forlop_upload_store_list (self->connection, 1, &error);
  g_autoptr (GPtrArray) named = unsent != NULL ? forlop_upload_store_list_named (self->connection, &error) : NULL;

  g_assert_no_error (error);
  if (unsent->len > 0)
    return FALSE;
  for (unsigned int i = 0; i < named->len; i++)
    if (!forlop_blob_store_has (self->blobs, ((ForlopSyncContents *) g_ptr_array_index (named, i))->hash))
      return FALSE;

  return TRUE;
}

static void
run (Client *self)
{
  while (TRUE)
    {
      gboolean is_last = g_file_test (self->stop, G_FILE_TEST_EXISTS);

      for (int i = is_last ? 0 : g_random_int_range (0, MOST_AT_ONCE); i > 0; i--)
        write_task (self);
      if (!is_last && g_random_int_range (0, 3) == 0)
        attach (self);
      forlop_sync_client_poke (self->client, 0);
      if (take_turns (self) && is_last && has_no_file_to_wait_for (self))
        return;
      if (forlop_sync_client_get_standing (self->client) == FORLOP_SYNC_OFFLINE)
        forlop_sync_client_wake (self->client);
      g_usleep (PAUSE_US);
    }
}

static ForlopConnection *
open_file (const char *folder,
           const char *n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/client-%s.forlop", folder, n);
  guint8 bytes[FORLOP_KEY_LENGTH];
  g_autoptr (ForlopKey) key = NULL;
  ForlopConnection *connection;
  gint64 is_paired;

  store_test_fill_key (bytes);
  key = forlop_key_new (bytes);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !forlop_store_create (path, key, NULL, &error))
    g_error ("%s", error->message);
  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  if (connection == NULL ||
      !forlop_connection_query_integer (connection, "SELECT count (*) FROM sync_state", &is_paired, &error) ||
      (!is_paired && !forlop_mirror_store_pair (connection, "https://forlop.example", &error)))
    g_error ("%s", error->message);

  return connection;
}

/* As the store does when it is opened. */
static ForlopBlobStore *
open_blobs (Client     *self,
            const char *folder,
            const char *n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/client-%s.forlop.blobs", folder, n);
  guint8 bytes[FORLOP_KEY_LENGTH];
  g_autoptr (ForlopKey) key = NULL;
  ForlopBlobStore *blobs;

  store_test_fill_key (bytes);
  key = forlop_key_new (bytes);
  blobs = forlop_blob_store_new (path, key);
  if (!forlop_blob_sweep (self->connection, blobs, &error))
    g_error ("%s", error->message);

  return blobs;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ForlopSyncMirror) mirror = NULL;
  Client self = { 0 };

  g_assert_cmpint (argc, >, 7);
  forlop_http_transport_init ();
  self.connection = open_file (argv[1], argv[2]);
  self.stop = g_build_filename (argv[1], "stop", NULL);
  self.replies = g_strdup_printf ("%s/replies-%s", argv[1], argv[2]);
  self.token = argv[3];
  self.user_id = argv[4];
  self.zone = argv[5];
  self.citizen_id = argv[6];
  self.blobs = open_blobs (&self, argv[1], argv[2]);
  self.clock = forlop_clock_new_system ();
  self.ids = forlop_id_source_new_system ();
  for (int i = 7; i < argc; i++)
    {
      ForlopHttpSettings settings = { .address = argv[i], .proxy = "none", .timeout_seconds = 10 };

      self.transports[self.n_transports++] = forlop_http_transport_new (&settings, NULL);
    }
  self.turn = g_random_int () % self.n_transports;
  mirror = forlop_store_mirror_new_for_connection (self.connection, self.blobs);
  self.client = forlop_sync_client_new (mirror);
  run (&self);
  forlop_sync_client_free (self.client);
  for (unsigned int i = 0; i < self.n_transports; i++)
    forlop_http_transport_free (self.transports[i]);
  forlop_connection_close (self.connection);
  g_object_unref (self.connection);
  g_object_unref (self.blobs);
  forlop_clock_unref (self.clock);
  forlop_id_source_unref (self.ids);
  g_free (self.stop);
  g_free (self.replies);

  return 0;
}
