/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-act.h"
#include "forlop-case-view.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-field-value.h"

typedef struct {
  ForlopCli *cli;
  const char *name;
  gboolean show_number;
} ShowJob;

static const char *
state_code (ForlopStepState state)
{
  switch (state)
    {
    case FORLOP_STEP_FUTURE: return "future";
    case FORLOP_STEP_CURRENT: return "current";
    case FORLOP_STEP_DONE: return "done";
    case FORLOP_STEP_SKIPPED: return "skipped";
    default: g_return_val_if_reached ("");
    }
}

static const char *
state_mark (ForlopStepState state)
{
  switch (state)
    {
    case FORLOP_STEP_FUTURE: return " ";
    case FORLOP_STEP_CURRENT: return "→";
    case FORLOP_STEP_DONE: return "✓";
    case FORLOP_STEP_SKIPPED: return "–";
    default: g_return_val_if_reached ("");
    }
}

/* What the time line says of an act; a newer program's act by its name. */
static const char *
done_words (ForlopRecord *event)
{
  const char *name = forlop_record_get_text (event, "act");
  const ForlopAct *act = forlop_act_find (name);

  return act != NULL ? _(act->done) : name;
}

static void
add_steps (ForlopCaseView *view,
           yyjson_mut_doc *doc,
           yyjson_mut_val *root)
{
  yyjson_mut_val *steps = yyjson_mut_obj_add_arr (doc, root, "steps");

  for (ForlopStep step = FORLOP_STEP_REFERRAL; step < FORLOP_N_STEPS; step++)
    {
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, steps);

      forlop_cli_json_text (doc, object, "step", forlop_step_code (step));
      forlop_cli_json_text (doc, object, "state", state_code (view->pathway.states[step]));
      forlop_cli_json_date (doc, object, "done_on", view->pathway.done_on[step]);
    }
  forlop_cli_json_text (doc, root, "current_step",
                        view->pathway.current < FORLOP_N_STEPS
                          ? forlop_step_code (view->pathway.current) : NULL);
}

static void
add_duties (ForlopCaseView *view,
            yyjson_mut_doc *doc,
            yyjson_mut_val *root,
            gint64          now)
{
  yyjson_mut_val *duties = yyjson_mut_obj_add_arr (doc, root, "duties");

  for (unsigned int i = 0; i < view->duties->len; i++)
    {
      const ForlopDuty *duty = g_ptr_array_index (view->duties, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, duties);
      g_autofree char *text =
        forlop_duty_describe (duty->rule, duty->arguments, forlop_instant_to_date (now));

      forlop_cli_json_text (doc, object, "rule", duty->rule);
      forlop_cli_json_text (doc, object, "text", text);
      forlop_cli_json_text (doc, object, "act", duty->act);
      forlop_cli_json_text (doc, object, "severity", duty->severity);
      forlop_cli_json_text (doc, object, "subject_type", duty->subject_type);
      forlop_cli_json_text (doc, object, "subject_id", duty->subject_id);
      forlop_cli_json_text (doc, object, "role", duty->role);
      forlop_cli_json_text (doc, object, "unit_id", duty->unit_id);
      yyjson_mut_obj_add_bool (doc, object, "visible", duty->visible_from <= now);
      forlop_cli_json_instant (doc, object, "since", duty->since);
      forlop_cli_json_instant (doc, object, "due_at", duty->due_at);
      forlop_cli_json_text (doc, object, "taken_by", duty->taken_by);
    }
}

static void
add_records (ForlopCaseView *view,
             yyjson_mut_doc *doc,
             yyjson_mut_val *root)
{
  yyjson_mut_val *records = yyjson_mut_obj_add_obj (doc, root, "records");

  for (unsigned int t = 0; t < view->records->len; t++)
    {
      GPtrArray *list = g_ptr_array_index (view->records, t);
      const char *type = forlop_record_get_rtype (g_ptr_array_index (list, 0))->name;
      yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, records, type);

      for (unsigned int i = 0; i < list->len; i++)
        yyjson_mut_arr_append (array, forlop_record_to_json (g_ptr_array_index (list, i), doc));
    }
}

