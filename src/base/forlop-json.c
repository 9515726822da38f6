/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"

/**
 * forlop_json_parse:
 * @text: JSON in UTF-8
 * @length: bytes in @text, or -1 where it ends with NUL
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with %FORLOP_ERROR_INVALID that
 *   tells line and column
 */
yyjson_doc *
forlop_json_parse (const char  *text,
                   gssize       length,
                   GError     **error)
{
  yyjson_read_err read_error = { 0 };
  size_t line = 1;
  size_t column = 1;
  size_t position = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  size_t n_bytes = length < 0 ? strlen (text) : (size_t) length;

  /* Without YYJSON_READ_INSITU the text is only read. */
  yyjson_doc *doc = yyjson_read_opts ((char *) text, n_bytes, YYJSON_READ_NOFLAG, NULL,
                                      &read_error);

  if (doc != NULL)
    return doc;

  yyjson_locate_pos (text, n_bytes, read_error.pos, &line, &column, &position);
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("The JSON text cannot be read; nothing was taken in. Correct line %u, column %u "
                 "(%s)."),
               (unsigned int) line, (unsigned int) column, read_error.msg);
  return NULL;
}

/* The value of a key, NULL where it is missing or null. */
static yyjson_val *
get_present (yyjson_val *object,
             const char *key)
{
  yyjson_val *value = yyjson_obj_get (object, key);

  return yyjson_is_null (value) ? NULL : value;
}

static gboolean refuse (GError     **error,
                        const char  *format,
                        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (FORLOP_ERROR, FORLOP_ERROR_INVALID, format, arguments);
  va_end (arguments);
  return FALSE;
}

/**
 * forlop_json_require:
 * @object: (nullable): a JSON object
 * @key: the name of a value
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the value, or %NULL with %FORLOP_ERROR_INVALID where the
 *   key is missing or null
 */
yyjson_val *
forlop_json_require (yyjson_val  *object,
                     const char  *key,
                     GError     **error)
{
  g_return_val_if_fail (key != NULL, NULL);

  yyjson_val *value = get_present (object, key);

  if (value == NULL)
    refuse (error, _("“%s” is missing in the JSON text. Add it and try again."), key);

  return value;
}

/**
 * forlop_json_get_text:
 * @object: (nullable): a JSON object
 * @key: the name of a value
 * @value: (inout): the text, owned by the document
 * @error: return location for an error
 *
 * Returns: %FALSE with %FORLOP_ERROR_INVALID where the value is there and is not text
 */
gboolean
forlop_json_get_text (yyjson_val  *object,
                      const char  *key,
                      const char **value,
                      GError     **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  yyjson_val *found = get_present (object, key);

  if (found == NULL)
    return TRUE;
  /* Text with a NUL inside would be cut off without a word. */
  if (!yyjson_is_str (found) || strlen (yyjson_get_str (found)) != yyjson_get_len (found))
    return refuse (error, _("“%s” in the JSON text must be text."), key);

  *value = yyjson_get_str (found);
  return TRUE;
}

/**
 * forlop_json_get_integer:
 * @object: (nullable): a JSON object
 * @key: the name of a value
 * @value: (inout): the number
 * @error: return location for an error
 *
 * Returns: %FALSE with %FORLOP_ERROR_INVALID where the value is there and is not a whole number
 *   of 64 bits
 */
gboolean
forlop_json_get_integer (yyjson_val  *object,
                         const char  *key,
                         gint64      *value,
                         GError     **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  yyjson_val *found = get_present (object, key);

  if (found == NULL)
    return TRUE;
  if (!yyjson_is_int (found) || (yyjson_is_uint (found) && yyjson_get_uint (found) > G_MAXINT64))
    return refuse (error, _("“%s” in the JSON text must be a whole number."), key);

  *value = yyjson_get_sint (found);
  return TRUE;
}

/**
 * forlop_json_get_real:
 * @object: (nullable): a JSON object
 * @key: the name of a value
 * @value: (inout): the number
 * @error: return location for an error
 *
 * Returns: %FALSE with %FORLOP_ERROR_INVALID where the value is there and is not a number
 */
gboolean
forlop_json_get_real (yyjson_val  *object,
                      const char  *key,
                      double      *value,
                      GError     **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  yyjson_val *found = get_present (object, key);

  if (found == NULL)
    return TRUE;
  if (!yyjson_is_num (found))
    return refuse (error, _("“%s” in the JSON text must be a number."), key);

  *value = yyjson_get_num (found);
  return TRUE;
}

/**
 * forlop_json_get_boolean:
 * @object: (nullable): a JSON object
 * @key: the name of a value
 * @value: (inout): the value
 * @error: return location for an error
 *
 * Returns: %FALSE with %FORLOP_ERROR_INVALID where the value is there and is neither true nor
 *   false
 */
gboolean
forlop_json_get_boolean (yyjson_val  *object,
                         const char  *key,
                         gboolean    *value,
                         GError     **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  yyjson_val *found = get_present (object, key);

  if (found == NULL)
    return TRUE;
  if (!yyjson_is_bool (found))
    return refuse (error, _("“%s” in the JSON text must be true or false."), key);

  *value = yyjson_get_bool (found);
  return TRUE;
}

/**
 * forlop_json_add_text:
 * @doc: the document of @object
 * @object: a JSON object
 * @key: the name, which must live as long as @doc
 * @value: (nullable): text, which is copied; bytes that are not UTF-8 are replaced
 */
void
forlop_json_add_text (yyjson_mut_doc *doc,
                      yyjson_mut_val *object,
                      const char     *key,
                      const char     *value)
{
  g_return_if_fail (doc != NULL);
  g_return_if_fail (yyjson_mut_is_obj (object));
  g_return_if_fail (key != NULL);

  if (value == NULL)
    return;

  if (g_utf8_validate (value, -1, NULL))
    {
      yyjson_mut_obj_add_strcpy (doc, object, key, value);
      return;
    }

  g_autofree char *valid = g_utf8_make_valid (value, -1);

  yyjson_mut_obj_add_strcpy (doc, object, key, valid);
}

static void *
json_malloc (void   *context G_GNUC_UNUSED,
             size_t  size)
{
  return g_malloc (size);
}

static void *
json_realloc (void   *context G_GNUC_UNUSED,
              void   *memory,
              size_t  old_size G_GNUC_UNUSED,
              size_t  size)
{
  return g_realloc (memory, size);
}

static void
json_free (void *context G_GNUC_UNUSED,
           void *memory)
{
  g_free (memory);
}

/**
 * forlop_json_write:
 * @doc: a document whose texts are UTF-8
 * @pretty: whether to break lines and indent
 *
 * A number that is not finite is written as null.
 *
 * Returns: (transfer full): JSON text, free with g_free()
 */
char *
forlop_json_write (yyjson_mut_doc *doc,
                   gboolean        pretty)
{
  static const yyjson_alc allocator = {
    .malloc = json_malloc,
    .realloc = json_realloc,
    .free = json_free,
  };
  yyjson_write_flag flags = YYJSON_WRITE_INF_AND_NAN_AS_NULL;
  yyjson_write_err write_error = { 0 };

  g_return_val_if_fail (doc != NULL, NULL);

  if (pretty)
    flags |= YYJSON_WRITE_PRETTY_TWO_SPACES;

  char *text = yyjson_mut_write_opts (doc, flags, &allocator, NULL, &write_error);

  if (text == NULL)
    g_critical ("A JSON document could not be written: %s", write_error.msg);

  return text;
}
