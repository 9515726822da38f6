/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store.h"

#include "forlop-escalation.h"
#include "forlop-json.h"
#include "forlop-person-store.h"
#include "forlop-reason.h"

#include <math.h>

typedef struct {
  ForlopConnection *connection;
  const ForlopBoardQuery *query;
  ForlopBoard *board;
  GHashTable *by_case; /* id → row, both borrowed from the rows */
} Loading;

typedef void (*ReadFunc) (Loading         *loading,
                          ForlopStatement *statement);

/* A unit with those below it; ?1 is the unit. */
#define BELOW \
  "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT unit.id FROM unit " \
  "JOIN below ON unit.parent_id = below.id WHERE unit.deleted = 0) "

#define FOLLOWED_UP_BY "coalesce (\"case\".follow_up_unit_id, \"case\".unit_id)"
#define RUNNING "\"case\".status = 'running' AND \"case\".deleted = 0 "

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
  g_clear_pointer (&self->trend, g_array_unref);
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

void
forlop_board_free (ForlopBoard *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->units);
  round_free (self->round);
  g_free (self);
}

static ForlopBoard *
board_new (void)
{
  ForlopBoard *self = g_new0 (ForlopBoard, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  self->units = g_ptr_array_new_with_free_func (unit_free);

  return self;
}

/* Every row of a statement whose parameters are bound. */
static gboolean
read_all (Loading          *loading,
          ForlopStatement  *statement,
          ReadFunc          read,
          GError          **error)
{
  gboolean has_row;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        read (loading, statement);
    }
  while (has_row);

  return TRUE;
}

static void
read_case (Loading         *loading,
           ForlopStatement *statement)
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
load_cases (Loading  *loading,
            GError  **error)
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

  return read_all (loading, statement, read_case, error);
}

static ForlopBoardRow *
find_row (Loading         *loading,
          ForlopStatement *statement)
{
  g_autofree char *case_id = forlop_statement_dup_id (statement, 0);

  return case_id != NULL ? g_hash_table_lookup (loading->by_case, case_id) : NULL;
}

static ForlopBoardNeed
need_of_alert (const char     *kind,
               ForlopSeverity  severity)
{
  if (g_strcmp0 (kind, "missing") == 0)
    return FORLOP_BOARD_MISSING;
  if (g_strcmp0 (kind, "equipment") == 0)
    return FORLOP_BOARD_EQUIPMENT;

  return severity == FORLOP_SEVERITY_RED ? FORLOP_BOARD_RED : FORLOP_BOARD_YELLOW;
}

static void
read_reason (ForlopBoardRow *row)
{
  ForlopReason reason;

  row->measure = FORLOP_MEASURE_UNKNOWN;
  row->value = NAN;
  if (row->reason == NULL || !forlop_reason_from_json (row->reason, &reason, NULL))
    return;
  row->measure = reason.measure;
  row->value = reason.value;
}

/* Columns from 10 on: the minutes of the profile, and the hours of the unit. */
static gint64
read_escalation (ForlopStatement *statement,
                 gboolean         is_waiting,
                 gint64           since)
{
  ForlopOpeningHours hours;

  if (!is_waiting || forlop_statement_is_null (statement, 10))
    return FORLOP_INSTANT_NONE;
  forlop_opening_hours_set (&hours,
                            forlop_statement_is_null (statement, 11) ? -1 : (int) forlop_statement_get_integer (statement, 11),
                            forlop_statement_is_null (statement, 12) ? -1 : (int) forlop_statement_get_integer (statement, 12),
                            forlop_statement_get_text (statement, 13));

  return forlop_opening_hours_pass (&hours, since, forlop_statement_get_integer (statement, 10) * FORLOP_MINUTE);
}

