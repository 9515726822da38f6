/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store-private.h"

#include <math.h>

/* A unit with those below it; ?1 is the unit. */
#define BELOW \
  "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT unit.id FROM unit " \
  "JOIN below ON unit.parent_id = below.id WHERE unit.deleted = 0) "

void
forlop_board_row_free (ForlopBoardRow *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->name);
  g_free (self->unit_name);
  g_free (self->alert_id);
  g_free (self->reason);
  g_free (self->taken_by);
  g_free (self->taken_by_name);
  g_free (self->duty_arguments);
  g_free (self->form_id);
  g_free (self->fault);
  g_free (self->take_rule);
  g_free (self->pause_id);
  forlop_board_trend_free (self->trend);
  g_free (self);
}

static void
round_free (ForlopBoardRound *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->started_by_name);
  g_free (self);
}

static void
unit_free (gpointer data)
{
  ForlopBoardUnit *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static void
plan_kind_free (gpointer data)
{
  ForlopBoardPlanKind *self = data;

  g_free (self->code);
  g_free (self->title);
  g_free (self);
}

void
forlop_board_free (ForlopBoard *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->units);
  g_clear_pointer (&self->plan_kinds, g_ptr_array_unref);
  round_free (self->round);
  g_free (self);
}

static ForlopBoard *
board_new (void)
{
  ForlopBoard *self = g_new0 (ForlopBoard, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  self->units = g_ptr_array_new_with_free_func (unit_free);
  self->plan_kinds = g_ptr_array_new_with_free_func (plan_kind_free);

  return self;
}

static void
read_case (ForlopBoardLoading *loading,
           ForlopStatement    *statement)
{
  ForlopBoardRow *row = g_new0 (ForlopBoardRow, 1);

  row->case_id = forlop_statement_dup_id (statement, 0);
  row->citizen_id = forlop_statement_dup_id (statement, 1);
  row->name = forlop_statement_dup_text (statement, 2);
  row->birth_date = forlop_statement_get_date (statement, 3);
  row->unit_name = forlop_statement_dup_text (statement, 4);
  row->need = FORLOP_BOARD_CALM;
  row->value = NAN;
  row->since = row->waits_until = row->snoozed_until = row->escalates_at = FORLOP_INSTANT_NONE;
  g_ptr_array_add (loading->board->rows, row);
  g_hash_table_insert (loading->by_case, row->case_id, row);
}

static gboolean
load_cases (ForlopBoardLoading  *loading,
            GError             **error)
{
  static const char everybody[] =
    "SELECT \"case\".id, \"case\".citizen_id, citizen_row.name, citizen_row.birth_date, unit.name "
    "FROM \"case\" JOIN citizen_row ON citizen_row.id = \"case\".citizen_id "
    "LEFT JOIN unit ON unit.id = " FOLLOWED_UP_BY " WHERE " RUNNING;
  static const char of_unit[] = BELOW
    "SELECT \"case\".id, \"case\".citizen_id, citizen_row.name, citizen_row.birth_date, unit.name "
    "FROM \"case\" JOIN citizen_row ON citizen_row.id = \"case\".citizen_id "
    "LEFT JOIN unit ON unit.id = " FOLLOWED_UP_BY " WHERE " RUNNING
    "AND " FOLLOWED_UP_BY " IN (SELECT id FROM below)";
  const char *unit_id = loading->query->unit_id;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (loading->connection, unit_id != NULL ? of_unit : everybody, error);

  if (statement == NULL)
    return FALSE;
  if (unit_id != NULL)
    forlop_statement_bind_id (statement, 1, unit_id);

  return forlop_board_read_all (loading, statement, read_case, error);
}

static void
read_round (ForlopBoardLoading *loading,
            ForlopStatement    *statement)
{
  ForlopBoardRound *round;

  if (loading->board->round != NULL)
    return;

  round = loading->board->round = g_new0 (ForlopBoardRound, 1);
  round->id = forlop_statement_dup_id (statement, 0);
  round->part = g_intern_string (forlop_statement_get_text (statement, 1));
  round->started_at = forlop_statement_get_instant (statement, 2);
  round->started_by_name = forlop_statement_dup_text (statement, 3);
}

static void
read_tick (ForlopBoardLoading *loading,
           ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

  if (row == NULL || row->ticked)
    return;

  row->ticked = TRUE;
  loading->board->round->n_ticked++;
}

static gboolean
load_round (ForlopBoardLoading  *loading,
            GError             **error)
{
  static const char round_sql[] =
    "SELECT round.id, round.part, round.started_at, coalesce (\"user\".short_name, \"user\".name) "
    "FROM round LEFT JOIN \"user\" ON \"user\".id = round.started_by "
    "WHERE round.unit_id = ?1 AND round.date = ?2 AND round.finished_at IS NULL "
    "AND round.deleted = 0 ORDER BY round.started_at DESC";
  static const char tick_sql[] =
    "SELECT case_id FROM round_tick WHERE round_id = ?1 AND deleted = 0";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (ForlopStatement) ticks = NULL;

  if (loading->query->unit_id == NULL)
    return TRUE;

  statement = forlop_connection_prepare (loading->connection, round_sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, loading->query->unit_id);
  forlop_statement_bind_date (statement, 2, forlop_instant_to_date (loading->query->now));
  if (!forlop_board_read_all (loading, statement, read_round, error))
    return FALSE;
  if (loading->board->round == NULL)
    return TRUE;

  ticks = forlop_connection_prepare (loading->connection, tick_sql, error);
  if (ticks == NULL)
    return FALSE;
  forlop_statement_bind_id (ticks, 1, loading->board->round->id);

  return forlop_board_read_all (loading, ticks, read_tick, error);
}

static void
read_unit (ForlopBoardLoading *loading,
           ForlopStatement    *statement)
{
  ForlopBoardUnit *unit = g_new0 (ForlopBoardUnit, 1);

  unit->id = forlop_statement_dup_id (statement, 0);
  unit->name = forlop_statement_dup_text (statement, 1);
  g_ptr_array_add (loading->board->units, unit);
}

static gboolean
load_units (ForlopBoardLoading  *loading,
            GError             **error)
{
  static const char sql[] =
    "SELECT unit.id, unit.name FROM unit WHERE unit.deleted = 0 AND EXISTS (SELECT 1 FROM \"case\" "
    "WHERE " RUNNING "AND " FOLLOWED_UP_BY " = unit.id) ORDER BY unit.name";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && forlop_board_read_all (loading, statement, read_unit, error);
}

/* Worst first; of the same need what nobody has taken, then what has waited longest. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const ForlopBoardRow *left = *(const ForlopBoardRow *const *) a;
  const ForlopBoardRow *right = *(const ForlopBoardRow *const *) b;

  if (left->need != right->need)
    return (int) left->need - (int) right->need;
  if (left->need < FORLOP_BOARD_SNOOZED)
    {
      if ((left->taken_by != NULL) != (right->taken_by != NULL))
        return left->taken_by != NULL ? 1 : -1;
      if (left->since != right->since)
        return left->since < right->since ? -1 : 1;
    }
  if (left->need == FORLOP_BOARD_CALM && left->severity != right->severity)
    return forlop_severity_compare (left->severity, right->severity);

  return g_strcmp0 (left->name, right->name);
}

static gboolean
load_trends (ForlopBoardLoading  *loading,
             GError             **error)
{
  GPtrArray *rows = loading->board->rows;

  for (unsigned int i = 0; i < MIN (rows->len, loading->query->n_trends); i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (rows, i);

      if (row->measure == FORLOP_MEASURE_UNKNOWN)
        continue;
      row->trend = forlop_board_load_trend (loading->connection, row->citizen_id, row->case_id, row->measure,
                                            loading->query->now, error);
      if (row->trend == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_board_load:
 *
 * Everybody whose service runs, with the worst thing that stands open at each, at one instant.
 */
ForlopBoard *
forlop_board_load (ForlopConnection        *connection,
                   const ForlopBoardQuery  *query,
                   GError                 **error)
{
  g_autoptr (ForlopBoard) board = NULL;
  g_autoptr (GHashTable) by_case = NULL;
  ForlopBoardLoading loading;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  board = board_new ();
  by_case = g_hash_table_new (g_str_hash, g_str_equal);
  loading = (ForlopBoardLoading) { connection, query, board, by_case };

  if (!load_cases (&loading, error) || !forlop_board_load_filter (&loading, error) || !load_round (&loading, error) ||
      !forlop_board_load_alerts (&loading, error) || !forlop_board_load_missing (&loading, error) ||
      !forlop_board_load_faults (&loading, error) ||
      !forlop_board_load_takes (&loading, error) || !forlop_board_load_lasts (&loading, error) ||
      !forlop_board_load_pauses (&loading, error) || !load_units (&loading, error))
    return NULL;

  forlop_board_leave_out (board);
  g_ptr_array_sort (board->rows, compare_rows);
  for (unsigned int i = 0; i < board->rows->len; i++)
    board->counts[((ForlopBoardRow *) g_ptr_array_index (board->rows, i))->need]++;
  if (!forlop_board_load_contacts (&loading, error) || !load_trends (&loading, error))
    return NULL;

  return g_steal_pointer (&board);
}

ForlopBoard *
forlop_board_merge (ForlopBoard *const *boards,
                    unsigned int        n_boards)
{
  ForlopBoard *merged;

  g_return_val_if_fail (boards != NULL || n_boards == 0, NULL);

  merged = board_new ();
  for (unsigned int i = 0; i < n_boards; i++)
    {
      GPtrArray *rows = boards[i] != NULL ? boards[i]->rows : NULL;

      if (rows == NULL)
        continue;
      for (unsigned int k = 0; k < rows->len; k++)
        ((ForlopBoardRow *) g_ptr_array_index (rows, k))->place = i;
      boards[i]->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
      g_ptr_array_extend_and_steal (merged->rows, rows);
      merged->n_running += boards[i]->n_running;
      merged->n_reds_left_out += boards[i]->n_reds_left_out;
      for (unsigned int k = 0; k < FORLOP_BOARD_N_NEEDS; k++)
        merged->counts[k] += boards[i]->counts[k];
    }
  g_ptr_array_sort (merged->rows, compare_rows);

  return merged;
}
