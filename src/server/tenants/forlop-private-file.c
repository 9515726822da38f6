/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forlop-error.h"
#include "forlop-store-error.h"

#define MAX_FILE (64 * 1024)

char *
forlop_private_file_read (const char  *path,
                          GError     **error)
{
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  struct stat status;
  char *text;
  ssize_t n;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      forlop_store_error_set_errno (error, path, errno, "open");
      return NULL;
    }
  if ((status.st_mode & (S_IRWXG | S_IRWXO) & ~S_IRGRP) != 0 ||
      ((status.st_mode & S_IRGRP) != 0 && status.st_uid == geteuid ()))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("Others may read the key “%s”, so it was not used. Give it to root or to the server's "
                     "user alone, mode 0400, and think of it as known."), path);
      return NULL;
    }
  text = g_malloc0 (MAX_FILE);
  n = read (fd, text, MAX_FILE - 1);
  if (n >= 0)
    return text;
  g_free (text);
  forlop_store_error_set_errno (error, path, errno, "read");

  return NULL;
}
