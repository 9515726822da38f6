/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-limits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-decimal.h"
#include "forlop-error.h"

static const struct {
  const char *code;
  const char *label;
} kinds[FORLOP_N_LIMIT_KINDS] = {
  [FORLOP_LIMIT_NONE] = { "none", N_("no limit") },
  [FORLOP_LIMIT_RED_LOW] = { "red_low", N_("red low limit") },
  [FORLOP_LIMIT_YELLOW_LOW] = { "yellow_low", N_("yellow low limit") },
  [FORLOP_LIMIT_YELLOW_HIGH] = { "yellow_high", N_("yellow high limit") },
  [FORLOP_LIMIT_RED_HIGH] = { "red_high", N_("red high limit") },
  [FORLOP_LIMIT_POSSIBLE_LOW] = { "possible_low", N_("lowest possible value") },
  [FORLOP_LIMIT_POSSIBLE_HIGH] = { "possible_high", N_("highest possible value") },
};

/**
 * forlop_limit_kind_code:
 *
 * The code that is stored and sent: "red_low", "yellow_low", "yellow_high", "red_high" …
 */
const char *
forlop_limit_kind_code (ForlopLimitKind kind)
{
  g_return_val_if_fail ((unsigned int) kind < FORLOP_N_LIMIT_KINDS, NULL);

  return kinds[kind].code;
}

/**
 * forlop_limit_kind_from_code:
 *
 * Reads a stored code; %FORLOP_LIMIT_NONE for anything else.
 */
ForlopLimitKind
forlop_limit_kind_from_code (const char *code)
{
  for (unsigned int i = 0; i < FORLOP_N_LIMIT_KINDS; i++)
    {
      if (g_strcmp0 (code, kinds[i].code) == 0)
        return i;
    }
  return FORLOP_LIMIT_NONE;
}

/**
 * forlop_limit_kind_label:
 *
 * The name inside a sentence, in the reader's language.
 */
const char *
forlop_limit_kind_label (ForlopLimitKind kind)
{
  g_return_val_if_fail ((unsigned int) kind < FORLOP_N_LIMIT_KINDS, NULL);

  return _(kinds[kind].label);
}

/**
 * forlop_limits_init:
 *
 * Empty limits for @measure: nothing is set.
 */
void
forlop_limits_init (ForlopLimits  *self,
                    ForlopMeasure  measure)
{
  g_return_if_fail (self != NULL);

  self->measure = measure;
  self->red_low = NAN;
  self->yellow_low = NAN;
  self->yellow_high = NAN;
  self->red_high = NAN;
}

/**
 * forlop_limits_is_empty:
 *
 * Whether no limit is set. Infinite numbers set nothing.
 */
gboolean
forlop_limits_is_empty (const ForlopLimits *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !forlop_decimal_is_number (self->red_low)
         && !forlop_decimal_is_number (self->yellow_low)
         && !forlop_decimal_is_number (self->yellow_high)
         && !forlop_decimal_is_number (self->red_high);
}

/**
 * forlop_limits_get:
 *
 * One limit, NaN where it is not set. The ends of what is possible come from the measure.
 */
double
forlop_limits_get (const ForlopLimits *self,
                   ForlopLimitKind     kind)
{
  g_return_val_if_fail (self != NULL, NAN);

  switch (kind)
    {
    case FORLOP_LIMIT_RED_LOW:
      return self->red_low;
    case FORLOP_LIMIT_YELLOW_LOW:
      return self->yellow_low;
    case FORLOP_LIMIT_YELLOW_HIGH:
      return self->yellow_high;
    case FORLOP_LIMIT_RED_HIGH:
      return self->red_high;
    case FORLOP_LIMIT_POSSIBLE_LOW:
      return forlop_measure_info (self->measure)->possible_low;
    case FORLOP_LIMIT_POSSIBLE_HIGH:
      return forlop_measure_info (self->measure)->possible_high;
    case FORLOP_LIMIT_NONE:
    default:
      return NAN;
    }
}

