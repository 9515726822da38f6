/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-domain"

#include "forlop-id-number.h"
#include "forlop-id-number-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

/* 1 January 2032: the population register's new rule for the first check digit. */
#define NEW_RULE_FROM 22645
#define NEW_RULE_REMAINDER_MAX 3

/* People older than this are not citizens of today; the century was then read wrongly. */
#define AGE_MAX 120

#define FH_FIRST_DIGIT 8
#define D_FIRST_DIGIT 4
#define NAV_MONTHS 40
#define NHN_MONTHS 65
#define TENOR_MONTHS 80

/* The number taken apart, before anything is decided by its check digits. */
typedef struct {
  ForlopIdNumberKind kind;
  ForlopIdNumberSynthetic synthetic;
  gboolean ambiguous;
  int day;
  int month;
  int short_year;
  int individual;
} Parts;

ForlopIdNumberRemainders
forlop_id_number_remainders (const int *digits)
{
  static const int first[] = { 3, 7, 6, 1, 8, 9, 4, 5, 2, 1 };
  static const int second[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };
  ForlopIdNumberRemainders sums = { 0, 0 };

  g_assert (digits != NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (first); i++)
    sums.first += first[i] * digits[i];
  for (unsigned int i = 0; i < G_N_ELEMENTS (second); i++)
    sums.second += second[i] * digits[i];

  return (ForlopIdNumberRemainders) { sums.first % 11, sums.second % 11 };
}

int
forlop_id_number_birth_year (int short_year,
                             int individual)
{
  g_assert (short_year >= 0 && short_year <= 99);
  g_assert (individual >= 0 && individual <= 999);

  if (individual <= 499)
    return 1900 + short_year;
  if (individual <= 749 && short_year >= 54)
    return 1800 + short_year;
  if (short_year < 40)
    return 2000 + short_year;
  if (individual >= 900)
    return 1900 + short_year;

  return 0;
}

/* Reads eleven digits; returns how many there are, or -1 where something else is among them. */
static int
read_digits (const char *text,
             int         digits[FORLOP_ID_NUMBER_LENGTH])
{
  g_autofree char *number = forlop_id_number_normalize (text);
  int n_digits = strspn (number, "0123456789");

  if (number[n_digits] != '\0')
    return -1;

  for (int i = 0; i < MIN (n_digits, FORLOP_ID_NUMBER_LENGTH); i++)
    digits[i] = number[i] - '0';

  return n_digits;
}

/* Whether the day has ever existed in a year that ends so. It is asked without the century, which
 * never decides whether a number is right. */
