/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-item.h"

G_BEGIN_DECLS

/* Makes @store, a list of ForlopBoardItem, hold @wanted. Whoever is in both keeps the line and with it the
 * keyboard, so that nothing moves that one looks at. */
void forlop_board_splice (GListStore *store,
                          GPtrArray  *wanted);

G_END_DECLS
