/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-escalation.h"

#include "forlop-date.h"

static gint64
wall (const char *text)
{
  gint64 at_ms;

  g_assert_true (forlop_instant_from_iso (text, &at_ms));
  return at_ms;
}

static void
assert_passes_over_holidays (const char *holidays,
                             int         opens,
                             int         closes,
                             const char *weekdays,
                             const char *from,
                             int         minutes,
                             const char *expected)
{
  ForlopOpeningHours hours;
  g_autofree char *found = NULL;
  g_autofree char *wanted = forlop_instant_to_iso (wall (expected));

  forlop_opening_hours_set (&hours, opens, closes, weekdays, holidays);
  found = forlop_instant_to_iso (forlop_opening_hours_pass (&hours, wall (from), minutes * FORLOP_MINUTE));
  g_assert_cmpstr (found, ==, wanted);
}

static void
assert_passes (int         opens,
               int         closes,
               const char *weekdays,
               const char *from,
               int         minutes,
               const char *expected)
{
  assert_passes_over_holidays (NULL, opens, closes, weekdays, from, minutes, expected);
}

static void
test_no_hours_are_always_open (void)
{
  assert_passes (-1, -1, NULL, "2026-11-22T03:00:00", 60, "2026-11-22T04:00:00");
  assert_passes (8 * 60, -1, NULL, "2026-11-22T23:30:00", 60, "2026-11-23T00:30:00");
  assert_passes (0, 0, NULL, "2026-11-22T23:30:00", 1440, "2026-11-23T23:30:00");
}

/* 22 November 2026 is a Sunday. */
static void
test_only_open_minutes_count (void)
{
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-23T09:00:00", 60, "2026-11-23T10:00:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-23T06:00:00", 60, "2026-11-23T09:00:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-23T15:00:00", 30, "2026-11-23T15:30:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-23T15:00:00", 60, "2026-11-24T08:30:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-20T15:00:00", 60, "2026-11-23T08:30:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-11-22T12:00:00", 1, "2026-11-23T08:01:00");
  assert_passes (480, 930, "1", "2026-11-23T08:00:00", 1440, "2026-12-14T09:30:00");
}

static void
test_open_through_the_night (void)
{
  assert_passes (22 * 60, 6 * 60, NULL, "2026-11-23T01:00:00", 60, "2026-11-23T02:00:00");
  assert_passes (22 * 60, 6 * 60, NULL, "2026-11-23T05:30:00", 60, "2026-11-23T22:30:00");
  /* The night to Sunday belongs to Saturday. */
  assert_passes (22 * 60, 6 * 60, "6", "2026-11-22T01:00:00", 60, "2026-11-22T02:00:00");
}

/* Maundy Thursday is 2 April 2026 and Easter Monday the 6th. */
static void
test_a_holiday_is_as_a_sunday (void)
{
  assert_passes (480, 930, "1 2 3 4 5", "2026-04-01T15:00:00", 60, "2026-04-07T08:30:00");
  assert_passes (480, 930, NULL, "2026-04-01T15:00:00", 60, "2026-04-02T08:30:00");
  assert_passes (480, 930, "7", "2026-04-01T15:00:00", 60, "2026-04-02T09:00:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-05-13T15:00:00", 60, "2026-05-15T08:30:00");
  assert_passes (480, 930, "1 2 3 4 5", "2026-12-24T15:00:00", 60, "2026-12-28T08:30:00");
  assert_passes_over_holidays ("sunday", 480, 930, "1 2 3 4 5", "2026-04-30T15:00:00", 60, "2026-05-04T08:30:00");
}

static void
test_a_unit_may_be_open_or_closed_on_holidays (void)
{
  assert_passes_over_holidays ("usual", 480, 930, "1 2 3 4 5", "2026-04-01T15:00:00", 60, "2026-04-02T08:30:00");
  assert_passes_over_holidays ("usual", 480, 930, "1 2 3 4 5", "2026-04-03T15:00:00", 60, "2026-04-06T08:30:00");
  assert_passes_over_holidays ("closed", 480, 930, NULL, "2026-04-01T15:00:00", 60, "2026-04-04T08:30:00");
  assert_passes_over_holidays ("closed", -1, -1, NULL, "2026-04-02T12:00:00", 60, "2026-04-04T01:00:00");
  assert_passes_over_holidays (NULL, -1, -1, NULL, "2026-04-02T12:00:00", 60, "2026-04-02T13:00:00");
  /* The night from the Wednesday before is the Wednesday's. */
  assert_passes_over_holidays ("closed", 22 * 60, 6 * 60, NULL, "2026-04-01T23:00:00", 360, "2026-04-02T05:00:00");
  assert_passes_over_holidays ("closed", 22 * 60, 6 * 60, NULL, "2026-04-01T23:00:00", 480, "2026-04-04T23:00:00");
  /* A minute a week, a day long. */
  assert_passes_over_holidays ("closed", 480, 481, "1", "2026-01-05T08:00:00", 1440, "2055-01-18T08:01:00");
}

