/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-measure.h"

#include <glib/gi18n-lib.h>

#include "forlop-decimal.h"
#include "forlop-error.h"
#include "forlop-format.h"

/* Codes and ranges are those of the national welfare-technology profiles, with the IEEE 11073 codes
 * that devices send besides (pulse of a blood-pressure monitor, temperature, weight, respiration)
 * and the second SNOMED CT set for the parts of a blood pressure. 29563-7, printed for weight on one
 * published page, is left out on purpose: it names something else. */
static const ForlopMeasureInfo measures[FORLOP_N_MEASURES] = {
  [FORLOP_MEASURE_UNKNOWN] = {
    .code = "unknown", .label = N_("Unknown measure"), .noun = N_("unknown measure"),
  },
  [FORLOP_MEASURE_PULSE] = {
    .code = "pulse", .label = N_("Pulse"), .noun = N_("pulse"),
    .loinc = { "8867-4" }, .snomed = { "364075005" }, .mdc = { "149530", "149546" },
    .ucum = "/min", .shown_unit = N_("beats/min"),
    .units = { { "{beats}/min", 1, 1 }, { "1/min", 1, 1 }, { "bpm", 1, 1 } },
    .possible_low = 20, .possible_high = 250,
  },
  [FORLOP_MEASURE_BLOOD_PRESSURE] = {
    .code = "blood_pressure", .label = N_("Blood pressure"), .noun = N_("blood pressure"),
    .loinc = { "85354-9" }, .snomed = { "75367002" }, .mdc = { "150020" },
    .components = { FORLOP_MEASURE_SYSTOLIC, FORLOP_MEASURE_DIASTOLIC },
  },
  [FORLOP_MEASURE_SYSTOLIC] = {
    .code = "systolic", .label = N_("Systolic blood pressure"),
    .noun = N_("systolic blood pressure"),
    .loinc = { "8480-6" }, .snomed = { "271649006", "72313002" }, .mdc = { "150021" },
    .ucum = "mm[Hg]", .shown_unit = "mmHg", .units = { { "mmHg", 1, 1 } },
    .possible_low = 40, .possible_high = 300,
    .panel = FORLOP_MEASURE_BLOOD_PRESSURE,
  },
  [FORLOP_MEASURE_DIASTOLIC] = {
    .code = "diastolic", .label = N_("Diastolic blood pressure"),
    .noun = N_("diastolic blood pressure"),
    .loinc = { "8462-4" }, .snomed = { "271650006", "1091811000000102" }, .mdc = { "150022" },
    .ucum = "mm[Hg]", .shown_unit = "mmHg", .units = { { "mmHg", 1, 1 } },
    .possible_low = 20, .possible_high = 200,
    .panel = FORLOP_MEASURE_BLOOD_PRESSURE,
  },
  [FORLOP_MEASURE_SPO2] = {
    .code = "spo2", .label = N_("SpO₂"), .noun = N_("SpO₂"),
    .loinc = { "2708-6", "59408-5" }, .snomed = { "431314004" }, .mdc = { "150456" },
    .ucum = "%", .shown_unit = "%",
    .possible_low = 40, .possible_high = 100,
  },
  [FORLOP_MEASURE_TEMPERATURE] = {
    .code = "temperature", .label = N_("Temperature"), .noun = N_("temperature"),
    .loinc = { "8310-5" }, .snomed = { "276885007" }, .mdc = { "150364" },
    .ucum = "Cel", .shown_unit = "°C", .units = { { "°C", 1, 1 }, { "degC", 1, 1 } },
    .decimals = 1, .possible_low = 30, .possible_high = 44,
  },
  [FORLOP_MEASURE_WEIGHT] = {
    .code = "weight", .label = N_("Weight"), .noun = N_("weight"),
    .loinc = { "29463-7" }, .snomed = { "27113001" }, .mdc = { "188736" },
    .ucum = "kg", .shown_unit = "kg", .units = { { "g", 1, 1000 } },
    .decimals = 1, .possible_low = 20, .possible_high = 350,
  },
  [FORLOP_MEASURE_RESPIRATION] = {
    .code = "respiration", .label = N_("Respiratory rate"), .noun = N_("respiratory rate"),
    .loinc = { "9279-1" }, .snomed = { "86290005" }, .mdc = { "151562" },
    .ucum = "/min", .shown_unit = "/min",
    .units = { { "{breaths}/min", 1, 1 }, { "1/min", 1, 1 } },
    .possible_low = 3, .possible_high = 70,
  },
  [FORLOP_MEASURE_GLUCOSE] = {
    .code = "glucose", .label = N_("Glucose"), .noun = N_("glucose"),
    .loinc = { "15074-8" }, .snomed = { "434912009" }, .npu = { "NPU02187" },
    .ucum = "mmol/L", .shown_unit = "mmol/L", .units = { { "mmol/l", 1, 1 } },
    .decimals = 1, .possible_low = 0.5, .possible_high = 50,
  },
  [FORLOP_MEASURE_PEAK_FLOW] = {
    .code = "peak_flow", .label = N_("Peak flow"), .noun = N_("peak flow"),
    .loinc = { "19935-6" },
    .ucum = "L/min", .shown_unit = "L/min", .units = { { "l/min", 1, 1 } },
    .possible_low = 30, .possible_high = 900,
  },
  [FORLOP_MEASURE_FORM_SCORE] = {
    .code = "form_score", .label = N_("Form score"), .noun = N_("form score"),
    .loinc = { "74465-6" },
    .ucum = "{score}", .shown_unit = N_("points"), .units = { { "1", 1, 1 }, { "", 1, 1 } },
    .possible_low = 0, .possible_high = 1000,
  },
  [FORLOP_MEASURE_NEWS2] = {
    .code = "news2", .label = N_("NEWS2 total"), .noun = N_("NEWS2 total"),
    .snomed = { "1104051000000101" },
    .ucum = "{score}", .shown_unit = N_("points"), .units = { { "1", 1, 1 }, { "", 1, 1 } },
    .possible_low = 0, .possible_high = 20,
  },
};

