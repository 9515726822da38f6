/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-news2.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-decimal.h"
#include "forlop-error.h"
#include "forlop-measure.h"

/* A band reaches up to and including @up_to; the last one has no end. */
typedef struct {
  int up_to;
  int points;
} Band;

#define NO_END G_MAXINT

static const Band respiration_bands[] = {
  { 8, 3 }, { 11, 1 }, { 20, 0 }, { 24, 2 }, { NO_END, 3 },
};
static const Band spo2_bands[] = { { 91, 3 }, { 93, 2 }, { 95, 1 }, { NO_END, 0 } };
static const Band spo2_2_air_bands[] = { { 83, 3 }, { 85, 2 }, { 87, 1 }, { NO_END, 0 } };
static const Band spo2_2_oxygen_bands[] = {
  { 83, 3 }, { 85, 2 }, { 87, 1 }, { 92, 0 }, { 94, 1 }, { 96, 2 }, { NO_END, 3 },
};
static const Band systolic_bands[] = {
  { 90, 3 }, { 100, 2 }, { 110, 1 }, { 219, 0 }, { NO_END, 3 },
};
static const Band pulse_bands[] = {
  { 40, 3 }, { 50, 1 }, { 90, 0 }, { 110, 1 }, { 130, 2 }, { NO_END, 3 },
};
/* In tenths of a degree. */
static const Band temperature_bands[] = {
  { 350, 3 }, { 360, 1 }, { 380, 0 }, { 390, 1 }, { NO_END, 2 },
};

static int
points_of (const Band *bands,
           int         value)
{
  while (value > bands->up_to)
    bands++;
  return bands->points;
}

static gboolean
check_possible (ForlopMeasure   measure,
                double          value,
                GError        **error)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  if (forlop_measure_possible (measure, value))
    return TRUE;

  g_autofree char *low = forlop_measure_format_number (measure, info->possible_low);
  g_autofree char *high = forlop_measure_format (measure, info->possible_high);

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("NEWS2 was not calculated: %s is missing or outside what is possible "
                 "(%s to %s). Check the value."),
               forlop_measure_noun (measure), low, high);
  return FALSE;
}

static gboolean
check_whole (ForlopMeasure   measure,
             double          value,
             int            *whole,
             GError        **error)
{
  if (!check_possible (measure, value, error))
    return FALSE;

  gint64 millionths = forlop_decimal_from_double (value);

  if (millionths % FORLOP_DECIMAL_ONE != 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("NEWS2 was not calculated: %s must be a whole number. Check the value."),
                   forlop_measure_noun (measure));
      return FALSE;
    }
  *whole = (int) (millionths / FORLOP_DECIMAL_ONE);
  return TRUE;
}

/* Temperature is read with one decimal; a second one is rounded half up. */
static gboolean
check_temperature (double    value,
                   int      *tenths,
                   GError  **error)
{
  if (!check_possible (FORLOP_MEASURE_TEMPERATURE, value, error))
    return FALSE;
  *tenths = (int) ((forlop_decimal_from_double (value) + FORLOP_DECIMAL_ONE / 20)
                   / (FORLOP_DECIMAL_ONE / 10));
  return TRUE;
}

static gboolean
check_choices (const ForlopNews2Input  *input,
               GError                 **error)
{
  if (input->spo2_scale != 1 && input->spo2_scale != 2)
    g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                         _("NEWS2 was not calculated: the SpO₂ scale must be 1, or 2 where a "
                           "clinician has confirmed it."));
  else if (input->consciousness == '\0' || strchr ("ACVPU", input->consciousness) == NULL)
    g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                         _("NEWS2 was not calculated: consciousness must be one of A, C, V, P "
                           "and U."));
  else
    return TRUE;
  return FALSE;
}

static ForlopNews2Risk
risk_of (const ForlopNews2Score *score)
{
  const int points[] = {
    score->respiration, score->spo2, score->oxygen, score->systolic, score->pulse,
    score->consciousness, score->temperature,
  };

  if (score->total >= 7)
    return FORLOP_NEWS2_HIGH;
  if (score->total >= 5)
    return FORLOP_NEWS2_MEDIUM;
  for (unsigned int i = 0; i < G_N_ELEMENTS (points); i++)
    {
      if (points[i] == 3)
        return FORLOP_NEWS2_LOW_MEDIUM;
    }
  return FORLOP_NEWS2_LOW;
}

/**
 * forlop_news2_score:
 * @score: (out): Filled only where TRUE is returned.
 *
 * Adds up NEWS2 by the chart of the Royal College of Physicians, 2017. Values must be whole numbers
 * as in the chart, temperature with one decimal.
 *
 * Returns: FALSE with %FORLOP_ERROR_INVALID and a sentence that names the value that is missing,
 *   not possible or not one of the choices.
 */
gboolean
forlop_news2_score (const ForlopNews2Input  *input,
                    ForlopNews2Score        *score,
                    GError                 **error)
{
  g_return_val_if_fail (input != NULL && score != NULL, FALSE);

  int respiration, spo2, systolic, pulse, temperature;

  if (!check_whole (FORLOP_MEASURE_RESPIRATION, input->respiration, &respiration, error)
      || !check_whole (FORLOP_MEASURE_SPO2, input->spo2, &spo2, error)
      || !check_whole (FORLOP_MEASURE_SYSTOLIC, input->systolic, &systolic, error)
      || !check_whole (FORLOP_MEASURE_PULSE, input->pulse, &pulse, error)
      || !check_temperature (input->temperature, &temperature, error)
      || !check_choices (input, error))
    return FALSE;

  const Band *saturation = spo2_bands;

  if (input->spo2_scale == 2)
    saturation = input->oxygen ? spo2_2_oxygen_bands : spo2_2_air_bands;

  *score = (ForlopNews2Score) {
    .respiration = points_of (respiration_bands, respiration),
    .spo2 = points_of (saturation, spo2),
    .oxygen = input->oxygen ? 2 : 0,
    .systolic = points_of (systolic_bands, systolic),
    .pulse = points_of (pulse_bands, pulse),
    .consciousness = input->consciousness == 'A' ? 0 : 3,
    .temperature = points_of (temperature_bands, temperature),
  };
  score->total = score->respiration + score->spo2 + score->oxygen + score->systolic
                 + score->pulse + score->consciousness + score->temperature;
  score->risk = risk_of (score);
  return TRUE;
}

static const struct {
  const char *code;
  const char *label;
} risks[] = {
  [FORLOP_NEWS2_LOW] = { "low", N_("Low risk") },
  [FORLOP_NEWS2_LOW_MEDIUM] = { "low-medium", N_("Low to medium risk") },
  [FORLOP_NEWS2_MEDIUM] = { "medium", N_("Medium risk") },
  [FORLOP_NEWS2_HIGH] = { "high", N_("High risk") },
};

/**
 * forlop_news2_risk_code:
 *
 * The code that is stored and printed: "low", "low-medium", "medium" or "high".
 */
const char *
forlop_news2_risk_code (ForlopNews2Risk risk)
{
  g_return_val_if_fail ((unsigned int) risk < G_N_ELEMENTS (risks), NULL);

  return risks[risk].code;
}

/**
 * forlop_news2_risk_label:
 *
 * The risk in the reader's language.
 */
const char *
forlop_news2_risk_label (ForlopNews2Risk risk)
{
  g_return_val_if_fail ((unsigned int) risk < G_N_ELEMENTS (risks), NULL);

  return _(risks[risk].label);
}
