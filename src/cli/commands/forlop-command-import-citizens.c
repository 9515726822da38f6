/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "forlop-citizen-csv.h"
#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-import.h"

/* Fills in what the row says and what is not so already; the number of such fields. */
static unsigned int
fill_arguments (ForlopRecord           *arguments,
                const ForlopCitizenRow *row,
                const char             *unit_id,
                ForlopRecord           *citizen)
{
  const struct {
    const char *field;
    const char *value;
  } given[] = {
    { "id_number", citizen == NULL ? row->id_number : NULL },
    { "given_name", row->given_name },
    { "family_name", row->family_name },
    { "address", row->address },
    { "postal_code", row->postal_code },
    { "postal_place", row->postal_place },
    { "phone", row->phone },
    { "gp", row->gp },
    { "unit_id", unit_id },
  };
  unsigned int n = 0;

  for (unsigned int i = 0; i < G_N_ELEMENTS (given); i++)
    {
      if (given[i].value == NULL ||
          (citizen != NULL && forlop_record_text_is (citizen, given[i].field, given[i].value)))
        continue;
      forlop_record_set_text (arguments, given[i].field, given[i].value);
      n++;
    }

  return n;
}

static ForlopImportOutcome
change_citizen (ForlopImport            *self,
                ForlopConnection        *connection,
                const ForlopCitizenRow  *row,
                const char              *unit_id,
                ForlopRecord            *citizen,
                GPtrArray               *problems,
                GError                 **error)
{
  g_autoptr (ForlopRecord) arguments =
    forlop_acts_new_arguments (forlop_act_find ("change-citizen"), NULL);
  ForlopImportOutcome outcome;

  if (fill_arguments (arguments, row, unit_id, citizen) == 0)
    return FORLOP_IMPORT_UNCHANGED;

  forlop_record_set_text (arguments, "citizen_id", forlop_record_get_id (citizen));
  outcome = forlop_import_perform (self, connection, "change-citizen", arguments, row->line, problems, error);

  return outcome == FORLOP_IMPORT_ADDED ? FORLOP_IMPORT_UPDATED : outcome;
}

static ForlopImportOutcome
take_row (ForlopImport      *self,
          ForlopConnection  *connection,
          gconstpointer      data,
          GPtrArray         *problems,
          GError           **error)
{
  const ForlopCitizenRow *row = data;
  const char *unit_id = row->unit != NULL ? forlop_import_find_unit (self, row->unit) : NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;

  /* A person is worth more than the name of a unit: the row goes in without it. */
  if (row->unit != NULL && unit_id == NULL)
    forlop_import_warn_of_unit (self, row->unit, row->line);
  if (!forlop_import_find_citizen (connection, row->id_number, &citizen, error))
    return FORLOP_IMPORT_FAILED;
  if (citizen != NULL)
    return change_citizen (self, connection, row, unit_id, citizen, problems, error);

  arguments = forlop_acts_new_arguments (forlop_act_find ("register-citizen"), NULL);
  fill_arguments (arguments, row, unit_id, NULL);

  return forlop_import_perform (self, connection, "register-citizen", arguments, row->line, problems, error);
}

static ForlopCitizenCsv *
read_file (ForlopCli   *cli,
           const char  *path,
           GError     **error)
{
  g_autoptr (GInputStream) stream = forlop_cli_open_file (path, cli->cancellable, error);

  if (stream == NULL)
    return NULL;

  return forlop_citizen_csv_read (stream, forlop_clock_today (cli->clock),
                                  cli->cancellable, error);
}

int
forlop_command_import_citizens (ForlopCli  *self,
                                char      **argv)
{
  ForlopImport import = { .row_func = take_row, .act = forlop_act_find ("change-citizen") };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &import.dry_run, N_("Try everything and keep nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &import.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCitizenCsv) csv = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "import citizens", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give one file: forlopctl import citizens FILE.csv"));

  csv = read_file (self, rest[0], &error);
  if (csv == NULL)
    return forlop_cli_fail (error);
  forlop_import_warn_of_columns (csv->unknown_columns);

  import.rows = csv->rows;
  import.problems = csv->problems;
  import.n_read = csv->n_rows;
  import.n_outcomes[FORLOP_IMPORT_UNCHANGED] = csv->n_repeated;

  return forlop_import_run (&import, self);
}
