/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-drafts.h"
#include "forlop-board-item.h"

G_BEGIN_DECLS

/* The left side of the board: everybody, worst first, with those for whom nothing waits folded
 * together. Arrows or J and K move, Enter answers, Space takes, N goes to the next that nobody has
 * taken. */

#define FORLOP_TYPE_BOARD_LIST (forlop_board_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardList, forlop_board_list, FORLOP, BOARD_LIST, AdwBin)

/* Whoever has something begun in them is marked, and stands outside the fold. */
void                  forlop_board_list_set_drafts   (ForlopBoardList   *self,
                                                      ForlopBoardDrafts *drafts);
/* New content, as little moved as can be. The board's rows are taken out of it; each is of one of @places,
 * which are ForlopBoardPlace. Unless it is the @whole board, the fold is not ticked as one. */
void                  forlop_board_list_take_board   (ForlopBoardList *self,
                                                      ForlopBoard     *board,
                                                      GPtrArray       *places,
                                                      gint64           now,
                                                      gboolean         whole);
/* Without the course, where there is only room for words. */
void                  forlop_board_list_set_brief    (ForlopBoardList *self,
                                                      gboolean         brief);
/* Only rows with this need; -1 for all of them. */
void                  forlop_board_list_set_filter   (ForlopBoardList *self,
                                                      int              need);
/* The chosen line, NULL for none and for the fold. */
const ForlopBoardRow *forlop_board_list_get_selected (ForlopBoardList *self);
/* Whose file that line is in. */
ForlopBoardPlace     *forlop_board_list_get_selected_place (ForlopBoardList *self);
/* ForlopBoardRow of one place for whom something stands open, worst first; borrowed until the next board. */
GPtrArray            *forlop_board_list_list_open    (ForlopBoardList *self,
                                                      unsigned int     place) G_GNUC_WARN_UNUSED_RESULT;
gboolean              forlop_board_list_select       (ForlopBoardList *self,
                                                      const char      *case_id);
/* The next line that waits for somebody; FALSE when there is none. */
gboolean              forlop_board_list_select_next  (ForlopBoardList *self);
void                  forlop_board_list_set_expanded (ForlopBoardList *self,
                                                      gboolean         expanded);
unsigned int          forlop_board_list_get_n_lines  (ForlopBoardList *self);
void                  forlop_board_list_grab_focus   (ForlopBoardList *self);

G_END_DECLS
