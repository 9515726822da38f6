/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-window.h"

G_BEGIN_DECLS

typedef struct
{
  ForlopUndoFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
  AdwToast *toast;
} ForlopWindowUndo;

struct _ForlopWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toast_overlay;
  GtkStack *main_stack;
  AdwNavigationSplitView *split_view;
  AdwBreakpoint *one_pane;
  AdwNavigationPage *content_page;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkListBox *section_list;
  GtkWidget *places_box;
  GtkListBox *place_list;
  GtkStack *content_stack;
  GtkImage *status_icon;
  GtkLabel *status_label;

  /* Owned */
  ForlopSession *session;
  GSettings *settings;
  GListStore *jump_providers;
  ForlopWindowUndo *undo;
  AdwToast *said; /* the last that only tells */
};

void forlop_window_actions_install (GtkWidgetClass *widget_class);
void forlop_window_clear_undo      (ForlopWindow   *self);
/* So many red alerts have come. */
void forlop_window_tell_red        (ForlopWindow   *self,
                                    unsigned int    n);

G_END_DECLS
