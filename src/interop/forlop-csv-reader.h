/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a CSV file row by row. What it accepts is described for users in docs/csv.md.
 *
 * The encoding is decided before the first row: a byte-order mark decides; without one, a file
 * that is valid UTF-8 from end to end is UTF-8 and every other file is Windows-1252 (which holds
 * all of Latin-1 that can be printed). A stream that can seek is therefore read twice and never
 * held in memory; one that cannot is held, up to 64 MiB. */

#define FORLOP_CSV_MAX_ROW     (1024 * 1024)
#define FORLOP_CSV_MAX_COLUMNS 1024
#define FORLOP_CSV_MAX_HELD    (64 * 1024 * 1024)

typedef enum {
  FORLOP_CSV_UTF8,
  FORLOP_CSV_WINDOWS_1252,
  FORLOP_CSV_UTF16LE,
  FORLOP_CSV_UTF16BE,
} ForlopCsvEncoding;

/**
 * ForlopCsvResult:
 * @FORLOP_CSV_ROW: A row was read; its cells are those of the heading.
 * @FORLOP_CSV_BAD_ROW: A row was refused, the error says why; reading can go on.
 * @FORLOP_CSV_END: There are no more rows.
 * @FORLOP_CSV_FAILED: The file cannot be read further, the error says why.
 */
typedef enum {
  FORLOP_CSV_ROW,
  FORLOP_CSV_BAD_ROW,
  FORLOP_CSV_END,
  FORLOP_CSV_FAILED,
} ForlopCsvResult;

/**
 * ForlopCsvColumn:
 * @name: The column as it is written in the heading and named in messages.
 * @aliases: Other names for it, separated by |, or %NULL.
 * @required: Whether a file without it is refused.
 */
typedef struct {
  const char *name;
  const char *aliases;
  gboolean required;
} ForlopCsvColumn;

typedef struct _ForlopCsvReader ForlopCsvReader;

ForlopCsvReader   *forlop_csv_reader_new             (GInputStream           *stream,
                                                      GCancellable           *cancellable,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopCsvReader   *forlop_csv_reader_new_for_bytes   (GBytes                 *bytes,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_csv_reader_free            (ForlopCsvReader        *self);

ForlopCsvEncoding  forlop_csv_reader_get_encoding    (ForlopCsvReader        *self);
char               forlop_csv_reader_get_separator   (ForlopCsvReader        *self);
unsigned int       forlop_csv_reader_get_n_columns   (ForlopCsvReader        *self);
const char        *forlop_csv_reader_get_column_name (ForlopCsvReader        *self,
                                                      unsigned int            column);
gboolean           forlop_csv_reader_map_columns     (ForlopCsvReader        *self,
                                                      const ForlopCsvColumn  *columns,
                                                      unsigned int            n_columns,
                                                      int                    *indices,
                                                      char                 ***unknown,
                                                      GError                **error);

ForlopCsvResult    forlop_csv_reader_next            (ForlopCsvReader        *self,
                                                      GError                **error);
unsigned int       forlop_csv_reader_get_line        (ForlopCsvReader        *self);
const char        *forlop_csv_reader_get_cell        (ForlopCsvReader        *self,
                                                      int                     column);
const char        *forlop_csv_reader_get_bad_column  (ForlopCsvReader        *self);
char              *forlop_csv_reader_dup_row_text    (ForlopCsvReader        *self,
                                                      unsigned int            max_characters) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCsvReader, forlop_csv_reader_free)

G_END_DECLS
