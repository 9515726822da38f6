/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* Which field of a schedule or a trend rule is the one that is wrong, so that it can be said beside it. @type:
 * "schedule" or "plan_rule". @values has its fields, in a record of any type. NULL when nothing is wrong, or when no
 * single field is. Borrowed for ever. */
const char *forlop_plan_mistake_find (const char   *type,
                                      ForlopRecord *values);

G_END_DECLS
