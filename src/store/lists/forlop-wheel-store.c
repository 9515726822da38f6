/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-store.h"

/* The unit that performs the service, or the centre that follows up. */
#define IN_UNIT "(?3 IS NULL OR c.unit_id = ?3 OR c.follow_up_unit_id = ?3) "

#define DUE_CASES \
  "FROM \"case\" c WHERE c.deleted = 0 AND c.status = 'running' AND c.next_evaluation_on >= ?1 " \
  "AND c.next_evaluation_on < ?2 AND " IN_UNIT

#define HELD_EVALUATIONS \
  "FROM evaluation e JOIN \"case\" c ON c.id = e.case_id WHERE e.deleted = 0 AND e.held_on >= ?1 " \
  "AND e.held_on < ?2 AND " IN_UNIT

/* Before any date that is written. */
#define ALWAYS "0001-01-01"

/**
 * forlop_wheel_month_start:
 * @month: 0 to 12, where 6 is today's month and 12 the day after the last.
 */
ForlopDate
forlop_wheel_month_start (ForlopDate today,
                          int        month)
{
  ForlopDate first;
  int year, this_month;

  forlop_date_to_ymd (today, &year, &this_month, NULL);
  if (!forlop_date_from_ymd (year, this_month, 1, &first))
    return FORLOP_DATE_NONE;

  return forlop_date_add_months (first, month - FORLOP_WHEEL_THIS_MONTH);
}

static void
bind_date_or (ForlopStatement *statement,
              int              parameter,
              ForlopDate       date,
              const char      *otherwise)
{
  if (date == FORLOP_DATE_NONE)
    forlop_statement_bind_text (statement, parameter, otherwise);
  else
    forlop_statement_bind_date (statement, parameter, date);
}

static ForlopWheel *
new_wheel (ForlopDate today)
{
  ForlopWheel *wheel = g_new0 (ForlopWheel, 1);

  for (int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    wheel->first[i] = forlop_wheel_month_start (today, i);

  return wheel;
}

static void
add (ForlopWheel      *wheel,
     ForlopWheelState  state,
     ForlopDate        date,
     unsigned int      n)
{
  unsigned int i = 0;

  while (i + 1 < FORLOP_WHEEL_MONTHS && wheel->first[i + 1] <= date)
    i++;
  wheel->counts[i][state] += n;
}

static void
sum_up (ForlopWheel *wheel)
{
  for (unsigned int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    wheel->n_overdue += wheel->counts[i][FORLOP_WHEEL_OVERDUE];
  wheel->n_due_this_month = wheel->counts[FORLOP_WHEEL_THIS_MONTH][FORLOP_WHEEL_DUE];
}

/* Adds what @sql counts by month between two dates. */
static gboolean
count_months (ForlopConnection  *connection,
              const char        *sql,
              ForlopDate         from,
              ForlopDate         to,
              const char        *unit_id,
              ForlopWheel       *wheel,
              ForlopWheelState   state,
              GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_date_or (statement, 1, from, ALWAYS);
  forlop_statement_bind_date (statement, 2, to);
  forlop_statement_bind_id (statement, 3, unit_id);

  while (TRUE)
    {
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      add (wheel, state, forlop_statement_get_date (statement, 0),
           (unsigned int) forlop_statement_get_integer (statement, 1));
    }
}

ForlopWheel *
forlop_wheel_store_load (ForlopConnection  *connection,
                         ForlopDate         today,
                         const char        *unit_id,
                         GError           **error)
{
  static const char due_sql[] =
    "SELECT substr (c.next_evaluation_on, 1, 7) || '-01', count (*) " DUE_CASES "GROUP BY 1";
  static const char held_sql[] =
    "SELECT substr (e.held_on, 1, 7) || '-01', count (*) " HELD_EVALUATIONS "GROUP BY 1";
  g_autofree ForlopWheel *wheel = NULL;
  ForlopDate end;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (today != FORLOP_DATE_NONE, NULL);

  wheel = new_wheel (today);
  end = forlop_wheel_month_start (today, FORLOP_WHEEL_MONTHS);

  if (!count_months (connection, due_sql, FORLOP_DATE_NONE, today, unit_id, wheel,
                     FORLOP_WHEEL_OVERDUE, error) ||
      !count_months (connection, due_sql, today, end, unit_id, wheel, FORLOP_WHEEL_DUE, error) ||
      !count_months (connection, held_sql, wheel->first[0], end, unit_id, wheel, FORLOP_WHEEL_DONE,
                     error))
    return NULL;

  sum_up (wheel);

  return g_steal_pointer (&wheel);
}

ForlopWheel *
forlop_wheel_from_figures (const ForlopFigures *figures,
                           ForlopDate           today)
{
  ForlopWheel *wheel;
  ForlopDate end;

  g_return_val_if_fail (figures != NULL, NULL);
  g_return_val_if_fail (today != FORLOP_DATE_NONE, NULL);

  wheel = new_wheel (today);
  end = forlop_wheel_month_start (today, FORLOP_WHEEL_MONTHS);
  for (unsigned int i = 0; i < figures->due->len; i++)
    {
      const ForlopFigureDay *day = &g_array_index (figures->due, ForlopFigureDay, i);

      if (day->date < end)
        add (wheel, day->date < today ? FORLOP_WHEEL_OVERDUE : FORLOP_WHEEL_DUE, day->date, day->n);
    }
  for (unsigned int i = 0; i < figures->held->len; i++)
    {
      const ForlopFigureDay *day = &g_array_index (figures->held, ForlopFigureDay, i);

      if (day->date >= wheel->first[0] && day->date < end)
        add (wheel, FORLOP_WHEEL_DONE, day->date, day->n);
    }
  sum_up (wheel);

  return wheel;
}

ForlopWheelQuery *
forlop_wheel_query_new (ForlopDate    today,
                        const char   *unit_id,
                        unsigned int  month)
{
  ForlopWheelQuery *self;

  g_return_val_if_fail (month < FORLOP_WHEEL_MONTHS, NULL);

  self = g_new0 (ForlopWheelQuery, 1);
  self->today = today;
  self->unit_id = g_strdup (unit_id);
  self->month = month;

  return self;
}

void
forlop_wheel_query_free (ForlopWheelQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->unit_id);
  g_free (self);
}

void
forlop_wheel_fields_free (ForlopWheelFields *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->name);
  g_free (self->unit_name);
  g_free (self);
}

