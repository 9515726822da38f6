/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-join.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-changeset-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-outbox-store.h"
#include "forlop-record-store.h"
#include "forlop-refresh-store.h"
#include "forlop-snapshot-store.h"

/* Each changeset of the chain is done again by its own act and author, so that the server asks of it
 * what it asks of that act. */

/* @from: the citizen whose record was refused or is closed.
 * @names: id → what takes its place: the citizen, and his open case for one that the chain would open. */
typedef struct {
  ForlopConnection *connection;
  ForlopIdSource *ids;
  gint64 now;
  const char *from;
  const char *into;
  GHashTable *names;
  GPtrArray *made;
} Join;

typedef struct {
  char *op_id;
  char *body;
  char *citizen_id;
  char *case_id;
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  g_free (link->op_id);
  g_free (link->body);
  g_free (link->citizen_id);
  g_free (link->case_id);
  g_free (link);
}

static gboolean
refuse (GError     **error,
        int          code,
        const char  *sentence)
{
  g_set_error_literal (error, FORLOP_ERROR, code, sentence);

  return FALSE;
}

/* The refused changeset and what was blocked with it, in the order they were written. */
static GPtrArray *
list_chain (ForlopConnection  *connection,
            const char        *op_id,
            GError           **error)
{
  static const char sql[] =
    "WITH RECURSIVE chain (op_no, name) AS ("
    "SELECT op_no, json_extract (result, '$.op_id') FROM outbox WHERE op_id = ?1 AND state = 'refused' "
    "UNION SELECT o.op_no, json_extract (o.result, '$.op_id') FROM chain g JOIN outbox o "
    "ON o.state = 'refused' AND o.status = 'blocked' AND instr (o.depends_on, g.name) > 0) "
    "SELECT c.op_id, c.body, c.citizen_id, c.case_id FROM outbox o JOIN changeset c USING (op_id) "
    "WHERE o.op_no IN (SELECT op_no FROM chain) ORDER BY o.op_no";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func (link_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, op_id);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          Link *link = g_new0 (Link, 1);

          link->op_id = forlop_statement_dup_id (statement, 0);
          link->body = forlop_statement_dup_text (statement, 1);
          link->citizen_id = forlop_statement_dup_id (statement, 2);
          link->case_id = forlop_statement_dup_id (statement, 3);
          g_ptr_array_add (chain, link);
        }
    }
  while (has_row);

  return g_steal_pointer (&chain);
}

static const char *
new_name (Join       *self,
          const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (self->names, id) : NULL;

  return name != NULL ? name : id;
}

/* Every reference to what has another name now. */
static void
rename_references (Join         *self,
                   ForlopRecord *record)
{
  for (const ForlopField *field = forlop_record_get_rtype (record)->fields; field->name != NULL; field++)
    if (field->kind <= FORLOP_KIND_BLOB && forlop_record_has (record, field->name) &&
        g_hash_table_contains (self->names, forlop_record_get_text (record, field->name)))
      {
        g_autofree char *name = g_strdup (new_name (self, forlop_record_get_text (record, field->name)));

        forlop_record_set_text (record, field->name, name);
      }
}

/* The citizen has one open case: what the chain wrote in a new one belongs there. */
static gboolean
name_case (Join        *self,
           const char  *id,
           GError     **error)
{
  g_autoptr (GPtrArray) cases =
    forlop_record_store_list (self->connection, "case", "citizen_id", self->into, error);

  if (cases == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (cases, i);

      if (!forlop_record_has (the_case, "closed_on"))
        g_hash_table_insert (self->names, g_strdup (id), g_strdup (forlop_record_get_id (the_case)));
    }

  return TRUE;
}

/* What the record that is there does not say; what it says stands. */
static gboolean
fill_up (Join             *self,
         ForlopChangeset  *changeset,
         yyjson_val       *set,
         GError          **error)
{
  const ForlopRecordType *type = forlop_record_type_find ("citizen");
  g_autoptr (ForlopRecord) present = forlop_record_store_load (self->connection, "citizen", self->into, error);
  g_autoptr (ForlopRecord) written = forlop_record_new (type, self->from);
  ForlopRecord *citizen;

  if (present == NULL || (set != NULL && !forlop_record_fill_json (written, set, error)))
    return FALSE;
  citizen = forlop_changeset_change (changeset, present);
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (!forlop_record_has (citizen, field->name) && forlop_record_has (written, field->name) &&
        !g_str_equal (field->name, "merged_into_id"))
      forlop_record_copy_field (citizen, written, field->name);

  return TRUE;
}

