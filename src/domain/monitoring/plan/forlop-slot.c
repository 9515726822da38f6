/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-slot.h"

static gint64
midway (gint64 earlier_ms,
        gint64 later_ms)
{
  return earlier_ms + (later_ms - earlier_ms) / 2;
}

static gint64
opening (const ForlopSchedule *schedule,
         gint64                previous_ms,
         gint64                at_ms)
{
  ForlopDate date = forlop_instant_to_date (at_ms);
  gint64 midnight = forlop_instant_from_wall (date, 0);

  if (previous_ms == FORLOP_INSTANT_NONE)
    return midnight;

  gint64 middle = midway (previous_ms, at_ms);
  gint64 grace_over = previous_ms + schedule->grace_minutes * FORLOP_MINUTE + 1;

  if (forlop_instant_to_date (previous_ms) == date)
    return middle;
  return MAX (midnight, MIN (grace_over, middle));
}

static void
append_slot (GArray               *slots,
             const ForlopSchedule *schedule,
             gint64                previous_ms,
             gint64                at_ms)
{
  ForlopSlot slot = {
    .at_ms = at_ms,
    .opens_ms = opening (schedule, previous_ms, at_ms),
    .closes_ms = G_MAXINT64,
    .deadline_ms = at_ms + schedule->grace_minutes * FORLOP_MINUTE,
    .measured_at = FORLOP_INSTANT_NONE,
    .state = FORLOP_SLOT_WAITING,
  };

  if (slots->len > 0)
    g_array_index (slots, ForlopSlot, slots->len - 1).closes_ms = slot.opens_ms;
  g_array_append_val (slots, slot);
}

/* The last expectation before @date, FORLOP_INSTANT_NONE without one. */
static gint64
last_before (const ForlopSchedule *schedule,
             ForlopDate            date)
{
  gint64 instants[FORLOP_SCHEDULE_MAX_TIMES];

  for (ForlopDate day = date - 1; day >= date - FORLOP_SCHEDULE_MAX_DAYS; day--)
    {
      if (schedule->starts_on != FORLOP_DATE_NONE && day < schedule->starts_on)
        break;

      unsigned int n_instants = forlop_schedule_day (schedule, day, instants);

      if (n_instants > 0)
        return instants[n_instants - 1];
    }
  return FORLOP_INSTANT_NONE;
}

/**
 * forlop_slots_list:
 *
 * The expected measurements with @from_ms ≤ time < @to_ms, in order, each with the time that counts
 * for it. All are waiting; pauses are not looked at.
 *
 * Returns: (transfer full) (element-type ForlopSlot):
 */
GArray *
forlop_slots_list (const ForlopSchedule *schedule,
                   gint64                from_ms,
                   gint64                to_ms)
{
  g_return_val_if_fail (schedule != NULL, NULL);

  GArray *slots = g_array_new (FALSE, FALSE, sizeof (ForlopSlot));
  gint64 instants[FORLOP_SCHEDULE_MAX_TIMES];

  if (to_ms <= from_ms)
    return slots;

  ForlopDate first = forlop_instant_to_date (from_ms);
  ForlopDate last = forlop_instant_to_date (to_ms - 1);
  gint64 previous = last_before (schedule, first);

  for (ForlopDate date = first; date <= last; date++)
    {
      unsigned int n_instants = forlop_schedule_day (schedule, date, instants);

      for (unsigned int i = 0; i < n_instants; i++)
        {
          if (instants[i] >= from_ms && instants[i] < to_ms)
            append_slot (slots, schedule, previous, instants[i]);
          previous = instants[i];
        }
    }

  if (slots->len > 0)
    {
      ForlopSlot *final = &g_array_index (slots, ForlopSlot, slots->len - 1);
      gint64 next = forlop_schedule_next (schedule, NULL, 0, final->at_ms);

      if (next != FORLOP_INSTANT_NONE)
        final->closes_ms = opening (schedule, final->at_ms, next);
    }
  return slots;
}

