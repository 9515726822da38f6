/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-template.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "forlop-connection-private.h"
#include "forlop-fault-vfs.h"
#include "forlop-mirror-store.h"
#include "forlop-sqlite-storage.h"
#include "forlop-store-mirror.h"

/* Both copies of the header, and what a checkpoint says. */
#define WAL_INDEX_HEADER 136
#define WAL_INDEX_BYTES 32768

/* And some more, so that what lasts a day is over. */
#define A_DAY (26 * FORLOP_HOUR)

unsigned int
sim_draw (SimWorld     *self,
          unsigned int  n)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return (unsigned int) ((z ^ (z >> 31)) % n);
}

void
sim_tell (SimWorld   *self,
          const char *format,
          ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->story, format, args);
  va_end (args);
  g_string_append_c (self->story, '\n');
}

void
sim_fail (SimWorld   *self,
          const char *checker,
          const char *format,
          ...)
{
  g_autofree char *what = NULL;
  va_list args;

  if (self->failure != NULL)
    return;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  self->failure = g_strdup_printf ("%s: %s", checker, what);
  sim_tell (self, "!! %s", self->failure);
}

void
sim_copy (const char *from,
          const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
sim_server_open (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  self->storage = forlop_sqlite_storage_open (self->server_path, self->key, FALSE, self->server_ids,
                                              &error);
  g_assert_no_error (error);
  sim_plant (self->storage, self->planted);
}

void
sim_server_close (SimWorld *self)
{
  if (self->reader != NULL)
    forlop_connection_close (self->reader);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->storage, forlop_server_storage_free);
}

static ForlopSyncMirror *
make_mirror (SimClient *self)
{
  ForlopSyncMirror *mirror = forlop_store_mirror_new_for_connection (self->connection, self->blobs);

  sim_plant_mirror (mirror, self->connection, self->world->planted);

  return mirror;
}

void
sim_client_open (SimClient *self)
{
  g_autoptr (GError) error = NULL;

  self->connection = forlop_connection_open (self->path, self->world->key, FORLOP_CONNECTION_WRITER,
                                             &error);
  g_assert_no_error (error);
  if (self->world->planted == SIM_VOLATILE_STAGE)
    forlop_connection_execute (self->connection, "DELETE FROM stage", NULL);
  if (self->world->planted == SIM_VOLATILE_UPLOADS)
    forlop_connection_execute (self->connection, "DELETE FROM upload", NULL);
  sim_watch (self);
  self->mirror = make_mirror (self);
  self->client = forlop_sync_client_new (self->mirror);
}

void
sim_client_close (SimClient *self)
{
  g_clear_pointer (&self->client, forlop_sync_client_free);
  g_clear_pointer (&self->mirror, forlop_sync_mirror_free);
  if (self->connection != NULL)
    forlop_connection_close (self->connection);
  g_clear_object (&self->connection);
}

static void
sim_act_free (SimAct *self)
{
  g_free (self->op_id);
  g_free (self->act);
  g_free (self);
}

static void
sim_file_free (SimFile *self)
{
  g_free (self->hash);
  g_free (self);
}

static void
open_client (SimWorld          *self,
             const SimTemplate *template,
             unsigned int       index)
{
  static const char *const names[SIM_CLIENTS] = { "Siri", "Kari", "Ola" };
  SimClient *client = &self->clients[index];
  g_autofree char *file = sim_client_file (index);
  g_autofree char *start = sim_start_file (index, self->seed);
  g_autofree char *from = sim_template_path (template, start);
  g_autofree char *blobs = NULL;

  client->world = self;
  client->index = index;
  client->name = g_strdup (names[index]);
  client->device_id = g_strdup (template->device_ids[index]);
  client->actor = forlop_actor_copy (template->actors[index]);
  client->path = g_build_filename (self->folder, file, NULL);
  client->ids = forlop_id_source_new_seeded (self->seed * 16 + index + 1);
  client->saved = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_act_free);
  sim_copy (from, client->path);
  blobs = forlop_store_dup_blob_folder (client->path);
  client->blobs = forlop_blob_store_new (blobs, self->key);
  sim_client_open (client);
}

