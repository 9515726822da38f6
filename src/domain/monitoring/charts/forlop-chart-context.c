/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-context.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-alert-wish.h"
#include "forlop-field-value.h"
#include "forlop-plan-records.h"
#include "forlop-reason.h"

static int
compare_plans (gconstpointer a,
               gconstpointer b)
{
  ForlopRecord *one = *(ForlopRecord *const *) a, *other = *(ForlopRecord *const *) b;
  gint64 from = forlop_record_get_instant (one, "valid_from");
  gint64 other_from = forlop_record_get_instant (other, "valid_from");

  if (from != other_from)
    return from < other_from ? -1 : 1;

  return (int) (forlop_record_get_integer (one, "version") -
                forlop_record_get_integer (other, "version"));
}

/* Those that have ruled, in the order in which they did. */
static GPtrArray *
sort_plans (GPtrArray *plans)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (unsigned int i = 0; i < plans->len; i++)
    if (forlop_plan_record_counts (g_ptr_array_index (plans, i)))
      g_ptr_array_add (sorted, g_ptr_array_index (plans, i));
  g_ptr_array_sort (sorted, compare_plans);

  return sorted;
}

static gint64
end_of_case (ForlopRecord *plan,
             GPtrArray    *cases)
{
  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *one = g_ptr_array_index (cases, i);

      if (forlop_record_text_is (plan, "case_id", forlop_record_get_id (one)) &&
          forlop_record_has (one, "closed_on"))
        return forlop_instant_from_wall (forlop_record_get_date (one, "closed_on") + 1, 0);
    }

  return G_MAXINT64;
}

static double
limit_of (ForlopRecord *limit,
          const char   *field)
{
  return forlop_record_has (limit, field) ? forlop_record_get_real (limit, field) : NAN;
}

static void
add_band (ForlopChartSeries *series,
          ForlopMeasure      measure,
          ForlopRecord      *plan,
          GPtrArray         *limits,
          gint64             to_ms,
          gboolean           of_low)
{
  for (unsigned int i = 0; i < limits->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (limits, i);

      if (!forlop_record_text_is (limit, "care_plan_id", forlop_record_get_id (plan)) ||
          !forlop_record_text_is (limit, "code", forlop_measure_code (measure)))
        continue;
      forlop_chart_series_add_band (series, (ForlopChartBand) {
        .from_ms = forlop_record_get_instant (plan, "valid_from"), .to_ms = to_ms,
        .red_low = limit_of (limit, "red_low"), .yellow_low = limit_of (limit, "yellow_low"),
        .yellow_high = limit_of (limit, "yellow_high"), .red_high = limit_of (limit, "red_high"),
        .plan_version = (unsigned int) forlop_record_get_integer (plan, "version"),
        .of_low = of_low,
      });
    }
}

static void
add_plan_marks (ForlopChartSeries *series,
                ForlopRecord      *plan,
                gint64             to_ms)
{
  gint64 from = forlop_record_get_instant (plan, "valid_from");
  int version = (int) forlop_record_get_integer (plan, "version");
  /* Translators: a version of the self-treatment plan */
  g_autofree char *label = g_strdup_printf (_("Plan v%d"), version);
  g_autofree char *when = forlop_instant_format (from);
  /* Translators: the version of a plan, and a time. */
  g_autofree char *text = g_strdup_printf (_("Plan v%d, in force from %s"), version, when);
  gint64 until = from;

  if (forlop_chart_series_shows (series, from, from))
    forlop_chart_series_add_mark (series, (ForlopChartMark) {
      .kind = FORLOP_CHART_MARK_PLAN, .from_ms = from, .to_ms = from, .label = label, .text = text });

  if (forlop_record_has (plan, "observation_until"))
    until = MIN (forlop_instant_from_wall (forlop_record_get_date (plan, "observation_until") + 1, 0),
                 to_ms);
  if (until > from && forlop_chart_series_shows (series, from, until))
    {
      g_autofree char *end = forlop_instant_format (until);
      g_autofree char *observation =
        g_strdup_printf (_("Observation from %s to %s: collected without colour"), when, end);

      forlop_chart_series_add_mark (series, (ForlopChartMark) {
        .kind = FORLOP_CHART_MARK_OBSERVATION, .from_ms = from, .to_ms = until,
        .label = _("Observation"), .text = observation });
    }
}

void
forlop_chart_add_plans (ForlopChartSeries *series,
                        GPtrArray         *plans,
                        GPtrArray         *limits,
                        GPtrArray         *cases)
{
  g_autoptr (GPtrArray) sorted = NULL;
  ForlopMeasure measure;

  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));
  g_return_if_fail (plans != NULL && limits != NULL && cases != NULL);

  measure = forlop_chart_series_get_measure (series);
  sorted = sort_plans (plans);
  for (unsigned int i = 0; i < sorted->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (sorted, i);
      ForlopRecord *next = i + 1 < sorted->len ? g_ptr_array_index (sorted, i + 1) : NULL;
      gint64 to_ms = end_of_case (plan, cases);

      if (forlop_record_has (plan, "superseded_at"))
        to_ms = MIN (to_ms, forlop_record_get_instant (plan, "superseded_at"));
      if (next != NULL)
        to_ms = MIN (to_ms, forlop_record_get_instant (next, "valid_from"));
      if (to_ms <= forlop_record_get_instant (plan, "valid_from"))
        continue;
      add_plan_marks (series, plan, to_ms);
      if (!forlop_measure_is_panel (measure))
        {
          add_band (series, measure, plan, limits, to_ms, FALSE);
          continue;
        }
      add_band (series, forlop_measure_info (measure)->components[0], plan, limits, to_ms, FALSE);
      add_band (series, forlop_measure_info (measure)->components[1], plan, limits, to_ms, TRUE);
    }
}

