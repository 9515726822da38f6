/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-fhir-resource.h"
#include "forlop-measure.h"

G_BEGIN_DECLS

/* Small parts that resources are built of. Keys and codes must live as long as the document; other text is
 * copied, and nothing is added where it is NULL. */

yyjson_mut_val *forlop_fhir_resource_begin (yyjson_mut_doc        *doc,
                                            const char            *type,
                                            const char            *id,
                                            const ForlopFhirMeta  *meta,
                                            const char            *profile);
yyjson_mut_val *forlop_fhir_add_object     (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key);
yyjson_mut_val *forlop_fhir_add_array      (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key);
yyjson_mut_val *forlop_fhir_append_object  (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *array);
/* In an array "coding" or "security". */
void            forlop_fhir_append_coding  (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *array,
                                            const char            *system,
                                            const char            *code);
/* A CodeableConcept of what is measured: at most one code of each system. */
void            forlop_fhir_add_measure    (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key,
                                            ForlopMeasure          measure);
/* A Quantity, or one end of a Range. */
void            forlop_fhir_add_quantity   (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key,
                                            ForlopMeasure          measure,
                                            double                 value);
void            forlop_fhir_add_reference  (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key,
                                            const char            *type,
                                            const char            *id);
void            forlop_fhir_add_date       (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key,
                                            ForlopRecord          *record,
                                            const char            *field);
void            forlop_fhir_add_instant    (yyjson_mut_doc        *doc,
                                            yyjson_mut_val        *parent,
                                            const char            *key,
                                            gint64                 at);
/* The measure whose code the record has; UNKNOWN when there is none. */
ForlopMeasure   forlop_fhir_measure_of     (ForlopRecord          *record);

G_END_DECLS
