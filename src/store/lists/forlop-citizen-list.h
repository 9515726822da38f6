/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"
#include "forlop-paged-list.h"

G_BEGIN_DECLS

/* The citizens of the municipality as a paged list, in the order of their names. */

/**
 * ForlopCitizenFilter:
 * @FORLOP_CITIZEN_EVERYBODY: All citizens.
 * @FORLOP_CITIZEN_IN_SERVICE: Those in service.
 * @FORLOP_CITIZEN_BEFORE_START: Those with a case that has not started.
 * @FORLOP_CITIZEN_ENDED: Those whose service has ended and whose case is not closed.
 */
typedef enum {
  FORLOP_CITIZEN_EVERYBODY,
  FORLOP_CITIZEN_IN_SERVICE,
  FORLOP_CITIZEN_BEFORE_START,
  FORLOP_CITIZEN_ENDED,
} ForlopCitizenFilter;

/**
 * ForlopCitizenFields:
 * @id: the citizen's id.
 * @birth_date: %FORLOP_DATE_NONE where it is not known.
 * @unit_name: (nullable): the unit that follows up.
 * @case_id: (nullable): the newest case.
 * @case_status: (nullable): interned code of its status.
 * @step: (nullable): interned code of the step it stands in.
 */
typedef struct {
  gint64 n;
  char *id;
  char *name;
  ForlopDate birth_date;
  char *unit_name;
  char *case_id;
  const char *case_status;
  const char *step;
} ForlopCitizenFields;

ForlopPagedList *forlop_citizen_list_new        (ForlopStore         *store) G_GNUC_WARN_UNUSED_RESULT;
/* Reads anew with another filter; @unit_id NULL for every unit. */
void             forlop_citizen_list_set_filter (ForlopPagedList     *self,
                                                 ForlopCitizenFilter  filter,
                                                 const char          *unit_id);
void             forlop_citizen_fields_free     (ForlopCitizenFields *fields);

/* What a row of such a list says; NULL before it is filled. */
static inline const ForlopCitizenFields *
forlop_citizen_row_get_fields (ForlopPagedRow *row)
{
  return forlop_paged_row_get_fields (row);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCitizenFields, forlop_citizen_fields_free)

G_END_DECLS
