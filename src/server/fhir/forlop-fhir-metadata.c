/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-reading.h"

#include <glib/gi18n-lib.h>

#include "forlop-fhir-search.h"
#include "forlop-json.h"

/* The day on which what is served was last changed. */
#define CHANGED_ON "2026-11-22"

static void
append_codes (yyjson_mut_doc    *doc,
              yyjson_mut_val    *holder,
              const char *const *codes)
{
  yyjson_mut_val *list = yyjson_mut_arr (doc);

  yyjson_mut_obj_add_val (doc, holder, "interaction", list);
  for (unsigned int i = 0; codes[i] != NULL; i++)
    yyjson_mut_obj_add_str (doc, yyjson_mut_arr_add_obj (doc, list), "code", codes[i]);
}

static const char *
type_of_parameter (const char *name)
{
  if (g_str_equal (name, "date") || g_str_equal (name, "_lastUpdated"))
    return "date";

  return g_str_equal (name, "patient") ? "reference" : "token";
}

static void
append_type (yyjson_mut_doc *doc,
             yyjson_mut_val *types,
             const char     *type)
{
  static const char *const reads[] = { "read", "search-type", NULL };
  static const char *const sends[] = { "create", "read", "search-type", NULL };
  const char *const *names = forlop_fhir_search_names (type);
  yyjson_mut_val *resource = yyjson_mut_arr_add_obj (doc, types);
  yyjson_mut_val *parameters;

  yyjson_mut_obj_add_str (doc, resource, "type", type);
  append_codes (doc, resource, g_str_equal (type, "Observation") ? sends : reads);
  yyjson_mut_obj_add_str (doc, resource, "versioning", "no-version");
  parameters = yyjson_mut_obj_add_arr (doc, resource, "searchParam");
  for (unsigned int i = 0; names[i] != NULL; i++)
    {
      yyjson_mut_val *parameter = yyjson_mut_arr_add_obj (doc, parameters);

      yyjson_mut_obj_add_str (doc, parameter, "name", names[i]);
      yyjson_mut_obj_add_str (doc, parameter, "type", type_of_parameter (names[i]));
    }
}

static void
add_rest (yyjson_mut_doc *doc,
          yyjson_mut_val *root)
{
  static const char *const whole[] = { "transaction", "batch", NULL };
  yyjson_mut_val *rest = yyjson_mut_arr_add_obj (doc, yyjson_mut_obj_add_arr (doc, root, "rest"));
  const char *const *types = forlop_fhir_search_types ();
  yyjson_mut_val *security, *resources;

  yyjson_mut_obj_add_str (doc, rest, "mode", "server");
  security = yyjson_mut_obj_add_obj (doc, rest, "security");
  yyjson_mut_obj_add_bool (doc, security, "cors", FALSE);
  yyjson_mut_obj_add_str (doc, security, "description",
                          _("A token that the municipality gives the system, as Authorization: Bearer. A system reads "
                            "when it was given leave to, and of the citizens that it follows up."));
  resources = yyjson_mut_obj_add_arr (doc, rest, "resource");
  for (unsigned int i = 0; types[i] != NULL; i++)
    append_type (doc, resources, types[i]);
  append_codes (doc, rest, whole);
}

ForlopSyncReply *
forlop_fhir_metadata (ForlopServerCall  *call G_GNUC_UNUSED,
                      GError           **error G_GNUC_UNUSED)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *software;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "resourceType", "CapabilityStatement");
  yyjson_mut_obj_add_str (doc, root, "status", "active");
  yyjson_mut_obj_add_str (doc, root, "date", CHANGED_ON);
  yyjson_mut_obj_add_str (doc, root, "kind", "instance");
  software = yyjson_mut_obj_add_obj (doc, root, "software");
  yyjson_mut_obj_add_str (doc, software, "name", "Forløp");
  yyjson_mut_obj_add_str (doc, software, "version", FORLOP_VERSION);
  yyjson_mut_obj_add_str (doc, yyjson_mut_obj_add_obj (doc, root, "implementation"), "description",
                          _("Digital home follow-up of a municipality"));
  yyjson_mut_obj_add_str (doc, root, "fhirVersion", "4.0.1");
  yyjson_mut_arr_add_str (doc, yyjson_mut_obj_add_arr (doc, root, "format"), "json");
  add_rest (doc, root);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}
