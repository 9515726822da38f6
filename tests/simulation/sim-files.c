/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include <string.h>

#include "forlop-sync-limits.h"

/* Attachments: what is put beside a record, sent in parts, and fetched by whoever may see the record.
 *
 * I17: what a record names that the server has is whole and right, there and on every device that may see
 * the record, and on no other. */

#define MAX_SMALL 300
#define ONE_LARGE_IN 24

/* One in so many has more than one part. */
static GBytes *
make_contents (SimWorld *self)
{
  gsize length = sim_draw (self, ONE_LARGE_IN) == 0 ? FORLOP_SYNC_PART_BYTES + 4711 : sim_draw (self, MAX_SMALL);
  guint8 *bytes = g_malloc (length + sizeof (guint64));
  guint32 value = sim_draw (self, G_MAXUINT32);
  gsize i;

  for (i = 0; i < sizeof (guint64); i++)
    bytes[i] = (guint8) sim_draw (self, 256);
  for (; i < length + sizeof (guint64); i++)
    {
      value = value * 1664525 + 1013904223;
      bytes[i] = (guint8) (value >> 24);
    }

  return g_bytes_new_take (bytes, i);
}

/* FALSE when it was refused; then nothing of it stays. */
gboolean
sim_attach (SimClient    *self,
            ForlopRecord *citizen)
{
  g_autoptr (GBytes) contents = make_contents (self->world);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = forlop_blob_store_put (self->blobs, contents, &error);
  g_autofree char *json = NULL;
  g_autofree char *done = NULL;
  SimFile *file;

  g_assert_no_error (error);
  json = g_strdup_printf ("{\"citizen_id\":\"%s\",\"kind\":\"other\",\"title\":\"Brev\",\"content\":\"%s\","
                          "\"media_type\":\"application/pdf\"}", forlop_record_get_id (citizen), hash);
  done = sim_do (self, "attach-document", json);
  if (done == NULL)
    {
      g_assert_true (forlop_blob_store_remove (self->blobs, hash, NULL));
      return FALSE;
    }

  file = g_new0 (SimFile, 1);
  file->hash = g_steal_pointer (&hash);
  file->held[self->index] = TRUE;
  g_ptr_array_add (self->world->files, file);
  self->world->counts.files++;

  return TRUE;
}

/* The live record on the server that names the file; FALSE when there is none. */
static gboolean
find_record (SimWorld    *self,
             const char  *hash,
             char       **id,
             char       **scope)
{
  static const char sql[] =
    "SELECT id, scope FROM record WHERE type = 'document' AND deleted = 0 AND instr (body, ?1) > 0";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_text (statement, 1, hash);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));
  *id = has_row ? forlop_statement_dup_id (statement, 0) : NULL;
  *scope = has_row ? forlop_statement_dup_text (statement, 1) : NULL;

  return has_row;
}

