/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizen-list.h"

typedef struct {
  ForlopCitizenFilter filter;
  char *unit_id;
} Query;

static Query *
query_new (ForlopCitizenFilter  filter,
           const char          *unit_id)
{
  Query *query = g_new0 (Query, 1);

  query->filter = filter;
  query->unit_id = g_strdup (unit_id);

  return query;
}

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->unit_id);
  g_free (query);
}

void
forlop_citizen_fields_free (ForlopCitizenFields *fields)
{
  if (fields == NULL)
    return;

  g_free (fields->id);
  g_free (fields->name);
  g_free (fields->unit_name);
  g_free (fields->case_id);
  g_free (fields);
}

/* One statement for each filter, so that each reads one index from one end to the other and no
 * row of the table. */
static const char *
order_sql (ForlopCitizenFilter  filter,
           const char          *unit_id)
{
  static const char everybody[] = "SELECT n FROM citizen_row WHERE sort_name > '' ORDER BY sort_name, n";
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

static GArray *
load_order (ForlopConnection  *connection,
            gconstpointer      data,
            GError           **error)
{
  const Query *query = data;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, order_sql (query->filter, query->unit_id), error);
  g_autoptr (GArray) rows = NULL;
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  if (query->filter != FORLOP_CITIZEN_EVERYBODY)
    forlop_statement_bind_text (statement, 1, filter_status (query->filter));
  if (query->unit_id != NULL)
    forlop_statement_bind_id (statement, 2, query->unit_id);

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

static GPtrArray *
load_fields (ForlopConnection  *connection,
             gconstpointer      query G_GNUC_UNUSED,
             const gint64      *rows,
             unsigned int       n_rows,
             GError           **error)
{
  static const char sql[] =
    "SELECT c.n, c.id, c.name, c.birth_date, unit.name, c.case_id, c.case_status, c.step "
    "FROM citizen_row c LEFT JOIN unit ON unit.id = c.unit_id WHERE c.n = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GPtrArray) all = NULL;

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

static const char *const tables[] = { "citizen_row", "unit", NULL };

static const ForlopPagedSource source = {
  .load_order = load_order,
  .load_fields = load_fields,
  .fields_free = (GDestroyNotify) forlop_citizen_fields_free,
  .query_free = query_free,
  .tables = tables,
};

ForlopPagedList *
forlop_citizen_list_new (ForlopStore *store)
{
  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  return forlop_paged_list_new (store, &source, query_new (FORLOP_CITIZEN_EVERYBODY, NULL));
}

void
forlop_citizen_list_set_filter (ForlopPagedList     *self,
                                ForlopCitizenFilter  filter,
                                const char          *unit_id)
{
  const Query *present;

  g_return_if_fail (FORLOP_IS_PAGED_LIST (self));

  present = forlop_paged_list_get_query (self);
  if (present->filter != filter || g_strcmp0 (present->unit_id, unit_id) != 0)
    forlop_paged_list_take_query (self, query_new (filter, unit_id));
}
