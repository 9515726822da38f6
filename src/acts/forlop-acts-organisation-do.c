/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-error.h"

static ForlopRecord *
load_open_task (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *task = forlop_act_load (self, "task", "task_id", error);

  if (task == NULL)
    return NULL;
  if (!forlop_record_text_is (task, "status", "open"))
    {
      g_autofree char *who = forlop_act_who_and_when (self, forlop_record_get_text (task, "done_by"),
                                                      forlop_record_get_instant (task, "done_at"));

      forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The task is already finished by %s."), who);
      return NULL;
    }

  return task;
}

static gboolean
take_task (ForlopActContext  *self,
           GError           **error)
{
  ForlopRecord *task = load_open_task (self, error);
  const char *taken_by;

  if (task == NULL)
    return FALSE;

  taken_by = forlop_record_get_text (task, "taken_by");
  if (taken_by != NULL && g_strcmp0 (taken_by, self->actor->user_id) != 0)
    {
      g_autofree char *who = forlop_act_who_and_when (self, taken_by,
                                                      forlop_record_get_instant (task, "taken_at"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The task is already taken by %s."), who);
    }

  task = forlop_act_change (self, task);
  forlop_record_set_text (task, "taken_by", self->actor->user_id);
  forlop_record_set_instant (task, "taken_at", self->now);

  return TRUE;
}

static gboolean
release_task (ForlopActContext  *self,
              GError           **error)
{
  ForlopRecord *task = load_open_task (self, error);

  if (task == NULL)
    return FALSE;

  task = forlop_act_change (self, task);
  forlop_record_clear (task, "taken_by");
  forlop_record_clear (task, "taken_at");

  return TRUE;
}

static gboolean
end_task (ForlopActContext  *self,
          const char        *status,
          GError           **error)
{
  ForlopRecord *task = load_open_task (self, error);

  if (task == NULL)
    return FALSE;

  task = forlop_act_change (self, task);
  forlop_act_copy_arguments (self, task);
  forlop_record_set_text (task, "status", status);
  forlop_record_set_text (task, "done_by", self->actor->user_id);
  forlop_record_set_instant (task, "done_at", self->now);

  return TRUE;
}

static gboolean
finish_task (ForlopActContext  *self,
             GError           **error)
{
  return end_task (self, "done", error);
}

static gboolean
cancel_task (ForlopActContext  *self,
             GError           **error)
{
  return end_task (self, "cancelled", error);
}

static gboolean
add_task (ForlopActContext  *self,
          GError           **error)
{
  if (!forlop_record_has (self->arguments, "status"))
    forlop_record_set_text (self->arguments, "status", "open");
  if (!forlop_record_has (self->arguments, "kind"))
    forlop_record_set_text (self->arguments, "kind", "general");

  return forlop_act_save (self, error);
}

static gboolean
add_meeting_item (ForlopActContext  *self,
                  GError           **error G_GNUC_UNUSED)
{
  forlop_act_copy_arguments (self, forlop_act_make (self, "meeting_item"));

  return TRUE;
}

static gboolean
decide_meeting_item (ForlopActContext  *self,
                     GError           **error)
{
  ForlopRecord *item = forlop_act_load (self, "meeting_item", "meeting_item_id", error);

  if (item == NULL)
    return FALSE;

  item = forlop_act_change (self, item);
  forlop_act_copy_arguments (self, item);
  forlop_record_set_instant (item, "decided_at", self->now);

  return TRUE;
}

/* The acts that are not here save one record as it is given. */
const ForlopActFunction forlop_act_functions_organisation[] = {
  { "add-task", add_task },
  { "take-task", take_task },
  { "release-task", release_task },
  { "finish-task", finish_task },
  { "cancel-task", cancel_task },
  { "add-meeting-item", add_meeting_item },
  { "decide-meeting-item", decide_meeting_item },
  { NULL, NULL },
};
