/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-dictionary.h"
#include "forlop-error.h"

typedef struct {
  const char *as;
  const ForlopAct *act;
  ForlopClock *clock;
  ForlopIdSource *ids;
  char *json;
} ActJob;

/* Puts the id where a reference is named in another way. */
static gboolean
resolve_value (ForlopConnection  *connection,
               yyjson_mut_doc    *doc,
               yyjson_mut_val    *root,
               const char        *key,
               const char        *type,
               GError           **error)
{
  const char *name = yyjson_mut_get_str (yyjson_mut_obj_get (root, key));
  g_autofree char *id = NULL;

  if (name == NULL || forlop_id_is_valid (name) || !forlop_cli_can_resolve (type))
    return TRUE;
  id = forlop_cli_resolve (connection, type, name, error);
  if (id == NULL)
    return FALSE;
  yyjson_mut_obj_put (root, yyjson_mut_str (doc, key), yyjson_mut_strcpy (doc, id));

  return TRUE;
}

static char *
resolve_arguments (ForlopConnection  *connection,
                   const ForlopAct   *act,
                   const char        *json,
                   GError           **error)
{
  const ForlopField *fields = forlop_act_get_arguments (act)->fields;
  g_autoptr (yyjson_doc) given = forlop_json_parse (json, -1, error);
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *root;

  if (given == NULL)
    return NULL;
  doc = yyjson_doc_mut_copy (given, NULL);
  root = yyjson_mut_doc_get_root (doc);
  if (!yyjson_mut_is_obj (root))
    return g_strdup (json);

  if (act->saves != NULL && !resolve_value (connection, doc, root, "id", act->saves, error))
    return NULL;
  for (const ForlopField *field = fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_REF &&
        !resolve_value (connection, doc, root, field->name, field->target, error))
      return NULL;

  return forlop_json_write (doc, FALSE);
}

/* An act may allow a role in general and not here, as receiving equipment: then the user's next
 * function is tried, and the first refusal is the one that counts. */
static ForlopActResult *
perform_as_one_of (ForlopConnection  *connection,
                   ActJob            *job,
                   GPtrArray         *actors,
                   ForlopRecord      *arguments,
                   GError           **error)
{
  g_autoptr (GError) refusal = NULL;

  for (unsigned int i = 0; i < actors->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ForlopRecord) copy = forlop_record_copy (arguments);
      ForlopActResult *result =
        forlop_acts_perform (connection, g_ptr_array_index (actors, i), job->ids,
                             forlop_clock_now (job->clock), job->act, copy, &local_error);
      gboolean not_allowed;

      if (result != NULL)
        return result;
      not_allowed = g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED);
      if (refusal == NULL || !not_allowed)
        {
          g_clear_error (&refusal);
          refusal = g_steal_pointer (&local_error);
        }
      if (!not_allowed)
        break;
    }
  g_propagate_error (error, g_steal_pointer (&refusal));

  return NULL;
}

static gpointer
act_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  ActJob *job = user_data;
  const ForlopRecordType *type = forlop_act_get_arguments (job->act);
  g_autofree char *json = resolve_arguments (connection, job->act, job->json, error);
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autoptr (GPtrArray) actors = NULL;
  const char *case_id = NULL;

  if (json == NULL)
    return NULL;
  arguments = forlop_acts_parse_arguments (job->act, json, error);
  if (arguments == NULL)
    return NULL;
  if (forlop_record_type_field (type, "case_id") != NULL)
    case_id = forlop_record_get_text (arguments, "case_id");

  actors = forlop_cli_find_actors (connection, job->as, job->act, case_id,
                                   forlop_clock_today (job->clock), error);
  if (actors == NULL)
    return NULL;

  return perform_as_one_of (connection, job, actors, arguments, error);
}

static void
print_result (const ForlopActResult *result)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);

  forlop_cli_json_text (doc, root, "op_id", result->op_id);
  forlop_cli_json_text (doc, root, "citizen_id", result->citizen_id);
  forlop_cli_json_text (doc, root, "case_id", result->case_id);
  forlop_cli_json_text (doc, root, "subject_type", result->subject_type);
  forlop_cli_json_text (doc, root, "subject_id", result->subject_id);
  forlop_cli_print_json (doc);
}

static int
do_act (ForlopCli       *self,
        const ForlopAct *act,
        const char      *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *text = forlop_cli_read_argument (json, &error);
  ActJob job = { .as = self->as, .act = act, .clock = self->clock, .json = text };

  if (text == NULL || (store = forlop_cli_open_store (self, &error)) == NULL)
    return forlop_cli_fail (error);

  job.ids = forlop_store_get_ids (store);
  result = forlop_store_write_sync (store, act_on_worker, &job,
                                    (GDestroyNotify) forlop_act_result_free, self->cancellable, &error);
  if (result == NULL || !forlop_store_close (store, &error))
    return forlop_cli_fail (error);
  print_result (result);

  return FORLOP_EXIT_DONE;
}

static void
list_acts (void)
{
  unsigned int n;
  const ForlopAct *const *acts = forlop_acts (&n);

  for (unsigned int i = 0; i < n; i++)
    forlop_cli_print ("%-30s %s\n", acts[i]->name, _(acts[i]->label));
}

int
forlop_command_act (ForlopCli  *self,
                    char      **argv)
{
  g_autofree char *json = NULL;
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_STRING, &json,
      N_("The arguments: a JSON object, “-” for standard input, or @FILE"), N_("ARGS") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_("List every act"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  const ForlopAct *act;
  int exit_code;

  if (!forlop_cli_parse (self, NULL, argv, entries, &rest, &exit_code))
    return exit_code;
  if (list)
    {
      list_acts ();
      return FORLOP_EXIT_DONE;
    }
  if (self->help && rest[0] == NULL)
    {
      forlop_cli_print_help ("act", entries);
      return FORLOP_EXIT_DONE;
    }
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give the name of one act; “forlopctl act --list” lists them."));

  act = forlop_act_find (rest[0]);
  if (act == NULL)
    return forlop_cli_usage (_("There is no act “%s”; “forlopctl act --list” lists them."), rest[0]);
  if (self->help)
    {
      g_autofree char *description = forlop_dictionary_describe_act (act);

      forlop_cli_print ("%s", description);
      return FORLOP_EXIT_DONE;
    }
  if (!forlop_acts_can_perform (act))
    return forlop_cli_usage (_("This version cannot do “%s” yet."), act->name);
  if (json == NULL)
    return forlop_cli_usage (_("Give the arguments: --json ARGS. “forlopctl act %s --help” names them."),
                             act->name);

  return do_act (self, act, json);
}
