/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-chart.h"

#include <math.h>

#include "forlop-chart-collector.h"
#include "forlop-chart-context.h"
#include "forlop-measurement-store.h"

ForlopMeasure
forlop_board_chart_whole (ForlopMeasure measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  return info != NULL && info->panel != FORLOP_MEASURE_UNKNOWN ? info->panel : measure;
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

/* Pixels of a chart in the pane, about. */
#define STRETCHES 600

static void
add_points (const ForlopBoardDetail *detail,
            ForlopMeasure            whole,
            ForlopChartSeries       *series)
{
  g_autoptr (ForlopChartCollector) collector =
    forlop_chart_collector_new (series, (ForlopChartWindow) { detail->from, detail->to + 1 },
                                STRETCHES);

  for (unsigned int i = 0; i < detail->measurements->len; i++)
    {
      const ForlopStoredMeasurement *stored = g_ptr_array_index (detail->measurements, i);
      ForlopMeasure measure = forlop_measure_find ("forlop", stored->code);
      ForlopChartPoint point = {
        .at_ms = stored->measured_at, .value = stored->value, .low = NAN, .reason = stored->reason,
        .severity = FORLOP_SEVERITY_NONE,
      };

      if (forlop_board_chart_whole (measure) != whole || stored->invalid)
        continue;
      forlop_severity_from_code (stored->severity, &point.severity);
      forlop_quality_from_code (stored->quality, &point.quality);
      forlop_chart_collector_add_value (collector, measure, &point);
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