/* The clock goes from 02 to 03 on 29 March and from 03 to 02 on 25 October 2026. */
static void
test_clock_change_counts_time_that_passes (void)
{
  assert_passes (-1, -1, NULL, "2026-03-29T01:30:00", 60, "2026-03-29T03:30:00");
  assert_passes (-1, -1, NULL, "2026-10-25T01:30:00+02:00", 120, "2026-10-25T02:30:00+01:00");
  assert_passes (22 * 60, 6 * 60, "6", "2026-03-28T22:00:00", 7 * 60, "2026-03-29T06:00:00");
  assert_passes (22 * 60, 6 * 60, "6", "2026-10-24T22:00:00", 9 * 60, "2026-10-25T06:00:00");
  assert_passes (480, 930, NULL, "2026-03-28T15:00:00", 60, "2026-03-29T08:30:00");
  assert_passes (480, 930, NULL, "2026-10-24T15:00:00", 60, "2026-10-25T08:30:00");
  /* An opening in the hour that is skipped is at the instant at which it would have been. */
  assert_passes (150, 240, NULL, "2026-03-29T00:00:00", 10, "2026-03-29T03:40:00");
}

static ForlopRecord *
red_alert (const char *status)
{
  ForlopRecord *alert = forlop_record_new (forlop_record_type_find ("alert"), "01900000-0000-7000-8000-000000000001");

  forlop_record_set_text (alert, "severity", "red");
  forlop_record_set_text (alert, "status", status);
  forlop_record_set_instant (alert, "raised_at", wall ("2026-11-23T08:10:00"));

  return alert;
}

static ForlopRecord *
with_minutes (int minutes)
{
  ForlopRecord *profile =
    forlop_record_new (forlop_record_type_find ("profile"), "01900000-0000-7000-8000-000000000002");

  if (minutes > 0)
    forlop_record_set_integer (profile, "escalate_minutes", minutes);

  return profile;
}

static void
test_only_a_red_that_nobody_has_taken (void)
{
  static const char *const others[] = { "taken", "handled", "ignored", "closed" };
  g_autoptr (ForlopRecord) alert = red_alert ("new");
  g_autoptr (ForlopRecord) profile = with_minutes (30);
  g_autoptr (ForlopRecord) never = with_minutes (0);

  g_assert_cmpint (forlop_escalation_at (alert, NULL, profile), ==, wall ("2026-11-23T08:40:00"));
  g_assert_cmpint (forlop_escalation_at (alert, NULL, never), ==, FORLOP_INSTANT_NONE);
  g_assert_cmpint (forlop_escalation_at (alert, NULL, NULL), ==, FORLOP_INSTANT_NONE);
  for (unsigned int i = 0; i < G_N_ELEMENTS (others); i++)
    {
      forlop_record_set_text (alert, "status", others[i]);
      g_assert_cmpint (forlop_escalation_at (alert, NULL, profile), ==, FORLOP_INSTANT_NONE);
    }
  forlop_record_set_text (alert, "status", "new");
  forlop_record_set_text (alert, "severity", "yellow");
  g_assert_cmpint (forlop_escalation_at (alert, NULL, profile), ==, FORLOP_INSTANT_NONE);
}

static void
test_begins_when_somebody_can_be_called (void)
{
  g_autoptr (ForlopRecord) repeat = red_alert ("new");
  g_autoptr (ForlopRecord) snoozed = red_alert ("snoozed");
  g_autoptr (ForlopRecord) profile = with_minutes (30);

  forlop_record_set_instant (repeat, "waits_until", wall ("2026-11-23T08:30:00"));
  g_assert_cmpint (forlop_escalation_at (repeat, NULL, profile), ==, wall ("2026-11-23T09:00:00"));
  forlop_record_set_instant (snoozed, "snoozed_until", wall ("2026-11-23T11:00:00"));
  g_assert_cmpint (forlop_escalation_at (snoozed, NULL, profile), ==, wall ("2026-11-23T11:30:00"));
}

static void
test_hours_are_those_of_the_unit (void)
{
  g_autoptr (ForlopRecord) unit =
    forlop_record_new (forlop_record_type_find ("unit"), "01900000-0000-7000-8000-000000000003");
  g_autoptr (ForlopRecord) alert = red_alert ("new");
  g_autoptr (ForlopRecord) profile = with_minutes (30);

  forlop_record_set_integer (unit, "opens_at", 9 * 60);
  forlop_record_set_integer (unit, "closes_at", 15 * 60);
  forlop_record_set_text (unit, "open_weekdays", "1 3");
  g_assert_cmpint (forlop_escalation_at (alert, unit, profile), ==, wall ("2026-11-23T09:30:00"));
  forlop_record_set_text (unit, "open_weekdays", "3");
  g_assert_cmpint (forlop_escalation_at (alert, unit, profile), ==, wall ("2026-11-25T09:30:00"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/escalation/no-hours-are-always-open", test_no_hours_are_always_open);
  g_test_add_func ("/escalation/only-open-minutes-count", test_only_open_minutes_count);
  g_test_add_func ("/escalation/open-through-the-night", test_open_through_the_night);
  g_test_add_func ("/escalation/a-holiday-is-as-a-sunday", test_a_holiday_is_as_a_sunday);
  g_test_add_func ("/escalation/a-unit-may-be-open-or-closed-on-holidays",
                   test_a_unit_may_be_open_or_closed_on_holidays);
  g_test_add_func ("/escalation/clock-change-counts-time-that-passes", test_clock_change_counts_time_that_passes);
  g_test_add_func ("/escalation/only-a-red-that-nobody-has-taken", test_only_a_red_that_nobody_has_taken);
  g_test_add_func ("/escalation/begins-when-somebody-can-be-called", test_begins_when_somebody_can_be_called);
  g_test_add_func ("/escalation/hours-are-those-of-the-unit", test_hours_are_those_of_the_unit);

  return g_test_run ();
}
