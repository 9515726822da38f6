/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-reason.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-decimal.h"
#include "forlop-format.h"

static const char *const code_names[FORLOP_N_REASONS] = {
  [FORLOP_REASON_NOT_REPORTED] = "not_reported",
  [FORLOP_REASON_INVALIDATED] = "invalidated",
  [FORLOP_REASON_NOT_A_NUMBER] = "not_a_number",
  [FORLOP_REASON_ZERO] = "zero",
  [FORLOP_REASON_OUT_OF_RANGE] = "out_of_range",
  [FORLOP_REASON_SWAPPED] = "swapped",
  [FORLOP_REASON_NO_PLAN] = "no_plan",
  [FORLOP_REASON_OBSERVATION] = "observation",
  [FORLOP_REASON_NO_LIMITS] = "no_limits",
  [FORLOP_REASON_INSIDE] = "inside",
  [FORLOP_REASON_BEYOND_LIMIT] = "beyond_limit",
  [FORLOP_REASON_CHANGE] = "change",
  [FORLOP_REASON_OWN_MEDIAN] = "own_median",
};

/**
 * forlop_reason_code_name:
 *
 * The code that is stored and sent.
 */
const char *
forlop_reason_code_name (ForlopReasonCode code)
{
  g_return_val_if_fail ((unsigned int) code < FORLOP_N_REASONS, NULL);

  return code_names[code];
}

/**
 * forlop_reason_code_find:
 *
 * Reads a stored code; FALSE for anything else.
 */
gboolean
forlop_reason_code_find (const char       *name,
                         ForlopReasonCode *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (unsigned int i = 0; i < FORLOP_N_REASONS; i++)
    {
      if (g_strcmp0 (name, code_names[i]) == 0)
        {
          *code = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* What stands in brackets at the end of every judged sentence. */
static char *
format_plan (const ForlopReason *self)
{
  if (self->plan_valid_from == FORLOP_INSTANT_NONE)
    return g_strdup_printf (_("plan v%u"), self->plan_version);

  g_autofree char *date = forlop_date_format (forlop_instant_to_date (self->plan_valid_from));

  return g_strdup_printf (_("plan v%u, in force from %s"), self->plan_version, date);
}

static char *
format_beyond_limit (const ForlopReason *self,
                     const char         *noun,
                     const char         *value,
                     const char         *plan)
{
  g_autofree char *limit = forlop_measure_format (self->measure, self->limit);

  switch (self->limit_kind)
    {
    case FORLOP_LIMIT_RED_LOW:
      return g_strdup_printf (_("Red: %s %s is under %s (%s)"),
                              noun, value, limit, plan);
    case FORLOP_LIMIT_RED_HIGH:
      return g_strdup_printf (_("Red: %s %s is over %s (%s)"),
                              noun, value, limit, plan);
    case FORLOP_LIMIT_YELLOW_LOW:
      return g_strdup_printf (_("Yellow: %s %s is under %s (%s)"),
                              noun, value, limit, plan);
    case FORLOP_LIMIT_YELLOW_HIGH:
    case FORLOP_LIMIT_NONE:
    case FORLOP_LIMIT_POSSIBLE_LOW:
    case FORLOP_LIMIT_POSSIBLE_HIGH:
    default:
      return g_strdup_printf (_("Yellow: %s %s is over %s (%s)"),
                              noun, value, limit, plan);
    }
}

/* The difference as it is seen: exact in decimals, never 2,0000000001. */
static double
difference (const ForlopReason *self)
{
  if (!forlop_decimal_is_number (self->value) || !forlop_decimal_is_number (self->other))
    return NAN;
  return forlop_decimal_to_double (ABS (forlop_decimal_from_double (self->value)
                                        - forlop_decimal_from_double (self->other)));
}

static char *
format_amount (const ForlopReason *self)
{
  double amount = fabs (self->amount);

  if (!self->percent)
    return forlop_measure_format (self->measure, amount);

  g_autofree char *number = forlop_number_format (amount, 1, FALSE);

  return g_strconcat (number, " %", NULL);
}

static char *
format_change (const ForlopReason *self,
               const char         *noun,
               const char         *value,
               const char         *plan)
{
  const char *word = forlop_severity_label (self->severity);
  g_autofree char *change = forlop_measure_format (self->measure, difference (self));
  g_autofree char *base = forlop_measure_format (self->measure, self->other);
  g_autofree char *amount = format_amount (self);

  if (self->amount > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
      "%s: %s %s is %s above the lowest value of the last %d day, %s; "
      "more than %s was agreed as a warning sign (%s)",
      "%s: %s %s is %s above the lowest value of the last %d days, %s; "
      "more than %s was agreed as a warning sign (%s)", self->days),
      word, noun, value, change, self->days, base, amount, plan);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
    "%s: %s %s is %s below the highest value of the last %d day, %s; "
    "more than %s was agreed as a warning sign (%s)",
    "%s: %s %s is %s below the highest value of the last %d days, %s; "
    "more than %s was agreed as a warning sign (%s)", self->days),
    word, noun, value, change, self->days, base, amount, plan);
}

