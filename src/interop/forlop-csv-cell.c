/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-csv-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-csv-text.h"
#include "forlop-id-number.h"
#include "forlop-interop-error.h"

#define POSTAL_CODE_LENGTH 4

static void
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_ROW, reason);
}

/**
 * forlop_csv_cell_id_number:
 * @today: from 2032 on, the check digits of the new numbers are right too
 *
 * Takes every kind of identity number: birth number, D-number, H-number and FH-number.
 *
 * Returns: (transfer full): eleven digits, or %NULL with the reason
 */
char *
forlop_csv_cell_id_number (const char  *cell,
                           ForlopDate   today,
                           GError     **error)
{
  g_return_val_if_fail (cell != NULL, NULL);

  g_autofree char *number = forlop_id_number_normalize (cell);

  if (number[0] == '\0')
    {
      refuse (error, _("The identity number is missing, so the citizen cannot be told from others. "
                       "Write the number, or register the citizen by hand."));
      return NULL;
    }

  /* What a spreadsheet makes of eleven digits in a narrow column: 1,58729E+10. */
  if (strpbrk (number, "eE") != NULL && strpbrk (number, "+") != NULL)
    {
      refuse (error, _("A spreadsheet has shortened the identity number and its last digits are "
                       "lost. Format the column as text and fetch the number again."));
      return NULL;
    }

  if (!forlop_id_number_validate (number, today, NULL, error))
    return NULL;

  return g_steal_pointer (&number);
}

/**
 * forlop_csv_cell_postal_code:
 *
 * Returns: (transfer full): four digits, or %NULL with the reason
 */
char *
forlop_csv_cell_postal_code (const char  *cell,
                             GError     **error)
{
  g_return_val_if_fail (cell != NULL, NULL);

  g_autofree char *code = forlop_csv_text_clean (cell, " ");
  gsize length = strlen (code);

  if (length == POSTAL_CODE_LENGTH && strspn (code, "0123456789") == length)
    return g_steal_pointer (&code);

  if (length == POSTAL_CODE_LENGTH - 1 && strspn (code, "0123456789") == length)
    refuse (error, _("A postal code has four digits and this has three; a spreadsheet may have "
                     "removed a zero in front. Write all four digits."));
  else
    refuse (error, _("This is not a postal code. Write four digits."));

  return NULL;
}

/* "14.30", "14:30" or either with seconds. */
static gboolean
read_clock (const char *text,
            int        *minute,
            int        *second)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ".:", 4);
  unsigned int n_parts = g_strv_length (parts);
  int numbers[3] = { 0, 0, 0 };

  if (n_parts != 2 && n_parts != 3)
    return FALSE;

  for (unsigned int i = 0; i < n_parts; i++)
    {
      gsize length = strlen (parts[i]);

      if (length < 1 || length > 2 || strspn (parts[i], "0123456789") != length)
        return FALSE;
      numbers[i] = (int) g_ascii_strtoll (parts[i], NULL, 10);
    }

  if (numbers[0] > 23 || numbers[1] > 59 || numbers[2] > 59)
    return FALSE;

  *minute = numbers[0] * 60 + numbers[1];
  *second = numbers[2];

  return TRUE;
}

static gboolean
read_wall_time (const char *text,
                ForlopDate  today,
                gint64     *at_ms)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 4);
  unsigned int n_words = g_strv_length (words);
  ForlopDate date;
  int minute, second;

  if (n_words != 2 && (n_words != 3 || !g_str_equal (words[1], "kl.")))
    return FALSE;

  if (!forlop_date_parse (words[0], today, &date, NULL) ||
      !read_clock (words[n_words - 1], &minute, &second))
    return FALSE;

  *at_ms = forlop_instant_from_wall (date, minute) + second * 1000;

  return TRUE;
}

/**
 * forlop_csv_cell_instant:
 * @today: decides the century of two-digit years
 * @at_ms: (out): the point in time
 *
 * Reads "22.11.2026 14.30", with ":" for "." in the time, with seconds or with "kl." before the
 * time, all on the clock in Oslo, and RFC 3339 with or without zone.
 */
gboolean
forlop_csv_cell_instant (const char  *cell,
                         ForlopDate   today,
                         gint64      *at_ms,
                         GError     **error)
{
  g_return_val_if_fail (cell != NULL, FALSE);
  g_return_val_if_fail (at_ms != NULL, FALSE);

  g_autofree char *text = forlop_csv_text_clean (cell, " ");

  if (forlop_instant_from_iso (text, at_ms) || read_wall_time (text, today, at_ms))
    return TRUE;

  refuse (error, text[0] == '\0'
                   ? _("The time is missing. Write date and time, for example 03.07.2026 14.30.")
                   : _("This is not a date and a time. Write for example 03.07.2026 14.30."));

  return FALSE;
}