static gboolean
append_rows (ForlopConnection        *connection,
             const char              *sql,
             ForlopDate               from,
             ForlopDate               to,
             const ForlopWheelQuery  *query,
             int                      sign,
             GArray                  *rows,
             GError                 **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_date_or (statement, 1, from, ALWAYS);
  forlop_statement_bind_date (statement, 2, to);
  forlop_statement_bind_id (statement, 3, query->unit_id);

  while (TRUE)
    {
      gboolean has_row;
      gint64 n;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      n = sign * forlop_statement_get_integer (statement, 0);
      g_array_append_val (rows, n);
    }
}

/* A case by the number of its row, an evaluation that was held by the same with a minus. */
static GArray *
load_order (ForlopConnection  *connection,
            gconstpointer      data,
            GError           **error)
{
  static const char due_sql[] = "SELECT c.n " DUE_CASES "ORDER BY c.next_evaluation_on, c.n";
  static const char held_sql[] = "SELECT e.n " HELD_EVALUATIONS "ORDER BY e.held_on DESC, e.n";
  const ForlopWheelQuery *query = data;
  ForlopDate start = forlop_wheel_month_start (query->today, (int) query->month);
  ForlopDate end = forlop_wheel_month_start (query->today, (int) query->month + 1);
  /* Whoever looks at this month must see what should have been done before it. */
  gboolean from_ever = query->month == FORLOP_WHEEL_THIS_MONTH || query->month == 0;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!append_rows (connection, due_sql, from_ever ? FORLOP_DATE_NONE : start, end, query, 1, rows,
                    error) ||
      !append_rows (connection, held_sql, start, end, query, -1, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}

static ForlopWheelFields *
read_fields (ForlopStatement         *statement,
             const ForlopWheelQuery  *query,
             gint64                   n)
{
  ForlopWheelFields *fields = g_new0 (ForlopWheelFields, 1);

  fields->n = n;
  fields->case_id = forlop_statement_dup_id (statement, 0);
  fields->citizen_id = forlop_statement_dup_id (statement, 1);
  fields->name = forlop_statement_dup_text (statement, 2);
  fields->birth_date = forlop_statement_get_date (statement, 3);
  fields->unit_name = forlop_statement_dup_text (statement, 4);
  fields->date = forlop_statement_get_date (statement, 5);
  fields->number = (int) forlop_statement_get_integer (statement, 6);
  if (n < 0)
    fields->state = FORLOP_WHEEL_DONE;
  else
    fields->state = fields->date < query->today ? FORLOP_WHEEL_OVERDUE : FORLOP_WHEEL_DUE;

  return fields;
}

static GPtrArray *
load_fields (ForlopConnection  *connection,
             gconstpointer      data,
             const gint64      *rows,
             unsigned int       n_rows,
             GError           **error)
{
  static const char case_sql[] =
    "SELECT c.id, c.citizen_id, r.name, r.birth_date, u.name, c.next_evaluation_on, 0 "
    "FROM \"case\" c LEFT JOIN citizen_row r ON r.id = c.citizen_id "
    "LEFT JOIN unit u ON u.id = c.unit_id WHERE c.n = ?1 AND c.next_evaluation_on IS NOT NULL";
  static const char evaluation_sql[] =
    "SELECT c.id, c.citizen_id, r.name, r.birth_date, u.name, e.held_on, e.number "
    "FROM evaluation e JOIN \"case\" c ON c.id = e.case_id "
    "LEFT JOIN citizen_row r ON r.id = c.citizen_id "
    "LEFT JOIN unit u ON u.id = c.unit_id WHERE e.n = ?1";
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_wheel_fields_free);

  for (unsigned int i = 0; i < n_rows; i++)
    {
      g_autoptr (ForlopStatement) statement =
        forlop_connection_prepare (connection, rows[i] > 0 ? case_sql : evaluation_sql, error);
      gboolean has_row;

      if (statement == NULL)
        return NULL;
      forlop_statement_bind_integer (statement, 1, ABS (rows[i]));
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (all, read_fields (statement, data, rows[i]));
    }

  return g_steal_pointer (&all);
}

static const char *const wheel_tables[] = { "case", "evaluation", NULL };

const ForlopPagedSource forlop_wheel_list_source = {
  .load_order = load_order,
  .load_fields = load_fields,
  .fields_free = (GDestroyNotify) forlop_wheel_fields_free,
  .query_free = (GDestroyNotify) forlop_wheel_query_free,
  .tables = wheel_tables,
};