static gboolean
measure_is_known (ForlopMeasure measure)
{
  return (unsigned int) measure < FORLOP_N_MEASURES;
}

static gboolean
codes_have (const char *const *codes,
            unsigned int       n_codes,
            const char        *code)
{
  for (unsigned int i = 0; i < n_codes && codes[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (codes[i], code) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
system_is (const char *system,
           const char *name)
{
  /* The same code system under its address, its object identifier and its everyday name. */
  static const struct {
    const char *system;
    const char *name;
  } aliases[] = {
    { FORLOP_SYSTEM_LOINC, "loinc" },
    { "urn:oid:2.16.840.1.113883.6.1", "loinc" },
    { FORLOP_SYSTEM_SNOMED, "snomed" },
    { "urn:oid:2.16.840.1.113883.6.96", "snomed" },
    { FORLOP_SYSTEM_MDC, "mdc" },
    { "urn:oid:2.16.840.1.113883.6.24", "mdc" },
    { FORLOP_SYSTEM_NPU, "npu" },
    { "http://npu-terminology.org", "npu" },
  };

  if (system == NULL || g_ascii_strcasecmp (system, name) == 0)
    return TRUE;

  for (unsigned int i = 0; i < G_N_ELEMENTS (aliases); i++)
    {
      if (g_str_equal (system, aliases[i].system))
        return g_str_equal (name, aliases[i].name);
    }
  return FALSE;
}

/**
 * forlop_measure_info:
 *
 * The table row of @measure; never NULL.
 */
const ForlopMeasureInfo *
forlop_measure_info (ForlopMeasure measure)
{
  g_return_val_if_fail (measure_is_known (measure), &measures[FORLOP_MEASURE_UNKNOWN]);

  return &measures[measure];
}

/**
 * forlop_measure_code:
 *
 * The code that is stored: "spo2", "weight" …
 */
const char *
forlop_measure_code (ForlopMeasure measure)
{
  return forlop_measure_info (measure)->code;
}

/**
 * forlop_measure_label:
 *
 * The name as a heading, in the reader's language.
 */
const char *
forlop_measure_label (ForlopMeasure measure)
{
  return _(forlop_measure_info (measure)->label);
}

/**
 * forlop_measure_dup_heading:
 *
 * Returns: (transfer full): the name with the unit that is shown: "Weight, kg".
 */
char *
forlop_measure_dup_heading (ForlopMeasure measure)
{
  return g_strdup_printf ("%s, %s", forlop_measure_label (measure), _(forlop_measure_info (measure)->shown_unit));
}

/**
 * forlop_measure_noun:
 *
 * The name inside a sentence, in the reader's language.
 */
const char *
forlop_measure_noun (ForlopMeasure measure)
{
  return _(forlop_measure_info (measure)->noun);
}

/**
 * forlop_measure_find:
 * @system: The code system, as its address or as "loinc", "snomed", "mdc" or "npu"; "forlop" for
 *   our own codes; NULL to try every system.
 * @code: The code.
 *
 * Finds the measure a coding means, or %FORLOP_MEASURE_UNKNOWN. A value with several codings is
 * known if any of them is.
 */
ForlopMeasure
forlop_measure_find (const char *system,
                     const char *code)
{
  if (code == NULL || *code == '\0')
    return FORLOP_MEASURE_UNKNOWN;

  const gboolean is_ours = system_is (system, "forlop");
  const gboolean is_loinc = system_is (system, "loinc");
  const gboolean is_snomed = system_is (system, "snomed");
  const gboolean is_mdc = system_is (system, "mdc");
  const gboolean is_npu = system_is (system, "npu");

  for (unsigned int i = FORLOP_MEASURE_UNKNOWN + 1; i < FORLOP_N_MEASURES; i++)
    {
      const ForlopMeasureInfo *info = &measures[i];

      if ((is_ours && g_str_equal (info->code, code))
          || (is_loinc && codes_have (info->loinc, G_N_ELEMENTS (info->loinc), code))
          || (is_snomed && codes_have (info->snomed, G_N_ELEMENTS (info->snomed), code))
          || (is_mdc && codes_have (info->mdc, G_N_ELEMENTS (info->mdc), code))
          || (is_npu && codes_have (info->npu, G_N_ELEMENTS (info->npu), code)))
        return i;
    }
  return FORLOP_MEASURE_UNKNOWN;
}

/**
 * forlop_measure_is_panel:
 *
 * Whether @measure only groups others, as blood pressure does, and has no value of its own.
 */
gboolean
forlop_measure_is_panel (ForlopMeasure measure)
{
  return forlop_measure_info (measure)->components[0] != FORLOP_MEASURE_UNKNOWN;
}

/**
 * forlop_measure_possible:
 *
 * Whether @value, in the canonical unit, is a number inside the physically possible range, both
 * ends included. Never true of NaN, of a panel and of the unknown measure.
 */
gboolean
forlop_measure_possible (ForlopMeasure measure,
                         double        value)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  if (info->ucum == NULL || !forlop_decimal_is_number (value))
    return FALSE;

  gint64 millionths = forlop_decimal_from_double (value);

  return millionths >= forlop_decimal_from_double (info->possible_low)
         && millionths <= forlop_decimal_from_double (info->possible_high);
}

static char *
accepted_units (const ForlopMeasureInfo *info)
{
  g_autoptr (GString) text = g_string_new (info->ucum);

  for (unsigned int i = 0; i < G_N_ELEMENTS (info->units) && info->units[i].unit != NULL; i++)
    {
      if (*info->units[i].unit != '\0')
        g_string_append_printf (text, ", %s", info->units[i].unit);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
refuse_unit (ForlopMeasure   measure,
             const char     *unit,
             GError        **error)
{
  g_autofree char *accepted = accepted_units (&measures[measure]);

  if (unit == NULL || *unit == '\0')
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The value for %s came without a unit; it is kept but not judged. "
                   "Send it in one of these units: %s."),
                 forlop_measure_noun (measure), accepted);
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The unit “%s” is not known for %s; the value is kept but not judged. "
                   "Send it in one of these units: %s."),
                 unit, forlop_measure_noun (measure), accepted);
}

