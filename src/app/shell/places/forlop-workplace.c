/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-workplace.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-jump-provider.h"
#include "forlop-door.h"
#include "forlop-file-erase.h"
#include "forlop-identities.h"
#include "forlop-last-functions.h"
#include "forlop-lease-page.h"
#include "forlop-place-name.h"
#include "forlop-place-trial.h"
#include "forlop-search-jump-provider.h"
#include "forlop-section-counts.h"
#include "forlop-store-error.h"
#include "forlop-store-opener.h"
#include "forlop-sync-account.h"
#include "forlop-sync-door.h"
#include "forlop-window.h"
#include "forlop-worker.h"

/* Milliseconds without a window after which the window says that the file is being opened. */
#define PATIENCE 150

struct _ForlopWorkplace
{
  GObject parent_instance;

  /* Borrowed: lives longer */
  GtkApplication *application;

  /* Owned */
  ForlopClock *clock;
  ForlopSession *session;
  ForlopSectionCounts *counts;
  ForlopSyncWatch *sync;
  ForlopSyncAccount *account;
  ForlopStoreOpener *opener;
  ForlopLock *lock;
  GSettings *settings;
  GListModel *others; /* of ForlopWorkplace */
  char *name;
  gboolean must_exist;
  gboolean is_emptied;
  char *user;
  char *server;

  /* Weak */
  ForlopWindow *window;

  gboolean has_other_passphrase; /* than the one that opened another place */

  /* What was begun while the toolkit starts, until it is told apart. */
  DexFuture *beginning;
  unsigned int patience;
};

enum {
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_OPENED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopWorkplace, forlop_workplace, G_TYPE_OBJECT)

static void
update_title (ForlopWorkplace *self)
{
  g_autofree char *title = NULL;

  if (self->window == NULL)
    return;

  /* Translators: a municipality's name, then the program's */
  title = g_list_model_get_n_items (self->others) > 0 ? g_strdup_printf (_("%s – Forløp"), self->name)
                                                      : g_strdup (_("Forløp"));
  gtk_window_set_title (GTK_WINDOW (self->window), title);
}

static void
update_name (ForlopWorkplace *self)
{
  const char *tenant = self->account != NULL ? forlop_sync_account_get_tenant (self->account) : NULL;
  g_autofree char *name = forlop_place_name_dup (tenant, forlop_workplace_get_path (self), !self->must_exist);

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  update_title (self);
}

static void
remember_actor (ForlopWorkplace *self)
{
  forlop_last_functions_remember (self->settings, forlop_session_get_actor (self->session));
}

static void
take_identities (ForlopWorkplace *self,
                 GListModel      *actors)
{
  ForlopIdentity *now = forlop_session_get_actor (self->session);
  g_autoptr (ForlopIdentity) actor = NULL;

  forlop_session_set_actors (self->session, actors);
  if (now != NULL)
    actor = forlop_identities_find_function (actors, forlop_identity_get_user_id (now),
                                             forlop_identity_get_role (now), forlop_identity_get_unit_id (now));
  if (actor != NULL)
    return;

  /* None yet, or one that has been taken away. */
  actor = self->user != NULL ? forlop_identities_find (actors, self->user)
                             : forlop_last_functions_choose (self->settings, actors);
  forlop_session_set_actor (self->session, actor);
}

static DexFuture *
identities_cb (DexFuture *completed,
               gpointer   user_data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (completed, &error);

  if (value != NULL)
    take_identities (user_data, g_value_get_object (value));
  else
    g_warning ("The users could not be read: %s", error->message);

  return NULL;
}

