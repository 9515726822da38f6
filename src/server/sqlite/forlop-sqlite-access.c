/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sqlite-private.h"

#include <string.h>

static gpointer
read_rule (ForlopStatement *statement)
{
  ForlopServerRule *rule = g_new0 (ForlopServerRule, 1);

  rule->scope = forlop_statement_dup_text (statement, 0);
  rule->role = forlop_statement_dup_text (statement, 1);
  rule->unit_id = forlop_sqlite_dup_unit (statement, 2);
  rule->basis = forlop_statement_dup_text (statement, 3);
  rule->valid_to = forlop_statement_get_instant (statement, 4);

  return rule;
}

static GDestroyNotify free_rule = (GDestroyNotify) forlop_server_rule_free;

static gpointer
read_scope (ForlopStatement *statement)
{
  return forlop_statement_dup_text (statement, 0);
}

/* What begins with the colon comes before what begins with the sign after it. */
static GPtrArray *
sqlite_list_scopes (ForlopServerStorage  *self,
                    const char           *prefix,
                    GError              **error)
{
  static const char sql[] = "SELECT DISTINCT scope FROM record WHERE scope >= ?1 AND scope < ?2 ORDER BY scope";
  g_autofree char *end = g_strdup (prefix);
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  end[strlen (end) - 1]++;
  forlop_statement_bind_text (statement, 1, prefix);
  forlop_statement_bind_text (statement, 2, end);

  return forlop_sqlite_list (statement, read_scope, g_free, error);
}

static GPtrArray *
sqlite_list_rules (ForlopServerStorage  *self,
                   const char           *scope,
                   GError              **error)
{
  static const char sql[] =
    "SELECT scope, role, unit_id, basis, valid_to FROM access_rule WHERE scope = ?1 ORDER BY role, unit_id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, scope);

  return forlop_sqlite_list (statement, read_rule, free_rule, error);
}

static GPtrArray *
sqlite_list_rules_for (ForlopServerStorage  *self,
                       const char           *role,
                       const char           *unit_id,
                       GError              **error)
{
  static const char sql[] =
    "SELECT scope, role, unit_id, basis, valid_to FROM access_rule WHERE role = ?1 AND unit_id IN (?2, x'') "
    "ORDER BY scope, unit_id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, role);
  forlop_sqlite_bind_unit (statement, 2, unit_id);

  return forlop_sqlite_list (statement, read_rule, free_rule, error);
}

static GPtrArray *
sqlite_list_ended_rules (ForlopServerStorage  *self,
                         gint64                now,
                         GError              **error)
{
  static const char sql[] =
    "SELECT scope, role, unit_id, basis, valid_to FROM access_rule WHERE valid_to IS NOT NULL AND valid_to <= ?1 "
    "ORDER BY scope, role, unit_id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, now);

  return forlop_sqlite_list (statement, read_rule, free_rule, error);
}

static gboolean
sqlite_put_rule (ForlopServerStorage     *self,
                 const ForlopServerRule  *rule,
                 GError                 **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO access_rule (scope, role, unit_id, basis, valid_to) VALUES (?1, ?2, ?3, ?4, ?5)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, rule->scope);
  forlop_statement_bind_text (statement, 2, rule->role);
  forlop_sqlite_bind_unit (statement, 3, rule->unit_id);
  forlop_statement_bind_text (statement, 4, rule->basis);
  forlop_statement_bind_instant (statement, 5, rule->valid_to);

  return forlop_sqlite_execute (statement, error);
}

static gboolean
sqlite_drop_rule (ForlopServerStorage     *self,
                  const ForlopServerRule  *rule,
                  GError                 **error)
{
  static const char sql[] = "DELETE FROM access_rule WHERE scope = ?1 AND role = ?2 AND unit_id = ?3";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, rule->scope);
  forlop_statement_bind_text (statement, 2, rule->role);
  forlop_sqlite_bind_unit (statement, 3, rule->unit_id);

  return forlop_sqlite_execute (statement, error);
}

#define GRANT "SELECT user_id, scope, gen, active, basis, valid_to, seq FROM access_grant "

static gpointer
read_grant (ForlopStatement *statement)
{
  ForlopServerGrant *grant = g_new0 (ForlopServerGrant, 1);

  grant->user_id = forlop_statement_dup_id (statement, 0);
  grant->scope = forlop_statement_dup_text (statement, 1);
  grant->gen = forlop_statement_get_integer (statement, 2);
  grant->active = forlop_statement_get_boolean (statement, 3);
  grant->basis = forlop_statement_dup_text (statement, 4);
  grant->valid_to = forlop_statement_get_instant (statement, 5);
  grant->seq = forlop_statement_get_integer (statement, 6);

  return grant;
}

