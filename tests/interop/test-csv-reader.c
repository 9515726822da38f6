/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <string.h>

#include "forlop-csv-reader.h"
#include "forlop-interop-error.h"

/* Reads a whole file into one text: cells between brackets, the line in front, errors by code. */
static char *
describe_stream (GInputStream *stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new (stream, NULL, &error);
  GString *text = g_string_new (NULL);

  if (reader == NULL)
    {
      g_assert_cmpint ((int) error->domain, ==, (int) FORLOP_INTEROP_ERROR);
      g_string_printf (text, "!%d", error->code);
      return g_string_free_and_steal (text);
    }

  for (unsigned int i = 0; i < forlop_csv_reader_get_n_columns (reader); i++)
    g_string_append_printf (text, "[%s]", forlop_csv_reader_get_column_name (reader, i));

  for (;;)
    {
      ForlopCsvResult result = forlop_csv_reader_next (reader, &error);

      if (result == FORLOP_CSV_END)
        break;

      if (result != FORLOP_CSV_ROW)
        {
          g_assert_nonnull (error);
          g_string_append_printf (text, " %u!%d", forlop_csv_reader_get_line (reader),
                                  error->code);
          g_assert_cmpint (error->code == FORLOP_INTEROP_ERROR_ROW, ==,
                           result == FORLOP_CSV_BAD_ROW);
          g_clear_error (&error);
          if (result == FORLOP_CSV_FAILED)
            break;
          continue;
        }

      g_assert_no_error (error);
      g_string_append_printf (text, " %u", forlop_csv_reader_get_line (reader));
      for (unsigned int i = 0; i < forlop_csv_reader_get_n_columns (reader); i++)
        g_string_append_printf (text, "[%s]", forlop_csv_reader_get_cell (reader, (int) i));
    }

  return g_string_free_and_steal (text);
}

static char *
describe (const char *data,
          gsize       length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) length,
                                                                         NULL);

  return describe_stream (stream);
}

