/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-record.h"

G_BEGIN_DECLS

/* Records as resources of FHIR R4. Only what another system needs leaves here: what the people of the service
 * write to each other does not. */

#define FORLOP_FHIR_NO_PATIENT "http://hl7.no/fhir/StructureDefinition/no-basis-Patient"

/**
 * ForlopFhirMeta:
 * @version: tag of the changeset that wrote it last.
 * @updated: when that was.
 */
typedef struct {
  const char *version;
  gint64 updated;
} ForlopFhirMeta;

/**
 * ForlopFhirPerson:
 * @citizen: the record that stands.
 * @aliases: (element-type ForlopRecord): of the type citizen_alias: earlier numbers and other records.
 * @is_hidden: the address is protected.
 * @platform: (nullable): with @platform_person: the system that reads, and the person's number there.
 */
typedef struct {
  ForlopRecord *citizen;
  GPtrArray *aliases;
  gboolean is_hidden;
  const char *platform;
  const char *platform_person;
} ForlopFhirPerson;

/* no-basis-Patient. Without address and telephone where the address is protected. */
yyjson_mut_val *forlop_fhir_patient_new     (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             const ForlopFhirPerson  *person);
/* What another record of the same person has become: who asks for it is told where to look. */
yyjson_mut_val *forlop_fhir_patient_merged  (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             const char              *id,
                                             const char              *citizen_id);
/* @citizen_id: the record that stands. */
yyjson_mut_val *forlop_fhir_observation_new (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             ForlopRecord            *measurement,
                                             const char              *citizen_id,
                                             gboolean                 is_invalid);
/**
 * ForlopFhirPressure:
 * @first: of the two, the one that came first: the Observation has its id.
 * @systolic: (nullable): with @diastolic: what was measured.
 *
 * A blood pressure.
 */
typedef struct {
  ForlopRecord *first;
  ForlopRecord *systolic;
  gboolean is_systolic_invalid;
  ForlopRecord *diastolic;
  gboolean is_diastolic_invalid;
} ForlopFhirPressure;

/* The panel, with both components; the value of one that is not there or is not valid is absent, unless none is valid:
 * then the whole is entered in error. */
yyjson_mut_val *forlop_fhir_pressure_new    (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             const ForlopFhirPressure *pressure,
                                             const char              *citizen_id);
/* @product: (nullable). */
yyjson_mut_val *forlop_fhir_device_new      (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             ForlopRecord            *item,
                                             ForlopRecord            *product,
                                             const char              *citizen_id);
yyjson_mut_val *forlop_fhir_task_new        (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             ForlopRecord            *task,
                                             const char              *citizen_id);

/**
 * ForlopFhirPlan:
 * @limits: (element-type ForlopRecord): with @schedules: those of @plan.
 *
 * A version of a self-treatment plan.
 */
typedef struct {
  ForlopRecord *plan;
  GPtrArray *limits;
  GPtrArray *schedules;
} ForlopFhirPlan;

yyjson_mut_val *forlop_fhir_care_plan_new   (yyjson_mut_doc          *doc,
                                             const ForlopFhirMeta    *meta,
                                             const ForlopFhirPlan    *plan,
                                             const char              *citizen_id);

/* Codes of FHIR for the record's status; searches ask for them. */
const char     *forlop_fhir_plan_status     (ForlopRecord            *care_plan);
const char     *forlop_fhir_task_status     (ForlopRecord            *task);

G_END_DECLS
