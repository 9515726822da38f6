/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <yyjson.h>

#include "cli-test-util.h"
#include "forlop-id-number.h"

#define MANY 20000

/* The numbers of an import's report, and how many rows it refused. */
typedef struct {
  int rows;
  int added;
  int updated;
  int unchanged;
  int refused;
} Counts;

static Counts
read_counts (const char *json)
{
  yyjson_doc *doc = yyjson_read (json, strlen (json), 0);
  yyjson_val *root = yyjson_doc_get_root (doc);
  Counts counts;

  g_assert_nonnull (doc);
  /* Of measurements it says as well how many are kept. */
  g_assert_cmpuint (yyjson_obj_size (root), ==, yyjson_obj_get (root, "kept") != NULL ? 6 : 5);
  counts = (Counts) {
    .rows = yyjson_get_int (yyjson_obj_get (root, "rows")),
    .added = yyjson_get_int (yyjson_obj_get (root, "added")),
    .updated = yyjson_get_int (yyjson_obj_get (root, "updated")),
    .unchanged = yyjson_get_int (yyjson_obj_get (root, "unchanged")),
    .refused = (int) yyjson_arr_size (yyjson_obj_get (root, "refused")),
  };
  yyjson_doc_free (doc);

  return counts;
}

static void
assert_counts (CliResult *result,
               int        added,
               int        updated,
               int        unchanged,
               int        refused)
{
  Counts counts = read_counts (result->out);

  g_assert_cmpint (counts.rows, ==, added + updated + unchanged + refused);
  g_assert_cmpint (counts.added, ==, added);
  g_assert_cmpint (counts.updated, ==, updated);
  g_assert_cmpint (counts.unchanged, ==, unchanged);
  g_assert_cmpint (counts.refused, ==, refused);
  g_assert_cmpint (result->status, ==, refused > 0 ? 2 : 0);
}

static char *
municipal_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "interop", "data", name, NULL);
}

static void
save_unit (CliTest    *test,
           const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"%s\",\"kind\":\"zone\"}", name);
  g_autofree char *out = cli_test_must (test, "--as", "Siri", "act", "save-unit", "--json", json, NULL);

  g_assert_nonnull (out);
}

static CliResult *
import (CliTest    *test,
        const char *path)
{
  return cli_test_run (test, "--as", "Siri", "import", "citizens", path, "--json", NULL);
}

static unsigned int
count_citizens (CliTest *test)
{
  g_autofree char *out = cli_test_must (test, "list", "citizens", NULL);
  unsigned int n = 0;

  for (const char *c = out; *c != '\0'; c++)
    if (*c == '\n')
      n++;

  return n;
}

static void
test_import_takes_a_municipal_file (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = municipal_file ("citizens-latin1.csv");
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autofree char *out = NULL;

  save_unit (test, "Sone Nord");
  save_unit (test, "Sone Sør");
  first = import (test, path);
  assert_counts (first, 8, 0, 0, 0);

  /* The unit that was not there is filled in when it is. */
  save_unit (test, "SONE ØST");
  second = import (test, path);
  assert_counts (second, 0, 1, 7, 0);
  out = cli_test_must (test, "list", "citizens", NULL);
  g_assert_nonnull (strstr (out, "Bjørnstad"));
}

static void
test_importing_twice_changes_nothing (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = municipal_file ("citizens-utf8-bom.csv");
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  save_unit (test, "Sone Nord");
  save_unit (test, "Sone Sør");
  save_unit (test, "Sone Øst");
  first = import (test, path);
  before = cli_test_must (test, "list", "citizens", "--json", NULL);
  second = import (test, path);
  after = cli_test_must (test, "list", "citizens", "--json", NULL);

  g_assert_cmpint (read_counts (first->out).added, >, 0);
  g_assert_cmpint (read_counts (second->out).added, ==, 0);
  g_assert_cmpint (read_counts (second->out).updated, ==, 0);
  g_assert_cmpstr (before, ==, after);
}

