/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_WHEEL_VIEW (forlop_wheel_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWheelView, forlop_wheel_view, FORLOP, WHEEL_VIEW, ForlopView)

G_END_DECLS
