/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-poke-listener.h"
#include "forlop-sync-link.h"
#include "forlop-worker.h"

struct _ForlopSyncAccount
{
  GObject parent_instance;

  /* Borrowed references */
  ForlopSession *session;

  /* Owned references */
  ForlopSyncWatch *watch;
  ForlopWorker *worker;
  ForlopServerAccount *account; /* while it syncs */
  ForlopPokeListener *pokes;
  char *address;
  ForlopSyncState place; /* as it was when the file was opened */
  GCancellable *cancellable; /* of whoever signs in */

  unsigned int n_opens; /* the newest of them counts */
};

G_DEFINE_FINAL_TYPE (ForlopSyncAccount, forlop_sync_account, G_TYPE_OBJECT)

/* What the worker found in a file. */
typedef struct {
  ForlopSyncState place; /* without a server: it has none */
  ForlopServerAccount *account;
} Opened;

typedef struct {
  GWeakRef account;
  ForlopStore *store;
  char *address;
  unsigned int number;
} Opening;

/* Somebody who signs in, or out when @password is NULL. */
typedef struct {
  ForlopStore *store;
  ForlopServerAccount *account;
  char *server;
  char *ca_file;
  char *tenant;
  char *name;
  char *password;
  char *new_password;
  ForlopBrowserOpen open;
  GCancellable *cancellable;
} Entry;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  forlop_sync_state_clear (&opened->place);
  forlop_server_account_unref (opened->account);
  g_free (opened);
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_weak_ref_clear (&opening->account);
  g_object_unref (opening->store);
  g_free (opening->address);
  g_free (opening);
}

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->store);
  forlop_server_account_unref (entry->account);
  g_free (entry->server);
  g_free (entry->ca_file);
  g_free (entry->tenant);
  g_free (entry->name);
  free_secret (entry->password);
  free_secret (entry->new_password);
  g_object_unref (entry->cancellable);
  g_free (entry);
}

static gpointer
read_place (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  gboolean is_paired;

  if (!forlop_outbox_store_is_paired (connection, &is_paired, error) ||
      (is_paired && !forlop_mirror_store_load_state (connection, user_data, error)))
    return NULL;

  return user_data;
}

static gpointer
move_place (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  return forlop_mirror_store_move (connection, user_data, error) ? user_data : NULL;
}

static gpointer
open_on_worker (gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  Opening *opening = user_data;
  Opened *opened = g_new0 (Opened, 1);
  ForlopSyncState *place = &opened->place;
  gboolean is_read = forlop_store_read_sync (opening->store, read_place, place, NULL, cancellable, error) != NULL;

  if (is_read && place->server == NULL)
    return opened;
  if (is_read && opening->address != NULL && !g_str_equal (opening->address, place->server))
    {
      is_read = forlop_store_write_sync (opening->store, move_place, opening->address, NULL, cancellable,
                                         error) != NULL;
      g_set_str (&place->server, opening->address);
    }
  if (is_read)
    opened->account = forlop_server_account_new (opening->store, error);
  if (opened->account != NULL)
    return opened;
  opened_free (opened);

  return NULL;
}

/* On the listener's thread. */
static void
poke_cb (gint64   head,
         gpointer runner)
{
  forlop_sync_runner_poke (runner, head);
}

static void
begin (ForlopSyncAccount *self)
{
  const ForlopHttpSettings settings = {
    .address = self->place.server, .ca_file = self->place.ca_file,
  };

  forlop_sync_watch_start (self->watch, forlop_sync_link_send,
                           forlop_sync_link_new (self->account, &settings), forlop_sync_link_free);
  self->pokes = forlop_poke_listener_new (self->account, &settings, poke_cb,
                                          g_object_ref (forlop_sync_watch_get_runner (self->watch)),
                                          g_object_unref);
}

static DexFuture *
opened_cb (DexFuture *future,
           gpointer   user_data)
{
  Opening *opening = user_data;
  g_autoptr (ForlopSyncAccount) self = g_weak_ref_get (&opening->account);
  g_autoptr (GError) error = NULL;
  Opened *opened = forlop_worker_steal (future, &error);

  if (opened == NULL)
    {
      g_warning ("The file's server could not be read: %s", error->message);
      return NULL;
    }
  if (self != NULL && self->session != NULL && opening->number == self->n_opens)
    {
      forlop_sync_state_clear (&self->place);
      self->place = opened->place;
      opened->place = (ForlopSyncState) { 0 };
      self->account = g_steal_pointer (&opened->account);
      if (self->account != NULL)
        begin (self);
    }
  opened_free (opened);

  return NULL;
}

