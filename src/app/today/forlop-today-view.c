/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-today-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts.h"
#include "forlop-duty-look.h"
#include "forlop-empty-state.h"
#include "forlop-open-record.h"
#include "forlop-sections.h"
#include "forlop-sync-watch.h"
#include "forlop-today-places.h"
#include "forlop-window.h"
#include "forlop-work-list.h"
#include "forlop-worklist-chips.h"

/* What a person can look over; the chips and the order see to it that these are the worst. */
#define MAX_ROWS 100

/* What a window can show; the rest of the first worklist comes when that is painted. */
#define FIRST_ROWS 16

struct _ForlopTodayView
{
  ForlopView parent_instance;

  /* Template widgets */
  ForlopWorklistChips *chips;
  GtkBox *notices;
  GtkStack *stack;
  ForlopWorkList *work_list;
  GtkLabel *more_label;
  ForlopEmptyState *empty_state;

  /* Owned references */
  GPtrArray *places; /* of ForlopTodayPlace, those of the rows that are shown */
  GListModel *rest;

  gboolean is_filled; /* with rows, once */
  unsigned int question;
  unsigned int clock_source;
  unsigned int rest_source;
};

typedef struct {
  GWeakRef view;
  unsigned int question;
  GPtrArray *places;
  gint64 now;
} Asked;

G_DEFINE_FINAL_TYPE (ForlopTodayView, forlop_today_view, FORLOP_TYPE_VIEW)

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->view);
  g_ptr_array_unref (asked->places);
  g_free (asked);
}

/* What an empty list says, and the one thing to do next. */
static void
show_empty (ForlopTodayView *self)
{
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  ForlopIdentity *actor = forlop_session_get_actor (session);
  const char *role = actor != NULL ? forlop_identity_get_role (actor) : "";
  gboolean filtered = forlop_worklist_chips_get_group (self->chips) != FORLOP_WORKLIST_ALL;

  if (actor == NULL)
    {
      g_object_set (self->empty_state, "title", _("Who are you?"), "description",
                    _("Choose a user, a role and a unit at the top, and what they must do shows here."),
                    NULL);
      forlop_empty_state_set_act (self->empty_state, _("_Go to administration"),
                                  "win.section::administration");
    }
  else if (filtered)
    {
      g_object_set (self->empty_state, "title", _("None of these is left"), "description",
                    _("Something else may still wait."), NULL);
      forlop_empty_state_set_act (self->empty_state, _("_Show everything"), "today.show-everything");
    }
  else if (forlop_sync_watch_is_arriving (session))
    {
      g_object_set (self->empty_state, "title", _("Your list is still being fetched"), "description",
                    _("Nothing of it has come yet, so something may wait. It shows here by itself."), NULL);
      forlop_empty_state_set_act (self->empty_state, NULL, NULL);
    }
  else if (g_str_equal (role, "caseworker"))
    {
      g_object_set (self->empty_state, "title", _("Nothing is waiting for you"), "description",
                    _("New referrals, decisions and deadlines show here, worst first."), NULL);
      forlop_empty_state_set_act (self->empty_state, _("_Register referral"),
                                  "win.act::register-referral");
    }
  else
    {
      g_object_set (self->empty_state, "title", _("Nothing is waiting for you"), "description",
                    _("What must be done next shows here, worst first."), NULL);
      if (forlop_section_is_offered (forlop_sections_find ("citizens"), session))
        forlop_empty_state_set_act (self->empty_state, _("_Go to citizens"), "win.section::citizens");
      else
        forlop_empty_state_set_act (self->empty_state, NULL, NULL);
    }
  gtk_stack_set_visible_child_name (self->stack, "empty");
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL &&
      gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->empty_state), GTK_DIR_TAB_FORWARD);
}

static void
show_more (ForlopTodayView *self,
           unsigned int     shown,
           unsigned int     all)
{
  g_autofree char *text = NULL;

  if (all > shown)
    text = g_strdup_printf (_("The %u most urgent of %u are shown. The others come when these are "
                              "done."), shown, all);
  gtk_label_set_label (self->more_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), text != NULL);
}

static gboolean
show_rest_cb (gpointer user_data)
{
  ForlopTodayView *self = user_data;
  g_autoptr (GListModel) rest = g_steal_pointer (&self->rest);

  self->rest_source = 0;
  forlop_work_list_set_model (self->work_list, rest);

  return G_SOURCE_REMOVE;
}

static void
forget_rest (ForlopTodayView *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_object (&self->rest);
}

