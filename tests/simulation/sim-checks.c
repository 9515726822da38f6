/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include "forlop-json.h"
#include "forlop-mirror-row-store.h"
#include "forlop-mirror-store.h"
#include "forlop-record-store.h"

/* I1–I17 of docs/sync.md. Each looks at the files themselves, not at what the code says of them. */

static ForlopServerStorage *
begin (SimWorld *self)
{
  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));

  return self->storage;
}

static void
end (SimWorld *self)
{
  self->storage->funcs->rollback (self->storage);
}

static void
check_row_is_granted (SimClient  *self,
                      yyjson_val *row)
{
  const char *scope = yyjson_get_str (yyjson_obj_get (row, "scope"));
  g_autoptr (ForlopServerGrant) grant = NULL;

  g_assert_true (self->world->storage->funcs->get_grant (self->world->storage, self->actor->user_id,
                                                         scope, &grant, NULL));
  if (grant == NULL || !grant->active ||
      (grant->valid_to != FORLOP_INSTANT_NONE && grant->valid_to <= self->world->now))
    sim_fail (self->world, "I11", "%s was sent a row of %s", self->name, scope);
}

static void
count_answer (SimWorld   *self,
              const char *status)
{
  if (g_str_equal (status, "applied") || g_str_equal (status, "merged"))
    self->counts.confirmed++;
  else if (g_str_equal (status, "conflict"))
    self->counts.conflicts++;
  else
    self->counts.refused++;
}

/* What the device has an answer to is the server's to show, or the leader's: after a restore it is sent
 * again without being laid over a mirror that may no longer have its scope. */
void
sim_note_answers (SimWorld              *self,
                  const ForlopSyncReply *reply)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (reply->body, -1, NULL);
  yyjson_val *result;
  size_t i, n;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "results"), i, n, result)
    if (g_hash_table_add (self->answered, g_strdup (yyjson_get_str (yyjson_obj_get (result, "op_id")))))
      count_answer (self, yyjson_get_str (yyjson_obj_get (result, "status")));
}

/* I11 no row without a grant. */
void
sim_check_granted (SimClient             *self,
                   const ForlopSyncReply *reply)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (reply->body, -1, NULL);
  yyjson_val *rows = yyjson_obj_get (yyjson_doc_get_root (doc), "rows");
  yyjson_val *row;
  size_t i, n;

  if (reply->status != 200 || rows == NULL)
    return;
  begin (self->world);
  yyjson_arr_foreach (rows, i, n, row)
    check_row_is_granted (self, row);
  end (self->world);
}

static gboolean
has_receipt (SimWorld   *self,
             const char *op_id)
{
  static const char sql[] = "SELECT 1 FROM receipt WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (sim_read_server (self), sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_id (statement, 1, op_id);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row;
}

/* I4 what is confirmed is in the file by then; I16 nothing personal leaves unlogged. */
void
sim_check_stored (SimClient             *self,
                  const ForlopSyncReply *reply)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (reply->body, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  g_autoptr (GHashTable) scopes = g_hash_table_new (g_str_hash, g_str_equal);
  yyjson_val *each;
  size_t i, n;
  GHashTableIter iter;
  gpointer scope;

  if (reply->status != 200)
    return;
  yyjson_arr_foreach (yyjson_obj_get (root, "results"), i, n, each)
    if (!has_receipt (self->world, yyjson_get_str (yyjson_obj_get (each, "op_id"))))
      sim_fail (self->world, "I4", "%s was told what became of %s, and the file does not have it", self->name,
                yyjson_get_str (yyjson_obj_get (each, "op_id")));
  yyjson_arr_foreach (yyjson_obj_get (root, "rows"), i, n, each)
    g_hash_table_add (scopes, (gpointer) yyjson_get_str (yyjson_obj_get (each, "scope")));

  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    if ((g_str_has_prefix (scope, "c:") || g_str_has_prefix (scope, "n:")) &&
        !sim_is_logged (self->world, scope, self->actor->user_id))
      sim_fail (self->world, "I16", "%s was sent %s and no log says so", self->name, (char *) scope);
}

/* A note that was blocked is shown where it was until its own scope has come, and one whose blocking was lifted until the
 * citizen's has. */
