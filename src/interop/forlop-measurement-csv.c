/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-measurement-csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-csv-cell.h"
#include "forlop-csv-text.h"
#include "forlop-format.h"
#include "forlop-interop-error.h"
#include "forlop-measure-words-private.h"

#define CANCEL_CHECK_ROWS 1024

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
  GHashTable *seen; /* what every row says, as text */
} Reading;

static void
measurement_row_free (ForlopMeasurementRow *row)
{
  forlop_incoming_free (row->incoming);
  g_free (row);
}

static const char *
cell_of (Reading *reading,
         Column   column)
{
  return forlop_csv_reader_get_cell (reading->reader, reading->indices[column]);
}

/* The row is kept with the first of its faults; the reason tells of all. */
static void
doubt (Reading        *reading,
       ForlopIncoming *row,
       Column          column,
       const char     *fault,
       const char     *reason)
{
  unsigned int index = (unsigned int) reading->indices[column];
  g_autofree char *value = forlop_csv_text_clean (cell_of (reading, column), " ");

  forlop_csv_problems_add (reading->csv->problems, forlop_csv_reader_get_line (reading->reader),
                           forlop_csv_reader_get_column_name (reading->reader, index), value,
                           reason);
  forlop_incoming_doubt (row, fault, *value != '\0' ? value : NULL);
}

static void
read_who_and_when (Reading        *reading,
                   ForlopIncoming *row)
{
  ForlopDate today = forlop_instant_to_date (reading->now_ms);
  g_autoptr (GError) who = NULL;
  g_autoptr (GError) when = NULL;

  row->id_number = forlop_csv_cell_id_number (cell_of (reading, COLUMN_ID_NUMBER), today, &who);
  if (row->id_number == NULL)
    {
      row->platform_person = forlop_csv_text_clean (cell_of (reading, COLUMN_ID_NUMBER), " ");
      doubt (reading, row, COLUMN_ID_NUMBER, "unknown_citizen", who->message);
    }

  if (!forlop_csv_cell_instant (cell_of (reading, COLUMN_MEASURED_AT), today, &row->measured_at,
                                &when))
    {
      row->measured_at = FORLOP_INSTANT_NONE;
      doubt (reading, row, COLUMN_MEASURED_AT, "no_time", when->message);
    }
  else if (row->measured_at > reading->now_ms)
    doubt (reading, row, COLUMN_MEASURED_AT, "future_time",
           _("The measurement is dated in the future. Correct the date."));
}

static void
read_number (Reading             *reading,
             ForlopIncoming      *row,
             const char          *text,
             ForlopIncomingValue *value)
{
  g_autoptr (GError) problem = NULL;

  if (text[0] == '\0')
    doubt (reading, row, COLUMN_VALUE, "unclear", _("The value is missing. Write a number."));
  else if (!forlop_number_parse (text, &value->value, &problem))
    {
      value->value = NAN;
      doubt (reading, row, COLUMN_VALUE, "unclear", problem->message);
    }
}

/* The values as they stand, NaN for what is no number. */
static void
read_numbers (Reading        *reading,
              ForlopIncoming *row,
              ForlopMeasure   measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  g_autofree char *text = forlop_csv_text_clean (cell_of (reading, COLUMN_VALUE), " ");
  g_auto (GStrv) parts = NULL;

  row->n_values = forlop_measure_is_panel (measure) ? FORLOP_INCOMING_VALUES : 1;
  for (unsigned int i = 0; i < row->n_values; i++)
    {
      row->values[i].measure = row->n_values > 1 ? info->components[i] : measure;
      row->values[i].value = NAN;
    }
  if (row->n_values == 1)
    {
      read_number (reading, row, text, &row->values[0]);
      return;
    }

  parts = g_strsplit (text, "/", FORLOP_INCOMING_VALUES + 1);
  if (g_strv_length (parts) == row->n_values)
    for (unsigned int i = 0; i < row->n_values; i++)
      read_number (reading, row, g_strstrip (parts[i]), &row->values[i]);
  else
    doubt (reading, row, COLUMN_VALUE, "unclear",
           _("A blood pressure is two numbers. Write the higher and the lower with a "
             "stroke between them, for example 142/88."));
}

