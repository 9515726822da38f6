/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-store.h"

G_BEGIN_DECLS

/* The words of the board, in the reader's language. */

/* "Anna Berg, 83" */
char       *forlop_board_text_who    (const ForlopBoardRow *row,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* "Red", "Missing", "Equipment", "Snoozed" */
const char *forlop_board_text_word   (const ForlopBoardRow *row);
/* "SpO₂ 86 % · under 88 %" */
char       *forlop_board_text_why    (const ForlopBoardRow *row,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* "14 min"; NULL where nothing is known. */
char       *forlop_board_text_waited (const ForlopBoardRow *row,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* "Goes to the leader at 09.30 unless somebody takes it"; NULL where nobody waits for that. */
char       *forlop_board_text_deadline (const ForlopBoardRow *row,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* "Pause: In hospital, until 01.12.2026" */
char       *forlop_board_text_pause  (const char           *reason,
                                      gint64                until,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* "Telephone yesterday 14.10"; NULL where nobody has been in contact. */
char       *forlop_board_text_contact (const ForlopBoardRow *row,
                                      gint64                now) G_GNUC_WARN_UNUSED_RESULT;
const char *forlop_board_need_label  (ForlopBoardNeed       need);

G_END_DECLS
