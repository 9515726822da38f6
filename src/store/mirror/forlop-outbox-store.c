/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-outbox-store.h"

#include "forlop-pending-store.h"
#include "forlop-upload-store.h"

/* Runs a statement with one number and without rows. */
static gboolean
run_with_integer (ForlopConnection  *connection,
                  const char        *sql,
                  gint64             value,
                  GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, value);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_outbox_store_is_paired:
 *
 * Whether the store is the mirror of a server. Only then is there anything to send.
 */
gboolean
forlop_outbox_store_is_paired (ForlopConnection  *connection,
                               gboolean          *is_paired,
                               GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && is_paired != NULL, FALSE);

  statement = forlop_connection_prepare (connection, "SELECT 1 FROM sync_state", error);

  return statement != NULL && forlop_statement_step (statement, is_paired, error);
}

static gboolean
insert (ForlopConnection  *connection,
        const char        *op_id,
        const char        *depends_on,
        GError           **error)
{
  static const char sql[] =
    "INSERT INTO outbox (op_id, state, depends_on) VALUES (?1, 'waiting', ?2)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  forlop_statement_bind_text (statement, 2, depends_on);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_outbox_store_add:
 * @changeset: written, and in the history.
 *
 * Puts the changeset in the outbox with the names of those it builds on.
 */
gboolean
forlop_outbox_store_add (ForlopConnection  *connection,
                         ForlopChangeset   *changeset,
                         GError           **error)
{
  g_autofree char *depends_on = NULL;
  gint64 op_no;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  if (!forlop_pending_store_dup_builders (connection, changeset, &depends_on, error) ||
      !insert (connection, forlop_changeset_get_id (changeset), depends_on, error))
    return FALSE;
  op_no = forlop_connection_get_last_row_id (connection);
  forlop_connection_touch (connection, "outbox");

  return forlop_pending_store_add (connection, op_no, changeset, error) &&
         forlop_upload_store_add (connection, changeset, error);
}

/**
 * forlop_outbox_store_read_wire:
 * @statement: columns op_no, body, depends_on, resolves; the history's body is the rest of the wire form.
 */
char *
forlop_outbox_store_read_wire (ForlopStatement *statement)
{
  const char *body = forlop_statement_get_text (statement, 1);
  const char *depends_on = forlop_statement_get_text (statement, 2);
  g_autofree char *resolves = forlop_statement_dup_id (statement, 3);
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append_printf (json, "{\"op_no\":%" G_GINT64_FORMAT ",",
                          forlop_statement_get_integer (statement, 0));
  if (depends_on != NULL)
    g_string_append_printf (json, "\"depends_on\":%s,", depends_on);
  if (resolves != NULL)
    g_string_append_printf (json, "\"resolves\":\"%s\",", resolves);
  g_string_append (json, body + 1);

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * forlop_outbox_store_list_unsent:
 *
 * Returns: (transfer full): a #GPtrArray of #ForlopSyncUnsent; as many as fit, but at least one if
 *   any waits.
 */
GPtrArray *
forlop_outbox_store_list_unsent (ForlopConnection  *connection,
                                 unsigned int       max_changesets,
                                 gsize              max_bytes,
                                 GError           **error)
{
  static const char sql[] =
    "SELECT o.op_no, c.body, o.depends_on, o.resolves FROM outbox o JOIN changeset c USING (op_id) "
    "WHERE o.state = 'waiting' ORDER BY o.op_no LIMIT ?1";
  g_autoptr (GPtrArray) unsent =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_unsent_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gsize bytes = 0;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, max_changesets);

  do
    {
      ForlopSyncUnsent *each;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      each = g_new0 (ForlopSyncUnsent, 1);
      each->op_no = forlop_statement_get_integer (statement, 0);
      each->json = forlop_outbox_store_read_wire (statement);
      bytes += strlen (each->json) + 1;
      if (unsent->len > 0 && bytes > max_bytes)
        {
          forlop_sync_unsent_free (each);
          break;
        }
      g_ptr_array_add (unsent, each);
    }
  while (TRUE);

  return g_steal_pointer (&unsent);
}

/**
 * forlop_outbox_store_take_result:
 *
 * The first answer stands; one that comes again, or is for a changeset of nobody here, changes
 * nothing.
 */
gboolean
forlop_outbox_store_take_result (ForlopConnection        *connection,
                                 const ForlopSyncResult  *result,
                                 GError                 **error)
{
  static const char sql[] =
    "UPDATE outbox SET state = 'answered', status = ?2, acked_seq = ?3, result = ?4 "
    "WHERE op_id = ?1 AND state = 'waiting'";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, result->op_id);
  forlop_statement_bind_text (statement, 2, result->status);
  forlop_statement_bind_integer (statement, 3, result->seq);
  forlop_statement_bind_text (statement, 4, result->json);
  forlop_connection_touch (connection, "outbox");

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_outbox_store_has_unsent:
 * @pos: the position that is about to be shown.
 *
 * Whether a changeset with something of @scope is not on the server yet, as far as @pos knows.
 */
gboolean
forlop_outbox_store_has_unsent (ForlopConnection  *connection,
                                const char        *scope,
                                gint64             pos,
                                gboolean          *has_unsent,
                                GError           **error)
{
  static const char sql[] =
    "SELECT 1 FROM outbox JOIN changeset USING (op_id) "
    "WHERE (state = 'waiting' OR (state = 'answered' AND acked_seq > ?2)) "
    "AND instr (body, '\"scope\":\"' || ?1 || '\"') > 0";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && has_unsent != NULL, FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);
  forlop_statement_bind_integer (statement, 2, pos);

  return forlop_statement_step (statement, has_unsent, error);
}

