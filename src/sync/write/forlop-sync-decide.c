/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-error.h"
#include "forlop-field-value.h"

void
forlop_sync_verdict_clear (ForlopSyncVerdict *self)
{
  g_free (self->id);
  g_free (self->unit_id);
  g_free (self->conflict_id);
  g_free (self->holder);
  g_free (self->detail);
  *self = (ForlopSyncVerdict) { 0 };
}

void
forlop_sync_verdict_set (ForlopSyncVerdict *self,
                         const char        *status,
                         const char        *code)
{
  self->status = status;
  self->code = code;
}

void
forlop_sync_verdict_concern (ForlopSyncVerdict *self,
                             const char        *type,
                             const char        *id,
                             const char        *field)
{
  g_free (self->id);
  self->type = type;
  self->id = g_strdup (id);
  self->field = field;
}

/* Takes over what went wrong with the change itself, and leaves the storage's own errors. */
static gboolean
reject_with (ForlopSyncVerdict  *verdict,
             const char         *code,
             GError            **problem)
{
  forlop_sync_verdict_set (verdict, "rejected", code);
  g_set_str (&verdict->detail, (*problem)->message);
  g_clear_error (problem);

  return TRUE;
}

/* What this one builds on must stand. */
static gboolean
check_depends_on (ForlopSyncSession          *self,
                  const ForlopSyncChangeset  *incoming,
                  ForlopSyncVerdict          *verdict,
                  GError                    **error)
{
  for (unsigned int i = 0; i < incoming->depends_on->len && verdict->status == NULL; i++)
    {
      const char *op_id = g_ptr_array_index (incoming->depends_on, i);
      g_autoptr (ForlopServerReceipt) receipt = NULL;

      if (!self->storage->funcs->get_receipt (self->storage, op_id, &receipt, error))
        return FALSE;
      if (receipt == NULL ||
          (!g_str_equal (receipt->status, "applied") && !g_str_equal (receipt->status, "merged")))
        {
          forlop_sync_verdict_set (verdict, "blocked", "depends");
          forlop_sync_verdict_concern (verdict, NULL, op_id, NULL);
        }
    }

  return TRUE;
}

/* An act writes what it is declared to write, its line on the time line, and nothing else. */
static gboolean
act_may_write (const ForlopAct *act,
               const char      *role,
               const char      *type)
{
  static const char *const organisation[] = {
    "unit", "user", "membership", "profile", "responsibility", NULL,
  };
  g_auto (GStrv) writes = NULL;

  if (g_str_equal (type, "event"))
    return TRUE;
  if (g_str_equal (act->name, "undo"))
    return g_strcmp0 (role, "administrator") == 0 || !g_strv_contains (organisation, type);

  writes = g_strsplit (act->writes, " ", -1);
  return g_strv_contains ((const char *const *) writes, type);
}

static gboolean
check_act (ForlopSyncSession          *self,
           const ForlopSyncChangeset  *incoming,
           ForlopSyncVerdict          *verdict,
           const ForlopAct           **act,
           GError                    **error)
{
  const char *code = NULL;

  *act = forlop_act_find (incoming->act);
  if (*act != NULL && g_str_equal ((*act)->name, "resolve-conflict"))
    {
      if (!forlop_sync_check_resolution (self, incoming, verdict, act, error))
        return FALSE;
      if (verdict->status != NULL)
        return TRUE;
    }
  if (*act == NULL)
    {
      forlop_sync_verdict_set (verdict, "rejected", "unknown_act");
      return TRUE;
    }
  if (!forlop_sync_check_actor (self, incoming, *act, &code, error))
    return FALSE;
  if (code != NULL)
    {
      forlop_sync_verdict_set (verdict, "rejected", code);
      return TRUE;
    }

  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);

      if (forlop_sync_closes_conflict (incoming, operation))
        continue;
      if (!act_may_write (*act, incoming->role, operation->type->name))
        {
          forlop_sync_verdict_set (verdict, "rejected", "not_allowed");
          forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
          return TRUE;
        }
    }

  return TRUE;
}

typedef struct {
  ForlopSyncSession *session;
  const ForlopSyncChangeset *incoming;
  GError *error;
} Aliases;

/* Under a name of its own: the tag stands for one that another value has. */
static char *
beside (const char *field)
{
  return g_strconcat (field, "~", NULL);
}

static gboolean
same_tag (const char *type,
          const char *id,
          const char *field,
          const char *base,
          const char *present,
          gboolean    is_set,
          gpointer    user_data)
{
  Aliases *self = user_data;
  ForlopServerStorage *storage = self->session->storage;
  g_autofree char *name = beside (field);
  gboolean found = FALSE;

  if (self->error == NULL)
    storage->funcs->has_alias (storage, type, id, field, base, present, &found, &self->error);
  if (self->error == NULL && !found && !is_set)
    storage->funcs->has_alias (storage, type, id, name, base, present, &found, &self->error);

  return found;
}

