/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

/* The page about one item: where it is, who has it, what is due, and its life so far. */

#define FORLOP_TYPE_ITEM_VIEW (forlop_item_view_get_type ())
G_DECLARE_FINAL_TYPE (ForlopItemView, forlop_item_view, FORLOP, ITEM_VIEW, ForlopView)

G_END_DECLS
