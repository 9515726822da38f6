/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-json.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "forlop-error.h"
#include "forlop-id-number.h"

#define MAX_TEXT (256 * 1024 * 1024)

static char *
read_standard_input (GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[8192];
  size_t n;

  while (text->len < MAX_TEXT && (n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, (gssize) n);
  if (ferror (stdin) || text->len >= MAX_TEXT)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("Standard input could not be read to its end. Nothing was changed."));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the system says comes last, for those who help. */
static void
refuse_file (const char    *path,
             const GError  *problem,
             GError       **error)
{
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("There is no file “%s”. Nothing was changed; look whether the name and the folder are right."),
                 path);
  else
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                 _("The file “%s” cannot be read. Nothing was changed; choose another file, or ask for leave to read "
                   "this one. (%s)"), path, problem->message);
}

GInputStream *
forlop_cli_open_file (const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) problem = NULL;
  GFileInputStream *stream;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  stream = g_file_read (file, cancellable, &problem);
  if (stream == NULL)
    refuse_file (path, problem, error);

  return G_INPUT_STREAM (stream);
}

char *
forlop_cli_read_file (const char  *path,
                      GError     **error)
{
  g_autoptr (GError) problem = NULL;
  char *contents = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_str_equal (path, "-"))
    return read_standard_input (error);
  if (!g_file_get_contents (path, &contents, NULL, &problem))
    refuse_file (path, problem, error);

  return contents;
}

char *
forlop_cli_read_argument (const char  *text,
                          GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_equal (text, "-"))
    return read_standard_input (error);
  if (*text == '@')
    return forlop_cli_read_file (text + 1, error);

  return g_strdup (text);
}

yyjson_mut_doc *
forlop_cli_new_json (yyjson_mut_val **root)
{
  yyjson_mut_doc *doc = yyjson_mut_doc_new (NULL);

  *root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, *root);

  return doc;
}

void
forlop_cli_json_text (yyjson_mut_doc *doc,
                      yyjson_mut_val *object,
                      const char     *key,
                      const char     *text)
{
  yyjson_mut_obj_add_val (doc, object, key,
                          text != NULL ? yyjson_mut_strcpy (doc, text) : yyjson_mut_null (doc));
}

void
forlop_cli_json_date (yyjson_mut_doc *doc,
                      yyjson_mut_val *object,
                      const char     *key,
                      ForlopDate      date)
{
  g_autofree char *text = date != FORLOP_DATE_NONE ? forlop_date_to_iso (date) : NULL;

  forlop_cli_json_text (doc, object, key, text);
}

void
forlop_cli_json_instant (yyjson_mut_doc *doc,
                         yyjson_mut_val *object,
                         const char     *key,
                         gint64          at_ms)
{
  g_autofree char *text = at_ms != FORLOP_INSTANT_NONE ? forlop_instant_to_iso (at_ms) : NULL;

  forlop_cli_json_text (doc, object, key, text);
}

char *
forlop_cli_dup_number (const char *number,
                       gboolean    whole)
{
  g_return_val_if_fail (number != NULL, NULL);

  if (whole)
    return forlop_id_number_format (number);
  if (strlen (number) != FORLOP_ID_NUMBER_LENGTH)
    return forlop_id_number_mask (number, FORLOP_DATE_NONE);

  return g_strdup_printf ("%.6s •••••", number);
}

yyjson_mut_val *
forlop_cli_json_record (ForlopRecord   *record,
                        gboolean        whole,
                        yyjson_mut_doc *doc)
{
  yyjson_mut_val *object;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);
  g_return_val_if_fail (doc != NULL, NULL);

  object = forlop_record_to_json (record, doc);
  for (const ForlopField *field = forlop_record_get_rtype (record)->fields; field->name != NULL; field++)
    {
      g_autofree char *hidden = NULL;

      if (whole || field->kind != FORLOP_KIND_ID_NUMBER || !forlop_record_has (record, field->name))
        continue;
      hidden = forlop_cli_dup_number (forlop_record_get_text (record, field->name), FALSE);
      yyjson_mut_obj_put (object, yyjson_mut_str (doc, field->name), yyjson_mut_strcpy (doc, hidden));
    }

  return object;
}

void
forlop_cli_print_json (yyjson_mut_doc *doc)
{
  g_autofree char *text = forlop_json_write (doc, TRUE);

  forlop_cli_print ("%s\n", text);
}
