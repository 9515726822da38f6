/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-act-event-private.h"
#include "forlop-changeset-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-outbox-store.h"
#include "forlop-refresh-store.h"
#include "forlop-snapshot-store.h"

static void
made_free (gpointer data)
{
  ForlopActMade *made = data;

  g_free (made->id);
  g_free (made);
}

void
forlop_act_result_free (ForlopActResult *self)
{
  if (self == NULL)
    return;

  g_free (self->op_id);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->subject_id);
  g_ptr_array_unref (self->made);
  g_free (self);
}

static ForlopActFunc
find_function (const char *name)
{
  const ForlopActFunction *lists[] = {
    forlop_act_functions_people,     forlop_act_functions_referral,  forlop_act_functions_assessment,
    forlop_act_functions_decision,   forlop_act_functions_service,   forlop_act_functions_plan,
    forlop_act_functions_follow_up, forlop_act_functions_equipment, forlop_act_functions_organisation,
    forlop_act_functions_stock,     forlop_act_functions_loan,      forlop_act_functions_wrong_loan,
    forlop_act_functions_conflict,  forlop_act_functions_merge,     forlop_act_functions_count,     forlop_act_functions_service_of_items,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const ForlopActFunction *function = lists[i]; function->name != NULL; function++)
      if (g_str_equal (function->name, name))
        return function->func;

  return NULL;
}

gboolean
forlop_acts_can_perform (const ForlopAct *act)
{
  g_return_val_if_fail (act != NULL, FALSE);

  return act->saves != NULL || find_function (act->name) != NULL;
}

ForlopRecord *
forlop_acts_new_arguments (const ForlopAct *act,
                           const char      *id)
{
  g_return_val_if_fail (act != NULL, NULL);

  return forlop_record_new (forlop_act_get_arguments (act), id != NULL ? id : "new");
}

/**
 * forlop_acts_parse_arguments:
 * @json: an object; for an act that saves one record, "id" names the record to change.
 */
ForlopRecord *
forlop_acts_parse_arguments (const ForlopAct  *act,
                             const char       *json,
                             GError          **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (yyjson_mut_doc) copy = NULL;
  g_autoptr (yyjson_doc) rest = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autofree char *text = NULL;
  const char *id = NULL;

  g_return_val_if_fail (act != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  doc = forlop_json_parse (json, -1, error);
  if (doc == NULL)
    return NULL;
  if (!yyjson_is_obj (yyjson_doc_get_root (doc)) || act->saves == NULL)
    {
      arguments = forlop_acts_new_arguments (act, NULL);
      if (!forlop_record_fill_json (arguments, yyjson_doc_get_root (doc), error))
        return NULL;
      return g_steal_pointer (&arguments);
    }

  if (!forlop_json_get_text (yyjson_doc_get_root (doc), "id", &id, error))
    return NULL;
  arguments = forlop_acts_new_arguments (act, id);

  copy = yyjson_doc_mut_copy (doc, NULL);
  yyjson_mut_obj_remove_key (yyjson_mut_doc_get_root (copy), "id");
  text = forlop_json_write (copy, FALSE);
  rest = forlop_json_parse (text, -1, error);
  if (rest == NULL || !forlop_record_fill_json (arguments, yyjson_doc_get_root (rest), error))
    return NULL;

  return g_steal_pointer (&arguments);
}

/* The actor must hold the function he says he acts in. Set-up and the demo act before there are
 * users: they give no user, and then the check is the caller's. */
static gboolean
check_actor (ForlopActContext  *self,
             GError           **error)
{
  static const char sql[] =
    "SELECT 1 FROM membership WHERE user_id = ?1 AND role = ?2 AND unit_id = ?3 AND deleted = 0 "
    "AND (valid_from IS NULL OR valid_from <= ?4) AND (valid_to IS NULL OR valid_to >= ?4)";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  if (!forlop_act_allows_role (self->act, self->actor->role))
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              /* Translators: an act, then a role. */
                              _("“%s” is not for the function %s. Nothing was changed. Change your "
                                "function, or ask somebody who may do it."),
                              _(self->act->label), forlop_role_label (self->actor->role));
  if (self->actor->user_id == NULL)
    return TRUE;

  statement = forlop_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, self->actor->user_id);
  forlop_statement_bind_text (statement, 2, self->actor->role);
  forlop_statement_bind_id (statement, 3, self->actor->unit_id);
  forlop_statement_bind_date (statement, 4, self->today);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              _("You do not have the function %s in this unit today. Nothing was "
                                "changed. Ask the administrator."),
                              forlop_role_label (self->actor->role));

  return TRUE;
}

