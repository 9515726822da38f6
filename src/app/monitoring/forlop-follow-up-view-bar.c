/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-run.h"
#include "forlop-board-text.h"
#include "forlop-shift-dialog.h"

/* In each municipality its own. */
void
forlop_follow_up_view_run_on_round (ForlopFollowUpView *self,
                                    const char         *act)
{
  for (unsigned int i = 0; self->places != NULL && i < self->places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (self->places, i);
      const ForlopBoardRound *round = forlop_board_place_get_round (place);

      if (round != NULL)
        forlop_board_run (GTK_WIDGET (self), place->session, act,
                          forlop_board_arguments (act, "round_id", round->id, NULL), NULL, NULL, NULL);
    }
}

static gboolean
knows_others (ForlopFollowUpView *self)
{
  GListModel *places = forlop_session_get_places (forlop_view_get_session (FORLOP_VIEW (self)));

  return places != NULL && g_list_model_get_n_items (places) > 1;
}

void
forlop_follow_up_view_unit_chosen_cb (ForlopFollowUpView *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->unit_drop_down);

  if (self->filling || selected >= self->unit_ids->len)
    return;

  self->unit_chosen = selected > 0 || !knows_others (self);
  g_set_str (&self->unit_id, g_ptr_array_index (self->unit_ids, selected));
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static gboolean
can_start_round (ForlopBoardPlace *place)
{
  return place->unit_id != NULL && place->n_rows > 0 && forlop_board_place_get_round (place) == NULL;
}

static void
start_round (ForlopFollowUpView *self,
             const char         *part)
{
  for (unsigned int i = 0; self->places != NULL && i < self->places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (self->places, i);

      if (can_start_round (place))
        forlop_board_run (GTK_WIDGET (self), place->session, "start-round",
                          forlop_board_arguments ("start-round", "unit_id", place->unit_id,
                                                  "part", part, NULL), NULL, NULL, NULL);
    }
}

static const char *
next_part (ForlopFollowUpView *self)
{
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));

  return forlop_instant_to_minute (now) < FORLOP_BOARD_EVENING_MINUTE ? "morning" : "evening";
}

void
forlop_follow_up_view_round_clicked_cb (ForlopFollowUpView *self)
{
  start_round (self, next_part (self));
}

void
forlop_follow_up_view_start_round_action (GtkWidget  *widget,
                    const char *action_name G_GNUC_UNUSED,
                    GVariant   *parameter)
{
  start_round (FORLOP_FOLLOW_UP_VIEW (widget), g_variant_get_string (parameter, NULL));
}

void
forlop_follow_up_view_finish_clicked_cb (ForlopFollowUpView *self)
{
  forlop_follow_up_view_run_on_round (self, "finish-round");
}

static void
chip_toggled_cb (GtkToggleButton    *chip,
                 ForlopFollowUpView *self)
{
  int need = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "need"));

  if (self->filling || !gtk_toggle_button_get_active (chip))
    return;

  self->filter = need;
  forlop_board_list_set_filter (self->list, need);
}

static void
add_chip (ForlopFollowUpView *self,
          GtkToggleButton    *group,
          int                 need,
          const char         *label)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  g_object_set_data (G_OBJECT (chip), "need", GINT_TO_POINTER (need));
  gtk_widget_add_css_class (chip, "forlop-chip");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), self->filter == need);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (chip_toggled_cb), self, G_CONNECT_DEFAULT);
  adw_wrap_box_append (self->chips, chip);
}

/* A chip for each need somebody has; the one that filters stays even when it has become empty. */
void
forlop_follow_up_view_fill_chips (ForlopFollowUpView *self,
                                  const unsigned int  counts[FORLOP_BOARD_N_NEEDS])
{
  GtkWidget *child;
  unsigned int sum = 0;
  g_autofree char *all = NULL;

  for (ForlopBoardNeed need = FORLOP_BOARD_RED; need < FORLOP_BOARD_N_NEEDS; need++)
    sum += counts[need];

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, child);
  all = g_strdup_printf (_("All %u"), sum);
  add_chip (self, NULL, -1, all);
  child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  for (ForlopBoardNeed need = FORLOP_BOARD_RED; need < FORLOP_BOARD_N_NEEDS; need++)
    {
      g_autofree char *label = NULL;

      if (counts[need] == 0 && self->filter != (int) need)
        continue;
      label = g_strdup_printf ("%s %u", forlop_board_need_label (need), counts[need]);
      add_chip (self, GTK_TOGGLE_BUTTON (child), (int) need, label);
    }
  self->filling = FALSE;
}

