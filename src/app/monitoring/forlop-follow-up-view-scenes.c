/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

/* What the view can be shown as for pictures. */

static void
set_filter (ForlopFollowUpView *self,
            const char         *name,
            const char         *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->filters), name, g_variant_new_string (state));
}

const char *const *
forlop_follow_up_view_get_scenes (ForlopView *view G_GNUC_UNUSED)
{
  static const char *const scenes[] = { "unfolded", "filtered", "nobody", "citizen", "call", "begun", "epj", "load", "unknown",
                                        "hand-over", "meeting", "case", NULL };

  return scenes;
}

void
forlop_follow_up_view_show_scene (ForlopView *view,
                                  const char *scene)
{
  ForlopFollowUpView *self = FORLOP_FOLLOW_UP_VIEW (view);
  const ForlopBoardRow *row;

  set_filter (self, "part", g_str_equal (scene, "nobody") ? "evening" : "");
  set_filter (self, "plan", g_str_equal (scene, "filtered") ? "=kols" : "");
  forlop_board_list_set_expanded (self->list, g_str_equal (scene, "unfolded"));
  if (!g_str_equal (scene, "begun"))
    forlop_board_pane_forget (self->pane);
  self->show_pane = g_str_equal (scene, "citizen") || g_str_equal (scene, "call");
  adw_toggle_group_set_active_name (self->tabs, adw_toggle_group_get_toggle_by_name (self->tabs, scene) != NULL ? scene
                                                                                                               : "board");
  forlop_follow_up_view_update_panes (self);
  row = forlop_board_list_get_selected (self->list);
  if (g_str_equal (scene, "call"))
    forlop_board_pane_call (self->pane);
  if (g_str_equal (scene, "hand-over"))
    forlop_follow_up_view_hand_over (self);
  if (g_str_equal (scene, "meeting"))
    gtk_widget_activate_action (GTK_WIDGET (self), "follow-up.meeting", NULL);
  if (g_str_equal (scene, "case") && row != NULL && row->place == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "case", row->case_id);
}
