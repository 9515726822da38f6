/* SPDX-License-Identifier: EUPL-1.2 */

#include "browser-test-util.h"
#include "cli-test-util.h"
#include "openid-test-util.h"

#include <signal.h>
#include <string.h>

/* A file gets its server by the browser: forlopctl, forlop-server and a certified provider, each a program of its
 * own. */

typedef struct {
  CliTest *office;
  TestProvider *provider;
  char *data;
  GSubprocess *server;
  char *address;
} Fixture;

static void
run_server (char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char *const names[] = { "skien", NULL };
  char *server = (char *) g_getenv ("FORLOP_SERVER");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;

  self->office = cli_test_new ();
  self->provider = test_provider_new (names);
  self->data = g_build_filename (self->office->folder, "data", NULL);
  {
    char *create[] = { server, "tenant", "create", "skien", "--dir", self->data, NULL };
    char *import[] = { server, "tenant", "import", "skien", "--dir", self->data, "--store",
                       self->office->store, "--passphrase-file", self->office->passphrase_file, NULL };
    char *link[] = { server, "account", "link", "siri", "--tenant", "skien", "--user", "Siri", "--issuer",
                     self->provider->issuer, "--subject", "248289761001", "--dir", self->data, NULL };

    run_server (create);
    run_server (import);
    run_server (link);
  }
  self->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, server, "run", "--dir", self->data,
                                   "--openid", self->provider->folder, "--listen", "127.0.0.1:0", NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  self->address = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  g_subprocess_send_signal (self->server, SIGTERM);
  g_assert_true (g_subprocess_wait (self->server, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (self->server));
  g_object_unref (self->server);
  test_provider_free (self->provider);
  g_free (self->data);
  g_free (self->address);
  cli_test_free (self->office);
}

/* What forlopctl says after @name has signed in where it says. */
static CliResult *
pair (Fixture    *self,
      CliTest    *test,
      const char *name)
{
  char *words[] = { "pair", self->address, "--tenant", "skien", "--browser", NULL };
  g_autoptr (GSubprocess) process = cli_test_start (test, words);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (TestBrowser) browser = test_browser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_autofree char *url = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_autofree char *back = NULL;
  g_autofree char *page = NULL;
  CliResult *result = g_new0 (CliResult, 1);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sentence, "browser"));
  g_assert_true (g_str_has_prefix (url, self->provider->issuer));
  back = test_browser_visit (browser, url, name, NULL);
  g_assert_true (g_str_has_prefix (back, "http://127.0.0.1:"));
  page = test_browser_read (browser, back);
  g_assert_nonnull (strstr (page, "Go back to Forl"));
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &result->out, &result->err, &error));
  g_assert_no_error (error);
  result->status = g_subprocess_get_exit_status (process);

  return result;
}

static void
test_pair (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autoptr (CliResult) paired = pair (self, one, "248289761001");
  g_autofree char *act = NULL;
  g_autofree char *sent = NULL;
  g_autoptr (CliResult) again = NULL;

  cli_result_check (paired, 0, "");
  act = cli_test_must (one, "--as", "Siri", "act", "register-citizen", "--json",
                       "{\"given_name\":\"Anne\",\"family_name\":\"Berg\"}", NULL);
  sent = cli_test_must (one, "sync-once", NULL);
  g_assert_nonnull (strstr (sent, "Everything is sent and received"));
  again = pair (self, one, "248289761001");
  cli_result_check (again, 0, "");
}

/* Nothing was made on the server, and the file has no server. */
static void
test_unknown_person (Fixture       *self,
                     gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autoptr (CliResult) result = pair (self, one, "70");
  g_autoptr (CliResult) sync = NULL;

  cli_result_check (result, 1, "your number with the sign-in service is 70.");
  sync = cli_test_run (one, "sync-once", NULL);
  g_assert_cmpint (sync->status, !=, 0);
}

static void
test_other_municipality (Fixture       *self,
                         gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autoptr (CliResult) result =
    cli_test_run (one, "pair", self->address, "--tenant", "bamble", "--browser", NULL);

  cli_result_check (result, 1, "Nobody signs in by browser there.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/browser/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a-file-gets-its-server-by-the-browser", test_pair);
  ADD ("an-unknown-person-gets-nothing", test_unknown_person);
  ADD ("a-municipality-without-a-provider-says-so", test_other_municipality);
#undef ADD

  return g_test_run ();
}