static char *
format_own_median (const ForlopReason *self,
                   const char         *noun,
                   const char         *value,
                   const char         *plan)
{
  const char *word = forlop_severity_label (self->severity);
  g_autofree char *change = forlop_measure_format (self->measure, difference (self));
  g_autofree char *base = forlop_measure_format (self->measure, self->other);
  g_autofree char *amount = format_amount (self);

  if (self->value > self->other)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
      "%s: %s %s is %s above the citizen’s own median of the last %d day, %s; "
      "more than %s was agreed as a warning sign (%s)",
      "%s: %s %s is %s above the citizen’s own median of the last %d days, %s; "
      "more than %s was agreed as a warning sign (%s)", self->days),
      word, noun, value, change, self->days, base, amount, plan);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
    "%s: %s %s is %s below the citizen’s own median of the last %d day, %s; "
    "more than %s was agreed as a warning sign (%s)",
    "%s: %s %s is %s below the citizen’s own median of the last %d days, %s; "
    "more than %s was agreed as a warning sign (%s)", self->days),
    word, noun, value, change, self->days, base, amount, plan);
}

static char *
format_out_of_range (const ForlopReason *self,
                     const char         *noun,
                     const char         *value)
{
  const ForlopMeasureInfo *info = forlop_measure_info (self->measure);
  g_autofree char *low = forlop_measure_format_number (self->measure, info->possible_low);
  g_autofree char *high = forlop_measure_format (self->measure, info->possible_high);

  return g_strdup_printf (_("Invalid: %s %s is outside what is possible (%s to %s)"),
                          noun, value, low, high);
}

static char *
format_swapped (const ForlopReason *self)
{
  gboolean systolic = self->measure == FORLOP_MEASURE_SYSTOLIC;
  g_autofree char *high = forlop_measure_format_number (FORLOP_MEASURE_SYSTOLIC,
                                                        systolic ? self->value : self->other);
  g_autofree char *low = forlop_measure_format (FORLOP_MEASURE_DIASTOLIC,
                                                systolic ? self->other : self->value);

  return g_strdup_printf (_("Invalid: blood pressure %s/%s has a systolic value that is not "
                            "above the diastolic one"), high, low);
}

/**
 * forlop_reason_format:
 *
 * The reason as a sentence in the reader's language, the same in every list, report and message.
 *
 * Returns: (transfer full): "Red: SpO₂ 86 % is under 88 % (plan v3, in force from 12.03.2026)".
 */
char *
forlop_reason_format (const ForlopReason *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const char *noun = forlop_measure_noun (self->measure);
  g_autofree char *value = forlop_measure_format (self->measure, self->value);
  g_autofree char *plan = format_plan (self);

  switch (self->code)
    {
    case FORLOP_REASON_NOT_REPORTED:
      return g_strdup_printf (_("Not measured: the device reported no value for %s"), noun);
    case FORLOP_REASON_INVALIDATED:
      return g_strdup_printf (_("Invalid: %s %s was marked as invalid"), noun, value);
    case FORLOP_REASON_NOT_A_NUMBER:
      return g_strdup_printf (_("Invalid: the value for %s is not a number"), noun);
    case FORLOP_REASON_ZERO:
      return g_strdup_printf (_("Invalid: %s %s cannot be a reading"), noun, value);
    case FORLOP_REASON_OUT_OF_RANGE:
      return format_out_of_range (self, noun, value);
    case FORLOP_REASON_SWAPPED:
      return format_swapped (self);
    case FORLOP_REASON_NO_PLAN:
      return g_strdup_printf (_("Limits not set: no plan was in force when %s %s was measured"),
                              noun, value);
    case FORLOP_REASON_OBSERVATION:
      return g_strdup_printf (_("Observation: %s %s is collected until limits are set (%s)"),
                              noun, value, plan);
    case FORLOP_REASON_NO_LIMITS:
      return g_strdup_printf (_("Limits not set: %s %s has no limits to be judged by (%s)"),
                              noun, value, plan);
    case FORLOP_REASON_BEYOND_LIMIT:
      return format_beyond_limit (self, noun, value, plan);
    case FORLOP_REASON_CHANGE:
      return format_change (self, noun, value, plan);
    case FORLOP_REASON_OWN_MEDIAN:
      return format_own_median (self, noun, value, plan);
    case FORLOP_REASON_INSIDE:
    default:
      return g_strdup_printf (_("Green: %s %s is inside the limits (%s)"),
                              noun, value, plan);
    }
}
