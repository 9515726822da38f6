/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-act.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-duty.h"
#include "forlop-field-value.h"
#include "forlop-worklist.h"

typedef struct {
  const char *type;
  const char *role;
  const char *unit;
  gint64 now;
} ListJob;

/* What a line of each list shows, in this order. */
static const struct {
  const char *name;
  const char *type;
  const char *fields[8];
} lists[] = {
  { "citizens", "citizen", { "family_name", "given_name", "birth_date", "phone", "postal_place" } },
  { "cases", "case", { "number", "status", "opened_on", "started_on", "next_evaluation_on", "ended_on" } },
  { "items", "item", { "serial_number", "asset_tag", "state" } },
};

static gpointer
worklist_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  ListJob *job = user_data;
  g_autofree char *unit_id = NULL;
  ForlopWorklistQuery query = { .role = job->role, .now = job->now, .group = FORLOP_WORKLIST_ALL };

  if (job->unit != NULL)
    {
      unit_id = forlop_cli_resolve (connection, "unit", job->unit, error);
      if (unit_id == NULL)
        return NULL;
    }
  query.unit_id = unit_id;

  return forlop_worklist_load (connection, &query, error);
}

static gpointer
records_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  ListJob *job = user_data;

  return forlop_record_store_list (connection, job->type, NULL, NULL, error);
}

static const char *
section_code (ForlopWorklistSection section)
{
  switch (section)
    {
    case FORLOP_WORKLIST_NOW: return "now";
    case FORLOP_WORKLIST_TODAY: return "today";
    case FORLOP_WORKLIST_THIS_WEEK: return "this_week";
    case FORLOP_WORKLIST_LATER: return "later";
    default: g_return_val_if_reached ("");
    }
}

static const char *
section_label (ForlopWorklistSection section)
{
  switch (section)
    {
    case FORLOP_WORKLIST_NOW: return _("Now");
    case FORLOP_WORKLIST_TODAY: return _("Today");
    case FORLOP_WORKLIST_THIS_WEEK: return _("This week");
    case FORLOP_WORKLIST_LATER: return _("Later");
    default: g_return_val_if_reached ("");
    }
}

static void
add_row (yyjson_mut_doc          *doc,
         yyjson_mut_val          *array,
         const ForlopWorklistRow *row,
         ForlopDate               today)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);
  g_autofree char *text = forlop_duty_describe (row->rule, row->arguments, today);

  forlop_cli_json_text (doc, object, "section", section_code (row->section));
  forlop_cli_json_text (doc, object, "rule", row->rule);
  forlop_cli_json_text (doc, object, "text", text);
  forlop_cli_json_text (doc, object, "act", row->act);
  forlop_cli_json_text (doc, object, "severity", row->severity);
  forlop_cli_json_text (doc, object, "subject_type", row->subject_type);
  forlop_cli_json_text (doc, object, "subject_id", row->subject_id);
  forlop_cli_json_text (doc, object, "citizen_id", row->citizen_id);
  forlop_cli_json_text (doc, object, "citizen_name", row->citizen_name);
  forlop_cli_json_text (doc, object, "case_id", row->case_id);
  forlop_cli_json_text (doc, object, "role", row->role);
  forlop_cli_json_text (doc, object, "unit_id", row->unit_id);
  forlop_cli_json_text (doc, object, "unit_name", row->unit_name);
  forlop_cli_json_instant (doc, object, "due_at", row->due_at);
  forlop_cli_json_instant (doc, object, "since", row->since);
  forlop_cli_json_text (doc, object, "taken_by", row->taken_by);
  forlop_cli_json_text (doc, object, "taken_by_name", row->taken_by_name);
}

static void
print_row (const ForlopWorklistRow *row,
           ForlopDate               today)
{
  g_autofree char *text = forlop_duty_describe (row->rule, row->arguments, today);
  g_autofree char *due =
    row->due_at != FORLOP_INSTANT_NONE ? forlop_instant_format (row->due_at) : g_strdup ("");

  forlop_cli_print ("  %s  %s  %s", row->citizen_name != NULL ? row->citizen_name : "–", text, due);
  if (row->unit_name != NULL)
    forlop_cli_print ("  (%s)", row->unit_name);
  if (row->taken_by_name != NULL)
    forlop_cli_print ("  %s: %s", _("taken by"), row->taken_by_name);
  forlop_cli_print ("%s%s\n", row->act != NULL ? "  " : "", row->act != NULL ? row->act : "");
}