static void
equal_value (const char *type,
             const char *id,
             const char *field,
             const char *present,
             gboolean    is_equal,
             gpointer    user_data)
{
  Aliases *self = user_data;
  ForlopServerStorage *storage = self->session->storage;
  g_autofree char *name = is_equal ? g_strdup (field) : beside (field);

  if (self->error == NULL)
    storage->funcs->put_alias (storage, type, id, name, self->incoming->op_id, present, &self->error);
}

ForlopRecord *
forlop_sync_load (ForlopSyncSession  *self,
                  const char         *type,
                  const char         *id,
                  gboolean           *is_deleted,
                  GError            **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;

  if (is_deleted != NULL)
    *is_deleted = FALSE;
  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find (type), id, &row, error) ||
      row == NULL)
    return NULL;
  if (is_deleted != NULL)
    *is_deleted = row->deleted;

  return forlop_sync_row_to_record (row, error);
}

static gboolean
note_outcome (ForlopSyncVerdict         *verdict,
              const ForlopSyncOperation *operation,
              ForlopMergeOutcome         outcome,
              const ForlopField         *field,
              GError                   **problem)
{
  switch (outcome)
    {
    case FORLOP_MERGE_CLEAN:
      return TRUE;
    case FORLOP_MERGE_ALREADY:
      verdict->code = "already";
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
      return TRUE;
    case FORLOP_MERGE_NO_OP:
      if (verdict->code == NULL)
        verdict->code = "equal";
      return TRUE;
    case FORLOP_MERGE_CONFLICT:
      forlop_sync_verdict_set (verdict, "conflict", "field");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, field->name);
      return TRUE;
    case FORLOP_MERGE_DELETED:
      forlop_sync_verdict_set (verdict, "conflict", "deleted");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
      return TRUE;
    case FORLOP_MERGE_INVALID:
    default:
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, NULL);
      return reject_with (verdict, "invalid", problem);
    }
}

/* Roles and grants are the server's: whoever builds on an older state is told to look again. */
static gboolean
is_organisation (const ForlopRecordType *type)
{
  return g_str_equal (type->name, "user") || g_str_equal (type->name, "membership");
}

