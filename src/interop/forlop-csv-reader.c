/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-reader.h"

#include <glib/gi18n-lib.h>

#include "forlop-csv-source-private.h"
#include "forlop-csv-text.h"
#include "forlop-interop-error.h"

typedef enum {
  AT_CELL_START,
  IN_PLAIN,
  IN_QUOTES,
  AFTER_QUOTES,
} ParseState;

struct _ForlopCsvReader
{
  ForlopCsvSource *source;
  char separator;
  gboolean failed;
  char **columns;
  unsigned int n_columns;

  /* The present row: its cells one after the other, each ended by a zero byte. */
  GString *text;
  GArray *starts; /* of gsize, into text */
  gsize n_bytes;
  ParseState state;
  unsigned int line;
  unsigned int quote_line;
  gboolean quoted;   /* some cell of the row was quoted */
  char *problem;     /* a sentence, when the row is bad */
  int problem_cell;
};

/* Parsing one row */

static void
note_problem (ForlopCsvReader *self,
              const char      *problem)
{
  if (self->problem != NULL)
    return;

  self->problem = g_strdup (problem);
  self->problem_cell = (int) self->starts->len - 1;
}

static void
begin_cell (ForlopCsvReader *self)
{
  gsize start = self->text->len;

  g_array_append_val (self->starts, start);
  self->state = AT_CELL_START;
}

static void
end_cell (ForlopCsvReader *self)
{
  gsize start = g_array_index (self->starts, gsize, self->starts->len - 1);
  const char *cell = self->text->str + start;

  if (!g_utf8_validate_len (cell, self->text->len - start, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (cell, (gssize) (self->text->len - start));

      note_problem (self, _("This row has a character that cannot be read. The row was left out; "
                            "write the character again and save the file as “CSV UTF-8”."));
      g_string_truncate (self->text, start);
      g_string_append (self->text, valid);
    }
  else if (cell[0] == '\'' && forlop_csv_text_guarded (cell))
    {
      g_string_erase (self->text, (gssize) start, 1);
    }

  g_string_append_c (self->text, '\0');
}

static void
append_byte (ForlopCsvReader *self,
             guint8           byte)
{
  if (byte < 0x80 || forlop_csv_source_get_encoding (self->source) != FORLOP_CSV_WINDOWS_1252)
    {
      g_string_append_c (self->text, (char) byte);
      return;
    }

  gunichar character = forlop_csv_source_decode (byte);

  if (character == 0)
    note_problem (self, _("This row has a character that is in neither UTF-8 nor Windows-1252. "
                          "The row was left out; write the character again and save the file as "
                          "“CSV UTF-8”."));
  g_string_append_unichar (self->text, character != 0 ? character : 0xfffd);
}

/* Takes one byte in; returns whether the row is complete. */
static gboolean
take_byte (ForlopCsvReader *self,
           guint8           byte)
{
  if (self->state == IN_QUOTES)
    {
      if (byte == '"')
        self->state = AFTER_QUOTES;
      else
        append_byte (self, byte);
      return FALSE;
    }

  if (byte == (guint8) self->separator || byte == '\n')
    {
      end_cell (self);
      if (byte != '\n')
        begin_cell (self);
      return byte == '\n';
    }

  if (byte == '"' && self->state != IN_PLAIN)
    {
      if (self->state == AFTER_QUOTES)
        append_byte (self, byte);
      else
        self->quote_line = forlop_csv_source_get_line (self->source);
      self->state = IN_QUOTES;
      self->quoted = TRUE;
      return FALSE;
    }

  if (self->state == AFTER_QUOTES)
    {
      if (byte == ' ' || byte == '\t')
        return FALSE;
      note_problem (self, _("Text follows the closing quotation mark of a cell. The row was left "
                            "out; write quotation marks inside a cell twice."));
    }

  self->state = IN_PLAIN;
  append_byte (self, byte);

  return FALSE;
}

static gboolean
refuse_byte (ForlopCsvReader  *self,
             int               byte,
             GError          **error)
{
  if (byte == '\0')
    g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_NOT_TEXT,
                 _("Line %u holds a zero byte, so this is not a text file. Nothing was imported; "
                   "export the table as CSV and choose that file."),
                 forlop_csv_source_get_line (self->source));
  else if (self->n_bytes > FORLOP_CSV_MAX_ROW && self->state == IN_QUOTES)
    g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_TOO_LONG,
                 _("The row on line %u is longer than 1 MiB; a quotation mark opened on line %u is "
                   "probably not closed. Nothing was imported; correct that line and try again."),
                 self->line, self->quote_line);
  else if (self->n_bytes > FORLOP_CSV_MAX_ROW || self->starts->len > FORLOP_CSV_MAX_COLUMNS)
    g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_TOO_LONG,
                 _("The row on line %u is longer than 1 MiB or has more than %d cells. Nothing was "
                   "imported; check that this is the right file."),
                 self->line, FORLOP_CSV_MAX_COLUMNS);
  else
    return FALSE;

  return TRUE;
}

