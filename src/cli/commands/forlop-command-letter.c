/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-cli-act.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-letter-paper.h"
#include "forlop-letter-store.h"

typedef struct {
  ForlopCli *cli;
  const ForlopAct *act;
  const char *subject_type;
  const char *name;
} Job;

static const char *
case_of (const ForlopLetter *letter)
{
  return forlop_record_get_id (forlop_snapshot_get_case (letter->snapshot));
}

static const char *
citizen_of (const ForlopLetter *letter)
{
  return forlop_record_get_id (forlop_snapshot_get_citizen (letter->snapshot));
}

/* Opening the record is logged before anything of it is read out. */
static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Job *job = user_data;
  g_autofree char *case_id = forlop_cli_resolve (connection, "case", job->name, error);
  g_autoptr (ForlopActor) actor = NULL;
  g_autoptr (ForlopLetter) letter = NULL;

  if (case_id == NULL)
    return NULL;
  actor = forlop_cli_find_actor (connection, job->cli->as, job->act, case_id, forlop_clock_today (job->cli->clock),
                                 error);
  if (actor == NULL)
    return NULL;
  letter = forlop_letter_store_load (connection, case_id, job->subject_type, NULL, forlop_clock_now (job->cli->clock),
                                     error);
  if (letter == NULL ||
      !forlop_cli_log_on_worker (connection, job->cli, citizen_of (letter), case_of (letter), FORLOP_ACCESS_OPENED,
                                 "case", error))
    return NULL;

  return g_steal_pointer (&letter);
}

static gpointer
log_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Job *job = user_data;
  g_autofree char *case_id = forlop_cli_resolve (connection, "case", job->name, error);
  g_autoptr (ForlopRecord) the_case = case_id != NULL ? forlop_record_store_load (connection, "case", case_id, error)
                                                      : NULL;

  if (the_case == NULL ||
      !forlop_cli_log_on_worker (connection, job->cli, forlop_record_get_text (the_case, "citizen_id"), case_id,
                                 FORLOP_ACCESS_EXPORTED, "document", error))
    return NULL;

  return g_strdup ("");
}

static gboolean
keep (ForlopCli           *self,
      ForlopStore         *store,
      const Job           *job,
      const ForlopLetter  *letter,
      GBytes              *pdf,
      GError             **error)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  g_autofree char *hash = forlop_blob_store_put (forlop_store_get_blobs (store), pdf, error);
  g_autofree char *title = forlop_letter_paper_dup_title (letter);
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *json = NULL;

  if (hash == NULL)
    return FALSE;
  forlop_cli_json_text (doc, root, "citizen_id", citizen_of (letter));
  forlop_cli_json_text (doc, root, "case_id", case_of (letter));
  forlop_cli_json_text (doc, root, "kind", forlop_letter_get_kind (letter));
  forlop_cli_json_text (doc, root, "title", title);
  forlop_cli_json_text (doc, root, "content", hash);
  forlop_cli_json_text (doc, root, "media_type", "application/pdf");
  json = forlop_json_write (doc, FALSE);
  result = forlop_cli_do_act (self, store, self->as, job->act, json, error);

  return result != NULL;
}

/* A copy outside is the user's choice: logged first, then written. */
static gboolean
write_copy (ForlopCli    *self,
            ForlopStore  *store,
            Job          *job,
            GBytes       *pdf,
            const char   *path,
            GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *logged = forlop_store_write_sync (store, log_on_worker, job, g_free, self->cancellable, error);
  g_autoptr (GError) local_error = NULL;

  if (logged == NULL)
    return FALSE;
  if (g_file_replace_contents (file, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, self->cancellable,
                               &local_error))
    return TRUE;

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The letter is kept in the case, but the copy “%s” could not be written: %s. Save a copy from the "
                 "case's documents."),
               path, local_error->message);
  return FALSE;
}

static int
make (ForlopCli  *self,
      Job        *job,
      const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, &error);
  g_autoptr (ForlopLetter) letter = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (store == NULL)
    return forlop_cli_fail (error);
  letter = forlop_store_write_sync (store, load_on_worker, job, (GDestroyNotify) forlop_letter_free, self->cancellable,
                                    &error);
  if (letter != NULL)
    pdf = forlop_letter_paper_to_pdf (letter, &error);
  if (pdf == NULL || !keep (self, store, job, letter, pdf, &error))
    return forlop_cli_fail (error);

  forlop_cli_print ("%s\n", forlop_letter_is_plan (letter) ? _("The plan on paper is kept in the case.")
                                                           : _("The letter is kept in the case."));
  if (output != NULL && !write_copy (self, store, job, pdf, output, &error))
    return forlop_cli_fail (error);
  if (output != NULL)
    forlop_cli_print (_("Wrote a copy to “%s”. It is not encrypted.\n"), output);

  return forlop_store_close (store, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}

static int
run (ForlopCli   *self,
     char       **argv,
     const char  *command,
     const char  *subject_type)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("Also write a copy, which is not encrypted"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  Job job = { self, forlop_act_find ("attach-document"), subject_type, NULL };
  int exit_code;

  if (!forlop_cli_parse (self, command, argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give the id or the number of one case: forlopctl %s CASE --output FILE.pdf"), command);
  job.name = rest[0];

  return make (self, &job, output);
}

int
forlop_command_letter_decision (ForlopCli  *self,
                                char      **argv)
{
  return run (self, argv, "letter decision", "decision");
}

int
forlop_command_letter_plan (ForlopCli  *self,
                            char      **argv)
{
  return run (self, argv, "letter plan", "care_plan");
}
