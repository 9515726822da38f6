/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-refresh-store.h"

#include "forlop-duty-store.h"
#include "forlop-equipment-store.h"
#include "forlop-error.h"
#include "forlop-judging-store.h"
#include "forlop-list-store.h"
#include "forlop-person-store.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"

#define CASES_OF_PERSON "SELECT id FROM \"case\" WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND deleted = 0"

/* Which cases ask for a record that names no case: the rules look at it through them. */
static const struct {
  const char *type;
  const char *sql;
} indirect[] = {
  { "contested_value", CASES_OF_PERSON },
  { "citizen", CASES_OF_PERSON " UNION SELECT s.id FROM citizen c JOIN \"case\" s ON s.citizen_id = c.id "
    "AND s.deleted = 0 WHERE c.merged_into_id = ?1" },
  { "profile", "SELECT id FROM \"case\" WHERE profile_id = ?1 AND deleted = 0" },
  { "responsibility", "SELECT id FROM \"case\" WHERE profile_id = ?1 AND deleted = 0" },
  { "item", "SELECT case_id FROM loan WHERE item_id = ?1 AND deleted = 0" },
  { "product", "SELECT l.case_id FROM item i JOIN loan l ON l.item_id = i.id "
    "WHERE i.product_id = ?1 AND i.deleted = 0 AND l.deleted = 0" },
  { "unit", "SELECT id FROM \"case\" WHERE coalesce (follow_up_unit_id, unit_id) = ?1 AND status = 'running' AND deleted = 0" },
  { "form", "SELECT case_id FROM schedule WHERE form_id = ?1 AND deleted = 0" },
};

/* What the rules read of these; a change of anything else in them changes no duty. */
static const struct {
  const char *type;
  const char *field;
} read_fields[] = {
  { "profile", "hand_over" }, { "profile", "decision_required" }, { "profile", "legal_basis" },
  { "profile", "escalate_minutes" },
  { "unit", "opens_at" }, { "unit", "closes_at" }, { "unit", "open_weekdays" },
  { "unit", "open_holidays" },
  { "responsibility", "role" }, { "responsibility", "unit_id" }, { "responsibility", "activity" },
  { "citizen", "unit_id" }, { "citizen", "died_on" }, { "citizen", "moved_on" },
  { "citizen", "merged_into_id" },
  { "item", "product_id" }, { "product", "kind" }, { "product", "measures" },
  { "form", "title" }, { "form", "active" },
};

static gboolean
changes_duties (const ForlopOperation *operation)
{
  if (operation->before == NULL || operation->after == NULL)
    return TRUE;

  for (unsigned int i = 0; i < G_N_ELEMENTS (read_fields); i++)
    if (g_str_equal (operation->type->name, read_fields[i].type) &&
        forlop_operation_changes (operation, read_fields[i].field))
      return TRUE;

  return FALSE;
}

static gboolean
add_cases (ForlopConnection  *connection,
           const char        *sql,
           const char        *id,
           GHashTable        *cases,
           GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row && !forlop_statement_is_null (statement, 0))
        g_hash_table_add (cases, forlop_statement_dup_id (statement, 0));
    }
  while (has_row);

  return TRUE;
}

static gboolean
add_indirect (ForlopConnection       *connection,
              const ForlopOperation  *operation,
              GHashTable             *cases,
              GError                **error)
{
  ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
  const char *id = operation->id;
  const char *sql = NULL;

  if (g_str_equal (operation->type->name, "responsibility"))
    id = forlop_record_get_text (record, "profile_id");
  else if (g_str_equal (operation->type->name, "contested_value"))
    id = forlop_record_get_text (record, "citizen_id");
  for (unsigned int i = 0; i < G_N_ELEMENTS (indirect); i++)
    if (g_str_equal (operation->type->name, indirect[i].type))
      sql = indirect[i].sql;
  if (sql == NULL || !changes_duties (operation))
    return TRUE;

  /* A merge that was taken back: the other has its own cases again. */
  if (g_str_equal (operation->type->name, "citizen") && operation->before != NULL &&
      forlop_record_has (operation->before, "merged_into_id") &&
      !add_cases (connection, sql, forlop_record_get_text (operation->before, "merged_into_id"), cases, error))
    return FALSE;

  return add_cases (connection, sql, id, cases, error);
}