static void
test_only_what_is_given_is_changed (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *full = cli_test_write (
    test, "full.csv",
    "fødselsnummer;fornavn;etternavn;adresse;telefon\n15872949884;Anne;Ås;Storgata 1;41234567\n");
  g_autofree char *moved = cli_test_write (
    test, "moved.csv", "fødselsnummer;etternavn;fornavn;adresse;telefon\n15872949884;Ås;Anne;Havnegata 2;\n");
  g_autoptr (CliResult) first = import (test, full);
  g_autoptr (CliResult) second = import (test, moved);
  g_autofree char *out = cli_test_must (test, "list", "citizens", "--json", NULL);

  assert_counts (first, 1, 0, 0, 0);
  assert_counts (second, 0, 1, 0, 0);
  g_assert_nonnull (strstr (out, "Havnegata 2"));
  g_assert_nonnull (strstr (out, "41234567"));
}

static void
test_dry_run_changes_nothing (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (
    test, "a.csv", "fødselsnummer;fornavn;etternavn\n15872949884;Anne;Ås\n12835430098;Liv;Berg\n1;Feil;Nummer\n");
  g_autoptr (CliResult) trial = cli_test_run (test, "--as", "Siri", "import", "citizens", path, "--dry-run",
                                              "--json", NULL);

  assert_counts (trial, 2, 0, 0, 1);
  g_assert_cmpuint (count_citizens (test), ==, 0);
}

static void
test_unknown_columns_are_named (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (
    test, "a.csv", "fødselsnummer;fornavn;etternavn;skonummer\n15872949884;Anne;Ås;38\n");
  g_autoptr (CliResult) result = import (test, path);

  assert_counts (result, 1, 0, 0, 0);
  g_assert_nonnull (strstr (result->err, "skonummer"));
}

static void
test_file_that_is_no_list_is_refused (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (test, "a.csv", "navn;alder\nAnne;93\n");
  g_autoptr (CliResult) heading = import (test, path);
  g_autoptr (CliResult) missing = import (test, "/nowhere/at/all.csv");

  cli_result_check (heading, 1, "fødselsnummer");
  cli_result_check (missing, 1, "all.csv");
}

static char *
write_many (CliTest *test)
{
  g_autoptr (GString) text = g_string_new ("fødselsnummer;fornavn;etternavn\n");
  ForlopDate born;

  g_assert_true (forlop_date_from_ymd (1930, 1, 1, &born));
  for (unsigned int i = 0; i < MANY; i++)
    {
      g_autofree char *number = forlop_id_number_compose (born + (ForlopDate) i, i % 2 ? 'f' : 'm', i % 40);

      if (number != NULL)
        g_string_append_printf (text, "%s;Fornavn;Etternavn%u\n", number, i);
    }

  return cli_test_write (test, "many.csv", text->str);
}

/* Waits until the import has committed something, at most a minute. */
static void
wait_for_commit (CliTest *test)
{
  g_autofree char *log = g_strconcat (test->store, "-wal", NULL);

  for (unsigned int i = 0; i < 60000; i++)
    {
      GStatBuf status;

      if (g_stat (log, &status) == 0 && status.st_size > 2000000)
        return;
      g_usleep (1000);
    }
  g_error ("the import committed nothing");
}

static char *
dup_exported (CliTest    *test,
              const char *type)
{
  static unsigned int n_folders;
  g_autofree char *name = g_strdup_printf ("exported-%u", n_folders++);
  g_autofree char *folder = g_build_filename (test->folder, name, NULL);
  g_autofree char *written = cli_test_must (test, "export", "csv", type, folder, NULL);
  g_autofree char *file = g_strconcat (folder, "/", type, ".csv", NULL);
  char *text = NULL;

  g_assert_nonnull (written);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));

  return text;
}

/* The lines of what is exported of a type, each cut into cells; the heading is the first. */
static GPtrArray *
read_exported (CliTest    *test,
               const char *type)
{
  g_autofree char *text = dup_exported (test, type);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (unsigned int i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ";", -1));

  return rows;
}

static const char *
cell (GPtrArray    *rows,
      unsigned int  row,
      const char   *column)
{
  char **heading = g_ptr_array_index (rows, 0);

  for (unsigned int i = 0; heading[i] != NULL; i++)
    if (g_str_equal (heading[i], column))
      return ((char **) rows->pdata[row])[i];

  g_assert_not_reached ();
}

