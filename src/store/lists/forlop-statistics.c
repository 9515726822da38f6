/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-statistics.h"

#include <math.h>

#include "forlop-date.h"
#include "forlop-person-store.h"

static gboolean
read_counts (ForlopConnection  *connection,
             ForlopStatistics  *self,
             GError           **error)
{
  static const char sql[] =
    "SELECT (SELECT count (*) FROM citizen WHERE deleted = 0), "
    "(SELECT count (*) FROM \"case\" WHERE deleted = 0 AND status = 'open'), "
    "(SELECT count (*) FROM \"case\" WHERE deleted = 0 AND status = 'running'), "
    "(SELECT count (*) FROM \"case\" WHERE deleted = 0 AND status = 'ended'), "
    "(SELECT count (*) FROM \"case\" WHERE deleted = 0 AND status IN ('closed', 'withdrawn')), "
    "(SELECT count (*) FROM measurement), "
    "(SELECT count (*) FROM measurement WHERE severity = 'red'), "
    "(SELECT count (*) FROM measurement WHERE severity = 'yellow'), "
    "(SELECT count (*) FROM alert WHERE deleted = 0), "
    "(SELECT count (*) FROM contact_log WHERE deleted = 0)";
  gint64 *const counts[] = {
    &self->n_citizens, &self->n_cases_open, &self->n_cases_running, &self->n_cases_ended,
    &self->n_cases_closed, &self->n_measurements, &self->n_red, &self->n_yellow, &self->n_alerts,
    &self->n_contacts,
  };
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  for (unsigned int i = 0; i < G_N_ELEMENTS (counts); i++)
    *counts[i] = forlop_statement_get_integer (statement, (int) i);

  return TRUE;
}

static double
real_or_nan (ForlopStatement *statement,
             int              column)
{
  return forlop_statement_is_null (statement, column) ? NAN : forlop_statement_get_real (statement, column);
}

static gboolean
read_waits (ForlopConnection  *connection,
            ForlopStatistics  *self,
            GError           **error)
{
  static const char sql[] =
    "SELECT (SELECT avg (julianday (d.decided_on) - julianday (r.received_on)) FROM referral r "
    "  JOIN decision d ON d.case_id = r.case_id AND d.replaces_id IS NULL AND d.deleted = 0 "
    "  WHERE r.deleted = 0), "
    "(SELECT avg (julianday (c.started_on) - julianday (r.received_on)) FROM referral r "
    "  JOIN \"case\" c ON c.id = r.case_id AND c.started_on IS NOT NULL AND c.deleted = 0 "
    "  WHERE r.deleted = 0), "
    "(SELECT avg (taken_at - raised_at) / 60000.0 FROM alert "
    "  WHERE deleted = 0 AND taken_at IS NOT NULL)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  self->days_to_decision = real_or_nan (statement, 0);
  self->days_to_start = real_or_nan (statement, 1);
  self->minutes_to_taken = real_or_nan (statement, 2);

  return TRUE;
}

/* Of the days that a running case's schedules cover, how many have a measurement of the measure. The
 * last thirty whole days, because older plans may have asked for something else. */
static gboolean
read_missing (ForlopConnection  *connection,
              gint64             now,
              ForlopStatistics  *self,
              GError           **error)
{
  static const char sql[] =
    "WITH RECURSIVE day (back) AS (SELECT 1 UNION ALL SELECT back + 1 FROM day WHERE back < 30), "
    "wanted AS (SELECT s.citizen_id, s.code, ?1 - back * 86400000 AS start FROM schedule s "
    "  JOIN care_plan p ON p.id = s.care_plan_id AND p.status = 'in_force' AND p.deleted = 0 "
    "  JOIN \"case\" c ON c.id = s.case_id AND c.status = 'running' AND c.deleted = 0, day "
    "  WHERE s.deleted = 0 AND s.cadence = 'daily' AND s.code IS NOT NULL "
    "  AND date ((?1 - back * 86400000) / 1000, 'unixepoch') > c.started_on) "
    "SELECT count (*), total (EXISTS (SELECT 1 FROM measurement m "
    "  WHERE m.citizen_id IN " FORLOP_SAME_PERSON ("w.citizen_id") " AND m.measured_at >= w.start "
    "  AND m.measured_at < w.start + 86400000 AND m.code = w.code)) FROM wanted w";
  const gint64 midnight = forlop_instant_from_wall (forlop_instant_to_date (now), 0);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, midnight);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  self->n_expected = forlop_statement_get_integer (statement, 0);
  self->n_met = (gint64) forlop_statement_get_real (statement, 1);

  return TRUE;
}

/**
 * forlop_statistics_read:
 * @now: the instant that "the last 30 days" is counted from.
 */
gboolean
forlop_statistics_read (ForlopConnection  *connection,
                        gint64             now,
                        ForlopStatistics  *statistics,
                        GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (statistics != NULL, FALSE);

  return read_counts (connection, statistics, error) && read_waits (connection, statistics, error) &&
         read_missing (connection, now, statistics, error);
}
