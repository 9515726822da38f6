/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-item-life.h"

G_BEGIN_DECLS

/* The states of items with the number in each: wide, side by side in the order of their life; narrow,
 * a drop-down. One of them is where one stands; property "state". */

#define FORLOP_TYPE_ITEM_COLUMNS (forlop_item_columns_get_type ())
G_DECLARE_FINAL_TYPE (ForlopItemColumns, forlop_item_columns, FORLOP, ITEM_COLUMNS, AdwBin)

/* code of a state → how many */
void            forlop_item_columns_set_counts (ForlopItemColumns *self,
                                                GHashTable        *counts);
ForlopItemState forlop_item_columns_get_state  (ForlopItemColumns *self);
void            forlop_item_columns_set_state  (ForlopItemColumns *self,
                                                ForlopItemState    state);

G_END_DECLS