/* The first rows at once, because every row costs before the window can be painted. */
static void
show_items (ForlopTodayView *self,
            GListModel      *items)
{
  gboolean first = !gtk_widget_get_mapped (GTK_WIDGET (self->work_list));
  g_autoptr (GtkSliceListModel) few = NULL;

  forget_rest (self);
  if (!first || g_list_model_get_n_items (items) <= FIRST_ROWS)
    {
      forlop_work_list_set_model (self->work_list, items);
      return;
    }

  few = gtk_slice_list_model_new (g_object_ref (items), 0, FIRST_ROWS);
  forlop_work_list_set_model (self->work_list, G_LIST_MODEL (few));
  self->rest = g_object_ref (items);
  self->rest_source = g_idle_add_full (G_PRIORITY_LOW, show_rest_cb, self, NULL);
}

/* One key does the first act after the start; the keyboard is taken from nobody who has it. A window that becomes active
 * before there is a list gives the keyboard to the first thing it has, which nobody has asked for. */
static void
take_keyboard (ForlopTodayView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_first = !self->is_filled;

  self->is_filled = TRUE;
  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (focus == NULL || (is_first && GTK_IS_LIST_BOX_ROW (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self->work_list));
}

/* Of several municipalities the list says which could not be read, or may be old. */
static void
show_notices (ForlopTodayView *self)
{
  forlop_place_clear_notices (self->notices);
  for (unsigned int i = 0; i < self->places->len; i++)
    {
      const ForlopTodayPlace *place = g_ptr_array_index (self->places, i);
      g_autofree char *notice = forlop_place_dup_notice (place->place, place->error);

      if (notice != NULL)
        forlop_place_add_notice (place->place, self->notices, notice);
    }
}

static void
show_worklist (ForlopTodayView *self,
               ForlopWorklist  *worklist,
               gint64           now)
{
  g_autoptr (GListStore) items = g_list_store_new (FORLOP_TYPE_WORK_ITEM);
  ForlopWorklistGroup group = forlop_worklist_chips_get_group (self->chips);

  forlop_worklist_chips_set_counts (self->chips, worklist->counts);
  show_notices (self);

  g_ptr_array_set_free_func (worklist->rows, NULL);
  for (unsigned int i = 0; i < worklist->rows->len; i++)
    {
      ForlopWorklistRow *row = g_ptr_array_index (worklist->rows, i);
      const ForlopTodayPlace *place = g_ptr_array_index (self->places, row->place);
      g_autoptr (ForlopWorkItem) item = forlop_duty_look_new_item (row, now, place->role, place->place->name);

      g_list_store_append (items, item);
    }

  if (worklist->rows->len == 0)
    {
      show_empty (self);
      forget_rest (self);
      forlop_work_list_set_model (self->work_list, NULL);
      return;
    }
  show_items (self, G_LIST_MODEL (items));
  show_more (self, worklist->rows->len, worklist->counts[group]);
  gtk_stack_set_visible_child_name (self->stack, "list");
  take_keyboard (self);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (ForlopWorklist) worklist = forlop_today_places_await (asked->places, MAX_ROWS);
  g_autoptr (ForlopTodayView) self = g_weak_ref_get (&asked->view);
  const ForlopTodayPlace *own = g_ptr_array_index (asked->places, 0);

  /* A page taken off the window is alive until its last reference goes, but shows nothing. */
  if (self == NULL || self->work_list == NULL || self->question != asked->question)
    return NULL;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (own->error != NULL && asked->places->len == 1)
    {
      forlop_toast_error (GTK_WIDGET (self), own->error);
      return NULL;
    }
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = g_ptr_array_ref (asked->places);
  show_worklist (self, worklist, asked->now);

  return NULL;
}

static void
forlop_today_view_refresh (ForlopView *view)
{
  ForlopTodayView *self = FORLOP_TODAY_VIEW (view);
  ForlopSession *session = forlop_view_get_session (view);
  Asked *asked;

  self->question++;
  if (forlop_session_get_store (session) == NULL || forlop_session_get_actor (session) == NULL)
    {
      show_empty (self);
      return;
    }

  asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->view, self);
  asked->question = self->question;
  asked->now = forlop_session_now (session);
  asked->places = forlop_today_places_ask (session, forlop_worklist_chips_get_group (self->chips), MAX_ROWS,
                                           asked->now);

  forlop_view_set_busy (view, TRUE);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, read_fiber, asked, asked_free));
}