static void
add_time_line (ForlopCaseView *view,
               yyjson_mut_doc *doc,
               yyjson_mut_val *root)
{
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "time_line");

  for (unsigned int i = 0; i < view->events->len; i++)
    {
      ForlopRecord *event = g_ptr_array_index (view->events, i);
      yyjson_mut_val *object = forlop_record_to_json (event, doc);

      forlop_cli_json_text (doc, object, "text", done_words (event));
      yyjson_mut_arr_append (array, object);
    }
}

static void
print_as_json (ForlopCaseView *view,
               gboolean        show_number,
               gint64          now)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);

  yyjson_mut_obj_add_val (doc, root, "case",
                          forlop_record_to_json (forlop_snapshot_get_case (view->snapshot), doc));
  yyjson_mut_obj_add_val (doc, root, "citizen",
                          forlop_cli_json_record (forlop_snapshot_get_citizen (view->snapshot),
                                                  show_number, doc));
  add_steps (view, doc, root);
  add_duties (view, doc, root, now);
  add_records (view, doc, root);
  add_time_line (view, doc, root);
  forlop_cli_print_json (doc);
}

static void
print_heading (ForlopCaseView *view,
               gboolean        show_number)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (view->snapshot);
  ForlopRecord *the_case = forlop_snapshot_get_case (view->snapshot);
  g_autofree char *number = NULL;
  g_autofree char *status = forlop_record_dup_shown (the_case, "status");

  if (forlop_record_has (citizen, "id_number"))
    number = forlop_cli_dup_number (forlop_record_get_text (citizen, "id_number"), show_number);
  forlop_cli_print ("%s %s  %s\n", forlop_record_get_text (citizen, "given_name"),
                    forlop_record_get_text (citizen, "family_name"), number != NULL ? number : "");
  forlop_cli_print ("%s %s, %s\n", _("Case"), forlop_record_get_text (the_case, "number"), status);
}

static void
print_steps (ForlopCaseView *view)
{
  for (ForlopStep step = FORLOP_STEP_REFERRAL; step < FORLOP_N_STEPS; step++)
    {
      g_autofree char *done = view->pathway.done_on[step] != FORLOP_DATE_NONE
                                ? forlop_date_format (view->pathway.done_on[step]) : g_strdup ("");

      forlop_cli_print ("  %s %s  %s\n", state_mark (view->pathway.states[step]),
                        forlop_step_label (step), done);
    }
}

static void
print_duties (ForlopCaseView *view,
              gint64          now)
{
  for (unsigned int i = 0; i < view->duties->len; i++)
    {
      const ForlopDuty *duty = g_ptr_array_index (view->duties, i);
      g_autofree char *text =
        forlop_duty_describe (duty->rule, duty->arguments, forlop_instant_to_date (now));
      g_autofree char *due = duty->due_at != FORLOP_INSTANT_NONE ? forlop_instant_format (duty->due_at)
                                                                 : g_strdup ("");

      if (duty->visible_from <= now)
        forlop_cli_print ("  %s  %s  (%s, %s)  %s\n", text, due, forlop_role_label (duty->role),
                          forlop_case_view_get_name (view, duty->unit_id), duty->act != NULL ? duty->act : "");
    }
}

