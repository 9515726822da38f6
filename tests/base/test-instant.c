/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib.h>

#include "forlop-clock.h"
#include "forlop-date.h"

static ForlopDate
day (const char *iso)
{
  ForlopDate date = FORLOP_DATE_NONE;

  g_assert_true (forlop_date_from_iso (iso, &date));
  return date;
}

static void
assert_instant (gint64      at_ms,
                const char *expected)
{
  g_autofree char *iso = forlop_instant_to_iso (at_ms);

  g_assert_cmpstr (iso, ==, expected);
}

static void
assert_wall (const char *date,
             int         hour,
             int         minute,
             const char *expected)
{
  assert_instant (forlop_instant_from_wall (day (date), hour * 60 + minute), expected);
}

static void
test_winter_and_summer (void)
{
  assert_wall ("2026-11-22", 7, 12, "2026-11-22T06:12:00.000Z");
  assert_wall ("2026-07-03", 14, 30, "2026-07-03T12:30:00.000Z");
  assert_wall ("2026-01-01", 0, 0, "2025-12-31T23:00:00.000Z");
  assert_wall ("2026-11-22", 24, 0, "2026-11-22T23:00:00.000Z");
}

static void
test_spring (void)
{
  assert_wall ("2026-03-29", 1, 59, "2026-03-29T00:59:00.000Z");
  assert_wall ("2026-03-29", 2, 0, "2026-03-29T01:00:00.000Z");
  assert_wall ("2026-03-29", 2, 30, "2026-03-29T01:30:00.000Z");
  assert_wall ("2026-03-29", 3, 0, "2026-03-29T01:00:00.000Z");
  assert_wall ("2026-03-29", 3, 30, "2026-03-29T01:30:00.000Z");
  assert_wall ("2026-03-30", 2, 30, "2026-03-30T00:30:00.000Z");

  gint64 skipped = forlop_instant_from_wall (day ("2026-03-29"), 150);

  g_assert_cmpint (forlop_instant_to_minute (skipped), ==, 210);
  g_assert_cmpint (forlop_instant_to_date (skipped), ==, day ("2026-03-29"));
}

static void
test_autumn (void)
{
  assert_wall ("2026-10-25", 1, 59, "2026-10-24T23:59:00.000Z");
  assert_wall ("2026-10-25", 2, 0, "2026-10-25T00:00:00.000Z");
  assert_wall ("2026-10-25", 2, 30, "2026-10-25T00:30:00.000Z");
  assert_wall ("2026-10-25", 3, 0, "2026-10-25T02:00:00.000Z");

  gint64 second = forlop_instant_from_wall (day ("2026-10-25"), 150) + FORLOP_HOUR;

  g_assert_cmpint (forlop_instant_to_minute (second), ==, 150);
}

/* Every hour of thirty years goes to the wall and comes back, but for the repeated ones. */
static void
test_wall_round_trip (void)
{
  gint64 first = forlop_instant_from_wall (day ("2010-01-01"), 0);
  gint64 last = forlop_instant_from_wall (day ("2040-01-01"), 0);
  int n_repeated = 0;

  for (gint64 at_ms = first; at_ms < last; at_ms += FORLOP_HOUR)
    {
      gint64 again = forlop_instant_from_wall (forlop_instant_to_date (at_ms),
                                               forlop_instant_to_minute (at_ms));

      if (again != at_ms)
        {
          g_assert_cmpint (again, ==, at_ms - FORLOP_HOUR);
          n_repeated++;
        }
    }

  g_assert_cmpint (n_repeated, ==, 30);
}

static void
test_day_of_an_instant_is_oslos (void)
{
  gint64 at_ms;

  g_assert_true (forlop_instant_from_iso ("2026-07-02T22:30:00Z", &at_ms));
  g_assert_cmpint (forlop_instant_to_date (at_ms), ==, day ("2026-07-03"));
  g_assert_cmpint (forlop_instant_to_minute (at_ms), ==, 30);
  g_assert_true (forlop_instant_from_iso ("1969-12-31T22:59:59.999Z", &at_ms));
  g_assert_cmpint (forlop_instant_to_date (at_ms), ==, -1);
  g_assert_cmpint (forlop_instant_to_minute (at_ms), ==, 1439);
}

static void
test_reads_rfc3339 (void)
{
  static const struct { const char *text; const char *expected; } cases[] = {
    { "2026-11-22T06:12:00Z", "2026-11-22T06:12:00.000Z" },
    { "2026-11-22t06:12:00.5z", "2026-11-22T06:12:00.500Z" },
    { "2026-11-22T07:12:00.123456+01:00", "2026-11-22T06:12:00.123Z" },
    { "2026-11-22T00:42:00-05:30", "2026-11-22T06:12:00.000Z" },
    { "2026-11-22T06:12Z", "2026-11-22T06:12:00.000Z" },
    { "2026-11-22T07:12", "2026-11-22T06:12:00.000Z" },
    { "2026-07-03 14:30:15", "2026-07-03T12:30:15.000Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z" },
    { "2026-11-22T00:00:00+14:00", "2026-11-21T10:00:00.000Z" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 at_ms = FORLOP_INSTANT_NONE;

      g_assert_true (forlop_instant_from_iso (cases[i].text, &at_ms));
      assert_instant (at_ms, cases[i].expected);
    }
}

static void
test_refuses_other_instants (void)
{
  static const char *const wrong[] = {
    "",                        "2026-11-22",               "2026-11-22T",
    "2026-11-22T06",           "2026-11-22T24:00:00Z",     "2026-11-22T06:60:00Z",
    "2026-11-22T06:12:61Z",    "2026-11-22T06:12:00.Z",    "2026-11-22T06:12:00+1:00",
    "2026-11-22T06:12:00+01",  "2026-11-22T06:12:00+0100", "2026-11-22T06:12:00Zx",
    "2026-02-30T06:12:00Z",    "2026-11-22X06:12:00Z",     "2026-11-22T06:12:00+24:00",
    "2026-11-22T06:12:0Z",     "0001-01-01T00:00:00+14:00", "2026-11-22T06.12.00Z",
  };

  g_assert_false (forlop_instant_from_iso (NULL, &(gint64) { 0 }));
  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 at_ms = 42;

      g_assert_false (forlop_instant_from_iso (wrong[i], &at_ms));
      g_assert_cmpint (at_ms, ==, 42);
    }
}