static void
group_changed_cb (ForlopTodayView *self)
{
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static const ForlopTodayPlace *
place_of (ForlopTodayView         *self,
          const ForlopWorklistRow *row)
{
  return g_ptr_array_index (self->places, row->place);
}

/* A form opens here, whichever file it is about; a page opens in its own municipality's window. */
static void
act_cb (ForlopTodayView *self,
        ForlopWorkItem  *item)
{
  ForlopDutySubject *subject = FORLOP_DUTY_SUBJECT (forlop_work_item_get_subject (item));
  const ForlopWorklistRow *row = forlop_duty_subject_get_row (subject);
  const ForlopTodayPlace *place = place_of (self, row);
  const char *act = forlop_duty_look_get_act (row, place->role);
  GtkWidget *widget = GTK_WIDGET (self);

  if (!forlop_open_has_form (act))
    widget = forlop_place_go_to (place->place, widget);
  if (g_str_equal (row->rule, "accept-shift"))
    gtk_widget_activate_action (widget, "win.section", "s", "follow-up");
  else if (act == NULL && row->case_id == NULL && row->citizen_id == NULL)
    forlop_open_record (widget, row->subject_type, row->subject_id);
  else
    forlop_open_act (widget, place->place->session, act, row->subject_type, row->subject_id,
                     row->case_id, row->citizen_id);
}

/* Taking is an act of its own, where there is one: alerts and tasks. Taking what I have gives it
 * back. */
static void
take_cb (ForlopTodayView *self,
         ForlopWorkItem  *item)
{
  ForlopDutySubject *subject = FORLOP_DUTY_SUBJECT (forlop_work_item_get_subject (item));
  const ForlopWorklistRow *row = forlop_duty_subject_get_row (subject);
  ForlopSession *session = place_of (self, row)->place->session;
  ForlopIdentity *actor = forlop_session_get_actor (session);
  gboolean mine = actor != NULL && row->taken_by != NULL &&
                  g_strcmp0 (row->taken_by, forlop_identity_get_user_id (actor)) == 0;
  g_autofree char *name = g_strdup_printf ("%s-%s", mine ? "release" : "take", row->subject_type);
  g_autofree char *argument = g_strdup_printf ("%s_id", row->subject_type);
  const ForlopAct *act = forlop_act_find (name);
  g_autoptr (ForlopRecord) arguments = NULL;

  if (act == NULL || !forlop_acts_can_perform (act))
    {
      forlop_toast (GTK_WIDGET (self), _("Only alerts and tasks are taken; press Enter to do this."));
      return;
    }

  arguments = forlop_acts_new_arguments (act, NULL);
  forlop_record_set_text (arguments, argument, row->subject_id);
  forlop_open_do (GTK_WIDGET (self), session, act, arguments);
}

static void
show_everything_action (GtkWidget  *widget,
                        const char *action_name G_GNUC_UNUSED,
                        GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopTodayView *self = FORLOP_TODAY_VIEW (widget);

  forlop_worklist_chips_set_group (self->chips, FORLOP_WORKLIST_ALL);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

/* Time moves rows from one heading to the next without anybody doing anything. */
static gboolean
minute_cb (gpointer user_data)
{
  forlop_view_queue_refresh (user_data);

  return G_SOURCE_CONTINUE;
}

static void
forlop_today_view_map (GtkWidget *widget)
{
  ForlopTodayView *self = FORLOP_TODAY_VIEW (widget);

  GTK_WIDGET_CLASS (forlop_today_view_parent_class)->map (widget);

  if (self->clock_source == 0)
    self->clock_source = g_timeout_add_seconds (60, minute_cb, self);
}

/* Who comes back from a page goes on where it was left. */
static void
forlop_today_view_shown (AdwNavigationPage *page)
{
  ForlopTodayView *self = FORLOP_TODAY_VIEW (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (page)) &&
      !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->work_list)))
    gtk_widget_grab_focus (GTK_WIDGET (self->work_list));
}

static void
forlop_today_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&FORLOP_TODAY_VIEW (widget)->clock_source, g_source_remove);

  GTK_WIDGET_CLASS (forlop_today_view_parent_class)->unmap (widget);
}

static void
forlop_today_view_constructed (GObject *object)
{
  G_OBJECT_CLASS (forlop_today_view_parent_class)->constructed (object);

  forlop_places_follow (FORLOP_VIEW (object));
}

static void
forlop_today_view_dispose (GObject *object)
{
  ForlopTodayView *self = FORLOP_TODAY_VIEW (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  forget_rest (self);
  g_clear_pointer (&self->places, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_today_view_parent_class)->dispose (object);
}

static void
forlop_today_view_class_init (ForlopTodayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = forlop_today_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = forlop_today_view_dispose;
  FORLOP_VIEW_CLASS (klass)->refresh = forlop_today_view_refresh;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = forlop_today_view_shown;
  widget_class->map = forlop_today_view_map;
  widget_class->unmap = forlop_today_view_unmap;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_WORK_LIST);
  g_type_ensure (FORLOP_TYPE_WORKLIST_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/today/forlop-today-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, chips);
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, notices);
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, work_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, more_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopTodayView, empty_state);
  gtk_widget_class_bind_template_callback (widget_class, group_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_install_action (widget_class, "today.show-everything", NULL,
                                   show_everything_action);
}

static void
forlop_today_view_init (ForlopTodayView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