static int
by_text (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What was measured and when, sorted. */
static char *
dup_readings (CliTest *test)
{
  g_autoptr (GPtrArray) rows = read_exported (test, "measurement");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 1; i < rows->len; i++)
    g_ptr_array_add (texts, g_strjoin (" ", cell (rows, i, "measured_at"), cell (rows, i, "code"), cell (rows, i, "value"), NULL));
  g_ptr_array_sort (texts, by_text);
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("\n", (char **) texts->pdata);
}

/* As it came is the cell before its status, and has separators in it. */
static unsigned int
count_unknown (CliTest    *test,
               const char *status)
{
  g_autofree char *text = dup_exported (test, "unknown_measurement");
  g_autofree char *wanted = g_strdup_printf ("\";%s;", status);
  g_auto (GStrv) parts = g_strsplit (text, wanted, -1);

  return g_strv_length (parts) - 1;
}

#define IMPORT_MEASUREMENTS(path, ...) \
  cli_test_run (test, "--as", "Siri", "--today", "2026-11-22", "import", "measurements", path, "--json", ##__VA_ARGS__, NULL)

/* What cannot be used is never dropped: it waits among the unknown measurements, once. */
static void
test_measurements_come_in_once (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *people = cli_test_write (
    test, "people.csv", "fnr;fornavn;etternavn\n12835430098;Liv;Berg\n03916230191;Arne;Vik\n");
  g_autofree char *path = municipal_file ("measurements.csv");
  g_autoptr (CliResult) citizens = import (test, people);
  g_autoptr (CliResult) trial = IMPORT_MEASUREMENTS (path, "--dry-run");
  unsigned int n_after_trial = count_unknown (test, "new");
  g_autoptr (CliResult) first = IMPORT_MEASUREMENTS (path);
  g_autoptr (CliResult) second = IMPORT_MEASUREMENTS (path);
  g_autofree char *whole = cli_test_must (test, "check", NULL);

  assert_counts (citizens, 2, 0, 0, 0);
  assert_counts (trial, 7, 0, 1, 12);
  assert_counts (first, 7, 0, 1, 12);
  assert_counts (second, 0, 0, 8, 12);
  g_assert_nonnull (strstr (first->out, "55872949878"));
  g_assert_nonnull (strstr (first->out, "\"kept\": 12"));
  g_assert_cmpuint (n_after_trial, ==, 0);
  g_assert_cmpuint (count_unknown (test, "new"), ==, 12);
  g_assert_nonnull (strstr (whole, "whole"));
}

/* Somebody who was not registered, and is when the file comes again. */
static void
test_what_can_be_used_later_waits_no_longer (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *people = cli_test_write (test, "people.csv", "fnr;fornavn;etternavn\n12835430098;Liv;Berg\n");
  g_autofree char *path = cli_test_write (test, "measurements.csv", "fnr;målt;måling;verdi;enhet\n"
                                          "12835430098;22.11.2026 07.30;vekt;80,4;kg\n"
                                          "12835430098;22.11.2026 07.30;vekt;80,4;lbs\n");
  g_autofree char *again = cli_test_write (test, "again.csv", "enhet;verdi;måling;målt;fnr\n"
                                           "kg;80,4;vekt;22.11.2026 07.30;12835430098\n");
  g_autoptr (CliResult) first = IMPORT_MEASUREMENTS (path);
  unsigned int n_waiting = count_unknown (test, "new");
  g_autoptr (CliResult) citizens = import (test, people);
  g_autoptr (CliResult) second = IMPORT_MEASUREMENTS (again);

  assert_counts (first, 0, 0, 0, 2);
  g_assert_cmpuint (n_waiting, ==, 2);
  assert_counts (second, 1, 0, 0, 0);
  g_assert_cmpuint (count_unknown (test, "new"), ==, 1);
  g_assert_cmpuint (count_unknown (test, "set_aside"), ==, 1);
}

/* A system that writes a file each hour, the last of it again in the next: in whatever order they are read. */
static void
test_several_files_are_one (void)
{
  static const char *const files[] = {
    "fnr;målt;måling;verdi;enhet\n12835430098;22.11.2026 07.30;vekt;80,4;kg\n"
    "12835430098;22.11.2026 07.31;systolisk;142;mmHg\n",
    "verdi;enhet;målt;måling;fnr\n142/88;mmHg;22.11.2026 07.31;blodtrykk;12835430098\n"
    "80400;g;22.11.2026 07.30;29463-7;12835430098\n",
    "fnr;målt;måling;verdi;enhet\n12835430098;22.11.2026 07.31;diastolisk;88;mmHg\n"
    "12835430098;22.11.2026 07.31;hopp;88;mmHg\n",
  };
  g_autofree char *expected = NULL;

  for (unsigned int order = 0; order < 6; order++)
    {
      g_autoptr (CliTest) test = cli_test_new ();
      g_autofree char *people = cli_test_write (test, "people.csv", "fnr;fornavn;etternavn\n12835430098;Liv;Berg\n");
      g_autoptr (CliResult) citizens = import (test, people);
      unsigned int first = order / 2;
      unsigned int second = (first + 1 + order % 2) % 3;
      const unsigned int turns[] = { first, second, 3 - first - second };
      g_autofree char *stored = NULL;

      for (unsigned int i = 0; i < G_N_ELEMENTS (turns); i++)
        {
          g_autofree char *path = cli_test_write (test, "part.csv", files[turns[i]]);
          g_autoptr (CliResult) result = IMPORT_MEASUREMENTS (path);

          g_assert_cmpint (result->status, ==, turns[i] == 2 ? 2 : 0);
        }
      stored = dup_readings (test);
      if (expected == NULL)
        expected = g_steal_pointer (&stored);
      else
        g_assert_cmpstr (stored, ==, expected);
      g_assert_cmpuint (count_unknown (test, "new"), ==, 1);
    }
  g_assert_nonnull (strstr (expected, "80,4"));
}

static void
test_interrupted_import_is_whole (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = write_many (test);
  char *words[] = {
    (char *) "--as", (char *) "Siri", (char *) "import", (char *) "citizens", path, (char *) "--json", NULL,
  };
  g_autoptr (GSubprocess) process = cli_test_start (test, words);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;
  Counts counts;

  wait_for_commit (test);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);

  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_nonnull (strstr (err, "Interrupted"));
  counts = read_counts (out);
  g_assert_cmpint (counts.added, >, 0);
  g_assert_cmpint (counts.added, <, counts.rows);
  g_assert_cmpuint (count_citizens (test), ==, counts.added);
  whole = cli_test_must (test, "check", NULL);
  g_assert_nonnull (strstr (whole, "whole"));
}

