/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-id-number.h"

#define SEED 20320101
#define N_RANDOM 20000

static ForlopDate
day (const char *iso)
{
  ForlopDate date = FORLOP_DATE_NONE;

  g_assert_true (forlop_date_from_iso (iso, &date));
  return date;
}

static void
assert_date (ForlopDate  date,
             const char *expected)
{
  g_autofree char *iso = forlop_date_to_iso (date);

  g_assert_cmpstr (iso, ==, expected);
}

static const struct {
  const char *number;
  const char *kind;
  const char *synthetic;
  gboolean ambiguous;
  gboolean valid_today;
  gboolean valid_2032;
  const char *birth_date;
  char sex;
} table[] = {
  { "13097248022", "fnr", "none", FALSE, TRUE, TRUE, "1972-09-13", 'f' },
  { "15021951940", "fnr", "none", FALSE, TRUE, TRUE, "2019-02-15", 'm' },
  { "29020075838", "fnr", "none", FALSE, TRUE, TRUE, "2000-02-29", 'f' },
  { "53097248016", "d", "none", FALSE, TRUE, TRUE, "1972-09-13", 'f' },
  { "10915596784", "fnr", "tenor", FALSE, TRUE, TRUE, "1955-11-10", 'm' },
  { "30108299939", "fnr", "none", FALSE, FALSE, TRUE, NULL, 0 },
  { "02013299987", "none", "none", FALSE, FALSE, FALSE, NULL, 0 },
  { "15872949884", "fnr", "tenor", FALSE, TRUE, TRUE, "1929-07-15", 'f' },
  { "12835430098", "fnr", "tenor", FALSE, TRUE, TRUE, "1954-03-12", 'f' },
  { "03916230191", "fnr", "tenor", FALSE, TRUE, TRUE, "1962-11-03", 'm' },
};

static void
test_known_numbers (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ForlopIdNumberInfo info;

      forlop_id_number_examine (table[i].number, &info);
      g_assert_cmpstr (forlop_id_number_kind_name (info.kind), ==, table[i].kind);
      g_assert_cmpstr (forlop_id_number_synthetic_name (info.synthetic), ==, table[i].synthetic);
      g_assert_cmpint (info.ambiguous, ==, table[i].ambiguous);
      g_assert_cmpint (info.valid_today, ==, table[i].valid_today);
      g_assert_cmpint (info.valid_2032, ==, table[i].valid_2032);
      assert_date (info.birth_date, table[i].birth_date);
      g_assert_cmpint (info.sex, ==, table[i].sex);
    }
}

/* The check digits written out once more, apart from the code under test. */
static int
weighted_remainder (const char *number,
                    const char *weights)
{
  int sum = 0;

  for (int i = 0; weights[i] != '\0'; i++)
    sum += (number[i] - '0') * (weights[i] - '0');

  return sum % 11;
}

/* Makes a number of nine given digits; @remainder is what the first check digit leaves, zero for
 * the rule of today. NULL where there is no such number. */
static char *
complete (const char *nine_digits,
          int         remainder)
{
  char number[12] = "";

  g_assert_cmpint (strlen (nine_digits), ==, 9);
  memcpy (number, nine_digits, 9);

  int first = (11 + remainder - weighted_remainder (number, "376189452")) % 11;

  if (first > 9)
    return NULL;
  number[9] = '0' + first;

  int second = (11 - weighted_remainder (number, "5432765432")) % 11;

  if (second > 9)
    return NULL;
  number[10] = '0' + second;
  return g_strdup (number);
}

/* The first number with this beginning and individual digits from @individual on. */
static char *
complete_some (const char *six_digits,
               int         individual,
               int         remainder)
{
  for (int i = individual; i < individual + 100; i++)
    {
      g_autofree char *nine_digits = g_strdup_printf ("%s%03d", six_digits, i);
      char *number = complete (nine_digits, remainder);

      if (number != NULL)
        return number;
    }

  g_assert_not_reached ();
}