static gboolean
sqlite_get_grant (ForlopServerStorage  *self,
                  const char           *user_id,
                  const char           *scope,
                  ForlopServerGrant   **grant,
                  GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, GRANT "WHERE user_id = ?1 AND scope = ?2", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, user_id);
  forlop_statement_bind_text (statement, 2, scope);

  return forlop_sqlite_first (statement, read_grant, (gpointer *) grant, error);
}

static gboolean
sqlite_put_grant (ForlopServerStorage      *self,
                  const ForlopServerGrant  *grant,
                  GError                  **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO access_grant (user_id, scope, gen, active, basis, valid_to, seq) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, grant->user_id);
  forlop_statement_bind_text (statement, 2, grant->scope);
  forlop_statement_bind_integer (statement, 3, grant->gen);
  forlop_statement_bind_boolean (statement, 4, grant->active);
  forlop_statement_bind_text (statement, 5, grant->basis);
  forlop_statement_bind_instant (statement, 6, grant->valid_to);
  forlop_statement_bind_integer (statement, 7, grant->seq);

  return forlop_sqlite_execute (statement, error);
}

static GPtrArray *
sqlite_list_grants (ForlopServerStorage  *self,
                    const char           *user_id,
                    gint64                after,
                    GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, GRANT "WHERE user_id = ?1 AND seq > ?2 ORDER BY seq, scope", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, user_id);
  forlop_statement_bind_integer (statement, 2, after);

  return forlop_sqlite_list (statement, read_grant, (GDestroyNotify) forlop_server_grant_free, error);
}

static GPtrArray *
sqlite_list_ended_grants (ForlopServerStorage  *self,
                          gint64                now,
                          GError              **error)
{
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (
    self, GRANT "WHERE active = 1 AND valid_to IS NOT NULL AND valid_to <= ?1 ORDER BY user_id, scope", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, now);

  return forlop_sqlite_list (statement, read_grant, (GDestroyNotify) forlop_server_grant_free, error);
}

/* Empty text is no text. */
static void
bind_some_id (ForlopStatement *statement,
              int              parameter,
              const char      *id)
{
  forlop_statement_bind_id (statement, parameter, id != NULL && *id != '\0' ? id : NULL);
}

static void
bind_some_text (ForlopStatement *statement,
                int              parameter,
                const char      *text)
{
  forlop_statement_bind_text (statement, parameter, text != NULL && *text != '\0' ? text : NULL);
}

static gboolean
sqlite_add_access (ForlopServerStorage       *self,
                   const ForlopServerAccess  *access,
                   GError                   **error)
{
  static const char sql[] =
    "INSERT INTO access_log (n, at, client_at, user_id, role, unit_id, device_id, scope, kinds, action, "
    "reason, request_id, result, previous, hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
  ForlopTenantStorage *tenant = &FORLOP_SQLITE (self)->tenant;
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);
  guint8 previous[FORLOP_SYNC_HASH_BYTES];

  if (statement == NULL || !forlop_tenant_storage_know_head (tenant, error))
    return FALSE;
  forlop_tenant_state_add_access (&tenant->state, access, previous);

  forlop_statement_bind_integer (statement, 1, tenant->state.access_n);
  forlop_statement_bind_integer (statement, 2, access->at);
  forlop_statement_bind_instant (statement, 3, access->client_at);
  bind_some_id (statement, 4, access->user_id);
  bind_some_text (statement, 5, access->role);
  bind_some_id (statement, 6, access->unit_id);
  bind_some_id (statement, 7, access->device_id);
  bind_some_text (statement, 8, access->scope);
  bind_some_text (statement, 9, access->kinds);
  forlop_statement_bind_text (statement, 10, access->action);
  bind_some_text (statement, 11, access->reason);
  bind_some_text (statement, 12, access->request_id);
  bind_some_text (statement, 13, access->result);
  forlop_statement_bind_blob (statement, 14, previous, sizeof previous);
  forlop_statement_bind_blob (statement, 15, tenant->state.access_hash, FORLOP_SYNC_HASH_BYTES);

  return forlop_sqlite_execute (statement, error);
}

static void
copy_hash (ForlopStatement *statement,
           int              column,
           guint8           hash[FORLOP_SYNC_HASH_BYTES])
{
  gsize length;
  gconstpointer blob = forlop_statement_get_blob (statement, column, &length);

  if (length == FORLOP_SYNC_HASH_BYTES)
    memcpy (hash, blob, length);
}

static gpointer
read_access (ForlopStatement *statement)
{
  ForlopServerAccessRow *row = g_new0 (ForlopServerAccessRow, 1);

  row->n = forlop_statement_get_integer (statement, 0);
  row->access.at = forlop_statement_get_integer (statement, 1);
  row->access.client_at = forlop_statement_get_instant (statement, 2);
  row->access.user_id = forlop_statement_dup_id (statement, 3);
  row->access.role = forlop_statement_dup_text (statement, 4);
  row->access.unit_id = forlop_statement_dup_id (statement, 5);
  row->access.device_id = forlop_statement_dup_id (statement, 6);
  row->access.scope = forlop_statement_dup_text (statement, 7);
  row->access.kinds = forlop_statement_dup_text (statement, 8);
  row->access.action = forlop_statement_dup_text (statement, 9);
  row->access.reason = forlop_statement_dup_text (statement, 10);
  row->access.request_id = forlop_statement_dup_text (statement, 11);
  row->access.result = forlop_statement_dup_text (statement, 12);
  copy_hash (statement, 13, row->previous);
  copy_hash (statement, 14, row->hash);

  return row;
}

