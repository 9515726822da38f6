/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

/* Days are counted in the proleptic Gregorian calendar. Inside the arithmetic a year begins on
 * 1 March, so that the leap day is the last day of its year and the month lengths repeat. */

#define DAYS_PER_ERA 146097 /* 400 years */
#define DAYS_TO_EPOCH 719468 /* from 1 March of the year 0 to 1 January 1970 */
#define YEAR_MIN 1
#define YEAR_MAX 9999

/* A year of two digits is the one that lies within this many years after today, else before. */
#define TWO_DIGIT_YEARS_AHEAD 20

static gboolean
is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (int year,
               int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_assert (month >= 1 && month <= 12);

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

static gint64
floor_divide (gint64 dividend,
              gint64 divisor)
{
  gint64 quotient = dividend / divisor;

  return quotient - (dividend % divisor < 0);
}

static ForlopDate
days_from_civil (int year,
                 int month,
                 int day)
{
  gint64 march_year = (gint64) year - (month <= 2);
  gint64 era = floor_divide (march_year, 400);
  int year_of_era = march_year - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

/**
 * forlop_date_from_ymd:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to 31
 * @date: (out) (optional): the date
 *
 * Returns: %FALSE if there is no such day in the calendar; @date is then untouched
 */
gboolean
forlop_date_from_ymd (int         year,
                      int         month,
                      int         day,
                      ForlopDate *date)
{
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
    return FALSE;
  if (day < 1 || day > days_in_month (year, month))
    return FALSE;

  if (date != NULL)
    *date = days_from_civil (year, month, day);

  return TRUE;
}

/**
 * forlop_date_to_ymd:
 * @date: a date, not %FORLOP_DATE_NONE
 * @year: (out) (optional): the year
 * @month: (out) (optional): 1 to 12
 * @day: (out) (optional): 1 to 31
 */
void
forlop_date_to_ymd (ForlopDate  date,
                    int        *year,
                    int        *month,
                    int        *day)
{
  g_return_if_fail (date != FORLOP_DATE_NONE);

  gint64 days = (gint64) date + DAYS_TO_EPOCH;
  gint64 era = floor_divide (days, DAYS_PER_ERA);
  int day_of_era = days - era * DAYS_PER_ERA;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096)
                    / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (5 * day_of_year + 2) / 153;
  int civil_month = march_month < 10 ? march_month + 3 : march_month - 9;

  if (year != NULL)
    *year = era * 400 + year_of_era + (civil_month <= 2);
  if (month != NULL)
    *month = civil_month;
  if (day != NULL)
    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
}

static gboolean
read_digits (const char *text,
             int         n_digits,
             int        *value)
{
  *value = 0;
  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }

  return TRUE;
}

/**
 * forlop_date_from_iso:
 * @text: (nullable): "2026-11-22"
 * @date: (out) (optional): the date
 *
 * Returns: %FALSE for anything but exactly that form; @date is then untouched
 */
gboolean
forlop_date_from_iso (const char *text,
                      ForlopDate *date)
{
  int year, month, day;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  if (!read_digits (text, 4, &year) ||
      !read_digits (text + 5, 2, &month) ||
      !read_digits (text + 8, 2, &day))
    return FALSE;

  return forlop_date_from_ymd (year, month, day, date);
}

/**
 * forlop_date_to_iso:
 * @date: a date or %FORLOP_DATE_NONE
 *
 * Returns: (transfer full) (nullable): "2026-11-22", or %NULL for no date
 */
