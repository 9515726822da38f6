/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-task.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-run.h"
#include "forlop-choice-store.h"
#include "forlop-date-editor.h"
#include "forlop-drop-down.h"
#include "forlop-error.h"

/* What stands before the colleagues in the list of people. */
enum {
  EVERYBODY,
  ME,
  FIRST_COLLEAGUE
};

struct _ForlopBoardTask
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkEditable *title_entry;
  GtkWidget *more;
  AdwToggleGroup *days;
  AdwBin *other_day;
  GtkDropDown *people_drop_down;

  /* Borrowed */
  ForlopFieldEditor *day; /* in other_day, when it has been asked for */

  /* Owned */
  ForlopBoardPlace *place;
  char *unit_id; /* that the people are of */
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardTask, forlop_board_task, ADW_TYPE_BIN)

static ForlopDate
today (ForlopBoardTask *self)
{
  return forlop_instant_to_date (forlop_session_now (self->place->session));
}

static gboolean
has_day (ForlopBoardTask *self,
         const char      *name)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->days), name) == 0;
}

static void
activate_cb (ForlopBoardTask *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
changed_cb (ForlopBoardTask *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A calendar is dear to make, and few ask for one. */
static void
add_day (ForlopBoardTask *self)
{
  const ForlopRecordType *type = forlop_act_get_arguments (forlop_act_find ("add-task"));
  GtkWidget *target;

  self->day = forlop_date_editor_new (forlop_record_type_field (type, "due_on"),
                                      forlop_session_get_clock (self->place->session));
  target = forlop_field_editor_get_target (self->day);
  gtk_editable_set_width_chars (GTK_EDITABLE (target), 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Day the task is to be done"), -1);
  adw_bin_set_child (self->other_day, GTK_WIDGET (self->day));
  g_signal_connect_object (self->day, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
day_chosen_cb (ForlopBoardTask *self)
{
  if (has_day (self, "other") && self->day == NULL)
    add_day (self);
  gtk_widget_set_visible (GTK_WIDGET (self->other_day), has_day (self, "other"));
  changed_cb (self);
}

static void
fill_people (ForlopBoardTask *self)
{
  ForlopIdentity *me = forlop_session_get_actor (self->place->session);
  g_autoptr(GtkStringList) people = gtk_string_list_new (NULL);
  /* Translators: the name of a unit */
  g_autofree char *everybody = me != NULL && forlop_identity_get_unit_name (me) != NULL
    ? g_strdup_printf (_("For everybody in %s"), forlop_identity_get_unit_name (me))
    : g_strdup (_("For everybody in the unit"));

  g_set_str (&self->unit_id, me != NULL ? forlop_identity_get_unit_id (me) : NULL);
  gtk_string_list_append (people, everybody);
  gtk_string_list_append (people, _("For me"));
  for (unsigned int i = 0; self->place->colleagues != NULL && i < self->place->colleagues->len; i++)
    {
      const ForlopNamed *one = g_ptr_array_index (self->place->colleagues, i);
      /* Translators: the name of a colleague */
      g_autofree char *label = g_strdup_printf (_("For %s"), one->name);

      gtk_string_list_append (people, label);
    }
  gtk_drop_down_set_model (self->people_drop_down, G_LIST_MODEL (people));
}

static void
title_changed_cb (ForlopBoardTask *self)
{
  gboolean more = *gtk_editable_get_text (self->title_entry) != '\0';

  if (more && gtk_drop_down_get_model (self->people_drop_down) == NULL)
    fill_people (self);
  gtk_widget_set_visible (self->more, more);
  changed_cb (self);
}

/* NULL where it is for everybody in the unit. */
static const char *
get_person (ForlopBoardTask *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->people_drop_down);
  ForlopIdentity *me = forlop_session_get_actor (self->place->session);

  if (selected == ME && me != NULL)
    return forlop_identity_get_user_id (me);
  if (selected >= FIRST_COLLEAGUE && selected != GTK_INVALID_LIST_POSITION)
    return ((const ForlopNamed *) g_ptr_array_index (self->place->colleagues, selected - FIRST_COLLEAGUE))->id;

  return NULL;
}

static gboolean
read_day (ForlopBoardTask  *self,
          ForlopDate       *day,
          GError          **error)
{
  g_autofree char *wire = NULL;

  *day = has_day (self, "today") ? today (self) : today (self) + 1;
  if (!has_day (self, "other"))
    return TRUE;

  wire = forlop_field_editor_dup_wire (self->day, error);
  if (error != NULL && *error != NULL)
    return FALSE;
  if (wire != NULL && forlop_date_from_iso (wire, day) && *day >= today (self))
    return TRUE;
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("Choose the day the task is to be done: today or later."));

  return FALSE;
}

static void
forlop_board_task_finalize (GObject *object)
{
  ForlopBoardTask *self = FORLOP_BOARD_TASK (object);

  g_clear_pointer (&self->place, forlop_board_place_unref);
  g_free (self->unit_id);

  G_OBJECT_CLASS (forlop_board_task_parent_class)->finalize (object);
}

static void
forlop_board_task_class_init (ForlopBoardTaskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_board_task_finalize;

  /**
   * ForlopBoardTask::activate:
   *
   * Enter was pressed: it is all written.
   */
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * ForlopBoardTask::changed:
   *
   * What, when or for whom is another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/monitoring/board/forlop-board-task.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, title_entry);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, more);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, days);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, other_day);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, people_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_chosen_cb);
}

