/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-gp-page.h"
#include "gp-fixture.h"
#include "pdf-reader.h"

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
  pdf_reader_assert_pages (pdf, 1);

  text = pdf_reader_text (pdf);
  pdf_reader_assert_says (text, "Liv Haug, identity number 128354 30098");
  pdf_reader_assert_says (text, "To Trond Vangen");
  pdf_reader_assert_says (text, "Shall furosemide be raised?");
  pdf_reader_assert_says (text, "What has changed since 23.10.2026");
  pdf_reader_assert_says (text, "Yellow: 1 alert, in the period before 0. They led to: telephone 1.");
  pdf_reader_assert_says (text, "version 1, in force from 14.08.2026, approved by Trond Vangen");
  pdf_reader_assert_says (text, "74,2 kg");
  pdf_reader_assert_says (text, "72,4 kg");
  pdf_reader_assert_says (text, "30 readings");
  pdf_reader_assert_says (text, "yellow above 73,0, red above 75,0");
  pdf_reader_assert_says (text, "13.11.2026 Telephone, 6 min: Ankles swollen, asked to rest.");

  gp_fixture_clear (&fixture);
}

/* What was approved last is not in force yet. */
static void
test_says_which_plan_takes_over (void)
{
  GpFixture fixture;
  g_autoptr (ForlopGpSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  gp_fixture_init (&fixture);
  fill (&fixture);
  gp_fixture_add_plan (&fixture, 2, -9, 74);
  summary = gp_fixture_make (&fixture, NULL);
  pdf = forlop_gp_page_to_pdf (summary, &error);
  g_assert_no_error (error);

  text = pdf_reader_text (pdf);
  pdf_reader_assert_says (text, "version 1, in force from 14.08.2026, approved by Trond Vangen");
  pdf_reader_assert_says (text, "Version 2 takes over 01.12.2026.");

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

  text = pdf_reader_text (pdf);
  pdf_reader_assert_says (text, "Blood pressure");
  pdf_reader_assert_says (text, "–/99 mmHg");
  pdf_reader_assert_says (text, "half – / 99–99");
  pdf_reader_assert_says (text, "Red 1");

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

  text = pdf_reader_text (pdf);
  pdf_reader_assert_says (text, "Nothing this time.");
  pdf_reader_assert_says (text, "No self-treatment plan is in force.");
  pdf_reader_assert_says (text, "Nothing was measured");

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
  pdf_reader_assert_pages (pdf, 1);

  text = pdf_reader_text (pdf);
  pdf_reader_assert_says (text, "Line 0 of what is asked");
  pdf_reader_assert_says (text, "Line 7 of what is asked, which is a long one");
  pdf_reader_assert_says (text, "Peak flow");
  pdf_reader_assert_says (text, "more have no room on this page; they are in the case.");
  pdf_reader_assert_says (text, "Made 22.11.2026 12.00");

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

  info = pdf_reader_ask ("pdfinfo", pdf);
  pdf_reader_assert_says (info, "Trend summary for the GP");
  pdf_reader_assert_says (info, "Tagged:          yes");
  g_assert_null (strstr (info, "Liv"));
  g_assert_null (strstr (info, "128354"));

  fonts = pdf_reader_ask ("pdffonts", pdf);
  lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (unsigned int i = 2; lines[i] != NULL; i++)
    pdf_reader_assert_says (lines[i], " yes yes yes ");

  gp_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gp-page/says-the-facts", test_says_the_facts);
  g_test_add_func ("/gp-page/says-which-plan-takes-over", test_says_which_plan_takes_over);
  g_test_add_func ("/gp-page/says-a-lower-pressure-that-came-alone",
                   test_says_a_lower_pressure_that_came_alone);
  g_test_add_func ("/gp-page/says-that-nothing-is-asked", test_says_that_nothing_is_asked);
  g_test_add_func ("/gp-page/stays-one-page", test_stays_one_page);
  g_test_add_func ("/gp-page/stands-alone", test_stands_alone);

  return g_test_run ();
}