static gboolean
is_left (GPtrArray  *scopes,
         const char *scope)
{
  g_autofree char *around = forlop_scope_dup_citizen (scope);

  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopScopeHave *have = g_ptr_array_index (scopes, i);
      g_autofree char *citizen_scope = have->shown ? NULL : forlop_scope_dup_citizen (have->scope);

      if (g_strcmp0 (citizen_scope, scope) == 0 || (!have->shown && g_strcmp0 (have->scope, around) == 0))
        return TRUE;
    }

  return FALSE;
}

/* I8 the visible mirror is one instant of the server; I13 the sums are equal. */
static void
check_shown (SimClient             *self,
             const ForlopSyncState *state)
{
  g_autoptr (GPtrArray) scopes = NULL;
  GHashTable *sums;

  if (state->epoch == NULL || state->cursor == 0 || !sim_is_epoch (self->world, state->epoch))
    return;
  sums = sim_sums_at (self->world, state->cursor);
  if (sums == NULL)
    {
      sim_fail (self->world, "I8", "%s shows position %" G_GINT64_FORMAT ", which never was", self->name,
                state->cursor);
      return;
    }

  scopes = forlop_mirror_store_list_scopes (self->connection, NULL);
  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopScopeHave *have = g_ptr_array_index (scopes, i);
      const ForlopScopeSum *theirs = g_hash_table_lookup (sums, have->scope);
      ForlopScopeSum ours;

      if (!have->shown || is_left (scopes, have->scope))
        continue;
      g_assert_true (forlop_mirror_row_store_sum (self->connection, have->scope, &ours, NULL));
      if (ours.count != (theirs != NULL ? theirs->count : 0) ||
          ours.sum != (theirs != NULL ? theirs->sum : 0))
        sim_fail (self->world, "I8", "%s shows %" G_GINT64_FORMAT " rows of %s at %" G_GINT64_FORMAT
                  ", the server had %" G_GINT64_FORMAT, self->name, ours.count, have->scope,
                  state->cursor, theirs != NULL ? theirs->count : 0);
    }
}

/* I9 what was saved here and is not answered is what is seen. */
static void
check_pending (SimClient *self)
{
  static const char sql[] =
    "SELECT o.op_id, c.body FROM outbox AS o JOIN changeset AS c ON c.op_id = o.op_id "
    "WHERE o.state = 'waiting' ORDER BY o.op_no";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, NULL);
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean has_row;
  GHashTableIter iter;
  gpointer key, value;

  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    {
      g_autofree char *op_id = forlop_statement_dup_id (statement, 0);
      g_autoptr (yyjson_doc) doc =
        forlop_json_parse (forlop_statement_get_text (statement, 1), -1, NULL);
      yyjson_val *operation, *field, *set;
      size_t i, n, j, m;

      if (g_hash_table_contains (self->world->answered, op_id))
        continue;
      yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "ops"), i, n, operation)
        {
          const char *type = yyjson_get_str (yyjson_obj_get (operation, "type"));
          const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));

          if (yyjson_obj_get (operation, "delete") != NULL)
            g_hash_table_insert (last, g_strdup_printf ("%s %s", type, id), g_strdup ("deleted"));
          yyjson_obj_foreach (yyjson_obj_get (operation, "set"), j, m, field, set)
            if (!yyjson_is_str (set))
              {
                g_autofree char *field_key =
                  g_strdup_printf ("%s %s %s", type, id, yyjson_get_str (field));

                g_hash_table_remove (last, field_key);
              }
            else
              g_hash_table_insert (last, g_strdup_printf ("%s %s %s", type, id, yyjson_get_str (field)),
                                   g_strdup (yyjson_get_str (set)));
        }
    }

  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto (GStrv) parts = g_strsplit (key, " ", 3);
      g_autoptr (ForlopRecord) record = NULL;
      g_autofree char *whole = g_strdup_printf ("%s %s", parts[0], parts[1]);

      /* A reading is the same whoever registered it; who was first stands as the one who did. */
      if (parts[2] == NULL || g_hash_table_contains (last, whole) || g_str_equal (parts[0], "measurement") ||
          forlop_record_type_field (forlop_record_type_find (parts[0]), parts[2])->kind > FORLOP_KIND_BLOB)
        continue;
      record = forlop_record_store_load (self->connection, parts[0], parts[1], NULL);
      if (record == NULL && g_hash_table_contains (self->world->deleted, whole))
        continue;
      if (record == NULL || !forlop_record_text_is (record, parts[2], value))
        sim_fail (self->world, "I9", "%s saved %s and does not see it", self->name, (char *) key);
    }
}

