/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-domain"

#include "forlop-register-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

#define ORGANISATION_NUMBER_LENGTH 9
#define HPR_NUMBER_MAX_LENGTH 9
#define MUNICIPALITY_NUMBER_LENGTH 4

static gboolean
is_all_digits (const char *text)
{
  g_assert (text != NULL);

  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

/**
 * forlop_organisation_number_validate:
 * @text: what was written, without spaces
 * @error: return location for an error
 *
 * Checks an organisation number: nine digits of which the last is a check digit (weights
 * 3 2 7 6 5 4 3 2, modulus 11; a number whose check digit would be ten is never issued).
 *
 * Returns: %TRUE if the number can exist; otherwise %FORLOP_ERROR_INVALID is set
 */
gboolean
forlop_organisation_number_validate (const char  *text,
                                     GError     **error)
{
  static const int weights[] = { 3, 2, 7, 6, 5, 4, 3, 2, 1 };
  int sum = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!is_all_digits (text) || strlen (text) != ORGANISATION_NUMBER_LENGTH)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("An organisation number has nine digits and nothing else."));
      return FALSE;
    }

  for (unsigned int i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (text[i] - '0');

  if (sum % 11 != 0 || strcmp (text, "000000000") == 0)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("The check digit of the organisation number does not fit; compare "
                             "the number with its source."));
      return FALSE;
    }

  return TRUE;
}

/**
 * forlop_organisation_number_format:
 * @number: an organisation number
 *
 * Groups the digits for the eye: "974 760 673" with no-break spaces. Anything that does not have
 * nine digits is given back as it came.
 *
 * Returns: (transfer full): text to show
 */
char *
forlop_organisation_number_format (const char *number)
{
  g_return_val_if_fail (number != NULL, NULL);

  if (!is_all_digits (number) || strlen (number) != ORGANISATION_NUMBER_LENGTH)
    return g_strdup (number);

  return g_strdup_printf ("%.3s\u00a0%.3s\u00a0%s", number, number + 3, number + 6);
}

/**
 * forlop_hpr_number_validate:
 * @text: what was written, without spaces
 * @error: return location for an error
 *
 * Checks the number of a health professional in the national register: one to nine digits, no
 * check digit.
 *
 * Returns: %TRUE if the number can exist; otherwise %FORLOP_ERROR_INVALID is set
 */
gboolean
forlop_hpr_number_validate (const char  *text,
                            GError     **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (is_all_digits (text) && strlen (text) <= HPR_NUMBER_MAX_LENGTH &&
      strspn (text, "0") != strlen (text))
    return TRUE;

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("An HPR number has one to nine digits and nothing else."));
  return FALSE;
}

/**
 * forlop_municipality_number_validate:
 * @text: what was written
 * @error: return location for an error
 *
 * Checks the form of a municipality number: four digits, of which the first two are the county.
 * Whether such a municipality exists on a given day is a question for the code list, which has
 * validity dates.
 *
 * Returns: %TRUE if the form is right; otherwise %FORLOP_ERROR_INVALID is set
 */
gboolean
forlop_municipality_number_validate (const char  *text,
                                     GError     **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (is_all_digits (text) && strlen (text) == MUNICIPALITY_NUMBER_LENGTH &&
      !g_str_has_prefix (text, "00") && !g_str_has_suffix (text, "00"))
    return TRUE;

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("A municipality number has four digits, for example 3905."));
  return FALSE;
}
