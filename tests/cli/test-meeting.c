/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "cli-test-util.h"

#define ZONE "Home care zone 1"

/* A municipality where one citizen is on the agenda; @item_id is the line's. */
static CliTest *
with_agenda (char **item_id)
{
  CliTest *test = cli_test_new ();
  g_autofree char *made = cli_test_must (
    test, "--as", "Siri:caseworker", "--today", "2026-03-12", "act", "register-referral", "--json",
    "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"source\":\"gp\","
    "\"channel\":\"phone\",\"received_on\":\"2026-03-11\",\"reason\":\"hjertesvikt\"}", NULL);
  g_autofree char *unit = cli_test_must (
    test, "--as", "Siri:caseworker", "--today", "2026-03-12", "act", "finish-office-mapping", "--json",
    "{\"case_id\":\"2026-0001\",\"unit_id\":\"" ZONE "\"}", NULL);
  g_autofree char *item = cli_test_must (
    test, "--as", "Siri:resource_person", "--today", "2026-03-12", "act", "add-meeting-item", "--json",
    "{\"case_id\":\"2026-0001\",\"question\":\"Twice a day?\"}", NULL);

  *item_id = cli_json_text (item, "subject_id");

  return test;
}

/* The meeting decides it, and leaves a task. */
static void
hold (CliTest    *test,
      const char *item_id)
{
  g_autofree char *meeting = cli_test_must (
    test, "--as", "Siri:resource_person", "--today", "2026-03-16", "act", "save-meeting", "--json",
    "{\"unit_id\":\"" ZONE "\",\"title\":\"Weekly meeting\",\"held_on\":\"2026-03-16\",\"participants\":\"Siri, GP\"}",
    NULL);
  g_autofree char *meeting_id = cli_json_text (meeting, "subject_id");
  g_autofree char *decision = g_strdup_printf (
    "{\"meeting_item_id\":\"%s\",\"meeting_id\":\"%s\",\"decision\":\"Once is enough\"}", item_id, meeting_id);
  g_autofree char *task = g_strdup_printf (
    "{\"unit_id\":\"" ZONE "\",\"role\":\"resource_person\",\"case_id\":\"2026-0001\",\"kind\":\"meeting\","
    "\"meeting_item_id\":\"%s\",\"title\":\"Tell her\",\"due_on\":\"2026-03-20\"}", item_id);

  g_free (cli_test_must (test, "--as", "Siri:resource_person", "--today", "2026-03-16", "act", "decide-meeting-item",
                         "--json", decision, NULL));
  g_free (cli_test_must (test, "--as", "Siri:resource_person", "--today", "2026-03-16", "act", "add-task", "--json",
                         task, NULL));
}

static void
test_agenda_says_what_is_taken_up (void)
{
  g_autofree char *item_id = NULL;
  g_autoptr (CliTest) test = with_agenda (&item_id);
  g_autofree char *text = cli_test_must (test, "--as", "Siri", "meeting", "agenda", ZONE, NULL);
  g_autofree char *json = cli_test_must (test, "--as", "Siri", "meeting", "agenda", ZONE, "--json", NULL);
  g_autofree char *other = cli_test_must (test, "--as", "Siri", "meeting", "agenda", "Equipment store", NULL);
  g_autofree char *access = cli_test_must (test, "list", "access", "--json", NULL);

  g_assert_nonnull (strstr (text, "Liv Haug: Twice a day?"));
  g_assert_nonnull (strstr (json, "\"on_agenda\""));
  g_assert_nonnull (strstr (json, item_id));
  g_assert_nonnull (strstr (other, "Nobody is on the agenda"));
  g_assert_nonnull (strstr (access, "citizen,meeting_item"));
}

static void
test_minutes_say_what_was_decided_and_who_does_what (void)
{
  g_autofree char *item_id = NULL;
  g_autoptr (CliTest) test = with_agenda (&item_id);
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autofree char *access = NULL;

  hold (test, item_id);
  text = cli_test_must (test, "--as", "Siri", "meeting", "minutes", ZONE, NULL);
  g_assert_nonnull (strstr (text, ZONE ", 16.03.2026"));
  g_assert_nonnull (strstr (text, "Siri, GP"));
  g_assert_nonnull (strstr (text, "not closed"));
  g_assert_nonnull (strstr (text, "Liv Haug"));
  g_assert_nonnull (strstr (text, "Once is enough"));
  g_assert_nonnull (strstr (text, "Tell her, by 20.03.2026"));
  json = cli_test_must (test, "--as", "Siri", "meeting", "minutes", ZONE, "--held", "2026-03-16", "--json", NULL);
  g_assert_nonnull (strstr (json, "\"decision\": \"Once is enough\""));
  g_assert_nonnull (strstr (json, "\"due_on\": \"2026-03-20\""));
  access = cli_test_must (test, "list", "access", "--json", NULL);
  g_assert_nonnull (strstr (access, "\"meeting_item\""));
}

static void
test_what_is_not_there_is_said (void)
{
  g_autofree char *item_id = NULL;
  g_autoptr (CliTest) test = with_agenda (&item_id);
  g_autoptr (CliResult) none = cli_test_run (test, "meeting", "minutes", ZONE, NULL);
  g_autoptr (CliResult) day = cli_test_run (test, "meeting", "minutes", ZONE, "--held", "2026-01-05", NULL);
  g_autoptr (CliResult) no_day = cli_test_run (test, "meeting", "minutes", ZONE, "--held", "soon", NULL);
  g_autoptr (CliResult) unit = cli_test_run (test, "meeting", "minutes", "Nowhere", NULL);
  g_autoptr (CliResult) nothing = cli_test_run (test, "meeting", "agenda", NULL);

  cli_result_check (none, 1, "no meeting yet");
  cli_result_check (day, 1, "05.01.2026");
  cli_result_check (no_day, 1, "not a date");
  cli_result_check (unit, 1, "Nowhere");
  cli_result_check (nothing, 64, "meeting agenda UNIT");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/meeting/agenda-says-what-is-taken-up", test_agenda_says_what_is_taken_up);
  g_test_add_func ("/meeting/minutes-say-what-was-decided-and-who-does-what",
                   test_minutes_say_what_was_decided_and_who_does_what);
  g_test_add_func ("/meeting/what-is-not-there-is-said", test_what_is_not_there_is_said);

  return g_test_run ();
}
