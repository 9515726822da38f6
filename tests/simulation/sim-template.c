/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-template.h"

#include <sqlite3.h>
#include <string.h>

#include "equipment-test-util.h"
#include "forlop-changeset-store.h"
#include "forlop-mirror-store.h"
#include "forlop-sqlite-storage.h"
#include "forlop-store-create.h"

#define IMPORT_DEVICE "0197a000-0000-7000-8000-0000000000ff"

char *
sim_template_path (const SimTemplate *self,
                   const char        *name)
{
  return g_build_filename (self->folder, name, NULL);
}

char *
sim_client_file (unsigned int index)
{
  return g_strdup_printf ("client-%u.forlop", index);
}

static char *
new_file (unsigned int index)
{
  return g_strdup_printf ("new-%u.forlop", index);
}

char *
sim_start_file (unsigned int index,
                guint64      seed)
{
  return seed > 0 && seed % 5 == 0 && seed / 5 % SIM_CLIENTS == index ? new_file (index)
                                                                      : sim_client_file (index);
}

static gpointer
read_history (ForlopConnection *connection,
              gpointer          user_data G_GNUC_UNUSED,
              GCancellable     *cancellable G_GNUC_UNUSED,
              GError          **error)
{
  static const char sql[] = "SELECT op_no, body FROM changeset ORDER BY op_no";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row;

  g_assert_nonnull (statement);
  while (forlop_statement_step (statement, &has_row, error) && has_row)
    g_ptr_array_add (bodies, g_strdup_printf ("{\"op_no\":%" G_GINT64_FORMAT ",%s",
                                              forlop_statement_get_integer (statement, 0),
                                              forlop_statement_get_text (statement, 1) + 1));

  return bodies;
}

static gboolean
push (ForlopServerStorage  *storage,
      ForlopIdSource       *ids,
      gint64                now,
      const char           *changesets)
{
  const ForlopSyncCaller caller = {
    .user_id = IMPORT_DEVICE, .device_id = IMPORT_DEVICE, .request_id = "sim", .trusted = TRUE,
  };
  ForlopServerHead head;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncReply) reply = NULL;
  g_autofree char *text = NULL;

  g_assert_true (storage->funcs->begin (storage, FALSE, &error));
  g_assert_true (storage->funcs->get_head (storage, &head, &error));
  storage->funcs->rollback (storage);
  text = g_strdup_printf ("{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[%s]}", head.epoch, changesets);
  reply = forlop_sync_server_push (storage, &caller, ids, now, text, strlen (text), &error);

  return reply != NULL && reply->status == 200 && strstr (reply->body, "\"rejected\"") == NULL &&
         strstr (reply->body, "\"conflict\"") == NULL;
}

static void
put_device (ForlopServerStorage *storage,
            const char          *device_id,
            const char          *user_id,
            gint64               now)
{
  const ForlopServerDevice device = {
    .id = (char *) device_id, .user_id = (char *) user_id, .last_op_no = 0, .state = (char *) "active",
  };

  g_assert_true (storage->funcs->begin (storage, TRUE, NULL));
  g_assert_true (storage->funcs->put_device (storage, &device, now, NULL));
  g_assert_true (storage->funcs->commit (storage, NULL));
}

static void
make_server (SimTemplate *self,
             ActsTest    *test)
{
  g_autofree char *path = sim_template_path (self, "server.forlop");
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopServerStorage) storage =
    forlop_sqlite_storage_open (path, self->key, TRUE, test->ids, &error);
  g_autoptr (GPtrArray) bodies = NULL;

  g_assert_no_error (error);
  put_device (storage, IMPORT_DEVICE, IMPORT_DEVICE, self->now);
  bodies = forlop_store_read_sync (test->store, read_history, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < bodies->len; i++)
    g_assert_true (push (storage, test->ids, self->now, g_ptr_array_index (bodies, i)));
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    put_device (storage, self->device_ids[i], self->actors[i]->user_id, self->now);
}

