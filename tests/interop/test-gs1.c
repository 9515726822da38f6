/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-gs1.h"
#include "forlop-interop-error.h"

#define YEAR 2026

static const struct {
  const char *scan;
  const char *bracketed;
} accepted[] = {
  { "0107012345678908", "(01)07012345678908" },
  { "]C10107012345678908", "(01)07012345678908" },
  { "]d20107012345678908", "(01)07012345678908" },
  { "]e00107012345678908", "(01)07012345678908" },
  { "]Q30107012345678908", "(01)07012345678908" },
  { "\x1d" "0107012345678908", "(01)07012345678908" },
  { "]C1\x1d" "0107012345678908", "(01)07012345678908" },
  { "010701234567890821ABC", "(01)07012345678908(21)ABC" },
  { "010701234567890821ABC\x1d", "(01)07012345678908(21)ABC" },
  { "010701234567890821ABC\x1d" "17271231", "(01)07012345678908(21)ABC(17)271231" },
  { "0107012345678908\x1d" "21ABC", "(01)07012345678908(21)ABC" },
  { "010701234567890811260229", NULL },
  { "010701234567890811240229", "(01)07012345678908(11)240229" },
  { "010701234567890817270200", "(01)07012345678908(17)270200" },
  { "10LOT-1\x1d" "21S/N1", "(10)LOT-1(21)S/N1" },
  { "2001", "(20)01" },
  { "235ABC\x1d" "240DEF\x1d" "241GHI", "(235)ABC(240)DEF(241)GHI" },
  { "2112345678901234567890", "(21)12345678901234567890" },
  { "21A(1)", "(21)A\\(1\\)" },
  { "(01)07012345678908(21)ABC", "(01)07012345678908(21)ABC" },
  { "(01)7012345678908", "(01)07012345678908" },
  { "(01)70123453", NULL },
  { "(01)40170725", "(01)00000040170725" },
  { "(21)A\\(1\\)(10)B", "(21)A\\(1\\)(10)B" },
  { "21ABC\x1d" "21ABC", "(21)ABC" },
};

static void
test_accepted (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopGs1) gs1 = forlop_gs1_parse (accepted[i].scan, -1, YEAR, NULL, &error);

      g_test_message ("%s", accepted[i].scan);
      if (accepted[i].bracketed == NULL)
        {
          g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1);
          continue;
        }

      g_assert_no_error (error);
      g_autofree char *found = forlop_gs1_to_bracketed (gs1);
      g_assert_cmpstr (found, ==, accepted[i].bracketed);
    }
}

static const struct {
  const char *scan;
  unsigned int position;
  const char *reason;
} refused[] = {
  { "", 1, "nothing" },
  { "]C1", 4, "nothing" },
  { "]E07012345678908", 1, "not a GS1 code" },
  { "]C", 1, "not a GS1 code" },
  { "9912", 1, "known field" },
  { "0107012345678901", 16, "should be 8" },
  { "]C10107012345678901", 19, "should be 8" },
  { "010701234567890", 16, "14 digits" },
  { "0107012X45678908", 8, "digits only" },
  { "0107012\x1d" "45678908", 8, "14 digits" },
  { "010701234567890821", 19, "is empty" },
  { "010701234567890821\x1d" "10A", 19, "is empty" },
  { "21123456789012345678901", 23, "longer than 20" },
  { "21AB CD", 5, "not allowed" },
  { "21AB\xc3\xb8", 5, "not allowed" },
  { "17271301", 5, "not a date" },
  { "17270001", 5, "not a date" },
  { "17270001" "10A", 5, "not a date" },
  { "17270230", 7, "not a date" },
  { "11250229", 7, "not a date" },
  { "1727", 5, "6 digits" },
  { "17270101\x1d\x1d" "10A", 10, "known field" },
  { "20A1", 3, "digits only" },
  { "010701234567890817270101" "77", 25, "known field" },
  { "21ABC\x1d" "21ABD", 9, "twice" },
  { "(99)A", 2, "known field" },
  { "(1)A", 2, "known field" },
  { "(01)07012345678901", 18, "should be 8" },
  { "(01)7012345678901", 17, "should be 8" },
  { "(01)701234567890X", 17, "digits only" },
  { "(01)123", 8, "14 digits" },
  { "(21)", 5, "is empty" },
  { "(21)A\\(B C", 9, "not allowed" },
  { "(21)A(9)", 7, "known field" },
  { "(21", 1, "like (01)" },
};

