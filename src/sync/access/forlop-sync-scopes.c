/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* Whose record a change writes in, and what its author may be told of what it meets. */

/* Whether the caller may be told what a change meets. A task may be left in another unit, and by two. */
gboolean
forlop_sync_check_may_know (ForlopSyncSession       *self,
                            const ForlopRecordType  *type,
                            const char              *id,
                            ForlopSyncVerdict       *verdict,
                            GError                 **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  gboolean may_see = FALSE;

  if (self->caller->trusted || type->scope == FORLOP_SCOPE_CATALOG || type->scope == FORLOP_SCOPE_EQUIPMENT ||
      (type->scope == FORLOP_SCOPE_UNIT && verdict->status == NULL))
    return TRUE;
  if (!self->storage->funcs->load_row (self->storage, type, id, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  if (!forlop_sync_may_see (self, row->scope, &may_see, error))
    return FALSE;
  if (!may_see)
    {
      forlop_sync_verdict_set (verdict, "rejected", "scope_revoked");
      forlop_sync_verdict_concern (verdict, type->name, id, NULL);
    }

  return TRUE;
}

/* Whoever has the delivery side of a case writes on its time line what was done there, and never reads it. */
static gboolean
tells_of_delivery (ForlopSyncSession      *self,
                   ForlopChangeset        *changeset,
                   const ForlopOperation  *operation,
                   const char             *scope,
                   gboolean               *tells,
                   GError                **error)
{
  const ForlopActor *actor = forlop_changeset_get_actor (changeset);
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autofree char *delivery = NULL;
  const char *case_id;

  *tells = FALSE;
  if (!g_str_equal (operation->type->name, "event") || operation->before != NULL ||
      !forlop_record_text_is (operation->after, "act", forlop_changeset_get_act (changeset)) ||
      !forlop_record_text_is (operation->after, "user_id", actor->user_id))
    return TRUE;
  case_id = forlop_record_get_text (operation->after, "case_id");
  if (case_id == NULL)
    return TRUE;
  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find ("case"), case_id, &row, error))
    return FALSE;
  if (row == NULL || row->deleted || !g_str_equal (row->scope, scope))
    return TRUE;
  delivery = g_strconcat ("d:", case_id, NULL);

  return forlop_sync_may_see (self, delivery, tells, error);
}

/* What says who is to see the record from then on. Whoever has it in an emergency may begin a case, which is the
 * office's, but leaves this to those who have the citizen. */
static gboolean
says_who_sees (const ForlopOperation *operation)
{
  static const struct {
    const char *type;
    const char *field;
    gboolean is_free_at_first;
  } fields[] = {
    { "citizen", "unit_id", FALSE },
    { "citizen", "merged_into_id", FALSE },
    { "case", "office_unit_id", TRUE },
    { "case", "unit_id", FALSE },
    { "case", "follow_up_unit_id", FALSE },
    { "handover", "to_unit_id", FALSE },
  };

  if (g_str_equal (operation->type->name, "block"))
    return TRUE;
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].type, operation->type->name) &&
        (operation->before != NULL || !fields[i].is_free_at_first) &&
        forlop_operation_changes (operation, fields[i].field))
      return TRUE;

  return FALSE;
}

static gboolean
check_emergency (ForlopSyncSession      *self,
                 const ForlopOperation  *operation,
                 const char             *scope,
                 ForlopSyncVerdict      *verdict,
                 GError                **error)
{
  g_autofree char *other = NULL;
  gboolean is_emergency = FALSE;

  if (!says_who_sees (operation))
    return TRUE;
  if (operation->after != NULL && g_str_equal (operation->type->name, "citizen") &&
      forlop_operation_changes (operation, "merged_into_id") && forlop_record_has (operation->after, "merged_into_id"))
    other = g_strconcat ("c:", forlop_record_get_text (operation->after, "merged_into_id"), NULL);
  if (!forlop_sync_is_emergency (self, scope, &is_emergency, error) ||
      (!is_emergency && other != NULL && !forlop_sync_is_emergency (self, other, &is_emergency, error)))
    return FALSE;
  if (is_emergency)
    {
      forlop_sync_verdict_set (verdict, "rejected", "emergency");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
    }

  return TRUE;
}

