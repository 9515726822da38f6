/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-citizen-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-csv-cell.h"
#include "forlop-csv-text.h"
#include "forlop-field-value.h"
#include "forlop-format.h"
#include "forlop-interop-error.h"

#define CANCEL_CHECK_ROWS 1024

typedef enum {
  COLUMN_ID_NUMBER,
  COLUMN_GIVEN_NAME,
  COLUMN_FAMILY_NAME,
  COLUMN_ADDRESS,
  COLUMN_POSTAL_CODE,
  COLUMN_POSTAL_PLACE,
  COLUMN_PHONE,
  COLUMN_GP,
  COLUMN_UNIT,
  N_COLUMNS,
} Column;

/* The second names are those of our own export. */
static const ForlopCsvColumn columns[N_COLUMNS] = {
  [COLUMN_ID_NUMBER] = { "fødselsnummer", "fodselsnummer|foedselsnummer|fnr|id_number", TRUE },
  [COLUMN_GIVEN_NAME] = { "fornavn", "given_name", TRUE },
  [COLUMN_FAMILY_NAME] = { "etternavn", "family_name", TRUE },
  [COLUMN_ADDRESS] = { "adresse", "address", FALSE },
  [COLUMN_POSTAL_CODE] = { "postnummer", "postnr|postal_code", FALSE },
  [COLUMN_POSTAL_PLACE] = { "poststed", "postal_place", FALSE },
  [COLUMN_PHONE] = { "telefon", "tlf|phone", FALSE },
  [COLUMN_GP] = { "fastlege", "gp", FALSE },
  [COLUMN_UNIT] = { "enhet", "unit", FALSE },
};

/* The declared field that sets the limits of a column's text; NULL where other rules do. */
static const char *const field_names[N_COLUMNS] = {
  [COLUMN_GIVEN_NAME] = "given_name",
  [COLUMN_FAMILY_NAME] = "family_name",
  [COLUMN_ADDRESS] = "address",
  [COLUMN_POSTAL_PLACE] = "postal_place",
  [COLUMN_GP] = "gp",
};

static const gsize offsets[N_COLUMNS] = {
  [COLUMN_ID_NUMBER] = G_STRUCT_OFFSET (ForlopCitizenRow, id_number),
  [COLUMN_GIVEN_NAME] = G_STRUCT_OFFSET (ForlopCitizenRow, given_name),
  [COLUMN_FAMILY_NAME] = G_STRUCT_OFFSET (ForlopCitizenRow, family_name),
  [COLUMN_ADDRESS] = G_STRUCT_OFFSET (ForlopCitizenRow, address),
  [COLUMN_POSTAL_CODE] = G_STRUCT_OFFSET (ForlopCitizenRow, postal_code),
  [COLUMN_POSTAL_PLACE] = G_STRUCT_OFFSET (ForlopCitizenRow, postal_place),
  [COLUMN_PHONE] = G_STRUCT_OFFSET (ForlopCitizenRow, phone),
  [COLUMN_GP] = G_STRUCT_OFFSET (ForlopCitizenRow, gp),
  [COLUMN_UNIT] = G_STRUCT_OFFSET (ForlopCitizenRow, unit),
};

typedef struct {
  ForlopCitizenCsv *csv;
  ForlopCsvReader *reader;
  const ForlopRecordType *type;
  ForlopDate today;
  int indices[N_COLUMNS];
  GHashTable *by_id_number; /* id_number of a row -> the row, both borrowed */
} Reading;

static char **
value_of (ForlopCitizenRow *row,
          Column            column)
{
  return G_STRUCT_MEMBER_P (row, offsets[column]);
}

static void
citizen_row_free (ForlopCitizenRow *row)
{
  for (Column column = 0; column < N_COLUMNS; column++)
    g_free (*value_of (row, column));
  g_free (row);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCitizenRow, citizen_row_free)

static void
add_problem (Reading    *reading,
             Column      column,
             const char *reason)
{
  int index = reading->indices[column];
  g_autofree char *value =
    forlop_csv_text_clean (forlop_csv_reader_get_cell (reading->reader, index), " ");

  forlop_csv_problems_add (reading->csv->problems, forlop_csv_reader_get_line (reading->reader),
                           forlop_csv_reader_get_column_name (reading->reader,
                                                              (unsigned int) index),
                           value, reason);
}

static char *
read_text (Reading     *reading,
           Column       column,
           const char  *cell,
           GError     **error)
{
  g_autofree char *text = forlop_csv_text_clean (cell, column == COLUMN_ADDRESS ? ", " : " ");

  if (field_names[column] != NULL &&
      !forlop_field_check_text (forlop_record_type_field (reading->type, field_names[column]),
                                text, error))
    return NULL;

  return g_steal_pointer (&text);
}

