/* SPDX-License-Identifier: EUPL-1.2 */

#include "kill-test-util.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "forlop-password.h"
#include "forlop-server-key.h"
#include "forlop-tenant-import.h"

const char *
kill_test_conninfo (gboolean owner)
{
  return g_getenv (owner ? "FORLOP_TEST_POSTGRES_OWNER" : "FORLOP_TEST_POSTGRES");
}

ForlopTenant *
kill_test_open_tenant (KillTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopPostgresTenant) found = NULL;
  ForlopTenant *tenant;

  key = forlop_server_key_load (NULL, self->data, &error);
  if (self->in_postgres)
    {
      found = forlop_postgres_storage_find_tenant (kill_test_conninfo (FALSE), "skien", &error);
      g_assert_no_error (error);
      tenant = forlop_tenant_open_postgres (kill_test_conninfo (FALSE), found, key, 1, clock, &error);
    }
  else
    tenant = forlop_tenant_open (self->data, "skien", key, clock, &error);
  g_assert_no_error (error);

  return tenant;
}

static void
make_tenant (KillTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  g_autoptr (ForlopKey) key = forlop_server_key_ensure (NULL, self->data, &error);
  g_autoptr (ForlopTenant) tenant = NULL;

  g_assert_no_error (error);
  if (self->in_postgres)
    {
      forlop_postgres_storage_install (kill_test_conninfo (TRUE), KILL_TEST_ROLE, &error);
      g_assert_no_error (error);
      forlop_tenant_create_postgres (kill_test_conninfo (TRUE), "skien", key, clock, &error);
    }
  else
    tenant = forlop_tenant_create (self->data, "skien", key, clock, &error);
  g_assert_no_error (error);
}

typedef struct {
  KillTest *kill;
  ForlopTenant *tenant;
} Job;

static gpointer
add_account_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Job *job = user_data;
  g_autofree char *hash = forlop_password_hash (HTTP_TEST_PASSWORD);
  ForlopAccount account = {
    .user_id = job->kill->acts->nurse->user_id, .name = (char *) "kari", .password = hash,
    .one_time_until = FORLOP_INSTANT_NONE, .state = (char *) "active",
  };

  return forlop_account_store_put (job->tenant->accounts, &account, 0, error) ? job : NULL;
}

static void
fill_tenant (KillTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = kill_test_open_tenant (self);
  g_autoptr (ForlopImportReport) report = NULL;
  Job job = { self, tenant };

  g_assert_true (forlop_store_close (self->acts->store, &error));
  g_clear_object (&self->acts->store);
  report = forlop_tenant_import (tenant, self->acts->path, self->acts->key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->first_refused, ==, NULL);
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, add_account_on_worker, &job, NULL, &error));
}

/* Nothing is left running when the test itself fails. */
static void
end_with_parent_cb (gpointer user_data G_GNUC_UNUSED)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

GSubprocess *
kill_test_start (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);

  return process;
}

/* The first time on a free port, then on the same. */
void
kill_test_start_server (KillTest   *self,
              KillServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", server->port);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *address = NULL;

  /* In the folder is the server's key. */
  const char *words[16] = { g_getenv ("FORLOP_SERVER"), "run", "--listen", listen, "--dir", self->data };
  unsigned int n = 6;

  if (self->in_postgres)
    {
      words[n++] = "--postgres";
      words[n++] = kill_test_conninfo (FALSE);
    }
  if (self->gateways != NULL)
    {
      words[n++] = "--gateway";
      words[n++] = self->gateways;
    }
  if (self->today != NULL)
    {
      words[n++] = "--today";
      words[n++] = self->today;
    }
  words[n] = NULL;

  server->process = kill_test_start (words);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_nonnull (address);
  server->port = (guint16) g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);
}

