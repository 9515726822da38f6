/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-ack-store.h"

#include "forlop-date.h"
#include "forlop-json.h"

/* Well below what the server takes at a time. */
#define ROWS 200

typedef struct {
  yyjson_mut_doc *doc;
  yyjson_mut_val *list;
  gint64 last;
} Listing;

static void
add_opened (Listing         *self,
            ForlopStatement *statement)
{
  yyjson_mut_val *object = yyjson_mut_obj (self->doc);
  g_autofree char *at = forlop_instant_to_iso (forlop_statement_get_integer (statement, 1));
  g_autofree char *citizen_id = forlop_statement_dup_id (statement, 2);
  g_autofree char *unit_id = forlop_statement_dup_id (statement, 4);

  self->last = forlop_statement_get_integer (statement, 0);
  yyjson_mut_obj_add_sint (self->doc, object, "n", self->last);
  forlop_json_add_text (self->doc, object, "at", at);
  forlop_json_add_text (self->doc, object, "citizen_id", citizen_id);
  forlop_json_add_text (self->doc, object, "role", forlop_statement_get_text (statement, 3));
  forlop_json_add_text (self->doc, object, "unit_id", unit_id);
  forlop_json_add_text (self->doc, object, "action", forlop_statement_get_text (statement, 5));
  forlop_json_add_text (self->doc, object, "kinds", forlop_statement_get_text (statement, 6));
  forlop_json_add_text (self->doc, object, "reason", forlop_statement_get_text (statement, 7));
  yyjson_mut_arr_append (self->list, object);
}

static void
add_purged (Listing         *self,
            ForlopStatement *statement)
{
  self->last = forlop_statement_get_integer (statement, 0);
  yyjson_mut_arr_add_strcpy (self->doc, self->list, forlop_statement_get_text (statement, 1));
}

static gboolean
list (ForlopConnection  *connection,
      const char        *sql,
      void             (*add) (Listing         *self,
                               ForlopStatement *statement),
      Listing           *listing,
      GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, ROWS);
  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      add (listing, statement);
    }
}

gboolean
forlop_ack_store_next (ForlopConnection  *connection,
                       gboolean           with_purged,
                       ForlopSyncAck    **ack,
                       GError           **error)
{
  static const char opened_sql[] =
    "SELECT n, at, citizen_id, role, unit_id, action, kinds, reason FROM access_log "
    "WHERE n > (SELECT access_acked FROM sync_state) ORDER BY n LIMIT ?1";
  static const char purged_sql[] = "SELECT n, scope FROM purged_scope ORDER BY n LIMIT ?1";
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  Listing opened = { doc, yyjson_mut_arr (doc), 0 };
  Listing purged = { doc, yyjson_mut_arr (doc), 0 };

  g_return_val_if_fail (connection != NULL && ack != NULL, FALSE);

  *ack = NULL;
  if (!list (connection, opened_sql, add_opened, &opened, error) ||
      (with_purged && !list (connection, purged_sql, add_purged, &purged, error)))
    return FALSE;
  if (opened.last == 0 && purged.last == 0)
    return TRUE;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "opened", opened.list);
  yyjson_mut_obj_add_val (doc, root, "purged", purged.list);
  *ack = g_new0 (ForlopSyncAck, 1);
  (*ack)->json = forlop_json_write (doc, FALSE);
  (*ack)->opened_to = opened.last;
  (*ack)->purged_to = purged.last;

  return TRUE;
}

static gboolean
run (ForlopConnection  *connection,
     const char        *sql,
     gint64             n,
     GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, n);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_ack_store_take (ForlopConnection     *connection,
                       const ForlopSyncAck  *ack,
                       GError              **error)
{
  g_return_val_if_fail (connection != NULL && ack != NULL, FALSE);

  return run (connection, "UPDATE sync_state SET access_acked = max (access_acked, ?1)", ack->opened_to, error) &&
         run (connection, "DELETE FROM purged_scope WHERE n <= ?1", ack->purged_to, error);
}

gboolean
forlop_ack_store_rewind (ForlopConnection  *connection,
                         gint64             n,
                         GError           **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);

  return run (connection, "UPDATE sync_state SET access_acked = ?1", n, error);
}

gboolean
forlop_ack_store_note_purged (ForlopConnection  *connection,
                              const char        *scope,
                              GError           **error)
{
  static const char sql[] = "INSERT INTO purged_scope (scope) VALUES (?1)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL && scope != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);

  return forlop_statement_execute (statement, error);
}
