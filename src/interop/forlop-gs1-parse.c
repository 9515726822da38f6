/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-gs1-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-interop-error.h"

static const char *const symbologies[] = { "]C1", "]d2", "]e0", "]Q3" };

/* Where parsing stands, and where and why it stopped. */
typedef struct {
  ForlopGs1 *gs1;
  const char *text;
  gsize length;
  gsize at;
  gsize bad;
  char *reason;
} Parse;

static gboolean
stop (Parse *parse,
      gsize  bad,
      char  *reason)
{
  parse->bad = bad;
  parse->reason = reason;

  return FALSE;
}

static gboolean
stop_at_unknown (Parse *parse,
                 gsize  bad,
                 gsize  length)
{
  g_autofree char *shown = g_strndup (parse->text + bad, MIN (length, 4));

  for (char *at = shown; *at != '\0'; at++)
    if (!g_ascii_isprint (*at))
      *at = '?';

  return stop (parse, bad, g_strdup_printf (_("“%s” is not the beginning of a known field"), shown));
}

/* A value of fixed length, or one that goes on to the separator. */
static gboolean
parse_plain_element (Parse *parse)
{
  const char *text = parse->text + parse->at;
  gsize left = parse->length - parse->at;
  const ForlopGs1Rule *rule = forlop_gs1_find_rule (text, left, FALSE);

  if (rule == NULL)
    return stop_at_unknown (parse, parse->at, MIN (left, 2));

  gsize ai_length = strlen (rule->ai);
  const char *value = text + ai_length;
  const char *end = memchr (value, FORLOP_GS1_SEPARATOR, left - ai_length);
  gsize length = end != NULL ? (gsize) (end - value) : left - ai_length;
  gsize bad = 0;

  if (rule->kind != FORLOP_GS1_KIND_TEXT)
    length = MIN (length, rule->length);

  char *reason = forlop_gs1_keep_value (parse->gs1, rule, value, length, &bad);

  if (reason != NULL)
    return stop (parse, parse->at + ai_length + bad, reason);

  parse->at += ai_length + length;
  if (parse->at < parse->length && parse->text[parse->at] == FORLOP_GS1_SEPARATOR)
    parse->at++;

  return TRUE;
}

/* Takes the value of "(21)value" without the backslashes that stand before brackets in it;
 * @origins receives the offset in the text of every character kept. */
static char *
take_bracketed_value (Parse  *parse,
                      GArray *origins)
{
  GString *value = g_string_new (NULL);
  gsize at = parse->at;

  for (; at < parse->length && parse->text[at] != '('; at++)
    {
      if (parse->text[at] == '\\' && at + 1 < parse->length &&
          (parse->text[at + 1] == '(' || parse->text[at + 1] == ')'))
        at++;
      g_array_append_val (origins, at);
      g_string_append_c (value, parse->text[at]);
    }

  g_array_append_val (origins, at);
  parse->at = at;

  return g_string_free (value, FALSE);
}

static gboolean
parse_bracketed_element (Parse *parse)
{
  const char *text = parse->text + parse->at;
  gsize left = parse->length - parse->at;
  const char *closing = memchr (text, ')', left);

  if (text[0] != '(' || closing == NULL)
    return stop (parse, parse->at, g_strdup (_("a field must begin like (01)")));

  gsize ai_length = (gsize) (closing - text) - 1;
  const ForlopGs1Rule *rule = forlop_gs1_find_rule (text + 1, ai_length, TRUE);

  if (rule == NULL)
    return stop_at_unknown (parse, parse->at + 1, ai_length);

  parse->at += ai_length + 2;

  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree char *value = take_bracketed_value (parse, origins);
  gsize length = origins->len - 1;
  gsize padding = 0;
  gsize bad = 0;

  /* People write the article number as it stands under the bars: 8, 12 or 13 digits. */
  if (rule->kind == FORLOP_GS1_KIND_GTIN && (length == 8 || length == 12 || length == 13))
    {
      g_autofree char *padded = g_strdup_printf ("%.*s%s", (int) (14 - length), "000000", value);

      padding = 14 - length;
      length = 14;
      g_set_str (&value, padded);
    }

  char *reason = forlop_gs1_keep_value (parse->gs1, rule, value, length, &bad);

  if (reason == NULL)
    return TRUE;

  return stop (parse, g_array_index (origins, gsize, bad - MIN (bad, padding)), reason);
}

static gboolean
skip_symbology (Parse *parse)
{
  if (parse->length == 0 || parse->text[0] != ']')
    return TRUE;

  for (unsigned int i = 0; i < G_N_ELEMENTS (symbologies); i++)
    if (parse->length >= 3 && memcmp (parse->text, symbologies[i], 3) == 0)
      {
        parse->at = 3;
        return TRUE;
      }

  return stop (parse, 0, g_strdup (_("the scanner says that this is not a GS1 code")));
}

static gboolean
parse_all (Parse *parse)
{
  if (!skip_symbology (parse))
    return FALSE;

  if (parse->at < parse->length && parse->text[parse->at] == FORLOP_GS1_SEPARATOR)
    parse->at++;

  if (parse->at == parse->length)
    return stop (parse, parse->at, g_strdup (_("there is nothing in it")));

  gboolean bracketed = parse->text[parse->at] == '(';

  while (parse->at < parse->length)
    if (bracketed ? !parse_bracketed_element (parse) : !parse_plain_element (parse))
      return FALSE;

  return TRUE;
}

/* Public */

/**
 * forlop_gs1_parse:
 * @text: what the scanner sent, or the form with brackets printed on labels
 * @length: the number of bytes, or -1 where a zero byte ends @text
 * @current_year: the year that decides the century of two-digit years
 * @position: (out) (optional): receives where it was refused, counted from 1
 *
 * Takes away a symbology identifier and reads every element. In the form with brackets, article
 * numbers of 8, 12 and 13 digits are padded to 14, and a bracket inside a value has a backslash
 * before it.
 *
 * Returns: (transfer full): the code, or %NULL with %FORLOP_INTEROP_ERROR_GS1
 */
ForlopGs1 *
forlop_gs1_parse (const char    *text,
                  gssize         length,
                  int            current_year,
                  unsigned int  *position,
                  GError       **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (ForlopGs1) self = forlop_gs1_new (current_year);
  g_return_val_if_fail (self != NULL, NULL);

  Parse parse = { .gs1 = self, .text = text };

  parse.length = length < 0 ? strlen (text) : (gsize) length;
  if (position != NULL)
    *position = 0;

  if (parse_all (&parse))
    return g_steal_pointer (&self);

  if (position != NULL)
    *position = (unsigned int) parse.bad + 1;
  g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1,
               _("The code was refused at character %u: %s. Nothing was registered; scan it again "
                 "or type it from the label."), (unsigned int) parse.bad + 1, parse.reason);
  g_free (parse.reason);

  return NULL;
}
