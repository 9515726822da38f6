/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* What a record is called in a list, from its own fields: "Granted · 12.03.2026", "Version 3 · In
 * force". Falls back on the name of its kind. */
char *forlop_record_dup_title (ForlopRecord *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
