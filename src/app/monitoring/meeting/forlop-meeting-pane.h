/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-meeting-store.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The citizen the meeting has come to: the picture in short, and what is decided. "decided" is emitted when it is
 * saved. */

#define FORLOP_TYPE_MEETING_PANE (forlop_meeting_pane_get_type ())
G_DECLARE_FINAL_TYPE (ForlopMeetingPane, forlop_meeting_pane, FORLOP, MEETING_PANE, AdwBin)

/* @meeting: (nullable): the open meeting; without one nothing can be decided. @line NULL: nobody is chosen. What is
 * written stays while it is the same line of the same meeting. */
void     forlop_meeting_pane_set_line (ForlopMeetingPane       *self,
                                       ForlopSession           *session,
                                       ForlopRecord            *meeting,
                                       const ForlopMeetingLine *line);
/* Of ForlopMeetingDoer: whom a task can be given to. */
void     forlop_meeting_pane_set_doers (ForlopMeetingPane     *self,
                                       GPtrArray              *doers);
/* To where the decision is written. */
void     forlop_meeting_pane_answer   (ForlopMeetingPane       *self);
gboolean forlop_meeting_pane_get_busy (ForlopMeetingPane       *self);

G_END_DECLS