static const struct {
  const char *name;
  const char *data;
  gsize length; /* 0: up to the zero byte */
  const char *expected;
} cases[] = {
  { "semicolons", "a;b\n1;2\n", 0, "[a][b] 2[1][2]" },
  { "commas", "a,b\n1,2\n", 0, "[a][b] 2[1][2]" },
  { "tabs", "a\tb\n1\t2\n", 0, "[a][b] 2[1][2]" },
  { "one column", "a\n1\n", 0, "[a] 2[1]" },
  { "semicolons win over a comma in a name", "a, b;c\n1;2\n", 0, "[a, b][c] 2[1][2]" },
  { "separators in quoted headings do not count", "\"a,b,c\";d\n1;2\n", 0, "[a,b,c][d] 2[1][2]" },
  { "sep line", "sep=,\r\na,b;c\r\n1,2\r\n", 0, "[a][b;c] 3[1][2]" },
  { "line breaks CR LF", "a;b\r\n1;2\r\n", 0, "[a][b] 2[1][2]" },
  { "line breaks CR", "a;b\r1;2\r3;4", 0, "[a][b] 2[1][2] 3[3][4]" },
  { "no line break at the end", "a;b\n1;2", 0, "[a][b] 2[1][2]" },
  { "quoted cells", "a;b\n\"1;\"\"x\"\"\";\"\"\n", 0, "[a][b] 2[1;\"x\"][]" },
  { "quoted at the end of the file", "a\n\"1\"", 0, "[a] 2[1]" },
  { "a quotation mark inside plain text", "a;b\n5\" rør;2\n", 0, "[a][b] 2[5\" rør][2]" },
  { "quoted line breaks count", "a;b\n\"1\r\n2\r3\n4\";x\n5;6\n", 0,
    "[a][b] 2[1\n2\n3\n4][x] 6[5][6]" },
  { "empty rows are passed over and counted", "\n\na;b\n\n;\n1;2\n", 0, "[a][b] 6[1][2]" },
  { "a quoted empty row is a row", "a;b\n\"\";\n", 0, "[a][b] 2[][]" },
  { "headings are trimmed", " a ; \"b\" \n1;2\n", 0, "[a][\"b\"] 2[1][2]" },
  { "cells are not trimmed", "a;b\n 1; 2 \n", 0, "[a][b] 2[ 1][ 2 ]" },
  { "blank after a quoted cell", "a;b\n\"1\" ;2\n", 0, "[a][b] 2[1][2]" },
  { "UTF-8", "navn\nÅse Bjørnsen\n", 0, "[navn] 2[Åse Bjørnsen]" },
  { "UTF-8 with mark", "\xef\xbb\xbfnavn\nÅse\n", 0, "[navn] 2[Åse]" },
  { "Latin-1", "navn\n\xc5se Bj\xf8rnsen\n", 0, "[navn] 2[Åse Bjørnsen]" },
  { "Windows-1252", "navn\n\x80 \x96 \x8a\n", 0, "[navn] 2[€ – Š]" },
  { "UTF-16 little-endian", "\xff\xfe" "a\0;\0b\0\n\0\xc5\0;\0" "1\0", 16, "[a][b] 2[Å][1]" },
  { "UTF-16 big-endian", "\xfe\xff\0a\0;\0b\0\n\0\xc5\0;\0" "1", 16, "[a][b] 2[Å][1]" },
  { "formula guard is taken away once", "a;b;c;d\n'=1+1;''-x;'abc;-5\n", 0,
    "[a][b][c][d] 2[=1+1]['-x]['abc][-5]" },

  { "short row", "a;b\n1\n2;3\n", 0, "[a][b] 2!5 3[2][3]" },
  { "long row", "a;b\n1;2;\n2;3\n", 0, "[a][b] 2!5 3[2][3]" },
  { "text after a quoted cell", "a;b\n\"1\"x;2\n3;4\n", 0, "[a][b] 2!5 3[3][4]" },
  { "byte outside Windows-1252", "a\nx\x81\nb\xf8\n", 0, "[a] 2!5 3[bø]" },
  { "damaged UTF-8 after a mark", "\xef\xbb\xbf" "a\n\xc5\nb\n", 0, "[a] 2!5 3[b]" },
  { "quotation mark never closed", "a;b\n1;2\n3;\"4\n5;6\n", 0, "[a][b] 2[1][2] 3!3" },
  { "zero byte", "a;b\n1;\0" "2\n", 9, "[a][b] 2!1" },
  { "zero byte in the heading", "a;\0b\n", 5, "!1" },
  { "UTF-16 cut in the middle", "\xff\xfe" "a\0\n\0" "b", 7, "[a] 2!1" },
  { "empty file", "", 0, "!2" },
  { "only line breaks", "\r\n\n\r", 0, "!2" },
  { "damaged heading", "\"a\"b;c\n1;2\n", 0, "!2" },
};

static void
test_cases (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length > 0 ? cases[i].length : strlen (cases[i].data);
      g_autofree char *found = describe (cases[i].data, length);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_detection_reports (void)
{
  static const struct {
    const char *data;
    ForlopCsvEncoding encoding;
    char separator;
  } detections[] = {
    { "a;b\n", FORLOP_CSV_UTF8, ';' },
    { "å,b\n", FORLOP_CSV_UTF8, ',' },
    { "\xe5\tb\n", FORLOP_CSV_WINDOWS_1252, '\t' },
    { "\xff\xfe" "ab", FORLOP_CSV_UTF16LE, ';' },
    { "\xfe\xff" "ab", FORLOP_CSV_UTF16BE, ';' },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (detections); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (detections[i].data,
                                                     strlen (detections[i].data));
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpint (forlop_csv_reader_get_encoding (reader), ==, detections[i].encoding);
      g_assert_cmpint (forlop_csv_reader_get_separator (reader), ==, detections[i].separator);
    }
}

/* The one byte that is not UTF-8 may come long after the first rows were handed out, and a
 * character may lie across the edge of a buffer. */
static void
test_encoding_of_a_long_file (void)
{
  for (unsigned int shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) file = g_string_new ("a;bø\n");
      g_autofree char *padding = g_strnfill (shift, 'x');

      g_string_append (file, padding);
      for (int i = 0; i < 60000; i++)
        g_string_append (file, "€");
      g_string_append (file, ";1\n");

      g_autofree char *found = describe (file->str, file->len);
      g_assert_true (g_str_has_prefix (found, "[a][bø] 2["));
      g_assert_true (g_str_has_suffix (found, "€][1]"));

      g_string_append (file, "x;\xf8\n");
      g_autofree char *latin = describe (file->str, file->len);
      g_assert_true (g_str_has_prefix (latin, "[a][bÃ¸] 2["));
      g_assert_true (g_str_has_suffix (latin, " 3[x][ø]"));
    }
}