/**
 * forlop_outbox_store_send_again:
 * @from: the number that the server wants next.
 * @found: (out): whether the number is here, or is the one the next act will get.
 *
 * After the server was restored from a copy: what it has lost waits again, with its files.
 */
gboolean
forlop_outbox_store_send_again (ForlopConnection  *connection,
                                gint64             from,
                                gboolean          *found,
                                GError           **error)
{
  static const char update_sql[] =
    "UPDATE outbox SET state = 'waiting', status = NULL, acked_seq = NULL, result = NULL "
    "WHERE op_no >= ?1";
  static const char found_sql[] =
    "SELECT 1 FROM outbox WHERE op_no = ?1 UNION ALL "
    "SELECT 1 WHERE ?1 = 1 + coalesce ((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && found != NULL, FALSE);

  if (!run_with_integer (connection, update_sql, from, error) ||
      !forlop_upload_store_add_waiting (connection, error))
    return FALSE;
  forlop_connection_touch (connection, "outbox");

  statement = forlop_connection_prepare (connection, found_sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, from);

  return forlop_statement_step (statement, found, error);
}

/* This file is older than what the server has seen of the device: what waits gets new numbers, on
 * the way negative ones, so that no two are the same. */
static gboolean
renumber (ForlopConnection  *connection,
          gint64             by,
          GError           **error)
{
  static const char pending_sql[] =
    "UPDATE pending_row SET op_no = op_no + ?1 WHERE op_no IN "
    "(SELECT op_no FROM outbox WHERE state = 'waiting')";
  static const char away_sql[] = "UPDATE outbox SET op_no = -op_no - ?1 WHERE state = 'waiting'";
  static const char back_sql[] = "UPDATE outbox SET op_no = -op_no WHERE op_no < ?1";
  static const char sequence_sql[] =
    "UPDATE sqlite_sequence SET seq = max (seq, (SELECT max (op_no) FROM outbox)) "
    "WHERE name = 'outbox'";

  return run_with_integer (connection, pending_sql, by, error) &&
         run_with_integer (connection, away_sql, by, error) &&
         run_with_integer (connection, back_sql, 0, error) &&
         forlop_connection_execute (connection, sequence_sql, error);
}

/**
 * forlop_outbox_store_take_expected:
 * @expected: the number that the server wants next of this device.
 * @found: (out): whether it can be had.
 */
gboolean
forlop_outbox_store_take_expected (ForlopConnection  *connection,
                                   gint64             expected,
                                   gboolean          *found,
                                   GError           **error)
{
  gint64 oldest;

  g_return_val_if_fail (connection != NULL && found != NULL, FALSE);

  if (!forlop_connection_query_integer (connection,
                                        "SELECT coalesce ((SELECT min (op_no) FROM outbox "
                                        "WHERE state = 'waiting'), 0)", &oldest, error))
    return FALSE;

  *found = TRUE;
  if (oldest > 0 && expected > oldest)
    return renumber (connection, expected - oldest, error);

  return expected == oldest || forlop_outbox_store_send_again (connection, expected, found, error);
}

/**
 * forlop_outbox_store_settle:
 *
 * The mirror shows @cursor: what was answered until there is settled. What the server took is retained
 * until it is in a backup; what it refused is kept until a person has dealt with it. What the server
 * took of a scope that is not shown yet waits for it: until then only this machine can show it. What
 * made a record that unsent work changes stays until that is answered as well: when it was refused, and
 * when the server took it into a scope that is not this device's, of which nothing comes.
 */
