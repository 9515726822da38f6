/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* When a red alert that nobody has taken goes to the unit's leader and to the shift phone. It follows from
 * records and an instant alone, so that server and desktop say the same. */

typedef enum {
  FORLOP_HOLIDAYS_AS_SUNDAY,
  FORLOP_HOLIDAYS_AS_USUAL,
  FORLOP_HOLIDAYS_CLOSED,
} ForlopHolidays;

/**
 * ForlopOpeningHours:
 * @opens_at: minutes after midnight on the wall clock in Oslo.
 * @closes_at: the same; not after @opens_at means the next day, and equal means a whole day.
 * @weekdays: bit 0 for Monday to bit 6 for Sunday: the days that it opens; 0 for every day.
 * @holidays: what it does on a public holiday, whichever day of the week that is.
 *
 * When a unit is there. A plain value; zero is always.
 */
typedef struct {
  int opens_at;
  int closes_at;
  guint8 weekdays;
  ForlopHolidays holidays;
} ForlopOpeningHours;

/* @weekdays: (nullable): codes as in a unit's open_weekdays. @holidays: (nullable): its open_holidays. A time that is
 * not known is below zero. */
void   forlop_opening_hours_set     (ForlopOpeningHours       *self,
                                     int                       opens_at,
                                     int                       closes_at,
                                     const char               *weekdays,
                                     const char               *holidays);
/* @unit: (nullable): then always. */
void   forlop_opening_hours_of_unit (ForlopOpeningHours       *self,
                                     ForlopRecord             *unit);
/* The instant at which it has been open for @open_ms since @from. */
gint64 forlop_opening_hours_pass    (const ForlopOpeningHours *self,
                                     gint64                    from,
                                     gint64                    open_ms);

/* Since when an alert waits for somebody: @waits_until is the end of the repeat that the plan asks for, and
 * @snoozed_until when it comes back; %FORLOP_INSTANT_NONE for none. */
gint64 forlop_escalation_since      (gint64                    raised_at,
                                     gint64                    waits_until,
                                     gint64                    snoozed_until);
/* Since when the alert waits to be taken; %FORLOP_INSTANT_NONE when it is not red, taken or finished with. */
gint64 forlop_escalation_waits      (ForlopRecord             *alert);
/* When the alert is escalated unless somebody takes it; %FORLOP_INSTANT_NONE when it never is. @unit follows the
 * citizen up, and @profile is the case's; both nullable. */
gint64 forlop_escalation_at         (ForlopRecord             *alert,
                                     ForlopRecord             *unit,
                                     ForlopRecord             *profile);
/* The unit that follows the case up: whose hours and whose leader it is. */
const char *forlop_escalation_unit  (ForlopRecord             *the_case);
/* (nullable): where the unit's message goes: its shift phone, or else its telephone. */
const char *forlop_escalation_address (ForlopRecord           *unit);

G_END_DECLS
