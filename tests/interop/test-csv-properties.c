/* SPDX-License-Identifier: EUPL-1.2 */

/* What holds for any table, not for some: tables and measurements are made at random. */

#include <gio/gio.h>
#include <string.h>

#include "forlop-csv-reader.h"
#include "forlop-csv-writer.h"
#include "forlop-id-number.h"
#include "forlop-measurement-csv.h"
#include "forlop-measurement.h"

#define TABLES 300
#define FILES 60
#define NOW G_GINT64_CONSTANT (1795327920000)

#define HEADING "kolonne"

static const char *
one_of (const char *const *all,
        unsigned int       n)
{
  return all[g_test_rand_int_range (0, (int) n)];
}

/* Of what has broken somebody's file before. */
static char *
make_cell (void)
{
  static const char *const pieces[] = {
    "a", "Å", "ø", "z", "0", "7,5", "-1,25", ";", ",", "\t", "\"", "\"\"", "\n", "\r\n", " ", "'", "=1+1", "+", "-", "@",
    "|", "☺", "\xef\xbb\xbf", "sep=;", "22.11.2026", "\\n",
  };
  GString *cell = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 6);

  for (int i = 0; i < n; i++)
    g_string_append (cell, one_of (pieces, G_N_ELEMENTS (pieces)));

  return g_string_free (cell, FALSE);
}

/* Rows one after the other; a row in which nothing stands is no row, so its first cell has a letter. */
static GPtrArray *
make_table (unsigned int n_columns,
            unsigned int n_rows)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < n_rows * n_columns; i++)
    {
      g_autofree char *cell = make_cell ();

      g_ptr_array_add (cells, i % n_columns == 0 ? g_strconcat ("x", cell, NULL) : g_steal_pointer (&cell));
    }

  return cells;
}

static GBytes *
write_table (GPtrArray    *cells,
             unsigned int  n_columns)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);

  for (unsigned int i = 0; i < n_columns; i++)
    {
      g_autofree char *name = g_strdup_printf (HEADING " %u", i);

      forlop_csv_writer_add_text (writer, name);
    }
  g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));
  for (unsigned int i = 0; i < cells->len; i++)
    {
      forlop_csv_writer_add_text (writer, cells->pdata[i]);
      if (i % n_columns == n_columns - 1)
        g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));
    }
  g_assert_true (forlop_csv_writer_finish (writer, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* A line break in a cell is one character, however the file breaks its lines. */
static void
assert_cell (const char *read,
             const char *written)
{
  g_auto (GStrv) parts = g_strsplit (written, "\r\n", -1);
  g_autofree char *expected = g_strjoinv ("\n", parts);

  g_assert_cmpstr (read, ==, expected);
}

static void
assert_reads_as (GBytes       *bytes,
                 GPtrArray    *cells,
                 unsigned int  n_columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);
  unsigned int n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (forlop_csv_reader_get_n_columns (reader), ==, n_columns);
  while (forlop_csv_reader_next (reader, &error) == FORLOP_CSV_ROW)
    for (unsigned int i = 0; i < n_columns; i++, n++)
      {
        g_assert_cmpuint (n, <, cells->len);
        assert_cell (forlop_csv_reader_get_cell (reader, (int) i), cells->pdata[n]);
      }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, cells->len);
}

static void
what_is_written_is_read_again (void)
{
  for (unsigned int i = 0; i < TABLES; i++)
    {
      unsigned int n_columns = (unsigned int) g_test_rand_int_range (1, 9);
      g_autoptr (GPtrArray) cells = make_table (n_columns, (unsigned int) g_test_rand_int_range (0, 20));
      g_autoptr (GBytes) bytes = write_table (cells, n_columns);

      assert_reads_as (bytes, cells, n_columns);
    }
}

/* How another program may write the same. */
typedef struct {
  char separator;
  const char *line_end;
  gboolean has_mark;
  gboolean has_quotes; /* also where they are not needed */
  gboolean ends_its_last_line;
} Style;

static Style
make_style (void)
{
  static const char separators[] = { ';', ',', '\t' };
  static const char *const line_ends[] = { "\n", "\r\n", "\r" };

  return (Style) {
    .separator = separators[g_test_rand_int_range (0, G_N_ELEMENTS (separators))],
    .line_end = one_of (line_ends, G_N_ELEMENTS (line_ends)),
    .has_mark = g_test_rand_bit (),
    .has_quotes = g_test_rand_bit (),
    .ends_its_last_line = g_test_rand_bit (),
  };
}

static void
append_cell (GString     *text,
             const Style *style,
             const char  *cell)
{
  gboolean quotes = style->has_quotes || strpbrk (cell, ";,\t\"\r\n '") != NULL;
  /* What a spreadsheet would run is marked as text. */
  const char *first = cell + strspn (cell, "'");
  gboolean is_guarded = *first != '\0' && strchr ("=+-@\t\r\n", *first) != NULL;

  if (quotes)
    g_string_append_c (text, '"');
  if (is_guarded)
    g_string_append_c (text, '\'');
  for (const char *at = cell; *at != '\0'; at++)
    g_string_append_printf (text, "%s%c", *at == '"' ? "\"" : "", *at);
  if (quotes)
    g_string_append_c (text, '"');
}

