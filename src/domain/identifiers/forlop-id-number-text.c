/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-domain"

#include "forlop-id-number.h"
#include "forlop-id-number-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"
#define HIDDEN_DATE "••••••"
#define HIDDEN_PERSON "•••••"
#define BIRTH_DIGITS 6
#define TENOR_MONTHS 80
#define ZERO_WIDTH_SPACE_CHAR 0x200b
#define BYTE_ORDER_MARK_CHAR 0xfeff

/**
 * forlop_id_number_normalize:
 * @text: what was written
 *
 * Removes spaces of every kind, also those that come by copying. Nothing else is changed, so that
 * a wrong number stays recognisable.
 *
 * Returns: (transfer full): the number as it is stored
 */
char *
forlop_id_number_normalize (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (text);

  GString *number = g_string_sized_new (FORLOP_ID_NUMBER_LENGTH);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c != ZERO_WIDTH_SPACE_CHAR && c != BYTE_ORDER_MARK_CHAR)
        g_string_append_unichar (number, c);
    }

  return g_string_free_and_steal (number);
}

static gboolean
has_form (const char *number)
{
  return strlen (number) == FORLOP_ID_NUMBER_LENGTH &&
         strspn (number, "0123456789") == FORLOP_ID_NUMBER_LENGTH;
}

/**
 * forlop_id_number_format:
 * @number: an identity number without spaces
 *
 * Returns: (transfer full): "150729 49884" with a no-break space; anything that does not have
 *   eleven digits as it came
 */
char *
forlop_id_number_format (const char *number)
{
  g_return_val_if_fail (number != NULL, NULL);

  if (!has_form (number))
    return g_strdup (number);

  return g_strdup_printf ("%.6s" NO_BREAK_SPACE "%s", number, number + BIRTH_DIGITS);
}

/**
 * forlop_id_number_mask:
 * @number: an identity number without spaces
 * @birth_date: the citizen's stored birth date, or %FORLOP_DATE_NONE to take the number's own
 *
 * What is shown where the number itself is not needed: the birth date, and dots for the rest. A
 * number that tells no birth date is all dots.
 *
 * Returns: (transfer full): "15.07.1929 •••••"
 */
char *
forlop_id_number_mask (const char *number,
                       ForlopDate  birth_date)
{
  ForlopIdNumberInfo info;

  g_return_val_if_fail (number != NULL, NULL);

  forlop_id_number_examine (number, &info);
  if (birth_date == FORLOP_DATE_NONE)
    birth_date = info.birth_date;
  if (birth_date == FORLOP_DATE_NONE)
    return g_strdup (HIDDEN_DATE NO_BREAK_SPACE HIDDEN_PERSON);

  g_autofree char *date = forlop_date_format (birth_date);

  return g_strdup_printf ("%s" NO_BREAK_SPACE HIDDEN_PERSON, date);
}

/**
 * forlop_id_number_kind_name:
 * @kind: a kind of number
 *
 * Returns: the word that JSON output uses
 */
const char *
forlop_id_number_kind_name (ForlopIdNumberKind kind)
{
  switch (kind)
    {
    case FORLOP_ID_NUMBER_FNR: return "fnr";
    case FORLOP_ID_NUMBER_D: return "d";
    case FORLOP_ID_NUMBER_H: return "h";
    case FORLOP_ID_NUMBER_FH: return "fh";
    case FORLOP_ID_NUMBER_NONE:
    default: return "none";
    }
}

/**
 * forlop_id_number_kind_label:
 * @kind: a kind of number
 *
 * Returns: the kind in the reader's language
 */
const char *
forlop_id_number_kind_label (ForlopIdNumberKind kind)
{
  switch (kind)
    {
    case FORLOP_ID_NUMBER_FNR: return _("Birth number");
    case FORLOP_ID_NUMBER_D: return _("D-number");
    case FORLOP_ID_NUMBER_H: return _("Local help number");
    case FORLOP_ID_NUMBER_FH: return _("Common help number");
    case FORLOP_ID_NUMBER_NONE:
    default: return _("Not an identity number");
    }
}

/**
 * forlop_id_number_synthetic_name:
 * @synthetic: whose test number it is
 *
 * Returns: the word that JSON output uses
 */
const char *
forlop_id_number_synthetic_name (ForlopIdNumberSynthetic synthetic)
{
  switch (synthetic)
    {
    case FORLOP_ID_NUMBER_TENOR: return "tenor";
    case FORLOP_ID_NUMBER_NHN: return "nhn";
    case FORLOP_ID_NUMBER_NAV: return "nav";
    case FORLOP_ID_NUMBER_REAL:
    default: return "none";
    }
}

/**
 * forlop_id_number_fhir_system:
 * @kind: a kind of number
 *
 * Returns: (nullable): the identifier system of HL7 Norway's base profiles; %NULL for a local
 *   help number, whose system is its assigner's, and for no number
 */
const char *
forlop_id_number_fhir_system (ForlopIdNumberKind kind)
{
  switch (kind)
    {
    case FORLOP_ID_NUMBER_FNR: return "urn:oid:2.16.578.1.12.4.1.4.1";
    case FORLOP_ID_NUMBER_D: return "urn:oid:2.16.578.1.12.4.1.4.2";
    case FORLOP_ID_NUMBER_FH: return "urn:oid:2.16.578.1.12.4.1.4.3";
    case FORLOP_ID_NUMBER_H:
    case FORLOP_ID_NUMBER_NONE:
    default: return NULL;
    }
}

/* Puts the check digits behind nine digits; FALSE where the rule of today has none for them. */
static gboolean
add_check_digits (int digits[FORLOP_ID_NUMBER_LENGTH])
{
  digits[9] = 0;
  digits[10] = 0;
  digits[9] = (11 - forlop_id_number_remainders (digits).first) % 11;
  digits[10] = (11 - forlop_id_number_remainders (digits).second) % 11;
  return digits[9] < 10 && digits[10] < 10;
}

/**
 * forlop_id_number_compose:
 * @birth_date: a birth date in the years 1854 to 2039
 * @sex: 'm' or 'f'
 * @serial: 0 for the first number of that date and sex, 1 for the next and so on
 *
 * Makes a test number of the tax administration (month + 80), which can belong to nobody. For the
 * demo and for tests.
 *
 * Returns: (transfer full) (nullable): eleven digits, or %NULL where there are no more numbers
 */
char *
forlop_id_number_compose (ForlopDate   birth_date,
                          char         sex,
                          unsigned int serial)
{
  int year, month, day;
  int digits[FORLOP_ID_NUMBER_LENGTH];

  g_return_val_if_fail (birth_date != FORLOP_DATE_NONE, NULL);
  g_return_val_if_fail (sex == 'm' || sex == 'f', NULL);

  forlop_date_to_ymd (birth_date, &year, &month, &day);
  for (int individual = sex == 'm'; individual <= 999; individual += 2)
    {
      if (forlop_id_number_birth_year (year % 100, individual) != year)
        continue;

      guint64 all = day;

      all = all * 100 + month + TENOR_MONTHS;
      all = all * 100 + year % 100;
      all = all * 1000 + individual;
      for (int i = 8; i >= 0; i--, all /= 10)
        digits[i] = all % 10;

      if (!add_check_digits (digits) || serial-- > 0)
        continue;

      char *number = g_malloc0 (FORLOP_ID_NUMBER_LENGTH + 1);

      for (int i = 0; i < FORLOP_ID_NUMBER_LENGTH; i++)
        number[i] = '0' + digits[i];
      return number;
    }

  return NULL;
}
