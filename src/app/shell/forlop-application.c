/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>
#include <signal.h>

#include "forlop-act-jump-provider.h"
#include "forlop-door.h"
#include "forlop-http-transport.h"
#include "forlop-identities.h"
#include "forlop-lock.h"
#include "forlop-paths.h"
#include "forlop-process.h"
#include "forlop-screenshots.h"
#include "forlop-search-jump-provider.h"
#include "forlop-section-counts.h"
#include "forlop-session.h"
#include "forlop-shown-files.h"
#include "forlop-shortcuts.h"
#include "forlop-store-opener.h"
#include "forlop-sync-account.h"
#include "forlop-sync-watch.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopApplication
{
  AdwApplication parent_instance;

  /* Owned */
  ForlopClock *clock;
  ForlopSession *session;
  ForlopSectionCounts *counts;
  ForlopSyncWatch *sync;
  ForlopSyncAccount *account;
  GSettings *settings;
  ForlopStoreOpener *opener;
  ForlopLock *lock;
  char *store_path;
  char *passphrase_path;
  char *user;
  char *server;
  char *screenshots_folder;

  /* What was begun while the toolkit starts, until it is told apart. */
  DexFuture *beginning;
  unsigned int patience;

  /* Exit status of a run that takes pictures. */
  int status;
};

/* Milliseconds without a window after which the window says that the file is being opened. */
#define PATIENCE 150

G_DEFINE_FINAL_TYPE (ForlopApplication, forlop_application, ADW_TYPE_APPLICATION)

/* Noon of the day that was asked for, so that the day stays the same in every time zone. */
static gboolean
forlop_application_read_today (ForlopApplication *self,
                               const char        *text)
{
  ForlopDate today;

  if (!forlop_date_from_iso (text, &today))
    {
      g_printerr (_("“%s” is not a date. Write the day as 2026-11-22.\n"), text);
      return FALSE;
    }

  g_clear_pointer (&self->clock, forlop_clock_unref);
  self->clock = forlop_clock_new_from (forlop_instant_from_wall (today, 12 * 60));

  return TRUE;
}

static int
forlop_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  ForlopApplication *self = FORLOP_APPLICATION (application);
  const char *today = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("forlop %s\n", FORLOP_VERSION);
      return 0;
    }

  if (g_variant_dict_lookup (options, "today", "&s", &today) &&
      !forlop_application_read_today (self, today))
    return 2;

  g_variant_dict_lookup (options, "store", "^ay", &self->store_path);
  g_variant_dict_lookup (options, "passphrase-file", "^ay", &self->passphrase_path);
  g_variant_dict_lookup (options, "as", "s", &self->user);
  g_variant_dict_lookup (options, "server", "s", &self->server);
  if (g_variant_dict_lookup (options, "screenshots", "^ay", &self->screenshots_folder))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
forlop_application_quit_action (GSimpleAction *action G_GNUC_UNUSED,
                                GVariant      *parameter G_GNUC_UNUSED,
                                gpointer       user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

/* The file that is named, else the one that was open last, else the usual one. */
static void
forlop_application_make_opener (ForlopApplication *self)
{
  g_autofree char *usual = forlop_paths_dup_usual_store ();
  g_autoptr(GVariant) value = NULL;
  const char *last = "";

  if (self->settings != NULL && self->store_path == NULL)
    {
      value = g_settings_get_value (self->settings, "last-store");
      last = g_variant_get_bytestring (value);
    }

  self->opener = forlop_store_opener_new (self->store_path != NULL ? self->store_path : usual,
                                          self->passphrase_path, self->clock);
  if (*last != '\0')
    forlop_store_opener_set_path (self->opener, last, TRUE);
}

static void
forlop_application_remember_store (ForlopApplication *self)
{
  g_autofree char *path = g_canonicalize_filename (forlop_store_opener_get_path (self->opener), NULL);

  if (self->settings != NULL)
    g_settings_set_value (self->settings, "last-store", g_variant_new_bytestring (path));
}

static void
forlop_application_lock_action (GSimpleAction *action G_GNUC_UNUSED,
                                GVariant      *parameter G_GNUC_UNUSED,
                                gpointer       user_data)
{
  forlop_lock_close (FORLOP_APPLICATION (user_data)->lock);
}

/* As when the desktop ends its session: in order, so that nothing is left outside of the file. */
static gboolean
asked_to_end_cb (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));

  return G_SOURCE_CONTINUE;
}