static void
clear_row (ForlopCsvReader *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
  g_clear_pointer (&self->problem, g_free);
  self->problem_cell = -1;
  self->n_bytes = 0;
  self->quoted = FALSE;
  self->line = forlop_csv_source_get_line (self->source);
  begin_cell (self);
}

static ForlopCsvResult
parse_row (ForlopCsvReader  *self,
           GError          **error)
{
  clear_row (self);

  for (;;)
    {
      int byte = forlop_csv_source_read (self->source, error);

      if (byte == FORLOP_CSV_SOURCE_ERROR)
        return FORLOP_CSV_FAILED;

      if (byte == FORLOP_CSV_SOURCE_END)
        {
          if (self->n_bytes == 0)
            return FORLOP_CSV_END;
          if (self->state != IN_QUOTES)
            {
              end_cell (self);
              return FORLOP_CSV_ROW;
            }
          g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_UNTERMINATED,
                       _("The quotation mark opened on line %u is never closed. Nothing was "
                         "imported; close it, or write it twice if it belongs to the text."),
                       self->quote_line);
          return FORLOP_CSV_FAILED;
        }

      self->n_bytes++;
      if (refuse_byte (self, byte, error))
        return FORLOP_CSV_FAILED;
      if (take_byte (self, (guint8) byte))
        return FORLOP_CSV_ROW;
    }
}

/* A row in which nothing is written; a quoted empty cell is something. */
static gboolean
row_is_empty (ForlopCsvReader *self)
{
  return !self->quoted && self->text->len == self->starts->len;
}

static ForlopCsvResult
parse_next (ForlopCsvReader  *self,
            GError          **error)
{
  ForlopCsvResult result;

  do
    result = parse_row (self, error);
  while (result == FORLOP_CSV_ROW && self->problem == NULL && row_is_empty (self));

  return result;
}

/* The heading */

/* Skips the line "sep=;" that some spreadsheets write first. */
static gboolean
skip_separator_line (ForlopCsvReader *self)
{
  gsize length = 0;
  const char *text = (const char *) forlop_csv_source_peek (self->source, &length);

  if (length < 6 || g_ascii_strncasecmp (text, "sep=", 4) != 0 ||
      strchr (";,\t", text[4]) == NULL || (text[5] != '\n' && text[5] != '\r'))
    return FALSE;

  self->separator = text[4];
  forlop_csv_source_skip (self->source, 5);

  return TRUE;
}

static char
detect_separator (ForlopCsvReader *self)
{
  gsize length = 0;
  const guint8 *text = forlop_csv_source_peek (self->source, &length);
  unsigned int counts[3] = { 0, 0, 0 };
  gboolean quoted = FALSE;
  gboolean started = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '\n' || text[i] == '\r') && started)
        break;
      else if (!quoted)
        {
          counts[0] += text[i] == ';';
          counts[1] += text[i] == ',';
          counts[2] += text[i] == '\t';
        }
      started |= text[i] != '\n' && text[i] != '\r';
    }

  if (counts[0] >= counts[1] && counts[0] >= counts[2])
    return ';';

  return counts[1] >= counts[2] ? ',' : '\t';
}

static gboolean
read_heading (ForlopCsvReader  *self,
              GError          **error)
{
  if (!skip_separator_line (self))
    self->separator = detect_separator (self);

  ForlopCsvResult result = parse_next (self, error);

  if (result == FORLOP_CSV_FAILED)
    return FALSE;

  if (result == FORLOP_CSV_END || self->problem != NULL)
    {
      if (self->problem != NULL)
        g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING,
                     _("The heading on line %u cannot be read. Nothing was imported; write the "
                       "names of the columns there, separated by semicolons."), self->line);
      else
        g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_HEADING,
                             _("The file is empty. Nothing was imported; the first line must hold "
                               "the names of the columns, separated by semicolons."));
      return FALSE;
    }

  self->n_columns = self->starts->len;
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (unsigned int i = 0; i < self->n_columns; i++)
    self->columns[i] = forlop_csv_text_clean (forlop_csv_reader_get_cell (self, (int) i), " ");

  return TRUE;
}

/* Public */

/**
 * forlop_csv_reader_new:
 * @stream: an open stream, which is not closed
 *
 * Decides encoding and separator and reads the heading.
 *
 * Returns: (transfer full): a reader before the first row, or %NULL with a #FORLOP_INTEROP_ERROR
 */
