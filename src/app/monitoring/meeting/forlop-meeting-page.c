/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-meeting-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-run.h"
#include "forlop-empty-state.h"
#include "forlop-field-value.h"
#include "forlop-load.h"
#include "forlop-meeting-minutes.h"
#include "forlop-meeting-pane.h"
#include "forlop-open-record.h"

#define LIST_WIDTH 400
#define LINE_KEY "forlop-line"

struct _ForlopMeetingPage
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *back_button;
  GtkLabel *state_label;
  GtkWidget *start_button;
  GtkWidget *close_button;
  GtkWidget *minutes_button;
  GtkWidget *list_side;
  GtkWidget *separator;
  GtkWidget *participants_list;
  GtkEditable *participants_row;
  GtkBox *lists;
  ForlopMeetingPane *pane;

  /* Owned */
  ForlopMeetingAgenda *agenda;
  char *case_id; /* of whom is chosen */
  GtkWidget *chosen_row; /* weak */
  gboolean show_pane;
  gboolean goes_on; /* something was decided, and what follows is not shown yet */
};

G_DEFINE_FINAL_TYPE (ForlopMeetingPage, forlop_meeting_page, FORLOP_TYPE_VIEW)

static ForlopSession *
session_of (ForlopMeetingPage *self)
{
  return forlop_view_get_session (FORLOP_VIEW (self));
}

static gboolean
may (ForlopMeetingPage *self,
     const char        *act)
{
  ForlopIdentity *me = forlop_session_get_actor (session_of (self));

  return me != NULL && forlop_act_allows_role (forlop_act_find (act), forlop_identity_get_role (me));
}

static void
update_panes (ForlopMeetingPage *self)
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
}

static const ForlopMeetingLine *
find_chosen (ForlopMeetingPage *self)
{
  const ForlopMeetingLine *first = NULL;

  for (unsigned int i = 0; i < self->agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (self->agenda->lines, i);

      if (g_strcmp0 (line->case_id, self->case_id) == 0)
        return line;
      if (first == NULL)
        first = line;
    }

  return first;
}

/* The row of a case, in whichever list it is. */
static GtkListBoxRow *
find_row (ForlopMeetingPage *self,
          const char        *case_id)
{
  for (GtkWidget *list = gtk_widget_get_first_child (GTK_WIDGET (self->lists)); list != NULL;
       list = gtk_widget_get_next_sibling (list))
    {
      GtkListBoxRow *row;

      for (int i = 0; GTK_IS_LIST_BOX (list) &&
                      (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
        {
          const ForlopMeetingLine *line = g_object_get_data (G_OBJECT (row), LINE_KEY);

          if (g_strcmp0 (line->case_id, case_id) == 0)
            return row;
        }
    }

  return NULL;
}

static void
set_chosen (GtkWidget *row,
            gboolean   chosen)
{
  if (chosen)
    gtk_widget_add_css_class (row, "chosen");
  else
    gtk_widget_remove_css_class (row, "chosen");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, chosen, -1);
}

/* Of all the lists; a list of its own selects whatever the keyboard passes, and that is not who is shown. */
static void
mark_chosen (ForlopMeetingPage *self)
{
  GtkListBoxRow *row = find_row (self, self->case_id);

  if (self->chosen_row != NULL)
    set_chosen (self->chosen_row, FALSE);
  g_set_weak_pointer (&self->chosen_row, GTK_WIDGET (row));
  if (row != NULL)
    set_chosen (self->chosen_row, TRUE);
}

/* Whose row has the keyboard. */
static const char *
get_keyboard (ForlopMeetingPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->lists))
                     ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  const ForlopMeetingLine *line = row != NULL ? g_object_get_data (G_OBJECT (row), LINE_KEY) : NULL;

  return line != NULL ? line->case_id : NULL;
}

static void
show_chosen (ForlopMeetingPage       *self,
             const ForlopMeetingLine *line)
{
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));

  g_set_str (&self->case_id, line != NULL ? line->case_id : NULL);
  /* Nobody's record is opened behind the list. */
  if (!narrow || self->show_pane)
    forlop_meeting_pane_set_line (self->pane, session_of (self),
                                  forlop_meeting_agenda_is_open (self->agenda) ? self->agenda->meeting : NULL, line);
  mark_chosen (self);
}

