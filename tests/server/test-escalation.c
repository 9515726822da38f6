/* SPDX-License-Identifier: EUPL-1.2 */

/* A red alert that nobody takes: what the leader sees, and what goes out through a gateway on loopback. */

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>

#include "fake-gateway.h"
#include "follow-up-test-util.h"
#include "forlop-accounts.h"
#include "forlop-gateway.h"
#include "forlop-gateway-store.h"
#include "machine-test-util.h"

#define ID_NUMBER "12835430098"
#define SHIFT_PHONE "41234567"

/* The zone is open 8–20 and asks for thirty minutes; a red came at 08.30. */
typedef struct {
  HttpTest *test;
  FakeGateway *hook;
  ForlopGateway *gateway;
  Machine *kari;
  Machine *per;
  char *token;
  unsigned int n_machines;
} Scene;

static void
scene_clear (Scene *self)
{
  g_clear_pointer (&self->gateway, forlop_gateway_free);
  g_clear_pointer (&self->hook, fake_gateway_free);
  g_clear_pointer (&self->kari, machine_free);
  g_clear_pointer (&self->per, machine_free);
  g_free (self->token);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static ForlopTenant *
skien (HttpTest *test)
{
  return forlop_tenants_find (test->tenants, "skien");
}

/* As a settings file says it. */
static ForlopGateway *
open_gateway (HttpTest   *test,
              const char *address,
              const char *more)
{
  g_autofree char *path = g_build_filename (test->folder, "skien.json", NULL);
  g_autofree char *text = g_strdup_printf ("{\"url\":\"%s\"%s}", address, more);
  g_autoptr (GError) error = NULL;
  ForlopGatewaySettings *settings;
  ForlopGateway *gateway;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  settings = forlop_gateway_settings_load (test->folder, "skien", &error);
  g_assert_no_error (error);
  gateway = forlop_gateway_new (skien (test), settings, &error);
  g_assert_no_error (error);

  return gateway;
}

static void
send_red (Scene      *self,
          const char *at)
{
  g_autofree char *body = g_strdup_printf (
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
    "\"code\":\"2708-6\"}]},\"subject\":{\"identifier\":{\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\""
    ID_NUMBER "\"}},\"effectiveDateTime\":\"%s\",\"valueQuantity\":{\"value\":86,\"code\":\"%%\"}}", at);
  g_autoptr (HttpResult) result =
    http_test_expect (self->test, 201, "POST", "/fhir/Observation", self->token, body);
}

static Scene
set_up (HttpTest   *test,
        const char *phone)
{
  g_autoptr (GError) error = NULL;
  Scene self = { .test = test, .hook = fake_gateway_new (NULL) };

  follow_up_set_time (test->acts, "2026-03-20T08:30:00");
  self.per = machine_new (test, "per", NULL);
  machine_catch_up (self.per);
  g_free (machine_do (self.per, test->acts->administrator, "save-profile",
                      "{\"id\":\"%s\",\"escalate_minutes\":30}", test->acts->profile));
  g_free (machine_do (self.per, test->acts->administrator, "save-unit",
                      "{\"id\":\"%s\",\"opens_at\":480,\"closes_at\":1200%s}", test->acts->zone, phone));
  machine_catch_up (self.per);
  self.token = forlop_accounts_add_system (skien (test), "Heim", test->acts->zone, FALSE, &error);
  g_assert_no_error (error);
  self.gateway = open_gateway (test, self.hook->address, ",\"text\":\"En rød alarm venter i Forløp.\"");
  send_red (&self, "2026-03-20T08:30:00+01:00");

  return self;
}

#define WITH_PHONE ",\"shift_phone\":\"" SHIFT_PHONE "\""

static void
turn (Scene      *self,
      const char *at)
{
  g_autoptr (GError) error = NULL;
  gint64 head;

  if (at != NULL)
    follow_up_set_time (self->test->acts, at);
  forlop_gateway_turn (self->gateway, &head, &error);
  g_assert_no_error (error);
}

static const char *
sent (Scene        *self,
      unsigned int  n)
{
  g_assert_cmpuint (fake_gateway_count (self->hook), >, n);

  return g_ptr_array_index (self->hook->bodies, n);
}

/* Kari's machine. */
static char *
find_alert (Scene *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (self->kari->connection, "SELECT id FROM alert WHERE deleted = 0 ORDER BY raised_at DESC, id", &error);
  gboolean has_row;

  machine_catch_up (self->kari);
  g_assert_true (forlop_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);

  return forlop_statement_dup_id (statement, 0);
}

static void
kari_does (Scene      *self,
           const char *act)
{
  g_autofree char *file = g_strdup_printf ("kari-%u", ++self->n_machines);
  g_autofree char *alert_id = NULL;

  /* The session of the machine before has ended meanwhile. */
  g_clear_pointer (&self->kari, machine_free);
  self->kari = machine_new (self->test, "kari", file);
  alert_id = find_alert (self);
  g_free (machine_do (self->kari, self->test->acts->nurse, act, "{\"alert_id\":\"%s\"}", alert_id));
  machine_catch_up (self->kari);
}

/* The leader's tasks about alerts, as her machine gets them. */
static unsigned int
count_tasks (Scene      *self,
             const char *status)
{
  g_autoptr (HttpSession) liv = http_test_sign_in (self->test, "skien", "liv");
  g_autofree char *rows = http_test_pull_all (self->test, liv);
  g_autofree char *wanted = g_strdup_printf ("\"status\":\"%s\"", status);
  g_auto (GStrv) each = g_strsplit (rows, "{\"type\":\"task\"", -1);
  unsigned int n = 0;

  g_assert_null (strstr (rows, ID_NUMBER));
  for (unsigned int i = 1; each[i] != NULL; i++)
    {
      char *end = strstr (each[i], "{\"type\":");

      if (end != NULL)
        *end = '\0';
      n += strstr (each[i], "\"kind\":\"escalated\"") != NULL && strstr (each[i], wanted) != NULL;
    }

  return n;
}

static void
nobody_hears_before_the_time (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  turn (&scene, "2026-03-20T08:59:59");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 0);
}

