/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-server.h"

#include "forlop-mirror-store.h"

static gpointer
load_state (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  return forlop_mirror_store_load_state (connection, user_data, error) ? user_data : NULL;
}

ForlopHttpTransport *
forlop_cli_open_server (ForlopCli            *self,
                        ForlopStore          *store,
                        const char           *ca_file,
                        ForlopServerAccount **account,
                        GError              **error)
{
  g_auto (ForlopSyncState) state = { 0 };
  ForlopHttpSettings settings = { 0 };

  g_return_val_if_fail (self != NULL && FORLOP_IS_STORE (store) && account != NULL, NULL);

  if (forlop_store_read_sync (store, load_state, &state, NULL, self->cancellable, error) == NULL)
    return NULL;
  *account = forlop_server_account_new (store, error);
  if (*account == NULL)
    return NULL;
  settings.address = state.server;
  settings.ca_file = ca_file != NULL ? ca_file : state.ca_file;

  return forlop_http_transport_new (&settings, error);
}
