/* SPDX-License-Identifier: EUPL-1.2 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-test-util.h"

#define REFERRAL \
  "{\"id_number\":\"15872949884\",\"given_name\":\"Anne\",\"family_name\":\"Ås\",\"source\":\"gp\"," \
  "\"channel\":\"phone\",\"received_on\":\"2026-03-11\",\"reason\":\"hjertesvikt\"}"

static char *
refer (CliTest *test)
{
  return cli_test_must (test, "--as", "Siri", "--today", "2026-03-12", "act", "register-referral",
                        "--json", REFERRAL, NULL);
}

static void
test_init_makes_a_municipality (void)
{
  g_autoptr (CliTest) test = cli_test_new_empty ();
  g_autofree char *out =
    cli_test_must (test, "init", "--user-name", "Kari Nordmann", "--municipality", "Tønsberg", NULL);
  g_autoptr (CliResult) again = NULL;

  g_assert_nonnull (strstr (out, "Tønsberg"));
  g_assert_nonnull (strstr (out, "--as Kari"));

  again = cli_test_run (test, "init", NULL);
  cli_result_check (again, 1, "There is already a file");
}

static void
test_wrong_passphrase_is_a_sentence (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *wrong = cli_test_write (test, "wrong", "noe helt annet\n");
  g_autofree char *empty = cli_test_write (test, "empty", "\n");
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) missing = NULL;

  refused = cli_test_run (test, "--passphrase-file", wrong, "case", "show", "2026-0001", NULL);
  cli_result_check (refused, 1, "passphrase");
  missing = cli_test_run (test, "--passphrase-file", empty, "case", "show", "2026-0001", NULL);
  cli_result_check (missing, 1, "no passphrase on the first line");
}

static void
test_missing_file_is_a_sentence (void)
{
  g_autoptr (CliTest) test = cli_test_new_empty ();
  g_autoptr (CliResult) result = cli_test_run (test, "case", "show", "2026-0001", NULL);
  char *words[] = { (char *) "case", (char *) "show", (char *) "2026-0001", NULL };
  g_autoptr (CliResult) unnamed = cli_test_run_words (words, NULL);

  cli_result_check (result, 1, "test.forlop");
  cli_result_check (unnamed, 1, "--store FILE");
}

static void
test_act_prints_what_it_made (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *out = refer (test);
  g_autofree char *op_id = cli_json_text (out, "op_id");
  g_autofree char *case_id = cli_json_text (out, "case_id");
  g_autofree char *type = cli_json_text (out, "subject_type");

  g_assert_nonnull (op_id);
  g_assert_nonnull (case_id);
  g_assert_cmpstr (type, ==, "citizen");
}

static void
test_refused_act_is_a_sentence (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autoptr (CliResult) nobody = NULL;
  g_autoptr (CliResult) gate = NULL;
  g_autoptr (CliResult) unknown = NULL;

  nobody = cli_test_run (test, "act", "add-goal", "--json", "{}", NULL);
  cli_result_check (nobody, 1, "--as USER");
  gate = cli_test_run (test, "--as", "Siri", "act", "start-service", "--json",
                       "{\"case_id\":\"2026-0001\",\"started_on\":\"2026-03-12\"}", NULL);
  cli_result_check (gate, 1, "Nothing was changed");
  unknown = cli_test_run (test, "--as", "Ola", "act", "add-goal", "--json", "{}", NULL);
  cli_result_check (unknown, 1, "“Ola” is not in this file");
  g_assert_cmpstr (gate->out, ==, "");
}

static void
test_records_are_named_as_people_name_them (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *case_id = cli_json_text (referral, "case_id");
  g_autofree char *citizen_id = cli_json_text (referral, "citizen_id");
  g_autofree char *by_case = NULL;
  g_autofree char *by_citizen = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  by_case = cli_test_must (test, "--as", "Siri", "act", "add-goal", "--json",
                           "{\"case_id\":\"2026-0001\",\"goal\":\"Gå på butikken\"}", NULL);
  first = cli_json_text (by_case, "case_id");
  g_assert_cmpstr (first, ==, case_id);

  by_citizen = cli_test_must (test, "--as", "siri", "act", "write-note", "--json",
                              "{\"citizen_id\":\"158729 49884\",\"text\":\"Ringte\"}", NULL);
  second = cli_json_text (by_citizen, "citizen_id");
  g_assert_cmpstr (second, ==, citizen_id);
}

static void
test_function_is_chosen_or_named (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) none = NULL;
  g_autoptr (CliResult) wrong = NULL;

  refused = cli_test_run (test, "--as", "Siri:coordinator", "act", "add-goal", "--json",
                          "{\"case_id\":\"2026-0001\",\"goal\":\"x\"}", NULL);
  cli_result_check (refused, 1, "is not for the function");
  none = cli_test_run (test, "--as", "Siri:coordinator@Follow-up centre", "act", "add-goal", "--json",
                       "{\"case_id\":\"2026-0001\",\"goal\":\"x\"}", NULL);
  cli_result_check (none, 1, "does not have that function");
  wrong = cli_test_run (test, "--as", "Siri:nurse", "act", "add-goal", "--json", "{}", NULL);
  cli_result_check (wrong, 1, "is not a role");
}

static void
test_arguments_from_file_and_standard_input (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (test, "referral.json", REFERRAL);
  g_autofree char *at = g_strconcat ("@", path, NULL);
  g_autofree char *out = cli_test_must (test, "--as", "Siri", "act", "register-referral", "--json", at, NULL);
  char *words[] = {
    (char *) "--store", test->store, (char *) "--passphrase-file", test->passphrase_file,
    (char *) "--as", (char *) "Siri", (char *) "act", (char *) "add-goal", (char *) "--json",
    (char *) "-", NULL,
  };
  g_autofree char *json = NULL;
  g_autofree char *number = cli_json_text (out, "case_id");
  g_autoptr (CliResult) piped = NULL;

  json = g_strdup_printf ("{\"case_id\":\"%s\",\"goal\":\"Hagen\"}", number);
  piped = cli_test_run_words (words, json);
  cli_result_check (piped, 0, "");
}

/* The words that do many acts from standard input, as Siri. */
static CliResult *
run_lines (CliTest    *test,
           const char *lines)
{
  char *words[] = {
    (char *) "--store", test->store, (char *) "--passphrase-file", test->passphrase_file,
    (char *) "--today", (char *) "2026-03-12", (char *) "--as", (char *) "Siri", (char *) "act",
    (char *) "--from", (char *) "-", NULL,
  };

  return cli_test_run_words (words, lines);
}

