/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-judging.h"

G_BEGIN_DECLS

/* The alerts of a measurement, as records, in any order; NULL on @error. Owned by the caller. */
typedef GPtrArray *(*ForlopAlertFinder) (gpointer      data,
                                         const char   *measurement_id,
                                         GError      **error);

/* Makes, changes and closes in @changeset so that the alerts say what the judged measurements say.
 * @the_case: the citizen's, running. @pauses: of ForlopPause. */
gboolean forlop_alerts_refresh (ForlopChangeset      *changeset,
                                const ForlopJudging  *judging,
                                ForlopRecord         *the_case,
                                const GArray         *pauses,
                                ForlopAlertFinder     find,
                                gpointer              data,
                                GError              **error);

G_END_DECLS