static GBytes *
write_in_style (GPtrArray    *cells,
                unsigned int  n_columns,
                const Style  *style)
{
  GString *text = g_string_new (style->has_mark ? "\xef\xbb\xbf" : NULL);
  gsize length;

  for (unsigned int i = 0; i < cells->len; i++)
    {
      gboolean ends = i % n_columns == n_columns - 1;

      append_cell (text, style, cells->pdata[i]);
      if (!ends)
        g_string_append_c (text, style->separator);
      else if (i + 1 < cells->len || style->ends_its_last_line)
        g_string_append (text, style->line_end);
    }
  length = text->len;

  return g_bytes_new_take (g_string_free (text, FALSE), length);
}

static void
it_is_the_same_however_it_is_written (void)
{
  for (unsigned int i = 0; i < TABLES; i++)
    {
      unsigned int n_columns = (unsigned int) g_test_rand_int_range (2, 9);
      g_autoptr (GPtrArray) cells = make_table (n_columns, (unsigned int) g_test_rand_int_range (1, 20));
      g_autoptr (GPtrArray) all = g_ptr_array_new ();
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      Style style = make_style ();
      g_autoptr (GBytes) bytes = NULL;

      for (unsigned int j = 0; j < n_columns; j++)
        g_ptr_array_add (names, g_strdup_printf (HEADING " %u", j));
      g_ptr_array_extend (all, names, NULL, NULL);
      g_ptr_array_extend (all, cells, NULL, NULL);
      bytes = write_in_style (all, n_columns, &style);
      assert_reads_as (bytes, cells, n_columns);
    }
}

static const struct { const char *word; ForlopMeasure measure; const char *unit; } measures[] = {
  { "vekt", FORLOP_MEASURE_WEIGHT, "kg" },           { "29463-7", FORLOP_MEASURE_WEIGHT, "g" },
  { "puls", FORLOP_MEASURE_PULSE, "slag/min" },      { "SpO2", FORLOP_MEASURE_SPO2, "%" },
  { "Temperatur", FORLOP_MEASURE_TEMPERATURE, "°C" }, { "blodsukker", FORLOP_MEASURE_GLUCOSE, "mmol/L" },
};

/* Why a row cannot be used; what is said of it has the word. A time has the number of the row in it, so that no two are
 * the same. */
static const struct { unsigned int column; const char *cell; const char *word; } faults[] = {
  { 0, "12835430099", "check digit" }, { 1, "i går NN", "date and a time" }, { 1, "01.01.2199 12.NN", "future" },
  { 2, "lykke", "not a measure" },     { 3, "åtti", "not a number" },     { 4, "lbs", "Write for example" },
};

enum { N_COLUMNS = 6 };

static const char *const columns[N_COLUMNS] = { "fødselsnummer", "målt", "måling", "verdi", "enhet", "kilde" };

typedef struct {
  char *cells[N_COLUMNS];
  const char *refused; /* nullable: why */
  char *key;
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  for (unsigned int i = 0; i < N_COLUMNS; i++)
    g_free (self->cells[i]);
  g_free (self->key);
  g_free (self);
}

/* What the row comes to be: citizen, measure, time and value, whatever it was written in. */
static char *
dup_key (const char    *id_number,
         ForlopMeasure  measure,
         gint64         at,
         double         value)
{
  g_autofree char *id = forlop_measurement_dup_id ("01935d2c-7a10-7000-8000-000000000001", measure, at, value);

  return g_strconcat (id_number, " ", id, NULL);
}

static void
set_value (Row          *self,
           unsigned int  kind,
           unsigned int  tenths)
{
  gboolean is_grams = g_str_equal (measures[kind].unit, "g");
  char mark = g_test_rand_bit () ? ',' : '.';

  self->cells[3] = is_grams ? g_strdup_printf ("%u", tenths * 100) : g_strdup_printf ("%u%c%u", tenths / 10, mark, tenths % 10);
}

/* In winter, so that the clock in Oslo is an hour ahead. */
static gint64
set_time (Row          *self,
          unsigned int  minutes)
{
  gint64 at = G_GINT64_CONSTANT (1768435200000) + (gint64) minutes * FORLOP_MINUTE;

  if (g_test_rand_bit ())
    self->cells[1] = forlop_instant_to_iso (at);
  else
    {
      g_autoptr (GDateTime) wall = g_date_time_new_from_unix_utc (at / 1000 + 3600);

      self->cells[1] = g_date_time_format (wall, g_test_rand_bit () ? "%d.%m.%Y %H.%M" : "%d.%m.%Y %H:%M");
    }

  return at;
}

