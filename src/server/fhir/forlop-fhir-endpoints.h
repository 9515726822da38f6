/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-call.h"

G_BEGIN_DECLS

/* FHIR R4 for other systems: what they send. */

/* One Observation. 201 when it was stored, 200 when it was there, 202 when it is kept for somebody to look
 * at. */
ForlopSyncReply *forlop_fhir_post_observation (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* A Bundle of them: one answer for each entry, in order. */
ForlopSyncReply *forlop_fhir_post_bundle      (ForlopServerCall  *call,
                                               GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
