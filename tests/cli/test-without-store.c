/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "cli-test-util.h"
#include "yyjson.h"

static CliResult *
run (const char *first,
     ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (args);
  g_ptr_array_add (words, NULL);

  return cli_test_run_words ((char **) words->pdata, NULL);
}

static const struct {
  const char *number;
  const char *kind;
  const char *synthetic;
  gboolean ambiguous;
  gboolean today;
  gboolean in_2032;
  const char *birth_date;
} numbers[] = {
  { "13097248022", "fnr", "none", FALSE, TRUE, TRUE, "1972-09-13" },
  { "15021951940", "fnr", "none", FALSE, TRUE, TRUE, "2019-02-15" },
  { "29020075838", "fnr", "none", FALSE, TRUE, TRUE, "2000-02-29" },
  { "53097248016", "d", "none", FALSE, TRUE, TRUE, "1972-09-13" },
  { "10915596784", "fnr", "tenor", FALSE, TRUE, TRUE, "1955-11-10" },
  { "30108299939", "fnr", "none", FALSE, FALSE, TRUE, NULL },
  { "15872949884", "fnr", "tenor", FALSE, TRUE, TRUE, "1929-07-15" },
};

static void
test_id_check_knows_the_table (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (CliResult) result = run ("id", "check", numbers[i].number, "--json", NULL);
      yyjson_doc *doc = yyjson_read (result->out, strlen (result->out), 0);
      yyjson_val *root = yyjson_doc_get_root (doc);
      yyjson_val *born = yyjson_obj_get (root, "birth_date");

      g_assert_cmpint (result->status, ==, numbers[i].today ? 0 : 1);
      g_assert_cmpuint (yyjson_obj_size (root), ==, 6);
      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "kind")), ==, numbers[i].kind);
      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "synthetic")), ==, numbers[i].synthetic);
      g_assert_cmpint (yyjson_get_bool (yyjson_obj_get (root, "ambiguous")), ==, numbers[i].ambiguous);
      g_assert_cmpint (yyjson_get_bool (yyjson_obj_get (root, "valid_today")), ==, numbers[i].today);
      g_assert_cmpint (yyjson_get_bool (yyjson_obj_get (root, "valid_2032")), ==, numbers[i].in_2032);
      g_assert_cmpstr (yyjson_get_str (born), ==, numbers[i].birth_date);
      yyjson_doc_free (doc);
    }
}

static void
test_id_check_refuses_what_no_rule_knows (void)
{
  g_autoptr (CliResult) both = run ("id", "check", "02013299987", "--json", NULL);
  g_autoptr (CliResult) text = run ("id", "check", "hello", "--json", NULL);

  g_assert_cmpint (both->status, ==, 1);
  g_assert_nonnull (strstr (both->out, "\"valid_today\": false"));
  g_assert_nonnull (strstr (both->out, "\"valid_2032\": false"));
  g_assert_cmpint (text->status, ==, 1);
  g_assert_nonnull (strstr (text->out, "\"kind\": \"none\""));
  g_assert_nonnull (strstr (text->out, "\"birth_date\": null"));
}

static void
test_unknown_words_are_named (void)
{
  g_autoptr (CliResult) command = run ("frobnicate", NULL);
  g_autoptr (CliResult) option = run ("dictionary", "--frobnicate", NULL);
  g_autoptr (CliResult) day = run ("--today", "12.03.2026", "dictionary", NULL);
  g_autoptr (CliResult) act = run ("act", "frobnicate", NULL);

  cli_result_check (command, 64, "frobnicate");
  cli_result_check (option, 64, "--frobnicate");
  cli_result_check (day, 64, "12.03.2026");
  cli_result_check (act, 64, "act --list");
}

