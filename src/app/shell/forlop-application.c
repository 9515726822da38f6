/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>
#include <signal.h>

#include "forlop-http-transport.h"
#include "forlop-lock.h"
#include "forlop-paths.h"
#include "forlop-process.h"
#include "forlop-screenshots.h"
#include "forlop-shown-files.h"
#include "forlop-shortcuts.h"
#include "forlop-workplace.h"

struct _ForlopApplication
{
  AdwApplication parent_instance;

  /* Owned */
  ForlopClock *clock;
  GListStore *places; /* of ForlopWorkplace; the first is where one starts */
  GSettings *settings;
  ForlopLock *lock;
  char **store_paths; /* as asked for, or NULL */
  char *passphrase_path;
  char *user;
  char *server;
  char *screenshots_folder;

  /* Exit status of a run that takes pictures. */
  int status;
};

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

  g_variant_dict_lookup (options, "store", "^aay", &self->store_paths);
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

static void
add_place (ForlopApplication *self,
           const char        *path,
           gboolean           must_exist)
{
  const ForlopWorkplaceStart start = {
    .path = path, .must_exist = must_exist, .passphrase_path = self->passphrase_path, .user = self->user,
    .server = self->server,
  };
  g_autoptr (ForlopWorkplace) place = forlop_workplace_new (self->clock, &start);

  g_list_store_append (self->places, place);
}

static ForlopWorkplace *
get_first_place (ForlopApplication *self)
{
  g_autoptr (ForlopWorkplace) place = g_list_model_get_item (G_LIST_MODEL (self->places), 0);

  /* The list holds it. */
  return place;
}

/* The files that are named, else those that were open last, else the usual one. */
static void
forlop_application_add_places (ForlopApplication *self)
{
  g_auto (GStrv) last = NULL;

  if (self->store_paths == NULL && self->settings != NULL)
    {
      g_autoptr (GVariant) value = g_settings_get_value (self->settings, "last-stores");

      last = g_variant_dup_bytestring_array (value, NULL);
    }

  for (unsigned int i = 0; self->store_paths != NULL && self->store_paths[i] != NULL; i++)
    add_place (self, self->store_paths[i], FALSE);
  for (unsigned int i = 0; last != NULL && last[i] != NULL; i++)
    add_place (self, last[i], TRUE);
  if (get_first_place (self) == NULL)
    {
      g_autofree char *usual = forlop_paths_dup_usual_store ();

      add_place (self, usual, FALSE);
    }
}

static void
forlop_application_remember_places (ForlopApplication *self)
{
  GListModel *places = G_LIST_MODEL (self->places);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (2, g_free, TRUE);

  if (self->settings == NULL)
    return;

  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);

      /* One that was asked for and never made is nothing to come back to. */
      if (forlop_workplace_is_open (place) ||
          g_file_test (forlop_workplace_get_path (place), G_FILE_TEST_EXISTS))
        g_ptr_array_add (paths, g_canonicalize_filename (forlop_workplace_get_path (place), NULL));
    }
  g_settings_set_value (self->settings, "last-stores",
                        g_variant_new_bytestring_array ((const char *const *) paths->pdata,
                                                        (gssize) paths->len));
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
forlop_application_set_up_place (ForlopApplication *self,
                                 ForlopWorkplace   *place)
{
  forlop_workplace_set_up (place, GTK_APPLICATION (self), self->lock, self->settings,
                           G_LIST_MODEL (self->places));
  g_signal_connect_object (place, "opened", G_CALLBACK (forlop_application_remember_places), self,
                           G_CONNECT_SWAPPED);
}

static void
forlop_application_set_up_places (ForlopApplication *self)
{
  GListModel *places = G_LIST_MODEL (self->places);

  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);

      forlop_application_set_up_place (self, place);
      /* Counted without being looked at, where nobody need be asked. */
      if (i > 0 && self->passphrase_path != NULL && self->screenshots_folder == NULL)
        dex_future_disown (forlop_workplace_open (place));
    }
}

/* The file stays; it is opened here no more. */
static void
forlop_application_leave_place_action (GSimpleAction *action G_GNUC_UNUSED,
                                       GVariant      *parameter G_GNUC_UNUSED,
                                       gpointer       user_data)
{
  ForlopApplication *self = user_data;
  GListModel *places = G_LIST_MODEL (self->places);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  for (unsigned int i = 0; g_list_model_get_n_items (places) > 1 && i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);
      g_autoptr (GError) error = NULL;

      if (forlop_workplace_get_window (place) != active)
        continue;

      g_list_store_remove (self->places, i);
      forlop_application_remember_places (self);
      forlop_workplace_present (get_first_place (self));
      gtk_window_destroy (active);
      if (!forlop_workplace_close (place, &error))
        g_printerr ("%s\n", error->message);
      return;
    }
}

static void
update_leave_action (ForlopApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "leave-place");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), g_list_model_get_n_items (G_LIST_MODEL (self->places)) > 1);
}

