/* SPDX-License-Identifier: EUPL-1.2 */

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "forlop-cli-key.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-demo.h"
#include "forlop-error.h"
#include "forlop-store-create.h"
#include "forlop-store-error.h"

static void
show_progress (unsigned int part,
               unsigned int whole,
               gpointer     user_data G_GNUC_UNUSED)
{
  if (!isatty (STDERR_FILENO))
    return;

  g_printerr ("\r%s %3u %%", _("Making the demo municipality:"), 100 * part / whole);
  if (part == whole)
    g_printerr ("\n");
}

/* What is left of a file that was not finished, with everything the store keeps beside it. */
static void
remove_files (const char *path)
{
  static const char *const endings[] = { "", ".key", ".lock", "-wal", "-shm" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static gboolean
move_file (const char  *from,
           const char  *to,
           GError     **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _("%s could not be given its name: %s. Nothing was made."), to, g_strerror (errno));
  return FALSE;
}

/* The key first: a file without its key is worth nothing, a key without its file does no harm. */
static gboolean
give_name (const char  *making,
           const char  *path,
           GError     **error)
{
  g_autofree char *making_key = forlop_keyring_dup_path (making);
  g_autofree char *key = forlop_keyring_dup_path (path);

  return move_file (making_key, key, error) && move_file (making, path, error);
}

static char *
make_demo (ForlopCli               *self,
           ForlopDemoMunicipality   municipality,
           GError                 **error)
{
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (ForlopKeyring) keyring = forlop_cli_wrap_key (self, key, NULL, error);
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_seeded (20261122);
  g_autoptr (ForlopStore) store = NULL;
  g_autofree char *text = NULL;

  if (keyring == NULL || !forlop_store_create (self->store_path, key, keyring, error))
    return NULL;

  store = forlop_store_open (self->store_path, key, self->clock, ids, FORLOP_STORE_NO_SIGNALS, error);
  if (store == NULL ||
      !forlop_demo_create (store, municipality, self->today, show_progress, NULL, self->cancellable, error))
    return NULL;
  text = forlop_demo_statistics (store, self->today, error);
  if (text == NULL || !forlop_store_close (store, error))
    return NULL;

  return g_steal_pointer (&text);
}

/* Made under another name, so that a demo that was stopped half-way never passes for a whole one. */
static int
create (ForlopCli              *self,
        ForlopDemoMunicipality  municipality)
{
  g_autofree char *path = g_steal_pointer (&self->store_path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  self->store_path = g_strconcat (path, ".making", NULL);
  remove_files (self->store_path);
  text = make_demo (self, municipality, &error);
  if (text == NULL || !give_name (self->store_path, path, &error))
    {
      remove_files (self->store_path);
      return forlop_cli_fail (error);
    }
  remove_files (self->store_path);
  forlop_cli_print ("%s", text);

  return FORLOP_EXIT_DONE;
}

int
forlop_command_demo_create (ForlopCli  *self,
                            char      **argv)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "municipality", 0, 0, G_OPTION_ARG_STRING, &name,
      N_("skien, or its neighbour bamble; they share a follow-up centre"), N_("NAME") },
    G_OPTION_ENTRY_NULL
  };
  ForlopDemoMunicipality municipality = FORLOP_DEMO_SKIEN;
  g_auto (GStrv) rest = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "demo create", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL)
    return forlop_cli_usage (_("“%s” was not understood. “forlopctl demo create --help” tells more."),
                             rest[0]);
  if (name != NULL && !forlop_demo_municipality_from_name (name, &municipality))
    return forlop_cli_usage (_("There is no demo municipality called “%s”. There are skien and bamble."),
                             name);
  if (self->store_path == NULL)
    return forlop_cli_usage (_("Say where the file shall be: forlopctl --store FILE demo create"));
  if (g_file_test (self->store_path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GError) error = NULL;

      forlop_store_error_set (&error, FORLOP_STORE_ERROR_EXISTS, self->store_path, NULL);
      return forlop_cli_fail (error);
    }
  if (self->today_text == NULL)
    forlop_date_from_iso (FORLOP_DEMO_TODAY, &self->today);

  return create (self, municipality);
}
