/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include "forlop-connection-private.h"

/* What the checkers look at: the server's own file, and what each position held. */

static void
add_sums (SimWorld   *self,
          const char *user_id,
          GHashTable *sums)
{
  ForlopServerStorage *storage = self->storage;
  g_autoptr (GPtrArray) grants = storage->funcs->list_grants (storage, user_id, 0, NULL);

  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopServerGrant *grant = g_ptr_array_index (grants, i);
      ForlopScopeSum *sum;

      if (g_hash_table_contains (sums, grant->scope))
        continue;
      sum = g_new0 (ForlopScopeSum, 1);
      g_assert_true (storage->funcs->get_sum (storage, grant->scope, sum, NULL));
      g_hash_table_insert (sums, g_strdup (grant->scope), sum);
    }
}

static void
note_deleted (SimWorld *self)
{
  static const char sql[] = "SELECT type, id FROM record WHERE seq > ?1 AND deleted = 1";
  ForlopConnection *reader = sim_read_server (self);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (reader, sql, NULL);
  gboolean has_row;
  gint64 head = 0;

  g_assert_true (forlop_connection_query_integer (reader, "SELECT head FROM tenant_head", &head, NULL));
  forlop_statement_bind_integer (statement, 1, self->deleted_up_to);
  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    {
      g_autofree char *id = forlop_statement_dup_id (statement, 1);

      g_hash_table_add (self->deleted,
                        g_strdup_printf ("%s %s", forlop_statement_get_text (statement, 0), id));
    }
  self->deleted_up_to = head;
}

/* A push may move the head by many positions at once: a mirror only ever stands at the last. */
void
sim_note_head (SimWorld *self)
{
  ForlopServerStorage *storage = self->storage;
  GHashTable *sums;
  ForlopServerHead head;

  g_assert_true (storage->funcs->begin (storage, FALSE, NULL));
  g_assert_true (storage->funcs->get_head (storage, &head, NULL));
  if (!g_hash_table_contains (self->heads, &head.seq))
    {
      sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (unsigned int i = 0; i < SIM_CLIENTS; i++)
        add_sums (self, self->clients[i].actor->user_id, sums);
      g_hash_table_insert (self->heads, g_memdup2 (&head.seq, sizeof head.seq), sums);
      storage->funcs->rollback (storage);
      note_deleted (self);
      return;
    }
  storage->funcs->rollback (storage);
}

GHashTable *
sim_sums_at (SimWorld *self,
             gint64    seq)
{
  return g_hash_table_lookup (self->heads, &seq);
}

/* After a restore the log goes another way. */
void
sim_forget_heads (SimWorld *self)
{
  g_hash_table_remove_all (self->heads);
  g_hash_table_remove_all (self->deleted);
  self->deleted_up_to = 0;
}

static gboolean
is_after (gpointer key,
          gpointer value G_GNUC_UNUSED,
          gpointer user_data)
{
  return *(gint64 *) key > *(gint64 *) user_data;
}

void
sim_forget_heads_after (SimWorld *self,
                        gint64    seq)
{
  g_hash_table_foreach_remove (self->heads, is_after, &seq);
}

gint64
sim_get_head (SimWorld *self)
{
  ForlopServerHead head;

  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  g_assert_true (self->storage->funcs->get_head (self->storage, &head, NULL));
  self->storage->funcs->rollback (self->storage);

  return head.seq;
}

gboolean
sim_is_epoch (SimWorld   *self,
              const char *epoch)
{
  ForlopServerHead head;

  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  g_assert_true (self->storage->funcs->get_head (self->storage, &head, NULL));
  self->storage->funcs->rollback (self->storage);

  return g_str_equal (head.epoch, epoch);
}

/* A connection of the checkers' own, as long as the server has its file open. */
ForlopConnection *
sim_read_server (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  if (self->reader == NULL)
    self->reader =
      forlop_connection_open (self->server_path, self->key, FORLOP_CONNECTION_READER, &error);
  g_assert_no_error (error);

  return self->reader;
}

GPtrArray *
sim_list_receipts (SimWorld *self)
{
  static const char sql[] = "SELECT op_id, device_id, op_no, status, seq FROM receipt ORDER BY seq";
  ForlopConnection *reader = sim_read_server (self);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (reader, sql, NULL);
  GPtrArray *receipts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_receipt_free);
  gboolean has_row;

  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    {
      ForlopServerReceipt *receipt = g_new0 (ForlopServerReceipt, 1);

      receipt->op_id = forlop_statement_dup_id (statement, 0);
      receipt->device_id = forlop_statement_dup_id (statement, 1);
      receipt->op_no = forlop_statement_get_integer (statement, 2);
      receipt->status = forlop_statement_dup_text (statement, 3);
      receipt->seq = forlop_statement_get_integer (statement, 4);
      g_ptr_array_add (receipts, receipt);
    }

  return receipts;
}

gboolean
sim_is_logged (SimWorld   *self,
               const char *scope,
               const char *user_id)
{
  static const char sql[] = "SELECT 1 FROM access_log WHERE scope = ?1 AND user_id = ?2 "
                            "AND action = 'delivered' LIMIT 1";
  ForlopConnection *reader = sim_read_server (self);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (reader, sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_text (statement, 1, scope);
  forlop_statement_bind_id (statement, 2, user_id);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row;
}

/* The device keeps what was refused until a person has dealt with it. */
gboolean
sim_is_refused_here (SimClient  *self,
                     const char *op_id)
{
  static const char sql[] = "SELECT state FROM outbox WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, NULL);
  gboolean has_row = FALSE;

  forlop_statement_bind_id (statement, 1, op_id);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL));

  return has_row && g_strcmp0 (forlop_statement_get_text (statement, 0), "refused") == 0;
}

static void
written_cb (void          *user_data,
            int            operation G_GNUC_UNUSED,
            const char    *database G_GNUC_UNUSED,
            const char    *table,
            sqlite3_int64  row G_GNUC_UNUSED)
{
  SimClient *self = user_data;

  if (forlop_record_type_find (table) != NULL)
    self->is_written = TRUE;
}

/* SQLite tells of every row that is written, but of the tables without row numbers. */
void
sim_watch (SimClient *self)
{
  sqlite3_update_hook (forlop_connection_get_handle (self->connection), written_cb, self);
  self->is_written = TRUE;
}

/* Adding up every scope after every reply is most of what a story costs, and most replies only fill
 * the stage. What is not told of is small and is compared as it is. */
gboolean
sim_look_again (SimClient *self)
{
  static const char sql[] =
    "SELECT (SELECT epoch || ' ' || cursor FROM sync_state), "
    "(SELECT group_concat (hex (id) || type) FROM pending_row), "
    "(SELECT group_concat (hex (id) || type || hex (vtag) || scope) FROM server_row), "
    "(SELECT group_concat (hex (id) || type || hex (vtag) || scope) FROM tombstone), "
    "(SELECT group_concat (scope || shown || gen) FROM scope_have)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  gboolean has_row, is_written = self->is_written;

  g_assert_true (forlop_statement_step (statement, &has_row, NULL) && has_row);
  for (int i = 0; i < 5; i++)
    g_string_append_printf (found, "%s\n", forlop_statement_get_text (statement, i));
  self->is_written = FALSE;
  if (!is_written && g_strcmp0 (self->looked, found->str) == 0)
    return FALSE;
  g_free (self->looked);
  self->looked = g_string_free (g_steal_pointer (&found), FALSE);

  return TRUE;
}
