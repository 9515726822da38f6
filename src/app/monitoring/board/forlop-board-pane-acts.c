/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-pane-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-board-run.h"
#include "forlop-window.h"

static gboolean
is_mine (ForlopBoardPane *self)
{
  g_autoptr(ForlopActor) actor = forlop_session_dup_actor (self->place->session);

  return actor != NULL && g_strcmp0 (actor->user_id, self->taken_by) == 0;
}

/* Each one that is set waits for an answer of the display on X11. */
static void
set_tooltip (GtkWidget  *button,
             const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), tooltip) != 0)
    gtk_widget_set_tooltip_text (button, tooltip);
}

void
forlop_board_pane_update_buttons (ForlopBoardPane *self)
{
  const char *pause = self->pause_id == NULL ? _("Pause: nothing is expected (P)") : _("End the pause (P)");
  gboolean alert = self->alert_id != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->snooze_button), alert);
  gtk_widget_set_visible (self->aside_button, alert);
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button), self->pause_id == NULL ? "media-playback-pause-symbolic"
                                                                                    : "media-playback-start-symbolic");
  set_tooltip (self->pause_button, pause);
  gtk_widget_set_visible (self->pause_button, TRUE);
  gtk_widget_set_visible (self->call_button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button), GTK_ACCESSIBLE_PROPERTY_LABEL, pause, -1);
  gtk_widget_set_visible (self->tick_button,
                          forlop_board_place_get_round (self->place) != NULL && !self->ticked);
  gtk_button_set_label (GTK_BUTTON (self->take_button),
                        self->taken_by == NULL ? _("_Take") : _("_Give back"));
  set_tooltip (self->take_button, self->taken_by == NULL ? _("Take (Space)")
                                    : is_mine (self) ? _("Give back (Space)")
                                                     : _("Give back to the team"));
  gtk_widget_set_visible (self->take_button, alert || self->take_rule != NULL);
}

static void
take_clicked_cb (ForlopBoardPane *self)
{
  forlop_board_pane_take (self);
}

static void
call_clicked_cb (ForlopBoardPane *self)
{
  forlop_board_pane_call (self);
}

static void
tick_clicked_cb (ForlopBoardPane *self)
{
  forlop_board_pane_tick (self);
}

static void
aside_clicked_cb (ForlopBoardPane *self)
{
  forlop_act_dialog_present (GTK_WIDGET (self), self->place->session, "ignore-alert", "alert", self->alert_id,
                             self->case_id, self->citizen_id);
}

static void
pause_clicked_cb (ForlopBoardPane *self)
{
  forlop_board_pane_pause (self);
}

/* 0 is 08.00 tomorrow, as the clock in Oslo shows it. */
static void
snooze_action (GtkWidget  *widget,
               const char *action_name G_GNUC_UNUSED,
               GVariant   *parameter)
{
  ForlopBoardPane *self = FORLOP_BOARD_PANE (widget);
  int minutes = atoi (g_variant_get_string (parameter, NULL));
  gint64 now;
  gint64 until;
  ForlopRecord *arguments;

  if (self->alert_id == NULL)
    return;
  now = forlop_session_now (self->place->session);
  until = now + minutes * FORLOP_MINUTE;
  if (minutes == 0)
    until = forlop_instant_from_wall (forlop_instant_to_date (now) + 1, 8 * 60);

  arguments = forlop_board_arguments ("snooze-alert", "alert_id", self->alert_id, NULL);
  forlop_record_set_instant (arguments, "snoozed_until", until);
  forlop_board_run (widget, self->place->session, "snooze-alert", arguments, NULL, NULL, NULL);
}

void
forlop_board_pane_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.snooze", "s", snooze_action);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, take_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, call_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, tick_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, snooze_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, snooze_menu);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, aside_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardPane, pause_button);
  gtk_widget_class_bind_template_callback (widget_class, take_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, call_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, tick_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, aside_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_clicked_cb);
}

void
forlop_board_pane_take (ForlopBoardPane *self)
{
  const char *act;
  ForlopRecord *arguments;

  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->alert_id == NULL && self->take_rule == NULL)
    {
      forlop_toast (GTK_WIDGET (self), _("There is nothing to take here. Write what was done, or leave a task."));
      return;
    }

  if (self->alert_id != NULL)
    {
      act = self->taken_by == NULL ? "take-alert" : "release-alert";
      arguments = forlop_board_arguments (act, "alert_id", self->alert_id, NULL);
    }
  else
    {
      act = self->taken_by == NULL ? "take-need" : "release-need";
      arguments = forlop_board_arguments (act, "case_id", self->case_id, "rule", self->take_rule, NULL);
    }
  forlop_board_run (GTK_WIDGET (self), self->place->session, act, arguments, NULL, NULL, NULL);
}

void
forlop_board_pane_call (ForlopBoardPane *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->case_id == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  forlop_board_response_call (self->response);
  if ((self->alert_id != NULL || self->take_rule != NULL) && self->taken_by == NULL)
    forlop_board_pane_take (self);
}

void
forlop_board_pane_tick (ForlopBoardPane *self)
{
  const ForlopBoardRound *round;

  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  round = self->place != NULL ? forlop_board_place_get_round (self->place) : NULL;
  if (round == NULL || self->case_id == NULL || self->ticked)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  forlop_board_run (GTK_WIDGET (self), self->place->session, "tick-round",
                    forlop_board_arguments ("tick-round", "case_id", self->case_id,
                                            "round_id", round->id, NULL), NULL, NULL, NULL);
}

void
forlop_board_pane_snooze (ForlopBoardPane *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->alert_id == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    gtk_menu_button_popup (self->snooze_button);
}

void
forlop_board_pane_pause (ForlopBoardPane *self)
{
  g_return_if_fail (FORLOP_IS_BOARD_PANE (self));

  if (self->case_id == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (self->pause_id == NULL)
    forlop_act_dialog_present (GTK_WIDGET (self), self->place->session, "start-pause", "case", self->case_id,
                               self->case_id, self->citizen_id);
  else
    forlop_board_run (GTK_WIDGET (self), self->place->session, "end-pause",
                      forlop_board_arguments ("end-pause", "pause_id", self->pause_id, NULL), NULL, NULL, NULL);
}
