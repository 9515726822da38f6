/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-slot.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* What is expected is a measure, or a form by its id. The first of @code that was expected in the
 * snapshot's case, has not come, and is neither excused by a pause nor explained; FALSE when none is
 * expected. It is missing when its deadline has passed: the answer itself does not depend on the
 * instant. */
gboolean    forlop_missing_find      (ForlopSnapshot *snapshot,
                                      const char     *code,
                                      ForlopSlot     *slot);
/* The measure or the form that a schedule asks for. */
const char *forlop_missing_code      (ForlopRecord   *schedule);
/* The rule of the alert that answers what was missing: "missing/weight/2026-03-16T07:00:00.000Z". */
char       *forlop_missing_rule      (const char     *code,
                                      gint64          at_ms) G_GNUC_WARN_UNUSED_RESULT;
/* What the sentence about it needs, as JSON. */
char       *forlop_missing_to_json   (ForlopSnapshot *snapshot,
                                      const char     *code,
                                      gint64          at_ms) G_GNUC_WARN_UNUSED_RESULT;
/* "Weight was expected 16.03.2026 08.00 and has not come"; NULL when @text is something else. */
char       *forlop_missing_describe  (const char     *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same inside a list: "weight missing". */
char       *forlop_missing_brief     (const char     *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
