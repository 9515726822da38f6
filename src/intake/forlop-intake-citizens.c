/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-intake-private.h"

#include "forlop-citizen-csv.h"

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

/* A person is worth more than the name of a unit: the row goes in without it, and that is told. */
static const char *
find_unit (ForlopIntakeBatch      *batch,
           const ForlopCitizenRow *row)
{
  g_autofree char *folded = NULL;
  const char *id;

  if (row->unit == NULL)
    return NULL;
  folded = g_utf8_casefold (row->unit, -1);
  id = g_hash_table_lookup (batch->intake->units, folded);
  if (id == NULL)
    forlop_csv_problems_add (batch->unknown_units, row->line, "enhet", row->unit, "");

  return id;
}

static gboolean
take_row (ForlopIntakeBatch    *batch,
          ForlopConnection     *connection,
          gconstpointer         data,
          ForlopIntakeOutcome  *outcome,
          GError              **error)
{
  const ForlopCitizenRow *row = data;
  const char *unit_id = find_unit (batch, row);
  const char *act = "register-citizen";
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autofree char *refusal = NULL;

  if (!forlop_intake_find_citizen (connection, row->id_number, &citizen, error))
    return FALSE;
  if (citizen != NULL)
    act = "change-citizen";
  arguments = forlop_acts_new_arguments (forlop_act_find (act), NULL);
  *outcome = FORLOP_INTAKE_UNCHANGED;
  if (fill_arguments (arguments, row, unit_id, citizen) == 0)
    return TRUE;

  if (citizen != NULL)
    forlop_record_set_text (arguments, "citizen_id", forlop_record_get_id (citizen));
  if (!forlop_intake_perform (batch, connection, act, arguments, outcome, &refusal, error))
    return FALSE;
  if (refusal != NULL)
    forlop_csv_problems_add (batch->problems, row->line, "", "", refusal);
  else if (citizen != NULL && *outcome == FORLOP_INTAKE_ADDED)
    *outcome = FORLOP_INTAKE_UPDATED;

  return TRUE;
}

gboolean
forlop_intake_read_citizens (ForlopIntake  *self,
                             GInputStream  *stream,
                             gint64         now,
                             GCancellable  *cancellable,
                             GError       **error)
{
  ForlopCitizenCsv *csv = forlop_citizen_csv_read (stream, forlop_instant_to_date (now), cancellable, error);

  if (csv == NULL)
    return FALSE;
  self->file = csv;
  self->file_free = (GDestroyNotify) forlop_citizen_csv_free;
  self->rows = csv->rows;
  self->row_func = take_row;
  self->n_repeated = csv->n_repeated;
  for (unsigned int i = 0; i < csv->problems->len; i++)
    forlop_csv_problems_add_copy (self->unreadable, g_ptr_array_index (csv->problems, i));
  self->report.n_rows = csv->n_rows;
  self->report.unknown_columns = csv->unknown_columns;

  return TRUE;
}
