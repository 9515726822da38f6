/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-schedule.h"

#include "monitoring-fixture.h"

static gint64
wall (const char *text)
{
  gint64 at_ms;

  g_assert_true (forlop_instant_from_iso (text, &at_ms));
  return at_ms;
}

static ForlopDate
day (const char *text)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (text, &date));
  return date;
}

static ForlopSchedule
schedule (const char *cadence,
          const char *times,
          const char *weekdays,
          int         every_days,
          const char *starts_on,
          int         grace_minutes)
{
  ForlopSchedule self;
  GError *error = NULL;

  forlop_schedule_parse (&self, cadence, times, weekdays, every_days,
                         starts_on != NULL ? day (starts_on) : FORLOP_DATE_NONE,
                         grace_minutes, &error);
  g_assert_no_error (error);
  return self;
}

static void
test_fields_are_read_and_written_alike (void)
{
  static const struct {
    const char *times;
    const char *weekdays;
    const char *times_out;
    const char *weekdays_out;
  } rows[] = {
    { "08:00,20:00", "1,3,5", "08:00,20:00", "1,3,5" },
    { "20.00, 8.00", "5 3 1", "08:00,20:00", "1,3,5" },
    { "0800;8", NULL, "08:00", "" },
    { "23:59,00:00", "1,2,3,4,5,6,7", "00:00,23:59", "" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopSchedule self = schedule ("daily", rows[i].times, rows[i].weekdays, 0, NULL, 60);
      g_autofree char *times = forlop_schedule_format_times (&self);
      g_autofree char *weekdays = forlop_schedule_format_weekdays (&self);

      g_assert_cmpstr (times, ==, rows[i].times_out);
      g_assert_cmpstr (weekdays, ==, rows[i].weekdays_out);
    }
}

static void
test_wrong_fields_are_refused_in_words (void)
{
  static const struct {
    const char *cadence;
    const char *times;
    const char *weekdays;
    int every_days;
    gboolean start;
    int grace;
    const char *word;
  } rows[] = {
    { NULL, "08:00", "", 0, TRUE, 0, "how often" },
    { "hourly", "08:00", "", 0, TRUE, 0, "how often" },
    { "daily", "", "", 0, TRUE, 0, "no time of day" },
    { "daily", "24:00", "", 0, TRUE, 0, "“24:00”" },
    { "daily", "8:6", "", 0, TRUE, 0, "“8:6”" },
    { "daily", "08:60", "", 0, TRUE, 0, "“08:60”" },
    { "daily", "morning", "", 0, TRUE, 0, "“morning”" },
    { "daily", "-8", "", 0, TRUE, 0, "“-8”" },
    { "daily", "1,2,3,4,5,6,7,8,9,10,11,12,13", "", 0, TRUE, 0, "12 times" },
    { "daily", "08:00", "0", 0, TRUE, 0, "“0”" },
    { "daily", "08:00", "8", 0, TRUE, 0, "“8”" },
    { "daily", "08:00", "11", 0, TRUE, 0, "“11”" },
    { "every_n_days", "08:00", "", 0, TRUE, 0, "days between" },
    { "every_n_days", "08:00", "1", 2, TRUE, 0, "Weekdays" },
    { "every_n_days", "08:00", "", 2, FALSE, 0, "first day" },
    { "weekly", "08:00", "", 0, FALSE, 0, "first day" },
    { "monthly", "08:00", "2", 0, TRUE, 0, "Weekdays" },
    { "daily", "08:00", "", 0, TRUE, -1, "grace" },
    { "daily", "08:00", "", 0, TRUE, 1441, "grace" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopSchedule self = { .grace_minutes = 77 };
      GError *error = NULL;

      g_assert_false (forlop_schedule_parse (&self, rows[i].cadence, rows[i].times,
                                             rows[i].weekdays, rows[i].every_days,
                                             rows[i].start ? day ("2026-03-12")
                                                           : FORLOP_DATE_NONE,
                                             rows[i].grace, &error));
      assert_refused (&error, rows[i].word);
      g_assert_cmpint (self.grace_minutes, ==, 77);
    }
}

static void
assert_described (ForlopSchedule  self,
                  const char     *expected)
{
  g_autofree char *text = forlop_schedule_describe (&self);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_schedules_read_as_sentences (void)
{
  assert_described (schedule ("daily", "8", "", 0, NULL, 0), "Every day at 08.00");
  assert_described (schedule ("daily", "8,13,20", "", 0, NULL, 0),
                    "Every day at 08.00, 13.00 and 20.00");
  assert_described (schedule ("daily", "8,20", "1,3,5", 0, NULL, 0),
                    "Every week on Monday, Wednesday and Friday at 08.00 and 20.00");
  assert_described (schedule ("weekly", "8", "", 0, "2026-03-12", 0),
                    "Every week on Thursday at 08.00");
  assert_described (schedule ("every_n_days", "8", "", 3, "2026-03-12", 0),
                    "Every 3 days at 08.00, from 12.03.2026");
  assert_described (schedule ("monthly", "8", "", 0, "2026-03-12", 0),
                    "Every month on day 12 at 08.00");
  assert_described (schedule ("monthly", "8", "", 0, "2026-01-31", 0),
                    "Every month on day 31, or the last day of a shorter month, at 08.00");
}

static void
assert_next (ForlopSchedule  self,
             const char     *after,
             const char     *expected)
{
  g_autofree char *next = forlop_instant_to_iso (forlop_schedule_next (&self, NULL, 0,
                                                                       wall (after)));
  g_autofree char *wanted = forlop_instant_to_iso (wall (expected));

  g_assert_cmpstr (next, ==, wanted);
}

static void
test_next_follows_the_cadence (void)
{
  ForlopSchedule twice = schedule ("daily", "08:00,20:00", "", 0, "2026-03-12", 0);
  ForlopSchedule weekdays = schedule ("daily", "08:00", "1,3,5", 0, "2026-03-12", 0);
  ForlopSchedule third = schedule ("every_n_days", "08:00", "", 3, "2026-03-12", 0);
  ForlopSchedule weekly = schedule ("weekly", "08:00", "", 0, "2026-03-12", 0);
  ForlopSchedule chosen = schedule ("weekly", "08:00", "7", 0, "2026-03-12", 0);
  ForlopSchedule monthly = schedule ("monthly", "08:00", "", 0, "2026-01-31", 0);

  assert_next (twice, "2026-03-01T00:00:00", "2026-03-12T08:00:00");
  assert_next (twice, "2026-03-12T07:59:59.999", "2026-03-12T08:00:00");
  assert_next (twice, "2026-03-12T08:00:00", "2026-03-12T20:00:00");
  assert_next (twice, "2026-03-12T20:00:00", "2026-03-13T08:00:00");
  /* 12.03.2026 is a Thursday. */
  assert_next (weekdays, "2026-03-12T00:00:00", "2026-03-13T08:00:00");
  assert_next (weekdays, "2026-03-13T08:00:00", "2026-03-16T08:00:00");
  assert_next (third, "2026-03-12T08:00:00", "2026-03-15T08:00:00");
  assert_next (third, "2026-03-28T00:00:00", "2026-03-30T08:00:00");
  assert_next (weekly, "2026-03-12T08:00:00", "2026-03-19T08:00:00");
  assert_next (weekly, "2026-03-26T08:00:00", "2026-04-02T08:00:00");
  assert_next (chosen, "2026-03-12T08:00:00", "2026-03-15T08:00:00");
  assert_next (monthly, "2026-01-31T08:00:00", "2026-02-28T08:00:00");
  assert_next (monthly, "2026-02-28T08:00:00", "2026-03-31T08:00:00");
  assert_next (monthly, "2028-01-31T08:00:00", "2028-02-29T08:00:00");
}

static void
test_clock_changes_keep_wall_time (void)
{
  ForlopSchedule morning = schedule ("daily", "08:00", "", 0, NULL, 0);
  ForlopSchedule night = schedule ("daily", "02:30", "", 0, NULL, 0);
  ForlopSchedule both = schedule ("daily", "02:30,03:00,03:30", "", 0, NULL, 0);
  gint64 instants[FORLOP_SCHEDULE_MAX_TIMES];

  /* 08.00 is one hour earlier in UTC from 29 March and one hour later from 25 October. */
  assert_next (morning, "2026-03-28T12:00:00Z", "2026-03-29T06:00:00Z");
  assert_next (morning, "2026-03-28T00:00:00Z", "2026-03-28T07:00:00Z");
  assert_next (morning, "2026-10-24T12:00:00Z", "2026-10-25T07:00:00Z");
  assert_next (morning, "2026-10-24T00:00:00Z", "2026-10-24T06:00:00Z");

  /* The night in which 02.30 does not exist: once, at 03.30. */
  g_assert_cmpuint (forlop_schedule_day (&night, day ("2026-03-29"), instants), ==, 1);
  g_assert_cmpint (instants[0], ==, wall ("2026-03-29T01:30:00Z"));
  g_assert_cmpuint (forlop_schedule_day (&both, day ("2026-03-29"), instants), ==, 2);
  g_assert_cmpint (instants[0], ==, wall ("2026-03-29T01:00:00Z"));
  g_assert_cmpint (instants[1], ==, wall ("2026-03-29T01:30:00Z"));

  /* The night in which 02.30 comes twice: once, the first time. */
  g_assert_cmpuint (forlop_schedule_day (&night, day ("2026-10-25"), instants), ==, 1);
  g_assert_cmpint (instants[0], ==, wall ("2026-10-25T00:30:00Z"));
  assert_next (night, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  g_assert_cmpuint (forlop_schedule_day (&both, day ("2026-10-25"), instants), ==, 3);
}

static void
test_next_skips_pauses (void)
{
  ForlopSchedule self = schedule ("daily", "08:00", "", 0, NULL, 0);
  ForlopPause pauses[] = {
    forlop_pause_from_dates (day ("2026-07-01"), day ("2026-07-14")),
    { wall ("2026-07-15T08:00:00"), wall ("2026-07-16T08:00:00") },
  };

  g_assert_cmpint (forlop_schedule_next (&self, pauses, 1, wall ("2026-06-30T08:00:00")), ==,
                   wall ("2026-07-15T08:00:00"));
  /* A slot at the first instant of a pause is in it, one at its end is not. */
  g_assert_cmpint (forlop_schedule_next (&self, pauses, 2, wall ("2026-06-30T08:00:00")), ==,
                   wall ("2026-07-16T08:00:00"));
  pauses[0].to_ms = FORLOP_INSTANT_NONE;
  g_assert_cmpint (forlop_schedule_next (&self, pauses, 1, wall ("2026-06-30T08:00:00")), ==,
                   FORLOP_INSTANT_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/fields-are-read-and-written-alike",
                   test_fields_are_read_and_written_alike);
  g_test_add_func ("/schedule/wrong-fields-are-refused-in-words",
                   test_wrong_fields_are_refused_in_words);
  g_test_add_func ("/schedule/reads-as-a-sentence", test_schedules_read_as_sentences);
  g_test_add_func ("/schedule/next-follows-the-cadence", test_next_follows_the_cadence);
  g_test_add_func ("/schedule/clock-changes-keep-wall-time", test_clock_changes_keep_wall_time);
  g_test_add_func ("/schedule/next-skips-pauses", test_next_skips_pauses);
  return g_test_run ();
}
