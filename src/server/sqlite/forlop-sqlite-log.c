/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sqlite-private.h"

#include <string.h>

#include "forlop-error.h"

static gboolean
sqlite_add_mark (ForlopServerStorage  *self,
                 gint64                seq,
                 const guint8          hash[FORLOP_SYNC_HASH_BYTES],
                 gint64                at,
                 GError              **error)
{
  ForlopTenantStorage *tenant = &FORLOP_SQLITE (self)->tenant;
  g_autoptr (ForlopStatement) statement = NULL;

  if (!forlop_tenant_storage_know_head (tenant, error) ||
      !forlop_tenant_state_move (&tenant->state, seq, hash, error))
    return FALSE;

  statement = forlop_sqlite_prepare (self, "INSERT INTO commit_mark (seq, log_hash, at) "
                                     "VALUES (?1, ?2, ?3)", error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, seq);
  forlop_statement_bind_blob (statement, 2, hash, FORLOP_SYNC_HASH_BYTES);
  forlop_statement_bind_integer (statement, 3, at);

  return forlop_sqlite_execute (statement, error);
}

static gpointer
read_mark (ForlopStatement *statement)
{
  ForlopServerMark *mark = g_new0 (ForlopServerMark, 1);
  gsize length;
  gconstpointer hash = forlop_statement_get_blob (statement, 1, &length);

  mark->seq = forlop_statement_get_integer (statement, 0);
  memcpy (mark->hash, hash, MIN (length, sizeof mark->hash));
  mark->op_id = forlop_statement_dup_id (statement, 2);
  mark->content_hash = forlop_statement_dup_text (statement, 3);
  mark->status = forlop_statement_dup_text (statement, 4);
  mark->body = forlop_statement_dup_text (statement, 5);

  return mark;
}

GPtrArray *
forlop_sqlite_list_marks (ForlopServerStorage  *self,
                          gint64                after,
                          unsigned int          limit,
                          GError              **error)
{
  static const char sql[] =
    "SELECT m.seq, m.log_hash, r.op_id, r.hash, r.status, c.body FROM commit_mark m "
    "LEFT JOIN receipt r ON r.seq = m.seq LEFT JOIN changeset c ON c.seq = m.seq "
    "WHERE m.seq > ?1 ORDER BY m.seq LIMIT ?2";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_integer (statement, 1, after);
  forlop_statement_bind_integer (statement, 2, limit);

  return forlop_sqlite_list (statement, read_mark, (GDestroyNotify) forlop_server_mark_free, error);
}

static gboolean
sqlite_get_mark (ForlopServerStorage  *self,
                 gint64                seq,
                 guint8                hash[FORLOP_SYNC_HASH_BYTES],
                 gint64               *at,
                 gboolean             *found,
                 GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "SELECT log_hash, at FROM commit_mark WHERE seq = ?1", error);
  gsize length;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, seq);
  if (!forlop_sqlite_step (statement, found, error))
    return FALSE;
  if (*found)
    memcpy (hash, forlop_statement_get_blob (statement, 0, &length), FORLOP_SYNC_HASH_BYTES);
  if (*found && at != NULL)
    *at = forlop_statement_get_integer (statement, 1);

  return TRUE;
}

static gpointer
read_text (ForlopStatement *statement)
{
  return forlop_statement_dup_text (statement, 0);
}

static gpointer
read_id (ForlopStatement *statement)
{
  return forlop_statement_dup_id (statement, 0);
}

static gboolean
sqlite_find_claim (ForlopServerStorage  *self,
                   const char           *key,
                   char                **holder_id,
                   GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "SELECT id FROM claim WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, key);

  return forlop_sqlite_first (statement, read_id, (gpointer *) holder_id, error);
}

static gboolean
sqlite_put_claim (ForlopServerStorage  *self,
                  const char           *key,
                  const char           *type,
                  const char           *id,
                  GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "INSERT INTO claim (key, type, id) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, key);
  forlop_statement_bind_text (statement, 2, type);
  forlop_statement_bind_id (statement, 3, id);

  return forlop_sqlite_execute (statement, error);
}

static gboolean
sqlite_drop_claims (ForlopServerStorage  *self,
                    const char           *type,
                    const char           *id,
                    GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "DELETE FROM claim WHERE id = ?1 AND type = ?2", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type);

  return forlop_sqlite_execute (statement, error);
}

static gpointer
read_device (ForlopStatement *statement)
{
  ForlopServerDevice *device = g_new0 (ForlopServerDevice, 1);

  device->id = forlop_statement_dup_id (statement, 0);
  device->user_id = forlop_statement_dup_id (statement, 1);
  device->last_op_no = forlop_statement_get_integer (statement, 2);
  device->state = forlop_statement_dup_text (statement, 3);
  device->last_access_n = forlop_statement_get_integer (statement, 4);
  device->seen_at = forlop_statement_get_integer (statement, 5);

  return device;
}

static gboolean
sqlite_get_device (ForlopServerStorage  *self,
                   const char           *device_id,
                   ForlopServerDevice  **device,
                   GError              **error)
{
  static const char sql[] = "SELECT id, user_id, last_op_no, state, last_access_n, seen_at FROM device WHERE id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, device_id);

  return forlop_sqlite_first (statement, read_device, (gpointer *) device, error);
}

