/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-mirror-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-outbox-store.h"

#define MAX_REPAIRS 3

void
forlop_scope_have_free (ForlopScopeHave *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self);
}

static gboolean
run_on_scope (ForlopConnection  *connection,
              const char        *sql,
              const char        *scope,
              GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);

  return forlop_statement_execute (statement, error);
}

static gboolean
run_all (ForlopConnection   *connection,
         const char *const  *statements,
         GError            **error)
{
  for (; *statements != NULL; statements++)
    if (!forlop_connection_execute (connection, *statements, error))
      return FALSE;

  return TRUE;
}

/**
 * forlop_mirror_store_check_pair:
 *
 * Whether the store may become the mirror of a server. One that has a history of its own may not: its
 * numbers would not be the server's.
 */
gboolean
forlop_mirror_store_check_pair (ForlopConnection  *connection,
                                GError           **error)
{
  gint64 n_acts;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!forlop_connection_query_integer (connection, "SELECT count (*) FROM changeset", &n_acts, error))
    return FALSE;
  if (n_acts > 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("Work has been done in this file without a server. It was left as it is. Make a "
                     "new file for the server."));
      return FALSE;
    }

  return TRUE;
}

/**
 * forlop_mirror_store_pair:
 * @server: the server's address.
 *
 * Makes an empty store the mirror of a server.
 */
gboolean
forlop_mirror_store_pair (ForlopConnection  *connection,
                          const char        *server,
                          GError           **error)
{
  static const char sql[] = "INSERT INTO sync_state (n, server) VALUES (1, ?1)";

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  if (!forlop_mirror_store_check_pair (connection, error))
    return FALSE;
  forlop_connection_touch (connection, "sync_state");

  return run_on_scope (connection, sql, server, error);
}

/**
 * forlop_mirror_store_set_account:
 * @ca_file: (nullable)
 *
 * With what the user of a paired store signed in: it is asked for again when the session is over.
 */
gboolean
forlop_mirror_store_set_account (ForlopConnection  *connection,
                                 const char        *ca_file,
                                 const char        *tenant,
                                 const char        *account,
                                 GError           **error)
{
  static const char sql[] = "UPDATE sync_state SET ca_file = ?1, tenant = ?2, account = ?3";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (tenant != NULL && account != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, ca_file);
  forlop_statement_bind_text (statement, 2, tenant);
  forlop_statement_bind_text (statement, 3, account);
  forlop_connection_touch (connection, "sync_state");

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_store_move:
 * @server: the address at which the same server is found from now on.
 */
gboolean
forlop_mirror_store_move (ForlopConnection  *connection,
                          const char        *server,
                          GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  forlop_connection_touch (connection, "sync_state");

  return run_on_scope (connection, "UPDATE sync_state SET server = ?1", server, error);
}

static gboolean
set_not_paired (GError **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
               _("This file belongs to no server. Nothing was sent or received."));
  return FALSE;
}

/**
 * forlop_mirror_store_load_state:
 * @state: (out caller-allocates): cleared with forlop_sync_state_clear().
 */
