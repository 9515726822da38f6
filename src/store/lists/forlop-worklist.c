/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-worklist.h"

/* Parameters shared by every statement here:
 * ?1 role, ?2 unit or NULL, ?3 now, ?4 midnight tonight, ?5 the midnight that ends the seventh day,
 * ?6 whether a case has one row. */

/* Four parts without anything in common, each read from one index. */
#define MINE \
  "WITH RECURSIVE below (id) AS (" \
  "SELECT ?2 UNION SELECT unit.id FROM unit JOIN below ON unit.parent_id = below.id " \
  "WHERE unit.deleted = 0), " \
  "mine (n, rule, severity, due_at, since) AS (" \
  "SELECT n, rule, severity, due_at, since FROM duty " \
  "WHERE role = ?1 AND unit_id = ?2 AND visible_from <= ?3 " \
  "UNION ALL SELECT n, rule, severity, due_at, since FROM duty " \
  "WHERE role = ?1 AND unit_id IS NULL AND visible_from <= ?3 " \
  "UNION ALL SELECT n, rule, severity, due_at, since FROM duty " \
  "WHERE ?2 IS NULL AND role = ?1 AND unit_id IS NOT NULL AND visible_from <= ?3 " \
  "UNION ALL SELECT n, rule, severity, due_at, since FROM duty " \
  "WHERE ?1 = 'manager' AND due_at < ?3 AND visible_from <= ?3 " \
  "AND (?2 IS NULL OR unit_id IN (SELECT id FROM below)) " \
  "AND NOT (role = ?1 AND (?2 IS NULL OR unit_id IS NULL OR unit_id = ?2))) "

#define IS_MISSING "(duty.rule >= 'missing' AND duty.rule < 'missinh')"

/* The alerts and missing measurements of each case in their order, where a case has one row. A row of
 * mine that is not here stands for itself. */
#define HEADED \
  ", headed AS (SELECT duty.n, duty.case_id, row_number () OVER (PARTITION BY duty.case_id " \
  "ORDER BY duty.severity, duty.due_at IS NULL, duty.due_at, duty.since, duty.n) AS place " \
  "FROM mine JOIN duty ON duty.n = mine.n " \
  "WHERE ?6 AND duty.case_id IS NOT NULL AND (duty.severity < 2 OR " IS_MISSING ")) "

#define SHOWN "mine JOIN duty ON duty.n = mine.n " \
  "LEFT JOIN headed ON headed.n = duty.n WHERE coalesce (headed.place, 1) = 1 "

#define SECTION \
  "CASE WHEN duty.severity = 0 OR duty.due_at < ?3 THEN 0 " \
  "WHEN duty.severity = 1 OR duty.due_at < ?4 OR " IS_MISSING " THEN 1 " \
  "WHEN duty.due_at IS NULL OR duty.due_at < ?5 THEN 2 ELSE 3 END"

/* A shift that is handed over stands after the reds: who comes on must know of the rest first. */
#define RANK(table) \
  "CASE WHEN " table ".rule = 'accept-shift' AND " table ".severity > 0 THEN 0.5 ELSE " table ".severity END"

/* The codes of ForlopWorklistGroup; 0 is in none of the chips. */
#define GROUP \
  "CASE WHEN duty.severity = 0 THEN 1 WHEN duty.severity = 1 THEN 2 " \
  "WHEN " IS_MISSING " THEN 3 " \
  "WHEN duty.due_at < ?4 THEN 4 ELSE 0 END"

static void
other_free (gpointer data)
{
  ForlopWorklistOther *other = data;

  g_free (other->arguments);
  g_free (other);
}

void
forlop_worklist_row_free (ForlopWorklistRow *self)
{
  if (self == NULL)
    return;

  g_free (self->subject_id);
  g_free (self->citizen_id);
  g_free (self->citizen_name);
  g_free (self->case_id);
  g_free (self->unit_id);
  g_free (self->unit_name);
  g_free (self->arguments);
  g_free (self->taken_by);
  g_free (self->taken_by_name);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self);
}