static void
test_line_break_across_the_edge_of_a_buffer (void)
{
  for (unsigned int width = 64 * 1024 - 8; width < 64 * 1024; width++)
    {
      g_autofree char *cell = g_strnfill (width, 'x');
      g_autofree char *file = g_strconcat ("a;b\r\n", cell, "\r\n1;2\r\n", NULL);
      g_autofree char *found = describe (file, strlen (file));

      g_assert_cmpstr (found, ==, "[a][b] 2!5 3[1][2]");
    }
}

static void
test_row_limits (void)
{
  g_autofree char *most = g_strnfill (FORLOP_CSV_MAX_ROW - 3, 'x');
  g_autofree char *fits = g_strconcat ("a;b\n", most, ";1\n2;3\n", NULL);
  g_autofree char *found = describe (fits, strlen (fits));
  g_assert_true (g_str_has_suffix (found, "x][1] 3[2][3]"));

  g_autofree char *over = g_strconcat ("a;b\n", most, "x;1\n2;3\n", NULL);
  g_autofree char *refused = describe (over, strlen (over));
  g_assert_cmpstr (refused, ==, "[a][b] 2!4");

  g_autofree char *open = g_strconcat ("a;b\n1;2\n3;\"", most, most, NULL);
  g_autofree char *unclosed = describe (open, strlen (open));
  g_assert_cmpstr (unclosed, ==, "[a][b] 2[1][2] 3!4");

  g_autofree char *many = g_strnfill (FORLOP_CSV_MAX_COLUMNS, ';');
  g_autofree char *wide = g_strconcat (many, "\n", NULL);
  g_autofree char *too_wide = describe (wide, strlen (wide));
  g_assert_cmpstr (too_wide, ==, "!4");
}

static void
test_unclosed_quote_names_its_line (void)
{
  const char *file = "a;b\n1;2\n3;\"4\n5;6\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, strlen (file));
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);

  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_ROW);
  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_FAILED);
  g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_UNTERMINATED);
  g_assert_nonnull (strstr (error->message, "line 3"));
}

static void
test_bad_row_names_its_column_and_text (void)
{
  const char *file = "navn;by;enhet\nÅse;\"x\"y;2\n1;2\n1;2;3;4\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, strlen (file));
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);

  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_BAD_ROW);
  g_assert_cmpstr (forlop_csv_reader_get_bad_column (reader), ==, "by");
  g_autofree char *text = forlop_csv_reader_dup_row_text (reader, 3);
  g_assert_cmpstr (text, ==, "Åse…");
  g_clear_error (&error);

  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_BAD_ROW);
  g_assert_cmpstr (forlop_csv_reader_get_bad_column (reader), ==, "enhet");
  g_clear_error (&error);

  g_assert_cmpint (forlop_csv_reader_next (reader, &error), ==, FORLOP_CSV_BAD_ROW);
  g_assert_cmpstr (forlop_csv_reader_get_bad_column (reader), ==, "");
}

