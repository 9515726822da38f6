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
}

static void
day_chosen_cb (ForlopBoardTask *self)
{
  if (has_day (self, "other") && self->day == NULL)
    add_day (self);
  gtk_widget_set_visible (GTK_WIDGET (self->other_day), has_day (self, "other"));
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

  gtk_widget_class_set_template_from_resource (widget_class, "/no/forlop/Forlop/monitoring/forlop-board-task.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, title_entry);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, more);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, days);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, other_day);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardTask, people_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_chosen_cb);
}

static void
forlop_board_task_init (ForlopBoardTask *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
