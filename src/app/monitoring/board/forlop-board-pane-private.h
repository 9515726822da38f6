/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-facts.h"
#include "forlop-board-pane.h"
#include "forlop-board-response.h"
#include "forlop-chart.h"

G_BEGIN_DECLS

struct _ForlopBoardPane
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *choose;
  GtkScrolledWindow *scrolled_window;
  GtkLabel *who;
  GtkWidget *take_button;
  GtkWidget *call_button;
  GtkWidget *tick_button;
  GtkMenuButton *snooze_button;
  GMenuModel *snooze_menu;
  GtkWidget *aside_button;
  GtkWidget *pause_button;
  GtkWidget *open_button;
  GtkBox *reasons;
  GtkLabel *deadline;
  GtkLabel *facts;
  AdwToggleGroup *measures;
  ForlopChart *chart;
  GtkWidget *plan_box;
  GtkLabel *plan_title;
  GtkLabel *plan_text;
  GtkBox *contact_box;
  ForlopBoardResponse *response;
  GtkBox *history_box;

  /* Owned */
  ForlopBoardPlace *place; /* whose file the citizen is in */
  ForlopBoardDetail *detail;
  GArray *shown_measures;
  GHashTable *logged; /* who has seen which case here */
  char *case_id;
  char *citizen_id;
  char *alert_id;
  char *take_rule; /* where there is no alert */
  char *taken_by;
  char *pause_id; /* while one lasts */

  ForlopBoardNeed need;
  ForlopSeverity severity;
  ForlopMeasure measure; /* of the row, until another is chosen */
  unsigned int asked;    /* the newest question; older answers are thrown away */
  gboolean ticked;
  gboolean filling;
};

/* What can be done with whoever is shown. */
void forlop_board_pane_install_acts   (GtkWidgetClass  *widget_class);
void forlop_board_pane_update_buttons (ForlopBoardPane *self);

G_END_DECLS
