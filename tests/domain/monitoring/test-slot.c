/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-slot.h"

#include "monitoring-fixture.h"

static gint64
wall (const char *text)
{
  gint64 at_ms;

  g_assert_true (forlop_instant_from_iso (text, &at_ms));
  return at_ms;
}

static ForlopSchedule
schedule (const char *cadence,
          const char *times,
          int         grace_minutes)
{
  ForlopSchedule self;
  ForlopDate start;

  g_assert_true (forlop_date_from_iso ("2026-01-01", &start));
  g_assert_true (forlop_schedule_parse (&self, cadence, times, "", 0, start, grace_minutes, NULL));
  return self;
}

/* One letter for each slot from 1 to 3 June 2026: m met, l late, w waiting, M missing, p paused. */
static void
assert_states (const ForlopSchedule    *self,
               ForlopMeasure            measure,
               const ForlopPause       *pause,
               const ForlopMeasurement *history,
               unsigned int             n_history,
               const char              *now,
               const char              *expected)
{
  g_autoptr (GArray) slots = forlop_slots_match (self, measure, pause, pause != NULL,
                                                 history, n_history,
                                                 wall ("2026-06-01T00:00:00"),
                                                 wall ("2026-06-04T00:00:00"), wall (now));
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < slots->len; i++)
    {
      const ForlopSlot *slot = &g_array_index (slots, ForlopSlot, i);

      g_string_append_c (text, slot->late ? 'l' : "wmMp"[slot->state]);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_missing_only_after_slot_and_grace (void)
{
  ForlopSchedule self = schedule ("daily", "08:00", 120);
  ForlopMeasure weight = FORLOP_MEASURE_WEIGHT;

  assert_states (&self, weight, NULL, NULL, 0, "2026-06-01T08:00:00", "www");
  assert_states (&self, weight, NULL, NULL, 0, "2026-06-01T10:00:00", "www");
  assert_states (&self, weight, NULL, NULL, 0, "2026-06-01T10:00:00.001", "Mww");
  assert_states (&self, weight, NULL, NULL, 0, "2026-06-04T00:00:00", "MMM");
}

static void
test_a_reading_meets_the_slot_of_its_day (void)
{
  static const struct {
    const char *measured;
    const char *expected;
  } rows[] = {
    { "2026-06-01T23:59:59.999", "lMM" },
    { "2026-06-02T00:00:00", "MmM" },
    { "2026-06-02T07:10:00", "MmM" },
    { "2026-06-02T08:00:00", "MmM" },
    { "2026-06-02T10:00:00", "MmM" },
    { "2026-06-02T10:00:00.001", "MlM" },
    { "2026-06-02T21:00:00", "MlM" },
  };
  ForlopSchedule self = schedule ("daily", "08:00", 120);

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80, wall (rows[i].measured));

      assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-04T00:00:00",
                     rows[i].expected);
    }
}

static void
test_two_slots_a_day_part_midway (void)
{
  ForlopSchedule self = schedule ("daily", "08:00,20:00", 60);
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80,
                                 wall ("2026-06-02T13:59:59.999"));

  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-04T00:00:00", "MMlMMM");
  m.measured_at++;
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-04T00:00:00", "MMMmMM");
}

static void
test_grace_past_midnight_belongs_to_the_evening (void)
{
  ForlopSchedule self = schedule ("daily", "23:00", 120);
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80, wall ("2026-06-02T01:00:00"));

  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-05T00:00:00", "mMM");
  m.measured_at++;
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-05T00:00:00", "MmM");
}

static void
test_unusable_readings_meet_nothing (void)
{
  ForlopSchedule self = schedule ("daily", "08:00", 60);
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 0, wall ("2026-06-01T08:00:00"));

  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T12:00:00", "Mww");
  m.value = 80;
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T12:00:00", "mww");
  m.invalidated = TRUE;
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T12:00:00", "Mww");
  m.invalidated = FALSE;
  m.measure = FORLOP_MEASURE_SPO2;
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T12:00:00", "Mww");
}