/* The index of the log says nothing, so that the next transaction reads both anew. */
static void
forget_log (ForlopConnection *connection)
{
  sqlite3_file *file = NULL;
  volatile void *index = NULL;

  g_assert_cmpint (sqlite3_file_control (forlop_connection_get_handle (connection), "main",
                                         SQLITE_FCNTL_FILE_POINTER, &file), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xShmMap (file, 0, WAL_INDEX_BYTES, FALSE, &index), ==, SQLITE_OK);
  if (index != NULL)
    memset ((void *) index, 0, WAL_INDEX_HEADER);
}

/* Other bytes under a file that @connection has open, as another process leaves them. */
static void
put_back (const SimTemplate *template,
          const char        *name,
          const char        *path,
          ForlopConnection  *connection)
{
  g_autofree char *from = sim_template_path (template, name);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autofd int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_cmpint (pwrite (fd, bytes, length, 0), ==, (gssize) length);
  g_assert_cmpint (ftruncate (fd, (off_t) length), ==, 0);
  g_assert_true (truncate (log, 0) == 0 || errno == ENOENT);
  forget_log (connection);
}

static void
begin_client (SimClient *self)
{
  SimWorld *world = self->world;

  g_clear_pointer (&self->client, forlop_sync_client_free);
  g_clear_pointer (&self->mirror, forlop_sync_mirror_free);
  g_clear_pointer (&self->late_request, forlop_sync_request_free);
  g_clear_pointer (&self->late_reply, forlop_sync_reply_free);
  g_clear_pointer (&self->looked, g_free);
  g_clear_pointer (&self->ids, forlop_id_source_unref);
  g_ptr_array_set_size (self->saved, 0);
  self->skew = 0;
  self->ids = forlop_id_source_new_seeded (world->seed * 16 + self->index + 1);
  forlop_connection_rollback (self->connection);
  sim_remove_folder (forlop_blob_store_get_folder (self->blobs));
  sim_watch (self);
  self->mirror = make_mirror (self);
  self->client = forlop_sync_client_new (self->mirror);
}

/* A restored file has another salt, which an open one does not read again. */
static void
put_server_back (SimWorld          *self,
                 const SimTemplate *template)
{
  g_autofree char *from = sim_template_path (template, "server.forlop");

  if (!self->is_restored)
    {
      put_back (template, "server.forlop", self->server_path, sim_read_server (self));
      return;
    }
  sim_server_close (self);
  sim_copy (from, self->server_path);
  sim_server_open (self);
  self->is_restored = FALSE;
}

/**
 * sim_world_begin_again:
 *
 * The world of another number. What is open stays open, with the statements it has prepared: opening
 * four files for every story was a third of its time. A sound world only.
 */
void
sim_world_begin_again (SimWorld          *self,
                       const SimTemplate *template,
                       guint64            seed)
{
  g_assert (self->planted == SIM_SOUND);

  self->seed = self->state = seed;
  self->now = template->now;
  self->is_healing = FALSE;
  g_clear_pointer (&self->server_ids, forlop_id_source_unref);
  g_clear_pointer (&self->failure, g_free);
  sim_forget_heads (self);
  g_hash_table_remove_all (self->answered);
  g_ptr_array_set_size (self->files, 0);
  self->swept_at = 0;
  self->was_restored = FALSE;
  g_string_truncate (self->story, 0);
  self->server_ids = forlop_id_source_new_seeded (seed * 16);
  g_unlink (self->backup_path);
  put_server_back (self, template);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      g_autofree char *file = sim_start_file (i, seed);

      put_back (template, file, self->clients[i].path, self->clients[i].connection);
      begin_client (&self->clients[i]);
    }
  sim_note_head (self);
}

