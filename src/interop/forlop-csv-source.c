/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-source-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-interop-error.h"

#define BUFFER_SIZE (64 * 1024)

struct _ForlopCsvSource
{
  GInputStream *stream;
  GCancellable *cancellable;
  ForlopCsvEncoding encoding;
  unsigned int line;
  gboolean ended;
  gsize position;
  gsize length;
  guint8 buffer[BUFFER_SIZE];
};

/* Windows-1252 differs from Latin-1 in these 32 places only. */
static const gunichar windows_1252[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
  0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

gunichar
forlop_csv_source_decode (guint8 byte)
{
  return byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
}

static void
set_read_error (ForlopCsvSource  *self,
                GError           *cause,
                GError          **error)
{
  g_assert (cause != NULL);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_NOT_TEXT,
                 _("The file begins as UTF-16 but is damaged after line %u. Nothing was imported; "
                   "save it again as “CSV UTF-8”."), self->line);
  else
    g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_READ,
                 _("The file could not be read: %s. Nothing was imported; copy the file to this "
                   "machine and try again."), cause->message);

  g_error_free (cause);
}

/* Memory streams do not ask whether reading was cancelled, so this does. */
static gboolean
read_full (ForlopCsvSource  *self,
           guint8           *buffer,
           gsize             size,
           gsize            *length,
           GError          **cause)
{
  *length = 0;

  return !g_cancellable_set_error_if_cancelled (self->cancellable, cause) &&
         g_input_stream_read_all (self->stream, buffer, size, length, self->cancellable, cause);
}

static gboolean
fill (ForlopCsvSource  *self,
      GError          **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length = 0;

  g_assert (self->position == self->length);

  if (self->ended)
    return TRUE;

  self->position = self->length = 0;
  if (!read_full (self, self->buffer, BUFFER_SIZE, &length, &cause))
    {
      /* What came before the damage is handed out first, so that the error has the right line. */
      if (length == 0)
        {
          set_read_error (self, g_steal_pointer (&cause), error);
          return FALSE;
        }
    }
  else if (length < BUFFER_SIZE)
    {
      self->ended = TRUE;
    }

  self->length = length;

  return TRUE;
}

/* Whether everything from here on is UTF-8; stops reading where it is not. */
static gboolean
scan_utf8 (ForlopCsvSource  *self,
           gboolean         *valid,
           GError          **error)
{
  gsize kept = 0;
  gsize length = 0;

  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      const char *end = NULL;
      const char *text = (const char *) self->buffer;

      if (!read_full (self, self->buffer + kept, BUFFER_SIZE - kept, &length, &cause))
        {
          set_read_error (self, g_steal_pointer (&cause), error);
          return FALSE;
        }

      gsize total = kept + length;
      gboolean last = total < BUFFER_SIZE;

      *valid = g_utf8_validate_len (text, total, &end);
      if (*valid && last)
        return TRUE;

      kept = (gsize) (text + total - end);
      if (!*valid && (last || kept > 3 ||
                      g_utf8_get_char_validated (end, (gssize) kept) != (gunichar) -2))
        return TRUE;

      memmove (self->buffer, end, kept);
    }
}

static gboolean
hold_in_memory (ForlopCsvSource  *self,
                GError          **error)
{
  g_autoptr (GByteArray) held = g_byte_array_new ();
  gsize length = 0;

  do
    {
      g_autoptr (GError) cause = NULL;

      if (!read_full (self, self->buffer, BUFFER_SIZE, &length, &cause))
        {
          set_read_error (self, g_steal_pointer (&cause), error);
          return FALSE;
        }

      if (held->len + length > FORLOP_CSV_MAX_HELD)
        {
          g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_TOO_LONG,
                       _("More than %d MiB came through a pipe. Nothing was imported; give the name "
                         "of a file instead."), FORLOP_CSV_MAX_HELD / (1024 * 1024));
          return FALSE;
        }

      g_byte_array_append (held, self->buffer, (guint) length);
    }
  while (length == BUFFER_SIZE);

  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&held));
  g_object_unref (self->stream);
  self->stream = g_memory_input_stream_new_from_bytes (bytes);

  return TRUE;
}