static void
forlop_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "lock", forlop_application_lock_action },
    { "quit", forlop_application_quit_action },
  };
  ForlopApplication *self = FORLOP_APPLICATION (application);

  /* The toolkit takes longer to start than the file to open; the two go on beside each other. */
  if (self->clock == NULL)
    self->clock = forlop_clock_new_system ();
  self->settings = forlop_paths_new_settings ();
  forlop_application_make_opener (self);
  if (self->passphrase_path != NULL && self->screenshots_folder == NULL)
    self->beginning = forlop_store_opener_begin (self->opener);

  G_APPLICATION_CLASS (forlop_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name ("no.forlop.Forlop");
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  forlop_shortcuts_install (GTK_APPLICATION (self));
  forlop_shown_files_sweep ();
  g_unix_signal_add (SIGTERM, asked_to_end_cb, self);
  self->session = forlop_session_new (self->clock);
  self->counts = forlop_section_counts_new (self->session);
  self->sync = forlop_sync_watch_new (self->session);
  self->account = forlop_sync_account_new (self->session, self->sync);
  if (self->server != NULL)
    forlop_sync_account_set_address (self->account, self->server);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "lock")),
                               !forlop_store_opener_has_passphrase (self->opener));
  self->lock = forlop_lock_new (GTK_APPLICATION (self), self->session, self->opener, self->settings);
  if (self->settings != NULL)
    {
      g_autoptr(GAction) density = g_settings_create_action (self->settings, "density");

      g_action_map_add_action (G_ACTION_MAP (self), density);
    }
}

static void
forlop_application_screenshots_done_cb (GObject      *object,
                                        GAsyncResult *result,
                                        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!forlop_screenshots_finish (result, &error))
    {
      g_printerr ("%s\n", error->message);
      FORLOP_APPLICATION (user_data)->status = 1;
    }
  g_application_release (G_APPLICATION (object));
  g_application_quit (G_APPLICATION (user_data));
}

/* The function one had last time, else the first in the list. */
static ForlopIdentity *
forlop_application_choose_actor (ForlopApplication *self,
                                 GListModel        *actors)
{
  unsigned int n_actors = g_list_model_get_n_items (actors);
  g_autofree char *user = NULL;
  g_autofree char *role = NULL;
  g_autofree char *unit = NULL;

  if (self->user != NULL)
    return forlop_identities_find (actors, self->user);

  if (self->settings != NULL)
    {
      user = g_settings_get_string (self->settings, "last-user");
      role = g_settings_get_string (self->settings, "last-role");
      unit = g_settings_get_string (self->settings, "last-unit");
    }

  for (unsigned int i = 0; i < n_actors; i++)
    {
      g_autoptr(ForlopIdentity) actor = g_list_model_get_item (actors, i);

      if (g_strcmp0 (forlop_identity_get_user_id (actor), user) == 0 &&
          g_strcmp0 (forlop_identity_get_role (actor), role) == 0 &&
          g_strcmp0 (forlop_identity_get_unit_id (actor), unit) == 0)
        return g_steal_pointer (&actor);
    }

  return g_list_model_get_item (actors, 0);
}

static void
forlop_application_take_identities (ForlopApplication *self,
                                    GListModel        *actors)
{
  g_autoptr(ForlopIdentity) actor = NULL;

  forlop_session_set_actors (self->session, actors);
  if (forlop_session_get_actor (self->session) != NULL)
    return;

  actor = forlop_application_choose_actor (self, actors);
  forlop_session_set_actor (self->session, actor);
}

static DexFuture *
forlop_application_identities_cb (DexFuture *completed,
                                  gpointer   user_data)
{
  g_autoptr(GError) error = NULL;
  const GValue *value = dex_future_get_value (completed, &error);

  if (value != NULL)
    forlop_application_take_identities (user_data, g_value_get_object (value));
  else
    g_warning ("The users could not be read: %s", error->message);

  return NULL;
}

static DexFuture *
forlop_application_load_identities (ForlopApplication *self)
{
  return dex_future_finally (forlop_identities_load (forlop_session_get_store (self->session),
                                                     forlop_session_today (self->session)),
                             forlop_application_identities_cb, g_object_ref (self), g_object_unref);
}

