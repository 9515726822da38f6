/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forlop-store-error.h"

#define COPY_BLOCK 65536

static ForlopFileFault fault_func;
static gpointer fault_data;

void
forlop_file_set_fault (ForlopFileFault fault,
                       gpointer        user_data)
{
  fault_func = fault;
  fault_data = user_data;
}

/* Sets errno and says no where a test wants the operation to fail. */
static gboolean
allowed (const char *operation)
{
  int number = fault_func != NULL ? fault_func (operation, fault_data) : 0;

  errno = number;
  return number == 0;
}

/* A folder that may not be written to is told as such, and not as a file without access. */
static void
set_create_error (GError     **error,
                  const char  *path)
{
  if (errno == EACCES || errno == EPERM || errno == EROFS)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_READ_ONLY, path, g_strerror (errno));
  else
    forlop_store_error_set_errno (error, path, errno, "create");
}

int
forlop_file_create (const char  *path,
                    GError     **error)
{
  g_return_val_if_fail (path != NULL, -1);

  int fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    set_create_error (error, path);

  return fd;
}

gboolean
forlop_file_append (int             fd,
                    const char     *path,
                    gconstpointer   data,
                    gsize           length,
                    GError        **error)
{
  g_return_val_if_fail (fd >= 0 && path != NULL, FALSE);

  const char *next = data;
  while (length > 0)
    {
      ssize_t written = allowed ("write") ? write (fd, next, length) : -1;
      if (written < 0 && errno == EINTR)
        continue;

      if (written < 0)
        {
          forlop_store_error_set_errno (error, path, errno, "write");
          return FALSE;
        }

      next += written;
      length -= (gsize) written;
    }

  return TRUE;
}

gboolean
forlop_file_sync (int          fd,
                  const char  *path,
                  GError     **error)
{
  g_return_val_if_fail (fd >= 0 && path != NULL, FALSE);

  if (!allowed ("sync") || fsync (fd) != 0)
    {
      forlop_store_error_set_errno (error, path, errno, "sync");
      return FALSE;
    }

  return TRUE;
}

gboolean
forlop_file_sync_path (const char  *path,
                       GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "open");
      return FALSE;
    }

  return forlop_file_sync (fd, path, error);
}

static gboolean
sync_folder_of (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return forlop_file_sync_path (folder, error);
}

gboolean
forlop_file_publish (const char  *from,
                     const char  *to,
                     GError     **error)
{
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!allowed ("rename") || g_rename (from, to) != 0)
    {
      forlop_store_error_set_errno (error, to, errno, "rename");
      return FALSE;
    }

  return sync_folder_of (to, error);
}

gboolean
forlop_file_make_folder (const char  *path,
                         GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_mkdir (path, 0700) == 0)
    return sync_folder_of (path, error);

  if (errno == EEXIST)
    return TRUE;

  set_create_error (error, path);
  return FALSE;
}

void
forlop_file_remove_folder (const char *path)
{
  g_return_if_fail (path != NULL);

  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        forlop_file_remove_folder (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

static gboolean
write_and_sync (const char     *path,
                gconstpointer   data,
                gsize           length,
                GError        **error)
{
  g_autofd int fd = forlop_file_create (path, error);

  return fd >= 0
         && forlop_file_append (fd, path, data, length, error)
         && forlop_file_sync (fd, path, error);
}

gboolean
forlop_file_write (const char     *path,
                   gconstpointer   data,
                   gsize           length,
                   GError        **error)
{
  g_return_val_if_fail (path != NULL && (data != NULL || length == 0), FALSE);

  g_autofree char *temporary = g_strconcat (path, FORLOP_FILE_NEW_SUFFIX, NULL);
  gboolean written = write_and_sync (temporary, data, length, error)
                     && forlop_file_publish (temporary, path, error);
  if (!written)
    g_unlink (temporary);

  return written;
}

GBytes *
forlop_file_read (const char  *path,
                  gsize        max_length,
                  GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "open");
      return NULL;
    }

  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 block[COPY_BLOCK];
  ssize_t length;
  while ((length = read (fd, block, sizeof block)) != 0)
    {
      if (length < 0 && errno == EINTR)
        continue;

      if (length < 0)
        {
          forlop_store_error_set_errno (error, path, errno, "read");
          return NULL;
        }

      if (bytes->len + (gsize) length > max_length)
        {
          forlop_store_error_set (error, FORLOP_STORE_ERROR_DAMAGED, path, "the file is too large");
          return NULL;
        }

      g_byte_array_append (bytes, block, (guint) length);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
copy_blocks (int          source,
             const char  *from,
             int          target,
             const char  *to,
             GError     **error)
{
  guint8 block[COPY_BLOCK];
  ssize_t length;

  while ((length = read (source, block, sizeof block)) != 0)
    {
      if (length < 0 && errno == EINTR)
        continue;

      if (length < 0)
        {
          forlop_store_error_set_errno (error, from, errno, "read");
          return FALSE;
        }

      if (!forlop_file_append (target, to, block, (gsize) length, error))
        return FALSE;
    }

  return forlop_file_sync (target, to, error);
}

gboolean
forlop_file_copy (const char  *from,
                  const char  *to,
                  GError     **error)
{
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  g_autofree char *temporary = g_strconcat (to, FORLOP_FILE_NEW_SUFFIX, NULL);
  g_autofd int source = g_open (from, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (source < 0)
    {
      forlop_store_error_set_errno (error, from, errno, "open");
      return FALSE;
    }

  g_autofd int target = forlop_file_create (temporary, error);
  if (target < 0)
    return FALSE;

  gboolean copied = copy_blocks (source, from, target, to, error)
                    && forlop_file_publish (temporary, to, error);
  if (!copied)
    g_unlink (temporary);

  return copied;
}

/* A file that was removed between opening and locking guards nothing. */
static gboolean
is_still_there (int         fd,
                const char *path)
{
  struct stat opened;
  struct stat present;

  return fstat (fd, &opened) == 0 && stat (path, &present) == 0
         && opened.st_dev == present.st_dev && opened.st_ino == present.st_ino;
}

int
forlop_file_lock (const char  *path,
                  GError     **error)
{
  g_return_val_if_fail (path != NULL, -1);

  while (TRUE)
    {
      g_autofd int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (fd < 0)
        {
          set_create_error (error, path);
          return -1;
        }

      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          if (errno == EWOULDBLOCK)
            forlop_store_error_set (error, FORLOP_STORE_ERROR_IN_USE, path, NULL);
          else
            forlop_store_error_set_errno (error, path, errno, "lock");
          return -1;
        }

      if (is_still_there (fd, path))
        return g_steal_fd (&fd);
    }
}
