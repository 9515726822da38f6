/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-series.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-format.h"
#include "forlop-limits.h"
#include "forlop-reason.h"

/* What a chart says in words. */

char *
forlop_chart_series_format_tick (ForlopChartSeries *self,
                                 double             value)
{
  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  return forlop_number_format (value, MAX (forlop_chart_series_get_decimals (self), 1), FALSE);
}

static char *
dup_number (ForlopChartSeries *self,
            double             value)
{
  return isnan (value) ? g_strdup ("–")
                       : forlop_number_format (value, forlop_chart_series_get_decimals (self), TRUE);
}

static gboolean
is_pair (ForlopChartSeries      *self,
         const ForlopChartPoint *point)
{
  return !isnan (point->low) || forlop_chart_series_has_pairs (self);
}

/* Of a pair that is not whole, the other value is a dash. */
char *
forlop_chart_series_format_value (ForlopChartSeries      *self,
                                  const ForlopChartPoint *point)
{
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  const char *gap;
  const char *unit;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  unit = forlop_chart_series_get_unit (self);
  gap = unit != NULL ? "\u00a0" : "";
  if (unit == NULL)
    unit = "";
  value = dup_number (self, point->value);
  if (!is_pair (self, point))
    return g_strconcat (value, gap, unit, NULL);

  low = dup_number (self, point->low);

  return g_strconcat (value, "/", low, gap, unit, NULL);
}

/* As it is read aloud: a dash says nothing. */
static char *
dup_spoken_value (ForlopChartSeries      *self,
                  const ForlopChartPoint *point)
{
  g_autofree char *value = forlop_chart_series_format_value (self, point);

  if (!is_pair (self, point) || isnan (point->value) == isnan (point->low))
    return g_steal_pointer (&value);
  if (isnan (point->value))
    /* Translators: a blood pressure such as "–/86 mmHg", of which the upper value did not come. */
    return g_strdup_printf (_("%s, only the diastolic value"), value);

  /* Translators: a blood pressure such as "148/– mmHg", of which the lower value did not come. */
  return g_strdup_printf (_("%s, only the systolic value"), value);
}

char *
forlop_chart_series_format_point (ForlopChartSeries      *self,
                                  const ForlopChartPoint *point)
{
  g_autofree char *when = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  when = forlop_instant_format (point->at_ms);
  value = dup_spoken_value (self, point);

  return g_strdup_printf ("%s, %s, %s", when, value, forlop_severity_label (point->severity));
}

static void
append_limit (GString           *text,
              ForlopChartSeries *self,
              ForlopLimitKind    kind,
              double             limit)
{
  g_autofree char *number = NULL;

  if (isnan (limit))
    return;
  number = forlop_chart_series_format_tick (self, limit);
  if (text->len > 0)
    g_string_append (text, ", ");
  if (kind == FORLOP_LIMIT_RED_LOW)
    /* Translators: a limit, in a list of them. */
    g_string_append_printf (text, C_("limits", "red under %s"), number);
  else if (kind == FORLOP_LIMIT_YELLOW_LOW)
    g_string_append_printf (text, C_("limits", "yellow under %s"), number);
  else if (kind == FORLOP_LIMIT_YELLOW_HIGH)
    g_string_append_printf (text, C_("limits", "yellow over %s"), number);
  else
    g_string_append_printf (text, C_("limits", "red over %s"), number);
}

static void
append_limits (GString               *text,
               ForlopChartSeries     *self,
               const ForlopChartBand *band)
{
  if (band == NULL)
    return;
  append_limit (text, self, FORLOP_LIMIT_RED_LOW, band->red_low);
  append_limit (text, self, FORLOP_LIMIT_YELLOW_LOW, band->yellow_low);
  append_limit (text, self, FORLOP_LIMIT_YELLOW_HIGH, band->yellow_high);
  append_limit (text, self, FORLOP_LIMIT_RED_HIGH, band->red_high);
}

