/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store-private.h"

#include "forlop-schedule.h"

/* Who is looked at in one part of the day, and whose plan is of one kind. The plan is the one that rules now: the next may
 * be in force from a later time. */
#define RULED "care_plan.deleted = 0 AND care_plan.status IN ('in_force', 'superseded') AND care_plan.valid_from <= ?1 " \
              "AND (care_plan.superseded_at IS NULL OR care_plan.superseded_at > ?1)"

static void
read_plan_kind (ForlopBoardLoading *loading,
                ForlopStatement    *statement)
{
  ForlopBoardPlanKind *kind = g_new0 (ForlopBoardPlanKind, 1);

  kind->code = forlop_statement_dup_text (statement, 0);
  kind->title = forlop_statement_dup_text (statement, 1);
  g_ptr_array_add (loading->board->plan_kinds, kind);
}

static gboolean
load_plan_kinds (ForlopBoardLoading  *loading,
                 GError             **error)
{
  static const char sql[] =
    "SELECT template.code, min (template.title) FROM template "
    "WHERE template.kind = 'plan' AND template.code IS NOT NULL AND EXISTS (SELECT 1 FROM care_plan "
    "JOIN \"case\" ON \"case\".id = care_plan.case_id WHERE care_plan.template_id = template.id "
    "AND " RULED " AND " RUNNING ") "
    "GROUP BY template.code ORDER BY 2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, loading->query->now);

  return forlop_board_read_all (loading, statement, read_plan_kind, error);
}

/* On whichever days: who has to measure on Mondays still waits for an answer on Tuesday. */
static gboolean
is_in_part (const char *part,
            const char *times)
{
  ForlopSchedule schedule;

  if (times == NULL || !forlop_schedule_parse (&schedule, "daily", times, NULL, 0, FORLOP_DATE_NONE, 0, NULL))
    return FALSE;
  for (unsigned int i = 0; i < schedule.n_times; i++)
    if ((schedule.times[i] >= FORLOP_BOARD_EVENING_MINUTE) == g_str_equal (part, "evening"))
      return TRUE;

  return FALSE;
}

/* A row for each schedule of the plan. */
static void
read_schedule (ForlopBoardLoading *loading,
               ForlopStatement    *statement)
{
  const ForlopBoardQuery *query = loading->query;
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

  if (row == NULL || !row->left_out)
    return;
  if (query->plan_kind != NULL && g_strcmp0 (query->plan_kind, forlop_statement_get_text (statement, 1)) != 0)
    return;
  row->left_out = query->part != NULL && !is_in_part (query->part, forlop_statement_get_text (statement, 2));
}

gboolean
forlop_board_load_filter (ForlopBoardLoading  *loading,
                          GError             **error)
{
  static const char sql[] =
    "SELECT \"case\".id, coalesce (template.code, ''), schedule.times FROM \"case\" "
    "LEFT JOIN care_plan ON care_plan.case_id = \"case\".id AND " RULED " LEFT JOIN template ON template.id = care_plan.template_id "
    "LEFT JOIN schedule ON schedule.care_plan_id = care_plan.id AND schedule.deleted = 0 WHERE " RUNNING;
  GPtrArray *rows = loading->board->rows;
  g_autoptr (ForlopStatement) statement = NULL;

  g_assert (loading->board->plan_kinds->len == 0);

  loading->board->n_running = rows->len;
  if (!load_plan_kinds (loading, error))
    return FALSE;
  if (loading->query->part == NULL && loading->query->plan_kind == NULL)
    return TRUE;

  for (unsigned int i = 0; i < rows->len; i++)
    ((ForlopBoardRow *) g_ptr_array_index (rows, i))->left_out = TRUE;
  statement = forlop_connection_prepare (loading->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, loading->query->now);

  return forlop_board_read_all (loading, statement, read_schedule, error);
}

void
forlop_board_leave_out (ForlopBoard *board)
{
  g_autoptr (GPtrArray) all = board->rows;

  board->rows = g_ptr_array_new_full (all->len, (GDestroyNotify) forlop_board_row_free);
  g_ptr_array_set_free_func (all, NULL);
  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (all, i);

      if (!row->left_out)
        {
          g_ptr_array_add (board->rows, row);
          continue;
        }
      board->n_reds_left_out += row->need == FORLOP_BOARD_RED;
      forlop_board_row_free (row);
    }
}
