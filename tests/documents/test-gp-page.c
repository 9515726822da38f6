/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-gp-page.h"
#include "gp-fixture.h"

/* What @program of poppler-utils prints of @pdf. */
static char *
ask (const char *program,
     GBytes     *pdf)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *out = NULL;
  int handle = g_file_open_tmp ("forlop-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (handle, &error));
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  process = g_str_equal (program, "pdftotext")
              ? g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "-raw", path, "-", NULL)
              : g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_remove (path);

  return out;
}

/* In the order it was written, with one space wherever a line ends or a column begins. */
static char *
read_text (GBytes *pdf)
{
  g_autofree char *text = ask ("pdftotext", pdf);
  g_autoptr (GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

static void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("The page does not say “%s”:\n%s", part, text);
}

static void
assert_one_page (GBytes *pdf)
{
  g_autofree char *info = ask ("pdfinfo", pdf);
  g_autoptr (GRegex) pages = g_regex_new ("^Pages:\\s+1$", G_REGEX_MULTILINE, 0, NULL);

  if (!g_regex_match (pages, info, 0, NULL))
    g_error ("Not one page:\n%s", info);
  assert_says (info, "(A4)");
}

static void
fill (GpFixture *fixture)
{
  gp_fixture_add_plan (fixture, 1, 100, 73);
  for (int day = 59; day >= 0; day--)
    gp_fixture_add_reading (fixture, FORLOP_MEASURE_WEIGHT, day, day < 30 ? 74.2 : 72.4,
                            day < 30 ? FORLOP_SEVERITY_YELLOW : FORLOP_SEVERITY_GREEN);
}

static void
test_says_the_facts (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  gp_fixture_init (&fixture);
  fill (&fixture);
  gp_fixture_add_contact (&fixture, gp_fixture_add_alert (&fixture, "yellow", "handled", 9), "phone", 9,
                          "Ankles swollen, asked to rest.");
  summary = gp_fixture_make (&fixture, "Shall furosemide be raised?");
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);
  assert_one_page (pdf);

  text = read_text (pdf);
  assert_says (text, "Liv Haug, identity number 128354 30098");
  assert_says (text, "To Trond Vangen");
  assert_says (text, "Shall furosemide be raised?");
  assert_says (text, "What has changed since 23.10.2026");
  assert_says (text, "Yellow: 1, in the period before 0. They led to: telephone 1.");
  assert_says (text, "version 1, in force from 14.08.2026, approved by Trond Vangen");
  assert_says (text, "74,2 kg");
  assert_says (text, "72,4 kg");
  assert_says (text, "30 readings");
  assert_says (text, "yellow above 73,0, red above 75,0");
  assert_says (text, "13.11.2026 Telephone, 6 min: Ankles swollen, asked to rest.");

  gp_fixture_clear (&fixture);
}

/* A dash is not silence: what came is told. */
static void
test_says_a_lower_pressure_that_came_alone (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  gp_fixture_init (&fixture);
  gp_fixture_add_reading (&fixture, FORLOP_MEASURE_DIASTOLIC, 9, 99, FORLOP_SEVERITY_RED);
  summary = gp_fixture_make (&fixture, NULL);
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);

  text = read_text (pdf);
  assert_says (text, "Blood pressure");
  assert_says (text, "–/99 mmHg");
  assert_says (text, "half – / 99–99");
  assert_says (text, "Red 1");

  gp_fixture_clear (&fixture);
}

static void
test_says_that_nothing_is_asked (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  gp_fixture_init (&fixture);
  summary = gp_fixture_make (&fixture, "");
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);

  text = read_text (pdf);
  assert_says (text, "Nothing this time.");
  assert_says (text, "No self-treatment plan is in force.");
  assert_says (text, "Nothing was measured");

  gp_fixture_clear (&fixture);
}

/* More of everything than a page has room for, and the question stands whole. */
static void
test_stays_one_page (void)
{
  static const ForlopMeasure measures[] = {
    FORLOP_MEASURE_SPO2, FORLOP_MEASURE_PULSE, FORLOP_MEASURE_SYSTOLIC, FORLOP_MEASURE_DIASTOLIC,
    FORLOP_MEASURE_WEIGHT, FORLOP_MEASURE_GLUCOSE, FORLOP_MEASURE_TEMPERATURE, FORLOP_MEASURE_RESPIRATION,
    FORLOP_MEASURE_PEAK_FLOW,
  };
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = g_strnfill (800, 'w');
  GString *question = g_string_new (NULL);

  for (unsigned int i = 0; i < FORLOP_GP_QUESTION_MAX_LINES; i++)
    g_string_append_printf (question, "%sLine %u of what is asked, which is a long one", i > 0 ? "\n" : "", i);
  gp_fixture_init (&fixture);
  for (unsigned int i = 0; i < 60; i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (measures); j++)
      gp_fixture_add_reading (&fixture, measures[j], 59 - (int) i, 40 + i, FORLOP_SEVERITY_RED);
  for (int i = 0; i < 40; i++)
    {
      ForlopRecord *item = gp_fixture_add (&fixture, "meeting_item");

      gp_fixture_add_contact (&fixture, NULL, "phone", i % 29, words);
      forlop_record_set_instant (item, "decided_at", gp_fixture_at (&fixture, 4));
      forlop_record_set_text (item, "question", words);
      forlop_record_set_text (item, "decision", words);
    }
  gp_fixture_add_plan (&fixture, 1, 100, 73);
  summary = gp_fixture_make (&fixture, question->str);
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);
  assert_one_page (pdf);

  text = read_text (pdf);
  assert_says (text, "Line 0 of what is asked");
  assert_says (text, "Line 7 of what is asked, which is a long one");
  assert_says (text, "Peak flow");
  assert_says (text, "more have no room on this page; they are in the case.");
  assert_says (text, "Made 22.11.2026 12.00");

  g_string_append (question, "\nOne line more.");
  g_assert_false (forlop_gp_question_check (question->str, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_string_free (question, TRUE);
  gp_fixture_clear (&fixture);
}

/* Nobody needs more than the file to read it, and its name tells nobody whose it is. */
static void
test_stands_alone (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *info = NULL;
  g_autofree char *fonts = NULL;
  g_auto (GStrv) lines = NULL;

  gp_fixture_init (&fixture);
  fill (&fixture);
  summary = gp_fixture_make (&fixture, NULL);
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);

  info = ask ("pdfinfo", pdf);
  assert_says (info, "Trend summary for the GP");
  assert_says (info, "Tagged:          yes");
  g_assert_null (strstr (info, "Liv"));
  g_assert_null (strstr (info, "128354"));

  fonts = ask ("pdffonts", pdf);
  lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (unsigned int i = 2; lines[i] != NULL; i++)
    assert_says (lines[i], " yes yes yes ");

  gp_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gp-page/says-the-facts", test_says_the_facts);
  g_test_add_func ("/gp-page/says-a-lower-pressure-that-came-alone",
                   test_says_a_lower_pressure_that_came_alone);
  g_test_add_func ("/gp-page/says-that-nothing-is-asked", test_says_that_nothing_is_asked);
  g_test_add_func ("/gp-page/stays-one-page", test_stays_one_page);
  g_test_add_func ("/gp-page/stands-alone", test_stands_alone);

  return g_test_run ();
}
