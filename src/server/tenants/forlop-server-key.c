/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forlop-error.h"
#include "forlop-store-error.h"

#define CREDENTIAL "forlop-key"
#define DIGITS (2 * FORLOP_KEY_LENGTH)

static char *
dup_path (const char  *path,
          const char  *folder,
          GError     **error)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");

  if (path != NULL)
    return g_strdup (path);
  if (credentials != NULL)
    {
      g_autofree char *credential = g_build_filename (credentials, CREDENTIAL, NULL);

      if (g_file_test (credential, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&credential);
    }

  if (folder != NULL)
    return g_build_filename (folder, "server.key", NULL);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                       _("The server's key was not given. Nothing was opened. Say where it is with --key-file, or "
                         "give the service the credential forlop-key."));

  return NULL;
}

static gboolean
check_private (int          fd,
               const char  *path,
               GError     **error)
{
  struct stat status;

  if (fstat (fd, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO) & ~S_IRGRP) == 0 &&
      (status.st_uid == 0 || status.st_uid == geteuid ()) &&
      ((status.st_mode & S_IRGRP) == 0 || status.st_uid != geteuid ()))
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
               _("Others may read the server's key “%s”, so it was not used. Give it to root or to the "
                 "server's user alone, mode 0400, and think of it as known."), path);

  return FALSE;
}

static ForlopKey *
read_key (int          fd,
          const char  *path,
          GError     **error)
{
  char text[DIGITS + 2] = { 0 };
  guint8 bytes[FORLOP_KEY_LENGTH];
  const char *end = NULL;
  gsize length = 0;
  ssize_t n = read (fd, text, DIGITS + 1);
  gboolean is_read = n >= DIGITS &&
                     sodium_hex2bin (bytes, sizeof bytes, text, DIGITS, NULL, &length, &end) == 0 &&
                     length == sizeof bytes && (n == DIGITS || text[DIGITS] == '\n');
  ForlopKey *key = is_read ? forlop_key_new (bytes) : NULL;

  sodium_memzero (text, sizeof text);
  sodium_memzero (bytes, sizeof bytes);
  if (key == NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The server's key “%s” is not 64 hexadecimal digits on one line. Nothing was opened; "
                   "put the right key there."), path);

  return key;
}

ForlopKey *
forlop_server_key_load (const char  *path,
                        const char  *folder,
                        GError     **error)
{
  g_autofree char *key_path = dup_path (path, folder, error);
  g_autofd int fd = key_path != NULL ? open (key_path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : -1;

  if (key_path == NULL)
    return NULL;
  if (fd < 0)
    {
      forlop_store_error_set_errno (error, key_path, errno, "open");
      return NULL;
    }

  return check_private (fd, key_path, error) ? read_key (fd, key_path, error) : NULL;
}

static gboolean
write_key (const char  *path,
           GError     **error)
{
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  char text[DIGITS + 2];
  g_autofd int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean is_written;

  if (fd < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "create");
      return FALSE;
    }
  sodium_bin2hex (text, sizeof text, forlop_key_get_bytes (key), FORLOP_KEY_LENGTH);
  text[DIGITS] = '\n';
  is_written = write (fd, text, DIGITS + 1) == DIGITS + 1 && fsync (fd) == 0;
  sodium_memzero (text, sizeof text);
  if (!is_written)
    {
      forlop_store_error_set_errno (error, path, errno, "write");
      g_unlink (path);
    }

  return is_written;
}

ForlopKey *
forlop_server_key_ensure (const char  *path,
                          const char  *folder,
                          GError     **error)
{
  g_autofree char *key_path = dup_path (path, folder, error);

  if (key_path == NULL)
    return NULL;
  if (!g_file_test (key_path, G_FILE_TEST_EXISTS) && !write_key (key_path, error))
    return NULL;

  return forlop_server_key_load (key_path, folder, error);
}
