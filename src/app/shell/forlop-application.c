/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-application.h"

#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>

#include "forlop-paths.h"
#include "forlop-screenshots.h"
#include "forlop-session.h"
#include "forlop-shortcuts.h"
#include "forlop-window.h"

struct _ForlopApplication
{
  AdwApplication parent_instance;

  /* Owned */
  ForlopClock *clock;
  ForlopSession *session;
  GSettings *settings;
  char *screenshots_folder;
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
forlop_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", forlop_application_quit_action },
  };
  ForlopApplication *self = FORLOP_APPLICATION (application);

  G_APPLICATION_CLASS (forlop_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name ("no.forlop.Forlop");
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  forlop_shortcuts_install (GTK_APPLICATION (self));

  if (self->clock == NULL)
    self->clock = forlop_clock_new_system ();
  self->session = forlop_session_new (self->clock);

  self->settings = forlop_paths_new_settings ();
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
    g_printerr ("%s\n", error->message);
  g_application_release (G_APPLICATION (object));
  g_application_quit (G_APPLICATION (user_data));
}

static void
forlop_application_activate (GApplication *application)
{
  ForlopApplication *self = FORLOP_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->screenshots_folder != NULL)
    {
      g_application_hold (application);
      forlop_screenshots_run (GTK_APPLICATION (self), self->session, self->screenshots_folder,
                              forlop_application_screenshots_done_cb, self);
      return;
    }

  if (window == NULL)
    window = GTK_WINDOW (forlop_window_new (GTK_APPLICATION (self), self->session,
                                            self->settings));
  gtk_window_present (window);
}

static void
forlop_application_finalize (GObject *object)
{
  ForlopApplication *self = FORLOP_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->clock, forlop_clock_unref);
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
}

static void
forlop_application_init (ForlopApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL },
    { "today", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Start as if it were this day"), N_("YYYY-MM-DD") },
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
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, forlop_paths_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();
}

ForlopApplication *
forlop_application_new (void)
{
  return g_object_new (FORLOP_TYPE_APPLICATION,
                       "application-id", "no.forlop.Forlop",
                       "resource-base-path", "/no/forlop/Forlop",
                       NULL);
}
