/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-drafts.h"
#include "forlop-board-place.h"

G_BEGIN_DECLS

/* The right side of the board: the one who is chosen. Why, the last 14 days, what the plan says, whom
 * to call, and what was done. */

#define FORLOP_TYPE_BOARD_PANE (forlop_board_pane_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardPane, forlop_board_pane, FORLOP, BOARD_PANE, AdwBin)

/* Where what is begun is kept until it is saved. */
void forlop_board_pane_set_drafts     (ForlopBoardPane      *self,
                                       ForlopBoardDrafts    *drafts);
/* @row may be NULL; what is needed of it is copied. @place: whose file it is in. */
void forlop_board_pane_set_row        (ForlopBoardPane      *self,
                                       const ForlopBoardRow *row,
                                       ForlopBoardPlace     *place);
/* There is nobody to choose. */
void forlop_board_pane_set_nobody     (ForlopBoardPane      *self,
                                       gboolean              nobody);
/* Throws away what is begun for whoever is shown. */
void forlop_board_pane_forget         (ForlopBoardPane      *self);
/* What Enter, Space, X and S do. */
void forlop_board_pane_answer         (ForlopBoardPane      *self);
void forlop_board_pane_take           (ForlopBoardPane      *self);
/* What R does: takes it where nobody has, shows the number, and counts the minutes. */
void forlop_board_pane_call           (ForlopBoardPane      *self);
/* What P does: starts a pause, or ends the one that lasts. */
void forlop_board_pane_pause          (ForlopBoardPane      *self);
void forlop_board_pane_tick           (ForlopBoardPane      *self);
void forlop_board_pane_snooze         (ForlopBoardPane      *self);

G_END_DECLS
