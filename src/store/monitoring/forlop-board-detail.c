/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-detail.h"

#include "forlop-measurement-store.h"
#include "forlop-record-pick.h"
#include "forlop-snapshot-store.h"

/* How many earlier contacts are shown. */
#define CONTACTS 4

void
forlop_board_detail_free (ForlopBoardDetail *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_clear_pointer (&self->measurements, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_contacts (ForlopConnection   *connection,
               ForlopBoardDetail  *self,
               const char         *case_id,
               GError            **error)
{
  static const char sql[] =
    "SELECT id FROM contact_log WHERE case_id = ?1 AND deleted = 0 ORDER BY at DESC, id DESC LIMIT ?2";
  static const char carried_sql[] =
    "SELECT 1 FROM carry_over WHERE target = 'epj' AND subject_id = ?1 AND deleted = 0";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (ForlopStatement) carried = NULL;
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, case_id);
  forlop_statement_bind_integer (statement, 2, CONTACTS);
  self->contacts = forlop_record_pick_listed (connection, "contact_log", statement, error);
  if (self->contacts == NULL)
    return FALSE;
  if (self->contacts->len == 0)
    return TRUE;

  carried = forlop_connection_prepare (connection, carried_sql, error);
  if (carried == NULL)
    return FALSE;
  forlop_statement_bind_text (carried, 1,
                              forlop_record_get_id (g_ptr_array_index (self->contacts, 0)));
  if (!forlop_statement_step (carried, &has_row, error))
    return FALSE;
  self->last_contact_open = !has_row;

  return TRUE;
}

static gboolean
load_phrases (ForlopConnection   *connection,
              ForlopBoardDetail  *self,
              GError            **error)
{
  static const char sql[] =
    "SELECT id FROM template WHERE kind = 'phrase' AND deleted = 0 AND coalesce (active, 1) = 1 "
    "ORDER BY title";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  self->phrases = forlop_record_pick_listed (connection, "template", statement, error);

  return self->phrases != NULL;
}

/**
 * forlop_board_detail_load:
 *
 * Returns: (transfer full): the detail; given to the thread that shows it.
 */
ForlopBoardDetail *
forlop_board_detail_load (ForlopConnection  *connection,
                          const char        *case_id,
                          gint64             now,
                          int                days,
                          GError           **error)
{
  g_autoptr (ForlopBoardDetail) self = NULL;
  ForlopRecord *citizen;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  self = g_new0 (ForlopBoardDetail, 1);
  self->from = now - days * FORLOP_DAY;
  self->to = now;
  self->snapshot = forlop_snapshot_store_load_case (connection, case_id, now, error);
  if (self->snapshot == NULL)
    return NULL;

  citizen = forlop_snapshot_get_citizen (self->snapshot);
  self->measurements = forlop_measurement_store_list (connection, forlop_record_get_id (citizen),
                                                      NULL, self->from, self->to + 1, error);
  if (self->measurements == NULL || !load_contacts (connection, self, case_id, error) ||
      !load_phrases (connection, self, error))
    return NULL;

  return g_steal_pointer (&self);
}