/* The first plausible reading of @measure inside the slot's time and not after @now_ms. */
static gint64
first_measured (const ForlopSlot        *slot,
                ForlopMeasure            measure,
                const ForlopMeasurement *history,
                unsigned int             n_history,
                gint64                   now_ms)
{
  for (unsigned int i = forlop_measurements_find (history, n_history, slot->opens_ms - 1);
       i < n_history && history[i].measured_at < slot->closes_ms
         && history[i].measured_at <= now_ms; i++)
    {
      if (history[i].measure == measure
          && forlop_measurements_plausible (&history[i], history, n_history))
        return history[i].measured_at;
    }
  return FORLOP_INSTANT_NONE;
}

/* A panel is measured when all its parts are. */
static gint64
when_met (const ForlopSlot        *slot,
          ForlopMeasure            measure,
          const ForlopMeasurement *history,
          unsigned int             n_history,
          gint64                   now_ms)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  gint64 latest = FORLOP_INSTANT_NONE;

  if (!forlop_measure_is_panel (measure))
    return first_measured (slot, measure, history, n_history, now_ms);

  for (unsigned int i = 0; info->components[i] != FORLOP_MEASURE_UNKNOWN; i++)
    {
      gint64 at_ms = first_measured (slot, info->components[i], history, n_history, now_ms);

      if (at_ms == FORLOP_INSTANT_NONE)
        return FORLOP_INSTANT_NONE;
      latest = MAX (latest, at_ms);
    }
  return latest;
}

/**
 * forlop_slots_match:
 * @measure: What is expected; blood pressure asks for both its parts.
 * @history: The citizen's readings, sorted by time of measuring.
 * @now_ms: The instant that is asked about. What was measured later does not count yet.
 *
 * The expected measurements with @from_ms ≤ time < @to_ms and what became of each. A plausible
 * reading counts for the one slot whose time it falls in; after the deadline it is late, but no
 * longer missing. A slot is missing only when @now_ms is after its deadline, and never if a pause
 * covers any of the time from slot to deadline: a pause that ends exactly at the slot excuses
 * nothing, one that begins exactly at the deadline does.
 *
 * Returns: (transfer full) (element-type ForlopSlot):
 */
GArray *
forlop_slots_match (const ForlopSchedule    *schedule,
                    ForlopMeasure            measure,
                    const ForlopPause       *pauses,
                    unsigned int             n_pauses,
                    const ForlopMeasurement *history,
                    unsigned int             n_history,
                    gint64                   from_ms,
                    gint64                   to_ms,
                    gint64                   now_ms)
{
  g_return_val_if_fail (schedule != NULL, NULL);
  g_return_val_if_fail (pauses != NULL || n_pauses == 0, NULL);
  g_return_val_if_fail (history != NULL || n_history == 0, NULL);

  GArray *slots = forlop_slots_list (schedule, from_ms, to_ms);

  for (unsigned int i = 0; i < slots->len; i++)
    {
      ForlopSlot *slot = &g_array_index (slots, ForlopSlot, i);

      slot->measured_at = when_met (slot, measure, history, n_history, now_ms);
      if (slot->measured_at != FORLOP_INSTANT_NONE)
        {
          slot->state = FORLOP_SLOT_MET;
          slot->late = slot->measured_at > slot->deadline_ms;
        }
      else if (forlop_pauses_touching (pauses, n_pauses, slot->at_ms, slot->deadline_ms) != NULL)
        slot->state = FORLOP_SLOT_PAUSED;
      else if (now_ms > slot->deadline_ms)
        slot->state = FORLOP_SLOT_MISSING;
    }
  return slots;
}

/**
 * forlop_slot_state_code:
 *
 * The code that is stored and sent.
 */
const char *
forlop_slot_state_code (ForlopSlotState state)
{
  static const char *const codes[] = {
    [FORLOP_SLOT_WAITING] = "waiting",
    [FORLOP_SLOT_MET] = "met",
    [FORLOP_SLOT_MISSING] = "missing",
    [FORLOP_SLOT_PAUSED] = "paused",
  };

  g_return_val_if_fail ((unsigned int) state < G_N_ELEMENTS (codes), NULL);

  return codes[state];
}
