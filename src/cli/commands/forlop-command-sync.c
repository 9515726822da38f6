/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "forlop-cli-json.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-mirror-store.h"
#include "forlop-server-join.h"
#include "forlop-store-mirror.h"
#include "forlop-sync-client.h"
#include "forlop-sync-link.h"

/* The server of a file, and one whole exchange with it. */

static char *
read_password (const char  *path,
               GError     **error)
{
  char *password = forlop_cli_read_file (path, error);

  if (password != NULL)
    password[strcspn (password, "\r\n")] = '\0';

  return password;
}

/* Why the turn ended before everything was sent and received. */
static gboolean
explain (ForlopSyncClient  *client,
         GError            *unreachable,
         GError           **error)
{
  const char *detail = forlop_sync_client_get_detail (client);

  if (unreachable != NULL)
    g_propagate_error (error, g_error_copy (unreachable));
  else if (forlop_sync_client_get_standing (client) == FORLOP_SYNC_SIGNED_OUT)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                 _("The server does not know this session any more. What is unsent is kept. Sign in "
                   "again with “forlopctl pair”."));
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT, "%s",
                 detail != NULL ? detail
                                : _("The server asked to wait. What is unsent is kept. Try again later."));

  return FALSE;
}

static gboolean
exchange (ForlopCli             *self,
          ForlopStore           *store,
          ForlopServerAccount   *account,
          const ForlopHttpSettings *settings,
          GError               **error)
{
  ForlopClock *clock = forlop_store_get_clock (store);
  g_autoptr (ForlopSyncMirror) mirror = forlop_store_mirror_new (store);
  g_autoptr (ForlopSyncClient) client = forlop_sync_client_new (mirror);
  ForlopSyncLink *link = forlop_sync_link_new (account, settings);
  g_autoptr (ForlopSyncRequest) request = NULL;
  g_autoptr (GError) unreachable = NULL;
  g_autoptr (GError) local = NULL;

  while ((request = forlop_sync_client_next (client, forlop_clock_now (clock), &local)) != NULL)
    {
      g_autofree char *text = NULL;
      ForlopSyncAnswer answer = { .random = g_random_int () };

      g_clear_error (&unreachable);
      answer.status = forlop_sync_link_send (request, &text, &answer.retry_after, &answer.server_time, link,
                                             self->cancellable, &unreachable);
      answer.text = text;
      if (!forlop_sync_client_take (client, request, &answer, forlop_clock_now (clock), &local))
        break;
      g_clear_pointer (&request, forlop_sync_request_free);
    }
  forlop_sync_link_free (link);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return forlop_sync_client_get_standing (client) == FORLOP_SYNC_IDLE ||
         explain (client, unreachable, error);
}

static gpointer
load_state (ForlopConnection  *connection,
            gpointer           user_data,
            GCancellable      *cancellable G_GNUC_UNUSED,
            GError           **error)
{
  return forlop_mirror_store_load_state (connection, user_data, error) ? user_data : NULL;
}

static gboolean
sync_and_tell (ForlopCli                *self,
               ForlopStore              *store,
               ForlopServerAccount      *account,
               const ForlopHttpSettings *settings,
               GError                  **error)
{
  g_auto (ForlopSyncState) state = { 0 };

  if (!exchange (self, store, account, settings, error) ||
      forlop_store_read_sync (store, load_state, &state, NULL, self->cancellable, error) == NULL)
    return FALSE;

  forlop_cli_print ("%s\n", _("Everything is sent and received."));
  if (state.n_refused > 0)
    forlop_cli_print (ngettext ("The server refused %u change; look at it in the window.\n",
                                "The server refused %u changes; look at them in the window.\n",
                                (unsigned long) state.n_refused), (unsigned int) state.n_refused);

  return TRUE;
}

typedef struct {
  char *tenant;
  char *user;
  char *password_file;
  char *new_password_file;
  char *ca_file;
  gboolean by_browser;
} Pair;