static void
assert_examined (const char              *number,
                 ForlopIdNumberKind       kind,
                 ForlopIdNumberSynthetic  synthetic,
                 gboolean                 ambiguous,
                 const char              *birth_date)
{
  ForlopIdNumberInfo info;

  forlop_id_number_examine (number, &info);
  g_assert_cmpint (info.kind, ==, kind);
  g_assert_cmpint (info.synthetic, ==, synthetic);
  g_assert_cmpint (info.ambiguous, ==, ambiguous);
  g_assert_true (info.valid_today);
  g_assert_true (info.valid_2032);
  assert_date (info.birth_date, birth_date);
}

static void
test_kinds (void)
{
  static const struct {
    const char *beginning;
    ForlopIdNumberKind kind;
    ForlopIdNumberSynthetic synthetic;
    gboolean ambiguous;
    const char *birth_date;
  } cases[] = {
    { "150729", FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_REAL, FALSE, "1929-07-15" },
    { "550729", FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_REAL, FALSE, "1929-07-15" },
    { "710729", FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_REAL, FALSE, "1929-07-31" },
    { "154729", FORLOP_ID_NUMBER_H, FORLOP_ID_NUMBER_NAV, TRUE, "1929-07-15" },
    { "154129", FORLOP_ID_NUMBER_H, FORLOP_ID_NUMBER_NAV, TRUE, "1929-01-15" },
    { "155229", FORLOP_ID_NUMBER_H, FORLOP_ID_NUMBER_NAV, TRUE, "1929-12-15" },
    { "156629", FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_NHN, FALSE, "1929-01-15" },
    { "157729", FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_NHN, FALSE, "1929-12-15" },
    { "158129", FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_TENOR, FALSE, "1929-01-15" },
    { "159229", FORLOP_ID_NUMBER_FNR, FORLOP_ID_NUMBER_TENOR, FALSE, "1929-12-15" },
    { "558729", FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_TENOR, FALSE, "1929-07-15" },
    { "557229", FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_NHN, FALSE, "1929-07-15" },
    { "554729", FORLOP_ID_NUMBER_D, FORLOP_ID_NUMBER_NAV, FALSE, "1929-07-15" },
    { "815729", FORLOP_ID_NUMBER_FH, FORLOP_ID_NUMBER_REAL, FALSE, NULL },
    { "999999", FORLOP_ID_NUMBER_FH, FORLOP_ID_NUMBER_REAL, FALSE, NULL },
    { "800000", FORLOP_ID_NUMBER_FH, FORLOP_ID_NUMBER_REAL, FALSE, NULL },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = complete_some (cases[i].beginning, 100, 0);

      assert_examined (number, cases[i].kind, cases[i].synthetic, cases[i].ambiguous,
                       cases[i].birth_date);
    }
}