static gboolean
number_equal (double a,
              double b)
{
  if (!forlop_decimal_is_number (a) || !forlop_decimal_is_number (b))
    return !forlop_decimal_is_number (a) && !forlop_decimal_is_number (b);
  return forlop_decimal_from_double (a) == forlop_decimal_from_double (b);
}

/**
 * forlop_limits_equal:
 *
 * Whether both judge every value alike.
 */
gboolean
forlop_limits_equal (const ForlopLimits *a,
                     const ForlopLimits *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->measure == b->measure
         && number_equal (a->red_low, b->red_low)
         && number_equal (a->yellow_low, b->yellow_low)
         && number_equal (a->yellow_high, b->yellow_high)
         && number_equal (a->red_high, b->red_high);
}

static gboolean
refuse_order (const ForlopLimits  *self,
              ForlopLimitKind      lower,
              ForlopLimitKind      upper,
              GError             **error)
{
  double low = forlop_limits_get (self, lower);
  double high = forlop_limits_get (self, upper);
  g_autofree char *low_text = forlop_measure_format (self->measure, low);
  g_autofree char *high_text = forlop_measure_format (self->measure, high);

  if (number_equal (low, high))
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The limits for %s were not saved: the %s and the %s are both %s. "
                   "The %s must be lower than the %s."),
                 forlop_measure_noun (self->measure),
                 forlop_limit_kind_label (lower), forlop_limit_kind_label (upper), low_text,
                 forlop_limit_kind_label (lower), forlop_limit_kind_label (upper));
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The limits for %s were not saved: the %s (%s) is above the %s (%s). "
                   "The %s must be lower than the %s."),
                 forlop_measure_noun (self->measure),
                 forlop_limit_kind_label (lower), low_text,
                 forlop_limit_kind_label (upper), high_text,
                 forlop_limit_kind_label (lower), forlop_limit_kind_label (upper));
  return FALSE;
}

/* A number that is impossible in the measure's own unit and possible in another it accepts was
 * probably written in that. */
static const ForlopMeasureUnit *
guess_unit (ForlopMeasure  measure,
            double         value,
            double        *meant)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  for (unsigned int i = 0; i < G_N_ELEMENTS (info->units) && info->units[i].unit != NULL; i++)
    {
      *meant = value * info->units[i].multiply / info->units[i].divide;
      if (forlop_measure_possible (measure, *meant))
        return &info->units[i];
    }

  return NULL;
}

static gboolean
refuse_unit (const ForlopLimits  *self,
             ForlopLimitKind      kind,
             GError             **error)
{
  double value = forlop_limits_get (self, kind);
  g_autofree char *shown = forlop_measure_format_number (self->measure, value);
  g_autofree char *right = NULL;
  double meant;
  const ForlopMeasureUnit *unit = guess_unit (self->measure, value, &meant);

  if (unit == NULL)
    return FALSE;
  right = forlop_measure_format (self->measure, meant);
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: measure, limit, number; then number, unit and the same in the right unit. */
               _("The limits for %s were not saved: the %s of %s is impossible. "
                 "Check the unit: %s %s is %s."),
               forlop_measure_noun (self->measure), forlop_limit_kind_label (kind), shown, shown,
               unit->unit, right);
  return TRUE;
}

static gboolean
refuse_range (const ForlopLimits  *self,
              ForlopLimitKind      kind,
              GError             **error)
{
  const ForlopMeasureInfo *info = forlop_measure_info (self->measure);
  g_autofree char *value = forlop_measure_format (self->measure, forlop_limits_get (self, kind));
  g_autofree char *low = forlop_measure_format_number (self->measure, info->possible_low);
  g_autofree char *high = forlop_measure_format (self->measure, info->possible_high);

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The limits for %s were not saved: the %s of %s is outside what is possible "
                 "(%s to %s). Check the unit and the decimal point."),
               forlop_measure_noun (self->measure), forlop_limit_kind_label (kind),
               value, low, high);
  return FALSE;
}

