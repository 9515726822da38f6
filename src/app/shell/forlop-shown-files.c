/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-shown-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "forlop-blob-store.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"

/* By then a viewer has read what it shows. */
#define MINUTES_SHOWN 10

typedef struct {
  ForlopBlobStore *blobs;
  char *hash;
  const char *suffix;
} Showing;

static char *
all_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "forlop-shown", NULL);
}

static char *
own_folder (void)
{
  g_autofree char *all = all_folder ();
  g_autofree char *number = g_strdup_printf ("%d", (int) getpid ());

  return g_build_filename (all, number, NULL);
}

/* A viewer knows many a kind of file by the end of its name alone. */
static const char *
suffix_of (const char *media_type)
{
  static const struct {
    const char *media_type;
    const char *suffix;
  } known[] = {
    { "application/pdf", ".pdf" }, { "image/png", ".png" }, { "image/jpeg", ".jpg" },
    { "image/tiff", ".tiff" }, { "text/plain", ".txt" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].media_type, media_type) == 0)
      return known[i].suffix;

  return "";
}

static void
showing_free (gpointer data)
{
  Showing *showing = data;

  g_object_unref (showing->blobs);
  g_free (showing->hash);
  g_free (showing);
}

static gboolean
write_all (int      fd,
           GBytes  *contents)
{
  gsize length;
  const char *next = g_bytes_get_data (contents, &length);

  while (length > 0)
    {
      ssize_t written = write (fd, next, length);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written < 0)
        continue;
      next += written;
      length -= (gsize) written;
    }

  return TRUE;
}

/* Readable for this user alone, and writable for nobody: what is changed in a viewer is not kept. */
static gpointer
write_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Showing *showing = user_data;
  g_autofree char *folder = own_folder ();
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (id, showing->suffix, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) contents = forlop_store_blobs_get (connection, showing->blobs, showing->hash, error);
  g_autofd int fd = -1;

  if (contents == NULL)
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400);
  if (fd >= 0 && write_all (fd, contents))
    return g_file_new_for_path (path);

  forlop_store_error_set_errno (error, path, errno, "write");
  g_unlink (path);

  return NULL;
}

static gboolean
time_is_over_cb (gpointer data)
{
  g_unlink (g_file_peek_path (data));

  return G_SOURCE_REMOVE;
}

GFile *
forlop_shown_files_await (ForlopSession  *session,
                          const char     *hash,
                          const char     *media_type,
                          GError        **error)
{
  Showing *showing;
  ForlopStore *store;
  GFile *file;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (forlop_blob_hash_is_valid (hash), NULL);

  store = forlop_session_get_store (session);
  showing = g_new0 (Showing, 1);
  showing->blobs = g_object_ref (forlop_store_get_blobs (store));
  showing->hash = g_strdup (hash);
  showing->suffix = suffix_of (media_type);
  file = forlop_worker_await (forlop_store_read (store, write_on_worker, showing, showing_free,
                                                 g_object_unref), error);
  if (file != NULL)
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, MINUTES_SHOWN * 60, time_is_over_cb,
                                g_object_ref (file), g_object_unref);

  return file;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
forlop_shown_files_remove (void)
{
  g_autofree char *folder = own_folder ();

  remove_folder (folder);
}

void
forlop_shown_files_sweep (void)
{
  g_autofree char *all = all_folder ();
  g_autoptr (GDir) dir = g_dir_open (all, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (all, name, NULL);
      pid_t pid = (pid_t) g_ascii_strtoll (name, NULL, 10);

      if (pid == getpid () || (pid > 0 && kill (pid, 0) != 0 && errno == ESRCH))
        remove_folder (folder);
    }
}