static void
test_century (void)
{
  static const struct { const char *beginning; int individual; const char *date; } cases[] = {
    { "010100", 0, "1900-01-01" },   { "010199", 400, "1999-01-01" }, { "010154", 500, "1854-01-01" },
    { "010199", 600, "1899-01-01" }, { "010100", 500, "2000-01-01" }, { "010139", 900, "2039-01-01" },
    { "010140", 900, "1940-01-01" }, { "010199", 900, "1999-01-01" }, { "010140", 500, NULL },
    { "010153", 600, NULL },         { "010154", 760, NULL },         { "010139", 760, "2039-01-01" },
    { "410199", 600, "1899-01-01" }, { "290200", 100, NULL },         { "290200", 600, "2000-02-29" },
    { "290296", 100, "1996-02-29" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = complete_some (cases[i].beginning, cases[i].individual, 0);
      g_autoptr (GError) error = NULL;
      ForlopIdNumberInfo info;

      forlop_id_number_examine (number, &info);
      g_assert_true (info.valid_today);
      assert_date (info.birth_date, cases[i].date);

      /* The century decides nothing about right and wrong. */
      g_assert_true (forlop_id_number_validate (number, day ("2026-11-22"), NULL, &error));
      g_assert_no_error (error);
    }
}

static void
assert_refused (const char *number,
                ForlopDate  today,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  ForlopIdNumberInfo info;

  g_assert_false (forlop_id_number_validate (number, today, &info, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_true (strlen (number) < 4 || strstr (error->message, number) == NULL);
}

static void
test_refused_with_the_reason (void)
{
  static const struct { const char *number; const char *reason; } cases[] = {
    { "", "this has 0" },
    { "1309724802", "zero in front" },
    { "130972480", "this has 9" },
    { "130972480222", "this has 12" },
    { "13097248O22", "nothing else" },
    { "130972-48022", "nothing else" },
    { "\xff", "nothing else" },
    { "１３０９７２４８０２２", "nothing else" },
    { "31027248022", "calendar" },
    { "00017248022", "calendar" },
    { "13007248022", "calendar" },
    { "13137248022", "calendar" },
    { "13407248022", "calendar" },
    { "13937248022", "calendar" },
    { "29027348022", "calendar" },
    { "72017248022", "calendar" },
    { "00000000000", "calendar" },
    { "13097248023", "second check digit" },
    { "13097248032", "Neither" },
    { "02013299987", "Neither" },
    { "30108299939", "1 January 2032" },
    { "81572948023", "FH number" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].number, day ("2026-11-22"), cases[i].reason);

  g_autofree char *first_wrong = complete_some ("130972", 480, 5);

  assert_refused (first_wrong, day ("2026-11-22"), "first check digit");
  assert_refused (first_wrong, day ("2032-01-01"), "first check digit");
}

static void
test_rule_of_2032 (void)
{
  g_autoptr (GError) error = NULL;
  ForlopIdNumberInfo info;

  assert_refused ("30108299939", day ("2031-12-31"), "1 January 2032");
  g_assert_true (forlop_id_number_validate ("30108299939", day ("2032-01-01"), &info, &error));
  g_assert_no_error (error);
  assert_date (info.birth_date, NULL);
  g_assert_cmpint (info.sex, ==, 0);

  /* Old and new numbers are right side by side. */
  g_assert_true (forlop_id_number_validate ("13097248022", day ("2032-01-01"), &info, &error));
  g_assert_no_error (error);
  assert_refused ("02013299987", day ("2032-01-01"), "Neither");

  for (int remainder = 0; remainder <= 10; remainder++)
    {
      g_autofree char *number = complete_some ("150729", 100, remainder);

      forlop_id_number_examine (number, &info);
      g_assert_cmpint (info.valid_today, ==, remainder == 0);
      g_assert_cmpint (info.valid_2032, ==, remainder <= 3);
      g_assert_cmpint (info.kind, ==,
                       remainder <= 3 ? FORLOP_ID_NUMBER_FNR : FORLOP_ID_NUMBER_NONE);
      g_assert_cmpint (forlop_id_number_validate (number, day ("2031-12-31"), NULL, NULL), ==,
                       remainder == 0);
      g_assert_cmpint (forlop_id_number_validate (number, day ("2032-01-01"), NULL, NULL), ==,
                       remainder <= 3);
    }
}

static void
test_proposal_makes_sense (void)
{
  g_autofree char *born_1899 = complete_some ("410199", 600, 0);
  g_autofree char *born_2030 = complete_some ("150730", 600, 0);
  g_autofree char *born_1954 = complete_some ("120354", 300, 0);
  g_autofree char *born_1925 = complete_some ("120325", 300, 0);
  ForlopIdNumberInfo info;

  g_assert_true (forlop_id_number_validate (born_1899, day ("2026-11-22"), &info, NULL));
  g_assert_cmpint (info.kind, ==, FORLOP_ID_NUMBER_D);
  assert_date (info.birth_date, NULL);

  g_assert_true (forlop_id_number_validate (born_2030, day ("2026-11-22"), &info, NULL));
  assert_date (info.birth_date, NULL);

  g_assert_true (forlop_id_number_validate (born_1925, day ("2026-11-22"), &info, NULL));
  assert_date (info.birth_date, "1925-03-12");
  g_assert_cmpint (info.sex, !=, 0);

  /* From 2032 a new number can look like an old one by chance. */
  g_assert_true (forlop_id_number_validate (born_1925, day ("2032-01-01"), &info, NULL));
  assert_date (info.birth_date, NULL);
  g_assert_true (forlop_id_number_validate (born_1954, day ("2032-01-01"), &info, NULL));
  assert_date (info.birth_date, "1954-03-12");
  g_assert_cmpint (info.sex, ==, 0);
}

static char *
random_number (GRand *rand,
               int    remainder)
{
  char *number = NULL;

  while (number == NULL)
    {
      int month_offset[] = { 0, 0, 40, 65, 80 };
      g_autofree char *nine_digits = g_strdup_printf (
        "%02d%02d%02d%03d", g_rand_int_range (rand, 1, 29) + (g_rand_boolean (rand) ? 40 : 0),
        g_rand_int_range (rand, 1, 13) + month_offset[g_rand_int_range (rand, 0, 5)],
        g_rand_int_range (rand, 0, 100), g_rand_int_range (rand, 0, 1000));

      number = complete (nine_digits, remainder);
    }

  return number;
}

static void
test_random_numbers_are_right (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  g_test_message ("seed %d", SEED);
  for (int i = 0; i < N_RANDOM; i++)
    {
      int remainder = g_rand_int_range (rand, 0, 4);
      g_autofree char *number = random_number (rand, remainder);
      ForlopIdNumberInfo info;

      forlop_id_number_examine (number, &info);
      g_assert_cmpint (info.kind, !=, FORLOP_ID_NUMBER_NONE);
      g_assert_cmpint (info.kind == FORLOP_ID_NUMBER_D, ==, number[0] >= '4');
      g_assert_cmpint (info.valid_today, ==, remainder == 0);
      g_assert_true (info.valid_2032);
    }
}

static void
assert_wrong_by_both_rules (const char *number)
{
  ForlopIdNumberInfo info;

  forlop_id_number_examine (number, &info);
  g_assert_cmpint (info.kind, ==, FORLOP_ID_NUMBER_NONE);
  g_assert_false (info.valid_today);
  g_assert_false (info.valid_2032);
  g_assert_false (forlop_id_number_validate (number, day ("2032-01-01"), NULL, NULL));
}

static void
test_typing_errors_are_caught (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  g_test_message ("seed %d", SEED);
  for (int i = 0; i < N_RANDOM / 20; i++)
    {
      g_autofree char *number = random_number (rand, g_rand_int_range (rand, 0, 4));

      for (int place = 0; place < FORLOP_ID_NUMBER_LENGTH; place++)
        {
          char digit = number[place];

          for (number[place] = '0'; number[place] <= '9'; number[place]++)
            {
              if (number[place] != digit)
                assert_wrong_by_both_rules (number);
            }
          number[place] = digit;

          if (place == 0 || number[place - 1] == digit)
            continue;

          number[place] = number[place - 1];
          number[place - 1] = digit;
          assert_wrong_by_both_rules (number);
          number[place - 1] = number[place];
          number[place] = digit;
        }
    }
}

static void
test_any_text_is_safe (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  g_test_message ("seed %d", SEED);
  for (int i = 0; i < N_RANDOM; i++)
    {
      char text[16] = "";
      ForlopIdNumberInfo info;
      int length = g_rand_int_range (rand, 0, 16);

      for (int j = 0; j < length; j++)
        text[j] = g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 1, 256)
                                                     : g_rand_int_range (rand, '0', ':');
      forlop_id_number_examine (text, &info);

      g_autofree char *masked = forlop_id_number_mask (text, FORLOP_DATE_NONE);
      g_autoptr (GError) error = NULL;
      gboolean valid = forlop_id_number_validate (text, day ("2032-01-01"), NULL, &error);

      g_assert_cmpint (valid, ==, info.valid_2032);
      g_assert_cmpint (valid, ==, error == NULL);
      g_assert_true (g_utf8_validate (masked, -1, NULL));
    }
}

static void
test_spaces (void)
{
  g_autofree char *plain = forlop_id_number_normalize (" 130972\u00a0480 22\t\u200b");
  g_autofree char *kept = forlop_id_number_normalize ("130972-48022");
  g_autofree char *shown = forlop_id_number_format ("13097248022");
  g_autofree char *other = forlop_id_number_format ("1309");
  ForlopIdNumberInfo info;

  g_assert_cmpstr (plain, ==, "13097248022");
  g_assert_cmpstr (kept, ==, "130972-48022");
  g_assert_cmpstr (shown, ==, "130972\u00a048022");
  g_assert_cmpstr (other, ==, "1309");
  forlop_id_number_examine (shown, &info);
  g_assert_true (info.valid_today);
}

static void
test_mask (void)
{
  g_autofree char *own = forlop_id_number_mask ("15872949884", FORLOP_DATE_NONE);
  g_autofree char *stored = forlop_id_number_mask ("15872949884", day ("1929-07-16"));
  g_autofree char *new_rule = forlop_id_number_mask ("30108299939", FORLOP_DATE_NONE);
  g_autofree char *wrong = forlop_id_number_mask ("Anne", FORLOP_DATE_NONE);

  g_assert_cmpstr (own, ==, "15.07.1929\u00a0•••••");
  g_assert_cmpstr (stored, ==, "16.07.1929\u00a0•••••");
  g_assert_cmpstr (new_rule, ==, "••••••\u00a0•••••");
  g_assert_cmpstr (wrong, ==, "••••••\u00a0•••••");
}

static void
test_fhir_systems (void)
{
  g_assert_cmpstr (forlop_id_number_fhir_system (FORLOP_ID_NUMBER_FNR), ==,
                   "urn:oid:2.16.578.1.12.4.1.4.1");
  g_assert_cmpstr (forlop_id_number_fhir_system (FORLOP_ID_NUMBER_D), ==,
                   "urn:oid:2.16.578.1.12.4.1.4.2");
  g_assert_cmpstr (forlop_id_number_fhir_system (FORLOP_ID_NUMBER_FH), ==,
                   "urn:oid:2.16.578.1.12.4.1.4.3");
  g_assert_null (forlop_id_number_fhir_system (FORLOP_ID_NUMBER_H));
  g_assert_null (forlop_id_number_fhir_system (FORLOP_ID_NUMBER_NONE));
}

static void
test_compose (void)
{
  static const char *const dates[] = { "1929-07-15", "1954-03-12", "2000-02-29", "2019-12-31" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (dates); i++)
    for (unsigned int serial = 0; serial < 150; serial++)
      {
        char sex = serial % 2 == 0 ? 'f' : 'm';
        char *number = forlop_id_number_compose (day (dates[i]), sex, serial);
        ForlopIdNumberInfo info;

        g_assert_nonnull (number);
        forlop_id_number_examine (number, &info);
        g_assert_cmpint (info.kind, ==, FORLOP_ID_NUMBER_FNR);
        g_assert_cmpint (info.synthetic, ==, FORLOP_ID_NUMBER_TENOR);
        g_assert_true (info.valid_today);
        assert_date (info.birth_date, dates[i]);
        g_assert_cmpint (info.sex, ==, sex);
        g_assert_true (g_hash_table_add (seen, number));
      }

  g_assert_null (forlop_id_number_compose (day ("1954-03-12"), 'f', 1000));
  g_assert_null (forlop_id_number_compose (day ("2045-01-01"), 'f', 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id-number/known-numbers-are-what-the-reference-says", test_known_numbers);
  g_test_add_func ("/id-number/every-kind-is-told-from-the-others", test_kinds);
  g_test_add_func ("/id-number/century-is-a-proposal-and-never-refuses", test_century);
  g_test_add_func ("/id-number/refused-with-the-reason", test_refused_with_the_reason);
  g_test_add_func ("/id-number/new-rule-begins-in-2032", test_rule_of_2032);
  g_test_add_func ("/id-number/proposes-no-impossible-birth-date", test_proposal_makes_sense);
  g_test_add_func ("/id-number/numbers-right-by-construction-are-right",
                   test_random_numbers_are_right);
  g_test_add_func ("/id-number/one-wrong-or-two-swapped-digits-are-caught",
                   test_typing_errors_are_caught);
  g_test_add_func ("/id-number/any-text-is-safe", test_any_text_is_safe);
  g_test_add_func ("/id-number/spaces-do-not-count", test_spaces);
  g_test_add_func ("/id-number/masked-number-shows-the-birth-date", test_mask);
  g_test_add_func ("/id-number/kinds-have-fhir-systems", test_fhir_systems);
  g_test_add_func ("/id-number/composed-numbers-are-synthetic-and-differ", test_compose);

  return g_test_run ();
}
