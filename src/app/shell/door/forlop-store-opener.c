/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-opener.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-identities.h"
#include "forlop-keyring.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"

struct _ForlopStoreOpener
{
  GObject parent_instance;

  char *path;
  char *passphrase_path;
  gboolean must_exist;
  ForlopClock *clock;
  ForlopWorker *worker;

  /* What was found when it was examined. */
  char *notice;
  gboolean can_keep_pin;
};

/* What one call works on; belongs to the worker while it runs. */
typedef struct {
  char *path;
  char *passphrase_path;
  ForlopClock *clock;
  gboolean must_exist;
  ForlopStoreLock lock;
  char *secret;
  char *new_pin;
} Job;

typedef struct {
  ForlopStoreOpener *self;
  Job *job;
  ForlopStore *open_store;
} Opening;

typedef struct {
  ForlopStoreLock lock;
  char *notice;
  gboolean can_keep_pin;
} Examination;

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
         const char        *secret,
         const char        *new_pin)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (self->path);
  job->passphrase_path = g_strdup (self->passphrase_path);
  job->clock = forlop_clock_ref (self->clock);
  job->must_exist = self->must_exist;
  job->lock = lock;
  job->secret = g_strdup (secret);
  job->new_pin = g_strdup (new_pin);

  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->passphrase_path);
  forlop_clock_unref (job->clock);
  secret_free (job->secret);
  secret_free (job->new_pin);
  g_free (job);
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->self);
  g_clear_object (&opening->open_store);
  g_clear_pointer (&opening->job, job_free);
  g_free (opening);
}

static void
examination_free (gpointer data)
{
  Examination *examination = data;

  g_free (examination->notice);
  g_free (examination);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Examination, examination_free)

/* Whether this desktop has a key store, before there is a file with a name in it. */
static gboolean
has_key_store (GCancellable *cancellable)
{
  g_autoptr(ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *nobody = forlop_id_source_next (ids, 0);
  g_autoptr(ForlopKey) key = forlop_key_new_random ();
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_new (nobody, key);

  return forlop_keyring_can_keep_pin (keyring, cancellable, NULL);
}

static void
examine_pin (ForlopKeyring *keyring,
             Examination   *examination,
             GCancellable  *cancellable)
{
  g_autoptr(GError) error = NULL;

  if (forlop_keyring_may_try_pin (keyring, cancellable, &error))
    examination->lock = FORLOP_STORE_LOCK_PIN;
  else
    examination->notice = forlop_store_error_dup_sentence (error);
  examination->can_keep_pin =
    !g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_NO_KEYRING);
}

/* Where the passphrase is in a file nobody is there to be asked, and the key store is left alone. */
static gpointer
examine_on_worker (gpointer       user_data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Job *job = user_data;
  g_autofree char *key_path = forlop_keyring_dup_path (job->path);
  g_autoptr(ForlopKeyring) keyring = NULL;
  g_autoptr(Examination) examination = g_new0 (Examination, 1);

  examination->lock = FORLOP_STORE_LOCK_PASSPHRASE;
  if (g_file_test (job->path, G_FILE_TEST_EXISTS))
    keyring = forlop_keyring_load (key_path, error);
  else if (job->must_exist)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_MISSING, job->path, NULL);
  else
    examination->lock = FORLOP_STORE_LOCK_MISSING;
  if (keyring == NULL && examination->lock != FORLOP_STORE_LOCK_MISSING)
    return NULL;

  if (job->passphrase_path != NULL)
    return g_steal_pointer (&examination);
  if (keyring != NULL && forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE))
    examine_pin (keyring, examination, cancellable);
  else
    examination->can_keep_pin = has_key_store (cancellable);

  return g_steal_pointer (&examination);
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

static ForlopKey *
unlock_by_passphrase (Job            *job,
                      ForlopKeyring  *keyring,
                      GError        **error)
{
  char *passphrase;
  ForlopKey *key;

  if (job->passphrase_path == NULL)
    return forlop_keyring_unlock_passphrase (keyring, job->secret != NULL ? job->secret : "", error);

  passphrase = read_passphrase (job->passphrase_path, error);
  if (passphrase == NULL)
    return NULL;
  key = forlop_keyring_unlock_passphrase (keyring, passphrase, error);
  secret_free (passphrase);

  return key;
}

static gpointer
unlock_on_worker (gpointer       user_data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Job *job = user_data;
  g_autofree char *key_path = forlop_keyring_dup_path (job->path);
  g_autoptr(ForlopKeyring) keyring = forlop_keyring_load (key_path, error);
  g_autoptr(ForlopKey) key = NULL;

  if (keyring == NULL)
    return NULL;
  if (job->lock == FORLOP_STORE_LOCK_PIN)
    return forlop_keyring_unlock_pin (keyring, job->secret != NULL ? job->secret : "", cancellable,
                                      error);

  key = unlock_by_passphrase (job, keyring, error);
  if (key == NULL)
    return NULL;
  if (job->new_pin != NULL &&
      (!forlop_keyring_set_pin (keyring, key, job->new_pin, NULL, cancellable, error) ||
       !forlop_keyring_save (keyring, key_path, error)))
    return NULL;

  return g_steal_pointer (&key);
}