static void
pair_clear (Pair *self)
{
  g_free (self->tenant);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->new_password_file);
  g_free (self->ca_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
open_cb (const char *url,
         gpointer    user_data G_GNUC_UNUSED)
{
  forlop_cli_print ("%s\n%s\n", _("Open this address in the browser of this machine, and sign in there:"), url);
  fflush (stdout);
}

static gboolean
join_by_password (ForlopCli         *self,
                  ForlopStore       *store,
                  const Pair        *pair,
                  ForlopServerJoin  *words,
                  GError           **error)
{
  g_autofree char *password = read_password (pair->password_file, error);
  g_autofree char *new_password = NULL;
  g_autoptr (GError) problem = NULL;

  if (password == NULL)
    return FALSE;
  if (pair->new_password_file != NULL)
    {
      new_password = read_password (pair->new_password_file, error);
      if (new_password == NULL)
        return FALSE;
    }
  words->name = pair->user;
  words->password = password;
  words->new_password = new_password;
  if (forlop_server_join (store, words, self->cancellable, &problem))
    return TRUE;
  if (!g_error_matches (problem, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ONE_TIME))
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                 _("The password was for one time. Choose your own: --new-password-file FILE."));

  return FALSE;
}

static gboolean
join (ForlopCli    *self,
      ForlopStore  *store,
      const Pair   *pair,
      const char   *address,
      GError      **error)
{
  ForlopServerJoin words = {
    .address = address, .ca_file = pair->ca_file, .tenant = pair->tenant, .open = open_cb,
  };

  return pair->by_browser ? forlop_server_join (store, &words, self->cancellable, error)
                          : join_by_password (self, store, pair, &words, error);
}

static gboolean
pair_with (ForlopCli   *self,
           const Pair  *pair,
           const char  *address,
           GError     **error)
{
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autofree char *url = forlop_server_join_dup_address (address);
  const ForlopHttpSettings settings = { .address = url, .ca_file = pair->ca_file };

  if (!g_file_test (self->store_path, G_FILE_TEST_EXISTS) && !forlop_cli_make_store (self, error))
    return FALSE;
  store = forlop_cli_open_store (self, error);
  if (store == NULL || !join (self, store, pair, address, error))
    return FALSE;
  account = forlop_server_account_new (store, error);

  return account != NULL && sync_and_tell (self, store, account, &settings, error);
}

int
forlop_command_pair (ForlopCli  *self,
                     char      **argv)
{
  g_auto (Pair) pair = { 0 };
  const GOptionEntry entries[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &pair.tenant, N_("The municipality's name on the server"),
      N_("NAME") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &pair.user, N_("Name of the account"), N_("NAME") },
    { "browser", 0, 0, G_OPTION_ARG_NONE, &pair.by_browser,
      N_("Sign in by browser instead of with name and password"), NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &pair.password_file,
      N_("The file with its password"), N_("FILE") },
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &pair.new_password_file,
      N_("The file with a password of one's own, where the first is for one time"), N_("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &pair.ca_file,
      N_("The municipality's own certificate authority"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "pair", argv, entries, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 1 || pair.tenant == NULL ||
      pair.by_browser != (pair.user == NULL && pair.password_file == NULL) ||
      (!pair.by_browser && (pair.user == NULL || pair.password_file == NULL)))
    return forlop_cli_usage (_("Say with which server: forlopctl --store FILE pair ADDRESS --tenant NAME "
                               "--user NAME --password-file FILE, or --browser instead of name and file"));
  if (self->store_path == NULL)
    return forlop_cli_usage (_("Say where the file shall be: forlopctl --store FILE pair …"));

  if (!pair_with (self, &pair, rest[0], &error))
    return forlop_cli_fail (error);

  return FORLOP_EXIT_DONE;
}

int
forlop_command_sync_once (ForlopCli  *self,
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
  g_autoptr (ForlopStore) store = NULL;
  g_autoptr (ForlopServerAccount) account = NULL;
  g_auto (ForlopSyncState) state = { 0 };
  ForlopHttpSettings settings;
  int exit_code;

  if (!forlop_cli_parse (self, "sync-once", argv, entries, &rest, &exit_code))
    return exit_code;
  store = forlop_cli_open_store (self, &error);
  if (store != NULL &&
      forlop_store_read_sync (store, load_state, &state, NULL, self->cancellable, &error) != NULL)
    account = forlop_server_account_new (store, &error);
  if (account == NULL)
    return forlop_cli_fail (error);

  settings = (ForlopHttpSettings) {
    .address = state.server, .ca_file = ca_file != NULL ? ca_file : state.ca_file,
  };
  if (!sync_and_tell (self, store, account, &settings, &error))
    return forlop_cli_fail (error);

  return FORLOP_EXIT_DONE;
}