static void
print_worklist (ForlopWorklist *worklist,
                ForlopDate      today)
{
  int section = -1;

  for (unsigned int i = 0; i < worklist->rows->len; i++)
    {
      const ForlopWorklistRow *row = g_ptr_array_index (worklist->rows, i);

      if ((int) row->section != section)
        {
          section = (int) row->section;
          forlop_cli_print ("%s\n", section_label (row->section));
        }
      print_row (row, today);
    }
  if (worklist->rows->len == 0)
    forlop_cli_print ("%s\n", _("Nothing waits here."));
}

static void
print_worklist_as_json (ForlopWorklist *worklist,
                        ForlopDate      today)
{
  static const char *const groups[FORLOP_WORKLIST_N_GROUPS] = {
    [FORLOP_WORKLIST_ALL] = "all",         [FORLOP_WORKLIST_RED] = "red",
    [FORLOP_WORKLIST_YELLOW] = "yellow",   [FORLOP_WORKLIST_MISSING] = "missing",
    [FORLOP_WORKLIST_DEADLINES] = "deadlines",
  };
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *counts = yyjson_mut_obj_add_obj (doc, root, "counts");
  yyjson_mut_val *rows = yyjson_mut_obj_add_arr (doc, root, "rows");

  for (unsigned int i = 0; i < FORLOP_WORKLIST_N_GROUPS; i++)
    yyjson_mut_obj_add_uint (doc, counts, groups[i], worklist->counts[i]);
  for (unsigned int i = 0; i < worklist->rows->len; i++)
    add_row (doc, rows, g_ptr_array_index (worklist->rows, i), today);
  forlop_cli_print_json (doc);
}

int
forlop_command_list_worklist (ForlopCli  *self,
                              char      **argv)
{
  g_autofree char *role = NULL;
  g_autofree char *unit = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      N_("caseworker, resource_person, coordinator, manager or administrator"), N_("ROLE") },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, N_("Only this unit, by name or id"), N_("UNIT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopWorklist) worklist = NULL;
  ListJob job;
  int exit_code;

  if (!forlop_cli_parse (self, "list worklist", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl list worklist --help” tells more."), rest[0]);
  if (role == NULL || forlop_role_from_code (role) == 0)
    return forlop_cli_usage (_("Say whose worklist: --role caseworker, resource_person, coordinator, manager or "
                               "administrator"));

  store = forlop_cli_open_store (self, &error);
  if (store == NULL)
    return forlop_cli_fail (error);
  job = (ListJob) { .role = role, .unit = unit, .now = forlop_clock_now (self->clock) };
  if (forlop_cli_log (self, store, FORLOP_ACCESS_LISTED, "citizen,task", &error))
    worklist = forlop_store_read_sync (store, worklist_on_worker, &job, (GDestroyNotify) forlop_worklist_free,
                                     self->cancellable, &error);
  if (worklist == NULL)
    return forlop_cli_fail (error);

  if (json)
    print_worklist_as_json (worklist, forlop_instant_to_date (job.now));
  else
    print_worklist (worklist, forlop_instant_to_date (job.now));

  return FORLOP_EXIT_DONE;
}

static void
print_records (GPtrArray         *records,
               const char *const *fields)
{
  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      forlop_cli_print ("%s", forlop_record_get_id (record));
      for (unsigned int f = 0; fields[f] != NULL; f++)
        {
          g_autofree char *shown =
            forlop_record_has (record, fields[f]) ? forlop_record_dup_shown (record, fields[f]) : g_strdup ("");

          forlop_cli_print ("  %s", shown);
        }
      forlop_cli_print ("\n");
    }
}

static void
print_records_as_json (const char *name,
                       GPtrArray  *records,
                       gboolean    show_number)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, name);

  for (unsigned int i = 0; i < records->len; i++)
    yyjson_mut_arr_append (array, forlop_cli_json_record (g_ptr_array_index (records, i), show_number, doc));
  forlop_cli_print_json (doc);
}

