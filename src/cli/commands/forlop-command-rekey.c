/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-key.h"
#include "forlop-commands.h"
#include "forlop-progress.h"
#include "forlop-store-error.h"
#include "forlop-store-rekey.h"

static void
show_progress (gint64    done,
               gint64    total,
               gpointer  user_data)
{
  forlop_progress_set (user_data, done, total);
}

/* The item in the key store belongs to the PIN of the old key, which opens earlier copies only. */
static void
forget_old_pin (ForlopCli     *self,
                ForlopKeyring *old,
                ForlopKeyring *keyring)
{
  g_autoptr (GError) error = NULL;

  if (!forlop_keyring_has (old, FORLOP_KEYRING_SECRET_SERVICE) ||
      forlop_keyring_has (keyring, FORLOP_KEYRING_SECRET_SERVICE))
    return;
  if (!forlop_keyring_forget_pin (old, self->cancellable, &error))
    forlop_cli_fail (error);
  forlop_cli_print (_("The PIN opens nothing any more. “forlopctl pin” chooses a new one.\n"));
}

static gboolean
rekey (ForlopCli   *self,
       const char  *new_passphrase_file,
       GError     **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (self->store_path);
  g_autoptr (ForlopKeyring) old = forlop_keyring_load (key_path, error);
  g_autoptr (ForlopKey) key = old != NULL ? forlop_cli_unlock (self, error) : NULL;
  g_autoptr (ForlopKey) new_key = forlop_key_new_random ();
  g_autoptr (ForlopKeyring) keyring = NULL;
  ForlopProgress *progress;
  gboolean done;

  if (key == NULL)
    return FALSE;
  if (new_passphrase_file != NULL)
    g_set_str (&self->passphrase_file, new_passphrase_file);
  keyring = forlop_cli_wrap_key (self, new_key, forlop_keyring_get_store_id (old), error);
  if (keyring == NULL)
    return FALSE;

  progress = forlop_progress_new (_("Writing everything anew…"));
  done = forlop_store_rekey (self->store_path, key, new_key, keyring, show_progress, progress,
                             self->cancellable, error);
  forlop_progress_free (progress);
  if (done)
    forget_old_pin (self, old, keyring);

  return done;
}

int
forlop_command_rekey (ForlopCli  *self,
                      char      **argv)
{
  g_autofree char *new_passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_passphrase_file,
      N_("Read the new passphrase from the first line of FILE"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "rekey", argv, entries, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL || self->store_path == NULL)
    return forlop_cli_usage (_("Say which file: forlopctl --store FILE rekey"));

  if (!rekey (self, new_passphrase_file, &error))
    return forlop_cli_fail (error);
  forlop_cli_print (_("The file and its attachments have a new key. It was read back and is whole. Copies "
                      "made earlier keep the old key: remove those that nobody needs.\n"));

  return FORLOP_EXIT_DONE;
}
