/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizen-list.h"

/* One statement for each filter, so that each reads one index from one end to the other and no
 * row of the table. */
static const char *
order_sql (ForlopCitizenFilter  filter,
           const char          *unit_id)
{
  static const char everybody[] = "SELECT n FROM citizen_row ORDER BY sort_name, n";
  static const char unit[] = "SELECT n FROM citizen_row WHERE unit_id = ?2 ORDER BY sort_name, n";
  static const char status[] =
    "SELECT n FROM citizen_row WHERE case_status = ?1 ORDER BY sort_name, n";
  static const char status_and_unit[] =
    "SELECT n FROM citizen_row WHERE case_status = ?1 AND unit_id = ?2 ORDER BY sort_name, n";

  if (filter == FORLOP_CITIZEN_EVERYBODY)
    return unit_id == NULL ? everybody : unit;

  return unit_id == NULL ? status : status_and_unit;
}

static const char *
filter_status (ForlopCitizenFilter filter)
{
  switch (filter)
    {
    case FORLOP_CITIZEN_IN_SERVICE:
      return "running";
    case FORLOP_CITIZEN_BEFORE_START:
      return "open";
    case FORLOP_CITIZEN_ENDED:
      return "ended";
    case FORLOP_CITIZEN_EVERYBODY:
    default:
      return NULL;
    }
}

GArray *
forlop_citizen_list_load_order (ForlopConnection     *connection,
                                ForlopCitizenFilter   filter,
                                const char           *unit_id,
                                GError              **error)
{
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GArray) rows = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, order_sql (filter, unit_id), error);
  if (statement == NULL)
    return NULL;
  if (filter != FORLOP_CITIZEN_EVERYBODY)
    forlop_statement_bind_text (statement, 1, filter_status (filter));
  if (unit_id != NULL)
    forlop_statement_bind_id (statement, 2, unit_id);

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (TRUE)
    {
      gint64 n;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      n = forlop_statement_get_integer (statement, 0);
      g_array_append_val (rows, n);
    }
}

static ForlopCitizenFields *
read_fields (ForlopStatement *statement)
{
  ForlopCitizenFields *fields = g_new0 (ForlopCitizenFields, 1);

  fields->n = forlop_statement_get_integer (statement, 0);
  fields->id = forlop_statement_dup_id (statement, 1);
  fields->name = forlop_statement_dup_text (statement, 2);
  fields->birth_date = forlop_statement_get_date (statement, 3);
  fields->unit_name = forlop_statement_dup_text (statement, 4);
  fields->case_id = forlop_statement_dup_id (statement, 5);
  fields->case_status = g_intern_string (forlop_statement_get_text (statement, 6));
  fields->step = g_intern_string (forlop_statement_get_text (statement, 7));

  return fields;
}

GPtrArray *
forlop_citizen_list_load_fields (ForlopConnection  *connection,
                                 const gint64      *rows,
                                 unsigned int       n_rows,
                                 GError           **error)
{
  static const char sql[] =
    "SELECT c.n, c.id, c.name, c.birth_date, unit.name, c.case_id, c.case_status, c.step "
    "FROM citizen_row c LEFT JOIN unit ON unit.id = c.unit_id WHERE c.n = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_citizen_fields_free);
  for (unsigned int i = 0; i < n_rows; i++)
    {
      gboolean has_row;

      forlop_statement_reset (statement);
      forlop_statement_bind_integer (statement, 1, rows[i]);
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (all, read_fields (statement));
    }

  return g_steal_pointer (&all);
}
