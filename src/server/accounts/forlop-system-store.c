/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-system-store.h"

#include "forlop-account-query.h"

#define COLUMNS "SELECT name, unit_id, sends, reads, made_at FROM system_key "

void
forlop_system_free (ForlopSystem *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->unit_id);
  g_free (self);
}

static gpointer
read_system (ForlopAccountQuery *query)
{
  ForlopSystem *self = g_new0 (ForlopSystem, 1);

  self->name = forlop_account_query_dup_text (query, 0);
  self->unit_id = forlop_account_query_dup_id (query, 1);
  self->sends = forlop_account_query_get_integer (query, 2) != 0;
  self->reads = forlop_account_query_get_integer (query, 3) != 0;
  self->made_at = forlop_account_query_get_instant (query, 4);

  return self;
}

gboolean
forlop_system_store_find (ForlopAccountStore  *self,
                          const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                          ForlopSystem       **system,
                          GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && hash != NULL && system != NULL, FALSE);

  query = forlop_account_query_new (self, COLUMNS "WHERE hash = $1", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);

  return forlop_account_query_first (query, read_system, (gpointer *) system, error);
}

GPtrArray *
forlop_system_store_list (ForlopAccountStore  *self,
                          GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  query = forlop_account_query_new (self, COLUMNS "ORDER BY name", error);

  return query != NULL
           ? forlop_account_query_list (query, read_system, (GDestroyNotify) forlop_system_free, error) : NULL;
}

gboolean
forlop_system_store_add (ForlopAccountStore  *self,
                         const ForlopSystem  *system,
                         const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
                         GError             **error)
{
  static const char sql[] = "INSERT INTO system_key (hash, name, unit_id, sends, reads, made_at) "
                            "VALUES ($1, $2, $3, $4, $5, $6)";
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && system != NULL && hash != NULL, FALSE);

  query = forlop_account_query_new (self, sql, error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  forlop_account_query_bind_text (query, system->name);
  forlop_account_query_bind_id (query, system->unit_id);
  forlop_account_query_bind_integer (query, system->sends);
  forlop_account_query_bind_integer (query, system->reads);
  forlop_account_query_bind_instant (query, system->made_at);

  return forlop_account_query_execute (query, error);
}

gboolean
forlop_system_store_remove (ForlopAccountStore  *self,
                            const char          *name,
                            GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  query = forlop_account_query_new (self, "DELETE FROM system_key WHERE name = $1", error);
  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_text (query, name);

  return forlop_account_query_execute (query, error);
}
