/* SPDX-License-Identifier: EUPL-1.2 */

#include <locale.h>

#include "letter-fixture.h"
#include "pdf-reader.h"

static void
test_says_what_the_citizen_needs (void)
{
  static const char *const parts[] = {
    "Egenbehandlingsplanen din", "Liv Haug, født 12. mars 1954", "Versjon 3, gjelder fra 12. november 2026",
    "Godkjent av Trond Vangen 10. november 2026", "Dette er ikke en nødtjeneste.", "Gå tur med hunden.",
    "Grønn – som vanlig", "Fortsett som avtalt.", "Gul – pass på", "Slik kjenner jeg meg Hovne bein.",
    "Rød – det haster", "Dette gjør jeg Ring 113.", "Vekt kg", "73,5 eller mindre", "over 73,5", "over 75,5",
    "måler jeg en gang til innen 30 minutter", "Vekt går opp mer enn 2 kg på 3 døgn: ■ Rød",
    "Vekt: hver dag kl. 08.00 og 20.00", "Spørreskjema «Symptomer»: hver mandag og torsdag kl. 08.00 og 20.00",
    "Sone Nord: telefon 33 51 61 29, mandag til fredag", "Skrevet ut 22. november 2026. Saksnummer 2026-0001.",
  };
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  text = letter_fixture_read (fixture.plan);
  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    pdf_reader_assert_says (text, parts[i]);
  pdf_reader_assert_not (text, "{");
  pdf_reader_assert_not (text, "mindre 73,5 eller mindre");
  pdf_reader_assert_not (text, "uten farge");

  letter_fixture_clear (&fixture);
}

static void
test_nynorsk (void)
{
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  forlop_record_set_text (forlop_snapshot_get_citizen (fixture.base.snapshot), "written_language", "nn");
  text = letter_fixture_read (fixture.plan);
  pdf_reader_assert_says (text, "Eigenbehandlingsplanen din");
  pdf_reader_assert_says (text, "Raud – det hastar");
  pdf_reader_assert_says (text, "kvar måndag og torsdag");
  pdf_reader_assert_says (text, "Kven eg ringjer");
  pdf_reader_assert_not (text, "ikke");

  letter_fixture_clear (&fixture);
}

static void
test_observation_says_until_when (void)
{
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  forlop_record_set_text (fixture.plan->subject, "observation_until", "2026-12-01");
  text = letter_fixture_read (fixture.plan);
  pdf_reader_assert_says (text, "Til og med 1. desember 2026 samler vi målinger uten farge.");

  letter_fixture_clear (&fixture);
}

/* Every measure with every limit: the heads of the columns stand on each page they go on over. */
static void
test_many_limits_go_on_over_pages (void)
{
  static const char *const codes[] = {
    "systolic", "diastolic", "pulse", "spo2", "temperature", "respiration", "glucose", "peak_flow",
  };
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  for (unsigned int i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      ForlopRecord *limit = gp_fixture_add (&fixture.base, "limit");

      forlop_record_set_text (limit, "care_plan_id", forlop_record_get_id (fixture.plan->subject));
      forlop_record_set_text (limit, "code", codes[i]);
      forlop_record_set_real (limit, "red_low", 31);
      forlop_record_set_real (limit, "yellow_low", 32);
      forlop_record_set_real (limit, "yellow_high", 40);
      forlop_record_set_real (limit, "red_high", 41);
    }
  text = letter_fixture_read (fixture.plan);
  pdf_reader_assert_says (text, "Oksygen i blodet (SpO₂)");
  pdf_reader_assert_says (text, "Blås (PEF)");
  pdf_reader_assert_says (text, "32 til 40");
  pdf_reader_assert_says (text, "under 31 eller over 41");

  letter_fixture_clear (&fixture);
}

static void
assert_missing (ForlopLetter *letter,
                const char   *part)
{
  g_autofree char *missing = letter_fixture_missing (letter);

  pdf_reader_assert_says (missing, part);
}

static void
test_what_is_missing_is_named_and_nothing_is_written (void)
{
  LetterFixture fixture;

  letter_fixture_init (&fixture);
  forlop_record_clear (fixture.plan->subject, "goal");
  assert_missing (fixture.plan, "no goal");
  forlop_record_set_text (fixture.plan->subject, "goal", "Gå tur.");
  forlop_record_clear (fixture.plan->subject, "red_actions");
  assert_missing (fixture.plan, "what to do at red");
  forlop_record_set_text (fixture.plan->subject, "red_actions", "Ring 113.");
  forlop_record_set_text (fixture.plan->subject, "status", "draft");
  assert_missing (fixture.plan, "not in force");
  forlop_record_set_text (fixture.plan->subject, "status", "in_force");
  g_clear_object (&fixture.plan->answers);
  assert_missing (fixture.plan, "No unit follows the citizen up");

  letter_fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-paper/says-what-the-citizen-needs", test_says_what_the_citizen_needs);
  g_test_add_func ("/plan-paper/nynorsk", test_nynorsk);
  g_test_add_func ("/plan-paper/observation-says-until-when", test_observation_says_until_when);
  g_test_add_func ("/plan-paper/many-limits-go-on-over-pages", test_many_limits_go_on_over_pages);
  g_test_add_func ("/plan-paper/what-is-missing-is-named-and-nothing-is-written",
                   test_what_is_missing_is_named_and_nothing_is_written);

  return g_test_run ();
}
