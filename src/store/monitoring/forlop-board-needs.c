/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store-private.h"

#include "forlop-escalation.h"
#include "forlop-json.h"
#include "forlop-missing.h"
#include "forlop-person-store.h"
#include "forlop-reason.h"

#include <math.h>

/* What has not been seen to in a month is nobody's again. */
#define TAKEN_FOR_MS (30 * FORLOP_DAY)

/* What stands open at each: alerts, what is missing, faults, and else what was measured last. */

/* Every row of a statement whose parameters are bound. */
gboolean
forlop_board_read_all (ForlopBoardLoading   *loading,
                       ForlopStatement      *statement,
                       ForlopBoardReadFunc   read,
                       GError              **error)
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

ForlopBoardRow *
forlop_board_find_row (ForlopBoardLoading *loading,
                       ForlopStatement    *statement)
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
                            forlop_statement_get_text (statement, 13), forlop_statement_get_text (statement, 14));

  return forlop_opening_hours_pass (&hours, since, forlop_statement_get_integer (statement, 10) * FORLOP_MINUTE);
}

/* The worst comes first; of several, the one that has waited longest stands for the citizen. */
static void
read_alert (ForlopBoardLoading *loading,
            ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);
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

gboolean
forlop_board_load_alerts (ForlopBoardLoading  *loading,
                          GError             **error)
{
  static const char sql[] =
    "SELECT alert.case_id, alert.id, alert.kind, alert.severity, alert.reason, alert.raised_at, "
    "alert.taken_by, coalesce (\"user\".short_name, \"user\".name), "
    "alert.waits_until, "
    "iif (alert.status = 'snoozed', alert.snoozed_until, NULL), "
    "profile.escalate_minutes, unit.opens_at, unit.closes_at, unit.open_weekdays, unit.open_holidays "
    "FROM alert LEFT JOIN \"user\" ON \"user\".id = alert.taken_by "
    "LEFT JOIN \"case\" ON \"case\".id = alert.case_id LEFT JOIN profile ON profile.id = \"case\".profile_id "
    "LEFT JOIN unit ON unit.id = " FOLLOWED_UP_BY " "
    "WHERE alert.status IN ('new', 'taken', 'snoozed') AND alert.deleted = 0 "
    "ORDER BY alert.raised_at, alert.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && forlop_board_read_all (loading, statement, read_alert, error);
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
read_missing (ForlopBoardLoading *loading,
              ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

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
  row->take_rule = forlop_missing_rule (row->form_id != NULL ? row->form_id : forlop_measure_code (row->measure),
                                        row->since);
}

/* What is missing is derived with the other duties of the case. A form is work from its time on, and
 * missing once it is late. */
gboolean
forlop_board_load_missing (ForlopBoardLoading  *loading,
                           GError             **error)
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

  return forlop_board_read_all (loading, statement, read_missing, error);
}

static void
read_fault (ForlopBoardLoading *loading,
            ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

  if (row == NULL || row->fault != NULL)
    return;

  row->fault = forlop_statement_dup_text (statement, 1);
  if (row->need > FORLOP_BOARD_EQUIPMENT)
    {
      g_autofree char *id = forlop_statement_dup_id (statement, 3);

      row->need = FORLOP_BOARD_EQUIPMENT;
      row->since = forlop_statement_get_instant (statement, 2);
      row->take_rule = g_strconcat ("fault/", id, NULL);
    }
}

/* Faults on what the citizen has at home and that are not mended. */
gboolean
forlop_board_load_faults (ForlopBoardLoading  *loading,
                          GError             **error)
{
  static const char sql[] =
    "SELECT loan.case_id, coalesce (product.name || ': ', '') || fault.description, "
    "fault.reported_at, fault.id FROM fault JOIN loan ON loan.item_id = fault.item_id "
    "LEFT JOIN item ON item.id = fault.item_id LEFT JOIN product ON product.id = item.product_id "
    "WHERE fault.deleted = 0 AND fault.status IN ('reported', 'at_supplier') AND "
    "loan.deleted = 0 AND loan.returned_on IS NULL AND coalesce (loan.voided, 0) = 0 ORDER BY fault.reported_at";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  return statement != NULL && forlop_board_read_all (loading, statement, read_fault, error);
}

static void
read_take (ForlopBoardLoading *loading,
           ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

  if (row == NULL || row->alert_id != NULL || g_strcmp0 (row->take_rule, forlop_statement_get_text (statement, 1)) != 0)
    return;
  g_free (row->taken_by);
  g_free (row->taken_by_name);
  row->taken_by = forlop_statement_dup_id (statement, 2);
  row->taken_by_name = forlop_statement_dup_text (statement, 3);
}

/* Who sees to what no alert stands behind. */
gboolean
forlop_board_load_takes (ForlopBoardLoading  *loading,
                         GError             **error)
{
  static const char sql[] =
    "SELECT take.case_id, take.rule, take.taken_by, coalesce (\"user\".short_name, \"user\".name) "
    "FROM board_take take LEFT JOIN \"user\" ON \"user\".id = take.taken_by "
    "WHERE take.taken_at >= ?1 AND take.status = 'taken' AND take.deleted = 0";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, loading->query->now - TAKEN_FOR_MS);

  return forlop_board_read_all (loading, statement, read_take, error);
}

static gboolean
is_uncertain (const char *quality)
{
  return g_strcmp0 (quality, "uncalibrated") == 0 || g_strcmp0 (quality, "degraded") == 0 ||
         g_strcmp0 (quality, "overridden") == 0;
}

static gboolean
find_last (ForlopBoardLoading  *loading,
           ForlopStatement     *statement,
           const char          *citizen_id,
           gboolean            *has_row,
           GError             **error)
{
  forlop_statement_reset (statement);
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, loading->query->now);

  return forlop_statement_step (statement, has_row, error);
}

/* Whoever has no open alert shows what was measured last, under whichever record of the person. */
static gboolean
load_last (ForlopBoardLoading  *loading,
           ForlopStatement     *statement,
           ForlopBoardRow      *row,
           GError             **error)
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

gboolean
forlop_board_load_lasts (ForlopBoardLoading  *loading,
                         GError             **error)
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

      if (row->alert_id == NULL && !row->left_out && !load_last (loading, statement, row, error))
        return FALSE;
    }

  return TRUE;
}