SimWorld *
sim_world_new (const SimTemplate *template,
               guint64            seed,
               SimError           planted)
{
  SimWorld *self = g_new0 (SimWorld, 1);
  g_autofree char *server = sim_template_path (template, "server.forlop");

  self->seed = self->state = seed;
  self->planted = planted;
  self->now = template->now;
  self->key = template->key;
  self->folder = g_build_filename (template->folder, "play-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (self->folder));
  self->server_path = g_build_filename (self->folder, "server.forlop", NULL);
  self->backup_path = g_build_filename (self->folder, "copy.forlop", NULL);
  self->server_ids = forlop_id_source_new_seeded (seed * 16);
  self->heads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) g_hash_table_unref);
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_file_free);
  self->story = g_string_new (NULL);
  sim_copy (server, self->server_path);
  sim_server_open (self);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    open_client (self, template, i);
  sim_note_head (self);

  return self;
}

void
sim_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_unlink (path);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      sim_remove_folder (file);
    }
  g_rmdir (path);
}

/* Nothing is written any more, so that closing does not tidy up files that go at once. */
void
sim_world_free (SimWorld *self)
{
  forlop_fault_vfs_reset ();
  forlop_fault_vfs_fail (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC | FORLOP_FAULT_TRUNCATE, 1, FORLOP_FAULT_IO,
                         TRUE);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      SimClient *client = &self->clients[i];

      sim_client_close (client);
      g_clear_pointer (&client->late_request, forlop_sync_request_free);
      g_clear_pointer (&client->late_reply, forlop_sync_reply_free);
      g_free (client->name);
      g_free (client->device_id);
      forlop_actor_free (client->actor);
      g_free (client->path);
      g_object_unref (client->blobs);
      g_free (client->looked);
      forlop_id_source_unref (client->ids);
      g_ptr_array_unref (client->saved);
    }
  sim_server_close (self);
  forlop_fault_vfs_reset ();
  sim_remove_folder (self->folder);
  forlop_id_source_unref (self->server_ids);
  g_hash_table_unref (self->heads);
  g_hash_table_unref (self->deleted);
  g_hash_table_unref (self->answered);
  g_ptr_array_unref (self->files);
  g_string_free (self->story, TRUE);
  g_free (self->folder);
  g_free (self->server_path);
  g_free (self->backup_path);
  g_free (self->failure);
  g_free (self);
}

/* The files as they are now become the template's. */
void
sim_world_keep (SimWorld          *self,
                const SimTemplate *template)
{
  g_autofree char *server = sim_template_path (template, "server.forlop");

  sim_server_close (self);
  sim_copy (self->server_path, server);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      g_autofree char *file = sim_client_file (i);
      g_autofree char *to = sim_template_path (template, file);

      sim_client_close (&self->clients[i]);
      sim_copy (self->clients[i].path, to);
    }
}

static gboolean
is_settled (SimClient *self)
{
  g_auto (ForlopSyncState) state = { 0 };
  ForlopServerHead head;
  SimWorld *world = self->world;

  g_assert_true (forlop_mirror_store_load_state (self->connection, &state, NULL));
  g_assert_true (world->storage->funcs->begin (world->storage, FALSE, NULL));
  g_assert_true (world->storage->funcs->get_head (world->storage, &head, NULL));
  world->storage->funcs->rollback (world->storage);

  return g_strcmp0 (state.epoch, head.epoch) == 0 && state.cursor == head.seq && state.n_unsent == 0 &&
         state.n_answered == 0 && state.n_waiting_scopes == 0 && !state.has_filled && state.n_uploads == 0 &&
         forlop_sync_client_get_standing (self->client) == FORLOP_SYNC_IDLE;
}

/* Everything works again, and everybody talks until nobody has anything to say: I15. */
void
sim_world_settle (SimWorld *self)
{
  unsigned int n_settled = 0;

  self->is_healing = TRUE;
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      self->clients[i].skew = 0;
      sim_deliver_late (&self->clients[i]);
    }

  for (unsigned int round = 0; (n_settled < SIM_CLIENTS || self->has_come) && self->failure == NULL; round++)
    {
      self->now += FORLOP_HOUR;
      sim_sweep (self);
      n_settled = 0;
      self->has_come = FALSE;
      for (unsigned int i = 0; i < SIM_CLIENTS; i++)
        for (unsigned int n = 0; n < 6 && sim_exchange (&self->clients[i]); n++)
          ;
      for (unsigned int i = 0; i < SIM_CLIENTS; i++)
        n_settled += is_settled (&self->clients[i]);
      if (round > 100)
        sim_fail (self, "I15", "%u of %u have not come to rest after %u rounds", SIM_CLIENTS - n_settled,
                  SIM_CLIENTS, round);
    }
}