static gpointer
begin_on_worker (gpointer       user_data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Job *job = user_data;
  g_autoptr(ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autoptr(ForlopStoreOpening) opening = g_new0 (ForlopStoreOpening, 1);
  g_autoptr(ForlopKey) key = unlock_on_worker (job, cancellable, error);

  if (key == NULL)
    return NULL;
  opening->store = forlop_store_open (job->path, key, job->clock, ids, FORLOP_STORE_NORMAL, error);
  if (opening->store == NULL)
    return NULL;
  opening->identities = forlop_identities_load_sync (opening->store,
                                                     forlop_clock_today (job->clock), error);

  return opening->identities != NULL ? g_steal_pointer (&opening) : NULL;
}

static DexFuture *
examine_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  ForlopStoreOpener *self = opening->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(Examination) examination = NULL;

  examination = forlop_worker_await (forlop_worker_run (self->worker, examine_on_worker,
                                                        g_steal_pointer (&opening->job), job_free,
                                                        examination_free), &error);
  if (examination == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_set_str (&self->notice, examination->notice);
  self->can_keep_pin = examination->can_keep_pin;

  return dex_future_new_for_int ((int) examination->lock);
}

/* Another side file could have been put in the place of the right one meanwhile, with a PIN that
 * somebody else knows: the key must be the one the file was opened with. */
static DexFuture *
let_in_again (Opening   *opening,
              ForlopKey *key)
{
  g_autoptr(GError) error = NULL;

  if (forlop_store_has_key (opening->open_store, key))
    return dex_future_new_take_object (g_object_ref (opening->open_store));

  forlop_store_error_set (&error, FORLOP_STORE_ERROR_WRONG_KEY, opening->self->path, NULL);

  return dex_future_new_for_error (g_steal_pointer (&error));
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
  if (opening->open_store != NULL)
    return let_in_again (opening, key);

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
  g_free (self->notice);
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

void
forlop_store_opener_set_path (ForlopStoreOpener *self,
                              const char        *path,
                              gboolean           must_exist)
{
  g_return_if_fail (FORLOP_IS_STORE_OPENER (self));
  g_return_if_fail (path != NULL);

  g_set_str (&self->path, path);
  self->must_exist = must_exist;
}

gboolean
forlop_store_opener_has_passphrase (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), FALSE);

  return self->passphrase_path != NULL;
}

gboolean
forlop_store_opener_can_keep_pin (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), FALSE);

  return self->can_keep_pin;
}

const char *
forlop_store_opener_get_notice (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);

  return self->notice;
}

static DexFuture *
forlop_store_opener_spawn (ForlopStoreOpener *self,
                           DexFiberFunc       fiber,
                           Job               *job,
                           ForlopStore       *open_store)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->self = g_object_ref (self);
  opening->job = job;
  g_set_object (&opening->open_store, open_store);

  return dex_scheduler_spawn (NULL, 0, fiber, opening, opening_free);
}

void
forlop_store_opening_free (ForlopStoreOpening *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->identities);
  g_clear_object (&self->store);
  g_free (self);
}

DexFuture *
forlop_store_opener_begin (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);
  g_return_val_if_fail (self->passphrase_path != NULL, NULL);

  return forlop_worker_run (self->worker, begin_on_worker,
                            job_new (self, FORLOP_STORE_LOCK_PASSPHRASE, NULL, NULL), job_free,
                            (GDestroyNotify) forlop_store_opening_free);
}

DexFuture *
forlop_store_opener_examine (ForlopStoreOpener *self)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);

  return forlop_store_opener_spawn (self, examine_fiber,
                                    job_new (self, FORLOP_STORE_LOCK_MISSING, NULL, NULL), NULL);
}

DexFuture *
forlop_store_opener_open (ForlopStoreOpener *self,
                          ForlopStoreLock    lock,
                          const char        *secret,
                          const char        *new_pin,
                          ForlopStore       *open_store)
{
  g_return_val_if_fail (FORLOP_IS_STORE_OPENER (self), NULL);
  g_return_val_if_fail (lock != FORLOP_STORE_LOCK_MISSING, NULL);
  g_return_val_if_fail (open_store == NULL || FORLOP_IS_STORE (open_store), NULL);

  return forlop_store_opener_spawn (self, open_fiber, job_new (self, lock, secret, new_pin), open_store);
}