void
forlop_chart_add_pauses (ForlopChartSeries *series,
                         GPtrArray         *pauses,
                         gint64             now)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));
  g_return_if_fail (pauses != NULL);

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);
      gint64 from = forlop_record_get_instant (pause, "from_time");
      gboolean open = !forlop_record_has (pause, "to_time");
      gint64 to = open ? MAX (now, from) : forlop_record_get_instant (pause, "to_time");
      g_autofree char *start = forlop_instant_format (from);
      g_autofree char *end = forlop_instant_format (to);
      g_autofree char *why = forlop_record_dup_shown (pause, "reason");
      g_autofree char *text = NULL;

      if (to < from || !forlop_chart_series_shows (series, from, to))
        continue;
      if (open)
        /* Translators: a pause with its reason, and when it began. */
        text = g_strdup_printf (_("Pause (%s) since %s"), why, start);
      else
        text = g_strdup_printf (_("Pause (%s) from %s to %s"), why, start, end);
      forlop_chart_series_add_mark (series, (ForlopChartMark) {
        .kind = FORLOP_CHART_MARK_PAUSE, .from_ms = from, .to_ms = to, .label = _("Pause"),
        .text = text });
    }
}

static gboolean
is_part_of (ForlopMeasure part,
            ForlopMeasure measure)
{
  return part != FORLOP_MEASURE_UNKNOWN &&
         (part == measure || forlop_measure_info (part)->panel == measure);
}

/* A missing measurement is named in the rule, any other in the reason. */
static ForlopMeasure
measure_of (ForlopRecord *alert)
{
  const char *rule = forlop_record_get_text (alert, "rule");
  const char *json = forlop_record_get_text (alert, "reason");
  ForlopReason reason;

  if (g_str_has_prefix (rule, "missing/"))
    {
      g_auto (GStrv) parts = g_strsplit (rule, "/", 3);

      return parts[1] != NULL ? forlop_measure_find ("forlop", parts[1]) : FORLOP_MEASURE_UNKNOWN;
    }

  return json != NULL && forlop_reason_from_json (json, &reason, NULL) ? reason.measure
                                                                       : FORLOP_MEASURE_UNKNOWN;
}

static char *
describe_alert (ForlopRecord *alert)
{
  g_autofree char *raised = forlop_instant_format (forlop_record_get_instant (alert, "raised_at"));
  g_autofree char *why = forlop_alert_describe (forlop_record_get_text (alert, "reason"));
  g_autofree char *state = forlop_record_dup_shown (alert, "status");
  g_autofree char *handled = NULL;

  if (why == NULL)
    why = forlop_record_dup_shown (alert, "kind");
  if (!forlop_record_has (alert, "handled_at"))
    /* Translators: when an alert was raised, why, and its state, such as "New". */
    return g_strdup_printf (_("Alert %s: %s. %s"), raised, why, state);
  handled = forlop_instant_format (forlop_record_get_instant (alert, "handled_at"));

  /* Translators: when an alert was raised, why, its state, such as "Handled", and since when. */
  return g_strdup_printf (_("Alert %s: %s. %s %s"), raised, why, state, handled);
}

void
forlop_chart_add_alerts (ForlopChartSeries *series,
                         GPtrArray         *alerts)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));
  g_return_if_fail (alerts != NULL);

  for (unsigned int i = 0; i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);
      gint64 at = forlop_record_get_instant (alert, "raised_at");
      ForlopSeverity severity = FORLOP_SEVERITY_NOT_REPORTED;
      g_autofree char *text = NULL;

      if (!forlop_chart_series_shows (series, at, at) ||
          !is_part_of (measure_of (alert), forlop_chart_series_get_measure (series)))
        continue;
      if (!forlop_record_text_is (alert, "kind", "missing"))
        forlop_severity_from_code (forlop_record_get_text (alert, "severity"), &severity);
      text = describe_alert (alert);
      forlop_chart_series_add_mark (series, (ForlopChartMark) {
        .kind = FORLOP_CHART_MARK_ALERT, .from_ms = at, .to_ms = at, .severity = severity,
        .label = (char *) forlop_severity_label (severity), .text = text });
    }
}

void
forlop_chart_add_contacts (ForlopChartSeries *series,
                           GPtrArray         *contacts)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));
  g_return_if_fail (contacts != NULL);

  for (unsigned int i = 0; i < contacts->len; i++)
    {
      ForlopRecord *contact = g_ptr_array_index (contacts, i);
      gint64 at = forlop_record_get_instant (contact, "at");
      g_autofree char *when = forlop_instant_format (at);
      g_autofree char *way = forlop_record_dup_shown (contact, "way");
      /* Translators: how somebody was reached, when, and what was done. */
      g_autofree char *text = g_strdup_printf (_("%s %s: %s"), way, when,
                                               forlop_record_get_text (contact, "text"));

      if (!forlop_chart_series_shows (series, at, at))
        continue;
      forlop_chart_series_add_mark (series, (ForlopChartMark) {
        .kind = FORLOP_CHART_MARK_CONTACT, .from_ms = at, .to_ms = at, .label = way, .text = text });
    }
}
