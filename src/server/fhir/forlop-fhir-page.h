/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-fhir-search.h"
#include "forlop-sync-reading.h"

G_BEGIN_DECLS

/* What a system is told, as resources: one, or a page of a search. */

/* What is told for a type of FHIR, and the kind of record it is. */
ForlopSyncTells forlop_fhir_tells        (const char                *type);
const char     *forlop_fhir_record_type  (const char                *type);

/* The resource as JSON; NULL on @error. */
char           *forlop_fhir_write_told   (ForlopSyncReading         *reading,
                                          const ForlopSyncSender    *system,
                                          ForlopSyncReadable        *person,
                                          const ForlopSyncTold      *told,
                                          GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* The Bundle. @scopes: (element-type utf8): gets those of the citizens in it. */
char           *forlop_fhir_write_page   (ForlopSyncReading         *reading,
                                          const ForlopSyncSender    *system,
                                          const ForlopFhirSearch    *search,
                                          GPtrArray                 *scopes,
                                          GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