char *
forlop_date_to_iso (ForlopDate date)
{
  int year, month, day;

  if (date == FORLOP_DATE_NONE)
    return NULL;

  forlop_date_to_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* Reads one or two digits and the separator after them. */
static gboolean
read_part (const char **cursor,
           char         separator,
           int         *value)
{
  int n_digits = strspn (*cursor, "0123456789");

  if (n_digits < 1 || n_digits > 2 || (*cursor)[n_digits] != separator)
    return FALSE;

  read_digits (*cursor, n_digits, value);
  *cursor += n_digits + 1;
  return TRUE;
}

static gboolean
split_typed_date (const char *text,
                  int        *year,
                  int        *month,
                  int        *day,
                  gboolean   *short_year)
{
  size_t n_digits = strspn (text, "0123456789");
  const char *year_text = text + 4;

  if (text[n_digits] == '\0' && (n_digits == 6 || n_digits == 8))
    {
      read_digits (text, 2, day);
      read_digits (text + 2, 2, month);
    }
  else
    {
      const char *cursor = text;

      if (!read_part (&cursor, '.', day) || !read_part (&cursor, '.', month))
        return FALSE;
      year_text = cursor;
    }

  n_digits = strspn (year_text, "0123456789");
  if (year_text[n_digits] != '\0' || (n_digits != 2 && n_digits != 4))
    return FALSE;

  *short_year = n_digits == 2;
  return read_digits (year_text, n_digits, year);
}

static int
expand_short_year (int        short_year,
                   ForlopDate today)
{
  int this_year;

  forlop_date_to_ymd (today, &this_year, NULL, NULL);

  int last = this_year + TWO_DIGIT_YEARS_AHEAD;
  int year = last - last % 100 + short_year;

  return year > last ? year - 100 : year;
}

/**
 * forlop_date_parse:
 * @text: what a person typed: "22.11.2026", "3.7.26", "221126", "22112026" or "2026-11-22"
 * @today: the day on which it was typed, or %FORLOP_DATE_NONE to demand four digits of the year
 * @date: (out): the date
 * @error: return location for an error
 *
 * A year of two digits becomes the one between 79 years before and 20 years after today.
 *
 * Returns: %TRUE, or %FALSE with %FORLOP_ERROR_INVALID
 */
gboolean
forlop_date_parse (const char  *text,
                   ForlopDate   today,
                   ForlopDate  *date,
                   GError     **error)
{
  g_autofree char *typed = NULL;
  gboolean short_year = FALSE;
  int year, month, day;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  typed = g_strstrip (g_strdup (text));
  if (forlop_date_from_iso (typed, date))
    return TRUE;

  if (!split_typed_date (typed, &year, &month, &day, &short_year))
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("This is not a date. Write day, month and year, for example "
                             "22.11.2026."));
      return FALSE;
    }

  if (short_year && today == FORLOP_DATE_NONE)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("Write the year with four digits, for example 22.11.2026."));
      return FALSE;
    }

  if (short_year)
    year = expand_short_year (year, today);

  if (!forlop_date_from_ymd (year, month, day, date))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The calendar has no %02d.%02d.%04d. Write day, month and year, for example "
                     "22.11.2026."),
                   day, month, year);
      return FALSE;
    }

  return TRUE;
}

/**
 * forlop_date_format:
 * @date: a date or %FORLOP_DATE_NONE
 *
 * Returns: (transfer full): "22.11.2026", or the empty text for no date
 */
char *
forlop_date_format (ForlopDate date)
{
  int year, month, day;

  if (date == FORLOP_DATE_NONE)
    return g_strdup ("");

  forlop_date_to_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%02d.%02d.%04d", day, month, year);
}

/**
 * forlop_date_add_months:
 * @date: a date or %FORLOP_DATE_NONE, which stays none
 * @months: how many months later; negative for earlier
 *
 * Returns: the same day of the other month, or that month's last day where it is shorter
 */
ForlopDate
forlop_date_add_months (ForlopDate date,
                        int        months)
{
  int year, month, day;

  if (date == FORLOP_DATE_NONE)
    return FORLOP_DATE_NONE;

  forlop_date_to_ymd (date, &year, &month, &day);

  gint64 month_count = (gint64) year * 12 + month - 1 + months;

  year = floor_divide (month_count, 12);
  month = month_count - (gint64) year * 12 + 1;
  return days_from_civil (year, month, MIN (day, days_in_month (year, month)));
}

/**
 * forlop_date_weekday:
 * @date: a date, not %FORLOP_DATE_NONE
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
forlop_date_weekday (ForlopDate date)
{
  g_return_val_if_fail (date != FORLOP_DATE_NONE, 0);

  /* 1 January 1970 was a Thursday. */
  gint64 days = (gint64) date + 3;

  return days - floor_divide (days, 7) * 7 + 1;
}

/**
 * forlop_date_iso_week:
 * @date: a date, not %FORLOP_DATE_NONE
 * @year: (out) (optional): the year the week belongs to, which differs around new year
 *
 * Returns: the week number of ISO 8601, 1 to 53
 */
int
forlop_date_iso_week (ForlopDate  date,
                      int        *year)
{
  int week_year;

  g_return_val_if_fail (date != FORLOP_DATE_NONE, 0);

  /* A week belongs to the year its Thursday lies in. */
  ForlopDate thursday = date + 4 - forlop_date_weekday (date);

  forlop_date_to_ymd (thursday, &week_year, NULL, NULL);
  if (year != NULL)
    *year = week_year;

  return (thursday - days_from_civil (week_year, 1, 1)) / 7 + 1;
}

/**
 * forlop_date_age:
 * @born: date of birth, or %FORLOP_DATE_NONE
 * @on: the day to count to
 *
 * Who is born on 29 February becomes a year older on 1 March in ordinary years.
 *
 * Returns: whole years, or -1 where a date is missing or @on is before @born
 */
int
forlop_date_age (ForlopDate born,
                 ForlopDate on)
{
  int born_year, born_month, born_day, year, month, day;

  if (born == FORLOP_DATE_NONE || on == FORLOP_DATE_NONE || on < born)
    return -1;

  forlop_date_to_ymd (born, &born_year, &born_month, &born_day);
  forlop_date_to_ymd (on, &year, &month, &day);

  gboolean before_birthday = month < born_month || (month == born_month && day < born_day);

  return year - born_year - (before_birthday ? 1 : 0);
}
