/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-field-value.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-format.h"
#include "forlop-id-number.h"

static gboolean
refuse_json (const ForlopField  *field,
             const char         *wanted,
             GError            **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: the name of a field, then what it must be written as. */
               _("“%s” must be %s."), field->name, wanted);
  return FALSE;
}

static const ForlopField *
field_of (ForlopRecord *self,
          const char   *name)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_get_rtype (self), name);

  g_assert (field != NULL);

  return field;
}

static gboolean
set_json_text (ForlopRecord       *self,
               const ForlopField  *field,
               yyjson_val         *value,
               GError            **error)
{
  const char *text = yyjson_get_str (value);

  if (text == NULL)
    return refuse_json (field, _("text"), error);
  if (*text != '\0' && !forlop_field_check_text (field, text, error))
    return FALSE;

  if (field->kind == FORLOP_KIND_PHONE && *text != '\0')
    {
      g_autofree char *phone = forlop_phone_normalize (text, error);

      if (phone == NULL)
        return FALSE;
      forlop_record_set_text (self, field->name, phone);
      return TRUE;
    }
  if (field->kind == FORLOP_KIND_ID_NUMBER)
    {
      g_autofree char *number = forlop_id_number_normalize (text);

      forlop_record_set_text (self, field->name, number);
      return TRUE;
    }

  forlop_record_set_text (self, field->name, text);
  return TRUE;
}

/**
 * forlop_record_set_json:
 * @value: null empties the field on purpose, see forlop_record_set_emptied().
 *
 * Sets a field from its JSON form; a value of the wrong kind is refused with a sentence that names
 * the field.
 */
gboolean
forlop_record_set_json (ForlopRecord  *self,
                        const char    *name,
                        yyjson_val    *value,
                        GError       **error)
{
  const ForlopField *field;
  gint64 at;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  field = field_of (self, name);

  if (value == NULL || yyjson_is_null (value))
    {
      forlop_record_set_emptied (self, name);
      return TRUE;
    }

  switch (field->kind)
    {
    case FORLOP_KIND_BOOLEAN:
      if (!yyjson_is_bool (value))
        return refuse_json (field, _("true or false"), error);
      forlop_record_set_boolean (self, name, yyjson_get_bool (value));
      return TRUE;

    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_MINUTE:
      if (!yyjson_is_int (value))
        return refuse_json (field, _("a whole number"), error);
      if (!forlop_field_check_number (field, yyjson_get_num (value), error))
        return FALSE;
      forlop_record_set_integer (self, name, yyjson_get_sint (value));
      return TRUE;

    case FORLOP_KIND_REAL:
      if (!yyjson_is_num (value) || !isfinite (yyjson_get_num (value)))
        return refuse_json (field, _("a number"), error);
      if (!forlop_field_check_number (field, yyjson_get_num (value), error))
        return FALSE;
      forlop_record_set_real (self, name, yyjson_get_num (value));
      return TRUE;

    case FORLOP_KIND_INSTANT:
      if (!yyjson_is_str (value) || !forlop_instant_from_iso (yyjson_get_str (value), &at))
        return refuse_json (field, _("a time such as 2026-03-12T08:05"), error);
      forlop_record_set_instant (self, name, at);
      return TRUE;

    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_REF:
    case FORLOP_KIND_DATE:
    case FORLOP_KIND_ID_NUMBER:
    case FORLOP_KIND_PHONE:
    case FORLOP_KIND_BLOB:
    default:
      return set_json_text (self, field, value, error);
    }
}

/**
 * forlop_record_get_json:
 *
 * Returns: (transfer none): a value that @doc owns; JSON null when the field is empty.
 */
yyjson_mut_val *
forlop_record_get_json (ForlopRecord   *self,
                        const char     *name,
                        yyjson_mut_doc *doc)
{
  g_autofree char *iso = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  if (!forlop_record_has (self, name))
    return yyjson_mut_null (doc);

  switch (field_of (self, name)->kind)
    {
    case FORLOP_KIND_BOOLEAN:
      return yyjson_mut_bool (doc, forlop_record_get_boolean (self, name));
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_MINUTE:
      return yyjson_mut_sint (doc, forlop_record_get_integer (self, name));
    case FORLOP_KIND_REAL:
      return yyjson_mut_real (doc, forlop_record_get_real (self, name));
    case FORLOP_KIND_INSTANT:
      iso = forlop_instant_to_iso (forlop_record_get_instant (self, name));
      return yyjson_mut_strcpy (doc, iso);
    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_REF:
    case FORLOP_KIND_DATE:
    case FORLOP_KIND_ID_NUMBER:
    case FORLOP_KIND_PHONE:
    case FORLOP_KIND_BLOB:
    default:
      return yyjson_mut_strcpy (doc, forlop_record_get_text (self, name));
    }
}

