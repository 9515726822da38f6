/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <string.h>

#include "forlop-csv-cell.h"
#include "forlop-measurement-csv.h"
#include "forlop-measurement.h"

#define NOW "2026-11-22T12:00:00Z"

static gint64
instant (const char *text)
{
  gint64 at_ms = 0;

  g_assert_true (forlop_instant_from_iso (text, &at_ms));

  return at_ms;
}

static ForlopMeasurementCsv *
read_sample (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "measurements.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);

  g_assert_no_error (error);

  ForlopMeasurementCsv *csv =
    forlop_measurement_csv_read (G_INPUT_STREAM (stream), instant (NOW), NULL, &error);

  g_assert_no_error (error);

  return csv;
}

static const struct {
  unsigned int line;
  const char *id_number;
  ForlopMeasure measure;
  double value;
  const char *measured_at;
  ForlopMeasurementSource source;
} read_rows[] = {
  { 2, "12835430098", FORLOP_MEASURE_WEIGHT, 80.4, "2026-11-22T06:30:00Z", FORLOP_SOURCE_DEVICE },
  { 3, "12835430098", FORLOP_MEASURE_SYSTOLIC, 142, "2026-11-22T06:31:00Z", FORLOP_SOURCE_DEVICE },
  { 3, "12835430098", FORLOP_MEASURE_DIASTOLIC, 88, "2026-11-22T06:31:00Z", FORLOP_SOURCE_DEVICE },
  { 4, "12835430098", FORLOP_MEASURE_PULSE, 71, "2026-11-22T06:32:00Z",
    FORLOP_SOURCE_CITIZEN },
  { 5, "12835430098", FORLOP_MEASURE_SPO2, 94, "2026-11-22T06:33:00Z", FORLOP_SOURCE_STAFF },
  { 6, "03916230191", FORLOP_MEASURE_WEIGHT, 80.1, "2026-11-21T07:00:00Z", FORLOP_SOURCE_IMPORT },
  { 7, "55872949878", FORLOP_MEASURE_GLUCOSE, 6.1, "2026-11-21T07:00:30Z", FORLOP_SOURCE_IMPORT },
  { 9, "12835430098", FORLOP_MEASURE_TEMPERATURE, 37.2, "2026-10-25T00:30:00Z",
    FORLOP_SOURCE_IMPORT },
  { 21, "12835430098", FORLOP_MEASURE_WEIGHT, 804, "2026-11-22T06:34:00Z", FORLOP_SOURCE_DEVICE },
};

static void
test_rows_have_canonical_values (void)
{
  g_autoptr (ForlopMeasurementCsv) csv = read_sample ();
  unsigned int n = 0;

  for (unsigned int i = 0; i < csv->rows->len; i++)
    {
      const ForlopMeasurementRow *row = g_ptr_array_index (csv->rows, i);
      const ForlopIncoming *says = row->incoming;

      for (unsigned int j = 0; says->fault == NULL && j < says->n_values; j++, n++)
        {
          g_assert_cmpuint (n, <, G_N_ELEMENTS (read_rows));
          g_assert_cmpuint (row->line, ==, read_rows[n].line);
          g_assert_cmpstr (says->id_number, ==, read_rows[n].id_number);
          g_assert_cmpint (says->values[j].measure, ==, read_rows[n].measure);
          g_assert_cmpfloat (says->values[j].value, ==, read_rows[n].value);
          g_assert_cmpint (says->measured_at, ==, instant (read_rows[n].measured_at));
          g_assert_cmpstr (says->source, ==, forlop_measurement_source_code (read_rows[n].source));
        }
    }

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (read_rows));
  g_assert_cmpuint (csv->n_repeated, ==, 1);
  g_assert_cmpuint (csv->n_rows, ==, 20);
  g_assert_cmpuint (csv->n_rows, ==, csv->rows->len + csv->n_repeated);
}

static const struct {
  unsigned int line;
  const char *column;
  const char *value;
  const char *reason;
  const char *fault;
  const char *code; /* of what was measured, where that was understood */
} refused[] = {
  { 10, "fødselsnummer", "12835430099", "check digit", "unknown_citizen", "weight" },
  { 11, "målt", "22.11.2026", "date and a time", "no_time", "weight" },
  { 12, "målt", "22.11.2027 07.30", "future", "future_time", "weight" },
  { 13, "måling", "29563-7", "not a measure", "unknown_code", NULL },
  { 14, "verdi", "åtti", "not a number", "unclear", "weight" },
  { 15, "enhet", "lbs", "Write for example kg", "wrong_unit", "weight" },
  { 16, "enhet", "", "Write for example kg", "wrong_unit", "weight" },
  { 17, "verdi", "142", "two numbers", "unclear", "blood_pressure" },
  { 18, "kilde", "spåkone", "not a source", "other", "weight" },
  { 19, "målt", "32.11.2026 07.30", "Also wrong in verdi", "no_time", "weight" },
  { 20, "målt", "22.11.2026 24.30", "date and a time", "no_time", "weight" },
};

static const ForlopMeasurementRow *
row_of (ForlopMeasurementCsv *csv,
        unsigned int          line)
{
  for (unsigned int i = 0; i < csv->rows->len; i++)
    {
      const ForlopMeasurementRow *row = g_ptr_array_index (csv->rows, i);

      if (row->line == line)
        return row;
    }

  g_assert_not_reached ();
}

