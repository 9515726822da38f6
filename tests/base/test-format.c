/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>
#include <math.h>

#include "forlop-error.h"
#include "forlop-format.h"

#define NBSP "\u00a0"

static void
test_number_format (void)
{
  static const struct { double value; int decimals; gboolean fixed; const char *text; } cases[] = {
    { 3.5, 1, FALSE, "3,5" },      { 3.5, 2, TRUE, "3,50" },      { 3, 2, FALSE, "3" },
    { 1821, 0, FALSE, "1" NBSP "821" },
    { 1234567.891, 2, FALSE, "1" NBSP "234" NBSP "567,89" },
    { 999, 0, FALSE, "999" },      { -2, 0, FALSE, "−2" },        { -0.04, 1, FALSE, "0" },
    { -0.04, 1, TRUE, "0,0" },     { 0, 0, FALSE, "0" },          { 100, 1, FALSE, "100" },
    { 999.96, 1, FALSE, "1" NBSP "000" }, { 1e15, 0, FALSE, "1" NBSP "000" NBSP "000" NBSP "000"
                                            NBSP "000" NBSP "000" },
    { 0.5, 3, TRUE, "0,500" },     { -1821.5, 1, FALSE, "−1" NBSP "821,5" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = forlop_number_format (cases[i].value, cases[i].decimals,
                                                    cases[i].fixed);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_number_parse (void)
{
  static const struct { const char *text; double value; } cases[] = {
    { "3,5", 3.5 },      { "3.5", 3.5 },         { "1 821", 1821 },        { "−2", -2 },
    { "-2,5", -2.5 },    { " 72 ", 72 },         { "1" NBSP "821,25", 1821.25 },
    { "0", 0 },          { "007", 7 },           { "1 234 567", 1234567 }, { "1821", 1821 },
    { "-0", 0 },         { "0,1", 0.1 },         { "999999999999999", 999999999999999.0 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      double value = NAN;

      g_assert_true (forlop_number_parse (cases[i].text, &value, &error));
      g_assert_no_error (error);
      g_assert_true (value == cases[i].value);
      g_assert_false (signbit (value) && value == 0);
    }
}

static void
test_number_refused (void)
{
  static const char *const wrong[] = {
    "",      "-",     "abc",  "3,",    ",5",     "3,5,5", "1.821,5", "18 21",  "1821 000",
    "1  821", "1e5",   "nan",  "inf",   "0x10",   "+3",    "--3",     "3 kg",   "1 82",
    "1 8211", "\xff",  "1,5 0", "9999999999999999",        "- 2",     "३",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      double value = 42;

      g_assert_false (forlop_number_parse (wrong[i], &value, &error));
      g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
      g_assert_true (value == 42);
    }
}

static void
test_number_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  g_test_message ("seed 20261122");
  for (int i = 0; i < 10000; i++)
    {
      int decimals = g_rand_int_range (rand, 0, 7);
      double scale = pow (10, decimals);
      double value = round (g_rand_double_range (rand, -1e6, 1e6) * scale) / scale;
      g_autofree char *text = forlop_number_format (value, decimals, g_rand_boolean (rand));
      double again = NAN;

      g_assert_true (forlop_number_parse (text, &again, NULL));
      g_assert_cmpfloat_with_epsilon (again, value, 1e-9);
    }
}

static void
test_phone_normalize (void)
{
  static const struct { const char *text; const char *expected; } cases[] = {
    { "412 34 567", "41234567" },        { "22334455", "22334455" },
    { "+47 22 33 44 55", "22334455" },   { "004722334455", "22334455" },
    { "+46 70-123 45 67", "+46701234567" }, { "0046701234567", "+46701234567" },
    { " 412" NBSP "34" NBSP "567 ", "41234567" }, { "+47 580001234567", "+47580001234567" },
    { "1234567", NULL },                 { "123456789", NULL },
    { "+4712345", NULL },                { "+", NULL },
    { "", NULL },                        { "4123456a", NULL },
    { "+12345", NULL },                  { "+1234567890123456", NULL },
    { "+0123456789", NULL },             { "\xff\xff\xff\xff\xff\xff\xff\xff", NULL },
    { "41234567 / 22334455", NULL },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *phone = forlop_phone_normalize (cases[i].text, &error);

      g_assert_cmpstr (phone, ==, cases[i].expected);
      if (phone == NULL)
        g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

static void
test_phone_format (void)
{
  static const struct { const char *phone; const char *expected; } cases[] = {
    { "41234567", "412" NBSP "34" NBSP "567" },
    { "91234567", "912" NBSP "34" NBSP "567" },
    { "80012345", "800" NBSP "12" NBSP "345" },
    { "22334455", "22" NBSP "33" NBSP "44" NBSP "55" },
    { "+46701234567", "+46701234567" },
    { "", "" },
    { "113", "113" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = forlop_phone_format (cases[i].phone);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_relative (void)
{
  static const struct { const char *at; const char *expected; } cases[] = {
    { "2026-11-22T14:30:30", "just now" },   { "2026-11-22T14:29:30", "just now" },
    { "2026-11-22T14:18:00", "12 min ago" }, { "2026-11-22T15:29:59", "in 59 min" },
    { "2026-11-22T08:10:00", "today 08.10" },  { "2026-11-22T23:59:00", "today 23.59" },
    { "2026-11-21T14:10:00", "yesterday 14.10" }, { "2026-11-23T00:00:00", "tomorrow 00.00" },
    { "2026-11-20T23:00:00", "2 days ago" }, { "2026-11-16T23:00:00", "6 days ago" },
    { "2026-11-15T23:00:00", "15.11.2026" }, { "2026-11-25T01:00:00", "in 3 days" },
    { "2026-11-29T01:00:00", "29.11.2026" }, { "1929-07-15T12:00:00", "15.07.1929" },
  };
  gint64 now_ms;

  g_assert_true (forlop_instant_from_iso ("2026-11-22T14:30:00", &now_ms));
  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 at_ms;

      g_assert_true (forlop_instant_from_iso (cases[i].at, &at_ms));

      g_autofree char *text = forlop_instant_format_relative (at_ms, now_ms);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }

  g_autofree char *none = forlop_instant_format_relative (FORLOP_INSTANT_NONE, now_ms);

  g_assert_cmpstr (none, ==, "");
}

static void
test_duration (void)
{
  static const struct { gint64 duration; const char *expected; } cases[] = {
    { 0, "0 s" },
    { 45 * 1000, "45 s" },
    { 14 * FORLOP_MINUTE + 59000, "14 min" },
    { 62 * FORLOP_MINUTE, "1 h 2 min" },
    { 2 * FORLOP_HOUR, "2 h" },
    { -62 * FORLOP_MINUTE, "1 h 2 min" },
    { FORLOP_DAY, "1 day" },
    { FORLOP_DAY + 2 * FORLOP_HOUR, "1 day 2 h" },
    { 2 * FORLOP_DAY + 23 * FORLOP_HOUR, "2 days 23 h" },
    { 3 * FORLOP_DAY + 23 * FORLOP_HOUR, "3 days" },
    { G_MININT64, "2147483647 days" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = forlop_duration_format (cases[i].duration);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/number-has-decimal-comma-and-grouped-thousands", test_number_format);
  g_test_add_func ("/format/number-reads-what-people-type", test_number_parse);
  g_test_add_func ("/format/number-refuses-anything-else", test_number_refused);
  g_test_add_func ("/format/number-reads-what-it-wrote", test_number_round_trip);
  g_test_add_func ("/format/phone-keeps-digits-only", test_phone_normalize);
  g_test_add_func ("/format/phone-is-grouped-by-kind", test_phone_format);
  g_test_add_func ("/format/relative-time", test_relative);
  g_test_add_func ("/format/duration", test_duration);

  return g_test_run ();
}
