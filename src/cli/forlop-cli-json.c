/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-json.h"

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

void
forlop_cli_print_json (yyjson_mut_doc *doc)
{
  g_autofree char *text = forlop_json_write (doc, TRUE);

  forlop_cli_print ("%s\n", text);
}