static void
test_refused_with_position_and_reason (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      unsigned int position = 0;
      g_autoptr (ForlopGs1) gs1 = forlop_gs1_parse (refused[i].scan, -1, YEAR, &position, &error);

      g_test_message ("%s", refused[i].scan);
      g_assert_null (gs1);
      g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1);
      g_test_message ("%s", error->message);
      g_assert_cmpuint (position, ==, refused[i].position);
      g_assert_nonnull (strstr (error->message, refused[i].reason));
    }
}

static void
test_zero_byte_is_refused (void)
{
  unsigned int position = 0;
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_gs1_parse ("21A\0B", 5, YEAR, &position, &error));
  g_assert_cmpuint (position, ==, 4);
}

static void
test_century_of_two_digit_years (void)
{
  static const struct {
    int current_year;
    const char *digits;
    int year, month, day;
  } dates[] = {
    { 2026, "760101", 2076, 1, 1 },
    { 2026, "770101", 1977, 1, 1 },
    { 2026, "260101", 2026, 1, 1 },
    { 2026, "000200", 2000, 2, 29 },
    { 2026, "270200", 2027, 2, 28 },
    { 2026, "271200", 2027, 12, 31 },
    { 2026, "990600", 1999, 6, 30 },
    { 2049, "990101", 2099, 1, 1 },
    { 2049, "000101", 2000, 1, 1 },
    { 2050, "000101", 2100, 1, 1 },
    { 2051, "010101", 2101, 1, 1 },
    { 2051, "020101", 2002, 1, 1 },
    { 1999, "490101", 2049, 1, 1 },
    { 1999, "500101", 1950, 1, 1 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *scan = g_strconcat ("17", dates[i].digits, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopGs1) gs1 = forlop_gs1_parse (scan, -1, dates[i].current_year, NULL, &error);
      int year, month, day;

      g_assert_no_error (error);
      forlop_date_to_ymd (forlop_gs1_get_date (gs1, FORLOP_GS1_EXPIRY_DATE), &year, &month, &day);
      g_assert_cmpint (year, ==, dates[i].year);
      g_assert_cmpint (month, ==, dates[i].month);
      g_assert_cmpint (day, ==, dates[i].day);
      g_assert_cmpint (forlop_gs1_get_date (gs1, FORLOP_GS1_PRODUCTION_DATE), ==,
                       FORLOP_DATE_NONE);
    }
}

static void
test_article_numbers_are_padded (void)
{
  static const struct {
    const char *digits;
    const char *expected;
  } numbers[] = {
    { "40170725", "00000040170725" },
    { "036000291452", "00036000291452" },
    { "7012345678908", "07012345678908" },
    { "701 2345 678908", "07012345678908" },
    { "17012345678905", "17012345678905" },
    { "7012345678901", NULL },
    { "701234567890", NULL },
    { "123456789", NULL },
    { "70123456789OO", NULL },
    { "", NULL },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *found = forlop_gs1_normalize_gtin (numbers[i].digits, &error);

      g_assert_cmpstr (found, ==, numbers[i].expected);
      g_assert_true ((found == NULL) == (error != NULL));
    }
}

static void
test_labels_are_checked (void)
{
  g_autoptr (ForlopGs1) gs1 = forlop_gs1_new (YEAR);
  g_autoptr (GError) error = NULL;
  ForlopDate date;

  g_assert_false (forlop_gs1_add (gs1, FORLOP_GS1_GTIN, "07012345678901", &error));
  g_assert_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1);
  g_clear_error (&error);
  g_assert_false (forlop_gs1_add (gs1, FORLOP_GS1_SERIAL, "Blå", &error));
  g_clear_error (&error);
  g_assert_true (forlop_date_from_ymd (2077, 1, 1, &date));
  g_assert_false (forlop_gs1_add_date (gs1, FORLOP_GS1_EXPIRY_DATE, date, &error));
  g_clear_error (&error);

  g_assert_true (forlop_gs1_add (gs1, FORLOP_GS1_SERIAL, "AB-12", &error));
  g_assert_true (forlop_gs1_add (gs1, FORLOP_GS1_GTIN, "07012345678908", &error));
  g_assert_true (forlop_date_from_ymd (2076, 1, 1, &date));
  g_assert_true (forlop_gs1_add_date (gs1, FORLOP_GS1_EXPIRY_DATE, date, &error));

  g_autofree char *text = forlop_gs1_to_element_string (gs1);
  g_assert_cmpstr (text, ==, "21AB-12\x1d" "010701234567890817760101");
  g_assert_cmpuint (forlop_gs1_get_n_elements (gs1), ==, 3);
  g_assert_cmpstr (forlop_gs1_get_element (gs1, 0, NULL), ==, "AB-12");
  g_assert_cmpstr (forlop_gs1_get_value (gs1, FORLOP_GS1_BATCH), ==, NULL);
}

