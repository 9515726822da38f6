/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

/* The menu that shows only one part of the day and one kind of plan. What it leaves out is told above the
 * list, with a way back, so that nobody takes a part for the whole. A state is "" for all of them; a kind
 * of plan has "=" before its code, and "=" alone is those of no kind. */

static const char *
get_state (ForlopFollowUpView *self,
           const char         *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->filters), name);

  return g_intern_string (g_variant_get_string (state, NULL));
}

const char *
forlop_follow_up_view_get_part (ForlopFollowUpView *self)
{
  const char *state = get_state (self, "part");

  return *state != '\0' ? state : NULL;
}

const char *
forlop_follow_up_view_get_plan_kind (ForlopFollowUpView *self)
{
  const char *state = get_state (self, "plan");

  return *state != '\0' ? state + 1 : NULL;
}

gboolean
forlop_follow_up_view_is_filtered (ForlopFollowUpView *self)
{
  return forlop_follow_up_view_get_part (self) != NULL || forlop_follow_up_view_get_plan_kind (self) != NULL;
}

void
forlop_follow_up_view_show_everybody (ForlopFollowUpView *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->filters), "part", g_variant_new_string (""));
  g_action_group_change_action_state (G_ACTION_GROUP (self->filters), "plan", g_variant_new_string (""));
}

static void
filter_changed_cb (ForlopFollowUpView *self)
{
  self->n_reds_left_out = 0;
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  forlop_view_set_busy (FORLOP_VIEW (self), TRUE);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
add_filter (ForlopFollowUpView *self,
            const char         *name)
{
  g_autoptr (GSimpleAction) action =
    g_simple_action_new_stateful (name, G_VARIANT_TYPE_STRING, g_variant_new_string (""));

  g_signal_connect_object (action, "notify::state", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->filters), G_ACTION (action));
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *state)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", state);
  g_menu_append_item (menu, item);
}

/* By the codes that the municipalities share, with the title of the first that has it. */
static GPtrArray *
list_plan_kinds (ForlopFollowUpView *self)
{
  GPtrArray *kinds = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < self->places->len; i++)
    {
      const ForlopBoardPlace *place = g_ptr_array_index (self->places, i);

      for (unsigned int k = 0; place->board != NULL && k < place->board->plan_kinds->len; k++)
        {
          ForlopBoardPlanKind *kind = g_ptr_array_index (place->board->plan_kinds, k);

          if (g_hash_table_add (seen, kind->code))
            g_ptr_array_add (kinds, kind);
        }
    }

  return kinds;
}

/* NULL where none is chosen. */
static const char *
get_plan_label (ForlopFollowUpView *self,
                GPtrArray          *kinds)
{
  const char *chosen = forlop_follow_up_view_get_plan_kind (self);

  if (chosen == NULL)
    return NULL;
  if (*chosen == '\0')
    return _("Other plans");
  for (unsigned int i = 0; i < kinds->len; i++)
    {
      const ForlopBoardPlanKind *kind = g_ptr_array_index (kinds, i);

      if (kind->title != NULL && g_str_equal (chosen, kind->code))
        return kind->title;
    }

  return chosen;
}

/* The chosen kind stays in the menu when nobody has it any longer. */
static void
fill_plan_kinds (ForlopFollowUpView *self,
                 GMenu              *menu)
{
  g_autoptr (GPtrArray) kinds = list_plan_kinds (self);
  const char *chosen = forlop_follow_up_view_get_plan_kind (self);
  gboolean is_there = chosen == NULL || *chosen == '\0';

  append (menu, _("All plans"), "board-filter.plan", "");
  for (unsigned int i = 0; i < kinds->len; i++)
    {
      const ForlopBoardPlanKind *kind = g_ptr_array_index (kinds, i);
      g_autofree char *state = g_strconcat ("=", kind->code, NULL);

      append (menu, kind->title != NULL ? kind->title : kind->code, "board-filter.plan", state);
      is_there = is_there || g_str_equal (chosen, kind->code);
    }
  append (menu, _("Other plans"), "board-filter.plan", "=");
  if (!is_there)
    append (menu, chosen, "board-filter.plan", get_state (self, "plan"));
}

/* Made when it is opened: a board that is read anew leaves an open menu alone. */
static void
fill_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  ForlopFollowUpView *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) parts = g_menu_new ();
  g_autoptr (GMenu) plans = g_menu_new ();

  append (parts, _("All day"), "board-filter.part", "");
  append (parts, _("Measures in the morning"), "board-filter.part", "morning");
  append (parts, _("Measures in the evening"), "board-filter.part", "evening");
  fill_plan_kinds (self, plans);
  g_menu_append_section (menu, _("Round"), G_MENU_MODEL (parts));
  g_menu_append_section (menu, _("Kind of plan"), G_MENU_MODEL (plans));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

void
forlop_follow_up_view_init_filter (ForlopFollowUpView *self)
{
  self->filters = g_simple_action_group_new ();
  add_filter (self, "part");
  add_filter (self, "plan");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "board-filter", G_ACTION_GROUP (self->filters));
}

void
forlop_follow_up_view_init_filter_button (ForlopFollowUpView *self)
{
  gtk_menu_button_set_create_popup_func (self->filter_button, fill_menu_cb, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), TRUE);
}

void
forlop_follow_up_view_fill_filter (ForlopFollowUpView *self)
{
  const char *part = forlop_follow_up_view_get_part (self);
  const char *part_label = g_strcmp0 (part, "morning") == 0 ? _("Morning") : _("Evening");
  g_autoptr (GPtrArray) kinds = list_plan_kinds (self);
  const char *plan_label = get_plan_label (self, kinds);
  g_autofree char *both = NULL;

  if (part != NULL && plan_label != NULL)
    both = g_strdup_printf ("%s · %s", part_label, plan_label);
  gtk_menu_button_set_label (self->filter_button, both != NULL         ? both
                                                  : part != NULL       ? part_label
                                                  : plan_label != NULL ? plan_label
                                                                       : _("Filter"));
}

/* A red that the filter hides is told of, and said aloud when it comes. */
void
forlop_follow_up_view_tell_filter (ForlopFollowUpView *self,
                                   unsigned int        n_shown)
{
  unsigned int n_running = 0;
  unsigned int n_reds = 0;
  g_autofree char *sentence = NULL;
  GtkWidget *button;

  if (!forlop_follow_up_view_is_filtered (self))
    return;
  for (unsigned int i = 0; i < self->places->len; i++)
    {
      const ForlopBoardPlace *place = g_ptr_array_index (self->places, i);

      n_running += place->board != NULL ? place->board->n_running : 0;
      n_reds += place->board != NULL ? place->board->n_reds_left_out : 0;
    }

  if (n_reds == 0)
    sentence = g_strdup_printf (_("%u of %u citizens are shown."), n_shown, n_running);
  else
    /* Translators: how many of how many, and how many red ones the filter hides. */
    sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             "%u of %u citizens are shown. %u red is not among them.",
                                             "%u of %u citizens are shown. %u red are not among them.",
                                             n_reds), n_shown, n_running, n_reds);
  button = gtk_button_new_with_mnemonic (_("Show _everybody"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (forlop_follow_up_view_show_everybody), self,
                           G_CONNECT_SWAPPED);
  forlop_place_add_notice_with (self->notices, sentence, button);
  if (n_reds > self->n_reds_left_out)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  self->n_reds_left_out = n_reds;
}
