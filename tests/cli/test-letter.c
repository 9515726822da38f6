/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "cli-test-util.h"

/* A municipality with one citizen, whose case is 2026-0001 and has no decision. */
static CliTest *
with_case (void)
{
  CliTest *test = cli_test_new ();
  g_autofree char *out = cli_test_must (
    test, "--as", "Siri", "--today", "2026-03-12", "act", "register-referral", "--json",
    "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"source\":\"gp\","
    "\"channel\":\"phone\",\"received_on\":\"2026-03-11\",\"reason\":\"hjertesvikt\"}", NULL);

  return test;
}

static char *
make_demo (CliTest *test)
{
  return cli_test_must (test, "--today", "2026-11-22", "demo", "create", NULL);
}

static void
test_kept_in_the_case_and_copied_out (void)
{
  g_autoptr (CliTest) test = cli_test_new_empty ();
  g_autofree char *made = make_demo (test);
  g_autofree char *letter = g_build_filename (test->folder, "letter.pdf", NULL);
  g_autofree char *plan = g_build_filename (test->folder, "plan.pdf", NULL);
  g_autofree char *said = cli_test_must (test, "--as", "Siri", "--today", "2026-11-22", "letter", "decision",
                                         "2026-0001", "--output", letter, NULL);
  g_autofree char *planned = cli_test_must (test, "--as", "Kari", "--today", "2026-11-22", "letter", "plan",
                                            "2026-0001", "--output", plan, NULL);
  g_autofree char *shown = cli_test_must (test, "--as", "Kari", "case", "show", "2026-0001", "--json", NULL);
  g_autofree char *access = cli_test_must (test, "list", "access", "--json", NULL);
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (said, "The letter is kept in the case."));
  g_assert_nonnull (strstr (planned, "The plan on paper is kept in the case."));
  g_file_get_contents (letter, &pdf, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_true (g_file_test (plan, G_FILE_TEST_EXISTS));
  g_assert_nonnull (strstr (shown, "\"decision_letter\""));
  g_assert_nonnull (strstr (shown, "application/pdf"));
  g_assert_nonnull (strstr (access, "exported"));
}

static void
test_refusal_keeps_nothing (void)
{
  g_autoptr (CliTest) test = with_case ();
  g_autoptr (CliResult) no_decision = cli_test_run (test, "--as", "Siri", "letter", "decision", "2026-0001", NULL);
  g_autoptr (CliResult) no_plan = cli_test_run (test, "--as", "Siri", "letter", "plan", "2026-0001", NULL);
  g_autoptr (CliResult) no_case = cli_test_run (test, "--as", "Siri", "letter", "decision", NULL);
  g_autoptr (CliResult) nobody = cli_test_run (test, "letter", "plan", "2026-0001", NULL);
  g_autofree char *shown = cli_test_must (test, "--as", "Siri", "case", "show", "2026-0001", "--json", NULL);

  cli_result_check (no_decision, 1, "no decision");
  cli_result_check (no_plan, 1, "no plan in force");
  cli_result_check (no_case, 64, "letter decision CASE");
  cli_result_check (nobody, 1, "--as");
  g_assert_null (strstr (shown, "application/pdf"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letter/kept-in-the-case-and-copied-out", test_kept_in_the_case_and_copied_out);
  g_test_add_func ("/letter/refusal-keeps-nothing", test_refusal_keeps_nothing);

  return g_test_run ();
}
