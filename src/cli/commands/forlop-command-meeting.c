/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-meeting-store.h"
#include "forlop-minutes-paper.h"

typedef struct {
  ForlopCli *cli;
  const char *unit;
  ForlopDate held_on;
} Job;

static gpointer
agenda_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Job *job = user_data;
  g_autofree char *unit_id = forlop_cli_resolve (connection, "unit", job->unit, error);

  if (unit_id == NULL ||
      !forlop_cli_log_on_worker (connection, job->cli, NULL, NULL, FORLOP_ACCESS_LISTED, "citizen,meeting_item", error))
    return NULL;

  return forlop_meeting_store_load (connection, unit_id, forlop_clock_now (job->cli->clock), error);
}

/* Of each citizen it is logged that something of the record was opened, before it is shown. */
static gpointer
minutes_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  Job *job = user_data;
  g_autofree char *unit_id = forlop_cli_resolve (connection, "unit", job->unit, error);
  g_autofree char *id = unit_id != NULL ? forlop_meeting_store_find (connection, unit_id, job->held_on, error) : NULL;
  g_autoptr (ForlopMinutes) minutes = id != NULL ? forlop_meeting_store_load_minutes (connection, id, error) : NULL;

  for (unsigned int i = 0; minutes != NULL && i < minutes->items->len; i++)
    {
      ForlopRecord *item = ((ForlopMinutesItem *) g_ptr_array_index (minutes->items, i))->item;

      if (!forlop_cli_log_on_worker (connection, job->cli, forlop_record_get_text (item, "citizen_id"),
                                     forlop_record_get_text (item, "case_id"), FORLOP_ACCESS_OPENED, "meeting_item",
                                     error))
        return NULL;
    }

  return g_steal_pointer (&minutes);
}

static const char *
state_code (ForlopMeetingState state)
{
  static const char *const codes[] = { "on_agenda", "suggested", "decided" };

  return codes[state];
}

static void
print_agenda_as_json (const ForlopMeetingAgenda *agenda,
                      ForlopDate                 today)
{
  yyjson_mut_val *root, *lines;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);

  forlop_cli_json_text (doc, root, "meeting_id",
                        agenda->meeting != NULL ? forlop_record_get_id (agenda->meeting) : NULL);
  yyjson_mut_obj_add_bool (doc, root, "open", forlop_meeting_agenda_is_open (agenda));
  lines = yyjson_mut_obj_add_arr (doc, root, "lines");
  for (unsigned int i = 0; i < agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (agenda->lines, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, lines);
      g_autofree char *reason =
        line->state == FORLOP_MEETING_SUGGESTED ? forlop_meeting_line_dup_reason (line, today) : NULL;

      forlop_cli_json_text (doc, object, "state", state_code (line->state));
      forlop_cli_json_text (doc, object, "meeting_item_id", line->item_id);
      forlop_cli_json_text (doc, object, "case_id", line->case_id);
      forlop_cli_json_text (doc, object, "citizen_id", line->citizen_id);
      forlop_cli_json_text (doc, object, "citizen_name", line->name);
      forlop_cli_json_text (doc, object, "question", line->question);
      forlop_cli_json_text (doc, object, "reason", reason);
      forlop_cli_json_text (doc, object, "decision", line->decision);
    }
  forlop_cli_print_json (doc);
}

static void
print_agenda (const ForlopMeetingAgenda *agenda,
              ForlopDate                 today)
{
  const char *const headings[] = { _("On the agenda"), _("Suggested"), _("Decided") };

  if (agenda->lines->len == 0)
    forlop_cli_print ("%s\n", _("Nobody is on the agenda, and nobody is suggested."));
  for (unsigned int i = 0; i < agenda->lines->len; i++)
    {
      const ForlopMeetingLine *line = g_ptr_array_index (agenda->lines, i);
      const ForlopMeetingLine *before = i > 0 ? g_ptr_array_index (agenda->lines, i - 1) : NULL;
      g_autofree char *reason =
        line->state == FORLOP_MEETING_SUGGESTED ? forlop_meeting_line_dup_reason (line, today) : NULL;

      if (before == NULL || before->state != line->state)
        forlop_cli_print ("%s\n", headings[line->state]);
      forlop_cli_print ("  %s: %s\n", line->name, reason != NULL ? reason : line->question);
      if (line->decision != NULL)
        forlop_cli_print ("    %s\n", line->decision);
    }
}