static Row *
make_row (unsigned int i)
{
  static const char *const sources[] = { "apparat", "", "Ansatt", "plattform" };
  Row *self = g_new0 (Row, 1);
  unsigned int kind = (unsigned int) g_test_rand_int_range (0, G_N_ELEMENTS (measures));
  unsigned int tenths = (unsigned int) g_test_rand_int_range (300, 1000);
  unsigned int fault = (unsigned int) g_test_rand_int_range (0, 5 * G_N_ELEMENTS (faults));
  ForlopDate born;
  gint64 at;

  g_assert_true (forlop_date_from_ymd (1940, 1, 1, &born));
  self->cells[0] = forlop_id_number_compose (born + (ForlopDate) (i % 3), 'f', i % 3);
  /* No two are the same. */
  at = set_time (self, i);
  self->cells[2] = g_strdup (measures[kind].word);
  set_value (self, kind, tenths);
  self->cells[4] = g_strdup (measures[kind].unit);
  self->cells[5] = g_strdup (one_of (sources, G_N_ELEMENTS (sources)));
  self->key = dup_key (self->cells[0], measures[kind].measure, at, tenths / 10.0);
  if (fault < G_N_ELEMENTS (faults))
    {
      g_autoptr (GString) cell = g_string_new (faults[fault].cell);
      g_autofree char *number = g_strdup_printf ("%02u", i);

      g_string_replace (cell, "NN", number, 1);
      g_set_str (&self->cells[faults[fault].column], cell->str);
      self->refused = faults[fault].word;
    }

  return self;
}

static void
shuffle (gpointer     *all,
         unsigned int  n)
{
  for (unsigned int i = n; i > 1; i--)
    {
      unsigned int j = (unsigned int) g_test_rand_int_range (0, (int) i);
      gpointer kept = all[i - 1];

      all[i - 1] = all[j];
      all[j] = kept;
    }
}

/* The rows and the columns in an order of their own each time. */
static ForlopMeasurementCsv *
read_rows (GPtrArray *rows)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  gpointer order[N_COLUMNS];
  Style style = make_style ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  ForlopMeasurementCsv *csv;

  shuffle (rows->pdata, rows->len);
  for (unsigned int i = 0; i < N_COLUMNS; i++)
    order[i] = GUINT_TO_POINTER (i);
  shuffle (order, N_COLUMNS);
  for (unsigned int i = 0; i < N_COLUMNS; i++)
    g_ptr_array_add (cells, (gpointer) columns[GPOINTER_TO_UINT (order[i])]);
  for (unsigned int i = 0; i < rows->len; i++)
    for (unsigned int j = 0; j < N_COLUMNS; j++)
      g_ptr_array_add (cells, ((Row *) rows->pdata[i])->cells[GPOINTER_TO_UINT (order[j])]);
  bytes = write_in_style (cells, N_COLUMNS, &style);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  csv = forlop_measurement_csv_read (stream, NOW, NULL, &error);
  g_assert_no_error (error);

  return csv;
}

static void
check_refused (ForlopMeasurementCsv *csv,
               GPtrArray            *rows)
{
  unsigned int n = 0;

  for (unsigned int i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      const ForlopCsvProblem *problem;

      if (row->refused == NULL)
        continue;
      g_assert_cmpuint (n, <, csv->problems->len);
      problem = g_ptr_array_index (csv->problems, n);
      g_assert_cmpuint (problem->line, ==, i + 2);
      if (strstr (problem->reason, row->refused) == NULL)
        g_error ("“%s” does not say “%s”", problem->reason, row->refused);
      n++;
    }
  g_assert_cmpuint (csv->problems->len, ==, n);
}

/* In whatever order and style, the same measurements come in, and each row that does not is named with its reason. */
static void
measurements_are_the_same_in_any_order (void)
{
  for (unsigned int i = 0; i < FILES; i++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
      g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

      for (unsigned int j = 0; j < 40; j++)
        {
          Row *row = make_row (j);

          g_ptr_array_add (rows, row);
          if (row->refused == NULL)
            g_hash_table_add (wanted, row->key);
        }
      for (unsigned int turn = 0; turn < 2; turn++)
        {
          g_autoptr (ForlopMeasurementCsv) csv = read_rows (rows);

          g_assert_cmpuint (csv->n_rows, ==, rows->len);
          check_refused (csv, rows);
          g_assert_cmpuint (csv->rows->len, ==, rows->len);
          g_assert_cmpuint (csv->rows->len - csv->problems->len, ==, g_hash_table_size (wanted));
          for (unsigned int j = 0; j < csv->rows->len; j++)
            {
              const ForlopMeasurementRow *row = g_ptr_array_index (csv->rows, j);
              const ForlopIncoming *says = row->incoming;
              g_autofree char *key = NULL;

              g_assert_true ((says->fault != NULL) == (row->problem != NULL));
              if (says->fault != NULL)
                continue;
              key = dup_key (says->id_number, says->values[0].measure, says->measured_at, says->values[0].value);
              g_assert_true (g_hash_table_contains (wanted, key));
            }
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-properties/what-is-written-is-read-again", what_is_written_is_read_again);
  g_test_add_func ("/csv-properties/it-is-the-same-however-it-is-written", it_is_the_same_however_it_is_written);
  g_test_add_func ("/csv-properties/measurements-are-the-same-in-any-order", measurements_are_the_same_in_any_order);

  return g_test_run ();
}