static void
the_leader_and_the_shift_phone_hear_of_it (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autofree char *expected = NULL;

  turn (&scene, "2026-03-20T09:00:00");
  expected = g_strdup_printf ("{\"id\":\"%s\",\"to\":\"" SHIFT_PHONE "\",\"text\":\"En rød alarm venter i Forløp.\"}",
                              (const char *) g_ptr_array_index (scene.hook->keys, 0));
  g_assert_cmpstr (sent (&scene, 0), ==, expected);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
}

static char *
find_managership (Scene *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    self->per->connection, "SELECT id FROM membership WHERE role = 'manager' AND deleted = 0", &error);
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  g_assert_true (forlop_statement_step (statement, &has_row, &error) && has_row);

  return forlop_statement_dup_id (statement, 0);
}

/* Where the unit has no leader of its own, another hears that it waits, and not of whom. */
static void
the_leader_of_another_unit_hears_not_of_whom (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autofree char *id = find_managership (&scene);
  g_autoptr (HttpSession) liv = NULL;
  g_autofree char *rows = NULL;

  g_free (machine_do (scene.per, test->acts->administrator, "save-membership",
                      "{\"id\":\"%s\",\"valid_to\":\"2026-03-19\"}", id));
  g_free (machine_do (scene.per, test->acts->administrator, "save-membership",
                      "{\"user_id\":\"%s\",\"role\":\"manager\",\"unit_id\":\"%s\"}", test->acts->manager->user_id,
                      test->acts->other_zone));
  machine_catch_up (scene.per);
  turn (&scene, "2026-03-20T09:00:00");
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
  liv = http_test_sign_in (test, "skien", "liv");
  rows = http_test_pull_all (test, liv);
  g_assert_null (strstr (rows, test->citizen_id));
  g_assert_null (strstr (rows, "Haug"));
}

static void
it_is_told_once (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  turn (&scene, "2026-03-20T09:00:00");
  turn (&scene, "2026-03-20T09:01:00");
  send_red (&scene, "2026-03-20T09:01:00+01:00");
  turn (&scene, "2026-03-20T12:00:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
}

/* 20 March 2026 is a Friday. */
static void
outside_opening_hours_it_waits_until_somebody_is_there (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE ",\"open_weekdays\":\"1 2 3 4\"");

  turn (&scene, "2026-03-20T12:00:00");
  turn (&scene, "2026-03-22T12:00:00");
  turn (&scene, "2026-03-23T08:29:59");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 0);
  turn (&scene, "2026-03-23T08:30:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
}

