/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-incoming.h"

G_BEGIN_DECLS

/* Whom a FHIR resource is about. The identifier systems are those of HL7 Norway. */

#define FORLOP_FHIR_BIRTH_NUMBER "urn:oid:2.16.578.1.12.4.1.4.1"
#define FORLOP_FHIR_D_NUMBER "urn:oid:2.16.578.1.12.4.1.4.2"
#define FORLOP_FHIR_HELP_NUMBER "urn:oid:2.16.578.1.12.4.1.4.3"

/* Reads a Reference to a Patient into @incoming. @people (nullable): Patients and Devices that came with
 * it, by their full address. @resource: that the reference stands in, whose contained resources count. */
void forlop_fhir_read_person (ForlopIncoming *incoming,
                              yyjson_val     *reference,
                              yyjson_val     *resource,
                              GHashTable     *people);
/* The same for a Reference to the Device that measured. */
void forlop_fhir_read_device (ForlopIncoming *incoming,
                              yyjson_val     *reference,
                              yyjson_val     *resource,
                              GHashTable     *people);

G_END_DECLS
