/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-plan-rules.h"
#include "forlop-would-have-fired.h"

G_BEGIN_DECLS

/* GArray of ForlopPlanVersion: every plan of the citizen that is or was in force, as @changeset (may
 * be NULL) is about to leave them. */
GArray  *forlop_plan_store_load_versions (ForlopConnection  *connection,
                                          const char        *citizen_id,
                                          ForlopChangeset   *changeset,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* One plan, whether in force or not: for trying its limits before they are. */
gboolean forlop_plan_store_load_version  (ForlopConnection  *connection,
                                          ForlopRecord      *care_plan,
                                          ForlopPlanVersion *version,
                                          GError           **error);
/* What was judged in the last @days before @now, and what @alternative, which need not be saved, would
 * have made of the same measurements. */
gboolean forlop_plan_store_try           (ForlopConnection  *connection,
                                          const char        *citizen_id,
                                          const ForlopPlanVersion *alternative,
                                          int                days,
                                          gint64             now,
                                          ForlopFiredCount  *present,
                                          ForlopFiredCount  *tried,
                                          GError           **error);

G_END_DECLS
