/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-writer.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* Exports records of any type: the columns are "id" and the names of the declared fields, so that
 * a new field is exported without a line here. Choices are written as their code, references as
 * the id, yes and no as 1 and 0, days as 22.11.2026, times of day as 08.30, points in time in UTC
 * as 2026-11-22T06:12:00.000Z. forlop_record_set_typed() reads every cell back. */

gboolean forlop_record_csv_write_heading (ForlopCsvWriter         *writer,
                                          const ForlopRecordType  *type,
                                          GCancellable            *cancellable,
                                          GError                 **error);
gboolean forlop_record_csv_write_record  (ForlopCsvWriter         *writer,
                                          ForlopRecord            *record,
                                          GCancellable            *cancellable,
                                          GError                 **error);
gboolean forlop_record_csv_write         (ForlopCsvWriter         *writer,
                                          const ForlopRecordType  *type,
                                          GPtrArray               *records,
                                          GCancellable            *cancellable,
                                          GError                 **error);

G_END_DECLS
