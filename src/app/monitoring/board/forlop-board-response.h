/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-drafts.h"
#include "forlop-board-place.h"

G_BEGIN_DECLS

/* "What was done?": answers what the chosen citizen needs, and keeps what was written for each
 * citizen until it is saved. */

#define FORLOP_TYPE_BOARD_RESPONSE (forlop_board_response_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardResponse, forlop_board_response, FORLOP, BOARD_RESPONSE, AdwBin)

void forlop_board_response_set_place   (ForlopBoardResponse  *self,
                                        ForlopBoardPlace     *place);
/* Where what is begun is kept until it is saved. */
void forlop_board_response_set_drafts  (ForlopBoardResponse  *self,
                                        ForlopBoardDrafts    *drafts);
/* Whom it is about; what was written for another is kept. */
void forlop_board_response_set_row     (ForlopBoardResponse  *self,
                                        const ForlopBoardRow *row);
/* GPtrArray of template records. */
void forlop_board_response_set_phrases (ForlopBoardResponse  *self,
                                        GPtrArray            *phrases);
void forlop_board_response_grab_focus  (ForlopBoardResponse  *self);
/* Throws away what is begun. */
void forlop_board_response_forget      (ForlopBoardResponse  *self);
/* Who is called when somebody is; NULL where no number is known. */
void forlop_board_response_set_phone   (ForlopBoardResponse  *self,
                                        const char           *who,
                                        const char           *phone);
/* A telephone call is being made: shows the number, counts the minutes, and what is said is written
 * while it lasts. */
void forlop_board_response_call        (ForlopBoardResponse  *self);

G_END_DECLS
