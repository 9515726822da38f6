/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-chart.h"

#include <math.h>

#include "forlop-chart-context.h"
#include "forlop-measurement-store.h"

ForlopMeasure
forlop_board_chart_whole (ForlopMeasure measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  return info != NULL && info->panel != FORLOP_MEASURE_UNKNOWN ? info->panel : measure;
}

/* The first part of a panel is the one that is drawn highest and whose limits are shown. */
static ForlopMeasure
upper_part (ForlopMeasure measure)
{
  return forlop_measure_is_panel (measure) ? forlop_measure_info (measure)->components[0] : measure;
}

GArray *
forlop_board_chart_measures (const ForlopBoardDetail *detail)
{
  GArray *measures = g_array_new (FALSE, FALSE, sizeof (ForlopMeasure));
  gboolean seen[FORLOP_N_MEASURES] = { FALSE };

  g_return_val_if_fail (detail != NULL, measures);

  for (unsigned int i = 0; i < detail->measurements->len; i++)
    {
      const ForlopStoredMeasurement *stored = g_ptr_array_index (detail->measurements, i);

      seen[forlop_board_chart_whole (forlop_measure_find ("forlop", stored->code))] = TRUE;
    }
  for (ForlopMeasure measure = FORLOP_MEASURE_UNKNOWN + 1; measure < FORLOP_N_MEASURES; measure++)
    if (seen[measure])
      g_array_append_val (measures, measure);

  return measures;
}

/* The part of a panel that was measured at the same moment. */
static const ForlopStoredMeasurement *
find_partner (const ForlopBoardDetail       *detail,
              const ForlopStoredMeasurement *upper,
              ForlopMeasure                  lower)
{
  for (unsigned int i = 0; i < detail->measurements->len; i++)
    {
      const ForlopStoredMeasurement *stored = g_ptr_array_index (detail->measurements, i);

      if (stored->measured_at == upper->measured_at && !stored->invalid &&
          forlop_measure_find ("forlop", stored->code) == lower)
        return stored;
    }

  return NULL;
}

static ForlopSeverity
severity_of (const ForlopStoredMeasurement *stored)
{
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;

  forlop_severity_from_code (stored->severity, &severity);

  return severity;
}

static void
add_points (const ForlopBoardDetail *detail,
            ForlopMeasure            measure,
            ForlopChartSeries       *series)
{
  const ForlopMeasure upper = upper_part (measure);

  for (unsigned int i = 0; i < detail->measurements->len; i++)
    {
      const ForlopStoredMeasurement *stored = g_ptr_array_index (detail->measurements, i);
      const ForlopStoredMeasurement *partner = NULL;
      ForlopChartPoint point = {
        .at_ms = stored->measured_at, .value = stored->value, .low = NAN,
        .severity = severity_of (stored), .reason = stored->reason,
      };

      if (forlop_measure_find ("forlop", stored->code) != upper || stored->invalid ||
          isnan (stored->value))
        continue;
      if (upper != measure)
        partner = find_partner (detail, stored, forlop_measure_info (measure)->components[1]);
      if (partner != NULL)
        {
          point.low = partner->value;
          if (forlop_severity_compare (severity_of (partner), point.severity) < 0)
            {
              point.severity = severity_of (partner);
              point.reason = partner->reason;
            }
        }
      forlop_chart_series_add_point (series, point);
    }
}

ForlopChartSeries *
forlop_board_chart_series (const ForlopBoardDetail *detail,
                           ForlopMeasure            measure)
{
  ForlopChartSeries *series;

  g_return_val_if_fail (detail != NULL, NULL);

  series = forlop_chart_series_new_of (measure);
  forlop_chart_series_set_window (series, (ForlopChartWindow) { detail->from, detail->to });
  forlop_chart_add_plans (series, forlop_snapshot_list (detail->snapshot, "care_plan"),
                          forlop_snapshot_list (detail->snapshot, "limit"),
                          forlop_snapshot_list (detail->snapshot, "case"));
  forlop_chart_add_pauses (series, forlop_snapshot_list (detail->snapshot, "pause"), detail->to);
  add_points (detail, measure, series);

  return series;
}
