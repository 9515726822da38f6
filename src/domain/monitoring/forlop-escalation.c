/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-escalation.h"

#include <string.h>

#include "forlop-date.h"
#include "forlop-holiday.h"

#define MINUTES_A_DAY (24 * 60)
#define ALL_DAYS 0x7f

/* More days than any wait has: each day that is open has a minute at least, and holidays take less than one of seven
 * Mondays. */
#define MAX_DAYS (9 * MINUTES_A_DAY)

static guint8
read_weekdays (const char *codes)
{
  guint8 weekdays = 0;

  for (int day = 0; codes != NULL && day < 7; day++)
    if (strchr (codes, '1' + day) != NULL)
      weekdays |= (guint8) (1 << day);

  return weekdays;
}

static ForlopHolidays
read_holidays (const char *code)
{
  if (g_strcmp0 (code, "usual") == 0)
    return FORLOP_HOLIDAYS_AS_USUAL;

  return g_strcmp0 (code, "closed") == 0 ? FORLOP_HOLIDAYS_CLOSED : FORLOP_HOLIDAYS_AS_SUNDAY;
}

void
forlop_opening_hours_set (ForlopOpeningHours *self,
                          int                 opens_at,
                          int                 closes_at,
                          const char         *weekdays,
                          const char         *holidays)
{
  gboolean is_known = opens_at >= 0 && closes_at >= 0;

  g_return_if_fail (self != NULL);

  self->opens_at = is_known ? opens_at : 0;
  self->closes_at = is_known ? closes_at : 0;
  self->weekdays = read_weekdays (weekdays);
  self->holidays = read_holidays (holidays);
}

void
forlop_opening_hours_of_unit (ForlopOpeningHours *self,
                              ForlopRecord       *unit)
{
  g_return_if_fail (self != NULL);

  *self = (ForlopOpeningHours) { 0 };
  if (unit != NULL)
    forlop_opening_hours_set (
      self, forlop_record_has (unit, "opens_at") ? (int) forlop_record_get_integer (unit, "opens_at") : -1,
      forlop_record_has (unit, "closes_at") ? (int) forlop_record_get_integer (unit, "closes_at") : -1,
      forlop_record_get_text (unit, "open_weekdays"), forlop_record_get_text (unit, "open_holidays"));
}

static gboolean
is_open_on (const ForlopOpeningHours *self,
            ForlopDate                date)
{
  guint8 weekdays = self->weekdays != 0 ? self->weekdays : ALL_DAYS;
  int weekday = forlop_date_weekday (date);

  if (self->holidays != FORLOP_HOLIDAYS_AS_USUAL && forlop_date_is_holiday (date))
    {
      if (self->holidays == FORLOP_HOLIDAYS_CLOSED)
        return FALSE;
      weekday = 7;
    }

  return (weekdays & (1 << (weekday - 1))) != 0;
}

/* The opening that begins on @date; FALSE on a day that it stays closed. */
static gboolean
find_opening (const ForlopOpeningHours *self,
              ForlopDate                date,
              gint64                   *opens,
              gint64                   *closes)
{
  if (!is_open_on (self, date))
    return FALSE;
  *opens = forlop_instant_from_wall (date, self->opens_at);
  *closes = forlop_instant_from_wall (self->closes_at > self->opens_at ? date : date + 1, self->closes_at);

  return TRUE;
}

/**
 * forlop_opening_hours_pass:
 * @open_ms: not below zero.
 *
 * Time that passes is counted, not minutes of the wall clock: an opening across the spring change is an hour
 * shorter. The result lies within an opening, its end included.
 */
gint64
forlop_opening_hours_pass (const ForlopOpeningHours *self,
                           gint64                    from,
                           gint64                    open_ms)
{
  ForlopDate first;
  gint64 at = from;

  g_return_val_if_fail (self != NULL && open_ms >= 0, from);

  first = forlop_instant_to_date (from) - 1;
  for (ForlopDate date = first; date < first + MAX_DAYS; date++)
    {
      gint64 opens, closes;

      if (!find_opening (self, date, &opens, &closes) || closes <= at)
        continue;
      at = MAX (at, opens);
      if (closes - at >= open_ms)
        return at + open_ms;
      open_ms -= closes - at;
      at = closes;
    }

  return at + open_ms;
}

gint64
forlop_escalation_since (gint64 raised_at,
                         gint64 waits_until,
                         gint64 snoozed_until)
{
  gint64 since = raised_at;

  if (waits_until != FORLOP_INSTANT_NONE)
    since = MAX (since, waits_until);
  if (snoozed_until != FORLOP_INSTANT_NONE)
    since = MAX (since, snoozed_until);

  return since;
}

gint64
forlop_escalation_waits (ForlopRecord *alert)
{
  gboolean is_snoozed;

  g_return_val_if_fail (FORLOP_IS_RECORD (alert), FORLOP_INSTANT_NONE);

  is_snoozed = forlop_record_text_is (alert, "status", "snoozed");
  if (!forlop_record_text_is (alert, "severity", "red") ||
      (!is_snoozed && !forlop_record_text_is (alert, "status", "new")))
    return FORLOP_INSTANT_NONE;

  return forlop_escalation_since (forlop_record_get_instant (alert, "raised_at"),
                                  forlop_record_get_instant (alert, "waits_until"),
                                  is_snoozed ? forlop_record_get_instant (alert, "snoozed_until")
                                             : FORLOP_INSTANT_NONE);
}

gint64
forlop_escalation_at (ForlopRecord *alert,
                      ForlopRecord *unit,
                      ForlopRecord *profile)
{
  ForlopOpeningHours hours;
  gint64 since;

  g_return_val_if_fail (FORLOP_IS_RECORD (alert), FORLOP_INSTANT_NONE);

  since = forlop_escalation_waits (alert);
  if (since == FORLOP_INSTANT_NONE || profile == NULL || !forlop_record_has (profile, "escalate_minutes"))
    return FORLOP_INSTANT_NONE;
  forlop_opening_hours_of_unit (&hours, unit);

  return forlop_opening_hours_pass (&hours, since,
                                    forlop_record_get_integer (profile, "escalate_minutes") * FORLOP_MINUTE);
}

const char *
forlop_escalation_unit (ForlopRecord *the_case)
{
  const char *unit_id;

  g_return_val_if_fail (FORLOP_IS_RECORD (the_case), NULL);

  unit_id = forlop_record_get_text (the_case, "follow_up_unit_id");

  return unit_id != NULL ? unit_id : forlop_record_get_text (the_case, "unit_id");
}

const char *
forlop_escalation_address (ForlopRecord *unit)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (unit), NULL);

  return forlop_record_get_text (unit, forlop_record_has (unit, "shift_phone") ? "shift_phone" : "phone");
}
