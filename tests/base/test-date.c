/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>

#include "forlop-date.h"
#include "forlop-error.h"

static ForlopDate
day (const char *iso)
{
  ForlopDate date = FORLOP_DATE_NONE;

  g_assert_true (forlop_date_from_iso (iso, &date));
  return date;
}

static void
assert_iso (ForlopDate  date,
            const char *expected)
{
  g_autofree char *iso = forlop_date_to_iso (date);

  g_assert_cmpstr (iso, ==, expected);
}

static void
test_epoch (void)
{
  g_assert_cmpint (day ("1970-01-01"), ==, 0);
  g_assert_cmpint (day ("1969-12-31"), ==, -1);
  g_assert_cmpint (day ("2000-03-01"), ==, 11017);
  g_assert_cmpint (day ("2026-11-22"), ==, 20779);
}

/* GLib's own calendar is the referee for every day of five centuries. */
static void
test_agrees_with_glib (void)
{
  for (ForlopDate date = day ("1700-01-01"); date <= day ("2200-12-31"); date++)
    {
      int year, month, month_day, week_year;
      ForlopDate again = FORLOP_DATE_NONE;
      GDate reference;

      g_date_clear (&reference, 1);
      g_date_set_julian (&reference, date + 719163);
      forlop_date_to_ymd (date, &year, &month, &month_day);

      g_assert_cmpint (year, ==, g_date_get_year (&reference));
      g_assert_cmpint (month, ==, g_date_get_month (&reference));
      g_assert_cmpint (month_day, ==, g_date_get_day (&reference));
      g_assert_cmpint (forlop_date_weekday (date), ==, g_date_get_weekday (&reference));
      g_assert_cmpint (forlop_date_iso_week (date, &week_year), ==,
                       g_date_get_iso8601_week_of_year (&reference));
      g_assert_cmpint (ABS (week_year - year), <=, 1);
      g_assert_true (forlop_date_from_ymd (year, month, month_day, &again));
      g_assert_cmpint (again, ==, date);
    }
}