static void
test_every_command_has_help (void)
{
  g_autoptr (CliResult) overview = run ("--help", NULL);
  g_auto (GStrv) lines = NULL;
  unsigned int n = 0;

  g_assert_cmpint (overview->status, ==, 0);
  lines = g_strsplit (overview->out, "\n", -1);
  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      g_autoptr (CliResult) help = NULL;

      if (!g_str_has_prefix (lines[i], "  ") || g_str_has_prefix (lines[i], "  forlopctl"))
        continue;
      words = g_strsplit (lines[i] + 2, " ", 3);
      help = g_ascii_islower (words[1][0]) ? run (words[0], words[1], "--help", NULL)
                                           : run (words[0], "--help", NULL);
      cli_result_check (help, 0, "");
      g_assert_nonnull (strstr (help->out, words[0]));
      g_assert_nonnull (strstr (help->out, "--passphrase-file"));
      n++;
    }
  g_assert_cmpuint (n, >=, 5);
}

static void
test_act_help_names_the_arguments (void)
{
  g_autoptr (CliResult) help = run ("act", "decide", "--help", NULL);
  g_autoptr (CliResult) list = run ("act", "--list", NULL);

  cli_result_check (help, 0, "");
  g_assert_nonnull (strstr (help->out, "`decided_on`"));
  g_assert_nonnull (strstr (help->out, "Caseworker"));
  g_assert_nonnull (strstr (list->out, "register-referral"));
}

#define PLAN(red_low) \
  "{\"plan\":{\"version\":3,\"valid_from\":\"2026-03-12\",\"limits\":[{\"code\":\"spo2\"," \
  "\"unit\":\"%\",\"red_low\":" red_low ",\"yellow_low\":92,\"yellow_high\":null}]," \
  "\"rules\":[{\"kind\":\"change\",\"code\":\"weight\",\"amount\":2,\"days\":3," \
  "\"severity\":\"red\"}]},\"measurements\":["
#define READING(id, code, value, unit, at) \
  "{\"id\":\"" id "\",\"code\":\"" code "\",\"value\":" value ",\"unit\":\"" unit "\"," \
  "\"measured_at\":\"" at "\"}"

static CliResult *
triage (const char *json)
{
  char *words[] = { (char *) "triage", (char *) "-", NULL };

  return cli_test_run_words (words, json);
}

static void
test_triage_judges_by_the_plan (void)
{
  static const char json[] =
    PLAN ("88")
    READING ("late", "weight", "82.2", "kg", "2026-04-03T09:00:00+02:00") ","
    READING ("red", "spo2", "87", "%", "2026-04-01T08:00:00+02:00") ","
    READING ("equal", "59408-5", "88", "%", "2026-04-01T08:30:00+02:00") ","
    READING ("base", "weight", "80100", "g", "2026-04-01T09:00:00+02:00") ","
    READING ("zero", "spo2", "0", "%", "2026-04-01T09:30:00+02:00") ","
    READING ("unit", "spo2", "95", "kg", "2026-04-01T10:00:00+02:00") ","
    READING ("unknown", "smile", "95", "%", "2026-04-01T10:00:00+02:00") ","
    READING ("before", "spo2", "70", "%", "2026-03-11T23:59:00+01:00") "]}";
  static const char *const expected[][3] = {
    { "late", "red", "R" },        { "red", "red", "R" },
    { "equal", "yellow", "Y" },    { "base", "none", "NR" },
    { "zero", "implausible", "NR" }, { "unit", "implausible", "NR" },
    { "unknown", "none", "NR" },   { "before", "none", "NR" },
  };
  g_autoptr (CliResult) result = triage (json);
  yyjson_doc *doc = yyjson_read (result->out, strlen (result->out), 0);
  yyjson_val *results = yyjson_obj_get (yyjson_doc_get_root (doc), "results");

  cli_result_check (result, 0, "");
  g_assert_cmpuint (yyjson_arr_size (results), ==, G_N_ELEMENTS (expected));
  for (unsigned int i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      yyjson_val *one = yyjson_arr_get (results, i);

      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (one, "id")), ==, expected[i][0]);
      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (one, "severity")), ==, expected[i][1]);
      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (one, "triage")), ==, expected[i][2]);
      g_assert_cmpuint (yyjson_get_len (yyjson_obj_get (one, "reason")), >, 0);
    }
  g_assert_true (yyjson_is_null (yyjson_obj_get (yyjson_arr_get (results, 7), "plan_version")));
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (yyjson_arr_get (results, 1), "plan_version")), ==, 3);
  yyjson_doc_free (doc);
}