ForlopCsvReader *
forlop_csv_reader_new (GInputStream  *stream,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ForlopCsvReader) self = g_new0 (ForlopCsvReader, 1);

  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->source = forlop_csv_source_new (stream, cancellable, error);

  if (self->source == NULL || !read_heading (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * forlop_csv_reader_new_for_bytes:
 * @bytes: a whole file
 *
 * Returns: (transfer full): as [func@forlop_csv_reader_new]
 */
ForlopCsvReader *
forlop_csv_reader_new_for_bytes (GBytes  *bytes,
                                 GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return forlop_csv_reader_new (stream, NULL, error);
}

void
forlop_csv_reader_free (ForlopCsvReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->source, forlop_csv_source_free);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->problem, g_free);
  g_string_free (self->text, TRUE);
  g_free (self);
}

ForlopCsvEncoding
forlop_csv_reader_get_encoding (ForlopCsvReader *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_CSV_UTF8);

  return forlop_csv_source_get_encoding (self->source);
}

char
forlop_csv_reader_get_separator (ForlopCsvReader *self)
{
  g_return_val_if_fail (self != NULL, ';');

  return self->separator;
}

unsigned int
forlop_csv_reader_get_n_columns (ForlopCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

const char *
forlop_csv_reader_get_column_name (ForlopCsvReader *self,
                                   unsigned int     column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->n_columns, NULL);

  return self->columns[column];
}

/**
 * forlop_csv_reader_next:
 *
 * Reads the next row. Rows in which nothing is written are passed over. A row with another number
 * of cells than the heading, with a character that cannot be read or with text after a closing
 * quotation mark is bad, and the next call reads the row after it.
 *
 * Returns: what was read; @error is set for %FORLOP_CSV_BAD_ROW and %FORLOP_CSV_FAILED only
 */
ForlopCsvResult
forlop_csv_reader_next (ForlopCsvReader  *self,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL, FORLOP_CSV_FAILED);
  g_return_val_if_fail (!self->failed, FORLOP_CSV_FAILED);
  g_return_val_if_fail (error == NULL || *error == NULL, FORLOP_CSV_FAILED);

  ForlopCsvResult result = parse_next (self, error);

  self->failed = result == FORLOP_CSV_FAILED;
  if (result != FORLOP_CSV_ROW)
    return result;

  if (self->problem == NULL && self->starts->len != self->n_columns)
    {
      self->problem = g_strdup_printf (_("The row has %u cells and the heading has %u. The row was "
                                         "left out; check for a missing or an extra separator."),
                                       self->starts->len, self->n_columns);
      self->problem_cell = (int) self->starts->len;
    }

  if (self->problem == NULL)
    return FORLOP_CSV_ROW;

  g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_ROW, self->problem);

  return FORLOP_CSV_BAD_ROW;
}

/**
 * forlop_csv_reader_get_line:
 *
 * Returns: the line of the file on which the present row begins, counted from 1
 */
unsigned int
forlop_csv_reader_get_line (ForlopCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}

/**
 * forlop_csv_reader_get_cell:
 * @column: a column, or -1 for one the file does not have
 *
 * Returns: UTF-8 with '\n' for line breaks, valid until the next row; "" where there is no cell
 */
const char *
forlop_csv_reader_get_cell (ForlopCsvReader *self,
                            int              column)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (column < 0 || column >= (int) self->starts->len)
    return "";

  return self->text->str + g_array_index (self->starts, gsize, column);
}

/**
 * forlop_csv_reader_get_bad_column:
 *
 * Returns: the name of the column in which a bad row went wrong; "" where it has none
 */
const char *
forlop_csv_reader_get_bad_column (ForlopCsvReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->problem_cell < 0 || self->problem_cell >= (int) self->n_columns)
    return "";

  return self->columns[self->problem_cell];
}

/**
 * forlop_csv_reader_dup_row_text:
 * @max_characters: the text is cut after as many characters
 *
 * Returns: (transfer full): the cells of the present row with separators, for a message
 */
char *
forlop_csv_reader_dup_row_text (ForlopCsvReader *self,
                                unsigned int     max_characters)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GString) joined = g_string_new (NULL);

  for (unsigned int i = 0; i < self->starts->len; i++)
    {
      if (i > 0)
        g_string_append_c (joined, self->separator);
      g_string_append (joined, forlop_csv_reader_get_cell (self, (int) i));
    }

  if (g_utf8_strlen (joined->str, -1) <= (glong) max_characters)
    return g_strdup (joined->str);

  g_autofree char *start = g_utf8_substring (joined->str, 0, (glong) max_characters);

  return g_strconcat (start, "…", NULL);
}