static gboolean
check_arguments (ForlopActContext  *self,
                 GError           **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);

  /* A change gives only what is changed; the record is validated whole when the act is finished. */
  if (self->act->saves != NULL)
    return TRUE;

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if ((field->flags & FORLOP_FIELD_REQUIRED) && !forlop_record_has (self->arguments, field->name))
      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                /* Translators: an act, the label of a field, its name. */
                                _("%s: “%s” (%s) is missing. Fill it in."), _(self->act->label),
                                _(field->label), field->name);

  return TRUE;
}

/* Finds the record, named by a required reference, whose citizen or case the act concerns. */
static gboolean
find_owner_by_reference (ForlopActContext  *self,
                         char             **citizen_id,
                         char             **case_id,
                         GError           **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      const ForlopRecordType *target;
      g_autoptr (ForlopRecord) record = NULL;

      if (field->kind != FORLOP_KIND_REF || !(field->flags & FORLOP_FIELD_REQUIRED) ||
          !forlop_record_has (self->arguments, field->name))
        continue;
      target = forlop_record_type_find (field->target);
      if (forlop_record_type_field (target, "citizen_id") == NULL || g_str_equal (target->name, "measurement"))
        continue;

      record = forlop_record_store_load (self->connection, target->name,
                                         forlop_act_text (self, field->name), error);
      if (record == NULL)
        return FALSE;
      *citizen_id = g_strdup (forlop_record_get_text (record, "citizen_id"));
      if (forlop_record_type_field (target, "case_id") != NULL)
        *case_id = g_strdup (forlop_record_get_text (record, "case_id"));
      return TRUE;
    }

  return TRUE;
}

static gboolean
find_owner (ForlopActContext  *self,
            char             **citizen_id,
            char             **case_id,
            GError           **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);
  const char *id = forlop_record_get_id (self->arguments);

  if (forlop_record_type_field (type, "case_id") != NULL)
    *case_id = g_strdup (forlop_act_text (self, "case_id"));
  if (forlop_record_type_field (type, "citizen_id") != NULL)
    *citizen_id = g_strdup (forlop_act_text (self, "citizen_id"));
  if (*case_id != NULL || *citizen_id != NULL)
    return TRUE;

  if (g_str_equal (self->act->name, "undo"))
    return !forlop_id_is_valid (forlop_act_text (self, "op_id")) ||
           forlop_changeset_store_owner (self->connection, forlop_act_text (self, "op_id"), citizen_id,
                                         case_id, error);

  if (self->act->saves != NULL && forlop_id_is_valid (id))
    {
      g_autoptr (ForlopRecord) record =
        forlop_record_store_load (self->connection, self->act->saves, id, error);

      if (record == NULL)
        return FALSE;
      if (g_str_equal (self->act->saves, "citizen"))
        *citizen_id = g_strdup (id);
      else if (forlop_record_type_field (type, "citizen_id") != NULL)
        *citizen_id = g_strdup (forlop_record_get_text (record, "citizen_id"));
      if (forlop_record_type_field (type, "case_id") != NULL)
        *case_id = g_strdup (forlop_record_get_text (record, "case_id"));
      return TRUE;
    }

  return find_owner_by_reference (self, citizen_id, case_id, error);
}

