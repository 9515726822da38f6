/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* FHIR R4 for other systems: what they read. Only those that were given leave to, and only of whom
 * forlop-sync-reading.h says. */

/* What is served here. */
ForlopSyncReply *forlop_fhir_metadata (ForlopServerCall  *call,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* A page of the resources of a type, as a Bundle. */
ForlopSyncReply *forlop_fhir_search   (ForlopServerCall  *call,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* One resource, by its id. */
ForlopSyncReply *forlop_fhir_read     (ForlopServerCall  *call,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
