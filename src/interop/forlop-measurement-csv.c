/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-measurement-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-csv-cell.h"
#include "forlop-csv-text.h"
#include "forlop-format.h"
#include "forlop-interop-error.h"
#include "forlop-measure-words-private.h"

#define CANCEL_CHECK_ROWS 1024
#define MAX_VALUES 2

typedef enum {
  COLUMN_ID_NUMBER,
  COLUMN_MEASURED_AT,
  COLUMN_MEASURE,
  COLUMN_VALUE,
  COLUMN_UNIT,
  COLUMN_SOURCE,
  N_COLUMNS,
} Column;

static const ForlopCsvColumn columns[N_COLUMNS] = {
  [COLUMN_ID_NUMBER] = { "fødselsnummer", "fodselsnummer|foedselsnummer|fnr|id_number", TRUE },
  [COLUMN_MEASURED_AT] = { "målt", "maalt|tidspunkt|measured_at", TRUE },
  [COLUMN_MEASURE] = { "måling", "maaling|code", TRUE },
  [COLUMN_VALUE] = { "verdi", "value", TRUE },
  [COLUMN_UNIT] = { "enhet", "unit", TRUE },
  [COLUMN_SOURCE] = { "kilde", "source", FALSE },
};

typedef struct {
  ForlopMeasurementCsv *csv;
  ForlopCsvReader *reader;
  gint64 now_ms;
  int indices[N_COLUMNS];
  GHashTable *seen; /* citizen, measure, time and value of every row, as text */
} Reading;

/* One row of the file, of which a blood pressure makes two measurements. */
typedef struct {
  char *id_number;
  gint64 measured_at;
  ForlopMeasurementSource source;
  ForlopMeasure measure;
  unsigned int n_values;
  double values[MAX_VALUES];
} FileRow;

static void
measurement_row_free (ForlopMeasurementRow *row)
{
  g_free (row->id_number);
  g_free (row);
}

static const char *
cell_of (Reading *reading,
         Column   column)
{
  return forlop_csv_reader_get_cell (reading->reader, reading->indices[column]);
}

static gboolean
refuse (Reading    *reading,
        Column      column,
        const char *reason)
{
  unsigned int index = (unsigned int) reading->indices[column];
  g_autofree char *value = forlop_csv_text_clean (cell_of (reading, column), " ");

  forlop_csv_problems_add (reading->csv->problems, forlop_csv_reader_get_line (reading->reader),
                           forlop_csv_reader_get_column_name (reading->reader, index), value,
                           reason);

  return FALSE;
}

static gboolean
read_who_and_when (Reading *reading,
                   FileRow *row)
{
  ForlopDate today = forlop_instant_to_date (reading->now_ms);
  g_autoptr (GError) who = NULL;
  g_autoptr (GError) when = NULL;
  gboolean good = TRUE;

  row->id_number = forlop_csv_cell_id_number (cell_of (reading, COLUMN_ID_NUMBER), today, &who);
  if (row->id_number == NULL)
    good = refuse (reading, COLUMN_ID_NUMBER, who->message);

  if (!forlop_csv_cell_instant (cell_of (reading, COLUMN_MEASURED_AT), today, &row->measured_at,
                                &when))
    good = refuse (reading, COLUMN_MEASURED_AT, when->message);
  else if (row->measured_at > reading->now_ms + FORLOP_DAY)
    good = refuse (reading, COLUMN_MEASURED_AT,
                   _("The measurement is dated in the future. The row was left out; correct the "
                     "date."));

  return good;
}

static gboolean
read_number (Reading    *reading,
             const char *text,
             double     *value)
{
  g_autoptr (GError) problem = NULL;

  if (text[0] == '\0')
    return refuse (reading, COLUMN_VALUE,
                   _("The value is missing. The row was left out; write a number."));

  return forlop_number_parse (text, value, &problem) ||
         refuse (reading, COLUMN_VALUE, problem->message);
}

static gboolean
read_numbers (Reading *reading,
              FileRow *row)
{
  g_autofree char *text = forlop_csv_text_clean (cell_of (reading, COLUMN_VALUE), " ");

  row->n_values = 1;
  if (!forlop_measure_is_panel (row->measure))
    return read_number (reading, text, &row->values[0]);

  g_auto (GStrv) parts = g_strsplit (text, "/", MAX_VALUES + 1);

  row->n_values = g_strv_length (parts);
  if (row->n_values != MAX_VALUES)
    return refuse (reading, COLUMN_VALUE,
                   _("A blood pressure is two numbers. Write the higher and the lower with a "
                     "stroke between them, for example 142/88."));

  for (unsigned int i = 0; i < MAX_VALUES; i++)
    if (!read_number (reading, g_strstrip (parts[i]), &row->values[i]))
      return FALSE;

  return TRUE;
}

