/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-opener.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-keyring.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"

struct _ForlopStoreOpener
{
  GObject parent_instance;

  char *path;
  char *passphrase_path;
  ForlopClock *clock;
  ForlopWorker *worker;
};

/* What one call works on; belongs to the worker while it runs. */
typedef struct {
  char *path;
  char *passphrase_path;
  ForlopStoreLock lock;
  char *secret;
} Job;

typedef struct {
  ForlopStoreOpener *self;
  Job *job;
} Opening;

G_DEFINE_FINAL_TYPE (ForlopStoreOpener, forlop_store_opener, G_TYPE_OBJECT)

static void
secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static Job *
job_new (ForlopStoreOpener *self,
         ForlopStoreLock    lock,
         const char        *secret)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (self->path);
  job->passphrase_path = g_strdup (self->passphrase_path);
  job->lock = lock;
  job->secret = g_strdup (secret);

  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->passphrase_path);
  secret_free (job->secret);
  g_free (job);
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->self);
  g_clear_pointer (&opening->job, job_free);
  g_free (opening);
}

static gpointer
examine_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  Job *job = user_data;
  g_autofree char *key_path = forlop_keyring_dup_path (job->path);
  g_autoptr(ForlopKeyring) keyring = NULL;
  int *lock = g_new (int, 1);

  if (!g_file_test (job->path, G_FILE_TEST_EXISTS))
    {
      *lock = FORLOP_STORE_LOCK_MISSING;
      return lock;
    }

  keyring = forlop_keyring_load (key_path, error);
  if (keyring == NULL)
    {
      g_free (lock);
      return NULL;
    }

  if (job->passphrase_path != NULL || !forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE))
    *lock = FORLOP_STORE_LOCK_PASSPHRASE;
  else
    *lock = forlop_keyring_needs_pin (keyring) ? FORLOP_STORE_LOCK_PIN : FORLOP_STORE_LOCK_SECRET;

  return lock;
}

static char *
read_passphrase (const char  *path,
                 GError     **error)
{
  g_autoptr(GError) problem = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &problem))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   _("The passphrase could not be read from “%s”. Nothing was opened. Check the "
                     "name of the file.\n%s"), path, problem->message);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';

  return text;
}

static gpointer
unlock_on_worker (gpointer       user_data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Job *job = user_data;
  g_autofree char *key_path = forlop_keyring_dup_path (job->path);
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_load (key_path, error);
  char *passphrase;
  ForlopKey *key;

  if (keyring == NULL)
    return NULL;
  if (job->lock != FORLOP_STORE_LOCK_PASSPHRASE)
    return forlop_keyring_unlock_secret (keyring, job->secret, cancellable, error);

  if (job->passphrase_path == NULL)
    return forlop_keyring_unlock_passphrase (keyring, job->secret != NULL ? job->secret : "",
                                             error);

  passphrase = read_passphrase (job->passphrase_path, error);
  if (passphrase == NULL)
    return NULL;
  key = forlop_keyring_unlock_passphrase (keyring, passphrase, error);
  secret_free (passphrase);

  return key;
}

static DexFuture *
examine_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree int *lock = NULL;

  lock = forlop_worker_await (forlop_worker_run (opening->self->worker, examine_on_worker,
                                                 g_steal_pointer (&opening->job), job_free,
                                                 g_free), &error);
  if (lock == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int (*lock);
}

static DexFuture *
open_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  ForlopStoreOpener *self = opening->self;
  g_autoptr(ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autoptr(ForlopKey) key = NULL;
  g_autoptr(GError) error = NULL;
  ForlopStore *store;

  key = forlop_worker_await (forlop_worker_run (self->worker, unlock_on_worker,
                                                g_steal_pointer (&opening->job), job_free,
                                                (GDestroyNotify) forlop_key_unref), &error);
  if (key == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  store = forlop_worker_await (forlop_store_open_async (self->path, key, self->clock, ids,
                                                        FORLOP_STORE_NORMAL), &error);
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (store);
}

static void
forlop_store_opener_finalize (GObject *object)
{
  ForlopStoreOpener *self = FORLOP_STORE_OPENER (object);

  g_free (self->path);
  g_free (self->passphrase_path);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (forlop_store_opener_parent_class)->finalize (object);
}

static void
forlop_store_opener_class_init (ForlopStoreOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_store_opener_finalize;
}

static void
forlop_store_opener_init (ForlopStoreOpener *self)
{
  self->worker = forlop_worker_new ("opener");
}

ForlopStoreOpener *
forlop_store_opener_new (const char  *path,
                         const char  *passphrase_path,
                         ForlopClock *clock)
{
  ForlopStoreOpener *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_STORE_OPENER, NULL);
  self->path = g_strdup (path);
  self->passphrase_path = g_strdup (passphrase_path);
  self->clock = forlop_clock_ref (clock);

  return self;
}

ForlopClock *
forlop_store_opener_get_clock (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);

  return self->clock;
}

const char *
forlop_store_opener_get_path (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);

  return self->path;
}

gboolean
forlop_store_opener_has_passphrase (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), FALSE);

  return self->passphrase_path != NULL;
}

static DexFuture *
forlop_store_opener_spawn (ForlopStoreOpener *self,
                           DexFiberFunc       fiber,
                           Job               *job)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->self = g_object_ref (self);
  opening->job = job;

  return dex_scheduler_spawn (NULL, 0, fiber, opening, opening_free);
}

DexFuture *
forlop_store_opener_examine (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);

  return forlop_store_opener_spawn (self, examine_fiber,
                                    job_new (self, FORLOP_STORE_LOCK_MISSING, NULL));
}

DexFuture *
forlop_store_opener_open (ForlopStoreOpener *self,
                          ForlopStoreLock    lock,
                          const char        *secret)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);
  g_return_val_if_fail (lock != FORLOP_STORE_LOCK_MISSING, NULL);

  return forlop_store_opener_spawn (self, open_fiber, job_new (self, lock, secret));
}
