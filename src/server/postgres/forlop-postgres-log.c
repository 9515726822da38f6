/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

static gboolean
postgres_add_mark (ForlopServerStorage  *self,
                   gint64                seq,
                   const guint8          hash[FORLOP_SYNC_HASH_BYTES],
                   gint64                at,
                   GError              **error)
{
  ForlopTenantStorage *tenant = (ForlopTenantStorage *) self;
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO commit_mark (seq, log_hash, at) VALUES ($1, $2, $3)",
  };

  if (!forlop_tenant_storage_know_head (tenant, error) ||
      !forlop_tenant_state_move (&tenant->state, seq, hash, error))
    return FALSE;

  forlop_postgres_call_integer (&call, seq);
  forlop_postgres_call_blob (&call, hash, FORLOP_SYNC_HASH_BYTES);
  forlop_postgres_call_integer (&call, at);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gpointer
read_mark (PGresult *result,
           int       row)
{
  ForlopServerMark *mark = g_new0 (ForlopServerMark, 1);

  mark->seq = forlop_postgres_get_integer (result, row, 0);
  forlop_postgres_get_blob (result, row, 1, mark->hash, sizeof mark->hash);
  mark->op_id = forlop_postgres_dup_text (result, row, 2);
  mark->content_hash = forlop_postgres_dup_text (result, row, 3);
  mark->status = forlop_postgres_dup_text (result, row, 4);
  mark->body = forlop_postgres_dup_text (result, row, 5);

  return mark;
}

GPtrArray *
forlop_postgres_list_marks (ForlopServerStorage  *self,
                            gint64                after,
                            unsigned int          limit,
                            GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT m.seq, m.log_hash, r.op_id, r.hash, r.status, c.body FROM commit_mark m "
           "LEFT JOIN receipt r ON r.seq = m.seq LEFT JOIN changeset c ON c.seq = m.seq "
           "WHERE m.seq > $1 ORDER BY m.seq LIMIT $2",
  };

  forlop_postgres_call_integer (&call, after);
  forlop_postgres_call_integer (&call, limit);

  return forlop_postgres_list (self, &call, read_mark, (GDestroyNotify) forlop_server_mark_free, error);
}

static gboolean
postgres_get_mark (ForlopServerStorage  *self,
                   gint64                seq,
                   guint8                hash[FORLOP_SYNC_HASH_BYTES],
                   gint64               *at,
                   gboolean             *found,
                   GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT log_hash, at FROM commit_mark WHERE seq = $1" };
  g_autoptr (PGresult) result = NULL;

  forlop_postgres_call_integer (&call, seq);
  result = forlop_postgres_ask (FORLOP_POSTGRES (self), &call, error);
  if (result == NULL)
    return FALSE;
  *found = PQntuples (result) > 0;
  if (*found)
    forlop_postgres_get_blob (result, 0, 0, hash, FORLOP_SYNC_HASH_BYTES);
  if (*found && at != NULL)
    *at = forlop_postgres_get_integer (result, 0, 1);

  return TRUE;
}

static gpointer
read_text (PGresult *result,
           int       row)
{
  return forlop_postgres_dup_text (result, row, 0);
}

static gboolean
postgres_find_claim (ForlopServerStorage  *self,
                     const char           *key,
                     char                **holder_id,
                     GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT id FROM claim WHERE key = $1" };

  forlop_postgres_call_text (&call, key);

  return forlop_postgres_first (self, &call, read_text, (gpointer *) holder_id, error);
}

static gboolean
postgres_put_claim (ForlopServerStorage  *self,
                    const char           *key,
                    const char           *type,
                    const char           *id,
                    GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "INSERT INTO claim (key, type, id) VALUES ($1, $2, $3)" };

  forlop_postgres_call_text (&call, key);
  forlop_postgres_call_text (&call, type);
  forlop_postgres_call_id (&call, id);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gboolean
postgres_drop_claims (ForlopServerStorage  *self,
                      const char           *type,
                      const char           *id,
                      GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "DELETE FROM claim WHERE id = $1 AND type = $2" };

  forlop_postgres_call_id (&call, id);
  forlop_postgres_call_text (&call, type);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gpointer
read_device (PGresult *result,
             int       row)
{
  ForlopServerDevice *device = g_new0 (ForlopServerDevice, 1);

  device->id = forlop_postgres_dup_text (result, row, 0);
  device->user_id = forlop_postgres_dup_text (result, row, 1);
  device->last_op_no = forlop_postgres_get_integer (result, row, 2);
  device->state = forlop_postgres_dup_text (result, row, 3);
  device->last_access_n = forlop_postgres_get_integer (result, row, 4);
  device->seen_at = forlop_postgres_get_integer (result, row, 5);

  return device;
}

static gboolean
postgres_get_device (ForlopServerStorage  *self,
                     const char           *device_id,
                     ForlopServerDevice  **device,
                     GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT id, user_id, last_op_no, state, last_access_n, seen_at FROM device WHERE id = $1",
  };

  forlop_postgres_call_id (&call, device_id);

  return forlop_postgres_first (self, &call, read_device, (gpointer *) device, error);
}

static gboolean
postgres_put_device (ForlopServerStorage       *self,
                     const ForlopServerDevice  *device,
                     gint64                     at,
                     GError                   **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO device (id, user_id, last_op_no, state, seen_at, last_access_n) "
           "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, id) DO UPDATE SET user_id = $2, "
           "last_op_no = $3, state = $4, seen_at = $5, last_access_n = $6",
  };

  forlop_postgres_call_id (&call, device->id);
  forlop_postgres_call_id (&call, device->user_id);
  forlop_postgres_call_integer (&call, device->last_op_no);
  forlop_postgres_call_text (&call, device->state);
  forlop_postgres_call_integer (&call, at);
  forlop_postgres_call_integer (&call, device->last_access_n);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static GPtrArray *
