/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-pick.h"

#include "forlop-record-store.h"

gboolean
forlop_record_pick_named (ForlopConnection  *connection,
                          const char        *type,
                          const char        *id,
                          ForlopRecord     **record,
                          GError           **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && record != NULL, FALSE);

  *record = id != NULL ? forlop_record_store_peek (connection, forlop_record_type_find (type), id, &local_error) : NULL;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

GPtrArray *
forlop_record_pick_listed (ForlopConnection  *connection,
                           const char        *type,
                           ForlopStatement   *statement,
                           GError           **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL && statement != NULL, NULL);

  while (TRUE)
    {
      g_autofree char *id = NULL;
      ForlopRecord *record;
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&records);
      id = forlop_statement_dup_id (statement, 0);
      record = forlop_record_store_load (connection, type, id, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
}
