/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "forlop-format.h"
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

static ForlopGatewaySettings *
load_settings (const ForlopServerOptions  *options,
               int                        *exit_code)
{
  g_autoptr (GError) error = NULL;
  ForlopGatewaySettings *settings = forlop_gateway_settings_load (options->gateway_folder, options->tenant, &error);

  if (error != NULL)
    *exit_code = forlop_server_fail (error);
  else if (settings == NULL)
    *exit_code = forlop_server_usage (_("“%s” has no settings of a message gateway in “%s”."), options->tenant,
                                      options->gateway_folder);

  return settings;
}

/* What is set, without a secret, and how many messages wait. */
static int
print_status (const ForlopServerOptions *options)
{
  int exit_code = FORLOP_SERVER_REFUSED;
  g_autoptr (ForlopGatewaySettings) settings = load_settings (options, &exit_code);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopAccountStore) accounts = settings != NULL ? open_accounts (options, &error) : NULL;
  g_autofree char *host = settings != NULL ? forlop_gateway_settings_dup_host (settings) : NULL;
  gint64 n_waiting = 0;

  if (settings == NULL)
    return exit_code;
  if (accounts == NULL || !forlop_gateway_store_count_waiting (accounts, &n_waiting, &error))
    return forlop_server_fail (error);
  printf ("host %s\ntext %s\nwaiting %" G_GINT64_FORMAT "\n", host, settings->text, n_waiting);

  return forlop_gateway_settings_check_token (settings, &error) ? FORLOP_SERVER_DONE : forlop_server_fail (error);
}

static int
try (const ForlopServerOptions *options,
     const char                *address)
{
  g_autoptr (GError) error = NULL;
  int exit_code = FORLOP_SERVER_REFUSED;
  g_autofree char *telephone = forlop_phone_normalize (address, &error);
  g_autoptr (ForlopGatewaySettings) settings = telephone != NULL ? load_settings (options, &exit_code) : NULL;
  g_autoptr (SoupSession) session = settings != NULL ? forlop_gateway_http_new (settings, &error) : NULL;
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autofree char *id = forlop_id_source_next (ids, forlop_clock_now (options->clock));
  g_autofree char *result = NULL;
  gboolean is_sent;

  if (error != NULL)
    return forlop_server_fail (error);
  if (settings == NULL)
    return exit_code;
  is_sent = forlop_gateway_http_post (session, settings, id, telephone, TRUE, NULL, &result);
  printf ("%s %s %s\n", id, telephone, result);

  return is_sent ? FORLOP_SERVER_DONE : FORLOP_SERVER_REFUSED;
}

int
forlop_server_gateway (const ForlopServerOptions *options,
                       char                     **words)
{
  gboolean is_log = g_strcmp0 (words[0], "log") == 0 && words[1] == NULL;
  gboolean is_status = g_strcmp0 (words[0], "status") == 0 && words[1] == NULL && options->gateway_folder != NULL;
  gboolean is_try = g_strcmp0 (words[0], "try") == 0 && words[1] != NULL && words[2] == NULL &&
                    options->gateway_folder != NULL;

  if (options->tenant == NULL || !forlop_tenant_name_is_valid (options->tenant) || (!is_log && !is_status && !is_try))
    return forlop_server_usage (_("Write: gateway log --tenant NAME, gateway status --tenant NAME --gateway DIR, or "
                                  "gateway try TELEPHONE --tenant NAME --gateway DIR."));
  if (is_status)
    return print_status (options);

  return is_log ? print_log (options) : try (options, words[1]);
}
