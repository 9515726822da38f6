/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_EQUIPMENT_VIEW (forlop_equipment_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEquipmentView, forlop_equipment_view, FORLOP, EQUIPMENT_VIEW, ForlopView)

G_END_DECLS
