/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-gateway-http.h"
#include "forlop-gateway-store.h"
#include "forlop-server-key.h"
#include "forlop-server-program.h"

/* Messages about red alerts that nobody took: which went out, and one to try the gateway with. */

#define MAX_LINES 500

/* Reads beside a server that runs. */
static ForlopAccountStore *
open_accounts (const ForlopServerOptions  *options,
               GError                    **error)
{
  g_autoptr (ForlopKey) server_key = forlop_server_key_load (options->key_file, options->folder, error);
  g_autoptr (ForlopPostgresTenant) found = NULL;
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopKey) accounts_key = NULL;
  g_autofree char *log_path = NULL;
  g_autofree char *path = NULL;

  if (server_key == NULL)
    return NULL;
  if (options->postgres != NULL)
    {
      found = forlop_postgres_storage_find_tenant (options->postgres, options->tenant, error);
      return found != NULL ? forlop_account_store_open_postgres (options->postgres, found->id, error) : NULL;
    }
  log_path = forlop_tenant_dup_log_path (options->folder, options->tenant);
  path = forlop_tenant_dup_accounts_path (options->folder, options->tenant);
  key = forlop_tenant_unwrap_key (log_path, server_key, error);
  if (key == NULL)
    return NULL;
  accounts_key = forlop_key_derive (key, "accounts", 0);

  return forlop_account_store_open_reader (path, accounts_key, error);
}

static void
print_attempt (const ForlopGatewayAttempt *attempt)
{
  g_autofree char *at = forlop_instant_to_iso (attempt->at);

  printf ("%s %s %s %s %" G_GINT64_FORMAT " %s\n", at, attempt->message.id,
          *attempt->message.address != '\0' ? attempt->message.address : "-", attempt->message.state, attempt->n,
          attempt->result != NULL ? attempt->result : "-");
}

static int
print_log (const ForlopServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopAccountStore) accounts = open_accounts (options, &error);
  g_autoptr (GPtrArray) attempts =
    accounts != NULL ? forlop_gateway_store_list_attempts (accounts, MAX_LINES, &error) : NULL;

  if (attempts == NULL)
    return forlop_server_fail (error);
  for (unsigned int i = 0; i < attempts->len; i++)
    print_attempt (g_ptr_array_index (attempts, i));

  return FORLOP_SERVER_DONE;
}

static int
try (const ForlopServerOptions *options,
     const char                *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopGatewaySettings) settings =
    forlop_gateway_settings_load (options->gateway_folder, options->tenant, &error);
  g_autoptr (SoupSession) session = settings != NULL ? forlop_gateway_http_new (settings, &error) : NULL;
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *id = forlop_id_source_next (ids, forlop_clock_now (options->clock));
  g_autofree char *result = NULL;
  gboolean is_sent;

  if (error != NULL)
    return forlop_server_fail (error);
  if (settings == NULL)
    return forlop_server_usage (_("“%s” has no settings of a message gateway in “%s”."), options->tenant,
                                options->gateway_folder);
  is_sent = forlop_gateway_http_post (session, settings, id, address, NULL, &result);
  printf ("%s %s %s\n", id, address, result);

  return is_sent ? FORLOP_SERVER_DONE : FORLOP_SERVER_REFUSED;
}

int
forlop_server_gateway (const ForlopServerOptions *options,
                       char                     **words)
{
  gboolean is_log = g_strcmp0 (words[0], "log") == 0 && words[1] == NULL;
  gboolean is_try = g_strcmp0 (words[0], "try") == 0 && words[1] != NULL && options->gateway_folder != NULL;

  if (options->tenant == NULL || !forlop_tenant_name_is_valid (options->tenant) || (!is_log && !is_try))
    return forlop_server_usage (_("Write: gateway log --tenant NAME, or gateway try TELEPHONE --tenant NAME "
                                  "--gateway DIR."));

  return is_log ? print_log (options) : try (options, words[1]);
}
