/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty-store.h"

#include "forlop-error.h"
#include "forlop-list-store.h"
#include "forlop-pathway.h"
#include "forlop-snapshot-store.h"

/* The order of colours on a worklist: red, yellow, then what has no colour. */
static int
severity_rank (const char *severity)
{
  if (severity == NULL)
    return 2;
  if (g_str_equal (severity, "red"))
    return 0;
  if (g_str_equal (severity, "yellow"))
    return 1;

  return 2;
}

static gboolean
insert_duty (ForlopConnection  *connection,
             const char        *source_id,
             const ForlopDuty  *duty,
             GError           **error)
{
  static const char sql[] =
    "INSERT INTO duty (source_id, rule, act, subject_type, subject_id, severity, citizen_id, case_id, "
    "role, unit_id, visible_from, due_at, since, arguments, taken_by) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, source_id);
  forlop_statement_bind_text (statement, 2, duty->rule);
  forlop_statement_bind_text (statement, 3, duty->act);
  forlop_statement_bind_text (statement, 4, duty->subject_type);
  forlop_statement_bind_id (statement, 5, duty->subject_id);
  forlop_statement_bind_integer (statement, 6, severity_rank (duty->severity));
  forlop_statement_bind_id (statement, 7, duty->citizen_id);
  forlop_statement_bind_id (statement, 8, duty->case_id);
  forlop_statement_bind_text (statement, 9, duty->role);
  forlop_statement_bind_id (statement, 10, duty->unit_id);
  forlop_statement_bind_integer (statement, 11, duty->visible_from);
  forlop_statement_bind_instant (statement, 12, duty->due_at);
  forlop_statement_bind_instant (statement, 13, duty->since);
  forlop_statement_bind_text (statement, 14, duty->arguments);
  forlop_statement_bind_id (statement, 15, duty->taken_by);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_duty_store_add:
 * @source_id: the case, item or task the duties follow from; nothing has followed from it until now.
 * @duties: #GPtrArray of #ForlopDuty; may be empty.
 */
gboolean
forlop_duty_store_add (ForlopConnection  *connection,
                       const char        *source_id,
                       GPtrArray         *duties,
                       GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (source_id != NULL && duties != NULL, FALSE);

  for (unsigned int i = 0; i < duties->len; i++)
    if (!insert_duty (connection, source_id, g_ptr_array_index (duties, i), error))
      return FALSE;
  forlop_connection_touch (connection, "duty");

  return TRUE;
}

/**
 * forlop_duty_store_replace:
 *
 * As forlop_duty_store_add(), in place of what has followed from @source_id.
 */
gboolean
forlop_duty_store_replace (ForlopConnection  *connection,
                           const char        *source_id,
                           GPtrArray         *duties,
                           GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (source_id != NULL, FALSE);

  statement = forlop_connection_prepare (connection, "DELETE FROM duty WHERE source_id = ?1", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, source_id);

  return forlop_statement_execute (statement, error) &&
         forlop_duty_store_add (connection, source_id, duties, error);
}

/**
 * forlop_duty_store_refresh_case:
 *
 * Works out the duties and the step of a case again after its records have changed.
 */
gboolean
forlop_duty_store_refresh_case (ForlopConnection  *connection,
                                const char        *case_id,
                                gint64             now,
                                GError           **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  ForlopPathway pathway;
  ForlopRecord *the_case;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (case_id != NULL, FALSE);

  snapshot = forlop_snapshot_store_load_case (connection, case_id, now, error);
  if (snapshot == NULL)
    return FALSE;

  duties = forlop_duties_of_case (snapshot);
  if (!forlop_duty_store_replace (connection, case_id, duties, error))
    return FALSE;

  forlop_pathway_evaluate (snapshot, &pathway);
  the_case = forlop_snapshot_get_case (snapshot);

  return forlop_list_store_update_case (connection, forlop_record_get_text (the_case, "citizen_id"),
                                        case_id, forlop_record_get_text (the_case, "status"),
                                        pathway.current < FORLOP_N_STEPS
                                          ? forlop_step_code (pathway.current) : NULL,
                                        error);
}

/**
 * forlop_duty_store_refresh_delivery:
 *
 * The same for a case of which there is no more here than its delivery side, if that.
 */
gboolean
forlop_duty_store_refresh_delivery (ForlopConnection  *connection,
                                    const char        *case_id,
                                    gint64             now,
                                    GError           **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (case_id != NULL, FALSE);

  snapshot = forlop_snapshot_store_load_delivery (connection, case_id, now, &local_error);
  if (snapshot == NULL)
    {
      /* There is a case, and neither its citizen nor its delivery side. */
      if (local_error == NULL || g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  duties = forlop_duties_of_case (snapshot);

  return forlop_duty_store_replace (connection, case_id, duties, error);
}
