/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-format.h"
#include "forlop-id.h"

#define MAX_TEXT 4096
#define MAX_NOTE (256 * 1024)

static gboolean
refuse (GError     **error,
        const char  *format,
        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
check_choice (const ForlopField *field,
              const char        *text,
              GError           **error)
{
  g_autoptr (GString) known = NULL;

  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++)
    if (g_str_equal (choice->code, text))
      return TRUE;

  known = g_string_new (NULL);
  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++)
    g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", choice->code);

  /* Translators: the first is a field's label, the second what was written, the third the list of
   * what may be written. */
  return refuse (error, _("%s: “%s” is not one of the choices. Choose one of: %s."),
                 _(field->label), text, known->str);
}

/**
 * forlop_field_check_text:
 *
 * Checks a text value by the rules of @field's kind: length, choice, date, id, telephone.
 */
gboolean
forlop_field_check_text (const ForlopField *field,
                         const char        *text,
                         GError           **error)
{
  const gsize limit = field->kind == FORLOP_KIND_NOTE ? MAX_NOTE : MAX_TEXT;
  ForlopDate date;

  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("%s: the text has bytes that are not letters. Write it again."),
                   _(field->label));
  if (strlen (text) > limit)
    return refuse (error, _("%s: the text is too long. Write at most %u characters."),
                   _(field->label), (unsigned int) limit);

  if (field->kind == FORLOP_KIND_CHOICE)
    return check_choice (field, text, error);
  if (field->kind == FORLOP_KIND_DATE && !forlop_date_from_iso (text, &date))
    return refuse (error, _("%s: “%s” is not a date. Write day, month and year, for example 03.07.2026."),
                   _(field->label), text);
  if (field->kind == FORLOP_KIND_REF && !forlop_id_is_valid (text))
    return refuse (error, _("%s: “%s” is not the id of a record."), _(field->label), text);
  if (field->kind == FORLOP_KIND_PHONE)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *phone = forlop_phone_normalize (text, &local_error);

      if (phone == NULL)
        return refuse (error, "%s: %s", _(field->label), local_error->message);
    }

  return TRUE;
}

/**
 * forlop_field_check_number:
 *
 * Checks that @number is inside the range that @field declares.
 */
gboolean
forlop_field_check_number (const ForlopField *field,
                           double             number,
                           GError           **error)
{
  g_autofree char *lowest = NULL;
  g_autofree char *highest = NULL;
  double low = field->min, high = field->max;

  g_return_val_if_fail (field != NULL, FALSE);

  if (field->kind == FORLOP_KIND_MINUTE)
    {
      low = 0;
      high = 24 * 60 - 1;
    }

  if (high <= low || (number >= low && number <= high))
    return TRUE;

  lowest = forlop_number_format (low, 2, FALSE);
  highest = forlop_number_format (high, 2, FALSE);

  return refuse (error, _("%s: the number must be from %s to %s."), _(field->label), lowest, highest);
}

gboolean
forlop_record_validate (ForlopRecord  *self,
                        GError       **error)
{
  const ForlopRecordType *type;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  type = forlop_record_get_rtype (self);

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      if (!forlop_record_has (self, field->name))
        {
          if (field->flags & FORLOP_FIELD_REQUIRED)
            return refuse (error, _("%s: “%s” is missing. Fill it in."), _(type->label), _(field->label));
          continue;
        }

      if (field->kind <= FORLOP_KIND_BLOB)
        {
          if (!forlop_field_check_text (field, forlop_record_get_text (self, field->name), error))
            return FALSE;
        }
      else if (field->kind == FORLOP_KIND_REAL)
        {
          if (!forlop_field_check_number (field, forlop_record_get_real (self, field->name), error))
            return FALSE;
        }
      else if (field->kind != FORLOP_KIND_INSTANT &&
               !forlop_field_check_number (field, (double) forlop_record_get_integer (self, field->name), error))
        return FALSE;
    }

  return TRUE;
}
