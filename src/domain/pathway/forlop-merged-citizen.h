/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"

G_BEGIN_DECLS

/* Two records of one person: one stands, the other says which (merged_into_id). Both keep what was written in
 * them, and who asks for the citizen gets it all. */

/* The operation that merges a citizen's record into another, or NULL. */
const ForlopOperation *forlop_merged_citizen_find_merge (ForlopChangeset *changeset);

/* A person whose two records each had a case: one of them goes on, and the office says which. @cases: of the
 * person; those that do not go on are taken out of it. The same on a machine and on the server, so that what
 * both make is one task. */
gboolean forlop_two_cases_find        (GPtrArray    *cases);
char    *forlop_two_cases_dup_task_id (GPtrArray    *cases) G_GNUC_WARN_UNUSED_RESULT;
void     forlop_two_cases_fill_task   (ForlopRecord *task,
                                       GPtrArray    *cases,
                                       ForlopDate    today);

G_END_DECLS
