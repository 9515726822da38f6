/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-refresh-store.h"

#include "forlop-duty-store.h"
#include "forlop-equipment-store.h"
#include "forlop-error.h"
#include "forlop-judging-store.h"
#include "forlop-list-store.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"

/* The cases that a changeset concerns. */
static GHashTable *
cases_of (ForlopConnection  *connection,
          ForlopChangeset   *changeset)
{
  GHashTable *cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
      const char *case_id = NULL;

      if (!forlop_snapshot_store_concerns (operation->type->name))
        continue;
      if (g_str_equal (operation->type->name, "case"))
        case_id = operation->id;
      else if (forlop_record_type_field (operation->type, "case_id") != NULL)
        case_id = forlop_record_get_text (record, "case_id");
      else if (g_str_equal (operation->type->name, "measurement") ||
               g_str_equal (operation->type->name, "invalidation"))
        {
          g_autofree char *newest = forlop_snapshot_store_newest_case (
            connection, forlop_record_get_text (record, "citizen_id"), NULL);

          if (newest != NULL)
            g_hash_table_add (cases, g_steal_pointer (&newest));
        }

      if (case_id != NULL)
        g_hash_table_add (cases, g_strdup (case_id));
    }

  return cases;
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

      if (!g_str_equal (operation->id, case_id) || operation->before == NULL)
        continue;
      citizen_id = forlop_record_get_text (operation->before, "citizen_id");
      if (!forlop_list_store_update_case (connection, citizen_id, NULL, NULL, NULL, error))
        return FALSE;
      newest = forlop_snapshot_store_newest_case (connection, citizen_id, error);
      if (newest != NULL &&
          !forlop_duty_store_refresh_case (connection, newest,
                                           forlop_changeset_get_created_at (changeset), error))
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

  cases = cases_of (connection, changeset);
  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ForlopRecord) present =
        forlop_record_store_load (connection, "case", case_id, &local_error);

      if (present == NULL && !g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (present == NULL ? !forget_case (connection, changeset, case_id, error)
                          : !forlop_duty_store_refresh_case (connection, case_id, now, error))
        return FALSE;
    }

  return forlop_equipment_store_refresh_after (connection, changeset, error);
}
