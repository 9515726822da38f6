/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-text.h"
#include "forlop-drop-down.h"
#include "forlop-epj-copy.h"
#include "forlop-late-menu.h"
#include "forlop-window.h"

/* Seconds after which what is due by the clock is asked again. */
#define CLOCK_SECONDS 60
/* Pixels */
#define LIST_WIDTH 470

G_DEFINE_FINAL_TYPE (ForlopFollowUpView, forlop_follow_up_view, FORLOP_TYPE_VIEW)

typedef struct {
  GWeakRef view;
  unsigned int number;
  GPtrArray *places;
  gint64 now;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->view);
  g_ptr_array_unref (asked->places);
  g_free (asked);
}

/* Whether a board is there to be shown. */
gboolean
forlop_follow_up_view_is_read (ForlopFollowUpView *self)
{
  static const char *const others[] = { "loading", "empty", "trouble", NULL };
  const char *present = gtk_stack_get_visible_child_name (self->stack);

  return present != NULL && !g_strv_contains (others, present);
}

void
forlop_follow_up_view_update_panes (ForlopFollowUpView *self)
{
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));
  gboolean pane_only = narrow && self->show_pane;

  gtk_widget_set_size_request (self->list_side, narrow ? -1 : LIST_WIDTH, -1);
  gtk_widget_set_hexpand (self->list_side, narrow);
  gtk_widget_set_visible (self->list_side, !pane_only);
  gtk_widget_set_visible (self->separator, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->pane), !narrow || pane_only);
  gtk_widget_set_visible (self->back_button, pane_only);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !pane_only);
  forlop_board_list_set_brief (self->list, narrow);
  forlop_follow_up_view_update_bar (self);
  gtk_widget_set_visible (self->bar, !pane_only && forlop_follow_up_view_is_read (self));
}

void
forlop_follow_up_view_show_pane (ForlopFollowUpView *self,
                                 gboolean            show)
{
  self->show_pane = show;
  forlop_follow_up_view_update_panes (self);
  if (!show)
    forlop_board_list_grab_focus (self->list);
}

static void
back_clicked_cb (ForlopFollowUpView *self)
{
  forlop_follow_up_view_show_pane (self, FALSE);
}

static gboolean
key_pressed_cb (ForlopFollowUpView *self,
                unsigned int        key,
                unsigned int        code G_GNUC_UNUSED,
                GdkModifierType     modifiers G_GNUC_UNUSED)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (key != GDK_KEY_Escape || focus == NULL ||
      (!self->show_pane && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane))))
    return GDK_EVENT_PROPAGATE;

  forlop_follow_up_view_show_pane (self, FALSE);

  return GDK_EVENT_STOP;
}

static void
chosen_cb (ForlopFollowUpView *self)
{
  forlop_board_pane_set_row (self->pane, forlop_board_list_get_selected (self->list),
                             forlop_board_list_get_selected_place (self->list));
}

/* The toast tells that it is saved, and offers the text for the EPJ. */
typedef struct {
  GWeakRef view;
  ForlopSession *session;
  char *citizen_id;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_weak_ref_clear (&offer->view);
  g_object_unref (offer->session);
  g_free (offer->citizen_id);
  g_free (offer);
}

static void
offer_taken_cb (gpointer user_data)
{
  Offer *offer = user_data;
  g_autoptr(ForlopFollowUpView) self = g_weak_ref_get (&offer->view);

  if (self != NULL)
    forlop_epj_copy (GTK_WIDGET (self), offer->session, offer->citizen_id, NULL, NULL);
}

