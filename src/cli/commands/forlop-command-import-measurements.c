/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-import.h"
#include "forlop-measurement-csv.h"

/* One line of the file: a measurement, or the two of a blood pressure. */
typedef struct {
  const ForlopMeasurementRow *first;
  const ForlopMeasurementRow *second;
} Line;

static gboolean
is_blood_pressure (const ForlopMeasurementRow *first,
                   const ForlopMeasurementRow *second)
{
  return first->line == second->line && first->measure == FORLOP_MEASURE_SYSTOLIC &&
         second->measure == FORLOP_MEASURE_DIASTOLIC;
}

static GPtrArray *
lines_of (ForlopMeasurementCsv *csv)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < csv->rows->len; i++)
    {
      const ForlopMeasurementRow *row = g_ptr_array_index (csv->rows, i);
      const ForlopMeasurementRow *next = i + 1 < csv->rows->len ? g_ptr_array_index (csv->rows, i + 1) : NULL;
      Line *line = g_new0 (Line, 1);

      line->first = row;
      if (next != NULL && is_blood_pressure (row, next))
        {
          line->second = next;
          i++;
        }
      g_ptr_array_add (lines, line);
    }

  return lines;
}

static ForlopRecord *
new_arguments (const Line *line,
               const char *citizen_id)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (forlop_act_find ("record-measurement"), NULL);

  forlop_record_set_text (arguments, "citizen_id", citizen_id);
  forlop_record_set_text (arguments, "code",
                          line->second != NULL ? "blood_pressure" : forlop_measure_code (line->first->measure));
  forlop_record_set_real (arguments, "value", line->first->value);
  if (line->second != NULL)
    forlop_record_set_real (arguments, "value2", line->second->value);
  forlop_record_set_instant (arguments, "measured_at", line->first->measured_at);
  forlop_record_set_text (arguments, "source", forlop_measurement_source_code (line->first->source));

  return arguments;
}

/* The same citizen, measure, time and value is the same measurement: the act then changes nothing. */
static ForlopImportOutcome
take_line (ForlopImport      *self,
           ForlopConnection  *connection,
           gconstpointer      data,
           GPtrArray         *problems,
           GError           **error)
{
  const Line *line = data;
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;

  if (!forlop_import_find_citizen (connection, line->first->id_number, &citizen, error))
    return FORLOP_IMPORT_FAILED;
  if (citizen == NULL)
    {
      forlop_csv_problems_add (problems, line->first->line, "fødselsnummer", line->first->id_number,
                               _("No citizen with this number is registered. Register the citizen, and "
                                 "import the file again."));
      return FORLOP_IMPORT_REFUSED;
    }
  arguments = new_arguments (line, forlop_record_get_id (citizen));

  return forlop_import_perform (self, connection, "record-measurement", arguments, line->first->line,
                                problems, error);
}

static ForlopMeasurementCsv *
read_file (ForlopCli   *cli,
           const char  *path,
           GError     **error)
{
  g_autoptr (GInputStream) stream = forlop_cli_open_file (path, cli->cancellable, error);

  if (stream == NULL)
    return NULL;

  return forlop_measurement_csv_read (stream, forlop_clock_now (cli->clock),
                                      cli->cancellable, error);
}

int
forlop_command_import_measurements (ForlopCli  *self,
                                    char      **argv)
{
  ForlopImport import = { .row_func = take_line, .act = forlop_act_find ("record-measurement") };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &import.dry_run, N_("Try everything and keep nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &import.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopMeasurementCsv) csv = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "import measurements", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Give one file: forlopctl import measurements FILE.csv"));

  csv = read_file (self, rest[0], &error);
  if (csv == NULL)
    return forlop_cli_fail (error);
  forlop_import_warn_of_columns (csv->unknown_columns);

  lines = lines_of (csv);
  import.rows = lines;
  import.problems = csv->problems;
  import.n_read = csv->n_rows;
  import.n_outcomes[FORLOP_IMPORT_UNCHANGED] = csv->n_repeated;

  return forlop_import_run (&import, self);
}
