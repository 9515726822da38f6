/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-reader.h"

G_BEGIN_DECLS

/* The bytes of a CSV file: decides the encoding, hands out one byte at a time in which every kind
 * of line break is one '\n', and counts lines. For UTF-16 the bytes are UTF-8 already; for
 * Windows-1252 they are as in the file, and forlop_csv_source_decode() gives the character. */

#define FORLOP_CSV_SOURCE_END (-1)
#define FORLOP_CSV_SOURCE_ERROR (-2)

typedef struct _ForlopCsvSource ForlopCsvSource;

ForlopCsvSource   *forlop_csv_source_new          (GInputStream     *stream,
                                                   GCancellable     *cancellable,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_csv_source_free         (ForlopCsvSource  *self);
ForlopCsvEncoding  forlop_csv_source_get_encoding (ForlopCsvSource  *self);
/* The line of the next byte, counted from 1. */
unsigned int       forlop_csv_source_get_line     (ForlopCsvSource  *self);
/* What is buffered and not yet handed out: at least the first 64 KiB before the first read. */
const guint8      *forlop_csv_source_peek         (ForlopCsvSource  *self,
                                                   gsize            *length);
void               forlop_csv_source_skip         (ForlopCsvSource  *self,
                                                   gsize             length);
int                forlop_csv_source_read         (ForlopCsvSource  *self,
                                                   GError          **error);
/* The character of a byte in Windows-1252; 0 for the five bytes that have none. */
gunichar           forlop_csv_source_decode       (guint8            byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCsvSource, forlop_csv_source_free)

G_END_DECLS