static void
forlop_application_store_changed_cb (ForlopApplication  *self,
                                     const char *const  *tables)
{
  if (g_strv_contains (tables, "membership") || g_strv_contains (tables, "user") ||
      g_strv_contains (tables, "unit"))
    dex_future_disown (forlop_application_load_identities (self));
}

static void
forlop_application_set_store (ForlopApplication *self,
                              ForlopStore       *store)
{
  forlop_session_set_store (self->session, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (forlop_application_store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static DexFuture *
forlop_application_take_store (ForlopApplication *self,
                               ForlopStore       *store)
{
  forlop_application_set_store (self, store);

  return forlop_application_load_identities (self);
}

static DexFuture *
forlop_application_let_in_cb (DexFuture *completed G_GNUC_UNUSED,
                              gpointer   user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL)
    forlop_window_set_door (FORLOP_WINDOW (window), NULL);

  return NULL;
}

static void
forlop_application_opened_cb (ForlopApplication *self,
                              ForlopStore       *store)
{
  forlop_application_remember_store (self);
  dex_future_disown (dex_future_finally (forlop_application_take_store (self, store),
                                         forlop_application_let_in_cb, g_object_ref (self),
                                         g_object_unref));
}

static void
forlop_application_photograph (ForlopApplication *self)
{
  forlop_screenshots_run (GTK_APPLICATION (self), self->session, self->screenshots_folder,
                          forlop_application_screenshots_done_cb, self);
}

static DexFuture *
forlop_application_photograph_cb (DexFuture *completed G_GNUC_UNUSED,
                                  gpointer   user_data)
{
  forlop_application_photograph (user_data);

  return NULL;
}

/* Pictures are taken without anybody there: what cannot be opened without a question is an error. */
static DexFuture *
forlop_application_store_for_pictures_cb (DexFuture *completed,
                                          gpointer   user_data)
{
  ForlopApplication *self = user_data;
  g_autoptr(GError) error = NULL;
  const GValue *value = dex_future_get_value (completed, &error);

  if (value == NULL)
    {
      g_printerr ("%s\n", error->message);
      self->status = 1;
      g_application_release (G_APPLICATION (self));
      return NULL;
    }

  dex_future_disown (dex_future_finally (
    forlop_application_take_store (self, g_value_get_object (value)),
    forlop_application_photograph_cb, g_object_ref (self), g_object_unref));

  return NULL;
}

static void
forlop_application_start_pictures (ForlopApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  if (self->store_path == NULL)
    {
      forlop_application_photograph (self);
      return;
    }

  dex_future_disown (dex_future_finally (
    forlop_store_opener_open (self->opener, FORLOP_STORE_LOCK_PASSPHRASE, NULL, NULL, NULL),
    forlop_application_store_for_pictures_cb, g_object_ref (self), g_object_unref));
}

static ForlopWindow *
forlop_application_new_window (ForlopApplication *self)
{
  ForlopWindow *window = forlop_window_new (GTK_APPLICATION (self), self->session, self->settings);
  g_autoptr(ForlopJumpProvider) provider = forlop_search_jump_provider_new (self->session);
  g_autoptr(ForlopJumpProvider) acts = forlop_act_jump_provider_new (window);

  forlop_window_add_jump_provider (window, provider);
  forlop_window_add_jump_provider (window, acts);
  forlop_lock_watch (self->lock, ADW_APPLICATION_WINDOW (window));

  return window;
}

/* The window with the door before it, which says that the file is being opened. */
static ForlopDoor *
forlop_application_present_door (ForlopApplication *self)
{
  ForlopWindow *window = forlop_application_new_window (self);
  GtkWidget *door = forlop_door_new (self->opener, NULL);

  forlop_window_set_door (window, door);
  g_signal_connect_object (door, "opened", G_CALLBACK (forlop_application_opened_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));

  return FORLOP_DOOR (door);
}

static gboolean
forlop_application_patience_cb (gpointer user_data)
{
  ForlopApplication *self = user_data;

  self->patience = 0;
  forlop_application_present_door (self);

  return G_SOURCE_REMOVE;
}

static void
forlop_application_let_in (ForlopApplication  *self,
                           GtkWindow          *window,
                           ForlopStoreOpening *opening)
{
  forlop_application_remember_store (self);
  forlop_application_take_identities (self, opening->identities);
  forlop_application_set_store (self, opening->store);
  if (window == NULL)
    gtk_window_present (GTK_WINDOW (forlop_application_new_window (self)));
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  /* Also where there was none: the keyboard is nobody's until the first view takes it. */
  forlop_window_set_door (FORLOP_WINDOW (window), NULL);
}

/* What could not be opened is tried again by the door, which says why. */
static DexFuture *
forlop_application_begun_cb (DexFuture *completed,
                             gpointer   user_data)
{
  ForlopApplication *self = user_data;
  g_autoptr(ForlopStoreOpening) opening = forlop_worker_steal (completed, NULL);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  gboolean closed = self->patience == 0 && window == NULL;

  g_clear_handle_id (&self->patience, g_source_remove);
  if (opening != NULL && !closed)
    forlop_application_let_in (self, window, opening);
  else if (window != NULL)
    forlop_door_knock (FORLOP_DOOR (forlop_window_get_door (FORLOP_WINDOW (window))));
  else if (!closed)
    forlop_door_knock (forlop_application_present_door (self));
  g_application_release (G_APPLICATION (self));

  return NULL;
}

static void
forlop_application_activate (GApplication *application)
{
  ForlopApplication *self = FORLOP_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->screenshots_folder != NULL)
    {
      forlop_application_start_pictures (self);
      return;
    }
  /* Asked for once more before the first window is there. */
  if (self->patience != 0)
    return;

  if (forlop_lock_get_window (self->lock) != NULL)
    {
      gtk_window_present (forlop_lock_get_window (self->lock));
    }
  else if (window != NULL)
    {
      gtk_window_present (window);
    }
  else if (self->beginning != NULL)
    {
      g_application_hold (application);
      self->patience = g_timeout_add (PATIENCE, forlop_application_patience_cb, self);
      dex_future_disown (dex_future_finally (g_steal_pointer (&self->beginning),
                                             forlop_application_begun_cb, g_object_ref (self),
                                             g_object_unref));
    }
  else
    {
      forlop_door_knock (forlop_application_present_door (self));
    }
}

/* What is queued is written before the program ends. */
static void
forlop_application_shutdown (GApplication *application)
{
  ForlopApplication *self = FORLOP_APPLICATION (application);
  ForlopStore *store = forlop_session_get_store (self->session);
  g_autoptr(GError) error = NULL;

  G_APPLICATION_CLASS (forlop_application_parent_class)->shutdown (application);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->account != NULL)
    forlop_sync_account_stop (self->account);
  forlop_shown_files_remove ();
  if (store != NULL && !forlop_store_close (store, &error))
    g_printerr ("%s\n", error->message);
}