gboolean
forlop_mirror_store_load_state (ForlopConnection  *connection,
                                ForlopSyncState   *state,
                                GError           **error)
{
  static const char sql[] =
    "SELECT server, user_id, device_id, epoch, cursor, pos, pos_hash, head_seen, safe_seq, "
    "last_ok_at, skew_ms, lease_hours, seen_at, mismatches, "
    "(SELECT count (*) FROM outbox WHERE state = 'waiting'), "
    "(SELECT count (*) FROM outbox WHERE state = 'answered'), "
    "(SELECT count (*) FROM outbox o WHERE state = 'refused' AND NOT EXISTS (SELECT 1 FROM conflict f "
    "WHERE f.op_id = json_extract (o.result, '$.op_id') AND f.deleted = 0)) + "
    "(SELECT count (*) FROM conflict WHERE status = 'open' AND deleted = 0), "
    "(SELECT count (*) FROM scope_have WHERE fill IN ('wanted', 'filling')), "
    "EXISTS (SELECT 1 FROM scope_have WHERE fill = 'staged'), "
    "(SELECT count (*) FROM outbox WHERE state = 'answered' AND acked_seq > cursor), "
    "(SELECT count (*) FROM access_log WHERE access_log.n > access_acked) + (SELECT count (*) FROM purged_scope), "
    "checkpoint_n, checkpoint_seen > checkpoint_n AND NOT log_differs, log_differs, "
    "ca_file, tenant, account, (SELECT count (*) FROM upload), "
    "EXISTS (SELECT 1 FROM upload JOIN stage_grant USING (scope) WHERE active = 0) "
    "OR (cursor = 0 AND EXISTS (SELECT 1 FROM stage_grant) "
    "AND EXISTS (SELECT 1 FROM upload WHERE scope NOT IN (SELECT scope FROM stage_grant))), "
    "EXISTS (SELECT 1 FROM scope_have) FROM sync_state";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL && state != NULL, FALSE);

  *state = (ForlopSyncState) { 0 };
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return set_not_paired (error);

  state->server = forlop_statement_dup_text (statement, 0);
  state->user_id = forlop_statement_dup_id (statement, 1);
  state->device_id = forlop_statement_dup_id (statement, 2);
  state->epoch = forlop_statement_dup_text (statement, 3);
  state->cursor = forlop_statement_get_integer (statement, 4);
  state->pos = forlop_statement_get_integer (statement, 5);
  state->pos_hash = forlop_statement_dup_text (statement, 6);
  state->head_seen = forlop_statement_get_integer (statement, 7);
  state->safe_seq = forlop_statement_get_integer (statement, 8);
  state->last_ok_at = forlop_statement_get_instant (statement, 9);
  state->skew_ms = forlop_statement_get_integer (statement, 10);
  state->lease_hours = forlop_statement_get_integer (statement, 11);
  state->seen_at = forlop_statement_get_instant (statement, 12);
  state->n_mismatches = forlop_statement_get_integer (statement, 13);
  state->n_unsent = forlop_statement_get_integer (statement, 14);
  state->n_answered = forlop_statement_get_integer (statement, 15);
  state->n_refused = forlop_statement_get_integer (statement, 16);
  state->n_waiting_scopes = forlop_statement_get_integer (statement, 17);
  state->has_filled = forlop_statement_get_boolean (statement, 18);
  state->n_ahead = forlop_statement_get_integer (statement, 19);
  state->n_unacked = forlop_statement_get_integer (statement, 20);
  state->checkpoint_n = forlop_statement_get_integer (statement, 21);
  state->wants_proof = forlop_statement_get_boolean (statement, 22);
  state->log_differs = forlop_statement_get_boolean (statement, 23);
  state->ca_file = forlop_statement_dup_text (statement, 24);
  state->tenant = forlop_statement_dup_text (statement, 25);
  state->account = forlop_statement_dup_text (statement, 26);
  state->n_uploads = forlop_statement_get_integer (statement, 27);
  state->has_held_upload = forlop_statement_get_boolean (statement, 28);
  state->has_scopes = forlop_statement_get_boolean (statement, 29);

  return TRUE;
}

/**
 * forlop_mirror_store_take_hello:
 *
 * Remembers which server this is. In a new epoch the next turn starts at 0.
 */
