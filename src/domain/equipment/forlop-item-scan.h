/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-item-life.h"

G_BEGIN_DECLS

/* What can be done with an item where it stands in its life, and what a scan means. */

const char  *forlop_item_next_act (ForlopItemState  state);
const char  *forlop_item_scan_act (ForlopItemState  item,
                                   ForlopItemState  column);
/* Names of acts, the most usual first; at most FORLOP_ITEM_MAX_ACTS. Ended by NULL. */
#define FORLOP_ITEM_MAX_ACTS 16
void         forlop_item_acts     (ForlopItemState  state,
                                   const char      *acts[FORLOP_ITEM_MAX_ACTS + 1]);

G_END_DECLS
