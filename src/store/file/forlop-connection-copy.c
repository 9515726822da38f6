/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-connection-copy.h"

#include <glib/gstdio.h>

#include "forlop-connection-private.h"
#include "forlop-file-private.h"
#include "forlop-store-error.h"

/* Four MiB between two looks at the cancellable. */
#define PAGES_PER_STEP 1024

/* The reader's transaction begins with its first question; from then on every step sees the same
 * moment. */
static gboolean
fix_moment (ForlopConnection  *source,
            GError           **error)
{
  gint64 n_tables;

  return forlop_connection_query_integer (source, "SELECT count(*) FROM sqlite_schema", &n_tables,
                                          error);
}

static gboolean
copy_pages (ForlopConnection    *source,
            ForlopConnection    *target,
            ForlopCopyProgress   progress,
            gpointer             user_data,
            GCancellable        *cancellable,
            GError             **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (forlop_connection_get_handle (target), "main",
                                              forlop_connection_get_handle (source), "main");
  int code = copy != NULL ? SQLITE_OK : sqlite3_errcode (forlop_connection_get_handle (target));

  while (code == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    {
      code = sqlite3_backup_step (copy, PAGES_PER_STEP);
      if (progress != NULL)
        {
          int total = sqlite3_backup_pagecount (copy);
          progress (total - sqlite3_backup_remaining (copy), total, user_data);
        }
    }

  sqlite3_backup_finish (copy);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (code != SQLITE_DONE)
    {
      forlop_connection_set_error (target, code, "backup", error);
      return FALSE;
    }

  return TRUE;
}

/* Reads the seal of every page from the disk. */
static gboolean
check_copy (ForlopConnection  *target,
            GError           **error)
{
  g_autoptr(ForlopStatement) statement =
    forlop_connection_prepare (target, "PRAGMA cipher_integrity_check", error);
  gboolean damaged;

  if (statement == NULL || !forlop_statement_step (statement, &damaged, error))
    return FALSE;

  if (damaged)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_FAILED, forlop_connection_get_path (target),
                            "the copy was read back with faults");
  return !damaged;
}

/**
 * forlop_connection_copy:
 * @key: the key of the file, and of the copy.
 * @target: where the copy shall be.
 * @progress: (nullable): told how far it is.
 * @finish: (nullable): the last word before the copy gets its name.
 * @user_data: for @progress and @finish.
 *
 * Copies everything as it is at one moment; @self is in a transaction for reading. The copy is read
 * back and durable before it gets its name. The caller holds forlop_store_lock() on @target, whose
 * end removes what a failure or cancellation leaves.
 */
gboolean
forlop_connection_copy (ForlopConnection    *self,
                        ForlopKey           *key,
                        const char          *target,
                        ForlopCopyProgress   progress,
                        ForlopCopyFinish     finish,
                        gpointer             user_data,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_return_val_if_fail (FORLOP_IS_CONNECTION (self) && key != NULL && target != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *temporary = g_strconcat (target, FORLOP_FILE_NEW_SUFFIX, NULL);
  g_autoptr(ForlopConnection) copy = forlop_connection_open (temporary, key,
                                                             FORLOP_CONNECTION_CREATE, error);
  if (copy == NULL)
    return FALSE;

  if (!fix_moment (self, error)
      || !copy_pages (self, copy, progress, user_data, cancellable, error)
      || (finish != NULL && !finish (copy, user_data, cancellable, error))
      || !forlop_connection_checkpoint (copy, error)
      || !check_copy (copy, error))
    return FALSE;

  g_clear_object (&copy);
  return forlop_file_sync_path (temporary, error)
         && forlop_file_publish (temporary, target, error);
}
