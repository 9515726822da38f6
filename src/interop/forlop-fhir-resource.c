/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-build-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-id-number.h"
#include "forlop-json.h"

/* A local help number has its meaning with its assigner alone, and is not sent. */
static void
append_number (yyjson_mut_doc *doc,
               yyjson_mut_val *identifiers,
               const char     *number,
               const char     *use)
{
  ForlopIdNumberInfo info;
  const char *system;
  yyjson_mut_val *identifier;

  if (number == NULL)
    return;
  forlop_id_number_examine (number, &info);
  system = forlop_id_number_fhir_system (info.kind);
  if (system == NULL)
    return;
  identifier = forlop_fhir_append_object (doc, identifiers);
  yyjson_mut_obj_add_str (doc, identifier, "use", use);
  yyjson_mut_obj_add_str (doc, identifier, "system", system);
  forlop_json_add_text (doc, identifier, "value", number);
}

static void
add_identifiers (yyjson_mut_doc         *doc,
                 yyjson_mut_val         *patient,
                 const ForlopFhirPerson *person)
{
  yyjson_mut_val *identifiers = yyjson_mut_arr (doc);

  append_number (doc, identifiers, forlop_record_get_text (person->citizen, "id_number"), "official");
  for (unsigned int i = 0; i < person->aliases->len; i++)
    append_number (doc, identifiers, forlop_record_get_text (g_ptr_array_index (person->aliases, i), "id_number"),
                   "old");
  if (person->platform_person != NULL)
    {
      yyjson_mut_val *identifier = forlop_fhir_append_object (doc, identifiers);

      yyjson_mut_obj_add_str (doc, identifier, "use", "secondary");
      forlop_json_add_text (doc, identifier, "value", person->platform_person);
      forlop_json_add_text (doc, forlop_fhir_add_object (doc, identifier, "assigner"), "display", person->platform);
    }
  if (yyjson_mut_arr_size (identifiers) > 0)
    yyjson_mut_obj_add_val (doc, patient, "identifier", identifiers);
}

static const char *
gender_of (ForlopRecord *citizen)
{
  const char *sex = forlop_record_get_text (citizen, "sex");

  if (g_strcmp0 (sex, "female") == 0)
    return "female";

  return g_strcmp0 (sex, "male") == 0 ? "male" : "unknown";
}

static void
add_where (yyjson_mut_doc *doc,
           yyjson_mut_val *patient,
           ForlopRecord   *citizen)
{
  const char *line = forlop_record_get_text (citizen, "address");
  const char *phone = forlop_record_get_text (citizen, "phone");

  if (phone != NULL)
    {
      yyjson_mut_val *telecom = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, patient, "telecom"));

      yyjson_mut_obj_add_str (doc, telecom, "system", "phone");
      forlop_json_add_text (doc, telecom, "value", phone);
    }
  if (line != NULL || forlop_record_has (citizen, "postal_place"))
    {
      yyjson_mut_val *address = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, patient, "address"));

      yyjson_mut_obj_add_str (doc, address, "use", "home");
      if (line != NULL)
        yyjson_mut_arr_add_strcpy (doc, forlop_fhir_add_array (doc, address, "line"), line);
      forlop_json_add_text (doc, address, "city", forlop_record_get_text (citizen, "postal_place"));
      forlop_json_add_text (doc, address, "postalCode", forlop_record_get_text (citizen, "postal_code"));
      yyjson_mut_obj_add_str (doc, address, "country", "NO");
    }
}

static void
append_link (yyjson_mut_doc *doc,
             yyjson_mut_val *links,
             const char     *citizen_id,
             const char     *kind)
{
  yyjson_mut_val *link = forlop_fhir_append_object (doc, links);

  forlop_fhir_add_reference (doc, link, "other", "Patient", citizen_id);
  yyjson_mut_obj_add_str (doc, link, "type", kind);
}

static void
add_links (yyjson_mut_doc *doc,
           yyjson_mut_val *patient,
           GPtrArray      *aliases)
{
  yyjson_mut_val *links = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < aliases->len; i++)
    {
      const char *record_id = forlop_record_get_text (g_ptr_array_index (aliases, i), "record_id");

      if (record_id != NULL)
        append_link (doc, links, record_id, "replaces");
    }
  if (yyjson_mut_arr_size (links) > 0)
    yyjson_mut_obj_add_val (doc, patient, "link", links);
}

