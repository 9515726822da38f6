/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-progress.h"
#include "forlop-store-backup.h"

static void
show_progress (gint64    done,
               gint64    total,
               gpointer  user_data)
{
  forlop_progress_set (user_data, done, total);
}

int
forlop_command_backup (ForlopCli  *self,
                       char      **argv)
{
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = NULL;
  ForlopProgress *progress;
  gboolean done;
  int exit_code;

  if (!forlop_cli_parse (self, "backup", argv, NULL, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1)
    return forlop_cli_usage (_("Say where the copy shall be: forlopctl backup FILE"));

  store = forlop_cli_open_store (self, &error);
  if (store == NULL)
    return forlop_cli_fail (error);

  progress = forlop_progress_new (_("Copying…"));
  done = forlop_cli_log (self, store, FORLOP_ACCESS_BACKED_UP, "all", &error) &&
         forlop_store_backup_sync (store, rest[0], show_progress, progress, self->cancellable, &error);
  forlop_progress_free (progress);
  if (!done)
    return forlop_cli_fail (error);

  forlop_cli_print (_("Copied to “%s”, encrypted with the same key. It was read back and is whole.\n"), rest[0]);

  return FORLOP_EXIT_DONE;
}
