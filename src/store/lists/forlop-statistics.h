/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/**
 * ForlopStatistics:
 * @n_citizens: everybody registered.
 * @n_cases_open: before start; @n_cases_running, @n_cases_ended, @n_cases_closed likewise.
 * @n_measurements: all, and those that were @n_red and @n_yellow when judged.
 * @n_alerts: raised, of any kind.
 * @n_contacts: logged.
 * @n_expected: measurements the schedules of running cases asked for in the last 30 days.
 * @n_met: how many of those days had one.
 * @days_to_decision: average from receipt of the referral to the first decision; NaN when none.
 * @days_to_start: average from receipt to start; NaN when none.
 * @minutes_to_taken: average from an alert is raised until it is taken; NaN when none.
 *
 * Figures of the whole file, without names.
 */
typedef struct {
  gint64 n_citizens;
  gint64 n_cases_open;
  gint64 n_cases_running;
  gint64 n_cases_ended;
  gint64 n_cases_closed;
  gint64 n_measurements;
  gint64 n_red;
  gint64 n_yellow;
  gint64 n_alerts;
  gint64 n_contacts;
  gint64 n_expected;
  gint64 n_met;
  double days_to_decision;
  double days_to_start;
  double minutes_to_taken;
} ForlopStatistics;

gboolean forlop_statistics_read (ForlopConnection  *connection,
                                 gint64             now,
                                 ForlopStatistics  *statistics,
                                 GError           **error);

G_END_DECLS