static void
add_random_element (ForlopGs1 *gs1,
                    GRand     *rand)
{
  static const char characters[] = "AZaz09!\"%&'()*+,-./:;<=>?_";
  static const char *const texts[] = {
    FORLOP_GS1_BATCH, FORLOP_GS1_SERIAL, FORLOP_GS1_THIRD_PARTY_SERIAL,
    FORLOP_GS1_ADDITIONAL_ID, FORLOP_GS1_CUSTOMER_PART,
  };
  g_autoptr (GError) error = NULL;

  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      ForlopDate date = g_rand_int_range (rand, 3000, 38000);

      g_assert_true (forlop_gs1_add_date (gs1, FORLOP_GS1_EXPIRY_DATE, date, &error) ||
                     error->message != NULL);
      return;
    }

  char value[21] = { 0 };
  int length = g_rand_int_range (rand, 1, 21);

  for (int i = 0; i < length; i++)
    value[i] = characters[g_rand_int_range (rand, 0, sizeof characters - 1)];

  /* The same identifier twice is refused and leaves the first one. */
  (void) forlop_gs1_add (gs1, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))], value,
                         &error);
}

static void
test_every_label_reads_back (void)
{
  guint32 seed = g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);

  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (ForlopGs1) gs1 = forlop_gs1_new (YEAR);
      g_autoptr (GError) error = NULL;

      while (forlop_gs1_get_n_elements (gs1) == 0 || g_rand_boolean (rand))
        add_random_element (gs1, rand);

      g_autofree char *plain = forlop_gs1_to_element_string (gs1);
      g_autofree char *bracketed = forlop_gs1_to_bracketed (gs1);
      g_autoptr (ForlopGs1) first = forlop_gs1_parse (plain, -1, YEAR, NULL, &error);
      g_assert_no_error (error);
      g_autoptr (ForlopGs1) second = forlop_gs1_parse (bracketed, -1, YEAR, NULL, &error);
      g_assert_no_error (error);
      g_autofree char *first_again = forlop_gs1_to_bracketed (first);
      g_autofree char *second_again = forlop_gs1_to_element_string (second);

      g_assert_cmpstr (first_again, ==, bracketed);
      g_assert_cmpstr (second_again, ==, plain);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gs1/accepted", test_accepted);
  g_test_add_func ("/gs1/refused-with-position-and-reason", test_refused_with_position_and_reason);
  g_test_add_func ("/gs1/zero-byte-is-refused", test_zero_byte_is_refused);
  g_test_add_func ("/gs1/century-of-two-digit-years", test_century_of_two_digit_years);
  g_test_add_func ("/gs1/article-numbers-are-padded", test_article_numbers_are_padded);
  g_test_add_func ("/gs1/labels-are-checked", test_labels_are_checked);
  g_test_add_func ("/gs1/every-label-reads-back", test_every_label_reads_back);

  return g_test_run ();
}