/* The scope that a change names must be the record's own, so that nobody writes into another's. */
static gboolean
check_scope (ForlopSyncSession          *self,
             const ForlopSyncOperation  *incoming,
             ForlopChangeset            *changeset,
             const ForlopOperation      *operation,
             ForlopSyncVerdict          *verdict,
             GError                    **error)
{
  g_autofree char *scope = NULL;
  gboolean may_see = TRUE;
  ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
  ForlopScopeKind kind = operation->type->scope;

  scope = forlop_record_dup_scope (record);
  if (scope == NULL || !forlop_sync_is_same_citizen (scope, incoming->scope))
    {
      forlop_sync_verdict_set (verdict, "rejected", "invalid");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
      return TRUE;
    }

  /* The act says who may write to lists and to the stock; a task may be left in another unit. */
  if (kind == FORLOP_SCOPE_CATALOG || kind == FORLOP_SCOPE_EQUIPMENT || self->caller->trusted ||
      (kind == FORLOP_SCOPE_UNIT && operation->before == NULL))
    return TRUE;
  if (operation->before == NULL && g_str_has_prefix (scope, "n:"))
    return forlop_sync_check_apart (self, operation, verdict, error) &&
           (verdict->status != NULL || check_emergency (self, operation, scope, verdict, error));
  /* Who registers a citizen makes the scope. */
  if (kind == FORLOP_SCOPE_CITIZEN && forlop_changeset_find (changeset, "citizen", scope + 2) != NULL)
    {
      g_autoptr (ForlopSyncRow) row = NULL;

      if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find ("citizen"),
                                           scope + 2, &row, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
    }
  if (kind == FORLOP_SCOPE_DELIVERY)
    {
      g_autofree char *citizen_scope =
        g_strconcat ("c:", forlop_record_get_text (record, "citizen_id"), NULL);
      gboolean has_citizen = FALSE;

      if (!forlop_sync_may_see (self, citizen_scope, &has_citizen, error))
        return FALSE;
      if (has_citizen)
        return TRUE;
    }

  if (!forlop_sync_may_see (self, scope, &may_see, error) ||
      (!may_see && !tells_of_delivery (self, changeset, operation, scope, &may_see, error)))
    return FALSE;
  if (!may_see)
    {
      forlop_sync_verdict_set (verdict, "rejected", "scope_revoked");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
      return TRUE;
    }

  return check_emergency (self, operation, scope, verdict, error);
}

static const ForlopSyncOperation *
find_incoming (const ForlopSyncChangeset *incoming,
               const ForlopOperation     *operation)
{
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *each =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);

      if (each->type == operation->type && g_str_equal (each->id, operation->id))
        return each;
    }

  return NULL;
}

/* A change that is already so, or that meets another, leaves nothing to look at but what it said. */
gboolean
forlop_sync_check_named_scopes (ForlopSyncSession          *self,
                                const ForlopSyncChangeset  *incoming,
                                ForlopSyncVerdict          *verdict,
                                GError                    **error)
{
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);
      g_autoptr (ForlopSyncRow) row = NULL;
      gboolean may_see = TRUE;

      if (self->caller->trusted || operation->base == NULL)
        continue;
      if (!self->storage->funcs->load_row (self->storage, operation->type, operation->id, &row, error))
        return FALSE;
      if (row == NULL)
        continue;
      if (!forlop_sync_is_same_citizen (row->scope, operation->scope))
        {
          forlop_sync_verdict_set (verdict, "rejected", "invalid");
          forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
          return TRUE;
        }
      if (operation->type->scope == FORLOP_SCOPE_CATALOG ||
          operation->type->scope == FORLOP_SCOPE_EQUIPMENT ||
          operation->type->scope == FORLOP_SCOPE_DELIVERY)
        continue;
      if (!forlop_sync_may_see (self, row->scope, &may_see, error))
        return FALSE;
      if (!may_see)
        {
          forlop_sync_verdict_set (verdict, "rejected", "scope_revoked");
          forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
          return TRUE;
        }
    }

  return TRUE;
}

gboolean
forlop_sync_check_scopes (ForlopSyncSession          *self,
                          const ForlopSyncChangeset  *incoming,
                          ForlopChangeset            *changeset,
                          ForlopSyncVerdict          *verdict,
                          GError                    **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len && verdict->status == NULL; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (!check_scope (self, find_incoming (incoming, operation), changeset, operation, verdict, error))
        return FALSE;
    }

  return TRUE;
}
