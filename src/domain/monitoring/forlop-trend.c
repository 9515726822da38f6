/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-trend-private.h"

#include <stdlib.h>

#include "forlop-date.h"
#include "forlop-decimal.h"

/* A window of readings is nearly always shorter than this; a longer one is kept on the heap. */
#define MEDIAN_STACK_SIZE 256

typedef struct {
  const ForlopMeasurement *measurement;
  const ForlopMeasurement *history;
  unsigned int n_history;
  gint64 window_start;
  unsigned int index; /* one past the next reading to look at, going back in time */
} Window;

static void
window_init (Window                  *window,
             const ForlopRule        *rule,
             const ForlopMeasurement *measurement,
             const ForlopMeasurement *history,
             unsigned int             n_history)
{
  *window = (Window) {
    .measurement = measurement,
    .history = history,
    .n_history = n_history,
    .window_start = measurement->measured_at - rule->days * FORLOP_DAY,
    .index = forlop_measurements_find (history, n_history, measurement->measured_at),
  };
}

/* The next plausible reading of the same measure, latest first; NULL at the window's start. The
 * reading that is judged may be among them: it differs from itself by nothing, and a median leaves
 * out what was measured at the same time. */
static const ForlopMeasurement *
window_next (Window *window)
{
  while (window->index > 0)
    {
      const ForlopMeasurement *other = &window->history[--window->index];

      if (other->measured_at < window->window_start)
        {
          window->index = 0;
          break;
        }
      if (other->measure == window->measurement->measure
          && forlop_measurements_plausible (other, window->history, window->n_history))
        return other;
    }
  return NULL;
}

static gboolean
change_fires (const ForlopRule        *rule,
              const ForlopMeasurement *measurement,
              const ForlopMeasurement *history,
              unsigned int             n_history,
              ForlopTrend             *trend)
{
  gint64 amount = forlop_decimal_from_double (rule->amount);
  gboolean rise = amount > 0;
  const ForlopMeasurement *base = NULL;
  const ForlopMeasurement *other;
  gint64 base_value = 0;
  Window window;

  window_init (&window, rule, measurement, history, n_history);
  while ((other = window_next (&window)) != NULL)
    {
      gint64 value = forlop_decimal_from_double (other->value);

      if (base == NULL || (rise ? value < base_value : value > base_value))
        {
          base = other;
          base_value = value;
        }
    }
  if (base == NULL)
    return FALSE;

  gint64 change = forlop_decimal_from_double (measurement->value) - base_value;

  *trend = (ForlopTrend) { base->value, base->measured_at };
  return rise ? change > amount : change < amount;
}

static int
compare_numbers (const void *a,
                 const void *b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Twice the median in millionths, so that the mean of two middle values stays a whole number. */
static gint64
twice_median (gint64       *values,
              unsigned int  n_values)
{
  qsort (values, n_values, sizeof *values, compare_numbers);
  if (n_values % 2 == 1)
    return 2 * values[n_values / 2];
  return values[n_values / 2 - 1] + values[n_values / 2];
}

static gboolean
deviation_fires (const ForlopRule *rule,
                 gint64            value,
                 gint64            median2)
{
  gint64 deviation2 = 2 * value - median2;
  gint64 amount = forlop_decimal_from_double (rule->amount);
  gint64 allowed2 = 2 * amount;

  /* Values are at most 1,000 and percentages at most 100, so nothing here comes near the end of
   * 64 bits. */
  if (rule->percent)
    {
      deviation2 *= 100;
      allowed2 = amount * (median2 / FORLOP_DECIMAL_ONE)
                 + amount * (median2 % FORLOP_DECIMAL_ONE) / FORLOP_DECIMAL_ONE;
    }
  if (rule->either_way)
    return ABS (deviation2) > allowed2;
  return amount > 0 ? deviation2 > allowed2 : deviation2 < allowed2;
}

static gboolean
own_median_fires (const ForlopRule        *rule,
                  const ForlopMeasurement *measurement,
                  const ForlopMeasurement *history,
                  unsigned int             n_history,
                  ForlopTrend             *trend)
{
  gint64 on_stack[MEDIAN_STACK_SIZE];
  g_autofree gint64 *on_heap = NULL;
  gint64 *values = on_stack;
  unsigned int n_values = 0;
  const ForlopMeasurement *other;
  Window window;

  window_init (&window, rule, measurement, history, n_history);
  while ((other = window_next (&window)) != NULL)
    {
      if (other->measured_at == measurement->measured_at)
        continue;
      if (n_values == MEDIAN_STACK_SIZE && on_heap == NULL)
        {
          values = on_heap = g_new (gint64, n_values + window.index + 1);
          for (unsigned int i = 0; i < n_values; i++)
            on_heap[i] = on_stack[i];
        }
      values[n_values++] = forlop_decimal_from_double (other->value);
    }
  if (n_values == 0 || n_values < (unsigned int) MAX (rule->min_count, 0))
    return FALSE;

  gint64 median2 = twice_median (values, n_values);

  *trend = (ForlopTrend) { forlop_decimal_to_double (median2) / 2, FORLOP_INSTANT_NONE };
  return deviation_fires (rule, forlop_decimal_from_double (measurement->value), median2);
}

gboolean
forlop_trend_fires (const ForlopRule        *rule,
                    const ForlopMeasurement *measurement,
                    const ForlopMeasurement *history,
                    unsigned int             n_history,
                    ForlopTrend             *trend)
{
  g_return_val_if_fail (rule != NULL && measurement != NULL && trend != NULL, FALSE);

  if (rule->kind == FORLOP_RULE_CHANGE)
    return change_fires (rule, measurement, history, n_history, trend);
  return own_median_fires (rule, measurement, history, n_history, trend);
}
