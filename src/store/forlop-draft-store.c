/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-draft-store.h"

void
forlop_draft_free (ForlopDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->body);
  g_free (self);
}

/* Two people at one machine write the same form each for themselves. */
static char *
key_of_user (const char *key,
             const char *user_id)
{
  return g_strjoin (" ", key, user_id != NULL ? user_id : "-", NULL);
}

/**
 * forlop_draft_store_put:
 * @key: which form on which record, the same each time it is opened.
 * @user_id: (nullable): whose draft it is.
 *
 * Keeps @body in place of what was kept before.
 */
gboolean
forlop_draft_store_put (ForlopConnection  *connection,
                        const char        *key,
                        const char        *user_id,
                        gint64             now,
                        const char        *body,
                        GError           **error)
{
  static const char sql[] =
    "INSERT INTO draft (key, user_id, saved_at, body) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (key) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *own_key = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (body != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  own_key = key_of_user (key, user_id);
  forlop_statement_bind_text (statement, 1, own_key);
  forlop_statement_bind_id (statement, 2, user_id);
  forlop_statement_bind_instant (statement, 3, now);
  forlop_statement_bind_text (statement, 4, body);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_draft_store_find:
 * @draft: (out) (transfer full) (nullable): what was left, or %NULL when nothing was.
 */
gboolean
forlop_draft_store_find (ForlopConnection  *connection,
                         const char        *key,
                         const char        *user_id,
                         ForlopDraft      **draft,
                         GError           **error)
{
  static const char sql[] = "SELECT saved_at, body FROM draft WHERE key = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *own_key = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  *draft = NULL;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  own_key = key_of_user (key, user_id);
  forlop_statement_bind_text (statement, 1, own_key);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *draft = g_new0 (ForlopDraft, 1);
      (*draft)->saved_at = forlop_statement_get_instant (statement, 0);
      (*draft)->body = forlop_statement_dup_text (statement, 1);
    }

  return TRUE;
}

gboolean
forlop_draft_store_remove (ForlopConnection  *connection,
                           const char        *key,
                           const char        *user_id,
                           GError           **error)
{
  static const char sql[] = "DELETE FROM draft WHERE key = ?1";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *own_key = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  own_key = key_of_user (key, user_id);
  forlop_statement_bind_text (statement, 1, own_key);

  return forlop_statement_execute (statement, error);
}
