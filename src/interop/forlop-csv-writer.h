/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-date.h"

G_BEGIN_DECLS

/* Writes a CSV file that a Norwegian spreadsheet opens as it stands: UTF-8 with byte-order mark,
 * semicolons, decimal comma, dd.mm.yyyy. Text that a spreadsheet would run as a formula gets an
 * apostrophe in front, which ForlopCsvReader takes away again. */

/**
 * ForlopCsvWriterFlags:
 * @FORLOP_CSV_WRITER_DECIMAL_POINT: Numbers are written with a point instead of a comma.
 */
typedef enum {
  FORLOP_CSV_WRITER_DECIMAL_POINT = 1 << 0,
} ForlopCsvWriterFlags;

typedef struct _ForlopCsvWriter ForlopCsvWriter;

ForlopCsvWriter *forlop_csv_writer_new         (GOutputStream         *stream,
                                                ForlopCsvWriterFlags   flags) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_csv_writer_free        (ForlopCsvWriter       *self);

void             forlop_csv_writer_add_text    (ForlopCsvWriter       *self,
                                                const char            *text);
void             forlop_csv_writer_add_integer (ForlopCsvWriter       *self,
                                                gint64                 value);
void             forlop_csv_writer_add_real    (ForlopCsvWriter       *self,
                                                double                 value);
void             forlop_csv_writer_add_date    (ForlopCsvWriter       *self,
                                                ForlopDate             date);
void             forlop_csv_writer_add_instant (ForlopCsvWriter       *self,
                                                gint64                 at_ms);
gboolean         forlop_csv_writer_end_row     (ForlopCsvWriter       *self,
                                                GCancellable          *cancellable,
                                                GError               **error);
gboolean         forlop_csv_writer_finish      (ForlopCsvWriter       *self,
                                                GCancellable          *cancellable,
                                                GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCsvWriter, forlop_csv_writer_free)

G_END_DECLS
