/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-gs1-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-interop-error.h"

static const ForlopGs1Rule rules[] = {
  { FORLOP_GS1_GTIN, FORLOP_GS1_KIND_GTIN, 14 },
  { FORLOP_GS1_BATCH, FORLOP_GS1_KIND_TEXT, 20 },
  { FORLOP_GS1_PRODUCTION_DATE, FORLOP_GS1_KIND_DATE, 6 },
  { FORLOP_GS1_EXPIRY_DATE, FORLOP_GS1_KIND_DATE, 6 },
  { FORLOP_GS1_VARIANT, FORLOP_GS1_KIND_DIGITS, 2 },
  { FORLOP_GS1_SERIAL, FORLOP_GS1_KIND_TEXT, 20 },
  { FORLOP_GS1_THIRD_PARTY_SERIAL, FORLOP_GS1_KIND_TEXT, 28 },
  { FORLOP_GS1_ADDITIONAL_ID, FORLOP_GS1_KIND_TEXT, 30 },
  { FORLOP_GS1_CUSTOMER_PART, FORLOP_GS1_KIND_TEXT, 30 },
};

const ForlopGs1Rule *
forlop_gs1_find_rule (const char *text,
                      gsize       length,
                      gboolean    exact)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gsize ai_length = strlen (rules[i].ai);

      if (length >= ai_length && memcmp (text, rules[i].ai, ai_length) == 0 &&
          (!exact || length == ai_length))
        return &rules[i];
    }

  return NULL;
}

/* Checks of one value: NULL, or the reason (transfer full) and where in it */

/* GS1 character set 82: what a batch or serial number may hold. */
static gboolean
is_element_character (char character)
{
  return g_ascii_isalnum (character) ||
         (character != '\0' && strchr ("!\"%&'()*+,-./:;<=>?_", character) != NULL);
}

static char *
check_characters (const ForlopGs1Rule *rule,
                  const char          *value,
                  gsize                length,
                  gsize               *bad)
{
  for (*bad = 0; *bad < length; (*bad)++)
    {
      char character = value[*bad];

      if (rule->kind == FORLOP_GS1_KIND_TEXT && !is_element_character (character))
        return g_strdup_printf (_("a character in (%s) is not allowed in a GS1 code"), rule->ai);
      if (rule->kind != FORLOP_GS1_KIND_TEXT && !g_ascii_isdigit (character))
        return g_strdup_printf (_("(%s) may hold digits only"), rule->ai);
    }

  return NULL;
}

static char *
check_length (const ForlopGs1Rule *rule,
              gsize                length,
              gsize               *bad)
{
  *bad = MIN (length, rule->length);

  if (length == 0)
    return g_strdup_printf (_("(%s) is empty"), rule->ai);
  if (rule->kind == FORLOP_GS1_KIND_TEXT && length > rule->length)
    return g_strdup_printf (_("(%s) is longer than %u characters"), rule->ai, rule->length);
  if (rule->kind != FORLOP_GS1_KIND_TEXT && length != rule->length)
    return g_strdup_printf (_("(%s) must have %u digits"), rule->ai, rule->length);

  return NULL;
}

static char
gtin_check_digit (const char *digits,
                  gsize       length)
{
  int sum = 0;

  for (gsize i = 0; i + 1 < length; i++)
    sum += (digits[i] - '0') * ((length - 1 - i) % 2 == 1 ? 3 : 1);

  return (char) ('0' + (10 - sum % 10) % 10);
}

static char *
check_gtin (const char *digits,
            gsize       length,
            gsize      *bad)
{
  char right = gtin_check_digit (digits, length);

  *bad = length - 1;
  if (digits[length - 1] == right)
    return NULL;

  return g_strdup_printf (_("the check digit of the article number is %c and should be %c"),
                          digits[length - 1], right);
}

static int
two_digits (const char *digits)
{
  return (digits[0] - '0') * 10 + digits[1] - '0';
}

static int
year_from_two_digits (int year,
                      int current_year)
{
  int difference = year - current_year % 100;
  int century = current_year - current_year % 100;

  if (difference >= 51)
    century -= 100;
  else if (difference <= -50)
    century += 100;

  return century + year;
}

gboolean
forlop_gs1_read_date (const char *digits,
                      int         current_year,
                      ForlopDate *date)
{
  g_return_val_if_fail (digits != NULL && date != NULL, FALSE);

  int year = year_from_two_digits (two_digits (digits), current_year);
  int month = two_digits (digits + 2);
  int day = two_digits (digits + 4);

  if (day > 0)
    return forlop_date_from_ymd (year, month, day, date);

  if (!forlop_date_from_ymd (month == 12 ? year + 1 : year, month % 12 + 1, 1, date) ||
      month < 1 || month > 12)
    return FALSE;

  (*date)--;

  return TRUE;
}

static char *
check_date (const ForlopGs1Rule *rule,
            const char          *digits,
            int                  current_year,
            gsize               *bad)
{
  ForlopDate date;
  int month = two_digits (digits + 2);

  if (forlop_gs1_read_date (digits, current_year, &date))
    return NULL;

  *bad = month < 1 || month > 12 ? 2 : 4;

  return g_strdup_printf (_("(%s) is not a date: %.6s is not year, month and day"), rule->ai,
                          digits);
}

char *
forlop_gs1_check_value (const ForlopGs1Rule *rule,
                        const char          *value,
                        gsize                length,
                        int                  current_year,
                        gsize               *bad)
{
  g_return_val_if_fail (rule != NULL && value != NULL && bad != NULL, NULL);

  char *reason = check_characters (rule, value, MIN (length, rule->length), bad);

  if (reason == NULL)
    reason = check_length (rule, length, bad);
  if (reason == NULL && rule->kind == FORLOP_GS1_KIND_GTIN)
    reason = check_gtin (value, length, bad);
  if (reason == NULL && rule->kind == FORLOP_GS1_KIND_DATE)
    reason = check_date (rule, value, current_year, bad);

  return reason;
}

/**
 * forlop_gs1_normalize_gtin:
 * @digits: GTIN-8, 12, 13 or 14, as under the bars of a shop article; blanks do not count
 *
 * Returns: (transfer full): 14 digits, or %NULL with %FORLOP_INTEROP_ERROR_GS1
 */
char *
forlop_gs1_normalize_gtin (const char  *digits,
                           GError     **error)
{
  g_return_val_if_fail (digits != NULL, NULL);

  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = digits; *at != '\0'; at++)
    if (*at != ' ')
      g_string_append_c (plain, *at);

  gsize length = plain->len;
  g_autofree char *reason = NULL;
  gsize bad = 0;

  if (strspn (plain->str, "0123456789") != length ||
      (length != 8 && length != 12 && length != 13 && length != 14))
    reason = g_strdup (_("an article number has 8, 12, 13 or 14 digits"));
  else
    reason = check_gtin (plain->str, length, &bad);

  if (reason != NULL)
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1,
                   _("The article number was refused: %s. Nothing was registered; read it again "
                     "from the label."), reason);
      return NULL;
    }

  while (plain->len < 14)
    g_string_prepend_c (plain, '0');

  return g_string_free_and_steal (g_steal_pointer (&plain));
}
