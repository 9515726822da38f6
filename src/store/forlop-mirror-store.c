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

static void
staged_grant_free (ForlopStagedGrant *self)
{
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
 * forlop_mirror_store_pair:
 * @server: the server's address.
 *
 * Makes an empty store the mirror of a server. One that has a history of its own is refused: its
 * numbers would not be the server's.
 */
gboolean
forlop_mirror_store_pair (ForlopConnection  *connection,
                          const char        *server,
                          GError           **error)
{
  static const char sql[] = "INSERT INTO sync_state (n, server) VALUES (1, ?1)";
  gint64 n_acts;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  if (!forlop_connection_query_integer (connection, "SELECT count (*) FROM changeset", &n_acts, error))
    return FALSE;
  if (n_acts > 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("Work has been done in this file without a server. It was left as it is. Make a "
                     "new file for the server."));
      return FALSE;
    }
  forlop_connection_touch (connection, "sync_state");

  return run_on_scope (connection, sql, server, error);
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
    "SELECT server, user_id, device_id, epoch, cursor, pos, pos_hash, complete, head_seen, safe_seq, "
    "last_ok_at, skew_ms, lease_hours, lease_until, mismatches, "
    "(SELECT count (*) FROM outbox WHERE state = 'waiting'), "
    "(SELECT count (*) FROM outbox WHERE state = 'answered'), "
    "(SELECT count (*) FROM outbox WHERE state = 'refused'), "
    "(SELECT count (*) FROM scope_have WHERE fill IN ('wanted', 'filling')), "
    "EXISTS (SELECT 1 FROM scope_have WHERE fill = 'staged') FROM sync_state";
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
  state->is_complete = forlop_statement_get_boolean (statement, 7);
  state->head_seen = forlop_statement_get_integer (statement, 8);
  state->safe_seq = forlop_statement_get_integer (statement, 9);
  state->last_ok_at = forlop_statement_get_instant (statement, 10);
  state->skew_ms = forlop_statement_get_integer (statement, 11);
  state->lease_hours = forlop_statement_get_integer (statement, 12);
  state->lease_until = forlop_statement_get_instant (statement, 13);
  state->n_mismatches = forlop_statement_get_integer (statement, 14);
  state->n_unsent = forlop_statement_get_integer (statement, 15);
  state->n_answered = forlop_statement_get_integer (statement, 16);
  state->n_refused = forlop_statement_get_integer (statement, 17);
  state->n_waiting_scopes = forlop_statement_get_integer (statement, 18);
  state->has_filled = forlop_statement_get_boolean (statement, 19);

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
                                gint64                  now,
                                GError                **error)
{
  static const char sql[] =
    "UPDATE sync_state SET epoch = ?1, head_seen = max (head_seen, ?2), skew_ms = ?3, "
    "lease_hours = ?4, user_id = coalesce (?5, user_id), device_id = coalesce (?6, device_id)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (hello != NULL && hello->epoch != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, hello->epoch);
  forlop_statement_bind_integer (statement, 2, hello->head);
  forlop_statement_bind_integer (statement, 3, now - hello->server_time);
  forlop_statement_bind_integer (statement, 4, hello->lease_hours);
  forlop_statement_bind_id (statement, 5, hello->user_id);
  forlop_statement_bind_id (statement, 6, hello->device_id);
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
    "UPDATE sync_state SET epoch = NULL, cursor = 0, pos = 0, pos_hash = '', complete = 0, "
    "head_seen = 0, safe_seq = 0",
    "DELETE FROM stage",
    "DELETE FROM stage_grant",
    "DELETE FROM stage_sum",
    "DELETE FROM scope_have WHERE shown = 0",
    "UPDATE scope_have SET fill = 'none', after_seq = NULL, after_type = NULL, after_id = NULL",
    NULL,
  };

  g_return_val_if_fail (connection != NULL, FALSE);

  forlop_connection_touch (connection, "sync_state");

  return run_all (connection, statements, error);
}

