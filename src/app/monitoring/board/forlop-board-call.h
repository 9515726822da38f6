/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-clock.h"

G_BEGIN_DECLS

/* The telephone call that is being made: the number, large, and how many minutes it has lasted. */

#define FORLOP_TYPE_BOARD_CALL (forlop_board_call_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardCall, forlop_board_call, FORLOP, BOARD_CALL, AdwBin)

/* The minutes of a call, from 1 to 60: one that is begun counts, and after an hour somebody forgot it. */
int      forlop_board_call_count      (gint64           began_at,
                                       gint64           now);
/* Begins, and tells the minutes by "minute"; a call that lasts goes on. */
void     forlop_board_call_start      (ForlopBoardCall *self,
                                       ForlopClock     *clock);
/* Goes on with one that began earlier; nothing is said of it again. */
void     forlop_board_call_resume     (ForlopBoardCall *self,
                                       ForlopClock     *clock,
                                       gint64           began_at);
/* FORLOP_INSTANT_NONE where none lasts. */
gint64   forlop_board_call_get_began_at (ForlopBoardCall *self);
void     forlop_board_call_stop       (ForlopBoardCall *self);
gboolean forlop_board_call_is_running (ForlopBoardCall *self);
/* Whom it is to; @phone is NULL where no number is known. */
void     forlop_board_call_set_phone  (ForlopBoardCall *self,
                                       const char      *who,
                                       const char      *phone);
/* It is not known yet whom it is to. */
void     forlop_board_call_forget     (ForlopBoardCall *self);

G_END_DECLS