static ForlopMeasure
component (FileRow      *row,
           unsigned int  index)
{
  return forlop_measure_is_panel (row->measure)
           ? forlop_measure_info (row->measure)->components[index]
           : row->measure;
}

static gboolean
convert_numbers (Reading *reading,
                 FileRow *row)
{
  const char *unit = cell_of (reading, COLUMN_UNIT);

  for (unsigned int i = 0; i < row->n_values; i++)
    {
      ForlopMeasure measure = component (row, i);

      if (!forlop_measure_words_convert (measure, row->values[i], unit, &row->values[i]))
        {
          g_autofree char *reason =
            g_strdup_printf (_("This is not a unit of %s. The row was left out; write for example "
                               "%s."), forlop_measure_noun (measure),
                             _(forlop_measure_info (measure)->shown_unit));

          return refuse (reading, COLUMN_UNIT, reason);
        }
    }

  return TRUE;
}

static gboolean
read_what (Reading *reading,
           FileRow *row)
{
  row->measure = forlop_measure_words_find (cell_of (reading, COLUMN_MEASURE));
  if (row->measure == FORLOP_MEASURE_UNKNOWN)
    return refuse (reading, COLUMN_MEASURE,
                   _("This is not a measure that is known. The row was left out; write its name, "
                     "for example vekt, or its LOINC code."));

  return read_numbers (reading, row) && convert_numbers (reading, row);
}

static gboolean
read_source (Reading *reading,
             FileRow *row)
{
  if (forlop_measure_words_source (cell_of (reading, COLUMN_SOURCE), &row->source))
    return TRUE;

  return refuse (reading, COLUMN_SOURCE,
                 _("This is not a source that is known. The row was left out; write apparat, "
                   "innbygger or ansatt, or nothing."));
}

static void
take_row (Reading *reading,
          FileRow *row)
{
  gboolean new = FALSE;

  for (unsigned int i = 0; i < row->n_values; i++)
    {
      char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT " %.17g", row->id_number,
                                   (int) component (row, i), row->measured_at, row->values[i]);

      if (!g_hash_table_add (reading->seen, key))
        continue;

      ForlopMeasurementRow *measurement = g_new0 (ForlopMeasurementRow, 1);

      measurement->line = forlop_csv_reader_get_line (reading->reader);
      measurement->id_number = g_strdup (row->id_number);
      measurement->measure = component (row, i);
      measurement->source = row->source;
      measurement->value = row->values[i];
      measurement->measured_at = row->measured_at;
      g_ptr_array_add (reading->csv->rows, measurement);
      new = TRUE;
    }

  reading->csv->n_repeated += !new;
}

static void
read_row (Reading *reading)
{
  FileRow row = { 0 };
  gboolean good = read_who_and_when (reading, &row);

  good &= read_what (reading, &row);
  good &= read_source (reading, &row);
  if (good)
    take_row (reading, &row);

  g_free (row.id_number);
}

static gboolean
read_rows (Reading       *reading,
           GCancellable  *cancellable,
           GError       **error)
{
  for (;;)
    {
      g_autoptr (GError) problem = NULL;
      ForlopCsvResult result = forlop_csv_reader_next (reading->reader, &problem);

      if (result == FORLOP_CSV_END)
        return TRUE;

      if (result == FORLOP_CSV_FAILED)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }

      if (++reading->csv->n_rows % CANCEL_CHECK_ROWS == 0 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (result == FORLOP_CSV_BAD_ROW)
        forlop_csv_problems_add_row (reading->csv->problems, reading->reader, problem->message);
      else
        read_row (reading);
    }
}

/**
 * forlop_measurement_csv_read:
 * @stream: the file, read once or twice from where it stands
 * @now_ms: a measurement dated more than a day after this is refused
 *
 * Reads the whole file. A row is refused where citizen, time, measure, value, unit or source
 * cannot be right; a value far outside what is possible is kept for triage to mark.
 *
 * Returns: (transfer full): what was read, or %NULL where the file as a whole is unusable
 */
ForlopMeasurementCsv *
forlop_measurement_csv_read (GInputStream  *stream,
                             gint64         now_ms,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (now_ms != FORLOP_INSTANT_NONE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new (stream, cancellable, error);

  if (reader == NULL)
    return NULL;

  g_autoptr (ForlopMeasurementCsv) self = g_new0 (ForlopMeasurementCsv, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { .csv = self, .reader = reader, .now_ms = now_ms, .seen = seen };

  self->encoding = forlop_csv_reader_get_encoding (reader);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) measurement_row_free);
  self->problems = forlop_csv_problems_new ();

  if (!forlop_csv_reader_map_columns (reader, columns, N_COLUMNS, reading.indices,
                                      &self->unknown_columns, error) ||
      !read_rows (&reading, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_measurement_csv_free (ForlopMeasurementCsv *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_strfreev (self->unknown_columns);
  g_free (self);
}
