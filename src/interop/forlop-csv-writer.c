/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-writer.h"

#include <math.h>
#include <string.h>

#include "forlop-csv-text.h"

#define FLUSH_SIZE (64 * 1024)
#define SEPARATOR ';'

struct _ForlopCsvWriter
{
  GOutputStream *stream;
  ForlopCsvWriterFlags flags;
  GString *buffer;
  gsize row_start;
  unsigned int n_cells;
};

static void
begin_cell (ForlopCsvWriter *self)
{
  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, SEPARATOR);
}

static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  if (length == 0)
    return FALSE;

  return strpbrk (text, "\";\n\r\t") != NULL || g_ascii_isspace (text[0]) ||
         g_ascii_isspace (text[length - 1]) || g_ascii_strncasecmp (text, "sep=", 4) == 0;
}

static gboolean
flush (ForlopCsvWriter  *self,
       GCancellable     *cancellable,
       GError          **error)
{
  if (!g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL,
                                  cancellable, error))
    return FALSE;

  g_string_truncate (self->buffer, 0);
  self->row_start = 0;

  return TRUE;
}

/**
 * forlop_csv_writer_new:
 * @stream: where the file goes; it is not closed
 */
ForlopCsvWriter *
forlop_csv_writer_new (GOutputStream        *stream,
                       ForlopCsvWriterFlags  flags)
{
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  ForlopCsvWriter *self = g_new0 (ForlopCsvWriter, 1);

  self->stream = g_object_ref (stream);
  self->flags = flags;
  self->buffer = g_string_new ("\xef\xbb\xbf");
  self->row_start = self->buffer->len;

  return self;
}

void
forlop_csv_writer_free (ForlopCsvWriter *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->stream);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

/**
 * forlop_csv_writer_add_text:
 * @text: (nullable): UTF-8 without zero bytes; %NULL is an empty cell
 */
void
forlop_csv_writer_add_text (ForlopCsvWriter *self,
                            const char      *text)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (text == NULL)
    return;

  gboolean quotes = needs_quotes (text);

  if (quotes)
    g_string_append_c (self->buffer, '"');
  if (forlop_csv_text_guarded (text))
    g_string_append_c (self->buffer, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (self->buffer, '"');
      g_string_append_c (self->buffer, *at);
    }
  if (quotes)
    g_string_append_c (self->buffer, '"');
}

void
forlop_csv_writer_add_integer (ForlopCsvWriter *self,
                               gint64           value)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  g_string_append_printf (self->buffer, "%" G_GINT64_FORMAT, value);
}

/**
 * forlop_csv_writer_add_real:
 * @value: any number; what is not finite becomes an empty cell
 *
 * Writes the fewest digits that give exactly the same number back, without thousands separators.
 */
void
forlop_csv_writer_add_real (ForlopCsvWriter *self,
                            double           value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (!isfinite (value))
    return;

  for (int precision = 15; precision <= 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (digits, sizeof digits, format, value);
      if (g_ascii_strtod (digits, NULL) == value)
        break;
    }

  if ((self->flags & FORLOP_CSV_WRITER_DECIMAL_POINT) == 0)
    g_strdelimit (digits, ".", ',');
  g_string_append (self->buffer, digits);
}

/**
 * forlop_csv_writer_add_date:
 * @date: a date, written as 22.11.2026; %FORLOP_DATE_NONE is an empty cell
 */
void
forlop_csv_writer_add_date (ForlopCsvWriter *self,
                            ForlopDate       date)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (date == FORLOP_DATE_NONE)
    return;

  g_autofree char *text = forlop_date_format (date);
  g_string_append (self->buffer, text);
}

/**
 * forlop_csv_writer_add_instant:
 * @at_ms: an instant, written as 2026-11-22T06:12:00.000Z so that the hour that comes twice in
 *   autumn stays clear; %FORLOP_INSTANT_NONE is an empty cell
 */
void
forlop_csv_writer_add_instant (ForlopCsvWriter *self,
                               gint64           at_ms)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (at_ms == FORLOP_INSTANT_NONE)
    return;

  g_autofree char *text = forlop_instant_to_iso (at_ms);
  g_string_append (self->buffer, text);
}

/**
 * forlop_csv_writer_end_row:
 *
 * Ends the row with CRLF and writes to the stream now and then.
 *
 * Returns: %FALSE with the stream's error
 */
gboolean
forlop_csv_writer_end_row (ForlopCsvWriter  *self,
                           GCancellable     *cancellable,
                           GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* A reader passes over rows in which nothing is written, so an empty row says that it is one. */
  if (self->buffer->len - self->row_start + 1 == MAX (self->n_cells, 1))
    g_string_insert (self->buffer, (gssize) self->row_start, "\"\"");

  g_string_append (self->buffer, "\r\n");
  self->row_start = self->buffer->len;
  self->n_cells = 0;

  return self->buffer->len < FLUSH_SIZE || flush (self, cancellable, error);
}

/**
 * forlop_csv_writer_finish:
 *
 * Writes what is left and flushes the stream, which stays open.
 *
 * Returns: %FALSE with the stream's error; the file is then incomplete and must be thrown away
 */
gboolean
forlop_csv_writer_finish (ForlopCsvWriter  *self,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return flush (self, cancellable, error) &&
         g_output_stream_flush (self->stream, cancellable, error);
}