void
forlop_worklist_free (ForlopWorklist *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
bind_query (ForlopStatement           *statement,
            const ForlopWorklistQuery *query)
{
  ForlopDate today = forlop_instant_to_date (query->now);

  forlop_statement_bind_text (statement, 1, query->role);
  forlop_statement_bind_id (statement, 2, query->unit_id);
  forlop_statement_bind_integer (statement, 3, query->now);
  forlop_statement_bind_integer (statement, 4, forlop_instant_from_wall (today + 1, 0));
  forlop_statement_bind_integer (statement, 6, query->by_case);
}

static const char *
severity_of_rank (gint64 rank)
{
  if (rank == 0)
    return "red";

  return rank == 1 ? "yellow" : NULL;
}

/* Whether the row can have others behind it; as the statements ask it. */
static gboolean
is_headed (const ForlopWorklistRow *row)
{
  return row->severity != NULL || g_str_has_prefix (row->rule, "missing");
}

static ForlopWorklistRow *
read_row (ForlopStatement *statement)
{
  ForlopWorklistRow *row = g_new0 (ForlopWorklistRow, 1);

  row->n = forlop_statement_get_integer (statement, 0);
  row->section = (ForlopWorklistSection) forlop_statement_get_integer (statement, 1);
  row->rule = g_intern_string (forlop_statement_get_text (statement, 2));
  row->act = g_intern_string (forlop_statement_get_text (statement, 3));
  row->severity = severity_of_rank (forlop_statement_get_integer (statement, 4));
  row->subject_type = g_intern_string (forlop_statement_get_text (statement, 5));
  row->subject_id = forlop_statement_dup_id (statement, 6);
  row->citizen_id = forlop_statement_dup_id (statement, 7);
  row->citizen_name = forlop_statement_dup_text (statement, 8);
  row->birth_date = forlop_statement_get_date (statement, 9);
  row->case_id = forlop_statement_dup_id (statement, 10);
  row->role = g_intern_string (forlop_statement_get_text (statement, 11));
  row->unit_id = forlop_statement_dup_id (statement, 12);
  row->unit_name = forlop_statement_dup_text (statement, 13);
  row->due_at = forlop_statement_get_instant (statement, 14);
  row->since = forlop_statement_get_instant (statement, 15);
  row->arguments = forlop_statement_dup_text (statement, 16);
  row->taken_by = forlop_statement_dup_id (statement, 17);
  row->taken_by_name = forlop_statement_dup_text (statement, 18);

  return row;
}

/**
 * forlop_worklist_count:
 *
 * Counts what the function has in each group; the page and the group of @query do not matter.
 */
gboolean
forlop_worklist_count (ForlopConnection           *connection,
                       const ForlopWorklistQuery  *query,
                       unsigned int                counts[FORLOP_WORKLIST_N_GROUPS],
                       GError                    **error)
{
  static const char sql[] =
    MINE HEADED "SELECT " GROUP ", count (*) FROM " SHOWN "GROUP BY 1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (query != NULL && query->role != NULL, FALSE);

  for (unsigned int i = 0; i < FORLOP_WORKLIST_N_GROUPS; i++)
    counts[i] = 0;

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_query (statement, query);

  while (TRUE)
    {
      gint64 group;
      unsigned int n;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      group = forlop_statement_get_integer (statement, 0);
      n = (unsigned int) forlop_statement_get_integer (statement, 1);
      g_assert (group >= 0 && group < FORLOP_WORKLIST_N_GROUPS);
      if (group != FORLOP_WORKLIST_ALL)
        counts[group] = n;
      counts[FORLOP_WORKLIST_ALL] += n;
    }
}

static gboolean
load_rows (ForlopConnection           *connection,
           const ForlopWorklistQuery  *query,
           GPtrArray                  *rows,
           GError                    **error)
{
  /* The page is cut before names are looked up. */
  static const char sql[] =
    MINE HEADED ", page AS (SELECT duty.*, " SECTION " AS section FROM " SHOWN
    "AND (?7 = 0 OR ?7 = " GROUP ") "
    "ORDER BY section, " RANK ("duty") ", duty.due_at IS NULL, duty.due_at, duty.since, duty.n "
    "LIMIT ?8 OFFSET ?9) "
    "SELECT page.n, page.section, page.rule, page.act, page.severity, page.subject_type, "
    "page.subject_id, page.citizen_id, coalesce (citizen_row.name, (SELECT name FROM delivery "
    "WHERE page.subject_type = 'delivery' AND id = page.subject_id)), citizen_row.birth_date, page.case_id, "
    "page.role, page.unit_id, unit.name, page.due_at, page.since, page.arguments, page.taken_by, "
    "coalesce (\"user\".short_name, \"user\".name) "
    "FROM page LEFT JOIN citizen_row ON citizen_row.id = page.citizen_id "
    "LEFT JOIN unit ON unit.id = page.unit_id "
    "LEFT JOIN \"user\" ON \"user\".id = page.taken_by "
    "ORDER BY page.section, " RANK ("page") ", page.due_at IS NULL, page.due_at, page.since, page.n";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  ForlopDate today = forlop_instant_to_date (query->now);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  bind_query (statement, query);
  forlop_statement_bind_integer (statement, 5, forlop_instant_from_wall (today + 8, 0));
  forlop_statement_bind_integer (statement, 7, query->group);
  forlop_statement_bind_integer (statement, 8, query->limit > 0 ? (gint64) query->limit : -1);
  forlop_statement_bind_integer (statement, 9, query->offset);

  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      g_ptr_array_add (rows, read_row (statement));
    }
}

