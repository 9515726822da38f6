/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-item.h"

G_BEGIN_DECLS

/* Reads the course of lines that come into sight, all of one moment in one job, and gives it to
 * them. */
typedef struct _ForlopBoardTrends ForlopBoardTrends;

ForlopBoardTrends *forlop_board_trends_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_board_trends_free (ForlopBoardTrends *self);
void               forlop_board_trends_want (ForlopBoardTrends *self,
                                             ForlopBoardItem   *item,
                                             gint64             now);

G_END_DECLS