static DexFuture *
load_identities (ForlopWorkplace *self)
{
  return dex_future_finally (forlop_identities_load (forlop_session_get_store (self->session),
                                                     forlop_session_today (self->session)),
                             identities_cb, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (ForlopWorkplace    *self,
                  const char *const  *tables)
{
  if (g_strv_contains (tables, "membership") || g_strv_contains (tables, "user") ||
      g_strv_contains (tables, "unit"))
    dex_future_disown (load_identities (self));
}

static void
set_store (ForlopWorkplace *self,
           ForlopStore     *store)
{
  forlop_session_set_store (self->session, store);
  update_name (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static DexFuture *
take_store (ForlopWorkplace *self,
            ForlopStore     *store)
{
  set_store (self, store);

  return load_identities (self);
}

static DexFuture *
let_in_cb (DexFuture *completed G_GNUC_UNUSED,
           gpointer   user_data)
{
  ForlopWorkplace *self = user_data;

  if (self->window != NULL)
    forlop_sync_door_let_in (self->window, self->session);

  return NULL;
}

static void
enter (ForlopWorkplace *self,
       ForlopStore     *store)
{
  dex_future_disown (dex_future_finally (take_store (self, store), let_in_cb, g_object_ref (self),
                                         g_object_unref));
}

static void
opened_cb (ForlopWorkplace *self,
           ForlopStore     *store,
           const char      *passphrase)
{
  enter (self, store);
  if (passphrase != NULL)
    forlop_place_trial_begin (self->others, passphrase);
}

static void
make_window (ForlopWorkplace *self)
{
  ForlopWindow *window = forlop_window_new (self->application, self->session, self->settings);
  g_autoptr (ForlopJumpProvider) provider = forlop_search_jump_provider_new (self->session);
  g_autoptr (ForlopJumpProvider) acts = forlop_act_jump_provider_new (window);

  forlop_window_add_jump_provider (window, provider);
  forlop_window_add_jump_provider (window, acts);
  forlop_sync_door_follow (window, self->session);
  forlop_lock_watch (self->lock, ADW_APPLICATION_WINDOW (window));
  g_set_weak_pointer (&self->window, window);
  forlop_window_set_places (window, self->others);
  update_title (self);
}

/* The window with the door before it, which says that the file is being opened. */
static ForlopDoor *
present_door (ForlopWorkplace *self)
{
  GtkWidget *door = forlop_door_new (self->opener, NULL);

  make_window (self);
  forlop_window_set_door (self->window, door);
  g_signal_connect_object (door, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->window));

  return FORLOP_DOOR (door);
}

static gboolean
patience_cb (gpointer user_data)
{
  ForlopWorkplace *self = user_data;

  self->patience = 0;
  present_door (self);

  return G_SOURCE_REMOVE;
}

static void
let_in (ForlopWorkplace    *self,
        ForlopStoreOpening *opening)
{
  take_identities (self, opening->identities);
  set_store (self, opening->store);
  if (self->window == NULL)
    {
      make_window (self);
      gtk_window_present (GTK_WINDOW (self->window));
    }
  /* Also where there was none: the keyboard is nobody's until the first view takes it. */
  forlop_sync_door_let_in (self->window, self->session);
}

/* What could not be opened is tried again by the door, which says why. */
static DexFuture *
begun_cb (DexFuture *completed,
          gpointer   user_data)
{
  ForlopWorkplace *self = user_data;
  g_autoptr (ForlopStoreOpening) opening = forlop_worker_steal (completed, NULL);
  gboolean closed = self->patience == 0 && self->window == NULL;

  g_clear_handle_id (&self->patience, g_source_remove);
  if (opening != NULL && !closed)
    let_in (self, opening);
  else if (self->window != NULL)
    forlop_door_knock (FORLOP_DOOR (forlop_window_get_door (self->window)));
  else if (!closed)
    forlop_door_knock (present_door (self));
  g_application_release (G_APPLICATION (self->application));

  return NULL;
}

/* Nobody is there to be asked: what cannot be opened without a question is an error. */
static DexFuture *
opened_unasked_cb (DexFuture *completed,
                   gpointer   user_data)
{
  const GValue *value = dex_future_get_value (completed, NULL);

  return value != NULL ? take_store (user_data, g_value_get_object (value)) : dex_ref (completed);
}

/* The administrator had this machine emptied. */
static gboolean
empty_cb (gpointer user_data)
{
  g_autoptr (ForlopWorkplace) self = user_data;
  g_autoptr (ForlopStore) store = g_object_ref (forlop_session_get_store (self->session));
  g_autoptr (GError) error = NULL;

  if (self->window != NULL)
    forlop_sync_door_put (self->window, forlop_lease_page_new_emptied ());
  forlop_lock_remove (self->lock, self->session);
  forlop_lock_ask_again (self->lock);
  forlop_sync_account_stop (self->account);
  forlop_session_set_store (self->session, NULL);
  if (!forlop_store_close (store, &error))
    g_warning ("The file was not closed in order before it was deleted: %s", error->message);
  forlop_file_erase_later (forlop_workplace_get_path (self));

  return G_SOURCE_REMOVE;
}

static void
sync_changed_cb (ForlopWorkplace *self)
{
  const ForlopSyncFacts *facts = forlop_sync_watch_get_facts (self->sync);

  if (self->is_emptied || facts->standing != FORLOP_SYNC_WIPED || !facts->is_paired ||
      forlop_session_get_store (self->session) == NULL)
    return;
  self->is_emptied = TRUE;
  g_idle_add (empty_cb, g_object_ref (self));
}

static void
forlop_workplace_dispose (GObject *object)
{
  ForlopWorkplace *self = FORLOP_WORKPLACE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  dex_clear (&self->beginning);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->counts);
  g_clear_object (&self->account);
  g_clear_object (&self->sync);
  g_clear_object (&self->lock);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->others);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->server, g_free);

  G_OBJECT_CLASS (forlop_workplace_parent_class)->dispose (object);
}