/* The row with the higher position stands; rows of a turn are newer than those of a scope's page. */
static gboolean
stage_row (ForlopConnection     *connection,
           const ForlopSyncRow  *row,
           const char           *part,
           GError              **error)
{
  static const char sql[] =
    "INSERT INTO stage (id, type, scope, seq, vtag, field_vtags, body, part) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id, type) DO UPDATE SET scope = ?3, "
    "seq = ?4, vtag = ?5, field_vtags = ?6, body = ?7, part = ?8 "
    "WHERE ?4 > seq OR (?4 = seq AND scope <> ?3)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, row->id);
  forlop_statement_bind_text (statement, 2, row->type->name);
  forlop_statement_bind_text (statement, 3, row->scope);
  forlop_statement_bind_integer (statement, 4, row->seq);
  forlop_statement_bind_id (statement, 5, row->vtag);
  forlop_statement_bind_text (statement, 6, row->field_vtags);
  forlop_statement_bind_text (statement, 7, row->body);
  forlop_statement_bind_text (statement, 8, part);

  return forlop_statement_execute (statement, error);
}

static gboolean
stage_grant (ForlopConnection       *connection,
             const ForlopSyncGrant  *grant,
             gboolean                from_start,
             GError                **error)
{
  /* A turn has several pages: what the first one said of a grant that has not changed stands. */
  static const char sql[] =
    "INSERT INTO stage_grant (scope, gen, active, from_start) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (scope) DO UPDATE SET from_start = ?4 OR (from_start AND gen = ?2), gen = ?2, "
    "active = ?3";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, grant->scope);
  forlop_statement_bind_integer (statement, 2, grant->gen);
  forlop_statement_bind_boolean (statement, 3, grant->active);
  forlop_statement_bind_boolean (statement, 4, from_start);

  return forlop_statement_execute (statement, error);
}

static gboolean
stage_sum (ForlopConnection          *connection,
           const ForlopSyncScopeSum  *sum,
           GError                   **error)
{
  static const char sql[] =
    "INSERT INTO stage_sum (scope, count, sum) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (scope) DO UPDATE SET count = ?2, sum = ?3";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, sum->scope);
  forlop_statement_bind_integer (statement, 2, sum->sum.count);
  forlop_statement_bind_integer (statement, 3, (gint64) sum->sum.sum);

  return forlop_statement_execute (statement, error);
}

static gboolean
set_pos (ForlopConnection      *connection,
         const ForlopSyncPage  *page,
         GError               **error)
{
  static const char sql[] =
    "UPDATE sync_state SET pos = ?1, pos_hash = ?2, complete = ?3, head_seen = max (head_seen, ?4), "
    "safe_seq = max (safe_seq, ?5)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, page->pos);
  forlop_statement_bind_text (statement, 2, page->hash);
  forlop_statement_bind_boolean (statement, 3, page->is_complete);
  forlop_statement_bind_integer (statement, 4, page->head);
  forlop_statement_bind_integer (statement, 5, page->safe_seq);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_mirror_store_take_page:
 *
 * Puts a page aside and moves the position, so that neither is there without the other.
 */
gboolean
forlop_mirror_store_take_page (ForlopConnection      *connection,
                               const ForlopSyncPage  *page,
                               GError               **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (page != NULL, FALSE);

  for (unsigned int i = 0; i < page->rows->len; i++)
    if (!stage_row (connection, g_ptr_array_index (page->rows, i), "turn", error))
      return FALSE;
  for (unsigned int i = 0; i < page->grants->len; i++)
    if (!stage_grant (connection, g_ptr_array_index (page->grants, i), page->from == 0, error))
      return FALSE;
  for (unsigned int i = 0; page->sums != NULL && i < page->sums->len; i++)
    if (!stage_sum (connection, g_ptr_array_index (page->sums, i), error))
      return FALSE;

  return set_pos (connection, page, error);
}

/**
 * forlop_mirror_store_finish_turn:
 *
 * What was staged is shown: forgets it and sets the cursor. Rows of scopes that are being filled stay.
 */
gboolean
forlop_mirror_store_finish_turn (ForlopConnection  *connection,
                                 gint64             now,
                                 GError           **error)
{
  static const char *const statements[] = {
    "DELETE FROM stage WHERE scope NOT IN (SELECT scope FROM scope_have) OR scope IN "
    "(SELECT scope FROM scope_have WHERE fill = 'staged' OR (shown = 1 AND fill = 'none'))",
    "UPDATE stage SET part = 'shown' WHERE part = 'turn' AND scope IN "
    "(SELECT scope FROM scope_have WHERE shown = 1)",
    "UPDATE scope_have SET shown = 1, fill = 'none', after_seq = NULL, after_type = NULL, "
    "after_id = NULL WHERE fill = 'staged'",
    "DELETE FROM stage_grant",
    "DELETE FROM stage_sum",
    NULL,
  };
  static const char sql[] =
    "UPDATE sync_state SET cursor = pos, complete = 0, last_ok_at = ?1, "
    "lease_until = ?1 + lease_hours * 3600000";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!run_all (connection, statements, error))
    return FALSE;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, now);
  forlop_connection_touch (connection, "sync_state");

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
 * @fill: (out) (nullable): the scope to go on with; one that has begun comes first.
 */
