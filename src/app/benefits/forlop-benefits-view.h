/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_BENEFITS_VIEW (forlop_benefits_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBenefitsView, forlop_benefits_view, FORLOP, BENEFITS_VIEW, ForlopView)

G_END_DECLS