/* Open on Fridays alone: of 1440 minutes 690 pass on the first and 720 on the next, and the third is Good Friday. */
static void
a_holiday_is_not_counted (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE ",\"open_weekdays\":\"5\"");

  g_free (machine_do (scene.per, test->acts->administrator, "save-profile",
                      "{\"id\":\"%s\",\"escalate_minutes\":1440}", test->acts->profile));
  machine_catch_up (scene.per);
  turn (&scene, "2026-04-03T20:00:00");
  turn (&scene, "2026-04-10T08:29:59");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  turn (&scene, "2026-04-10T08:30:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
}

static void
a_holiday_counts_where_somebody_is_there (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE ",\"open_weekdays\":\"5\",\"open_holidays\":\"usual\"");

  g_free (machine_do (scene.per, test->acts->administrator, "save-profile",
                      "{\"id\":\"%s\",\"escalate_minutes\":1440}", test->acts->profile));
  machine_catch_up (scene.per);
  turn (&scene, "2026-04-03T08:29:59");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  turn (&scene, "2026-04-03T08:30:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
}

/* One minute, two, four, eight, and then a quarter of an hour. */
static void
a_gateway_that_fails_is_asked_again (HttpTest *test)
{
  static const char *const quiet[] = { "09:00:30", "09:02:59", "09:06:59", "09:14:59", "09:29:59", NULL };
  static const char *const asked[] = { "09:01:00", "09:03:00", "09:07:00", "09:15:00", "09:30:00", NULL };
  static const unsigned int answers[] = { 500, 404, 302, 429, 200 };
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  fake_gateway_answer (scene.hook, 503);
  turn (&scene, "2026-03-20T09:00:00");
  for (unsigned int i = 0; asked[i] != NULL; i++)
    {
      g_autofree char *before = g_strconcat ("2026-03-20T", quiet[i], NULL);
      g_autofree char *at = g_strconcat ("2026-03-20T", asked[i], NULL);

      turn (&scene, before);
      g_assert_cmpuint (fake_gateway_count (scene.hook), ==, i + 1);
      fake_gateway_answer (scene.hook, answers[i]);
      turn (&scene, at);
      g_assert_cmpuint (fake_gateway_count (scene.hook), ==, i + 2);
      g_assert_cmpstr (g_ptr_array_index (scene.hook->keys, i + 1), ==, g_ptr_array_index (scene.hook->keys, 0));
    }
  turn (&scene, "2026-03-20T10:00:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 6);
}

static void
who_takes_it_stops_it (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  fake_gateway_answer (scene.hook, 503);
  turn (&scene, "2026-03-20T09:00:00");
  kari_does (&scene, "take-alert");
  turn (&scene, "2026-03-20T09:05:00");
  turn (&scene, "2026-03-20T10:05:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 0);
  g_assert_cmpuint (count_tasks (&scene, "done"), ==, 1);
}

static void
what_is_taken_in_time_is_never_told (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  kari_does (&scene, "take-alert");
  turn (&scene, "2026-03-20T12:00:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 0);
}

static void
given_back_it_is_told_again (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  turn (&scene, "2026-03-20T09:00:00");
  kari_does (&scene, "take-alert");
  turn (&scene, "2026-03-20T09:05:00");
  kari_does (&scene, "release-alert");
  turn (&scene, "2026-03-20T09:06:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 2);
  g_assert_cmpstr (g_ptr_array_index (scene.hook->keys, 1), !=, g_ptr_array_index (scene.hook->keys, 0));
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
}

/* The message and that it is to be sent are kept by whoever opens the files next. */
static void
what_waits_outlives_the_server (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);

  fake_gateway_answer (scene.hook, 503);
  turn (&scene, "2026-03-20T09:00:00");
  forlop_gateway_free (scene.gateway);
  fake_gateway_answer (scene.hook, 202);
  /* Its gateway is taken away for a while: then nothing is told to be tried again. */
  scene.gateway = forlop_gateway_new (skien (test), NULL, NULL);
  turn (&scene, "2026-03-20T09:00:30");
  g_assert_cmpint (http_test_count_rows (test, "gateway_message WHERE state = 'no_gateway'"), ==, 1);
  forlop_gateway_free (scene.gateway);
  scene.gateway = open_gateway (test, scene.hook->address, "");
  turn (&scene, "2026-03-20T09:01:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 2);
  g_assert_cmpstr (g_ptr_array_index (scene.hook->keys, 1), ==, g_ptr_array_index (scene.hook->keys, 0));
}

/* Without a gateway, too, and then nothing is kept to be sent. */
static void
the_leader_alone_hears_without_a_gateway (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autoptr (GError) error = NULL;

  forlop_gateway_free (scene.gateway);
  scene.gateway = forlop_gateway_new (skien (test), NULL, &error);
  turn (&scene, "2026-03-20T09:00:00");
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
  g_assert_cmpint (http_test_count_rows (test, "gateway_message"), ==, 0);
}

static void
a_unit_without_a_telephone_is_the_leader_s (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");

  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*no shift phone*");
  turn (&scene, "2026-03-20T09:00:00");
  g_test_assert_expected_messages ();
  turn (&scene, "2026-03-20T09:10:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpuint (count_tasks (&scene, "open"), ==, 1);
  g_assert_cmpint (http_test_count_rows (test, "gateway_message"), ==, 1);
}

static gpointer
list_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  return forlop_gateway_store_list_attempts (((ForlopTenant *) user_data)->accounts, 10, error);
}

static void
every_attempt_is_in_the_log (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autoptr (GPtrArray) attempts = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopGatewayAttempt *attempt;

  fake_gateway_answer (scene.hook, 503);
  turn (&scene, "2026-03-20T09:00:00");
  fake_gateway_answer (scene.hook, 202);
  turn (&scene, "2026-03-20T09:01:00");
  attempts = forlop_worker_run_sync (skien (test)->worker, list_on_worker, skien (test), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (attempts->len, ==, 2);
  attempt = g_ptr_array_index (attempts, 0);
  g_assert_cmpstr (attempt->result, ==, "202");
  g_assert_cmpstr (attempt->message.state, ==, "sent");
  g_assert_cmpstr (attempt->message.address, ==, SHIFT_PHONE);
  attempt = g_ptr_array_index (attempts, 1);
  g_assert_cmpstr (attempt->result, ==, "503");
  g_assert_cmpint (attempt->n, ==, 1);
}

/* The secret is read each time; one that others may read is not used. */
static void
the_gateway_knows_us_by_the_token (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autofree char *path = g_build_filename (test->folder, "gateway.token", NULL);
  g_autoptr (GError) error = NULL;

  forlop_gateway_free (scene.gateway);
  scene.gateway = open_gateway (test, scene.hook->address, ",\"token_file\":\"gateway.token\"");
  g_assert_true (g_file_set_contents_full (path, "hemmelig\n", -1, G_FILE_SET_CONTENTS_NONE, 0644, &error));
  turn (&scene, "2026-03-20T09:00:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  turn (&scene, "2026-03-20T09:01:00");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  g_assert_cmpstr (g_ptr_array_index (scene.hook->tokens, 0), ==, "Bearer hemmelig");
}

static void
assert_refused (HttpTest   *test,
                const char *settings)
{
  g_autofree char *path = g_build_filename (test->folder, "bamble.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, settings, -1, &error));
  g_assert_null (forlop_gateway_settings_load (test->folder, "bamble", &error));
  g_assert_nonnull (error);
}

static void
settings_that_are_wrong_are_refused (HttpTest *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_gateway_settings_load (test->folder, "nobody", &error));
  g_assert_no_error (error);
  assert_refused (test, "{\"url\":\"http://gateway.example.no/messages\"}");
  assert_refused (test, "{\"url\":\"ftp://127.0.0.1/messages\"}");
  assert_refused (test, "{\"url\":\"https://me:secret@gateway.example.no/messages\"}");
  assert_refused (test, "{\"url\":\"https://gateway.example.no/\",\"tekst\":\"A\"}");
  assert_refused (test, "{\"url\":\"https://gateway.example.no/\",\"text\":\"\"}");
  assert_refused (test, "{}");
  assert_refused (test, "[");
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "server.pem", NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "server.key", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);

  return certificate;
}

static void
a_certificate_that_is_not_known_gets_nothing (HttpTest *test)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (FakeGateway) hook = fake_gateway_new (certificate);
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  g_autofree char *ca = g_test_build_filename (G_TEST_DIST, "ca.pem", NULL);
  g_autofree char *more = g_strdup_printf (",\"ca_file\":\"%s\"", ca);

  forlop_gateway_free (scene.gateway);
  scene.gateway = open_gateway (test, hook->address, "");
  turn (&scene, "2026-03-20T09:00:00");
  g_assert_cmpuint (fake_gateway_count (hook), ==, 0);
  forlop_gateway_free (scene.gateway);
  scene.gateway = open_gateway (test, hook->address, more);
  turn (&scene, "2026-03-20T09:01:00");
  g_assert_cmpuint (fake_gateway_count (hook), ==, 1);
}

/* A gateway that takes the message and says nothing holds up neither pushes nor what else the server does. */
static gpointer
turn_in_thread (gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 head;

  g_assert_true (forlop_gateway_turn (user_data, &head, &error));
  g_assert_no_error (error);

  return NULL;
}

static void
a_silent_gateway_holds_nobody_up (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, WITH_PHONE);
  GThread *thread;

  fake_gateway_silent (scene.hook, TRUE);
  follow_up_set_time (test->acts, "2026-03-20T09:00:00");
  thread = g_thread_new ("turn", turn_in_thread, scene.gateway);
  fake_gateway_wait (scene.hook, 1);
  send_red (&scene, "2026-03-20T09:00:00+01:00");
  kari_does (&scene, "take-alert");
  forlop_gateway_stop (scene.gateway);
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/escalation/nobody-hears-before-the-time", nobody_hears_before_the_time, NULL);
  http_test_add ("/escalation/the-leader-and-the-shift-phone-hear-of-it", the_leader_and_the_shift_phone_hear_of_it, NULL);
  http_test_add ("/escalation/outside-opening-hours-it-waits-until-somebody-is-there",
                 outside_opening_hours_it_waits_until_somebody_is_there, NULL);
  http_test_add ("/escalation/a-holiday-is-not-counted", a_holiday_is_not_counted, NULL);
  http_test_add ("/escalation/a-holiday-counts-where-somebody-is-there", a_holiday_counts_where_somebody_is_there, NULL);
  http_test_add ("/escalation/the-leader-of-another-unit-hears-not-of-whom",
                 the_leader_of_another_unit_hears_not_of_whom, NULL);
  http_test_add ("/escalation/it-is-told-once", it_is_told_once, NULL);
  http_test_add ("/escalation/a-gateway-that-fails-is-asked-again", a_gateway_that_fails_is_asked_again, NULL);
  http_test_add ("/escalation/who-takes-it-stops-it", who_takes_it_stops_it, NULL);
  http_test_add ("/escalation/what-is-taken-in-time-is-never-told", what_is_taken_in_time_is_never_told, NULL);
  http_test_add ("/escalation/given-back-it-is-told-again", given_back_it_is_told_again, NULL);
  http_test_add ("/escalation/what-waits-outlives-the-server", what_waits_outlives_the_server, NULL);
  http_test_add ("/escalation/the-leader-alone-hears-without-a-gateway", the_leader_alone_hears_without_a_gateway, NULL);
  http_test_add ("/escalation/a-unit-without-a-telephone-is-the-leader-s", a_unit_without_a_telephone_is_the_leader_s, NULL);
  http_test_add ("/escalation/every-attempt-is-in-the-log", every_attempt_is_in_the_log, NULL);
  http_test_add ("/escalation/the-gateway-knows-us-by-the-token", the_gateway_knows_us_by_the_token, NULL);
  http_test_add ("/escalation/settings-that-are-wrong-are-refused", settings_that_are_wrong_are_refused, NULL);
  http_test_add ("/escalation/a-certificate-that-is-not-known-gets-nothing", a_certificate_that_is_not_known_gets_nothing, NULL);
  http_test_add ("/escalation/a-silent-gateway-holds-nobody-up", a_silent_gateway_holds_nobody_up, NULL);

  return g_test_run ();
}
