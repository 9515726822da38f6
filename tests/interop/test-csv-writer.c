/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "forlop-csv-reader.h"
#include "forlop-csv-writer.h"
#include "forlop-format.h"

static char *
written (GOutputStream *stream)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);

  return g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
}

static void
test_text (void)
{
  static const struct {
    const char *text;
    const char *cell;
  } cells[] = {
    { "Åse", "Åse" },
    { NULL, "" },
    { "", "" },
    { "a;b", "\"a;b\"" },
    { "a,b", "a,b" },
    { "a\"b", "\"a\"\"b\"" },
    { "a\nb", "\"a\nb\"" },
    { " a", "\" a\"" },
    { "=1+1", "'=1+1" },
    { "+4741234567", "'+4741234567" },
    { "-x", "'-x" },
    { "@x", "'@x" },
    { "'=x", "''=x" },
    { "'x", "'x" },
    { "=\"x\"", "\"'=\"\"x\"\"\"" },
    { "\tx", "\"'\tx\"" },
    { "sep=;", "\"sep=;\"" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
      g_autoptr (GError) error = NULL;

      forlop_csv_writer_add_text (writer, "x");
      forlop_csv_writer_add_text (writer, cells[i].text);
      g_assert_true (forlop_csv_writer_end_row (writer, NULL, &error));
      g_assert_true (forlop_csv_writer_finish (writer, NULL, &error));

      g_autofree char *found = written (stream);
      g_autofree char *expected = g_strconcat ("\xef\xbb\xbfx;", cells[i].cell, "\r\n", NULL);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_numbers_and_dates (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  g_autoptr (GError) error = NULL;
  ForlopDate date;

  g_assert_true (forlop_date_from_ymd (2026, 7, 3, &date));
  forlop_csv_writer_add_real (writer, 3.5);
  forlop_csv_writer_add_real (writer, -0.1);
  forlop_csv_writer_add_real (writer, 1821);
  forlop_csv_writer_add_real (writer, NAN);
  forlop_csv_writer_add_integer (writer, -12);
  forlop_csv_writer_add_date (writer, date);
  forlop_csv_writer_add_date (writer, FORLOP_DATE_NONE);
  forlop_csv_writer_add_instant (writer, 1795327920000);
  forlop_csv_writer_add_instant (writer, FORLOP_INSTANT_NONE);
  g_assert_true (forlop_csv_writer_end_row (writer, NULL, &error));
  g_assert_true (forlop_csv_writer_finish (writer, NULL, &error));

  g_autofree char *found = written (stream);
  g_assert_cmpstr (found, ==, "\xef\xbb\xbf" "3,5;-0,1;1821;;-12;03.07.2026;;"
                              "2026-11-22T06:12:00.000Z;\r\n");
}

static void
test_decimal_point (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer =
    forlop_csv_writer_new (stream, FORLOP_CSV_WRITER_DECIMAL_POINT);

  forlop_csv_writer_add_real (writer, 3.5);
  g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));
  g_assert_true (forlop_csv_writer_finish (writer, NULL, NULL));

  g_autofree char *found = written (stream);
  g_assert_cmpstr (found, ==, "\xef\xbb\xbf" "3.5\r\n");
}

static void
test_numbers_come_back_exactly (void)
{
  guint32 seed = g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
      double value = g_rand_double_range (rand, -1000, 1000);
      double found = 0;

      if (i % 2 == 0)
        value = round (value * 10) / 10;

      forlop_csv_writer_add_real (writer, value);
      g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));
      g_assert_true (forlop_csv_writer_finish (writer, NULL, NULL));

      g_autofree char *text = written (stream);
      g_strchomp (text);
      g_strdelimit (text, ",", '.');
      found = g_ascii_strtod (text + 3, NULL);
      g_assert_true (found == value);
      if (i % 2 == 0)
        g_assert_cmpuint (strlen (text + 3), <=, 6);
    }
}

static char *
random_text (GRand *rand)
{
  static const char *const pieces[] = {
    "a", "Å", "ø", "æ", ";", ",", "\t", "\"", "\"\"", "\n", " ", "'", "=", "+", "-", "@", "€",
    "sep=", "\xc2\xa0", "𝄞", "1", ".",
  };
  GString *text = g_string_new (NULL);
  int length = g_rand_int_range (rand, 0, 7);

  for (int i = 0; i < length; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

  return g_string_free_and_steal (text);
}

static void
write_rows (GOutputStream *stream,
            char        ***rows,
            int            n_rows)
{
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  g_autoptr (GError) error = NULL;

  for (int row = 0; row < n_rows; row++)
    {
      for (char **cell = rows[row]; *cell != NULL; cell++)
        forlop_csv_writer_add_text (writer, *cell);
      g_assert_true (forlop_csv_writer_end_row (writer, NULL, &error));
    }
  g_assert_true (forlop_csv_writer_finish (writer, NULL, &error));
}

static void
check_rows (GOutputStream *stream,
            char        ***rows,
            int            n_rows)
{
  g_autoptr (GBytes) bytes =
    g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);

  g_assert_no_error (error);
  for (int row = 1; row < n_rows; row++)
    {
      g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_ROW);
      for (int i = 0; rows[row][i] != NULL; i++)
        g_assert_cmpstr (forlop_csv_reader_get_cell (reader, i), ==, rows[row][i]);
    }
  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_END);
}

static void
test_every_text_comes_back (void)
{
  guint32 seed = g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);

  for (int round = 0; round < 3000; round++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      int n_rows = g_rand_int_range (rand, 1, 6);
      int n_columns = g_rand_int_range (rand, 2, 5);
      char **rows[6] = { NULL };

      for (int row = 0; row < n_rows; row++)
        {
          rows[row] = g_new0 (char *, n_columns + 1);
          for (int column = 0; column < n_columns; column++)
            rows[row][column] = row == 0 ? g_strdup_printf ("c%d", column) : random_text (rand);
        }

      write_rows (stream, rows, n_rows);
      g_assert_true (g_output_stream_close (stream, NULL, NULL));
      check_rows (stream, rows, n_rows);

      for (int row = 0; row < n_rows; row++)
        g_strfreev (rows[row]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-writer/text", test_text);
  g_test_add_func ("/csv-writer/numbers-and-dates", test_numbers_and_dates);
  g_test_add_func ("/csv-writer/decimal-point", test_decimal_point);
  g_test_add_func ("/csv-writer/numbers-come-back-exactly", test_numbers_come_back_exactly);
  g_test_add_func ("/csv-writer/every-text-comes-back", test_every_text_comes_back);

  return g_test_run ();
}
