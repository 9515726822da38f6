/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "forlop-json.h"
#include "forlop-letter-words.h"
#include "letter-fixture.h"
#include "pdf-reader.h"

static void
test_says_all_that_a_grant_must_say (void)
{
  static const char *const parts[] = {
    "Tildelingskontoret", "Fjordvik kommune, Postboks 1", "Liv Haug", "Strandgata 4", "Dato 20. november 2026",
    "Saksnummer 2026-0001", "Du får digital hjemmeoppfølging", "Digital hjemmeoppfølging med vekt og blodtrykk.",
    "Omfanget er 15 minutter i uken.", "Vedtaket gjelder fra 1. desember 2026", "du fyller vilkårene",
    "Målinger hjemme gir trygghet.", "Vedtaket bygger på lov C § 3-2.", "Hva er digital hjemmeoppfølging?",
    "Vi avtaler med deg hva du trenger", "Sone Nord følger deg opp.", "33 51 61 29", "mandag til fredag",
    "Dette er ikke en nødtjeneste.", "113", "116117", "De første 14 dagene er en prøvetid.",
    "minst hver tredje måned", "Fristen er fire uker fra den dagen du fikk vite om vedtaket.", "Statsforvalteren",
    "Dette følger av lov A § 7.", "Du har rett til å se", "Dette følger av lov B § 18.",
    "Siri Vold svarer på spørsmål om vedtaket", "Pasient- og brukerombudet", "Med hilsen Siri Vold", "Side 1 av",
  };
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  text = letter_fixture_read (fixture.decision);
  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    pdf_reader_assert_says (text, parts[i]);
  pdf_reader_assert_not (text, "{");
  pdf_reader_assert_not (text, "Siste dag for å klage");

  letter_fixture_clear (&fixture);
}

static void
test_last_day_to_appeal_runs_from_the_receipt (void)
{
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  forlop_record_set_text (fixture.decision->subject, "received_on", "2026-11-24");
  text = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (text, "Siste dag for å klage er derfor 22. desember 2026.");

  letter_fixture_clear (&fixture);
}

static void
test_extent_is_said_in_hours_and_minutes (void)
{
  static const struct {
    double hours;
    const char *says;
  } extents[] = {
    { 1, "Omfanget er 1 time i uken." },
    { 1.5, "Omfanget er 1 time og 30 minutter i uken." },
    { 2, "Omfanget er 2 timer i uken." },
    { 2.33, "Omfanget er 2 timer og 20 minutter i uken." },
  };
  LetterFixture fixture;

  letter_fixture_init (&fixture);
  for (unsigned int i = 0; i < G_N_ELEMENTS (extents); i++)
    {
      g_autofree char *text = NULL;

      forlop_record_set_real (fixture.decision->subject, "hours_per_week", extents[i].hours);
      text = letter_fixture_read (fixture.decision);
      pdf_reader_assert_says (text, extents[i].says);
    }

  letter_fixture_clear (&fixture);
}

static void
test_each_kind_says_its_own (void)
{
  static const struct {
    const char *kind;
    const char *says;
    const char *not;
  } kinds[] = {
    { "partial_grant", "men ikke alt du søkte om", "du ikke fyller vilkårene" },
    { "refusal", "Du får ikke digital hjemmeoppfølging", "Prøvetid" },
    { "change", "Vi endrer den digitale hjemmeoppfølgingen din", "er en prøvetid" },
    { "end", "Den digitale hjemmeoppfølgingen avsluttes 1. desember 2026.", "Prøvetid" },
  };
  LetterFixture fixture;

  letter_fixture_init (&fixture);
  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = NULL;

      forlop_record_set_text (fixture.decision->subject, "kind", kinds[i].kind);
      text = letter_fixture_read (fixture.decision);
      pdf_reader_assert_says (text, kinds[i].says);
      pdf_reader_assert_not (text, kinds[i].not);
      pdf_reader_assert_says (text, "Fristen er fire uker");
      pdf_reader_assert_says (text, "Ring 113");
    }

  letter_fixture_clear (&fixture);
}

static void
test_equipment_is_named_and_asked_back (void)
{
  LetterFixture fixture;
  g_autofree char *granted = NULL;
  g_autofree char *ended = NULL;

  letter_fixture_init (&fixture);
  letter_fixture_lend (&fixture, fixture.decision, "Personvekt med Bluetooth");
  granted = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (granted, "Du låner dette av kommunen: Personvekt med Bluetooth");
  forlop_record_set_text (fixture.decision->subject, "kind", "end");
  ended = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (ended, "Dette skal leveres tilbake. Vi avtaler med deg når vi henter det: Personvekt");

  letter_fixture_clear (&fixture);
}

