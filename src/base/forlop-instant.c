/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-date.h"

#include <string.h>

/* The first and last instants that can be written with a year of four digits in any zone. */
#define INSTANT_MIN (-719161 * FORLOP_DAY)
#define INSTANT_MAX (2932895 * FORLOP_DAY)

/* Where the machine has no time zone data: the rule that has held since 1996. */
#define OSLO_RULE "CET-1CEST,M3.5.0/2,M10.5.0/3"

static GTimeZone *
get_oslo (void)
{
  static GTimeZone *oslo = NULL;

  if (g_once_init_enter_pointer (&oslo))
    {
      GTimeZone *zone = g_time_zone_new_identifier ("Europe/Oslo");

      if (zone == NULL)
        zone = g_time_zone_new_identifier (OSLO_RULE);
      g_assert (zone != NULL);
      g_once_init_leave_pointer (&oslo, zone);
    }

  return oslo;
}

static gint64
floor_divide (gint64 dividend,
              gint64 divisor)
{
  gint64 quotient = dividend / divisor;

  return quotient - (dividend % divisor < 0);
}

static gboolean
is_in_range (gint64 at_ms)
{
  return at_ms >= INSTANT_MIN && at_ms <= INSTANT_MAX;
}

/* How far the wall clock in Oslo is ahead of UTC, in milliseconds. */
static gint64
get_offset (gint64 at_ms)
{
  GTimeZone *oslo = get_oslo ();
  int interval = g_time_zone_find_interval (oslo, G_TIME_TYPE_UNIVERSAL,
                                            floor_divide (at_ms, 1000));

  return g_time_zone_get_offset (oslo, interval) * G_GINT64_CONSTANT (1000);
}

/**
 * forlop_instant_to_date:
 * @at_ms: an instant
 *
 * Returns: the day it is in Oslo then; %FORLOP_DATE_NONE for no instant or one outside the years
 *   1 to 9999
 */
ForlopDate
forlop_instant_to_date (gint64 at_ms)
{
  if (!is_in_range (at_ms))
    return FORLOP_DATE_NONE;

  return floor_divide (at_ms + get_offset (at_ms), FORLOP_DAY);
}

/**
 * forlop_instant_to_minute:
 * @at_ms: an instant in the years 1 to 9999
 *
 * Returns: minutes after midnight on the wall clock in Oslo, 0 to 1439
 */
int
forlop_instant_to_minute (gint64 at_ms)
{
  g_return_val_if_fail (is_in_range (at_ms), 0);

  gint64 wall_ms = at_ms + get_offset (at_ms);

  return (wall_ms - floor_divide (wall_ms, FORLOP_DAY) * FORLOP_DAY) / FORLOP_MINUTE;
}

/**
 * forlop_instant_from_wall:
 * @date: a day in Oslo, or %FORLOP_DATE_NONE
 * @minute: minutes after midnight; 1440 and more count on into the following days
 *
 * In the hour that spring skips, the instant is counted as if the clock had not changed (02.30
 * becomes 03.30); in the hour that autumn repeats, it is the first of the two.
 *
 * Returns: the instant, or %FORLOP_INSTANT_NONE for no date
 */
gint64
forlop_instant_from_wall (ForlopDate date,
                          int        minute)
{
  if (date == FORLOP_DATE_NONE)
    return FORLOP_INSTANT_NONE;

  gint64 wall_ms = date * FORLOP_DAY + minute * FORLOP_MINUTE;
  gint64 offset_before = get_offset (wall_ms - FORLOP_DAY);
  gint64 offset_after = get_offset (wall_ms + FORLOP_DAY);

  if (get_offset (wall_ms - offset_before) != offset_before &&
      get_offset (wall_ms - offset_after) == offset_after)
    return wall_ms - offset_after;

  return wall_ms - offset_before;
}

/* @value in @n_digits, and what comes after it. */
static char *
put_number (char        *to,
            unsigned int value,
            unsigned int n_digits,
            char         after)
{
  for (unsigned int i = n_digits; i > 0; i--, value /= 10)
    to[i - 1] = (char) ('0' + value % 10);
  to[n_digits] = after;

  return to + n_digits + 1;
}

/**
 * forlop_instant_to_iso:
 * @at_ms: an instant or %FORLOP_INSTANT_NONE
 *
 * Returns: (transfer full) (nullable): RFC 3339 in UTC, "2026-11-22T06:12:00.000Z"; %NULL for no
 *   instant or one outside the years 1 to 9999
 */