#define ACCESS \
  "SELECT n, at, client_at, user_id, role, unit_id, device_id, scope, kinds, action, reason, " \
  "request_id, result, previous, hash FROM access_log "

GPtrArray *
forlop_sqlite_list_access (ForlopServerStorage  *self,
                           const char           *scope,
                           gint64                after,
                           unsigned int          limit,
                           GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, scope != NULL ? ACCESS "WHERE scope = ?3 AND n > ?1 ORDER BY n LIMIT ?2"
                                               : ACCESS "WHERE n > ?1 ORDER BY n LIMIT ?2", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, after);
  forlop_statement_bind_integer (statement, 2, limit);
  if (scope != NULL)
    forlop_statement_bind_text (statement, 3, scope);

  return forlop_sqlite_list (statement, read_access, (GDestroyNotify) forlop_server_access_row_free, error);
}

#define CHECKPOINT "SELECT n, at, hash, signature FROM access_checkpoint "

static gpointer
read_checkpoint (ForlopStatement *statement)
{
  ForlopServerCheckpoint *checkpoint = g_new0 (ForlopServerCheckpoint, 1);
  gconstpointer signature;
  gsize length;

  checkpoint->n = forlop_statement_get_integer (statement, 0);
  checkpoint->at = forlop_statement_get_integer (statement, 1);
  copy_hash (statement, 2, checkpoint->hash);
  signature = forlop_statement_get_blob (statement, 3, &length);
  if (length == FORLOP_SIGNATURE_BYTES)
    memcpy (checkpoint->signature, signature, length);

  return checkpoint;
}

gboolean
forlop_sqlite_put_checkpoint (ForlopServerStorage           *self,
                              const ForlopServerCheckpoint  *checkpoint,
                              GError                       **error)
{
  static const char sql[] =
    "INSERT INTO access_checkpoint (n, at, hash, signature) VALUES (?1, ?2, ?3, ?4)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, checkpoint->n);
  forlop_statement_bind_integer (statement, 2, checkpoint->at);
  forlop_statement_bind_blob (statement, 3, checkpoint->hash, sizeof checkpoint->hash);
  forlop_statement_bind_blob (statement, 4, checkpoint->signature, sizeof checkpoint->signature);

  return forlop_sqlite_execute (statement, error);
}

GPtrArray *
forlop_sqlite_list_checkpoints (ForlopServerStorage  *self,
                                gint64                after,
                                GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, CHECKPOINT "WHERE n > ?1 ORDER BY n", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, after);

  return forlop_sqlite_list (statement, read_checkpoint, g_free, error);
}

gboolean
forlop_sqlite_last_checkpoint (ForlopServerStorage     *self,
                               ForlopServerCheckpoint **checkpoint,
                               GError                 **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, CHECKPOINT "ORDER BY n DESC LIMIT 1", error);

  return statement != NULL &&
         forlop_sqlite_first (statement, read_checkpoint, (gpointer *) checkpoint, error);
}

static gboolean
sqlite_put_tray (ForlopServerStorage  *self,
                 gint64                seq,
                 const char           *op_id,
                 const char           *user_id,
                 const char           *unit_id,
                 const char           *body,
                 gint64                at,
                 GError              **error)
{
  static const char sql[] =
    "INSERT INTO tray (op_id, seq, user_id, unit_id, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);
  forlop_statement_bind_integer (statement, 2, seq);
  forlop_statement_bind_id (statement, 3, user_id);
  bind_some_id (statement, 4, unit_id);
  forlop_statement_bind_text (statement, 5, body);
  forlop_statement_bind_integer (statement, 6, at);

  return forlop_sqlite_execute (statement, error);
}

void
forlop_sqlite_fill_access (ForlopServerStorageFuncs *funcs)
{
  funcs->list_scopes = sqlite_list_scopes;
  funcs->list_rules = sqlite_list_rules;
  funcs->list_rules_for = sqlite_list_rules_for;
  funcs->list_ended_rules = sqlite_list_ended_rules;
  funcs->put_rule = sqlite_put_rule;
  funcs->drop_rule = sqlite_drop_rule;
  funcs->get_grant = sqlite_get_grant;
  funcs->put_grant = sqlite_put_grant;
  funcs->list_grants = sqlite_list_grants;
  funcs->list_ended_grants = sqlite_list_ended_grants;
  funcs->add_access = sqlite_add_access;
  funcs->put_tray = sqlite_put_tray;
}