static gboolean
sqlite_put_device (ForlopServerStorage       *self,
                   const ForlopServerDevice  *device,
                   gint64                     at,
                   GError                   **error)
{
  static const char sql[] =
    "INSERT INTO device (id, user_id, last_op_no, state, seen_at, last_access_n) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (id) DO UPDATE SET user_id = ?2, last_op_no = ?3, state = ?4, seen_at = ?5, last_access_n = ?6 "
    "WHERE last_op_no <= ?3";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, device->id);
  forlop_statement_bind_id (statement, 2, device->user_id);
  forlop_statement_bind_integer (statement, 3, device->last_op_no);
  forlop_statement_bind_text (statement, 4, device->state);
  forlop_statement_bind_integer (statement, 5, at);
  forlop_statement_bind_integer (statement, 6, device->last_access_n);
  if (!forlop_sqlite_execute (statement, error))
    return FALSE;
  if (forlop_connection_get_changes (FORLOP_SQLITE (self)->connection) == 1)
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, "the numbers of device %s would go backward", device->id);

  return FALSE;
}

static GPtrArray *
sqlite_list_devices (ForlopServerStorage  *self,
                     GError              **error)
{
  static const char sql[] = "SELECT id, user_id, last_op_no, state, last_access_n, seen_at FROM device ORDER BY id";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;

  return forlop_sqlite_list (statement, read_device, (GDestroyNotify) forlop_server_device_free, error);
}

static gpointer
read_receipt (ForlopStatement *statement)
{
  ForlopServerReceipt *receipt = g_new0 (ForlopServerReceipt, 1);

  receipt->op_id = forlop_statement_dup_id (statement, 0);
  receipt->device_id = forlop_statement_dup_id (statement, 1);
  receipt->op_no = forlop_statement_get_integer (statement, 2);
  receipt->user_id = forlop_statement_dup_id (statement, 3);
  receipt->hash = forlop_statement_dup_text (statement, 4);
  receipt->status = forlop_statement_dup_text (statement, 5);
  receipt->result = forlop_statement_dup_text (statement, 6);
  receipt->seq = forlop_statement_get_integer (statement, 7);

  return receipt;
}

static gboolean
sqlite_get_receipt (ForlopServerStorage   *self,
                    const char            *op_id,
                    ForlopServerReceipt  **receipt,
                    GError               **error)
{
  static const char sql[] =
    "SELECT op_id, device_id, op_no, user_id, hash, status, result, seq FROM receipt WHERE op_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);

  return forlop_sqlite_first (statement, read_receipt, (gpointer *) receipt, error);
}

static gboolean
sqlite_put_receipt (ForlopServerStorage        *self,
                    const ForlopServerReceipt  *receipt,
                    GError                    **error)
{
  static const char sql[] =
    "INSERT INTO receipt (op_id, device_id, op_no, user_id, hash, status, result, seq) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, receipt->op_id);
  forlop_statement_bind_id (statement, 2, receipt->device_id);
  forlop_statement_bind_integer (statement, 3, receipt->op_no);
  forlop_statement_bind_id (statement, 4, receipt->user_id);
  forlop_statement_bind_text (statement, 5, receipt->hash);
  forlop_statement_bind_text (statement, 6, receipt->status);
  forlop_statement_bind_text (statement, 7, receipt->result);
  forlop_statement_bind_integer (statement, 8, receipt->seq);

  return forlop_sqlite_execute (statement, error);
}

static gboolean
sqlite_put_changeset (ForlopServerStorage  *self,
                      gint64                seq,
                      const char           *body,
                      GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "INSERT INTO changeset (seq, body) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, seq);
  forlop_statement_bind_text (statement, 2, body);

  return forlop_sqlite_execute (statement, error);
}

static gboolean
sqlite_get_changeset (ForlopServerStorage  *self,
                      const char           *op_id,
                      char                **body,
                      GError              **error)
{
  static const char sql[] = "SELECT body FROM changeset WHERE seq = (SELECT seq FROM receipt WHERE op_id = ?1)";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, op_id);

  return forlop_sqlite_first (statement, read_text, (gpointer *) body, error);
}

static void
bind_alias (ForlopStatement *statement,
            const char      *type,
            const char      *id,
            const char      *field,
            const char      *tag,
            const char      *present)
{
  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, type);
  forlop_statement_bind_text (statement, 3, field);
  forlop_statement_bind_id (statement, 4, tag);
  forlop_statement_bind_id (statement, 5, present);
}

static gboolean
sqlite_put_alias (ForlopServerStorage  *self,
                  const char           *type,
                  const char           *id,
                  const char           *field,
                  const char           *tag,
                  const char           *present,
                  GError              **error)
{
  static const char sql[] =
    "INSERT INTO alias (id, type, field, tag, present) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_alias (statement, type, id, field, tag, present);

  return forlop_sqlite_execute (statement, error);
}

static gboolean
sqlite_has_alias (ForlopServerStorage  *self,
                  const char           *type,
                  const char           *id,
                  const char           *field,
                  const char           *tag,
                  const char           *present,
                  gboolean             *found,
                  GError              **error)
{
  static const char sql[] =
    "SELECT 1 FROM alias WHERE id = ?1 AND type = ?2 AND field = ?3 AND tag = ?4 AND present = ?5";
  g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_alias (statement, type, id, field, tag, present);

  return forlop_sqlite_step (statement, found, error);
}

void
forlop_sqlite_fill_log (ForlopServerStorageFuncs *funcs)
{
  funcs->add_mark = sqlite_add_mark;
  funcs->get_mark = sqlite_get_mark;
  funcs->find_claim = sqlite_find_claim;
  funcs->put_claim = sqlite_put_claim;
  funcs->drop_claims = sqlite_drop_claims;
  funcs->get_device = sqlite_get_device;
  funcs->put_device = sqlite_put_device;
  funcs->list_devices = sqlite_list_devices;
  funcs->get_receipt = sqlite_get_receipt;
  funcs->put_receipt = sqlite_put_receipt;
  funcs->put_changeset = sqlite_put_changeset;
  funcs->get_changeset = sqlite_get_changeset;
  funcs->put_alias = sqlite_put_alias;
  funcs->has_alias = sqlite_has_alias;
}