char *
forlop_chart_series_format_limits (ForlopChartSeries *self,
                                   gint64             at_ms)
{
  g_autoptr (GString) upper = g_string_new (NULL);
  g_autoptr (GString) lower = g_string_new (NULL);

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  append_limits (upper, self, forlop_chart_series_get_band_at (self, at_ms, FALSE));
  append_limits (lower, self, forlop_chart_series_get_band_at (self, at_ms, TRUE));
  if (upper->len > 0 && lower->len > 0)
    /* Translators: of blood pressure; the limits of each value follow as a list. */
    return g_strdup_printf (_("Limits: systolic %s; diastolic %s"), upper->str, lower->str);
  if (lower->len > 0)
    return g_strdup_printf (_("Limits: diastolic %s"), lower->str);

  return upper->len > 0 ? g_strdup_printf (_("Limits: %s"), upper->str) : NULL;
}

/* What is inside its limits keeps no sentence of its own. */
static char *
dup_sentence (ForlopChartSeries      *self,
              const ForlopChartPoint *point)
{
  const ForlopChartBand *band =
    forlop_chart_series_get_band_at (self, point->at_ms, isnan (point->value));
  ForlopReason reason;

  if (point->reason != NULL)
    return forlop_reason_from_json (point->reason, &reason, NULL) ? forlop_reason_format (&reason)
                                                                  : g_strdup (point->reason);
  if (point->severity == FORLOP_SEVERITY_GREEN && band != NULL && band->plan_version > 0)
    /* Translators: %u is the version of the plan. */
    return g_strdup_printf (_("Green: inside the limits (plan v%u)"), band->plan_version);

  return NULL;
}

char *
forlop_chart_series_format_reason (ForlopChartSeries      *self,
                                   const ForlopChartPoint *point)
{
  g_autofree char *sentence = NULL;
  g_autofree char *limits = NULL;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  sentence = dup_sentence (self, point);
  limits = forlop_chart_series_format_limits (self, point->at_ms);
  if (sentence == NULL || limits == NULL)
    return g_strdup (sentence != NULL ? sentence : limits != NULL ? limits : "");

  return g_strdup_printf ("%s. %s", sentence, limits);
}

/* Why the value is uncertain. */
static void
append_doubts (GString                *text,
               const ForlopChartPoint *point)
{
  static const struct {
    ForlopQuality quality;
    const char *words;
  } doubts[] = {
    { FORLOP_QUALITY_UNCALIBRATED, N_("Calibration overdue") },
    { FORLOP_QUALITY_DEGRADED, N_("The device says that the value is uncertain") },
    { FORLOP_QUALITY_OVERRIDDEN, N_("Corrected by hand") },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (doubts); i++)
    if ((point->quality & doubts[i].quality) != 0)
      g_string_append_printf (text, ". %s", _(doubts[i].words));
}

char *
forlop_chart_series_format_reading (ForlopChartSeries      *self,
                                    const ForlopChartPoint *point)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *when = NULL;
  g_autofree char *value = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *limits = NULL;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (point != NULL, NULL);

  when = forlop_instant_format (point->at_ms);
  value = dup_spoken_value (self, point);
  sentence = dup_sentence (self, point);
  limits = forlop_chart_series_format_limits (self, point->at_ms);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s, %s. %s", when, value,
                          sentence != NULL ? sentence : forlop_severity_label (point->severity));
  append_doubts (text, point);
  if (limits != NULL)
    g_string_append_printf (text, ". %s", limits);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
forlop_chart_series_dup_longest (ForlopChartSeries *self)
{
  g_autofree char *longest = g_strdup ("");
  gboolean seen[FORLOP_N_SEVERITIES] = { FALSE };
  const ForlopChartPoint *points;
  const ForlopChartMark *marks;
  unsigned int n_points, n_marks;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (self), NULL);

  points = forlop_chart_series_get_points (self, &n_points);
  for (unsigned int i = n_points; i > 0; i--)
    {
      g_autofree char *text = NULL;

      if (seen[points[i - 1].severity])
        continue;
      seen[points[i - 1].severity] = TRUE;
      text = forlop_chart_series_format_reading (self, &points[i - 1]);
      if (g_utf8_strlen (text, -1) > g_utf8_strlen (longest, -1))
        g_set_str (&longest, text);
    }
  marks = forlop_chart_series_get_marks (self, &n_marks);
  for (unsigned int i = 0; i < n_marks; i++)
    if (g_utf8_strlen (marks[i].text, -1) > g_utf8_strlen (longest, -1))
      g_set_str (&longest, marks[i].text);

  return g_steal_pointer (&longest);
}