static void
add_item (yyjson_mut_doc          *doc,
          yyjson_mut_val          *items,
          const ForlopMinutesItem *item)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, items);
  yyjson_mut_val *tasks;

  forlop_cli_json_text (doc, object, "citizen_id", forlop_record_get_text (item->item, "citizen_id"));
  forlop_cli_json_text (doc, object, "citizen_name", item->name);
  forlop_cli_json_text (doc, object, "case_id", forlop_record_get_text (item->item, "case_id"));
  forlop_cli_json_text (doc, object, "question", forlop_record_get_text (item->item, "question"));
  forlop_cli_json_text (doc, object, "decision", forlop_record_get_text (item->item, "decision"));
  tasks = yyjson_mut_obj_add_arr (doc, object, "tasks");
  for (unsigned int i = 0; i < item->tasks->len; i++)
    {
      const ForlopMinutesTask *task = g_ptr_array_index (item->tasks, i);
      yyjson_mut_val *one = yyjson_mut_arr_add_obj (doc, tasks);

      forlop_cli_json_text (doc, one, "id", forlop_record_get_id (task->task));
      forlop_cli_json_text (doc, one, "title", forlop_record_get_text (task->task, "title"));
      forlop_cli_json_text (doc, one, "role", forlop_record_get_text (task->task, "role"));
      forlop_cli_json_text (doc, one, "who", task->who);
      forlop_cli_json_text (doc, one, "status", forlop_record_get_text (task->task, "status"));
      forlop_cli_json_date (doc, one, "due_on", forlop_record_get_date (task->task, "due_on"));
    }
}

static void
print_minutes_as_json (const ForlopMinutes *minutes)
{
  yyjson_mut_val *root, *items;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);

  forlop_cli_json_text (doc, root, "meeting_id", forlop_record_get_id (minutes->meeting));
  forlop_cli_json_text (doc, root, "title", forlop_record_get_text (minutes->meeting, "title"));
  forlop_cli_json_text (doc, root, "unit_name", minutes->unit_name);
  forlop_cli_json_date (doc, root, "held_on", forlop_record_get_date (minutes->meeting, "held_on"));
  forlop_cli_json_text (doc, root, "participants", forlop_record_get_text (minutes->meeting, "participants"));
  yyjson_mut_obj_add_bool (doc, root, "open", !forlop_record_has (minutes->meeting, "closed_at"));
  items = yyjson_mut_obj_add_arr (doc, root, "items");
  for (unsigned int i = 0; i < minutes->items->len; i++)
    add_item (doc, items, g_ptr_array_index (minutes->items, i));
  forlop_cli_print_json (doc);
}

/* The one unit that is left on the command line; NULL with an exit code. */
static char *
parse (ForlopCli           *self,
       const char          *command,
       char               **argv,
       const GOptionEntry  *entries,
       int                 *exit_code)
{
  g_auto (GStrv) rest = NULL;

  if (!forlop_cli_parse (self, command, argv, entries, &rest, exit_code))
    return NULL;
  if (g_strv_length (rest) == 1)
    return g_strdup (rest[0]);
  *exit_code = forlop_cli_usage (_("Give the name of one unit: forlopctl %s UNIT"), command);

  return NULL;
}

int
forlop_command_meeting_agenda (ForlopCli  *self,
                               char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int exit_code;
  g_autofree char *unit = parse (self, "meeting agenda", argv, entries, &exit_code);
  Job job = { self, unit, FORLOP_DATE_NONE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopMeetingAgenda) agenda = NULL;

  if (unit == NULL)
    return exit_code;
  store = forlop_cli_open_store (self, &error);
  if (store != NULL)
    agenda = forlop_store_write_sync (store, agenda_on_worker, &job, (GDestroyNotify) forlop_meeting_agenda_free,
                                      self->cancellable, &error);
  if (agenda == NULL)
    return forlop_cli_fail (error);
  if (json)
    print_agenda_as_json (agenda, forlop_clock_today (self->clock));
  else
    print_agenda (agenda, forlop_clock_today (self->clock));

  return forlop_store_close (store, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}

int
forlop_command_meeting_minutes (ForlopCli  *self,
                                char      **argv)
{
  gboolean json = FALSE;
  g_autofree char *held = NULL;
  const GOptionEntry entries[] = {
    { "held", 0, 0, G_OPTION_ARG_STRING, &held, N_("The meeting of this day; otherwise the newest"), N_("DATE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int exit_code;
  g_autofree char *unit = parse (self, "meeting minutes", argv, entries, &exit_code);
  Job job = { self, unit, FORLOP_DATE_NONE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopMinutes) minutes = NULL;
  g_autofree char *text = NULL;

  if (unit == NULL)
    return exit_code;
  if (held != NULL && !forlop_date_parse (held, forlop_clock_today (self->clock), &job.held_on, &error))
    return forlop_cli_fail (error);
  store = forlop_cli_open_store (self, &error);
  if (store != NULL)
    minutes = forlop_store_write_sync (store, minutes_on_worker, &job, (GDestroyNotify) forlop_minutes_free,
                                       self->cancellable, &error);
  if (minutes == NULL)
    return forlop_cli_fail (error);
  text = forlop_minutes_dup_text (minutes);
  if (json)
    print_minutes_as_json (minutes);
  else
    forlop_cli_print ("%s", text);

  return forlop_store_close (store, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}
