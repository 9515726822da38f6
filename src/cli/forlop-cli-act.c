/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-act.h"

#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-error.h"

typedef struct {
  const char *as;
  const ForlopAct *act;
  ForlopClock *clock;
  ForlopIdSource *ids;
  const char *json;
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

const ForlopAct *
forlop_cli_find_act (const char  *name,
                     GError     **error)
{
  const ForlopAct *act;

  g_return_val_if_fail (name != NULL, NULL);

  act = forlop_act_find (name);
  if (act == NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                 _("There is no act “%s”; “forlopctl act --list” lists them."), name);
  else if (!forlop_acts_can_perform (act))
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND, _("This version cannot do “%s” yet."), name);
  else
    return act;

  return NULL;
}

ForlopActResult *
forlop_cli_do_act (ForlopCli        *self,
                   ForlopStore      *store,
                   const char       *as,
                   const ForlopAct  *act,
                   const char       *json,
                   GError          **error)
{
  ActJob job = { .as = as, .act = act, .clock = self->clock, .json = json };

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (act != NULL && json != NULL, NULL);

  job.ids = forlop_store_get_ids (store);

  return forlop_store_write_sync (store, act_on_worker, &job, (GDestroyNotify) forlop_act_result_free,
                                  self->cancellable, error);
}

void
forlop_cli_print_act_result (const ForlopActResult *result,
                             gboolean               pretty)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *made = yyjson_mut_arr (doc);
  g_autofree char *text = NULL;

  g_return_if_fail (result != NULL);

  forlop_cli_json_text (doc, root, "op_id", result->op_id);
  forlop_cli_json_text (doc, root, "citizen_id", result->citizen_id);
  forlop_cli_json_text (doc, root, "case_id", result->case_id);
  forlop_cli_json_text (doc, root, "subject_type", result->subject_type);
  forlop_cli_json_text (doc, root, "subject_id", result->subject_id);
  for (unsigned int i = 0; i < result->made->len; i++)
    {
      const ForlopActMade *record = g_ptr_array_index (result->made, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, made);

      forlop_cli_json_text (doc, object, "type", record->type);
      forlop_cli_json_text (doc, object, "id", record->id);
    }
  yyjson_mut_obj_add_val (doc, root, "made", made);

  text = forlop_json_write (doc, pretty);
  forlop_cli_print ("%s\n", text);
}