static void
forlop_application_finalize (GObject *object)
{
  ForlopApplication *self = FORLOP_APPLICATION (object);

  dex_clear (&self->beginning);
  g_clear_object (&self->counts);
  g_clear_object (&self->account);
  g_clear_object (&self->sync);
  g_clear_object (&self->lock);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->passphrase_path, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->screenshots_folder, g_free);

  G_OBJECT_CLASS (forlop_application_parent_class)->finalize (object);
}

static void
forlop_application_class_init (ForlopApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = forlop_application_finalize;
  application_class->handle_local_options = forlop_application_handle_local_options;
  application_class->startup = forlop_application_startup;
  application_class->activate = forlop_application_activate;
  application_class->shutdown = forlop_application_shutdown;
}

static void
forlop_application_init (ForlopApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL },
    { "today", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Start as if it were this day"), N_("YYYY-MM-DD") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Open this file instead of the usual one"), N_("FILE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Read the passphrase from the first line of this file"), N_("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Work as this user, and in this role where there are several"), N_("USER[:ROLE]") },
    { "server", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("The file's server is found here from now on"), N_("ADDRESS") },
    { "screenshots", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Write a picture of every main view and end"), N_("DIR") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Follow citizens at home, from referral to closure."));
}

void
forlop_application_init_runtime (void)
{
  forlop_process_keep_memory_private ();
  forlop_http_transport_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, forlop_paths_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();
}

int
forlop_application_get_status (ForlopApplication *self)
{
  g_return_val_if_fail (FORLOP_IS_APPLICATION (self), 1);

  return self->status;
}

ForlopApplication *
forlop_application_new (void)
{
  return g_object_new (FORLOP_TYPE_APPLICATION,
                       "application-id", "no.forlop.Forlop",
                       "resource-base-path", "/no/forlop/Forlop",
                       NULL);
}
