/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store.h"

#include "forlop-person-store.h"

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

/**
 * forlop_board_load_trend:
 *
 * The last %FORLOP_BOARD_TREND_DAYS days of one measure, without readings that are not used.
 */
GArray *
forlop_board_load_trend (ForlopConnection  *connection,
                         const char        *citizen_id,
                         ForlopMeasure      measure,
                         gint64             now,
                         GError           **error)
{
  static const char sql[] =
    "SELECT measured_at, value, severity FROM measurement WHERE citizen_id IN "
    FORLOP_SAME_PERSON ("?1") " AND measured_at BETWEEN ?2 AND ?3 AND code = ?4 AND invalid = 0 AND value IS NOT NULL "
    "AND severity IS NOT 'implausible' ORDER BY measured_at, id";
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (ForlopBoardPoint));
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, now - FORLOP_BOARD_TREND_DAYS * FORLOP_DAY);
  forlop_statement_bind_instant (statement, 3, now);
  forlop_statement_bind_text (statement, 4, forlop_measure_code (measure));

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        read_point (statement, points);
    }
  while (has_row);

  return g_steal_pointer (&points);
}
