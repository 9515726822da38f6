/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-integrity.h"
#include "forlop-progress.h"
#include "forlop-store-check.h"

typedef struct {
  ForlopClock *clock;
  ForlopProgress *progress;
} CheckJob;

static void
show_progress (gint64    done,
               gint64    total,
               gpointer  user_data)
{
  forlop_progress_set (user_data, done, total);
}

static gpointer
check_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  CheckJob *job = user_data;

  return forlop_integrity_check (connection, forlop_clock_now (job->clock), show_progress, job->progress,
                                 error);
}

static void
add_problem (yyjson_mut_doc *doc,
             yyjson_mut_val *array,
             const char     *kind,
             const char     *type,
             const char     *id,
             const char     *field,
             const char     *text)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);

  forlop_cli_json_text (doc, object, "kind", kind);
  forlop_cli_json_text (doc, object, "type", type);
  forlop_cli_json_text (doc, object, "id", id);
  forlop_cli_json_text (doc, object, "field", field);
  forlop_cli_json_text (doc, object, "text", text);
}

static void
print_as_json (GPtrArray *of_file,
               GPtrArray *of_data)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "problems");

  for (unsigned int i = 0; i < of_file->len; i++)
    add_problem (doc, array, "file", NULL, NULL, NULL, g_ptr_array_index (of_file, i));
  for (unsigned int i = 0; i < of_data->len; i++)
    {
      const ForlopIntegrityProblem *problem = g_ptr_array_index (of_data, i);

      add_problem (doc, array, problem->kind, problem->type, problem->id, problem->field, problem->text);
    }
  forlop_cli_print_json (doc);
}

static void
print_in_words (GPtrArray *of_file,
                GPtrArray *of_data)
{
  for (unsigned int i = 0; i < of_file->len; i++)
    forlop_cli_print ("%s\n", (const char *) g_ptr_array_index (of_file, i));
  for (unsigned int i = 0; i < of_data->len; i++)
    {
      const ForlopIntegrityProblem *problem = g_ptr_array_index (of_data, i);

      forlop_cli_print ("%s", problem->text);
      if (problem->id != NULL)
        forlop_cli_print (" (%s %s)", problem->type, problem->id);
      forlop_cli_print ("\n");
    }
  if (of_file->len + of_data->len == 0)
    forlop_cli_print ("%s\n", _("The file is whole and what is in it agrees."));
}

int
forlop_command_check (ForlopCli  *self,
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
  g_autoptr (GPtrArray) of_file = NULL;
  g_autoptr (GPtrArray) of_data = NULL;
  CheckJob job;
  int exit_code;

  if (!forlop_cli_parse (self, "check", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl check --help” tells more."), rest[0]);

  store = forlop_cli_open_store (self, &error);
  if (store == NULL)
    return forlop_cli_fail (error);
  of_file = forlop_store_check_sync (store, self->cancellable, &error);
  if (of_file == NULL)
    return forlop_cli_fail (error);
  job = (CheckJob) { self->clock, forlop_progress_new (_("Checking…")) };
  of_data = forlop_store_read_sync (store, check_on_worker, &job, (GDestroyNotify) g_ptr_array_unref,
                                    self->cancellable, &error);
  forlop_progress_free (job.progress);
  if (of_data == NULL)
    return forlop_cli_fail (error);

  if (json)
    print_as_json (of_file, of_data);
  else
    print_in_words (of_file, of_data);

  return of_file->len + of_data->len > 0 ? FORLOP_EXIT_REFUSED : FORLOP_EXIT_DONE;
}