yyjson_mut_val *
forlop_fhir_patient_new (yyjson_mut_doc         *doc,
                         const ForlopFhirMeta   *meta,
                         const ForlopFhirPerson *person)
{
  ForlopRecord *citizen;
  yyjson_mut_val *patient, *name;

  g_return_val_if_fail (doc != NULL && meta != NULL && person != NULL, NULL);

  citizen = person->citizen;
  patient = forlop_fhir_resource_begin (doc, "Patient", forlop_record_get_id (citizen), meta, FORLOP_FHIR_NO_PATIENT);
  if (person->is_hidden)
    forlop_fhir_append_coding (doc, forlop_fhir_add_array (doc, yyjson_mut_obj_get (patient, "meta"), "security"),
                               "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R");
  add_identifiers (doc, patient, person);
  yyjson_mut_obj_add_bool (doc, patient, "active", TRUE);
  name = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, patient, "name"));
  yyjson_mut_obj_add_str (doc, name, "use", "official");
  forlop_json_add_text (doc, name, "family", forlop_record_get_text (citizen, "family_name"));
  yyjson_mut_arr_add_strcpy (doc, forlop_fhir_add_array (doc, name, "given"),
                             forlop_record_get_text (citizen, "given_name"));
  if (!person->is_hidden)
    add_where (doc, patient, citizen);
  yyjson_mut_obj_add_str (doc, patient, "gender", gender_of (citizen));
  forlop_fhir_add_date (doc, patient, "birthDate", citizen, "birth_date");
  forlop_fhir_add_date (doc, patient, "deceasedDateTime", citizen, "died_on");
  add_links (doc, patient, person->aliases);

  return patient;
}

yyjson_mut_val *
forlop_fhir_patient_merged (yyjson_mut_doc       *doc,
                            const ForlopFhirMeta *meta,
                            const char           *id,
                            const char           *citizen_id)
{
  yyjson_mut_val *patient;

  g_return_val_if_fail (doc != NULL && meta != NULL && id != NULL && citizen_id != NULL, NULL);

  patient = forlop_fhir_resource_begin (doc, "Patient", id, meta, FORLOP_FHIR_NO_PATIENT);
  yyjson_mut_obj_add_bool (doc, patient, "active", FALSE);
  append_link (doc, forlop_fhir_add_array (doc, patient, "link"), citizen_id, "replaced-by");

  return patient;
}

static const char *
category_of (ForlopMeasure measure)
{
  if (measure == FORLOP_MEASURE_GLUCOSE)
    return "laboratory";

  return measure == FORLOP_MEASURE_PEAK_FLOW ? "exam" : "vital-signs";
}

static yyjson_mut_val *
begin_observation (yyjson_mut_doc       *doc,
                   const ForlopFhirMeta *meta,
                   ForlopRecord         *measurement,
                   ForlopMeasure         measure,
                   const char           *citizen_id,
                   gboolean              is_invalid)
{
  yyjson_mut_val *observation, *category;

  observation = forlop_fhir_resource_begin (doc, "Observation", forlop_record_get_id (measurement), meta, NULL);
  yyjson_mut_obj_add_str (doc, observation, "status", is_invalid ? "entered-in-error" : "final");
  category = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, observation, "category"));
  forlop_fhir_append_coding (doc, forlop_fhir_add_array (doc, category, "coding"),
                             "http://terminology.hl7.org/CodeSystem/observation-category", category_of (measure));
  forlop_fhir_add_measure (doc, observation, "code", measure);
  forlop_fhir_add_reference (doc, observation, "subject", "Patient", citizen_id);
  forlop_fhir_add_instant (doc, observation, "effectiveDateTime",
                           forlop_record_get_instant (measurement, "measured_at"));
  forlop_fhir_add_instant (doc, observation, "issued", forlop_record_get_instant (measurement, "received_at"));

  return observation;
}

