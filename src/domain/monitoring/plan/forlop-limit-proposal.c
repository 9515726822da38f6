/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-limit-proposal.h"

#include "forlop-date.h"
#include "forlop-decimal.h"

/* Makes the median distance as large as the standard deviation of readings that are spread as in a
 * normal distribution. */
#define TO_DEVIATION 1.4826
/* The spread counts as no less than this part of the median, so that somebody whose readings are
 * nearly all alike is not called for every small change. */
#define LEAST_SHARE 0.01
#define YELLOW_SPREADS 2
#define RED_SPREADS 3

static int
compare_numbers (const void *a,
                 const void *b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Sorts the values. */
static gint64
median_of (GArray *values)
{
  const gint64 *sorted = (const gint64 *) (const void *) values->data;

  g_array_sort (values, compare_numbers);
  if (values->len % 2 == 1)
    return sorted[values->len / 2];

  return (sorted[values->len / 2 - 1] + sorted[values->len / 2]) / 2;
}

static GArray *
collect (ForlopLimitProposal     *self,
         const ForlopMeasurement *history,
         unsigned int             n_history,
         gint64                   from_ms,
         gint64                   to_ms)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (gint64));
  ForlopDate last = FORLOP_DATE_NONE;

  for (unsigned int i = forlop_measurements_find (history, n_history, from_ms - 1);
       i < n_history && history[i].measured_at < to_ms; i++)
    {
      gint64 value;
      ForlopDate day;

      if (history[i].measure != self->limits.measure ||
          !forlop_measurements_plausible (&history[i], history, n_history))
        continue;
      value = forlop_decimal_from_double (history[i].value);
      g_array_append_val (values, value);
      day = forlop_instant_to_date (history[i].measured_at);
      if (day != last)
        self->n_days++;
      last = day;
    }
  self->n_readings = values->len;

  return values;
}

static gint64
spread_of (GArray *values,
           gint64  median)
{
  g_autoptr (GArray) distances = g_array_sized_new (FALSE, FALSE, sizeof (gint64), values->len);

  for (unsigned int i = 0; i < values->len; i++)
    {
      gint64 distance = ABS (g_array_index (values, gint64, i) - median);

      g_array_append_val (distances, distance);
    }

  return (gint64) ((double) median_of (distances) * TO_DEVIATION);
}

static gint64
step_of (ForlopMeasure measure)
{
  gint64 step = FORLOP_DECIMAL_ONE;

  for (int i = 0; i < forlop_measure_info (measure)->decimals; i++)
    step /= 10;

  return step;
}

/* Away from the median to the next number that the display shows; NaN outside what is possible. */
static double
place (ForlopMeasure measure,
       gint64        value,
       gboolean      high)
{
  gint64 step = step_of (measure);
  gint64 rest = ((value % step) + step) % step;
  double rounded = forlop_decimal_to_double (high && rest > 0 ? value - rest + step : value - rest);
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  return rounded > info->possible_low && rounded < info->possible_high ? rounded : NAN;
}

/* A high value of these is no sign that somebody gets worse. */
static gboolean
is_low_only (ForlopMeasure measure)
{
  return measure == FORLOP_MEASURE_SPO2 || measure == FORLOP_MEASURE_PEAK_FLOW;
}

static void
propose (ForlopLimitProposal *self,
         gint64               median,
         gint64               spread)
{
  ForlopMeasure measure = self->limits.measure;
  gint64 least = MAX (step_of (measure), (gint64) ((double) median * LEAST_SHARE));
  gint64 width = MAX (spread, least);

  self->limits.red_low = place (measure, median - RED_SPREADS * width, FALSE);
  self->limits.yellow_low = place (measure, median - YELLOW_SPREADS * width, FALSE);
  if (is_low_only (measure))
    return;
  self->limits.yellow_high = place (measure, median + YELLOW_SPREADS * width, TRUE);
  self->limits.red_high = place (measure, median + RED_SPREADS * width, TRUE);
}

/**
 * forlop_limit_proposal_make:
 * @measure: A single measure, no panel.
 * @history: The citizen's readings of all measures, sorted by time of measuring.
 *
 * Looks at the plausible readings with @from_ms ≤ time < @to_ms. Yellow is two, red three spreads
 * from the median, rounded away from it to what the display shows; docs/triage.md says why. For SpO₂
 * and peak flow only the low limits.
 *
 * Returns: whether there are readings enough for a proposal. Median and spread are told either way.
 */
gboolean
forlop_limit_proposal_make (ForlopLimitProposal     *self,
                            ForlopMeasure            measure,
                            const ForlopMeasurement *history,
                            unsigned int             n_history,
                            gint64                   from_ms,
                            gint64                   to_ms)
{
  g_autoptr (GArray) values = NULL;
  gint64 median, spread;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (history != NULL || n_history == 0, FALSE);

  *self = (ForlopLimitProposal) { .median = NAN, .spread = NAN };
  forlop_limits_init (&self->limits, measure);
  values = collect (self, history, n_history, from_ms, to_ms);
  if (values->len == 0)
    return FALSE;

  median = median_of (values);
  spread = spread_of (values, median);
  self->median = forlop_decimal_to_double (median);
  self->spread = forlop_decimal_to_double (spread);
  if (self->n_readings < FORLOP_PROPOSAL_MIN_READINGS || self->n_days < FORLOP_PROPOSAL_MIN_DAYS)
    return FALSE;
  propose (self, median, spread);

  return !forlop_limits_is_empty (&self->limits);
}
