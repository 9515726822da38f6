/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-connection-copy.h"
#include "forlop-sqlite-private.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"

/* The name is free and stays so. */
static int
lock_target (const char  *target,
             GError     **error)
{
  int lock_fd = forlop_store_lock (target, error);

  if (lock_fd < 0 || !g_file_test (target, G_FILE_TEST_EXISTS))
    return lock_fd;
  forlop_store_error_set (error, FORLOP_STORE_ERROR_EXISTS, target, NULL);
  forlop_store_unlock (target, lock_fd);

  return -1;
}

gboolean
forlop_sqlite_storage_backup (ForlopServerStorage  *self,
                              const char           *target,
                              gint64               *seq,
                              GError              **error)
{
  ForlopSqliteStorage *sqlite = FORLOP_SQLITE (self);
  ForlopServerHead head;
  gboolean copied;
  int lock_fd;

  g_return_val_if_fail (self != NULL && target != NULL && seq != NULL, FALSE);

  lock_fd = lock_target (target, error);
  if (lock_fd < 0)
    return FALSE;

  copied = self->funcs->begin (self, FALSE, error);
  if (copied)
    {
      copied = self->funcs->get_head (self, &head, error) &&
               forlop_connection_copy (sqlite->connection, sqlite->key, target, NULL, NULL, NULL, NULL,
                                       error);
      self->funcs->rollback (self);
    }
  forlop_store_unlock (target, lock_fd);
  if (copied)
    *seq = head.seq;

  return copied;
}

/* What is in the copy is safe, whatever the copy itself said. */
static gboolean
begin_anew (ForlopConnection  *copy,
            gpointer           user_data,
            GCancellable      *cancellable,
            GError           **error)
{
  static const char sql[] = "UPDATE tenant_head SET epoch = ?1, safe_seq = head";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (copy, sql, error);
  char text[33];
  guint8 epoch[16];

  if (statement == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  forlop_tenant_make_epoch (user_data, text);
  forlop_tenant_epoch_to_bytes (text, epoch);
  forlop_statement_bind_blob (statement, 1, epoch, sizeof epoch);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_sqlite_storage_restore (const char      *copy,
                               const char      *path,
                               ForlopKey       *key,
                               ForlopIdSource  *ids,
                               GError         **error)
{
  g_autoptr (ForlopServerStorage) source = NULL;
  gboolean copied;
  int lock_fd;

  g_return_val_if_fail (copy != NULL && path != NULL, FALSE);
  g_return_val_if_fail (key != NULL && ids != NULL, FALSE);

  source = forlop_sqlite_storage_open_reader (copy, key, error);
  if (source == NULL)
    return FALSE;
  lock_fd = lock_target (path, error);
  if (lock_fd < 0)
    return FALSE;

  copied = source->funcs->begin (source, FALSE, error);
  if (copied)
    {
      copied = forlop_connection_copy (FORLOP_SQLITE (source)->connection, key, path, NULL, begin_anew,
                                       ids, NULL, error);
      source->funcs->rollback (source);
    }
  forlop_store_unlock (path, lock_fd);

  return copied;
}
