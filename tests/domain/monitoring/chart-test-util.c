/* SPDX-License-Identifier: EUPL-1.2 */

#include "chart-test-util.h"

#include <math.h>

ForlopDate
chart_test_date (const char *iso)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (iso, &date));

  return date;
}

gint64
chart_test_wall (const char *iso,
                 int         minute)
{
  return forlop_instant_from_wall (chart_test_date (iso), minute);
}

ForlopChartPoint
chart_test_reading (gint64         at_ms,
                    double         value,
                    ForlopSeverity severity)
{
  return (ForlopChartPoint) { .at_ms = at_ms, .value = value, .low = NAN, .severity = severity };
}
