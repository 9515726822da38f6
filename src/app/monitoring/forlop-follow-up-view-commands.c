/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-epj-copy.h"
#include "forlop-window.h"

/* What a key or a button of the list asks for. */

static void
forlop_follow_up_view_copy (ForlopFollowUpView *self)
{
  const ForlopBoardRow *row = forlop_board_list_get_selected (self->list);

  if (row != NULL)
    forlop_epj_copy (GTK_WIDGET (self), forlop_board_list_get_selected_place (self->list)->session,
                     row->citizen_id, NULL, NULL);
}

/* Marks who is chosen for the weekly meeting, with what is to be taken up. */
static void
forlop_follow_up_view_take_up (ForlopFollowUpView *self)
{
  const ForlopBoardRow *row = forlop_board_list_get_selected (self->list);

  if (row != NULL)
    forlop_act_dialog_present (GTK_WIDGET (self), forlop_board_list_get_selected_place (self->list)->session,
                               "add-meeting-item", "case", row->case_id, row->case_id, row->citizen_id);
}

/* The meeting of the unit one is in. */
void
forlop_follow_up_view_meeting_action (GtkWidget  *widget,
                                      const char *action_name G_GNUC_UNUSED,
                                      GVariant   *parameter G_GNUC_UNUSED)
{
  g_autoptr (ForlopActor) actor = forlop_session_dup_actor (forlop_view_get_session (FORLOP_VIEW (widget)));

  if (actor != NULL && actor->unit_id != NULL)
    gtk_widget_activate_action (widget, "win.open", "(ss)", "meeting", actor->unit_id);
}

void
forlop_follow_up_view_command_cb (ForlopFollowUpView *self,
                                  const char         *command)
{
  if (g_str_equal (command, "open"))
    {
      forlop_follow_up_view_show_pane (self, TRUE);
      forlop_board_pane_answer (self->pane);
    }
  else if (g_str_equal (command, "call"))
    {
      forlop_follow_up_view_show_pane (self, TRUE);
      forlop_board_pane_call (self->pane);
    }
  else if (g_str_equal (command, "take"))
    forlop_board_pane_take (self->pane);
  else if (g_str_equal (command, "tick"))
    forlop_board_pane_tick (self->pane);
  else if (g_str_equal (command, "pause"))
    forlop_board_pane_pause (self->pane);
  else if (g_str_equal (command, "tick-green"))
    forlop_follow_up_view_run_on_round (self, "tick-green");
  else if (g_str_equal (command, "hand-over"))
    forlop_follow_up_view_hand_over (self);
  else if (g_str_equal (command, "copy"))
    forlop_follow_up_view_copy (self);
  else if (g_str_equal (command, "meeting"))
    forlop_follow_up_view_take_up (self);
  else if (g_str_equal (command, "next"))
    {
      if (!forlop_board_list_select_next (self->list))
        forlop_toast (GTK_WIDGET (self), _("Nobody else waits"));
    }
  else if (g_str_equal (command, "snooze"))
    {
      if (forlop_view_get_narrow (FORLOP_VIEW (self)))
        forlop_follow_up_view_show_pane (self, TRUE);
      forlop_board_pane_snooze (self->pane);
    }
}