static gboolean
may_see (SimClient  *self,
         const char *scope)
{
  static const char sql[] = "SELECT 1 FROM access_grant WHERE user_id = ?1 AND scope = ?2 AND active = 1 "
                            "AND (valid_to IS NULL OR valid_to > ?3)";
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (sim_read_server (self->world), sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_id (statement, 1, self->actor->user_id);
  forlop_statement_bind_text (statement, 2, scope);
  forlop_statement_bind_integer (statement, 3, self->world->now);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row;
}

static void
check_taker (SimClient  *self,
             const char *hash)
{
  g_autofree char *id = NULL;
  g_autofree char *scope = NULL;

  if (!find_record (self->world, hash, &id, &scope) || !may_see (self, scope))
    sim_fail (self->world, "I11", "%s was sent the file %s", self->name, hash);
  else if (!sim_is_logged (self->world, scope, self->actor->user_id))
    sim_fail (self->world, "I16", "%s was sent the file %s and no log says so", self->name, hash);
}

void
sim_check_part (SimClient               *self,
                const ForlopSyncRequest *request,
                const ForlopSyncReply   *reply)
{
  const ForlopSyncContents *contents = g_ptr_array_index (request->contents, 0);

  if (reply->status == 200)
    check_taker (self, contents->hash);
}

static void
ask (SimClient  *self,
     const char *hash,
     const char *text)
{
  SimWorld *world = self->world;
  const ForlopSyncCaller caller = {
    .user_id = self->actor->user_id, .device_id = self->device_id, .request_id = "sim",
  };
  g_autoptr (ForlopSyncReply) reply =
    forlop_sync_server_contents_get (world->storage, &caller, world->now, text, strlen (text), NULL);

  g_assert_nonnull (reply);
  sim_tell (world, "%s asks for the file %s: %u", self->name, hash, reply->status);
  if (reply->status == 200)
    check_taker (self, hash);
}

/* By the name that everybody knows who has seen the record once. */
void
sim_ask_for_file (SimWorld *self)
{
  g_autofree char *id = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *text = NULL;
  ForlopServerHead head;
  const SimFile *file;

  if (self->files->len == 0)
    return;
  file = g_ptr_array_index (self->files, sim_draw (self, self->files->len));
  if (!find_record (self, file->hash, &id, &scope))
    return;
  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  g_assert_true (self->storage->funcs->get_head (self->storage, &head, NULL));
  self->storage->funcs->rollback (self->storage);
  text = g_strdup_printf ("{\"epoch\":\"%s\",\"type\":\"document\",\"id\":\"%s\",\"field\":\"content\","
                          "\"hash\":\"%s\",\"offset\":0}", head.epoch, id, file->hash);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    ask (&self->clients[i], file->hash, text);
}

/* A file leaves a device with its scope: then it may be nowhere after a restore, as what the device had
 * retained of its own work there. */
void
sim_watch_files (SimClient *self)
{
  for (unsigned int i = 0; i < self->world->files->len; i++)
    {
      SimFile *file = g_ptr_array_index (self->world->files, i);
      gboolean has = forlop_blob_store_has (self->blobs, file->hash);

      file->was_taken = file->was_taken || (file->held[self->index] && !has);
      file->held[self->index] = has;
    }
}

static gboolean
is_whole_on_server (SimWorld   *self,
                    const char *id,
                    const char *hash)
{
  static const char sql[] =
    "SELECT part FROM contents WHERE type = 'document' AND id = ?1 AND hash = ?2 ORDER BY part_offset";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean has_row;

  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, hash);
  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    {
      gsize length;
      gconstpointer part = forlop_statement_get_blob (statement, 0, &length);

      g_checksum_update (checksum, part, (gssize) length);
    }

  return g_str_equal (g_checksum_get_string (checksum), hash);
}

/* What its author has not got stored, or was refused, is his alone. */
static gboolean
is_own_work (SimClient  *self,
             const char *hash)
{
  static const char sql[] = "SELECT 1 FROM outbox JOIN changeset USING (op_id) "
                            "WHERE state IN ('waiting', 'answered', 'refused') AND instr (body, ?1) > 0";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_text (statement, 1, hash);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row;
}

static void
check_file (SimWorld      *self,
            const SimFile *file)
{
  g_autofree char *id = NULL;
  g_autofree char *scope = NULL;
  gboolean is_named = find_record (self, file->hash, &id, &scope);
  gboolean is_whole = is_named && is_whole_on_server (self, id, file->hash);
  gboolean is_anywhere = is_whole, is_lacking = is_named && !is_whole;
  const SimClient *lacks = NULL;

  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      SimClient *client = &self->clients[i];
      g_autoptr (GBytes) contents = forlop_blob_store_get (client->blobs, file->hash, NULL);
      gboolean may = is_named && may_see (client, scope);

      if (contents != NULL && !may && !is_own_work (client, file->hash))
        sim_fail (self, "I10", "%s still has the file %s", client->name, file->hash);
      is_anywhere = is_anywhere || (contents != NULL && may);
      if (contents == NULL && may)
        lacks = client;
    }
  if ((is_lacking || lacks != NULL) && (is_anywhere || !file->was_taken || !self->was_restored))
    sim_fail (self, "I17", "%s has not got the file %s of %s", is_lacking ? "the server" : lacks->name, file->hash,
              scope);
}

/* Nothing is kept that no record names. */
static void
check_kept (SimWorld *self)
{
  static const char sql[] =
    "SELECT c.hash FROM contents AS c WHERE NOT EXISTS (SELECT 1 FROM record AS r "
    "WHERE r.type = c.type AND r.id = c.id AND r.deleted = 0 AND instr (r.body, c.hash) > 0)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  gboolean has_row = FALSE;

  g_assert_true (forlop_statement_step (statement, &has_row, NULL));
  if (has_row)
    sim_fail (self, "I6", "the server keeps the file %s of nobody", forlop_statement_get_text (statement, 0));
}

void
sim_check_files (SimWorld *self)
{
  for (unsigned int i = 0; i < self->files->len; i++)
    check_file (self, g_ptr_array_index (self->files, i));
  check_kept (self);
}
