/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-empty-state.h"

/* What else there is beside the board. A page is made when somebody opens it. */

static const char *
get_tab (ForlopFollowUpView *self)
{
  return adw_toggle_group_get_active_name (self->tabs);
}

static void
loaded_cb (ForlopFollowUpView *self)
{
  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
}

static void
add_load_page (ForlopFollowUpView *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->load_group = g_object_new (FORLOP_TYPE_ALARM_LOAD_GROUP, NULL);
  g_signal_connect_object (self->load_group, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->load_group));
  gtk_stack_add_named (self->stack, page, "load");
}

static void
add_empty_page (ForlopFollowUpView *self)
{
  GtkWidget *page = forlop_empty_state_new ("forlop-follow-up-symbolic", _("Nobody is followed up yet"),
                                            _("Citizens show here, worst first, from the day their daily follow-up "
                                              "starts."));

  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (page), _("_Go to citizens"), "win.section::citizens");
  gtk_stack_add_named (self->stack, page, "empty");
}

static void
add_page (ForlopFollowUpView *self,
          const char         *name)
{
  if (g_str_equal (name, "epj"))
    {
      self->epj_page = g_object_new (FORLOP_TYPE_EPJ_PAGE, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->epj_page), name);
    }
  else if (g_str_equal (name, "unknown"))
    {
      self->unknown_page = g_object_new (FORLOP_TYPE_UNKNOWN_PAGE, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->unknown_page), name);
    }
  else if (g_str_equal (name, "load"))
    add_load_page (self);
  else if (g_str_equal (name, "empty"))
    add_empty_page (self);
}

static void
fill_page (ForlopFollowUpView *self,
           const char         *name)
{
  if (self->places == NULL)
    return;
  if (g_str_equal (name, "epj"))
    forlop_epj_page_set_places (self->epj_page, self->places, self->read_at);
  else if (g_str_equal (name, "unknown"))
    forlop_unknown_page_set_places (self->unknown_page, self->places, self->read_at);
}

void
forlop_follow_up_view_show_page (ForlopFollowUpView *self,
                                 const char         *name)
{
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL)
    {
      add_page (self, name);
      fill_page (self, name);
    }
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_load (ForlopFollowUpView *self)
{
  const ForlopBoardPlace *place;

  if (self->places == NULL || self->load_group == NULL || g_strcmp0 (get_tab (self), "load") != 0)
    return;
  place = g_ptr_array_index (self->places, 0);
  forlop_view_set_busy (FORLOP_VIEW (self), TRUE);
  forlop_alarm_load_group_show (self->load_group, place->session, place->unit_id, NULL,
                                forlop_session_now (place->session));
}

void
forlop_follow_up_view_tab_chosen_cb (ForlopFollowUpView *self)
{
  if (forlop_follow_up_view_is_read (self))
    forlop_follow_up_view_show_page (self, get_tab (self));
  show_load (self);
}

void
forlop_follow_up_view_show_tab (ForlopFollowUpView *self)
{
  forlop_follow_up_view_show_page (self, get_tab (self));
}

static void
fill_epj (ForlopFollowUpView *self,
          unsigned int        n)
{
  g_autofree char *label = g_strdup_printf (_("Not in the EPJ %u"), n);

  adw_toggle_set_label (self->epj_toggle, label);
  if (self->epj_page != NULL)
    fill_page (self, "epj");
}

/* The tab is there while there is something in it, and is not taken from whoever has just emptied it. */
static void
fill_unknown (ForlopFollowUpView *self,
              unsigned int        n)
{
  AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->tabs, "unknown");
  g_autofree char *label = g_strdup_printf (_("Unknown %u"), n);

  if (n > 0 && toggle == NULL)
    {
      toggle = adw_toggle_new ();
      adw_toggle_set_name (toggle, "unknown");
      adw_toggle_group_add (self->tabs, toggle);
    }
  if (n > 0 || g_strcmp0 (adw_toggle_group_get_active_name (self->tabs), "unknown") == 0)
    adw_toggle_set_label (toggle, label);
  else if (toggle != NULL)
    adw_toggle_group_remove (self->tabs, toggle);
  if (self->unknown_page != NULL)
    fill_page (self, "unknown");
}

unsigned int
forlop_follow_up_view_fill_tabs (ForlopFollowUpView *self)
{
  unsigned int n_epj = 0;
  unsigned int n_unknown = 0;

  for (unsigned int i = 0; i < self->places->len; i++)
    {
      const ForlopBoardPlace *place = g_ptr_array_index (self->places, i);

      n_epj += place->epj != NULL ? place->epj->len : 0;
      n_unknown += place->unknown != NULL ? place->unknown->len : 0;
    }
  fill_epj (self, n_epj);
  fill_unknown (self, n_unknown);

  return n_epj + n_unknown;
}