/* The fields that say something to a reader: those with a value, without the owner. */
static void
print_record (ForlopCaseView *view,
              ForlopRecord   *record)
{
  const ForlopField *fields = forlop_record_get_rtype (record)->fields;

  forlop_cli_print ("  %s\n", forlop_record_get_id (record));
  for (const ForlopField *field = fields; field->name != NULL; field++)
    {
      g_autofree char *shown = NULL;

      if (!forlop_record_has (record, field->name) || g_str_equal (field->name, "citizen_id") ||
          g_str_equal (field->name, "case_id"))
        continue;
      if (field->kind == FORLOP_KIND_REF)
        shown = g_strdup (forlop_case_view_get_name (view, forlop_record_get_text (record, field->name)));
      else
        shown = forlop_record_dup_shown (record, field->name);
      forlop_cli_print ("    %s: %s\n", _(field->label), shown);
    }
}

static void
print_records (ForlopCaseView *view)
{
  for (unsigned int t = 0; t < view->records->len; t++)
    {
      GPtrArray *list = g_ptr_array_index (view->records, t);
      const ForlopRecordType *type = forlop_record_get_rtype (g_ptr_array_index (list, 0));

      forlop_cli_print ("\n%s\n", _(type->label_plural));
      for (unsigned int i = 0; i < list->len; i++)
        print_record (view, g_ptr_array_index (list, i));
    }
}

static void
print_time_line (ForlopCaseView *view)
{
  for (unsigned int i = 0; i < view->events->len; i++)
    {
      ForlopRecord *event = g_ptr_array_index (view->events, i);
      g_autofree char *at = forlop_instant_format (forlop_record_get_instant (event, "at"));

      forlop_cli_print ("  %s  %s  %s\n", at, done_words (event),
                        forlop_case_view_get_name (view, forlop_record_get_text (event, "user_id")));
    }
}

static void
print_in_words (ForlopCaseView *view,
                gboolean        show_number,
                gint64          now)
{
  print_heading (view, show_number);
  forlop_cli_print ("\n%s\n", _("Steps"));
  print_steps (view);
  forlop_cli_print ("\n%s\n", _("To do"));
  print_duties (view, now);
  print_records (view);
  forlop_cli_print ("\n%s\n", _("Time line"));
  print_time_line (view);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  ShowJob *job = user_data;
  gint64 now = forlop_clock_now (job->cli->clock);
  g_autoptr (ForlopCaseView) view = forlop_case_view_load (connection, job->name, now, error);
  const char *citizen_id, *case_id;

  if (view == NULL)
    return NULL;

  citizen_id = forlop_record_get_id (forlop_snapshot_get_citizen (view->snapshot));
  case_id = forlop_record_get_id (forlop_snapshot_get_case (view->snapshot));
  if (!forlop_cli_log_on_worker (connection, job->cli, citizen_id, case_id, FORLOP_ACCESS_OPENED, "case",
                                 error) ||
      (job->show_number &&
       !forlop_cli_log_on_worker (connection, job->cli, citizen_id, case_id,
                                  FORLOP_ACCESS_SHOWED_ID_NUMBER, "citizen", error)))
    return NULL;

  return g_steal_pointer (&view);
}

int
forlop_command_case_show (ForlopCli  *self,
                          char      **argv)
{
  gboolean json = FALSE;
  gboolean show_number = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { "show-number", 0, 0, G_OPTION_ARG_NONE, &show_number,
      N_("Show the whole identity number, which is logged"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopCaseView) view = NULL;
  ShowJob job;
  int exit_code;

  if (!forlop_cli_parse (self, "case show", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give the id or the number of one case: forlopctl case show CASE"));

  store = forlop_cli_open_store (self, &error);
  if (store == NULL)
    return forlop_cli_fail (error);
  job = (ShowJob) { self, rest[0], show_number };
  view = forlop_store_write_sync (store, load_on_worker, &job, (GDestroyNotify) forlop_case_view_free,
                                  self->cancellable, &error);
  if (view == NULL || !forlop_store_close (store, &error))
    return forlop_cli_fail (error);

  if (json)
    print_as_json (view, show_number, forlop_clock_now (self->clock));
  else
    print_in_words (view, show_number, forlop_clock_now (self->clock));

  return FORLOP_EXIT_DONE;
}
