/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_FOLLOW_UP_VIEW (forlop_follow_up_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopFollowUpView, forlop_follow_up_view, FORLOP, FOLLOW_UP_VIEW, ForlopView)

G_END_DECLS
