/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-list.h"
#include "forlop-board-pane.h"
#include "forlop-epj-page.h"
#include "forlop-follow-up-view.h"

G_BEGIN_DECLS

struct _ForlopFollowUpView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *back_button;
  GtkWidget *bar;
  AdwToggleGroup *tabs;
  AdwToggle *epj_toggle;
  GtkDropDown *unit_drop_down;
  AdwSplitButton *round_button;
  GtkWidget *round_box;
  GtkLabel *round_label;
  GtkWidget *list_side;
  AdwWrapBox *chips;
  ForlopBoardList *list;
  GtkWidget *separator;
  ForlopBoardPane *pane;
  ForlopEpjPage *epj_page;

  /* Owned */
  GPtrArray *unit_ids;  /* of the drop-down; the first is NULL for all of them */
  GHashTable *known_reds; /* alert ids; NULL before the board was read for the first time */
  char *unit_id;
  char *round_id;
  char *actor_unit_id;
  char *answered_case; /* whose answer was saved last, until the board has been read again */
  unsigned int clock_source;

  unsigned int asked;
  int filter;
  gboolean unit_chosen; /* by hand; otherwise it follows who I am */
  gboolean show_pane;   /* on a narrow screen */
  gboolean filling;
};

/* The bar above the board: units, chips and rounds. */
void forlop_follow_up_view_fill_units       (ForlopFollowUpView     *self,
                                             GPtrArray              *units);
void forlop_follow_up_view_fill_chips       (ForlopFollowUpView     *self,
                                             const unsigned int      counts[FORLOP_BOARD_N_NEEDS]);
void forlop_follow_up_view_fill_round       (ForlopFollowUpView     *self,
                                             const ForlopBoardRound *round,
                                             unsigned int            n_rows);
void forlop_follow_up_view_run_on_round     (ForlopFollowUpView     *self,
                                             const char             *act);
void forlop_follow_up_view_unit_chosen_cb   (ForlopFollowUpView     *self);
void forlop_follow_up_view_round_clicked_cb (ForlopFollowUpView     *self);
void forlop_follow_up_view_finish_clicked_cb (ForlopFollowUpView    *self);
void forlop_follow_up_view_start_round_action (GtkWidget            *widget,
                                             const char             *action_name,
                                             GVariant               *parameter);

G_END_DECLS