gboolean
forlop_mirror_store_next_fill (ForlopConnection  *connection,
                               ForlopSyncFill   **fill,
                               GError           **error)
{
  static const char sql[] =
    "SELECT scope, gen, after_seq, after_type, after_id FROM scope_have "
    "WHERE fill IN ('filling', 'wanted') ORDER BY fill, scope LIMIT 1";
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

/* Whether this is the page that the scope waits for, and not an older one that was late. */
static gboolean
is_awaited (ForlopConnection           *connection,
            const ForlopSyncScopePage  *page,
            gboolean                   *awaited,
            GError                    **error)
{
  static const char sql[] =
    "SELECT 1 FROM scope_have, sync_state WHERE scope = ?1 AND gen = ?2 "
    "AND fill IN ('wanted', 'filling') AND coalesce (after_seq, 0) = ?3 AND after_type IS ?4 "
    "AND after_id IS ?5 AND pos <= ?6 AND epoch = ?7";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, page->scope);
  forlop_statement_bind_integer (statement, 2, page->gen);
  forlop_statement_bind_integer (statement, 3, page->after.seq);
  forlop_statement_bind_text (statement, 4, page->after.type);
  forlop_statement_bind_id (statement, 5, page->after.id);
  forlop_statement_bind_integer (statement, 6, page->head);
  forlop_statement_bind_text (statement, 7, page->epoch);

  return forlop_statement_step (statement, awaited, error);
}

/**
 * forlop_mirror_store_take_scope_page:
 *
 * Puts a page of a scope aside. One that is older than what the mirror has seen is left, and the
 * same page is asked for again.
 */
gboolean
forlop_mirror_store_take_scope_page (ForlopConnection           *connection,
                                     const ForlopSyncScopePage  *page,
                                     GError                    **error)
{
  static const char sql[] =
    "UPDATE scope_have SET fill = ?2, after_seq = ?3, after_type = ?4, after_id = ?5 WHERE scope = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean is_last, awaited;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (page != NULL, FALSE);

  if (!is_awaited (connection, page, &awaited, error))
    return FALSE;
  if (!awaited)
    return TRUE;

  for (unsigned int i = 0; i < page->rows->len; i++)
    if (!stage_row (connection, g_ptr_array_index (page->rows, i), "scope", error))
      return FALSE;

  is_last = page->next.type == NULL;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, page->scope);
  forlop_statement_bind_text (statement, 2, is_last ? "staged" : "filling");
  if (!is_last)
    {
      forlop_statement_bind_integer (statement, 3, page->next.seq);
      forlop_statement_bind_text (statement, 4, page->next.type);
      forlop_statement_bind_id (statement, 5, page->next.id);
    }

  return forlop_statement_execute (statement, error);
}

typedef gpointer (*ReadFunc) (ForlopStatement *statement);

