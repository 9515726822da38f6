/* SPDX-License-Identifier: EUPL-1.2 */

/* Any bytes at all: the readers must refuse or read, and what was read must come back the same
 * from the writer. */

#include "fuzz.h"

#include <gio/gio.h>

#include "forlop-citizen-csv.h"
#include "forlop-csv-writer.h"
#include "forlop-measurement-csv.h"

#define NOW G_GINT64_CONSTANT (1795327920000)

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
take_row (ForlopCsvReader *reader,
          ForlopCsvWriter *writer,
          GPtrArray       *cells)
{
  for (unsigned int i = 0; i < forlop_csv_reader_get_n_columns (reader); i++)
    {
      const char *cell = forlop_csv_reader_get_cell (reader, (int) i);

      g_assert_true (g_utf8_validate (cell, -1, NULL));
      forlop_csv_writer_add_text (writer, cell);
      g_ptr_array_add (cells, g_strdup (cell));
    }
  g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));
}

static GBytes *
copy_rows (ForlopCsvReader *reader,
           GPtrArray       *cells)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  unsigned int line = 0;

  for (unsigned int i = 0; i < forlop_csv_reader_get_n_columns (reader); i++)
    forlop_csv_writer_add_text (writer, "heading");
  g_assert_true (forlop_csv_writer_end_row (writer, NULL, NULL));

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      ForlopCsvResult result = forlop_csv_reader_next (reader, &error);

      g_assert_true ((error != NULL) ==
                     (result == FORLOP_CSV_BAD_ROW || result == FORLOP_CSV_FAILED));
      if (result == FORLOP_CSV_END || result == FORLOP_CSV_FAILED)
        break;

      g_assert_cmpuint (forlop_csv_reader_get_line (reader), >, line);
      line = forlop_csv_reader_get_line (reader);
      if (result == FORLOP_CSV_ROW)
        take_row (reader, writer, cells);
    }

  g_assert_true (forlop_csv_writer_finish (writer, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
check_rows_come_back (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, &error);

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    return;

  unsigned int n_columns = forlop_csv_reader_get_n_columns (reader);
  g_autoptr (GBytes) copy = copy_rows (reader, cells);
  g_autoptr (ForlopCsvReader) again = forlop_csv_reader_new_for_bytes (copy, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (forlop_csv_reader_get_n_columns (again), ==, n_columns);
  for (unsigned int i = 0; i < cells->len; i++)
    {
      if (i % n_columns == 0)
        g_assert_cmpint (forlop_csv_reader_next (again, &error), ==, FORLOP_CSV_ROW);
      g_assert_cmpstr (forlop_csv_reader_get_cell (again, (int) (i % n_columns)), ==,
                       g_ptr_array_index (cells, i));
    }
  g_assert_cmpint (forlop_csv_reader_next (again, &error), ==, FORLOP_CSV_END);
}

static void
read_citizens (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv =
    forlop_citizen_csv_read (stream, forlop_instant_to_date (NOW), NULL, &error);

  g_assert_true ((csv == NULL) == (error != NULL));
  if (csv != NULL)
    g_assert_cmpuint (csv->n_rows, ==, csv->rows->len + csv->n_repeated + csv->problems->len);
}

static void
read_measurements (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopMeasurementCsv) csv = forlop_measurement_csv_read (stream, NOW, NULL, &error);

  g_assert_true ((csv == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  check_rows_come_back (bytes);
  read_citizens (bytes);
  read_measurements (bytes);

  return 0;
}