static void
answered_cb (ForlopFollowUpView *self,
             ForlopSession      *session,
             const char         *case_id,
             const char         *citizen_id)
{
  Offer *offer = g_new0 (Offer, 1);

  g_set_str (&self->answered_case, case_id);
  g_weak_ref_init (&offer->view, self);
  offer->session = g_object_ref (session);
  offer->citizen_id = g_strdup (citizen_id);
  forlop_toast_offer (GTK_WIDGET (self), _("Copy for the _EPJ"), offer_taken_cb, offer, offer_free);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

/* Whoever was answered has left the list, or the next one that waits is looked for. */
static void
forlop_follow_up_view_go_on (ForlopFollowUpView *self)
{
  g_autofree char *answered = g_steal_pointer (&self->answered_case);
  const ForlopBoardRow *row = forlop_board_list_get_selected (self->list);

  if (row != NULL && g_str_equal (row->case_id, answered) &&
      !forlop_board_list_select_next (self->list))
    self->show_pane = FALSE;
  forlop_follow_up_view_update_panes (self);
  if (!self->show_pane || !forlop_view_get_narrow (FORLOP_VIEW (self)))
    forlop_board_list_grab_focus (self->list);
}

static void
pane_loaded_cb (ForlopFollowUpView *self)
{
  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
}

/* A red that was not there the last time is said aloud; the keyboard stays where it is. */
static void
forlop_follow_up_view_announce (ForlopFollowUpView *self,
                                ForlopBoard        *board,
                                GPtrArray          *places,
                                gint64              now)
{
  g_autoptr(GHashTable) reds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < board->counts[FORLOP_BOARD_RED]; i++)
    {
      const ForlopBoardRow *row = g_ptr_array_index (board->rows, i);

      g_hash_table_add (reds, g_strdup (row->alert_id));
      if (self->known_reds != NULL && !g_hash_table_contains (self->known_reds, row->alert_id))
        {
          const ForlopBoardPlace *place = g_ptr_array_index (places, row->place);
          g_autofree char *name = forlop_board_text_who (row, now);
          g_autofree char *who = place->name != NULL ? g_strdup_printf ("%s, %s", name, place->name)
                                                     : g_steal_pointer (&name);
          g_autofree char *why = forlop_board_text_why (row, now);
          /* Translators: name and age, and what was measured */
          g_autofree char *sentence = g_strdup_printf (_("New red: %s, %s"), who, why);

          gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                                   GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
        }
    }
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  self->known_reds = g_steal_pointer (&reds);
}

static void
forlop_follow_up_view_fill (ForlopFollowUpView *self,
                            ForlopBoard        *board,
                            GPtrArray          *places,
                            gint64              now)
{
  ForlopBoardPlace *own = g_ptr_array_index (places, 0);
  gboolean anybody = board->n_running > 0 || places->len > 1 ||
                     (own->board != NULL && own->board->units->len > 0);
  gboolean is_first = self->places == NULL;

  self->read_at = now;
  self->trouble_since = FORLOP_INSTANT_NONE;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = g_ptr_array_ref (places);
  forlop_follow_up_view_fill_units (self);
  forlop_follow_up_view_fill_filter (self);
  forlop_follow_up_view_fill_chips (self, board->counts);
  forlop_follow_up_view_fill_round (self);
  forlop_follow_up_view_fill_notices (self);
  if (forlop_follow_up_view_fill_begun (self, board) > 0)
    anybody = TRUE;
  forlop_follow_up_view_tell_filter (self, board->rows->len);
  if (forlop_follow_up_view_fill_tabs (self) > 0)
    anybody = TRUE;
  forlop_follow_up_view_announce (self, board, places, now);

  if (anybody)
    forlop_follow_up_view_show_tab (self);
  else
    forlop_follow_up_view_show_page (self, "empty");
  forlop_follow_up_view_update_panes (self);
  forlop_board_list_take_board (self->list, board, places, now, !forlop_follow_up_view_is_filtered (self));
  forlop_board_pane_set_nobody (self->pane, forlop_board_list_get_n_lines (self->list) == 0);
  chosen_cb (self);
  if (self->answered_case != NULL)
    forlop_follow_up_view_go_on (self);
  if (self->hands_over)
    forlop_follow_up_view_hand_over (self);
  if (is_first && forlop_view_wants_keyboard (FORLOP_VIEW (self)))
    forlop_board_list_grab_focus (self->list);
  if (forlop_board_list_get_selected (self->list) == NULL)
    forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr(ForlopBoard) board = forlop_board_places_await (asked->places);
  g_autoptr(ForlopFollowUpView) self = g_weak_ref_get (&asked->view);
  const GError *error = ((ForlopBoardPlace *) g_ptr_array_index (asked->places, 0))->error;

  if (self == NULL || self->stack == NULL || asked->number != self->asked)
    return NULL;
  /* Of several the board itself says which could not be read. */
  if (error != NULL && asked->places->len == 1)
    {
      forlop_follow_up_view_tell_trouble (self, error);
      return NULL;
    }

  forlop_follow_up_view_fill (self, board, asked->places, asked->now);

  return NULL;
}