static void
follow_store (ForlopSyncAccount *self)
{
  ForlopStore *store = self->session != NULL ? forlop_session_get_store (self->session) : NULL;
  Opening *opening;

  forlop_sync_account_stop (self);
  if (store == NULL)
    return;

  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->account, self);
  opening->store = g_object_ref (store);
  opening->address = g_strdup (self->address);
  opening->number = self->n_opens;
  /* Freed by the callback, which comes last. */
  dex_future_disown (dex_future_finally (
    forlop_worker_run (self->worker, open_on_worker, opening, NULL, opened_free), opened_cb, opening,
    opening_free));
}

/* The server may be within reach again; when it is not, that shows at once. */
static void
network_changed_cb (ForlopSyncAccount *self,
                    gboolean           is_available)
{
  if (self->account == NULL || !is_available)
    return;

  forlop_sync_watch_wake (self->watch);
  forlop_poke_listener_wake (self->pokes);
}

static void
forlop_sync_account_dispose (GObject *object)
{
  ForlopSyncAccount *self = FORLOP_SYNC_ACCOUNT (object);

  if (self->watch != NULL)
    forlop_sync_account_stop (self);
  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->watch);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->address, g_free);
  forlop_sync_state_clear (&self->place);

  G_OBJECT_CLASS (forlop_sync_account_parent_class)->dispose (object);
}

static void
forlop_sync_account_class_init (ForlopSyncAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_sync_account_dispose;
}

static void
forlop_sync_account_init (ForlopSyncAccount *self)
{
  self->worker = forlop_worker_new ("forlop-account");
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}

ForlopSyncAccount *
forlop_sync_account_new (ForlopSession   *session,
                         ForlopSyncWatch *watch)
{
  ForlopSyncAccount *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (watch), NULL);

  self = g_object_new (FORLOP_TYPE_SYNC_ACCOUNT, NULL);
  g_set_weak_pointer (&self->session, session);
  self->watch = g_object_ref (watch);
  forlop_sync_watch_set_account (watch, self);
  g_signal_connect_object (session, "notify::store", G_CALLBACK (follow_store), self, G_CONNECT_SWAPPED);
  follow_store (self);

  return self;
}

void
forlop_sync_account_set_address (ForlopSyncAccount *self,
                                 const char        *address)
{
  g_return_if_fail (FORLOP_IS_SYNC_ACCOUNT (self));
  g_return_if_fail (address != NULL);

  g_free (self->address);
  self->address = forlop_server_join_dup_address (address);
}

void
forlop_sync_account_stop (ForlopSyncAccount *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_ACCOUNT (self));

  self->n_opens++;
  forlop_sync_account_cancel (self);
  g_clear_pointer (&self->pokes, forlop_poke_listener_free);
  forlop_sync_watch_stop (self->watch);
  g_clear_pointer (&self->account, forlop_server_account_unref);
}

const char *
forlop_sync_account_get_server (ForlopSyncAccount *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);

  return self->place.server;
}

const char *
forlop_sync_account_get_tenant (ForlopSyncAccount *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);

  return self->place.tenant;
}

const char *
forlop_sync_account_get_name (ForlopSyncAccount *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);

  return self->place.account;
}

static gpointer
sign_in_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error)
{
  Entry *entry = user_data;
  const ForlopServerJoin join = {
    .ca_file = entry->ca_file, .tenant = entry->tenant, .name = entry->name, .password = entry->password,
    .new_password = entry->new_password, .open = entry->open,
  };

  return forlop_server_join (entry->store, &join, entry->cancellable, error) ? entry : NULL;
}

