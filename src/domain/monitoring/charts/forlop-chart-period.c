/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-period.h"

#include <glib/gi18n-lib.h>

#define LEAST_DAYS 7
/* From this length on medians are shown, and from the next on those of months. */
#define MEDIANS_FROM (45 * FORLOP_DAY)
#define MONTHS_FROM (730 * FORLOP_DAY)

static const struct {
  const char *name;
  const char *label;
  int months; /* 0: not counted in months */
} periods[FORLOP_N_CHART_PERIODS] = {
  [FORLOP_CHART_WEEK] = { "week", N_("Week"), 0 },
  [FORLOP_CHART_MONTH] = { "month", N_("Month"), 1 },
  [FORLOP_CHART_QUARTER] = { "quarter", N_("Quarter"), 3 },
  [FORLOP_CHART_YEAR] = { "year", N_("Year"), 12 },
  [FORLOP_CHART_ALL] = { "all", N_("All"), 0 },
};

const char *
forlop_chart_period_name (ForlopChartPeriod period)
{
  g_return_val_if_fail (period < FORLOP_N_CHART_PERIODS, NULL);

  return periods[period].name;
}

const char *
forlop_chart_period_label (ForlopChartPeriod period)
{
  g_return_val_if_fail (period < FORLOP_N_CHART_PERIODS, NULL);

  return _(periods[period].label);
}

gboolean
forlop_chart_period_find (const char        *name,
                          ForlopChartPeriod *period)
{
  g_return_val_if_fail (period != NULL, FALSE);

  for (unsigned int i = 0; i < FORLOP_N_CHART_PERIODS; i++)
    if (g_strcmp0 (periods[i].name, name) == 0)
      {
        *period = (ForlopChartPeriod) i;
        return TRUE;
      }

  return FALSE;
}

static ForlopChartWindow
whole_days (ForlopDate first_day,
            ForlopDate end_day)
{
  return (ForlopChartWindow) { forlop_instant_from_wall (first_day, 0),
                               forlop_instant_from_wall (end_day, 0) };
}

ForlopChartWindow
forlop_chart_window (ForlopChartPeriod period,
                     ForlopDate        last_day,
                     ForlopDate        first_day)
{
  ForlopDate end_day = last_day + 1;
  ForlopChartWindow none = { 0, 0 };

  g_return_val_if_fail (period < FORLOP_N_CHART_PERIODS, none);

  if (periods[period].months > 0)
    return whole_days (forlop_date_add_months (end_day, -periods[period].months), end_day);
  if (period == FORLOP_CHART_WEEK || first_day == FORLOP_DATE_NONE)
    return whole_days (end_day - LEAST_DAYS, end_day);

  return whole_days (MIN (first_day, end_day - LEAST_DAYS), end_day);
}

ForlopDate
forlop_chart_pan (ForlopChartPeriod period,
                  ForlopDate        last_day,
                  int               steps,
                  ForlopDate        first_day,
                  ForlopDate        today)
{
  ForlopDate earliest = first_day != FORLOP_DATE_NONE ? MIN (first_day, today) : today;

  g_return_val_if_fail (period < FORLOP_N_CHART_PERIODS, last_day);

  if (period == FORLOP_CHART_ALL)
    return today;
  if (periods[period].months > 0)
    last_day = forlop_date_add_months (last_day + 1, steps * periods[period].months) - 1;
  else
    last_day += steps * LEAST_DAYS;

  return CLAMP (last_day, earliest, today);
}

char *
forlop_chart_window_format (ForlopChartWindow window)
{
  g_autofree char *from = forlop_date_format (forlop_instant_to_date (window.from_ms));
  g_autofree char *to = forlop_date_format (forlop_instant_to_date (window.to_ms - 1));

  return g_strdup_printf ("%s – %s", from, to);
}

typedef struct {
  int days;   /* with days, a number of them; 7 and 14 stand on Mondays */
  int months; /* else a number of months, that divides a year or is made of years */
} Step;

static gint64
step_length (const Step *step)
{
  return step->days > 0 ? step->days * FORLOP_DAY : step->months * 304 * FORLOP_DAY / 10;
}

/* The last line at or before @date. */
static ForlopDate
step_start (const Step *step,
            ForlopDate  date)
{
  int year, month, day;
  ForlopDate start = date;

  if (step->days == 1)
    return date;
  if (step->days > 0)
    {
      /* 5 January 1970 was a Monday. */
      ForlopDate since = step->days % 7 == 0 ? date - 4 : date;

      return date - ((since % step->days) + step->days) % step->days;
    }
  forlop_date_to_ymd (date, &year, &month, &day);
  if (step->months >= 12)
    {
      year -= year % (step->months / 12);
      month = 1;
    }
  else
    month -= (month - 1) % step->months;
  forlop_date_from_ymd (year, month, 1, &start);

  return start;
}

static ForlopDate
step_next (const Step *step,
           ForlopDate  date)
{
  return step->days > 0 ? date + step->days : forlop_date_add_months (date, step->months);
}

static void
label_tick (ForlopChartTick *tick,
            const Step      *step,
            ForlopDate       date)
{
  int year, month, day;

  forlop_date_to_ymd (date, &year, &month, &day);
  if (step->days > 0)
    g_snprintf (tick->label, sizeof tick->label, "%02d.%02d", day, month);
  else if (step->months < 12)
    g_snprintf (tick->label, sizeof tick->label, "%02d.%d", month, year);
  else
    g_snprintf (tick->label, sizeof tick->label, "%d", year);
}

GArray *
forlop_chart_ticks (ForlopChartWindow window,
                    unsigned int      n_labels)
{
  static const Step steps[] = {
    { 1, 0 }, { 2, 0 }, { 7, 0 }, { 14, 0 }, { 0, 1 }, { 0, 3 }, { 0, 6 }, { 0, 12 }, { 0, 24 },
    { 0, 60 }, { 0, 120 },
  };
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (ForlopChartTick));
  const Step *step = steps;
  ForlopDate date;

  g_return_val_if_fail (window.from_ms < window.to_ms, ticks);

  while (step < steps + G_N_ELEMENTS (steps) - 1 &&
         (window.to_ms - window.from_ms) / step_length (step) > (gint64) MAX (n_labels, 1))
    step++;
  for (date = step_start (step, forlop_instant_to_date (window.from_ms));; date = step_next (step, date))
    {
      ForlopChartTick tick = { .at_ms = forlop_instant_from_wall (date, 0) };

      if (tick.at_ms >= window.to_ms)
        return ticks;
      if (tick.at_ms < window.from_ms)
        continue;
      label_tick (&tick, step, date);
      g_array_append_val (ticks, tick);
    }
}

gboolean
forlop_chart_has_medians (ForlopChartWindow window)
{
  return window.to_ms - window.from_ms > MEDIANS_FROM;
}

ForlopChartWindow
forlop_chart_median_window (ForlopChartWindow window,
                            gint64            at_ms)
{
  static const Step week = { 7, 0 }, month = { 0, 1 };
  const Step *step = window.to_ms - window.from_ms > MONTHS_FROM ? &month : &week;
  ForlopDate start = step_start (step, forlop_instant_to_date (at_ms));

  return whole_days (start, step_next (step, start));
}
