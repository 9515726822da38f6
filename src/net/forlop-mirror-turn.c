/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-mirror-turn.h"

#include "forlop-ack-store.h"
#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-merge.h"
#include "forlop-mirror-row-store.h"
#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-pending-store.h"
#include "forlop-purge-store.h"
#include "forlop-refresh-store.h"
#include "forlop-stage-store.h"
#include "forlop-sync-changeset.h"
#include "forlop-sync-limits.h"
#include "forlop-upload-store.h"

/* @written: what was changed in the working tables, for what is worked out from them.
 * @replaced: scopes of which the stage has everything: what it does not have is gone.
 * @has_pending: there are unconfirmed changes at all; the first turn has many rows and none of them.
 * @has_kept: versions of the server's are kept beside the working tables. */
typedef struct {
  ForlopConnection *connection;
  ForlopSyncState state;
  ForlopChangeset *written;
  GHashTable *done;
  GPtrArray *replaced;
  gboolean has_pending;
  gboolean has_kept;
  gboolean has_purged;
  gint64 skew_ms;
} Turn;

static gboolean
is_same (ForlopRecord *a,
         ForlopRecord *b)
{
  g_autofree char *a_tags = NULL;
  g_autofree char *b_tags = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  if (g_strcmp0 (forlop_record_get_vtag (a), forlop_record_get_vtag (b)) != 0)
    return FALSE;

  a_tags = forlop_record_dup_field_vtags (a);
  b_tags = forlop_record_dup_field_vtags (b);
  if (g_strcmp0 (a_tags, b_tags) != 0)
    return FALSE;

  for (const ForlopField *field = forlop_record_get_rtype (a)->fields; field->name != NULL; field++)
    if (!forlop_record_field_equal (a, b, field->name))
      return FALSE;

  return TRUE;
}

static const ForlopSyncOperation *
find_operation (const ForlopSyncChangeset *changeset,
                const ForlopRecordType    *type,
                const char                *id)
{
  for (unsigned int i = 0; i < changeset->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (changeset->operations, ForlopSyncOperation, i);

      if (operation->type == type && g_str_equal (operation->id, id))
        return operation;
    }

  return NULL;
}

/* Lays one own change over the record; a change that is so already leaves it as it is. */
static gboolean
fold (const ForlopPendingChange  *change,
      const ForlopRecordType     *type,
      const char                 *id,
      ForlopRecord              **record,
      GError                    **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (change->json, -1, error);
  g_autoptr (ForlopSyncChangeset) changeset = NULL;
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, NULL, NULL);
  g_autoptr (ForlopChangeset) into = NULL;
  const ForlopSyncOperation *operation;
  GPtrArray *operations;

  if (doc == NULL)
    return FALSE;
  changeset = forlop_sync_changeset_read (yyjson_doc_get_root (doc), FORLOP_SYNC_OPERATIONS, error);
  if (changeset == NULL)
    return FALSE;
  operation = find_operation (changeset, type, id);
  if (operation == NULL)
    return TRUE;

  into = forlop_changeset_new (changeset->op_id, changeset->act, actor, changeset->created_at);
  if (!forlop_merge_fold (into, operation, *record, error))
    return FALSE;
  forlop_changeset_stamp (into);

  operations = forlop_changeset_get_operations (into);
  if (operations->len > 0)
    g_set_object (record, ((const ForlopOperation *) g_ptr_array_index (operations, 0))->after);

  return TRUE;
}

static gboolean
keep_server_version (Turn                    *turn,
                     const ForlopRecordType  *type,
                     const char              *id,
                     const ForlopSyncRow     *row,
                     gboolean                 is_pending,
                     GError                 **error)
{
  if (row != NULL && (is_pending || row->deleted))
    {
      turn->has_kept = TRUE;
      return forlop_mirror_row_store_put (turn->connection, row, error);
    }

  return !turn->has_kept ||
         forlop_mirror_row_store_drop (turn->connection, type, id, TRUE, error);
}

static gboolean
show (Turn                    *turn,
      const ForlopRecordType  *type,
      const char              *id,
      const char              *scope,
      ForlopRecord            *after,
      GError                 **error)
{
  g_autoptr (ForlopRecord) before = NULL;
  ForlopOperation operation;
  gboolean is_new = FALSE;

  if (after != NULL && !forlop_mirror_row_store_show_new (turn->connection, after, &is_new, error))
    return FALSE;
  if (is_new)
    {
      forlop_changeset_add (turn->written, type, id, NULL, after);
      return TRUE;
    }
  if (!forlop_mirror_row_store_load_shown (turn->connection, type, id, scope, after, &before, error))
    return FALSE;
  if (before != NULL && is_same (before, after))
    return TRUE;
  if (before != NULL && !forlop_purge_store_note_blobs (turn->connection, before, error))
    return FALSE;

  operation = (ForlopOperation) { type, (char *) id, before, after, NULL };
  if (!forlop_mirror_row_store_show (turn->connection, &operation, error))
    return FALSE;
  if (before != NULL || after != NULL)
    forlop_changeset_add (turn->written, type, id, before, after);

  return TRUE;
}

