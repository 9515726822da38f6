/* SPDX-License-Identifier: EUPL-1.2 */

/* The server itself, killed between the message and the gateway's answer; in PostgreSQL two servers. */

#include <glib/gstdio.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>

#include "fake-gateway.h"
#include "follow-up-test-util.h"
#include "kill-test-util.h"

#define SHIFT_PHONE "41234567"
#define MAX_LOOKS 2000

static FakeGateway *hook;

static void
prepare_red (KillTest *self)
{
  ActsTest *acts = self->acts;
  g_autofree char *case_id = NULL;
  g_autofree char *measured = NULL;
  g_autofree char *path = NULL;
  g_autofree char *settings = g_strdup_printf ("{\"url\":\"%s\"}", hook->address);

  acts_test_must (acts, acts->administrator, "save-profile", "{\"id\":\"%s\",\"escalate_minutes\":30}", acts->profile);
  acts_test_must (acts, acts->administrator, "save-unit", "{\"id\":\"%s\",\"shift_phone\":\"" SHIFT_PHONE "\"}",
                  acts->zone);
  case_id = follow_up_start (acts, "2026-03-20");
  follow_up_set_time (acts, "2026-03-21T09:00:00");
  measured = follow_up_measure (acts, case_id, "spo2", "86", "2026-03-21T08:30:00");
  self->gateways = g_build_filename (self->folder, "gateways", NULL);
  g_assert_cmpint (g_mkdir (self->gateways, 0700), ==, 0);
  path = g_build_filename (self->gateways, "skien.json", NULL);
  g_assert_true (g_file_set_contents (path, settings, -1, NULL));
  self->today = "2026-11-22";
}

/* What the command prints, beside the servers. */
static char *
read_log (KillTest *self)
{
  const char *const words[] = {
    g_getenv ("FORLOP_SERVER"), "gateway", "log", "--tenant", "skien", "--dir", self->data,
    self->in_postgres ? "--postgres" : NULL, kill_test_conninfo (FALSE), NULL
  };
  g_autoptr (GSubprocess) process = kill_test_start (words);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return text;
}

static void
wait_until_sent (KillTest *self)
{
  for (unsigned int i = 0; i < MAX_LOOKS; i++)
    {
      g_autofree char *log = read_log (self);

      if (strstr (log, " sent ") != NULL)
        {
          g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

          g_assert_cmpuint (g_strv_length (lines), ==, 3);
          g_assert_true (g_str_has_suffix (lines[0], " " SHIFT_PHONE " sent 2 202"));
          g_assert_true (g_str_has_suffix (lines[1], " " SHIFT_PHONE " sent 1 -"));
          return;
        }
    }
  g_error ("the message was not sent");
}

static void
a_message_outlives_a_killed_server (void)
{
  g_autoptr (FakeGateway) gateway = fake_gateway_new (NULL);
  g_autoptr (KillTest) self = NULL;

  hook = gateway;
  fake_gateway_silent (gateway, TRUE);
  self = kill_test_new_prepared (prepare_red);
  fake_gateway_wait (gateway, 1);
  for (unsigned int i = 0; i < self->n_servers; i++)
    {
      g_subprocess_send_signal (self->servers[i].process, SIGKILL);
      g_subprocess_wait (self->servers[i].process, NULL, NULL);
      g_clear_object (&self->servers[i].process);
    }
  g_assert_cmpuint (fake_gateway_count (gateway), ==, 1);

  fake_gateway_silent (gateway, FALSE);
  self->today = "2026-11-23";
  for (unsigned int i = 0; i < self->n_servers; i++)
    kill_test_start_server (self, &self->servers[i]);
  wait_until_sent (self);
  g_assert_cmpuint (fake_gateway_count (gateway), ==, 2);
  g_assert_cmpstr (g_ptr_array_index (gateway->keys, 1), ==, g_ptr_array_index (gateway->keys, 0));
  g_assert_null (strstr (g_ptr_array_index (gateway->bodies, 0), "Haug"));
  kill_test_stop_servers (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/server-gateway/a-message-outlives-a-killed-server", a_message_outlives_a_killed_server);

  return g_test_run ();
}