static gboolean
seek_to (ForlopCsvSource  *self,
         goffset           offset,
         GError          **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, self->cancellable, &cause))
    return TRUE;

  set_read_error (self, g_steal_pointer (&cause), error);

  return FALSE;
}

static gboolean
convert_utf16 (ForlopCsvSource  *self,
               GError          **error)
{
  const char *from = self->encoding == FORLOP_CSV_UTF16LE ? "UTF-16LE" : "UTF-16BE";
  g_autoptr (GError) cause = NULL;
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", from, &cause);

  if (converter == NULL)
    {
      set_read_error (self, g_steal_pointer (&cause), error);
      return FALSE;
    }

  g_autoptr (GInputStream) converted =
    g_converter_input_stream_new (self->stream, G_CONVERTER (converter));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (converted), FALSE);
  g_set_object (&self->stream, converted);

  return TRUE;
}

/* Reads the byte-order mark, decides the encoding and leaves the stream at the first character. */
static gboolean
decide_encoding (ForlopCsvSource  *self,
                 GError          **error)
{
  g_autoptr (GError) cause = NULL;
  goffset start = g_seekable_tell (G_SEEKABLE (self->stream));
  gsize length = 0;
  gboolean valid = TRUE;
  gsize mark = 0;

  if (!read_full (self, self->buffer, 3, &length, &cause))
    {
      set_read_error (self, g_steal_pointer (&cause), error);
      return FALSE;
    }

  if (length == 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    mark = 3;
  else if (length >= 2 && memcmp (self->buffer, "\xff\xfe", 2) == 0)
    mark = 2, self->encoding = FORLOP_CSV_UTF16LE;
  else if (length >= 2 && memcmp (self->buffer, "\xfe\xff", 2) == 0)
    mark = 2, self->encoding = FORLOP_CSV_UTF16BE;

  if (mark == 0)
    {
      if (!seek_to (self, start, error) || !scan_utf8 (self, &valid, error))
        return FALSE;
      self->encoding = valid ? FORLOP_CSV_UTF8 : FORLOP_CSV_WINDOWS_1252;
    }

  if (!seek_to (self, start + (goffset) mark, error))
    return FALSE;

  return mark == 2 ? convert_utf16 (self, error) : TRUE;
}

ForlopCsvSource *
forlop_csv_source_new (GInputStream  *stream,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ForlopCsvSource) self = g_new0 (ForlopCsvSource, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->line = 1;

  if (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))
    if (!hold_in_memory (self, error))
      return NULL;

  if (!decide_encoding (self, error) || !fill (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
forlop_csv_source_free (ForlopCsvSource *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_free (self);
}

ForlopCsvEncoding
forlop_csv_source_get_encoding (ForlopCsvSource *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_CSV_UTF8);

  return self->encoding;
}

unsigned int
forlop_csv_source_get_line (ForlopCsvSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}

const guint8 *
forlop_csv_source_peek (ForlopCsvSource *self,
                        gsize           *length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  *length = self->length - self->position;

  return self->buffer + self->position;
}

void
forlop_csv_source_skip (ForlopCsvSource *self,
                        gsize            length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (length <= self->length - self->position);

  self->position += length;
}

int
forlop_csv_source_read (ForlopCsvSource  *self,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL, FORLOP_CSV_SOURCE_ERROR);

  if (self->position == self->length && !fill (self, error))
    return FORLOP_CSV_SOURCE_ERROR;
  if (self->position == self->length)
    return FORLOP_CSV_SOURCE_END;

  int byte = self->buffer[self->position++];

  if (byte == '\r')
    {
      if (self->position == self->length && !fill (self, error))
        return FORLOP_CSV_SOURCE_ERROR;
      if (self->position < self->length && self->buffer[self->position] == '\n')
        self->position++;
      byte = '\n';
    }

  if (byte == '\n')
    self->line++;

  return byte;
}
