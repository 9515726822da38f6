/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-type.h"
#include "monitoring-fixture.h"

static void
test_found_by_every_coding (void)
{
  static const struct {
    const char *system;
    const char *code;
    ForlopMeasure measure;
  } rows[] = {
    { FORLOP_SYSTEM_LOINC, "8867-4", FORLOP_MEASURE_PULSE },
    { FORLOP_SYSTEM_SNOMED, "364075005", FORLOP_MEASURE_PULSE },
    { FORLOP_SYSTEM_MDC, "149530", FORLOP_MEASURE_PULSE },
    { FORLOP_SYSTEM_LOINC, "85354-9", FORLOP_MEASURE_BLOOD_PRESSURE },
    { FORLOP_SYSTEM_SNOMED, "75367002", FORLOP_MEASURE_BLOOD_PRESSURE },
    { "urn:oid:2.16.840.1.113883.6.24", "150020", FORLOP_MEASURE_BLOOD_PRESSURE },
    { "loinc", "8480-6", FORLOP_MEASURE_SYSTOLIC },
    { "snomed", "271649006", FORLOP_MEASURE_SYSTOLIC },
    { "snomed", "72313002", FORLOP_MEASURE_SYSTOLIC },
    { "mdc", "150021", FORLOP_MEASURE_SYSTOLIC },
    { "loinc", "8462-4", FORLOP_MEASURE_DIASTOLIC },
    { NULL, "271650006", FORLOP_MEASURE_DIASTOLIC },
    { NULL, "150022", FORLOP_MEASURE_DIASTOLIC },
    { NULL, "2708-6", FORLOP_MEASURE_SPO2 },
    { NULL, "59408-5", FORLOP_MEASURE_SPO2 },
    { NULL, "431314004", FORLOP_MEASURE_SPO2 },
    { NULL, "150456", FORLOP_MEASURE_SPO2 },
    { NULL, "8310-5", FORLOP_MEASURE_TEMPERATURE },
    { NULL, "276885007", FORLOP_MEASURE_TEMPERATURE },
    { NULL, "29463-7", FORLOP_MEASURE_WEIGHT },
    { NULL, "27113001", FORLOP_MEASURE_WEIGHT },
    { NULL, "9279-1", FORLOP_MEASURE_RESPIRATION },
    { NULL, "86290005", FORLOP_MEASURE_RESPIRATION },
    { NULL, "15074-8", FORLOP_MEASURE_GLUCOSE },
    { NULL, "434912009", FORLOP_MEASURE_GLUCOSE },
    { FORLOP_SYSTEM_NPU, "NPU02187", FORLOP_MEASURE_GLUCOSE },
    { "npu", "npu02187", FORLOP_MEASURE_GLUCOSE },
    { NULL, "19935-6", FORLOP_MEASURE_PEAK_FLOW },
    { NULL, "74465-6", FORLOP_MEASURE_FORM_SCORE },
    { NULL, "1104051000000101", FORLOP_MEASURE_NEWS2 },
    { "forlop", "spo2", FORLOP_MEASURE_SPO2 },
    /* Printed for weight on one published page; it is not weight. */
    { NULL, "29563-7", FORLOP_MEASURE_UNKNOWN },
    { FORLOP_SYSTEM_SNOMED, "8867-4", FORLOP_MEASURE_UNKNOWN },
    { "http://example.org", "8867-4", FORLOP_MEASURE_UNKNOWN },
    { NULL, "", FORLOP_MEASURE_UNKNOWN },
    { NULL, NULL, FORLOP_MEASURE_UNKNOWN },
    { "forlop", "unknown", FORLOP_MEASURE_UNKNOWN },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (forlop_measure_find (rows[i].system, rows[i].code), ==, rows[i].measure);
}

static void
test_own_codes_are_unique (void)
{
  for (ForlopMeasure a = 1; a < FORLOP_N_MEASURES; a++)
    {
      g_assert_cmpint (forlop_measure_find ("forlop", forlop_measure_code (a)), ==, a);
      g_assert_cmpstr (forlop_measure_label (a), !=, "");
    }
}

static void
test_blood_pressure_has_two_parts (void)
{
  const ForlopMeasureInfo *info = forlop_measure_info (FORLOP_MEASURE_BLOOD_PRESSURE);

  g_assert_true (forlop_measure_is_panel (FORLOP_MEASURE_BLOOD_PRESSURE));
  g_assert_false (forlop_measure_is_panel (FORLOP_MEASURE_SYSTOLIC));
  for (unsigned int i = 0; i < 2; i++)
    g_assert_cmpint (forlop_measure_info (info->components[i])->panel, ==,
                     FORLOP_MEASURE_BLOOD_PRESSURE);
  g_assert_cmpint (info->components[2], ==, FORLOP_MEASURE_UNKNOWN);
}

static void
test_grams_become_kilograms_exactly (void)
{
  GError *error = NULL;
  double value = 0;

  g_assert_true (forlop_measure_convert (FORLOP_MEASURE_WEIGHT, 80100, "g", &value, &error));
  g_assert_true (value == 80.1);
  g_assert_true (forlop_measure_convert (FORLOP_MEASURE_WEIGHT, 80.1, "kg", &value, &error));
  g_assert_true (value == 80.1);
  g_assert_true (forlop_measure_convert (FORLOP_MEASURE_GLUCOSE, 5.5, "mmol/l", &value, &error));
  g_assert_true (value == 5.5);
  g_assert_true (forlop_measure_convert (FORLOP_MEASURE_FORM_SCORE, 12, NULL, &value, &error));
  g_assert_true (value == 12);
  g_assert_true (forlop_measure_convert (FORLOP_MEASURE_WEIGHT, NAN, "g", &value, &error));
  g_assert_true (isnan (value));
}

static void
test_wrong_unit_is_refused_in_words (void)
{
  GError *error = NULL;
  double value = 7;

  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_WEIGHT, 80, "%", &value, &error));
  assert_refused (&error, "“%”");
  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_WEIGHT, 80, NULL, &value, &error));
  assert_refused (&error, "without a unit");
  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_GLUCOSE, 99, "mg/dL", &value, &error));
  assert_refused (&error, "mmol/L");
  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_TEMPERATURE, 98, "[degF]", &value,
                                          &error));
  assert_refused (&error, "Cel");
  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_BLOOD_PRESSURE, 120, "mm[Hg]", &value,
                                          &error));
  assert_refused (&error, "blood pressure");
  g_assert_false (forlop_measure_convert (FORLOP_MEASURE_UNKNOWN, 1, "kg", &value, &error));
  assert_refused (&error, "unknown");
  g_assert_true (value == 7);
}

