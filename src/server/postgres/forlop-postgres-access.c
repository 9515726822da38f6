/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

static gpointer
read_rule (PGresult *result,
           int       row)
{
  ForlopServerRule *rule = g_new0 (ForlopServerRule, 1);

  rule->scope = forlop_postgres_dup_text (result, row, 0);
  rule->role = forlop_postgres_dup_text (result, row, 1);
  rule->unit_id = forlop_postgres_dup_text (result, row, 2);
  rule->basis = forlop_postgres_dup_text (result, row, 3);
  rule->valid_to = forlop_postgres_get_instant (result, row, 4);

  return rule;
}

static GDestroyNotify free_rule = (GDestroyNotify) forlop_server_rule_free;

static const char *
some_unit (const char *unit_id)
{
  return unit_id != NULL ? unit_id : "";
}

static gpointer
read_scope (PGresult *result,
            int       row)
{
  return g_strdup (PQgetvalue (result, row, 0));
}

/* What begins with the colon comes before what begins with the sign after it. */
static GPtrArray *
postgres_list_scopes (ForlopServerStorage  *self,
                      const char           *prefix,
                      GError              **error)
{
  g_autofree char *end = g_strdup (prefix);
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT DISTINCT scope FROM record WHERE scope >= $1 AND scope < $2 ORDER BY scope",
  };

  end[strlen (end) - 1]++;
  forlop_postgres_call_text (&call, prefix);
  forlop_postgres_call_text (&call, end);

  return forlop_postgres_list (self, &call, read_scope, g_free, error);
}

static GPtrArray *
postgres_list_rules (ForlopServerStorage  *self,
                     const char           *scope,
                     GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT scope, role, unit_id, basis, valid_to FROM access_rule WHERE scope = $1 ORDER BY role, unit_id",
  };

  forlop_postgres_call_text (&call, scope);

  return forlop_postgres_list (self, &call, read_rule, free_rule, error);
}

static GPtrArray *
postgres_list_rules_for (ForlopServerStorage  *self,
                         const char           *role,
                         const char           *unit_id,
                         GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT scope, role, unit_id, basis, valid_to FROM access_rule "
           "WHERE role = $1 AND unit_id IN ($2, '') ORDER BY scope, unit_id",
  };

  forlop_postgres_call_text (&call, role);
  forlop_postgres_call_text (&call, some_unit (unit_id));

  return forlop_postgres_list (self, &call, read_rule, free_rule, error);
}

static GPtrArray *
postgres_list_ended_rules (ForlopServerStorage  *self,
                           gint64                now,
                           GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT scope, role, unit_id, basis, valid_to FROM access_rule "
           "WHERE valid_to IS NOT NULL AND valid_to <= $1 ORDER BY scope, role, unit_id",
  };

  forlop_postgres_call_integer (&call, now);

  return forlop_postgres_list (self, &call, read_rule, free_rule, error);
}

static gboolean
postgres_put_rule (ForlopServerStorage     *self,
                   const ForlopServerRule  *rule,
                   GError                 **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO access_rule (scope, role, unit_id, basis, valid_to) VALUES ($1, $2, $3, $4, $5) "
           "ON CONFLICT (tenant_id, scope, role, unit_id) DO UPDATE SET basis = $4, valid_to = $5",
  };

  forlop_postgres_call_text (&call, rule->scope);
  forlop_postgres_call_text (&call, rule->role);
  forlop_postgres_call_text (&call, some_unit (rule->unit_id));
  forlop_postgres_call_text (&call, rule->basis);
  forlop_postgres_call_instant (&call, rule->valid_to);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gboolean
postgres_drop_rule (ForlopServerStorage     *self,
                    const ForlopServerRule  *rule,
                    GError                 **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "DELETE FROM access_rule WHERE scope = $1 AND role = $2 AND unit_id = $3",
  };

  forlop_postgres_call_text (&call, rule->scope);
  forlop_postgres_call_text (&call, rule->role);
  forlop_postgres_call_text (&call, some_unit (rule->unit_id));

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

#define GRANT "SELECT user_id, scope, gen, active, basis, valid_to, seq FROM access_grant "

static gpointer
read_grant (PGresult *result,
            int       row)
{
  ForlopServerGrant *grant = g_new0 (ForlopServerGrant, 1);

  grant->user_id = forlop_postgres_dup_text (result, row, 0);
  grant->scope = forlop_postgres_dup_text (result, row, 1);
  grant->gen = forlop_postgres_get_integer (result, row, 2);
  grant->active = forlop_postgres_get_boolean (result, row, 3);
  grant->basis = forlop_postgres_dup_text (result, row, 4);
  grant->valid_to = forlop_postgres_get_instant (result, row, 5);
  grant->seq = forlop_postgres_get_integer (result, row, 6);

  return grant;
}

