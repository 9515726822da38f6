/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-rules.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-decimal.h"
#include "forlop-error.h"
#include "forlop-format.h"

static const char *const rule_codes[] = {
  [FORLOP_RULE_CHANGE] = "change",
  [FORLOP_RULE_OWN_MEDIAN] = "own_median",
};

/**
 * forlop_rule_kind_code:
 *
 * The code that is stored and sent: "change" or "own_median".
 */
const char *
forlop_rule_kind_code (ForlopRuleKind kind)
{
  g_return_val_if_fail ((unsigned int) kind < G_N_ELEMENTS (rule_codes), NULL);

  return rule_codes[kind];
}

/**
 * forlop_rule_kind_from_code:
 *
 * Reads a stored code; FALSE for anything else.
 */
gboolean
forlop_rule_kind_from_code (const char     *code,
                            ForlopRuleKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (rule_codes); i++)
    {
      if (g_strcmp0 (code, rule_codes[i]) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * forlop_rule_init:
 *
 * A rule without an amount: it does not validate until amount and days are set.
 */
void
forlop_rule_init (ForlopRule     *self,
                  ForlopRuleKind  kind,
                  ForlopMeasure   measure)
{
  g_return_if_fail (self != NULL);

  *self = (ForlopRule) {
    .kind = kind,
    .measure = measure,
    .severity = FORLOP_SEVERITY_YELLOW,
    .min_count = kind == FORLOP_RULE_OWN_MEDIAN ? 5 : 0,
  };
}

G_GNUC_PRINTF (2, 3) static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
validate_amount (const ForlopRule  *self,
                 GError           **error)
{
  const char *noun = forlop_measure_noun (self->measure);
  double largest = self->percent ? 100.0
                   : forlop_measure_info (self->measure)->possible_high
                       - forlop_measure_info (self->measure)->possible_low;

  if (!forlop_decimal_is_number (self->amount)
      || forlop_decimal_from_double (self->amount) == 0)
    return refuse (error, _("The trend rule for %s was not saved: it has no amount. "
                            "Write a positive amount for a rise, a negative one for a fall."),
                   noun);
  if (fabs (self->amount) > largest)
    return refuse (error, _("The trend rule for %s was not saved: the amount is larger than what "
                            "is possible. Check the unit and the decimal point."), noun);
  if (self->kind == FORLOP_RULE_CHANGE && (self->percent || self->either_way))
    return refuse (error, _("The trend rule for %s was not saved: a change over days goes one way "
                            "and is given in the unit of the measure. Make one rule for a rise "
                            "and one for a fall."), noun);
  if (self->either_way && self->amount < 0)
    return refuse (error, _("The trend rule for %s was not saved: a deviation either way is "
                            "written with a positive amount."), noun);
  return TRUE;
}

/**
 * forlop_rule_validate:
 *
 * Refuses a rule that could never fire or always would: a panel, no amount, an amount larger than
 * the possible range, a severity other than yellow and red, a window outside 1–365 days, a median
 * of fewer than 3 readings.
 */
gboolean
forlop_rule_validate (const ForlopRule  *self,
                      GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const char *noun = forlop_measure_noun (self->measure);

  if (forlop_measure_info (self->measure)->ucum == NULL)
    return refuse (error, _("A trend rule cannot be set for %s. Set it for a single measure."),
                   noun);
  if (!validate_amount (self, error))
    return FALSE;
  if (!forlop_severity_is_alert (self->severity))
    return refuse (error, _("The trend rule for %s was not saved: it must give yellow or red."),
                   noun);
  if (self->days < 1 || self->days > FORLOP_RULE_MAX_DAYS)
    return refuse (error, _("The trend rule for %s was not saved: the number of days must be "
                            "from 1 to %d."), noun, FORLOP_RULE_MAX_DAYS);
  if (self->kind == FORLOP_RULE_OWN_MEDIAN && self->min_count < 3)
    return refuse (error, _("The trend rule for %s was not saved: a median needs at least "
                            "3 readings."), noun);
  return TRUE;
}

static char *
describe_amount (const ForlopRule *self)
{
  double amount = fabs (self->amount);

  if (self->percent)
    {
      g_autofree char *number = forlop_number_format (amount, 1, FALSE);

      return g_strconcat (number, " %", NULL);
    }
  return forlop_measure_format (self->measure, amount);
}

static char *
describe_change (const ForlopRule *self,
                 const char       *amount)
{
  const char *word = forlop_severity_label (self->severity);
  const char *noun = forlop_measure_noun (self->measure);

  if (self->amount > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s when %s has risen more than %s in %d day",
                                         "%s when %s has risen more than %s in %d days",
                                         self->days),
                            word, noun, amount, self->days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s when %s has fallen more than %s in %d day",
                                       "%s when %s has fallen more than %s in %d days",
                                       self->days),
                          word, noun, amount, self->days);
}

/**
 * forlop_rule_describe:
 *
 * The rule as a sentence in the reader's language.
 *
 * Returns: (transfer full): "Yellow when weight has risen more than 2,0 kg in 3 days".
 */