void
sim_copy_server (SimWorld *self)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  g_unlink (self->backup_path);
  if (!forlop_sqlite_storage_backup (self->storage, self->backup_path, &seq, &error))
    g_error ("%s", error->message);
  g_assert_true (self->storage->funcs->begin (self->storage, TRUE, NULL));
  g_assert_true (self->storage->funcs->set_safe_seq (self->storage, seq, NULL));
  g_assert_true (self->storage->funcs->commit (self->storage, NULL));
  sim_tell (self, "the server is copied at %" G_GINT64_FORMAT, seq);
}

void
sim_restore_server (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test (self->backup_path, G_FILE_TEST_EXISTS))
    return;
  sim_server_close (self);
  g_unlink (self->server_path);
  if (self->planted == SIM_REUSED_EPOCH)
    sim_copy (self->backup_path, self->server_path);
  else if (!forlop_sqlite_storage_restore (self->backup_path, self->server_path, self->key,
                                           self->server_ids, &error))
    g_error ("%s", error->message);
  sim_server_open (self);
  self->is_restored = self->was_restored = TRUE;
  self->counts.restores++;
  sim_forget_heads (self);
  sim_note_head (self);
  sim_tell (self, "the server is lost and its copy takes its place");
}

/* What happens less often. */
static void
step_of_world (SimWorld          *self,
               const SimTemplate *template,
               SimClient         *client,
               unsigned int       what)
{
  if (what < 92)
    client->skew = ((gint64) sim_draw (self, 7) - 3) * FORLOP_HOUR;
  else if (what < 94)
    {
      sim_tell (self, "Ola's function in the zone ends");
      sim_administer (self, template, "2026-03-11");
    }
  else if (what < 96)
    {
      sim_tell (self, "Ola's function in the zone is given");
      sim_administer (self, template, NULL);
    }
  else if (what < 98)
    sim_copy_server (self);
  else if (what < 100)
    sim_restore_server (self);
  else if (what < 102)
    sim_take_up (&self->clients[0]);
  else if (what < 103)
    sim_ask_for_file (self);
  else
    {
      sim_tell (self, "a day goes by");
      self->now += A_DAY;
      sim_sweep (self);
    }
}

static void
step (SimWorld          *self,
      const SimTemplate *template)
{
  SimClient *client = &self->clients[sim_draw (self, SIM_CLIENTS)];
  unsigned int what = sim_draw (self, 104);

  self->counts.steps++;
  self->now += sim_draw (self, 50) * 1000;
  if (what < 40)
    sim_act (client);
  else if (what < 76)
    sim_exchange (client);
  else if (what < 86)
    sim_exchange_together (self);
  else if (what < 88)
    sim_deliver_late (client);
  else if (what < 90)
    {
      sim_tell (self, "%s is shut and opened", client->name);
      sim_client_close (client);
      sim_client_open (client);
    }
  else
    step_of_world (self, template, client, what);
}

/**
 * sim_world_play:
 *
 * One story: @n_steps of work and trouble, then everything heals, and everything is looked at.
 */
gboolean
sim_world_play (SimWorld          *self,
                const SimTemplate *template,
                unsigned int       n_steps)
{
  for (unsigned int i = 0; i < n_steps && self->failure == NULL; i++)
    step (self, template);
  if (sim_draw (self, 2) == 0)
    self->now += A_DAY;
  if (self->failure == NULL)
    sim_world_settle (self);
  for (unsigned int i = 0; i < SIM_CLIENTS && self->failure == NULL; i++)
    if (sim_join (&self->clients[i]))
      sim_world_settle (self);
  if (self->failure == NULL)
    sim_ask_for_file (self);
  if (self->failure == NULL)
    sim_check_end (self);

  return self->failure == NULL;
}
