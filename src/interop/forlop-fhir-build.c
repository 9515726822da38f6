/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-build-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

yyjson_mut_val *
forlop_fhir_add_object (yyjson_mut_doc *doc,
                        yyjson_mut_val *parent,
                        const char     *key)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_val (doc, parent, key, object);

  return object;
}

yyjson_mut_val *
forlop_fhir_add_array (yyjson_mut_doc *doc,
                       yyjson_mut_val *parent,
                       const char     *key)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  yyjson_mut_obj_add_val (doc, parent, key, array);

  return array;
}

yyjson_mut_val *
forlop_fhir_append_object (yyjson_mut_doc *doc,
                           yyjson_mut_val *array)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_arr_append (array, object);

  return object;
}

void
forlop_fhir_append_coding (yyjson_mut_doc *doc,
                           yyjson_mut_val *array,
                           const char     *system,
                           const char     *code)
{
  yyjson_mut_val *coding;

  if (code == NULL)
    return;
  coding = forlop_fhir_append_object (doc, array);
  yyjson_mut_obj_add_str (doc, coding, "system", system);
  yyjson_mut_obj_add_str (doc, coding, "code", code);
}

yyjson_mut_val *
forlop_fhir_resource_begin (yyjson_mut_doc       *doc,
                            const char           *type,
                            const char           *id,
                            const ForlopFhirMeta *meta,
                            const char           *profile)
{
  yyjson_mut_val *resource = yyjson_mut_obj (doc);
  yyjson_mut_val *about;

  yyjson_mut_obj_add_str (doc, resource, "resourceType", type);
  forlop_json_add_text (doc, resource, "id", id);
  if (meta == NULL)
    return resource;
  about = forlop_fhir_add_object (doc, resource, "meta");
  forlop_json_add_text (doc, about, "versionId", meta->version);
  forlop_fhir_add_instant (doc, about, "lastUpdated", meta->updated);
  if (profile != NULL)
    yyjson_mut_arr_append (forlop_fhir_add_array (doc, about, "profile"), yyjson_mut_str (doc, profile));

  return resource;
}

void
forlop_fhir_add_measure (yyjson_mut_doc *doc,
                         yyjson_mut_val *parent,
                         const char     *key,
                         ForlopMeasure   measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  yyjson_mut_val *concept = forlop_fhir_add_object (doc, parent, key);
  yyjson_mut_val *codings = forlop_fhir_add_array (doc, concept, "coding");

  forlop_fhir_append_coding (doc, codings, FORLOP_SYSTEM_LOINC, info->loinc[0]);
  forlop_fhir_append_coding (doc, codings, FORLOP_SYSTEM_SNOMED, info->snomed[0]);
  forlop_fhir_append_coding (doc, codings, FORLOP_SYSTEM_MDC, info->mdc[0]);
  forlop_fhir_append_coding (doc, codings, FORLOP_SYSTEM_NPU, info->npu[0]);
  yyjson_mut_obj_add_strcpy (doc, concept, "text", _(info->label));
}

void
forlop_fhir_add_quantity (yyjson_mut_doc *doc,
                          yyjson_mut_val *parent,
                          const char     *key,
                          ForlopMeasure   measure,
                          double          value)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  yyjson_mut_val *quantity = forlop_fhir_add_object (doc, parent, key);

  yyjson_mut_obj_add_real (doc, quantity, "value", value);
  yyjson_mut_obj_add_strcpy (doc, quantity, "unit", _(info->shown_unit));
  yyjson_mut_obj_add_str (doc, quantity, "system", FORLOP_SYSTEM_UCUM);
  yyjson_mut_obj_add_str (doc, quantity, "code", info->ucum);
}

void
forlop_fhir_add_reference (yyjson_mut_doc *doc,
                           yyjson_mut_val *parent,
                           const char     *key,
                           const char     *type,
                           const char     *id)
{
  g_autofree char *reference = NULL;

  if (id == NULL)
    return;
  reference = g_strconcat (type, "/", id, NULL);
  forlop_json_add_text (doc, forlop_fhir_add_object (doc, parent, key), "reference", reference);
}

void
forlop_fhir_add_date (yyjson_mut_doc *doc,
                      yyjson_mut_val *parent,
                      const char     *key,
                      ForlopRecord   *record,
                      const char     *field)
{
  g_autofree char *text = NULL;

  if (!forlop_record_has (record, field))
    return;
  text = forlop_date_to_iso (forlop_record_get_date (record, field));
  forlop_json_add_text (doc, parent, key, text);
}

void
forlop_fhir_add_instant (yyjson_mut_doc *doc,
                         yyjson_mut_val *parent,
                         const char     *key,
                         gint64          at)
{
  g_autofree char *text = at != FORLOP_INSTANT_NONE ? forlop_instant_to_iso (at) : NULL;

  forlop_json_add_text (doc, parent, key, text);
}

ForlopMeasure
forlop_fhir_measure_of (ForlopRecord *record)
{
  const char *code = forlop_record_get_text (record, "code");

  return code != NULL ? forlop_measure_find ("forlop", code) : FORLOP_MEASURE_UNKNOWN;
}
