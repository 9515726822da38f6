/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-changeset-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-list-store.h"
#include "forlop-measurement-store.h"
#include "forlop-outbox-store.h"
#include "forlop-pending-store.h"
#include "forlop-record-store.h"

static gboolean
write_history (ForlopConnection  *connection,
               ForlopChangeset   *changeset,
               const char        *citizen_id,
               const char        *case_id,
               GError           **error)
{
  static const char sql[] =
    "INSERT INTO changeset (op_id, act, created_at, user_id, role, unit_id, citizen_id, case_id, "
    "body, before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
  const ForlopActor *actor = forlop_changeset_get_actor (changeset);
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autofree char *body = forlop_changeset_to_json (changeset);
  g_autofree char *before = forlop_changeset_before_to_json (changeset);

  if (statement == NULL)
    return FALSE;

  forlop_statement_bind_id (statement, 1, forlop_changeset_get_id (changeset));
  forlop_statement_bind_text (statement, 2, forlop_changeset_get_act (changeset));
  forlop_statement_bind_instant (statement, 3, forlop_changeset_get_created_at (changeset));
  forlop_statement_bind_id (statement, 4, actor->user_id);
  forlop_statement_bind_text (statement, 5, actor->role);
  forlop_statement_bind_id (statement, 6, actor->unit_id);
  forlop_statement_bind_id (statement, 7, citizen_id);
  forlop_statement_bind_id (statement, 8, case_id);
  forlop_statement_bind_text (statement, 9, body);
  forlop_statement_bind_text (statement, 10, before);

  return forlop_statement_execute (statement, error);
}

static gboolean
write_operation (ForlopConnection       *connection,
                 const ForlopOperation  *operation,
                 GError                **error)
{
  if (g_str_equal (operation->type->name, "measurement"))
    return forlop_measurement_store_write (connection, operation, error);

  return forlop_record_store_write (connection, operation, error) &&
         forlop_list_store_update (connection, operation, error);
}

/**
 * forlop_changeset_store_apply:
 * @changeset: finished with forlop_changeset_finish().
 * @citizen_id: (nullable): whose history it belongs to.
 * @case_id: (nullable): and in which case.
 *
 * On failure the caller undoes its transaction or savepoint; nothing may be kept of it.
 */
gboolean
forlop_changeset_store_apply (ForlopConnection  *connection,
                              ForlopChangeset   *changeset,
                              const char        *citizen_id,
                              const char        *case_id,
                              GError           **error)
{
  GPtrArray *operations;
  gboolean is_paired;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (changeset != NULL, FALSE);

  if (!forlop_outbox_store_is_paired (connection, &is_paired, error))
    return FALSE;

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (is_paired && !forlop_pending_store_keep (connection, operation, error))
        return FALSE;
      if (!write_operation (connection, operation, error))
        return FALSE;
    }
  /* Afterwards: what one record of the changeset gives up, another may take. */
  for (unsigned int i = 0; i < operations->len; i++)
    if (!forlop_record_store_claims (connection, g_ptr_array_index (operations, i), error))
      return FALSE;

  forlop_connection_touch (connection, "changeset");

  return write_history (connection, changeset, citizen_id, case_id, error) &&
         (!is_paired || forlop_outbox_store_add (connection, changeset, error));
}

/**
 * forlop_changeset_store_load:
 * @act: (out): the name of the act.
 * @before: (out): what the changed fields were before it.
 * @undone_by: (out) (nullable): the changeset that took it back.
 */
gboolean
forlop_changeset_store_load (ForlopConnection  *connection,
                             const char        *op_id,
                             char             **act,
                             char             **before,
                             char             **undone_by,
                             GError           **error)
{
  static const char sql[] = "SELECT act, before, undone_by FROM changeset WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   _("What was to be taken back was not done on this machine. "
                     "Take it back where it was done."));
      return FALSE;
    }

  *act = forlop_statement_dup_text (statement, 0);
  *before = forlop_statement_dup_text (statement, 1);
  *undone_by = forlop_statement_dup_id (statement, 2);

  return TRUE;
}

gboolean
forlop_changeset_store_load_body (ForlopConnection  *connection,
                                  const char        *op_id,
                                  char             **body,
                                  GError           **error)
{
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (op_id != NULL && body != NULL, FALSE);

  *body = NULL;
  statement =
    forlop_connection_prepare (connection, "SELECT body FROM changeset WHERE op_id = ?1", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *body = forlop_statement_dup_text (statement, 0);

  return TRUE;
}

gboolean
forlop_changeset_store_owner (ForlopConnection  *connection,
                              const char        *op_id,
                              char             **citizen_id,
                              char             **case_id,
                              GError           **error)
{
  static const char sql[] = "SELECT citizen_id, case_id FROM changeset WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *citizen_id = forlop_statement_dup_id (statement, 0);
      *case_id = forlop_statement_dup_id (statement, 1);
    }

  return TRUE;
}

gboolean
forlop_changeset_store_mark_undone (ForlopConnection  *connection,
                                    const char        *op_id,
                                    const char        *undone_by,
                                    GError           **error)
{
  static const char sql[] = "UPDATE changeset SET undone_by = ?2 WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  forlop_statement_bind_id (statement, 2, undone_by);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_changeset_store_newest (ForlopConnection  *connection,
                               gint64            *created_at,
                               GError           **error)
{
  static const char sql[] = "SELECT created_at FROM changeset ORDER BY op_no DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (created_at != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *created_at = has_row ? forlop_statement_get_instant (statement, 0) : FORLOP_INSTANT_NONE;

  return TRUE;
}
