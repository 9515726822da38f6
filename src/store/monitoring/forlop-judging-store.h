/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-judging.h"

G_BEGIN_DECLS

/* What has changed was measured from @from to @to, both included. With @changeset the measurements,
 * invalidations and plans of an act in progress count as if they were stored. */
ForlopJudging *forlop_judging_store_load (ForlopConnection *connection,
                                       const char        *citizen_id,
                                       ForlopChangeset   *changeset,
                                       gint64             from,
                                       gint64             to,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean forlop_judging_store_rejudge (ForlopConnection  *connection,
                                       const char        *citizen_id,
                                       gint64             from,
                                       gint64             to,
                                       GError           **error);
gboolean forlop_judging_store_after   (ForlopConnection  *connection,
                                       ForlopChangeset   *changeset,
                                       GError           **error);

G_END_DECLS