static void
forlop_board_task_init (ForlopBoardTask *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->title_entry), TRUE);
  forlop_drop_down_speak (self->people_drop_down);
}

void
forlop_board_task_clear (ForlopBoardTask  *self,
                         ForlopBoardPlace *place)
{
  g_return_if_fail (FORLOP_IS_BOARD_TASK (self));
  g_return_if_fail (place != NULL);

  forlop_board_place_ref (place);
  g_clear_pointer (&self->place, forlop_board_place_unref);
  self->place = place;
  gtk_drop_down_set_model (self->people_drop_down, NULL);
  gtk_editable_set_text (self->title_entry, "");
  if (self->day != NULL)
    forlop_field_editor_set_wire (self->day, NULL);
  adw_toggle_group_set_active_name (self->days, "tomorrow");
}

void
forlop_board_task_save (ForlopBoardTask  *self,
                        ForlopBoardDraft *draft)
{
  const char *title;

  g_return_if_fail (FORLOP_IS_BOARD_TASK (self) && self->place != NULL);
  g_return_if_fail (draft != NULL);

  title = gtk_editable_get_text (self->title_entry);
  if (*title == '\0')
    return;

  g_set_str (&draft->task, title);
  g_set_str (&draft->task_person, get_person (self));
  if (has_day (self, "other"))
    {
      g_autofree char *typed = forlop_field_editor_dup_typed (self->day);

      g_set_str (&draft->task_day, typed != NULL ? typed : "");
    }
  else
    {
      g_autofree char *day = forlop_date_to_iso (has_day (self, "today") ? today (self) : today (self) + 1);

      g_set_str (&draft->task_day, day);
    }
}

/* Everybody, where who it was for has left. */
static unsigned int
find_person (ForlopBoardTask *self,
             const char      *id)
{
  ForlopIdentity *me = forlop_session_get_actor (self->place->session);

  if (id != NULL && me != NULL && g_str_equal (forlop_identity_get_user_id (me), id))
    return ME;
  for (unsigned int i = 0; id != NULL && self->place->colleagues != NULL && i < self->place->colleagues->len; i++)
    if (g_str_equal (((const ForlopNamed *) g_ptr_array_index (self->place->colleagues, i))->id, id))
      return FIRST_COLLEAGUE + i;

  return EVERYBODY;
}

/* Yesterday's tomorrow is today. */
static void
show_day (ForlopBoardTask *self,
          const char      *day)
{
  ForlopDate date = FORLOP_DATE_NONE;
  g_autofree char *shown = NULL;

  if (day == NULL || (forlop_date_from_iso (day, &date) && date == today (self) + 1))
    return;
  if (date == today (self))
    {
      adw_toggle_group_set_active_name (self->days, "today");
      return;
    }

  adw_toggle_group_set_active_name (self->days, "other");
  shown = date != FORLOP_DATE_NONE ? forlop_date_format (date) : g_strdup (day);
  forlop_field_editor_set_typed (self->day, *shown != '\0' ? shown : NULL);
}

void
forlop_board_task_load (ForlopBoardTask        *self,
                        const ForlopBoardDraft *draft)
{
  g_return_if_fail (FORLOP_IS_BOARD_TASK (self) && self->place != NULL);
  g_return_if_fail (draft != NULL);

  if (draft->task == NULL)
    return;

  gtk_editable_set_text (self->title_entry, draft->task);
  show_day (self, draft->task_day);
  gtk_drop_down_set_selected (self->people_drop_down, find_person (self, draft->task_person));
}

gboolean
forlop_board_task_read (ForlopBoardTask  *self,
                        const char       *citizen_id,
                        const char       *case_id,
                        ForlopRecord    **task,
                        GError          **error)
{
  g_autofree char *title = NULL;
  const char *person;
  ForlopDate day;

  g_return_val_if_fail (FORLOP_IS_BOARD_TASK (self) && self->place != NULL, FALSE);
  g_return_val_if_fail (task != NULL && error != NULL && *error == NULL, FALSE);

  *task = NULL;
  title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_entry)));
  if (*title == '\0')
    return TRUE;
  if (!read_day (self, &day, error))
    {
      gtk_widget_grab_focus (forlop_field_editor_get_target (self->day));
      return FALSE;
    }

  person = get_person (self);
  *task = forlop_board_arguments ("add-task", "unit_id", self->unit_id, "role", "resource_person", "kind",
                                  "follow_up", "status", "open", "citizen_id", citizen_id, "case_id", case_id,
                                  "title", title, "taken_by", person, NULL);
  forlop_record_set_date (*task, "due_on", day);
  if (person != NULL)
    forlop_record_set_instant (*task, "taken_at", forlop_session_now (self->place->session));

  return TRUE;
}
