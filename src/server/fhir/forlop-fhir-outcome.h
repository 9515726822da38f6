/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* What FHIR says about how it went: an OperationOutcome with one issue.
 *
 * @severity: "error", "warning" or "information". @code: an IssueType of FHIR. */
yyjson_mut_val *forlop_fhir_outcome_new          (yyjson_mut_doc  *doc,
                                                  const char      *severity,
                                                  const char      *code,
                                                  const char      *diagnostics);
/* An answer that is one error. */
ForlopSyncReply *forlop_fhir_refuse            (unsigned int     status,
                                                const char      *code,
                                                const char      *sentence) G_GNUC_WARN_UNUSED_RESULT;
/* Turns a problem into an OperationOutcome that says the same; one that is an outcome already stays. */
void            forlop_fhir_outcome_take_problem (ForlopSyncReply *reply);

G_END_DECLS
