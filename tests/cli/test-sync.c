/* SPDX-License-Identifier: EUPL-1.2 */

#include "cli-test-util.h"

#include <signal.h>
#include <string.h>

/* Two machines and a server, each a program of its own, over HTTP on this machine. */

typedef struct {
  CliTest *office; /* the municipality as it was before there was a server */
  char *data;
  GSubprocess *server;
  char *address;
  char *password_file;
  char *new_password_file;
} Fixture;

static char *
run_server (char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *out = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));

  return g_strstrip (out);
}

/* On the address that it had before, when it had one. */
static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *before = g_steal_pointer (&self->address);
  const char *listen = before != NULL ? strstr (before, "127.") : "127.0.0.1:0";

  self->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("FORLOP_SERVER"), "run",
                                   "--dir", self->data, "--listen", listen, NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  self->address = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->address);
}

static void
stop (Fixture *self)
{
  g_subprocess_send_signal (self->server, SIGTERM);
  g_assert_true (g_subprocess_wait (self->server, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (self->server));
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  char *server = (char *) g_getenv ("FORLOP_SERVER");
  g_autofree char *password = NULL;

  self->office = cli_test_new ();
  self->data = g_build_filename (self->office->folder, "data", NULL);
  {
    char *create[] = { server, "tenant", "create", "skien", "--dir", self->data, NULL };
    char *import[] = { server, "tenant", "import", "skien", "--dir", self->data, "--store",
                       self->office->store, "--passphrase-file", self->office->passphrase_file, NULL };
    char *add[] = { server, "account", "add", "siri", "--tenant", "skien", "--user", "Siri", "--dir",
                    self->data, NULL };

    g_free (run_server (create));
    g_free (run_server (import));
    password = run_server (add);
  }
  self->password_file = cli_test_write (self->office, "first", password);
  self->new_password_file = cli_test_write (self->office, "own", "et eget langt passord 2026");
  start (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  g_free (self->data);
  g_free (self->address);
  g_free (self->password_file);
  g_free (self->new_password_file);
  g_object_unref (self->server);
  cli_test_free (self->office);
}

static void
test_two_machines (Fixture       *self,
                   gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autoptr (CliTest) two = cli_test_new_empty ();
  g_autoptr (CliResult) away = NULL;
  g_autofree char *paired = NULL;
  g_autofree char *again = NULL;
  g_autofree char *act = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *seen = NULL;

  paired = cli_test_must (one, "pair", self->address, "--tenant", "skien", "--user", "siri",
                          "--password-file", self->password_file, "--new-password-file",
                          self->new_password_file, NULL);
  g_assert_nonnull (strstr (paired, "Everything is sent and received"));
  act = cli_test_must (one, "--as", "Siri", "act", "register-citizen", "--json",
                       "{\"given_name\":\"Anne\",\"family_name\":\"Berg\"}", NULL);
  sent = cli_test_must (one, "sync-once", NULL);
  g_assert_nonnull (strstr (sent, "Everything is sent and received"));

  again = cli_test_must (two, "pair", self->address, "--tenant", "skien", "--user", "siri",
                         "--password-file", self->new_password_file, NULL);
  seen = cli_test_must (two, "list", "citizens", NULL);
  g_assert_nonnull (strstr (seen, "Berg"));

  stop (self);
  g_free (act);
  act = cli_test_must (two, "--as", "Siri", "act", "register-citizen", "--json",
                       "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"}", NULL);
  away = cli_test_run (two, "sync-once", NULL);
  cli_result_check (away, 1, "The server cannot be reached. What is done here is kept and sent later.");
  waiting = cli_test_must (two, "list", "citizens", NULL);
  g_assert_nonnull (strstr (waiting, "Haug"));
}

static void
check_server (Fixture    *self,
              const char *remembered,
              int         exit_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      g_getenv ("FORLOP_SERVER"), "audit", "verify", "--tenant", "skien", "--dir", self->data,
                      "--remembered", remembered, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, exit_code);
}

/* A machine remembers the server's access log, and whoever has its record tells the citizen who opened it. */
static void
test_audit (Fixture       *self,
            gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char sentence[] = "has the row that this machine remembers: ";
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autofree char *paired = cli_test_must (one, "pair", self->address, "--tenant", "skien", "--user", "siri",
                                           "--password-file", self->password_file, "--new-password-file",
                                           self->new_password_file, NULL);
  g_autofree char *act = cli_test_must (one, "--as", "Siri", "act", "register-citizen", "--json",
                                        "{\"given_name\":\"Anne\",\"family_name\":\"Berg\"}", NULL);
  g_autofree char *citizen_id = cli_json_text (act, "subject_id");
  g_autofree char *early = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *list = NULL;
  g_autofree char *table = NULL;
  g_autofree char *remembered = NULL;
  g_autofree char *beyond = NULL;
  g_autoptr (CliResult) unsaid = cli_test_run (one, "audit", "extract", NULL);
  g_autoptr (CliResult) alone = cli_test_run (self->office, "audit", "extract", citizen_id, NULL);

  early = cli_test_must (one, "sync-once", NULL);
  /* It signs what there is when it starts. */
  stop (self);
  g_object_unref (self->server);
  start (self);
  sent = cli_test_must (one, "sync-once", NULL);
  whole = cli_test_must (one, "audit", "verify", NULL);
  g_assert_nonnull (strstr (whole, "The access log of this file hangs together: "));
  g_assert_nonnull (strstr (whole, sentence));
  remembered = g_strstrip (g_strdup (strstr (whole, sentence) + strlen (sentence)));

  list = cli_test_must (one, "audit", "extract", citizen_id, NULL);
  g_assert_nonnull (strstr (list, "Who has opened the record of Anne Berg"));
  g_assert_nonnull (strstr (list, "Siri"));
  table = cli_test_must (one, "audit", "extract", "--csv", citizen_id, NULL);
  g_assert_nonnull (strstr (table, "When;Who;Function;Unit;What"));
  cli_result_check (unsaid, 64, "audit extract CITIZEN");
  cli_result_check (alone, 1, "This file belongs to no server.");

  stop (self);
  check_server (self, remembered, 0);
  beyond = g_strconcat ("9", remembered, NULL);
  check_server (self, beyond, 1);
  check_server (self, "nonsense", 64);
}

static void
test_wrong_password (Fixture       *self,
                     gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliTest) one = cli_test_new_empty ();
  g_autoptr (CliResult) result = cli_test_run (one, "pair", self->address, "--tenant", "skien", "--user",
                                               "siri", "--password-file", self->new_password_file, NULL);

  cli_result_check (result, 1, "password");
  stop (self);
}

static void
test_own_work (Fixture       *self,
               gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (CliResult) result =
    cli_test_run (self->office, "pair", self->address, "--tenant", "skien", "--user", "siri",
                  "--password-file", self->password_file, NULL);

  cli_result_check (result, 1, "Work has been done in this file without a server.");
  stop (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sync/what-one-machine-does-another-sees", Fixture, NULL, set_up, test_two_machines,
              tear_down);
  g_test_add ("/sync/the-access-log-is-checked-and-told", Fixture, NULL, set_up, test_audit, tear_down);
  g_test_add ("/sync/a-wrong-password-is-told", Fixture, NULL, set_up, test_wrong_password, tear_down);
  g_test_add ("/sync/a-file-with-work-of-its-own-is-left-as-it-is", Fixture, NULL, set_up, test_own_work,
              tear_down);

  return g_test_run ();
}