void
sim_check_client (SimClient *self)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (self->world->failure != NULL)
    return;
  g_assert_true (forlop_mirror_store_load_state (self->connection, &state, NULL));
  if (sim_look_again (self))
    check_shown (self, &state);
  check_pending (self);
}

/* I1 and I14: positions without holes, one for each receipt; I2 each id once; I3 each device in order. */
static void
check_log (SimWorld *self)
{
  ForlopServerHead head;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) newest = g_hash_table_new (g_str_hash, g_str_equal);

  begin (self);
  g_assert_true (self->storage->funcs->get_head (self->storage, &head, NULL));
  for (gint64 seq = 1; seq <= head.seq; seq++)
    {
      guint8 hash[FORLOP_SYNC_HASH_BYTES];
      gboolean found;

      g_assert_true (self->storage->funcs->get_mark (self->storage, seq, hash, NULL, &found, NULL));
      if (!found)
        sim_fail (self, "I1", "position %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " is missing", seq,
                  head.seq);
    }
  end (self);

  receipts = sim_list_receipts (self);
  for (unsigned int i = 0; i < receipts->len; i++)
    {
      const ForlopServerReceipt *receipt = g_ptr_array_index (receipts, i);
      gint64 last = (gint64) (gintptr) g_hash_table_lookup (newest, receipt->device_id);

      if (!g_hash_table_add (positions, (gpointer) (gintptr) receipt->seq))
        sim_fail (self, "I14", "two receipts stand at %" G_GINT64_FORMAT, receipt->seq);
      if (receipt->op_no != last + 1)
        sim_fail (self, "I3", "%s: number %" G_GINT64_FORMAT " follows %" G_GINT64_FORMAT,
                  receipt->device_id, receipt->op_no, last);
      g_hash_table_insert (newest, receipt->device_id, (gpointer) (gintptr) receipt->op_no);
    }
  if ((gint64) receipts->len != head.seq)
    sim_fail (self, "I14", "%u receipts for %" G_GINT64_FORMAT " positions", receipts->len, head.seq);
}

/* I12 of the records of @type for which @when_null is empty, each has a value of its own. */
static void
check_claim (SimWorld   *self,
             const char *type,
             const char *field,
             const char *when_null)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  begin (self);
  rows = self->storage->funcs->list_type (self->storage, forlop_record_type_find (type), NULL);
  end (self);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) record = forlop_sync_row_to_record (g_ptr_array_index (rows, i), NULL);

      if ((when_null == NULL || !forlop_record_has (record, when_null)) &&
          !g_hash_table_add (values, g_strdup (forlop_record_get_text (record, field))))
        sim_fail (self, "I12", "two of the type %s have %s", type, forlop_record_get_text (record, field));
    }
}

/* I6 deleted stays deleted. */
static void
check_deleted (SimWorld *self)
{
  GHashTableIter iter;
  gpointer key;

  begin (self);
  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, " ", 2);
      g_autoptr (ForlopSyncRow) row = NULL;

      g_assert_true (self->storage->funcs->load_row (
        self->storage, forlop_record_type_find (parts[0]), parts[1], &row, NULL));
      if (row != NULL && !row->deleted)
        sim_fail (self, "I6", "%s is back", (char *) key);
    }
  end (self);
}

void
sim_check_server (SimWorld *self)
{
  check_log (self);
  check_claim (self, "loan", "item_id", "returned_on");
  check_claim (self, "case", "number", NULL);
  check_deleted (self);
  sim_check_history (self);
  sim_check_access (self);
  sim_check_files (self);
}