static gboolean
copy_operation (Join             *self,
                ForlopChangeset  *changeset,
                yyjson_val       *operation,
                GError          **error)
{
  const char *type_name = yyjson_get_str (yyjson_obj_get (operation, "type"));
  const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
  const ForlopRecordType *type = type_name != NULL ? forlop_record_type_find (type_name) : NULL;
  yyjson_val *set = yyjson_obj_get (operation, "set");
  gboolean is_new = yyjson_obj_get (operation, "base") == NULL;
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *record;

  if (type == NULL || id == NULL || set == NULL)
    return refuse (error, FORLOP_ERROR_INVALID,
                   _("A part of what was written takes something away, and cannot be joined. Nothing was "
                     "changed. Do it again by hand in the record that is there."));
  if (g_str_equal (type_name, "citizen") && g_str_equal (id, self->from))
    return fill_up (self, changeset, set, error);
  if (is_new && g_str_equal (type_name, "case") && !name_case (self, id, error))
    return FALSE;
  if (g_hash_table_contains (self->names, id))
    return TRUE;

  if (!g_str_equal (type_name, "measurement"))
    present = forlop_record_store_peek (self->connection, type, id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present == NULL && !is_new)
    return refuse (error, FORLOP_ERROR_NOT_FOUND,
                   _("What was changed is not on this machine any more, so it cannot be joined. Nothing was "
                     "changed. Do it again by hand in the record that is there."));
  record = present != NULL ? forlop_changeset_change (changeset, present)
                           : forlop_changeset_make (changeset, type->name, id);
  if (!forlop_record_fill_json (record, set, error))
    return FALSE;
  rename_references (self, record);

  return TRUE;
}

/* The act's own conditions, asked of the record it is joined to. */
static gboolean
check_gates (Join             *self,
             const ForlopAct  *act,
             ForlopChangeset  *changeset,
             const char       *case_id,
             GError          **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (ForlopRecord) the_case = NULL;
  ForlopGateFailure failure;

  if (act == NULL || act->gates[0] == FORLOP_GATE_NONE || case_id == NULL)
    return TRUE;
  snapshot = forlop_snapshot_store_load_case (self->connection, case_id, self->now, error);
  if (snapshot == NULL)
    return FALSE;
  for (unsigned int i = 0; i < FORLOP_ACT_MAX_GATES && act->gates[i] != FORLOP_GATE_NONE; i++)
    if (!forlop_gate_check (act->gates[i], snapshot, changeset, &failure))
      {
        g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_GATE,
                     /* Translators: an act, then what is missing, as a sentence. */
                     _("%s: %s Nothing was joined. Do the rest by hand in the record that is there."),
                     _(act->label), forlop_gate_missing (failure.gate));
        return FALSE;
      }

  return TRUE;
}

static gboolean
has_more_than_events (ForlopChangeset *changeset)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    if (!g_str_equal (((const ForlopOperation *) g_ptr_array_index (operations, i))->type->name, "event"))
      return TRUE;

  return FALSE;
}

static gboolean
save (Join             *self,
      ForlopChangeset  *changeset,
      const char       *case_id,
      GError          **error)
{
  if (!forlop_changeset_finish (changeset, error))
    return FALSE;
  if (!has_more_than_events (changeset))
    return TRUE;
  if (!check_gates (self, forlop_act_find (forlop_changeset_get_act (changeset)), changeset, case_id,
                    error) ||
      !forlop_changeset_store_apply (self->connection, changeset, self->into, case_id, error) ||
      !forlop_refresh_store_after (self->connection, changeset, self->now, error))
    return FALSE;
  g_ptr_array_add (self->made, g_strdup (forlop_changeset_get_id (changeset)));

  return TRUE;
}

static ForlopActor *
read_actor (yyjson_val *root)
{
  yyjson_val *by = yyjson_obj_get (root, "by");

  return forlop_actor_new (yyjson_get_str (yyjson_obj_get (by, "user_id")),
                           yyjson_get_str (yyjson_obj_get (by, "role")),
                           yyjson_get_str (yyjson_obj_get (by, "unit_id")));
}

static gboolean
copy_link (Join        *self,
           const Link  *link,
           GError     **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (link->body, -1, error);
  g_autofree char *op_id = forlop_id_source_next (self->ids, self->now);
  g_autoptr (ForlopActor) actor = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;
  yyjson_val *root, *operation;
  size_t i, n;

  if (doc == NULL)
    return FALSE;
  root = yyjson_doc_get_root (doc);
  actor = read_actor (root);
  changeset = forlop_changeset_new (op_id, yyjson_get_str (yyjson_obj_get (root, "act")), actor, self->now);
  yyjson_arr_foreach (yyjson_obj_get (root, "ops"), i, n, operation)
    if (!copy_operation (self, changeset, operation, error))
      return FALSE;

  return save (self, changeset, new_name (self, link->case_id), error);
}

/* The record that stands names the other, and the number it is known by as well. */
static void
name_alias (Join             *self,
            ForlopChangeset  *changeset,
            ForlopRecord     *alias)
{
  g_autofree char *id = forlop_id_source_next (self->ids, self->now);
  ForlopRecord *stands = forlop_changeset_find (changeset, "citizen", self->into);
  ForlopRecord *name = forlop_changeset_make (changeset, "citizen_alias", id);
  const char *number = forlop_record_get_text (alias, "id_number");

  forlop_record_set_text (name, "citizen_id", self->into);
  forlop_record_set_text (name, "record_id", self->from);
  if (number != NULL && !forlop_record_text_is (stands, "id_number", number))
    forlop_record_set_text (name, "id_number", number);
}