static gboolean
load_snapshot (ForlopActContext  *self,
               GError           **error)
{
  g_autofree char *citizen_id = NULL;
  g_autofree char *case_id = NULL;
  g_autoptr (GError) local_error = NULL;

  g_assert (!self->act->looks_at_nothing || self->act->gates[0] == FORLOP_GATE_NONE);

  if (!find_owner (self, &citizen_id, &case_id, error))
    return FALSE;

  if (case_id != NULL && self->act->looks_at_nothing)
    self->snapshot = forlop_snapshot_store_load_bare_case (self->connection, case_id, self->now,
                                                           &local_error);
  else if (case_id != NULL)
    self->snapshot = forlop_snapshot_store_load_either (self->connection, case_id, self->now, &local_error);
  else if (citizen_id != NULL)
    self->snapshot = forlop_snapshot_store_load_citizen (self->connection, citizen_id, self->now,
                                                         &local_error);
  else
    return TRUE;

  if (self->snapshot == NULL)
    {
      /* What is taken back twice is gone already; the act's own function says so. */
      if (g_str_equal (self->act->name, "undo") &&
          g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->citizen = forlop_snapshot_get_citizen (self->snapshot);
  self->the_case = forlop_snapshot_get_case (self->snapshot);
  /* What belongs to a case is written where the case is, also when another record of the person stands. */
  self->citizen_id = g_strdup (self->the_case != NULL ? forlop_record_get_text (self->the_case, "citizen_id")
                                                      : forlop_record_get_id (self->citizen));
  self->case_id = g_steal_pointer (&case_id);

  return TRUE;
}

static char *
gate_sentence (const ForlopGateFailure *failure)
{
  if (failure->role == NULL)
    return g_strdup (forlop_gate_missing (failure->gate));

  /* Translators: what is missing, as a sentence; then the role that can do it. */
  return g_strdup_printf (_("%s It belongs to: %s."), forlop_gate_missing (failure->gate),
                          forlop_role_label (failure->role));
}

static gboolean
check_gates (ForlopActContext  *self,
             GError           **error)
{
  ForlopGateFailure failure;

  for (unsigned int i = 0; i < FORLOP_ACT_MAX_GATES && self->act->gates[i] != FORLOP_GATE_NONE; i++)
    if (!forlop_gate_check (self->act->gates[i], self->snapshot, self->changeset, &failure))
      {
        g_autofree char *sentence = gate_sentence (&failure);

        return forlop_act_refuse (error, FORLOP_ERROR_GATE, _("%s: %s Nothing was changed."),
                                  _(self->act->label), sentence);
      }

  return TRUE;
}

/**
 * forlop_acts_explain:
 *
 * Returns: (transfer full) (nullable): a sentence for each condition that is not met.
 */
char **
forlop_acts_explain (const ForlopAct *act,
                     ForlopSnapshot  *snapshot)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  ForlopGateFailure failure;
  unsigned int n = 0;

  g_return_val_if_fail (act != NULL, NULL);
  g_return_val_if_fail (snapshot != NULL, NULL);

  for (unsigned int i = 0; i < FORLOP_ACT_MAX_GATES && act->gates[i] != FORLOP_GATE_NONE; i++)
    if (!forlop_gate_check (act->gates[i], snapshot, NULL, &failure))
      {
        g_strv_builder_take (builder, gate_sentence (&failure));
        n++;
      }

  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

static ForlopActResult *
result_of (ForlopActContext *self)
{
  GPtrArray *operations = forlop_changeset_get_operations (self->changeset);
  ForlopActResult *result = g_new0 (ForlopActResult, 1);

  result->citizen_id = g_strdup (self->citizen_id);
  result->case_id = g_strdup (self->case_id);
  if (operations->len > 0)
    {
      const ForlopOperation *first = g_ptr_array_index (operations, 0);

      result->op_id = g_strdup (forlop_changeset_get_id (self->changeset));
      result->subject_type = first->type->name;
      result->subject_id = g_strdup (first->id);
    }
  result->made = g_ptr_array_new_with_free_func (made_free);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->before == NULL)
        {
          ForlopActMade *made = g_new0 (ForlopActMade, 1);

          made->type = operation->type->name;
          made->id = g_strdup (operation->id);
          g_ptr_array_add (result->made, made);
        }
    }

  return result;
}

static gboolean
check_ahead (ForlopActContext  *self,
             GError           **error)
{
  const ForlopField *field;
  g_autofree char *now = NULL;

  if (forlop_changeset_find_ahead (self->changeset, self->now, &field) == NULL)
    return TRUE;
  now = forlop_instant_format (self->now);

  /* Translators: a field's label and the time now. */
  return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            _("%s: the time lies too far ahead; it is %s now. Write it again."), _(field->label), now);
}

/* Reads, checks, writes. What was written is undone by the caller's savepoint on any failure. */
static ForlopActResult *
perform (ForlopActContext  *self,
         GError           **error)
{
  ForlopActFunc func = find_function (self->act->name);

  if (func == NULL)
    func = self->act->saves != NULL ? forlop_act_save : NULL;
  g_assert (func != NULL);

  if (!check_actor (self, error) || !check_arguments (self, error) || !load_snapshot (self, error) ||
      !func (self, error) || !forlop_changeset_finish (self->changeset, error) ||
      !check_ahead (self, error) || !check_gates (self, error))
    return NULL;

  if (forlop_changeset_get_operations (self->changeset)->len == 0)
    return result_of (self);

  if (self->citizen_id != NULL && !forlop_act_add_event (self, error))
    return NULL;
  if (!forlop_changeset_store_apply (self->connection, self->changeset, self->citizen_id,
                                     self->case_id, error) ||
      (self->resolves != NULL &&
       !forlop_outbox_store_set_resolves (self->connection, forlop_changeset_get_id (self->changeset),
                                          self->resolves, error)) ||
      !forlop_refresh_store_after (self->connection, self->changeset, self->now, error))
    return NULL;

  return result_of (self);
}

