/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-board-list.h"
#include "forlop-board-trends.h"

G_BEGIN_DECLS

struct _ForlopBoardList
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *nobody;
  GtkListView *list_view;
  GtkSingleSelection *selection;
  GListStore *lines;

  /* Owned */
  GPtrArray *items;     /* those something waits for, worst first */
  GPtrArray *calm_rows; /* ForlopBoardRow of those in the fold, until they are shown */
  GPtrArray *calm_items;
  GPtrArray *places; /* of ForlopBoardPlace */
  ForlopBoardTrends *trends;
  ForlopBoardDrafts *drafts;
  char *selected_key;
  unsigned int rest_source;

  gint64 now;
  unsigned int n_unticked;
  unsigned int selected_position;
  int filter;
  gboolean round;
  gboolean expanded;
  gboolean restoring;
  gboolean brief;
};

/* Emits "command". */
void         forlop_board_list_command        (ForlopBoardList *self,
                                               const char      *command);
/* Where the line is; GTK_INVALID_LIST_POSITION where it is not. */
unsigned int forlop_board_list_find           (ForlopBoardList *self,
                                               const char      *key);
gboolean     forlop_board_list_key_pressed_cb (ForlopBoardList *self,
                                               unsigned int     key,
                                               unsigned int     code,
                                               GdkModifierType  modifiers);

G_END_DECLS