/* The record that was refused stays as an alias: whoever writes on it is told where to. */
static gboolean
make_alias (Join        *self,
            const Link  *first,
            GError     **error)
{
  const ForlopRecordType *type = forlop_record_type_find ("citizen");
  g_autoptr (yyjson_doc) doc = forlop_json_parse (first->body, -1, error);
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *op_id = NULL;
  g_autoptr (ForlopActor) actor = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;
  yyjson_val *operation;
  size_t i, n;

  if (doc == NULL)
    return FALSE;
  present = forlop_record_store_peek (self->connection, type, self->from, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present != NULL)
    return TRUE;

  op_id = forlop_id_source_next (self->ids, self->now);
  actor = read_actor (yyjson_doc_get_root (doc));
  changeset = forlop_changeset_new (op_id, "merge-citizens", actor, self->now);
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "ops"), i, n, operation)
    {
      ForlopRecord *alias;

      if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (operation, "id")), self->from) != 0)
        continue;
      if (!fill_up (self, changeset, yyjson_obj_get (operation, "set"), error))
        return FALSE;
      alias = forlop_changeset_make (changeset, "citizen", self->from);
      if (!forlop_record_fill_json (alias, yyjson_obj_get (operation, "set"), error))
        return FALSE;
      forlop_record_set_text (alias, "merged_into_id", self->into);
      name_alias (self, changeset, alias);
    }

  return save (self, changeset, NULL, error);
}

/* A citizen who was refused, or whose record is closed, and one whose record stands. */
static gboolean
check_both (Join        *self,
            GError     **error)
{
  g_autoptr (ForlopRecord) into = forlop_record_store_load (self->connection, "citizen", self->into, error);
  g_autoptr (ForlopRecord) from = NULL;
  g_autoptr (GError) problem = NULL;

  if (into == NULL)
    return FALSE;
  if (forlop_record_has (into, "merged_into_id"))
    return refuse (error, FORLOP_ERROR_ALREADY,
                   _("The record is merged with another already. Nothing was changed. Join it to that one."));
  from = forlop_record_store_peek (self->connection, forlop_record_type_find ("citizen"), self->from, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (g_str_equal (self->from, self->into) ||
      (from != NULL && !forlop_record_text_is (from, "merged_into_id", self->into)))
    return refuse (error, FORLOP_ERROR_INVALID,
                   _("What was refused belongs to a record that stands by itself. Nothing was changed. Merge "
                     "the two records first."));

  return TRUE;
}

/**
 * forlop_acts_join:
 *
 * The chain of a refused registration, or of a change on a record that was merged meanwhile, is done
 * again on the record that stands. What cannot be done again refuses the whole.
 */
GPtrArray *
forlop_acts_join (ForlopConnection  *connection,
                  ForlopIdSource    *ids,
                  gint64             now,
                  const char        *op_id,
                  const char        *into_id,
                  GError           **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) chain = NULL;
  Join self = { connection, ids, now, NULL, into_id, names, made };

  g_return_val_if_fail (connection != NULL && ids != NULL, NULL);
  g_return_val_if_fail (op_id != NULL && into_id != NULL, NULL);

  chain = list_chain (connection, op_id, error);
  if (chain == NULL)
    return NULL;
  if (chain->len == 0 || ((const Link *) g_ptr_array_index (chain, 0))->citizen_id == NULL)
    {
      refuse (error, FORLOP_ERROR_NOT_FOUND,
              _("The change is not among those that were refused any more. Nothing was changed."));
      return NULL;
    }

  self.from = ((const Link *) g_ptr_array_index (chain, 0))->citizen_id;
  g_hash_table_insert (names, g_strdup (self.from), g_strdup (into_id));
  if (!check_both (&self, error) || !make_alias (&self, g_ptr_array_index (chain, 0), error))
    return NULL;
  for (unsigned int i = 0; i < chain->len; i++)
    if (!copy_link (&self, g_ptr_array_index (chain, i), error))
      return NULL;
  if (!forlop_outbox_store_let_go (connection, op_id, error))
    return NULL;

  return g_steal_pointer (&made);
}

typedef struct {
  ForlopIdSource *ids;
  ForlopClock *clock;
  char *op_id;
  char *into_id;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  forlop_id_source_unref (run->ids);
  forlop_clock_unref (run->clock);
  g_free (run->op_id);
  g_free (run->into_id);
  g_free (run);
}

static gpointer
run_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Run *run = user_data;

  return forlop_acts_join (connection, run->ids, forlop_clock_now (run->clock), run->op_id, run->into_id,
                           error);
}

DexFuture *
forlop_acts_run_join (ForlopStore *store,
                      const char  *op_id,
                      const char  *into_id)
{
  Run *run;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (op_id != NULL && into_id != NULL, NULL);

  run = g_new0 (Run, 1);
  run->ids = forlop_id_source_ref (forlop_store_get_ids (store));
  run->clock = forlop_clock_ref (forlop_store_get_clock (store));
  run->op_id = g_strdup (op_id);
  run->into_id = g_strdup (into_id);

  return forlop_store_write (store, run_on_worker, run, run_free, (GDestroyNotify) g_ptr_array_unref);
}