static gboolean
postgres_get_grant (ForlopServerStorage  *self,
                    const char           *user_id,
                    const char           *scope,
                    ForlopServerGrant   **grant,
                    GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = GRANT "WHERE user_id = $1 AND scope = $2" };

  forlop_postgres_call_id (&call, user_id);
  forlop_postgres_call_text (&call, scope);

  return forlop_postgres_first (self, &call, read_grant, (gpointer *) grant, error);
}

static gboolean
postgres_put_grant (ForlopServerStorage      *self,
                    const ForlopServerGrant  *grant,
                    GError                  **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO access_grant (user_id, scope, gen, active, basis, valid_to, seq) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, user_id, scope) DO UPDATE SET "
           "gen = $3, active = $4, basis = $5, valid_to = $6, seq = $7",
  };

  forlop_postgres_call_id (&call, grant->user_id);
  forlop_postgres_call_text (&call, grant->scope);
  forlop_postgres_call_integer (&call, grant->gen);
  forlop_postgres_call_boolean (&call, grant->active);
  forlop_postgres_call_text (&call, grant->basis);
  forlop_postgres_call_instant (&call, grant->valid_to);
  forlop_postgres_call_integer (&call, grant->seq);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static GPtrArray *
postgres_list_grants (ForlopServerStorage  *self,
                      const char           *user_id,
                      gint64                after,
                      GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = GRANT "WHERE user_id = $1 AND seq > $2 ORDER BY seq, scope",
  };

  forlop_postgres_call_id (&call, user_id);
  forlop_postgres_call_integer (&call, after);

  return forlop_postgres_list (self, &call, read_grant, (GDestroyNotify) forlop_server_grant_free, error);
}

static GPtrArray *
postgres_list_ended_grants (ForlopServerStorage  *self,
                            gint64                now,
                            GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = GRANT "WHERE active AND valid_to IS NOT NULL AND valid_to <= $1 ORDER BY user_id, scope",
  };

  forlop_postgres_call_integer (&call, now);

  return forlop_postgres_list (self, &call, read_grant, (GDestroyNotify) forlop_server_grant_free, error);
}

/* Empty text is no text. */
static void
call_some_text (ForlopPostgresCall *call,
                const char         *text)
{
  forlop_postgres_call_text (call, text != NULL && *text != '\0' ? text : NULL);
}

static gboolean
postgres_add_access (ForlopServerStorage       *self,
                     const ForlopServerAccess  *access,
                     GError                   **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO access_log (n, at, client_at, user_id, role, unit_id, device_id, scope, kinds, "
           "action, reason, request_id, result, previous, hash) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
  };
  guint8 previous[FORLOP_SYNC_HASH_BYTES];

  if (!forlop_tenant_storage_know_head (tenant, error))
    return FALSE;
  forlop_tenant_state_add_access (&tenant->state, access, previous);

  forlop_postgres_call_integer (&call, tenant->state.access_n);
  forlop_postgres_call_integer (&call, access->at);
  forlop_postgres_call_instant (&call, access->client_at);
  forlop_postgres_call_id (&call, access->user_id);
  call_some_text (&call, access->role);
  forlop_postgres_call_id (&call, access->unit_id);
  forlop_postgres_call_id (&call, access->device_id);
  call_some_text (&call, access->scope);
  call_some_text (&call, access->kinds);
  forlop_postgres_call_text (&call, access->action);
  call_some_text (&call, access->reason);
  call_some_text (&call, access->request_id);
  call_some_text (&call, access->result);
  forlop_postgres_call_blob (&call, previous, sizeof previous);
  forlop_postgres_call_blob (&call, tenant->state.access_hash, FORLOP_SYNC_HASH_BYTES);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gpointer
read_access (PGresult *result,
             int       n)
{
  ForlopServerAccessRow *row = g_new0 (ForlopServerAccessRow, 1);

  row->n = forlop_postgres_get_integer (result, n, 0);
  row->access.at = forlop_postgres_get_integer (result, n, 1);
  row->access.client_at = forlop_postgres_get_instant (result, n, 2);
  row->access.user_id = forlop_postgres_dup_text (result, n, 3);
  row->access.role = forlop_postgres_dup_text (result, n, 4);
  row->access.unit_id = forlop_postgres_dup_text (result, n, 5);
  row->access.device_id = forlop_postgres_dup_text (result, n, 6);
  row->access.scope = forlop_postgres_dup_text (result, n, 7);
  row->access.kinds = forlop_postgres_dup_text (result, n, 8);
  row->access.action = forlop_postgres_dup_text (result, n, 9);
  row->access.reason = forlop_postgres_dup_text (result, n, 10);
  row->access.request_id = forlop_postgres_dup_text (result, n, 11);
  row->access.result = forlop_postgres_dup_text (result, n, 12);
  forlop_postgres_get_blob (result, n, 13, row->previous, sizeof row->previous);
  forlop_postgres_get_blob (result, n, 14, row->hash, sizeof row->hash);

  return row;
}

#define ACCESS \
  "SELECT n, at, client_at, user_id, role, unit_id, device_id, scope, kinds, action, reason, " \
  "request_id, result, previous, hash FROM access_log "

GPtrArray *
forlop_postgres_list_access (ForlopServerStorage  *self,
                             const char           *scope,
                             gint64                after,
                             unsigned int          limit,
                             GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = scope != NULL ? ACCESS "WHERE scope = $3 AND n > $1 ORDER BY n LIMIT $2"
                         : ACCESS "WHERE n > $1 ORDER BY n LIMIT $2",
  };

  forlop_postgres_call_integer (&call, after);
  forlop_postgres_call_integer (&call, limit);
  if (scope != NULL)
    forlop_postgres_call_text (&call, scope);

  return forlop_postgres_list (self, &call, read_access, (GDestroyNotify) forlop_server_access_row_free, error);
}

