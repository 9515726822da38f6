/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-incoming.h"

G_BEGIN_DECLS

/**
 * ForlopFhirEntry:
 * @incoming: (nullable): the reading.
 * @refusal: (nullable): why there is none, as a sentence.
 * @is_beside: neither: a Patient or another resource that only came with the readings.
 */
typedef struct {
  ForlopIncoming *incoming;
  char *refusal;
  gboolean is_beside;
} ForlopFhirEntry;

/**
 * ForlopFhirBundle:
 * @is_whole: a transaction: all of it is taken, or nothing.
 * @entries: (element-type ForlopFhirEntry): in the order they came.
 */
typedef struct {
  gboolean is_whole;
  GPtrArray *entries;
} ForlopFhirBundle;

#define FORLOP_FHIR_BUNDLE_ENTRIES 1000

/* Reads a Bundle of the kinds batch, transaction, collection and message. NULL with
 * %FORLOP_INTEROP_ERROR_FHIR and a sentence for what is none. */
ForlopFhirBundle *forlop_fhir_bundle_read (yyjson_val        *resource,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void              forlop_fhir_bundle_free (ForlopFhirBundle  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopFhirBundle, forlop_fhir_bundle_free)

G_END_DECLS
