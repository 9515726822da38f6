/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-item.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* Reads the course of lines that came into sight, all of them in one job, and gives it to them. */
void forlop_board_trends_request (ForlopStore *store,
                                  GPtrArray   *items,
                                  gint64       now);

G_END_DECLS