/* The value of a cell; NULL without error where nothing is said. */
static char *
read_cell (Reading  *reading,
           Column    column,
           GError  **error)
{
  const char *cell = forlop_csv_reader_get_cell (reading->reader, reading->indices[column]);

  if (column == COLUMN_ID_NUMBER)
    return forlop_csv_cell_id_number (cell, reading->today, error);

  g_autofree char *clean = forlop_csv_text_clean (cell, " ");

  if (clean[0] == '\0')
    {
      if (columns[column].required)
        g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_ROW,
                             column == COLUMN_GIVEN_NAME
                               ? _("The given name is missing. The row was left out; write it.")
                               : _("The family name is missing. The row was left out; write it."));
      return NULL;
    }

  if (column == COLUMN_POSTAL_CODE)
    return forlop_csv_cell_postal_code (cell, error);
  if (column == COLUMN_PHONE)
    return forlop_phone_normalize (clean, error);

  return read_text (reading, column, cell, error);
}

static ForlopCitizenRow *
read_row (Reading *reading)
{
  g_autoptr (ForlopCitizenRow) row = g_new0 (ForlopCitizenRow, 1);
  gboolean good = TRUE;

  row->line = forlop_csv_reader_get_line (reading->reader);
  for (Column column = 0; column < N_COLUMNS; column++)
    {
      g_autoptr (GError) problem = NULL;

      *value_of (row, column) = read_cell (reading, column, &problem);
      if (problem != NULL)
        add_problem (reading, column, problem->message);
      good &= problem == NULL;
    }

  return good ? g_steal_pointer (&row) : NULL;
}

/* A row may repeat what an earlier one says about a person, or less, but nothing else. */
static void
compare_with_first (Reading          *reading,
                    ForlopCitizenRow *row,
                    ForlopCitizenRow *first)
{
  gboolean same = TRUE;

  for (Column column = 0; column < N_COLUMNS; column++)
    {
      const char *value = *value_of (row, column);

      if (value == NULL || g_strcmp0 (value, *value_of (first, column)) == 0)
        continue;

      g_autofree char *reason =
        g_strdup_printf (_("Line %u is about the same person and says something else here. This "
                           "row was left out and that one kept; remove one of them."),
                         first->line);
      add_problem (reading, column, reason);
      same = FALSE;
    }

  reading->csv->n_repeated += same;
}

static void
take_row (Reading          *reading,
          ForlopCitizenRow *taken)
{
  g_autoptr (ForlopCitizenRow) row = taken;
  ForlopCitizenRow *first = g_hash_table_lookup (reading->by_id_number, row->id_number);

  if (first != NULL)
    {
      compare_with_first (reading, row, first);
      return;
    }

  g_hash_table_insert (reading->by_id_number, row->id_number, row);
  g_ptr_array_add (reading->csv->rows, g_steal_pointer (&row));
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
      ForlopCitizenRow *row = NULL;

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
      else if ((row = read_row (reading)) != NULL)
        take_row (reading, row);
    }
}

/**
 * forlop_citizen_csv_read:
 * @stream: the file, read once or twice from where it stands
 * @today: from 2032 on, the check digits of the new identity numbers are right too
 *
 * Reads the whole file. A row is refused where its identity number or a name is missing, where a
 * value cannot be right, and where it contradicts an earlier row about the same person.
 *
 * Returns: (transfer full): what was read, or %NULL where the file as a whole is unusable
 */
ForlopCitizenCsv *
forlop_citizen_csv_read (GInputStream  *stream,
                         ForlopDate     today,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (today != FORLOP_DATE_NONE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new (stream, cancellable, error);

  if (reader == NULL)
    return NULL;

  g_autoptr (ForlopCitizenCsv) self = g_new0 (ForlopCitizenCsv, 1);
  g_autoptr (GHashTable) by_id_number = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = {
    .csv = self,
    .reader = reader,
    .type = forlop_record_type_find ("citizen"),
    .today = today,
    .by_id_number = by_id_number,
  };

  self->encoding = forlop_csv_reader_get_encoding (reader);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) citizen_row_free);
  self->problems = forlop_csv_problems_new ();

  if (!forlop_csv_reader_map_columns (reader, columns, N_COLUMNS, reading.indices,
                                      &self->unknown_columns, error) ||
      !read_rows (&reading, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_citizen_csv_free (ForlopCitizenCsv *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_strfreev (self->unknown_columns);
  g_free (self);
}
