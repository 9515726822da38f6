/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-date.h"
#include "forlop-pause.h"

G_BEGIN_DECLS

/**
 * ForlopCadence:
 * @FORLOP_CADENCE_DAILY: Every day, or on the weekdays chosen.
 * @FORLOP_CADENCE_EVERY_N_DAYS: Every n-th day counted from the start.
 * @FORLOP_CADENCE_WEEKLY: Once a week: on the weekday chosen, or that of the start.
 * @FORLOP_CADENCE_MONTHLY: On the day of the month of the start, or the month's last day.
 */
typedef enum {
  FORLOP_CADENCE_DAILY,
  FORLOP_CADENCE_EVERY_N_DAYS,
  FORLOP_CADENCE_WEEKLY,
  FORLOP_CADENCE_MONTHLY,
} ForlopCadence;

#define FORLOP_SCHEDULE_MAX_TIMES 12
#define FORLOP_SCHEDULE_MAX_DAYS 366

/**
 * ForlopSchedule:
 * @weekdays: Bit 0 for Monday to bit 6 for Sunday; 0 where none is chosen.
 * @times: Minutes after midnight on the wall clock in Oslo, rising.
 * @starts_on: The first day, %FORLOP_DATE_NONE for always (only for a daily cadence).
 * @grace_minutes: How long after the time a measurement may come before it is missing.
 *
 * When measurements are expected. A plain value without pointers.
 */
typedef struct {
  ForlopCadence cadence;
  guint8 weekdays;
  guint8 n_times;
  gint16 times[FORLOP_SCHEDULE_MAX_TIMES];
  int every_days;
  ForlopDate starts_on;
  int grace_minutes;
} ForlopSchedule;

gboolean    forlop_schedule_parse           (ForlopSchedule        *self,
                                             const char            *cadence,
                                             const char            *times,
                                             const char            *weekdays,
                                             int                    every_days,
                                             ForlopDate             starts_on,
                                             int                    grace_minutes,
                                             GError               **error);
char       *forlop_schedule_format_times    (const ForlopSchedule  *self) G_GNUC_WARN_UNUSED_RESULT;
char       *forlop_schedule_format_weekdays (const ForlopSchedule  *self) G_GNUC_WARN_UNUSED_RESULT;
char       *forlop_schedule_describe        (const ForlopSchedule  *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    forlop_schedule_has_day         (const ForlopSchedule  *self,
                                             ForlopDate             date);
unsigned int forlop_schedule_day            (const ForlopSchedule  *self,
                                             ForlopDate             date,
                                             gint64                 instants[FORLOP_SCHEDULE_MAX_TIMES]);
gint64      forlop_schedule_next            (const ForlopSchedule  *self,
                                             const ForlopPause     *pauses,
                                             unsigned int           n_pauses,
                                             gint64                 after_ms);

const char *forlop_cadence_code             (ForlopCadence          cadence);
gboolean    forlop_cadence_from_code        (const char            *code,
                                             ForlopCadence         *cadence);

G_END_DECLS