gboolean
forlop_outbox_store_settle (ForlopConnection  *connection,
                            gint64             cursor,
                            GError           **error)
{
#define MADE_FOR_UNSENT \
  "FROM pending_row a JOIN pending_row b ON b.id = a.id AND b.type = a.type AND b.op_no > a.op_no " \
  "JOIN outbox w ON w.op_no = b.op_no WHERE a.op_no = outbox.op_no AND a.made = 1 AND w.state = 'waiting'"
  static const char refused_sql[] =
    "UPDATE outbox SET state = 'refused' WHERE state = 'answered' AND acked_seq <= ?1 "
    "AND status NOT IN ('applied', 'merged') AND NOT EXISTS (SELECT 1 " MADE_FOR_UNSENT ")";
  static const char retained_sql[] =
    "UPDATE outbox SET state = 'retained' WHERE state = 'answered' AND acked_seq <= ?1 "
    "AND status IN ('applied', 'merged') AND NOT EXISTS (SELECT 1 FROM scope_have h JOIN changeset c ON c.op_id = outbox.op_id "
    "WHERE h.shown = 0 AND h.fill <> 'staged' "
    "AND instr (c.body, '\"scope\":\"' || h.scope || '\"') > 0) "
    "AND NOT EXISTS (SELECT 1 " MADE_FOR_UNSENT
    " AND NOT EXISTS (SELECT 1 FROM stage JOIN scope_have USING (scope) WHERE id = a.id AND type = a.type)"
    " AND NOT EXISTS (SELECT 1 FROM server_row WHERE id = a.id AND type = a.type))";
#undef MADE_FOR_UNSENT

  g_return_val_if_fail (connection != NULL, FALSE);

  forlop_connection_touch (connection, "outbox");

  return run_with_integer (connection, refused_sql, cursor, error) &&
         run_with_integer (connection, retained_sql, cursor, error);
}

void
forlop_outbox_entry_free (ForlopOutboxEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->act);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->result);
  g_free (self);
}

static ForlopOutboxEntry *
read_entry (ForlopStatement *statement)
{
  ForlopOutboxEntry *entry = g_new0 (ForlopOutboxEntry, 1);

  entry->op_id = forlop_statement_dup_id (statement, 0);
  entry->act = forlop_statement_dup_text (statement, 1);
  entry->created_at = forlop_statement_get_instant (statement, 2);
  entry->citizen_id = forlop_statement_dup_id (statement, 3);
  entry->case_id = forlop_statement_dup_id (statement, 4);
  entry->state = g_intern_string (forlop_statement_get_text (statement, 5));
  entry->result = forlop_statement_dup_text (statement, 6);

  return entry;
}

GPtrArray *
forlop_outbox_store_list (ForlopConnection  *connection,
                          GError           **error)
{
  static const char sql[] =
    "SELECT o.op_id, c.act, c.created_at, c.citizen_id, c.case_id, o.state, o.result "
    "FROM outbox o JOIN changeset c USING (op_id) "
    "WHERE o.state IN ('waiting', 'answered', 'refused') ORDER BY o.op_no";
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_outbox_entry_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (entries, read_entry (statement));
    }
  while (has_row);

  return g_steal_pointer (&entries);
}

static gboolean
run_on_ids (ForlopConnection  *connection,
            const char        *sql,
            const char        *first,
            const char        *second,
            GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, first);
  if (second != NULL)
    forlop_statement_bind_id (statement, 2, second);
  forlop_connection_touch (connection, "outbox");

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_outbox_store_let_go:
 *
 * A person has dealt with a refused changeset, or does without it; what was blocked because it builds
 * on that one goes with it. Like what was confirmed it is kept until it is in a backup, because the
 * server may ask for its number again; what was written stays in the history.
 */
gboolean
forlop_outbox_store_let_go (ForlopConnection  *connection,
                            const char        *op_id,
                            GError           **error)
{
  static const char sql[] =
    "WITH RECURSIVE gone (op_no, name) AS ("
    "SELECT op_no, json_extract (result, '$.op_id') FROM outbox WHERE op_id = ?1 AND state = 'refused' "
    "UNION SELECT o.op_no, json_extract (o.result, '$.op_id') FROM gone g JOIN outbox o "
    "ON o.state = 'refused' AND o.status = 'blocked' AND instr (o.depends_on, g.name) > 0) "
    "UPDATE outbox SET state = 'retained' WHERE op_no IN (SELECT op_no FROM gone)";

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL, FALSE);

  return run_on_ids (connection, sql, op_id, NULL, error);
}

/**
 * forlop_outbox_store_settle_refused:
 *
 * A person has done it again, or another act instead. What builds on it is not done by that, and stays.
 */
gboolean
forlop_outbox_store_settle_refused (ForlopConnection  *connection,
                                    const char        *op_id,
                                    GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL, FALSE);

  return run_on_ids (connection, "UPDATE outbox SET state = 'retained' WHERE op_id = ?1 AND state = 'refused'", op_id,
                     NULL, error);
}

/**
 * forlop_outbox_store_set_resolves:
 *
 * Says, in the transaction of the act, that the changeset resolves a conflict.
 */
gboolean
forlop_outbox_store_set_resolves (ForlopConnection  *connection,
                                  const char        *op_id,
                                  const char        *conflict_id,
                                  GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL && conflict_id != NULL, FALSE);

  return run_on_ids (connection, "UPDATE outbox SET resolves = ?2 WHERE op_id = ?1", op_id, conflict_id,
                     error);
}

/**
 * forlop_outbox_store_forget_safe:
 * @safe_seq: the newest position in a verified copy of the server.
 */
gboolean
forlop_outbox_store_forget_safe (ForlopConnection  *connection,
                                 gint64             safe_seq,
                                 GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return run_with_integer (connection,
                           "DELETE FROM outbox WHERE state = 'retained' AND acked_seq <= ?1",
                           safe_seq, error);
}
