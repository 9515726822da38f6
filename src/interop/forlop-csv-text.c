/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-csv-text.h"

#include <string.h>

/**
 * forlop_csv_text_clean:
 * @text: UTF-8 as it stood in the cell
 * @line_break: what a line break inside the cell becomes, for example ", "
 *
 * Composes accents, takes away blanks at both ends, and makes every run of blanks, no-break
 * spaces and control characters one space.
 *
 * Returns: (transfer full): the text as it is kept; empty when nothing was written
 */
char *
forlop_csv_text_clean (const char *text,
                       const char *line_break)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (line_break != NULL, NULL);

  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_return_val_if_fail (composed != NULL, NULL);

  GString *clean = g_string_sized_new (strlen (composed));
  gboolean blank = FALSE;
  gboolean broken = FALSE;

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          blank = TRUE;
          broken |= character == '\n';
          continue;
        }

      if (blank && clean->len > 0)
        g_string_append (clean, broken ? line_break : " ");
      blank = broken = FALSE;
      g_string_append_unichar (clean, character);
    }

  return g_string_free_and_steal (clean);
}

/**
 * forlop_csv_text_fold:
 * @text: a column name
 *
 * Makes names that differ only in case, blanks around them or the way accents are composed equal.
 *
 * Returns: (transfer full): text to compare, not to show
 */
char *
forlop_csv_text_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *clean = forlop_csv_text_clean (text, " ");
  g_autofree char *folded = g_utf8_casefold (clean, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

/**
 * forlop_csv_text_guarded:
 * @text: the text of a cell
 *
 * A spreadsheet runs a cell that begins with one of = + - @, tab or line break as a formula. The
 * writer puts an apostrophe before such a cell, and before one that already has apostrophes there;
 * the reader takes one apostrophe away. So every text comes back as it was.
 *
 * Returns: whether @text is zero or more apostrophes followed by a character of that kind
 */
gboolean
forlop_csv_text_guarded (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  text += strspn (text, "'");

  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL;
}
