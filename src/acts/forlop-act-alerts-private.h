/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"

G_BEGIN_DECLS

/* Lets an act on the citizen alone work on the case that runs now, if there is one. */
gboolean forlop_act_use_running_case (ForlopActContext  *self,
                                      GError           **error);
/* Makes, changes and closes alerts so that they say what the measurements from @from to @to, both
 * included, say now. Called when everything else the act writes is in its changeset. */
gboolean forlop_act_refresh_alerts   (ForlopActContext  *self,
                                      gint64             from,
                                      gint64             to,
                                      GError           **error);
/* Takes back record-measurement: what it registered is marked as invalid. */
gboolean forlop_act_undo_measurement (ForlopActContext  *self,
                                      yyjson_val        *operations,
                                      GError           **error);

G_END_DECLS