postgres_list_devices (ForlopServerStorage  *self,
                       GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT id, user_id, last_op_no, state, last_access_n, seen_at FROM device ORDER BY id",
  };

  return forlop_postgres_list (self, &call, read_device, (GDestroyNotify) forlop_server_device_free, error);
}

static gpointer
read_receipt (PGresult *result,
              int       row)
{
  ForlopServerReceipt *receipt = g_new0 (ForlopServerReceipt, 1);

  receipt->op_id = forlop_postgres_dup_text (result, row, 0);
  receipt->device_id = forlop_postgres_dup_text (result, row, 1);
  receipt->op_no = forlop_postgres_get_integer (result, row, 2);
  receipt->user_id = forlop_postgres_dup_text (result, row, 3);
  receipt->hash = forlop_postgres_dup_text (result, row, 4);
  receipt->status = forlop_postgres_dup_text (result, row, 5);
  receipt->result = forlop_postgres_dup_text (result, row, 6);
  receipt->seq = forlop_postgres_get_integer (result, row, 7);

  return receipt;
}

static gboolean
postgres_get_receipt (ForlopServerStorage   *self,
                      const char            *op_id,
                      ForlopServerReceipt  **receipt,
                      GError               **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT op_id, device_id, op_no, user_id, hash, status, result, seq FROM receipt WHERE op_id = $1",
  };

  forlop_postgres_call_id (&call, op_id);

  return forlop_postgres_first (self, &call, read_receipt, (gpointer *) receipt, error);
}

static gboolean
postgres_put_receipt (ForlopServerStorage        *self,
                      const ForlopServerReceipt  *receipt,
                      GError                    **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO receipt (op_id, device_id, op_no, user_id, hash, status, result, seq) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
  };

  forlop_postgres_call_id (&call, receipt->op_id);
  forlop_postgres_call_id (&call, receipt->device_id);
  forlop_postgres_call_integer (&call, receipt->op_no);
  forlop_postgres_call_id (&call, receipt->user_id);
  forlop_postgres_call_text (&call, receipt->hash);
  forlop_postgres_call_text (&call, receipt->status);
  forlop_postgres_call_text (&call, receipt->result);
  forlop_postgres_call_integer (&call, receipt->seq);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gboolean
postgres_put_changeset (ForlopServerStorage  *self,
                        gint64                seq,
                        const char           *body,
                        GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "INSERT INTO changeset (seq, body) VALUES ($1, $2)" };

  forlop_postgres_call_integer (&call, seq);
  forlop_postgres_call_text (&call, body);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gboolean
postgres_get_changeset (ForlopServerStorage  *self,
                        const char           *op_id,
                        char                **body,
                        GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT body FROM changeset WHERE seq = (SELECT seq FROM receipt WHERE op_id = $1)",
  };

  forlop_postgres_call_id (&call, op_id);

  return forlop_postgres_first (self, &call, read_text, (gpointer *) body, error);
}

static void
call_alias (ForlopPostgresCall *call,
            const char         *type,
            const char         *id,
            const char         *field,
            const char         *tag,
            const char         *present)
{
  forlop_postgres_call_id (call, id);
  forlop_postgres_call_text (call, type);
  forlop_postgres_call_text (call, field);
  forlop_postgres_call_id (call, tag);
  forlop_postgres_call_id (call, present);
}

static gboolean
postgres_put_alias (ForlopServerStorage  *self,
                    const char           *type,
                    const char           *id,
                    const char           *field,
                    const char           *tag,
                    const char           *present,
                    GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "INSERT INTO alias (id, type, field, tag, present) VALUES ($1, $2, $3, $4, $5) "
           "ON CONFLICT DO NOTHING",
  };

  call_alias (&call, type, id, field, tag, present);

  return forlop_postgres_send (FORLOP_POSTGRES (self), &call, error);
}

static gboolean
postgres_has_alias (ForlopServerStorage  *self,
                    const char           *type,
                    const char           *id,
                    const char           *field,
                    const char           *tag,
                    const char           *present,
                    gboolean             *found,
                    GError              **error)
{
  g_auto (ForlopPostgresCall) call = {
    .sql = "SELECT 1 FROM alias WHERE id = $1 AND type = $2 AND field = $3 AND tag = $4 AND present = $5",
  };
  g_autoptr (PGresult) result = NULL;

  call_alias (&call, type, id, field, tag, present);
  result = forlop_postgres_ask (FORLOP_POSTGRES (self), &call, error);
  if (result == NULL)
    return FALSE;
  *found = PQntuples (result) > 0;

  return TRUE;
}

void
forlop_postgres_fill_log (ForlopServerStorageFuncs *funcs)
{
  funcs->add_mark = postgres_add_mark;
  funcs->get_mark = postgres_get_mark;
  funcs->find_claim = postgres_find_claim;
  funcs->put_claim = postgres_put_claim;
  funcs->drop_claims = postgres_drop_claims;
  funcs->get_device = postgres_get_device;
  funcs->put_device = postgres_put_device;
  funcs->list_devices = postgres_list_devices;
  funcs->get_receipt = postgres_get_receipt;
  funcs->put_receipt = postgres_put_receipt;
  funcs->put_changeset = postgres_put_changeset;
  funcs->get_changeset = postgres_get_changeset;
  funcs->put_alias = postgres_put_alias;
  funcs->has_alias = postgres_has_alias;
}