static void
test_triage_refuses_a_crossed_plan (void)
{
  g_autoptr (CliResult) crossed = triage (PLAN ("93") "]}");
  g_autoptr (CliResult) equal = triage (PLAN ("92") "]}");
  g_autoptr (CliResult) none = triage ("{\"measurements\":[]}");
  g_autoptr (CliResult) text = triage ("no JSON");

  cli_result_check (crossed, 1, "red low limit");
  cli_result_check (equal, 1, "red low limit");
  cli_result_check (none, 1, "plan");
  cli_result_check (text, 1, "");
  g_assert_cmpstr (crossed->out, ==, "");
}

static void
test_news2_is_scored (void)
{
  g_autoptr (CliResult) high =
    run ("score", "news2", "--json",
         "{\"respiration\":22,\"spo2\":93,\"spo2_scale\":1,\"oxygen\":true,\"systolic\":105,"
         "\"pulse\":112,\"consciousness\":\"A\",\"temperature\":38.5}", NULL);
  g_autoptr (CliResult) part = run ("score", "news2", "--json", "{\"respiration\":22}", NULL);

  cli_result_check (high, 0, "");
  g_assert_nonnull (strstr (high->out, "\"total\": 10"));
  g_assert_nonnull (strstr (high->out, "\"risk\": \"high\""));
  cli_result_check (part, 1, "spo2");
}

static void
assert_same (const char *path,
             CliResult  *result)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "..", "docs", path, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  if (g_strcmp0 (text, result->out) != 0)
    g_error ("docs/%s is not what the declarations say; run build-aux/update-docs", path);
}

static void
test_dictionary_in_docs_is_up_to_date (void)
{
  g_autoptr (CliResult) records = run ("dictionary", "--markdown", NULL);
  g_autoptr (CliResult) acts = run ("dictionary", "--acts", "--markdown", NULL);

  cli_result_check (records, 0, "");
  assert_same ("data-dictionary.md", records);
  assert_same ("acts.md", acts);
}

static void
test_a_file_that_cannot_be_read_has_its_sentence (void)
{
  g_autoptr (CliTest) folder = cli_test_new_empty ();
  const char *const commands[][3] = {
    { "triage", NULL, NULL }, { "import", "measurements", NULL }, { "import", "citizens", NULL },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gboolean import = commands[i][1] != NULL;
      g_autofree char *nowhere = g_build_filename (folder->folder, "nowhere", NULL);
      g_autoptr (CliResult) missing = import ? run (commands[i][0], commands[i][1], nowhere, NULL)
                                             : run (commands[i][0], nowhere, NULL);
      g_autoptr (CliResult) directory = import ? run (commands[i][0], commands[i][1], folder->folder, NULL)
                                               : run (commands[i][0], folder->folder, NULL);

      g_assert_cmpint (missing->status, ==, 1);
      g_assert_nonnull (strstr (missing->err, "There is no file “"));
      g_assert_nonnull (strstr (missing->err, "Nothing was changed"));
      g_assert_cmpint (directory->status, ==, 1);
      g_assert_nonnull (strstr (directory->err, "cannot be read. Nothing was changed"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/id-check-knows-the-table", test_id_check_knows_the_table);
  g_test_add_func ("/cli/id-check-refuses-what-no-rule-knows", test_id_check_refuses_what_no_rule_knows);
  g_test_add_func ("/cli/a-file-that-cannot-be-read-has-its-sentence",
                   test_a_file_that_cannot_be_read_has_its_sentence);
  g_test_add_func ("/cli/unknown-words-are-named", test_unknown_words_are_named);
  g_test_add_func ("/cli/every-command-has-help", test_every_command_has_help);
  g_test_add_func ("/cli/act-help-names-the-arguments", test_act_help_names_the_arguments);
  g_test_add_func ("/cli/triage-judges-by-the-plan", test_triage_judges_by_the_plan);
  g_test_add_func ("/cli/triage-refuses-a-crossed-plan", test_triage_refuses_a_crossed_plan);
  g_test_add_func ("/cli/news2-is-scored", test_news2_is_scored);
  g_test_add_func ("/cli/dictionary-in-docs-is-up-to-date", test_dictionary_in_docs_is_up_to_date);

  return g_test_run ();
}