gboolean
forlop_mirror_store_take_hello (ForlopConnection       *connection,
                                const ForlopSyncHello  *hello,
                                GError                **error)
{
  static const char sql[] =
    "UPDATE sync_state SET epoch = ?1, head_seen = max (head_seen, ?2), "
    "lease_hours = ?3, user_id = coalesce (?4, user_id), device_id = coalesce (?5, device_id)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (hello != NULL && hello->epoch != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, hello->epoch);
  forlop_statement_bind_integer (statement, 2, hello->head);
  forlop_statement_bind_integer (statement, 3, hello->lease_hours);
  forlop_statement_bind_id (statement, 4, hello->user_id);
  forlop_statement_bind_id (statement, 5, hello->device_id);
  forlop_connection_touch (connection, "sync_state");

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_store_forget:
 *
 * The mirror's place in the log means nothing any more. What is shown stays until the turn from 0 is
 * complete; the outbox stays as it is.
 */
gboolean
forlop_mirror_store_forget (ForlopConnection  *connection,
                            GError           **error)
{
  static const char *const statements[] = {
    "UPDATE sync_state SET epoch = NULL, cursor = 0, pos = 0, pos_hash = '', "
    "head_seen = 0, safe_seq = 0",
    "DELETE FROM stage",
    "DELETE FROM stage_grant",
    "DELETE FROM stage_sum",
    "DELETE FROM scope_have WHERE shown = 0",
    "UPDATE scope_have SET fill = 'none', after_seq = NULL, after_type = NULL, after_id = NULL, "
    "fill_head = 0",
    NULL,
  };

  g_return_val_if_fail (connection != NULL, FALSE);

  forlop_connection_touch (connection, "sync_state");

  return run_all (connection, statements, error);
}

/**
 * forlop_mirror_store_begin_show:
 *
 * A scope that was filled later than the position that is about to be shown would show another
 * instant than the rest: it is filled again.
 */
gboolean
forlop_mirror_store_begin_show (ForlopConnection  *connection,
                                GError           **error)
{
#define TOO_NEW "fill = 'staged' AND fill_head > (SELECT pos FROM sync_state)"
  static const char *const statements[] = {
    "DELETE FROM stage WHERE part = 'scope' AND scope IN "
    "(SELECT scope FROM scope_have WHERE " TOO_NEW ")",
    "UPDATE scope_have SET fill = 'wanted', fill_head = 0 WHERE " TOO_NEW,
    NULL,
  };
  gint64 is_any;

  g_return_val_if_fail (connection != NULL, FALSE);

  return forlop_connection_query_integer (
           connection, "SELECT EXISTS (SELECT 1 FROM scope_have WHERE " TOO_NEW ")", &is_any, error) &&
         (!is_any || run_all (connection, statements, error));
#undef TOO_NEW
}

/**
 * forlop_mirror_store_finish_turn:
 *
 * What was staged is shown and forgotten: sets the cursor, and notes with the time how far it was ahead of the
 * server's.
 */
gboolean
forlop_mirror_store_finish_turn (ForlopConnection  *connection,
                                 gint64             now,
                                 gint64             skew_ms,
                                 GError           **error)
{
  static const char *const statements[] = {
    "DELETE FROM stage WHERE scope NOT IN (SELECT scope FROM scope_have) OR scope IN "
    "(SELECT scope FROM scope_have WHERE fill = 'staged' OR (shown = 1 AND fill = 'none'))",
    "UPDATE stage SET part = 'shown' WHERE part = 'turn' AND scope IN "
    "(SELECT scope FROM scope_have WHERE shown = 1)",
    "UPDATE scope_have SET shown = 1, fill = 'none', fill_head = 0 WHERE fill = 'staged'",
    "DELETE FROM stage_grant",
    "DELETE FROM stage_sum",
    NULL,
  };
  static const char sql[] =
    "UPDATE sync_state SET cursor = pos, last_ok_at = ?1, seen_at = ?1, skew_ms = ?2";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!run_all (connection, statements, error))
    return FALSE;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, now);
  forlop_statement_bind_integer (statement, 2, skew_ms);
  forlop_connection_touch (connection, "sync_state");

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_store_put_clock_right:
 *
 * The clock was @skew_ms ahead of the server's at the last contact, and is not any more: what was noted with it
 * is told by the server's time. Once, however often it is asked.
 */
gboolean
forlop_mirror_store_put_clock_right (ForlopConnection  *connection,
                                     gint64             skew_ms,
                                     GError           **error)
{
  static const char sql[] = "UPDATE sync_state SET last_ok_at = last_ok_at - ?1, seen_at = seen_at - ?1, skew_ms = 0 "
                            "WHERE skew_ms = ?1";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, skew_ms);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_store_note_seen:
 *
 * The machine has seen @now. The server's next contact forgets it again, with whatever a wrong clock said.
 */
