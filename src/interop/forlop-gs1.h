/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* GS1 element strings, as they come from a keyboard scanner and as they go on a label:
 *
 *   AI 01            GTIN, 14 digits with check digit
 *   AI 11, 17        production and expiry date, YYMMDD; day 00 is the last day of the month
 *   AI 10, 21        batch and serial number, up to 20 characters
 *   AI 20            variant, 2 digits
 *   AI 235, 240, 241 third-party serial number, additional id, customer part number
 *
 * The separator FNC1 is ASCII 29. A two-digit year means the year from 49 before to 50 after the
 * current one. */

#define FORLOP_GS1_SEPARATOR '\x1d'
#define FORLOP_GS1_GTIN "01"
#define FORLOP_GS1_BATCH "10"
#define FORLOP_GS1_PRODUCTION_DATE "11"
#define FORLOP_GS1_EXPIRY_DATE "17"
#define FORLOP_GS1_VARIANT "20"
#define FORLOP_GS1_SERIAL "21"
#define FORLOP_GS1_THIRD_PARTY_SERIAL "235"
#define FORLOP_GS1_ADDITIONAL_ID "240"
#define FORLOP_GS1_CUSTOMER_PART "241"

typedef struct _ForlopGs1 ForlopGs1;

ForlopGs1    *forlop_gs1_new               (int           current_year) G_GNUC_WARN_UNUSED_RESULT;
ForlopGs1    *forlop_gs1_parse             (const char   *text,
                                            gssize        length,
                                            int           current_year,
                                            unsigned int *position,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void          forlop_gs1_free              (ForlopGs1    *self);

gboolean      forlop_gs1_add               (ForlopGs1    *self,
                                            const char   *ai,
                                            const char   *value,
                                            GError      **error);
gboolean      forlop_gs1_add_date          (ForlopGs1    *self,
                                            const char   *ai,
                                            ForlopDate    date,
                                            GError      **error);

unsigned int  forlop_gs1_get_n_elements    (ForlopGs1    *self);
const char   *forlop_gs1_get_element       (ForlopGs1    *self,
                                            unsigned int  index,
                                            const char  **ai);
const char   *forlop_gs1_get_value         (ForlopGs1    *self,
                                            const char   *ai);
ForlopDate    forlop_gs1_get_date          (ForlopGs1    *self,
                                            const char   *ai);

char         *forlop_gs1_to_element_string (ForlopGs1    *self) G_GNUC_WARN_UNUSED_RESULT;
char         *forlop_gs1_to_bracketed      (ForlopGs1    *self) G_GNUC_WARN_UNUSED_RESULT;

char         *forlop_gs1_normalize_gtin    (const char   *digits,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopGs1, forlop_gs1_free)

G_END_DECLS
