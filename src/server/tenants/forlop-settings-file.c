/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-settings-file.h"

#include "forlop-json.h"

yyjson_doc *
forlop_settings_file_read (const char  *folder,
                           const char  *name,
                           char       **path,
                           GError     **error)
{
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  yyjson_doc *doc;
  gsize length = 0;

  g_return_val_if_fail (folder != NULL && name != NULL && path != NULL, NULL);

  file = g_strconcat (name, ".json", NULL);
  *path = g_build_filename (folder, file, NULL);
  if (!g_file_get_contents (*path, &text, &length, &problem))
    {
      if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  doc = forlop_json_parse (text, (gssize) length, error);
  if (doc == NULL)
    g_prefix_error (error, "%s: ", *path);

  return doc;
}