static void
test_nynorsk_is_the_citizens_choice_or_the_municipalitys (void)
{
  LetterFixture fixture;
  ForlopRecord *citizen, *profile;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  citizen = forlop_snapshot_get_citizen (fixture.base.snapshot);
  profile = forlop_record_new (forlop_record_type_find ("profile"), "00000000-0000-7000-8000-000000000906");
  forlop_record_set_text (forlop_snapshot_get_case (fixture.base.snapshot), "profile_id",
                          forlop_record_get_id (profile));
  forlop_record_set_text (profile, "written_language", "nn");
  forlop_record_set_integer (profile, "trial_days", 21);
  forlop_record_set_integer (profile, "evaluation_months", 2);
  forlop_snapshot_put (fixture.base.snapshot, profile);
  g_assert_cmpstr (forlop_letter_get_language (fixture.decision), ==, "nn");
  text = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (text, "Du får digital heimeoppfølging");
  pdf_reader_assert_says (text, "Dei første 21 dagane er ei prøvetid.");
  pdf_reader_assert_says (text, "minst kvar andre månad");
  pdf_reader_assert_says (text, "måndag til fredag");
  pdf_reader_assert_says (text, "Statsforvaltaren");
  pdf_reader_assert_not (text, "ikke");
  forlop_record_set_text (citizen, "written_language", "nb");
  g_assert_cmpstr (forlop_letter_get_language (fixture.decision), ==, "nb");

  g_object_unref (profile);
  letter_fixture_clear (&fixture);
}

static void
test_long_text_goes_on_over_several_pages (void)
{
  LetterFixture fixture;
  g_autoptr (GString) reasons = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;
  unsigned int n_pages;

  letter_fixture_init (&fixture);
  for (unsigned int i = 0; i < 120; i++)
    g_string_append_printf (reasons, "Grunn nummer %u er at målingene gir trygghet hjemme. ", i);
  forlop_record_set_text (fixture.decision->subject, "reasons", reasons->str);
  n_pages = forlop_letter_paper_count_pages (fixture.decision);
  g_assert_cmpuint (n_pages, >=, 4);
  text = letter_fixture_read (fixture.decision);
  for (unsigned int i = 0; i < 120; i++)
    {
      g_autofree char *part = g_strdup_printf ("nummer %u er", i);

      pdf_reader_assert_says (text, part);
    }
  last = g_strdup_printf ("Side %u av %u", n_pages, n_pages);
  pdf_reader_assert_says (text, last);
  pdf_reader_assert_says (text, "Med hilsen Siri Vold");

  letter_fixture_clear (&fixture);
}

static void
test_signature_is_never_alone_on_a_page (void)
{
  LetterFixture fixture;
  g_autoptr (GString) reasons = g_string_new (NULL);

  letter_fixture_init (&fixture);
  for (unsigned int i = 0; i < 24; i++)
    {
      unsigned int n_pages;
      g_autofree char *text = NULL;
      g_autofree char *before = NULL;
      const char *last_page;

      g_string_append (reasons, "Målingene gir trygghet hjemme, og du kan ta kontakt med oss når du selv ønsker det. ");
      forlop_record_set_text (fixture.decision->subject, "reasons", reasons->str);
      n_pages = forlop_letter_paper_count_pages (fixture.decision);
      text = letter_fixture_read (fixture.decision);
      before = g_strdup_printf ("Side %u av %u", n_pages - 1, n_pages);
      last_page = strstr (text, before);
      g_assert_nonnull (last_page);
      pdf_reader_assert_says (last_page, "Spørsmål og hjelp");
      pdf_reader_assert_says (last_page, "Med hilsen Siri Vold");
    }

  letter_fixture_clear (&fixture);
}

static void
test_long_names_are_not_cut (void)
{
  LetterFixture fixture;
  ForlopRecord *citizen;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  citizen = forlop_snapshot_get_citizen (fixture.base.snapshot);
  forlop_record_set_text (citizen, "given_name", "Karoline Wilhelmine Antoinette");
  forlop_record_set_text (citizen, "family_name", "Brochgrevink-Løvenskiold Stoltenberg-Thorvaldsen");
  forlop_record_set_text (fixture.decision->answers, "name",
                          "Forsterket hjemmetjeneste og digital oppfølging for indre og ytre kystdistrikt");
  text = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (text, "Løvenskiold Stoltenberg-Thorvaldsen");
  pdf_reader_assert_says (text, "indre og ytre kystdistrikt følger deg opp");

  letter_fixture_clear (&fixture);
}

