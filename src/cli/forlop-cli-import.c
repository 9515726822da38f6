/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-import.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-progress.h"

/* What is asked for on the command line. */
typedef struct {
  ForlopIntakeKind kind;
  gboolean is_trial;
  gboolean as_json;
} Wish;

typedef struct {
  const char *as;
  const ForlopAct *act;
  ForlopDate today;
} Who;

/* Without --as it is the one administrator, where there is only one. */
static char *
dup_only_administrator (ForlopConnection  *connection,
                        GError           **error)
{
  g_autoptr (GPtrArray) functions =
    forlop_record_store_list (connection, "membership", "role", "administrator", error);
  const char *user_id = NULL;

  if (functions == NULL)
    return NULL;
  for (unsigned int i = 0; i < functions->len; i++)
    {
      const char *id = forlop_record_get_text (g_ptr_array_index (functions, i), "user_id");

      if (user_id != NULL && !g_str_equal (user_id, id))
        return g_strdup ("");
      user_id = id;
    }

  return g_strdup (user_id != NULL ? user_id : "");
}

static gpointer
find_actor_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  Who *who = user_data;
  g_autofree char *as = who->as != NULL ? g_strdup (who->as) : dup_only_administrator (connection, error);

  return as != NULL ? forlop_cli_find_actor (connection, as, who->act, NULL, who->today, error) : NULL;
}

static int
by_line (gconstpointer a,
         gconstpointer b)
{
  const ForlopCsvProblem *one = *(const ForlopCsvProblem *const *) a;
  const ForlopCsvProblem *other = *(const ForlopCsvProblem *const *) b;

  return (one->line > other->line) - (one->line < other->line);
}

static void
print_as_json (const ForlopIntakeReport *report,
               ForlopIntakeKind          kind)
{
  yyjson_mut_val *root;
  g_autoptr (yyjson_mut_doc) doc = forlop_cli_new_json (&root);
  yyjson_mut_val *refused;

  yyjson_mut_obj_add_uint (doc, root, "rows", report->n_rows);
  yyjson_mut_obj_add_uint (doc, root, "added", report->n_outcomes[FORLOP_INTAKE_ADDED]);
  yyjson_mut_obj_add_uint (doc, root, "updated", report->n_outcomes[FORLOP_INTAKE_UPDATED]);
  yyjson_mut_obj_add_uint (doc, root, "unchanged", report->n_outcomes[FORLOP_INTAKE_UNCHANGED]);
  if (kind == FORLOP_INTAKE_MEASUREMENTS)
    yyjson_mut_obj_add_uint (doc, root, "kept", report->n_outcomes[FORLOP_INTAKE_KEPT]);
  refused = yyjson_mut_obj_add_arr (doc, root, "refused");
  for (unsigned int i = 0; i < report->problems->len; i++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (report->problems, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, refused);

      yyjson_mut_obj_add_uint (doc, object, "line", problem->line);
      forlop_cli_json_text (doc, object, "column", problem->column);
      forlop_cli_json_text (doc, object, "value", problem->value);
      forlop_cli_json_text (doc, object, "reason", problem->reason);
    }
  forlop_cli_print_json (doc);
}

static void
print_in_words (const ForlopIntakeReport *report,
                gboolean                  is_trial)
{
  unsigned int n_kept = report->n_outcomes[FORLOP_INTAKE_KEPT];

  if (report->n_rows == 0)
    forlop_cli_print ("%s\n", _("The file has a heading and no rows. Nothing was imported; look whether it is the right "
                              "file."));
  forlop_cli_print (_("Rows %u, added %u, updated %u, unchanged %u, refused %u.\n"), report->n_rows,
                    report->n_outcomes[FORLOP_INTAKE_ADDED], report->n_outcomes[FORLOP_INTAKE_UPDATED],
                    report->n_outcomes[FORLOP_INTAKE_UNCHANGED], report->problems->len);
  if (n_kept > 0)
    {
      forlop_cli_print (ngettext ("%u of these is kept among the unknown measurements, where it can be placed or set aside.",
                                  "%u of these are kept among the unknown measurements, where they can be placed or set aside.",
                                  n_kept), n_kept);
      forlop_cli_print ("\n");
    }
  for (unsigned int i = 0; i < report->problems->len; i++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (report->problems, i);

      forlop_cli_print (_("Line %u"), problem->line);
      if (*problem->column != '\0')
        /* Translators: of a line that was not imported: the column, and what stands in it. */
        forlop_cli_print (_(", %s: “%s”"), problem->column, problem->value);
      forlop_cli_print (": %s\n", problem->reason);
    }
  if (is_trial)
    forlop_cli_print ("%s\n", _("Nothing was changed: this was a trial."));
}

