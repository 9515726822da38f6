/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-draft.h"
#include "forlop-board-place.h"

G_BEGIN_DECLS

/* What was begun for each citizen and is not saved, for whoever wrote it. It is in the file half a second
 * after it was written, so that a machine that stops loses no more than that. */

#define FORLOP_TYPE_BOARD_DRAFTS (forlop_board_drafts_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBoardDrafts, forlop_board_drafts, FORLOP, BOARD_DRAFTS, GObject)

ForlopBoardDrafts      *forlop_board_drafts_new        (void) G_GNUC_WARN_UNUSED_RESULT;
/* Borrowed until the next change; NULL where nothing was begun by whoever acts at @place. */
const ForlopBoardDraft *forlop_board_drafts_find       (ForlopBoardDrafts *self,
                                                        ForlopBoardPlace  *place,
                                                        const char        *case_id);
/* @draft: (transfer full) (nullable): NULL or an empty one throws away what was kept. */
void                    forlop_board_drafts_put        (ForlopBoardDrafts *self,
                                                        ForlopSession     *session,
                                                        const char        *user_id,
                                                        const char        *case_id,
                                                        ForlopBoardDraft  *draft);
/* One telephone, one call: those to others are over. */
void                    forlop_board_drafts_stop_calls (ForlopBoardDrafts *self,
                                                        gint64             now);
/* Writes what is not in the file yet. */
void                    forlop_board_drafts_flush      (ForlopBoardDrafts *self);

G_END_DECLS