/* citizens, cases and items: every record, in the order they were made. */
static int
list_records (ForlopCli   *self,
              char       **argv,
              unsigned int which)
{
  g_autofree char *command = g_strconcat ("list ", lists[which].name, NULL);
  gboolean json = FALSE;
  gboolean show_number = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { "show-number", 0, 0, G_OPTION_ARG_NONE, &show_number,
      N_("Show whole identity numbers in JSON, which is logged"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (GPtrArray) records = NULL;
  ListJob job = { .type = lists[which].type };
  int exit_code;

  if (!forlop_cli_parse (self, command, argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl %s --help” tells more."), rest[0], command);

  store = forlop_cli_open_store (self, &error);
  if (store == NULL)
    return forlop_cli_fail (error);
  if (forlop_cli_log (self, store, show_number ? FORLOP_ACCESS_SHOWED_ID_NUMBER : FORLOP_ACCESS_LISTED,
                      lists[which].type, &error))
    records = forlop_store_read_sync (store, records_on_worker, &job, (GDestroyNotify) g_ptr_array_unref,
                                      self->cancellable, &error);
  if (records == NULL)
    return forlop_cli_fail (error);

  if (json)
    print_records_as_json (lists[which].name, records, show_number);
  else
    print_records (records, lists[which].fields);

  return FORLOP_EXIT_DONE;
}

static gpointer
access_on_worker (ForlopConnection  *connection,
                  gpointer           user_data G_GNUC_UNUSED,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return forlop_access_store_list (connection, NULL, 0, error);
}

static void
print_access (const ForlopAccess *access)
{
  g_autofree char *at = forlop_instant_format (access->at);

  forlop_cli_print ("%s  %s  %s  %s  %s  %s\n", at, access->user_name != NULL ? access->user_name : "–",
                    access->role != NULL ? access->role : "–", access->action,
                    access->kinds != NULL ? access->kinds : "",
                    access->citizen_id != NULL ? access->citizen_id : "");
}

static void
add_access (yyjson_mut_doc     *doc,
            yyjson_mut_val     *array,
            const ForlopAccess *access)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);

  forlop_cli_json_instant (doc, object, "at", access->at);
  forlop_cli_json_text (doc, object, "user_id", access->user_id);
  forlop_cli_json_text (doc, object, "user_name", access->user_name);
  forlop_cli_json_text (doc, object, "role", access->role);
  forlop_cli_json_text (doc, object, "unit_id", access->unit_id);
  forlop_cli_json_text (doc, object, "citizen_id", access->citizen_id);
  forlop_cli_json_text (doc, object, "action", access->action);
  forlop_cli_json_text (doc, object, "kinds", access->kinds);
  forlop_cli_json_text (doc, object, "reason", access->reason);
}

static void
print_access_as_json (GPtrArray *log)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "access");

  for (unsigned int i = 0; i < log->len; i++)
    add_access (doc, array, g_ptr_array_index (log, i));
  forlop_cli_print_json (doc);
}

int
forlop_command_list_access (ForlopCli  *self,
                            char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (GPtrArray) log = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "list access", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl %s --help” tells more."), rest[0],
                             "list access");

  store = forlop_cli_open_store (self, &error);
  if (store != NULL)
    log = forlop_store_read_sync (store, access_on_worker, NULL, (GDestroyNotify) g_ptr_array_unref,
                                  self->cancellable, &error);
  if (log == NULL)
    return forlop_cli_fail (error);

  if (json)
    print_access_as_json (log);
  for (unsigned int i = 0; !json && i < log->len; i++)
    print_access (g_ptr_array_index (log, i));

  return FORLOP_EXIT_DONE;
}

int
forlop_command_list_citizens (ForlopCli  *self,
                              char      **argv)
{
  return list_records (self, argv, 0);
}

int
forlop_command_list_cases (ForlopCli  *self,
                           char      **argv)
{
  return list_records (self, argv, 1);
}

int
forlop_command_list_items (ForlopCli  *self,
                           char      **argv)
{
  return list_records (self, argv, 2);
}