/* The worst comes first; of several, the one that has waited longest stands for the citizen. */
static void
read_alert (Loading         *loading,
            ForlopStatement *statement)
{
  ForlopBoardRow *row = find_row (loading, statement);
  const char *kind = g_intern_string (forlop_statement_get_text (statement, 2));
  gint64 waits_until = forlop_statement_get_instant (statement, 8);
  gint64 snoozed_until = forlop_statement_get_instant (statement, 9);
  ForlopSeverity severity = FORLOP_SEVERITY_NOT_REPORTED;
  ForlopBoardNeed need;

  if (row == NULL)
    return;

  row->n_alerts++;
  forlop_severity_from_code (forlop_statement_get_text (statement, 3), &severity);
  need = snoozed_until > loading->query->now || waits_until >= loading->query->now
    ? FORLOP_BOARD_SNOOZED : need_of_alert (kind, severity);
  if (row->alert_id != NULL && row->need <= need)
    return;

  g_free (row->alert_id);
  g_free (row->reason);
  g_free (row->taken_by);
  g_free (row->taken_by_name);
  row->need = need;
  row->alert_id = forlop_statement_dup_id (statement, 1);
  row->alert_kind = kind;
  row->severity = severity;
  row->reason = forlop_statement_dup_text (statement, 4);
  row->since = forlop_statement_get_instant (statement, 5);
  row->taken_by = forlop_statement_dup_id (statement, 6);
  row->taken_by_name = forlop_statement_dup_text (statement, 7);
  row->waits_until = waits_until >= loading->query->now ? waits_until : FORLOP_INSTANT_NONE;
  row->snoozed_until = snoozed_until > loading->query->now ? snoozed_until : FORLOP_INSTANT_NONE;
  row->escalates_at =
    read_escalation (statement, severity == FORLOP_SEVERITY_RED && row->taken_by == NULL,
                     forlop_escalation_since (row->since, waits_until, snoozed_until));
  read_reason (row);
}

static gboolean
load_alerts (Loading  *loading,
             GError  **error)
{
  static const char sql[] =
    "SELECT alert.case_id, alert.id, alert.kind, alert.severity, alert.reason, alert.raised_at, "
    "alert.taken_by, coalesce (\"user\".short_name, \"user\".name), "
    "alert.waits_until, "
    "iif (alert.status = 'snoozed', alert.snoozed_until, NULL), "
    "profile.escalate_minutes, unit.opens_at, unit.closes_at, unit.open_weekdays "
    "FROM alert LEFT JOIN \"user\" ON \"user\".id = alert.taken_by "
    "LEFT JOIN \"case\" ON \"case\".id = alert.case_id LEFT JOIN profile ON profile.id = \"case\".profile_id "
    "LEFT JOIN unit ON unit.id = " FOLLOWED_UP_BY " "
    "WHERE alert.status IN ('new', 'taken', 'snoozed') AND alert.deleted = 0 "
    "ORDER BY alert.raised_at, alert.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && read_all (loading, statement, read_alert, error);
}

static ForlopMeasure
measure_of_missing (const char *arguments)
{
  g_autoptr (yyjson_doc) doc = arguments != NULL ? forlop_json_parse (arguments, -1, NULL) : NULL;
  const char *code = NULL;

  if (doc == NULL || !forlop_json_get_text (yyjson_doc_get_root (doc), "code", &code, NULL))
    return FORLOP_MEASURE_UNKNOWN;

  return forlop_measure_find ("forlop", code);
}

static void
read_missing (Loading         *loading,
              ForlopStatement *statement)
{
  ForlopBoardRow *row = find_row (loading, statement);

  if (row == NULL || row->duty_rule != NULL || row->need <= FORLOP_BOARD_MISSING)
    return;

  row->need = FORLOP_BOARD_MISSING;
  row->duty_rule = g_intern_string (forlop_statement_get_text (statement, 1));
  row->duty_arguments = forlop_statement_dup_text (statement, 2);
  row->since = forlop_statement_get_instant (statement, 3);
  row->measure = measure_of_missing (row->duty_arguments);
  /* An alert that is put off comes back by itself. */
  g_clear_pointer (&row->alert_id, g_free);
  g_clear_pointer (&row->reason, g_free);
  g_free (row->taken_by);
  g_free (row->taken_by_name);
  row->taken_by = forlop_statement_dup_id (statement, 4);
  row->taken_by_name = forlop_statement_dup_text (statement, 5);
  row->form_id = forlop_statement_dup_id (statement, 6);
}

