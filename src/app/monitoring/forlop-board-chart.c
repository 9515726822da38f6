/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
      ForlopChartPoint point = { stored->measured_at, stored->value, NAN, severity_of (stored) };

      if (forlop_measure_find ("forlop", stored->code) != upper || stored->invalid ||
          isnan (stored->value))
        continue;
      if (upper != measure)
        partner = find_partner (detail, stored, forlop_measure_info (measure)->components[1]);
      if (partner != NULL)
        {
          point.low = partner->value;
          if (forlop_severity_compare (severity_of (partner), point.severity) < 0)
            point.severity = severity_of (partner);
        }
      forlop_chart_series_add_point (series, point);
    }
}

static double
limit_of (ForlopRecord *limit,
          const char   *field)
{
  return forlop_record_has (limit, field) ? forlop_record_get_real (limit, field) : NAN;
}

static void
add_band (ForlopSnapshot    *snapshot,
          ForlopRecord      *plan,
          ForlopMeasure      measure,
          ForlopChartSeries *series)
{
  GPtrArray *limits = forlop_snapshot_list (snapshot, "limit");
  gint64 until = forlop_record_get_instant (plan, "superseded_at");

  for (unsigned int i = 0; i < limits->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (limits, i);

      if (!forlop_record_text_is (limit, "care_plan_id", forlop_record_get_id (plan)) ||
          !forlop_record_text_is (limit, "code", forlop_measure_code (measure)))
        continue;
      forlop_chart_series_add_band (series, (ForlopChartBand) {
        .from_ms = forlop_record_get_instant (plan, "valid_from"),
        .to_ms = until != FORLOP_INSTANT_NONE ? until : G_MAXINT64,
        .red_low = limit_of (limit, "red_low"), .yellow_low = limit_of (limit, "yellow_low"),
        .yellow_high = limit_of (limit, "yellow_high"), .red_high = limit_of (limit, "red_high"),
      });
    }
}

static void
add_plans (const ForlopBoardDetail *detail,
           ForlopMeasure            measure,
           ForlopChartSeries       *series)
{
  GPtrArray *plans = forlop_snapshot_list (detail->snapshot, "care_plan");

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      gint64 from = forlop_record_get_instant (plan, "valid_from");

      if (!forlop_record_text_is (plan, "status", "in_force") &&
          !forlop_record_text_is (plan, "status", "superseded"))
        continue;
      add_band (detail->snapshot, plan, upper_part (measure), series);
      if (from > detail->from && from <= detail->to)
        {
          /* Translators: a version of the self-treatment plan */
          g_autofree char *label =
            g_strdup_printf (_("Plan v%d"), (int) forlop_record_get_integer (plan, "version"));

          forlop_chart_series_add_span (series, from, from, label);
        }
    }
}

static void
add_pauses (const ForlopBoardDetail *detail,
            ForlopChartSeries       *series)
{
  GPtrArray *pauses = forlop_snapshot_list (detail->snapshot, "pause");

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);
      gint64 from = forlop_record_get_instant (pause, "from_time");
      gint64 to = forlop_record_get_instant (pause, "to_time");

      if (to == FORLOP_INSTANT_NONE)
        to = detail->to;
      if (to > detail->from && from < detail->to)
        forlop_chart_series_add_span (series, from, MIN (to, detail->to), _("Pause"));
    }
}

ForlopChartSeries *
forlop_board_chart_series (const ForlopBoardDetail *detail,
                           ForlopMeasure            measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (upper_part (measure));
  ForlopChartSeries *series;

  g_return_val_if_fail (detail != NULL, NULL);
  g_return_val_if_fail (info != NULL && info->shown_unit != NULL, NULL);

  series = forlop_chart_series_new (forlop_measure_label (measure), _(info->shown_unit),
                                    info->decimals);
  add_plans (detail, measure, series);
  add_pauses (detail, series);
  add_points (detail, measure, series);

  return series;
}