void
kill_test_start_client (KillTest         *self,
              unsigned int  n)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup (g_getenv ("FORLOP_KILL_CLIENT")));
  g_ptr_array_add (words, g_strdup (self->folder));
  g_ptr_array_add (words, g_strdup_printf ("%u", n));
  g_ptr_array_add (words, g_strdup (self->tokens[n]));
  g_ptr_array_add (words, g_strdup (self->acts->nurse->user_id));
  g_ptr_array_add (words, g_strdup (self->acts->zone));
  g_ptr_array_add (words, g_strdup (self->citizen_id));
  for (unsigned int i = 0; i < self->n_servers; i++)
    g_ptr_array_add (words, g_strdup_printf ("http://127.0.0.1:%u", self->servers[(n + i) % self->n_servers].port));
  g_ptr_array_add (words, NULL);
  self->clients[n] = kill_test_start ((const char *const *) words->pdata);
}

static void
kill_process (KillTest         *self,
              GSubprocess **process)
{
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
  self->n_killed++;
}

static void
sign_in_all (KillTest *self)
{
  HttpTest http = { .port = self->servers[0].port, .acts = self->acts };

  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (&http, "skien", "kari");

      self->tokens[i] = g_strdup (session->access);
      http.port = self->servers[i % self->n_servers].port;
    }
  g_free (http.epoch);
}

/* A moment that nobody chose. */
void
kill_test_let_time_pass (KillTest *self)
{
  g_usleep ((gulong) g_rand_int_range (self->random, 20000, 300000));
}

void
kill_test_kill_at_random (KillTest   *self,
                double  seconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < until)
    {
      unsigned int which = (unsigned int) g_rand_int_range (self->random, 0, (int) (self->n_servers + KILL_TEST_CLIENTS));

      kill_test_let_time_pass (self);
      if (which < self->n_servers)
        {
          kill_process (self, &self->servers[which].process);
          kill_test_start_server (self, &self->servers[which]);
        }
      else
        {
          kill_process (self, &self->clients[which - self->n_servers]);
          kill_test_start_client (self, which - self->n_servers);
        }
    }
}

void
kill_test_wait_for_clients (KillTest *self)
{
  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!g_subprocess_wait_check (self->clients[i], NULL, &error))
        g_error ("Client %u: %s", i, error->message);
      g_clear_object (&self->clients[i]);
    }
}

static KillTest *
make (KillTestFunc prepare)
{
  g_autoptr (GError) error = NULL;
  KillTest *self = g_new0 (KillTest, 1);
  guint32 seed = g_test_rand_int () & 0xffff;

  self->in_postgres = g_str_equal (g_getenv ("FORLOP_TEST_STORAGE"), "postgres");
  self->n_servers = self->in_postgres ? 2 : 1;
  self->random = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  self->folder = g_dir_make_tmp ("forlop-kill-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->folder, "data", NULL);
  g_assert_cmpint (g_mkdir (self->data, 0700), ==, 0);
  self->acts = acts_test_new ("2026-03-12");
  {
    g_autoptr (ForlopActResult) citizen =
      acts_test_do (self->acts, self->acts->nurse, "register-citizen",
                    "{\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"unit_id\":\"%s\"}", self->acts->zone);

    self->citizen_id = g_strdup (citizen->subject_id);
  }
  if (prepare != NULL)
    prepare (self);
  make_tenant (self);
  fill_tenant (self);
  for (unsigned int i = 0; i < self->n_servers; i++)
    kill_test_start_server (self, &self->servers[i]);

  return self;
}

KillTest *
kill_test_new_prepared (KillTestFunc prepare)
{
  return make (prepare);
}

KillTest *
kill_test_new (gboolean with_clients)
{
  KillTest *self = make (NULL);

  if (!with_clients)
    return self;
  sign_in_all (self);
  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    kill_test_start_client (self, i);

  return self;
}

void
kill_test_stop_servers (KillTest *self)
{
  for (unsigned int i = 0; i < self->n_servers; i++)
    {
      g_autoptr (GError) error = NULL;

      g_subprocess_send_signal (self->servers[i].process, SIGTERM);
      g_assert_true (g_subprocess_wait_check (self->servers[i].process, NULL, &error));
      g_clear_object (&self->servers[i].process);
    }
}

void
kill_test_free (KillTest *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  for (unsigned int i = 0; i < KILL_TEST_CLIENTS; i++)
    g_free (self->tokens[i]);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  acts_test_free (self->acts);
  g_rand_free (self->random);
  g_free (self->folder);
  g_free (self->data);
  g_free (self->gateways);
  g_free (self->citizen_id);
  g_free (self);
}
