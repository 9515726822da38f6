/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_CITIZENS_VIEW (forlop_citizens_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizensView, forlop_citizens_view, FORLOP, CITIZENS_VIEW, ForlopView)

G_END_DECLS
