/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-search.h"

#include <string.h>

#include "forlop-id-number.h"

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

/* The words of a name, each followed by a space. */
static void
add_names (GString    *words,
           const char *text)
{
  g_autofree char *folded = fold (text != NULL ? text : "");
  gboolean is_inside = FALSE;

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isalnum (letter) || g_unichar_ismark (letter))
        {
          g_string_append_unichar (words, letter);
          is_inside = TRUE;
        }
      else if (is_inside)
        {
          g_string_append_c (words, ' ');
          is_inside = FALSE;
        }
    }
  if (is_inside)
    g_string_append_c (words, ' ');
}

/* 19400312, 12031940 and 120340. */
static void
add_date (GString    *words,
          ForlopDate  date)
{
  g_autofree char *iso = NULL;

  if (date == FORLOP_DATE_NONE)
    return;
  iso = forlop_date_to_iso (date);
  g_string_append_printf (words, "%.4s%.2s%s ", iso, iso + 5, iso + 8);
  g_string_append_printf (words, "%s%.2s%.4s ", iso + 8, iso + 5, iso);
  g_string_append_printf (words, "%s%.2s%.2s ", iso + 8, iso + 5, iso + 2);
}

gboolean
forlop_people_is_searched (const ForlopRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return g_str_equal (type->name, "citizen") || g_str_equal (type->name, "citizen_alias");
}

/**
 * forlop_people_words:
 * @citizen: a record of type citizen, or of type citizen_alias: the number that it tells of.
 */
char *
forlop_people_words (ForlopRecord *citizen)
{
  g_autoptr (GString) words = NULL;
  const char *number;

  g_return_val_if_fail (citizen != NULL, NULL);

  if (forlop_record_is (citizen, "citizen_alias"))
    return forlop_record_has (citizen, "id_number")
             ? g_strdup_printf (" %s ", forlop_record_get_text (citizen, "id_number")) : NULL;
  if (forlop_record_has (citizen, "merged_into_id") ||
      (forlop_record_has (citizen, "address_protection") &&
       !forlop_record_text_is (citizen, "address_protection", "none")))
    return NULL;

  words = g_string_new (" ");
  add_names (words, forlop_record_get_text (citizen, "given_name"));
  add_names (words, forlop_record_get_text (citizen, "family_name"));
  number = forlop_record_get_text (citizen, "id_number");
  if (number != NULL)
    g_string_append_printf (words, "%s ", number);
  add_date (words, forlop_record_get_date (citizen, "birth_date"));

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* A number may be written in parts: "158729 49884", "15.08.1940"; NULL when it is no number. */
static char *
join_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else if (*c != ' ' && *c != '.' && *c != '-' && *c != '/')
        return NULL;
    }

  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static glong
add_needles (GPtrArray  *needles,
             const char *text)
{
  g_autofree char *number = join_digits (text);
  g_autoptr (GString) names = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  glong n = 0;

  if (number != NULL)
    {
      g_ptr_array_add (needles, g_strdup_printf (" %s ", number));
      return g_utf8_strlen (number, -1);
    }
  add_names (names, text);
  words = g_strsplit (names->str, " ", -1);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      {
        g_ptr_array_add (needles, g_strconcat (" ", *word, NULL));
        n += g_utf8_strlen (*word, -1);
      }

  return n;
}

/**
 * forlop_people_needles:
 * @text: what was written: names, a date of birth, or a whole identity number.
 *
 * Returns: (transfer full) (nullable): at most %FORLOP_PEOPLE_SEARCH_WORDS texts.
 */
GPtrArray *
forlop_people_needles (const char *text)
{
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *number = NULL;
  glong n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  number = join_digits (text);
  if (number != NULL)
    n = add_needles (needles, text);
  else
    {
      g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);

      for (char **part = parts; *part != NULL; part++)
        n += add_needles (needles, *part);
    }
  if (n < FORLOP_PEOPLE_SEARCH_MIN)
    return NULL;
  if (needles->len > FORLOP_PEOPLE_SEARCH_WORDS)
    g_ptr_array_set_size (needles, FORLOP_PEOPLE_SEARCH_WORDS);

  return g_steal_pointer (&needles);
}

gboolean
forlop_people_needles_are_number (GPtrArray *needles)
{
  const char *needle;

  g_return_val_if_fail (needles != NULL && needles->len > 0, FALSE);

  /* Only a number has a space on both sides. */
  needle = g_ptr_array_index (needles, 0);

  return needles->len == 1 && strlen (needle) == FORLOP_ID_NUMBER_LENGTH + 2 && g_str_has_suffix (needle, " ");
}