/* Brings the working table to the server's version of the record (none when @row is NULL) with the
 * user's own unconfirmed changes over it. */
static gboolean
settle_record (Turn                    *turn,
               const ForlopRecordType  *type,
               const char              *id,
               const char              *scope,
               const ForlopSyncRow     *row,
               GError                 **error)
{
  g_autoptr (GPtrArray) pending = turn->has_pending
                                    ? forlop_pending_store_list (turn->connection, type, id, error)
                                    : g_ptr_array_new ();
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  if (pending == NULL ||
      !keep_server_version (turn, type, id, row, pending->len > 0, error))
    return FALSE;

  if (row != NULL)
    record = forlop_sync_row_to_record (row, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (unsigned int i = 0; i < pending->len; i++)
    if (!fold (g_ptr_array_index (pending, i), type, id, &record, error))
      return FALSE;

  return show (turn, type, id, row != NULL ? row->scope : scope, record, error);
}

static char *
key_of (const ForlopRecordType *type,
        const char             *id)
{
  return g_strconcat (type->name, " ", id, NULL);
}

static gboolean
show_staged (Turn    *turn,
             GError **error)
{
  g_autoptr (GPtrArray) rows = forlop_stage_store_list_due (turn->connection, error);

  if (rows == NULL)
    return FALSE;
  /* Where drop_missing() does not ask for it, the stage goes first, and what is shown takes its place in
   * the file: a first turn writes half as much. */
  if (turn->replaced->len == 0 && !forlop_stage_store_forget_due (turn->connection, error))
    return FALSE;

  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);

      if (!settle_record (turn, row->type, row->id, row->scope, row, error))
        return FALSE;
      g_hash_table_add (turn->done, key_of (row->type, row->id));
    }

  return TRUE;
}

/* The records of changesets that were confirmed or refused, as far as no row has come for them. */
static gboolean
show_settled (Turn       *turn,
              GPtrArray  *settled,
              GError    **error)
{
  for (unsigned int i = 0; i < settled->len; i++)
    {
      const ForlopPendingRecord *record = g_ptr_array_index (settled, i);
      g_autofree char *key = key_of (record->type, record->id);
      g_autoptr (ForlopSyncRow) row = NULL;

      if (g_hash_table_contains (turn->done, key))
        continue;
      if (!forlop_mirror_row_store_load (turn->connection, record->type, record->id, &row, error) ||
          !settle_record (turn, record->type, record->id, NULL, row, error))
        return FALSE;
    }

  return TRUE;
}