static void
test_worklist_shows_what_is_to_be_done (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *referral = cli_test_must (
    test, "--as", "Siri", "--today", "2026-03-12", "act", "register-referral", "--json",
    "{\"id_number\":\"15872949884\",\"given_name\":\"Anne\",\"family_name\":\"Ås\",\"source\":\"gp\","
    "\"channel\":\"phone\",\"received_on\":\"2026-03-11\",\"reason\":\"hjertesvikt\"}", NULL);
  g_autofree char *mine = cli_test_must (test, "--today", "2026-03-12", "list", "worklist", "--role",
                                         "caseworker", "--unit", "Allocation office", "--json", NULL);
  g_autofree char *other = cli_test_must (test, "--today", "2026-03-12", "list", "worklist", "--role",
                                          "coordinator", NULL);
  g_autoptr (CliResult) nobody = cli_test_run (test, "list", "worklist", NULL);

  g_assert_nonnull (referral);
  g_assert_nonnull (strstr (mine, "\"citizen_name\": \"Anne Ås\""));
  g_assert_nonnull (strstr (mine, "\"act\": \"save-assessment\""));
  g_assert_null (strstr (other, "Anne"));
  cli_result_check (nobody, 64, "--role");
}

static void
test_backup_opens_and_replaces_nothing (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *copy = g_build_filename (test->folder, "copy.forlop", NULL);
  g_autofree char *out = cli_test_must (test, "backup", copy, NULL);
  g_autofree char *check = cli_test_must (test, "--store", copy, "check", NULL);
  g_autoptr (CliResult) again = cli_test_run (test, "backup", copy, NULL);

  g_assert_nonnull (strstr (out, "copy.forlop"));
  g_assert_nonnull (strstr (check, "whole"));
  cli_result_check (again, 1, "left as it is");
}