#define CHECKPOINT "SELECT n, at, hash, signature FROM access_checkpoint "

static gpointer
read_checkpoint (PGresult *result,
                 int       row)
{
  ForlopServerCheckpoint *checkpoint = g_new0 (ForlopServerCheckpoint, 1);

  checkpoint->n = forlop_postgres_get_integer (result, row, 0);
  checkpoint->at = forlop_postgres_get_integer (result, row, 1);
  forlop_postgres_get_blob (result, row, 2, checkpoint->hash, sizeof checkpoint->hash);
  forlop_postgres_get_blob (result, row, 3, checkpoint->signature, sizeof checkpoint->signature);

  return checkpoint;
}

gboolean
forlop_postgres_put_checkpoint (ForlopServerStorage           *self,
                                const ForlopServerCheckpoint  *checkpoint,
                                GError                       **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO access_checkpoint (n, at, hash, signature) VALUES ($1, $2, $3, $4)",
  };

  forlop_postgres_call_integer (&call, checkpoint->n);
  forlop_postgres_call_integer (&call, checkpoint->at);
  forlop_postgres_call_blob (&call, checkpoint->hash, sizeof checkpoint->hash);
  forlop_postgres_call_blob (&call, checkpoint->signature, sizeof checkpoint->signature);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

GPtrArray *
forlop_postgres_list_checkpoints (ForlopServerStorage  *self,
                                  gint64                after,
                                  GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = CHECKPOINT "WHERE n > $1 ORDER BY n" };

  forlop_postgres_call_integer (&call, after);

  return forlop_postgres_list (self, &call, read_checkpoint, g_free, error);
}

gboolean
forlop_postgres_last_checkpoint (ForlopServerStorage     *self,
                                 ForlopServerCheckpoint **checkpoint,
                                 GError                 **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = CHECKPOINT "ORDER BY n DESC LIMIT 1" };

  return forlop_postgres_first (self, &call, read_checkpoint, (gpointer *) checkpoint, error);
}

static gboolean
postgres_put_tray (ForlopServerStorage  *self,
                   gint64                seq,
                   const char           *op_id,
                   const char           *user_id,
                   const char           *unit_id,
                   const char           *body,
                   gint64                at,
                   GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO tray (op_id, seq, user_id, unit_id, body, at) VALUES ($1, $2, $3, $4, $5, $6)",
  };

  forlop_postgres_call_id (&call, op_id);
  forlop_postgres_call_integer (&call, seq);
  forlop_postgres_call_id (&call, user_id);
  forlop_postgres_call_id (&call, unit_id);
  forlop_postgres_call_text (&call, body);
  forlop_postgres_call_integer (&call, at);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

void
forlop_postgres_fill_access (ForlopServerStorageFuncs *funcs)
{
  funcs->list_scopes = postgres_list_scopes;
  funcs->list_rules = postgres_list_rules;
  funcs->list_rules_for = postgres_list_rules_for;
  funcs->list_ended_rules = postgres_list_ended_rules;
  funcs->put_rule = postgres_put_rule;
  funcs->drop_rule = postgres_drop_rule;
  funcs->get_grant = postgres_get_grant;
  funcs->put_grant = postgres_put_grant;
  funcs->list_grants = postgres_list_grants;
  funcs->list_ended_grants = postgres_list_ended_grants;
  funcs->add_access = postgres_add_access;
  funcs->put_tray = postgres_put_tray;
}