/* I4 nothing that was saved is lost; I5 it is in the history or in a conflict. */
static void
check_saved (SimClient *self)
{
  SimWorld *world = self->world;

  begin (world);
  for (unsigned int i = 0; i < self->saved->len; i++)
    {
      const SimAct *act = g_ptr_array_index (self->saved, i);
      g_autoptr (ForlopServerReceipt) receipt = NULL;
      g_autofree char *body = NULL;

      g_assert_true (world->storage->funcs->get_receipt (world->storage, act->op_id, &receipt, NULL));
      if (receipt == NULL)
        {
          sim_fail (world, "I4", "%s saved %s (%s) and the server never got it", self->name, act->act,
                    act->op_id);
          continue;
        }
      if (g_str_equal (receipt->status, "rejected") || g_str_equal (receipt->status, "blocked"))
        {
          if (!sim_is_refused_here (self, act->op_id))
            sim_fail (world, "I5", "%s (%s) was refused and %s was not told", act->act, act->op_id,
                      self->name);
          continue;
        }
      g_assert_true (world->storage->funcs->get_changeset (world->storage, act->op_id, &body, NULL));
      if (body == NULL)
        sim_fail (world, "I5", "%s (%s) is in no history", act->act, act->op_id);
    }
  end (world);
}

static ForlopSyncRow *
load_mirrored (SimClient           *self,
               const ForlopSyncRow *row)
{
  g_autoptr (ForlopRecord) record = NULL;
  ForlopSyncRow *mirrored = NULL;

  g_assert_true (forlop_mirror_row_store_load (self->connection, row->type, row->id, &mirrored, NULL));
  if (mirrored != NULL)
    return mirrored;
  g_assert_true (forlop_mirror_row_store_load_shown (self->connection, row->type, row->id, row->scope,
                                                     NULL, &record, NULL));

  return record != NULL ? forlop_sync_row_from_record (record, row->seq) : NULL;
}

/* Readings have a table of their own. */
static unsigned int
count_readings (SimClient  *self,
                const char *scope)
{
  g_autofree char *sql = NULL;
  gint64 n = 0;

  if (!g_str_has_prefix (scope, "c:"))
    return 0;
  sql = g_strdup_printf ("SELECT count (*) FROM measurement WHERE citizen_id = unhex ('%s', '-')", scope + 2);
  g_assert_true (forlop_connection_query_integer (self->connection, sql, &n, NULL));

  return (unsigned int) n;
}

/* I7 the mirror's rows are the server's, byte for byte; I10 nothing is left of what was taken away. */
static void
check_mirror (SimClient *self)
{
  SimWorld *world = self->world;
  g_autoptr (GPtrArray) grants = NULL;

  begin (world);
  grants = world->storage->funcs->list_grants (world->storage, self->actor->user_id, 0, NULL);
  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopServerGrant *grant = g_ptr_array_index (grants, i);
      g_autoptr (GPtrArray) theirs = world->storage->funcs->rows_of_scope (
        world->storage, grant->scope, 0, "", "", G_MAXINT, NULL);
      g_autoptr (GPtrArray) records = forlop_mirror_row_store_list_all (self->connection, grant->scope, NULL);
      unsigned int n_ours = records->len + count_readings (self, grant->scope);

      if (!grant->active)
        {
          if (n_ours > 0)
            sim_fail (world, "I10", "%s still has %u rows of %s", self->name, n_ours, grant->scope);
          continue;
        }
      for (unsigned int j = 0; j < theirs->len; j++)
        {
          const ForlopSyncRow *row = g_ptr_array_index (theirs, j);
          g_autoptr (ForlopSyncRow) mirrored = load_mirrored (self, row);

          if (mirrored == NULL || mirrored->deleted != row->deleted ||
              g_strcmp0 (mirrored->vtag, row->vtag) != 0 || g_strcmp0 (mirrored->body, row->body) != 0 ||
              g_strcmp0 (mirrored->field_vtags, row->field_vtags) != 0)
            sim_fail (world, "I7", "%s has another %s %s: %s, not %s", self->name, row->type->name,
                      row->id, mirrored != NULL ? mirrored->body : "nothing", row->body);
        }
      if (n_ours != theirs->len)
        sim_fail (world, "I7", "%s has %u rows of %s, the server %u", self->name, n_ours, grant->scope,
                  theirs->len);
    }
  end (world);
}

void
sim_check_end (SimWorld *self)
{
  sim_check_server (self);
  for (unsigned int i = 0; i < SIM_CLIENTS; i++)
    {
      sim_check_client (&self->clients[i]);
      check_saved (&self->clients[i]);
      check_mirror (&self->clients[i]);
    }
}
