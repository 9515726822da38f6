/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "cli-test-util.h"

/* A municipality with one citizen, whose case is 2026-0001. */
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
show_case (CliTest *test)
{
  return cli_test_must (test, "--as", "Siri", "case", "show", "2026-0001", "--json", NULL);
}

static void
test_kept_in_the_case_and_copied_out (void)
{
  g_autoptr (CliTest) test = with_case ();
  g_autofree char *path = g_build_filename (test->folder, "summary.pdf", NULL);
  g_autofree char *out = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *access = NULL;
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;

  out = cli_test_must (test, "--as", "Siri", "--today", "2026-04-12", "gp-summary", "2026-0001", "--question",
                       "Limits?", "--output", path, NULL);
  g_assert_nonnull (strstr (out, "It is not encrypted."));
  g_file_get_contents (path, &pdf, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));

  shown = show_case (test);
  g_assert_nonnull (strstr (shown, "\"gp_summary\""));
  g_assert_nonnull (strstr (shown, "\"covers_until\""));
  g_assert_nonnull (strstr (shown, "record-gp-summary"));
  access = cli_test_must (test, "list", "access", "--json", NULL);
  g_assert_nonnull (strstr (access, "exported"));
}

static void
test_refusal_keeps_nothing (void)
{
  g_autoptr (CliTest) test = with_case ();
  g_autofree char *long_question = g_strnfill (601, 'x');
  g_autofree char *shown = NULL;
  g_autoptr (CliResult) too_long = cli_test_run (test, "--as", "Siri", "gp-summary", "2026-0001", "--question",
                                                 long_question, NULL);
  g_autoptr (CliResult) no_case = cli_test_run (test, "--as", "Siri", "gp-summary", NULL);
  g_autoptr (CliResult) other_case = cli_test_run (test, "--as", "Siri", "gp-summary", "2026-9999", NULL);
  g_autoptr (CliResult) no_date = cli_test_run (test, "--as", "Siri", "gp-summary", "2026-0001", "--since", "soon",
                                                NULL);
  g_autoptr (CliResult) future = cli_test_run (test, "--as", "Siri", "--today", "2026-04-12", "gp-summary",
                                               "2026-0001", "--since", "2026-05-01", NULL);
  g_autoptr (CliResult) nobody = cli_test_run (test, "gp-summary", "2026-0001", NULL);

  cli_result_check (too_long, 1, "at most 600 characters");
  cli_result_check (no_case, 64, "gp-summary CASE");
  cli_result_check (other_case, 1, "2026-9999");
  cli_result_check (no_date, 1, "not a date");
  cli_result_check (future, 1, "earlier date");
  cli_result_check (nobody, 1, "--as");

  shown = show_case (test);
  g_assert_null (strstr (shown, "gp_summary"));
}

static void
test_says_that_the_copy_failed_and_the_summary_is_kept (void)
{
  g_autoptr (CliTest) test = with_case ();
  g_autofree char *path = g_build_filename (test->folder, "not", "there.pdf", NULL);
  g_autoptr (CliResult) result = cli_test_run (test, "--as", "Siri", "--today", "2026-04-12", "gp-summary",
                                               "2026-0001", "--output", path, NULL);
  g_autofree char *shown = show_case (test);

  cli_result_check (result, 1, "kept in the case");
  g_assert_nonnull (strstr (shown, "\"gp_summary\""));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gp-summary/kept-in-the-case-and-copied-out", test_kept_in_the_case_and_copied_out);
  g_test_add_func ("/gp-summary/refusal-keeps-nothing", test_refusal_keeps_nothing);
  g_test_add_func ("/gp-summary/says-that-the-copy-failed-and-the-summary-is-kept",
                   test_says_that_the_copy_failed_and_the_summary_is_kept);

  return g_test_run ();
}