/* What is missing is derived with the other duties of the case. A form is work from its time on, and
 * missing once it is late. */
static gboolean
load_missing (Loading  *loading,
              GError  **error)
{
  static const char sql[] =
    "WITH missing AS (SELECT * FROM duty WHERE rule >= 'missing' AND rule < 'missinh' "
    "AND visible_from <= ?1 UNION ALL SELECT * FROM duty WHERE rule = 'answer-form' AND due_at < ?1) "
    "SELECT missing.case_id, missing.rule, missing.arguments, coalesce (missing.since, missing.due_at, "
    "missing.visible_from), missing.taken_by, coalesce (\"user\".short_name, \"user\".name), "
    "iif (missing.rule = 'answer-form', missing.subject_id, NULL) "
    "FROM missing LEFT JOIN \"user\" ON \"user\".id = missing.taken_by "
    "ORDER BY missing.visible_from, missing.n";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, loading->query->now);

  return read_all (loading, statement, read_missing, error);
}

static void
read_fault (Loading         *loading,
            ForlopStatement *statement)
{
  ForlopBoardRow *row = find_row (loading, statement);

  if (row == NULL || row->fault != NULL)
    return;

  row->fault = forlop_statement_dup_text (statement, 1);
  if (row->need > FORLOP_BOARD_EQUIPMENT)
    {
      row->need = FORLOP_BOARD_EQUIPMENT;
      row->since = forlop_statement_get_instant (statement, 2);
    }
}

/* Faults on what the citizen has at home and that are not mended. */
static gboolean
load_faults (Loading  *loading,
             GError  **error)
{
  static const char sql[] =
    "SELECT loan.case_id, coalesce (product.name || ': ', '') || fault.description, "
    "fault.reported_at FROM fault JOIN loan ON loan.item_id = fault.item_id "
    "LEFT JOIN item ON item.id = fault.item_id LEFT JOIN product ON product.id = item.product_id "
    "WHERE fault.deleted = 0 AND fault.status IN ('reported', 'at_supplier') AND "
    "loan.deleted = 0 AND loan.returned_on IS NULL AND coalesce (loan.voided, 0) = 0 ORDER BY fault.reported_at";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && read_all (loading, statement, read_fault, error);
}

static gboolean
is_uncertain (const char *quality)
{
  return g_strcmp0 (quality, "uncalibrated") == 0 || g_strcmp0 (quality, "degraded") == 0 ||
         g_strcmp0 (quality, "overridden") == 0;
}

static gboolean
find_last (Loading         *loading,
           ForlopStatement *statement,
           const char      *citizen_id,
           gboolean        *has_row,
           GError         **error)
{
  forlop_statement_reset (statement);
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, loading->query->now);

  return forlop_statement_step (statement, has_row, error);
}

/* Whoever has no open alert shows what was measured last, under whichever record of the person. */
static gboolean
load_last (Loading         *loading,
           ForlopStatement *statement,
           ForlopBoardRow  *row,
           GError         **error)
{
  g_autoptr (GPtrArray) ids = forlop_person_store_list_ids (loading->connection, row->citizen_id, error);
  gint64 newest = FORLOP_INSTANT_NONE;
  unsigned int best = 0;
  gboolean has_row;

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; ids->len > 1 && i < ids->len; i++)
    {
      if (!find_last (loading, statement, g_ptr_array_index (ids, i), &has_row, error))
        return FALSE;
      if (has_row && (newest == FORLOP_INSTANT_NONE || forlop_statement_get_instant (statement, 2) > newest))
        {
          newest = forlop_statement_get_instant (statement, 2);
          best = i;
        }
    }
  if (!find_last (loading, statement, g_ptr_array_index (ids, best), &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  forlop_severity_from_code (forlop_statement_get_text (statement, 3), &row->severity);
  row->reason = forlop_statement_dup_text (statement, 4);
  row->uncertain = is_uncertain (forlop_statement_get_text (statement, 5));
  if (row->need == FORLOP_BOARD_MISSING)
    return TRUE;
  row->measure = forlop_measure_find ("forlop", forlop_statement_get_text (statement, 0));
  row->value = forlop_statement_is_null (statement, 1) ? NAN : forlop_statement_get_real (statement, 1);
  if (row->need != FORLOP_BOARD_CALM)
    return TRUE;

  row->since = forlop_statement_get_instant (statement, 2);
  if (!row->ticked && row->severity < FORLOP_SEVERITY_GREEN)
    row->need = FORLOP_BOARD_WATCH;

  return TRUE;
}

static gboolean
load_lasts (Loading  *loading,
            GError  **error)
{
  static const char sql[] =
    "SELECT code, value, measured_at, severity, reason, quality FROM measurement "
    "WHERE citizen_id = ?1 AND measured_at <= ?2 AND invalid = 0 ORDER BY measured_at DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  for (unsigned int i = 0; i < loading->board->rows->len; i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (loading->board->rows, i);

      if (row->alert_id == NULL && !load_last (loading, statement, row, error))
        return FALSE;
    }

  return TRUE;
}

