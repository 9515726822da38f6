/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <string.h>

#include "forlop-citizen-csv.h"
#include "forlop-id-number.h"
#include "forlop-interop-error.h"

static ForlopDate
day (int year,
     int month,
     int number)
{
  ForlopDate date = FORLOP_DATE_NONE;

  g_assert_true (forlop_date_from_ymd (year, month, number, &date));

  return date;
}

static ForlopCitizenCsv *
read_sample_on (const char *name,
                ForlopDate  today)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);

  g_assert_no_error (error);

  ForlopCitizenCsv *csv =
    forlop_citizen_csv_read (G_INPUT_STREAM (stream), today, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (csv->n_rows, ==, csv->rows->len + csv->n_repeated + csv->problems->len);

  return csv;
}

static ForlopCitizenCsv *
read_sample (const char *name)
{
  return read_sample_on (name, day (2026, 11, 22));
}

static ForlopCitizenCsv *
read_text (const char  *text,
           GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);

  return forlop_citizen_csv_read (stream, day (2026, 11, 22), NULL, error);
}

static void
check_row (ForlopCitizenCsv *csv,
           unsigned int      index,
           const char       *expected)
{
  ForlopCitizenRow *row = g_ptr_array_index (csv->rows, index);
  const char *values[] = {
    row->id_number, row->given_name, row->family_name, row->address, row->postal_code,
    row->postal_place, row->phone, row->gp, row->unit,
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_cmpstr (values[i], !=, "");
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", values[i] != NULL ? values[i] : "");
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
check_good_sample (ForlopCitizenCsv *csv)
{
  g_assert_cmpuint (csv->problems->len, ==, 0);
  g_assert_cmpuint (csv->rows->len, ==, 8);
  check_row (csv, 0, "15872949884|Anne|Solås|Storgata 12 B|3111|Tønsberg|41234567|"
                     "Legekontoret Nordbyen|Sone Nord");
  check_row (csv, 1, "12835430098|Liv|Bjørnstad|Fjordveien 4, 2. etasje|3112|Tønsberg|92233445|"
                     "Dr. Åse Grønli|Sone Sør");
  check_row (csv, 2, "03916230191|Arne|Skjæveland|Åsveien 9|3113|Tønsberg|33301234|"
                     "Dr. Åse Grønli|Sone Nord");
  check_row (csv, 3, "45853810170|Zofia|Nowak; Hansen|Bryggegata 1|3110|Tønsberg|+4845123456||"
                     "Sone Sør");
  check_row (csv, 4, "70865725092|Ana|Ferreira|Leilighet \"Havn\"|3110|Tønsberg|||");
  check_row (csv, 5, "09704420061|Ødegaard|Østbye||0150|Oslo|||Sone Øst");
  check_row (csv, 6, "14453921094|Ukjent|Gjest||||||");
  check_row (csv, 7, "81234567802|Uten|Fødselsdato||||||");
}

static void
test_same_rows_from_every_encoding (void)
{
  static const struct {
    const char *name;
    ForlopCsvEncoding encoding;
  } samples[] = {
    { "citizens-latin1.csv", FORLOP_CSV_WINDOWS_1252 },
    { "citizens-utf8-bom.csv", FORLOP_CSV_UTF8 },
    { "citizens-utf16.csv", FORLOP_CSV_UTF16LE },
    { "citizens-other-order.csv", FORLOP_CSV_UTF8 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (ForlopCitizenCsv) csv = read_sample (samples[i].name);

      g_test_message ("%s", samples[i].name);
      g_assert_cmpint (csv->encoding, ==, samples[i].encoding);
      check_good_sample (csv);
    }
}

static void
test_sample_has_every_kind_of_number (void)
{
  static const ForlopIdNumberKind kinds[] = {
    FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_H, FORLOP_ID_NUMBER_FH,
  };
  g_autoptr (ForlopCitizenCsv) csv = read_sample ("citizens-latin1.csv");

  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      unsigned int n = 0;

      for (unsigned int j = 0; j < csv->rows->len; j++)
        {
          ForlopCitizenRow *row = g_ptr_array_index (csv->rows, j);
          ForlopIdNumberInfo info;

          forlop_id_number_examine (row->id_number, &info);
          n += info.kind == kinds[i];
        }
      g_assert_cmpuint (n, >, 0);
    }
}

static void
test_unknown_columns_are_named (void)
{
  g_autoptr (ForlopCitizenCsv) csv = read_sample ("citizens-other-order.csv");

  g_assert_cmpstrv (csv->unknown_columns, ((const char *const[]) { "Kommune", "Merknad", NULL }));
}

static const struct {
  unsigned int line;
  const char *column;
  const char *value;
  const char *reason;
} refused[] = {
  { 3, "fødselsnummer", "15872949885", "check digit" },
  { 4, "fødselsnummer", "", "missing" },
  { 5, "fødselsnummer", "1283543009", "has 10" },
  { 6, "fødselsnummer", "1,28354E+10", "spreadsheet" },
  { 7, "fornavn", "", "given name is missing" },
  { 8, "etternavn", "", "family name is missing" },
  { 9, "postnummer", "31111", "four digits" },
  { 10, "telefon", "12345", "telephone number" },
  { 12, "", "24924542051;Ola;Vik;Gate 1; oppgang B;3111;Tønsberg;;;", "10 cells" },
  { 16, "adresse", "Lillegata 1", "Line 2" },
  { 19, "fornavn", "29824833387;Torx;Ek;;;;;;", "quotation mark" },
  { 20, "fornavn", "", "Also wrong in telefon, “1”" },
  { 21, "fødselsnummer", "30108299939", "2032" },
};

static void
test_bad_rows_are_refused_with_line_column_value_and_reason (void)
{
  g_autoptr (ForlopCitizenCsv) csv = read_sample ("citizens-bad-rows.csv");

  for (unsigned int i = 0; i < MIN (csv->problems->len, G_N_ELEMENTS (refused)); i++)
    {
      ForlopCsvProblem *problem = g_ptr_array_index (csv->problems, i);

      g_test_message ("%u %s “%s”: %s", problem->line, problem->column, problem->value,
                      problem->reason);
      g_assert_cmpuint (problem->line, ==, refused[i].line);
      g_assert_cmpstr (problem->column, ==, refused[i].column);
      g_assert_cmpstr (problem->value, ==, refused[i].value);
      g_assert_nonnull (strstr (problem->reason, refused[i].reason));
      g_assert_true (g_str_has_suffix (problem->reason, "."));
    }

  g_assert_cmpuint (csv->problems->len, ==, G_N_ELEMENTS (refused));
  g_assert_cmpuint (csv->n_repeated, ==, 2);
  g_assert_cmpuint (csv->rows->len, ==, 3);
  check_row (csv, 0, "15872949884|Anne|Solås|Storgata 12 B|3111|Tønsberg|41234567||Sone Nord");
  check_row (csv, 1, "07895122380|Eva|Moe||||||Sone Nord");
  check_row (csv, 2, "48883324067|Mina|Aas||||||");
  g_assert_cmpuint (((ForlopCitizenRow *) g_ptr_array_index (csv->rows, 2))->line, ==, 22);
}

static void
test_new_check_digits_are_right_from_2032 (void)
{
  g_autoptr (ForlopCitizenCsv) csv = read_sample_on ("citizens-bad-rows.csv", day (2032, 1, 1));

  g_assert_cmpuint (csv->problems->len, ==, G_N_ELEMENTS (refused) - 1);
}

static void
test_later_row_that_says_more_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv =
    read_text ("fornavn;etternavn;fødselsnummer;telefon\n"
               "Anne;Solås;15872949884;\nAnne;Solås;15872949884;41234567\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (csv->rows->len, ==, 1);
  g_assert_cmpuint (csv->problems->len, ==, 1);
  ForlopCsvProblem *problem = g_ptr_array_index (csv->problems, 0);
  g_assert_cmpstr (problem->column, ==, "telefon");
}

static void
test_refused_row_does_not_stand_in_the_way (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv =
    read_text ("fødselsnummer;fornavn;etternavn;telefon\n"
               "15872949884;Anne;Solås;1\n15872949884;Anne;Solås;41234567\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (csv->rows->len, ==, 1);
  check_row (csv, 0, "15872949884|Anne|Solås||||41234567||");
}

static void
test_too_long_name_is_refused (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *text = g_strconcat ("fødselsnummer;fornavn;etternavn\n15872949884;Anne;", name,
                                       "\n", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv = read_text (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (csv->problems->len, ==, 1);
}

static void
test_unusable_files_are_refused_whole (void)
{
  static const struct {
    const char *text;
    int code;
  } files[] = {
    { "", FORLOP_INTEROP_ERROR_HEADING },
    { "navn;adresse\nAnne;Storgata\n", FORLOP_INTEROP_ERROR_HEADING },
    { "fødselsnummer;fornavn;etternavn;fornavn\n", FORLOP_INTEROP_ERROR_HEADING },
    { "fødselsnummer;fornavn;etternavn\n15872949884;Anne;\"Solås\n",
      FORLOP_INTEROP_ERROR_UNTERMINATED },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (files[i].text, &error));
      g_assert_error (error, FORLOP_INTEROP_ERROR, files[i].code);
      g_assert_nonnull (strstr (error->message, "Nothing was imported"));
    }
}

static void
test_heading_alone_is_an_empty_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv = read_text ("fødselsnummer;fornavn;etternavn", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (csv->n_rows, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/citizen-csv/same-rows-from-every-encoding",
                   test_same_rows_from_every_encoding);
  g_test_add_func ("/citizen-csv/sample-has-every-kind-of-number",
                   test_sample_has_every_kind_of_number);
  g_test_add_func ("/citizen-csv/unknown-columns-are-named", test_unknown_columns_are_named);
  g_test_add_func ("/citizen-csv/bad-rows-are-refused-with-line-column-value-and-reason",
                   test_bad_rows_are_refused_with_line_column_value_and_reason);
  g_test_add_func ("/citizen-csv/new-check-digits-are-right-from-2032",
                   test_new_check_digits_are_right_from_2032);
  g_test_add_func ("/citizen-csv/later-row-that-says-more-is-refused",
                   test_later_row_that_says_more_is_refused);
  g_test_add_func ("/citizen-csv/refused-row-does-not-stand-in-the-way",
                   test_refused_row_does_not_stand_in_the_way);
  g_test_add_func ("/citizen-csv/too-long-name-is-refused", test_too_long_name_is_refused);
  g_test_add_func ("/citizen-csv/unusable-files-are-refused-whole",
                   test_unusable_files_are_refused_whole);
  g_test_add_func ("/citizen-csv/heading-alone-is-an-empty-list",
                   test_heading_alone_is_an_empty_list);

  return g_test_run ();
}
