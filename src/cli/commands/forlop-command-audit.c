/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-audit-query.h"
#include "forlop-checkpoint.h"
#include "forlop-cli-server.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-mirror-store.h"

/* The access log of this file and of its server. */

typedef struct {
  gint64 n_rows;
  char *remembered;
  ForlopSyncState state;
} Log;

static void
log_clear (Log *self)
{
  g_free (self->remembered);
  forlop_sync_state_clear (&self->state);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static gpointer
verify_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Log *self = user_data;

  if (!forlop_access_store_verify (connection, &self->n_rows, error) ||
      !forlop_mirror_store_load_state (connection, &self->state, error))
    return NULL;
  self->remembered = forlop_checkpoint_store_dup_remembered (connection, error);

  return self->remembered != NULL ? self : NULL;
}

static gboolean
verify_server (ForlopCli    *self,
               ForlopStore  *store,
               const Log    *log,
               const char   *ca_file,
               GError      **error)
{
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autoptr (ForlopHttpTransport) transport = NULL;

  if (*log->remembered == '\0')
    {
      forlop_cli_print ("%s\n", _("Of the server's access log nothing is remembered here yet; synchronise first."));
      return TRUE;
    }
  transport = forlop_cli_open_server (self, store, ca_file, &account, error);
  if (transport == NULL ||
      !forlop_audit_compare (account, transport, log->remembered, self->cancellable, error))
    return FALSE;
  forlop_cli_print (_("The server's access log has the row that this machine remembers: %s\n"), log->remembered);

  return TRUE;
}

static gboolean
verify (ForlopCli   *self,
        const char  *ca_file,
        GError     **error)
{
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, error);
  g_auto (Log) log = { 0 };
  g_autofree char *n_rows = NULL;

  if (store == NULL ||
      forlop_store_read_sync (store, verify_on_worker, &log, NULL, self->cancellable, error) == NULL)
    return FALSE;
  n_rows = g_strdup_printf ("%" G_GINT64_FORMAT, log.n_rows);
  forlop_cli_print (_("The access log of this file hangs together: %s rows.\n"), n_rows);

  return log.state.server == NULL || verify_server (self, store, &log, ca_file, error);
}

int
forlop_command_audit_verify (ForlopCli  *self,
                             char      **argv)
{
  g_autofree char *ca_file = NULL;
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ca_file,
      N_("The municipality's own certificate authority"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "audit verify", argv, entries, &rest, &exit_code))
    return exit_code;

  return verify (self, ca_file, &error) ? FORLOP_EXIT_DONE : forlop_cli_fail (error);
}

static char *
extract (ForlopCli   *self,
         const char  *citizen_id,
         gboolean     as_csv,
         const char  *ca_file,
         GError     **error)
{
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, error);
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autoptr (ForlopHttpTransport) transport =
    store != NULL ? forlop_cli_open_server (self, store, ca_file, &account, error) : NULL;

  return transport != NULL
           ? forlop_audit_extract (account, transport, citizen_id, as_csv, self->cancellable, error)
           : NULL;
}

int
forlop_command_audit_extract (ForlopCli  *self,
                              char      **argv)
{
  g_autofree char *ca_file = NULL;
  gboolean as_csv = FALSE;
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_NONE, &as_csv, N_("The extract as a table instead of sentences"), NULL },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ca_file,
      N_("The municipality's own certificate authority"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "audit extract", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1 || !forlop_id_is_valid (rest[0]))
    return forlop_cli_usage (_("Say whose record: forlopctl audit extract CITIZEN, with the id from “list citizens”."));
  text = extract (self, rest[0], as_csv, ca_file, &error);
  if (text == NULL)
    return forlop_cli_fail (error);
  forlop_cli_print ("%s", text);

  return FORLOP_EXIT_DONE;
}
