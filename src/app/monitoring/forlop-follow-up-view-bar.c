/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-run.h"
#include "forlop-board-text.h"

/* From 14.00 on the next round is the evening's. */
#define EVENING_MINUTE (14 * 60)
void
forlop_follow_up_view_run_on_round (ForlopFollowUpView *self,
              const char         *act)
{
  if (self->round_id != NULL)
    forlop_board_run (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)), act,
                      forlop_board_arguments (act, "round_id", self->round_id, NULL), NULL, NULL,
                      NULL);
}

void
forlop_follow_up_view_unit_chosen_cb (ForlopFollowUpView *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->unit_drop_down);

  if (self->filling || selected >= self->unit_ids->len)
    return;

  self->unit_chosen = TRUE;
  g_set_str (&self->unit_id, g_ptr_array_index (self->unit_ids, selected));
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
start_round (ForlopFollowUpView *self,
             const char         *part)
{
  if (self->unit_id != NULL)
    forlop_board_run (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)), "start-round",
                      forlop_board_arguments ("start-round", "unit_id", self->unit_id,
                                              "part", part, NULL), NULL, NULL, NULL);
}

static const char *
next_part (ForlopFollowUpView *self)
{
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));

  return forlop_instant_to_minute (now) < EVENING_MINUTE ? "morning" : "evening";
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

void
forlop_follow_up_view_fill_units (ForlopFollowUpView *self,
                                  GPtrArray          *units)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  unsigned int selected = 0;

  self->filling = TRUE;
  g_ptr_array_set_size (self->unit_ids, 0);
  g_ptr_array_add (self->unit_ids, NULL);
  gtk_string_list_append (names, _("All units"));
  for (unsigned int i = 0; i < units->len; i++)
    {
      const ForlopBoardUnit *unit = g_ptr_array_index (units, i);

      g_ptr_array_add (self->unit_ids, g_strdup (unit->id));
      gtk_string_list_append (names, unit->name != NULL ? unit->name : "");
      if (g_strcmp0 (unit->id, self->unit_id) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (self->unit_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->unit_drop_down, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_drop_down), units->len > 1);
  self->filling = FALSE;
}

void
forlop_follow_up_view_fill_round (ForlopFollowUpView     *self,
                                  const ForlopBoardRound *round,
                                  unsigned int            n_rows)
{
  gboolean morning = round != NULL && g_strcmp0 (round->part, "morning") == 0;

  g_set_str (&self->round_id, round != NULL ? round->id : NULL);
  gtk_widget_set_visible (self->round_box, round != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->round_button), round == NULL && self->unit_id != NULL);
  adw_split_button_set_label (self->round_button,
                              g_str_equal (next_part (self), "morning") ? _("Start morning round")
                                                                        : _("Start evening round"));
  if (round != NULL)
    {
      g_autofree char *label = g_strdup_printf (morning ? _("Morning round: %u of %u seen")
                                                        : _("Evening round: %u of %u seen"),
                                                round->n_ticked, n_rows);

      gtk_label_set_label (self->round_label, label);
    }
}