static gboolean
parse_minute (const char *typed,
              gint64     *minute)
{
  unsigned int hour, rest;
  char separator, after;

  if (sscanf (typed, "%2u%c%2u%c", &hour, &separator, &rest, &after) != 3)
    return FALSE;
  if ((separator != '.' && separator != ':') || hour > 23 || rest > 59)
    return FALSE;

  *minute = hour * 60 + rest;
  return TRUE;
}

/* "22.11.2026 14.30" or "22.11.2026 kl. 14.30" in Oslo wall time, or ISO. */
static gboolean
parse_instant (const char *typed,
               ForlopDate  today,
               gint64     *at)
{
  g_autofree char *day = NULL;
  const char *space;
  ForlopDate date;
  gint64 minute = 0;

  if (forlop_instant_from_iso (typed, at))
    return TRUE;

  space = strchr (typed, ' ');
  if (space == NULL)
    return FALSE;

  day = g_strndup (typed, (gsize) (space - typed));
  while (*space == ' ')
    space++;
  if (g_str_has_prefix (space, "kl. "))
    space += 4;
  if (!forlop_date_parse (day, today, &date, NULL) || !parse_minute (space, &minute))
    return FALSE;

  *at = forlop_instant_from_wall (date, (int) minute);
  return TRUE;
}

static gboolean
set_typed_number (ForlopRecord       *self,
                  const ForlopField  *field,
                  const char         *typed,
                  GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  double number;

  if (!forlop_number_parse (typed, &number, &local_error))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, "%s: %s", _(field->label),
                   local_error->message);
      return FALSE;
    }
  if (!forlop_field_check_number (field, number, error))
    return FALSE;

  if (field->kind == FORLOP_KIND_REAL)
    {
      forlop_record_set_real (self, field->name, number);
      return TRUE;
    }
  if (floor (number) < number)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, _("%s: write a whole number."),
                   _(field->label));
      return FALSE;
    }
  forlop_record_set_integer (self, field->name, (gint64) number);
  return TRUE;
}

/**
 * forlop_record_set_typed:
 * @typed: what a person wrote, in Norwegian formats; empty text empties the field. Yes and no are
 *   "1" and "0".
 *
 * Sets a field from a form or a CSV cell. The message of a refusal can stand beside the field.
 */
gboolean
forlop_record_set_typed (ForlopRecord  *self,
                         const char    *name,
                         const char    *typed,
                         ForlopDate     today,
                         GError       **error)
{
  const ForlopField *field;
  ForlopDate date;
  gint64 number;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  field = field_of (self, name);
  if (typed == NULL || *typed == '\0')
    {
      forlop_record_clear (self, name);
      return TRUE;
    }

  switch (field->kind)
    {
    case FORLOP_KIND_DATE:
      if (!forlop_date_parse (typed, today, &date, error))
        return FALSE;
      forlop_record_set_date (self, name, date);
      return TRUE;

    case FORLOP_KIND_INSTANT:
      if (!parse_instant (typed, today, &number))
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("%s: “%s” is not a time. Write date and time, for example 03.07.2026 14.30."),
                       _(field->label), typed);
          return FALSE;
        }
      forlop_record_set_instant (self, name, number);
      return TRUE;

    case FORLOP_KIND_MINUTE:
      if (!parse_minute (typed, &number))
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("%s: “%s” is not a time of day. Write hours and minutes, for example 08.30."),
                       _(field->label), typed);
          return FALSE;
        }
      forlop_record_set_integer (self, name, number);
      return TRUE;

    case FORLOP_KIND_BOOLEAN:
      forlop_record_set_boolean (self, name, g_str_equal (typed, "1"));
      return TRUE;

    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_REAL:
      return set_typed_number (self, field, typed, error);

    case FORLOP_KIND_PHONE:
      {
        g_autofree char *phone = forlop_phone_normalize (typed, error);

        if (phone == NULL)
          return FALSE;
        forlop_record_set_text (self, name, phone);
        return TRUE;
      }

    case FORLOP_KIND_ID_NUMBER:
      {
        g_autofree char *digits = forlop_id_number_normalize (typed);

        forlop_record_set_text (self, name, digits);
        return TRUE;
      }

    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_REF:
    case FORLOP_KIND_BLOB:
    default:
      if (!forlop_field_check_text (field, typed, error))
        return FALSE;
      forlop_record_set_text (self, name, typed);
      return TRUE;
    }
}

