/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-call.h"
#include "forlop-board-response.h"
#include "forlop-board-task.h"

G_BEGIN_DECLS

struct _ForlopBoardResponse
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *outcome_drop_down;
  AdwToggleGroup *ways;
  GtkTextView *text_view;
  GtkLabel *mistake;
  GtkWidget *meanwhile_box;
  GtkLabel *meanwhile;
  GtkCheckButton *others_button;
  GtkDropDown *phrase_drop_down;
  ForlopBoardCall *call;
  ForlopBoardTask *task;
  GtkSpinButton *minutes;
  GtkLabel *minutes_label;
  GtkWidget *discard_button;
  GtkWidget *done_button;

  /* Owned */
  ForlopBoardPlace *place;
  ForlopBoardDrafts *drafts;
  GPtrArray *phrases;
  char *user_id; /* who writes; NULL where nobody does */
  char *case_id;
  char *citizen_id;
  char *alert_id;
  char *form_id; /* that was not answered */
  char *begun_alert_id; /* that was open when something was begun */
  char *saving_case_id; /* whose answer is on its way to the file */
  const ForlopChoice *outcomes;
  ForlopBoardNeed need;
  ForlopMeasure measure;
  gboolean counting; /* the minutes are set by the call */
  gboolean begun;    /* something is written and not saved */
  gboolean filling;
};

char    *forlop_board_response_dup_text     (ForlopBoardResponse *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean forlop_board_response_asks_outcome (ForlopBoardResponse *self);

/* Keeps what is written now. */
void     forlop_board_response_keep         (ForlopBoardResponse *self);
/* Shows what was begun for the citizen who is shown, or nothing. */
void     forlop_board_response_load         (ForlopBoardResponse *self);
/* Nothing is begun any longer. */
void     forlop_board_response_empty        (ForlopBoardResponse *self);
/* Tells what happened to the alert since something was begun. */
void     forlop_board_response_tell         (ForlopBoardResponse *self);
void     forlop_board_response_discard_cb   (ForlopBoardResponse *self);

G_END_DECLS