static gboolean
is_day_of_some_century (const Parts *parts)
{
  for (int century = 1800; century <= 2000; century += 100)
    {
      if (forlop_date_from_ymd (century + parts->short_year, parts->month, parts->day, NULL))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_within (int value,
           int offset)
{
  return value > offset && value <= offset + 12;
}

static void
read_month (Parts *parts)
{
  if (is_within (parts->month, TENOR_MONTHS))
    {
      parts->synthetic = FORLOP_ID_NUMBER_TENOR;
      parts->month -= TENOR_MONTHS;
    }
  else if (is_within (parts->month, NHN_MONTHS))
    {
      parts->synthetic = FORLOP_ID_NUMBER_NHN;
      parts->month -= NHN_MONTHS;
    }
  else if (is_within (parts->month, NAV_MONTHS))
    {
      parts->synthetic = FORLOP_ID_NUMBER_NAV;
      parts->month -= NAV_MONTHS;

      /* Local help numbers use the same months, but never together with those of D-numbers. */
      if (parts->kind == FORLOP_ID_NUMBER_FNR)
        {
          parts->kind = FORLOP_ID_NUMBER_H;
          parts->ambiguous = TRUE;
        }
    }
}

/* Returns FALSE where the first six digits can be no birth date. */
static gboolean
take_apart (const int *digits,
            Parts     *parts)
{
  *parts = (Parts) { .kind = FORLOP_ID_NUMBER_FNR };

  if (digits[0] >= FH_FIRST_DIGIT)
    {
      parts->kind = FORLOP_ID_NUMBER_FH;
      return TRUE;
    }

  parts->day = digits[0] * 10 + digits[1];
  parts->month = digits[2] * 10 + digits[3];
  parts->short_year = digits[4] * 10 + digits[5];
  parts->individual = digits[6] * 100 + digits[7] * 10 + digits[8];

  if (digits[0] >= D_FIRST_DIGIT)
    {
      parts->kind = FORLOP_ID_NUMBER_D;
      parts->day -= D_FIRST_DIGIT * 10;
    }

  read_month (parts);
  return is_day_of_some_century (parts);
}

static void
propose (const Parts        *parts,
         ForlopIdNumberInfo *info)
{
  int year;

  /* In numbers issued from 2032 on the individual digits mean nothing. */
  if (!info->valid_today || parts->kind == FORLOP_ID_NUMBER_FH)
    return;

  info->sex = parts->individual % 2 == 0 ? 'f' : 'm';
  year = forlop_id_number_birth_year (parts->short_year, parts->individual);
  if (year != 0)
    forlop_date_from_ymd (year, parts->month, parts->day, &info->birth_date);
}

static void
clear_info (ForlopIdNumberInfo *info)
{
  *info = (ForlopIdNumberInfo) { .birth_date = FORLOP_DATE_NONE };
}

static void
fill_info (const Parts              *parts,
           ForlopIdNumberRemainders  remainders,
           ForlopIdNumberInfo       *info)
{
  gboolean valid_2032 = remainders.first <= NEW_RULE_REMAINDER_MAX && remainders.second == 0;

  if (!valid_2032)
    return;

  info->kind = parts->kind;
  info->synthetic = parts->synthetic;
  info->ambiguous = parts->ambiguous;
  info->valid_2032 = TRUE;
  info->valid_today = remainders.first == 0;
  propose (parts, info);
}

/**
 * forlop_id_number_examine:
 * @text: what was written; spaces are left out of account
 * @info: (out): what kind of number it is and what it proposes
 *
 * Reads a number without knowing the day. The rules are those of the tax administration (birth
 * and D-numbers, both check-digit rules, test numbers), HL7 Norway (help numbers), the national
 * health network and NAV (test numbers).
 *
 * Birth date and sex are proposals for two fields that a person confirms. The century follows
 * from the individual digits in numbers issued before 2032 alone, and so does the sex; a number
 * that is right only by the rule of 2032 proposes neither, for every century is possible. A date
 * that the century's calendar does not have proposes nothing. The century never makes a number
 * wrong.
 */
void
forlop_id_number_examine (const char         *text,
                          ForlopIdNumberInfo *info)
{
  int digits[FORLOP_ID_NUMBER_LENGTH];
  Parts parts;

  g_return_if_fail (text != NULL);
  g_return_if_fail (info != NULL);

  clear_info (info);
  if (read_digits (text, digits) != FORLOP_ID_NUMBER_LENGTH || !take_apart (digits, &parts))
    return;

  fill_info (&parts, forlop_id_number_remainders (digits), info);
}

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
refuse_length (int       n_digits,
               GError  **error)
{
  if (n_digits == FORLOP_ID_NUMBER_LENGTH - 1)
    return refuse (error, _("An identity number has 11 digits, and this has 10. A zero in front "
                            "may have been lost."));

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               g_dngettext (GETTEXT_PACKAGE,
                            "An identity number has 11 digits, and this has %d. Compare it with "
                            "its source.",
                            "An identity number has 11 digits, and this has %d. Compare it with "
                            "its source.",
                            n_digits),
               n_digits);
  return FALSE;
}

static gboolean
refuse_check_digits (const Parts               *parts,
                     ForlopIdNumberRemainders   remainders,
                     int                        remainder_max,
                     GError                   **error)
{
  gboolean first_fits = remainders.first <= remainder_max;

  if (parts->kind == FORLOP_ID_NUMBER_FH)
    return refuse (error, _("The number begins with 8 or 9 as a common help number (FH number) "
                            "does, but its check digits do not fit. Compare it with its source."));
  if (remainders.second != 0 && !first_fits)
    return refuse (error, _("Neither of the two check digits at the end of the identity number "
                            "fits. Compare it with its source."));
  if (remainders.second != 0)
    return refuse (error, _("The second check digit of the identity number, the last digit, does "
                            "not fit. Compare it with its source."));
  if (remainders.first <= NEW_RULE_REMAINDER_MAX)
    return refuse (error, _("The first check digit of the identity number, the last but one, fits "
                            "only the rule that begins on 1 January 2032. Compare it with its "
                            "source."));

  return refuse (error, _("The first check digit of the identity number, the last but one, does "
                          "not fit. Compare it with its source."));
}

/* What is proposed on a known day: nobody is born in the future or older than people get. From
 * 2032 on, a number of the new kind can look like an old one by chance, so the sex is no longer
 * proposed, and the date only where no other century gives a living person. */
static void
limit_proposal (const Parts        *parts,
                ForlopDate          today,
                ForlopIdNumberInfo *info)
{
  ForlopDate proposed = info->birth_date;
  int n_possible = 0;
  gboolean proposed_possible = FALSE;

  for (int century = 1800; century <= 2000; century += 100)
    {
      ForlopDate date = FORLOP_DATE_NONE;

      if (proposed == FORLOP_DATE_NONE ||
          !forlop_date_from_ymd (century + parts->short_year, parts->month, parts->day, &date))
        continue;

      int age = forlop_date_age (date, today);
      gboolean possible = age >= 0 && age <= AGE_MAX;

      n_possible += possible;
      proposed_possible |= possible && date == proposed;
    }

  if (!proposed_possible || (today >= NEW_RULE_FROM && n_possible != 1))
    info->birth_date = FORLOP_DATE_NONE;
  if (today >= NEW_RULE_FROM)
    info->sex = 0;
}

/**
 * forlop_id_number_validate:
 * @text: what was written; spaces are left out of account
 * @today: the day whose rule counts: from 1 January 2032 on, numbers of the new rule are right too
 * @info: (out) (optional): as from forlop_id_number_examine(), but a birth date is proposed only
 *   where it makes sense on that day
 * @error: return location for an error
 *
 * Returns: %TRUE if the number is right on that day; otherwise %FORLOP_ERROR_INVALID tells what
 *   is wrong. The sentence never repeats the number.
 */
gboolean
forlop_id_number_validate (const char          *text,
                           ForlopDate           today,
                           ForlopIdNumberInfo  *info,
                           GError             **error)
{
  ForlopIdNumberInfo examined;
  ForlopIdNumberRemainders remainders;
  int digits[FORLOP_ID_NUMBER_LENGTH];
  Parts parts;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (today != FORLOP_DATE_NONE, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (info == NULL)
    info = &examined;
  clear_info (info);

  int n_digits = read_digits (text, digits);

  if (n_digits < 0)
    return refuse (error, _("An identity number has 11 digits and nothing else. Remove the other "
                            "characters."));
  if (n_digits != FORLOP_ID_NUMBER_LENGTH)
    return refuse_length (n_digits, error);
  if (!take_apart (digits, &parts))
    return refuse (error, _("The first six digits of the identity number are no day in the "
                            "calendar. Compare it with its source."));

  remainders = forlop_id_number_remainders (digits);
  fill_info (&parts, remainders, info);
  limit_proposal (&parts, today, info);

  int remainder_max = today >= NEW_RULE_FROM ? NEW_RULE_REMAINDER_MAX : 0;

  if (remainders.second != 0 || remainders.first > remainder_max)
    return refuse_check_digits (&parts, remainders, remainder_max, error);

  return TRUE;
}
