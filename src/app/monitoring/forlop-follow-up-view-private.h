/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-alarm-load-group.h"
#include "forlop-board-list.h"
#include "forlop-board-pane.h"
#include "forlop-epj-page.h"
#include "forlop-unknown-page.h"
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
  GtkMenuButton *filter_button;
  GtkWidget *round_starter;
  GtkButton *round_button;
  GtkMenuButton *round_menu_button;
  GMenuModel *round_menu;
  GMenuModel *more_menu;
  GtkWidget *hand_over_button;
  GtkWidget *meeting_button;
  GtkMenuButton *more_button; /* where there is no room for them */
  GtkWidget *round_box;
  GtkLabel *round_label;
  GtkWidget *list_side;
  AdwWrapBox *chips;
  GtkBox *notices;
  ForlopBoardList *list;
  GtkWidget *separator;
  ForlopBoardPane *pane;

  /* Borrowed: made when they are opened */
  ForlopEpjPage *epj_page;
  ForlopAlarmLoadGroup *load_group;
  ForlopUnknownPage *unknown_page;
  GtkWidget *trouble; /* the notice that the board is old; NULL while it is not */

  /* Owned */
  GPtrArray *places;    /* of ForlopBoardPlace, as read last; the first is the window's own */
  GPtrArray *unit_ids;  /* of the drop-down; those before the units are NULL */
  GHashTable *known_reds; /* alert ids; NULL before the board was read for the first time */
  ForlopBoardDrafts *drafts;
  GSimpleActionGroup *filters; /* part and plan */
  char *unit_id; /* when it was chosen by hand; NULL for all of them */
  char *actor_unit_id;
  char *answered_case; /* whose answer was saved last, until the board has been read again */
  unsigned int clock_source;

  gint64 read_at;       /* of the board that is shown */
  gint64 trouble_since; /* FORLOP_INSTANT_NONE while it can be read */
  unsigned int asked;
  unsigned int n_reds_left_out; /* by the filter */
  int filter;
  gboolean unit_chosen; /* by hand; otherwise it follows who I am, in every municipality */
  gboolean show_pane;   /* on a narrow screen */
  gboolean filling;
  gboolean can_start_round;
  gboolean hands_over; /* when everybody is shown */
};

/* The bar above the board: units, chips and rounds, and what is to be told of a municipality. */
void forlop_follow_up_view_fill_units       (ForlopFollowUpView     *self);
void forlop_follow_up_view_fill_chips       (ForlopFollowUpView     *self,
                                             const unsigned int      counts[FORLOP_BOARD_N_NEEDS]);
void forlop_follow_up_view_fill_round       (ForlopFollowUpView     *self);
void forlop_follow_up_view_fill_notices     (ForlopFollowUpView     *self);
/* What was begun about those who are not among the board's rows. Returns of how many. */
unsigned int forlop_follow_up_view_fill_begun (ForlopFollowUpView   *self,
                                             ForlopBoard            *board);
void forlop_follow_up_view_hand_over        (ForlopFollowUpView     *self);
void forlop_follow_up_view_hand_over_action (GtkWidget              *widget,
                                             const char             *action_name,
                                             GVariant               *parameter);
void forlop_follow_up_view_run_on_round     (ForlopFollowUpView     *self,
                                             const char             *act);
void forlop_follow_up_view_unit_chosen_cb   (ForlopFollowUpView     *self);
void forlop_follow_up_view_round_clicked_cb (ForlopFollowUpView     *self);
void forlop_follow_up_view_finish_clicked_cb (ForlopFollowUpView    *self);
void forlop_follow_up_view_start_round_action (GtkWidget            *widget,
                                             const char             *action_name,
                                             GVariant               *parameter);

/* Why the board cannot be read: instead of it, or above the one that was read before. */
void forlop_follow_up_view_tell_trouble     (ForlopFollowUpView     *self,
                                             const GError           *error);
void forlop_follow_up_view_again_action     (GtkWidget              *widget,
                                             const char             *action_name,
                                             GVariant               *parameter);
void forlop_follow_up_view_command_cb       (ForlopFollowUpView     *self,
                                             const char             *command);
void forlop_follow_up_view_meeting_action   (GtkWidget              *widget,
                                             const char             *action_name,
                                             GVariant               *parameter);
void forlop_follow_up_view_show_pane        (ForlopFollowUpView     *self,
                                             gboolean                show);
gboolean forlop_follow_up_view_is_read      (ForlopFollowUpView     *self);
/* The pages beside the board: "board", "epj", "load", "unknown" and "empty". */
void     forlop_follow_up_view_show_page    (ForlopFollowUpView     *self,
                                             const char             *name);
/* That of the chosen tab. */
void     forlop_follow_up_view_show_tab     (ForlopFollowUpView     *self);
void     forlop_follow_up_view_tab_chosen_cb (ForlopFollowUpView    *self);
/* Returns how much there is on them. */
unsigned int forlop_follow_up_view_fill_tabs (ForlopFollowUpView    *self);
/* What there is room for. */
void forlop_follow_up_view_update_bar       (ForlopFollowUpView     *self);

/* What is shown of list and pane where there is room for only one. */
void               forlop_follow_up_view_update_panes (ForlopFollowUpView *self);
const char *const *forlop_follow_up_view_get_scenes   (ForlopView         *view);
void               forlop_follow_up_view_show_scene   (ForlopView         *view,
                                                       const char         *scene);

/* The filter beside the unit: the part of the day and the kind of plan, NULL for all of them. */
void        forlop_follow_up_view_init_filter    (ForlopFollowUpView *self);
void        forlop_follow_up_view_init_filter_button (ForlopFollowUpView *self);
void        forlop_follow_up_view_fill_filter    (ForlopFollowUpView *self);
void        forlop_follow_up_view_tell_filter    (ForlopFollowUpView *self,
                                                  unsigned int        n_shown);
const char *forlop_follow_up_view_get_part       (ForlopFollowUpView *self);
const char *forlop_follow_up_view_get_plan_kind  (ForlopFollowUpView *self);
gboolean    forlop_follow_up_view_is_filtered    (ForlopFollowUpView *self);
void        forlop_follow_up_view_show_everybody (ForlopFollowUpView *self);

G_END_DECLS
