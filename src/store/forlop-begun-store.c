/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-begun-store.h"

#define PREFIX "board "

char *
forlop_begun_dup_key (const char *case_id)
{
  g_return_val_if_fail (case_id != NULL, NULL);

  return g_strconcat (PREFIX, case_id, NULL);
}

void
forlop_begun_free (ForlopBegun *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->name);
  g_free (self->body);
  g_free (self->alert_status);
  g_free (self->handled_by);
  g_free (self);
}

/* The key is "board", the case and the user. */
static char *
dup_case_id (const char *key)
{
  g_auto (GStrv) words = g_strsplit (key, " ", -1);

  return g_strdup (g_strv_length (words) > 1 ? words[1] : "");
}

static ForlopBegun *
read_begun (ForlopStatement *statement)
{
  ForlopBegun *self = g_new0 (ForlopBegun, 1);
  g_autofree char *key = forlop_statement_dup_text (statement, 0);

  self->case_id = dup_case_id (key);
  self->body = forlop_statement_dup_text (statement, 1);
  self->citizen_id = forlop_statement_dup_id (statement, 2);
  self->name = forlop_statement_dup_text (statement, 3);
  self->alert_status = forlop_statement_dup_text (statement, 4);
  self->handled_by = forlop_statement_dup_text (statement, 5);
  self->handled_at = forlop_statement_get_instant (statement, 6);

  return self;
}

GHashTable *
forlop_begun_store_list (ForlopConnection  *connection,
                         const char        *user_id,
                         GError           **error)
{
  static const char sql[] =
    "SELECT draft.key, draft.body, \"case\".citizen_id, citizen_row.name, alert.status, "
    "coalesce (\"user\".name, \"user\".short_name), alert.handled_at FROM draft "
    "LEFT JOIN \"case\" ON \"case\".id = unhex (substr (draft.key, length ('" PREFIX "') + 1, 36), '-') "
    "LEFT JOIN citizen_row ON citizen_row.id = \"case\".citizen_id "
    "LEFT JOIN alert ON alert.id = unhex (iif (json_valid (draft.body), draft.body ->> '$.alert', NULL), '-') "
    "LEFT JOIN \"user\" ON \"user\".id = alert.handled_by "
    "WHERE draft.key GLOB '" PREFIX "*' AND draft.user_id IS ?1";
  g_autoptr (GHashTable) begun = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                        (GDestroyNotify) forlop_begun_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, user_id);
  while (forlop_statement_step (statement, &has_row, error))
    {
      ForlopBegun *one;

      if (!has_row)
        return g_steal_pointer (&begun);
      one = read_begun (statement);
      g_hash_table_replace (begun, one->case_id, one);
    }

  return NULL;
}
