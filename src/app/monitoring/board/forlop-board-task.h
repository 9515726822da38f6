/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-board-draft.h"
#include "forlop-board-place.h"

G_BEGIN_DECLS

/* What is left to do when somebody is handled: what, when and for whom. */

#define FORLOP_TYPE_BOARD_TASK (forlop_board_task_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardTask, forlop_board_task, FORLOP, BOARD_TASK, AdwBin)

/* Nothing is written: tomorrow, for everybody in the unit one works in at @place. */
void     forlop_board_task_clear (ForlopBoardTask   *self,
                                  ForlopBoardPlace  *place);
/* What is written, also where it cannot be read yet; "changed" tells of it. */
void     forlop_board_task_save  (ForlopBoardTask   *self,
                                  ForlopBoardDraft  *draft);
/* After forlop_board_task_clear(). */
void     forlop_board_task_load  (ForlopBoardTask   *self,
                                  const ForlopBoardDraft *draft);
/* @task gets the arguments of "add-task", or NULL where nothing is written. FALSE with an error where
 * the day is none, and the keyboard is there. */
gboolean forlop_board_task_read  (ForlopBoardTask   *self,
                                  const char        *citizen_id,
                                  const char        *case_id,
                                  ForlopRecord     **task,
                                  GError           **error);

G_END_DECLS