static void
test_protected_address_is_left_out (void)
{
  LetterFixture fixture;
  g_autofree char *text = NULL;

  letter_fixture_init (&fixture);
  forlop_record_set_text (forlop_snapshot_get_citizen (fixture.base.snapshot), "address_protection", "confidential");
  text = letter_fixture_read (fixture.decision);
  pdf_reader_assert_says (text, "Liv Haug");
  pdf_reader_assert_not (text, "Strandgata");

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
  ForlopLetter *letter;

  letter_fixture_init (&fixture);
  letter = fixture.decision;
  g_hash_table_remove (letter->references, "access");
  assert_missing (letter, "“access”");
  g_hash_table_replace (letter->references, g_strdup ("access"), g_strdup ("lov B § 18"));
  forlop_record_clear (letter->office, "postal_address");
  assert_missing (letter, "“Tildelingskontoret” has no postal address");
  forlop_record_set_text (letter->office, "postal_address", "Postboks 1");
  forlop_record_clear (letter->office, "phone");
  assert_missing (letter, "no telephone for questions");
  forlop_record_set_text (letter->signatory, "phone", "41234567");
  forlop_record_clear (letter->answers, "opens_at");
  assert_missing (letter, "“Sone Nord” has no opening hours");
  forlop_record_set_text (letter->subject, "kind", "refusal");
  g_clear_object (&letter->signatory);
  forlop_record_set_text (letter->office, "phone", "33516129");
  assert_missing (letter, "Nobody has signed");

  letter_fixture_clear (&fixture);
}

static char *
dup_marks (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z]+\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (marks, g_match_info_fetch (match, 0));
  g_ptr_array_sort_values (marks, (GCompareFunc) strcmp);
  g_ptr_array_add (marks, NULL);

  return g_strjoinv (" ", (char **) marks->pdata);
}

static void
test_both_forms_of_norwegian_have_every_sentence (void)
{
  const char *first = forlop_letter_words ("nb", "emergency");
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/no/forlop/Forlop/data/letter-words.json",
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                                  NULL);
  yyjson_val *key, *value;
  size_t i, n;

  g_assert_nonnull (first);
  yyjson_obj_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "words"), i, n, key, value)
    {
      g_autofree char *nb = dup_marks (yyjson_get_str (yyjson_obj_get (value, "nb")));
      g_autofree char *nn = dup_marks (yyjson_get_str (yyjson_obj_get (value, "nn")));

      g_assert_cmpuint (yyjson_obj_size (value), ==, 2);
      g_assert_cmpstr (nb, ==, nn);
    }
  g_assert_cmpuint (n, >, 100);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letter/says-all-that-a-grant-must-say", test_says_all_that_a_grant_must_say);
  g_test_add_func ("/letter/last-day-to-appeal-runs-from-the-receipt", test_last_day_to_appeal_runs_from_the_receipt);
  g_test_add_func ("/letter/extent-is-said-in-hours-and-minutes", test_extent_is_said_in_hours_and_minutes);
  g_test_add_func ("/letter/each-kind-says-its-own", test_each_kind_says_its_own);
  g_test_add_func ("/letter/equipment-is-named-and-asked-back", test_equipment_is_named_and_asked_back);
  g_test_add_func ("/letter/nynorsk-is-the-citizens-choice-or-the-municipalitys",
                   test_nynorsk_is_the_citizens_choice_or_the_municipalitys);
  g_test_add_func ("/letter/long-text-goes-on-over-several-pages", test_long_text_goes_on_over_several_pages);
  g_test_add_func ("/letter/signature-is-never-alone-on-a-page", test_signature_is_never_alone_on_a_page);
  g_test_add_func ("/letter/long-names-are-not-cut", test_long_names_are_not_cut);
  g_test_add_func ("/letter/protected-address-is-left-out", test_protected_address_is_left_out);
  g_test_add_func ("/letter/what-is-missing-is-named-and-nothing-is-written",
                   test_what_is_missing_is_named_and_nothing_is_written);
  g_test_add_func ("/letter/both-forms-of-norwegian-have-every-sentence",
                   test_both_forms_of_norwegian_have_every_sentence);

  return g_test_run ();
}