static void
warn_of_columns (const ForlopIntakeReport *report)
{
  for (unsigned int i = 0; report->unknown_columns != NULL && report->unknown_columns[i] != NULL; i++)
    {
      fprintf (stderr, _("The column “%s” is not known and was left out."), report->unknown_columns[i]);
      fprintf (stderr, "\n");
    }
}

static void
print_report (const ForlopIntakeReport *report,
              const Wish               *wish)
{
  for (unsigned int i = 0; i < report->unknown_units->len; i++)
    {
      const ForlopCsvProblem *unit = g_ptr_array_index (report->unknown_units, i);

      g_printerr (_("Line %u: there is no unit “%s”. The citizen comes without a unit; let the "
                    "administrator make the unit and import the file again."), unit->line, unit->value);
      g_printerr ("\n");
    }
  g_ptr_array_sort (report->problems, by_line);
  if (wish->as_json)
    print_as_json (report, wish->kind);
  else
    print_in_words (report, wish->is_trial);
}

static gboolean
take_all (ForlopIntake  *intake,
          ForlopStore   *store,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (ForlopProgress) progress = forlop_progress_new (_("Importing…"));

  while (!forlop_intake_is_done (intake))
    {
      if (!forlop_intake_take_sync (intake, store, cancellable, error))
        return FALSE;
      forlop_progress_set (progress, (gint64) (100 * forlop_intake_get_share (intake)), 100);
    }

  return forlop_store_close (store, error);
}

static ForlopIntake *
read_file (ForlopCli         *self,
           ForlopIntakeKind   kind,
           const char        *path,
           GError           **error)
{
  g_autoptr (GInputStream) stream = forlop_cli_open_file (path, self->cancellable, error);
  g_autofree char *name = NULL;

  if (stream == NULL)
    return NULL;
  name = g_filename_display_basename (path);

  return forlop_intake_read (kind, stream, name, forlop_clock_now (self->clock), self->cancellable, error);
}

static int
import (ForlopCli    *self,
        ForlopIntake *intake,
        const Wish   *wish)
{
  Who who = { self->as, forlop_intake_act (wish->kind), forlop_clock_today (self->clock) };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, &error);
  g_autoptr (ForlopActor) actor = NULL;
  const ForlopIntakeReport *report;
  gboolean is_done;

  if (store != NULL)
    actor = forlop_store_read_sync (store, find_actor_on_worker, &who, NULL, self->cancellable, &error);
  if (actor == NULL)
    return forlop_cli_fail (error);

  forlop_intake_begin (intake, actor, wish->is_trial);
  report = forlop_intake_get_report (intake);
  warn_of_columns (report);
  is_done = take_all (intake, store, self->cancellable, &error);
  print_report (report, wish);
  if (is_done)
    return report->problems->len > 0 ? FORLOP_EXIT_PARTLY : FORLOP_EXIT_DONE;

  /* What is committed stays, and was said before the reason why there is not more. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return forlop_cli_fail (error);
  fprintf (stderr, "%s\n", _("Interrupted. What is counted above is kept and whole; import the file again for the rest."));

  return FORLOP_EXIT_INTERRUPTED;
}

int
forlop_cli_import (ForlopCli         *self,
                   ForlopIntakeKind   kind,
                   const char        *name,
                   char             **argv)
{
  Wish wish = { .kind = kind };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wish.is_trial, N_("Try everything and keep nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wish.as_json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopIntake) intake = NULL;
  int exit_code;

  g_return_val_if_fail (self != NULL && name != NULL, FORLOP_EXIT_REFUSED);

  if (!forlop_cli_parse (self, name, argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    {
      g_autofree char *usage = g_strdup_printf (_("Give one file: forlopctl %s FILE.csv"), name);

      return forlop_cli_usage ("%s", usage);
    }
  intake = read_file (self, kind, rest[0], &error);
  if (intake == NULL)
    return forlop_cli_fail (error);

  return import (self, intake, &wish);
}