static GPtrArray *
list (ForlopConnection  *connection,
      const char        *sql,
      ReadFunc           read,
      GDestroyNotify     element_free,
      GError           **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (element_free);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (elements, read (statement));
    }
  while (has_row);

  return g_steal_pointer (&elements);
}

static gpointer
read_grant (ForlopStatement *statement)
{
  ForlopStagedGrant *grant = g_new0 (ForlopStagedGrant, 1);

  grant->scope = forlop_statement_dup_text (statement, 0);
  grant->gen = forlop_statement_get_integer (statement, 1);
  grant->active = forlop_statement_get_boolean (statement, 2);
  grant->from_start = forlop_statement_get_boolean (statement, 3);

  return grant;
}

GPtrArray *
forlop_mirror_store_list_grants (ForlopConnection  *connection,
                                 GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return list (connection, "SELECT scope, gen, active, from_start FROM stage_grant", read_grant,
               (GDestroyNotify) staged_grant_free, error);
}

static gpointer
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
  g_return_val_if_fail (connection != NULL, NULL);

  return list (connection, "SELECT scope, gen, shown, fill, repairs FROM scope_have", read_scope,
               (GDestroyNotify) forlop_scope_have_free, error);
}

static gpointer
read_sum (ForlopStatement *statement)
{
  ForlopSyncScopeSum *sum = g_new0 (ForlopSyncScopeSum, 1);

  sum->scope = forlop_statement_dup_text (statement, 0);
  sum->sum.count = forlop_statement_get_integer (statement, 1);
  sum->sum.sum = (guint64) forlop_statement_get_integer (statement, 2);

  return sum;
}

GPtrArray *
forlop_mirror_store_list_sums (ForlopConnection  *connection,
                               GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return list (connection, "SELECT scope, count, sum FROM stage_sum", read_sum,
               (GDestroyNotify) forlop_sync_scope_sum_free, error);
}

static gpointer
read_row (ForlopStatement *statement)
{
  g_autofree char *id = forlop_statement_dup_id (statement, 1);
  ForlopSyncRow *row =
    forlop_sync_row_new (forlop_record_type_find (forlop_statement_get_text (statement, 0)), id,
                         forlop_statement_get_text (statement, 2));

  row->seq = forlop_statement_get_integer (statement, 3);
  row->vtag = forlop_statement_dup_id (statement, 4);
  row->field_vtags = forlop_statement_dup_text (statement, 5);
  row->body = forlop_statement_dup_text (statement, 6);
  row->deleted = row->body == NULL;

  return row;
}

/**
 * forlop_mirror_store_list_due:
 *
 * The rows that are shown when the turn is complete: those of the turn in scopes that are shown, and
 * everything of the scopes that are filled.
 */
GPtrArray *
forlop_mirror_store_list_due (ForlopConnection  *connection,
                              GError           **error)
{
  static const char sql[] =
    "SELECT s.type, s.id, s.scope, s.seq, s.vtag, s.field_vtags, s.body FROM stage s "
    "JOIN scope_have h USING (scope) "
    "WHERE (s.part = 'turn' AND h.shown = 1) OR (s.part <> 'shown' AND h.fill = 'staged') ORDER BY s.n";

  g_return_val_if_fail (connection != NULL, NULL);

  return list (connection, sql, read_row, (GDestroyNotify) forlop_sync_row_free, error);
}

gboolean
forlop_mirror_store_is_staged (ForlopConnection  *connection,
                               const char        *type,
                               const char        *id,
                               gboolean          *is_staged,
                               GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && is_staged != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  statement = forlop_connection_prepare (connection,
                                         "SELECT 1 FROM stage WHERE id = ?1 AND type = ?2", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type);

  return forlop_statement_step (statement, is_staged, error);
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
    "after_type = NULL, after_id = NULL, repairs = 0";
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

  return run_on_scope (connection, "DELETE FROM scope_have WHERE scope = ?1", scope, error) &&
         run_on_scope (connection, "DELETE FROM stage WHERE scope = ?1", scope, error);
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