/* Which of the cases of somebody with two records the list shows may not be the one it was. */
static gboolean
add_other_cases (ForlopConnection  *connection,
                 const char        *citizen_id,
                 GHashTable        *cases,
                 GError           **error)
{
  g_autoptr (GPtrArray) ids = forlop_person_store_list_ids (connection, citizen_id, error);

  if (ids == NULL)
    return FALSE;

  return ids->len == 1 ||
         (forlop_list_store_update_case (connection, citizen_id, NULL, NULL, NULL, error) &&
          add_cases (connection, CASES_OF_PERSON, citizen_id, cases, error));
}

static gboolean
is_of_newest_case (const ForlopRecordType *type)
{
  return g_str_equal (type->name, "measurement") || g_str_equal (type->name, "invalidation");
}

/* The cases that a changeset concerns. */
static GHashTable *
cases_of (ForlopConnection  *connection,
          ForlopChangeset   *changeset,
          GError           **error)
{
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) measured = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
      const char *case_id = NULL;

      if (!forlop_snapshot_store_concerns (operation->type->name))
        continue;
      if (g_str_equal (operation->type->name, "case"))
        {
          case_id = operation->id;
          if (!add_other_cases (connection, forlop_record_get_text (record, "citizen_id"), cases, error))
            return NULL;
        }
      else if (forlop_record_type_field (operation->type, "case_id") != NULL)
        case_id = forlop_record_get_text (record, "case_id");
      else if (is_of_newest_case (operation->type) &&
               g_hash_table_add (measured, (gpointer) forlop_record_get_text (record, "citizen_id")))
        {
          g_autofree char *newest = forlop_snapshot_store_newest_case (
            connection, forlop_record_get_text (record, "citizen_id"), NULL);

          if (newest != NULL)
            g_hash_table_add (cases, g_steal_pointer (&newest));
        }

      if (case_id != NULL)
        g_hash_table_add (cases, g_strdup (case_id));
      if (!add_indirect (connection, operation, cases, error))
        return NULL;
    }

  return g_steal_pointer (&cases);
}

/* @is_here: (out): FALSE when the case was taken back, or its citizen. */
static gboolean
refresh_case (ForlopConnection  *connection,
              const char        *case_id,
              gint64             now,
              gboolean          *is_here,
              GError           **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) present = forlop_record_store_load (connection, "case", case_id, &problem);

  *is_here = present != NULL && forlop_duty_store_refresh_case (connection, case_id, now, &problem);
  if (problem == NULL || g_error_matches (problem, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/* A case that was taken back has no duties, and its citizen shows the one before it. */
static gboolean
forget_case (ForlopConnection  *connection,
             ForlopChangeset   *changeset,
             const char        *case_id,
             GError           **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  if (!forlop_duty_store_replace (connection, case_id, none, error))
    return FALSE;

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      const char *citizen_id;
      g_autofree char *newest = NULL;
      gboolean is_here;

      if (!g_str_equal (operation->id, case_id) || operation->before == NULL)
        continue;
      citizen_id = forlop_record_get_text (operation->before, "citizen_id");
      if (!forlop_list_store_update_case (connection, citizen_id, NULL, NULL, NULL, error))
        return FALSE;
      newest = forlop_snapshot_store_newest_case (connection, citizen_id, error);
      if (newest != NULL &&
          !refresh_case (connection, newest, forlop_changeset_get_created_at (changeset), &is_here, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_refresh_store_after:
 *
 * Works out again what is derived from the records that @changeset wrote: judgements, duties, steps
 * and the list of citizens. Runs in the same transaction, so that a worklist never shows half an act.
 */
gboolean
forlop_refresh_store_after (ForlopConnection  *connection,
                            ForlopChangeset   *changeset,
                            gint64             now,
                            GError           **error)
{
  g_autoptr (GHashTable) cases = NULL;
  GHashTableIter iter;
  gpointer case_id;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  if (!forlop_judging_store_after (connection, changeset, error))
    return FALSE;

  cases = cases_of (connection, changeset, error);
  if (cases == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    {
      gboolean is_here;

      if (!refresh_case (connection, case_id, now, &is_here, error) ||
          (!is_here && (!forget_case (connection, changeset, case_id, error) ||
                        !forlop_duty_store_refresh_delivery (connection, case_id, now, error))))
        return FALSE;
    }

  return forlop_equipment_store_refresh_after (connection, changeset, error);
}