/**
 * forlop_limits_validate:
 *
 * Refuses limits that are crossed or equal, named in the sentence, and limits outside the
 * physically possible range, which are nearly always a mistake of unit. Limits that are not set
 * are skipped; infinite ones are refused.
 */
gboolean
forlop_limits_validate (const ForlopLimits  *self,
                        GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  ForlopLimitKind previous = FORLOP_LIMIT_NONE;

  if (forlop_measure_info (self->measure)->ucum == NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("Limits cannot be set for %s. Set them for a single measure."),
                   forlop_measure_noun (self->measure));
      return FALSE;
    }

  for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; kind <= FORLOP_LIMIT_RED_HIGH; kind++)
    {
      double limit = forlop_limits_get (self, kind);

      if (isnan (limit))
        continue;
      if (!forlop_measure_possible (self->measure, limit))
        return refuse_unit (self, kind, error) ? FALSE : refuse_range (self, kind, error);
      if (previous != FORLOP_LIMIT_NONE
          && forlop_decimal_from_double (forlop_limits_get (self, previous))
               >= forlop_decimal_from_double (limit))
        return refuse_order (self, previous, kind, error);
      previous = kind;
    }
  return TRUE;
}

/**
 * forlop_limits_validate_pair:
 *
 * Refuses limits of a blood pressure where the diastolic is not below the same systolic limit: they
 * were swapped, or written in the wrong place.
 */
gboolean
forlop_limits_validate_pair (const ForlopLimits  *systolic,
                             const ForlopLimits  *diastolic,
                             GError             **error)
{
  g_return_val_if_fail (systolic != NULL && diastolic != NULL, FALSE);

  for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; kind <= FORLOP_LIMIT_RED_HIGH; kind++)
    {
      double upper = forlop_limits_get (systolic, kind);
      double lower = forlop_limits_get (diastolic, kind);
      g_autofree char *upper_text = NULL;
      g_autofree char *lower_text = NULL;

      if (isnan (upper) || isnan (lower) || lower < upper)
        continue;
      upper_text = forlop_measure_format (FORLOP_MEASURE_SYSTOLIC, upper);
      lower_text = forlop_measure_format (FORLOP_MEASURE_DIASTOLIC, lower);
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The limits for blood pressure were not saved: the %s is %s for diastolic and %s "
                     "for systolic. Diastolic must be the lower. Check that they are not swapped."),
                   forlop_limit_kind_label (kind), lower_text, upper_text);
      return FALSE;
    }
  return TRUE;
}

static inline gboolean
is_below (gint64 millionths,
          double limit)
{
  return forlop_decimal_is_number (limit) && millionths < forlop_decimal_from_double (limit);
}

static inline gboolean
is_above (gint64 millionths,
          double limit)
{
  return forlop_decimal_is_number (limit) && millionths > forlop_decimal_from_double (limit);
}

/**
 * forlop_limits_judge:
 *
 * The worst limit @value is strictly beyond, or %FORLOP_LIMIT_NONE. The value must be a number.
 */
ForlopLimitKind
forlop_limits_judge (const ForlopLimits *self,
                     double              value)
{
  g_return_val_if_fail (self != NULL, FORLOP_LIMIT_NONE);

  gint64 millionths = forlop_decimal_from_double (value);

  if (is_below (millionths, self->red_low))
    return FORLOP_LIMIT_RED_LOW;
  if (is_above (millionths, self->red_high))
    return FORLOP_LIMIT_RED_HIGH;
  if (is_below (millionths, self->yellow_low))
    return FORLOP_LIMIT_YELLOW_LOW;
  if (is_above (millionths, self->yellow_high))
    return FORLOP_LIMIT_YELLOW_HIGH;
  return FORLOP_LIMIT_NONE;
}
