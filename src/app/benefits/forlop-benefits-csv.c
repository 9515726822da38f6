/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-csv.h"

#include <glib/gi18n-lib.h>

#include "forlop-csv-writer.h"
#include "forlop-record-type.h"

/* What stands in a row: a part, a word, two numbers and the people they rest on. */
static gboolean
add_row (ForlopCsvWriter  *writer,
         const char       *part,
         const char       *what,
         double            first,
         double            second,
         unsigned int      n,
         GError          **error)
{
  forlop_csv_writer_add_text (writer, part);
  forlop_csv_writer_add_text (writer, what);
  forlop_csv_writer_add_real (writer, first);
  forlop_csv_writer_add_real (writer, second);
  forlop_csv_writer_add_integer (writer, n);

  return forlop_csv_writer_end_row (writer, NULL, error);
}

static const char *
label_of (const char *type,
          const char *field,
          const char *code)
{
  const ForlopField *declared = forlop_record_type_field (forlop_record_type_find (type), field);
  const char *label = code != NULL ? forlop_field_choice_label (declared, code) : declared->label;

  return label != NULL ? _(label) : code;
}

static gboolean
add_costs (ForlopCsvWriter       *writer,
           const ForlopBenefits  *benefits,
           GError               **error)
{
  const ForlopField *kind =
    forlop_record_type_field (forlop_record_type_find ("benefit_cost"), "kind");

  for (const ForlopChoice *choice = kind->choices; choice->code != NULL && !benefits->are_costs_withheld; choice++)
    if (!add_row (writer, _("Costs, NOK per month"), _(choice->label),
                  forlop_benefits_cost (benefits, "without", choice->code),
                  forlop_benefits_cost (benefits, "with", choice->code), benefits->n_costs, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_survey (ForlopCsvWriter       *writer,
            const ForlopBenefits  *benefits,
            GError               **error)
{
  for (unsigned int i = 0; i < benefits->survey->len; i++)
    {
      const ForlopBenefitCount *count = g_ptr_array_index (benefits->survey, i);

      forlop_csv_writer_add_text (writer, label_of ("survey_answer", count->question, NULL));
      forlop_csv_writer_add_text (writer, label_of ("survey_answer", count->question, count->answer));
      forlop_csv_writer_add_text (writer, NULL);
      forlop_csv_writer_add_text (writer, NULL);
      forlop_csv_writer_add_integer (writer, count->n);
      if (!forlop_csv_writer_end_row (writer, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* What is withheld has no row. */
GBytes *
forlop_benefits_to_csv (const ForlopBenefits  *benefits,
                        GError               **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  const char *const headings[] = {
    _("Part"), _("What"), _("Before or without"), _("After or with"), _("People"),
  };

  g_return_val_if_fail (benefits != NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (headings); i++)
    forlop_csv_writer_add_text (writer, headings[i]);
  if (!forlop_csv_writer_end_row (writer, NULL, error))
    return NULL;

  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    if (!benefits->sums[i].is_withheld &&
        !add_row (writer,
                  i < FORLOP_BENEFIT_FIRST_COUNT ? _("Use of services, per month")
                                                 : _("Use of services, in the period"),
                  label_of ("baseline", forlop_benefit_field ((ForlopBenefit) i), NULL),
                  benefits->sums[i].before, benefits->sums[i].after, benefits->sums[i].n, error))
      return NULL;
  if (!add_costs (writer, benefits, error) || !add_survey (writer, benefits, error) ||
      !forlop_csv_writer_finish (writer, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}
