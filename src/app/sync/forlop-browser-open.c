/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-browser-open.h"

#include <gtk/gtk.h>

/* The address stays out of the journal: it is a sign-in. Whoever signs in sees that no browser came. */
static void
launched_cb (GObject      *launcher,
             GAsyncResult *result,
             gpointer      user_data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error))
    g_message ("The browser could not be opened: %s", error->message);
}

static gboolean
launch_cb (gpointer url)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *window = application != NULL ? gtk_application_get_active_window (application) : NULL;
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (url);

  gtk_uri_launcher_launch (launcher, window, NULL, launched_cb, NULL);

  return G_SOURCE_REMOVE;
}

void
forlop_browser_open (const char *url,
                     gpointer    user_data G_GNUC_UNUSED)
{
  g_return_if_fail (url != NULL);

  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, launch_cb, g_strdup (url), g_free);
}
