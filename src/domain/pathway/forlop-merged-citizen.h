/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"

G_BEGIN_DECLS

/* Two records of one person: one stays, the other is closed and says which (merged_into_id). Its
 * history stays where it was written; nothing more is added to it. */

/* What the changeset adds to the citizen's record, or NULL. What only tells of the past, as the line on
 * the time line, does not count. */
const ForlopOperation *forlop_merged_citizen_find_added (ForlopChangeset *changeset,
                                                         const char      *citizen_id);
/* The operation that closes a citizen's record in favour of another, or NULL. */
const ForlopOperation *forlop_merged_citizen_find_merge (ForlopChangeset *changeset);

G_END_DECLS