/* @measurement: (nullable). */
static void
add_value (yyjson_mut_doc *doc,
           yyjson_mut_val *holder,
           ForlopMeasure   measure,
           ForlopRecord   *measurement,
           gboolean        is_invalid)
{
  yyjson_mut_val *reason;

  if (measurement != NULL && !is_invalid && forlop_record_has (measurement, "value"))
    {
      forlop_fhir_add_quantity (doc, holder, "valueQuantity", measure, forlop_record_get_real (measurement, "value"));
      return;
    }
  reason = forlop_fhir_add_object (doc, holder, "dataAbsentReason");
  forlop_fhir_append_coding (doc, forlop_fhir_add_array (doc, reason, "coding"),
                             "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                             is_invalid ? "error" : "unknown");
}

yyjson_mut_val *
forlop_fhir_observation_new (yyjson_mut_doc       *doc,
                             const ForlopFhirMeta *meta,
                             ForlopRecord         *measurement,
                             const char           *citizen_id,
                             gboolean              is_invalid)
{
  yyjson_mut_val *observation;
  ForlopMeasure measure;

  g_return_val_if_fail (doc != NULL && measurement != NULL && citizen_id != NULL, NULL);

  measure = forlop_fhir_measure_of (measurement);
  observation = begin_observation (doc, meta, measurement, measure, citizen_id, is_invalid);
  add_value (doc, observation, measure, measurement, FALSE);
  forlop_fhir_add_reference (doc, observation, "device", "Device", forlop_record_get_text (measurement, "item_id"));

  return observation;
}

yyjson_mut_val *
forlop_fhir_pressure_new (yyjson_mut_doc           *doc,
                          const ForlopFhirMeta     *meta,
                          const ForlopFhirPressure *pressure,
                          const char               *citizen_id)
{
  const struct { ForlopMeasure measure; ForlopRecord *record; gboolean is_invalid; } sides[] = {
    { FORLOP_MEASURE_SYSTOLIC, pressure->systolic, pressure->is_systolic_invalid },
    { FORLOP_MEASURE_DIASTOLIC, pressure->diastolic, pressure->is_diastolic_invalid },
  };
  yyjson_mut_val *observation, *components;
  gboolean is_invalid = TRUE;

  g_return_val_if_fail (doc != NULL && pressure != NULL && citizen_id != NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (sides); i++)
    is_invalid &= sides[i].record == NULL || sides[i].is_invalid;
  observation = begin_observation (doc, meta, pressure->first, FORLOP_MEASURE_BLOOD_PRESSURE, citizen_id, is_invalid);
  forlop_fhir_add_reference (doc, observation, "device", "Device",
                             forlop_record_get_text (pressure->first, "item_id"));
  components = forlop_fhir_add_array (doc, observation, "component");
  for (unsigned int i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      yyjson_mut_val *component = forlop_fhir_append_object (doc, components);

      forlop_fhir_add_measure (doc, component, "code", sides[i].measure);
      add_value (doc, component, sides[i].measure, sides[i].record, sides[i].is_invalid && !is_invalid);
    }

  return observation;
}

yyjson_mut_val *
forlop_fhir_device_new (yyjson_mut_doc       *doc,
                        const ForlopFhirMeta *meta,
                        ForlopRecord         *item,
                        ForlopRecord         *product,
                        const char           *citizen_id)
{
  const char *gtin = product != NULL ? forlop_record_get_text (product, "gtin") : NULL;
  const ForlopRecordType *type = forlop_record_type_find ("product");
  yyjson_mut_val *device;

  g_return_val_if_fail (doc != NULL && item != NULL && citizen_id != NULL, NULL);

  device = forlop_fhir_resource_begin (doc, "Device", forlop_record_get_id (item), meta, NULL);
  if (gtin != NULL)
    forlop_json_add_text (doc, forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, device, "udiCarrier")),
                          "deviceIdentifier", gtin);
  yyjson_mut_obj_add_str (doc, device, "status", "active");
  forlop_json_add_text (doc, device, "lotNumber", forlop_record_get_text (item, "lot"));
  forlop_json_add_text (doc, device, "serialNumber", forlop_record_get_text (item, "serial_number"));
  if (product != NULL)
    {
      yyjson_mut_val *name = forlop_fhir_append_object (doc, forlop_fhir_add_array (doc, device, "deviceName"));
      const char *kind = forlop_field_choice_label (forlop_record_type_field (type, "kind"),
                                              forlop_record_get_text (product, "kind"));

      forlop_json_add_text (doc, name, "name", forlop_record_get_text (product, "name"));
      yyjson_mut_obj_add_str (doc, name, "type", "user-friendly-name");
      forlop_json_add_text (doc, forlop_fhir_add_object (doc, device, "type"), "text", kind);
    }
  forlop_fhir_add_reference (doc, device, "patient", "Patient", citizen_id);

  return device;
}

const char *
forlop_fhir_task_status (ForlopRecord *task)
{
  g_return_val_if_fail (task != NULL, NULL);

  if (forlop_record_text_is (task, "status", "done"))
    return "completed";
  if (forlop_record_text_is (task, "status", "cancelled"))
    return "cancelled";

  return forlop_record_has (task, "taken_by") ? "in-progress" : "requested";
}

yyjson_mut_val *
forlop_fhir_task_new (yyjson_mut_doc       *doc,
                      const ForlopFhirMeta *meta,
                      ForlopRecord         *record,
                      const char           *citizen_id)
{
  yyjson_mut_val *task, *code;
  gboolean is_setup;

  g_return_val_if_fail (doc != NULL && record != NULL && citizen_id != NULL, NULL);

  is_setup = forlop_record_text_is (record, "kind", "platform_setup");
  task = forlop_fhir_resource_begin (doc, "Task", forlop_record_get_id (record), meta, NULL);
  yyjson_mut_obj_add_str (doc, task, "status", forlop_fhir_task_status (record));
  yyjson_mut_obj_add_str (doc, task, "intent", "order");
  code = forlop_fhir_add_object (doc, task, "code");
  forlop_fhir_append_coding (doc, forlop_fhir_add_array (doc, code, "coding"),
                             "http://hl7.org/fhir/CodeSystem/task-code", is_setup ? "fulfill" : "change");
  forlop_json_add_text (doc, code, "text", forlop_record_get_text (record, "title"));
  forlop_json_add_text (doc, task, "description", forlop_record_get_text (record, "text"));
  forlop_fhir_add_reference (doc, task, "for", "Patient", citizen_id);
  if (forlop_record_has (record, "due_on"))
    forlop_fhir_add_date (doc,
                          forlop_fhir_add_object (doc, forlop_fhir_add_object (doc, task, "restriction"), "period"),
                          "end", record, "due_on");

  return task;
}
