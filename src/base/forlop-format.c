/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "forlop-error.h"

#define MINUS "\u2212"
#define NO_BREAK_SPACE "\u00a0"
#define NO_BREAK_SPACE_CHAR 0x00a0
#define THIN_SPACE_CHAR 0x2009
#define NARROW_SPACE_CHAR 0x202f

#define DECIMALS_MAX 9
/* A double keeps fifteen digits of a whole number exactly. */
#define INTEGER_DIGITS_MAX 15
#define NORWEGIAN_PHONE_LENGTH 8
/* Numbers of machines (tablets with a card of their own) have twelve digits in Norway. */
#define NORWEGIAN_MACHINE_LENGTH 12
/* Dates further away than this are shown as dates. */
#define RELATIVE_DAYS_MAX 6

static gboolean
is_space (gunichar c)
{
  return c == ' ' || c == NO_BREAK_SPACE_CHAR || c == THIN_SPACE_CHAR || c == NARROW_SPACE_CHAR;
}

/* Turns the kinds of space and minus that come by copying into the plain ones; NULL where the
 * text is not UTF-8. */
static char *
to_plain_text (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_space (c))
        g_string_append_c (plain, ' ');
      else if (c == 0x2212)
        g_string_append_c (plain, '-');
      else
        g_string_append_unichar (plain, c);
    }

  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&plain)));
}

static void
append_grouped (GString    *text,
                const char *digits,
                size_t      n_digits)
{
  for (size_t i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, NO_BREAK_SPACE);
      g_string_append_c (text, digits[i]);
    }
}

/**
 * forlop_number_format:
 * @value: a finite number
 * @decimals: at most so many decimals, 0 to 9
 * @fixed: whether trailing zeros are kept
 *
 * Returns: (transfer full): "3,5", "1 821" with a no-break space, "−2" with a true minus
 */
char *
forlop_number_format (double   value,
                      int      decimals,
                      gboolean fixed)
{
  char format[] = "%.0f";
  char digits[512];

  g_return_val_if_fail (isfinite (value), NULL);
  g_return_val_if_fail (decimals >= 0 && decimals <= DECIMALS_MAX, NULL);

  format[2] += decimals;
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));

  char *point = strchr (digits, '.');

  if (point != NULL && !fixed)
    {
      size_t length = strlen (digits);

      while (digits[length - 1] == '0')
        digits[--length] = '\0';
      if (digits + length - 1 == point)
        *point = '\0';
    }

  GString *text = g_string_new (NULL);
  size_t n_integer = strspn (digits, "0123456789");

  /* What rounds to nothing has no sign. */
  if (value < 0 && strpbrk (digits, "123456789") != NULL)
    g_string_append (text, MINUS);

  append_grouped (text, digits, n_integer);
  if (digits[n_integer] == '.')
    g_string_append_printf (text, ",%s", digits + n_integer + 1);

  return g_string_free_and_steal (text);
}

/* Reads the digits before the comma, with spaces between the thousands or without any. */
static gboolean
read_integer_part (const char **cursor,
                   GString     *digits)
{
  size_t n_first = strspn (*cursor, "0123456789");

  if (n_first == 0)
    return FALSE;

  g_string_append_len (digits, *cursor, n_first);
  *cursor += n_first;
  if (**cursor == ' ' && n_first > 3)
    return FALSE;

  while (**cursor == ' ')
    {
      if (strspn (*cursor + 1, "0123456789") != 3)
        return FALSE;
      g_string_append_len (digits, *cursor + 1, 3);
      *cursor += 4;
    }

  return digits->len <= INTEGER_DIGITS_MAX;
}

static gboolean
read_number (const char *text,
             double     *value)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *cursor = text;
  gboolean negative = *cursor == '-';

  if (negative)
    cursor++;
  if (!read_integer_part (&cursor, digits))
    return FALSE;

  if (*cursor == ',' || *cursor == '.')
    {
      size_t n_decimals = strspn (cursor + 1, "0123456789");

      if (n_decimals == 0)
        return FALSE;
      g_string_append_c (digits, '.');
      g_string_append_len (digits, cursor + 1, n_decimals);
      cursor += n_decimals + 1;
    }

  if (*cursor != '\0')
    return FALSE;

  double magnitude = g_ascii_strtod (digits->str, NULL);

  *value = negative && magnitude > 0 ? -magnitude : magnitude;
  return TRUE;
}

/**
 * forlop_number_parse:
 * @text: what a person typed: "3,5", "3.5", "1 821" or "−2"
 * @value: (out): the number, always finite
 * @error: return location for an error
 *
 * A point is a decimal sign, never between thousands. More than fifteen digits before the decimal
 * sign are refused.
 *
 * Returns: %TRUE, or %FALSE with %FORLOP_ERROR_INVALID
 */
gboolean
forlop_number_parse (const char  *text,
                     double      *value,
                     GError     **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *plain = to_plain_text (text);

  if (plain != NULL && read_number (plain, value))
    return TRUE;

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("This is not a number. Write digits with a decimal comma, for example "
                         "72,5."));
  return FALSE;
}