static gpointer
sign_out_on_worker (gpointer       user_data,
                    GCancellable  *cancellable G_GNUC_UNUSED,
                    GError       **error)
{
  Entry *entry = user_data;
  const ForlopHttpSettings settings = { .address = entry->server, .ca_file = entry->ca_file };
  g_autoptr (ForlopHttpTransport) transport = forlop_http_transport_new (&settings, error);

  return transport != NULL &&
             forlop_server_account_sign_out (entry->account, transport, entry->cancellable, error)
           ? entry
           : NULL;
}

/* Whichever way it went, sync goes on with the session that the file has now. */
static DexFuture *
settled_cb (DexFuture *future,
            gpointer   user_data)
{
  g_autoptr (ForlopSyncAccount) self = g_weak_ref_get (user_data);

  if (self != NULL)
    follow_store (self);

  return dex_ref (future);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Nobody else may use the session meanwhile: a refresh token is used once. */
static DexFuture *
change_session (ForlopSyncAccount *self,
                ForlopWorkerFunc   func,
                Entry             *entry)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  forlop_sync_account_stop (self);
  entry->cancellable = g_object_ref (self->cancellable);

  return dex_future_finally (forlop_worker_run (self->worker, func, entry, entry_free, NULL), settled_cb,
                             weak, weak_ref_free);
}

DexFuture *
forlop_sync_account_sign_in (ForlopSyncAccount      *self,
                             const ForlopServerJoin *join)
{
  Entry *entry;

  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);
  g_return_val_if_fail (self->session != NULL && forlop_session_get_store (self->session) != NULL, NULL);
  g_return_val_if_fail (join != NULL && join->tenant != NULL, NULL);

  entry = g_new0 (Entry, 1);
  entry->store = g_object_ref (forlop_session_get_store (self->session));
  entry->ca_file = g_strdup (join->ca_file);
  entry->tenant = g_strdup (join->tenant);
  entry->name = g_strdup (join->name);
  entry->password = g_strdup (join->password);
  entry->new_password = g_strdup (join->new_password);
  entry->open = join->open;

  return change_session (self, sign_in_on_worker, entry);
}

void
forlop_sync_account_cancel (ForlopSyncAccount *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_ACCOUNT (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* Somebody who asks the server something. */
typedef struct {
  ForlopServerAccount *account;
  char *server;
  char *ca_file;
  ForlopServerFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->account, forlop_server_account_unref);
  g_free (question->server);
  g_free (question->ca_file);
  if (question->user_data_free != NULL)
    question->user_data_free (question->user_data);
  g_free (question);
}

static gpointer
ask_on_worker (gpointer       user_data,
               GCancellable  *cancellable,
               GError       **error)
{
  Question *question = user_data;
  const ForlopHttpSettings settings = { .address = question->server, .ca_file = question->ca_file };
  g_autoptr (ForlopHttpTransport) transport = NULL;

  if (question->account == NULL)
    {
      g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_WRONG,
                           _("You are not signed in to the server. Sign in, and try once more."));
      return NULL;
    }
  transport = forlop_http_transport_new (&settings, error);

  return transport != NULL
           ? question->func (question->account, transport, question->user_data, cancellable, error)
           : NULL;
}

DexFuture *
forlop_sync_account_ask (ForlopSyncAccount *self,
                         ForlopServerFunc   func,
                         gpointer           user_data,
                         GDestroyNotify     user_data_free,
                         GDestroyNotify     result_free)
{
  Question *question;

  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  question = g_new0 (Question, 1);
  question->account = self->account != NULL ? forlop_server_account_ref (self->account) : NULL;
  question->server = g_strdup (self->place.server);
  question->ca_file = g_strdup (self->place.ca_file);
  question->func = func;
  question->user_data = user_data;
  question->user_data_free = user_data_free;

  return forlop_worker_run (self->worker, ask_on_worker, question, question_free, result_free);
}

DexFuture *
forlop_sync_account_sign_out (ForlopSyncAccount *self)
{
  Entry *entry;

  g_return_val_if_fail (FORLOP_IS_SYNC_ACCOUNT (self), NULL);

  if (self->account == NULL)
    return dex_future_new_true ();

  entry = g_new0 (Entry, 1);
  entry->account = forlop_server_account_ref (self->account);
  entry->server = g_strdup (self->place.server);
  entry->ca_file = g_strdup (self->place.ca_file);

  return change_session (self, sign_out_on_worker, entry);
}