static void
test_what_is_measured_later_does_not_count_yet (void)
{
  ForlopSchedule self = schedule ("daily", "08:00", 60);
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80, wall ("2026-06-01T12:00:00"));

  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T11:59:59", "Mww");
  assert_states (&self, FORLOP_MEASURE_WEIGHT, NULL, &m, 1, "2026-06-01T12:00:00", "lww");
}

static void
test_blood_pressure_needs_both_parts (void)
{
  ForlopSchedule self = schedule ("daily", "08:00", 60);
  ForlopMeasurement pair[] = {
    reading (1, FORLOP_MEASURE_SYSTOLIC, 120, wall ("2026-06-01T08:00:00")),
    reading (2, FORLOP_MEASURE_DIASTOLIC, 80, wall ("2026-06-01T08:00:00")),
  };

  assert_states (&self, FORLOP_MEASURE_BLOOD_PRESSURE, NULL, pair, 1, "2026-06-01T12:00:00",
                 "Mww");
  assert_states (&self, FORLOP_MEASURE_BLOOD_PRESSURE, NULL, pair, 2, "2026-06-01T12:00:00",
                 "mww");

  /* Measured when the later of the two was. */
  pair[0] = reading (1, FORLOP_MEASURE_DIASTOLIC, 80, wall ("2026-06-01T08:00:00"));
  pair[1] = reading (2, FORLOP_MEASURE_SYSTOLIC, 120, wall ("2026-06-01T09:30:00"));
  assert_states (&self, FORLOP_MEASURE_BLOOD_PRESSURE, NULL, pair, 2, "2026-06-01T12:00:00",
                 "lww");
  pair[0].measured_at = wall ("2026-06-01T09:30:00");
  pair[1].measured_at = wall ("2026-06-01T08:00:00");
  forlop_measurements_sort (pair, 2);
  assert_states (&self, FORLOP_MEASURE_BLOOD_PRESSURE, NULL, pair, 2, "2026-06-01T12:00:00",
                 "lww");
}

static void
test_pause_borders (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *expected;
  } rows[] = {
    /* Ends exactly at the slot: excuses nothing. Ends one moment after: does. */
    { "2026-06-01T12:00:00", "2026-06-02T08:00:00", "MMM" },
    { "2026-06-01T12:00:00", "2026-06-02T08:00:00.001", "MpM" },
    /* Begins at the slot, within the grace, at the deadline, one moment after it. */
    { "2026-06-02T08:00:00", "2026-06-02T12:00:00", "MpM" },
    { "2026-06-02T09:59:00", "2026-06-02T12:00:00", "MpM" },
    { "2026-06-02T10:00:00", "2026-06-02T12:00:00", "MpM" },
    { "2026-06-02T10:00:00.001", "2026-06-02T12:00:00", "MMM" },
    /* Open. */
    { "2026-06-02T07:00:00", NULL, "Mpp" },
  };
  ForlopSchedule self = schedule ("daily", "08:00", 120);

  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ForlopPause pause = {
        wall (rows[i].from), rows[i].to != NULL ? wall (rows[i].to) : FORLOP_INSTANT_NONE,
      };

      assert_states (&self, FORLOP_MEASURE_WEIGHT, &pause, NULL, 0, "2026-06-04T00:00:00",
                     rows[i].expected);
    }

  /* Who measures in a pause has measured. */
  ForlopPause pause = { wall ("2026-06-01T00:00:00"), FORLOP_INSTANT_NONE };
  ForlopMeasurement m = reading (1, FORLOP_MEASURE_WEIGHT, 80, wall ("2026-06-02T08:00:00"));
  assert_states (&self, FORLOP_MEASURE_WEIGHT, &pause, &m, 1, "2026-06-04T00:00:00", "pmp");
}

static void
test_clock_change_days_have_one_slot (void)
{
  static const char *const days[][2] = {
    { "2026-03-29T00:00:00", "2026-03-30T00:00:00" },
    { "2026-10-25T00:00:00", "2026-10-26T00:00:00" },
  };
  ForlopSchedule self = schedule ("daily", "02:30", 30);

  for (unsigned int i = 0; i < 2; i++)
    {
      gint64 from = wall (days[i][0]);
      gint64 to = wall (days[i][1]);
      g_autoptr (GArray) slots = forlop_slots_list (&self, from, to);
      const ForlopSlot *slot = &g_array_index (slots, ForlopSlot, 0);

      g_assert_cmpint ((to - from) / FORLOP_HOUR, ==, i == 0 ? 23 : 25);
      g_assert_cmpuint (slots->len, ==, 1);
      g_assert_cmpint (slot->opens_ms, ==, from);
      g_assert_cmpint (slot->closes_ms, ==, to);
      /* Grace is minutes that pass, whatever the wall clock shows. */
      g_assert_cmpint (slot->deadline_ms - slot->at_ms, ==, 30 * FORLOP_MINUTE);
    }
}