static gboolean
is_all_digits (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

/**
 * forlop_phone_format:
 * @phone: a telephone number as forlop_phone_normalize() gives it
 *
 * Returns: (transfer full): "412 34 567" for mobile and service numbers, "22 33 44 55" for other
 *   Norwegian ones, with no-break spaces; anything else as it came
 */
char *
forlop_phone_format (const char *phone)
{
  g_return_val_if_fail (phone != NULL, NULL);

  if (!is_all_digits (phone) || strlen (phone) != NORWEGIAN_PHONE_LENGTH)
    return g_strdup (phone);

  if (strchr ("489", phone[0]) != NULL)
    return g_strdup_printf ("%.3s" NO_BREAK_SPACE "%.2s" NO_BREAK_SPACE "%s",
                            phone, phone + 3, phone + 5);

  return g_strdup_printf ("%.2s" NO_BREAK_SPACE "%.2s" NO_BREAK_SPACE "%.2s" NO_BREAK_SPACE "%s",
                          phone, phone + 2, phone + 4, phone + 6);
}

/* The number without spaces and hyphens, and with "+" for "00" in front. */
static char *
strip_phone (const char *text)
{
  g_autofree char *plain = to_plain_text (text);
  GString *stripped = g_string_new (NULL);

  for (const char *p = plain != NULL ? plain : text; *p != '\0'; p++)
    {
      if (*p != ' ' && *p != '-')
        g_string_append_c (stripped, *p);
    }

  if (g_str_has_prefix (stripped->str, "00"))
    g_string_overwrite (g_string_erase (stripped, 0, 1), 0, "+");

  return g_string_free_and_steal (stripped);
}

/**
 * forlop_phone_normalize:
 * @text: what a person typed
 * @error: return location for an error
 *
 * Removes spaces, hyphens and the Norwegian country code.
 *
 * Returns: (transfer full) (nullable): eight digits, or "+" and 6 to 15 digits for a foreign
 *   number; %NULL with %FORLOP_ERROR_INVALID for anything else
 */
char *
forlop_phone_normalize (const char  *text,
                        GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autofree char *phone = strip_phone (text);
  size_t length = strlen (phone);

  if (length == NORWEGIAN_PHONE_LENGTH && is_all_digits (phone))
    return g_steal_pointer (&phone);

  if (phone[0] == '+' && is_all_digits (phone + 1))
    {
      gboolean norwegian = g_str_has_prefix (phone, "+47");

      if (norwegian && length == 3 + NORWEGIAN_PHONE_LENGTH)
        return g_strdup (phone + 3);
      if (norwegian && length == 3 + NORWEGIAN_MACHINE_LENGTH)
        return g_steal_pointer (&phone);
      if (!norwegian && phone[1] != '0' && length >= 7 && length <= 16)
        return g_steal_pointer (&phone);
    }

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("This is not a telephone number. Write eight digits, or + and the country "
                         "code for a foreign number."));
  return NULL;
}

static char *
format_clock_time (gint64 at_ms)
{
  int minute = forlop_instant_to_minute (at_ms);

  return g_strdup_printf ("%02d.%02d", minute / 60, minute % 60);
}

static char *
format_minutes_away (gint64 difference_ms)
{
  int minutes = ABS (difference_ms) / FORLOP_MINUTE;

  if (minutes == 0)
    return g_strdup (_("just now"));
  if (difference_ms < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d min ago", "%d min ago", minutes),
                            minutes);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d min", "in %d min", minutes),
                          minutes);
}

/**
 * forlop_instant_format_relative:
 * @at_ms: an instant or %FORLOP_INSTANT_NONE
 * @now_ms: the present instant
 *
 * Within an hour in minutes; today, yesterday and tomorrow with the time; within six days in
 * days; else the date. All in the reader's language and in Oslo wall time.
 *
 * Returns: (transfer full): text to show, the empty text for no instant
 */
char *
forlop_instant_format_relative (gint64 at_ms,
                                gint64 now_ms)
{
  ForlopDate date = forlop_instant_to_date (at_ms);
  ForlopDate today = forlop_instant_to_date (now_ms);

  if (date == FORLOP_DATE_NONE)
    return g_strdup ("");

  g_return_val_if_fail (today != FORLOP_DATE_NONE, NULL);

  if (ABS (at_ms - now_ms) < FORLOP_HOUR)
    return format_minutes_away (at_ms - now_ms);

  g_autofree char *time = format_clock_time (at_ms);
  int days = date - today;

  if (days == 0)
    return g_strdup_printf (_("today %s"), time);
  if (days == -1)
    return g_strdup_printf (_("yesterday %s"), time);
  if (days == 1)
    return g_strdup_printf (_("tomorrow %s"), time);
  if (days < 0 && days >= -RELATIVE_DAYS_MAX)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", -days),
                            -days);
  if (days > 0 && days <= RELATIVE_DAYS_MAX)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d day", "in %d days", days), days);

  return forlop_date_format (date);
}

static char *
format_days (gint64 hours)
{
  int days = MIN (hours / 24, G_MAXINT);
  int rest = hours % 24;

  /* Beyond two days the hours tell nothing more. */
  if (rest == 0 || days > 2)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", days), days);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day %d h", "%d days %d h", days),
                          days, rest);
}

/**
 * forlop_duration_format:
 * @duration_ms: a length of time; the sign is left out
 *
 * Returns: (transfer full): "45 s", "14 min", "1 h 2 min", "3 days" in the reader's language,
 *   rounded down to what is shown
 */
char *
forlop_duration_format (gint64 duration_ms)
{
  guint64 length = duration_ms < 0 ? -(guint64) duration_ms : (guint64) duration_ms;
  guint64 minutes = length / FORLOP_MINUTE;
  guint64 hours = minutes / 60;

  if (minutes == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d s", "%d s", length / 1000),
                            (int) (length / 1000));
  if (hours == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d min", "%d min", minutes),
                            (int) minutes);
  if (hours >= 24)
    return format_days (hours);
  if (minutes % 60 == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d h", "%d h", hours), (int) hours);

  return g_strdup_printf (_("%d h %d min"), (int) hours, (int) (minutes % 60));
}
