/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-problem.h"
#include "forlop-date.h"
#include "forlop-incoming.h"

G_BEGIN_DECLS

/* Measurements as a welfare-technology platform exports them, with the columns
 *
 *   fødselsnummer;målt;måling;verdi;enhet;kilde
 *
 * in any order; all but the last must be there. The measure is a code of ours, LOINC, SNOMED CT,
 * MDC or NPU, or its Norwegian name; blood pressure may be one row with the value 142/88. Whether
 * a value is plausible is not asked here: triage judges it. */

/**
 * ForlopMeasurementRow:
 * @line: the line of the file on which the row begins.
 * @incoming: what it says, with the cells of the row as its body. Without a fault it is said whose, when, one value
 *   or the two of a blood pressure, and the source; with one, as much as was understood.
 * @problem: (nullable): why it cannot be used, of the file's problems; %NULL exactly when there is no fault.
 */
typedef struct {
  unsigned int line;
  ForlopIncoming *incoming;
  const ForlopCsvProblem *problem;
} ForlopMeasurementRow;

/**
 * ForlopMeasurementCsv:
 * @n_rows: rows in which something is written: @rows, @n_repeated and those whose cells do not belong to the heading.
 * @n_repeated: rows that say what an earlier row says.
 * @rows: (element-type ForlopMeasurementRow): in the order of the file, also those that cannot be used.
 * @problems: (element-type ForlopCsvProblem): one for each row that cannot be used, in the order of the file.
 * @unknown_columns: columns that were left out.
 */
typedef struct {
  unsigned int n_rows;
  unsigned int n_repeated;
  GPtrArray *rows;
  GPtrArray *problems;
  char **unknown_columns;
  ForlopCsvEncoding encoding;
} ForlopMeasurementCsv;

ForlopMeasurementCsv *forlop_measurement_csv_read (GInputStream          *stream,
                                                   gint64                 now_ms,
                                                   GCancellable          *cancellable,
                                                   GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                  forlop_measurement_csv_free (ForlopMeasurementCsv  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopMeasurementCsv, forlop_measurement_csv_free)

G_END_DECLS
