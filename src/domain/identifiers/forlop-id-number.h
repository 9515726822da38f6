/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* National identity numbers: eleven digits, of which the last two are check digits. Everywhere a
 * number is taken as text, spaces in it are left out of account. */

#define FORLOP_ID_NUMBER_LENGTH 11

/**
 * ForlopIdNumberKind:
 * @FORLOP_ID_NUMBER_NONE: Not an identity number by any rule.
 * @FORLOP_ID_NUMBER_FNR: Birth number (fødselsnummer) of the population register.
 * @FORLOP_ID_NUMBER_D: D-number, for people who stay for a short time: first digit + 4.
 * @FORLOP_ID_NUMBER_H: Local help number, valid only with who assigned it: third digit + 4.
 * @FORLOP_ID_NUMBER_FH: Common help number of the health services: begins with 8 or 9.
 */
typedef enum {
  FORLOP_ID_NUMBER_NONE,
  FORLOP_ID_NUMBER_FNR,
  FORLOP_ID_NUMBER_D,
  FORLOP_ID_NUMBER_H,
  FORLOP_ID_NUMBER_FH,
} ForlopIdNumberKind;

/**
 * ForlopIdNumberSynthetic:
 * @FORLOP_ID_NUMBER_REAL: May belong to a person.
 * @FORLOP_ID_NUMBER_TENOR: Test number of the tax administration: month + 80.
 * @FORLOP_ID_NUMBER_NHN: Test number of the national health network: month + 65.
 * @FORLOP_ID_NUMBER_NAV: Test number of the labour and welfare administration: month + 40.
 */
typedef enum {
  FORLOP_ID_NUMBER_REAL,
  FORLOP_ID_NUMBER_TENOR,
  FORLOP_ID_NUMBER_NHN,
  FORLOP_ID_NUMBER_NAV,
} ForlopIdNumberSynthetic;

/**
 * ForlopIdNumberInfo:
 * @kind: What kind of number it is; with %FORLOP_ID_NUMBER_NONE all else is empty.
 * @synthetic: Who uses such numbers as test data.
 * @ambiguous: Whether it is a local help number or a NAV test number cannot be told.
 * @valid_today: Right by the check digits of the numbers issued before 2032.
 * @valid_2032: Right by the check digits of the numbers issued from 2032 on.
 * @birth_date: What the number proposes, %FORLOP_DATE_NONE where it proposes nothing.
 * @sex: 'm', 'f' or 0; a proposal as well.
 */
typedef struct {
  ForlopIdNumberKind kind;
  ForlopIdNumberSynthetic synthetic;
  gboolean ambiguous;
  gboolean valid_today;
  gboolean valid_2032;
  ForlopDate birth_date;
  char sex;
} ForlopIdNumberInfo;

void        forlop_id_number_examine        (const char               *text,
                                             ForlopIdNumberInfo       *info);
gboolean    forlop_id_number_validate       (const char               *text,
                                             ForlopDate                today,
                                             ForlopIdNumberInfo       *info,
                                             GError                  **error);

/* Removes spaces of every kind. */
char       *forlop_id_number_normalize      (const char               *text) G_GNUC_WARN_UNUSED_RESULT;
/* "150729 49884" */
char       *forlop_id_number_format         (const char               *number) G_GNUC_WARN_UNUSED_RESULT;
/* "15.07.1929 •••••" */
char       *forlop_id_number_mask           (const char               *number,
                                             ForlopDate                birth_date) G_GNUC_WARN_UNUSED_RESULT;
/* "fnr", "d", "h", "fh" or "none" */
const char *forlop_id_number_kind_name      (ForlopIdNumberKind        kind);
/* "Birth number", in the reader's language */
const char *forlop_id_number_kind_label     (ForlopIdNumberKind        kind);
/* "none", "tenor", "nhn" or "nav" */
const char *forlop_id_number_synthetic_name (ForlopIdNumberSynthetic   synthetic);
/* The FHIR identifier system; NULL for a local help number, whose system is its assigner's. */
const char *forlop_id_number_fhir_system    (ForlopIdNumberKind        kind);
/* For the demo and for tests: a test number of the tax administration. */
char       *forlop_id_number_compose        (ForlopDate                birth_date,
                                             char                      sex,
                                             unsigned int              serial) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