static void
test_many_acts_in_one_run (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autoptr (CliResult) result = run_lines (
    test,
    "{\"act\":\"register-referral\",\"as\":\"Siri:caseworker\",\"arguments\":" REFERRAL "}\n"
    "\n"
    "{\"act\":\"add-goal\",\"arguments\":{\"case_id\":\"2026-0001\",\"goal\":\"Hagen\"}}");
  g_auto (GStrv) lines = NULL;
  g_autofree char *case_id = NULL;
  g_autofree char *of_goal = NULL;
  g_autofree char *goal = NULL;
  g_autofree char *made = NULL;
  g_autofree char *json = NULL;

  cli_result_check (result, 0, "");
  lines = g_strsplit (g_strchomp (result->out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  case_id = cli_json_text (lines[0], "case_id");
  of_goal = cli_json_text (lines[1], "case_id");
  goal = cli_json_text (lines[1], "subject_id");
  made = g_strdup_printf ("\"made\":[{\"type\":\"goal\",\"id\":\"%s\"}", goal);
  g_assert_cmpstr (case_id, ==, of_goal);
  g_assert_nonnull (strstr (lines[1], made));

  json = cli_test_must (test, "case", "show", "2026-0001", "--json", NULL);
  g_assert_nonnull (strstr (json, "Hagen"));
}

static void
test_many_acts_end_at_the_first_refused (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autoptr (CliResult) gate = run_lines (
    test, "{\"act\":\"add-goal\",\"arguments\":{\"case_id\":\"2026-0001\",\"goal\":\"Kept\"}}\n"
          "{\"act\":\"start-service\",\"arguments\":{\"case_id\":\"2026-0001\",\"started_on\":\"2026-03-12\"}}\n"
          "{\"act\":\"add-goal\",\"arguments\":{\"case_id\":\"2026-0001\",\"goal\":\"Not reached\"}}\n");
  g_autoptr (CliResult) unknown = run_lines (test, "{\"act\":\"fly\",\"arguments\":{}}");
  g_autoptr (CliResult) bare = run_lines (test, "[]\n");
  g_autoptr (CliResult) both = cli_test_run (test, "act", "add-goal", "--from", "-", NULL);
  g_autofree char *json = cli_test_must (test, "case", "show", "2026-0001", "--json", NULL);

  cli_result_check (gate, 1, "Line 2: Start the service: No decision grants the service.");
  cli_result_check (gate, 1, "The lines before it are done");
  g_assert_nonnull (strstr (gate->out, "\"goal\""));
  g_assert_nonnull (strstr (json, "Kept"));
  g_assert_null (strstr (json, "Not reached"));
  cli_result_check (unknown, 1, "Line 1: There is no act “fly”");
  cli_result_check (bare, 1, "Line 1: ");
  cli_result_check (both, 64, "--from");
}

static void
test_case_show_tells_the_case (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *case_id = cli_json_text (referral, "case_id");
  g_autofree char *words = cli_test_must (test, "case", "show", "2026-0001", NULL);
  g_autofree char *json = cli_test_must (test, "case", "show", case_id, "--json", NULL);
  g_autofree char *step = cli_json_text (json, "current_step");

  g_assert_nonnull (strstr (words, "Anne Ås"));
  g_assert_nonnull (strstr (words, "Referral registered"));
  g_assert_cmpstr (step, ==, "assessment");
}

static unsigned int
count_in_log (CliTest    *test,
              const char *what)
{
  g_autofree char *log = cli_test_must (test, "list", "access", NULL);
  unsigned int n = 0;

  for (const char *at = strstr (log, what); at != NULL; at = strstr (at + 1, what))
    n++;

  return n;
}

static void
test_number_is_hidden_until_asked_for (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *case_id = cli_json_text (referral, "case_id");
  g_autofree char *hidden = cli_test_must (test, "case", "show", case_id, NULL);
  g_autofree char *hidden_json = cli_test_must (test, "case", "show", case_id, "--json", NULL);
  g_autofree char *list = cli_test_must (test, "list", "citizens", "--json", NULL);

  g_assert_nonnull (strstr (hidden, "158729 •••••"));
  g_assert_null (strstr (hidden, "49884"));
  g_assert_null (strstr (hidden_json, "49884"));
  g_assert_null (strstr (list, "49884"));
  g_assert_cmpuint (count_in_log (test, "showed-id-number"), ==, 0);

  g_autofree char *shown = cli_test_must (test, "--as", "Siri", "case", "show", case_id, "--show-number",
                                          NULL);
  g_autofree char *shown_list = cli_test_must (test, "list", "citizens", "--json", "--show-number", NULL);
  g_assert_nonnull (strstr (shown, "49884"));
  g_assert_nonnull (strstr (shown_list, "15872949884"));
  g_assert_cmpuint (count_in_log (test, "Siri Saksbehandler  caseworker  showed-id-number  citizen"), ==,
                    1);
  g_assert_cmpuint (count_in_log (test, "showed-id-number"), ==, 2);
}

static void
test_what_leaves_the_file_is_logged (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *case_id = cli_json_text (referral, "case_id");
  g_autofree char *copy = g_build_filename (test->folder, "copy.forlop", NULL);
  g_autofree char *csv = g_build_filename (test->folder, "csv", NULL);
  g_autofree char *exported = cli_test_must (test, "--as", "Siri", "export", "csv", "citizen", csv, NULL);
  g_autofree char *backed_up = cli_test_must (test, "backup", copy, NULL);
  g_autofree char *listed = cli_test_must (test, "list", "citizens", NULL);
  g_autofree char *opened = cli_test_must (test, "case", "show", case_id, NULL);

  g_assert_cmpuint (count_in_log (test, "Siri Saksbehandler  caseworker  exported  citizen"), ==, 1);
  g_assert_cmpuint (count_in_log (test, "  backed-up  all"), ==, 1);
  g_assert_cmpuint (count_in_log (test, "  listed  citizen"), ==, 1);
  g_assert_cmpuint (count_in_log (test, "  opened  case"), ==, 1);

  /* The copy knows that it was made. */
  g_free (test->store);
  test->store = g_strdup (copy);
  g_assert_cmpuint (count_in_log (test, "  backed-up  all"), ==, 1);
}

/* The program waits for its passphrase on a pipe, so that it can be looked at. */
static void
test_crash_leaves_no_core (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *pipe_path = g_build_filename (test->folder, "pipe", NULL);
  char *words[] = { (char *) "--passphrase-file", pipe_path, (char *) "list", (char *) "citizens", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *limits_path = NULL;
  g_autofree char *limits = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  process = cli_test_start (test, words);
  /* Opening the pipe waits until the program reads from it. */
  fd = open (pipe_path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  limits_path = g_strdup_printf ("/proc/%s/limits", g_subprocess_get_identifier (process));
  g_file_get_contents (limits_path, &limits, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_regex_match_simple ("Max core file size +0 +0 ", limits, 0, 0));
  g_clear_fd (&fd, NULL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_case_show_as_nobody_known_is_refused (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *mine = cli_test_must (test, "--as", "Siri", "case", "show", "2026-0001", NULL);
  g_autoptr (CliResult) unknown = cli_test_run (test, "--as", "Ola", "case", "show", "2026-0001", NULL);
  g_autofree char *whole = cli_test_must (test, "check", NULL);

  g_assert_nonnull (strstr (mine, "Anne"));
  cli_result_check (unknown, 1, "Ola");
  g_assert_cmpstr (unknown->out, ==, "");
  g_assert_nonnull (strstr (whole, "whole"));
}

static void
test_acts_of_one_day_keep_their_order (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = refer (test);
  g_autofree char *previous = cli_json_text (referral, "op_id");

  for (unsigned int i = 0; i < 3; i++)
    {
      g_autofree char *out =
        cli_test_must (test, "--as", "Siri", "--today", "2026-03-12", "act", "add-goal", "--json",
                       "{\"case_id\":\"2026-0001\",\"goal\":\"Et mål\"}", NULL);
      g_autofree char *op_id = cli_json_text (out, "op_id");

      g_assert_cmpstr (previous, <, op_id);
      g_set_str (&previous, op_id);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/init-makes-a-municipality", test_init_makes_a_municipality);
  g_test_add_func ("/cli/wrong-passphrase-is-a-sentence", test_wrong_passphrase_is_a_sentence);
  g_test_add_func ("/cli/missing-file-is-a-sentence", test_missing_file_is_a_sentence);
  g_test_add_func ("/cli/act-prints-what-it-made", test_act_prints_what_it_made);
  g_test_add_func ("/cli/refused-act-is-a-sentence", test_refused_act_is_a_sentence);
  g_test_add_func ("/cli/records-are-named-as-people-name-them", test_records_are_named_as_people_name_them);
  g_test_add_func ("/cli/function-is-chosen-or-named", test_function_is_chosen_or_named);
  g_test_add_func ("/cli/arguments-from-file-and-standard-input",
                   test_arguments_from_file_and_standard_input);
  g_test_add_func ("/cli/many-acts-in-one-run", test_many_acts_in_one_run);
  g_test_add_func ("/cli/many-acts-end-at-the-first-refused", test_many_acts_end_at_the_first_refused);
  g_test_add_func ("/cli/case-show-tells-the-case", test_case_show_tells_the_case);
  g_test_add_func ("/cli/number-is-hidden-until-asked-for", test_number_is_hidden_until_asked_for);
  g_test_add_func ("/cli/what-leaves-the-file-is-logged", test_what_leaves_the_file_is_logged);
  g_test_add_func ("/cli/crash-leaves-no-core", test_crash_leaves_no_core);
  g_test_add_func ("/cli/case-show-as-nobody-known-is-refused", test_case_show_as_nobody_known_is_refused);
  g_test_add_func ("/cli/acts-of-one-day-keep-their-order", test_acts_of_one_day_keep_their_order);

  return g_test_run ();
}