/* Until a unit is chosen by hand, the board is that of the function I am in. */
static void
forlop_follow_up_view_follow_actor (ForlopFollowUpView *self)
{
  g_autoptr(ForlopActor) actor = forlop_session_dup_actor (forlop_view_get_session (FORLOP_VIEW (self)));
  const char *unit_id = actor != NULL ? actor->unit_id : NULL;

  if (g_strcmp0 (unit_id, self->actor_unit_id) == 0)
    return;

  g_set_str (&self->actor_unit_id, unit_id);
  g_clear_pointer (&self->unit_id, g_free);
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  self->unit_chosen = FALSE;
}

static void
forlop_follow_up_view_refresh (ForlopView *view)
{
  ForlopFollowUpView *self = FORLOP_FOLLOW_UP_VIEW (view);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = session != NULL ? forlop_session_get_store (session) : NULL;
  ForlopBoardQuery query = { 0 };
  Asked *asked;

  if (store == NULL)
    {
      forlop_follow_up_view_show_page (self, "empty");
      forlop_view_set_busy (view, FALSE);
      return;
    }

  forlop_follow_up_view_follow_actor (self);
  query.unit_id = self->unit_id;
  query.part = forlop_follow_up_view_get_part (self);
  query.plan_kind = forlop_follow_up_view_get_plan_kind (self);
  asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->view, self);
  asked->number = ++self->asked;
  asked->places = forlop_board_places_new (session, !self->unit_chosen);
  asked->now = query.now = forlop_session_now (session);
  forlop_board_places_ask (asked->places, &query, !self->unit_chosen);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, read_fiber, asked, asked_free));
}

static gboolean
clock_cb (gpointer user_data)
{
  forlop_view_queue_refresh (FORLOP_VIEW (user_data));

  return G_SOURCE_CONTINUE;
}

static void
forlop_follow_up_view_map (GtkWidget *widget)
{
  ForlopFollowUpView *self = FORLOP_FOLLOW_UP_VIEW (widget);

  GTK_WIDGET_CLASS (forlop_follow_up_view_parent_class)->map (widget);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}

static void
forlop_follow_up_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&FORLOP_FOLLOW_UP_VIEW (widget)->clock_source, g_source_remove);

  GTK_WIDGET_CLASS (forlop_follow_up_view_parent_class)->unmap (widget);
}

static void
forlop_follow_up_view_build (ForlopFollowUpView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_board_list_set_drafts (self->list, self->drafts);
  forlop_board_pane_set_drafts (self->pane, self->drafts);
  forlop_follow_up_view_init_filter_button (self);
  forlop_late_menu_set (self->round_menu_button, self->round_menu);
  forlop_late_menu_set (self->more_button, self->more_menu);
  forlop_drop_down_speak (self->unit_drop_down);
  forlop_follow_up_view_update_panes (self);
  g_signal_connect_object (self, "notify::narrow",
                           G_CALLBACK (forlop_follow_up_view_update_panes), self, G_CONNECT_SWAPPED);
}

