/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-incoming.h"

G_BEGIN_DECLS

/* More text than this is no measurement. */
#define FORLOP_FHIR_RESOURCE_BYTES (64 * 1024)

/* Reads one Observation of FHIR R4, also in the forms of the Norwegian profiles: several codings, a
 * blood pressure in components, a weight in grams, dataAbsentReason, a time without zone (Oslo). What is
 * an Observation, and cannot be used as it is, comes back with @fault; NULL with
 * %FORLOP_INTEROP_ERROR_FHIR and a sentence for what is none.
 *
 * @people: (nullable): see forlop_fhir_read_person(). */
ForlopIncoming *forlop_fhir_observation_read (yyjson_val  *resource,
                                              GHashTable  *people,
                                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
