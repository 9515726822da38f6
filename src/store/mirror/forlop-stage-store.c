/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-stage-store.h"

static void
staged_grant_free (ForlopStagedGrant *self)
{
  g_free (self->scope);
  g_free (self->gone);
  g_free (self);
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

/* A scope that is granted anew comes whole. What is put aside of it from before may have left it meanwhile, for a scope
 * that is not granted, and nothing tells of that. */
static gboolean
forget_former (ForlopConnection       *connection,
               const ForlopSyncGrant  *grant,
               GError                **error)
{
  static const char is_anew_sql[] =
    "SELECT 1 FROM scope_have h WHERE h.scope = ?1 AND h.gen <> ?2 "
    "AND NOT EXISTS (SELECT 1 FROM stage_grant g WHERE g.scope = ?1 AND g.gen = ?2)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, is_anew_sql, error);
  g_autoptr (ForlopStatement) removal = NULL;
  gboolean is_anew;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, grant->scope);
  forlop_statement_bind_integer (statement, 2, grant->gen);
  if (!forlop_statement_step (statement, &is_anew, error))
    return FALSE;
  if (!is_anew)
    return TRUE;

  removal = forlop_connection_prepare (connection, "DELETE FROM stage WHERE scope = ?1", error);
  if (removal == NULL)
    return FALSE;
  forlop_statement_bind_text (removal, 1, grant->scope);

  return forlop_statement_execute (removal, error);
}

static gboolean
stage_grant (ForlopConnection       *connection,
             const ForlopSyncGrant  *grant,
             gboolean                from_start,
             GError                **error)
{
  /* A turn has several pages: what the first one said of a grant that has not changed stands. */
  static const char sql[] =
    "INSERT INTO stage_grant (scope, gen, active, from_start, gone) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (scope) DO UPDATE SET from_start = ?4 OR (from_start AND gen = ?2), gen = ?2, "
    "active = ?3, gone = ?5";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, grant->scope);
  forlop_statement_bind_integer (statement, 2, grant->gen);
  forlop_statement_bind_boolean (statement, 3, grant->active);
  forlop_statement_bind_boolean (statement, 4, from_start);
  forlop_statement_bind_text (statement, 5, grant->gone);

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
    "UPDATE sync_state SET pos = ?1, pos_hash = ?2, head_seen = max (head_seen, ?3), "
    "safe_seq = max (safe_seq, ?4)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, page->pos);
  forlop_statement_bind_text (statement, 2, page->hash);
  forlop_statement_bind_integer (statement, 3, page->head);
  forlop_statement_bind_integer (statement, 4, page->safe_seq);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_stage_store_take_page:
 *
 * Puts a page aside and moves the position, so that neither is there without the other.
 */
gboolean
forlop_stage_store_take_page (ForlopConnection      *connection,
                               const ForlopSyncPage  *page,
                               GError               **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (page != NULL, FALSE);

  for (unsigned int i = 0; i < page->grants->len; i++)
    if (!forget_former (connection, g_ptr_array_index (page->grants, i), error))
      return FALSE;
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

gboolean
forlop_stage_store_drop_sums (ForlopConnection  *connection,
                              GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return forlop_connection_execute (connection, "DELETE FROM stage_sum", error);
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
 * forlop_stage_store_take_scope_page:
 *
 * Puts a page of a scope aside. One that is older than what the mirror has seen is left, and the
 * same page is asked for again.
 */
gboolean
forlop_stage_store_take_scope_page (ForlopConnection           *connection,
                                     const ForlopSyncScopePage  *page,
                                     GError                    **error)
{
  static const char sql[] =
    "UPDATE scope_have SET fill = ?2, after_seq = ?3, after_type = ?4, after_id = ?5, "
    "fill_head = max (fill_head, ?6) WHERE scope = ?1";
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
  forlop_statement_bind_integer (statement, 6, page->head);

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
  grant->gone = forlop_statement_dup_text (statement, 4);

  return grant;
}

GPtrArray *
forlop_stage_store_list_grants (ForlopConnection  *connection,
                                 GError           **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return list (connection, "SELECT scope, gen, active, from_start, gone FROM stage_grant", read_grant,
               (GDestroyNotify) staged_grant_free, error);
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
forlop_stage_store_list_sums (ForlopConnection  *connection,
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
 * forlop_stage_store_list_due:
 *
 * The rows that are shown when the turn is complete: those of the turn in scopes that are shown, and
 * everything of the scopes that are filled.
 */
GPtrArray *
forlop_stage_store_list_due (ForlopConnection  *connection,
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
forlop_stage_store_is_staged (ForlopConnection  *connection,
                               const char        *type,
                               const char        *id,
                               gboolean          *is_staged,
                               GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && is_staged != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  statement = forlop_connection_prepare (connection,
                                         "SELECT 1 FROM stage JOIN scope_have USING (scope) "
                                         "WHERE id = ?1 AND type = ?2", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type);

  return forlop_statement_step (statement, is_staged, error);
}

gboolean
forlop_stage_store_drop (ForlopConnection        *connection,
                         const ForlopRecordType  *type,
                         const char              *id,
                         GError                 **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);

  statement = forlop_connection_prepare (connection, "DELETE FROM stage WHERE id = ?1 AND type = ?2", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type->name);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_stage_store_forget_due:
 *
 * Forgets what is shown when the turn is complete. Rows of scopes that are being filled stay.
 */
gboolean
forlop_stage_store_forget_due (ForlopConnection  *connection,
                               GError           **error)
{
#define IS_WHOLE "(fill = 'staged' OR (shown = 1 AND fill = 'none'))"
  gint64 is_filling;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!forlop_connection_query_integer (
        connection, "SELECT EXISTS (SELECT 1 FROM scope_have WHERE NOT " IS_WHOLE ")", &is_filling, error))
    return FALSE;
  /* Emptying a table costs its pages, not its rows. */
  if (!is_filling)
    return forlop_connection_execute (connection, "DELETE FROM stage", error);

  return forlop_connection_execute (connection,
                                    "DELETE FROM stage WHERE scope NOT IN (SELECT scope FROM scope_have) OR "
                                    "scope IN (SELECT scope FROM scope_have WHERE " IS_WHOLE ")", error) &&
         forlop_connection_execute (connection,
                                    "UPDATE stage SET part = 'shown' WHERE part = 'turn' AND scope IN "
                                    "(SELECT scope FROM scope_have WHERE shown = 1)", error);
#undef IS_WHOLE
}