static void
row_activated_cb (ForlopMeetingPage *self,
                  GtkListBoxRow     *row)
{
  self->show_pane = TRUE;
  update_panes (self);
  show_chosen (self, g_object_get_data (G_OBJECT (row), LINE_KEY));
  forlop_meeting_pane_answer (self->pane);
}

static void
take_up_cb (ForlopMeetingPage *self,
            GtkButton         *button)
{
  const ForlopAct *act = forlop_act_find ("add-meeting-item");
  const ForlopMeetingLine *line = g_object_get_data (G_OBJECT (button), LINE_KEY);
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
  g_autofree char *reason = forlop_meeting_line_dup_reason (line, forlop_session_today (session_of (self)));

  g_set_str (&self->case_id, line->case_id);
  forlop_record_set_text (arguments, "case_id", line->case_id);
  forlop_record_set_text (arguments, "question", reason);
  forlop_act_run (GTK_WIDGET (self), session_of (self), &(ForlopActCall) { act, arguments }, 1, NULL, NULL, NULL);
}

static GtkWidget *
row_new (ForlopMeetingPage       *self,
         const ForlopMeetingLine *line)
{
  ForlopDate today = forlop_session_today (session_of (self));
  g_autofree char *who = line->birth_date != FORLOP_DATE_NONE
                           ? g_strdup_printf ("%s, %d", line->name, forlop_date_age (line->birth_date, today))
                           : g_strdup (line->name);
  g_autofree char *reason = line->state == FORLOP_MEETING_SUGGESTED ? forlop_meeting_line_dup_reason (line, today) : NULL;
  const char *what = line->state == FORLOP_MEETING_DECIDED ? line->decision : line->question;
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", who, "subtitle",
                                 reason != NULL ? reason : what, "subtitle-lines", 2, "activatable", TRUE, NULL);

  g_object_set_data (G_OBJECT (row), LINE_KEY, (gpointer) line);
  if (line->state == FORLOP_MEETING_DECIDED)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  if (line->state == FORLOP_MEETING_SUGGESTED && may (self, "add-meeting-item"))
    {
      GtkWidget *button = gtk_button_new_with_label (_("Take up"));
      /* Translators: the name of a citizen. */
      g_autofree char *name = g_strdup_printf (_("Take up %s"), line->name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data (G_OBJECT (button), LINE_KEY, (gpointer) line);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_up_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

static void
append_list (ForlopMeetingPage  *self,
             ForlopMeetingState  state,
             const char         *title)
{
  GtkWidget *heading, *list;

  if (forlop_meeting_agenda_count (self->agenda, state) == 0)
    return;

  heading = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  for (unsigned int i = 0; i < self->agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (self->agenda->lines, i);

      if (line->state == state)
        gtk_list_box_append (GTK_LIST_BOX (list), row_new (self, line));
    }
  gtk_box_append (self->lists, heading);
  gtk_box_append (self->lists, list);
}

static void
show_state (ForlopMeetingPage *self)
{
  ForlopMeetingAgenda *agenda = self->agenda;
  gboolean is_open = forlop_meeting_agenda_is_open (agenda);
  unsigned int left = forlop_meeting_agenda_count (agenda, FORLOP_MEETING_ON_AGENDA);
  unsigned int decided = forlop_meeting_agenda_count (agenda, FORLOP_MEETING_DECIDED);
  g_autofree char *date = agenda->meeting != NULL ? forlop_record_dup_shown (agenda->meeting, "held_on") : NULL;
  g_autofree char *text = NULL;

  if (is_open)
    /* Translators: the date of a meeting, how many are left, and how many were decided. */
    text = g_strdup_printf (_("Meeting %s: %u left, %u decided"), date, left, decided);
  else if (date != NULL)
    text = g_strdup_printf (_("%u on the agenda. Last meeting %s"), left, date);
  else if (left > 0)
    text = g_strdup_printf (_("%u on the agenda"), left);
  gtk_label_set_label (self->state_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), text != NULL);
  gtk_widget_set_visible (self->start_button, !is_open && left > 0 && may (self, "save-meeting"));
  gtk_widget_set_visible (self->close_button, is_open && may (self, "save-meeting"));
  gtk_widget_set_visible (self->minutes_button, decided > 0);
  gtk_widget_set_visible (self->participants_list, is_open);
  if (is_open && !gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->participants_row))))
    {
      const char *participants = forlop_record_get_text (agenda->meeting, "participants");

      gtk_editable_set_text (self->participants_row, participants != NULL ? participants : "");
    }
}