char *
forlop_rule_describe (const ForlopRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *amount = describe_amount (self);
  const char *word = forlop_severity_label (self->severity);
  const char *noun = forlop_measure_noun (self->measure);

  if (self->kind == FORLOP_RULE_CHANGE)
    return describe_change (self, amount);
  if (self->either_way)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                              "%s when %s is more than %s from the median of %d day",
                              "%s when %s is more than %s from the median of %d days",
                              self->days),
                            word, noun, amount, self->days);
  if (self->amount > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                              "%s when %s is more than %s above the median of %d day",
                              "%s when %s is more than %s above the median of %d days",
                              self->days),
                            word, noun, amount, self->days);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                            "%s when %s is more than %s below the median of %d day",
                            "%s when %s is more than %s below the median of %d days",
                            self->days),
                          word, noun, amount, self->days);
}

/**
 * forlop_plan_version_init:
 *
 * An empty version: always in force, no observation, no limits, no rules, no repeat.
 */
void
forlop_plan_version_init (ForlopPlanVersion *self,
                          unsigned int       version)
{
  g_return_if_fail (self != NULL);

  *self = (ForlopPlanVersion) {
    .version = version,
    .valid_from = FORLOP_INSTANT_NONE,
    .observation_until = FORLOP_INSTANT_NONE,
  };
  for (unsigned int i = 0; i < FORLOP_N_MEASURES; i++)
    forlop_limits_init (&self->limits[i], i);
}

/**
 * forlop_plan_version_set_limits:
 *
 * Sets the limits of one measure. Refuses what forlop_limits_validate() refuses, and a measure
 * whose limits are set already.
 */
gboolean
forlop_plan_version_set_limits (ForlopPlanVersion   *self,
                                const ForlopLimits  *limits,
                                GError             **error)
{
  g_return_val_if_fail (self != NULL && limits != NULL, FALSE);

  if (!forlop_limits_validate (limits, error))
    return FALSE;
  if (!forlop_limits_is_empty (&self->limits[limits->measure]))
    return refuse (error, _("The limits for %s are given twice in the same plan. "
                            "Keep one of them."),
                   forlop_measure_noun (limits->measure));
  self->limits[limits->measure] = *limits;
  return TRUE;
}

/**
 * forlop_plan_version_add_rule:
 *
 * Adds a trend rule. Refuses what forlop_rule_validate() refuses, and more than 24 rules.
 */
gboolean
forlop_plan_version_add_rule (ForlopPlanVersion  *self,
                              const ForlopRule   *rule,
                              GError            **error)
{
  g_return_val_if_fail (self != NULL && rule != NULL, FALSE);

  if (!forlop_rule_validate (rule, error))
    return FALSE;
  if (self->n_rules == FORLOP_PLAN_MAX_RULES)
    return refuse (error, _("The trend rule for %s was not saved: a plan can have %d trend rules. "
                            "Remove one first."),
                   forlop_measure_noun (rule->measure), FORLOP_PLAN_MAX_RULES);
  self->rules[self->n_rules++] = *rule;
  return TRUE;
}

/**
 * forlop_plan_version_set_repeat:
 * @minutes: 0 for no repeat, at most 1,440 (a day).
 */
gboolean
forlop_plan_version_set_repeat (ForlopPlanVersion  *self,
                                int                 minutes,
                                GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (minutes < 0 || minutes > FORLOP_REPEAT_MAX_MINUTES)
    return refuse (error, _("The repeat rule was not saved: the time for a new reading must be "
                            "from 0 to %d minutes."), FORLOP_REPEAT_MAX_MINUTES);
  self->repeat_within_minutes = minutes;
  return TRUE;
}

/**
 * forlop_plan_version_observe_through:
 * @last_day: The last day without colours, %FORLOP_DATE_NONE for no observation.
 *
 * Observation given as a date lasts to the end of that day in Oslo.
 */
void
forlop_plan_version_observe_through (ForlopPlanVersion *self,
                                     ForlopDate         last_day)
{
  g_return_if_fail (self != NULL);

  self->observation_until = last_day == FORLOP_DATE_NONE
                            ? FORLOP_INSTANT_NONE : forlop_instant_from_wall (last_day + 1, 0);
}

/**
 * forlop_plan_in_force:
 * @versions: The approved versions in any order.
 *
 * The version in force at @at_ms: the one with the latest start that is not after it; of two with
 * the same start the higher number. NULL before the first one.
 */
const ForlopPlanVersion *
forlop_plan_in_force (const ForlopPlanVersion *versions,
                      unsigned int             n_versions,
                      gint64                   at_ms)
{
  g_return_val_if_fail (versions != NULL || n_versions == 0, NULL);

  const ForlopPlanVersion *best = NULL;

  for (unsigned int i = 0; i < n_versions; i++)
    {
      const ForlopPlanVersion *version = &versions[i];

      if (version->valid_from > at_ms)
        continue;
      if (best == NULL || version->valid_from > best->valid_from
          || (version->valid_from == best->valid_from && version->version > best->version))
        best = version;
    }
  return best;
}