static void
test_export_writes_what_the_import_reads (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (
    test, "a.csv", "fødselsnummer;fornavn;etternavn\n15872949884;Anne;Ås\n12835430098;Liv;Berg\n");
  g_autoptr (CliResult) first = import (test, path);
  g_autofree char *folder = g_build_filename (test->folder, "csv", NULL);
  g_autofree char *written = cli_test_must (test, "export", "csv", "all", folder, NULL);
  g_autofree char *file = g_build_filename (folder, "citizen.csv", NULL);
  g_autoptr (CliResult) again = import (test, file);
  g_autoptr (CliResult) unknown = cli_test_run (test, "export", "csv", "frobnicate", folder, NULL);

  g_assert_cmpint (first->status, ==, 0);
  g_assert_nonnull (strstr (written, "not encrypted"));
  assert_counts (again, 0, 0, 2, 0);
  cli_result_check (unknown, 64, "frobnicate");
}

static void
test_rekey_opens_with_the_new_passphrase_alone (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *new_file = cli_test_write (test, "new-passphrase", "blå hest under broen\n");
  g_autofree char *wrong_file = cli_test_write (test, "wrong-passphrase", "noe annet\n");
  g_autofree char *before = cli_test_must (test, "list", "citizens", NULL);
  g_autofree char *old_file = g_strdup (test->passphrase_file);
  g_autofree char *out = NULL, *after = NULL, *checked = NULL;
  g_autoptr (CliResult) wrong = NULL, old = NULL;

  g_set_str (&test->passphrase_file, wrong_file);
  wrong = cli_test_run (test, "rekey", "--new-passphrase-file", new_file, NULL);
  cli_result_check (wrong, 1, "The passphrase does not open the file.");

  g_set_str (&test->passphrase_file, old_file);
  out = cli_test_must (test, "rekey", "--new-passphrase-file", new_file, NULL);
  g_assert_nonnull (strstr (out, "have a new key"));
  old = cli_test_run (test, "list", "citizens", NULL);
  cli_result_check (old, 1, "The passphrase does not open the file.");

  g_set_str (&test->passphrase_file, new_file);
  after = cli_test_must (test, "list", "citizens", NULL);
  g_assert_cmpstr (after, ==, before);
  checked = cli_test_must (test, "check", NULL);
}

static void
test_a_heading_alone_is_said_to_be_empty (void)
{
  g_autoptr (CliTest) test = cli_test_new ();
  g_autofree char *path = cli_test_write (test, "empty.csv", "fødselsnummer;målt;måling;verdi;enhet\n");
  g_autoptr (CliResult) result = cli_test_run (test, "--as", "Siri", "import", "measurements", path, NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "The file has a heading and no rows."));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/import-takes-a-municipal-file", test_import_takes_a_municipal_file);
  g_test_add_func ("/cli/importing-twice-changes-nothing", test_importing_twice_changes_nothing);
  g_test_add_func ("/cli/only-what-is-given-is-changed", test_only_what_is_given_is_changed);
  g_test_add_func ("/cli/dry-run-changes-nothing", test_dry_run_changes_nothing);
  g_test_add_func ("/cli/unknown-columns-are-named", test_unknown_columns_are_named);
  g_test_add_func ("/cli/file-that-is-no-list-is-refused", test_file_that_is_no_list_is_refused);
  g_test_add_func ("/cli/measurements-come-in-once", test_measurements_come_in_once);
  g_test_add_func ("/cli/what-can-be-used-later-waits-no-longer", test_what_can_be_used_later_waits_no_longer);
  g_test_add_func ("/cli/several-files-are-one", test_several_files_are_one);
  g_test_add_func ("/cli/interrupted-import-is-whole", test_interrupted_import_is_whole);
  g_test_add_func ("/cli/worklist-shows-what-is-to-be-done", test_worklist_shows_what_is_to_be_done);
  g_test_add_func ("/cli/backup-opens-and-replaces-nothing", test_backup_opens_and_replaces_nothing);
  g_test_add_func ("/cli/rekey-opens-with-the-new-passphrase-alone",
                   test_rekey_opens_with_the_new_passphrase_alone);
  g_test_add_func ("/cli/export-writes-what-the-import-reads", test_export_writes_what_the_import_reads);
  g_test_add_func ("/cli/a-heading-alone-is-said-to-be-empty", test_a_heading_alone_is_said_to_be_empty);

  return g_test_run ();
}