static void
show_agenda (ForlopMeetingPage *self)
{
  gboolean is_open = forlop_meeting_agenda_is_open (self->agenda);
  g_autofree char *keyboard = g_strdup (get_keyboard (self));
  GtkListBoxRow *row;
  GtkWidget *child;

  g_clear_weak_pointer (&self->chosen_row);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_box_remove (self->lists, child);
  show_state (self);
  forlop_meeting_pane_set_doers (self->pane, self->agenda->doers);
  append_list (self, FORLOP_MEETING_ON_AGENDA, _("On the agenda"));
  append_list (self, FORLOP_MEETING_SUGGESTED, _("Suggested"));
  append_list (self, FORLOP_MEETING_DECIDED, is_open ? _("Decided") : _("Decided in the last meeting"));
  show_chosen (self, find_chosen (self));
  gtk_stack_set_visible_child_name (self->stack, self->agenda->lines->len > 0 || is_open ? "agenda" : "empty");
  row = keyboard != NULL ? find_row (self, keyboard) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (keyboard != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->lists), GTK_DIR_TAB_FORWARD);
}

typedef struct {
  char *unit_id;
  gint64 now;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->unit_id);
  g_free (query);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;

  return forlop_meeting_store_load (connection, query->unit_id, query->now, error);
}

/* The form that was saved took the keyboard with it: whoever writes on, writes about the next. */
static void
go_on (ForlopMeetingPage *self)
{
  self->goes_on = FALSE;
  if (forlop_meeting_agenda_count (self->agenda, FORLOP_MEETING_ON_AGENDA) > 0)
    forlop_meeting_pane_answer (self->pane);
  else
    gtk_widget_grab_focus (self->close_button);
}

static void
loaded_cb (GtkWidget *widget,
           gpointer   result)
{
  ForlopMeetingPage *self = FORLOP_MEETING_PAGE (widget);
  ForlopMeetingAgenda *old = self->agenda;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (result == NULL)
    {
      if (self->agenda == NULL)
        gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  /* The rows point into the agenda that they show. */
  self->agenda = result;
  show_agenda (self);
  if (self->goes_on)
    go_on (self);
  forlop_meeting_agenda_free (old);
  if (old == NULL && forlop_view_wants_keyboard (FORLOP_VIEW (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->lists), GTK_DIR_TAB_FORWARD);
}

static void
forlop_meeting_page_refresh (ForlopView *view)
{
  ForlopMeetingPage *self = FORLOP_MEETING_PAGE (view);
  ForlopStore *store = forlop_session_get_store (forlop_view_get_session (view));
  Query *query;

  if (store == NULL || forlop_view_get_subject_id (view) == NULL)
    return;

  if (self->agenda == NULL)
    forlop_view_set_busy (view, TRUE);
  query = g_new0 (Query, 1);
  query->unit_id = g_strdup (forlop_view_get_subject_id (view));
  query->now = forlop_session_now (forlop_view_get_session (view));
  forlop_load (GTK_WIDGET (self), store, load_on_worker, query, query_free,
               (GDestroyNotify) forlop_meeting_agenda_free, loaded_cb);
}

static void
read_action (GtkWidget  *widget,
             const char *action_name G_GNUC_UNUSED,
             GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_view_queue_refresh (FORLOP_VIEW (widget));
}

/* @id NULL: a new meeting. */
static void
save_meeting (ForlopMeetingPage *self,
              const char        *id,
              const char        *participants,
              gboolean           close)
{
  const ForlopAct *act = forlop_act_find ("save-meeting");
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, id);

  if (id == NULL)
    {
      forlop_record_set_text (arguments, "unit_id", forlop_view_get_subject_id (FORLOP_VIEW (self)));
      forlop_record_set_text (arguments, "title", _("Weekly meeting"));
      forlop_record_set_date (arguments, "held_on", forlop_session_today (session_of (self)));
    }
  if (participants != NULL)
    forlop_record_set_text (arguments, "participants", participants);
  if (close)
    forlop_record_set_instant (arguments, "closed_at", forlop_session_now (session_of (self)));
  forlop_act_run (GTK_WIDGET (self), session_of (self), &(ForlopActCall) { act, arguments }, 1, NULL, NULL, NULL);
}

static void
start_clicked_cb (ForlopMeetingPage *self)
{
  save_meeting (self, NULL, NULL, FALSE);
}

static void
close_clicked_cb (ForlopMeetingPage *self)
{
  if (self->agenda != NULL && forlop_meeting_agenda_is_open (self->agenda))
    save_meeting (self, forlop_record_get_id (self->agenda->meeting), NULL, TRUE);
}

static void
minutes_clicked_cb (ForlopMeetingPage *self)
{
  if (self->agenda != NULL && self->agenda->meeting != NULL)
    forlop_meeting_minutes_save (GTK_WIDGET (self), session_of (self), forlop_record_get_id (self->agenda->meeting));
}

static void
participants_cb (ForlopMeetingPage *self)
{
  if (self->agenda != NULL && forlop_meeting_agenda_is_open (self->agenda))
    save_meeting (self, forlop_record_get_id (self->agenda->meeting), gtk_editable_get_text (self->participants_row),
                  FALSE);
}

/* The next on the agenda after the one that was decided; the reading that follows shows it. */
static void
decided_cb (ForlopMeetingPage *self)
{
  const ForlopMeetingLine *next = NULL;
  gboolean passed = FALSE;

  for (unsigned int i = 0; self->agenda != NULL && i < self->agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (self->agenda->lines, i);

      if (g_strcmp0 (line->case_id, self->case_id) == 0)
        passed = TRUE;
      else if (line->state == FORLOP_MEETING_ON_AGENDA && (next == NULL || passed))
        {
          next = line;
          if (passed)
            break;
        }
    }
  if (next == NULL)
    self->show_pane = FALSE;
  g_set_str (&self->case_id, next != NULL ? next->case_id : NULL);
  self->goes_on = TRUE;
  update_panes (self);
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
back_clicked_cb (ForlopMeetingPage *self)
{
  self->show_pane = FALSE;
  update_panes (self);
  gtk_widget_child_focus (GTK_WIDGET (self->lists), GTK_DIR_TAB_FORWARD);
}

static gboolean
key_pressed_cb (ForlopMeetingPage *self,
                unsigned int       key,
                unsigned int       code G_GNUC_UNUSED,
                GdkModifierType    modifiers G_GNUC_UNUSED)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (key != GDK_KEY_Escape || focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane)))
    return GDK_EVENT_PROPAGATE;
  back_clicked_cb (self);

  return GDK_EVENT_STOP;
}

