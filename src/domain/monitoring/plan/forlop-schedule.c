/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-schedule.h"

#include <stdlib.h>

/* Two slots of one schedule are never further apart than the longest cadence. */
#define SEARCH_DAYS (FORLOP_SCHEDULE_MAX_DAYS + 1)

static const char *const cadence_codes[] = {
  [FORLOP_CADENCE_DAILY] = "daily",
  [FORLOP_CADENCE_EVERY_N_DAYS] = "every_n_days",
  [FORLOP_CADENCE_WEEKLY] = "weekly",
  [FORLOP_CADENCE_MONTHLY] = "monthly",
};

/**
 * forlop_cadence_code:
 *
 * The code that is stored.
 */
const char *
forlop_cadence_code (ForlopCadence cadence)
{
  g_return_val_if_fail ((unsigned int) cadence < G_N_ELEMENTS (cadence_codes), NULL);

  return cadence_codes[cadence];
}

/**
 * forlop_cadence_from_code:
 *
 * Reads a stored code; FALSE for anything else.
 */
gboolean
forlop_cadence_from_code (const char    *code,
                          ForlopCadence *cadence)
{
  g_return_val_if_fail (cadence != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (cadence_codes); i++)
    {
      if (g_strcmp0 (code, cadence_codes[i]) == 0)
        {
          *cadence = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
weekday_is_chosen (const ForlopSchedule *self,
                   ForlopDate            date)
{
  return (self->weekdays & (1 << (forlop_date_weekday (date) - 1))) != 0;
}

static gboolean
is_monthly_day (ForlopDate starts_on,
                ForlopDate date)
{
  int start_year, start_month, start_day;
  int year, month, day;

  forlop_date_to_ymd (starts_on, &start_year, &start_month, &start_day);
  forlop_date_to_ymd (date, &year, &month, &day);
  return forlop_date_add_months (starts_on, (year - start_year) * 12 + month - start_month)
         == date;
}

/**
 * forlop_schedule_has_day:
 *
 * Whether something is expected on @date.
 */
gboolean
forlop_schedule_has_day (const ForlopSchedule *self,
                         ForlopDate            date)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->starts_on != FORLOP_DATE_NONE && date < self->starts_on)
    return FALSE;

  switch (self->cadence)
    {
    case FORLOP_CADENCE_DAILY:
      return self->weekdays == 0 || weekday_is_chosen (self, date);
    case FORLOP_CADENCE_EVERY_N_DAYS:
      return (date - self->starts_on) % MAX (self->every_days, 1) == 0;
    case FORLOP_CADENCE_WEEKLY:
      return self->weekdays != 0
             ? weekday_is_chosen (self, date)
             : forlop_date_weekday (date) == forlop_date_weekday (self->starts_on);
    case FORLOP_CADENCE_MONTHLY:
      return is_monthly_day (self->starts_on, date);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static int
compare_instants (const void *a,
                  const void *b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/**
 * forlop_schedule_day:
 * @instants: (out): Filled with the instants of the day's times, rising.
 *
 * When measurements are expected on @date. A time that the spring change skips comes an hour later
 * (02.30 becomes 03.30); if another time is then the same instant, there is one expectation. A time
 * that comes twice in autumn means the first of the two.
 *
 * Returns: How many there are; 0 on a day without.
 */
unsigned int
forlop_schedule_day (const ForlopSchedule *self,
                     ForlopDate            date,
                     gint64                instants[FORLOP_SCHEDULE_MAX_TIMES])
{
  g_return_val_if_fail (self != NULL && instants != NULL, 0);

  unsigned int n_instants = 0;

  if (!forlop_schedule_has_day (self, date))
    return 0;

  for (unsigned int i = 0; i < self->n_times; i++)
    instants[i] = forlop_instant_from_wall (date, self->times[i]);
  qsort (instants, self->n_times, sizeof *instants, compare_instants);

  for (unsigned int i = 0; i < self->n_times; i++)
    {
      if (n_instants == 0 || instants[n_instants - 1] != instants[i])
        instants[n_instants++] = instants[i];
    }
  return n_instants;
}

static gint64
next_without_pauses (const ForlopSchedule *self,
                     gint64                after_ms)
{
  ForlopDate first = forlop_instant_to_date (after_ms);
  gint64 instants[FORLOP_SCHEDULE_MAX_TIMES];

  if (self->starts_on != FORLOP_DATE_NONE)
    first = MAX (first, self->starts_on);

  for (ForlopDate date = first; date <= first + SEARCH_DAYS; date++)
    {
      unsigned int n_instants = forlop_schedule_day (self, date, instants);

      for (unsigned int i = 0; i < n_instants; i++)
        {
          if (instants[i] > after_ms)
            return instants[i];
        }
    }
  return FORLOP_INSTANT_NONE;
}

/**
 * forlop_schedule_next:
 *
 * The first expectation strictly after @after_ms that is not in a pause, or %FORLOP_INSTANT_NONE
 * where an open pause or an empty schedule leaves none.
 */
gint64
forlop_schedule_next (const ForlopSchedule *self,
                      const ForlopPause    *pauses,
                      unsigned int          n_pauses,
                      gint64                after_ms)
{
  g_return_val_if_fail (self != NULL, FORLOP_INSTANT_NONE);
  g_return_val_if_fail (pauses != NULL || n_pauses == 0, FORLOP_INSTANT_NONE);

  gint64 next = next_without_pauses (self, after_ms);

  while (next != FORLOP_INSTANT_NONE)
    {
      const ForlopPause *pause = forlop_pauses_touching (pauses, n_pauses, next, next);

      if (pause == NULL)
        return next;
      if (pause->to_ms == FORLOP_INSTANT_NONE)
        return FORLOP_INSTANT_NONE;
      next = next_without_pauses (self, pause->to_ms - 1);
    }
  return FORLOP_INSTANT_NONE;
}
