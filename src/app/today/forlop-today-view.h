/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_TODAY_VIEW (forlop_today_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopTodayView, forlop_today_view, FORLOP, TODAY_VIEW, ForlopView)

G_END_DECLS
