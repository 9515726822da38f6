/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Whether a view shows the whole municipality or my own unit. Who works in a unit begins with it. */

#define FORLOP_TYPE_UNIT_FILTER (forlop_unit_filter_get_type ())
G_DECLARE_FINAL_TYPE (ForlopUnitFilter, forlop_unit_filter, FORLOP, UNIT_FILTER, AdwBin)

void        forlop_unit_filter_set_session (ForlopUnitFilter *self,
                                            ForlopSession    *session);
/* NULL for every unit; property "unit-id". */
const char *forlop_unit_filter_get_unit_id (ForlopUnitFilter *self);

G_END_DECLS