gboolean
forlop_mirror_store_note_seen (ForlopConnection  *connection,
                               gint64             now,
                               GError           **error)
{
  static const char sql[] = "UPDATE sync_state SET seen_at = max (coalesce (seen_at, ?1), ?1)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, now);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_mirror_store_count_mismatch (ForlopConnection  *connection,
                                    GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return forlop_connection_execute (connection,
                                    "UPDATE sync_state SET mismatches = mismatches + 1", error);
}

/**
 * forlop_mirror_store_next_fill:
 * @fill: (out) (nullable): the scope to go on with; one that has begun comes first, then what the
 *   citizens' records refer to.
 */
gboolean
forlop_mirror_store_next_fill (ForlopConnection  *connection,
                               ForlopSyncFill   **fill,
                               GError           **error)
{
  static const char sql[] =
    "SELECT scope, gen, after_seq, after_type, after_id FROM scope_have "
    "WHERE fill IN ('filling', 'wanted') ORDER BY fill, scope LIKE 'c:%', scope LIMIT 1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL && fill != NULL, FALSE);

  *fill = NULL;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  *fill = g_new0 (ForlopSyncFill, 1);
  (*fill)->scope = forlop_statement_dup_text (statement, 0);
  (*fill)->gen = forlop_statement_get_integer (statement, 1);
  (*fill)->after.seq = forlop_statement_get_integer (statement, 2);
  (*fill)->after.type = forlop_statement_dup_text (statement, 3);
  (*fill)->after.id = forlop_statement_dup_id (statement, 4);

  return TRUE;
}

static ForlopScopeHave *
read_scope (ForlopStatement *statement)
{
  ForlopScopeHave *have = g_new0 (ForlopScopeHave, 1);

  have->scope = forlop_statement_dup_text (statement, 0);
  have->gen = forlop_statement_get_integer (statement, 1);
  have->shown = forlop_statement_get_boolean (statement, 2);
  have->fill = g_intern_string (forlop_statement_get_text (statement, 3));
  have->repairs = forlop_statement_get_integer (statement, 4);

  return have;
}

GPtrArray *
forlop_mirror_store_list_scopes (ForlopConnection  *connection,
                                 GError           **error)
{
  g_autoptr (GPtrArray) scopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_scope_have_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection,
                                         "SELECT scope, gen, shown, fill, repairs FROM scope_have",
                                         error);
  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (scopes, read_scope (statement));
    }
  while (has_row);

  return g_steal_pointer (&scopes);
}

gboolean
forlop_mirror_store_put_scope (ForlopConnection  *connection,
                               const char        *scope,
                               gint64             gen,
                               gboolean           shown,
                               const char        *fill,
                               GError           **error)
{
  static const char sql[] =
    "INSERT INTO scope_have (scope, gen, shown, fill) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (scope) DO UPDATE SET gen = ?2, shown = ?3, fill = ?4, after_seq = NULL, "
    "after_type = NULL, after_id = NULL, fill_head = 0, repairs = 0";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (scope != NULL && fill != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);
  forlop_statement_bind_integer (statement, 2, gen);
  forlop_statement_bind_boolean (statement, 3, shown);
  forlop_statement_bind_text (statement, 4, fill);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_mirror_store_drop_scope (ForlopConnection  *connection,
                                const char        *scope,
                                GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  return run_on_scope (connection, "DELETE FROM scope_have WHERE scope = ?1", scope, error);
}

gboolean
forlop_mirror_store_want_repair (ForlopConnection  *connection,
                                 const char        *scope,
                                 GError           **error)
{
  static const char sql[] =
    "UPDATE scope_have SET fill = 'wanted', repairs = repairs + 1 "
    "WHERE scope = ?1 AND fill = 'none' AND repairs < " G_STRINGIFY (MAX_REPAIRS);

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  return run_on_scope (connection, sql, scope, error);
}
