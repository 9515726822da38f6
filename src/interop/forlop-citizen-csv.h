/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-csv-problem.h"
#include "forlop-date.h"

G_BEGIN_DECLS

/* A list of citizens as a municipality exports it, with the columns
 *
 *   fødselsnummer;fornavn;etternavn;adresse;postnummer;poststed;telefon;fastlege;enhet
 *
 * in any order. The first three must be there. What a cell leaves empty is not said: the caller
 * keeps what it knows. Nothing is compared with the citizens already registered; the caller does. */

/**
 * ForlopCitizenRow:
 * @line: The line of the file on which the row begins.
 * @id_number: Eleven digits, right by the rules that hold on the day given; never %NULL.
 * @given_name: With @family_name: never %NULL.
 * @postal_code: Four digits.
 * @phone: As forlop_phone_normalize() gives it.
 * @unit: The name of the unit as the file writes it.
 *
 * One citizen. Text that was not given is %NULL, never "".
 */
typedef struct {
  unsigned int line;
  char *id_number;
  char *given_name;
  char *family_name;
  char *address;
  char *postal_code;
  char *postal_place;
  char *phone;
  char *gp;
  char *unit;
} ForlopCitizenRow;

/**
 * ForlopCitizenCsv:
 * @n_rows: Rows in which something is written: those of @rows, @n_repeated and those refused.
 * @n_repeated: Rows that say nothing beyond an earlier row about the same person.
 * @rows: (element-type ForlopCitizenRow): Each person once, in the order of the file.
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
} ForlopCitizenCsv;

ForlopCitizenCsv *forlop_citizen_csv_read (GInputStream      *stream,
                                           ForlopDate         today,
                                           GCancellable      *cancellable,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void              forlop_citizen_csv_free (ForlopCitizenCsv  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCitizenCsv, forlop_citizen_csv_free)

G_END_DECLS