static const char *const *
forlop_meeting_page_get_scenes (ForlopView *view G_GNUC_UNUSED)
{
  static const char *const scenes[] = { "chosen", NULL };

  return scenes;
}

static void
forlop_meeting_page_show_scene (ForlopView *view,
                                const char *scene)
{
  ForlopMeetingPage *self = FORLOP_MEETING_PAGE (view);
  const ForlopMeetingLine *line = self->agenda != NULL ? find_chosen (self) : NULL;

  if (line == NULL)
    return;
  if (g_str_equal (scene, "case"))
    {
      forlop_open_record (GTK_WIDGET (self), "case", line->case_id);
      return;
    }
  self->show_pane = TRUE;
  update_panes (self);
  show_chosen (self, line);
}

static void
forlop_meeting_page_dispose (GObject *object)
{
  ForlopMeetingPage *self = FORLOP_MEETING_PAGE (object);

  g_clear_weak_pointer (&self->chosen_row);
  g_clear_pointer (&self->agenda, forlop_meeting_agenda_free);
  g_clear_pointer (&self->case_id, g_free);

  G_OBJECT_CLASS (forlop_meeting_page_parent_class)->dispose (object);
}

static void
forlop_meeting_page_class_init (ForlopMeetingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_meeting_page_dispose;
  view_class->refresh = forlop_meeting_page_refresh;
  view_class->get_scenes = forlop_meeting_page_get_scenes;
  view_class->show_scene = forlop_meeting_page_show_scene;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_MEETING_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/monitoring/meeting/forlop-meeting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, start_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, minutes_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, separator);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, participants_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, participants_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, lists);
  gtk_widget_class_bind_template_child (widget_class, ForlopMeetingPage, pane);
  gtk_widget_class_install_action (widget_class, "meeting.read", NULL, read_action);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, minutes_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, participants_cb);
  gtk_widget_class_bind_template_callback (widget_class, decided_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
narrow_cb (ForlopMeetingPage *self)
{
  update_panes (self);
  if (self->agenda != NULL)
    show_chosen (self, find_chosen (self));
}

static void
forlop_meeting_page_init (ForlopMeetingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
  update_panes (self);
}
