/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-words.h"

#include <math.h>

#include "forlop-format.h"
#include "forlop-letter-words.h"

static const char *
word_of (const char    *language,
         const char    *prefix,
         ForlopMeasure  measure)
{
  g_autofree char *key = g_strconcat (prefix, forlop_measure_code (measure), NULL);

  return forlop_letter_words (language, key);
}

const char *
forlop_plan_words_measure (const char    *language,
                           ForlopMeasure  measure)
{
  return word_of (language, "measure-", measure);
}

const char *
forlop_plan_words_unit (const char    *language,
                        ForlopMeasure  measure)
{
  return word_of (language, "unit-", measure);
}

/* Empty where @limit is not set. */
static char *
dup_bound (const char    *language,
           const char    *key,
           ForlopMeasure  measure,
           double         limit)
{
  g_autofree char *value = NULL;

  if (isnan (limit))
    return NULL;
  value = forlop_measure_format_number (measure, limit);

  return forlop_letter_words_fill (language, key, "value", value, NULL);
}

static char *
dup_outside (const char    *language,
             ForlopMeasure  measure,
             double         low,
             double         high)
{
  g_autofree char *below = dup_bound (language, "below", measure, low);
  g_autofree char *above = dup_bound (language, "above", measure, high);

  if (below != NULL && above != NULL)
    return g_strdup_printf ("%s %s %s", below, forlop_letter_words (language, "or"), above);
  if (below != NULL)
    return g_steal_pointer (&below);

  return above != NULL ? g_steal_pointer (&above) : g_strdup (forlop_letter_words (language, "no-limit"));
}

static char *
dup_inside (const char         *language,
            const ForlopLimits *limits)
{
  double low = isnan (limits->yellow_low) ? limits->red_low : limits->yellow_low;
  double high = isnan (limits->yellow_high) ? limits->red_high : limits->yellow_high;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (isnan (high))
    return dup_bound (language, "at-least", limits->measure, low);
  if (isnan (low))
    return dup_bound (language, "at-most", limits->measure, high);
  from = forlop_measure_format_number (limits->measure, low);
  to = forlop_measure_format_number (limits->measure, high);

  return forlop_letter_words_fill (language, "from-to", "low", from, "high", to, NULL);
}

char *
forlop_plan_words_limits (const char         *language,
                          const ForlopLimits *limits,
                          ForlopSeverity      severity)
{
  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (!forlop_limits_is_empty (limits), NULL);

  if (severity == FORLOP_SEVERITY_RED)
    return dup_outside (language, limits->measure, limits->red_low, limits->red_high);
  if (severity == FORLOP_SEVERITY_YELLOW)
    return dup_outside (language, limits->measure, limits->yellow_low, limits->yellow_high);

  return dup_inside (language, limits);
}

char *
forlop_plan_words_rule (const char       *language,
                        const ForlopRule *rule)
{
  const char *key;
  g_autofree char *number = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *days = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  number = forlop_number_format (fabs (rule->amount), 3, FALSE);
  amount = g_strdup_printf ("%s %s", number, rule->percent ? "%" : forlop_plan_words_unit (language, rule->measure));
  days = g_strdup_printf ("%d", rule->days);
  if (rule->kind == FORLOP_RULE_CHANGE)
    key = rule->amount > 0 ? "rule-rise" : "rule-fall";
  else
    key = rule->either_way ? "rule-off-usual" : rule->amount > 0 ? "rule-above-usual" : "rule-below-usual";

  return forlop_letter_words_fill (language, key, "measure", forlop_plan_words_measure (language, rule->measure),
                                   "amount", amount, "days", days, NULL);
}