static void
make_client (SimTemplate  *self,
             unsigned int  index)
{
  g_autofree char *name = sim_client_file (index);
  g_autofree char *path = sim_template_path (self, name);
  g_autofree char *new_name = new_file (index);
  g_autofree char *new_path = sim_template_path (self, new_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = NULL;

  g_assert_true (forlop_store_create (path, self->key, NULL, &error));
  connection = forlop_connection_open (path, self->key, FORLOP_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_connection_begin (connection, &error));
  g_assert_true (forlop_mirror_store_pair (connection, "sim://server", &error));
  g_assert_true (forlop_connection_commit (connection, &error));
  forlop_connection_close (connection);
  sim_copy (path, new_path);
}

/* Two granted cases in the zone, three items ready, and a nurse with functions in both zones. */
static void
fill (SimTemplate *self,
      Stock       *stock)
{
  ActsTest *test = stock->test;
  g_autofree char *anne = stock_grant (stock, "Anne");
  g_autofree char *liv = stock_grant (stock, "Liv");
  const ForlopActor *actors[SIM_CLIENTS] = { test->caseworker, test->nurse, test->other_nurse };

  for (unsigned int i = 0; i < 3; i++)
    {
      g_autofree char *serial = g_strdup_printf ("SERIE%u", i);
      g_autofree char *item = stock_make_ready (stock, serial);

      g_assert_nonnull (item);
    }
  self->zone_membership =
    stock_do (stock, test->administrator, "save-membership",
              "{\"user_id\":\"%s\",\"role\":\"resource_person\",\"unit_id\":\"%s\"}",
              test->other_nurse->user_id, test->zone);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      self->actors[i] = forlop_actor_copy (actors[i]);
      self->device_ids[i] = g_strdup_printf ("0197a000-0000-7000-8000-0000000000f%u", i);
    }
  g_free (self->actors[2]->unit_id);
  self->actors[2]->unit_id = g_strdup (test->zone);
  self->administrator = forlop_actor_copy (test->administrator);
  self->now = forlop_clock_now (test->clock);
}

/* The files are encrypted as always, but in small pages and without the code that shows damage: most
 * of a story's time went to pages of which a few bytes had changed. */
static void
choose_small_pages (void)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA cipher_default_page_size = 1024;"
                                 "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA1;", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

SimTemplate *
sim_template_new (const char *folder)
{
  SimTemplate *self = g_new0 (SimTemplate, 1);
  g_autoptr (Stock) stock = NULL;
  SimWorld *world;

  choose_small_pages ();
  stock = stock_new ();

  self->folder = g_strdup (folder);
  self->key = forlop_key_ref (stock->test->key);
  fill (self, stock);
  make_server (self, stock->test);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    make_client (self, i);

  /* The first turn of each device, so that every story starts with a filled mirror. */
  world = sim_world_new (self, 0, SIM_SOUND);
  sim_world_settle (world);
  if (world->failure != NULL)
    g_error ("the first turn fails: %s\n%s", world->failure, world->story->str);
  sim_world_keep (world, self);
  sim_world_free (world);

  return self;
}

void
sim_template_free (SimTemplate *self)
{
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      forlop_actor_free (self->actors[i]);
      g_free (self->device_ids[i]);
    }
  forlop_actor_free (self->administrator);
  forlop_key_unref (self->key);
  g_free (self->zone_membership);
  g_free (self->folder);
  g_free (self);
}

/* The administrator ends a function, or gives it again, at the server. */
void
sim_administer (SimWorld          *world,
                const SimTemplate *template,
                const char        *valid_to)
{
  g_autoptr (ForlopServerDevice) device = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopRecord) membership = NULL;
  g_autofree char *op_id = forlop_id_source_next (world->server_ids, world->now);
  g_autofree char *at = forlop_instant_to_iso (world->now);
  g_autofree char *value = valid_to != NULL ? g_strdup_printf ("\"%s\"", valid_to) : g_strdup ("null");
  g_autofree char *text = NULL;

  g_assert_true (world->storage->funcs->begin (world->storage, FALSE, NULL));
  g_assert_true (world->storage->funcs->get_device (world->storage, IMPORT_DEVICE, &device, NULL));
  g_assert_true (world->storage->funcs->load_row (world->storage, forlop_record_type_find ("membership"),
                                                  template->zone_membership, &row, NULL));
  world->storage->funcs->rollback (world->storage);
  membership = forlop_sync_row_to_record (row, NULL);

  text = g_strdup_printf (
    "{\"op_no\":%" G_GINT64_FORMAT ",\"op_id\":\"%s\",\"act\":\"save-membership\",\"created_at\":\"%s\","
    "\"by\":{\"user_id\":\"%s\",\"role\":\"administrator\",\"unit_id\":\"%s\"},\"ops\":[{"
    "\"type\":\"membership\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":{\"valid_to\":%s},"
    "\"base\":{\"valid_to\":\"%s\"}}]}",
    device->last_op_no + 1, op_id, at, template->administrator->user_id,
    template->administrator->unit_id, template->zone_membership, value,
    forlop_record_get_field_vtag (membership, "valid_to"));
  if (push (world->storage, world->server_ids, world->now, text))
    sim_note_head (world);
}
