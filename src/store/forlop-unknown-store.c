/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unknown-store.h"

#include "forlop-record-pick.h"
#include "forlop-record-store.h"

GPtrArray *
forlop_unknown_store_list (ForlopConnection  *connection,
                           unsigned int       limit,
                           GError           **error)
{
  static const char sql[] = "SELECT id FROM unknown_measurement WHERE status = 'new' AND deleted = 0 "
                            "ORDER BY received_at DESC, id LIMIT ?1";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, limit);

  return forlop_record_pick_listed (connection, "unknown_measurement", statement, error);
}
