/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-cli-key.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-store-error.h"

static gboolean
set_pin (ForlopCli  *self,
         GError    **error)
{
  g_autofree char *key_path = forlop_keyring_dup_path (self->store_path);
  g_autoptr (ForlopKeyring) keyring = forlop_keyring_load (key_path, error);
  g_autoptr (ForlopKey) key = NULL;

  if (keyring == NULL || !forlop_keyring_can_keep_pin (keyring, self->cancellable, error))
    return FALSE;
  key = forlop_cli_unlock (self, error);

  return key != NULL && forlop_cli_wrap_by_pin (self, keyring, key, error) &&
         forlop_keyring_save (keyring, key_path, error);
}

int
forlop_command_pin (ForlopCli  *self,
                    char      **argv)
{
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "pin", argv, NULL, &rest, &exit_code))
    return exit_code;
  if (rest[0] != NULL || self->store_path == NULL)
    return forlop_cli_usage (_("Say which file: forlopctl --store FILE pin"));

  if (!set_pin (self, &error))
    return forlop_cli_fail (error);
  forlop_cli_print (_("The PIN opens the file on this computer. The passphrase opens it everywhere.\n"));

  return FORLOP_EXIT_DONE;
}
