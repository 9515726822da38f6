/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-connection-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "forlop-file-private.h"
#include "forlop-store-error.h"

#define COPY_BLOCK 65536

static sqlite3_file *
get_file (ForlopConnection *self)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (forlop_connection_get_handle (self), "main", SQLITE_FCNTL_FILE_POINTER,
                        &file);
  g_assert (file != NULL && file->pMethods != NULL);
  return file;
}

gboolean
forlop_connection_read_head (ForlopConnection  *self,
                             char              *bytes,
                             gsize              length,
                             GError           **error)
{
  g_assert (FORLOP_IS_CONNECTION (self));

  sqlite3_file *file = get_file (self);
  int code = file->pMethods->xRead (file, bytes, (int) length, 0);
  if (code != SQLITE_OK)
    {
      forlop_connection_set_error (self, code, "read", error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_log_is_empty (ForlopConnection  *self,
                    GError           **error)
{
  const char *path = forlop_connection_get_path (self);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  if (g_stat (log, &info) != 0 || info.st_size == 0)
    return TRUE;

  forlop_store_error_set (error, FORLOP_STORE_ERROR_BUSY, path, "the log is in use");
  return FALSE;
}

static gboolean
copy_blocks (ForlopConnection  *self,
             int                fd,
             const char        *target,
             GError           **error)
{
  sqlite3_file *file = get_file (self);
  char block[COPY_BLOCK];
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize (file, &size);

  for (sqlite3_int64 offset = 0; offset < size && code == SQLITE_OK; offset += COPY_BLOCK)
    {
      int length = (int) MIN (size - offset, COPY_BLOCK);
      code = file->pMethods->xRead (file, block, length, offset);
      if (code == SQLITE_OK && !forlop_file_append (fd, target, block, (gsize) length, error))
        return FALSE;
    }

  if (code != SQLITE_OK)
    {
      forlop_connection_set_error (self, code, "copy", error);
      return FALSE;
    }

  return forlop_file_sync (fd, target, error);
}

gboolean
forlop_connection_copy_file (ForlopConnection  *self,
                             const char        *target,
                             GError           **error)
{
  g_assert (FORLOP_IS_CONNECTION (self));

  if (!check_log_is_empty (self, error))
    return FALSE;

  g_autofree char *temporary = g_strconcat (target, FORLOP_FILE_NEW_SUFFIX, NULL);
  g_autofd int fd = forlop_file_create (temporary, error);
  if (fd < 0)
    return FALSE;

  gboolean copied = copy_blocks (self, fd, target, error)
                    && forlop_file_publish (temporary, target, error);
  if (!copied)
    g_unlink (temporary);

  return copied;
}