/**
 * forlop_record_dup_typed:
 *
 * What a form shows in the field's editor: the inverse of forlop_record_set_typed().
 *
 * Returns: (transfer full): text, "" when empty.
 */
char *
forlop_record_dup_typed (ForlopRecord *self,
                         const char   *name)
{
  const ForlopField *field;
  gint64 minute;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  field = field_of (self, name);
  if (!forlop_record_has (self, name))
    return g_strdup ("");

  switch (field->kind)
    {
    case FORLOP_KIND_DATE:
      return forlop_date_format (forlop_record_get_date (self, name));
    case FORLOP_KIND_INSTANT:
      return forlop_instant_format (forlop_record_get_instant (self, name));
    case FORLOP_KIND_MINUTE:
      minute = forlop_record_get_integer (self, name);
      return g_strdup_printf ("%02d.%02d", (int) (minute / 60), (int) (minute % 60));
    case FORLOP_KIND_BOOLEAN:
      return g_strdup (forlop_record_get_boolean (self, name) ? "1" : "0");
    case FORLOP_KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, forlop_record_get_integer (self, name));
    case FORLOP_KIND_REAL:
      return forlop_number_format (forlop_record_get_real (self, name), 4, FALSE);
    case FORLOP_KIND_PHONE:
      return forlop_phone_format (forlop_record_get_text (self, name));
    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_REF:
    case FORLOP_KIND_ID_NUMBER:
    case FORLOP_KIND_BLOB:
    default:
      return g_strdup (forlop_record_get_text (self, name));
    }
}

/* The words for codes separated by commas. */
static char *
dup_words (const ForlopField *field,
           const char        *text)
{
  g_auto (GStrv) codes = g_strsplit (text, ",", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (unsigned int i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) forlop_field_choice_label (field, g_strstrip (codes[i])));
  g_ptr_array_add (words, NULL);

  return g_strjoinv (", ", (char **) words->pdata);
}

/**
 * forlop_record_dup_shown:
 *
 * What a person reads: choices as words, yes and no as words, the rest as typed.
 */
char *
forlop_record_dup_shown (ForlopRecord *self,
                         const char   *name)
{
  const ForlopField *field;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  field = field_of (self, name);
  if (field->kind == FORLOP_KIND_CHOICE)
    return g_strdup (forlop_field_choice_label (field, forlop_record_get_text (self, name)));
  if (field->kind == FORLOP_KIND_TEXT && field->choices != NULL && forlop_record_has (self, name))
    return dup_words (field, forlop_record_get_text (self, name));
  if (field->kind == FORLOP_KIND_BOOLEAN && forlop_record_has (self, name))
    return g_strdup (forlop_record_get_boolean (self, name) ? _("Yes") : _("No"));

  return forlop_record_dup_typed (self, name);
}

/**
 * forlop_record_fill_json:
 * @object: an object whose keys are field names; a key that is not declared is refused.
 */
gboolean
forlop_record_fill_json (ForlopRecord  *self,
                         yyjson_val    *object,
                         GError       **error)
{
  const ForlopRecordType *type;
  yyjson_val *key, *value;
  size_t i, n;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  type = forlop_record_get_rtype (self);
  if (!yyjson_is_obj (object))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The values must be one JSON object, for example {\"name\": \"value\"}."));
      return FALSE;
    }

  yyjson_obj_foreach (object, i, n, key, value)
    {
      const ForlopField *field = forlop_record_type_field (type, yyjson_get_str (key));

      if (field == NULL)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("“%s” is not a field of %s. See the data dictionary for the names."),
                       yyjson_get_str (key), type->name);
          return FALSE;
        }
      if (!forlop_record_set_json (self, field->name, value, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_record_to_json:
 *
 * An object with "id" and every field that is not empty.
 */
yyjson_mut_val *
forlop_record_to_json (ForlopRecord   *self,
                       yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  const ForlopField *fields;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  yyjson_mut_obj_add_strcpy (doc, object, "id", forlop_record_get_id (self));

  fields = forlop_record_get_rtype (self)->fields;
  for (unsigned int i = 0; fields[i].name != NULL; i++)
    if (forlop_record_has (self, fields[i].name))
      yyjson_mut_obj_add_val (doc, object, fields[i].name,
                              forlop_record_get_json (self, fields[i].name, doc));

  return object;
}