/* Every instant belongs to exactly one slot: slots follow each other without gap or overlap. */
static void
test_slots_cover_time_without_gaps (void)
{
  static const char *const cadences[] = { "daily", "weekly", "monthly" };
  static const char *const times[] = { "08:00", "00:00,23:59", "02:30,03:00,03:30", "6,12,18" };

  for (unsigned int c = 0; c < G_N_ELEMENTS (cadences); c++)
    for (unsigned int t = 0; t < G_N_ELEMENTS (times); t++)
      for (int grace = 0; grace <= 1440; grace += 360)
        {
          ForlopSchedule self = schedule (cadences[c], times[t], grace);
          g_autoptr (GArray) slots = forlop_slots_list (&self, wall ("2026-01-01T00:00:00"),
                                                        wall ("2027-01-01T00:00:00"));

          for (unsigned int i = 0; i < slots->len; i++)
            {
              const ForlopSlot *slot = &g_array_index (slots, ForlopSlot, i);

              g_assert_cmpint (slot->opens_ms, <=, slot->at_ms);
              g_assert_cmpint (slot->at_ms, <, slot->closes_ms);
              if (i > 0)
                g_assert_cmpint (slot->opens_ms, ==,
                                 g_array_index (slots, ForlopSlot, i - 1).closes_ms);
            }
        }
}

/* The same slot has the same borders whatever range it is asked for in. */
static void
test_borders_do_not_depend_on_the_range (void)
{
  ForlopSchedule self = schedule ("weekly", "08:00,20:00", 600);
  g_autoptr (GArray) all = forlop_slots_list (&self, wall ("2026-01-01T00:00:00"),
                                              wall ("2027-01-01T00:00:00"));

  for (unsigned int i = 0; i + 1 < all->len; i++)
    {
      const ForlopSlot *slot = &g_array_index (all, ForlopSlot, i);
      g_autoptr (GArray) one = forlop_slots_list (&self, slot->at_ms, slot->at_ms + 1);

      g_assert_cmpuint (one->len, ==, 1);
      g_assert_cmpint (g_array_index (one, ForlopSlot, 0).opens_ms, ==, slot->opens_ms);
      g_assert_cmpint (g_array_index (one, ForlopSlot, 0).closes_ms, ==, slot->closes_ms);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/slot/missing-only-after-slot-and-grace",
                   test_missing_only_after_slot_and_grace);
  g_test_add_func ("/slot/a-reading-meets-the-slot-of-its-day",
                   test_a_reading_meets_the_slot_of_its_day);
  g_test_add_func ("/slot/two-slots-a-day-part-midway", test_two_slots_a_day_part_midway);
  g_test_add_func ("/slot/grace-past-midnight-belongs-to-the-evening",
                   test_grace_past_midnight_belongs_to_the_evening);
  g_test_add_func ("/slot/unusable-readings-meet-nothing", test_unusable_readings_meet_nothing);
  g_test_add_func ("/slot/what-is-measured-later-does-not-count-yet",
                   test_what_is_measured_later_does_not_count_yet);
  g_test_add_func ("/slot/blood-pressure-needs-both-parts", test_blood_pressure_needs_both_parts);
  g_test_add_func ("/slot/pause-borders", test_pause_borders);
  g_test_add_func ("/slot/clock-change-days-have-one-slot", test_clock_change_days_have_one_slot);
  g_test_add_func ("/slot/cover-time-without-gaps", test_slots_cover_time_without_gaps);
  g_test_add_func ("/slot/borders-do-not-depend-on-the-range",
                   test_borders_do_not_depend_on_the_range);
  return g_test_run ();
}