static void
forlop_workplace_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, FORLOP_WORKPLACE (object)->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_workplace_class_init (ForlopWorkplaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_workplace_dispose;
  object_class->get_property = forlop_workplace_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopWorkplace::opened:
   *
   * The file is open; forlop_workplace_get_path() is where it is.
   */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
forlop_workplace_init (ForlopWorkplace *self G_GNUC_UNUSED)
{
}

ForlopWorkplace *
forlop_workplace_new (ForlopClock                *clock,
                      const ForlopWorkplaceStart *start)
{
  ForlopWorkplace *self;

  g_return_val_if_fail (clock != NULL, NULL);
  g_return_val_if_fail (start != NULL && start->path != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_WORKPLACE, NULL);
  self->clock = forlop_clock_ref (clock);
  self->must_exist = start->must_exist;
  self->user = g_strdup (start->user);
  self->server = g_strdup (start->server);
  self->opener = forlop_store_opener_new (start->path, start->passphrase_path, clock);
  if (start->must_exist)
    forlop_store_opener_set_path (self->opener, start->path, TRUE);
  update_name (self);

  return self;
}

void
forlop_workplace_begin (ForlopWorkplace *self)
{
  g_return_if_fail (FORLOP_IS_WORKPLACE (self));
  g_return_if_fail (self->beginning == NULL);

  if (forlop_store_opener_has_passphrase (self->opener))
    self->beginning = forlop_store_opener_begin (self->opener);
}

static gboolean
is_another (gpointer place,
            gpointer self)
{
  return place != self;
}

void
forlop_workplace_set_up (ForlopWorkplace *self,
                         GtkApplication  *application,
                         ForlopLock      *lock,
                         GSettings       *settings,
                         GListModel      *places)
{
  g_return_if_fail (FORLOP_IS_WORKPLACE (self));
  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (FORLOP_IS_LOCK (lock));
  g_return_if_fail (self->session == NULL);

  self->application = application;
  g_set_object (&self->settings, settings);
  self->session = forlop_session_new (self->clock);
  forlop_session_set_places (self->session, places);
  g_signal_connect_object (self->session, "notify::actor", G_CALLBACK (remember_actor), self,
                           G_CONNECT_SWAPPED);
  self->counts = forlop_section_counts_new (self->session);
  self->sync = forlop_sync_watch_new (self->session);
  g_signal_connect_object (self->sync, "changed", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  self->account = forlop_sync_account_new (self->session, self->sync);
  if (self->server != NULL)
    forlop_sync_account_set_address (self->account, self->server);
  g_signal_connect_object (self->sync, "changed", G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
  self->others = G_LIST_MODEL (gtk_filter_list_model_new (
    g_object_ref (places), GTK_FILTER (gtk_custom_filter_new (is_another, self, NULL))));
  g_signal_connect_object (self->others, "items-changed", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  self->lock = g_object_ref (lock);
  forlop_lock_add (lock, self->session, self->opener);
}

void
forlop_workplace_present (ForlopWorkplace *self)
{
  g_return_if_fail (FORLOP_IS_WORKPLACE (self));
  g_return_if_fail (self->session != NULL);

  /* Asked for once more before the first window is there. */
  if (self->patience != 0)
    return;

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
    }
  else if (self->beginning != NULL)
    {
      g_application_hold (G_APPLICATION (self->application));
      self->patience = g_timeout_add (PATIENCE, patience_cb, self);
      dex_future_disown (dex_future_finally (g_steal_pointer (&self->beginning), begun_cb,
                                             g_object_ref (self), g_object_unref));
    }
  else if (forlop_workplace_is_open (self))
    {
      make_window (self);
      forlop_sync_door_let_in (self->window, self->session);
      gtk_window_present (GTK_WINDOW (self->window));
    }
  else
    {
      forlop_door_knock (present_door (self));
    }
}

DexFuture *
forlop_workplace_open (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), NULL);
  g_return_val_if_fail (self->session != NULL, NULL);

  return dex_future_finally (
    forlop_store_opener_open (self->opener, FORLOP_STORE_LOCK_PASSPHRASE, NULL, NULL, NULL),
    opened_unasked_cb, g_object_ref (self), g_object_unref);
}

void
forlop_workplace_try_await (ForlopWorkplace *self,
                            const char      *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;

  g_return_if_fail (FORLOP_IS_WORKPLACE (self));
  g_return_if_fail (passphrase != NULL);

  if (forlop_workplace_is_open (self) || self->window != NULL)
    return;

  store = dex_await_object (forlop_store_opener_open (self->opener, FORLOP_STORE_LOCK_PASSPHRASE, passphrase,
                                                      NULL, NULL), &error);
  if (store != NULL)
    enter (self, store);
  self->has_other_passphrase = g_error_matches (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_WRONG_KEY);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

gboolean
forlop_workplace_close (ForlopWorkplace  *self,
                        GError          **error)
{
  ForlopStore *store;

  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), FALSE);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->account != NULL)
    forlop_sync_account_stop (self->account);
  if (self->lock != NULL)
    forlop_lock_remove (self->lock, self->session);
  store = self->session != NULL ? forlop_session_get_store (self->session) : NULL;

  return store == NULL || forlop_store_close (store, error);
}

const char *
forlop_workplace_get_path (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), NULL);

  return forlop_store_opener_get_path (self->opener);
}

const char *
forlop_workplace_get_name (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), NULL);

  return self->name;
}

gboolean
forlop_workplace_is_open (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), FALSE);

  return self->session != NULL && forlop_session_get_store (self->session) != NULL;
}

ForlopSession *
forlop_workplace_get_session (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), NULL);

  return self->session;
}

gboolean
forlop_workplace_has_other_passphrase (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), FALSE);

  return self->has_other_passphrase && !forlop_workplace_is_open (self);
}

GtkWindow *
forlop_workplace_get_window (ForlopWorkplace *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKPLACE (self), NULL);

  return self->window != NULL ? GTK_WINDOW (self->window) : NULL;
}
