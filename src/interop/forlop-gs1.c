/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-gs1-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-interop-error.h"

static void
element_clear (gpointer data)
{
  g_free (((ForlopGs1Element *) data)->value);
}

char *
forlop_gs1_keep_value (ForlopGs1           *self,
                       const ForlopGs1Rule *rule,
                       const char          *value,
                       gsize                length,
                       gsize               *bad)
{
  g_return_val_if_fail (self != NULL, NULL);

  char *reason = forlop_gs1_check_value (rule, value, length, self->current_year, bad);

  if (reason != NULL)
    return reason;

  g_autofree char *text = g_strndup (value, length);
  const char *present = forlop_gs1_get_value (self, rule->ai);

  *bad = 0;
  if (present != NULL && !g_str_equal (present, text))
    return g_strdup_printf (_("(%s) stands there twice with different values"), rule->ai);

  if (present == NULL)
    {
      ForlopGs1Element element = { rule, g_steal_pointer (&text) };

      g_array_append_val (self->elements, element);
    }

  return NULL;
}

/* Public */

/**
 * forlop_gs1_new:
 * @current_year: the year that decides the century of two-digit years
 *
 * Returns: (transfer full): a code without elements
 */
ForlopGs1 *
forlop_gs1_new (int current_year)
{
  g_return_val_if_fail (current_year >= 1900 && current_year <= 9900, NULL);

  ForlopGs1 *self = g_new0 (ForlopGs1, 1);

  self->current_year = current_year;
  self->elements = g_array_new (FALSE, FALSE, sizeof (ForlopGs1Element));
  g_array_set_clear_func (self->elements, element_clear);

  return self;
}

void
forlop_gs1_free (ForlopGs1 *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->elements);
  g_free (self);
}

/**
 * forlop_gs1_add:
 * @ai: one of the application identifiers of this header
 * @value: its value; a GTIN must have 14 digits
 *
 * Returns: %FALSE with %FORLOP_INTEROP_ERROR_GS1 where the value may not stand in a code
 */
gboolean
forlop_gs1_add (ForlopGs1   *self,
                const char  *ai,
                const char  *value,
                GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ai != NULL && value != NULL, FALSE);

  const ForlopGs1Rule *rule = forlop_gs1_find_rule (ai, strlen (ai), TRUE);
  gsize bad = 0;

  g_return_val_if_fail (rule != NULL, FALSE);

  g_autofree char *reason = forlop_gs1_keep_value (self, rule, value, strlen (value), &bad);

  if (reason == NULL)
    return TRUE;

  g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1,
               _("The label was not made: %s. Nothing was changed; correct the value at character "
                 "%u."), reason, (unsigned int) bad + 1);

  return FALSE;
}

/**
 * forlop_gs1_add_date:
 * @ai: %FORLOP_GS1_PRODUCTION_DATE or %FORLOP_GS1_EXPIRY_DATE
 * @date: from 49 years before to 50 years after the current year
 */
gboolean
forlop_gs1_add_date (ForlopGs1   *self,
                     const char  *ai,
                     ForlopDate   date,
                     GError     **error)
{
  int year, month, day;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (date != FORLOP_DATE_NONE, FALSE);

  forlop_date_to_ymd (date, &year, &month, &day);
  if (year < self->current_year - 49 || year > self->current_year + 50)
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_GS1,
                   _("The label was not made: the year %d cannot be written with two digits. "
                     "Nothing was changed; correct the date."), year);
      return FALSE;
    }

  g_autofree char *digits = g_strdup_printf ("%02d%02d%02d", year % 100, month, day);

  return forlop_gs1_add (self, ai, digits, error);
}

unsigned int
forlop_gs1_get_n_elements (ForlopGs1 *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->elements->len;
}

/**
 * forlop_gs1_get_element:
 * @ai: (out) (optional): receives the application identifier
 *
 * Returns: (transfer none): the value of the element at @index, in the order of the code
 */
const char *
forlop_gs1_get_element (ForlopGs1     *self,
                        unsigned int   index,
                        const char   **ai)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->elements->len, NULL);

  ForlopGs1Element *element = &g_array_index (self->elements, ForlopGs1Element, index);

  if (ai != NULL)
    *ai = element->rule->ai;

  return element->value;
}

/**
 * forlop_gs1_get_value:
 *
 * Returns: (transfer none) (nullable): the value as it stands in the code, or %NULL
 */
const char *
forlop_gs1_get_value (ForlopGs1  *self,
                      const char *ai)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (ai != NULL, NULL);

  for (unsigned int i = 0; i < self->elements->len; i++)
    {
      ForlopGs1Element *element = &g_array_index (self->elements, ForlopGs1Element, i);

      if (g_str_equal (element->rule->ai, ai))
        return element->value;
    }

  return NULL;
}

/**
 * forlop_gs1_get_date:
 *
 * Returns: the date; the last day of the month where the day is 00; %FORLOP_DATE_NONE where the
 *   code has no such element
 */
ForlopDate
forlop_gs1_get_date (ForlopGs1  *self,
                     const char *ai)
{
  const char *digits = forlop_gs1_get_value (self, ai);
  ForlopDate date = FORLOP_DATE_NONE;

  if (digits == NULL)
    return FORLOP_DATE_NONE;

  g_return_val_if_fail (strlen (digits) == 6, FORLOP_DATE_NONE);

  return forlop_gs1_read_date (digits, self->current_year, &date) ? date : FORLOP_DATE_NONE;
}

/**
 * forlop_gs1_to_element_string:
 *
 * Returns: (transfer full): the code with ASCII 29 where a value needs an end, for a symbol whose
 *   maker adds the leading FNC1
 */
char *
forlop_gs1_to_element_string (ForlopGs1 *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < self->elements->len; i++)
    {
      ForlopGs1Element *element = &g_array_index (self->elements, ForlopGs1Element, i);

      g_string_append (text, element->rule->ai);
      g_string_append (text, element->value);
      if (element->rule->kind == FORLOP_GS1_KIND_TEXT && i + 1 < self->elements->len)
        g_string_append_c (text, FORLOP_GS1_SEPARATOR);
    }

  return g_string_free_and_steal (text);
}

/**
 * forlop_gs1_to_bracketed:
 *
 * Returns: (transfer full): the form printed under a symbol: "(01)07012345678908(21)ABC"; a
 *   bracket inside a value has a backslash before it
 */
char *
forlop_gs1_to_bracketed (ForlopGs1 *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < self->elements->len; i++)
    {
      ForlopGs1Element *element = &g_array_index (self->elements, ForlopGs1Element, i);

      g_string_append_printf (text, "(%s)", element->rule->ai);
      for (const char *at = element->value; *at != '\0'; at++)
        {
          if (*at == '(' || *at == ')')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *at);
        }
    }

  return g_string_free_and_steal (text);
}
