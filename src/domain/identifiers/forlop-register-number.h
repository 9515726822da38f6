/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of national registers that are not about a citizen. */

/* The FHIR identifier systems of the registers (HL7 Norway, base profiles). */
#define FORLOP_HPR_NUMBER_SYSTEM "urn:oid:2.16.578.1.12.4.1.4.4"
#define FORLOP_ORGANISATION_NUMBER_SYSTEM "urn:oid:2.16.578.1.12.4.1.4.101"
#define FORLOP_RESH_SYSTEM "urn:oid:2.16.578.1.12.4.1.4.102"
#define FORLOP_IPLOS_SERVICE_SYSTEM "urn:oid:2.16.578.1.12.4.1.1.9151"

gboolean  forlop_organisation_number_validate (const char  *text,
                                               GError     **error);
char     *forlop_organisation_number_format   (const char  *number) G_GNUC_WARN_UNUSED_RESULT;
gboolean  forlop_hpr_number_validate          (const char  *text,
                                               GError     **error);
gboolean  forlop_municipality_number_validate (const char  *text,
                                               GError     **error);

G_END_DECLS
