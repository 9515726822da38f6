/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-store-maker.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "forlop-keyring.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"
#include "forlop-worker.h"

typedef struct {
  ForlopWorker *worker;
  ForlopClock *clock;
  ForlopIdSource *ids;
  char *path;
  char *passphrase;
  char *pin;
  char *municipality;
  char *user_name;
  char *short_name;
  /* For a file with a server instead of the three. */
  char *address;
  char *ca_file;
  char *tenant;
  char *name;
  char *password;
  char *new_password;
  ForlopBrowserOpen open;
  GCancellable *cancellable; /* nullable: of whoever waits */
  ForlopStore *store; /* while it joins */
} Making;

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
making_free (gpointer data)
{
  Making *making = data;

  g_object_unref (making->worker);
  forlop_clock_unref (making->clock);
  forlop_id_source_unref (making->ids);
  free_secret (making->passphrase);
  free_secret (making->pin);
  free_secret (making->password);
  free_secret (making->new_password);
  g_free (making->path);
  g_free (making->municipality);
  g_free (making->user_name);
  g_free (making->short_name);
  g_free (making->address);
  g_free (making->ca_file);
  g_free (making->tenant);
  g_free (making->name);
  g_clear_object (&making->store);
  g_clear_object (&making->cancellable);
  g_free (making);
}

/* An item that belongs to no file does no harm; it is only untidy. */
static void
forget_pin (ForlopKeyring *keyring)
{
  g_autoptr (GError) error = NULL;

  if (forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE) &&
      !forlop_keyring_forget_pin (keyring, NULL, &error))
    g_debug ("The item in the key store stays: %s", error->message);
}

static gpointer
create_on_worker (gpointer       user_data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Making *making = user_data;
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autofree char *store_id = forlop_id_source_next (making->ids, forlop_clock_now (making->clock));
  g_autofree char *folder = g_path_get_dirname (making->path);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_new (store_id, key);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      forlop_store_error_set_errno (error, folder, errno, "mkdir");
      return NULL;
    }
  if (!forlop_keyring_set_passphrase (keyring, key, making->passphrase, NULL, error) ||
      (making->pin != NULL &&
       !forlop_keyring_set_pin (keyring, key, making->pin, NULL, cancellable, error)))
    return NULL;
  if (!forlop_store_create (making->path, key, keyring, error))
    {
      forget_pin (keyring);
      return NULL;
    }

  return g_steal_pointer (&key);
}

/* A file of which only the set-up failed is taken away again: there is nothing in it. */
static gpointer
remove_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error G_GNUC_UNUSED)
{
  Making *making = user_data;
  g_autofree char *key_path = forlop_keyring_dup_path (making->path);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, NULL);

  if (keyring != NULL)
    forget_pin (keyring);
  g_unlink (making->path);
  g_unlink (key_path);

  return making;
}

static gpointer
set_up_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Making *making = user_data;
  const ForlopSetUp set_up = {
    making->municipality, NULL, making->user_name, making->short_name,
  };

  return forlop_set_up_perform (connection, making->ids, forlop_clock_now (making->clock), &set_up,
                                error);
}

static gpointer
join_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Making *making = user_data;
  const ForlopServerJoin join = {
    .address = making->address, .ca_file = making->ca_file, .tenant = making->tenant, .name = making->name,
    .password = making->password, .new_password = making->new_password, .open = making->open,
  };

  return forlop_server_join (making->store, &join, making->cancellable, error) ? making : NULL;
}

/* What is in the file before anybody works in it. */
static gboolean
fill (Making       *making,
      ForlopStore  *store,
      GError      **error)
{
  g_autoptr (ForlopSetUpReport) report = NULL;

  if (making->address != NULL)
    {
      g_set_object (&making->store, store);
      return forlop_worker_await (forlop_worker_run (making->worker, join_on_worker, making, NULL, NULL),
                                  error) != NULL;
    }

  report = forlop_worker_await (forlop_store_write (store, set_up_on_worker, making, NULL,
                                                    (GDestroyNotify) forlop_set_up_report_free), error);

  return report != NULL;
}

static DexFuture *
make_fiber (gpointer data)
{
  Making *making = data;
  GError *error = NULL;
  g_autoptr (GError) ignored = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopStore) store = NULL;

  key = forlop_worker_await (forlop_worker_run (making->worker, create_on_worker, making, NULL,
                                                (GDestroyNotify) forlop_key_unref), &error);
  if (key == NULL)
    return dex_future_new_for_error (error);

  store = forlop_worker_await (forlop_store_open_async (making->path, key, making->clock, making->ids,
                                                        FORLOP_STORE_NORMAL), &error);
  if (store != NULL && fill (making, store, &error))
    return dex_future_new_take_object (g_steal_pointer (&store));

  if (store != NULL)
    dex_await (forlop_store_close_async (store), NULL);
  if (forlop_worker_await (forlop_worker_run (making->worker, remove_on_worker, making, NULL, NULL),
                           &ignored) == NULL)
    g_warning ("What was half made could not be removed: %s", ignored->message);

  return dex_future_new_for_error (error);
}

static Making *
making_new (const char  *path,
            ForlopClock *clock,
            const char  *passphrase,
            const char  *pin)
{
  Making *making = g_new0 (Making, 1);

  making->worker = forlop_worker_new ("forlop-maker");
  making->clock = forlop_clock_ref (clock);
  making->ids = forlop_id_source_new_system ();
  making->path = g_strdup (path);
  making->passphrase = g_strdup (passphrase);
  making->pin = g_strdup (pin);

  return making;
}

DexFuture *
forlop_store_make (const char        *path,
                   ForlopClock       *clock,
                   const char        *passphrase,
                   const char        *pin,
                   const ForlopSetUp *set_up)
{
  Making *making;

  g_return_val_if_fail (path != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (clock != NULL && set_up != NULL, NULL);

  making = making_new (path, clock, passphrase, pin);
  making->municipality = g_strdup (set_up->municipality);
  making->user_name = g_strdup (set_up->user_name);
  making->short_name = g_strdup (set_up->short_name);

  return dex_scheduler_spawn (NULL, 0, make_fiber, making, making_free);
}

DexFuture *
forlop_store_make_joined (const char             *path,
                          ForlopClock            *clock,
                          const char             *passphrase,
                          const char             *pin,
                          const ForlopServerJoin *join,
                          GCancellable           *cancellable)
{
  Making *making;

  g_return_val_if_fail (path != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (clock != NULL && join != NULL && join->address != NULL, NULL);

  making = making_new (path, clock, passphrase, pin);
  making->address = g_strdup (join->address);
  making->ca_file = g_strdup (join->ca_file);
  making->tenant = g_strdup (join->tenant);
  making->name = g_strdup (join->name);
  making->password = g_strdup (join->password);
  making->new_password = g_strdup (join->new_password);
  making->open = join->open;
  g_set_object (&making->cancellable, cancellable);

  return dex_scheduler_spawn (NULL, 0, make_fiber, making, making_free);
}
