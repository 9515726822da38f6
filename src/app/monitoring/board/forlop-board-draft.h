/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Minutes a contact takes when nothing else is said. */
#define FORLOP_BOARD_USUAL_MINUTES 5
/* How one is in contact when nothing else is said. */
#define FORLOP_BOARD_USUAL_WAY     "phone"

/**
 * ForlopBoardDraft:
 * @text: (nullable): What was done.
 * @way: (nullable): How the contact was; the usual way where it is %NULL.
 * @outcome: (nullable): Why a measurement was missing, where another reason than the first is chosen.
 * @minutes: How long it took.
 * @leaves_others: The other open alerts are not answered with it.
 * @task: (nullable): What is left to do.
 * @task_day: (nullable): When: a day as YYYY-MM-DD, or what was typed; %NULL is tomorrow.
 * @task_person: (nullable): Who is to do it; %NULL is everybody in the unit.
 * @alert_id: (nullable): The alert that was open when it was begun.
 * @call_began_at: %FORLOP_INSTANT_NONE unless a call lasts. Not kept in the file: a call that is found
 *   again there is over, and @minutes are those that were counted.
 * @is_counting: The minutes follow the call.
 *
 * What was begun to be written about one citizen on the board and is not saved.
 */
typedef struct {
  char *text;
  char *way;
  char *outcome;
  int minutes;
  gboolean leaves_others;
  char *task;
  char *task_day;
  char *task_person;
  char *alert_id;
  gint64 call_began_at;
  gboolean is_counting;
} ForlopBoardDraft;

/* Nothing is written yet. */
ForlopBoardDraft *forlop_board_draft_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void              forlop_board_draft_free      (ForlopBoardDraft       *self);
/* NULL when the text is no draft. */
ForlopBoardDraft *forlop_board_draft_from_text (const char             *text) G_GNUC_WARN_UNUSED_RESULT;
char             *forlop_board_draft_to_text   (const ForlopBoardDraft *self) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing is in it that anybody could miss. */
gboolean          forlop_board_draft_is_empty  (const ForlopBoardDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoardDraft, forlop_board_draft_free)

G_END_DECLS
