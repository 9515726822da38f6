/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-intake-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-measurement-csv.h"
#include "forlop-unknown-store.h"

/* A measurement is never dropped: a row that cannot be used as it is waits among the unknown measurements until somebody
 * says whose it is and what it says. */

static ForlopRecord *
new_measurement (const ForlopIncoming *incoming,
                 const char           *citizen_id)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (forlop_act_find ("record-measurement"), NULL);

  forlop_record_set_text (arguments, "citizen_id", citizen_id);
  forlop_record_set_text (arguments, "code", forlop_incoming_code ((ForlopIncoming *) incoming));
  forlop_record_set_real (arguments, "value", incoming->values[0].value);
  if (incoming->n_values > 1)
    forlop_record_set_real (arguments, "value2", incoming->values[1].value);
  forlop_record_set_instant (arguments, "measured_at", incoming->measured_at);
  forlop_record_set_text (arguments, "source", incoming->source);

  return arguments;
}

/* @fault: (nullable): where nothing is wrong with the row itself. */
static gboolean
keep (ForlopIntakeBatch           *batch,
      ForlopConnection            *connection,
      const ForlopMeasurementRow  *row,
      const char                  *fault,
      const char                  *kept_id,
      const ForlopCsvProblem      *problem,
      ForlopIntakeOutcome         *outcome,
      GError                     **error)
{
  g_autofree char *status = forlop_unknown_store_dup_status (connection, kept_id, error);
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autofree char *refusal = NULL;

  if (status == NULL)
    return FALSE;
  /* Somebody has dealt with it since the last time. */
  *outcome = FORLOP_INTAKE_UNCHANGED;
  if (*status != '\0' && !g_str_equal (status, "new"))
    return TRUE;

  if (*status == '\0')
    {
      arguments = forlop_acts_new_arguments (forlop_act_find ("keep-unknown-measurement"), NULL);
      forlop_incoming_tell (row->incoming, arguments);
      if (fault != NULL)
        forlop_record_set_text (arguments, "reason", fault);
      forlop_record_set_text (arguments, "sender", batch->intake->name);
      if (!forlop_intake_perform (batch, connection, "keep-unknown-measurement", arguments, outcome, &refusal, error))
        return FALSE;
    }
  *outcome = refusal == NULL ? FORLOP_INTAKE_KEPT : FORLOP_INTAKE_REFUSED;
  forlop_csv_problems_add_copy (batch->problems, problem);
  if (refusal != NULL)
    forlop_csv_problems_add (batch->problems, problem->line, "", "", refusal);

  return TRUE;
}

/* What waited since an earlier time, as when the citizen was not registered yet, waits no longer. */
static gboolean
settle (ForlopIntakeBatch  *batch,
        ForlopConnection   *connection,
        const char         *kept_id,
        GError            **error)
{
  g_autofree char *status = forlop_unknown_store_dup_status (connection, kept_id, error);
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autofree char *refusal = NULL;
  ForlopIntakeOutcome outcome;

  if (status == NULL)
    return FALSE;
  if (!g_str_equal (status, "new"))
    return TRUE;
  arguments = forlop_acts_new_arguments (forlop_act_find ("set-aside-measurement"), NULL);
  forlop_record_set_text (arguments, "unknown_measurement_id", kept_id);
  forlop_record_set_text (arguments, "aside_reason", _("It came again in a file, and could be used then"));

  return forlop_intake_perform (batch, connection, "set-aside-measurement", arguments, &outcome, &refusal, error);
}

static gboolean
take_row (ForlopIntakeBatch    *batch,
          ForlopConnection     *connection,
          gconstpointer         data,
          ForlopIntakeOutcome  *outcome,
          GError              **error)
{
  const ForlopMeasurementRow *row = data;
  ForlopIncoming *incoming = row->incoming;
  ForlopCsvProblem problem = { .line = row->line, .column = (char *) "", .value = (char *) "" };
  g_autofree char *kept_id = forlop_incoming_dup_kept_id (incoming, batch->intake->actor->unit_id, "");
  g_autofree char *refusal = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;

  if (row->problem != NULL)
    return keep (batch, connection, row, NULL, kept_id, row->problem, outcome, error);

  if (!forlop_intake_find_citizen (connection, incoming->id_number, &citizen, error))
    return FALSE;
  if (citizen == NULL)
    {
      problem.column = (char *) "fødselsnummer";
      problem.value = incoming->id_number;
      problem.reason = (char *) _("No citizen with this number is registered. Register the citizen, and "
                                  "import the file again.");
      return keep (batch, connection, row, NULL, kept_id, &problem, outcome, error);
    }
  arguments = new_measurement (incoming, forlop_record_get_id (citizen));
  if (!forlop_intake_perform (batch, connection, "record-measurement", arguments, outcome, &refusal, error))
    return FALSE;
  if (refusal == NULL)
    return settle (batch, connection, kept_id, error);
  problem.reason = refusal;

  return keep (batch, connection, row, "other", kept_id, &problem, outcome, error);
}

/* The problems of rows that have a measurement in them are told when they are taken. */
static void
note_unreadable (ForlopIntake         *self,
                 ForlopMeasurementCsv *csv)
{
  unsigned int i = 0;

  for (unsigned int j = 0; j < csv->problems->len; j++)
    {
      const ForlopCsvProblem *problem = g_ptr_array_index (csv->problems, j);

      while (i < csv->rows->len && ((ForlopMeasurementRow *) csv->rows->pdata[i])->line < problem->line)
        i++;
      if (i == csv->rows->len || ((ForlopMeasurementRow *) csv->rows->pdata[i])->problem != problem)
        forlop_csv_problems_add_copy (self->unreadable, problem);
    }
}

gboolean
forlop_intake_read_measurements (ForlopIntake  *self,
                                 GInputStream  *stream,
                                 gint64         now,
                                 GCancellable  *cancellable,
                                 GError       **error)
{
  ForlopMeasurementCsv *csv = forlop_measurement_csv_read (stream, now, cancellable, error);

  if (csv == NULL)
    return FALSE;
  self->file = csv;
  self->file_free = (GDestroyNotify) forlop_measurement_csv_free;
  self->rows = csv->rows;
  self->row_func = take_row;
  self->n_repeated = csv->n_repeated;
  note_unreadable (self, csv);
  self->report.n_rows = csv->n_rows;
  self->report.unknown_columns = csv->unknown_columns;

  return TRUE;
}