static void
context_clear (ForlopActContext *self)
{
  forlop_changeset_unref (self->changeset);
  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->resolves);
}

/**
 * forlop_acts_perform:
 *
 * Does one act: checks the actor's function, the arguments and the gates, and commits one changeset
 * with its line on the time line to the caller's transaction. On failure nothing of the act is kept
 * and the transaction can go on.
 *
 * Returns: (transfer full): what was done, or %NULL with a sentence for the user.
 */
ForlopActResult *
forlop_acts_perform (ForlopConnection   *connection,
                     const ForlopActor  *actor,
                     ForlopIdSource     *ids,
                     gint64              now,
                     const ForlopAct    *act,
                     ForlopRecord       *arguments,
                     GError            **error)
{
  g_autofree char *op_id = NULL;
  ForlopActResult *result;
  ForlopActContext self;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (actor != NULL && actor->role != NULL, NULL);
  g_return_val_if_fail (act != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (arguments), NULL);

  op_id = forlop_id_source_next (ids, now);
  self = (ForlopActContext) {
    .connection = connection,
    .ids = ids,
    .actor = actor,
    .act = act,
    .arguments = arguments,
    .changeset = forlop_changeset_new (op_id, act->name, actor, now),
    .now = now,
    .today = forlop_instant_to_date (now),
  };

  if (!forlop_connection_savepoint (connection, "act", error))
    {
      context_clear (&self);
      return NULL;
    }

  result = perform (&self, error);
  if (result == NULL)
    forlop_connection_rollback_to (connection, "act");
  else if (!forlop_connection_release (connection, "act", error))
    g_clear_pointer (&result, forlop_act_result_free);

  context_clear (&self);

  return result;
}

typedef struct {
  ForlopIdSource *ids;
  ForlopClock *clock;
  ForlopActor *actor;
  const ForlopAct *act;
  ForlopRecord *arguments;
} Run;

static Run *
run_new (ForlopStore       *store,
         const ForlopActor *actor,
         const ForlopAct   *act,
         ForlopRecord      *arguments)
{
  Run *run = g_new0 (Run, 1);

  run->ids = forlop_id_source_ref (forlop_store_get_ids (store));
  run->clock = forlop_clock_ref (forlop_store_get_clock (store));
  run->actor = forlop_actor_copy (actor);
  run->act = act;
  /* The caller's form may go on changing; what crosses to the writer's thread does not. */
  run->arguments = forlop_record_copy (arguments);

  return run;
}

static void
run_free (gpointer data)
{
  Run *run = data;

  forlop_id_source_unref (run->ids);
  forlop_clock_unref (run->clock);
  forlop_actor_free (run->actor);
  g_object_unref (run->arguments);
  g_free (run);
}

static gpointer
run_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Run *run = user_data;

  return forlop_acts_perform (connection, run->actor, run->ids, forlop_clock_now (run->clock),
                              run->act, run->arguments, error);
}

/**
 * forlop_acts_run:
 *
 * Returns: (transfer full): a future that resolves when the act is durable on disk; read it with
 *   forlop_worker_await() or forlop_worker_steal().
 */
DexFuture *
forlop_acts_run (ForlopStore       *store,
                 const ForlopActor *actor,
                 const ForlopAct   *act,
                 ForlopRecord      *arguments)
{
  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (actor != NULL, NULL);
  g_return_val_if_fail (act != NULL, NULL);

  return forlop_store_write (store, run_on_worker, run_new (store, actor, act, arguments), run_free,
                             (GDestroyNotify) forlop_act_result_free);
}

ForlopActResult *
forlop_acts_run_sync (ForlopStore        *store,
                      const ForlopActor  *actor,
                      const ForlopAct    *act,
                      ForlopRecord       *arguments,
                      GError            **error)
{
  Run *run;
  ForlopActResult *result;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (actor != NULL, NULL);
  g_return_val_if_fail (act != NULL, NULL);

  run = run_new (store, actor, act, arguments);
  result = forlop_store_write_sync (store, run_on_worker, run,
                                    (GDestroyNotify) forlop_act_result_free, NULL, error);
  run_free (run);

  return result;
}