/* Where there are several municipalities, all of them come first: the function one is in, in each. */
void
forlop_follow_up_view_fill_units (ForlopFollowUpView *self)
{
  const ForlopBoardPlace *own = g_ptr_array_index (self->places, 0);
  GPtrArray *units = own->board != NULL ? own->board->units : NULL;
  unsigned int n_units = units != NULL ? units->len : 0;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gboolean others = knows_others (self);
  unsigned int selected = others && self->unit_chosen ? 1 : 0;

  self->filling = TRUE;
  g_ptr_array_set_size (self->unit_ids, 0);
  if (others)
    {
      g_ptr_array_add (self->unit_ids, NULL);
      gtk_string_list_append (names, _("All municipalities"));
    }
  g_ptr_array_add (self->unit_ids, NULL);
  gtk_string_list_append (names, _("All units"));
  for (unsigned int i = 0; i < n_units; i++)
    {
      const ForlopBoardUnit *unit = g_ptr_array_index (units, i);

      if (g_strcmp0 (unit->id, own->unit_id) == 0 && (self->unit_chosen || !others))
        selected = self->unit_ids->len;
      g_ptr_array_add (self->unit_ids, g_strdup (unit->id));
      gtk_string_list_append (names, unit->name != NULL ? unit->name : "");
    }
  gtk_drop_down_set_model (self->unit_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->unit_drop_down, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_drop_down), n_units > 1 || others);
  self->filling = FALSE;
}

void
forlop_follow_up_view_update_bar (ForlopFollowUpView *self)
{
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));

  gtk_widget_set_visible (self->round_starter, self->can_start_round && !narrow);
  gtk_widget_set_visible (self->hand_over_button, !narrow);
  gtk_widget_set_visible (self->meeting_button, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), narrow);
}

/* Of several rounds what is seen in all of them together. */
void
forlop_follow_up_view_fill_round (ForlopFollowUpView *self)
{
  const ForlopBoardRound *first = NULL;
  unsigned int n_ticked = 0;
  unsigned int n_rows = 0;
  gboolean can_start = FALSE;

  for (unsigned int i = 0; i < self->places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (self->places, i);
      const ForlopBoardRound *round = forlop_board_place_get_round (place);

      can_start = can_start || can_start_round (place);
      if (round == NULL)
        continue;
      first = first != NULL ? first : round;
      n_ticked += round->n_ticked;
      n_rows += place->n_rows;
    }

  gtk_widget_set_visible (self->round_box, first != NULL);
  self->can_start_round = can_start;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "follow-up.start-round", can_start);
  forlop_follow_up_view_update_bar (self);
  gtk_button_set_label (self->round_button, g_str_equal (next_part (self), "morning") ? _("Start morning round")
                                                                                      : _("Start evening round"));
  if (first != NULL)
    {
      g_autofree char *label = g_strdup_printf (
        g_strcmp0 (first->part, "morning") == 0 ? _("Morning round: %u of %u seen")
                                                : _("Evening round: %u of %u seen"), n_ticked, n_rows);

      gtk_label_set_label (self->round_label, label);
    }
}

/* Of the place whose function one is in first; of everybody there, whatever the filter shows. */
void
forlop_follow_up_view_hand_over (ForlopFollowUpView *self)
{
  ForlopBoardPlace *place = self->places != NULL ? g_ptr_array_index (self->places, 0) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (place == NULL)
    return;
  if (forlop_follow_up_view_is_filtered (self))
    {
      self->hands_over = TRUE;
      forlop_follow_up_view_show_everybody (self);
      return;
    }
  self->hands_over = FALSE;
  rows = forlop_board_list_list_open (self->list, 0);
  forlop_shift_dialog_hand_over (GTK_WIDGET (self), place, rows,
                                 forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self))));
}

void
forlop_follow_up_view_hand_over_action (GtkWidget  *widget,
                                        const char *action_name G_GNUC_UNUSED,
                                        GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_follow_up_view_hand_over (FORLOP_FOLLOW_UP_VIEW (widget));
}

static void
read_shift_cb (GtkWidget          *button,
               ForlopFollowUpView *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "shift");

  for (unsigned int i = 0; self->places != NULL && i < self->places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (self->places, i);

      for (unsigned int k = 0; place->shifts != NULL && k < place->shifts->len; k++)
        {
          const ForlopShift *shift = g_ptr_array_index (place->shifts, k);

          if (g_str_equal (shift->id, id))
            forlop_shift_dialog_read (GTK_WIDGET (self), place, shift);
        }
    }
}

static void
add_shifts (ForlopFollowUpView *self,
            ForlopBoardPlace   *place)
{
  for (unsigned int i = 0; place->shifts != NULL && i < place->shifts->len; i++)
    {
      const ForlopShift *shift = g_ptr_array_index (place->shifts, i);
      g_autofree char *sentence = forlop_shift_dup_notice (place, shift);
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Read"));

      g_object_set_data_full (G_OBJECT (button), "shift", g_strdup (shift->id), g_free);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (read_shift_cb), self, G_CONNECT_DEFAULT);
      forlop_place_add_notice_with (self->notices, sentence, button);
    }
}

void
forlop_follow_up_view_fill_notices (ForlopFollowUpView *self)
{
  forlop_place_clear_notices (self->notices);
  for (unsigned int i = 0; i < self->places->len; i++)
    {
      ForlopBoardPlace *board_place = g_ptr_array_index (self->places, i);
      const ForlopPlace place = forlop_board_place_get_place (board_place);
      g_autofree char *notice = forlop_place_dup_notice (&place, board_place->error);

      add_shifts (self, board_place);
      if (notice != NULL)
        forlop_place_add_notice (&place, self->notices, notice);
    }
}
