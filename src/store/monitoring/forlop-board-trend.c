/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store.h"

#include "forlop-person-store.h"

#include <math.h>

void
forlop_board_trend_free (ForlopBoardTrend *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->points);
  g_free (self);
}

static void
read_point (ForlopStatement *statement,
            GArray          *points)
{
  ForlopBoardPoint point = {
    .at = forlop_statement_get_instant (statement, 0),
    .value = forlop_statement_get_real (statement, 1),
    .severity = FORLOP_SEVERITY_NONE,
  };

  forlop_severity_from_code (forlop_statement_get_text (statement, 2), &point.severity);
  g_array_append_val (points, point);
}

static gboolean
load_points (ForlopConnection  *connection,
             const char        *citizen_id,
             gint64             now,
             ForlopBoardTrend  *self,
             GError           **error)
{
  static const char sql[] =
    "SELECT measured_at, value, severity FROM measurement WHERE citizen_id IN "
    FORLOP_SAME_PERSON ("?1") " AND measured_at BETWEEN ?2 AND ?3 AND code = ?4 AND invalid = 0 AND value IS NOT NULL "
    "AND severity IS NOT 'implausible' ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, now - FORLOP_BOARD_TREND_DAYS * FORLOP_DAY);
  forlop_statement_bind_instant (statement, 3, now);
  forlop_statement_bind_text (statement, 4, forlop_measure_code (self->limits.measure));

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        read_point (statement, self->points);
    }
  while (has_row);

  return TRUE;
}

static double
read_limit (ForlopStatement *statement,
            int              column)
{
  return forlop_statement_is_null (statement, column) ? NAN : forlop_statement_get_real (statement, column);
}

/* Of the plan that rules now: the next may be in force from a later time. One that still observes has no limits that
 * count. */
static gboolean
load_limits (ForlopConnection  *connection,
             const char        *case_id,
             gint64             now,
             ForlopLimits      *limits,
             GError           **error)
{
  static const char sql[] =
    "SELECT \"limit\".red_low, \"limit\".yellow_low, \"limit\".yellow_high, \"limit\".red_high FROM care_plan "
    "JOIN \"limit\" ON \"limit\".care_plan_id = care_plan.id AND \"limit\".deleted = 0 AND \"limit\".code = ?2 "
    "WHERE care_plan.id = (SELECT p.id FROM care_plan p WHERE p.case_id = ?1 AND p.deleted = 0 "
    "AND p.status IN ('in_force', 'superseded') AND p.valid_from <= ?4 ORDER BY p.valid_from DESC, p.version DESC LIMIT 1) "
    "AND (care_plan.observation_until IS NULL OR care_plan.observation_until < ?3)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, case_id);
  forlop_statement_bind_text (statement, 2, forlop_measure_code (limits->measure));
  forlop_statement_bind_date (statement, 3, forlop_instant_to_date (now));
  forlop_statement_bind_integer (statement, 4, now);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  limits->red_low = read_limit (statement, 0);
  limits->yellow_low = read_limit (statement, 1);
  limits->yellow_high = read_limit (statement, 2);
  limits->red_high = read_limit (statement, 3);

  return TRUE;
}

/**
 * forlop_board_load_trend:
 *
 * The last %FORLOP_BOARD_TREND_DAYS days of one measure, without readings that are not used, and the
 * limits of the plan in force.
 */
ForlopBoardTrend *
forlop_board_load_trend (ForlopConnection  *connection,
                         const char        *citizen_id,
                         const char        *case_id,
                         ForlopMeasure      measure,
                         gint64             now,
                         GError           **error)
{
  g_autoptr (ForlopBoardTrend) self = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL && case_id != NULL, NULL);

  self = g_new0 (ForlopBoardTrend, 1);
  self->points = g_array_new (FALSE, FALSE, sizeof (ForlopBoardPoint));
  forlop_limits_init (&self->limits, measure);
  if (!load_points (connection, citizen_id, now, self, error) ||
      !load_limits (connection, case_id, now, &self->limits, error))
    return NULL;

  return g_steal_pointer (&self);
}
