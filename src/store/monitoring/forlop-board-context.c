/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-store-private.h"

/* What stands beside what is open: who is away, and who was spoken with last. */

static void
read_pause (ForlopBoardLoading *loading,
            ForlopStatement    *statement)
{
  ForlopBoardRow *row = forlop_board_find_row (loading, statement);

  if (row == NULL || row->pause_id != NULL)
    return;

  row->pause_id = forlop_statement_dup_id (statement, 1);
  row->pause_reason = g_intern_string (forlop_statement_get_text (statement, 2));
  row->pause_until = forlop_statement_get_instant (statement, 3);
}

gboolean
forlop_board_load_pauses (ForlopBoardLoading  *loading,
                          GError             **error)
{
  static const char sql[] =
    "SELECT case_id, id, reason, to_time FROM pause WHERE deleted = 0 AND from_time <= ?1 "
    "AND (to_time IS NULL OR to_time > ?1) ORDER BY to_time IS NOT NULL, to_time DESC";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_instant (statement, 1, loading->query->now);

  return forlop_board_read_all (loading, statement, read_pause, error);
}

/* Only of those something waits for: of the others it is asked when they are looked at. */
gboolean
forlop_board_load_contacts (ForlopBoardLoading  *loading,
                            GError             **error)
{
  static const char sql[] =
    "SELECT at, way FROM contact_log WHERE case_id = ?1 AND at <= ?2 AND deleted = 0 AND way IS NOT 'none' "
    "ORDER BY at DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (loading->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  for (unsigned int i = 0; i < loading->board->rows->len; i++)
    {
      ForlopBoardRow *row = g_ptr_array_index (loading->board->rows, i);
      gboolean has_row;

      if (row->need == FORLOP_BOARD_CALM)
        continue;
      forlop_statement_reset (statement);
      forlop_statement_bind_id (statement, 1, row->case_id);
      forlop_statement_bind_instant (statement, 2, loading->query->now);
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        continue;
      row->contact_at = forlop_statement_get_instant (statement, 0);
      row->contact_way = g_intern_string (forlop_statement_get_text (statement, 1));
    }

  return TRUE;
}