static void
test_possible_range_includes_its_ends (void)
{
  static const struct {
    ForlopMeasure measure;
    double low;
    double high;
    double step;
  } rows[] = {
    { FORLOP_MEASURE_SYSTOLIC, 40, 300, 1 },
    { FORLOP_MEASURE_DIASTOLIC, 20, 200, 1 },
    { FORLOP_MEASURE_PULSE, 20, 250, 1 },
    { FORLOP_MEASURE_SPO2, 40, 100, 1 },
    { FORLOP_MEASURE_TEMPERATURE, 30, 44, 0.1 },
    { FORLOP_MEASURE_WEIGHT, 20, 350, 0.1 },
    { FORLOP_MEASURE_GLUCOSE, 0.5, 50, 0.1 },
    { FORLOP_MEASURE_RESPIRATION, 3, 70, 1 },
    { FORLOP_MEASURE_PEAK_FLOW, 30, 900, 1 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (forlop_measure_possible (rows[i].measure, rows[i].low));
      g_assert_true (forlop_measure_possible (rows[i].measure, rows[i].high));
      g_assert_false (forlop_measure_possible (rows[i].measure, rows[i].low - rows[i].step));
      g_assert_false (forlop_measure_possible (rows[i].measure, rows[i].high + rows[i].step));
      g_assert_false (forlop_measure_possible (rows[i].measure, 0));
      g_assert_false (forlop_measure_possible (rows[i].measure, NAN));
      g_assert_false (forlop_measure_possible (rows[i].measure, INFINITY));
    }
  g_assert_true (forlop_measure_possible (FORLOP_MEASURE_NEWS2, 0));
  g_assert_false (forlop_measure_possible (FORLOP_MEASURE_BLOOD_PRESSURE, 120));
}

static void
assert_shown (ForlopMeasure measure,
              double        value,
              const char   *expected)
{
  g_autofree char *text = forlop_measure_format (measure, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_values_show_the_decimals_they_have (void)
{
  assert_shown (FORLOP_MEASURE_SPO2, 86, "86 %");
  assert_shown (FORLOP_MEASURE_SPO2, 87.6, "87,6 %");
  assert_shown (FORLOP_MEASURE_WEIGHT, 80, "80,0 kg");
  assert_shown (FORLOP_MEASURE_WEIGHT, 80.1, "80,1 kg");
  assert_shown (FORLOP_MEASURE_WEIGHT, 80.155, "80,155 kg");
  assert_shown (FORLOP_MEASURE_WEIGHT, 82.1 - 80.1, "2,0 kg");
  assert_shown (FORLOP_MEASURE_SYSTOLIC, 140, "140 mmHg");
  assert_shown (FORLOP_MEASURE_PULSE, 60, "60 beats/min");
}

static void
assert_choices (const char     *type,
                const char     *field,
                gboolean        (*is_known) (const char *code))
{
  const ForlopField *declared = forlop_record_type_field (forlop_record_type_find (type), field);

  g_assert_nonnull (declared);
  for (const ForlopChoice *choice = declared->choices; choice->code != NULL; choice++)
    {
      if (!is_known (choice->code))
        g_error ("%s.%s allows “%s”, which the rules do not know", type, field, choice->code);
    }
}

static gboolean
measure_is_known (const char *code)
{
  return forlop_measure_find ("forlop", code) != FORLOP_MEASURE_UNKNOWN;
}

static gboolean
severity_is_known (const char *code)
{
  ForlopSeverity severity;

  return forlop_severity_from_code (code, &severity);
}

static gboolean
rule_kind_is_known (const char *code)
{
  ForlopRuleKind kind;

  return forlop_rule_kind_from_code (code, &kind);
}

static gboolean
quality_is_known (const char *code)
{
  guint8 quality;

  return forlop_quality_from_code (code, &quality);
}

static gboolean
source_is_known (const char *code)
{
  ForlopMeasurementSource source;

  return forlop_measurement_source_from_code (code, &source)
         && g_str_equal (forlop_measurement_source_code (source), code);
}

static void
test_every_code_a_record_may_hold_is_known (void)
{
  assert_choices ("measurement", "code", measure_is_known);
  assert_choices ("measurement", "quality", quality_is_known);
  assert_choices ("measurement", "source", source_is_known);
  assert_choices ("limit", "code", measure_is_known);
  assert_choices ("alert", "severity", severity_is_known);
  assert_choices ("plan_rule", "kind", rule_kind_is_known);
}

static void
test_severities_map_to_codes_and_marks (void)
{
  static const struct {
    ForlopSeverity severity;
    const char *code;
    const char *mark;
    const char *label;
    const char *triage;
    int national;
  } rows[] = {
    { FORLOP_SEVERITY_RED, "red", "■", "Red", "R", 30 },
    { FORLOP_SEVERITY_YELLOW, "yellow", "▲", "Yellow", "Y", 20 },
    { FORLOP_SEVERITY_IMPLAUSIBLE, "implausible", "✕", "Invalid", "NR", 0 },
    { FORLOP_SEVERITY_NOT_REPORTED, "missing", "○", "Not measured", "NR", 0 },
    { FORLOP_SEVERITY_NONE, "none", "◇", "Limits not set", "NR", 0 },
    { FORLOP_SEVERITY_OBSERVATION, "observation", "◆", "Observation", "BL", 0 },
    { FORLOP_SEVERITY_GREEN, "green", "●", "Green", "G", 10 },
  };
  ForlopSeverity severity;

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (forlop_severity_code (rows[i].severity), ==, rows[i].code);
      g_assert_cmpstr (forlop_severity_mark (rows[i].severity), ==, rows[i].mark);
      g_assert_cmpstr (forlop_severity_label (rows[i].severity), ==, rows[i].label);
      g_assert_cmpstr (forlop_severity_triage_code (rows[i].severity), ==, rows[i].triage);
      g_assert_cmpint (forlop_severity_national (rows[i].severity), ==, rows[i].national);
      g_assert_true (forlop_severity_from_code (rows[i].code, &severity));
      g_assert_cmpint (severity, ==, rows[i].severity);
      g_assert_cmpint (forlop_severity_rank (rows[i].severity), ==, (int) i);
    }
  g_assert_true (forlop_severity_from_triage_code ("O", &severity));
  g_assert_cmpint (severity, ==, FORLOP_SEVERITY_YELLOW);
  g_assert_false (forlop_severity_from_triage_code ("X", &severity));
  g_assert_false (forlop_severity_from_code ("purple", &severity));
  g_assert_cmpint (forlop_severity_compare (FORLOP_SEVERITY_RED, FORLOP_SEVERITY_GREEN), <, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/measure/found-by-every-coding", test_found_by_every_coding);
  g_test_add_func ("/measure/own-codes-are-unique", test_own_codes_are_unique);
  g_test_add_func ("/measure/blood-pressure-has-two-parts", test_blood_pressure_has_two_parts);
  g_test_add_func ("/measure/grams-become-kilograms-exactly",
                   test_grams_become_kilograms_exactly);
  g_test_add_func ("/measure/wrong-unit-is-refused-in-words",
                   test_wrong_unit_is_refused_in_words);
  g_test_add_func ("/measure/possible-range-includes-its-ends",
                   test_possible_range_includes_its_ends);
  g_test_add_func ("/measure/values-show-the-decimals-they-have",
                   test_values_show_the_decimals_they_have);
  g_test_add_func ("/measure/every-code-a-record-may-hold-is-known",
                   test_every_code_a_record_may_hold_is_known);
  g_test_add_func ("/severity/maps-to-codes-and-marks", test_severities_map_to_codes_and_marks);
  return g_test_run ();
}
