/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

#define FORLOP_TYPE_ADMINISTRATION_VIEW (forlop_administration_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAdministrationView, forlop_administration_view, FORLOP, ADMINISTRATION_VIEW, ForlopView)

G_END_DECLS
