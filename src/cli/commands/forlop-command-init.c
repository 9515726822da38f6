/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-keyring.h"
#include "forlop-set-up.h"
#include "forlop-store-error.h"

typedef struct {
  ForlopClock *clock;
  ForlopIdSource *ids;
  const ForlopSetUp *set_up;
} InitJob;

static gpointer
set_up_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  InitJob *job = user_data;

  return forlop_set_up_perform (connection, job->ids, forlop_clock_now (job->clock), job->set_up, error);
}

static ForlopSetUpReport *
set_up_file (ForlopCli          *self,
             const ForlopSetUp  *set_up,
             GError            **error)
{
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, error);
  g_autoptr (ForlopSetUpReport) report = NULL;
  InitJob job = { .clock = self->clock, .set_up = set_up };

  if (store == NULL)
    return NULL;
  job.ids = forlop_store_get_ids (store);
  report = forlop_store_write_sync (store, set_up_on_worker, &job,
                                    (GDestroyNotify) forlop_set_up_report_free, self->cancellable, error);
  if (report == NULL || !forlop_store_close (store, error))
    return NULL;

  return g_steal_pointer (&report);
}

/* A file of which only the set-up failed is taken away again: there is nothing in it. */
static void
remove_file (const char *path)
{
  g_autofree char *key_path = forlop_keyring_dup_path (path);

  g_unlink (path);
  g_unlink (key_path);
}

static void
print_report (ForlopCli                *self,
              const ForlopSetUp        *set_up,
              const ForlopSetUpReport  *report)
{
  g_autofree char *quoted = g_shell_quote (self->store_path);
  g_autofree char *unit_names = g_strjoinv (", ", report->units);

  forlop_cli_print (_("Made %s, encrypted."), self->store_path);
  forlop_cli_print ("\n%s: %s\n", _("Units"), unit_names);
  forlop_cli_print ("%s: %s\n", _("Organisation profile"), set_up->municipality);
  forlop_cli_print (ngettext ("%u legal reference\n", "%u legal references\n", report->n_references),
                    report->n_references);
  forlop_cli_print (_("User %s (%s), with every role"), set_up->user_name, set_up->short_name);
  forlop_cli_print ("\n\n%s\n  forlopctl --store %s --as %s act register-referral --help\n",
                    _("Next, register a referral:"), quoted, set_up->short_name);
}

static char *
default_short_name (const char *user_name)
{
  return g_strndup (user_name, strcspn (user_name, " "));
}

static int
init (ForlopCli          *self,
      const ForlopSetUp  *set_up)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSetUpReport) report = NULL;
  gboolean existed = g_file_test (self->store_path, G_FILE_TEST_EXISTS);

  if (!existed && !forlop_cli_make_store (self, &error))
    return forlop_cli_fail (error);

  report = set_up_file (self, set_up, &error);
  if (report == NULL)
    {
      if (!existed)
        remove_file (self->store_path);
      return forlop_cli_fail (error);
    }
  if (!report->made)
    {
      forlop_store_error_set (&error, FORLOP_STORE_ERROR_EXISTS, self->store_path, NULL);
      return forlop_cli_fail (error);
    }
  print_report (self, set_up, report);

  return FORLOP_EXIT_DONE;
}

int
forlop_command_init (ForlopCli  *self,
                     char      **argv)
{
  g_autofree char *user_name = NULL;
  g_autofree char *short_name = NULL;
  g_autofree char *municipality = NULL;
  g_autofree char *number = NULL;
  const GOptionEntry entries[] = {
    { "user-name", 0, 0, G_OPTION_ARG_STRING, &user_name, N_("Name of the first user"), N_("NAME") },
    { "short-name", 0, 0, G_OPTION_ARG_STRING, &short_name,
      N_("What --as and colleagues call the user"), N_("NAME") },
    { "municipality", 0, 0, G_OPTION_ARG_STRING, &municipality, N_("Name of the municipality"),
      N_("NAME") },
    { "municipality-number", 0, 0, G_OPTION_ARG_STRING, &number, N_("Its four digits"), N_("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "init", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl init --help” tells more."), rest[0]);
  if (self->store_path == NULL)
    return forlop_cli_usage (_("Say where the file shall be: forlopctl --store FILE init"));

  if (user_name == NULL)
    user_name = g_strdup (g_str_equal (g_get_real_name (), "Unknown") ? g_get_user_name ()
                                                                      : g_get_real_name ());
  if (short_name == NULL)
    short_name = default_short_name (user_name);
  if (municipality == NULL)
    municipality = g_strdup (_("Municipality"));

  return init (self, &(ForlopSetUp) { municipality, number, user_name, short_name });
}