/* A scope that came whole: what was not among it is no longer there. */
static gboolean
drop_missing (Turn        *turn,
              const char  *scope,
              GError     **error)
{
  g_autoptr (GPtrArray) entries = forlop_mirror_row_store_list (turn->connection, scope, error);

  if (entries == NULL)
    return FALSE;

  for (unsigned int i = 0; i < entries->len; i++)
    {
      const ForlopMirrorEntry *entry = g_ptr_array_index (entries, i);
      gboolean is_staged;

      if (!forlop_stage_store_is_staged (turn->connection, entry->type->name, entry->id, &is_staged,
                                          error))
        return FALSE;
      if (!is_staged && !settle_record (turn, entry->type, entry->id, scope, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
purge_record (Turn                     *turn,
              const char               *scope,
              const ForlopMirrorEntry  *entry,
              gboolean                  also_own,
              GError                  **error)
{
  g_autoptr (ForlopRecord) record = NULL;

  if (also_own && (!forlop_pending_store_drop (turn->connection, entry->type, entry->id, error) ||
                   !forlop_upload_store_drop_record (turn->connection, entry->type, entry->id, error)))
    return FALSE;
  if (!forlop_mirror_row_store_load_shown (turn->connection, entry->type, entry->id, scope, NULL,
                                           &record, error) ||
      (record != NULL && !forlop_purge_store_note_blobs (turn->connection, record, error)))
    return FALSE;

  return settle_record (turn, entry->type, entry->id, scope, NULL, error);
}

/* Deletes everything of the scope. Own unconfirmed work, and what the history says of the scope, only
 * where it was taken away; where it is granted anew, that is still the user's. */
static gboolean
purge (Turn        *turn,
       const char  *scope,
       gboolean     is_revoked,
       GError     **error)
{
  g_autoptr (GPtrArray) entries = forlop_mirror_row_store_list_all (turn->connection, scope, error);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (entries == NULL)
    return FALSE;

  turn->has_purged = TRUE;
  for (unsigned int i = 0; i < entries->len; i++)
    {
      const ForlopMirrorEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_add (ids, entry->id);
      if (!purge_record (turn, scope, entry, is_revoked, error))
        return FALSE;
    }
  if (g_str_has_prefix (scope, "c:") &&
      !forlop_purge_store_measurements (turn->connection, scope + 2, is_revoked, error))
    return FALSE;

  return !is_revoked || (forlop_purge_store_drafts (turn->connection, ids, error) &&
                         forlop_purge_store_history (turn->connection, "scope", scope, error));
}

/* What left a scope that is still granted for one that is not: whatever this machine has of it goes. */
static gboolean
purge_gone (Turn                     *turn,
            const ForlopStagedGrant  *grant,
            GError                  **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (grant->gone, -1, error);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  yyjson_val *value;
  size_t i, n;

  if (doc == NULL)
    return FALSE;

  turn->has_purged = TRUE;
  yyjson_arr_foreach (yyjson_doc_get_root (doc), i, n, value)
    {
      const char *type = yyjson_get_str (yyjson_obj_get (value, "type"));
      const char *id = yyjson_get_str (yyjson_obj_get (value, "id"));
      const ForlopMirrorEntry entry = {
        .type = type != NULL ? forlop_record_type_find (type) : NULL, .id = (char *) id,
      };

      if (entry.type == NULL || id == NULL || !forlop_id_is_valid (id))
        continue;
      g_hash_table_add (ids, entry.id);
      if (!forlop_stage_store_drop (turn->connection, entry.type, id, error) ||
          !purge_record (turn, grant->scope, &entry, TRUE, error) ||
          !forlop_purge_store_history (turn->connection, "id", id, error))
        return FALSE;
    }

  return forlop_purge_store_drafts (turn->connection, ids, error);
}

static const ForlopScopeHave *
find_scope (GPtrArray  *scopes,
            const char *scope)
{
  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopScopeHave *have = g_ptr_array_index (scopes, i);

      if (g_str_equal (have->scope, scope))
        return have;
    }

  return NULL;
}

static gboolean
apply_grant (Turn                     *turn,
             const ForlopStagedGrant  *grant,
             const ForlopScopeHave    *have,
             GError                  **error)
{
  if (!grant->active)
    return (have == NULL || purge (turn, grant->scope, TRUE, error)) &&
           (grant->gone == NULL || purge_gone (turn, grant, error)) &&
           ((have == NULL && grant->gone == NULL) ||
            forlop_ack_store_note_purged (turn->connection, grant->scope, error)) &&
           forlop_mirror_store_drop_scope (turn->connection, grant->scope, error);

  if (grant->from_start)
    {
      if (have != NULL && have->shown)
        g_ptr_array_add (turn->replaced, g_strdup (grant->scope));
      return forlop_mirror_store_put_scope (turn->connection, grant->scope, grant->gen, TRUE, "none",
                                            error);
    }

  if (have != NULL && have->gen == grant->gen && turn->state.cursor > 0)
    return TRUE;

  return (have == NULL || !have->shown || purge (turn, grant->scope, FALSE, error)) &&
         forlop_mirror_store_put_scope (turn->connection, grant->scope, grant->gen, FALSE, "wanted",
                                        error);
}

static gboolean
is_granted (GPtrArray  *grants,
            const char *scope)
{
  for (unsigned int i = 0; i < grants->len; i++)
    if (g_str_equal (((const ForlopStagedGrant *) g_ptr_array_index (grants, i))->scope, scope))
      return TRUE;

  return FALSE;
}

static gboolean
apply_grants (Turn       *turn,
              GPtrArray  *grants,
              GError    **error)
{
  g_autoptr (GPtrArray) scopes = forlop_mirror_store_list_scopes (turn->connection, error);

  if (scopes == NULL)
    return FALSE;

  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopStagedGrant *grant = g_ptr_array_index (grants, i);

      if (!apply_grant (turn, grant, find_scope (scopes, grant->scope), error))
        return FALSE;
    }

  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopScopeHave *have = g_ptr_array_index (scopes, i);

      if (have->shown && g_str_equal (have->fill, "staged"))
        g_ptr_array_add (turn->replaced, g_strdup (have->scope));
      /* The turn began at 0 and named every grant there is. */
      if (turn->state.cursor == 0 && !is_granted (grants, have->scope) &&
          (!purge (turn, have->scope, TRUE, error) ||
           !forlop_ack_store_note_purged (turn->connection, have->scope, error) ||
           !forlop_mirror_store_drop_scope (turn->connection, have->scope, error)))
        return FALSE;
    }

  return TRUE;
}

/* Whether something that left the scope is shown in it until its new one has come: a note's own, or the citizen's again. */
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

static gboolean
check_sums (Turn       *turn,
            GPtrArray  *sums,
            GError    **error)
{
  g_autoptr (GPtrArray) scopes = forlop_mirror_store_list_scopes (turn->connection, error);

  if (scopes == NULL)
    return FALSE;

  for (unsigned int i = 0; i < sums->len; i++)
    {
      const ForlopSyncScopeSum *theirs = g_ptr_array_index (sums, i);
      const ForlopScopeHave *have = find_scope (scopes, theirs->scope);
      ForlopScopeSum ours;

      if (have == NULL || !have->shown || !g_str_equal (have->fill, "none") || is_left (scopes, theirs->scope))
        continue;
      if (!forlop_mirror_row_store_sum (turn->connection, theirs->scope, &ours, error))
        return FALSE;
      if (ours.count == theirs->sum.count && ours.sum == theirs->sum.sum)
        continue;
      if (!forlop_mirror_store_count_mismatch (turn->connection, error) ||
          !forlop_mirror_store_want_repair (turn->connection, theirs->scope, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
show_turn (Turn       *turn,
           GPtrArray  *grants,
           gint64      now,
           GError    **error)
{
  g_autoptr (GPtrArray) sums = forlop_stage_store_list_sums (turn->connection, error);
  g_autoptr (GPtrArray) settled = NULL;

  if (sums == NULL || !forlop_mirror_store_begin_show (turn->connection, error) ||
      !apply_grants (turn, grants, error))
    return FALSE;

  if (!forlop_outbox_store_settle (turn->connection, turn->state.pos, error))
    return FALSE;
  settled = forlop_pending_store_list_settled (turn->connection, error);
  if (settled == NULL || !forlop_pending_store_drop_settled (turn->connection, error) ||
      !show_staged (turn, error) || !show_settled (turn, settled, error))
    return FALSE;
  for (unsigned int i = 0; i < turn->replaced->len; i++)
    if (!drop_missing (turn, g_ptr_array_index (turn->replaced, i), error))
      return FALSE;

  if (turn->replaced->len > 0 && !forlop_stage_store_forget_due (turn->connection, error))
    return FALSE;

  return forlop_mirror_store_finish_turn (turn->connection, now, turn->skew_ms, error) &&
         forlop_outbox_store_forget_safe (turn->connection, turn->state.safe_seq, error) &&
         check_sums (turn, sums, error) &&
         forlop_refresh_store_after (turn->connection, turn->written, now, error);
}

static gboolean
look_beside (Turn    *turn,
             GError **error)
{
  gint64 has_pending, has_kept;

  if (!forlop_connection_query_integer (turn->connection, "SELECT EXISTS (SELECT 1 FROM pending_row)",
                                        &has_pending, error) ||
      !forlop_connection_query_integer (turn->connection,
                                        "SELECT EXISTS (SELECT 1 FROM server_row UNION ALL "
                                        "SELECT 1 FROM tombstone)", &has_kept, error))
    return FALSE;

  turn->has_pending = has_pending != 0;
  turn->has_kept = has_kept != 0;

  return TRUE;
}

static ForlopChangeset *
new_written (gint64 now)
{
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, NULL, NULL);

  return forlop_changeset_new ("", "", actor, now);
}

/**
 * forlop_mirror_turn_show:
 * @skew_ms: how far @now is ahead of the server's time.
 * @has_purged: (out): something was deleted that must leave the write-ahead log as well.
 *
 * The stage is whole at its position, and nothing must wait.
 */
gboolean
forlop_mirror_turn_show (ForlopConnection  *connection,
                         gint64             now,
                         gint64             skew_ms,
                         gboolean          *has_purged,
                         GError           **error)
{
  g_autoptr (GPtrArray) grants = NULL;
  Turn turn = { .connection = connection, .skew_ms = skew_ms };
  gboolean ok;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (has_purged != NULL, FALSE);

  *has_purged = FALSE;
  if (!forlop_mirror_store_load_state (connection, &turn.state, error))
    return FALSE;

  turn.written = new_written (now);
  turn.done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  turn.replaced = g_ptr_array_new_with_free_func (g_free);
  grants = forlop_stage_store_list_grants (connection, error);
  ok = grants != NULL && look_beside (&turn, error) && show_turn (&turn, grants, now, error);
  *has_purged = turn.has_purged;
  g_ptr_array_unref (turn.replaced);
  g_hash_table_unref (turn.done);
  forlop_changeset_unref (turn.written);
  forlop_sync_state_clear (&turn.state);

  return ok;
}
