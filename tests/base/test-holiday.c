/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-holiday.h"

static ForlopDate
day (const char *iso)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (iso, &date));
  return date;
}

/* The earliest and the latest there is (1818, 1943), both corrections of the lunar month (1954, 1981, 2049, 2076), leap
 * years and the years around now. */
static void
test_easter (void)
{
  static const char *const sundays[] = {
    "1818-03-22", "1900-04-15", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23",
    "2011-04-24", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20",
    "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17",
    "2034-04-09", "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (sundays); i++)
    {
      int year, month, of_month;

      forlop_date_to_ymd (day (sundays[i]), &year, &month, &of_month);
      g_assert_cmpint (forlop_date_easter (year), ==, day (sundays[i]));
    }
}

static void
test_easter_is_a_sunday_between_22_march_and_25_april (void)
{
  for (int year = 1583; year <= 4099; year++)
    {
      ForlopDate first, last, easter = forlop_date_easter (year);

      g_assert_true (forlop_date_from_ymd (year, 3, 22, &first) && forlop_date_from_ymd (year, 4, 25, &last));
      g_assert_cmpint (forlop_date_weekday (easter), ==, 7);
      g_assert_cmpint (easter, >=, first);
      g_assert_cmpint (easter, <=, last);
    }
}

/* Every holiday of the year, and nothing else in it. */
static void
assert_year (const char *const *holidays)
{
  int year, month, of_month;
  ForlopDate first, next;
  unsigned int n = 0;

  forlop_date_to_ymd (day (holidays[0]), &year, &month, &of_month);
  g_assert_true (forlop_date_from_ymd (year, 1, 1, &first) && forlop_date_from_ymd (year + 1, 1, 1, &next));
  for (ForlopDate date = first; date < next; date++)
    if (forlop_date_is_holiday (date))
      {
        g_autofree char *found = forlop_date_to_iso (date);

        g_assert_cmpstr (found, ==, holidays[n]);
        n++;
      }
  g_assert_null (holidays[n]);
}

static void
test_every_holiday_of_a_year (void)
{
  static const char *const y2024[] = { "2024-01-01", "2024-03-28", "2024-03-29", "2024-03-31", "2024-04-01", "2024-05-01",
                                       "2024-05-09", "2024-05-17", "2024-05-19", "2024-05-20", "2024-12-25", "2024-12-26",
                                       NULL };
  static const char *const y2026[] = { "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01",
                                       "2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
                                       NULL };
  static const char *const y2027[] = { "2027-01-01", "2027-03-25", "2027-03-26", "2027-03-28", "2027-03-29", "2027-05-01",
                                       "2027-05-06", "2027-05-16", "2027-05-17", "2027-12-25", "2027-12-26", NULL };
  /* 1 May is Ascension Day as well. */
  static const char *const y2008[] = { "2008-01-01", "2008-03-20", "2008-03-21", "2008-03-23", "2008-03-24", "2008-05-01",
                                       "2008-05-11", "2008-05-12", "2008-05-17", "2008-12-25", "2008-12-26", NULL };

  assert_year (y2024);
  assert_year (y2026);
  assert_year (y2027);
  assert_year (y2008);
}

static void
test_an_eve_is_an_ordinary_day (void)
{
  static const char *const eves[] = { "2026-04-01", "2026-04-04", "2026-05-23", "2026-12-24", "2026-12-31", "2026-11-22" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (eves); i++)
    g_assert_false (forlop_date_is_holiday (day (eves[i])));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holiday/easter", test_easter);
  g_test_add_func ("/holiday/easter-is-a-sunday-between-22-march-and-25-april",
                   test_easter_is_a_sunday_between_22_march_and_25_april);
  g_test_add_func ("/holiday/every-holiday-of-a-year", test_every_holiday_of_a_year);
  g_test_add_func ("/holiday/an-eve-is-an-ordinary-day", test_an_eve_is_an_ordinary_day);

  return g_test_run ();
}
