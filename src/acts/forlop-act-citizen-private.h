/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-context-private.h"
#include "forlop-id-number.h"
#include "forlop-snapshot-store.h"

G_BEGIN_DECLS

gboolean forlop_act_check_citizen (ForlopActContext  *self,
                                   ForlopRecord      *citizen,
                                   GError           **error);
void     forlop_act_fill_delivery (ForlopRecord      *citizen,
                                   GPtrArray         *contested,
                                   ForlopRecord      *delivery);
/* The delivery side of each of the record's cases shows what @citizen says. */
gboolean forlop_act_change_deliveries (ForlopActContext *self,
                                   ForlopRecord      *citizen,
                                   const char        *citizen_id,
                                   GError           **error);
/* Opens a case for the citizen of the context and makes it the context's case. */
ForlopRecord *forlop_act_open_case (ForlopActContext *self,
                                   GError           **error);

G_END_DECLS