static void
test_no_instant (void)
{
  g_autofree char *text = forlop_instant_format (FORLOP_INSTANT_NONE);

  assert_instant (FORLOP_INSTANT_NONE, NULL);
  assert_instant (G_MAXINT64, NULL);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (forlop_instant_to_date (FORLOP_INSTANT_NONE), ==, FORLOP_DATE_NONE);
  g_assert_cmpint (forlop_instant_to_date (G_MAXINT64), ==, FORLOP_DATE_NONE);
  g_assert_true (forlop_instant_from_wall (FORLOP_DATE_NONE, 0) == FORLOP_INSTANT_NONE);
}

static void
test_shown_in_wall_time (void)
{
  g_autofree char *text = NULL;
  gint64 at_ms;

  g_assert_true (forlop_instant_from_iso ("2026-07-03T12:30:59Z", &at_ms));
  text = forlop_instant_format (at_ms);
  g_assert_cmpstr (text, ==, "03.07.2026 14.30");
}

static void
test_manual_clock_stands_still (void)
{
  g_autoptr (ForlopClock) clock = forlop_clock_new_manual (FORLOP_DAY);

  g_assert_cmpint (forlop_clock_now (clock), ==, FORLOP_DAY);
  g_assert_cmpint (forlop_clock_now (clock), ==, FORLOP_DAY);
  forlop_clock_set (clock, 2 * FORLOP_DAY);
  g_assert_cmpint (forlop_clock_now (clock), ==, 2 * FORLOP_DAY);
  g_assert_cmpint (forlop_clock_today (clock), ==, 2);
  forlop_clock_set (clock, 0);
  g_assert_cmpint (forlop_clock_now (clock), ==, 0);
}

static void
test_running_clock_runs_on (void)
{
  g_autoptr (ForlopClock) clock = forlop_clock_new_from (FORLOP_DAY);
  gint64 earlier = forlop_clock_now (clock);

  g_assert_cmpint (earlier, >=, FORLOP_DAY);
  g_assert_cmpint (earlier, <, FORLOP_DAY + FORLOP_HOUR);
  while (forlop_clock_now (clock) <= earlier)
    g_thread_yield ();

  forlop_clock_set (clock, 30 * FORLOP_DAY);
  g_assert_cmpint (forlop_clock_today (clock), ==, 30);
}

static void
test_system_clock (void)
{
  g_autoptr (ForlopClock) clock = forlop_clock_new_system ();
  gint64 before = g_get_real_time () / 1000;
  gint64 now = forlop_clock_now (clock);
  gint64 after = g_get_real_time () / 1000;

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
}

static void
test_tolerance (void)
{
  g_autoptr (ForlopClock) machines = forlop_clock_new_system ();
  g_autoptr (ForlopClock) told = forlop_clock_new_from (FORLOP_DAY);

  g_assert_cmpint (forlop_clock_get_tolerance (machines), ==, FORLOP_HOUR);
  g_assert_cmpint (forlop_clock_get_tolerance (told), ==, FORLOP_DAY);
}

int
main (int   argc,
      char *argv[])
{
  /* Wall time is Oslo's whatever the machine is set to. */
  g_setenv ("TZ", "Pacific/Auckland", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/instant/winter-and-summer-time", test_winter_and_summer);
  g_test_add_func ("/date/spring-change-skips-an-hour", test_spring);
  g_test_add_func ("/date/autumn-change-gives-the-first-of-two-hours", test_autumn);
  g_test_add_func ("/instant/every-hour-comes-back-from-the-wall", test_wall_round_trip);
  g_test_add_func ("/instant/day-and-minute-are-oslos", test_day_of_an_instant_is_oslos);
  g_test_add_func ("/instant/reads-rfc3339-with-any-offset", test_reads_rfc3339);
  g_test_add_func ("/instant/refuses-anything-else", test_refuses_other_instants);
  g_test_add_func ("/instant/no-instant-has-no-text-and-no-date", test_no_instant);
  g_test_add_func ("/instant/shown-in-wall-time", test_shown_in_wall_time);
  g_test_add_func ("/clock/manual-stands-still-until-moved", test_manual_clock_stands_still);
  g_test_add_func ("/clock/running-runs-on-from-where-it-was-set", test_running_clock_runs_on);
  g_test_add_func ("/clock/system-is-the-machines", test_system_clock);

  g_test_add_func ("/clock/one-that-was-only-told-the-day-may-show-any-hour-of-it", test_tolerance);

  return g_test_run ();
}