/* The parent begins to read, and the widgets are made while the file answers: of all that is between asking for the
 * board and seeing it, these two take longest. */
static void
forlop_follow_up_view_constructed (GObject *object)
{
  ForlopFollowUpView *self = FORLOP_FOLLOW_UP_VIEW (object);
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));

  G_OBJECT_CLASS (forlop_follow_up_view_parent_class)->constructed (object);

  forlop_follow_up_view_build (self);
  if (session != NULL && forlop_session_get_store (session) != NULL)
    forlop_view_set_busy (FORLOP_VIEW (self), TRUE);
  forlop_places_follow (FORLOP_VIEW (self));
}

static void
forlop_follow_up_view_finalize (GObject *object)
{
  ForlopFollowUpView *self = FORLOP_FOLLOW_UP_VIEW (object);

  g_clear_pointer (&self->unit_ids, g_ptr_array_unref);
  g_clear_pointer (&self->known_reds, g_hash_table_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_object (&self->drafts);
  g_clear_object (&self->filters);
  g_free (self->unit_id);
  g_free (self->actor_unit_id);
  g_free (self->answered_case);
  g_clear_weak_pointer (&self->trouble);

  G_OBJECT_CLASS (forlop_follow_up_view_parent_class)->finalize (object);
}

static void
forlop_follow_up_view_bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, back_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, bar);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, tabs);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, epj_toggle);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, unit_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, filter_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_starter);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_menu_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_menu);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, more_menu);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, hand_over_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, meeting_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, more_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, round_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, list_side);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, chips);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, notices);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, list);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, separator);
  gtk_widget_class_bind_template_child (widget_class, ForlopFollowUpView, pane);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "command_cb",
                                                G_CALLBACK (forlop_follow_up_view_command_cb));
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_loaded_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "unit_chosen_cb",
                                                G_CALLBACK (forlop_follow_up_view_unit_chosen_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "tab_chosen_cb",
                                                G_CALLBACK (forlop_follow_up_view_tab_chosen_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "round_clicked_cb",
                                                G_CALLBACK (forlop_follow_up_view_round_clicked_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "finish_clicked_cb",
                                                G_CALLBACK (forlop_follow_up_view_finish_clicked_cb));
}

static void
forlop_follow_up_view_class_init (ForlopFollowUpViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  object_class->constructed = forlop_follow_up_view_constructed;
  object_class->finalize = forlop_follow_up_view_finalize;
  widget_class->map = forlop_follow_up_view_map;
  widget_class->unmap = forlop_follow_up_view_unmap;
  view_class->refresh = forlop_follow_up_view_refresh;
  view_class->get_scenes = forlop_follow_up_view_get_scenes;
  view_class->show_scene = forlop_follow_up_view_show_scene;

  g_type_ensure (FORLOP_TYPE_BOARD_LIST);
  g_type_ensure (FORLOP_TYPE_BOARD_PANE);
  gtk_widget_class_install_action (widget_class, "follow-up.meeting", NULL, forlop_follow_up_view_meeting_action);
  gtk_widget_class_install_action (widget_class, "follow-up.start-round", "s", forlop_follow_up_view_start_round_action);
  gtk_widget_class_install_action (widget_class, "follow-up.again", NULL, forlop_follow_up_view_again_action);
  gtk_widget_class_install_action (widget_class, "follow-up.hand-over", NULL, forlop_follow_up_view_hand_over_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/forlop-follow-up-view.ui");
  forlop_follow_up_view_bind_template (widget_class);
}

static void
forlop_follow_up_view_init (ForlopFollowUpView *self)
{
  self->filter = -1;
  self->read_at = self->trouble_since = FORLOP_INSTANT_NONE;
  self->unit_ids = g_ptr_array_new_with_free_func (g_free);
  self->drafts = forlop_board_drafts_new ();
  forlop_follow_up_view_init_filter (self);
}
