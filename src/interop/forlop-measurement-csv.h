/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-problem.h"
#include "forlop-date.h"
#include "forlop-measurement.h"

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
 * @line: The line of the file on which the row begins; two rows share it for a blood pressure.
 * @id_number: Eleven digits, never %NULL.
 * @measure: Never unknown and never a panel.
 * @source: %FORLOP_SOURCE_IMPORT where the file does not say.
 * @value: In the measure's canonical unit.
 * @measured_at: Milliseconds since 1970 UTC.
 */
typedef struct {
  unsigned int line;
  char *id_number;
  ForlopMeasure measure;
  ForlopMeasurementSource source;
  double value;
  gint64 measured_at;
} ForlopMeasurementRow;

/**
 * ForlopMeasurementCsv:
 * @n_rows: Rows in which something is written: the lines of @rows, @n_repeated and those refused.
 * @n_repeated: Rows with citizen, measure, time and value of an earlier row.
 * @rows: (element-type ForlopMeasurementRow): In the order of the file.
 * @problems: (element-type ForlopCsvProblem): The refused rows, in the order of the file.
 * @unknown_columns: Columns that were left out.
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
