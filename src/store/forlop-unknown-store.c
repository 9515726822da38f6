/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unknown-store.h"

#include "forlop-record-store.h"

GPtrArray *
forlop_unknown_store_list (ForlopConnection  *connection,
                           unsigned int       limit,
                           GError           **error)
{
  static const char sql[] = "SELECT id FROM unknown_measurement WHERE status = 'new' AND deleted = 0 "
                            "ORDER BY received_at DESC, id LIMIT ?1";
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);
  while (TRUE)
    {
      g_autofree char *id = NULL;
      ForlopRecord *record;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&records);
      id = forlop_statement_dup_id (statement, 0);
      record = forlop_record_store_load (connection, "unknown_measurement", id, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
}