/**
 * forlop_measure_convert:
 * @value: What was sent; NaN stays NaN.
 * @unit: The unit it was sent in, a UCUM code or a spelling the table accepts.
 * @canonical: (out): The value in the canonical unit.
 *
 * Brings a value to the canonical unit of @measure: kg, mm[Hg], %, Cel, /min, mmol/L, L/min.
 *
 * Returns: FALSE with %FORLOP_ERROR_INVALID for an unknown measure, a panel and a unit the table
 *   does not accept.
 */
gboolean
forlop_measure_convert (ForlopMeasure   measure,
                        double          value,
                        const char     *unit,
                        double         *canonical,
                        GError        **error)
{
  g_return_val_if_fail (measure_is_known (measure), FALSE);
  g_return_val_if_fail (canonical != NULL, FALSE);

  const ForlopMeasureInfo *info = &measures[measure];

  if (info->ucum == NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("A single value cannot be given for %s; it is kept but not judged. "
                     "Send the parts with their own codes."),
                   forlop_measure_noun (measure));
      return FALSE;
    }

  if (g_strcmp0 (unit, info->ucum) == 0)
    {
      *canonical = value;
      return TRUE;
    }

  for (unsigned int i = 0; i < G_N_ELEMENTS (info->units) && info->units[i].unit != NULL; i++)
    {
      if (g_strcmp0 (unit != NULL ? unit : "", info->units[i].unit) == 0)
        {
          *canonical = value * info->units[i].multiply / info->units[i].divide;
          return TRUE;
        }
    }

  refuse_unit (measure, unit, error);
  return FALSE;
}

/**
 * forlop_measure_format_number:
 *
 * The number as it is shown: the decimals of the measure, and up to three more where the value has
 * them, so that 87.6 is never shown as 88 beside a limit of 88.
 *
 * Returns: (transfer full): "80,1", "86", "87,6".
 */
char *
forlop_measure_format_number (ForlopMeasure measure,
                              double        value)
{
  if (!forlop_decimal_is_number (value))
    return g_strdup ("–");

  int decimals = forlop_measure_info (measure)->decimals;
  gint64 unit = FORLOP_DECIMAL_ONE;

  for (int i = 0; i < decimals; i++)
    unit /= 10;
  for (int limit = decimals + 3; decimals < limit; decimals++, unit /= 10)
    {
      if (forlop_decimal_from_double (value) % unit == 0)
        break;
    }
  return forlop_number_format (value, decimals, TRUE);
}

/**
 * forlop_measure_format:
 *
 * Number and unit with a plain space, so that the text can be pasted and searched anywhere.
 *
 * Returns: (transfer full): "80,1 kg", "86 %".
 */
char *
forlop_measure_format (ForlopMeasure measure,
                       double        value)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  g_autofree char *number = forlop_measure_format_number (measure, value);

  if (info->shown_unit == NULL)
    return g_steal_pointer (&number);
  return g_strconcat (number, " ", _(info->shown_unit), NULL);
}
