/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A date is the number of days since 1 January 1970; an instant is the number of milliseconds
 * since 1 January 1970 00.00 UTC. Wall time is always Europe/Oslo, whatever the machine is set to. */

typedef gint32 ForlopDate;

#define FORLOP_DATE_NONE G_MININT32
#define FORLOP_INSTANT_NONE G_MININT64
#define FORLOP_MINUTE G_GINT64_CONSTANT (60000)
#define FORLOP_HOUR (60 * FORLOP_MINUTE)
#define FORLOP_DAY (24 * FORLOP_HOUR)

/* Dates */
gboolean    forlop_date_from_ymd    (int          year,
                                     int          month,
                                     int          day,
                                     ForlopDate  *date);
void        forlop_date_to_ymd      (ForlopDate   date,
                                     int         *year,
                                     int         *month,
                                     int         *day);
/* Reads "2026-11-22"; FALSE for anything else. */
gboolean    forlop_date_from_iso    (const char  *text,
                                     ForlopDate  *date);
char       *forlop_date_to_iso      (ForlopDate   date) G_GNUC_WARN_UNUSED_RESULT;
/* Reads what people type: "22.11.2026", "22.11.26", "221126", "22112026", "2026-11-22". */
gboolean    forlop_date_parse       (const char  *text,
                                     ForlopDate   today,
                                     ForlopDate  *date,
                                     GError     **error);
/* "22.11.2026" */
char       *forlop_date_format      (ForlopDate   date) G_GNUC_WARN_UNUSED_RESULT;
/* Same day in a later (or earlier) month, or the last day of that month: 31.01 + 1 = 28.02. */
ForlopDate  forlop_date_add_months  (ForlopDate   date,
                                     int          months);
/* 1 = Monday … 7 = Sunday */
int         forlop_date_weekday     (ForlopDate   date);
/* ISO 8601 week number; @year receives the week's year and may be NULL. */
int         forlop_date_iso_week    (ForlopDate   date,
                                     int         *year);
int         forlop_date_age         (ForlopDate   born,
                                     ForlopDate   on);

/* Instants, and Europe/Oslo wall time */
ForlopDate  forlop_instant_to_date  (gint64       at_ms);
/* Minutes after midnight on the wall clock. */
int         forlop_instant_to_minute (gint64      at_ms);
/* The instant at which the wall clock in Oslo shows @minute on @date. In the hour that the spring
 * change skips: the instant as if the clock had not changed (02.30 becomes 03.30). In the hour
 * that comes twice in autumn: the first of the two. */
gint64      forlop_instant_from_wall (ForlopDate  date,
                                      int         minute);
/* RFC 3339 in UTC with milliseconds: "2026-11-22T06:12:00.000Z". */
char       *forlop_instant_to_iso   (gint64       at_ms) G_GNUC_WARN_UNUSED_RESULT;
/* Reads RFC 3339 with any offset; a time without zone is Oslo wall time. */
gboolean    forlop_instant_from_iso (const char  *text,
                                     gint64      *at_ms);
/* "22.11.2026 14.30" */
char       *forlop_instant_format   (gint64       at_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