static void
read_round (Loading         *loading,
            ForlopStatement *statement)
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
read_tick (Loading         *loading,
           ForlopStatement *statement)
{
  ForlopBoardRow *row = find_row (loading, statement);

  if (row == NULL || row->ticked)
    return;

  row->ticked = TRUE;
  loading->board->round->n_ticked++;
}

static gboolean
load_round (Loading  *loading,
            GError  **error)
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
  if (!read_all (loading, statement, read_round, error))
    return FALSE;
  if (loading->board->round == NULL)
    return TRUE;

  ticks = forlop_connection_prepare (loading->connection, tick_sql, error);
  if (ticks == NULL)
    return FALSE;
  forlop_statement_bind_id (ticks, 1, loading->board->round->id);

  return read_all (loading, ticks, read_tick, error);
}

static void
read_unit (Loading         *loading,
           ForlopStatement *statement)
{
  ForlopBoardUnit *unit = g_new0 (ForlopBoardUnit, 1);

  unit->id = forlop_statement_dup_id (statement, 0);
  unit->name = forlop_statement_dup_text (statement, 1);
  g_ptr_array_add (loading->board->units, unit);
}

static gboolean
load_units (Loading  *loading,
            GError  **error)
{
  static const char sql[] =
    "SELECT unit.id, unit.name FROM unit WHERE unit.deleted = 0 AND EXISTS (SELECT 1 FROM \"case\" "
    "WHERE " RUNNING "AND " FOLLOWED_UP_BY " = unit.id) ORDER BY unit.name";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && read_all (loading, statement, read_unit, error);
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
load_trends (Loading  *loading,
             GError  **error)
{
  GPtrArray *rows = loading->board->rows;

  for (unsigned int i = 0; i < MIN (rows->len, loading->query->n_trends); i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (rows, i);

      if (row->measure == FORLOP_MEASURE_UNKNOWN)
        continue;
      row->trend = forlop_board_load_trend (loading->connection, row->citizen_id, row->measure,
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
  Loading loading;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  board = board_new ();
  by_case = g_hash_table_new (g_str_hash, g_str_equal);
  loading = (Loading) { connection, query, board, by_case };

  if (!load_cases (&loading, error) || !load_round (&loading, error) ||
      !load_alerts (&loading, error) || !load_missing (&loading, error) ||
      !load_faults (&loading, error) || !load_lasts (&loading, error) ||
      !load_units (&loading, error))
    return NULL;

  g_ptr_array_sort (board->rows, compare_rows);
  for (unsigned int i = 0; i < board->rows->len; i++)
    board->counts[((ForlopBoardRow *) g_ptr_array_index (board->rows, i))->need]++;
  if (!load_trends (&loading, error))
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
      for (unsigned int k = 0; k < FORLOP_BOARD_N_NEEDS; k++)
        merged->counts[k] += boards[i]->counts[k];
    }
  g_ptr_array_sort (merged->rows, compare_rows);

  return merged;
}