char *
forlop_instant_to_iso (gint64 at_ms)
{
  int year, month, day;

  if (!is_in_range (at_ms))
    return NULL;

  gint64 date = floor_divide (at_ms, FORLOP_DAY);
  unsigned int of_day = at_ms - date * FORLOP_DAY;
  char *text = g_malloc (sizeof "2026-11-22T06:12:00.000Z");
  char *to = text;

  forlop_date_to_ymd (date, &year, &month, &day);
  to = put_number (to, year, 4, '-');
  to = put_number (to, month, 2, '-');
  to = put_number (to, day, 2, 'T');
  to = put_number (to, of_day / 3600000, 2, ':');
  to = put_number (to, of_day / 60000 % 60, 2, ':');
  to = put_number (to, of_day / 1000 % 60, 2, '.');
  to = put_number (to, of_day % 1000, 3, 'Z');
  *to = '\0';

  return text;
}

/* Reads two digits that are at most @max, after @before if that is not NUL. */
static gboolean
read_pair (const char **cursor,
           char         before,
           int          max,
           int         *value)
{
  const char *text = *cursor;

  if (before != '\0' && *text++ != before)
    return FALSE;
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;

  *value = (text[0] - '0') * 10 + (text[1] - '0');
  *cursor = text + 2;
  return *value <= max;
}

/* Reads ".123456"; what is finer than a millisecond is cut off. */
static gboolean
read_fraction (const char **cursor,
               int         *milliseconds)
{
  int scale = 100;

  *milliseconds = 0;
  if (**cursor != '.')
    return TRUE;

  (*cursor)++;
  if (!g_ascii_isdigit (**cursor))
    return FALSE;

  for (; g_ascii_isdigit (**cursor); (*cursor)++, scale /= 10)
    *milliseconds += (**cursor - '0') * scale;

  return TRUE;
}

/* Reads "Z", "+01:00" or nothing; @has_zone tells which. */
static gboolean
read_zone (const char **cursor,
           gboolean    *has_zone,
           int         *offset_minutes)
{
  int hours, minutes;

  *has_zone = **cursor != '\0';
  *offset_minutes = 0;
  if (!*has_zone)
    return TRUE;

  char sign = *(*cursor)++;

  if (sign == 'Z' || sign == 'z')
    return TRUE;
  if (sign != '+' && sign != '-')
    return FALSE;
  if (!read_pair (cursor, '\0', 23, &hours) || !read_pair (cursor, ':', 59, &minutes))
    return FALSE;

  *offset_minutes = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  return TRUE;
}

/**
 * forlop_instant_from_iso:
 * @text: (nullable): RFC 3339 with any offset; seconds may be left out, and a time without zone
 *   is wall time in Oslo
 * @at_ms: (out): the instant
 *
 * Returns: %FALSE for anything else; @at_ms is then untouched
 */
gboolean
forlop_instant_from_iso (const char *text,
                         gint64     *at_ms)
{
  char date_text[11] = "";
  ForlopDate date;
  gboolean has_zone;
  int hour, minute, offset_minutes;
  int second = 0;
  int milliseconds = 0;

  g_return_val_if_fail (at_ms != NULL, FALSE);

  if (text == NULL || strlen (text) < 16 || strchr ("Tt ", text[10]) == NULL)
    return FALSE;

  memcpy (date_text, text, 10);
  if (!forlop_date_from_iso (date_text, &date))
    return FALSE;

  const char *cursor = text + 11;

  if (!read_pair (&cursor, '\0', 23, &hour) || !read_pair (&cursor, ':', 59, &minute))
    return FALSE;
  if (*cursor == ':' &&
      (!read_pair (&cursor, ':', 60, &second) || !read_fraction (&cursor, &milliseconds)))
    return FALSE;
  if (!read_zone (&cursor, &has_zone, &offset_minutes) || *cursor != '\0')
    return FALSE;

  gint64 minute_ms = has_zone
    ? date * FORLOP_DAY + (hour * 60 + minute - offset_minutes) * FORLOP_MINUTE
    : forlop_instant_from_wall (date, hour * 60 + minute);

  if (!is_in_range (minute_ms))
    return FALSE;

  *at_ms = minute_ms + second * G_GINT64_CONSTANT (1000) + milliseconds;
  return TRUE;
}

/**
 * forlop_instant_format:
 * @at_ms: an instant or %FORLOP_INSTANT_NONE
 *
 * Returns: (transfer full): "22.11.2026 14.30" on the wall clock in Oslo, or the empty text
 */
char *
forlop_instant_format (gint64 at_ms)
{
  if (!is_in_range (at_ms))
    return g_strdup ("");

  g_autofree char *date = forlop_date_format (forlop_instant_to_date (at_ms));
  int minute = forlop_instant_to_minute (at_ms);

  return g_strdup_printf ("%s %02d.%02d", date, minute / 60, minute % 60);
}