/* What stands behind the rows of the page. */
static gboolean
load_others (ForlopConnection           *connection,
             const ForlopWorklistQuery  *query,
             GPtrArray                  *rows,
             GError                    **error)
{
  static const char sql[] =
    MINE HEADED "SELECT headed.case_id, duty.rule, duty.severity, duty.arguments "
    "FROM headed JOIN duty ON duty.n = headed.n WHERE headed.place > 1 "
    "ORDER BY headed.case_id, headed.place";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GHashTable) heads = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  bind_query (statement, query);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopWorklistRow *row = g_ptr_array_index (rows, i);

      if (row->case_id != NULL && is_headed (row))
        g_hash_table_insert (heads, row->case_id, row);
    }

  while (TRUE)
    {
      g_autofree char *case_id = NULL;
      ForlopWorklistRow *row;
      ForlopWorklistOther *other;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      case_id = forlop_statement_dup_id (statement, 0);
      row = g_hash_table_lookup (heads, case_id);
      if (row == NULL)
        continue;
      if (row->others == NULL)
        row->others = g_ptr_array_new_with_free_func (other_free);
      other = g_new0 (ForlopWorklistOther, 1);
      other->rule = g_intern_string (forlop_statement_get_text (statement, 1));
      other->severity = severity_of_rank (forlop_statement_get_integer (statement, 2));
      other->arguments = forlop_statement_dup_text (statement, 3);
      g_ptr_array_add (row->others, other);
    }
}

/**
 * forlop_worklist_load:
 *
 * Reads a page of the worklist and how much there is in all. Worst first: red, a shift that waits to be
 * accepted, overdue, yellow, then by when it is due and by how long it has waited.
 */
ForlopWorklist *
forlop_worklist_load (ForlopConnection           *connection,
                      const ForlopWorklistQuery  *query,
                      GError                    **error)
{
  g_autoptr (ForlopWorklist) list = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL && query->role != NULL, NULL);

  list = g_new0 (ForlopWorklist, 1);
  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_worklist_row_free);
  if (!forlop_worklist_count (connection, query, list->counts, error) ||
      !load_rows (connection, query, list->rows, error) ||
      (query->by_case && !load_others (connection, query, list->rows, error)))
    return NULL;

  return g_steal_pointer (&list);
}

unsigned int
forlop_worklist_count_urgent (const unsigned int counts[FORLOP_WORKLIST_N_GROUPS])
{
  unsigned int sum = 0;

  for (unsigned int i = FORLOP_WORKLIST_ALL + 1; i < FORLOP_WORKLIST_N_GROUPS; i++)
    sum += counts[i];

  return sum;
}

static int
compare_instants (gint64 a,
                  gint64 b)
{
  return (a > b) - (a < b);
}

static int
rank_of (const ForlopWorklistRow *row)
{
  if (row->severity != NULL)
    return g_str_equal (row->severity, "red") ? 0 : 2;

  return g_strcmp0 (row->rule, "accept-shift") == 0 ? 1 : 3;
}

/* As the statement sorts them. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const ForlopWorklistRow *left = *(const ForlopWorklistRow *const *) a;
  const ForlopWorklistRow *right = *(const ForlopWorklistRow *const *) b;
  int rank = rank_of (left) - rank_of (right);

  if (left->section != right->section)
    return (int) left->section - (int) right->section;
  if (rank != 0)
    return rank;
  if ((left->due_at == FORLOP_INSTANT_NONE) != (right->due_at == FORLOP_INSTANT_NONE))
    return left->due_at == FORLOP_INSTANT_NONE ? 1 : -1;
  if (left->due_at != right->due_at)
    return compare_instants (left->due_at, right->due_at);
  if (left->since != right->since)
    return compare_instants (left->since, right->since);
  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;

  return compare_instants (left->n, right->n);
}

ForlopWorklist *
forlop_worklist_merge (ForlopWorklist *const *lists,
                       unsigned int           n_lists,
                       unsigned int           limit)
{
  ForlopWorklist *merged;

  g_return_val_if_fail (lists != NULL || n_lists == 0, NULL);

  merged = g_new0 (ForlopWorklist, 1);
  merged->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_worklist_row_free);
  for (unsigned int i = 0; i < n_lists; i++)
    {
      GPtrArray *rows = lists[i] != NULL ? lists[i]->rows : NULL;

      if (rows == NULL)
        continue;
      for (unsigned int k = 0; k < rows->len; k++)
        ((ForlopWorklistRow *) g_ptr_array_index (rows, k))->place = i;
      lists[i]->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_worklist_row_free);
      g_ptr_array_extend_and_steal (merged->rows, rows);
      for (unsigned int k = 0; k < FORLOP_WORKLIST_N_GROUPS; k++)
        merged->counts[k] += lists[i]->counts[k];
    }
  g_ptr_array_sort (merged->rows, compare_rows);
  if (limit > 0 && merged->rows->len > limit)
    g_ptr_array_set_size (merged->rows, (int) limit);

  return merged;
}