/* What stands in a unit of something else is kept as it stands, with that unit. */
static void
convert_numbers (Reading        *reading,
                 ForlopIncoming *row)
{
  const char *unit = cell_of (reading, COLUMN_UNIT);
  double converted[FORLOP_INCOMING_VALUES];

  for (unsigned int i = 0; i < row->n_values; i++)
    {
      ForlopMeasure measure = row->values[i].measure;
      g_autofree char *reason = NULL;

      if (isnan (row->values[i].value))
        return;
      if (forlop_measure_words_convert (measure, row->values[i].value, unit, &converted[i]))
        continue;
      reason = g_strdup_printf (_("This is not a unit of %s. Write for example %s."), forlop_measure_noun (measure),
                                _(forlop_measure_info (measure)->shown_unit));
      row->unit = forlop_csv_text_clean (unit, " ");
      doubt (reading, row, COLUMN_UNIT, "wrong_unit", reason);
      return;
    }
  for (unsigned int i = 0; i < row->n_values; i++)
    row->values[i].value = converted[i];
}

static void
read_what (Reading        *reading,
           ForlopIncoming *row)
{
  ForlopMeasure measure = forlop_measure_words_find (cell_of (reading, COLUMN_MEASURE));

  if (measure == FORLOP_MEASURE_UNKNOWN)
    {
      doubt (reading, row, COLUMN_MEASURE, "unknown_code",
             _("This is not a measure that is known. Write its name, for example vekt, or its LOINC code."));
      return;
    }
  read_numbers (reading, row, measure);
  convert_numbers (reading, row);
}

static void
read_source (Reading        *reading,
             ForlopIncoming *row)
{
  ForlopMeasurementSource source;

  if (forlop_measure_words_source (cell_of (reading, COLUMN_SOURCE), &source))
    row->source = forlop_measurement_source_code (source);
  else
    doubt (reading, row, COLUMN_SOURCE, "other",
           _("This is not a source that is known. Write apparat, innbygger or ansatt, or nothing."));
}

/* The cells that count, in an order that is not the file's: the same row of another file is the same. */
static char *
dup_cells (Reading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *cell = forlop_csv_text_clean (reading->indices[i] >= 0 ? cell_of (reading, (Column) i) : "", " ");

      g_string_append (text, i > 0 ? ";" : "");
      g_string_append (text, cell);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_key (ForlopIncoming *row)
{
  g_autoptr (GString) key = NULL;

  if (row->fault != NULL)
    return g_strdup (row->body);
  key = g_string_new (row->id_number);
  g_string_append_printf (key, " %" G_GINT64_FORMAT, row->measured_at);
  for (unsigned int i = 0; i < row->n_values; i++)
    g_string_append_printf (key, " %d %.17g", (int) row->values[i].measure, row->values[i].value);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
take_row (Reading        *reading,
          ForlopIncoming *incoming)
{
  GPtrArray *problems = reading->csv->problems;
  ForlopMeasurementRow *row;

  incoming->body = dup_cells (reading);
  if (incoming->fault != NULL)
    incoming->codings = forlop_csv_text_clean (cell_of (reading, COLUMN_MEASURE), " ");
  if (!g_hash_table_add (reading->seen, dup_key (incoming)))
    {
      if (incoming->fault != NULL)
        g_ptr_array_set_size (problems, (int) problems->len - 1);
      reading->csv->n_repeated++;
      forlop_incoming_free (incoming);
      return;
    }
  row = g_new0 (ForlopMeasurementRow, 1);
  row->line = forlop_csv_reader_get_line (reading->reader);
  row->incoming = incoming;
  row->problem = incoming->fault != NULL ? g_ptr_array_index (problems, problems->len - 1) : NULL;
  g_ptr_array_add (reading->csv->rows, row);
}

static void
read_row (Reading *reading)
{
  ForlopIncoming *row = forlop_incoming_new ();

  read_who_and_when (reading, row);
  read_what (reading, row);
  read_source (reading, row);
  take_row (reading, row);
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
 * @now_ms: a measurement that is dated after this cannot be used
 *
 * Reads the whole file. A row cannot be used where citizen, time, measure, value, unit or source
 * cannot be right; a value far outside what is possible can, for triage to mark.
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