static gboolean
merge_operation (ForlopSyncSession          *self,
                 const ForlopSyncChangeset  *incoming,
                 const ForlopSyncOperation  *operation,
                 ForlopChangeset            *changeset,
                 ForlopSyncVerdict          *verdict,
                 GError                    **error)
{
  Aliases aliases = { self, incoming, NULL };
  g_autoptr (GError) problem = NULL;
  ForlopMergeTarget target = { .same = same_tag, .equal = equal_value, .user_data = &aliases };
  g_autoptr (ForlopRecord) present = NULL;
  const ForlopField *field;
  ForlopMergeOutcome outcome;

  present = forlop_sync_load (self, operation->type->name, operation->id, &target.is_deleted, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  target.present = present;

  outcome = forlop_merge_operation (changeset, operation, &target, &field, &problem);
  if (aliases.error != NULL)
    {
      g_propagate_error (error, aliases.error);
      return FALSE;
    }

  note_outcome (verdict, operation, outcome, field, &problem);
  if (g_strcmp0 (verdict->status, "conflict") == 0 && is_organisation (operation->type))
    forlop_sync_verdict_set (verdict, "rejected", "stale_role");

  /* Of what is changed it is asked before. */
  return present == NULL || operation->base != NULL ||
         forlop_sync_check_may_know (self, operation->type, operation->id, verdict, error);
}

static gboolean
merge_all (ForlopSyncSession          *self,
           const ForlopSyncChangeset  *incoming,
           ForlopChangeset            *changeset,
           ForlopSyncVerdict          *verdict,
           GError                    **error)
{
  for (unsigned int i = 0; i < incoming->operations->len && verdict->status == NULL; i++)
    if (!merge_operation (self, incoming, &g_array_index (incoming->operations, ForlopSyncOperation, i),
                          changeset, verdict, error))
      return FALSE;

  return TRUE;
}

/* What happened far ahead would be the newest for ever: of two words on a measurement, of two contacts, of two values.
 * Where the log is newer than the server's clock, it is this clock that is wrong, and nobody is refused for it. */
static gboolean
check_past (ForlopSyncSession  *self,
            ForlopChangeset    *changeset,
            ForlopSyncVerdict  *verdict,
            GError            **error)
{
  const ForlopField *field;
  const ForlopOperation *operation = forlop_changeset_find_ahead (changeset, self->now, &field);
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gint64 at = self->now;
  gboolean found;

  if (operation == NULL)
    return TRUE;
  if (!self->storage->funcs->get_mark (self->storage, self->head.seq, hash, &at, &found, error))
    return FALSE;
  operation = forlop_changeset_find_ahead (changeset, MAX (self->now, at), &field);
  if (operation != NULL)
    {
      forlop_sync_verdict_set (verdict, "rejected", "ahead");
      forlop_sync_verdict_concern (verdict, operation->type->name, operation->id, field->name);
    }

  return TRUE;
}

static gboolean
check_gates (ForlopSyncSession  *self,
             const ForlopAct    *act,
             ForlopChangeset    *changeset,
             ForlopSyncVerdict  *verdict,
             GError            **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  ForlopGateFailure failure;

  if (act->gates[0] == FORLOP_GATE_NONE || forlop_sync_gives_up (changeset))
    return TRUE;
  if (!forlop_sync_snapshot (self, changeset, &snapshot, error))
    return FALSE;
  if (snapshot == NULL)
    {
      forlop_sync_verdict_set (verdict, "rejected", "not_found");
      return TRUE;
    }

  for (unsigned int i = 0; i < FORLOP_ACT_MAX_GATES && act->gates[i] != FORLOP_GATE_NONE; i++)
    if (!forlop_gate_check (act->gates[i], snapshot, changeset, &failure))
      {
        forlop_sync_verdict_set (verdict, "conflict", "gate");
        verdict->gate = forlop_gate_code (failure.gate);
        verdict->role = failure.role != NULL ? g_intern_string (failure.role) : NULL;
        g_set_str (&verdict->unit_id, failure.unit_id);
        if (failure.gate == FORLOP_GATE_BEFORE_DECISION && forlop_snapshot_latest (snapshot, "decision") != NULL)
          forlop_sync_verdict_concern (verdict, "decision",
                                       forlop_record_get_id (forlop_snapshot_latest (snapshot, "decision")), NULL);
        return TRUE;
      }

  return TRUE;
}

/* Claims come before what the change meets: who lost the item is told so, and not that its status
 * has changed. */
static gboolean
decide_content (ForlopSyncSession          *self,
                const ForlopSyncChangeset  *incoming,
                const ForlopAct            *act,
                ForlopSyncVerdict          *verdict,
                ForlopChangeset            *changeset,
                GError                    **error)
{
  ForlopSyncVerdict claims = { 0 };
  g_autoptr (GError) problem = NULL;

  if (!forlop_sync_check_named_scopes (self, incoming, verdict, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;
  if (!merge_all (self, incoming, changeset, verdict, error) ||
      !forlop_sync_check_claims (self, changeset, &claims, error))
    {
      forlop_sync_verdict_clear (&claims);
      return FALSE;
    }
  if (claims.status != NULL && g_strcmp0 (verdict->code, "invalid") != 0)
    {
      forlop_sync_verdict_clear (verdict);
      *verdict = claims;
      /* Two decisions on one case: a person chooses between them. */
      if (g_strcmp0 (verdict->type, "decision") == 0)
        {
          forlop_sync_verdict_set (verdict, "conflict", "field");
          g_set_str (&verdict->id, verdict->holder);
          return forlop_sync_check_may_know (self, forlop_record_type_find ("decision"), verdict->holder, verdict, error);
        }
      return TRUE;
    }
  forlop_sync_verdict_clear (&claims);
  if (verdict->status != NULL)
    return TRUE;
  if (!forlop_sync_check_scopes (self, incoming, changeset, verdict, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;
  if (!forlop_changeset_finish (changeset, &problem))
    return reject_with (verdict, "invalid", &problem);
  if (!check_past (self, changeset, verdict, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;
  if (!forlop_sync_check_merged (self, changeset, verdict, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;
  if (!forlop_sync_check_deleted (self, changeset, verdict, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;

  return check_gates (self, act, changeset, verdict, error);
}

/**
 * forlop_sync_decide:
 * @changeset: (out) (nullable): what is to be written, for an applied or merged one.
 *
 * Reads only, but for aliases of values that were so already.
 */
gboolean
forlop_sync_decide (ForlopSyncSession          *self,
                    const ForlopSyncChangeset  *incoming,
                    ForlopSyncVerdict          *verdict,
                    ForlopChangeset           **changeset,
                    GError                    **error)
{
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (incoming->user_id, incoming->role, incoming->unit_id);
  g_autoptr (ForlopChangeset) made =
    forlop_changeset_new (incoming->op_id, incoming->act, actor, incoming->created_at);
  const ForlopAct *act = NULL;

  *changeset = NULL;
  if (incoming->operations->len == 0)
    {
      forlop_sync_verdict_set (verdict, "rejected", "purged");
      return TRUE;
    }
  if (!check_depends_on (self, incoming, verdict, error))
    return FALSE;
  if (verdict->status == NULL && !check_act (self, incoming, verdict, &act, error))
    return FALSE;
  if (verdict->status == NULL && !decide_content (self, incoming, act, verdict, made, error))
    return FALSE;
  if (verdict->status != NULL)
    return TRUE;

  forlop_sync_verdict_set (verdict, verdict->code != NULL ? "merged" : "applied", verdict->code);
  *changeset = g_steal_pointer (&made);

  return TRUE;
}