static void
test_bad_rows_have_line_column_value_and_reason (void)
{
  g_autoptr (ForlopMeasurementCsv) csv = read_sample ();

  for (unsigned int i = 0; i < MIN (csv->problems->len, G_N_ELEMENTS (refused)); i++)
    {
      ForlopCsvProblem *problem = g_ptr_array_index (csv->problems, i);
      const ForlopMeasurementRow *row;

      g_test_message ("%u %s “%s”: %s", problem->line, problem->column, problem->value,
                      problem->reason);
      g_assert_cmpuint (problem->line, ==, refused[i].line);
      g_assert_cmpstr (problem->column, ==, refused[i].column);
      g_assert_cmpstr (problem->value, ==, refused[i].value);
      g_assert_nonnull (strstr (problem->reason, refused[i].reason));
      row = row_of (csv, refused[i].line);
      g_assert_true (row->problem == problem);
      g_assert_cmpstr (row->incoming->fault, ==, refused[i].fault);
      g_assert_cmpstr (forlop_incoming_code (row->incoming), ==, refused[i].code);
      g_assert_nonnull (strstr (row->incoming->body, refused[i].value));
    }

  g_assert_cmpuint (csv->problems->len, ==, G_N_ELEMENTS (refused));
}

/* Every measure that has one value can be written by its code, its LOINC code and its unit. */
static void
test_every_measure_has_a_word (void)
{
  for (unsigned int i = FORLOP_MEASURE_UNKNOWN + 1; i < FORLOP_N_MEASURES; i++)
    {
      const ForlopMeasureInfo *info = forlop_measure_info ((ForlopMeasure) i);

      if (forlop_measure_is_panel ((ForlopMeasure) i))
        continue;

      const char *codes[] = { info->code, info->loinc[0], info->snomed[0], info->npu[0] };
      const char *units[] = { info->ucum, info->shown_unit };

      for (unsigned int j = 0; j < G_N_ELEMENTS (codes) * G_N_ELEMENTS (units); j++)
        {
          const char *code = codes[j / 2];

          if (code == NULL)
            continue;

          g_autofree char *text =
            g_strdup_printf ("fnr;målt;måling;verdi;enhet\n12835430098;%s;%s;50;%s\n", NOW, code,
                             units[j % 2]);
          g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
          g_autoptr (ForlopMeasurementCsv) csv =
            forlop_measurement_csv_read (stream, instant (NOW), NULL, NULL);

          g_test_message ("%s in %s", code, units[j % 2]);
          g_assert_cmpuint (csv->problems->len, ==, 0);
          g_assert_cmpuint (csv->rows->len, ==, 1);
          ForlopMeasurementRow *row = g_ptr_array_index (csv->rows, 0);
          g_assert_cmpint (row->incoming->values[0].measure, ==, i);
        }
    }
}

static void
test_times (void)
{
  static const struct {
    const char *cell;
    const char *at; /* NULL: refused */
  } times[] = {
    { "03.07.2026 14.30", "2026-07-03T12:30:00Z" },
    { "03.07.2026 14:30", "2026-07-03T12:30:00Z" },
    { " 03.07.2026  14.30 ", "2026-07-03T12:30:00Z" },
    { "03.07.2026 kl. 14.30", "2026-07-03T12:30:00Z" },
    { "3.7.2026 9.05", "2026-07-03T07:05:00Z" },
    { "03.01.2026 14.30.15", "2026-01-03T13:30:15Z" },
    { "2026-07-03 14:30", "2026-07-03T12:30:00Z" },
    { "2026-07-03T14:30:00Z", "2026-07-03T14:30:00Z" },
    { "2026-07-03T14:30:00+01:00", "2026-07-03T13:30:00Z" },
    { "29.03.2026 02.30", "2026-03-29T01:30:00Z" },
    { "25.10.2026 02.30", "2026-10-25T00:30:00Z" },
    { "", NULL },
    { "03.07.2026", NULL },
    { "14.30", NULL },
    { "03.07.2026 25.00", NULL },
    { "03.07.2026 14.60", NULL },
    { "03.07.2026 14", NULL },
    { "03.07.2026 -1.30", NULL },
    { "03.07.2026 14.30.15.2", NULL },
    { "31.06.2026 14.30", NULL },
    { "03.07.2026 14.30 ca", NULL },
    { "03.07.2026 om 14.30", NULL },
  };
  ForlopDate today;

  g_assert_true (forlop_date_from_ymd (2026, 11, 22, &today));
  for (unsigned int i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 at_ms = 0;

      g_test_message ("%s", times[i].cell);
      if (forlop_csv_cell_instant (times[i].cell, today, &at_ms, &error))
        g_assert_cmpint (at_ms, ==, instant (times[i].at));
      else
        g_assert_null (times[i].at);
      g_assert_true ((times[i].at == NULL) == (error != NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/measurement-csv/rows-have-canonical-values",
                   test_rows_have_canonical_values);
  g_test_add_func ("/measurement-csv/bad-rows-have-line-column-value-and-reason",
                   test_bad_rows_have_line_column_value_and_reason);
  g_test_add_func ("/measurement-csv/every-measure-has-a-word", test_every_measure_has_a_word);
  g_test_add_func ("/measurement-csv/times", test_times);

  return g_test_run ();
}
