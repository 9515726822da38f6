/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-cli-act.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-gp-page.h"
#include "forlop-gp-summary-store.h"

typedef struct {
  ForlopCli *cli;
  const ForlopAct *act;
  const char *name;
  const char *question;
  gint64 since;
} Job;

/* What is written and recorded. */
typedef struct {
  ForlopGpSummary *summary;
  GBytes *pdf;
} Made;

static void
made_clear (Made *made)
{
  g_clear_pointer (&made->summary, forlop_gp_summary_free);
  g_clear_pointer (&made->pdf, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Made, made_clear)

static const char *
citizen_of (const ForlopGpSummary *summary)
{
  return forlop_record_get_id (forlop_snapshot_get_citizen (summary->snapshot));
}

static const char *
case_of (const ForlopGpSummary *summary)
{
  return forlop_record_get_id (forlop_snapshot_get_case (summary->snapshot));
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
  g_autoptr (ForlopGpSummary) summary = NULL;

  if (case_id == NULL)
    return NULL;
  actor = forlop_cli_find_actor (connection, job->cli->as, job->act, case_id,
                                 forlop_clock_today (job->cli->clock), error);
  if (actor == NULL)
    return NULL;
  summary = forlop_gp_summary_store_load (connection, case_id, job->since, forlop_clock_now (job->cli->clock),
                                          job->question, actor->user_id, error);
  if (summary == NULL ||
      !forlop_cli_log_on_worker (connection, job->cli, citizen_of (summary), case_of (summary),
                                 FORLOP_ACCESS_OPENED, "case", error))
    return NULL;

  return g_steal_pointer (&summary);
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
record (ForlopCli    *self,
        ForlopStore  *store,
        const Job    *job,
        const Made   *made,
        GError      **error)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  g_autofree char *hash = forlop_blob_store_put (forlop_store_get_blobs (store), made->pdf, error);
  g_autofree char *title = forlop_gp_page_dup_title (made->summary);
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *json = NULL;

  if (hash == NULL)
    return FALSE;
  forlop_cli_json_text (doc, root, "case_id", case_of (made->summary));
  forlop_cli_json_text (doc, root, "title", title);
  forlop_cli_json_text (doc, root, "content", hash);
  forlop_cli_json_instant (doc, root, "covers_until", made->summary->period.to);
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
  g_autofree char *logged =
    forlop_store_write_sync (store, log_on_worker, job, g_free, self->cancellable, error);
  g_autoptr (GError) local_error = NULL;

  if (logged == NULL)
    return FALSE;
  if (g_file_replace_contents (file, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, self->cancellable,
                               &local_error))
    return TRUE;

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The summary is kept in the case, but the copy “%s” could not be written: %s. Save a copy from the "
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
  g_auto (Made) made = { NULL, NULL };

  if (store == NULL)
    return forlop_cli_fail (error);
  made.summary = forlop_store_write_sync (store, load_on_worker, job, (GDestroyNotify) forlop_gp_summary_free,
                                          self->cancellable, &error);
  if (made.summary != NULL)
    made.pdf = forlop_gp_page_to_pdf (made.summary, &error);
  if (made.pdf == NULL || !record (self, store, job, &made, &error))
    return forlop_cli_fail (error);

  forlop_cli_print ("%s\n", _("The summary is kept in the case."));
  if (output != NULL && !write_copy (self, store, job, made.pdf, output, &error))
    return forlop_cli_fail (error);
  if (output != NULL)
    forlop_cli_print (_("Wrote a copy to “%s”. It is not encrypted.\n"), output);

  return forlop_store_close (store, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}

int
forlop_command_gp_summary (ForlopCli  *self,
                           char      **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *since = NULL;
  g_autofree char *question = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_("Also write a copy, which is not encrypted"), N_("FILE") },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, N_("Tell of the time from this day; otherwise since last time"),
      N_("DATE") },
    { "question", 0, 0, G_OPTION_ARG_STRING, &question, N_("What you ask of the GP"), N_("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  Job job = { self, forlop_act_find ("record-gp-summary"), NULL, NULL, FORLOP_INSTANT_NONE };
  ForlopDate date;
  int exit_code;

  if (!forlop_cli_parse (self, "gp-summary", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give the id or the number of one case: forlopctl gp-summary CASE --output FILE.pdf"));
  if (since != NULL)
    {
      if (!forlop_date_parse (since, forlop_clock_today (self->clock), &date, &error))
        return forlop_cli_fail (error);
      job.since = forlop_instant_from_wall (date, 0);
    }
  job.name = rest[0];
  job.question = question;

  return make (self, &job, output);
}
