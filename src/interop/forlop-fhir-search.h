/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* What another system asks for: the parameters of a search, and the place where a page of its answer ended. */

#define FORLOP_FHIR_PAGE 100
#define FORLOP_FHIR_PAGE_MAX 500

/**
 * ForlopFhirPlace:
 * @epoch: (nullable): of the log, as the server names it; %NULL for the beginning.
 * @citizen_id: whose resources came last; with @record_id, whose record of the same person.
 * @seq: with @type and @id: the row that came last.
 */
typedef struct {
  char *epoch;
  char *citizen_id;
  char *record_id;
  gint64 seq;
  char *type;
  char *id;
} ForlopFhirPlace;

/**
 * ForlopFhirSearch:
 * @type: "Patient", "Observation", "CarePlan", "Device" or "Task".
 * @id: (nullable): with @citizen_id: our ids.
 * @system: (nullable): with @number: an identifier of a person; only out of a body.
 * @code: (nullable): of an Observation; with @code_system, which is %NULL for any.
 * @status: (nullable): a code of FHIR.
 * @from: with @to: when it was measured, both included; the whole of gint64 for any.
 * @since: changed at or after this instant, or %FORLOP_INSTANT_NONE.
 * @count: resources on a page; @is_capped when more were asked for.
 */
typedef struct {
  const char *type;
  char *id;
  char *citizen_id;
  char *system;
  char *number;
  char *code_system;
  char *code;
  char *status;
  gint64 from;
  gint64 to;
  gint64 since;
  unsigned int count;
  gboolean is_capped;
  ForlopFhirPlace place;
  char *parameters;
} ForlopFhirSearch;

/* The five types that are read; NULL at the end. */
const char *const *forlop_fhir_search_types     (void);
/* The parameters of a type, and _count and the like; NULL at the end. */
const char *const *forlop_fhir_search_names     (const char              *type);
/* Reads @text, in the form of an address's query. @is_body: it came as a form in a body, where numbers of people
 * may stand. NULL with %FORLOP_INTEROP_ERROR_FHIR and a sentence. */
ForlopFhirSearch  *forlop_fhir_search_read      (const char              *type,
                                                 const char              *text,
                                                 gboolean                 is_body,
                                                 GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_fhir_search_free      (ForlopFhirSearch        *self);
/* Whether the record is among what is asked for, by code, date and status. */
gboolean           forlop_fhir_search_matches   (const ForlopFhirSearch  *self,
                                                 ForlopRecord            *record,
                                                 gboolean                 is_invalid);
/* The query of the next page: what was asked for, and @place. */
char              *forlop_fhir_search_dup_next  (const ForlopFhirSearch  *self,
                                                 const ForlopFhirPlace   *place) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_fhir_place_clear      (ForlopFhirPlace         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopFhirSearch, forlop_fhir_search_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopFhirPlace, forlop_fhir_place_clear)

G_END_DECLS