static void
test_pipe_reads_like_a_file (void)
{
  const char *file = "navn;by\n\xc5se;T\xf8nsberg\n";
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data (file, -1, NULL);
  g_autoptr (GConverter) plain = G_CONVERTER (g_charset_converter_new ("L1", "L1", NULL));
  g_autoptr (GInputStream) pipe = g_converter_input_stream_new (memory, plain);

  g_assert_false (G_IS_SEEKABLE (pipe) && g_seekable_can_seek (G_SEEKABLE (pipe)));

  g_autofree char *found = describe_stream (pipe);
  g_assert_cmpstr (found, ==, "[navn][by] 2[Åse][Tønsberg]");
}

static void
test_cancelled_reading_stops (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("a\n1\n", -1, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (forlop_csv_reader_new (stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const ForlopCsvColumn known_columns[] = {
  { "fødselsnummer", "fnr", TRUE },
  { "adresse", NULL, FALSE },
  { "måling", NULL, TRUE },
};

static gboolean
map (const char  *heading,
     int         *indices,
     char      ***unknown,
     GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (heading, strlen (heading));
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, error);

  g_assert_no_error (*error);

  return forlop_csv_reader_map_columns (reader, known_columns, G_N_ELEMENTS (known_columns),
                                        indices, unknown, error);
}

static void
test_columns_in_any_order (void)
{
  /* Capitals, blanks, a no-break space and an å in two parts. */
  const char *heading = "kommentar; MA\xcc\x8aLING\xc2\xa0;;FØDSELSNUMMER ;Merknad\n";
  g_auto (GStrv) unknown = NULL;
  g_autoptr (GError) error = NULL;
  int indices[3];

  g_assert_true (map (heading, indices, &unknown, &error));
  g_assert_cmpint (indices[0], ==, 3);
  g_assert_cmpint (indices[1], ==, -1);
  g_assert_cmpint (indices[2], ==, 1);
  g_assert_cmpstrv (unknown, ((const char *const[]) { "kommentar", "Merknad", NULL }));

  g_assert_true (map ("FNR;m\xe5ling\n", indices, NULL, &error));
  g_assert_cmpint (indices[0], ==, 0);
}

static void
test_missing_columns_are_named (void)
{
  g_autoptr (GError) error = NULL;
  int indices[3];

  g_assert_false (map ("adresse;navn\n", indices, NULL, &error));
  g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING);
  g_assert_nonnull (strstr (error->message, "fødselsnummer, måling"));
}

static void
test_column_twice_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  int indices[3];

  g_assert_false (map ("fnr;måling;Fødselsnummer\n", indices, NULL, &error));
  g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING);
  g_assert_nonnull (strstr (error->message, "“fødselsnummer”"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/cases", test_cases);
  g_test_add_func ("/csv-reader/detection-reports", test_detection_reports);
  g_test_add_func ("/csv-reader/encoding-of-a-long-file", test_encoding_of_a_long_file);
  g_test_add_func ("/csv-reader/line-break-across-the-edge-of-a-buffer",
                   test_line_break_across_the_edge_of_a_buffer);
  g_test_add_func ("/csv-reader/row-limits", test_row_limits);
  g_test_add_func ("/csv-reader/unclosed-quote-names-its-line",
                   test_unclosed_quote_names_its_line);
  g_test_add_func ("/csv-reader/bad-row-names-its-column-and-text",
                   test_bad_row_names_its_column_and_text);
  g_test_add_func ("/csv-reader/pipe-reads-like-a-file", test_pipe_reads_like_a_file);
  g_test_add_func ("/csv-reader/cancelled-reading-stops", test_cancelled_reading_stops);
  g_test_add_func ("/csv-reader/columns-in-any-order", test_columns_in_any_order);
  g_test_add_func ("/csv-reader/missing-columns-are-named", test_missing_columns_are_named);
  g_test_add_func ("/csv-reader/column-twice-is-refused", test_column_twice_is_refused);

  return g_test_run ();
}
