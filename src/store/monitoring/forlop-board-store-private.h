/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-store.h"

G_BEGIN_DECLS

/* What the parts of the board's reading share. */

#define FOLLOWED_UP_BY "coalesce (\"case\".follow_up_unit_id, \"case\".unit_id)"
#define RUNNING "\"case\".status = 'running' AND \"case\".deleted = 0 "

typedef struct {
  ForlopConnection *connection;
  const ForlopBoardQuery *query;
  ForlopBoard *board;
  GHashTable *by_case; /* id → row, both borrowed from the rows */
} ForlopBoardLoading;

typedef void (*ForlopBoardReadFunc) (ForlopBoardLoading *loading,
                                     ForlopStatement    *statement);

/* Every row of a statement whose parameters are bound. */
gboolean        forlop_board_read_all     (ForlopBoardLoading   *loading,
                                           ForlopStatement      *statement,
                                           ForlopBoardReadFunc   read,
                                           GError              **error);
/* The row of the case in the first column; NULL when it is not on the board. */
ForlopBoardRow *forlop_board_find_row     (ForlopBoardLoading   *loading,
                                           ForlopStatement      *statement);

gboolean        forlop_board_load_alerts  (ForlopBoardLoading   *loading,
                                           GError              **error);
gboolean        forlop_board_load_missing (ForlopBoardLoading   *loading,
                                           GError              **error);
gboolean        forlop_board_load_takes   (ForlopBoardLoading   *loading,
                                           GError              **error);
gboolean        forlop_board_load_faults  (ForlopBoardLoading   *loading,
                                           GError              **error);
gboolean        forlop_board_load_lasts   (ForlopBoardLoading   *loading,
                                           GError              **error);
gboolean        forlop_board_load_pauses  (ForlopBoardLoading   *loading,
                                           GError              **error);
/* When every row knows what it needs. */
gboolean        forlop_board_load_contacts (ForlopBoardLoading  *loading,
                                           GError              **error);
/* Marks whom the query's filter leaves out, and lists the kinds of plan there are. */
gboolean        forlop_board_load_filter  (ForlopBoardLoading   *loading,
                                           GError              **error);
/* Takes them off the board. */
void            forlop_board_leave_out    (ForlopBoard          *board);

G_END_DECLS