static ForlopWorkplace *
find_place (ForlopApplication *self,
            const char        *path)
{
  GListModel *places = G_LIST_MODEL (self->places);

  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);

      if (g_str_equal (forlop_workplace_get_path (place), path))
        return g_steal_pointer (&place);
    }

  return NULL;
}

/* A file of one's own for each: the first name that is free. Who asks twice and has made none yet gets the
 * same. */
static void
forlop_application_add_place_action (GSimpleAction *action G_GNUC_UNUSED,
                                     GVariant      *parameter G_GNUC_UNUSED,
                                     gpointer       user_data)
{
  ForlopApplication *self = user_data;
  g_autofree char *path = forlop_paths_dup_further_store ();
  g_autoptr (ForlopWorkplace) place = find_place (self, path);

  if (place == NULL)
    {
      add_place (self, path, FALSE);
      place = find_place (self, path);
      forlop_application_set_up_place (self, place);
    }
  forlop_workplace_present (place);
}

static void
forlop_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "add-place", forlop_application_add_place_action },
    { "leave-place", forlop_application_leave_place_action },
    { "lock", forlop_application_lock_action },
    { "quit", forlop_application_quit_action },
  };
  ForlopApplication *self = FORLOP_APPLICATION (application);

  /* The toolkit takes longer to start than the file to open; the two go on beside each other. */
  if (self->clock == NULL)
    self->clock = forlop_clock_new_system ();
  self->settings = forlop_paths_new_settings ();
  forlop_application_add_places (self);
  if (self->screenshots_folder == NULL)
    forlop_workplace_begin (get_first_place (self));

  G_APPLICATION_CLASS (forlop_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name ("no.forlop.Forlop");
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  forlop_shortcuts_install (GTK_APPLICATION (self));
  forlop_shown_files_sweep ();
  g_unix_signal_add (SIGTERM, asked_to_end_cb, self);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "lock")),
                               self->passphrase_path == NULL);
  self->lock = forlop_lock_new (GTK_APPLICATION (self), self->settings);
  forlop_application_set_up_places (self);
  g_signal_connect_object (self->places, "items-changed", G_CALLBACK (update_leave_action), self,
                           G_CONNECT_SWAPPED);
  update_leave_action (self);
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

static void
forlop_application_photograph (ForlopApplication *self)
{
  forlop_screenshots_run (GTK_APPLICATION (self), forlop_workplace_get_session (get_first_place (self)),
                          self->screenshots_folder, forlop_application_screenshots_done_cb, self);
}

/* Pictures are taken without anybody there: what cannot be opened without a question is an error. */
static DexFuture *
forlop_application_open_for_pictures_cb (DexFuture *completed,
                                         gpointer   user_data)
{
  ForlopApplication *self = user_data;
  g_autoptr(GError) error = NULL;

  dex_future_get_value (completed, &error);
  if (!forlop_workplace_is_open (get_first_place (self)))
    {
      g_printerr ("%s\n", error->message);
      self->status = 1;
      g_application_release (G_APPLICATION (self));
      return NULL;
    }
  forlop_application_photograph (self);

  return NULL;
}

static DexFuture *
forlop_application_open_places (ForlopApplication *self)
{
  GListModel *places = G_LIST_MODEL (self->places);
  g_autoptr (GPtrArray) opening = g_ptr_array_new_with_free_func (dex_unref);

  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);

      g_ptr_array_add (opening, forlop_workplace_open (place));
    }

  return dex_future_allv ((DexFuture *const *) opening->pdata, opening->len);
}

static void
forlop_application_start_pictures (ForlopApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  if (self->store_paths == NULL)
    {
      forlop_application_photograph (self);
      return;
    }

  dex_future_disown (dex_future_finally (forlop_application_open_places (self),
                                         forlop_application_open_for_pictures_cb, g_object_ref (self),
                                         g_object_unref));
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
  if (forlop_lock_get_window (self->lock) != NULL)
    gtk_window_present (forlop_lock_get_window (self->lock));
  else if (window != NULL)
    gtk_window_present (window);
  else
    forlop_workplace_present (get_first_place (self));
}

/* What is queued is written before the program ends. */
static void
forlop_application_shutdown (GApplication *application)
{
  ForlopApplication *self = FORLOP_APPLICATION (application);
  GListModel *places = G_LIST_MODEL (self->places);

  G_APPLICATION_CLASS (forlop_application_parent_class)->shutdown (application);

  forlop_shown_files_remove ();
  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ForlopWorkplace) place = g_list_model_get_item (places, i);
      g_autoptr (GError) error = NULL;

      if (!forlop_workplace_close (place, &error))
        g_printerr ("%s\n", error->message);
    }
}

static void
forlop_application_finalize (GObject *object)
{
  ForlopApplication *self = FORLOP_APPLICATION (object);

  g_clear_object (&self->places);
  g_clear_object (&self->lock);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_pointer (&self->store_paths, g_strfreev);
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
    { "store", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL,
      N_("Open this file instead of the usual one; once for each municipality"), N_("FILE") },
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

  self->places = g_list_store_new (FORLOP_TYPE_WORKPLACE);
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