static void
test_impossible_days_are_refused (void)
{
  static const int wrong[][3] = {
    { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 }, { 2026, 0, 1 },   { 2026, 13, 1 },
    { 2026, 1, 0 },  { 2026, 1, 32 }, { 0, 1, 1 },     { 10000, 1, 1 }, { 2026, -1, 1 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      ForlopDate date = 42;

      g_assert_false (forlop_date_from_ymd (wrong[i][0], wrong[i][1], wrong[i][2], &date));
      g_assert_cmpint (date, ==, 42);
    }

  g_assert_true (forlop_date_from_ymd (2000, 2, 29, NULL));
  g_assert_true (forlop_date_from_ymd (9999, 12, 31, NULL));
}

static void
test_iso_form_is_exact (void)
{
  static const char *const wrong[] = {
    "",           "2026-11-2",  "2026-1-22",   "22.11.2026",  "2026/11/22", " 2026-11-22",
    "2026-11-22 ", "2026-11-32", "+026-11-22", "2026-11-2x", "20261122",   "2026-02-29",
  };

  g_assert_false (forlop_date_from_iso (NULL, NULL));
  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (forlop_date_from_iso (wrong[i], NULL));

  assert_iso (day ("0001-01-01"), "0001-01-01");
  assert_iso (day ("9999-12-31"), "9999-12-31");
  assert_iso (FORLOP_DATE_NONE, NULL);
}

static void
test_reads_what_people_type (void)
{
  static const struct { const char *typed; const char *iso; } cases[] = {
    { "22.11.2026", "2026-11-22" }, { "22.11.26", "2026-11-22" },   { "221126", "2026-11-22" },
    { "22112026", "2026-11-22" },   { "2026-11-22", "2026-11-22" }, { " 3.7.2026 ", "2026-07-03" },
    { "3.7.26", "2026-07-03" },     { "15071929", "1929-07-15" },   { "29022024", "2024-02-29" },
    { "01.01.46", "2046-01-01" },   { "01.01.47", "1947-01-01" },   { "120354", "1954-03-12" },
    { "01.01.00", "2000-01-01" },   { "010199", "1999-01-01" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ForlopDate date = FORLOP_DATE_NONE;

      g_assert_true (forlop_date_parse (cases[i].typed, day ("2026-11-22"), &date, &error));
      g_assert_no_error (error);
      assert_iso (date, cases[i].iso);
    }
}

static void
test_refuses_other_text_with_a_sentence (void)
{
  static const char *const wrong[] = {
    "",           "i dag",     "22.11",     "22.11.",      "22.11.226", "221.1.2026", "22/11/2026",
    "2211202",    "22.11.026", "31.02.2026", "29.02.2026", "320126",   "20261122",   "22.11.2026x",
    "22..2026",   "-1.1.2026", "22.11.20266", "\xff",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      ForlopDate date = 0;

      g_assert_false (forlop_date_parse (wrong[i], day ("2026-11-22"), &date, &error));
      g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_short_year_needs_today (void)
{
  g_autoptr (GError) error = NULL;
  ForlopDate date = 0;

  g_assert_false (forlop_date_parse ("22.11.26", FORLOP_DATE_NONE, &date, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_true (forlop_date_parse ("22.11.2026", FORLOP_DATE_NONE, &date, NULL));
}

static void
test_month_ends (void)
{
  assert_iso (forlop_date_add_months (day ("2026-01-31"), 1), "2026-02-28");
  assert_iso (forlop_date_add_months (day ("2024-01-31"), 1), "2024-02-29");
  assert_iso (forlop_date_add_months (day ("2026-11-30"), 3), "2027-02-28");
  assert_iso (forlop_date_add_months (day ("2026-11-22"), 3), "2027-02-22");
  assert_iso (forlop_date_add_months (day ("2026-03-31"), -1), "2026-02-28");
  assert_iso (forlop_date_add_months (day ("2026-01-15"), -1), "2025-12-15");
  assert_iso (forlop_date_add_months (day ("2026-05-31"), -24), "2024-05-31");
  assert_iso (forlop_date_add_months (day ("2026-05-31"), 0), "2026-05-31");
  g_assert_cmpint (forlop_date_add_months (FORLOP_DATE_NONE, 3), ==, FORLOP_DATE_NONE);
}

static void
test_weeks_around_new_year (void)
{
  int year = 0;

  g_assert_cmpint (forlop_date_iso_week (day ("2026-12-31"), &year), ==, 53);
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (forlop_date_iso_week (day ("2027-01-03"), &year), ==, 53);
  g_assert_cmpint (year, ==, 2026);
  g_assert_cmpint (forlop_date_iso_week (day ("2024-12-30"), &year), ==, 1);
  g_assert_cmpint (year, ==, 2025);
  g_assert_cmpint (forlop_date_weekday (day ("2026-11-22")), ==, 7);
}

static void
test_age_is_whole_years (void)
{
  g_assert_cmpint (forlop_date_age (day ("1929-07-15"), day ("2023-01-10")), ==, 93);
  g_assert_cmpint (forlop_date_age (day ("1929-07-15"), day ("2023-07-14")), ==, 93);
  g_assert_cmpint (forlop_date_age (day ("1929-07-15"), day ("2023-07-15")), ==, 94);
  g_assert_cmpint (forlop_date_age (day ("2000-02-29"), day ("2018-02-28")), ==, 17);
  g_assert_cmpint (forlop_date_age (day ("2000-02-29"), day ("2018-03-01")), ==, 18);
  g_assert_cmpint (forlop_date_age (day ("2026-11-22"), day ("2026-11-22")), ==, 0);
  g_assert_cmpint (forlop_date_age (day ("2026-11-23"), day ("2026-11-22")), ==, -1);
  g_assert_cmpint (forlop_date_age (FORLOP_DATE_NONE, day ("2026-11-22")), ==, -1);
}

static void
test_format (void)
{
  g_autofree char *date = forlop_date_format (day ("2026-07-03"));
  g_autofree char *none = forlop_date_format (FORLOP_DATE_NONE);

  g_assert_cmpstr (date, ==, "03.07.2026");
  g_assert_cmpstr (none, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date/first-of-january-1970-is-day-0", test_epoch);
  g_test_add_func ("/date/every-day-of-five-centuries-agrees-with-glib", test_agrees_with_glib);
  g_test_add_func ("/date/impossible-days-are-refused", test_impossible_days_are_refused);
  g_test_add_func ("/date/iso-form-is-exact", test_iso_form_is_exact);
  g_test_add_func ("/date/reads-what-people-type", test_reads_what_people_type);
  g_test_add_func ("/date/refuses-other-text-with-a-sentence",
                   test_refuses_other_text_with_a_sentence);
  g_test_add_func ("/date/short-year-needs-today", test_short_year_needs_today);
  g_test_add_func ("/date/shorter-month-gives-its-last-day", test_month_ends);
  g_test_add_func ("/date/week-belongs-to-the-year-of-its-thursday", test_weeks_around_new_year);
  g_test_add_func ("/date/age-is-whole-years", test_age_is_whole_years);
  g_test_add_func ("/date/shown-as-day-month-year", test_format);

  return g_test_run ();
}
