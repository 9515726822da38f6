/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-store.h"

#include "forlop-record-store.h"

ForlopBenefits *
forlop_benefits_store_load (ForlopConnection  *connection,
                            const char        *unit_id,
                            GError           **error)
{
  static const char *const types[] = { "case", "baseline", "benefit_cost", "survey_answer" };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_return_val_if_fail (connection != NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GPtrArray *records = forlop_record_store_list (connection, types[i], NULL, NULL, error);

      if (records == NULL)
        return NULL;
      g_ptr_array_add (all, records);
    }

  return forlop_benefits_sum (&(ForlopBenefitRecords) {
    g_ptr_array_index (all, 0), g_ptr_array_index (all, 1), g_ptr_array_index (all, 2), g_ptr_array_index (all, 3),
  }, unit_id);
}

gboolean
forlop_benefits_store_figures (ForlopConnection  *connection,
                               const char        *unit_id,
                               ForlopFigures    **figures,
                               GError           **error)
{
  g_autofree char *id = forlop_figures_dup_id (unit_id);
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (connection != NULL && figures != NULL, FALSE);

  *figures = NULL;
  record = forlop_record_store_peek (connection, forlop_record_type_find ("figures"), id, &problem);
  if (record != NULL)
    *figures = forlop_figures_read (record, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}
